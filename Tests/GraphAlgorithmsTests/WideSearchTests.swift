// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Synchronization
import TestSupport
import Testing

@testable import GraphAlgorithms

/// Distance sums without weights against one plain search a node.
@Suite struct WideSearchTests {
  static let sizes = [1, 2, 64, 65, 512, 513, 1000]

  @Test(arguments: sizes, [Graph.Direction.undirected, .directed])
  func `many searches at once find what one at a time finds`(
    n: Int, direction: Graph.Direction
  ) throws {
    for (i, edges) in [n / 2, n, 3 * n].enumerated() {
      try expectPlainSums(Graphs.random(nodes: n, edges: edges, direction, seed: UInt64(i + 1)))
    }
  }

  @Test(arguments: [2, 3, 65, 513, 600])
  func `stars and chains fold to little and keep their sums`(n: Int) throws {
    try expectPlainSums(Graphs.star(n))
    try expectPlainSums(Graphs.path(n))
    try expectPlainSums(Graphs.star(n, .directed))
    try expectPlainSums(Graphs.path(n, .directed))
  }

  @Test func `leaves in every number hang on their node`() throws {
    // Node i of a ring of 40 has i leaves, so that all six binary digits occur.
    var edges = (0..<40).map { ($0, ($0 + 1) % 40) }
    var n = 40
    for hub in 0..<40 {
      for _ in 0..<hub {
        edges.append((hub, n))
        n += 1
      }
    }
    try expectPlainSums(Graphs.build(n, .undirected, edges))
  }

  @Test func `components next to one another stay apart`() throws {
    // A star, lone nodes, pairs, a chain and a dense part, interleaved by number.
    var edges: [(Int, Int)] = []
    for i in 1..<150 { edges.append((0, 5 * i)) }
    for i in 0..<70 { edges.append((10 * i + 1, 10 * i + 6)) }
    for i in 0..<140 { edges.append((5 * i + 2, 5 * i + 7)) }
    for i in 0..<140 {
      for j in [1, 3, 7] { edges.append((5 * i + 3, 5 * ((i + j) % 140) + 3)) }
    }
    for direction in [Graph.Direction.undirected, .directed] {
      try expectPlainSums(Graphs.build(760, direction, edges))
    }
  }

  @Test func `parallel edges and self-loops neither make a leaf nor unmake one`() throws {
    let edges = [(0, 1), (1, 0), (1, 2), (2, 2), (2, 3), (3, 4), (3, 4), (5, 5), (6, 7), (7, 6)]
    for direction in [Graph.Direction.undirected, .directed] {
      try expectPlainSums(Graphs.build(8, direction, edges))
    }
  }

  @Test func `a batch without leaves counts for leaves elsewhere`() throws {
    // A ring of 1,100 nodes, of which one has three leaves.
    let ring = (0..<1_100).map { ($0, ($0 + 1) % 1_100) }
    try expectPlainSums(
      Graphs.build(1_103, .undirected, ring + (0..<3).map { (700, 1_100 + $0) }))
  }

  @Test func `long chains, rings and chains with leaves keep their sums`() throws {
    let n = 700
    // A dead end of two arms hangs on the chain, and every third node has leaves.
    var edges =
      (0..<n - 1).map { ($0, $0 + 1) } + [(300, n), (n, n + 1), (300, n + 2), (n + 2, n + 3)]
    var count = n + 4
    for u in stride(from: 0, to: n, by: 3) {
      for _ in 0...u % 4 {
        edges.append((u, count))
        count += 1
      }
    }
    for direction in [Graph.Direction.undirected, .directed] {
      let graph = Graphs.build(count, direction, edges)
      try expectPlainSums(graph)
      // Between components whose searches go at once.
      let ring = (0..<600).map { ($0 + 30, ($0 + 1) % 600 + 30) }
      try expectPlainSums(
        Graphs.build(
          930, direction,
          ring + (1..<30).map { (0, $0) } + (630..<920).map { ($0, $0 + 5) } + [(630, 632)]))
      try expectPlainSums(Graphs.cycle(n, direction))
    }
  }

  @Test func `searches go alone along chains and rings and nowhere else`() {
    func goAlone(_ graph: Graph) -> Bool {
      let arcs = FoldedArcs(graph, .incoming)
      let lanes = WideSearch.lanes
      return arcs.placeCount > lanes && LoneSearch(arcs).isStretched(0..<lanes)
    }
    #expect(goAlone(Graphs.path(1_200)))
    #expect(goAlone(Graphs.cycle(1_200)))
    #expect(!goAlone(Graphs.grid(30, 30)))
    #expect(!goAlone(Graphs.preferential(nodes: 1_200, ties: 2, seed: 1)))
    // A tree in which every node has two below it.
    #expect(!goAlone(Graphs.build(4_095, .undirected, (1..<4_095).map { (($0 - 1) / 2, $0) })))
  }

  @Test func `the end of a long chain sums the harmonic series`() throws {
    let n = 1_300
    let chain = Graphs.path(n)
    let harmonic = try Harmonic()(chain)
    let closeness = try Closeness()(chain)
    let series = (1..<n).reversed().reduce(0.0) { $0 + 1 / Double($1) }
    let end = try #require(harmonic[Node(0)])
    #expect(abs(end - series) < 1e-13 * series)
    #expect(harmonic[Node(0)] == harmonic[Node(n - 1)])
    #expect(closeness[Node(0)] == 2 / Double(n))
  }

  @Test func `no number of threads and no order of the nodes changes a bit`() throws {
    let graph = Graphs.preferential(nodes: 1_300, ties: 2, seed: 4)
    let n = graph.nodeCount
    let one = try DistanceSums(graph, .incoming, for: "test", Run(threads: 1))
    for threads in [2, 3, 8] {
      let many = try DistanceSums(graph, .incoming, for: "test", Run(threads: threads))
      #expect(one.reached == many.reached)
      #expect(one.distance == many.distance)
      #expect(one.reciprocal == many.reciprocal)
    }
    let labels = (0..<n).map { ($0 * 7 + 3) % n }
    let moved = try DistanceSums(
      Graphs.relabelled(graph, labels), .incoming, for: "test", Run(threads: 2))
    #expect(labels.map { moved.reciprocal[$0] } == one.reciprocal)
    #expect(labels.map { moved.distance[$0] } == one.distance)
  }

  @Test(arguments: [1, 2]) func `a cancelled search throws`(threads: Int) {
    let graph = Graphs.preferential(nodes: 2_000, ties: 2, seed: 1)
    let asked = Atomic<Int>(0)
    let run = Run(
      threads: threads, isCancelled: { asked.add(1, ordering: .relaxed).newValue > 2 })
    #expect(throws: AnalysisError.cancelled) { try Harmonic()(graph, run) }
    #expect(asked.load(ordering: .relaxed) <= 2 + threads)
  }

  @Test func `progress ends at the whole`() throws {
    let graph = Graphs.preferential(nodes: 1_200, ties: 2, seed: 1)
    let most = Atomic<Int>(0)
    let run = Run(
      threads: 2, progress: { most.max(Int($0 * 1000), ordering: .relaxed) })
    _ = try Closeness()(graph, run)
    #expect(most.load(ordering: .relaxed) == 1000)
  }

  @Test func `the estimate of memory grows with nodes, arcs and threads`() {
    let small = Graphs.path(100)
    let large = Graphs.preferential(nodes: 3_000, ties: 2, seed: 1)
    for estimate in [Closeness().memory, Harmonic().memory] {
      #expect(estimate(small, 1) > 100 * 8 * 3)
      #expect(estimate(small, 8) == estimate(small, 1))
      // Three sets of 512 bits a node and thread.
      #expect(estimate(large, 1) > 3_000 * 192)
      #expect(estimate(large, 4) > 4 * 3_000 * 192)
    }
  }

  private func expectPlainSums(
    _ graph: Graph, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for direction in PathDirection.allCases {
      let sums = try DistanceSums(graph, direction, for: "test", Run(threads: 2))
      let arcs = direction == .incoming ? graph.incoming : graph.outgoing
      let offsets = Array(arcs.offsets)
      let targets = Array(arcs.targets)
      var isRight = true
      // Of a larger graph a sample, which holds both ends.
      let step = graph.nodeCount < 100 ? 1 : graph.nodeCount / 40
      let last = graph.nodeCount - 1
      for u in stride(from: last, through: 0, by: -step) + [0] {
        let levels = Self.levels(from: u, offsets, targets)
        let distance = levels.enumerated().reduce(0) { $0 + $1.offset * $1.element }
        let reciprocal = levels.enumerated().dropFirst().reduce(0.0) {
          $0 + Double($1.element) / Double($1.offset)
        }
        isRight =
          isRight && sums.reached[u] == Double(levels.reduce(0, +) - 1)
          && sums.distance[u] == Double(distance)
          && abs(sums.reciprocal[u] - reciprocal) <= 1e-13 * reciprocal
      }
      #expect(isRight, "\(graph.nodeCount) nodes, \(direction)", sourceLocation: sourceLocation)
    }
  }

  // The number of nodes at each distance from `source`.
  private static func levels(from source: Int, _ offsets: [Int32], _ targets: [Int32]) -> [Int] {
    var isSeen = Array(repeating: false, count: offsets.count - 1)
    isSeen[source] = true
    var front = [source]
    var levels: [Int] = []
    while !front.isEmpty {
      levels.append(front.count)
      var next: [Int] = []
      for u in front {
        for position in Int(offsets[u])..<Int(offsets[u + 1]) {
          let w = Int(targets[position])
          if !isSeen[w] {
            isSeen[w] = true
            next.append(w)
          }
        }
      }
      front = next
    }
    return levels
  }
}
