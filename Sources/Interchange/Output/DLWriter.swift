// SPDX-License-Identifier: Apache-2.0

/// Writes DL of UCINET as a list of edges with the labels in the data.
public struct DLWriter: GraphWriter {
  public let format = GraphFormat.dl

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteNodeColumns()
    parts.noteGraphAttributes()
    parts.noteMixed()
    let weights = parts.weights()
    var changed = 0
    let labels = document.nodeIDs.map { id -> String in
      var label = ""
      for scalar in id.unicodeScalars {
        if scalar == "\"" {
          label += "'"
        } else if scalar.endsLine {
          label += " "
        } else {
          label.unicodeScalars.append(scalar)
        }
      }
      if label != id { changed += 1 }
      // Only what holds blanks or marks needs quotes, which not every reader knows.
      let isPlain =
        !label.isEmpty && !label.unicodeScalars.contains { " ,='\"".unicodeScalars.contains($0) }
      return isPlain && !label.lowercased().hasPrefix("data") ? label : "\"\(label)\""
    }
    guard Set(labels).count == labels.count else {
      throw .request("DL cannot tell some identifiers apart; choose another format")
    }
    parts.losses.add(changed, "identifiers hold quotes or control characters and are changed")
    var text = "dl n=\(max(1, document.nodeCount))\nformat=edgelist1\nlabels:\n"
    text += labels.joined(separator: "\n") + "\ndata:\n"
    for edge in 0..<document.edgeCount {
      let (source, target) = (document.sources[edge] + 1, document.targets[edge] + 1)
      let weight = weights?.values.text(at: edge).map { " " + $0 } ?? ""
      text += "\(source) \(target)\(weight)\n"
      // The format has arcs alone: an undirected tie is two of them.
      if !parts.isDirected, source != target { text += "\(target) \(source)\(weight)\n" }
    }
    if !parts.isDirected, document.edgeCount > 0 {
      parts.losses.add(document.edgeCount, "undirected ties are written as two arcs each")
    }
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }
}
