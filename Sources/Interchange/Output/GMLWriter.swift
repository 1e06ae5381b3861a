// SPDX-License-Identifier: Apache-2.0

/// Writes GML (Himsolt 1997): the identifier of a node is its label, as networkx reads it.
public struct GMLWriter: GraphWriter {
  public let format = GraphFormat.gml

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteMixed()
    var text = "graph [\n  directed \(parts.isDirected ? 1 : 0)\n"
    text += "  name \(Self.quoted(document.name))\n"
    let taken: Set = ["id", "label", "source", "target"]
    let nodeKeys = keys(document.nodeColumns, taken, &parts)
    let edgeKeys = keys(document.edgeColumns, taken, &parts)
    for attribute in document.graphAttributes {
      text += "  \(Self.key(attribute.name)) \(Self.quoted(attribute.text))\n"
    }
    for node in 0..<document.nodeCount {
      text += "  node [\n    id \(node)\n    label \(Self.quoted(document.nodeIDs[node]))\n"
      if let label = document.nodeLabels?[node] { text += "    name \(Self.quoted(label))\n" }
      text += values(document.nodeColumns, nodeKeys, node) + "  ]\n"
    }
    for edge in 0..<document.edgeCount {
      text +=
        "  edge [\n    source \(document.sources[edge])\n    target \(document.targets[edge])\n"
      text += values(document.edgeColumns, edgeKeys, edge) + "  ]\n"
    }
    text += "]\n"
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }

  private func keys(
    _ columns: [AttributeColumn], _ taken: Set<String>, _ parts: inout WrittenParts
  ) -> [String] {
    var used = taken.union(parts.document.nodeLabels == nil ? [] : ["name"])
    return columns.map { column in
      var key = Self.key(column.name)
      var number = 2
      while used.contains(key) {
        key = Self.key(column.name) + String(number)
        number += 1
      }
      used.insert(key)
      if key != column.name { parts.losses.add(1, "column \(column.name) is written as \(key)") }
      switch column.values {
      case .boolean:
        parts.losses.add(1, "column \(column.name): true and false are written as text")
      case .integer(let values):
        parts.losses.add(
          values.count { $0.map { $0.magnitude > 1 << 31 - 1 } ?? false },
          "numbers of \(column.name) exceed 32 bits and are written as text")
      default: break
      }
      return key
    }
  }

  private func values(_ columns: [AttributeColumn], _ keys: [String], _ index: Int) -> String {
    var text = ""
    for (column, key) in zip(columns, keys) {
      guard let value = column.values.text(at: index) else { continue }
      var isNumber = column.values.isNumeric
      if case .integer(let values) = column.values, let number = values[index],
        number.magnitude > 1 << 31 - 1
      {
        isNumber = false
      }
      text += "    \(key) \(isNumber ? value : Self.quoted(value))\n"
    }
    return text
  }

  // A letter, then letters and digits.
  private static func key(_ name: String) -> String {
    var key = ""
    for byte in name.utf8 {
      let isLetter = (byte | 32 >= 97 && byte | 32 <= 122) || byte == 95
      let isDigit = (48...57).contains(byte)
      if isLetter || (isDigit && !key.isEmpty) {
        key.unicodeScalars.append(Unicode.Scalar(byte))
      } else if isDigit {
        key += "x"
        key.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return key.isEmpty ? "attribute" : key
  }

  // ASCII, as the format asks for; what is outside stands as the number of the character.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      default:
        if scalar.value < 32 || scalar.value > 126 {
          result += "&#\(scalar.value);"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
