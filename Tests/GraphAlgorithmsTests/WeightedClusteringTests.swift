// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Weighted clustering against its definitions and against igraph and networkx.
@Suite struct WeightedClusteringTests {
  @Test func `coefficients of named graphs are known`() throws {
    let tail = Graphs.build(
      4, .undirected, [(0, 1), (0, 2), (1, 2), (2, 3)], .strength, [1, 1, 1, 2])
    try expect(.barrat, tail, [1, 1, 0.25, 0])
    try expect(.onnela, tail, [0.5, 0.5, 1.0 / 6, 0])
    let uneven = Graphs.build(3, .undirected, [(0, 1), (0, 2), (1, 2)], .strength, [8, 1, 1])
    try expect(.onnela, uneven, [0.25, 0.25, 0.25])
    try expect(.barrat, uneven, [1, 1, 1])
    for rule in WeightedClustering.Rule.allCases {
      try expect(rule, Graphs.complete(5), [1, 1, 1, 1, 1])
      try expect(rule, Graphs.cycle(4), [0, 0, 0, 0])
      let zero = Graphs.build(3, .undirected, [(0, 1), (0, 2), (1, 2)], .strength, [0, 0, 0])
      try expect(rule, zero, [0, 0, 0])
    }
  }

  @Test func `coefficients are those of the definition on all small graphs`() throws {
    for n in 1...5 {
      for (index, graph) in Graphs.all(nodes: n, .undirected).enumerated() {
        var generator = SeededGenerator(seed: UInt64(index))
        try expectDefinition(weighted(graph, &generator))
      }
    }
    for (index, graph) in Graphs.all(nodes: 3, .directed).enumerated() {
      var generator = SeededGenerator(seed: UInt64(index))
      try expectDefinition(weighted(graph, &generator))
    }
    for seed in 1...10 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let edges = (0..<60).map { _ in (generator.below(11), generator.below(11)) }
      let weights = edges.map { _ in Double(generator.below(6)) * 0.7 }
      for direction in [Graph.Direction.undirected, .directed] {
        try expectDefinition(Graphs.build(11, direction, edges, .strength, weights))
      }
    }
  }

  @Test func `the strength of a triangle is the cube root of its product, however small`() throws {
    for exponent in stride(from: 0, through: 1000, by: 7) {
      let weight = Double(sign: .plus, exponent: -exponent, significand: 1.37) / 2
      let graph = Graphs.build(
        4, .undirected, [(0, 1), (0, 2), (1, 2), (0, 3)], .strength, [1, 1, weight, 1])
      let found = try WeightedClustering(.onnela)(graph)[Node(1)] ?? .nan
      let expected = pow(weight, 1.0 / 3)
      #expect(abs(found - expected) <= 1e-14 * expected + 0x1p-60, "2^-\(exponent)")
    }
  }

  @Test func `without weights both rules give the local clustering coefficient`() throws {
    let graph = Graphs.preferential(nodes: 1500, ties: 4, seed: 2)
    let plain = try Clustering()(graph).all.map { $0 ?? -1 }
    for rule in WeightedClustering.Rule.allCases { try expect(rule, graph, plain) }
  }

  @Test func `coefficients agree with igraph and networkx`() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/Cohesion/weighted-clustering.json")
    let file = try JSONDecoder().decode(ReferenceFile.self, from: Data(contentsOf: path))
    #expect(file.cases.count == 3)
    for known in file.cases {
      let graph = Graphs.build(
        known.nodes, .undirected, known.edges.map { ($0[0], $0[1]) }, .strength, known.weights)
      try expect(.barrat, graph, known.barrat)
      try expect(.onnela, graph, known.onnela)
    }
  }

  @Test func `the unit of strengths changes nothing and threads change no bit`() throws {
    let graph = Graphs.random(nodes: 1200, edges: 9000, weighting: .strength, seed: 9)
    for rule in WeightedClustering.Rule.allCases {
      let one = try WeightedClustering(rule)(graph)
      #expect(one.all.contains { ($0 ?? 0) > 0 })
      #expect(try WeightedClustering(rule)(graph, Run(threads: 3)) == one)
      var edges: [(Int, Int)] = []
      graph.forEachEdge { _, s, t in edges.append((Int(s.index), Int(t.index))) }
      let weights = graph.edges.map { graph.weight(of: $0) * 0x1p40 } as [Double]
      #expect(
        try WeightedClustering(rule)(Graphs.build(1200, .undirected, edges, .strength, weights))
          == one)
      let late = Countdown(4)
      #expect(throws: AnalysisError.cancelled) {
        _ = try WeightedClustering(rule)(graph, Run(threads: 2, isCancelled: { late.isOver }))
      }
      #expect(WeightedClustering(rule).memory(for: graph, threads: 1) >= 28 * graph.edgeCount)
    }
  }

  @Test func `weights outside the domain are refused`() {
    let negative = Graphs.build(2, .undirected, [(0, 1)], .strength, [-1])
    let lengths = Graphs.build(2, .undirected, [(0, 1)], .length, [1])
    let huge = Graphs.build(2, .directed, [(0, 1), (1, 0)], .strength, [1e308, 1e308])
    for graph in [negative, lengths, huge] {
      #expect(throws: AnalysisError.self) { _ = try WeightedClustering()(graph) }
    }
  }

  @Test func `triangles of a node are those that the count of triangles gives it`() throws {
    let graph = Graphs.preferential(nodes: 1100, ties: 5, seed: 6)
    let count = try Triangles()(graph)
    let scores = try TrianglesOfNode()(graph, Run(threads: 2))
    #expect(count.total > 100)
    for node in graph.nodes { #expect(scores[node] == Double(count.ofNode[node])) }
    #expect(try TrianglesOfNode()(Graphs.complete(6)).all == Array(repeating: 10, count: 6))
    #expect(TrianglesOfNode().memory(for: graph, threads: 1) >= 16 * graph.nodeCount)
  }

  private func weighted(_ graph: Graph, _ generator: inout SeededGenerator) -> Graph {
    var edges: [(Int, Int)] = []
    graph.forEachEdge { _, s, t in edges.append((Int(s.index), Int(t.index))) }
    let weights = edges.map { _ in Double(generator.below(5)) / 3 }
    return Graphs.build(graph.nodeCount, graph.direction, edges, .strength, weights)
  }

  private func expectDefinition(_ graph: Graph) throws {
    let n = graph.nodeCount
    var w = [[Double?]](repeating: Array(repeating: nil, count: n), count: n)
    graph.forEachEdge { edge, s, t in
      let (s, t) = (Int(s.index), Int(t.index))
      if s == t { return }
      w[s][t] = (w[s][t] ?? 0) + graph.weight(of: edge)
      w[t][s] = w[s][t]
    }
    let largest = w.joined().compactMap { $0 }.max() ?? 0
    var barrat = [Double](repeating: 0, count: n)
    var onnela = barrat
    for i in 0..<n {
      let strength = w[i].compactMap { $0 }.reduce(0, +)
      let degree = Double(w[i].compactMap { $0 }.count)
      guard degree > 1, strength > 0 else { continue }
      for j in 0..<n {
        for h in 0..<n where j != h {
          guard let a = w[i][j], let b = w[i][h], let c = w[j][h] else { continue }
          barrat[i] += (a + b) / 2 / (strength * (degree - 1))
          onnela[i] += pow(a * b * c, 1.0 / 3) / largest / (degree * (degree - 1))
        }
      }
    }
    try expect(.barrat, graph, barrat)
    try expect(.onnela, graph, onnela)
  }

  private func expect(
    _ rule: WeightedClustering.Rule, _ graph: Graph, _ expected: [Double]
  ) throws {
    let scores = try WeightedClustering(rule)(graph)
    #expect(scores.count == expected.count)
    for (node, value) in zip(graph.nodes, expected) {
      #expect(abs((scores[node] ?? .nan) - value) <= 1e-9, "\(rule), node \(node.index)")
    }
  }
}

private struct ReferenceFile: Decodable {
  struct Case: Decodable {
    let nodes: Int
    let edges: [[Int]]
    let weights: [Double]
    let barrat: [Double]
    let onnela: [Double]
  }
  let cases: [Case]
}
