// SPDX-License-Identifier: Apache-2.0

/// Writes a table of relationships and a table of nodes that Neo4j imports.
///
/// ```
/// neo4j-admin database import full --nodes network-nodes.csv --relationships network.csv
/// ```
///
/// The labels of a node are its `labels`, else its `schema`; the type of a relationship its `type`,
/// else its `kind`, `relation` or `schema`.
public struct Neo4jWriter: GraphWriter {
  public let format = GraphFormat.neo4j

  /// The type of relationships of which the document says none.
  public static let defaultType = "RELATED_TO"

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(document)
    try HarmlessCell.check(identifiers: document.nodeIDs)
    parts.noteGraphAttributes()
    if document.mixedDirections == nil, !parts.isDirected {
      parts.losses.add(
        document.edgeCount, "undirected edges are written as directed: Neo4j knows no others")
    }
    parts.noteMixed()
    var table = DelimitedText()
    let typed = ["type", "kind", "relation", "schema"].lazy.compactMap { name in
      document.edgeColumns.first { $0.name == name }
    }.first
    let columns = document.edgeColumns.filter { $0.name != typed?.name }
    if let typed, typed.name != "type" {
      parts.losses.add(1, "column \(typed.name) is written as the type of relationships")
    }
    for name in [":START_ID", ":END_ID", ":TYPE"] { table.text(name) }
    header(columns, &table, &parts.losses)
    var untyped = 0
    for edge in 0..<document.edgeCount {
      table.text(document.nodeIDs[Int(document.sources[edge])])
      table.text(document.nodeIDs[Int(document.targets[edge])])
      let type = typed?.values.text(at: edge)
      if type?.isEmpty ?? true { untyped += 1 }
      table.text(type.flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultType)
      row(columns, edge, &table, &parts.losses)
    }
    parts.losses.add(
      untyped, "relationships have no type and are written as \(Self.defaultType)")
    let nodes = nodeTable(document, &parts.losses)
    parts.losses.add(
      table.guardedCount + nodes.guardedCount,
      "cells begin like a formula and got an apostrophe, which our own reader takes off")
    parts.losses.add(
      table.replacedCount + nodes.replacedCount,
      "cells hold control characters that stand as U+FFFD")
    return WrittenGraph(bytes: table.bytes, nodeTable: nodes.bytes, losses: parts.losses)
  }

  private func nodeTable(_ document: GraphDocument, _ losses: inout LossReport) -> DelimitedText {
    var table = DelimitedText()
    let labels = ["labels", "schema"].lazy.compactMap { name in
      document.nodeColumns.first { $0.name == name && !$0.values.isNumeric }
    }.first
    let columns = document.nodeColumns.filter { $0.name != labels?.name }
    if let labels, labels.name != "labels" {
      losses.add(1, "column \(labels.name) is written as the labels of nodes")
    }
    table.text(columns.contains { $0.name == "id" } ? ":ID" : "id:ID")
    table.text(":LABEL")
    if document.nodeLabels != nil { table.text("label:string") }
    header(columns, &table, &losses, taken: document.nodeLabels == nil ? [] : ["label"])
    for node in 0..<document.nodeCount {
      table.text(document.nodeIDs[node])
      table.text(labels?.values.text(at: node))
      if let names = document.nodeLabels { table.text(names[node]) }
      row(columns, node, &table, &losses)
    }
    return table
  }

  private func header(
    _ columns: [AttributeColumn], _ table: inout DelimitedText, _ losses: inout LossReport,
    taken: Set<String> = []
  ) {
    var used = taken
    for column in columns {
      // A colon would begin a type, a brace options.
      var replaced = 0
      let plain = HarmlessCell.text(
        String(column.name.map { ":{}".contains($0) ? "_" : $0 }), &replaced)
      var name = plain
      var number = 2
      while name.isEmpty || !used.insert(name).inserted {
        name = "\(plain.isEmpty ? "column" : plain).\(number)"
        number += 1
      }
      if name != column.name { losses.add(1, "column \(column.name) is written as \(name)") }
      let type =
        switch column.values {
        case .text: column.values.areDays ? "date" : "string"
        case .integer: "long"
        case .real: "double"
        case .boolean: "boolean"
        }
      table.text("\(name):\(type)")
    }
    table.endRow()
  }

  private func row(
    _ columns: [AttributeColumn], _ index: Int, _ table: inout DelimitedText,
    _ losses: inout LossReport
  ) {
    for column in columns {
      switch column.values {
      case .text(let values): table.text(values[index])
      case .real(let values) where !(values[index] ?? 0).isFinite:
        losses.add(1, "value of \(column.name) is not finite and is left out")
        table.number(nil)
      default: table.number(column.values.text(at: index))
      }
    }
    table.endRow()
  }
}
