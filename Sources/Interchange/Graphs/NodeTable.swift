// SPDX-License-Identifier: Apache-2.0

/// A table of nodes: identifiers, labels and attributes.
struct NodeTable {
  let file: String
  var ids = IdentifierTable()
  var labels: [String?]?
  var columns: [AttributeColumn] = []
  var notices: [Notice] = []

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions, endsOfTies: [String] = []
  ) throws(InterchangeError) -> NodeTable {
    var tableOptions = options.table
    // Delimiter and header are those of the ties; the table of nodes may differ in both.
    tableOptions.delimiter = nil
    tableOptions.header = .detect
    tableOptions.skippedLines = 0
    var reader = try DelimitedReader(stream, options: tableOptions)
    if Neo4jHeader.isHeader(reader.header) {
      throw .request(
        "\(reader.file) is a node file for Neo4j, which goes with files of relationships "
          + "(:START_ID, :END_ID); beside another graph give a plain table of nodes")
    }
    var table = NodeTable(file: reader.file)
    let idColumn = try identifierColumn(reader, options, endsOfTies)
    let labelColumn: Int? =
      if let name = options.labelColumn {
        try reader.column(name)
      } else {
        reader.dialect.hasHeader
          ? ColumnNames.labels.lazy.compactMap { name in
            reader.header.firstIndex { ColumnNames.key($0) == name }
          }.first { $0 != idColumn } : nil
      }
    var builders = reader.header.map { ColumnBuilder(name: $0) }
    var labels: [String?] = []
    var lines: [Int] = []
    var problems = ProblemList()
    while let row = try reader.next() {
      if let defect = row.defect {
        problems.add(defect)
        continue
      }
      let id = row.cell(idColumn)
      guard !id.isBlank, !id.isNull else {
        problems.add(
          row.problem(
            at: idColumn, what: "a blank identifier",
            expected: "a value in column \(reader.header[idColumn])",
            advice: "complete the row or remove it"))
        continue
      }
      let number = Int(table.ids.number(of: id))
      if number < lines.count {
        problems.add(
          row.problem(
            at: idColumn, what: "the identifier “\(row.text(idColumn))” occurs twice",
            expected: "one row for each node (it is also in line \(lines[number]))",
            advice: "merge the two rows"))
        continue
      }
      lines.append(row.line)
      for field in 0..<row.count { builders[field].append(row.cell(field)) }
      if let labelColumn {
        labels.append(row.isBlank(labelColumn) ? nil : row.text(labelColumn))
      }
    }
    try problems.throwIfErrors()
    let typing = ColumnTyping(
      builders.indices.filter { $0 != idColumn && $0 != labelColumn }.map { builders[$0] },
      delimiter: reader.dialect.delimiter)
    table.columns = typing.columns
    if labelColumn != nil { table.labels = labels }
    let name = table.file.fileName
    table.notices =
      reader.detections.map { .note($0) }
      + [
        .note(
          "\(name): \(table.ids.count) nodes, identified by \(reader.header[idColumn])"
            + (labelColumn.map { ", labelled by \(reader.header[$0])" } ?? ""))
      ] + reader.warnings.map { .warning($0) } + typing.notices(file: name)
      + reader.rowNotices
    if table.ids.count == 0 {
      table.notices.append(.warning("\(name): no row below the header"))
    }
    return table
  }

  private static func identifierColumn(
    _ reader: DelimitedReader, _ options: GraphReadingOptions, _ endsOfTies: [String]
  ) throws(InterchangeError) -> Int {
    if let name = options.identifierColumn { return try reader.column(name) }
    guard reader.dialect.hasHeader else { return 0 }
    let keys = reader.header.map(ColumnNames.key)
    let named = ColumnNames.identifiers.lazy.compactMap { keys.firstIndex(of: $0) }.first ?? 0
    // Where the column of that name holds no end of a tie and another does, that one is meant.
    let ends = Set(endsOfTies)
    let rows = reader.rowsAhead(limit: 2_000)
    func hits(_ column: Int) -> Int {
      rows.count { column < $0.count && ends.contains($0.text(column)) }
    }
    if ends.isEmpty || hits(named) > 0 { return named }
    let best = reader.header.indices.max { (hits($0), $1) < (hits($1), $0) } ?? named
    return hits(best) > 0 ? best : named
  }
}

extension GraphDocument {
  /// The document with the nodes, labels and attributes of a node table.
  ///
  /// The nodes of the table come first, in its order; ends of ties that it does not name follow.
  func joining(_ table: NodeTable, maximumNodes: Int) throws(InterchangeError) -> GraphDocument {
    var joined = self
    var ids = table.ids
    let newNumber = nodeIDs.map { ids.number(of: ByteCell($0)) }
    guard ids.count <= maximumNodes else { throw tooManyNodes(name, maximumNodes) }
    joined.nodeIDs = ids.names
    joined.sources = sources.map { newNumber[Int($0)] }
    joined.targets = targets.map { newNumber[Int($0)] }
    var oldNumber = [Int32](repeating: -1, count: ids.count)
    for (old, new) in newNumber.enumerated() { oldNumber[Int(new)] = Int32(old) }
    let inTable = (0..<ids.count).map { $0 < table.ids.count ? Int32($0) : -1 }
    let names = Set(table.columns.map(\.name))
    joined.nodeColumns =
      table.columns.map { column in
        let values = column.values.picking(inTable)
        // Tables of several kinds of node share columns.
        let own = nodeColumns.first { $0.name == column.name }?.values.picking(oldNumber)
        return AttributeColumn(name: column.name, values: own.map(values.orElse) ?? values)
      }
      + nodeColumns.filter { !names.contains($0.name) }.map {
        AttributeColumn(name: $0.name, values: $0.values.picking(oldNumber))
      }
    if nodeLabels != nil || table.labels != nil {
      joined.nodeLabels = (0..<ids.count).map { node in
        let own = oldNumber[node] >= 0 ? nodeLabels?[Int(oldNumber[node])] : nil
        return (node < table.ids.count ? table.labels?[node] : nil) ?? own
      }
    }
    joined.notices += table.notices
    let unknown = ids.count - table.ids.count
    if unknown > 0 {
      let examples = ids.names[table.ids.count...].prefix(5).map { $0.printable(limit: 40) }
      joined.notices.append(
        .warning(
          "\(unknown) nodes of the ties are not in \(table.file.fileName) and have no attributes: "
            + examples.joined(separator: ", ") + (unknown > 5 ? " …" : "")))
    }
    joined.notices += ids.notices(file: name.fileName).filter { !notices.contains($0) }
    return joined
  }
}

func tooManyNodes(_ file: String, _ limit: Int) -> InterchangeError {
  .refused(
    Problem(
      file: file, what: "more than \(limit) nodes", expected: "at most that many",
      advice: "raise the limit (--max-nodes) if the memory suffices"))
}
