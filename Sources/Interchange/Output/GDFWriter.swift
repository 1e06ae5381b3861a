// SPDX-License-Identifier: Apache-2.0

/// Writes GDF of GUESS and Gephi.
public struct GDFWriter: GraphWriter {
  public let format = GraphFormat.gdf

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(document)
    parts.noteGraphAttributes()
    var changed = 0
    func field(_ text: String) -> String {
      var field = ""
      for scalar in text.unicodeScalars {
        if scalar == "\"" {
          field += "'"
        } else if scalar.value < 32 {
          field += " "
        } else {
          field.unicodeScalars.append(scalar)
        }
      }
      if field != text { changed += 1 }
      return "\"\(field)\""
    }
    func type(_ column: AttributeColumn) -> String {
      switch column.values {
      case .text: "VARCHAR"
      case .integer: "BIGINT"
      case .real: "DOUBLE"
      case .boolean: "BOOLEAN"
      }
    }
    func name(_ column: AttributeColumn) -> String {
      let name = column.name.split(whereSeparator: { ", \n\t\"'".contains($0) }).joined(
        separator: "_")
      let taken = ["name", "label", "node1", "node2", "directed"].contains(name.lowercased())
      return name.isEmpty || taken ? "own_" + name : name
    }
    func value(_ column: AttributeColumn, _ index: Int) -> String {
      guard let text = column.values.text(at: index) else { return "" }
      return column.values.typeName == "string" ? field(text) : text
    }
    let ids = document.nodeIDs.map(field)
    guard Set(ids).count == ids.count else {
      throw .request("GDF cannot tell some identifiers apart; choose another format")
    }
    var text = "nodedef>name VARCHAR,label VARCHAR"
    for column in document.nodeColumns { text += ",\(name(column)) \(type(column))" }
    text += "\n"
    for node in 0..<document.nodeCount {
      text += ids[node] + "," + (document.nodeLabels?[node].map(field) ?? "")
      for column in document.nodeColumns { text += "," + value(column, node) }
      text += "\n"
    }
    text += "edgedef>node1 VARCHAR,node2 VARCHAR,directed BOOLEAN"
    for column in document.edgeColumns { text += ",\(name(column)) \(type(column))" }
    text += "\n"
    for edge in 0..<document.edgeCount {
      text += ids[Int(document.sources[edge])] + "," + ids[Int(document.targets[edge])]
      text += ",\(document.mixedDirections?[edge] ?? parts.isDirected)"
      for column in document.edgeColumns { text += "," + value(column, edge) }
      text += "\n"
    }
    parts.losses.add(changed, "texts hold quotes or line ends and are changed")
    parts.losses.add(
      (document.nodeColumns + document.edgeColumns).count { name($0) != $0.name },
      "names of columns are changed")
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }
}
