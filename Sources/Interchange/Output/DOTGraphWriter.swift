// SPDX-License-Identifier: Apache-2.0

/// Writes the graph language of Graphviz (DOT).
public struct DOTGraphWriter: GraphWriter {
  public let format = GraphFormat.dot

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
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
    let steering =
      (document.nodeColumns + document.edgeColumns).map(\.name)
      + document.graphAttributes.map(\.name)
    parts.losses.add(
      steering.count { Self.isSteering($0) },
      "attributes would make a program open files or links and are written with own_ before them")
    parts.losses.add(
      document.nodeIDs.count { $0.unicodeScalars.contains(where: Self.isReplaced) },
      "identifiers hold control characters that stand as U+FFFD")
    parts.losses.add(
      document.nodeIDs.count { $0.hasSuffix("\\") || $0.contains("\\\"") },
      "identifiers have a backslash at their end or before a quote and get a blank behind it")
    var text = "\(parts.isDirected ? "digraph" : "graph") \(Self.quoted(document.name)) {\n"
    for attribute in document.graphAttributes {
      text += "  \(Self.key(attribute.name))=\(Self.quoted(attribute.text));\n"
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
        return "\(Self.key(column.name))=\(isPlain ? value : Self.quoted(value))"
      }
    }
  }

  private static func isReplaced(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isControl && scalar != "\n" && scalar != "\t"
  }

  // Attributes by which Graphviz opens files, or makes links and scripts of a picture.
  private static let steering: Set = [
    "url", "href", "edgeurl", "edgehref", "headurl", "headhref", "tailurl", "tailhref", "labelurl",
    "labelhref", "image", "imagepath", "shapefile", "stylesheet", "fontpath", "_background",
    "target", "edgetarget", "headtarget", "tailtarget", "labeltarget",
  ]

  private static func isSteering(_ name: String) -> Bool { steering.contains(name.lowercased()) }

  private static func key(_ name: String) -> String {
    quoted(isSteering(name) ? "own_" + name : name)
  }

  // Only quotes are escaped; a backslash at the end would escape the quote that closes.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    var backslashes = 0
    for character in text.unicodeScalars {
      defer { backslashes = character == "\\" ? backslashes + 1 : 0 }
      if character == "\"" {
        // Two backslashes are a pair of their own: an odd one would take the escape of the quote.
        result += backslashes % 2 == 1 ? " \\\"" : "\\\""
      } else if isReplaced(character) {
        result += "\u{FFFD}"
      } else {
        result.unicodeScalars.append(character)
      }
    }
    return result + (text.hasSuffix("\\") ? " \"" : "\"")
  }
}
