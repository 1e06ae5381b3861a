// SPDX-License-Identifier: Apache-2.0

/// Writes a network of Pajek (.net).
public struct PajekWriter: GraphWriter {
  public let format = GraphFormat.pajek

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(document)
    parts.noteNodeColumns()
    parts.noteGraphAttributes()
    let weights = parts.weights()
    var changed = 0
    var text = "*Vertices \(document.nodeCount)\n"
    var used: Set<String> = []
    for node in 0..<document.nodeCount {
      var label = ""
      for scalar in document.nodeIDs[node].unicodeScalars {
        if scalar == "\"" {
          label += "'"
        } else if scalar.value < 32 {
          label += " "
        } else {
          label.unicodeScalars.append(scalar)
        }
      }
      if label != document.nodeIDs[node] { changed += 1 }
      guard used.insert(label).inserted else {
        throw .request(
          "Pajek cannot tell the identifiers apart that are written as “\(label.printable())”; "
            + "choose another format")
      }
      text += "\(node + 1) \"\(label)\"\n"
    }
    parts.losses.add(changed, "identifiers hold quotes or control characters and are changed")
    let isDirected = (0..<document.edgeCount).map {
      document.mixedDirections?[$0] ?? (parts.isDirected)
    }
    for directed in [true, false] where isDirected.contains(directed) {
      text += directed ? "*Arcs\n" : "*Edges\n"
      for edge in 0..<document.edgeCount where isDirected[edge] == directed {
        text += "\(document.sources[edge] + 1) \(document.targets[edge] + 1)"
        if let weight = weights?.values.text(at: edge) { text += " \(weight)" }
        text += "\n"
      }
    }
    if document.isNearlySymmetric {
      parts.losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }
}
