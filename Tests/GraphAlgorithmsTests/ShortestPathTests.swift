// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Shortest ways against the list of all ways.
@Suite struct ShortestPathTests {
  @Test func `distances and ways of small graphs are the best of all ways`() throws {
    for n in 1...4 {
      for (index, graph) in Graphs.all(nodes: n, .undirected).enumerated() {
        try expectBest(graph)
        var generator = SeededGenerator(seed: UInt64(index))
        for weighting in [Graph.Weighting.length, .strength] {
          try expectBest(weighted(graph, weighting, &generator))
        }
      }
    }
    for (index, graph) in Graphs.all(nodes: 3, .directed).enumerated() {
      try expectBest(graph)
      var generator = SeededGenerator(seed: UInt64(index))
      try expectBest(weighted(graph, .length, &generator))
    }
    for seed in 1...12 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let edges = (0..<13).map { _ in (generator.below(6), generator.below(6)) }
      for direction in [Graph.Direction.undirected, .directed] {
        let graph = Graphs.build(6, direction, edges)
        try expectBest(graph)
        try expectBest(weighted(graph, .length, &generator))
        try expectBest(weighted(graph, .strength, &generator))
      }
    }
  }

  @Test func `of several shortest ways the one from the first nodes is taken`() throws {
    let grid = Graphs.grid(3, 3)
    let path = try ShortestPaths(from: Node(0))(grid).path(to: Node(8))
    #expect(path?.nodes.map(\.index) == [0, 1, 2, 5, 8])
    // 1/3 + 1/3 + 1/3 and 1 are the same length, and node 0 comes first.
    let ties = Graphs.build(
      4, .undirected, [(1, 2), (2, 3), (0, 3), (0, 1)], .strength, [3, 3, 3, 1.5])
    let third = try ShortestPaths(from: Node(1))(ties)
    #expect(third.path(to: Node(3))?.nodes.map(\.index) == [1, 2, 3])
    let parallel = Graphs.build(
      2, .undirected, [(0, 1), (0, 1), (0, 1), (1, 1)], .length, [3, 2, 2, 1])
    let edge = try ShortestPaths(from: Node(1))(parallel).path(to: Node(0))
    #expect(edge?.edges.map(\.index) == [1] && edge?.length == 2)
    let even = Graphs.build(
      5, .undirected, [(2, 1), (2, 3), (2, 4), (0, 1), (0, 3), (0, 4)], .strength,
      [1, 3, 3, 1, 3, 3])
    #expect(
      try ShortestPaths(from: Node(2))(even).path(to: Node(0))?.nodes.map(\.index) == [2, 3, 0])
  }

  @Test func `a search for one target finds the way that a search for all finds`() throws {
    for weighting in [nil, Graph.Weighting.length, .strength] {
      let graph = Graphs.random(
        nodes: 400, edges: 700, weighting: weighting, largestWeight: 5, seed: 8)
      let all = try ShortestPaths(from: Node(3))(graph)
      for target in stride(from: 0, to: 400, by: 23) {
        let one = try ShortestPaths(from: Node(3), to: Node(target))(graph)
        #expect(one.path(to: Node(target)) == all.path(to: Node(target)))
      }
    }
  }

  @Test func `a length that is lost in rounding does not break a way`() throws {
    let graph = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .length, [1e200, 1e-200])
    for target in [nil, Node(2)] {
      let paths = try ShortestPaths(from: Node(0), to: target)(graph)
      #expect(paths.path(to: Node(2))?.nodes.map(\.index) == [0, 1, 2])
      #expect(paths.predecessor(of: Node(0)) == nil && paths.predecessor(of: Node(2)) == Node(1))
    }
  }

  @Test func `directions are followed as asked`() throws {
    let chain = Graphs.path(4, .directed)
    let along = try ShortestPaths(from: Node(1))(chain)
    #expect(along.distance(to: Node(3)) == 2 && along.distance(to: Node(0)) == nil)
    #expect(along.path(to: Node(0)) == nil)
    let against = try ShortestPaths(from: Node(1), along: .incoming)(chain)
    #expect(against.distance(to: Node(0)) == 1 && against.distance(to: Node(2)) == nil)
    let both = try ShortestPaths(from: Node(1), along: .total)(chain)
    #expect(both.distance(to: Node(0)) == 1 && both.distance(to: Node(3)) == 2)
    let none = both.path(to: Node(1))
    #expect(none?.nodes == [Node(1)] && none?.edges.isEmpty == true && none?.length == 0)
  }

  @Test func `what is outside the domain is refused and cancelled runs throw`() throws {
    #expect(throws: AnalysisError.self) { _ = try ShortestPaths()(Graphs.empty(0)) }
    for node in [-1, 3] {
      #expect(throws: AnalysisError.self) {
        _ = try ShortestPaths(from: Node(0), to: Node(node))(Graphs.path(3))
      }
    }
    for weight in [0, -1.0] {
      let graph = Graphs.build(2, .undirected, [(0, 1)], .length, [weight])
      #expect(throws: AnalysisError.self) { _ = try ShortestPaths()(graph) }
    }
    for weighting in [nil, Graph.Weighting.length] {
      let graph = Graphs.build(
        2500, .undirected, (1..<2500).map { ($0 - 1, $0) }, weighting,
        weighting.map { _ in Array(repeating: 2, count: 2499) })
      for times in [0, 3] {
        let late = Countdown(times)
        #expect(throws: AnalysisError.cancelled) {
          _ = try ShortestPaths()(graph, Run(isCancelled: { late.isOver }))
        }
      }
      #expect(try ShortestPaths()(graph).path(to: Node(2499))?.edges.count == 2499)
      #expect(ShortestPaths().memory(for: graph, threads: 1) >= 80 * graph.nodeCount)
    }
    let analysis = ShortestPaths(from: Node(4), to: Node(2), along: .total)
    #expect(
      try JSONDecoder().decode(ShortestPaths.self, from: JSONEncoder().encode(analysis))
        == analysis)
  }

  private func weighted(
    _ graph: Graph, _ weighting: Graph.Weighting, _ generator: inout SeededGenerator
  ) -> Graph {
    var edges: [(Int, Int)] = []
    graph.forEachEdge { _, s, t in edges.append((Int(s.index), Int(t.index))) }
    let weights = edges.map { _ in Double(1 + generator.below(3)) }
    return Graphs.build(graph.nodeCount, graph.direction, edges, weighting, weights)
  }

  private func length(of edge: Edge, in graph: Graph) -> Double {
    graph.weighting == .strength ? 1 / graph.weight(of: edge) : graph.weight(of: edge)
  }

  private func expectBest(_ graph: Graph) throws {
    let oracle = PathOracle(graph)
    for source in graph.nodes {
      let paths = try ShortestPaths(from: source)(graph)
      for target in graph.nodes {
        let expected = oracle.distance[Int(source.index)][Int(target.index)]
        guard let path = paths.path(to: target), let distance = paths.distance(to: target) else {
          #expect(expected == .infinity)
          continue
        }
        #expect(abs(distance - expected) < 1e-9)
        #expect(path.nodes.first == source && path.nodes.last == target)
        #expect(Set(path.nodes).count == path.nodes.count)
        var length = 0.0
        for (i, edge) in path.edges.enumerated() {
          let (a, b) = graph.ends(of: edge)
          let (u, v) = (path.nodes[i], path.nodes[i + 1])
          #expect((a, b) == (u, v) || (graph.direction == .undirected && (b, a) == (u, v)))
          length += self.length(of: edge, in: graph)
        }
        #expect(path.edges.count == path.nodes.count - 1 && abs(length - expected) < 1e-9)
        // No node before another on a shortest way comes earlier than the one named.
        if let before = paths.predecessor(of: target) {
          let firsts = graph.nodes.filter { node in
            let way = oracle.distance[Int(source.index)][Int(node.index)]
            return graph.arcs(from: node).contains { arc in
              arc.target == target && node != target
                && abs(way + self.length(of: arc.edge, in: graph) - expected) < 1e-9
            }
          }
          #expect(firsts.first == before)
        }
      }
    }
  }
}
