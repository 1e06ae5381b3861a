// SPDX-License-Identifier: Apache-2.0

/// Writes graphs as lines of JSON: a node or an edge in each, for programs that read line by line.
public struct NDJSONWriter: GraphWriter {
  public let format = GraphFormat.ndjson

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteGraphAttributes()
    if document.isNearlySymmetric {
      parts.losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
    var text = ""
    for node in 0..<document.nodeCount {
      text += "{\"type\": \"node\", \"id\": \(JSONGraphWriter.quoted(document.nodeIDs[node]))"
      if let label = document.nodeLabels?[node] {
        text += ", \"label\": \(JSONGraphWriter.quoted(label))"
      }
      text += Self.properties(document.nodeColumns, node, ["type", "id", "label"])
    }
    for edge in 0..<document.edgeCount {
      let source = document.nodeIDs[Int(document.sources[edge])]
      let target = document.nodeIDs[Int(document.targets[edge])]
      let isDirected = document.mixedDirections?[edge] ?? parts.isDirected
      text += "{\"type\": \"edge\", \"source\": \(JSONGraphWriter.quoted(source))"
      text += ", \"target\": \(JSONGraphWriter.quoted(target)), \"directed\": \(isDirected)"
      text += Self.properties(document.edgeColumns, edge, [])
    }
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }

  private static func properties(
    _ columns: [AttributeColumn], _ index: Int, _ taken: Set<String>
  ) -> String {
    let entries = columns.compactMap { column -> String? in
      guard let value = column.values.text(at: index) else { return nil }
      let name = taken.contains(column.name) ? column.name + ".2" : column.name
      let written =
        if case .text = column.values { JSONGraphWriter.quoted(value) } else { value }
      return "\(JSONGraphWriter.quoted(name)): \(written)"
    }
    return ", \"properties\": {" + entries.joined(separator: ", ") + "}}\n"
  }
}
