// SPDX-License-Identifier: Apache-2.0

/// The part of a text that is in memory: filled chunk by chunk, emptied row by row.
struct TextBuffer {
  /// Checked UTF-8; what lies before `position` is done with.
  private(set) var bytes: [UInt8] = []
  /// Where the next row begins.
  private(set) var position = 0
  /// The physical line of `position`, from 1.
  private(set) var line = 1
  /// Whether nothing follows `bytes`.
  private(set) var isComplete = false

  /// The number of bytes of the whole input; nil where it is not known beforehand.
  var inputSize: Int? { stream.size }
  var encoding: EncodingDetection { decoder.detection }
  /// The sheet that is read; nil when the input is no workbook.
  var sheet: String? { stream.sheet }
  /// How much of the input has been read, from 0 to 1.
  var fractionRead: Double {
    guard let size = stream.storedSize, size > 0 else { return 0 }
    return Double(stream.readCount) / Double(size)
  }

  private let file: String
  private let stream: ByteStream
  private let maximumRowBytes: Int
  private var decoder: TextDecoder
  private var raw: [UInt8] = []
  private var failure: TextDecoder.Failure?

  init(
    _ stream: ByteStream, encoding: TextEncoding?, maximumRowBytes: Int
  ) throws(InterchangeError) {
    file = stream.name
    self.stream = stream
    self.maximumRowBytes = maximumRowBytes
    while raw.count < 4 {
      guard try stream.read(into: &raw) > 0 else { break }
    }
    decoder = try TextDecoder(head: &raw, given: encoding, file: file)
    failure = decoder.decode(&raw, isLast: false, into: &bytes)
    if failure != nil { isComplete = true }
    while bytes.count < ByteStream.chunk, !isComplete { try append() }
  }

  var isEmpty: Bool { bytes.isEmpty && isComplete && failure == nil }

  /// Whether the text in memory ends with a line end.
  var endsLine: Bool { bytes.last == 10 || bytes.last == 13 }

  mutating func advance(to position: Int, lines: Int) {
    self.position = position
    line += lines
  }

  mutating func goBack(to position: Int, line: Int) {
    self.position = position
    self.line = line
  }

  /// Reads on because the row at `position` is not whole.
  mutating func fill(openQuote: Int) throws(InterchangeError) {
    if bytes.count - position >= maximumRowBytes {
      let limit = "within \(maximumRowBytes) bytes"
      if openQuote >= 0 { throw .refused(self.openQuote(at: openQuote, within: limit)) }
      throw .refused(
        Problem(
          file: file, line: line, what: "a row that does not end \(limit)",
          expected: "rows on lines of their own", advice: "check that this is a table"))
    }
    if position > 0 {
      bytes.removeSubrange(..<position)
      position = 0
    }
    // Doubling what is there keeps cutting a long row again and again linear in its length.
    let goal = max(2 * bytes.count, ByteStream.chunk)
    while bytes.count < goal, !isComplete { try append() }
  }

  /// Refuses the text when it ended because its bytes are no text.
  func throwFailure() throws(InterchangeError) {
    guard let failure else { return }
    let place = place(of: bytes.count)
    throw .refused(
      Problem(
        file: file, line: place.line, column: place.column, what: failure.what,
        expected: encoding.encoding.rawValue, advice: failure.advice))
  }

  func openQuote(at index: Int, within: String) -> Problem {
    let place = place(of: index)
    return Problem(
      file: file, line: place.line, column: place.column,
      what: "the quote that opens here is not closed \(within)", expected: "a closing quote",
      advice: "close it, or double it if it belongs to the text")
  }

  mutating func skipLine() throws(InterchangeError) {
    let end = try lineEnd()
    advance(to: behind(end), lines: 1)
  }

  /// The bytes of the next line without its end, and its number; nil at the end of the text.
  ///
  /// - Throws: `InterchangeError` when the text ends because its bytes are no text, or when the line
  ///   is longer than a row may be.
  mutating func nextLine() throws(InterchangeError) -> (bytes: [UInt8], number: Int)? {
    let end = try lineEnd()
    if end == bytes.count { try throwFailure() }
    if end == position, end == bytes.count { return nil }
    defer { advance(to: behind(end), lines: 1) }
    return (Array(bytes[position..<end]), line)
  }

  /// Where the line at `position` ends: at its line end, or with the text.
  mutating func lineEnd() throws(InterchangeError) -> Int {
    var i = position
    while true {
      if i == bytes.count {
        if isComplete { return i }
        let offset = i - position
        try fill(openQuote: -1)
        i = position + offset
        continue
      }
      // A carriage return may be half of a line end of which the rest is not in memory yet.
      if bytes[i] == 10 || (bytes[i] == 13 && (isComplete || i + 1 < bytes.count)) { return i }
      if bytes[i] == 13 {
        let offset = i - position
        try fill(openQuote: -1)
        i = position + offset
        continue
      }
      i += 1
    }
  }

  private func behind(_ end: Int) -> Int {
    guard end < bytes.count else { return end }
    return end + (bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10 ? 2 : 1)
  }

  /// The line and character of a byte at or behind `position`.
  func place(of index: Int) -> (line: Int, column: Int) {
    let place = Place(bytes, from: position, to: index)
    return (line + place.lines, place.column)
  }

  private mutating func append() throws(InterchangeError) {
    let isLast = try stream.read(into: &raw) == 0
    failure = decoder.decode(&raw, isLast: isLast, into: &bytes)
    isComplete = isLast || failure != nil
  }
}

/// How many lines lie between two places and which character of its line the second is.
struct Place {
  var lines = 0
  var column = 1

  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    for i in start..<end {
      let byte = bytes[i]
      if byte == 10 || (byte == 13 && !(i + 1 < bytes.count && bytes[i + 1] == 10)) {
        lines += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}
