// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// How the cells of a workbook are written as text.
enum SheetText {
  /// Whether a built-in number format shows a date (ECMA-376, 18.8.30).
  static func isDateFormat(_ id: Int) -> Bool {
    switch id {
    case 14...22, 27...36, 45...47, 50...58: true
    default: false
    }
  }

  /// Whether a number format shows a date: a letter of a date stands outside quotes and brackets.
  static func isDateFormat(_ code: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var skips = false
    let section = code.split(separator: ";", omittingEmptySubsequences: false).first ?? ""
    if section.lowercased().contains("general") { return false }
    for character in section.lowercased() {
      if skips {
        skips = false
        continue
      }
      switch character {
      case "\\", "_", "*": skips = true
      case "\"": isQuoted.toggle()
      case "[" where !isQuoted: isBracketed = true
      case "]" where !isQuoted: isBracketed = false
      case "y", "m", "d", "h", "s":
        if !isQuoted, !isBracketed { return true }
      default: break
      }
    }
    return false
  }

  /// The date or time of day that a number stands for; nil where there is none.
  ///
  /// Days are counted from 1899-12-31 as 0, with a 29 February 1900 that never was as day 60, or from
  /// 1904-01-01 as 0. A number below 1 is a time of day.
  static func date(_ serial: Double, countsFrom1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let milliseconds = Int64((serial * 86_400_000).rounded())
    var day = milliseconds / 86_400_000
    let ofDay = milliseconds % 86_400_000
    let time = Self.time(ofDay)
    if day == 0, !countsFrom1904, serial < 1 { return time }
    if !countsFrom1904 {
      if day == 60 { return nil }
      if day > 60 { day -= 1 }
    }
    // 1899-12-31 and 1904-01-01 as days since 1970-01-01.
    let since1970 = day + (countsFrom1904 ? -24_107 : -25_568)
    guard let text = PartialDate(milliseconds: since1970 * 86_400_000)?.text.prefix(10) else {
      return nil
    }
    return ofDay == 0 ? String(text) : text + "T" + time
  }

  private static func time(_ milliseconds: Int64) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000)
    let text = "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    if rest == 0 { return text }
    let digits = String(1_000 + rest).dropFirst()
    return text + "." + digits
  }

  /// The shortest text of a number that gives its value back, without an exponent where digits do.
  static func number(_ text: String) -> String? {
    guard let value = Double(text), value.isFinite, !text.utf8.contains(where: { $0 == 120 }) else {
      return nil
    }
    if value == value.rounded() {
      if abs(value) < 1e15 { return String(Int64(value)) }
      // Digits stay as they were written; nothing says that the last of them are zeros.
      let digits = text.drop { $0 == "-" }
      if digits.allSatisfy({ ("0"..."9").contains($0) }) { return text }
      if let whole = Int64(exactly: value) { return String(whole) }
    }
    return "\(value)"
  }

  /// Whether a number has more digits than a workbook keeps.
  static func hasLostDigits(_ text: String) -> Bool {
    text.utf8.count { (48...57).contains($0) } >= 16 && !text.utf8.contains(46)
      || (Double(text).map { abs($0) >= 1e15 } ?? false)
  }

  /// The text without the escapes for characters that XML does not allow, such as `_x000D_`.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(95), text.contains("_x") else { return text }
    var result = ""
    var rest = text[...]
    while let mark = rest.range(of: "_x") {
      result += rest[..<mark.lowerBound]
      let code = rest[mark.upperBound...].prefix(4)
      let end = rest.index(mark.upperBound, offsetBy: 4, limitedBy: rest.endIndex)
      if code.count == 4, let value = UInt32(code, radix: 16), let end, end < rest.endIndex,
        rest[end] == "_", let scalar = Unicode.Scalar(value)
      {
        result.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else {
        result += "_x"
        rest = rest[mark.upperBound...]
      }
    }
    return result + rest
  }

  /// The name of a column from 0: A, B … Z, AA.
  static func columnName(_ column: Int) -> String {
    var (rest, name) = (column + 1, "")
    while rest > 0 {
      rest -= 1
      name = String(UnicodeScalar(UInt8(65 + rest % 26))) + name
      rest /= 26
    }
    return name
  }

  /// The column and the row from 0 that a reference such as `B7` names.
  static func place(_ reference: String) -> (column: Int, row: Int)? {
    var (column, row, digits) = (0, 0, 0)
    for byte in reference.utf8 {
      switch byte {
      case 65...90 where digits == 0 && column < 20_000: column = 26 * column + Int(byte) - 64
      case 48...57 where row < 2_000_000:
        row = 10 * row + Int(byte) - 48
        digits += 1
      default: return nil
      }
    }
    return column > 0 && column <= 16_384 && row > 0 && row <= 1_048_576
      ? (column - 1, row - 1) : nil
  }
}

extension StringProtocol {
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
