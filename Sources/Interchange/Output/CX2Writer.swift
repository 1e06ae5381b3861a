// SPDX-License-Identifier: Apache-2.0

/// Writes CX2, which Cytoscape and NDEx read.
///
/// The identifier of a node is its `represents`, its label its `name`; whether edges are directed is an
/// attribute of the network, or of each edge where some are and some are not.
public struct CX2Writer: GraphWriter {
  public let format = GraphFormat.cx2

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var losses = LossReport()
    let document = given.finite(&losses)
    if document.isNearlySymmetric {
      losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
    let isDirected = WrittenParts(document).isDirected
    let nodeColumns = Self.named(document.nodeColumns, taken: ["name", "represents"])
    let edgeColumns = Self.named(document.edgeColumns, taken: ["directed"])
    let positions = nodeColumns.filter { ["x", "y", "z"].contains($0.name) && $0.isReal }
    let values = nodeColumns.filter { column in !positions.contains { $0.name == column.name } }

    var attributes: [(name: String, text: String)] = [("name", document.name)]
    for attribute in document.graphAttributes
    where !["name", "directed"].contains(attribute.name)
      && !attributes.contains(where: { $0.name == attribute.name })
    {
      attributes.append(attribute)
    }
    var text = "[{\"CXVersion\": \"2.0\", \"hasFragments\": false},\n{\"metaData\": ["
    text += "{\"name\": \"attributeDeclarations\", \"elementCount\": 1}, "
    text += "{\"name\": \"networkAttributes\", \"elementCount\": 1}, "
    text += "{\"name\": \"nodes\", \"elementCount\": \(document.nodeCount)}, "
    text += "{\"name\": \"edges\", \"elementCount\": \(document.edgeCount)}]},\n"
    text +=
      "{\"attributeDeclarations\": [{\"networkAttributes\": {\"directed\": {\"d\": \"boolean\"}"
    for attribute in attributes {
      text += ", \(JSONGraphWriter.quoted(attribute.name)): {\"d\": \"string\"}"
    }
    text += "},\n\"nodes\": {\"represents\": {\"d\": \"string\"}, \"name\": {\"d\": \"string\"}"
    for column in values { text += ", " + column.declaration }
    var edgeDeclarations = edgeColumns.map(\.declaration)
    if document.mixedDirections != nil {
      edgeDeclarations.append("\"directed\": {\"d\": \"boolean\"}")
    }
    text += "},\n\"edges\": {" + edgeDeclarations.joined(separator: ", ") + "}}]},\n"
    text += "{\"networkAttributes\": [{\"directed\": \(isDirected)"
    for attribute in attributes {
      text += ", " + JSONGraphWriter.quoted(attribute.name) + ": "
      text += JSONGraphWriter.quoted(attribute.text)
    }
    text += "}]},\n{\"nodes\": ["
    for node in 0..<document.nodeCount {
      text += (node == 0 ? "\n" : ",\n") + "{\"id\": \(node)"
      for column in positions { text += column.entry(node) }
      text += ", \"v\": {\"represents\": \(JSONGraphWriter.quoted(document.nodeIDs[node]))"
      text += ", \"name\": \(JSONGraphWriter.quoted(document.label(ofNode: node)))"
      for column in values { text += column.entry(node) }
      text += "}}"
    }
    text += "]},\n{\"edges\": ["
    for edge in 0..<document.edgeCount {
      text += (edge == 0 ? "\n" : ",\n") + "{\"id\": \(edge), \"s\": \(document.sources[edge])"
      text += ", \"t\": \(document.targets[edge])"
      var entries = edgeColumns.map { $0.entry(edge) }.joined()
      if let directed = document.mixedDirections?[edge] { entries += ", \"directed\": \(directed)" }
      text += ", \"v\": {\(entries.dropFirst(2))}}"
    }
    text += "]},\n{\"status\": [{\"error\": \"\", \"success\": true}]}]\n"
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: losses)
  }

  private struct Column {
    let name: String
    let values: AttributeValues

    var isReal: Bool { if case .real = values { true } else { false } }

    var declaration: String {
      let type: String
      switch values {
      case .integer: type = "long"
      case .real: type = "double"
      case .boolean: type = "boolean"
      case .text: type = "string"
      }
      return "\(JSONGraphWriter.quoted(name)): {\"d\": \"\(type)\"}"
    }

    func entry(_ index: Int) -> String {
      guard let value = values.text(at: index) else { return "" }
      let written = if case .text = values { JSONGraphWriter.quoted(value) } else { value }
      return ", \(JSONGraphWriter.quoted(name)): \(written)"
    }
  }

  // The columns under names that differ from those the format gives a meaning.
  private static func named(_ columns: [AttributeColumn], taken: Set<String>) -> [Column] {
    columns.map {
      Column(name: taken.contains($0.name) ? $0.name + ".2" : $0.name, values: $0.values)
    }
  }
}
