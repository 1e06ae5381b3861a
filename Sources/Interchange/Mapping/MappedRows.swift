// SPDX-License-Identifier: Apache-2.0

/// The rows of one mapped file, a table or records of JSON.
struct MappedRows {
  /// The reader of a table; nil when the file holds records.
  var table: DelimitedReader?
  private var records: RecordReader?
  private let rule: FileRule
  private var blankLines = 0
  private var isBelow = false

  init(_ input: Input, _ rule: FileRule) throws(InterchangeError) {
    self.rule = rule
    if let format = rule.format {
      records = try RecordReader(
        input, format: format, list: rule.records, paths: rule.columns.map(\.name),
        encoding: rule.reading.encoding)
    } else {
      table = try DelimitedReader(input, options: rule.reading)
      blankLines = table?.blankLineCount ?? 0
    }
  }

  /// The names of the columns, or the paths that the mapping names.
  var header: [String] { table?.header ?? records?.header ?? [] }
  /// The physical line of the header; nil when there is none.
  var headerLine: Int? { table?.headerLine }
  /// What was odd but acceptable before the first row.
  var warnings: [Problem] { table?.warnings ?? [] }
  /// What was detected, in sentences for the user.
  var detections: [String] { table?.detections ?? records?.detections ?? [] }
  /// How much of the input has been read, from 0 to 1.
  var fractionRead: Double { table?.fractionRead ?? records?.fractionRead ?? 1 }

  /// The next row; nil at the end of the file.
  mutating func next() throws(InterchangeError) -> Row? {
    if records != nil { return try records?.next() }
    guard rule.endsAtBlankRow else { return try table?.next() }
    guard var row = try table?.next() else { return nil }
    if !isBelow {
      isBelow =
        table?.blankLineCount != blankLines || (0..<row.count).allSatisfy { row.isBlank($0) }
    }
    row.isBelowTable = isBelow
    if isBelow { row.defect = nil }
    return row
  }

  /// Warnings of paths that no record had; a table without a column is refused when it is opened.
  func missingPaths(mapping: String) -> [Problem] {
    guard let records, records.rowCount > 0 else { return [] }
    return rule.columns.indices.filter { !records.met.contains($0) }.map { index in
      let column = rule.columns[index]
      var problem = Problem(
        file: mapping, line: column.place.line, column: column.place.column,
        what: "no record of \(rule.file) has '\(column.name)'",
        advice: "check the path, unless it may be missing")
      problem.severity = .warning
      return problem
    }
  }
}

extension DelimitedReader {
  /// Reads plain rows as `PlainEventRows` does; nil when there is no reader of plain rows.
  mutating func readPlain(
    _ plain: inout PlainEventRows?, resolve: (_ text: String, _ role: String) -> String?
  ) -> Bool? { plain?.read(&self, resolve: resolve) }
}
