// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Writes a CSV adjacency matrix.
public struct MatrixWriter: GraphWriter {
  public let format = GraphFormat.matrix
  /// The edge column whose numbers fill the cells; nil writes 1.
  public var weight: String?

  /// The most nodes that a matrix is written for.
  public static let maximumNodes = 10_000

  /// Creates a writer.
  public init(weight: String? = nil) { self.weight = weight }

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    let count = document.nodeCount
    guard count <= Self.maximumNodes else {
      throw .request(
        "\(document.name): a matrix of \(count) nodes is too large, expected at most "
          + "\(Self.maximumNodes); write an edge list")
    }
    var column: AttributeColumn?
    if let weight {
      column = document.edgeColumn(weight)
      guard column != nil else {
        throw .request("\(document.name): the edges have no column \(weight.printable())")
      }
    } else if let own = document.edgeColumn("weight"), Self.fillsCells(own) {
      column = own
    }
    var losses = LossReport()
    try HarmlessCell.check(identifiers: document.nodeIDs)
    let cells = try cells(document, column, &losses)
    var table = DelimitedText()
    table.number(nil)
    for id in document.nodeIDs { table.text(id) }
    table.endRow()
    var next = 0
    for row in 0..<count {
      table.text(document.nodeIDs[row])
      for place in 0..<count {
        if next < cells.count, cells[next].row == row, cells[next].column == place {
          table.number(cells[next].text)
          next += 1
        } else {
          table.number("0")
        }
      }
      table.endRow()
    }
    losses.add(table.replacedCount, "names hold control characters that stand as U+FFFD")
    losses.add(table.guardedCount, "names begin like a formula and got an apostrophe")
    losses.add(document.nodeColumns.count, "node attributes have no place in a matrix")
    if document.nodeLabels != nil { losses.add(1, "column of labels has no place in a matrix") }
    losses.add(
      document.edgeColumns.count { $0.name != column?.name },
      "edge attributes have no place in a matrix")
    return WrittenGraph(bytes: table.bytes, nodeTable: nil, losses: losses)
  }

  // Whether every edge has a number that a reader of the matrix takes for an edge.
  private static func fillsCells(_ column: AttributeColumn) -> Bool {
    column.values.isNumeric
      && (0..<column.values.count).allSatisfy { edge in
        column.values.number(at: edge).map { $0.isFinite && $0 != 0 } ?? false
      }
  }

  private struct Cell {
    var row: Int
    var column: Int
    var text: String
  }

  private func cells(
    _ document: GraphDocument, _ column: AttributeColumn?, _ losses: inout LossReport
  ) throws(InterchangeError) -> [Cell] {
    var cells: [Cell] = []
    var zeros = 0
    let isArc = document.direction == .directed || document.isNearlySymmetric
    for edge in 0..<document.edgeCount {
      let (source, target) = (Int(document.sources[edge]), Int(document.targets[edge]))
      var text = "1"
      if let column {
        guard let number = column.values.number(at: edge), number.isFinite else {
          throw .request(
            "\(document.name): an edge has no finite number in \(column.name); a cell needs one")
        }
        if number == 0 { zeros += 1 }
        text = column.values.text(at: edge) ?? "0"
      }
      cells.append(Cell(row: source, column: target, text: text))
      let isBoth = document.mixedDirections.map { !$0[edge] } ?? !isArc
      if isBoth, source != target { cells.append(Cell(row: target, column: source, text: text)) }
    }
    cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    for (a, b) in zip(cells, cells.dropFirst()) where a.row == b.row && a.column == b.column {
      throw .request(
        "\(document.name): there are parallel edges between "
          + "\(document.nodeIDs[a.row].printable()) and \(document.nodeIDs[a.column].printable()); "
          + "a cell holds one number, so write an edge list")
    }
    losses.add(
      document.mixedDirections?.count { !$0 } ?? 0, "undirected edges are written as two arcs each")
    losses.add(zeros, "edges of weight 0 read back as no edge")
    return cells
  }
}
