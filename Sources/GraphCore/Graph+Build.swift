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
    let count = sources.count
    try validate(nodeCount: nodeCount, sources: sources, targets: targets, weights: weights)
    var lower = sources
    var upper = targets
    if direction == .undirected {
      for i in 0..<count where lower[i] > upper[i] { swap(&lower[i], &upper[i]) }
    }
    // Two stable counting sorts, by target and then by source, give the edge order in O(n + m).
    let byTarget = stableOrder(of: nil, keys: upper, keyCount: nodeCount)
    let order = stableOrder(of: byTarget, keys: lower, keyCount: nodeCount)

    var sortedSources = [Int32](repeating: 0, count: count)
    var sortedTargets = [Int32](repeating: 0, count: count)
    var loops = 0
    for e in 0..<count {
      let i = Int(order[e])
      sortedSources[e] = lower[i]
      sortedTargets[e] = upper[i]
      if lower[i] == upper[i] { loops += 1 }
    }
    let owned = offsets(of: sortedSources, nodeCount: nodeCount)
    let graph = Graph(
      direction: direction, weighting: weighting, nodeCount: nodeCount, selfLoopCount: loops,
      outgoing: direction == .directed
        ? Adjacency(
          offsets: owned, targets: sortedTargets, edges: Array(0..<Int32(count)))
        : bothDirections(sortedSources, sortedTargets, nodeCount: nodeCount),
      incoming: direction == .directed
        ? reversedArcs(sortedSources, sortedTargets, nodeCount: nodeCount) : nil,
      edgeWeights: weights.map { weights in order.map { weights[Int($0)] } },
      ownedOffsets: owned)
    return OrderedGraph(graph: graph, position: EdgeMap(order))
  }

  private init(
    direction: Direction, weighting: Weighting?, nodeCount: Int, selfLoopCount: Int,
    outgoing: Adjacency, incoming: Adjacency?, edgeWeights: [Double]?, ownedOffsets: [Int32]
  ) {
    self.init(
      direction: direction, weighting: weighting, nodeCount: nodeCount,
      selfLoopCount: selfLoopCount, outgoing: outgoing, incoming: incoming ?? outgoing,
      edgeWeights: edgeWeights, ownedOffsets: ownedOffsets)
  }

  private static func validate(
    nodeCount: Int, sources: [Int32], targets: [Int32], weights: [Double]?
  ) throws(GraphError) {
    guard sources.count == targets.count, weights.map({ $0.count == sources.count }) ?? true else {
      throw .unequalColumns(
        sources: sources.count, targets: targets.count, weights: weights?.count)
    }
    guard nodeCount < Int(Int32.max), sources.count < Int(Int32.max) / 2 else {
      throw .tooLarge(nodes: nodeCount, edges: sources.count)
    }
    let nodes = Int32(nodeCount)
    for i in 0..<sources.count {
      for end in [sources[i], targets[i]] where end < 0 || end >= nodes {
        throw .danglingEnd(position: i, node: Int(end), nodeCount: nodeCount)
      }
    }
    if let weights {
      for i in 0..<weights.count where !weights[i].isFinite {
        throw .weightNotFinite(position: i, weight: weights[i])
      }
    }
  }

  private static func stableOrder(of previous: [Int32]?, keys: [Int32], keyCount: Int) -> [Int32] {
    var next = offsets(of: keys, nodeCount: keyCount)
    var order = [Int32](repeating: 0, count: keys.count)
    for k in 0..<keys.count {
      let i = previous.map { $0[k] } ?? Int32(k)
      let key = Int(keys[Int(i)])
      order[Int(next[key])] = i
      next[key] += 1
    }
    return order
  }

  private static func offsets(of keys: [Int32], nodeCount: Int) -> [Int32] {
    var offsets = [Int32](repeating: 0, count: nodeCount + 1)
    for key in keys { offsets[Int(key) + 1] += 1 }
    for u in 0..<nodeCount { offsets[u + 1] += offsets[u] }
    return offsets
  }

  private static func reversedArcs(
    _ sources: [Int32], _ targets: [Int32], nodeCount: Int
  ) -> Adjacency {
    let offsets = offsets(of: targets, nodeCount: nodeCount)
    var next = offsets
    var arcTargets = [Int32](repeating: 0, count: targets.count)
    var arcEdges = [Int32](repeating: 0, count: targets.count)
    for e in 0..<targets.count {
      let position = Int(next[Int(targets[e])])
      next[Int(targets[e])] += 1
      arcTargets[position] = sources[e]
      arcEdges[position] = Int32(e)
    }
    return Adjacency(offsets: offsets, targets: arcTargets, edges: arcEdges)
  }

  // Each node's block holds first the arcs to lower nodes (edges that others own), then the arcs
  // of the edges it owns: both in ascending order, so that the whole is sorted by target.
  private static func bothDirections(
    _ sources: [Int32], _ targets: [Int32], nodeCount: Int
  ) -> Adjacency {
    var offsets = [Int32](repeating: 0, count: nodeCount + 1)
    for e in 0..<sources.count {
      offsets[Int(sources[e]) + 1] += 1
      offsets[Int(targets[e]) + 1] += 1
    }
    for u in 0..<nodeCount { offsets[u + 1] += offsets[u] }
    var next = offsets
    var arcTargets = [Int32](repeating: 0, count: 2 * sources.count)
    var arcEdges = arcTargets
    func place(_ target: Int32, _ edge: Int, at node: Int32) {
      let position = Int(next[Int(node)])
      next[Int(node)] += 1
      arcTargets[position] = target
      arcEdges[position] = Int32(edge)
    }
    for e in 0..<sources.count { place(sources[e], e, at: targets[e]) }
    for e in 0..<sources.count { place(targets[e], e, at: sources[e]) }
    return Adjacency(offsets: offsets, targets: arcTargets, edges: arcEdges)
  }
}
