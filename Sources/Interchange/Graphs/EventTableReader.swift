// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GraphCore

/// Reads a table with an event in each row (a call, a payment) and adds the events of each ordered
/// pair up, in one pass: rows are not kept.
struct EventTableReader {
  private var reader: DelimitedReader
  private let options: GraphReadingOptions
  private let columns: EventColumns
  private var ids = IdentifierTable()
  private var sums = EventSums()
  private var problems = ProblemList()
  private var skippedCount = 0
  private var realCount = 0
  // The decimal mark, once a row has shown it, and the line of that row.
  private var mark: (byte: UInt8, line: Int)?

  static func read(
    _ reader: DelimitedReader, _ shape: TableShape, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    var events = try EventTableReader(
      reader: reader, options: options, columns: EventColumns(reader, shape, options))
    try events.readRows()
    return try events.document()
  }

  private init(reader: DelimitedReader, options: GraphReadingOptions, columns: EventColumns) {
    self.reader = reader
    self.options = options
    self.columns = columns
  }

  private mutating func readRows() throws(InterchangeError) {
    var plain = options.readsPlainRowsDirectly ? PlainEvents(reader, columns) : nil
    while true {
      if plain != nil {
        plain?.read(&reader, &ids, &sums, decimalMark: mark?.byte)
        if ids.count > options.maximumNodes {
          throw tooManyNodes(reader.file, options.maximumNodes)
        }
      }
      guard let row = try reader.next() else { break }
      if let defect = row.defect {
        problems.add(defect)
      } else {
        add(row)
      }
      if ids.count > options.maximumNodes { throw tooManyNodes(reader.file, options.maximumNodes) }
    }
    try problems.throwIfErrors()
  }

  private mutating func add(_ row: Row) {
    let needed = [columns.source, columns.target] + (columns.amount.map { [$0] } ?? [])
    let blank = needed.first { row.cell($0).isBlank || row.cell($0).isNull }
    if let blank {
      guard options.incompleteRows == .refuse else {
        skippedCount += 1
        return
      }
      let isEnd = blank == columns.source || blank == columns.target
      problems.add(
        row.problem(
          at: blank,
          what: "an event without "
            + (blank == columns.amount
              ? "an amount" : blank == columns.source ? "a source" : "a target"),
          expected: "\(isEnd ? "an identifier" : "a number") in \(reader.header[blank])",
          advice: "complete the row, or pass such rows over (--incomplete skip)"))
    }
    let before = problems.errorCount
    var time: (time: EventTime, oddText: String?)?
    if let field = columns.time { time = self.time(row, field) }
    var amount: EventAmount?
    if let field = columns.amount, field != blank { amount = self.amount(row, field) }
    guard blank == nil, problems.errorCount == before else { return }
    let source = ids.number(of: row.cell(columns.source))
    let target = ids.number(of: row.cell(columns.target))
    if case .real = amount { realCount += 1 }
    sums.add(
      source, target, line: row.line, time: time?.time ?? .none, oddText: time?.oddText,
      amount: amount)
  }

  private mutating func time(_ row: Row, _ field: Int) -> (time: EventTime, oddText: String?)? {
    let cell = row.cell(field)
    guard !cell.isBlank, !cell.isNull else { return nil }
    let text = cell.text
    let iso = columns.form.map { $0.iso(text) } ?? text
    if let iso, let date = PartialDate(iso) { return sums.time(of: date) }
    problems.add(
      row.problem(
        at: field, what: "“\(text.printable(limit: 60))” is no date",
        expected: columns.form.map { "a date in the form \($0.pattern)" }
          ?? "a date such as 2024, 2024-03-04 or 2024-03-04T10:20Z",
        advice: "declare how the times are written (--time-format), or name another column "
          + "(--time-column; none where there are no times)"))
    return nil
  }

  private mutating func amount(_ row: Row, _ field: Int) -> EventAmount? {
    let cell = row.cell(field)
    let comma = UInt8(ascii: ",")
    let found = cell.bytes[cell.start..<cell.end].first { $0 == comma || $0 == UInt8(ascii: ".") }
    let mayBeComma = reader.dialect.delimiter != .comma
    if let found, found != comma || mayBeComma {
      if let mark, mark.byte != found {
        problems.add(
          row.problem(
            at: field, what: "“\(cell.text.printable(limit: 60))” has another decimal mark",
            expected: "“\(UnicodeScalar(mark.byte))” as in line \(mark.line)",
            advice: "write all amounts in one way"))
        return nil
      }
      if EventAmount(cell, decimalMark: found) != nil { mark = mark ?? (found, row.line) }
    }
    let point = mark?.byte ?? UInt8(ascii: ".")
    if let amount = EventAmount(cell, decimalMark: point) { return amount }
    problems.add(
      row.problem(
        at: field, what: "“\(cell.text.printable(limit: 60))” is no number",
        expected: "an amount such as 12 or 12.50 in \(reader.header[field])",
        advice: "correct it, or name another column (--amount-column)"))
    return nil
  }

  private mutating func document() throws(InterchangeError) -> GraphDocument {
    if columns.amount != nil { try refuseEndlessSums() }
    var document = GraphDocument(
      name: reader.file, format: .events, direction: .directed, nodeIDs: ids.names,
      sources: sums.pairs.map(\.source), targets: sums.pairs.map(\.target))
    document.edgeLines = sums.lines
    document.recordCount = reader.rowCount
    document.notices = notices()
    document.edgeColumns = sums.takeColumns(
      hasAmount: columns.amount != nil, hasTime: columns.time != nil)
    return document
  }

  private func refuseEndlessSums() throws(InterchangeError) {
    var endless = ProblemList()
    for index in sums.rest.keys.sorted() where !sums.amount(Int(index)).isFinite {
      let pair = sums.pairs[Int(index)]
      endless.add(
        Problem(
          file: reader.file, line: Int(sums.lines[Int(index)]),
          what: "the amounts from \(ids.names[Int(pair.source)]) to "
            + "\(ids.names[Int(pair.target)]) add up to more than a number can hold",
          expected: "a finite sum", advice: "check the amounts of this pair"))
    }
    try endless.throwIfErrors()
  }

  private func notices() -> [Notice] {
    let file = reader.file.fileName
    let header = reader.header
    var notices: [Notice] = reader.detections.map { .note($0) }
    notices += reader.warnings.map { .warning($0) } + reader.rowNotices
    notices.append(
      .note(
        "\(file): \(reader.rowCount - skippedCount) events from \(header[columns.source]) to "
          + "\(header[columns.target]), added up to \(sums.pairs.count) edges, one for each "
          + "ordered pair"
          + (skippedCount > 0
            ? "; \(skippedCount) of \(reader.rowCount) rows are incomplete, passed over" : "")))
    if sums.pairs.isEmpty { notices.append(.warning("\(file): it holds no event")) }
    if let time = columns.time { notices.append(timeNotice(file, header[time])) }
    if let amount = columns.amount { notices += amountNotices(file, header[amount]) }
    let used = [columns.source, columns.target, columns.time, columns.amount]
    let others = header.indices.filter { !used.contains($0) }
    if !others.isEmpty {
      notices.append(
        .note(
          "\(file): columns that are not added up are left out: "
            + others.prefix(30).map { header[$0].printable(limit: 30) }.joined(separator: ", ")))
    }
    return notices + ids.notices(file: file)
  }

  private func timeNotice(_ file: String, _ name: String) -> Notice {
    .note(
      "\(file): first and last compare the times in \(name) as instants"
        + (columns.form.map { ", read in the form \($0.pattern)" } ?? "")
        + "; a time without an offset counts as UTC"
        + (sums.untimedCount > 0
          ? "; \(sums.untimedCount) event\(sums.untimedCount == 1 ? " has" : "s have") no time"
          : ""))
  }

  private func amountNotices(_ file: String, _ name: String) -> [Notice] {
    var notices: [Notice] = []
    if mark?.byte == UInt8(ascii: ",") {
      notices.append(
        .warning("\(file): the comma is read as the decimal mark in \(name.printable())"))
    }
    let places = sums.decimals == 1 ? "1 decimal" : "\(sums.decimals) decimals"
    notices.append(
      .note(
        "\(file): the amounts in \(name) are added exactly, in whole units of "
          + (sums.decimals == 0 ? "1" : places)
          + (sums.rest.isEmpty
            ? ""
            : "; except in \(sums.rest.count) pairs whose amounts do not fit 64 bits of them, "
              + "where they are rounded and the errors added up beside the sum")))
    if sums.negativeCount > 0 {
      notices.append(.warning("\(file): \(sums.negativeCount) amounts in \(name) are negative"))
    }
    return notices
  }
}
