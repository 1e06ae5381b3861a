// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// The map equation against its definition and other programs; its search against all divisions.
@Suite struct InfomapTests {
  @Test func `two triangles joined by an edge are two modules`() throws {
    let graph = Graphs.barbell(3, bridge: 0)
    let found = try Infomap()(graph)
    #expect(found.partition == Partition(labels: [0, 0, 0, 1, 1, 1]))
    // Each module has the flow 1/2 and the exit 1/14; nodes have 2/14 or 3/14.
    let nodes = 4 * plogp(2.0 / 14) + 2 * plogp(3.0 / 14)
    let expected = plogp(1.0 / 7) - 4 * plogp(1.0 / 14) - nodes + 2 * plogp(4.0 / 7)
    #expect(abs(found.codelength - expected) < 1e-12)
    #expect(abs(found.oneModule + nodes) < 1e-12)
    #expect(abs(found.indexLength - (plogp(1.0 / 7) - 2 * plogp(1.0 / 14))) < 1e-12)
    #expect(found.runs == 100 && found.runsAtBest > 50)
    #expect(found.ties.map(\.externalEdges) == [1, 1])
  }

  @Test func `lengths are those of the program infomap, and the search is as good`() throws {
    for known in try Known.all() {
      let graph = try known.built()
      let length = try Infomap().codelength(of: Partition(labels: known.partition), in: graph)
      #expect(abs(length - known.codelength) <= 1e-9, "\(known.name)")
      let found = try Infomap()(graph)
      #expect(found.codelength <= known.codelength + 1e-9, "\(known.name)")
      #expect(abs(found.oneModule - known.oneModule) <= 1e-9, "\(known.name)")
      if let igraph = known.igraph {
        #expect(found.codelength <= igraph + 1e-9, "\(known.name)")
      }
    }
  }

  @Test func `the length is the map equation of its definition`() throws {
    for seed in 1...6 {
      let seed = UInt64(seed)
      for graph in [
        Graphs.random(nodes: 14, edges: 30, weighting: .strength, seed: seed),
        Graphs.random(nodes: 14, edges: 60, .directed, weighting: .strength, seed: seed),
        Graphs.build(
          5, .undirected, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 3)], .strength, [1, 2, 3, 4, 0]),
        Graphs.build(
          5, .directed, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 0)], .strength, [1, 2, 3, 4, 5]),
      ] {
        var generator = SeededGenerator(seed: seed)
        let labels = (0..<graph.nodeCount).map { _ in Int32(generator.below(3)) }
        let found = try Infomap().codelength(of: Partition(labels: labels), in: graph)
        #expect(abs(found - length(of: labels, passed(in: graph))) < 1e-9)
      }
    }
  }

  @Test func `the search finds the shortest of all divisions of small graphs`() throws {
    for graph in Graphs.all(nodes: 4, .undirected) { try expectShortest(graph) }
    // Every 23rd graph of five nodes: an odd step meets all kinds, and the suite stays short.
    for (index, graph) in Graphs.all(nodes: 5, .undirected).enumerated() where index % 23 == 0 {
      try expectShortest(graph)
    }
    for seed in 1...5 {
      let seed = UInt64(seed)
      try expectShortest(Graphs.random(nodes: 6, edges: 9, weighting: .strength, seed: seed))
      try expectShortest(
        Graphs.random(nodes: 6, edges: 14, .directed, weighting: .strength, seed: seed))
    }
  }

  @Test func `planted groups are found, and modules hang together`() throws {
    var generator = SeededGenerator(seed: 11)
    var edges: [(Int, Int)] = []
    for a in 0..<100 {
      for b in a + 1..<100 where generator.unit() < (a / 25 == b / 25 ? 0.4 : 0.02) {
        edges.append((a, b))
      }
    }
    let planted = Partition(labels: (0..<100).map { Int32($0 / 25) })
    #expect(try Infomap()(Graphs.build(100, .undirected, edges)).partition == planted)
    #expect(try Infomap()(Graphs.build(100, .directed, edges)).partition.groupCount >= 4)
    #expect(try LabelPropagation()(Graphs.build(100, .undirected, edges)).partition == planted)
  }

  @Test func `without flow every node is alone, and options out of range are refused`() throws {
    let weightless = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [0, 0])
    for graph in [Graphs.empty(0), Graphs.empty(3), Graphs.empty(3, .directed), weightless] {
      let found = try Infomap()(graph)
      #expect(found.partition.groupCount == graph.nodeCount)
      #expect(found.codelength == 0 && found.oneModule == 0)
    }
    let single = try Infomap()(Graphs.build(3, .undirected, [(0, 1)]))
    #expect(single.partition == Partition(labels: [0, 0, 1]) && single.codelength == 1)
    for analysis in [
      Infomap(runs: 0), Infomap(teleportation: 0), Infomap(teleportation: 1),
      Infomap(teleportation: .nan),
    ] {
      #expect {
        _ = try analysis(Graphs.path(3))
      } throws: {
        guard case .invalidOption("infomap", _, _, _)? = $0 as? AnalysisError else { return false }
        return true
      }
    }
  }

  @Test func `strengths of any size have a flow or a reason`() throws {
    let edges = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    for direction in [Graph.Direction.undirected, .directed] {
      let plain = try Infomap()(Graphs.build(6, direction, edges))
      for strength in [1e-200, 1e200] {
        let graph = Graphs.build(
          6, direction, edges, .strength, Array(repeating: strength, count: edges.count))
        #expect(abs(try Infomap()(graph).codelength - plain.codelength) < 1e-9)
      }
    }
    let huge = Graphs.build(3, .directed, [(0, 1), (0, 2)], .strength, [1.7e308, 1.7e308])
    #expect {
      _ = try Infomap()(huge)
    } throws: {
      guard case .undefined("infomap", _)? = $0 as? AnalysisError else { return false }
      return true
    }
  }

  @Test func `options survive JSON`() throws {
    let analysis = Infomap(
      runs: 3, seed: 9, teleportation: 0.3, ignoresDirection: true, ignoresWeights: true)
    let data = try JSONEncoder().encode(analysis)
    #expect(try JSONDecoder().decode(Infomap.self, from: data) == analysis)
    let labels = LabelPropagation(seed: 5, ignoresWeights: true)
    let other = try JSONEncoder().encode(labels)
    #expect(try JSONDecoder().decode(LabelPropagation.self, from: other) == labels)
  }

  // MARK: Oracles

  private func plogp(_ x: Double) -> Double { x > 0 ? x * log2(x) : 0 }

  // What goes from each node to each: power iteration with jumps to the starts of edges.
  private func passed(in graph: Graph) -> [[Double]] {
    let n = graph.nodeCount
    let a = Dense.strengths(of: graph)
    let out = a.map { $0.reduce(0, +) }
    let total = out.reduce(0, +)
    var passed = a
    if graph.direction == .undirected {
      passed = a.map { $0.map { $0 / total } }
    } else {
      var rank = out.map { $0 / total }
      for _ in 0..<250 {
        var next = [Double](repeating: 0, count: n)
        var jumping = 0.0
        for u in 0..<n {
          jumping += out[u] > 0 ? 0.15 * rank[u] : rank[u]
          for v in 0..<n where a[u][v] > 0 { next[v] += 0.85 * rank[u] * a[u][v] / out[u] }
        }
        for v in 0..<n { next[v] += jumping * out[v] / total }
        rank = next
      }
      var sum = 0.0
      for u in 0..<n {
        for v in 0..<n {
          passed[u][v] = a[u][v] > 0 ? rank[u] * a[u][v] / out[u] : 0
          sum += passed[u][v]
        }
      }
      passed = passed.map { $0.map { $0 / sum } }
    }
    return passed
  }

  private func length(of labels: [Int32], _ passed: [[Double]]) -> Double {
    let n = labels.count
    let flow = (0..<n).map { v in passed.reduce(0) { $0 + $1[v] } }
    var result = -flow.reduce(0) { $0 + plogp($1) }
    var entering = 0.0
    for g in Set(labels) {
      var (inside, enter, exit) = (0.0, 0.0, 0.0)
      for u in 0..<n {
        if labels[u] == g { inside += flow[u] }
        for v in 0..<n {
          if labels[u] == g, labels[v] != g { exit += passed[u][v] }
          if labels[u] != g, labels[v] == g { enter += passed[u][v] }
        }
      }
      entering += enter
      result += plogp(exit + inside) - plogp(exit) - plogp(enter)
    }
    return result + plogp(entering)
  }

  private func expectShortest(_ graph: Graph) throws {
    var best = Double.infinity
    let passed = passed(in: graph)
    forEachDivision(of: graph.nodeCount) { best = min(best, length(of: $0, passed)) }
    let found = try Infomap(runs: 10)(graph)
    #expect(abs(found.codelength - best) < 1e-9, "\(found.codelength), not \(best)")
  }

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

/// One graph of `Tests/Reference/Communities/infomap.json`.
private struct Known: Decodable {
  struct File: Decodable { let graphs: [Known] }

  let name: String
  let direction: Graph.Direction
  let nodes: Int
  let edges: [[Int32]]
  let weights: [Double]?
  let partition: [Int32]
  let codelength: Double
  let oneModule: Double
  let igraph: Double?

  static func all() throws -> [Known] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/Communities/infomap.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).graphs
  }

  func built() throws -> Graph {
    try Graph(
      nodeCount: nodes, direction: direction, weighting: weights == nil ? nil : .strength,
      sources: edges.map { $0[0] }, targets: edges.map { $0[1] }, weights: weights)
  }
}
