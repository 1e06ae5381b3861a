// SPDX-License-Identifier: Apache-2.0

import GraphCore
import TestSupport
import Testing

@testable import GraphAlgorithms

/// The first places by closeness against all scores.
@Suite struct TopClosenessTests {
  @Test(arguments: TopCloseness.Measure.allCases)
  func `every small graph has the first places of all its scores`(
    measure: TopCloseness.Measure
  ) throws {
    for n in 1...4 {
      for graph in Graphs.all(nodes: n, .undirected) {
        try expectFirstPlaces(graph, measure, [1, 2])
      }
    }
    for graph in Graphs.all(nodes: 3, .directed) { try expectFirstPlaces(graph, measure, [1, 2]) }
  }

  @Test(
    arguments: TopCloseness.Measure.allCases, [Graph.Direction.undirected, .directed])
  func `searches that stop early leave the first places as they are`(
    measure: TopCloseness.Measure, direction: Graph.Direction
  ) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      for edges in [60, 120, 300] {
        let graph = Graphs.random(nodes: 100, edges: edges, direction, seed: seed)
        try expectFirstPlaces(graph, measure, [1, 4, 20])
      }
    }
  }

  @Test(arguments: TopCloseness.Measure.allCases)
  func `deep and regular graphs have the first places of all their scores`(
    measure: TopCloseness.Measure
  ) throws {
    let parallel = [(0, 1), (1, 0), (1, 2), (2, 2), (2, 3), (3, 4), (3, 4), (5, 5), (6, 7)]
    let graphs = [
      Graphs.path(60), Graphs.cycle(31), Graphs.star(40), Graphs.grid(7, 9), Graphs.petersen(),
      Graphs.barbell(6, bridge: 5), Graphs.kite(), Graphs.empty(5), Graphs.complete(9),
      Graphs.path(40, .directed), Graphs.star(9, .directed),
      Graphs.build(8, .undirected, parallel), Graphs.build(8, .directed, parallel),
    ]
    for graph in graphs { try expectFirstPlaces(graph, measure, [1, 2, 7]) }
  }

  @Test func `few searches suffice where hubs are near everyone`() throws {
    let graph = Graphs.preferential(nodes: 800, ties: 3, seed: 2)
    for measure in TopCloseness.Measure.allCases {
      let top = TopCloseness(measure, count: 5)
      // Full searches from 30 of the 800 nodes would take more.
      let found = try top.pruned(graph, Run()) { arcs, _ in 30 * arcs.targets.count }?.ranking()
      #expect(try found == top.complete(graph, Run()).ranking())
      #expect(try top(graph).ranking() == found)
      #expect(try top.pruned(graph, Run()) { _, _ in 0 } == nil)
    }
  }

  @Test func `all nodes tied at the last place are given`() throws {
    #expect(try TopCloseness(count: 2)(Graphs.cycle(700)).ranking().count == 700)
    let star = try TopCloseness(.harmonic, count: 1)(Graphs.star(700)).ranking()
    #expect(star == [Ranked(node: Node(0), score: 699, rank: 1)])
    #expect(try TopCloseness(count: 2)(Graphs.star(700)).ranking().count == 700)
    let chain = try TopCloseness(count: 1)(Graphs.path(1_000)).ranking()
    #expect(chain.map(\.node) == [Node(499), Node(500)])
  }

  @Test func `lengths count`() throws {
    let graph = try Graph(
      nodeCount: 4, direction: .undirected, weighting: .length, sources: [0, 1, 2],
      targets: [1, 2, 3], weights: [1, 1, 10])
    #expect(try TopCloseness(.harmonic, count: 1)(graph).ranking().map(\.node) == [Node(1)])
    #expect(try TopCloseness(.harmonic, count: 4)(graph) == Harmonic()(graph))
  }

  @Test(arguments: [0, -3]) func `no place is an error`(count: Int) {
    #expect(
      throws: AnalysisError.invalidOption(
        analysis: "top-closeness", option: "count", value: "\(count)", requirement: "at least 1")
    ) { try TopCloseness(count: count)(Graphs.path(3)) }
  }

  @Test(arguments: [10, 700]) func `a cancelled search for first places throws`(n: Int) {
    let run = Run(isCancelled: { true })
    #expect(throws: AnalysisError.cancelled) { try TopCloseness()(Graphs.path(n), run) }
  }

  @Test func `the estimate of memory holds that of all scores`() {
    let graph = Graphs.preferential(nodes: 600, ties: 2, seed: 1)
    #expect(
      TopCloseness().memory(for: graph, threads: 2) > Closeness().memory(for: graph, threads: 2))
  }

  private func expectFirstPlaces(
    _ graph: Graph, _ measure: TopCloseness.Measure, _ counts: [Int],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for direction in PathDirection.allCases {
      let all =
        try measure == .closeness
        ? Closeness(.wassermanFaust, direction)(graph) : Harmonic(direction)(graph)
      for count in counts {
        let first = all.ranking().filter { $0.rank <= count }
        let top = TopCloseness(measure, count: count, direction)
        let pruned = try top.pruned(graph, Run()) { _, _ in .max }
        #expect(
          pruned?.ranking() == first && pruned?.convention == all.convention,
          "\(graph.nodeCount) nodes, \(count) places, \(direction)", sourceLocation: sourceLocation)
        let complete = try top(graph).ranking()
        #expect(complete == first, sourceLocation: sourceLocation)
      }
    }
  }
}
