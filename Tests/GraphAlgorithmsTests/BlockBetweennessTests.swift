// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Synchronization
import TestSupport
import Testing

@testable import GraphAlgorithms

/// Betweenness by blocks against the searches of the whole network, and where blocks decide.
@Suite struct BlockBetweennessTests {
  // MARK: Against the whole network

  @Test(arguments: [nil, Graph.Weighting.length, .strength])
  func `blocks and the whole network count the same`(_ weighting: Graph.Weighting?) throws {
    for seed in 1...70 {
      try compare(sparse(seed: UInt64(seed), weighting), "seed \(seed)")
    }
  }

  @Test func `batches of a large block count what the whole network counts`() throws {
    // A core of 400 with chains, leaves and a second component: batches and single sources.
    let core = Graphs.preferential(nodes: 400, ties: 3, seed: 7)
    var edges: [(Int, Int)] = []
    core.forEachEdge { _, a, b in edges.append((Int(a.index), Int(b.index))) }
    var generator = SeededGenerator(seed: 8)
    for node in 400..<700 { edges.append((node, generator.below(node))) }
    edges += (700..<720).map { ($0, $0 + 1) } + [(720, 700), (700, 710)]
    try compare(Graphs.build(721, .undirected, edges), "core and fringe")
  }

  @Test func `all graphs of six nodes have the same scores by blocks`() throws {
    for (index, graph) in Graphs.all(nodes: 6, .undirected).enumerated() where index % 29 == 0 {
      try compare(graph, "graph \(index)")
    }
  }

  private func compare(_ graph: Graph, _ name: String) throws {
    let arcs = try PathArcs(graph, .outgoing, for: "test")
    for target in [BrandesTarget.nodes, .edges(count: graph.edgeCount)] {
      let expected = try brandesSums(arcs, target, Run(), for: "test")
      let sums = try blockSums(arcs, target, Run(), for: "test")
      try #require(sums.count == expected.count)
      let isSame = zip(sums, expected).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
      #expect(isSame, "\(name), \(target)")
    }
  }

  // Trees, rings and thickets, joined here and there, with parallel edges and self-loops.
  private func sparse(seed: UInt64, _ weighting: Graph.Weighting?) -> Graph {
    var generator = SeededGenerator(seed: seed)
    let n = 5 + generator.below(40)
    var edges: [(Int, Int)] = []
    for node in 1..<n where generator.below(12) > 0 {
      edges.append((node, node - 1 - generator.below(min(node, 6))))
    }
    for _ in 0..<generator.below(n) {
      let a = generator.below(n)
      edges.append((a, max(0, a - generator.below(5))))
    }
    for _ in 0..<generator.below(4) { edges.append((generator.below(n), generator.below(n))) }
    let weights = edges.map { _ in
      seed % 2 == 0 ? Double(1 + generator.below(3)) : 0.01 + generator.unit()
    }
    return Graphs.build(n, .undirected, edges, weighting, weighting == nil ? nil : weights)
  }

  // MARK: Closed forms

  @Test func `a chain of 30,000 nodes needs no search`() throws {
    let n = 30_000
    for graph in [Graphs.path(n), lengths(of: Graphs.path(n))] {
      let scores = try Betweenness(isNormalised: false)(graph)
      let edges = try EdgeBetweenness(isNormalised: false)(graph).values
      for node in [0, 1, 2, 4711, n / 2, n - 2, n - 1] {
        #expect(scores[Node(node)] == Double(node * (n - 1 - node)))
      }
      for edge in [0, 1, 4711, n - 2] {
        #expect(edges.values[edge] == Double((edge + 1) * (n - 1 - edge)))
      }
    }
  }

  @Test func `a chain of rings is searched ring by ring`() throws {
    // Rings of four that share corners: 4,000 of them are as many blocks.
    let count = 4000
    let graph = Graphs.build(
      3 * count + 1, .undirected,
      (0..<count).flatMap { i -> [(Int, Int)] in
        let a = 3 * i
        return [(a, a + 1), (a, a + 2), (a + 1, a + 3), (a + 2, a + 3)]
      })
    let scores = try Betweenness(isNormalised: false)(graph)
    let middle = 3 * count / 2
    #expect(scores[Node(middle)] == Double(middle * middle) + 1)
    #expect(scores[Node(0)] == 0.5)
    // One of two ways across for all pairs of the two sides, its twin apart.
    let (left, right) = (Double(3 * 5 + 1), Double(3 * (count - 6) + 1))
    #expect(close(scores[Node(3 * 5 + 1)], left * right / 2))
  }

  @Test func `a star of triangles has its centre between all others`() throws {
    let count = 500
    let graph = Graphs.build(
      2 * count + 1, .undirected,
      (0..<count).flatMap { i -> [(Int, Int)] in
        let a = 2 * i + 1
        return [(0, a), (0, a + 1), (a, a + 1)]
      })
    let scores = try Betweenness(isNormalised: false)(graph)
    #expect(scores[Node(0)] == Double(2 * count * (count - 1)))
    let edges = try EdgeBetweenness(isNormalised: false)(graph).values
    graph.forEachEdge { edge, a, _ in
      let expected = a.index == 0 ? Double(2 * count - 1) : 1
      #expect(edges[edge] == expected)
    }
  }

  private func lengths(of graph: Graph) -> Graph {
    var edges: [(Int, Int)] = []
    graph.forEachEdge { _, a, b in edges.append((Int(a.index), Int(b.index))) }
    return Graphs.build(
      graph.nodeCount, .undirected, edges, .length, edges.indices.map { 1 + Double($0 % 7) })
  }

  // MARK: The network of blocks

  @Test func `masses of a block add up to its component`() throws {
    for seed in 1...30 {
      let graph = sparse(seed: UInt64(seed), .length)
      let arcs = try PathArcs(graph, .outgoing, for: "test")
      let network = try BlockNetwork(arcs, Run())
      let components = try ConnectedComponents()(graph)
      for block in network.blocks {
        let mass = network.masses[block.copies].reduce(0, +)
        let node = Node(Int(network.nodes[block.copies.lowerBound]))
        let own = components.group[node]
        let whole = graph.nodes.count { components.group[$0] == own }
        #expect(mass == Double(whole))
        #expect(Set(network.nodes[block.copies]).count == block.copies.count)
        for copy in block.copies {
          for a in Int(network.arcs.offsets[copy])..<Int(network.arcs.offsets[copy + 1]) {
            #expect(block.copies.contains(Int(network.arcs.targets[a])))
          }
        }
      }
    }
  }

  // MARK: Runs

  @Test func `the number of threads changes no bit`() throws {
    let graph = Graphs.preferential(nodes: 1500, ties: 2, seed: 3)
    var edges: [(Int, Int)] = []
    graph.forEachEdge { _, a, b in edges.append((Int(a.index), Int(b.index))) }
    edges += (1500..<2000).map { ($0, $0 / 2) }
    let whole = Graphs.build(2000, .undirected, edges)
    let (one, three) = (try Betweenness()(whole), try Betweenness()(whole, Run(threads: 3)))
    #expect(one.all == three.all)
    let grid = Graphs.grid(8, 130)
    let (edgesOne, edgesTwo) = (
      try EdgeBetweenness()(grid).values.values,
      try EdgeBetweenness()(grid, Run(threads: 2)).values.values
    )
    #expect(edgesOne == edgesTwo)
  }

  @Test func `a cancelled run throws, before and within the searches`() throws {
    for graph in [Graphs.path(5000), Graphs.grid(9, 9)] {
      #expect(throws: AnalysisError.cancelled) {
        _ = try Betweenness()(graph, Run(isCancelled: { true }))
      }
      let asked = Mutex(0)
      let late = Run(isCancelled: {
        asked.withLock { count in
          count += 1
          return count > 2
        }
      })
      #expect(throws: AnalysisError.cancelled) { _ = try EdgeBetweenness()(graph, late) }
    }
  }

  @Test func `the estimate of memory covers the scratch space of every thread`() {
    let n = 1000
    let graph = Graphs.path(n)
    let (one, two) = (
      Betweenness().memory(for: graph, threads: 1), Betweenness().memory(for: graph, threads: 2)
    )
    // Eight lanes of numbers in three places and 64 levels for each node.
    #expect(two - one >= 4 * 64 * n)
    #expect(EdgeBetweenness().memory(for: graph, threads: 1) >= one)
    #expect(two < 20_000 * n)
  }
}
