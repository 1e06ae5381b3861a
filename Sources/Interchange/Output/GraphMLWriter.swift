// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Writes GraphML that networkx, igraph and this package read alike.
///
/// There is one `edgedefault` and no edge says otherwise (networkx refuses such files): where
/// directions are mixed, an edge attribute `direction` tells them. Identifiers stand as `uid` too,
/// integers that a Double cannot hold are text, nodes come before edges, and a missing value is left
/// out.
public struct GraphMLWriter: GraphWriter {
  public let format = GraphFormat.graphML

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var writing = Writing(document: document)
    writing.write()
    return WrittenGraph(bytes: writing.xml.bytes, nodeTable: nil, losses: writing.losses)
  }

  private struct Key {
    let id: String
    let column: AttributeColumn
    let isText: Bool
  }

  private struct Writing {
    let document: GraphDocument
    var xml = XMLText()
    var losses = LossReport()

    mutating func write() {
      let nodeKeys = keys(document.nodeColumns, "n", reserved: ["uid", "label"])
      let edgeKeys = keys(
        document.edgeColumns, "e", reserved: document.mixedDirections == nil ? [] : ["direction"])
      xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
      xml.raw("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")
      declare("uid", "node", "uid", "string")
      if document.nodeLabels != nil { declare("label", "node", "label", "string") }
      for key in nodeKeys { declare(key, "node") }
      if document.mixedDirections != nil { declare("direction", "edge", "direction", "string") }
      for key in edgeKeys { declare(key, "edge") }
      for (index, attribute) in document.graphAttributes.enumerated() {
        declare("g\(index)", "graph", attribute.name, "string")
      }
      let isDirected =
        document.direction == .directed || document.isNearlySymmetric
        || document.mixedDirections != nil
      xml.raw("  <graph id=\"G\" edgedefault=\"\(isDirected ? "directed" : "undirected")\">\n")
      for (index, attribute) in document.graphAttributes.enumerated() {
        data("g\(index)", attribute.text)
      }
      let ids = writeNodes(nodeKeys)
      writeEdges(edgeKeys, ids)
      xml.raw("  </graph>\n</graphml>\n")
      losses.add(
        xml.replacedCount, "characters are not allowed in XML and stand as U+FFFD")
      if document.isNearlySymmetric {
        losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
      }
      if let directed = document.mixedDirections {
        losses.add(
          directed.count { !$0 },
          "undirected edges are marked by the attribute direction; other tools take them as directed"
        )
      }
    }

    private mutating func keys(
      _ columns: [AttributeColumn], _ prefix: String, reserved: Set<String>
    ) -> [Key] {
      var used = reserved
      var keys: [Key] = []
      for (index, column) in columns.enumerated() {
        var column = column
        if used.contains(column.name) {
          var number = 2
          while used.contains("\(column.name).\(number)") { number += 1 }
          losses.add(1, "column \(column.name) is written as \(column.name).\(number)")
          column.name += ".\(number)"
        }
        used.insert(column.name)
        var isText = false
        if case .integer(let values) = column.values {
          let large = values.count { $0.map { $0.magnitude > 1 << 53 } ?? false }
          isText = large > 0
          losses.add(large, "numbers of \(column.name) exceed 2^53, so that the column is text")
        }
        keys.append(Key(id: "\(prefix)\(index)", column: column, isText: isText))
      }
      return keys
    }

    private mutating func declare(_ key: Key, _ domain: String) {
      declare(
        key.id, domain, key.column.name, key.isText ? "string" : key.column.values.typeName)
    }

    private mutating func declare(
      _ id: String, _ domain: String, _ name: String, _ type: String
    ) {
      xml.raw("  <key id=\"\(id)\" for=\"\(domain)\" attr.name=\"")
      xml.attribute(name)
      xml.raw("\" attr.type=\"\(type)\"/>\n")
    }

    private mutating func writeNodes(_ keys: [Key]) -> [String] {
      var ids = document.nodeIDs
      let taken = Set(ids)
      var renamed = 0
      for node in ids.indices where !XMLText.canHold(ids[node]) || ids[node].isEmpty {
        var id = "node-\(node + 1)"
        while taken.contains(id) { id += "-" }
        ids[node] = id
        renamed += 1
      }
      losses.add(renamed, "identifiers hold characters that XML forbids and are numbered")
      for node in ids.indices {
        xml.raw("    <node id=\"")
        xml.attribute(ids[node])
        xml.raw("\">")
        data("uid", ids[node])
        if let label = document.nodeLabels?[node] { data("label", label) }
        writeData(keys, node)
        xml.raw("</node>\n")
      }
      return ids
    }

    private mutating func writeEdges(_ keys: [Key], _ ids: [String]) {
      for edge in 0..<document.edgeCount {
        xml.raw("    <edge source=\"")
        xml.attribute(ids[Int(document.sources[edge])])
        xml.raw("\" target=\"")
        xml.attribute(ids[Int(document.targets[edge])])
        xml.raw("\">")
        if let directed = document.mixedDirections {
          data("direction", directed[edge] ? "directed" : "undirected")
        }
        writeData(keys, edge)
        xml.raw("</edge>\n")
      }
    }

    private mutating func writeData(_ keys: [Key], _ index: Int) {
      for key in keys {
        guard let text = key.column.values.text(at: index) else { continue }
        // XML Schema has names of its own for what is not finite.
        if case .real = key.column.values,
          let name = ["nan": "NaN", "inf": "INF", "-inf": "-INF"][text]
        {
          data(key.id, name)
        } else {
          data(key.id, text)
        }
      }
    }

    private mutating func data(_ key: String, _ text: String) {
      xml.raw("<data key=\"\(key)\">")
      xml.text(text)
      xml.raw("</data>")
    }
  }
}
