// SPDX-License-Identifier: Apache-2.0

/// Numbers as tables write them, brought to one form.
enum DecimalText {
  /// The number with a decimal point; nil when the text is no finite decimal number.
  ///
  /// With a decimal comma, points, spaces and apostrophes between groups of three digits are taken
  /// out. Without, nothing is: `1,234` is refused, because it can mean two things.
  static func canonical(_ text: String, decimalComma: Bool) -> String? {
    var bytes = Array(text.utf8)
    if decimalComma {
      guard let plain = withoutGroups(bytes) else { return nil }
      bytes = plain
    }
    var digits = 0
    var hasPoint = false
    var index = bytes.first == 43 || bytes.first == 45 ? 1 : 0
    while index < bytes.count, bytes[index] != 69, bytes[index] != 101 {
      switch bytes[index] {
      case 48...57: digits += 1
      case 46 where !hasPoint: hasPoint = true
      default: return nil
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index < bytes.count {
      let exponent = bytes[(index + 1)...].drop { $0 == 43 || $0 == 45 }
      guard bytes.count - index - 1 - exponent.count <= 1, !exponent.isEmpty,
        exponent.allSatisfy({ (48...57).contains($0) })
      else { return nil }
    }
    let result = String(decoding: bytes, as: UTF8.self)
    guard let value = Double(result), value.isFinite else { return nil }
    return result
  }

  /// Whether the text is a whole number.
  static func isInteger(_ text: String) -> Bool { Int(text) != nil }

  private static func withoutGroups(_ bytes: [UInt8]) -> [UInt8]? {
    let parts = bytes.split(separator: 44, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return nil }
    var whole: [UInt8] = []
    var sinceMark: Int?
    for byte in parts[0] {
      if byte == 46 || byte == 32 || byte == 39 {
        guard !whole.isEmpty, sinceMark == nil || sinceMark == 3 else { return nil }
        sinceMark = 0
      } else {
        whole.append(byte)
        sinceMark = sinceMark.map { $0 + 1 }
      }
    }
    guard sinceMark == nil || sinceMark == 3 else { return nil }
    return parts.count == 2 ? whole + [46] + parts[1] : whole
  }
}
