// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// What the writers of text formats share: which edges have a direction, and what a format cannot say.
struct WrittenParts {
  let document: GraphDocument
  var losses = LossReport()

  init(_ document: GraphDocument) { self.document = document.finite(&losses) }

  /// Whether the file as a whole is directed.
  var isDirected: Bool {
    document.direction == .directed || document.isNearlySymmetric
      || document.mixedDirections != nil
  }

  /// Counts the undirected edges that a directed file cannot hold.
  mutating func noteMixed() {
    if let directed = document.mixedDirections {
      losses.add(directed.count { !$0 }, "undirected edges are written as directed")
    }
    if document.isNearlySymmetric {
      losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
  }

  mutating func noteGraphAttributes() {
    losses.add(document.graphAttributes.count, "attributes of the graph have no place")
  }

  /// The one number of edges that a format with a single weight can hold.
  mutating func weights() -> AttributeColumn? {
    let numeric = document.edgeColumns.filter(\.values.isNumeric)
    let chosen =
      numeric.first { ["weight", "value", "strength"].contains($0.name.lowercased()) }
      ?? (numeric.count == 1 ? numeric[0] : nil)
    let others = document.edgeColumns.filter { $0.name != chosen?.name }
    losses.add(
      others.count,
      "attributes of edges have no place: " + others.map(\.name).joined(separator: ", "))
    if let chosen, chosen.name != "weight" {
      losses.add(1, "column \(chosen.name) is written as the weight")
    }
    return chosen
  }

  mutating func noteNodeColumns() {
    losses.add(
      document.nodeColumns.count,
      "attributes of nodes have no place: "
        + document.nodeColumns.map(\.name).joined(separator: ", "))
    if document.nodeLabels != nil {
      losses.add(document.nodeCount, "labels of nodes have no place")
    }
  }
}
