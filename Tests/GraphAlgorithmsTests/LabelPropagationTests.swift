// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Label propagation: what every result of it must be, whatever was drawn.
@Suite struct LabelPropagationTests {
  @Test func `complete graphs joined by an edge are communities`() throws {
    for seed in 1...20 {
      let found = try LabelPropagation(seed: UInt64(seed))(Graphs.barbell(5, bridge: 0))
      #expect(found.partition == Partition(labels: (0..<10).map { $0 / 5 }))
      #expect(abs((found.modularity ?? 0) - (20.0 / 21 - 0.5)) < 1e-12)
      #expect(found.ties.map(\.externalEdges) == [1, 1])
    }
  }

  @Test func `strength decides, whatever the direction`() throws {
    // A ring of six whose edges are strong and weak in turn.
    let edges = (0..<6).map { ($0, ($0 + 1) % 6) }
    let weights = (0..<6).map { $0 % 2 == 0 ? 5.0 : 1.0 }
    for direction in [Graph.Direction.undirected, .directed] {
      let ring = Graphs.build(6, direction, edges, .strength, weights)
      for seed in 1...10 {
        let found = try LabelPropagation(seed: UInt64(seed))(ring)
        #expect(found.partition == Partition(labels: [0, 0, 1, 1, 2, 2]))
      }
      let parallel = Graphs.build(
        4, direction, [(0, 1), (1, 0), (1, 2), (2, 3), (2, 3)], nil, nil)
      #expect(try LabelPropagation()(parallel).partition == Partition(labels: [0, 0, 1, 1]))
    }
  }

  @Test func `every node is in a group that is among its strongest, and groups hang together`()
    throws
  {
    var graphs =
      Array(Graphs.all(nodes: 4, .undirected)) + Array(Graphs.all(nodes: 3, .directed))
      + [Graphs.kite(), Graphs.petersen(), Graphs.grid(12, 12), Graphs.star(50)]
    for seed in 1...10 {
      let seed = UInt64(seed)
      graphs.append(Graphs.random(nodes: 60, edges: 100, seed: seed))
      graphs.append(Graphs.random(nodes: 60, edges: 90, weighting: .strength, seed: seed))
      graphs.append(
        Graphs.random(nodes: 60, edges: 120, .directed, weighting: .strength, seed: seed))
    }
    for (index, graph) in graphs.enumerated() {
      let group = try LabelPropagation()(graph).partition.group
      // Labels that were the same on both sides of a gap are two groups now, which takes strength
      // from no group: what a node is tied to is in its own.
      for node in graph.nodes {
        var strength: [Int32: Double] = [:]
        for arc in graph.arcs(from: node) where arc.target != node {
          strength[group[arc.target], default: 0] += arc.weight
        }
        if graph.direction == .directed {
          for arc in graph.arcs(into: node) where arc.target != node {
            strength[group[arc.target], default: 0] += arc.weight
          }
        }
        let most = strength.values.max() ?? 0
        #expect(strength[group[node], default: 0] >= most - 1e-9, "graph \(index), \(node)")
      }
      let inside = graph.subgraph(
        nodes: { _ in true },
        edges: { edge in
          let ends = graph.ends(of: edge)
          return group[ends.source] == group[ends.target]
        })
      #expect(try ConnectedComponents(.weak)(inside.graph).group == group, "graph \(index)")
    }
  }

  @Test func `self-loops and ties of strength 0 join nothing`() throws {
    let graph = Graphs.build(
      5, .undirected, [(0, 0), (0, 1), (1, 2), (3, 3)], .strength, [9, 0, 1, 2])
    #expect(try LabelPropagation()(graph).partition == Partition(labels: [1, 0, 0, 2, 3]))
    #expect(
      try LabelPropagation(ignoresWeights: true)(graph).partition
        == Partition(labels: [0, 0, 0, 1, 2]))
    for empty in [Graphs.empty(0), Graphs.empty(3, .directed)] {
      let found = try LabelPropagation()(empty)
      #expect(found.partition.groupCount == empty.nodeCount && found.modularity == nil)
    }
  }

  @Test(arguments: ["label-propagation", "infomap"])
  func `negative strengths and lengths are refused, and a cancelled run throws`(
    _ word: String
  ) throws {
    let analysis = try #require(Catalogue.groupAnalysis(word))
    let negative = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [1, -2])
    let length = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .length, [1, 2])
    #expect {
      _ = try analysis(negative, Run())
    } throws: {
      guard case .weightOutsideDomain(word, 1, -2, _)? = $0 as? AnalysisError else { return false }
      return true
    }
    #expect {
      _ = try analysis(length, Run())
    } throws: {
      guard case .wrongWeighting(word, .length, _)? = $0 as? AnalysisError else { return false }
      return true
    }
    let graph = Graphs.random(nodes: 1200, edges: 2400, .directed, weighting: .strength, seed: 1)
    #expect(throws: AnalysisError.cancelled) {
      _ = try analysis(graph, Run(isCancelled: { true }))
    }
    #expect(try analysis(graph, Run(threads: 1)) == analysis(graph, Run(threads: 3)))
  }
}
