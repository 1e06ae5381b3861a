// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

struct GraphTests {
  @Test func `an undirected edge is two arcs and one edge`() throws {
    let graph = try Graph(nodeCount: 3, direction: .undirected, sources: [2, 0], targets: [1, 1])
    #expect(graph.edgeCount == 2)
    #expect(graph.arcs(from: Node(1)).map(\.target) == [Node(0), Node(2)])
    #expect(graph.arcs(into: Node(1)).map(\.target) == [Node(0), Node(2)])
    #expect(
      graph.arcs(from: Node(2)).map(\.edge) == graph.arcs(from: Node(1)).suffix(1).map(\.edge))
  }

  @Test func `a directed edge is one outgoing and one incoming arc`() throws {
    let graph = try Graph(
      nodeCount: 3, direction: .directed, weighting: .strength, sources: [2, 0, 0],
      targets: [1, 2, 1], weights: [5, 7, 9])
    #expect(graph.arcs(from: Node(0)).map(\.weight) == [9, 7])
    #expect(graph.arcs(into: Node(1)).map(\.target) == [Node(0), Node(2)])
    #expect(graph.arcs(into: Node(1)).map(\.weight) == [9, 5])
    #expect(graph.degree(of: Node(2)) == 2)
    #expect(graph.reversed().arcs(from: Node(1)).map(\.weight) == [9, 5])
  }

  @Test func `parallel edges are kept and self-loops count two ends`() throws {
    let graph = try Graph(
      nodeCount: 2, direction: .undirected, sources: [0, 1, 0], targets: [1, 0, 0])
    #expect(graph.edgeCount == 3)
    #expect(graph.selfLoopCount == 1)
    #expect(graph.degree(of: Node(0)) == 4)
    #expect(graph.degree(of: Node(1)) == 2)
  }

  @Test(arguments: [Graph.Direction.directed, .undirected])
  func `the edges do not depend on the order of the rows`(direction: Graph.Direction) throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      let nodes = 1 + random.below(9)
      let rows = (0..<random.below(30)).map { _ in
        (Int32(random.below(nodes)), Int32(random.below(nodes)), Double(random.below(4)))
      }
      var shuffled = rows
      random.shuffle(&shuffled)
      let (a, b) = try (
        graph(nodes, direction, rows), graph(nodes, direction, shuffled)
      )
      #expect(ends(of: a) == ends(of: b))
      #expect(
        a.edges.map { a.weight(of: $0) }.sorted() == b.edges.map { b.weight(of: $0) }.sorted())
    }
  }

  @Test(arguments: [Graph.Direction.directed, .undirected])
  func `every edge's ends, arcs and position agree`(direction: Graph.Direction) throws {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<50 {
      let nodes = 1 + random.below(9)
      let sources = (0..<random.below(40)).map { _ in Int32(random.below(nodes)) }
      let targets = sources.map { _ in Int32(random.below(nodes)) }
      let ordered = try Graph.ordered(
        nodeCount: nodes, direction: direction, sources: sources, targets: targets)
      let graph = ordered.graph
      graph.forEachEdge { edge, source, target in
        let ends = graph.ends(of: edge)
        #expect(ends == (source, target))
        let row = Int(ordered.position[edge])
        let given = [sources[row], targets[row]]
        #expect(
          direction == .directed
            ? given == [source.index, target.index]
            : given.sorted() == [source.index, target.index])
      }
      for node in graph.nodes {
        #expect(isSorted(graph.arcs(from: node).map(\.target)))
        #expect(isSorted(graph.arcs(into: node).map(\.target)))
        for arc in graph.arcs(from: node) {
          let ends = graph.ends(of: arc.edge)
          #expect(
            ends == (node, arc.target) || (direction == .undirected && ends == (arc.target, node)))
        }
      }
      let arcs = graph.nodes.reduce(0) { $0 + graph.arcs(from: $1).count }
      #expect(arcs == (direction == .directed ? 1 : 2) * graph.edgeCount)
    }
  }

  @Test func `an end outside the graph is refused by position`() {
    #expect(throws: GraphError.danglingEnd(position: 1, node: 3, nodeCount: 3)) {
      try Graph(nodeCount: 3, direction: .directed, sources: [0, 3], targets: [1, 1])
    }
    #expect(throws: GraphError.danglingEnd(position: 0, node: -1, nodeCount: 3)) {
      try Graph(nodeCount: 3, direction: .directed, sources: [0], targets: [-1])
    }
  }

  @Test(arguments: [Double.infinity, -Double.infinity])
  func `a weight that is no finite number is refused`(weight: Double) {
    #expect(throws: GraphError.weightNotFinite(position: 0, weight: weight)) {
      try Graph(
        nodeCount: 2, direction: .directed, weighting: .length, sources: [0], targets: [1],
        weights: [weight])
    }
  }

  @Test func `columns of unequal length are refused`() {
    #expect(throws: GraphError.unequalColumns(sources: 1, targets: 2, weights: nil)) {
      try Graph(nodeCount: 2, direction: .directed, sources: [0], targets: [1, 1])
    }
  }

  @Test func `an empty graph has no nodes and no edges`() throws {
    let graph = try Graph(nodeCount: 0, direction: .directed, sources: [], targets: [])
    #expect(graph.nodeCount == 0 && graph.edgeCount == 0 && graph.nodes.isEmpty)
    #expect(graph.simplified().graph.nodeCount == 0)
  }

  @Test func `a builder gives the graph of the columns`() throws {
    var builder = GraphBuilder(direction: .directed, weighting: .strength)
    let (a, b) = (builder.addNode(), builder.addNode())
    builder.addEdge(b, a, weight: 2)
    builder.addEdge(a, b, weight: 3)
    let ordered = try builder.buildOrdered()
    #expect(ordered.graph.edgeWeights == [3, 2])
    #expect(ordered.position.values == [1, 0])
  }

  private func graph(
    _ nodes: Int, _ direction: Graph.Direction, _ rows: [(Int32, Int32, Double)]
  ) throws -> Graph {
    try Graph(
      nodeCount: nodes, direction: direction, weighting: .strength, sources: rows.map(\.0),
      targets: rows.map(\.1), weights: rows.map(\.2))
  }

  private func ends(of graph: Graph) -> [[Int32]] {
    graph.edges.map { [graph.ends(of: $0).source.index, graph.ends(of: $0).target.index] }
  }

  private func isSorted(_ nodes: [Node]) -> Bool { zip(nodes, nodes.dropFirst()).allSatisfy(<=) }
}
