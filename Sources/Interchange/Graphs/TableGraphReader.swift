// SPDX-License-Identifier: Apache-2.0

/// Reads a table as a graph, having found out whether it lists ties or is a matrix.
enum TableGraphReader {
  /// The most columns of a matrix; a table has at most 2,000.
  static let maximumMatrixColumns = 10_001

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    var tableOptions = options.table
    tableOptions.maximumColumns = maximumMatrixColumns
    tableOptions.allowsWhitespace = true
    let reader = try DelimitedReader(stream, options: tableOptions)
    let shape = TableShape(reader)
    let isNamed = options.sourceColumn != nil || options.targetColumn != nil
    if options.format == nil, !isNamed, let problem = shape.unequalSides { throw .refused(problem) }
    let format = options.format ?? (isNamed ? .edgeList : shape.format)
    if format == .edgeList || format == .events,
      reader.header.count > options.table.maximumColumns
    {
      throw .refused(
        Problem(
          file: reader.file, line: reader.headerLine ?? 1,
          what: "a table of \(reader.header.count) columns",
          expected: "at most \(options.table.maximumColumns)",
          advice: "if it is a matrix, say so (--input-format matrix)"))
    }
    var document =
      switch format {
      case .matrix, .twoMode: try MatrixReader.read(reader, isTwoMode: format == .twoMode)
      case .events: try EventTableReader.read(reader, shape, options)
      case .edgeList, .graphML, .gexf, .gml, .pajek, .dl, .dot, .json, .gdf, .cx2, .vna, .ndjson,
        .followTheMoney, .bods:
        try EdgeListReader.read(reader, shape, options)
      }
    if document.nodeCount > options.maximumNodes {
      throw tooManyNodes(document.name, options.maximumNodes)
    }
    if let nodes = options.nodes {
      document = try document.joining(
        NodeTable.read(nodes, options), maximumNodes: options.maximumNodes)
    }
    return document
  }
}

/// What the head of a table looks like.
struct TableShape {
  let reader: DelimitedReader
  private let rows: [Row]

  init(_ reader: DelimitedReader) {
    self.reader = reader
    rows = reader.rowsAhead(limit: 2_000)
  }

  /// The pair of columns whose names are those of the ends of ties.
  var namedEnds: (source: Int, target: Int, isDirected: Bool)? {
    guard reader.dialect.hasHeader else { return nil }
    let keys = reader.header.map(ColumnNames.key)
    for ends in ColumnNames.ends {
      if let source = keys.firstIndex(of: ends.source),
        let target = keys.firstIndex(of: ends.target)
      {
        return (source, target, ends.isDirected)
      }
    }
    return nil
  }

  var format: GraphFormat {
    guard reader.dialect.hasHeader, reader.header.count >= 3, !rows.isEmpty, firstColumnIsUnique
    else { return .edgeList }
    let names = Set(reader.header.dropFirst())
    if rows.count <= names.count, rows.allSatisfy({ names.contains($0.text(0)) }) { return .matrix }
    return namedEnds == nil && looksTwoMode ? .twoMode : .edgeList
  }

  /// What is wrong with a table that looks like a matrix but does not name the same nodes on both
  /// sides; nil for any other table.
  var unequalSides: Problem? {
    guard reader.dialect.hasHeader, reader.header.count >= 3, rows.count >= 2,
      firstColumnIsUnique
    else { return nil }
    // Names such as a and b do not make it a list of ties: rows bear the names of columns.
    let columnIDs = Array(reader.header.dropFirst())
    let rowIDs = rows.map { $0.text(0) }
    let (columnSet, rowSet) = (Set(columnIDs), Set(rowIDs))
    let onlyRows = rowIDs.filter { !columnSet.contains($0) }
    let shared = rowIDs.count - onlyRows.count
    let hasBlankCorner = reader.headerRow?.isBlank(0) ?? false
    guard shared > 0, hasBlankCorner || shared * 2 > min(rowIDs.count, columnIDs.count),
      max(rowIDs.count, columnIDs.count) <= 2 * min(rowIDs.count, columnIDs.count),
      rows.allSatisfy(isOfNumbers)
    else { return nil }
    // Where every row has a column the table is read as a matrix, which lists what is missing.
    guard !onlyRows.isEmpty else { return nil }
    func list(_ ids: [String], _ side: String, _ other: String) -> String? {
      guard let first = ids.first else { return nil }
      let names = ids.prefix(5).map { "“\($0.printable(limit: 40))”" }.joined(separator: ", ")
      let more = ids.count > 5 ? " and \(ids.count - 5) more" : ""
      return ids.count == 1
        ? "the \(side) “\(first.printable(limit: 40))” has no \(other)"
        : "the \(side)s \(names)\(more) have no \(other)"
    }
    let parts = [
      list(onlyRows, "row", "column"),
      list(columnIDs.filter { !rowSet.contains($0) }, "column", "row"),
    ].compactMap { $0 }
    return Problem(
      file: reader.file, line: reader.headerLine,
      what: "this looks like a matrix, but " + parts.joined(separator: " and "),
      expected: "the same nodes on both sides, or nodes of two kinds",
      advice: "correct the names and say what it is (--input-format matrix or two-mode)")
  }

  private func isOfNumbers(_ row: Row) -> Bool {
    row.count == reader.header.count
      && (1..<row.count).allSatisfy { row.isBlank($0) || CellNumber(row.cell($0)) != nil }
  }

  /// Whether the table names a node in each row rather than a tie.
  var looksLikeNodes: Bool {
    guard reader.dialect.hasHeader, namedEnds == nil else { return false }
    let key = ColumnNames.key(reader.header[0])
    let isNamed = ColumnNames.identifiers.contains(key) || (reader.headerRow?.isBlank(0) ?? false)
    return isNamed && firstColumnIsUnique
  }

  private var firstColumnIsUnique: Bool {
    var seen = Set<String>()
    return rows.allSatisfy { seen.insert($0.text(0)).inserted }
  }

  // Counts with many zeros in every column, and no column without one: a table of attributes has
  // columns without zeros.
  private var looksTwoMode: Bool {
    var zeros = 0
    var cells = 0
    var hasZero = [Bool](repeating: false, count: reader.header.count)
    for row in rows {
      guard row.count == reader.header.count else { return false }
      for field in 1..<row.count {
        cells += 1
        if row.isBlank(field) {
          zeros += 1
          hasZero[field] = true
        } else {
          guard let number = CellNumber(row.cell(field)), number.value >= 0 else { return false }
          if number.value == 0 {
            zeros += 1
            hasZero[field] = true
          }
        }
      }
    }
    return zeros * 3 >= cells && hasZero.dropFirst().allSatisfy { $0 }
  }
}
