// SPDX-License-Identifier: Apache-2.0

/// Writes GEXF 1.3 for Gephi.
public struct GEXFWriter: GraphWriter {
  public let format = GraphFormat.gexf

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteGraphAttributes()
    var xml = XMLText()
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    xml.raw("<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n")
    xml.raw("  <graph defaultedgetype=\"\(parts.isDirected ? "directed" : "undirected")\">\n")
    let weight = document.edgeColumns.firstIndex { $0.name == "weight" && $0.values.isNumeric }
    declare(document.nodeColumns, "node", nil, &xml)
    declare(document.edgeColumns, "edge", weight, &xml)
    xml.raw("    <nodes>\n")
    for node in 0..<document.nodeCount {
      xml.raw("      <node id=\"")
      xml.attribute(document.nodeIDs[node])
      xml.raw("\" label=\"")
      xml.attribute(document.nodeLabels?[node] ?? document.nodeIDs[node])
      xml.raw("\"")
      values(document.nodeColumns, node, nil, "node", &xml)
    }
    xml.raw("    </nodes>\n    <edges>\n")
    for edge in 0..<document.edgeCount {
      xml.raw("      <edge id=\"\(edge)\" source=\"")
      xml.attribute(document.nodeIDs[Int(document.sources[edge])])
      xml.raw("\" target=\"")
      xml.attribute(document.nodeIDs[Int(document.targets[edge])])
      xml.raw("\"")
      if let directed = document.mixedDirections?[edge] {
        xml.raw(" type=\"\(directed ? "directed" : "undirected")\"")
      }
      if let weight, let value = document.edgeColumns[weight].values.text(at: edge) {
        xml.raw(" weight=\"\(value)\"")
      }
      values(document.edgeColumns, edge, weight, "edge", &xml)
    }
    xml.raw("    </edges>\n  </graph>\n</gexf>\n")
    parts.losses.add(xml.replacedCount, "characters are not allowed in XML and stand as U+FFFD")
    if document.isNearlySymmetric {
      parts.losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
    guard document.nodeIDs.allSatisfy({ XMLText.canHold($0) && !$0.isEmpty }) else {
      throw .request("GEXF cannot hold identifiers with control characters; choose another format")
    }
    return WrittenGraph(bytes: xml.bytes, nodeTable: nil, losses: parts.losses)
  }

  private func declare(
    _ columns: [AttributeColumn], _ side: String, _ weight: Int?, _ xml: inout XMLText
  ) {
    guard columns.indices.contains(where: { $0 != weight }) else { return }
    xml.raw("    <attributes class=\"\(side)\">\n")
    for (index, column) in columns.enumerated() where index != weight {
      xml.raw("      <attribute id=\"\(index)\" title=\"")
      xml.attribute(column.name)
      xml.raw("\" type=\"\(column.values.typeName)\"/>\n")
    }
    xml.raw("    </attributes>\n")
  }

  private func values(
    _ columns: [AttributeColumn], _ position: Int, _ weight: Int?, _ element: String,
    _ xml: inout XMLText
  ) {
    let present = columns.indices.filter {
      $0 != weight && columns[$0].values.text(at: position) != nil
    }
    guard !present.isEmpty else { return xml.raw("/>\n") }
    xml.raw("><attvalues>")
    for index in present {
      xml.raw("<attvalue for=\"\(index)\" value=\"")
      xml.attribute(columns[index].values.text(at: position) ?? "")
      xml.raw("\"/>")
    }
    xml.raw("</attvalues></\(element)>\n")
  }
}
