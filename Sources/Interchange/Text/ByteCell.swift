// SPDX-License-Identifier: Apache-2.0

/// The bytes of a field in the buffer they stand in.
///
/// Tables have millions of fields: loops over them run on positions in an array, because slices
/// and closures cost several times as much.
struct ByteCell {
  let bytes: [UInt8]
  var start: Int
  var end: Int

  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    self.start = start
    self.end = end
  }

  init(_ text: String) {
    bytes = Array(text.utf8)
    start = 0
    end = bytes.count
  }

  init(_ slice: ArraySlice<UInt8>) {
    bytes = Array(slice)
    start = 0
    end = bytes.count
  }

  var isEmpty: Bool { start == end }

  var text: String { String(decoding: bytes[start..<end], as: UTF8.self) }

  /// Whether there is nothing but spaces and tabs.
  var isBlank: Bool {
    var i = start
    while i < end {
      if bytes[i] != 32, bytes[i] != 9 { return false }
      i += 1
    }
    return true
  }

  /// Whether the field is `\N`, the missing value of database exports.
  var isNull: Bool { end - start == 2 && bytes[start] == 92 && bytes[start + 1] == 78 }

  var isASCII: Bool {
    var i = start
    while i < end {
      if bytes[i] >= 0x80 { return false }
      i += 1
    }
    return true
  }

  /// Whether the field is a word, whatever the case of its letters; the word is given in lower case.
  func isWord(_ word: StaticString) -> Bool {
    guard end - start == word.utf8CodeUnitCount else { return false }
    return text.lowercased() == word.description
  }
}
