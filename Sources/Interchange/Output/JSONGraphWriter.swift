// SPDX-License-Identifier: Apache-2.0

/// Writes JSON in the node-link form that networkx and d3 read.
public struct JSONGraphWriter: GraphWriter {
  public let format = GraphFormat.json

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    if document.isNearlySymmetric {
      parts.losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
    var text = "{\"directed\": \(parts.isDirected), \"multigraph\": true, \"graph\": {\"name\": "
    text += Self.quoted(document.name)
    var names: Set = ["name"]
    for attribute in document.graphAttributes where names.insert(attribute.name).inserted {
      text += ", \(Self.quoted(attribute.name)): \(Self.quoted(attribute.text))"
    }
    text += "},\n\"nodes\": ["
    for node in 0..<document.nodeCount {
      text += (node == 0 ? "\n" : ",\n") + "{\"id\": \(Self.quoted(document.nodeIDs[node]))"
      if let label = document.nodeLabels?[node] { text += ", \"label\": \(Self.quoted(label))" }
      text += values(document.nodeColumns, node, ["id", "label"], &parts) + "}"
    }
    text += "\n],\n\"links\": ["
    for edge in 0..<document.edgeCount {
      text += (edge == 0 ? "\n" : ",\n") + "{\"source\": "
      text += Self.quoted(document.nodeIDs[Int(document.sources[edge])]) + ", \"target\": "
      text += Self.quoted(document.nodeIDs[Int(document.targets[edge])])
      if let directed = document.mixedDirections?[edge] { text += ", \"directed\": \(directed)" }
      text += values(document.edgeColumns, edge, ["source", "target", "directed"], &parts) + "}"
    }
    text += "\n]}\n"
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }

  private func values(
    _ columns: [AttributeColumn], _ index: Int, _ taken: Set<String>, _ parts: inout WrittenParts
  ) -> String {
    var text = ""
    for column in columns {
      guard let value = column.values.text(at: index) else { continue }
      let name = taken.contains(column.name) ? column.name + ".2" : column.name
      var isBare = column.values.typeName != "string"
      if case .integer(let values) = column.values, let number = values[index],
        number.magnitude > 1 << 53
      {
        // Readers that keep numbers as doubles would change it.
        isBare = false
      }
      text += ", \(Self.quoted(name)): \(isBare ? value : Self.quoted(value))"
    }
    return text
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\0": result += "\u{FFFD}"
      case "<", ">", "&", "\u{2028}", "\u{2029}":
        // Safe where the file is put into a page.
        result += "\\u" + Self.hexadecimal(scalar.value)
      default:
        // What steers a terminal or turns the text is escaped, which changes nothing.
        if scalar.isDeceptive, scalar.value <= 0xFFFF {
          result += "\\u" + Self.hexadecimal(scalar.value)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension GraphDocument {
  /// A text as JSON has it, in quotes, for attributes that hold JSON.
  public static func jsonText(_ text: String) -> String { JSONGraphWriter.quoted(text) }
}
