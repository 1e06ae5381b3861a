// SPDX-License-Identifier: Apache-2.0

/// Writes GDF of GUESS and Gephi.
public struct GDFWriter: GraphWriter {
  public let format = GraphFormat.gdf

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteGraphAttributes()
    var changed = 0
    func field(_ text: String) -> String {
      var field = ""
      for scalar in text.unicodeScalars {
        if scalar == "\"" {
          field += "'"
        } else if scalar.endsLine {
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
    // Names without what parts columns, each of its own.
    func names(_ columns: [AttributeColumn]) -> [String] {
      var used: Set = ["name", "label", "node1", "node2", "directed"]
      return columns.map { column in
        let parts: (Unicode.Scalar) -> Bool = { $0.endsLine || ", \"'".unicodeScalars.contains($0) }
        var name = String(
          String.UnicodeScalarView(column.name.unicodeScalars.map { parts($0) ? "_" : $0 }))
        if name.isEmpty || used.contains(name.lowercased()) { name = "own_" + name }
        var number = 2
        let stem = name
        while !used.insert(name.lowercased()).inserted {
          name = "\(stem).\(number)"
          number += 1
        }
        return name
      }
    }
    let nodeNames = names(document.nodeColumns)
    let edgeNames = names(document.edgeColumns)
    func value(_ column: AttributeColumn, _ index: Int) -> String {
      guard let text = column.values.text(at: index) else { return "" }
      return column.values.typeName == "string" ? field(text) : text
    }
    let ids = document.nodeIDs.map(field)
    guard Set(ids).count == ids.count else {
      throw .request("GDF cannot tell some identifiers apart; choose another format")
    }
    var text = "nodedef>name VARCHAR,label VARCHAR"
    for (name, column) in zip(nodeNames, document.nodeColumns) {
      text += ",\(name) \(type(column))"
    }
    text += "\n"
    for node in 0..<document.nodeCount {
      text += ids[node] + "," + (document.nodeLabels?[node].map(field) ?? "")
      for column in document.nodeColumns { text += "," + value(column, node) }
      text += "\n"
    }
    text += "edgedef>node1 VARCHAR,node2 VARCHAR,directed BOOLEAN"
    for (name, column) in zip(edgeNames, document.edgeColumns) {
      text += ",\(name) \(type(column))"
    }
    text += "\n"
    for edge in 0..<document.edgeCount {
      text += ids[Int(document.sources[edge])] + "," + ids[Int(document.targets[edge])]
      text += ",\(document.mixedDirections?[edge] ?? parts.isDirected)"
      for column in document.edgeColumns { text += "," + value(column, edge) }
      text += "\n"
    }
    parts.losses.add(changed, "texts hold quotes or line ends and are changed")
    parts.losses.add(
      zip(nodeNames + edgeNames, document.nodeColumns + document.edgeColumns).count {
        $0 != $1.name
      }, "names of columns are changed")
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }
}
