// SPDX-License-Identifier: Apache-2.0

/// Writes the graph language of Graphviz (DOT).
public struct DOTGraphWriter: GraphWriter {
  public let format = GraphFormat.dot

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(document)
    parts.noteMixed()
    parts.losses.add(
      (document.nodeColumns + document.edgeColumns).count {
        $0.values.typeName != "string" && !$0.values.isNumeric
      },
      "columns of truth values are written as text")
    var ids: Set<String> = []
    let names = document.nodeIDs.map { Self.quoted($0) }
    for name in names where !ids.insert(name).inserted {
      throw .request("DOT cannot tell the identifiers written as \(name.printable()) apart")
    }
    parts.losses.add(
      document.nodeIDs.count { $0.hasSuffix("\\") },
      "identifiers end with a backslash and get a blank")
    var text = "\(parts.isDirected ? "digraph" : "graph") \(Self.quoted(document.name)) {\n"
    for attribute in document.graphAttributes {
      text += "  \(Self.quoted(attribute.name))=\(Self.quoted(attribute.text));\n"
    }
    for node in 0..<document.nodeCount {
      var values: [String] = []
      if let label = document.nodeLabels?[node] { values.append("label=\(Self.quoted(label))") }
      values += attributes(document.nodeColumns, node)
      text +=
        "  \(names[node])" + (values.isEmpty ? "" : " [\(values.joined(separator: ", "))]") + ";\n"
    }
    let mark = parts.isDirected ? "->" : "--"
    for edge in 0..<document.edgeCount {
      let values = attributes(document.edgeColumns, edge)
      text +=
        "  \(names[Int(document.sources[edge])]) \(mark) \(names[Int(document.targets[edge])])"
      text += (values.isEmpty ? "" : " [\(values.joined(separator: ", "))]") + ";\n"
    }
    return WrittenGraph(bytes: Array((text + "}\n").utf8), nodeTable: nil, losses: parts.losses)
  }

  private func attributes(_ columns: [AttributeColumn], _ index: Int) -> [String] {
    columns.compactMap { column in
      column.values.text(at: index).map { value in
        let isPlain = column.values.isNumeric && !value.contains("e")
        return "\(Self.quoted(column.name))=\(isPlain ? value : Self.quoted(value))"
      }
    }
  }

  // Only quotes are escaped; a backslash at the end would escape the quote that closes.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      if character == "\"" {
        result += "\\\""
      } else if character.value < 32 && character != "\n" && character != "\t" {
        result += "\u{FFFD}"
      } else {
        result.unicodeScalars.append(character)
      }
    }
    return result + (text.hasSuffix("\\") ? " \"" : "\"")
  }
}
