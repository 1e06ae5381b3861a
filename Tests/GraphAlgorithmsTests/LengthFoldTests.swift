// SPDX-License-Identifier: Apache-2.0

import GraphCore
import TestSupport
import Testing

@testable import GraphAlgorithms

/// Distance sums with lengths, leaves set apart, against one search a node over all arcs.
@Suite struct LengthFoldTests {
  @Test(arguments: [Graph.Direction.undirected, .directed])
  func `leaves have the sums that searches from them find`(direction: Graph.Direction) throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      for edges in [12, 30, 45, 90] {
        let graph = Graphs.random(
          nodes: 40, edges: edges, direction, weighting: .length, seed: seed)
        try expectPlainSums(graph)
      }
    }
  }

  @Test func `stars, chains, pairs and parallel edges keep their sums`() throws {
    let star = (1..<9).map { (0, $0) }
    let chain = (0..<8).map { ($0, $0 + 1) }
    let others = [(0, 1), (1, 0), (2, 3), (3, 4), (4, 3), (5, 5), (6, 5), (6, 7), (8, 8)]
    for edges in [star, chain, others, [(0, 1)], []] {
      for direction in [Graph.Direction.undirected, .directed] {
        try expectPlainSums(
          Graph(
            nodeCount: 9, direction: direction, weighting: .length,
            sources: edges.map { Int32($0.0) }, targets: edges.map { Int32($0.1) },
            weights: edges.indices.map { 1 + Double($0 * 7 % 5) / 3 }))
      }
    }
  }

  @Test func `leaves are what hangs on a node with other ties`() throws {
    let graph = try Graph(
      nodeCount: 6, direction: .undirected, weighting: .length, sources: [0, 0, 0, 4],
      targets: [1, 2, 3, 5], weights: [3, 1, 2, 1])
    let fold = LengthFold(try PathArcs(graph, .incoming, for: "test"), isDirected: false)
    #expect(fold.nodes == [0, 4, 5])
    #expect(fold.leaves == [2, 3, 1])
    #expect(fold.lengths == [1, 2, 3])
    #expect(fold.leaves(of: 0) == 0..<3)
    #expect(fold.leaves(of: 2).isEmpty)
  }

  private func expectPlainSums(
    _ graph: Graph, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for direction in PathDirection.allCases {
      let found = try DistanceSums(graph, direction, for: "test", Run(threads: 2))
      let arcs = try PathArcs(graph, direction, for: "test")
      let search = Dijkstra(arcs, lengths: arcs.lengths ?? [])
      for u in 0..<graph.nodeCount {
        search.run(from: Int32(u))
        let all = (0..<graph.nodeCount).map { unsafe search.distance.base[$0] }
        let distances = all.filter { $0 > 0 && $0 < .infinity }
        let sum = distances.reduce(0, +)
        let reciprocal = distances.reduce(0) { $0 + 1 / $1 }
        #expect(found.reached[u] == Double(distances.count), sourceLocation: sourceLocation)
        #expect(abs(found.distance[u] - sum) <= 1e-13 * sum, sourceLocation: sourceLocation)
        #expect(
          abs(found.reciprocal[u] - reciprocal) <= 1e-13 * reciprocal,
          sourceLocation: sourceLocation)
      }
    }
  }
}
