// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Modularity against its definition; Leiden against the best of all divisions.
@Suite struct CommunityTests {
  // MARK: Modularity

  @Test func `modularity is the double sum of its definition`() throws {
    for seed in 1...12 {
      let seed = UInt64(seed)
      for graph in [
        Graphs.random(nodes: 12, edges: 25, seed: seed),
        Graphs.random(nodes: 12, edges: 25, weighting: .strength, seed: seed),
        Graphs.random(nodes: 12, edges: 40, .directed, weighting: .strength, seed: seed),
        Graphs.build(
          4, .undirected, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 3)], .strength, [1, 2, 3, 4, 5]),
        Graphs.build(
          4, .directed, [(0, 0), (0, 1), (0, 1), (1, 2), (3, 2)], .strength, [1, 2, 3, 4, 5]),
      ] {
        var generator = SeededGenerator(seed: seed)
        let labels = (0..<graph.nodeCount).map { _ in Int32(generator.below(3)) }
        for resolution in [0.5, 1, 1.7] {
          for ignoresDirection in [false, true] {
            let modularity = Modularity(
              resolution: resolution, ignoresDirection: ignoresDirection)
            let found = try modularity(graph, Partition(labels: labels))
            let isDirected = graph.direction == .directed && !ignoresDirection
            let expected = doubleSum(graph, labels, resolution, isDirected: isDirected)
            #expect(abs(found - expected) < 1e-12)
          }
        }
      }
    }
  }

  @Test func `two triangles joined by an edge have the modularity 5/14`() throws {
    let graph = Graphs.barbell(3, bridge: 0)
    let halves = Partition(labels: [0, 0, 0, 1, 1, 1])
    #expect(abs(try Modularity()(graph, halves) - 5.0 / 14) < 1e-15)
    let found = try Leiden()(graph)
    #expect(found.partition == halves)
    #expect(abs((found.modularity ?? 0) - 5.0 / 14) < 1e-15)
    #expect(found.ties.map(\.size) == [3, 3])
    #expect(found.ties.map(\.internalEdges) == [3, 3])
    #expect(found.ties.map(\.externalEdges) == [1, 1])
    #expect(found.runsAtBest == found.runs)
  }

  @Test func `weights outside the domain are refused`() throws {
    let negative = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [1, -2])
    let length = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .length, [1, 2])
    for graph in [negative, length] {
      let all = Partition(labels: [0, 0, 0])
      #expect(throws: AnalysisError.self) { _ = try Leiden()(graph) }
      #expect(throws: AnalysisError.self) { _ = try Modularity()(graph, all) }
      #expect(try Leiden(ignoresWeights: true)(graph).modularity != nil)
    }
    let error = #expect(throws: AnalysisError.self) { _ = try Leiden()(negative) }
    #expect(error?.description == "leiden needs strengths of 0 or more, but edge 1 weighs -2.0")
    for analysis in [
      Leiden(resolution: -1), Leiden(resolution: .nan), Leiden(runs: 0), Leiden(rounds: 0),
    ] {
      #expect(throws: AnalysisError.self) { _ = try analysis(Graphs.path(3)) }
    }
  }

  @Test func `without strength every node is alone and modularity is not defined`() throws {
    let weightless = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [0, 0])
    for graph in [Graphs.empty(0), Graphs.empty(3), Graphs.empty(3, .directed), weightless] {
      let found = try Leiden()(graph)
      #expect(found.modularity == nil)
      #expect(found.partition.groupCount == graph.nodeCount)
      #expect(throws: AnalysisError.self) { _ = try Modularity()(graph, found.partition) }
    }
  }

  // MARK: Leiden

  @Test func `Leiden finds the best of all divisions of all small graphs`() throws {
    for graph in Graphs.all(nodes: 5, .undirected) where graph.edgeCount > 0 {
      try expectOptimum(graph, Leiden(runs: 6))
    }
    for graph in Graphs.all(nodes: 3, .directed) where graph.edgeCount > 0 {
      try expectOptimum(graph, Leiden(runs: 6))
    }
  }

  @Test func `Leiden finds the best of all divisions of random weighted graphs`() throws {
    for seed in 1...8 {
      let seed = UInt64(seed)
      try expectOptimum(
        Graphs.random(nodes: 7, edges: 12, weighting: .strength, seed: seed), Leiden(runs: 20))
      try expectOptimum(
        Graphs.random(nodes: 7, edges: 16, .directed, weighting: .strength, seed: seed),
        Leiden(resolution: 1.3, runs: 20))
    }
  }

  @Test func `every community is connected and its modularity is that of the division`() throws {
    var graphs = (1...6).map { Graphs.random(nodes: 120, edges: 150 * $0, seed: UInt64($0)) }
    graphs.append(Graphs.random(nodes: 120, edges: 400, .directed, weighting: .strength, seed: 9))
    graphs.append(Graphs.preferential(nodes: 300, ties: 2, seed: 4))
    graphs.append(Graphs.grid(12, 15))
    for graph in graphs {
      for resolution in [0.3, 1, 3] {
        let analysis = Leiden(resolution: resolution, runs: 3)
        let found = try analysis(graph)
        for members in found.partition.members {
          let inside = Set(members)
          let part = graph.subgraph(nodes: { inside.contains($0) }).graph
          #expect(try ConnectedComponents(.weak)(part).groupCount == 1)
        }
        let value = try analysis.value(of: found.partition, in: graph)
        #expect(abs(value - (found.modularity ?? .nan)) < 1e-12)
        let ties = found.ties
        #expect(ties.map(\.size) == found.partition.sizes)
        #expect(
          ties.reduce(0) { $0 + 2 * $1.internalEdges + $1.externalEdges } == 2 * graph.edgeCount)
      }
    }
  }

  @Test func `no node gains by moving to another community or out of its own`() throws {
    for seed in 1...5 {
      let graph = Graphs.random(nodes: 60, edges: 140, weighting: .strength, seed: UInt64(seed))
      let found = try Leiden(runs: 2)(graph)
      let best = try #require(found.modularity)
      for node in graph.nodes {
        for group in 0...Int32(found.partition.groupCount) {
          var labels = found.partition.group.values
          labels[Int(node.index)] = group
          #expect(try Modularity()(graph, Partition(labels: labels)) <= best + 1e-12)
        }
      }
    }
  }

  @Test func `the same seed gives the same division, and more runs none worse`() throws {
    let graph = Graphs.random(nodes: 200, edges: 400, seed: 5)
    let once = try Leiden(runs: 1)(graph)
    #expect(try Leiden(runs: 1)(graph) == once)
    let more = try Leiden(runs: 10)(graph)
    #expect((more.modularity ?? 0) >= (once.modularity ?? 1))
    #expect(try Leiden(runs: 10)(graph, Run(threads: 8)) == more)
    let other = try Leiden(runs: 1, seed: 99)(graph)
    #expect(other.partition != once.partition)
  }

  @Test func `a larger resolution gives more communities`() throws {
    let graph = Graphs.grid(10, 10)
    let counts = try [0.1, 1, 5].map { try Leiden(resolution: $0)(graph).partition.groupCount }
    #expect(counts == counts.sorted() && counts[0] < counts[2])
    #expect(try Leiden(resolution: 0)(graph).partition.groupCount == 1)
  }

  @Test func `planted groups are found`() throws {
    // Four groups of 25, each a dense random graph, with a few ties between them.
    var generator = SeededGenerator(seed: 11)
    var edges: [(Int, Int)] = []
    for a in 0..<100 {
      for b in a + 1..<100 where generator.unit() < (a / 25 == b / 25 ? 0.4 : 0.01) {
        edges.append((a, b))
      }
    }
    let found = try Leiden()(Graphs.build(100, .undirected, edges))
    #expect(found.partition == Partition(labels: (0..<100).map { Int32($0 / 25) }))
  }

  private func doubleSum(
    _ graph: Graph, _ labels: [Int32], _ resolution: Double, isDirected: Bool
  ) -> Double {
    let n = graph.nodeCount
    var a = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    graph.forEachEdge { edge, source, target in
      a[Int(source.index)][Int(target.index)] += graph.weight(of: edge)
      if !isDirected { a[Int(target.index)][Int(source.index)] += graph.weight(of: edge) }
    }
    let out = a.map { $0.reduce(0, +) }
    let into = (0..<n).map { v in a.reduce(0) { $0 + $1[v] } }
    let total = out.reduce(0, +)
    var sum = 0.0
    for u in 0..<n {
      for v in 0..<n where labels[u] == labels[v] {
        sum += a[u][v] - resolution * out[u] * into[v] / total
      }
    }
    return sum / total
  }

  private func expectOptimum(_ graph: Graph, _ analysis: Leiden) throws {
    var best = -Double.infinity
    forEachDivision(of: graph.nodeCount) { labels in
      let value = doubleSum(
        graph, labels, analysis.resolution, isDirected: graph.direction == .directed)
      best = max(best, value)
    }
    let found = try #require(try analysis(graph).modularity)
    #expect(abs(found - best) < 1e-12)
  }

  // Every division once: a node joins a group that an earlier node is in, or starts the next one.
  private func forEachDivision(of n: Int, _ body: ([Int32]) -> Void) {
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
}
