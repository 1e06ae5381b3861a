// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport

/// Values of divisions from dense matrices, and all divisions there are.
enum CommunityOracle {
  /// What a division is worth: each pair of nodes in one group adds a gain.
  struct Gains {
    let n: Int
    private let gain: [Double]

    /// The gains of modularity: (A − γ k k / total) / total.
    init(modularity graph: Graph, resolution: Double, isDirected: Bool) {
      let a = CommunityOracle.matrix(graph, isDirected: isDirected)
      let n = graph.nodeCount
      let out = (0..<n).map { u in (0..<n).reduce(0) { $0 + a[u * n + $1] } }
      let into = (0..<n).map { v in (0..<n).reduce(0) { $0 + a[$1 * n + v] } }
      let total = out.reduce(0, +)
      self.n = n
      gain = (0..<n * n).map { (a[$0] - resolution * out[$0 / n] * into[$0 % n] / total) / total }
    }

    /// The gains of the constant Potts model: A − γ, half of it undirected; A alone for a loop.
    init(potts graph: Graph, resolution: Double, isDirected: Bool) {
      let n = graph.nodeCount
      let a = CommunityOracle.matrix(graph, isDirected: isDirected)
      self.n = n
      gain = (0..<n * n).map { pair in
        (a[pair] - (pair / n == pair % n ? 0 : resolution)) / (isDirected ? 1 : 2)
      }
    }

    func value(_ labels: [Int32]) -> Double {
      var sum = 0.0
      for u in 0..<n {
        for v in 0..<n where labels[u] == labels[v] { sum += gain[u * n + v] }
      }
      return sum
    }

    /// The highest value of all divisions.
    func best() -> Double {
      var best = -Double.infinity
      forEachDivision(of: n) { best = max(best, value($0)) }
      return best
    }
  }

  private static func matrix(_ graph: Graph, isDirected: Bool) -> [Double] {
    let n = graph.nodeCount
    var a = [Double](repeating: 0, count: n * n)
    graph.forEachEdge { edge, source, target in
      let (u, v) = (Int(source.index), Int(target.index))
      a[u * n + v] += graph.weight(of: edge)
      if !isDirected { a[v * n + u] += graph.weight(of: edge) }
    }
    return a
  }

  /// Every division once: a node joins a group that an earlier node is in, or starts the next one.
  static func forEachDivision(of n: Int, _ body: ([Int32]) -> Void) {
    var labels = [Int32](repeating: 0, count: n)
    func extend(_ node: Int, _ groups: Int32) {
      guard node < n else { return body(labels) }
      for label in 0...groups {
        labels[node] = label
        extend(node + 1, max(groups, label + 1))
      }
    }
    extend(0, 0)
  }

  /// Whether every group is connected by edges of positive strength, directions ignored.
  static func isConnected(_ partition: Partition, in graph: Graph, ignoresWeights: Bool = false)
    -> Bool
  {
    var root = Array(0..<graph.nodeCount)
    func find(_ u: Int) -> Int {
      var u = u
      while root[u] != u { u = root[u] }
      return u
    }
    graph.forEachEdge { edge, source, target in
      let isTie = ignoresWeights || graph.weight(of: edge) > 0
      guard isTie, partition.group[source] == partition.group[target] else { return }
      let (a, b) = (find(Int(source.index)), find(Int(target.index)))
      root[max(a, b)] = min(a, b)
    }
    return root.indices.count { root[$0] == $0 } == partition.groupCount
  }

  /// Complete graphs of `size` nodes in a ring, each joined to the next by one edge.
  static func ringOfCliques(_ count: Int, of size: Int) -> Graph {
    var edges: [(Int, Int)] = []
    for c in 0..<count {
      for a in 0..<size { for b in 0..<a { edges.append((c * size + b, c * size + a)) } }
      edges.append((c * size, (c + 1) % count * size + 1))
    }
    return Graphs.build(count * size, .undirected, edges)
  }

  /// Graphs of all kinds: both directions, with and without weights, loops, parallel and weightless
  /// edges.
  static func mixture(nodes n: Int, edges m: Int, seed: UInt64) -> [Graph] {
    var generator = SeededGenerator(seed: seed)
    let edges = (0..<m).map { _ in (generator.below(n), generator.below(n)) }
    let weights = edges.map { _ in [0, 0.5, 1, 2.25][generator.below(4)] }
    return [
      Graphs.build(n, .undirected, edges), Graphs.build(n, .directed, edges),
      Graphs.build(n, .undirected, edges, .strength, weights),
      Graphs.build(n, .directed, edges, .strength, weights),
    ]
  }
}
