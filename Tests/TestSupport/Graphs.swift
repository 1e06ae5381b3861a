// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// Graphs that tests name, count through or draw at random.
public enum Graphs {
  // MARK: Named graphs

  /// The chain 0 – 1 – … – n − 1 (directed: along the numbers).
  public static func path(_ n: Int, _ direction: Graph.Direction = .undirected) -> Graph {
    build(n, direction, (1..<max(1, n)).map { ($0 - 1, $0) })
  }

  /// The chain closed to a ring.
  public static func cycle(_ n: Int, _ direction: Graph.Direction = .undirected) -> Graph {
    build(n, direction, (0..<n).map { ($0, ($0 + 1) % n) })
  }

  /// Node 0 tied to each of n − 1 others (directed: from 0 to them).
  public static func star(_ n: Int, _ direction: Graph.Direction = .undirected) -> Graph {
    build(n, direction, (1..<max(1, n)).map { (0, $0) })
  }

  /// Every two nodes tied (directed: both ways).
  public static func complete(_ n: Int, _ direction: Graph.Direction = .undirected) -> Graph {
    build(n, direction, pairs(n, direction))
  }

  /// Nodes 0 ..< a tied to each of the b others.
  public static func completeBipartite(_ a: Int, _ b: Int) -> Graph {
    build(a + b, .undirected, (0..<a).flatMap { i in (a..<a + b).map { (i, $0) } })
  }

  /// The Petersen graph: a ring of five, a five-pointed star and five spokes.
  public static func petersen() -> Graph {
    var edges: [(Int, Int)] = []
    for i in 0..<5 {
      edges += [(i, (i + 1) % 5), (i, i + 5), (i + 5, (i + 2) % 5 + 5)]
    }
    return build(10, .undirected, edges)
  }

  /// Two complete graphs of k nodes joined by a chain of `bridge` further nodes: the first complete
  /// graph, the chain, the second.
  public static func barbell(_ k: Int, bridge: Int) -> Graph {
    let first = pairs(k, .undirected)
    let second = first.map { ($0.0 + k + bridge, $0.1 + k + bridge) }
    let chain = (k - 1..<k + bridge).map { ($0, $0 + 1) }
    return build(2 * k + bridge, .undirected, first + chain + second)
  }

  /// The grid of `rows` × `columns`; node r × columns + c stands at row r, column c.
  public static func grid(_ rows: Int, _ columns: Int) -> Graph {
    var edges: [(Int, Int)] = []
    for r in 0..<rows {
      for c in 0..<columns {
        let node = r * columns + c
        if c + 1 < columns { edges.append((node, node + 1)) }
        if r + 1 < rows { edges.append((node, node + columns)) }
      }
    }
    return build(rows * columns, .undirected, edges)
  }

  /// The kite of Krackhardt (1990, doi:10.2307/2393394): degree, betweenness and closeness each
  /// rank another node (3, 7, and 5 and 6) first.
  public static func kite() -> Graph {
    build(
      10, .undirected,
      [
        (0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5), (3, 4), (3, 5),
        (3, 6), (4, 6), (5, 6), (5, 7), (6, 7), (7, 8), (8, 9),
      ])
  }

  /// n nodes and no edge.
  public static func empty(_ n: Int, _ direction: Graph.Direction = .undirected) -> Graph {
    build(n, direction, [])
  }

  // MARK: All small graphs

  /// Every simple graph on n numbered nodes: 2^(n(n − 1)/2) undirected ones, 2^(n(n − 1)) directed.
  public static func all(nodes n: Int, _ direction: Graph.Direction) -> some Sequence<Graph> {
    let pairs = pairs(n, direction)
    return (0..<1 << pairs.count).lazy.map { bits in
      build(n, direction, pairs.indices.filter { bits >> $0 & 1 == 1 }.map { pairs[$0] })
    }
  }

  // MARK: Random graphs

  /// A random simple graph of about `edges` edges; weights, when it has a weighting, are
  /// whole numbers from 1 to `largestWeight`.
  public static func random(
    nodes n: Int, edges m: Int, _ direction: Graph.Direction = .undirected,
    weighting: Graph.Weighting? = nil, largestWeight: Int = 4, seed: UInt64
  ) -> Graph {
    var generator = SeededGenerator(seed: seed)
    var columns: [(Int, Int)] = []
    for _ in 0..<m {
      let (a, b) = (generator.below(n), generator.below(n))
      if a != b { columns.append((a, b)) }
    }
    let weights = columns.map { _ in Double(1 + generator.below(largestWeight)) }
    let graph = build(n, direction, columns, weighting, weighting == nil ? nil : weights)
    return graph.simplified(merging: .max).graph
  }

  /// A random tree-like graph with hubs: each node joins `ties` earlier ones, chosen by their
  /// number of ties (Barabási and Albert 1999, doi:10.1126/science.286.5439.509).
  public static func preferential(nodes n: Int, ties: Int, seed: UInt64) -> Graph {
    var generator = SeededGenerator(seed: seed)
    var ends: [Int] = [0]
    var columns: [(Int, Int)] = []
    for node in 1..<n {
      let choices = (0..<ties).map { _ in ends[generator.below(ends.count)] }
      for choice in choices {
        columns.append((choice, node))
        ends += [choice, node]
      }
    }
    return build(n, .undirected, columns).simplified().graph
  }

  // MARK: Building

  /// The graph of an edge list.
  public static func build(
    _ n: Int, _ direction: Graph.Direction, _ edges: [(Int, Int)],
    _ weighting: Graph.Weighting? = nil, _ weights: [Double]? = nil
  ) -> Graph {
    do {
      return try Graph(
        nodeCount: n, direction: direction, weighting: weighting,
        sources: edges.map { Int32($0.0) }, targets: edges.map { Int32($0.1) }, weights: weights)
    } catch {
      preconditionFailure("a test graph was refused: \(error)")
    }
  }

  /// The same graph with node `i` called `labels[i]`, its edges given in reverse order.
  public static func relabelled(_ graph: Graph, _ labels: [Int]) -> Graph {
    var edges: [(Int, Int)] = []
    graph.forEachEdge { _, source, target in
      edges.append((labels[Int(source.index)], labels[Int(target.index)]))
    }
    return build(
      graph.nodeCount, graph.direction, edges.reversed(), graph.weighting,
      graph.edgeWeights.map { $0.reversed() })
  }

  private static func pairs(_ n: Int, _ direction: Graph.Direction) -> [(Int, Int)] {
    (0..<n).flatMap { a in
      (0..<n).filter { direction == .directed ? $0 != a : $0 > a }.map { (a, $0) }
    }
  }
}
