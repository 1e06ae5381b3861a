// SPDX-License-Identifier: Apache-2.0

/// Takes the time of drawing out of a PDF, so that the same diagram gives the same file.
enum PDFDates {
  /// The bytes with every digit of the creation and modification dates a zero, lengths unchanged.
  ///
  /// The date is the first of January 2000, which readers show as such.
  static func overwritten(in bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    let fixed = Array("20000101000000".utf8)
    for key in ["/CreationDate (D:", "/ModDate (D:"] {
      let pattern = Array(key.utf8)
      var start = 0
      while let found = index(of: pattern, in: result, from: start) {
        var i = found + pattern.count
        var digit = 0
        while i < result.count, result[i] != UInt8(ascii: ")") {
          if (0x30...0x39).contains(result[i]) {
            result[i] = digit < fixed.count ? fixed[digit] : 0x30
            digit += 1
          } else {
            result[i] = result[i] == UInt8(ascii: "-") ? UInt8(ascii: "+") : result[i]
          }
          i += 1
        }
        start = i
      }
    }
    return result
  }

  private static func index(of pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= pattern.count, let first = pattern.first else { return nil }
    var i = start
    while i <= bytes.count - pattern.count {
      if bytes[i] == first, bytes[i..<(i + pattern.count)].elementsEqual(pattern) { return i }
      i += 1
    }
    return nil
  }
}
