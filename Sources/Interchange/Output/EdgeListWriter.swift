// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Writes a CSV edge list and the table of nodes that belongs to it.
///
/// The columns `source` and `target` hold the ends; where the graph is undirected they are called
/// `node1` and `node2`, which says so to the reader.
public struct EdgeListWriter: GraphWriter {
  /// For whom the tables are.
  public enum Style: Sendable {
    /// For any reader of tables.
    case plain
    /// For Maltego, whose import of tables asks which column is of which type: both ends with type
    /// and label in each row.
    case maltego
    /// For Gephi: `Source`, `Target`, `Type`, `Id`, `Label` and `Weight`, as it names them.
    case gephi
  }

  public let format = GraphFormat.edgeList
  /// For whom the tables are.
  public var style: Style

  /// Creates a writer.
  ///
  /// - Parameter style: for whom the tables are.
  public init(style: Style = .plain) { self.style = style }

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var losses = LossReport()
    try HarmlessCell.check(identifiers: document.nodeIDs)
    if style == .maltego { return maltegoTable(document) }
    var table = DelimitedText()
    let isDirected = document.direction == .directed || document.isNearlySymmetric
    var used: Set<String> = []
    let isGephi = style == .gephi
    let ends =
      isGephi ? ["Source", "Target"] : isDirected ? ["source", "target"] : ["node1", "node2"]
    for end in ends {
      used.insert(end)
      table.text(end)
    }
    if isGephi || document.mixedDirections != nil {
      let name = isGephi ? "Type" : "direction"
      used.insert(name)
      table.text(name)
    }
    header(document.edgeColumns, &used, &table, &losses)
    table.endRow()
    for edge in 0..<document.edgeCount {
      table.text(document.nodeIDs[Int(document.sources[edge])])
      table.text(document.nodeIDs[Int(document.targets[edge])])
      if isGephi {
        table.text(document.mixedDirections?[edge] ?? isDirected ? "Directed" : "Undirected")
      } else if let directed = document.mixedDirections {
        table.text(directed[edge] ? "directed" : "undirected")
      }
      row(document.edgeColumns, edge, &table)
      table.endRow()
    }
    let nodes = nodeTable(document, &losses)
    Self.state(document, &losses)
    losses.add(
      table.guardedCount + nodes.guardedCount,
      "cells begin like a formula and got an apostrophe, which our own reader takes off")
    losses.add(
      table.replacedCount + nodes.replacedCount,
      "cells hold control characters that stand as U+FFFD")
    return WrittenGraph(bytes: table.bytes, nodeTable: nodes.bytes, losses: losses)
  }

  // Nodes without ties stand in rows without a target.
  private func maltegoTable(_ document: GraphDocument) -> WrittenGraph {
    var losses = LossReport()
    var table = DelimitedText()
    let types = ["type", "schema", "kind"].lazy.compactMap { name in
      document.nodeColumns.first { $0.name == name }
    }.first
    let heads = [
      "Source id", "Source", "Source type", "Target id", "Target", "Target type",
    ]
    for head in heads { table.text(head) }
    for name in Self.names(of: document.edgeColumns, taken: Set(heads), style: .plain, &losses) {
      table.text(name)
    }
    table.endRow()
    func end(_ node: Int) {
      table.text(document.nodeIDs[node])
      table.text(document.label(ofNode: node))
      table.text(types?.values.text(at: node))
    }
    var isTied = [Bool](repeating: false, count: document.nodeCount)
    for edge in 0..<document.edgeCount {
      for node in [document.sources[edge], document.targets[edge]] {
        isTied[Int(node)] = true
        end(Int(node))
      }
      row(document.edgeColumns, edge, &table)
      table.endRow()
    }
    for node in isTied.indices where !isTied[node] {
      end(node)
      for _ in 0..<(3 + document.edgeColumns.count) { table.text(nil) }
      table.endRow()
    }
    let others = document.nodeColumns.filter { $0.name != types?.name }
    losses.add(
      others.count,
      "attributes of nodes have no column in a table of links: "
        + others.map(\.name).joined(separator: ", "))
    let undirected =
      document.mixedDirections?.count { !$0 }
      ?? (document.direction == .undirected ? document.edgeCount : 0)
    losses.add(undirected, "undirected ties are written from one end to the other")
    losses.add(
      table.guardedCount, "cells begin like a formula and got an apostrophe, which Maltego keeps")
    losses.add(table.replacedCount, "cells hold control characters that stand as U+FFFD")
    return WrittenGraph(
      bytes: table.bytes, nodeTable: nil, losses: losses,
      notes: ["in Maltego: Import Graph from Table, and name the types of the columns"])
  }

  private func nodeTable(
    _ document: GraphDocument, _ losses: inout LossReport
  ) -> DelimitedText {
    var table = DelimitedText()
    let isGephi = style == .gephi
    var used: Set<String> = [isGephi ? "Id" : "id"]
    table.text(isGephi ? "Id" : "id")
    if document.nodeLabels != nil || isGephi {
      used.insert(isGephi ? "Label" : "label")
      table.text(isGephi ? "Label" : "label")
    }
    header(document.nodeColumns, &used, &table, &losses)
    table.endRow()
    for node in document.nodeIDs.indices {
      table.text(document.nodeIDs[node])
      if isGephi {
        table.text(document.label(ofNode: node))
      } else if let labels = document.nodeLabels {
        table.text(labels[node])
      }
      row(document.nodeColumns, node, &table)
      table.endRow()
    }
    return table
  }

  private func header(
    _ columns: [AttributeColumn], _ used: inout Set<String>, _ table: inout DelimitedText,
    _ losses: inout LossReport
  ) {
    for name in Self.names(of: columns, taken: used, style: style, &losses) {
      used.insert(name)
      table.text(name)
    }
  }

  /// The names under which columns are written beside others: all differ, and none is blank.
  static func names(
    of columns: [AttributeColumn], taken: Set<String>, style: Style, _ losses: inout LossReport
  ) -> [String] {
    // Gephi takes names that differ in case for one.
    func key(_ name: String) -> String { style == .gephi ? name.lowercased() : name }
    var used = Set(taken.map(key))
    return columns.map { column in
      var replaced = 0
      var plain = HarmlessCell.text(column.name, &replaced)
      if style == .gephi,
        let known = ["Id", "Label", "Weight"].first(where: { $0.lowercased() == plain })
      {
        plain = known
      }
      var name = plain
      var number = 2
      while !used.insert(key(name)).inserted || name.allSatisfy({ $0 == " " }) {
        name = "\(plain).\(number)"
        number += 1
      }
      if name.lowercased() != column.name.lowercased() {
        losses.add(1, "column \(column.name) is written as \(name)")
      }
      return name
    }
  }

  private func row(_ columns: [AttributeColumn], _ index: Int, _ table: inout DelimitedText) {
    for column in columns {
      if case .text(let values) = column.values {
        table.text(values[index])
      } else {
        table.number(column.values.text(at: index))
      }
    }
  }

  /// Counts what a table of text cannot say.
  static func state(_ document: GraphDocument, _ losses: inout LossReport) {
    let columns = document.nodeColumns + document.edgeColumns
    let empty = columns.reduce(0) { count, column in
      guard case .text(let values) = column.values else { return count }
      return count + values.count { $0 == "" || $0 == "\\N" }
    }
    losses.add(empty, "empty texts read back as missing values")
    losses.add(
      columns.count {
        guard case .text(let values) = $0.values else { return false }
        return values.contains { $0 != nil }
          && values.allSatisfy { $0.map { CellNumber($0) != nil } ?? true }
      }, "columns of text hold only numbers and read back as numbers")
    losses.add(
      columns.count {
        guard case .real(let values) = $0.values else { return false }
        return values.contains { !($0 ?? 0).isFinite }
      }, "columns hold NaN or infinities and read back as text")
    losses.add(
      document.nodeIDs.count { $0.utf8.allSatisfy { $0 == 32 || $0 == 9 } },
      "identifiers are blank, which a table does not allow")
    if document.isNearlySymmetric {
      losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
  }
}
