// SPDX-License-Identifier: Apache-2.0

/// A graph and, for each of its edges, the position that the edge had in the columns given.
public struct OrderedGraph: Sendable {
  /// The graph.
  public let graph: Graph
  /// For each edge of the graph, its position (from 0) in the columns it was built from.
  public let position: EdgeMap<Int32>
}

extension Graph {
  /// Creates a graph from edge columns and says where each edge came from.
  ///
  /// The parameters are those of `Graph.init`. Use this form when attributes stand beside the edge
  /// columns: `position` reorders them into edge columns.
  ///
  /// - Throws: `GraphError`, as `Graph.init`.
  /// - Complexity: O(n + m).
  public static func ordered(
    nodeCount: Int, direction: Direction, weighting: Weighting? = nil,
    sources: [Int32], targets: [Int32], weights: [Double]? = nil
  ) throws(GraphError) -> OrderedGraph {
    let ends = EdgeEnds(sources: sources, targets: targets)
    try ends.validate(nodeCount: nodeCount, weights: weights)
    let rows = GraphRows(nodeCount: nodeCount, direction, ends)
    let order = edgeOrder(rows, direction, sources, targets)
    let graph = Graph(
      rows: rows, direction: direction, weighting: weighting,
      edgeWeights: weights.map { weights in
        unsafe Column(count: order.count) { column in
          for e in order.indices {
            unsafe column.initializeElement(at: e, to: weights[Int(order[e])])
          }
        }
      })
    return OrderedGraph(graph: graph, position: EdgeMap(order))
  }

  // Two stable counting sorts, by target and then by source, give the edge order in O(n + m). The
  // source goes along with the edge, so that the second sort reads in order.
  private static func edgeOrder(
    _ rows: GraphRows, _ direction: Direction, _ sources: [Int32], _ targets: [Int32]
  ) -> [Int32] {
    let n = rows.offsets.count - 1
    let count = sources.count
    let isUndirected = direction == .undirected
    var next = [Int32](repeating: 0, count: n + 1)
    for i in 0..<count {
      next[Int(isUndirected ? max(sources[i], targets[i]) : targets[i]) + 1] += 1
    }
    for u in 0..<n { next[u + 1] += next[u] }
    var byTarget = [SIMD2<Int32>](repeating: SIMD2(0, 0), count: count)
    for i in 0..<count {
      let (s, t) = (sources[i], targets[i])
      let key = Int(isUndirected ? max(s, t) : t)
      byTarget[Int(next[key])] = SIMD2(isUndirected ? min(s, t) : s, Int32(truncatingIfNeeded: i))
      next[key] += 1
    }
    next = Array(rows.owned)
    var order = [Int32](repeating: 0, count: count)
    for edge in byTarget {
      let key = Int(edge.x)
      order[Int(next[key])] = edge.y
      next[key] += 1
    }
    return order
  }
}
