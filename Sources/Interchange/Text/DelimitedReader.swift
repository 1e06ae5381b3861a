// SPDX-License-Identifier: Apache-2.0

/// Reads a delimited text file (CSV, TSV …) row by row in bounded memory.
///
/// Encoding, delimiter, quote and header are detected from the head of the file unless the options
/// name them; `detections` states the outcome in words for the user.
///
/// ```swift
/// var reader = try DelimitedReader(.file("people.csv"))
/// let name = try reader.column("name")
/// while let row = try reader.next() {
///   if let defect = row.defect { problems.add(defect); continue }
///   print(row.line, row.text(name))
/// }
/// ```
///
/// A row that is not sound (too few or too many fields, text behind a closing quote, a NUL byte)
/// is returned with its `defect`, so that the caller can list it or set it aside. What makes the
/// rest of the file unreadable (bytes that are no text, a quote that is never closed, an endless
/// row) is thrown. Every row that is neither blank nor a comment is returned exactly once:
/// `rowCount` is the number of rows read.
///
/// - Note: `#` starts a comment only as the first character of a line.
public struct DelimitedReader {
  /// Whether the first row names the columns.
  public enum HeaderRule: String, Codable, CaseIterable, Sendable { case detect, present, absent }

  /// The quote character.
  public enum QuoteRule: Hashable, Sendable {
    /// `"`, or `'` where the file plainly uses it.
    case detect
    /// Nothing quotes.
    case none
    /// This ASCII character.
    case byte(UInt8)
  }

  /// What to do with two columns of the same name.
  public enum DuplicateNames: String, Codable, Sendable {
    /// Refuse the file.
    case refuse
    /// Call the second `name.2`, the third `name.3` …, and say so.
    case number
  }

  /// How to read.
  public struct Options: Sendable {
    /// The delimiter; nil to detect it.
    public var delimiter: Dialect.Delimiter?
    /// The quote character.
    public var quote = QuoteRule.detect
    /// Whether there is a header.
    public var header = HeaderRule.detect
    /// The encoding; nil to detect it.
    public var encoding: TextEncoding?
    /// Lines above the header that are passed over.
    public var skippedLines = 0
    /// A cell of the header, which is then the first line that has it.
    ///
    /// The lines above are passed over. Nil when the header stands where `skippedLines` says.
    public var headerCell: String?
    /// What to do with two columns of the same name.
    public var duplicateNames = DuplicateNames.refuse
    /// The most columns a table may have.
    public var maximumColumns = 2_000
    /// The most bytes a row may have.
    public var maximumRowBytes = 16 << 20
    /// Whether runs of spaces may part fields when nothing else does, as in edge lists.
    public var allowsWhitespace = false

    /// Creates the default options: detect everything.
    public init() {}
  }

  /// The file as messages name it.
  public let file: String
  /// The dialect, detected or given.
  public let dialect: Dialect
  /// The encoding, detected or given.
  public let encoding: EncodingDetection
  /// The names of the columns; `column 1`, `column 2` … where the file gives none.
  public private(set) var header: [String]
  /// The physical line of the header; nil when the file has none.
  public private(set) var headerLine: Int?
  /// The sound and unsound rows returned so far, without header, comments and blank lines.
  public private(set) var rowCount = 0
  /// The comment lines passed over so far.
  public private(set) var commentCount = 0
  private var firstInnerComment: Int?
  private var guardedCount = 0
  /// The blank lines passed over so far.
  public private(set) var blankLineCount = 0
  /// What was odd but acceptable about the header.
  public private(set) var warnings: [Problem]

  /// The header as a row; nil when the file has none.
  private(set) var headerRow: Row?

  private(set) var buffer: TextBuffer
  private let cutter: RowCutter
  private var fields: [FieldBounds] = []

  /// Opens an input, detects what is to be detected and reads the header.
  ///
  /// - Parameters:
  ///   - input: the input.
  ///   - options: how to read.
  /// - Throws: `InterchangeError` when the input cannot be opened, is empty, is no text, has too
  ///   many columns or has column names that are not allowed.
  public init(_ input: Input, options: Options = Options()) throws(InterchangeError) {
    try self.init(ByteStream(input), options: options)
  }

  init(_ stream: ByteStream, options: Options) throws(InterchangeError) {
    file = stream.name
    buffer = try TextBuffer(
      stream, encoding: options.encoding, maximumRowBytes: options.maximumRowBytes)
    encoding = buffer.encoding
    guard !buffer.isEmpty else {
      throw .refused(
        Problem(
          file: file, line: 1, what: "the file is empty", expected: "a table",
          advice: "check that the export was finished"))
    }
    var options = options
    if stream.sheet != nil {
      // The rows of a sheet are written in this way alone; see `SheetReader`.
      options.delimiter = .byte(44)
      options.quote = .byte(34)
    }
    if let cell = options.headerCell {
      try buffer.skip(toLineWith: cell, file: file)
      options.header = .present
    }
    for _ in 0..<options.skippedLines { try buffer.skipLine() }
    if let delimiter = Self.namedDelimiter(buffer) {
      options.delimiter = options.delimiter ?? .byte(delimiter)
      try buffer.skipLine()
    }
    // Lists of KONECT begin with lines of their own.
    while options.allowsWhitespace, Self.isRemark(buffer) {
      commentCount += 1
      try buffer.skipLine()
    }
    dialect = DialectDetector(
      bytes: buffer.bytes, start: buffer.position, isWhole: buffer.isComplete, options: options
    ).dialect()
    cutter = RowCutter(delimiter: dialect.delimiter, quote: dialect.quote)
    header = []
    headerLine = nil
    warnings = []
    guard let first = try nextRow() else {
      throw .refused(
        Problem(
          file: file, line: 1, what: "the file holds no row", expected: "a table",
          advice: "check that the export was finished"))
    }
    guard first.count <= options.maximumColumns else {
      throw .refused(
        Problem(
          file: file, line: first.line, what: "a row of \(first.count) columns",
          expected: "at most \(options.maximumColumns)",
          advice: "check the delimiter (\(dialect)), or part the table"))
    }
    defer { warnings += stream.warnings }
    if dialect.hasHeader {
      headerLine = first.line
      headerRow = first
      if let defect = first.defect { throw .refused(defect) }
      (header, warnings) = try Self.names(first, file: file, rule: options.duplicateNames)
    } else {
      header = (1...max(1, first.count)).map { "column \($0)" }
      buffer.goBack(to: first.start, line: first.line)
    }
  }

  /// The next row; nil at the end of the file.
  ///
  /// - Throws: `InterchangeError` when the rest of the file cannot be read.
  /// - Complexity: O(length of the row).
  public mutating func next() throws(InterchangeError) -> Row? {
    guard var row = try nextRow() else { return nil }
    rowCount += 1
    row.number = rowCount
    if row.defect == nil, row.count != header.count {
      let isShort = row.count < header.count
      row.defect = Problem(
        file: file, line: isShort ? row.line : row.line(of: header.count),
        column: isShort ? nil : row.column(of: header.count),
        what: "a row of \(row.count) field\(row.count == 1 ? "" : "s")",
        expected: "\(header.count)" + (headerLine.map { " as in line \($0)" } ?? ""),
        advice: "put text that holds the delimiter in quotes, or complete the row")
    }
    return row
  }

  /// The position of the column with a name, or with a number from 1.
  ///
  /// - Throws: `InterchangeError.request` when there is none; the message lists what there is.
  public func column(_ name: String) throws(InterchangeError) -> Int {
    if let exact = header.firstIndex(of: name) { return exact }
    let key = ColumnNames.key(name)
    let alike = header.indices.filter { ColumnNames.key(header[$0]) == key }
    if alike.count == 1 { return alike[0] }
    if let number = Int(name), header.indices.contains(number - 1) { return number - 1 }
    throw .request(
      "\(file) has no column \(name.printable()); it has: "
        + header.prefix(40).map { $0.printable(limit: 40) }.joined(separator: ", "))
  }

  /// What was detected, as sentences for the user.
  public var detections: [String] {
    ["\(file.fileName.printable()): \(encoding), \(dialect), \(header.count) columns"]
  }

  // The delimiter that a first line such as `sep=;` names, as spreadsheet programs write it.
  private static func namedDelimiter(_ buffer: TextBuffer) -> UInt8? {
    let line = buffer.bytes[buffer.position...].prefix(7)
    guard line.count >= 6, line.starts(with: "sep=".utf8) else { return nil }
    let end = line[line.startIndex + 5]
    let delimiter = line[line.startIndex + 4]
    return (end == 10 || end == 13) && [9, 44, 58, 59, 124].contains(delimiter) ? delimiter : nil
  }

  private static func isRemark(_ buffer: TextBuffer) -> Bool {
    buffer.bytes[buffer.position...].starts(with: "% ".utf8)
  }

  /// What is said of the rows read: comments among them could be rows, and apostrophes are taken off.
  var rowNotices: [Notice] {
    let name = file.fileName.printable()
    let guards: [Notice] =
      guardedCount == 0
      ? []
      : [
        .note(
          "\(name): an apostrophe before =, +, - or @ is a guard of spreadsheets and taken off "
            + "(\(guardedCount))")
      ]
    return guards + commentNotices(name)
  }

  private func commentNotices(_ name: String) -> [Notice] {
    guard commentCount > 0 else { return [] }
    if let line = firstInnerComment {
      return [
        .warning(
          "\(name): lines that begin with # are comments and passed over (\(commentCount)), the first "
            + "among the rows in line \(line)")
      ]
    }
    return [.note("\(name): comment lines above the rows (\(commentCount))")]
  }

  private static func names(
    _ row: Row, file: String, rule: DuplicateNames
  ) throws(InterchangeError) -> ([String], [Problem]) {
    var names: [String] = []
    var firstPlace: [String: Int] = [:]
    var used: Set<String> = []
    var warnings: [Problem] = []
    var problems = ProblemList()
    for field in 0..<row.count {
      var name = row.text(field)
      if name.allSatisfy({ $0 == " " }) {
        name = "column \(field + 1)"
        if field > 0 {
          var warning = row.problem(at: field, what: "a column without a name")
          warning.severity = .warning
          warning.advice = "it is called “\(name)”"
          warnings.append(warning)
        }
      }
      if let place = firstPlace[name] {
        guard rule == .number else {
          problems.add(
            row.problem(
              at: field, what: "the column name “\(name)” occurs twice",
              expected: "a name of its own (it is also column \(place + 1))",
              advice: "rename one of them in the header"))
          continue
        }
        var number = 2
        while used.contains("\(name).\(number)") { number += 1 }
        var warning = row.problem(at: field, what: "the column name “\(name)” occurs twice")
        warning.severity = .warning
        warning.advice = "this one is called “\(name).\(number)”"
        warnings.append(warning)
        name = "\(name).\(number)"
      }
      firstPlace[name] = field
      used.insert(name)
      names.append(name)
    }
    try problems.throwIfErrors()
    return (names, warnings)
  }

  /// Up to `limit` rows ahead of the next one, as far as they are in memory; nothing is consumed.
  func rowsAhead(limit: Int) -> [Row] {
    var rows: [Row] = []
    var place = (position: buffer.position, line: buffer.line)
    var fields: [FieldBounds] = []
    while rows.count < limit {
      let end = Self.blankLines(buffer.bytes, from: place.position)
      place = (end, place.line + end - place.position)
      let cut = cutter.cut(
        buffer.bytes, from: place.position, to: buffer.bytes.count, isLast: buffer.isComplete,
        fields: &fields)
      switch cut.outcome {
      case .needsMore, .openQuote: return rows
      case .blank where place.position == buffer.bytes.count: return rows
      case .comment, .blank: break
      case .row:
        rows.append(
          Row(
            file: file, line: place.line, start: place.position, end: cut.next,
            bytes: buffer.bytes, fields: fields, quote: dialect.quote, sheet: buffer.sheet))
      }
      place = (cut.next, place.line + (buffer.sheet == nil ? Int(cut.innerLines) : 0) + 1)
    }
    return rows
  }

  /// Where the line feeds that begin at a position end.
  static func blankLines(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == 10 { end += 1 }
    return end
  }

  /// How much of the input has been read, from 0 to 1.
  var fractionRead: Double { buffer.fractionRead }

  /// Passes over sound rows that were read from `buffer` directly, each on one line.
  mutating func pass(rows count: Int, to position: Int) {
    rowCount += count
    buffer.advance(to: position, lines: count)
  }

  private mutating func nextRow() throws(InterchangeError) -> Row? {
    while true {
      // A sheet may have a million empty rows before the last.
      let end = Self.blankLines(buffer.bytes, from: buffer.position)
      blankLineCount += end - buffer.position
      buffer.advance(to: end, lines: end - buffer.position)
      let cut = cutter.cut(
        buffer.bytes, from: buffer.position, to: buffer.bytes.count, isLast: buffer.isComplete,
        fields: &fields)
      // Bytes that are no text cut the row short: it is not whole, and must not be returned.
      if cut.next == buffer.bytes.count, !buffer.endsLine { try buffer.throwFailure() }
      switch cut.outcome {
      case .comment:
        commentCount += 1
        if rowCount > 0, firstInnerComment == nil { firstInnerComment = buffer.line }
        buffer.advance(to: cut.next, lines: 1)
      case .blank:
        if buffer.position == buffer.bytes.count {
          try buffer.throwFailure()
          return nil
        }
        blankLineCount += 1
        buffer.advance(to: cut.next, lines: 1)
      case .row:
        var row = Row(
          file: file, line: buffer.line, start: buffer.position, end: cut.next,
          bytes: buffer.bytes, fields: fields, quote: dialect.quote, sheet: buffer.sheet)
        for field in fields
        where field.start < field.end && buffer.bytes[Int(field.start)] == 39
          && FormulaGuard.isNeeded(buffer.bytes[Int(field.start)..<Int(field.end)])
        {
          guardedCount += 1
        }
        if let defect = cut.defect { row.defect = problem(of: defect, cut, row) }
        // A row of a sheet is one line, whatever its cells hold.
        buffer.advance(
          to: cut.next, lines: buffer.sheet == nil ? Int(cut.innerLines) + 1 : 1)
        return row
      case .needsMore:
        try buffer.fill(openQuote: cut.quoteAt)
      case .openQuote:
        try buffer.throwFailure()
        throw .refused(buffer.openQuote(at: cut.quoteAt, within: "before the file ends"))
      }
    }
  }

  private func problem(of defect: RowCutter.Defect, _ cut: RowCutter.Cut, _ row: Row) -> Problem {
    let place = buffer.place(of: cut.defectAt)
    switch defect {
    case .nul:
      return Problem(
        file: file, line: place.line, column: place.column, what: "a NUL byte", expected: "text",
        advice: "if the file is UTF-16, say so (--encoding utf-16; in a mapping: "
          + "encoding: utf-16)")
    case .textAfterQuote:
      let opened = buffer.place(of: cut.quoteAt)
      return Problem(
        file: file, line: place.line, column: place.column, what: "text behind a closing quote",
        expected: "a delimiter or the end of the row",
        advice: "double the quotes inside a quoted field; the quote opened at "
          + "\(opened.line):\(opened.column)")
    }
  }
}
