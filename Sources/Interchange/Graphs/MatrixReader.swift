// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads a table whose rows and columns are nodes and whose cells are the weights of ties.
enum MatrixReader {
  /// A cell that is not zero.
  private struct Cell {
    var row: Int32
    var column: Int32
    var weight: Double
    var line: Int32
  }

  static func read(
    _ given: DelimitedReader, isTwoMode: Bool
  ) throws(InterchangeError) -> GraphDocument {
    var reader = given
    var problems = ProblemList()
    let hasHeader = reader.dialect.hasHeader
    let columnNames = columnNames(reader, &problems)
    var rowIDs = IdentifierTable()
    var rowLines: [Int] = []
    var cells: [Cell] = []
    var isInteger = true
    let mark = UInt8(ascii: reader.dialect.delimiter == .comma ? "." : ",")
    var commas = 0
    var rounded = 0
    let firstCell = hasHeader ? 1 : 0
    while let row = try reader.next() {
      if let defect = row.defect {
        problems.add(defect)
        continue
      }
      let rowCell = hasHeader ? row.cell(0) : ByteCell(String(reader.rowCount))
      if hasHeader, row.isBlank(0) {
        problems.add(
          row.problem(at: 0, what: "a row without an identifier", expected: "the name of a node"))
        continue
      }
      let number = rowIDs.number(of: rowCell)
      if Int(number) < rowLines.count {
        problems.add(
          row.problem(
            at: 0, what: "the row “\(row.text(0))” occurs twice",
            expected: "one row for each node (it is also line \(rowLines[Int(number)]))"))
        continue
      }
      rowLines.append(row.line)
      for field in firstCell..<row.count {
        let cell = row.cell(field)
        let isZero = cell.end == cell.start + 1 && cell.bytes[cell.start] == 48
        if isZero || cell.isBlank { continue }
        var value = CellNumber(cell)
        if value == nil {
          value = CellNumber(cell, decimalMark: mark)
          if value != nil { commas += 1 }
        }
        guard let value else {
          problems.add(
            row.problem(
              at: field,
              what: "“\(row.text(field).printable(limit: 40))” in row "
                + "\(rowCell.text), column \(columnNames[field - firstCell])",
              expected: "a number, 0 or nothing", advice: "a matrix holds the weights of ties"))
          continue
        }
        if value.form == .integer,
          value.integer == nil || Int64(exactly: value.value) != value.integer
        {
          rounded += 1
        }
        if value.form != .integer || value.integer == nil { isInteger = false }
        if value.value != 0 {
          cells.append(
            Cell(
              row: number, column: Int32(field - firstCell), weight: value.value,
              line: Int32(truncatingIfNeeded: row.line)))
        }
      }
    }
    var columns = IdentifierTable()
    for name in columnNames { _ = columns.number(of: ByteCell(name)) }
    if columns.count < columnNames.count {
      problems.add(
        Problem(
          file: reader.file, line: reader.headerLine, what: "two columns name the same node",
          expected: "one column for each node"))
    }
    try problems.throwIfErrors()
    let table = Table(
      reader: reader, rows: rowIDs, rowLines: rowLines, columns: columns, cells: cells,
      isInteger: isInteger, commas: commas, rounded: rounded)
    return isTwoMode ? try table.twoMode() : try table.oneMode()
  }

  private static func columnNames(
    _ reader: DelimitedReader, _ problems: inout ProblemList
  ) -> [String] {
    guard let header = reader.headerRow else { return reader.header.indices.map { String($0 + 1) } }
    for field in 1..<max(1, header.count) where header.isBlank(field) {
      problems.add(
        header.problem(at: field, what: "a column without a name", expected: "the name of a node"))
    }
    return Array(reader.header.dropFirst())
  }

  private struct Table {
    let reader: DelimitedReader
    let rows: IdentifierTable
    let rowLines: [Int]
    let columns: IdentifierTable
    let cells: [Cell]
    let isInteger: Bool
    let commas: Int
    let rounded: Int

    // Notices name the file without its folder.
    private var file: String { reader.file.fileName }

    func twoMode() throws(InterchangeError) -> GraphDocument {
      let shared = rows.names.filter { columns.find($0) != nil }
      if let first = shared.first {
        throw .refused(
          Problem(
            file: reader.file, line: reader.headerLine,
            what: "“\(first)” is the name of a row and of a column",
            expected: "rows and columns of two kinds",
            advice: "read it as a matrix (--input-format matrix), or rename the columns"))
      }
      let count = Int32(rows.count)
      var document = document(
        .twoMode, .undirected, rows.names + columns.names, cells.map(\.row),
        cells.map { $0.column + count }, cells)
      let name = reader.headerRow.map { $0.isBlank(0) ? "row" : $0.text(0) } ?? "row"
      document.nodeColumns = [
        AttributeColumn(
          name: "mode",
          values: .text(
            Array(repeating: name, count: rows.count)
              + Array(repeating: "column", count: columns.count)))
      ]
      document.notices.append(
        .note(
          "\(file): a two-mode matrix of \(rows.count) rows and \(columns.count) columns, "
            + "\(cells.count) ties (column mode)"))
      return document
    }

    func oneMode() throws(InterchangeError) -> GraphDocument {
      try checkSides()
      let place = rows.names.map { columns.find($0) ?? -1 }
      let arcs = cells.map {
        Cell(row: place[Int($0.row)], column: $0.column, weight: $0.weight, line: $0.line)
      }.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
      let pairs = Pairs(arcs, nodeCount: columns.count)
      let size = "\(file): a matrix of \(columns.count) nodes"
      let name = columns.names
      guard pairs.odd.count > 0 else {
        let half = arcs.filter { $0.row <= $0.column }
        var document = document(
          .matrix, .undirected, name, half.map(\.row), half.map(\.column), half)
        document.notices.append(.note("\(size), symmetric: \(half.count) undirected ties"))
        return document
      }
      let isNear = 4 * pairs.odd.count <= pairs.count
      var document = document(
        .matrix, isNear ? .undirected : .directed, name, arcs.map(\.row), arcs.map(\.column), arcs)
      document.isNearlySymmetric = isNear
      let counts =
        "\(pairs.oneSided) of \(pairs.count) pairs are one-sided, "
        + "\(pairs.odd.count - pairs.oneSided) unequal"
      if isNear {
        let examples = pairs.odd.prefix(10).map {
          "\(name[Int($0.row)].printable(limit: 30)) → \(name[Int($0.column)].printable(limit: 30))"
        }
        document.notices.append(
          .warning(
            "\(size), nearly symmetric and taken as undirected: \(counts) ("
              + examples.joined(separator: ", ") + (pairs.odd.count > 10 ? " …" : "")
              + "); choose with --symmetrize either, both, max or sum, or --directed"))
      } else {
        document.notices.append(
          .note("\(size), not symmetric and taken as directed: \(counts); --undirected joins them"))
      }
      return document
    }

    private func checkSides() throws(InterchangeError) {
      var problems = ProblemList()
      for (row, name) in rows.names.enumerated()
      where columns.find(name) == nil {
        problems.add(
          Problem(
            file: reader.file, line: rowLines[row], column: 1,
            what: "the row “\(name)” has no column", expected: "the same nodes on both sides",
            advice: "if rows and columns are of two kinds, say so (--input-format two-mode)"))
      }
      for name in columns.names where rows.find(name) == nil {
        problems.add(
          Problem(
            file: reader.file, line: reader.headerLine ?? 1,
            what: "the column “\(name)” has no row",
            expected: "the same nodes on both sides",
            advice: "if rows and columns are of two kinds, say so (--input-format two-mode)"))
      }
      try problems.throwIfErrors()
    }

    private func document(
      _ format: GraphFormat, _ direction: Graph.Direction, _ ids: [String], _ sources: [Int32],
      _ targets: [Int32], _ cells: [Cell]
    ) -> GraphDocument {
      let weights: AttributeValues =
        isInteger
        ? .integer(cells.map { Int64(exactly: $0.weight) }) : .real(cells.map { $0.weight })
      var document = GraphDocument(
        name: reader.file, format: format, direction: direction, nodeIDs: ids, sources: sources,
        targets: targets, edgeColumns: [AttributeColumn(name: "weight", values: weights)])
      document.edgeLines = cells.map(\.line)
      document.recordCount = reader.rowCount
      document.notices = reader.detections.map { .note($0) }
      if commas > 0 {
        document.notices.append(
          .warning("\(file): the comma is read as the decimal mark in \(commas) cells"))
      }
      if rounded > 0 {
        document.notices.append(
          .warning(
            "\(file): whole numbers beyond 2^53 are rounded to what a double holds (\(rounded))"))
      }
      document.notices += reader.rowNotices + rows.notices(file: file)
      return document
    }
  }

  /// The pairs of nodes that have a tie, and those of them whose two cells differ.
  private struct Pairs {
    var count = 0
    var oneSided = 0
    var odd: [Cell] = []

    // `arcs` are sorted by row and column, so that the mirror of each can be searched.
    init(_ arcs: [Cell], nodeCount: Int) {
      for arc in arcs where arc.row != arc.column {
        let mirror = Pairs.weight(arcs, arc.column, arc.row)
        if mirror == nil {
          count += 1
          oneSided += 1
          odd.append(arc)
        } else if arc.row < arc.column {
          count += 1
          if mirror != arc.weight { odd.append(arc) }
        }
      }
    }

    private static func weight(_ arcs: [Cell], _ row: Int32, _ column: Int32) -> Double? {
      var low = 0
      var high = arcs.count
      while low < high {
        let middle = (low + high) / 2
        if (arcs[middle].row, arcs[middle].column) < (row, column) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      guard low < arcs.count, arcs[low].row == row, arcs[low].column == column else { return nil }
      return arcs[low].weight
    }
  }
}
