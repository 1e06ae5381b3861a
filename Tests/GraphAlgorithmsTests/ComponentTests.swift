// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Weak components where sampling, skipping and threads can go wrong.
@Suite struct ComponentTests {
  @Test func `components of a sparse random graph are those of a union by hand`() throws {
    for direction in [Graph.Direction.undirected, .directed] {
      for (seed, edges) in [900, 1200, 2000, 6000].enumerated() {
        let graph = Graphs.random(
          nodes: 2400, edges: edges, direction, seed: UInt64(seed + 1))
        var label = Array(0..<graph.nodeCount)
        var isChanging = true
        while isChanging {
          isChanging = false
          graph.forEachEdge { _, source, target in
            let (s, t) = (Int(source.index), Int(target.index))
            guard label[s] != label[t] else { return }
            let low = min(label[s], label[t])
            (label[s], label[t]) = (low, low)
            isChanging = true
          }
        }
        let expected = Partition(labels: label.map { Int32($0) })
        for threads in [1, 2, 8] {
          #expect(try ConnectedComponents(.weak)(graph, Run(threads: threads)) == expected)
        }
      }
    }
  }

  @Test func `an arc into the largest component is enough to belong to it`() throws {
    // Node 2000 has arcs from three nodes and none to any; 2001 has its third arc only to the ring.
    let ring = (0..<2000).map { ($0, ($0 + 1) % 2000) }
    let graph = Graphs.build(
      2004, .directed, ring + [(5, 2000), (2001, 2002), (2001, 2003), (2001, 7)])
    #expect(try ConnectedComponents(.weak)(graph, Run(threads: 2)).sizes == [2004])
  }

  @Test func `cancelling components throws with any number of threads`() {
    let graph = Graphs.preferential(nodes: 9000, ties: 2, seed: 1)
    for threads in [1, 2] {
      let late = Countdown(4)
      #expect(throws: AnalysisError.cancelled) {
        _ = try ConnectedComponents(.weak)(
          graph, Run(threads: threads, isCancelled: { late.isOver }))
      }
    }
    #expect(ConnectedComponents().memory(for: graph, threads: 2) >= 12 * graph.nodeCount)
    #expect(CoreNumber().memory(for: graph, threads: 2) >= 12 * graph.nodeCount)
  }
}
