// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Cut nodes and bridges against what deleting them does.
@Suite struct CutTests {
  @Test func `cut nodes of all small graphs are those whose deletion splits a component`() throws {
    for n in 0...5 {
      for graph in Graphs.all(nodes: n, .undirected) { try expectCutsByDeletion(graph) }
    }
    for graph in Graphs.all(nodes: 3, .directed) { try expectCutsByDeletion(graph) }
  }

  @Test func `cut nodes of sparse random graphs are those whose deletion splits`() throws {
    for seed in 1...40 {
      try expectCutsByDeletion(Graphs.random(nodes: 24, edges: 28, seed: UInt64(seed)))
      try expectCutsByDeletion(Graphs.random(nodes: 16, edges: 20, .directed, seed: UInt64(seed)))
    }
  }

  @Test func `the parts and the cut-off nodes of a cut node are counted`() throws {
    let chain = try ArticulationPoints()(Graphs.path(4))
    #expect(chain.map(\.node) == [Node(1), Node(2)])
    #expect(chain.map(\.parts) == [[2, 1], [2, 1]])
    let star = try ArticulationPoints()(Graphs.star(6))
    #expect(star.map(\.parts) == [[1, 1, 1, 1, 1]])
    #expect(star.map(\.cutOff) == [4])
    let barbell = try ArticulationPoints()(Graphs.barbell(4, bridge: 1))
    #expect(barbell.map(\.node.index) == [3, 4, 5])
    #expect(barbell.map(\.parts) == [[5, 3], [4, 4], [5, 3]])
    #expect(try ArticulationPoints()(Graphs.cycle(6)).isEmpty)
  }

  @Test func `two edges of a pair are no bridge unless they are merged`() throws {
    let graph = Graphs.build(3, .undirected, [(0, 1), (0, 1), (1, 2), (2, 2)])
    #expect(try Bridges()(graph).map(\.edges) == [[Edge(2)]])
    #expect(try Bridges(mergesEdges: true)(graph).map(\.edges) == [[Edge(0), Edge(1)], [Edge(2)]])
    let arcs = Graphs.build(3, .directed, [(0, 1), (1, 0), (2, 1)])
    let bridge = try #require(try Bridges()(arcs).first)
    #expect(bridge.source == Node(2) && bridge.target == Node(1))
    #expect(bridge.sourceSide == 1 && bridge.targetSide == 2 && bridge.cutOff == 1)
    #expect(try Bridges(mergesEdges: true)(arcs).count == 2)
  }

  @Test func `cancelling stops the search`() {
    let cancelled = Run(isCancelled: { true })
    let graph = Graphs.grid(40, 40)
    #expect(throws: AnalysisError.cancelled) { _ = try ArticulationPoints()(graph, cancelled) }
    #expect(throws: AnalysisError.cancelled) { _ = try Bridges()(graph, cancelled) }
    #expect(throws: AnalysisError.cancelled) { _ = try Triangles()(graph, cancelled) }
    #expect(throws: AnalysisError.cancelled) { _ = try WholeNetwork()(graph, cancelled) }
    for group in Catalogue.groupAnalyses {
      #expect(throws: AnalysisError.cancelled) { _ = try group(graph, cancelled) }
    }
  }

  private func expectCutsByDeletion(_ graph: Graph) throws {
    let found = try ArticulationPoints()(graph)
    let whole = try ConnectedComponents(.weak)(graph)
    var expected: [Node: [Int]] = [:]
    for node in graph.nodes {
      let rest = graph.subgraph(nodes: { $0 != node })
      let parts = try ConnectedComponents(.weak)(rest.graph)
      // The parts that the node's own component left behind.
      let sizes = parts.members.filter { members in
        whole.group[rest.node[members[0]]] == whole.group[node]
      }.map(\.count)
      if sizes.count > 1 { expected[node] = sizes }
    }
    #expect(found.map(\.node) == expected.keys.sorted())
    for cut in found { #expect(cut.parts == expected[cut.node]) }

    for merges in [false, true] {
      let bridges = try Bridges(mergesEdges: merges)(graph)
      var splitting: [Edge] = []
      for edge in graph.edges {
        let ends = graph.ends(of: edge)
        let without = graph.subgraph(nodes: { _ in true }) { other in
          let others = graph.ends(of: other)
          let isSamePair =
            (others.source, others.target) == (ends.source, ends.target)
            || (others.source, others.target) == (ends.target, ends.source)
          return other != edge && !(merges && isSamePair)
        }
        let parts = try ConnectedComponents(.weak)(without.graph)
        guard parts.groupCount > whole.groupCount else { continue }
        splitting.append(edge)
        let bridge = bridges.first { $0.edges.contains(edge) }
        #expect(bridge?.source == graph.ends(of: bridge?.edges[0] ?? edge).source)
        let sides = bridge.map { [$0.sourceSide, $0.targetSide] }
        let sizes = bridge.map { bridge in
          [bridge.source, bridge.target].map { parts.sizes[Int(parts.group[$0])] }
        }
        #expect(sides == sizes)
      }
      #expect(bridges.flatMap(\.edges).sorted() == splitting)
    }
  }
}
