// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Writes a workbook (.xlsx) with the sheets Edges and Nodes, and a sheet Graph where something is said
/// of the graph as a whole.
///
/// Text is never a formula, identifiers keep their zeros, numbers are numbers, and columns of days are
/// dates.
public struct WorkbookWriter: GraphWriter {
  public let format = GraphFormat.edgeList

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var losses = LossReport()
    var tables = [edges(document, &losses), nodes(document, &losses)]
    let attributes = document.graphAttributes
    if !attributes.isEmpty {
      tables.append(
        SheetTable(name: "Graph", header: ["name", "value"], rowCount: attributes.count) {
          .text($1 == 0 ? attributes[$0].name : attributes[$0].text)
        })
      losses.add(
        attributes.count, "attributes of the graph stand in a sheet that does not come back")
    }
    let file = try WorkbookFile(tables)
    for loss in file.losses.losses { losses.add(loss.count, loss.what) }
    EdgeListWriter.state(document, &losses)
    losses.add(
      document.nodeIDs.count(where: Self.losesApostrophe),
      "identifiers begin with an apostrophe that our reader takes off")
    return WrittenGraph(bytes: file.bytes, nodeTable: nil, losses: losses)
  }

  private static func losesApostrophe(_ id: String) -> Bool {
    id.utf8.first == 39 && FormulaGuard.isNeeded(id.utf8)
  }

  private func edges(_ document: GraphDocument, _ losses: inout LossReport) -> SheetTable {
    let isDirected = document.direction == .directed || document.isNearlySymmetric
    let directions = document.mixedDirections
    var header = isDirected ? ["source", "target"] : ["node1", "node2"]
    if directions != nil { header.append("direction") }
    let first = header.count
    header += EdgeListWriter.names(
      of: document.edgeColumns, taken: Set(header), style: .plain, &losses)
    let columns = document.edgeColumns.map(Column.init)
    let (ids, sources, targets) = (document.nodeIDs, document.sources, document.targets)
    return SheetTable(name: "Edges", header: header, rowCount: document.edgeCount) { row, column in
      switch column {
      case 0: .text(ids[Int(sources[row])])
      case 1: .text(ids[Int(targets[row])])
      case 2 where first == 3: .text(directions?[row] ?? true ? "directed" : "undirected")
      default: columns[column - first].cell(row)
      }
    }
  }

  private func nodes(_ document: GraphDocument, _ losses: inout LossReport) -> SheetTable {
    let labels = document.nodeLabels
    var header = labels == nil ? ["id"] : ["id", "label"]
    let first = header.count
    header += EdgeListWriter.names(
      of: document.nodeColumns, taken: Set(header), style: .plain, &losses)
    let columns = document.nodeColumns.map(Column.init)
    let ids = document.nodeIDs
    return SheetTable(name: "Nodes", header: header, rowCount: document.nodeCount) { row, column in
      switch column {
      case 0: .text(ids[row])
      case 1 where first == 2: labels?[row].map(SheetCell.text) ?? .missing
      default: columns[column - first].cell(row)
      }
    }
  }

  private struct Column {
    let values: AttributeValues
    let areDays: Bool

    init(_ column: AttributeColumn) {
      values = column.values
      areDays = column.values.areDays
    }

    func cell(_ index: Int) -> SheetCell {
      switch values {
      case .text(let texts):
        texts[index].map { areDays ? .day($0) : .text($0) } ?? .missing
      case .integer(let numbers): numbers[index].map(SheetCell.integer) ?? .missing
      case .real(let numbers): numbers[index].map(SheetCell.real) ?? .missing
      case .boolean(let truths): truths[index].map(SheetCell.flag) ?? .missing
      }
    }
  }
}
