// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Triangles where the ranking of nodes, the marks and the team of threads can go wrong.
@Suite struct TriangleTests {
  @Test func `the number of threads changes no count of triangles`() throws {
    let graph = Graphs.preferential(nodes: 3000, ties: 4, seed: 3)
    let one = try Triangles()(graph, Run(threads: 1))
    #expect(one.total > 0)
    for threads in [2, 3, 8] {
      #expect(try Triangles()(graph, Run(threads: threads)) == one, "\(threads) threads")
    }
  }

  @Test func `a wheel has a triangle a spoke whatever the number of its hub`() throws {
    let n = 1500
    let ring = (0..<n).map { ($0, ($0 + 1) % n) }
    for shift in [0, 1] {
      let edges =
        shift == 0
        ? ring + (0..<n).map { ($0, n) }
        : ring.map { ($0.0 + 1, $0.1 + 1) } + (0..<n).map { (0, $0 + 1) }
      let wheel = try Triangles()(Graphs.build(n + 1, .undirected, edges), Run(threads: 2))
      #expect(wheel.total == n)
      let hub = Node(shift == 0 ? n : 0)
      #expect(wheel.ofNode[hub] == n && wheel.ofNode[Node(shift == 0 ? 0 : 1)] == 2)
    }
  }

  @Test func `triangles of a simplified graph are those of the graph with repeated edges`() throws {
    for direction in [Graph.Direction.undirected, .directed] {
      for seed in 1...8 {
        var generator = SeededGenerator(seed: UInt64(seed))
        let edges = (0..<120).map { _ in (generator.below(14), generator.below(14)) }
        let rich = Graphs.build(14, direction, edges)
        let pairs = Set(edges.filter { $0.0 != $0.1 }.map { [min($0.0, $0.1), max($0.0, $0.1)] })
        let plain = Graphs.build(14, .undirected, pairs.map { ($0[0], $0[1]) })
        #expect(try Triangles()(rich) == (try Triangles()(plain)))
      }
    }
  }

  @Test func `a cancelled count throws, also when it is cancelled on the way`() {
    let graph = Graphs.preferential(nodes: 3000, ties: 4, seed: 3)
    for threads in [1, 2] {
      #expect(throws: AnalysisError.cancelled) {
        _ = try Triangles()(graph, Run(threads: threads, isCancelled: { true }))
      }
      let late = Countdown(5)
      #expect(throws: AnalysisError.cancelled) {
        _ = try Triangles()(graph, Run(threads: threads, isCancelled: { late.isOver }))
      }
    }
  }

  @Test func `the estimate of memory grows with threads and covers the arrays of the answer`() {
    let graph = Graphs.preferential(nodes: 3000, ties: 4, seed: 3)
    let one = Triangles().memory(for: graph, threads: 1)
    #expect(one >= graph.nodeCount * 24 + graph.edgeCount * 4)
    #expect(Triangles().memory(for: graph, threads: 2) >= one + 9 * graph.nodeCount)
    #expect(Clustering().memory(for: graph, threads: 1) >= one)
  }
}
