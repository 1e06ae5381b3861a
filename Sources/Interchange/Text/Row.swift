// SPDX-License-Identifier: Apache-2.0

/// One row of a delimited text file: its fields as bytes, as text, and with their places.
public struct Row: Sendable {
  /// The row's number among the rows of data, from 1.
  public internal(set) var number = 0
  /// The physical line on which the row begins, from 1.
  public let line: Int
  /// What is wrong with the row's form; nil when it is sound.
  public internal(set) var defect: Problem?
  /// Whether it stands below the end of its table, as legends do.
  var isBelowTable = false
  /// What a record holds at the paths that stand for fields; nil for the row of a table.
  var record: RecordValues?

  let file: String
  let start: Int
  let end: Int
  let bytes: [UInt8]
  let fields: [FieldBounds]
  let quote: UInt8?
  // The sheet of a workbook that it stands in.
  let sheet: String?

  init(
    file: String, line: Int, start: Int, end: Int, bytes: [UInt8], fields: [FieldBounds],
    quote: UInt8?, sheet: String? = nil
  ) {
    self.file = file
    self.line = line
    self.start = start
    self.end = end
    self.bytes = bytes
    self.fields = fields
    self.quote = quote
    self.sheet = sheet
  }

  /// The number of fields.
  public var count: Int { fields.count }

  /// The bytes of a field (UTF-8), without the quotes around it and with doubled quotes halved.
  ///
  /// The apostrophe that our own writers put before text that looks like a formula is taken off.
  ///
  /// - Complexity: O(1) unless the field holds doubled quotes.
  public subscript(field: Int) -> ArraySlice<UInt8> {
    let bounds = fields[field]
    var slice = bytes[Int(bounds.start)..<Int(bounds.end)]
    if slice.first == 39, FormulaGuard.isNeeded(slice) { slice = slice.dropFirst() }
    return bounds.hasDoubledQuotes ? halved(slice) : slice
  }

  /// The field as a place in the buffer, for loops over many.
  func cell(_ field: Int) -> ByteCell {
    let bounds = fields[field]
    let (start, end) = (Int(bounds.start), Int(bounds.end))
    if bounds.hasDoubledQuotes || (start < end && bytes[start] == 39) {
      return ByteCell(self[field])
    }
    return ByteCell(bytes, from: start, to: end)
  }

  /// The text of a field.
  public func text(_ field: Int) -> String { String(decoding: self[field], as: UTF8.self) }

  /// All fields as text.
  public var texts: [String] { fields.indices.map { text($0) } }

  /// Whether a field is empty; a field of blanks is not.
  public func isEmpty(_ field: Int) -> Bool {
    let bounds = fields[field]
    return bounds.start == bounds.end
  }

  /// Whether a field stood in quotes.
  public func isQuoted(_ field: Int) -> Bool { fields[field].isQuoted }

  /// Whether a field holds nothing but spaces and tabs, or nothing.
  public func isBlank(_ field: Int) -> Bool {
    cell(field).isBlank
  }

  /// The row as it stands in the file, without its line end (as UTF-8).
  public var raw: ArraySlice<UInt8> {
    var end = end
    while end > start, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
    return bytes[start..<end]
  }

  /// The physical line on which a field begins; it differs from the row's behind quoted line ends.
  public func line(of field: Int) -> Int { line + place(field).lines }

  /// The character of its line at which a field begins, from 1.
  public func column(of field: Int) -> Int { place(field).column }

  /// A problem at a field, or at the row's line when the row is too short to have the field.
  ///
  /// - Parameters:
  ///   - field: the position of the field.
  ///   - what: what was found.
  ///   - expected: what was expected in its place.
  ///   - advice: what to do about it.
  /// - Returns: an error at the field's place.
  public func problem(
    at field: Int, what: String, expected: String? = nil, advice: String? = nil
  ) -> Problem {
    guard fields.indices.contains(field) else {
      return Problem(file: file, line: line, what: what, expected: expected, advice: advice)
    }
    if let sheet {
      return Problem(
        file: "\(file) \(sheet)!\(SheetText.columnName(field))\(line)", what: what,
        expected: expected, advice: advice)
    }
    let place = place(field)
    return Problem(
      file: file, line: line + place.lines, column: place.column, what: what, expected: expected,
      advice: advice)
  }

  private func place(_ field: Int) -> Place {
    let bounds = fields[field]
    return Place(bytes, from: start, to: Int(bounds.start) - (bounds.isQuoted ? 1 : 0))
  }

  private func halved(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    result.reserveCapacity(slice.count)
    var skips = false
    for byte in slice {
      if byte == quote, !skips {
        skips = true
        result.append(byte)
      } else {
        if byte != quote || !skips { result.append(byte) }
        skips = false
      }
    }
    return result[...]
  }
}
