// SPDX-License-Identifier: Apache-2.0

/// Writes VNA, which NetDraw reads: node data, labels as properties, and ties with their numbers.
public struct VNAWriter: GraphWriter {
  public let format = GraphFormat.vna

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteMixed()
    parts.noteGraphAttributes()
    if !parts.isDirected {
      parts.losses.add(document.edgeCount, "undirected edges are written as directed")
    }
    var changed = 0
    var ids: Set<String> = []
    let names = document.nodeIDs.map { Self.quoted($0, &changed) }
    for name in names where !ids.insert(name).inserted {
      throw .request(
        "VNA cannot tell the identifiers apart that are written as \(name.printable())")
    }
    var text = "*Node data\n"
    text += Self.rows(
      "ID", names, document.nodeColumns, taken: ["id", "shortlabel"], &changed)
    if let labels = document.nodeLabels {
      text += "*Node properties\nID shortlabel\n"
      for (name, label) in zip(names, labels) {
        guard let label else { continue }
        text += "\(name) \(Self.quoted(label, &changed))\n"
      }
    }
    text += "*Tie data\n"
    let ends = (0..<document.edgeCount).map {
      names[Int(document.sources[$0])] + " " + names[Int(document.targets[$0])]
    }
    text += Self.rows("from to", ends, document.edgeColumns, taken: ["from", "to"], &changed)
    parts.losses.add(changed, "texts hold line breaks or control characters and are changed")
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }

  private static func rows(
    _ head: String, _ starts: [String], _ columns: [AttributeColumn], taken: Set<String>,
    _ changed: inout Int
  ) -> String {
    // Names are compared as they are written.
    var ignored = 0
    var used = Set(taken.map { quoted($0, &ignored) })
    var text = head
    for column in columns {
      var name = column.name
      while !used.insert(quoted(name, &changed).lowercased()).inserted { name += ".2" }
      text += " " + quoted(name, &changed)
    }
    text += "\n"
    for (index, start) in starts.enumerated() {
      text += start
      for column in columns {
        guard let value = column.values.text(at: index) else {
          text += " \"\""
          continue
        }
        text += " " + (column.values.isNumeric ? value : quoted(value, &changed))
      }
      text += "\n"
    }
    return text
  }

  private static func quoted(_ text: String, _ changed: inout Int) -> String {
    var result = "\""
    var isChanged = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        result += "\"\""
      } else if scalar.endsLine {
        result += " "
        isChanged = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    if isChanged { changed += 1 }
    return result + "\""
  }
}
