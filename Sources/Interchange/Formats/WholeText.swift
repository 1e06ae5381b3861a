// SPDX-License-Identifier: Apache-2.0

/// A place in a text file.
typealias TextPlace = XMLPlace

/// A text file in memory as checked UTF-8, for formats that are read by a grammar.
final class WholeText {
  /// The file as messages name it.
  let file: String
  /// The text.
  let bytes: [UInt8]
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

  /// Reads a stream to its end; an error is thrown when its bytes are no text, or hold a NUL.
  init(_ stream: ByteStream, encoding: TextEncoding?) throws(InterchangeError) {
    file = stream.name
    var buffer = try TextBuffer(stream, encoding: encoding, maximumRowBytes: .max)
    while !buffer.isComplete { try buffer.fill(openQuote: -1) }
    try buffer.throwFailure()
    bytes = buffer.bytes
    if let nul = bytes.firstIndex(of: 0) {
      throw .refused(
        problem(at: nul, "a NUL byte", expected: "text", advice: "export the file again"))
    }
  }

  /// The line and character of a byte.
  func place(of index: Int) -> TextPlace {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle }
    }
    let characters = bytes[lineStarts[low]..<min(index, bytes.count)].count { $0 & 0xC0 != 0x80 }
    return TextPlace(line: low + 1, column: characters + 1)
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
