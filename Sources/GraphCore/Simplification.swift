// SPDX-License-Identifier: Apache-2.0

/// How the weights of parallel edges become the weight of the one edge that replaces them.
public enum ParallelRule: String, Codable, CaseIterable, Sendable {
  /// The sum of the weights.
  case sum
  /// The largest weight.
  case max
  /// The smallest weight.
  case min
  /// The number of edges, whatever they weighed.
  case count
}

/// A graph without parallel edges, with the edges that each of its edges stands for.
public struct Simplification: Sendable {
  /// The simple graph; its nodes are those of the original.
  public let graph: Graph
  /// For each edge of the simple graph, the edges of the original that it stands for, in order.
  public let members: EdgeMap<[Edge]>
  /// The number of self-loops left out.
  public let droppedSelfLoops: Int
}

extension Graph {
  /// The graph with parallel edges merged and, unless they are to be kept, self-loops left out.
  ///
  /// - Parameters:
  ///   - rule: how weights are merged. In an unweighted graph `count` gives weights of strength;
  ///     the other rules leave it unweighted.
  ///   - keepsSelfLoops: whether self-loops stay (merged like other edges).
  ///   - newDirection: `undirected` also merges the two directions of a pair; nil keeps the
  ///     graph's own.
  /// - Returns: the simple graph and what each of its edges stands for.
  /// - Complexity: O(n + m).
  public func simplified(
    merging rule: ParallelRule = .sum, keepsSelfLoops: Bool = false,
    direction newDirection: Direction? = nil
  ) -> Simplification {
    let simple = newDirection ?? direction
    precondition(
      simple == .undirected || direction == .directed,
      "an undirected graph has no directions to give back")
    var sources: [Int32] = []
    var targets: [Int32] = []
    var originals: [Edge] = []
    var dropped = 0
    forEachEdge { edge, source, target in
      if source == target, !keepsSelfLoops {
        dropped += 1
        return
      }
      sources.append(source.index)
      targets.append(target.index)
      originals.append(edge)
    }
    let ordered = Graph.orderedAssumingValid(
      nodeCount: nodeCount, direction: simple, sources: sources, targets: targets)
    var mergedSources: [Int32] = []
    var mergedTargets: [Int32] = []
    var members: [[Edge]] = []
    ordered.graph.forEachEdge { edge, source, target in
      let original = originals[Int(ordered.position[edge])]
      if mergedSources.last == source.index, mergedTargets.last == target.index {
        members[members.count - 1].append(original)
      } else {
        mergedSources.append(source.index)
        mergedTargets.append(target.index)
        members.append([original])
      }
    }
    let weights: [Double]? =
      edgeWeights == nil && rule != .count ? nil : members.map { merge($0, rule) }
    let graph = Graph.assumingValid(
      nodeCount: nodeCount, direction: simple, weighting: rule == .count ? .strength : weighting,
      sources: mergedSources, targets: mergedTargets, weights: weights)
    return Simplification(
      graph: graph, members: EdgeMap(members.map { $0.sorted() }), droppedSelfLoops: dropped)
  }

  /// The same nodes and edges with every edge weighing 1.
  public func unweighted() -> Graph { Graph(self, weighting: nil, edgeWeights: nil) }

  private func merge(_ edges: [Edge], _ rule: ParallelRule) -> Double {
    switch rule {
    case .sum: edges.reduce(0) { $0 + weight(of: $1) }
    case .max: edges.reduce(-Double.infinity) { Swift.max($0, weight(of: $1)) }
    case .min: edges.reduce(Double.infinity) { Swift.min($0, weight(of: $1)) }
    case .count: Double(edges.count)
    }
  }

  private static func orderedAssumingValid(
    nodeCount: Int, direction: Direction, sources: [Int32], targets: [Int32]
  ) -> OrderedGraph {
    do {
      return try Graph.ordered(
        nodeCount: nodeCount, direction: direction, sources: sources, targets: targets)
    } catch {
      preconditionFailure("columns of a valid graph were refused: \(error)")
    }
  }
}
