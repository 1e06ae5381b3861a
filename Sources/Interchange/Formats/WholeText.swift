// SPDX-License-Identifier: Apache-2.0

/// A place in a text file.
typealias TextPlace = XMLPlace

/// A text file in memory as checked UTF-8, for formats that are read by a grammar.
final class WholeText {
  /// The file as messages name it.
  let file: String
  /// The text.
  let bytes: [UInt8]
  // The line of the file at which the text begins.
  private let firstLine: Int
  // Where each line begins; found when the first place is asked for.
  private lazy var lineStarts: [Int] = {
    var starts = [0]
    for index in bytes.indices {
      let isBreak = bytes[index] == 10 || bytes[index] == 13
      let isPair = bytes[index] == 13 && index + 1 < bytes.count && bytes[index + 1] == 10
      if isBreak, !isPair { starts.append(index + 1) }
    }
    return starts
  }()

  // The characters before each stretch of bytes: a file may be one line of many megabytes.
  private static let stretch = 256
  private lazy var charactersBefore: [Int] = {
    var counts = [0]
    var count = 0
    for index in bytes.indices {
      if bytes[index] & 0xC0 != 0x80 { count += 1 }
      if (index + 1) % Self.stretch == 0 { counts.append(count) }
    }
    return counts
  }()

  private func characters(before index: Int) -> Int {
    let block = min(index / Self.stretch, charactersBefore.count - 1)
    let rest = bytes[block * Self.stretch..<min(index, bytes.count)]
    return charactersBefore[block] + rest.count { $0 & 0xC0 != 0x80 }
  }

  /// Reads a stream to its end; an error is thrown when its bytes are no text, or hold a NUL.
  init(_ stream: ByteStream, encoding: TextEncoding?) throws(InterchangeError) {
    file = stream.name
    firstLine = 1
    var buffer = try TextBuffer(stream, encoding: encoding, maximumRowBytes: .max)
    while !buffer.isComplete { try buffer.fill(openQuote: -1) }
    try buffer.throwFailure()
    bytes = buffer.bytes
    if let nul = bytes.firstIndex(of: 0) {
      throw .refused(
        problem(at: nul, "a NUL byte", expected: "text", advice: "export the file again"))
    }
  }

  /// A part of a file that begins with a line of it; its bytes are checked text.
  init(bytes: [UInt8], file: String, firstLine: Int) {
    self.bytes = bytes
    self.file = file
    self.firstLine = firstLine
  }

  /// The line and character of a byte.
  func place(of index: Int) -> TextPlace {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle }
    }
    let column = characters(before: index) - characters(before: lineStarts[low]) + 1
    return TextPlace(line: low + firstLine, column: column)
  }

  func problem(
    at index: Int, _ what: String, expected: String? = nil, advice: String? = nil
  ) -> Problem {
    let place = place(of: index)
    return Problem(
      file: file, line: place.line, column: place.column, what: what, expected: expected,
      advice: advice)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// A value of an attribute, typed as the file has it.
enum GraphValue {
  case text(String)
  case integer(Int64)
  case real(Double)
  case boolean(Bool)

  /// A number as formats write it; text where it is a whole number that no integer holds.
  ///
  /// Nil for what is no finite decimal number.
  static func number(_ text: String) -> GraphValue? {
    var digits = 0
    var isWhole = true
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 48...57: digits += 1
      case 43, 45: if index > 0, !isWhole { continue } else if index > 0 { return nil }
      case 46, 69, 101: isWhole = false
      default: return nil
      }
    }
    if digits == 0 { return nil }
    if isWhole { return Int64(text).map(GraphValue.integer) ?? .text(text) }
    guard let value = Double(text), value.isFinite else { return nil }
    // What is not 0 and becomes 0 is no number that a double holds.
    let mantissa = text.utf8.prefix { $0 | 32 != 101 }
    if value == 0, mantissa.contains(where: { (49...57).contains($0) }) { return nil }
    return .real(value)
  }

  var asText: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .real(let number): number.description
    case .boolean(let truth): truth ? "true" : "false"
    }
  }
}
