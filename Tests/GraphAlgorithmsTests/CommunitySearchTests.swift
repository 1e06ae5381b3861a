// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import Synchronization
import TestSupport
import Testing

/// What the searches promise whatever they find: connected groups, the same bytes, the way out.
@Suite struct CommunitySearchTests {
  @Test func `every community of Leiden is connected, by any objective, on any graph`() throws {
    for seed in stride(from: 1, to: 40, by: 3) {
      for graph in CommunityOracle.mixture(nodes: 60, edges: 50 + 4 * seed, seed: UInt64(seed)) {
        for analysis in [
          Leiden(resolution: 0.2, runs: 1, rounds: 1), Leiden(runs: 1),
          Leiden(resolution: 3, runs: 1, rounds: 2),
          Leiden(objective: .constantPotts, resolution: 0.02, runs: 1, rounds: 1),
          Leiden(objective: .relativePotts, runs: 1, ignoresDirection: true),
        ] {
          let found = try analysis(graph)
          #expect(CommunityOracle.isConnected(found.partition, in: graph), "seed \(seed)")
          #expect(found.partition.sizes.reduce(0, +) == graph.nodeCount)
          let value = try analysis.value(of: found.partition, in: graph)
          #expect(abs(value - (found.quality ?? .nan)) < 1e-9)
        }
      }
    }
  }

  @Test func `communities of a large graph, whose search ends early, are connected`() throws {
    // Beyond 200,000 nodes and edges a search may end after moving nodes alone. A grid is so plain
    // that it gets there in little time.
    let graph = Graphs.grid(260, 260)
    let found = try Leiden(runs: 1)(graph)
    #expect(CommunityOracle.isConnected(found.partition, in: graph))
    #expect((found.modularity ?? 0) > 0.95)
    let settled = try Leiden(runs: 1)(Graphs.preferential(nodes: 2000, ties: 2, seed: 3))
    #expect((settled.modularity ?? 0) > 0.5)
  }

  @Test func `Louvain gives the modularity of its division, and Leiden none lower`() throws {
    for seed in 1...4 {
      for graph in CommunityOracle.mixture(nodes: 50, edges: 120, seed: UInt64(seed)) {
        let found = try Louvain(runs: 5)(graph)
        let value = try Modularity()(graph, found.partition)
        #expect(found.modularity == found.quality && abs(value - (found.quality ?? 0)) < 1e-12)
        #expect((try Leiden(runs: 20)(graph).quality ?? 0) >= value - 1e-12)
        #expect(found.runs == 5 && (1...5).contains(found.runsAtBest))
        #expect(try Louvain(runs: 5)(graph) == found)
      }
    }
  }

  @Test func `Louvain finds what is plain, and refuses what is outside its domain`() throws {
    let halves = Partition(labels: [0, 0, 0, 1, 1, 1])
    #expect(try Louvain()(Graphs.barbell(3, bridge: 0)).partition == halves)
    let ring = CommunityOracle.ringOfCliques(12, of: 6)
    #expect(try Louvain(resolution: 2)(ring).partition.sizes == [Int](repeating: 6, count: 12))
    for graph in [Graphs.empty(0), Graphs.empty(3, .directed)] {
      let found = try Louvain()(graph)
      #expect(found.modularity == nil && found.partition.groupCount == graph.nodeCount)
    }
    let negative = Graphs.build(2, .undirected, [(0, 1)], .strength, [-1])
    let length = Graphs.build(2, .undirected, [(0, 1)], .length, [1])
    for graph in [negative, length] {
      #expect(throws: AnalysisError.self) { _ = try Louvain()(graph) }
      #expect(try Louvain(ignoresWeights: true)(graph).partition.groupCount == 1)
    }
    for analysis in [Louvain(resolution: -1), Louvain(runs: 0)] {
      #expect(throws: AnalysisError.self) { _ = try analysis(Graphs.path(3)) }
    }
  }

  @Test func `Louvain never beats the best of all divisions and often reaches it`() throws {
    var reached = 0
    var count = 0
    for (i, graph) in Graphs.all(nodes: 5, .undirected).enumerated() where i % 4 == 1 {
      let gains = CommunityOracle.Gains(modularity: graph, resolution: 1, isDirected: false)
      let (best, found) = (gains.best(), try Louvain(runs: 6)(graph).modularity ?? 2)
      #expect(found <= best + 1e-12)
      count += 1
      if found >= best - 1e-12 { reached += 1 }
    }
    #expect(Double(reached) >= 0.95 * Double(count))
  }

  @Test func `searches shared among threads give the same bytes`() throws {
    let plain = Graphs.preferential(nodes: 1000, ties: 2, seed: 6)
    let strong = Graphs.random(
      nodes: 1000, edges: 2500, .directed, weighting: .strength, seed: 7)
    for graph in [plain, strong] {
      let leiden = try Leiden(runs: 3, rounds: 2)(graph)
      let louvain = try Louvain(runs: 3)(graph)
      for threads in [2, 8] {
        #expect(try Leiden(runs: 3, rounds: 2)(graph, Run(threads: threads)) == leiden)
        #expect(try Louvain(runs: 3)(graph, Run(threads: threads)) == louvain)
      }
    }
  }

  @Test func `edges without strength are as if they were not there`() throws {
    let graph = Graphs.random(nodes: 50, edges: 120, weighting: .strength, seed: 4)
    var edges: [(Int, Int)] = []
    graph.forEachEdge { _, a, b in edges.append((Int(a.index), Int(b.index))) }
    let weights = graph.edgeWeights ?? []
    let padded = Graphs.build(
      50, .undirected, edges + (0..<49).map { ($0, $0 + 1) }, .strength,
      weights + [Double](repeating: 0, count: 49))
    for analysis in [Leiden(), Leiden(objective: .constantPotts, resolution: 0.2)] {
      let (bare, found) = (try analysis(graph), try analysis(padded))
      #expect(found.partition == bare.partition && found.quality == bare.quality)
    }
  }

  @Test func `parallel edges count as one edge of their strengths together`() throws {
    let edges = [(0, 1), (0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (4, 5), (5, 3), (0, 0)]
    let parallel = Graphs.build(6, .undirected, edges)
    let merged = parallel.simplified(merging: .count, keepsSelfLoops: true).graph
    for analysis in [Leiden(), Leiden(objective: .constantPotts, resolution: 0.5)] {
      let (a, b) = (try analysis(parallel), try analysis(merged))
      #expect(a.partition == b.partition && a.partition.groupCount == 2)
      #expect(abs((a.quality ?? 0) - (b.quality ?? 1)) < 1e-12)
    }
  }

  @Test func `a hub of very many ties is divided like any other`() throws {
    let star = try Leiden()(Graphs.star(3000))
    #expect(star.partition.groupCount == 1 && star.modularity == 0)
  }

  @Test func `a search can be cancelled at any checkpoint, on any thread`() throws {
    let graph = Graphs.preferential(nodes: 1500, ties: 2, seed: 1)
    for analysis in [Leiden(runs: 3), Leiden(objective: .constantPotts, resolution: 0.1, runs: 3)] {
      for threads in [1, 2] {
        for limit in [0, 1, 2, 5, 9] {
          let asked = Mutex(0)
          let run = Run(
            threads: threads,
            isCancelled: {
              asked.withLock { count in
                count += 1
                return count > limit
              }
            })
          let error = #expect(throws: AnalysisError.self) { _ = try analysis(graph, run) }
          #expect(error == .cancelled)
        }
      }
    }
    let run = Run(isCancelled: { true })
    #expect(throws: AnalysisError.cancelled) { _ = try Louvain()(graph, run) }
  }

  @Test(arguments: [1e-300, 1e-170, 1, 1e160, 1e300])
  func `the unit of the strengths changes no group`(_ strength: Double) throws {
    let triangles = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    for direction in [Graph.Direction.undirected, .directed] {
      let graph = Graphs.build(
        6, direction, triangles, .strength, triangles.map { _ in strength })
      let halves = Partition(labels: [0, 0, 0, 1, 1, 1])
      #expect(try Leiden()(graph).partition == halves)
      #expect(try Louvain()(graph).partition == halves)
      #expect(try Leiden(objective: .relativePotts)(graph).partition == halves)
      #expect(try LabelPropagation()(graph).partition == halves)
      let modularity = try #require(try Leiden()(graph).modularity)
      #expect(modularity > 0.35 && modularity < 0.5)
    }
  }

  @Test func `a ranking of infinite scores ends, with ties`() {
    let convention = Convention(
      direction: "undirected", weights: "none", components: "all", normalisation: "none")
    let scores = Scores([1, .infinity, -.infinity, .infinity, 2], convention: convention)
    #expect(scores.ranking().map(\.node.index) == [1, 3, 4, 0, 2])
    #expect(scores.ranking().map(\.rank) == [1, 1, 3, 4, 5])
  }

  @Test func `strengths whose sum is no number are refused`() {
    let graph = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [1e308, 1e308])
    for search in [Leiden() as any Analysis<Communities>, Louvain(), LabelPropagation()] {
      let error = #expect(throws: AnalysisError.self) { _ = try search(graph) }
      #expect(error?.description.contains("add up to less than") ?? false)
    }
    let error = #expect(throws: AnalysisError.self) { _ = try Strength()(graph) }
    #expect(error?.description.contains("more than a number can hold") ?? false)
  }

  @Test func `memory grows with the graph and with the threads that have a search to make`() {
    let small = Graphs.preferential(nodes: 1200, ties: 2, seed: 1)
    let large = Graphs.preferential(nodes: 2400, ties: 2, seed: 1)
    let one = Leiden(runs: 2).memory(for: small, threads: 1)
    #expect(one > 8 * small.edgeCount + 40 * small.nodeCount)
    let two = Leiden(runs: 2).memory(for: small, threads: 2)
    #expect(two > one && two < 2 * one)
    #expect(Leiden(runs: 2).memory(for: small, threads: 9) == two)
    #expect(Leiden(runs: 1).memory(for: small, threads: 2) == one)
    #expect(Leiden(runs: 2).memory(for: large, threads: 1) > one)
    #expect(Louvain(runs: 2).memory(for: small, threads: 1) == one)
    // Under 1,000 nodes one thread does all.
    let tiny = Graphs.grid(10, 10)
    #expect(Leiden().memory(for: tiny, threads: 1) == Leiden().memory(for: tiny, threads: 2))
  }
}
