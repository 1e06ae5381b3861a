// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads a table with a tie in each row.
enum EdgeListReader {
  static func read(
    _ given: DelimitedReader, _ shape: TableShape, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    var reader = given
    let ends = try ends(reader, shape, options)
    var ids = IdentifierTable()
    var sources: [Int32] = []
    var targets: [Int32] = []
    var lines = EdgeLines()
    let others = reader.header.indices.filter { $0 != ends.source && $0 != ends.target }
    var builders = others.map { ColumnBuilder(name: reader.header[$0]) }
    var problems = ProblemList()
    var skipped = 0
    let plain =
      options.readsPlainRowsDirectly ? PlainTies(reader, ends.source, ends.target) : nil
    while true {
      if let plain {
        let start = (rows: sources.count, position: reader.buffer.position)
        plain.read(&reader, &ids, &sources, &targets, &lines, &builders)
        if start.rows == 0 {
          let bytes = reader.buffer.position - start.position
          let rows = expectedRows(reader, rows: sources.count, bytes: bytes)
          sources.reserveCapacity(rows)
          targets.reserveCapacity(rows)
          for other in builders.indices { builders[other].reserve(rows) }
        }
        if ids.count > options.maximumNodes {
          throw tooManyNodes(reader.file, options.maximumNodes)
        }
      }
      let next: Row?
      do {
        next = try reader.next()
      } catch .refused(let list) {
        // What was found before the rest of the file became unreadable is said too.
        problems.add(list)
        throw .refused(problems)
      }
      guard let row = next else { break }
      if let defect = row.defect {
        problems.add(defect)
        continue
      }
      let (source, target) = (row.cell(ends.source), row.cell(ends.target))
      if isBlank(source) || isBlank(target) {
        if options.incompleteRows == .skip {
          skipped += 1
        } else {
          let field = isBlank(source) ? ends.source : ends.target
          problems.add(
            row.problem(
              at: field, what: "a tie without \(field == ends.source ? "a source" : "a target")",
              expected: "an identifier in \(reader.header[field])",
              advice: "complete the row, or pass such rows over (--incomplete skip)"))
        }
        continue
      }
      sources.append(ids.number(of: source))
      targets.append(ids.number(of: target))
      lines.append(row.line)
      for (index, field) in others.enumerated() { builders[index].append(row.cell(field)) }
      if ids.count > options.maximumNodes { throw tooManyNodes(reader.file, options.maximumNodes) }
    }
    try problems.throwIfErrors()
    var typing = ColumnTyping(builders, delimiter: reader.dialect.delimiter)
    // A third column without a name is a weight by custom.
    if !reader.dialect.hasHeader, others.count == 1, typing.columns[0].values.isNumeric {
      typing.renameOnlyColumn("weight")
    }
    var document = GraphDocument(
      name: reader.file, format: .edgeList, direction: .undirected, nodeIDs: ids.names,
      sources: sources, targets: targets, edgeColumns: typing.columns)
    document.lines = lines
    document.recordCount = reader.rowCount
    let file = reader.file.fileName
    document.notices = reader.detections.map { .note($0) }
    document.notices += reader.warnings.map { .warning($0) }
    document.notices.append(
      .note(
        "\(file): an edge list of \(counted(sources.count, "tie")) from \(reader.header[ends.source])"
          + " to \(reader.header[ends.target])"
          + (skipped > 0 ? "; \(skipped) of \(reader.rowCount) rows have no end, passed over" : ""))
    )
    document.notices += reader.rowNotices
    if sources.isEmpty { document.notices.append(.warning("\(file): it holds no tie")) }
    document.notices += typing.notices(file: file) + ids.notices(file: file)
    decideDirection(&document, ends, reader)
    document.restoreWrittenColumns(hasIdentifiers: false, hasDirections: true)
    document.restoreGephiColumns()
    return document
  }

  // As many rows as the file holds if they go on as they began, but no more than a large file has: a
  // size that the system states may be a hole.
  private static func expectedRows(_ reader: DelimitedReader, rows: Int, bytes: Int) -> Int {
    guard rows >= 1_000, let size = reader.buffer.inputSize else { return rows }
    return rows + min(1 << 24, Int(1.02 * Double(size) * Double(rows) / Double(bytes)))
  }

  private typealias Ends = (source: Int, target: Int, isDirected: Bool?)

  private static func isBlank(_ cell: ByteCell) -> Bool { cell.isBlank || cell.isNull }

  private static func ends(
    _ reader: DelimitedReader, _ shape: TableShape, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> Ends {
    let named = shape.namedEnds
    if options.sourceColumn != nil || options.targetColumn != nil {
      let source = try options.sourceColumn.map { name throws(InterchangeError) in
        try reader.column(name)
      }
      let target = try options.targetColumn.map { name throws(InterchangeError) in
        try reader.column(name)
      }
      guard let source = source ?? named?.source, let target = target ?? named?.target else {
        throw .request(
          "\(reader.file): only one end of the ties is named; name both (--source-column, "
            + "--target-column)")
      }
      guard source != target else {
        throw .request("\(reader.file): source and target are the same column")
      }
      if let named, named.source == source, named.target == target { return named }
      let keys = (ColumnNames.key(reader.header[source]), ColumnNames.key(reader.header[target]))
      let known = ColumnNames.ends.first { $0.source == keys.0 && $0.target == keys.1 }
      return (source, target, known?.isDirected ?? true)
    }
    if let named { return named }
    if shape.looksLikeNodes || shape.isNodeTable {
      throw .refused(
        Problem(
          file: reader.file, line: reader.headerLine,
          what:
            "this looks like a table of nodes: one row for each \(reader.header[0].printable())",
          expected: "a table of ties or a matrix",
          advice: "give it beside the ties (--nodes), or name the columns of the ends "
            + "(--source-column, --target-column)"))
    }
    guard reader.header.count >= 2 else {
      throw .refused(
        Problem(
          file: reader.file, line: reader.headerLine ?? 1, what: "a table of one column",
          expected: "at least a source and a target",
          advice: "check the delimiter (\(reader.dialect))"))
    }
    guard reader.header.count <= 4 else {
      throw .refused(
        Problem(
          file: reader.file, line: reader.headerLine ?? 1,
          what: "it is not plain which columns hold the ends of a tie",
          expected: "names such as source and target",
          advice: "name them or give their numbers (--source-column, --target-column); there are: "
            + reader.header.prefix(30).map { $0.printable(limit: 30) }.joined(separator: ", ")))
    }
    return (0, 1, nil)
  }

  private static func decideDirection(
    _ document: inout GraphDocument, _ ends: Ends, _ reader: DelimitedReader
  ) {
    let names = "\(reader.header[ends.source]) and \(reader.header[ends.target])"
    if let isDirected = ends.isDirected {
      document.direction = isDirected ? .directed : .undirected
      document.notices.append(
        .note(
          isDirected
            ? "the ties are directed, as the columns \(names) suggest (--undirected ignores it)"
            : "the ties are undirected, as the columns \(names) suggest (--directed keeps it)"))
      return
    }
    var isSource = [Bool](repeating: false, count: document.nodeCount)
    for source in document.sources { isSource[Int(source)] = true }
    if reader.dialect.hasHeader, !document.targets.contains(where: { isSource[Int($0)] }) {
      let (first, second) = (reader.header[ends.source], reader.header[ends.target])
      document.nodeColumns.append(
        AttributeColumn(name: "mode", values: .text(isSource.map { $0 ? first : second })))
      document.notices.append(
        .note("the ties join nodes of two kinds, \(names), and are undirected (column mode)"))
    } else {
      document.notices.append(
        .note("the ties are taken as undirected, because nothing says otherwise (--directed)"))
    }
  }
}
