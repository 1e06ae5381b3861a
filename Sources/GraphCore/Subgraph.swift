// SPDX-License-Identifier: Apache-2.0

/// A part of a graph, with the way back to the whole.
public struct Subgraph: Sendable {
  /// The part as a graph of its own.
  public let graph: Graph
  /// For each node of the part, the node it was in the whole.
  public let node: NodeMap<Node>
  /// For each edge of the part, the edge it was in the whole.
  public let edge: EdgeMap<Edge>
}

extension Graph {
  /// The nodes that satisfy a condition and the edges between them whose condition holds.
  ///
  /// Nodes keep their order; edges keep their order and weights.
  ///
  /// - Complexity: O(n + m).
  public func subgraph(
    nodes isKept: (Node) -> Bool, edges isKeptEdge: (Edge) -> Bool = { _ in true }
  ) -> Subgraph {
    var newIndex = [Int32](repeating: -1, count: nodeCount)
    var kept: [Node] = []
    for node in nodes where isKept(node) {
      newIndex[Int(node.index)] = Int32(kept.count)
      kept.append(node)
    }
    var sources: [Int32] = []
    var targets: [Int32] = []
    var keptEdges: [Edge] = []
    forEachEdge { edge, source, target in
      let (s, t) = (newIndex[Int(source.index)], newIndex[Int(target.index)])
      guard s >= 0, t >= 0, isKeptEdge(edge) else { return }
      sources.append(s)
      targets.append(t)
      keptEdges.append(edge)
    }
    let graph = Graph.assumingValid(
      nodeCount: kept.count, direction: direction, weighting: weighting, sources: sources,
      targets: targets, weights: edgeWeights.map { w in keptEdges.map { w[Int($0.index)] } })
    // Relabelling keeps the order of nodes, so the edge order is the order of collection.
    return Subgraph(graph: graph, node: NodeMap(kept), edge: EdgeMap(keptEdges))
  }

  /// The graph with every edge turned round; an undirected graph is its own reverse.
  ///
  /// Edge numbers change, because edges are numbered by source.
  ///
  /// - Complexity: O(n + m).
  public func reversed() -> Graph {
    guard direction == .directed else { return self }
    var sources: [Int32] = []
    var targets: [Int32] = []
    forEachEdge { _, source, target in
      sources.append(target.index)
      targets.append(source.index)
    }
    return Graph.assumingValid(
      nodeCount: nodeCount, direction: direction, weighting: weighting, sources: sources,
      targets: targets, weights: edgeWeights.map { Array($0) })
  }

  // For columns that come from a graph that was validated when it was built.
  static func assumingValid(
    nodeCount: Int, direction: Direction, weighting: Weighting?, sources: [Int32],
    targets: [Int32], weights: [Double]?
  ) -> Graph {
    do {
      return try Graph(
        nodeCount: nodeCount, direction: direction, weighting: weighting, sources: sources,
        targets: targets, weights: weights)
    } catch {
      preconditionFailure("columns of a valid graph were refused: \(error)")
    }
  }
}
