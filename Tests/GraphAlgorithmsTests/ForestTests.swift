// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Spanning forests and blocks against their definitions on all small graphs.
@Suite struct ForestTests {
  // MARK: Spanning forests

  @Test func `forests of small graphs are the best of all sets of edges`() throws {
    for n in 1...4 {
      for (index, graph) in Graphs.all(nodes: n, .undirected).enumerated() {
        var generator = SeededGenerator(seed: UInt64(index))
        for weighting in [Graph.Weighting.length, .strength] {
          let weights = (0..<graph.edgeCount).map { _ in Double(generator.below(5)) - 2 }
          try expectBest(reweighted(graph, weighting, weights))
        }
        try expectBest(graph)
      }
    }
    for seed in 1...8 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let edges = (0..<8).map { _ in (generator.below(5), generator.below(5)) }
      let weights = edges.map { _ in Double(generator.below(4)) * 0.5 - 0.75 }
      for direction in [Graph.Direction.directed, .undirected] {
        try expectBest(Graphs.build(5, direction, edges, .length, weights))
        try expectBest(Graphs.build(5, direction, edges, .strength, weights))
      }
    }
  }

  @Test func `of equal edges the first are taken`() throws {
    #expect(try taken(Graphs.complete(5)) == [0, 1, 2, 3])
    #expect(try taken(Graphs.cycle(6)) == [0, 1, 2, 3, 4])
    let parallel = Graphs.build(
      3, .undirected, [(0, 1), (0, 1), (1, 1), (1, 2), (1, 2)], .length, [0, -0.0, -9, 2, 1])
    #expect(try taken(parallel) == [0, 4])
    let forest = try SpanningForest()(Graphs.empty(4))
    #expect(forest.edges.isEmpty && forest.treeCount == 4 && forest.totalWeight == 0)
    #expect(try SpanningForest()(Graphs.empty(0)).treeCount == 0)
    #expect(try SpanningForest()(Graphs.star(3000)).edges.count == 2999)
  }

  @Test func `every forest has a tree a component and reversing weights turns least to greatest`()
    throws
  {
    for seed in 1...8 {
      let graph = Graphs.random(
        nodes: 300, edges: 400, weighting: .length, largestWeight: 900, seed: UInt64(seed))
      let forest = try SpanningForest()(graph)
      #expect(forest.treeCount == (try ConnectedComponents(.weak)(graph)).groupCount)
      #expect(forest.edges.count == graph.nodeCount - forest.treeCount)
      let weights = graph.edges.map { 1e-3 - graph.weight(of: $0) } as [Double]
      #expect(
        try SpanningForest()(reweighted(graph, .strength, weights)).edges == forest.edges)
    }
  }

  private func taken(_ graph: Graph) throws -> [Int32] {
    try SpanningForest()(graph).edges.map(\.index)
  }

  private func reweighted(_ graph: Graph, _ weighting: Graph.Weighting, _ weights: [Double])
    -> Graph
  {
    var edges: [(Int, Int)] = []
    graph.forEachEdge { _, s, t in edges.append((Int(s.index), Int(t.index))) }
    return Graphs.build(graph.nodeCount, graph.direction, edges, weighting, weights)
  }

  // Of all sets of edges that join what the graph joins and are as few as can be: the best in total,
  // of several the one whose edges come first when ordered from the best.
  private func expectBest(_ graph: Graph) throws {
    let n = graph.nodeCount
    let (sources, targets) = ends(graph)
    let sign = graph.weighting == .strength ? -1.0 : 1.0
    let costs = graph.edges.map { sign * graph.weight(of: $0) }
    let trees = pieces(n, (0..<graph.edgeCount).map { (sources[$0], targets[$0]) })
    let rank = costs.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    var best: (cost: Double, ranks: [Int], edges: [Int])?
    for bits in 0..<1 << graph.edgeCount where bits.nonzeroBitCount == n - trees {
      let edges = costs.indices.filter { bits >> $0 & 1 == 1 }
      guard pieces(n, edges.map { (sources[$0], targets[$0]) }) == trees else { continue }
      let cost = edges.reduce(0) { $0 + costs[$1] }
      let ranks = rank.indices.filter { edges.contains(rank[$0]) }
      if let known = best,
        known.cost < cost || (known.cost == cost && !ranks.lexicographicallyPrecedes(known.ranks))
      {
        continue
      }
      best = (cost, ranks, edges)
    }
    let forest = try SpanningForest()(graph)
    #expect(forest.edges.map { Int($0.index) } == best?.edges)
    #expect(forest.treeCount == trees)
    #expect(forest.totalWeight * sign == best?.cost)
  }

  // MARK: Blocks

  @Test func `two edges are in one block when they lie on a ring, in all small graphs`() throws {
    for n in 1...5 {
      for graph in Graphs.all(nodes: n, .undirected) { try expectBlocks(graph) }
    }
    for graph in Graphs.all(nodes: 3, .directed) { try expectBlocks(graph) }
    for seed in 1...10 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let edges = (0..<14).map { _ in (generator.below(9), generator.below(9)) }
      try expectBlocks(Graphs.build(9, .undirected, edges))
      try expectBlocks(Graphs.build(9, .directed, edges))
    }
  }

  @Test func `blocks of named graphs are known`() throws {
    #expect(try BiconnectedComponents()(Graphs.petersen()).sizes == [15])
    #expect(try BiconnectedComponents()(Graphs.star(5)).sizes == [1, 1, 1, 1])
    let barbell = Graphs.barbell(4, bridge: 1)
    let blocks = try BiconnectedComponents()(barbell)
    #expect(blocks.sizes == [6, 6, 1, 1])
    #expect(
      blocks.members(in: barbell).map { $0.map(\.index) }
        == [[0, 1, 2, 3], [5, 6, 7, 8], [3, 4], [4, 5]])
    #expect(try BiconnectedComponents()(Graphs.path(3000)).count == 2999)
    let loop = try BiconnectedComponents()(Graphs.build(2, .directed, [(0, 0), (0, 1), (1, 0)]))
    #expect(loop.sizes == [2] && loop.ofEdge.values == [nil, 0, 0])
    #expect(try BiconnectedComponents()(Graphs.empty(0)).count == 0)
    #expect(try BiconnectedComponents()(Graphs.empty(3)).count == 0)
  }

  @Test func `threads change nothing, cancelled runs throw and memory covers the answer`() throws {
    let graph = Graphs.random(nodes: 2000, edges: 2600, weighting: .strength, seed: 3)
    let (forest, blocks) = (try SpanningForest()(graph), try BiconnectedComponents()(graph))
    #expect(try SpanningForest()(graph, Run(threads: 3)) == forest)
    #expect(try BiconnectedComponents()(graph, Run(threads: 3)) == blocks)
    for times in [0, 2] {
      let (one, two) = (Countdown(times), Countdown(min(times, 1)))
      #expect(throws: AnalysisError.cancelled) {
        _ = try SpanningForest()(graph, Run(isCancelled: { one.isOver }))
      }
      #expect(throws: AnalysisError.cancelled) {
        _ = try BiconnectedComponents()(graph, Run(isCancelled: { two.isOver }))
      }
    }
    #expect(SpanningForest().memory(for: graph, threads: 1) >= 24 * graph.edgeCount)
    #expect(BiconnectedComponents().memory(for: graph, threads: 1) >= 16 * graph.edgeCount)
  }

  // Removing any one node leaves what a block has else in one piece, and no two blocks can be joined.
  private func expectBlocks(_ graph: Graph) throws {
    let blocks = try BiconnectedComponents()(graph)
    let (sources, targets) = ends(graph)
    let proper = (0..<graph.edgeCount).filter { sources[$0] != targets[$0] }
    for a in graph.edges.map({ Int($0.index) }) where !proper.contains(a) {
      #expect(blocks.ofEdge.values[a] == nil)
    }
    for a in proper {
      for b in proper where a < b {
        // On one ring: no node but shared ends parts them once it is taken out.
        let (p, q) = ([sources[a], targets[a]], [sources[b], targets[b]])
        let isOne =
          Set(p) == Set(q)
          || (0..<graph.nodeCount).allSatisfy { cut in
            let rest = proper.filter { sources[$0] != cut && targets[$0] != cut }
              .map { (sources[$0], targets[$0]) }
            let (from, to) = (p.filter { $0 != cut }, q.filter { $0 != cut })
            return joined(from[0], to[0], rest)
          }
        #expect((blocks.ofEdge.values[a] == blocks.ofEdge.values[b]) == isOne)
      }
    }
    #expect(blocks.sizes.reduce(0, +) == proper.count)
    #expect(blocks.sizes == blocks.sizes.sorted(by: >))
  }

  private func joined(_ a: Int, _ b: Int, _ edges: [(Int, Int)]) -> Bool {
    var reached: Set<Int> = [a]
    var grows = true
    while grows {
      grows = false
      for (s, t) in edges where reached.contains(s) != reached.contains(t) {
        reached.formUnion([s, t])
        grows = true
      }
    }
    return reached.contains(b)
  }

  private func pieces(_ n: Int, _ edges: [(Int, Int)]) -> Int {
    var label = Array(0..<n)
    for (s, t) in edges {
      let (a, b) = (label[s], label[t])
      for i in 0..<n where label[i] == b { label[i] = a }
    }
    return Set(label).count
  }

  private func ends(_ graph: Graph) -> (sources: [Int], targets: [Int]) {
    var (sources, targets): ([Int], [Int]) = ([], [])
    graph.forEachEdge { _, s, t in
      sources.append(Int(s.index))
      targets.append(Int(t.index))
    }
    return (sources, targets)
  }
}
