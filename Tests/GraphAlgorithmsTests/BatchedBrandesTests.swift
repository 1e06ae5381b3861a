// SPDX-License-Identifier: Apache-2.0

import GraphCore
import TestSupport
import Testing

@testable import GraphAlgorithms

/// The batched accumulation, which large networks of few levels take, against the one that does one
/// source at a time.
@Suite struct BatchedBrandesTests {
  static let samples: [Graph] = [
    Graphs.empty(3), Graphs.path(17), Graphs.path(9, .directed), Graphs.star(12), Graphs.kite(),
    Graphs.petersen(), Graphs.grid(5, 7), Graphs.barbell(5, bridge: 3),
    Graphs.random(nodes: 60, edges: 90, seed: 1), Graphs.random(nodes: 60, edges: 250, seed: 2),
    Graphs.random(nodes: 60, edges: 40, .directed, seed: 3),
    Graphs.random(nodes: 60, edges: 200, .directed, seed: 4),
    Graphs.preferential(nodes: 100, ties: 2, seed: 5),
  ]

  @Test func `many sources at once count what one at a time counts`() throws {
    for (index, graph) in Self.samples.enumerated() {
      let arcs = try PathArcs(graph, .outgoing, for: "test")
      let n = graph.nodeCount
      var order = Array(0..<Int32(n))
      var generator = SeededGenerator(seed: UInt64(index))
      generator.shuffle(&order)
      let (one, many) = (
        UnweightedBrandes(arcs, .nodes, for: "test"),
        BatchedBrandes(
          arcs, padded: BatchedArcs(arcs, isTwoWay: false), sources: order, for: "test")
      )
      for source in 0..<n { try one.add(source) }
      for batch in 0..<(n + 63) / 64 { try many.add(batch) }
      let (expected, sums) = (one.takeSums(), many.takeSums())
      for node in 0..<n { #expect(close(sums[node], expected[node]), "sample \(index), \(node)") }
      // Nothing is left behind by the batches before.
      for batch in (0..<(n + 63) / 64).reversed() { try many.add(batch) }
      let again = many.takeSums()
      for node in 0..<n { #expect(close(again[node], expected[node]), "sample \(index), \(node)") }
    }
  }

  @Test func `too many paths are noticed`() throws {
    let count = 1100
    let edges = (0..<count).flatMap { i -> [(Int, Int)] in
      [(3 * i, 3 * i + 1), (3 * i, 3 * i + 2), (3 * i + 1, 3 * i + 3), (3 * i + 2, 3 * i + 3)]
    }
    let graph = Graphs.build(3 * count + 1, .undirected, edges)
    let arcs = try PathArcs(graph, .outgoing, for: "test")
    let batches = BatchedBrandes(
      arcs, padded: BatchedArcs(arcs, isTwoWay: false), sources: [0], for: "test")
    #expect(throws: AnalysisError.self) { try batches.add(0) }
  }
}
