// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// The constant Potts model and the parts of modularity against their definitions; Leiden by each
/// objective against the best of all divisions.
@Suite struct CommunityObjectiveTests {
  @Test func `both values are their double sums on every division of every small graph`() throws {
    var graphs = Graphs.all(nodes: 4, .undirected).filter { $0.edgeCount > 0 }
    // Of the graphs on six nodes every 199th: all of them take minutes in a debug build.
    for (i, graph) in Graphs.all(nodes: 6, .undirected).enumerated() where i % 397 == 7 {
      graphs.append(graph)
    }
    for graph in graphs {
      let newman = CommunityOracle.Gains(modularity: graph, resolution: 1.2, isDirected: false)
      let potts = CommunityOracle.Gains(potts: graph, resolution: 0.4, isDirected: false)
      var difference = 0.0
      CommunityOracle.forEachDivision(of: graph.nodeCount) { labels in
        let partition = Partition(labels: labels)
        let q = (try? Modularity(resolution: 1.2)(graph, partition)) ?? .infinity
        let h = (try? ConstantPotts(resolution: 0.4)(graph, partition)) ?? .infinity
        difference = max(
          difference, abs(q - newman.value(labels)), abs(h - potts.value(labels)))
      }
      #expect(difference < 1e-12)
    }
  }

  @Test func `loops, parallel edges, weights and directions count as the definitions say`() throws {
    for seed in 1...15 {
      var generator = SeededGenerator(seed: UInt64(seed) + 100)
      let labels = (0..<9).map { _ in Int32(generator.below(4)) }
      let partition = Partition(labels: labels)
      for graph in CommunityOracle.mixture(nodes: 9, edges: 30, seed: UInt64(seed)) {
        for ignores in [false, true] {
          let isDirected = graph.direction == .directed && !ignores
          let model = ConstantPotts(resolution: 0.3, ignoresDirection: ignores)
          let potts = CommunityOracle.Gains(potts: graph, resolution: 0.3, isDirected: isDirected)
          #expect(abs(try model(graph, partition) - potts.value(labels)) < 1e-12)
          let parts = try model.parts(graph, partition)
          #expect(parts.map(\.size) == partition.sizes)
          #expect(parts.allSatisfy { $0.size > 1 || $0.density == nil })
          let modularity = Modularity(resolution: 0.8, ignoresDirection: ignores)
          let newman = CommunityOracle.Gains(
            modularity: graph, resolution: 0.8, isDirected: isDirected)
          #expect(abs(try modularity(graph, partition) - newman.value(labels)) < 1e-12)
        }
      }
    }
  }

  @Test func `ties inside and out are counted alike with and without weights`() throws {
    for seed in 1...10 {
      for graph in CommunityOracle.mixture(nodes: 12, edges: 40, seed: UInt64(seed)).prefix(2) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let labels = (0..<12).map { _ in Int32(generator.below(4)) }
        let partition = Partition(labels: labels)
        var edges: [(Int, Int)] = []
        graph.forEachEdge { _, a, b in edges.append((Int(a.index), Int(b.index))) }
        let weighted = Graphs.build(
          12, graph.direction, edges, .strength, [Double](repeating: 1, count: edges.count))
        let ties = partition.groupTies(in: graph)
        #expect(ties == partition.groupTies(in: weighted))
        for (g, tie) in ties.enumerated() {
          let inside = edges.count {
            partition.group.values[$0.0] == g && partition.group.values[$0.1] == g
          }
          let ends = edges.count {
            partition.group.values[$0.0] == g || partition.group.values[$0.1] == g
          }
          #expect(tie.internalEdges == inside && tie.externalEdges == ends - inside)
        }
      }
    }
  }

  @Test func `the parts of two joined triangles are 3 of 7 inside against a quarter`() throws {
    let graph = Graphs.barbell(3, bridge: 0)
    let halves = Partition(labels: [0, 0, 0, 1, 1, 1])
    let parts = try Modularity(resolution: 2).parts(graph, halves)
    #expect(parts.map(\.size) == [3, 3])
    for part in parts {
      #expect(abs(part.inside - 3.0 / 7) < 1e-15 && part.expected == 0.25)
      #expect(abs(part.contribution - (3.0 / 7 - 0.5)) < 1e-15)
    }
    #expect(try ConstantPotts(resolution: 0.5)(graph, halves) == 3)
    #expect(try ConstantPotts(resolution: 0.5).parts(graph, halves).map(\.density) == [1, 1])
    // One loop counts as strength inside; a node alone has no pair.
    let loop = Graphs.build(2, .undirected, [(0, 0)], .strength, [2.5])
    #expect(try ConstantPotts(resolution: 9)(loop, Partition(labels: [0, 1])) == 2.5)
    #expect(try ConstantPotts(resolution: 9)(loop, Partition(labels: [0, 0])) == -6.5)
    #expect(throws: AnalysisError.self) {
      _ = try Modularity().parts(Graphs.empty(2), Partition(labels: [0, 1]))
    }
    #expect(try ConstantPotts(resolution: 1)(Graphs.empty(0), Partition(labels: [])) == 0)
  }

  @Test func `a ring of cliques shows the resolution limit, and the Potts model has none`() throws {
    let ring = CommunityOracle.ringOfCliques(30, of: 5)
    let cliques = Partition(labels: (0..<150).map { Int32($0 / 5) })
    let pairs = Partition(labels: (0..<150).map { Int32($0 / 10) })
    // 330 edges: 10 and a joining edge each way a clique; Fortunato and Barthélemy 2007.
    #expect(abs(try Modularity()(ring, cliques) - (300.0 / 330 - 30 * pow(22.0 / 660, 2))) < 1e-14)
    #expect(abs(try Modularity()(ring, pairs) - (315.0 / 330 - 15 * pow(44.0 / 660, 2))) < 1e-14)
    let merged = try Leiden()(ring)
    #expect(merged.partition.groupCount <= 15 && merged.partition.sizes.min() ?? 0 >= 10)
    #expect(try #require(merged.quality) >= (try Modularity()(ring, pairs)) - 1e-12)
    let apart = try Leiden(objective: .constantPotts, resolution: 0.5)(ring)
    #expect(apart.partition == cliques && apart.quality == 30 * (10 - 0.5 * 10))
    #expect(abs((apart.modularity ?? 0) - (try Modularity()(ring, cliques))) < 1e-12)
    // A finer modularity sees them too.
    #expect(try Leiden(resolution: 4)(ring).partition == cliques)
  }

  @Test func `Leiden finds the best of all divisions by the Potts model`() throws {
    for (i, graph) in Graphs.all(nodes: 5, .undirected).enumerated() where i % 4 == 2 {
      try expectBest(graph, Leiden(objective: .constantPotts, resolution: 0.4, runs: 60))
    }
    // A square with a node hanging on it: every greedy order ends in a chain of three and a pair.
    let flag = Graphs.build(5, .undirected, [(0, 2), (0, 3), (0, 4), (1, 2), (1, 3)])
    let found = try Leiden(objective: .constantPotts, resolution: 0.4)(flag)
    #expect(found.partition.sizes == [4, 1])
    for graph in Graphs.all(nodes: 3, .directed) {
      try expectBest(graph, Leiden(objective: .constantPotts, resolution: 0.6, runs: 8))
    }
    for seed in 1...6 {
      for graph in CommunityOracle.mixture(nodes: 7, edges: 14, seed: UInt64(seed)) {
        try expectBest(graph, Leiden(objective: .constantPotts, resolution: 0.7, runs: 30))
        try expectBest(
          graph,
          Leiden(
            objective: .constantPotts, resolution: 0.7, runs: 30, ignoresDirection: true))
      }
    }
  }

  @Test func `the relative resolution is a multiple of the density`() throws {
    for graph in CommunityOracle.mixture(nodes: 20, edges: 60, seed: 3) {
      let total = graph.edges.reduce(0) { $0 + graph.weight(of: $1) }
      let density = total / (graph.direction == .directed ? 380 : 190)
      let relative = try Leiden(objective: .relativePotts, resolution: 3)(graph)
      let absolute = try Leiden(objective: .constantPotts, resolution: 3 * density)(graph)
      #expect(relative.partition == absolute.partition && relative.quality == absolute.quality)
    }
    for graph in [Graphs.empty(0), Graphs.empty(1), Graphs.empty(4, .directed)] {
      let found = try Leiden(objective: .relativePotts)(graph)
      #expect(found.partition.groupCount == graph.nodeCount && found.quality == 0)
      #expect(found.modularity == nil && found.runs == 0)
    }
  }

  @Test func `bounds of the resolution: one group a component, or every node alone`() throws {
    let graph = Graphs.random(nodes: 40, edges: 45, seed: 2)
    let parts = try ConnectedComponents(.weak)(graph)
    #expect(try Leiden(objective: .constantPotts, resolution: 0)(graph).partition == parts)
    let alone = try Leiden(objective: .constantPotts, resolution: 1.01)(graph)
    #expect(alone.partition.groupCount == 40 && alone.quality == 0)
    for resolution in [-0.1, .infinity, .nan] {
      let model = ConstantPotts(resolution: resolution)
      #expect(throws: AnalysisError.self) { _ = try model(graph, parts) }
      let analysis = Leiden(objective: .constantPotts, resolution: resolution)
      #expect(throws: AnalysisError.self) { _ = try analysis(graph) }
    }
    let negative = Graphs.build(2, .undirected, [(0, 1)], .strength, [-1])
    let both = Partition(labels: [0, 0])
    #expect(throws: AnalysisError.self) { _ = try ConstantPotts(resolution: 1)(negative, both) }
    #expect(throws: AnalysisError.self) { _ = try Leiden(objective: .constantPotts)(negative) }
  }

  @Test
  func `the Potts model agrees with two libraries, and Leiden comes within half a percent of both`()
    throws
  {
    for reference in try PottsReference.load() {
      let graph = try reference.graph()
      let partition = Partition(labels: reference.partition)
      for entry in reference.values {
        let model = ConstantPotts(resolution: entry.resolution)
        let value = try model(graph, partition)
        #expect(abs(value - entry.leidenalg) < 1e-9, "\(reference.name)")
        #expect(abs(value - (entry.igraph ?? value)) < 1e-9, "\(reference.name)")
        let analysis = Leiden(objective: .constantPotts, resolution: entry.resolution)
        let found = try #require(try analysis(graph).quality)
        let best = max(entry.bestLeidenalg, entry.bestIgraph ?? -.infinity)
        // A random network has many divisions that are nearly as good as the best of fifty searches.
        #expect(found >= best * 0.995 - 1e-9, "\(reference.name) at \(entry.resolution)")
      }
    }
  }

  private func expectBest(_ graph: Graph, _ analysis: Leiden) throws {
    let isDirected = graph.direction == .directed && !analysis.ignoresDirection
    let gains = CommunityOracle.Gains(
      potts: graph, resolution: analysis.resolution, isDirected: isDirected)
    let found = try analysis(graph)
    let quality = try #require(found.quality)
    #expect(abs(quality - gains.best()) < 1e-12)
    #expect(abs(quality - gains.value(found.partition.group.values)) < 1e-12)
  }
}

/// `Tests/Reference/Communities/potts.json`, as `tools/reference/potts.py` writes it.
private struct PottsReference: Decodable {
  struct Value: Decodable {
    let resolution: Double
    let leidenalg: Double
    let igraph: Double?
    let bestLeidenalg: Double
    let bestIgraph: Double?

    enum CodingKeys: String, CodingKey {
      case resolution, leidenalg, igraph
      case bestLeidenalg = "best-leidenalg"
      case bestIgraph = "best-igraph"
    }
  }

  private struct File: Decodable { let graphs: [PottsReference] }
  private struct Sample: Decodable {
    struct Given: Decodable {
      let direction: Graph.Direction
      let weighting: Graph.Weighting?
      let nodes: Int
      let edges: [[Int32]]
      let weights: [Double]?
    }
    let graph: Given
  }

  let name: String
  let partition: [Int32]
  let values: [Value]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Reference")

  static func load() throws -> [PottsReference] {
    let data = try Data(contentsOf: folder.appending(path: "Communities/potts.json"))
    return try JSONDecoder().decode(File.self, from: data).graphs
  }

  /// The graph of the same name among the other references.
  func graph() throws -> Graph {
    let data = try Data(contentsOf: Self.folder.appending(path: "\(name).json"))
    let given = try JSONDecoder().decode(Sample.self, from: data).graph
    return try Graph(
      nodeCount: given.nodes, direction: given.direction, weighting: given.weighting,
      sources: given.edges.map { $0[0] }, targets: given.edges.map { $0[1] },
      weights: given.weights)
  }
}
