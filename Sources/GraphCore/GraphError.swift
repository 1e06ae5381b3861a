// SPDX-License-Identifier: Apache-2.0

/// Why a graph could not be built.
public enum GraphError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An end of an edge is not a node of the graph. `position` counts the edges as given, from 0.
  case danglingEnd(position: Int, node: Int, nodeCount: Int)
  /// A weight is not a finite number. `position` counts the edges as given, from 0.
  case weightNotFinite(position: Int, weight: Double)
  /// The columns of sources, targets and weights differ in length.
  case unequalColumns(sources: Int, targets: Int, weights: Int?)
  /// More nodes or arcs than 32-bit positions can count.
  case tooLarge(nodes: Int, edges: Int)
  /// Stored rows are not those of a graph. `reason` says which rule they break.
  case brokenRows(reason: String)

  public var description: String {
    switch self {
    case .danglingEnd(let position, let node, let nodeCount):
      "edge \(position) ends at node \(node), but the graph has \(nodeCount) nodes (0 to \(nodeCount - 1))"
    case .weightNotFinite(let position, let weight):
      "edge \(position) has the weight \(weight); a weight must be a finite number"
    case .unequalColumns(let sources, let targets, let weights):
      "the edge columns differ in length: \(sources) sources, \(targets) targets"
        + (weights.map { ", \($0) weights" } ?? "")
    case .tooLarge(let nodes, let edges):
      "\(nodes) nodes and \(edges) edges are more than a graph can hold (2,147,483,647 arcs)"
    case .brokenRows(let reason):
      "the stored rows are not those of a graph: \(reason)"
    }
  }
}
