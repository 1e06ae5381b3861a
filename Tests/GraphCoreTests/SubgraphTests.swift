// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

struct SubgraphTests {
  @Test func `a subgraph holds the edges between its nodes and the way back`() throws {
    let graph = try Graph(
      nodeCount: 4, direction: .directed, weighting: .length, sources: [0, 1, 2, 3, 3],
      targets: [1, 2, 3, 1, 3], weights: [1, 2, 3, 4, 5])
    let part = graph.subgraph(nodes: { $0 != Node(2) })
    #expect(part.node.values == [Node(0), Node(1), Node(3)])
    #expect(part.graph.edgeCount == 3)
    #expect(part.graph.selfLoopCount == 1)
    #expect(part.graph.weighting == .length)
    for edge in part.graph.edges {
      let (source, target) = part.graph.ends(of: edge)
      let original = graph.ends(of: part.edge[edge])
      #expect((part.node[source], part.node[target]) == original)
      #expect(part.graph.weight(of: edge) == graph.weight(of: part.edge[edge]))
    }
  }

  @Test func `parallel edges are merged by the stated rule`() throws {
    let graph = try Graph(
      nodeCount: 3, direction: .directed, weighting: .strength, sources: [0, 0, 1, 1, 2],
      targets: [1, 1, 0, 1, 1], weights: [2, 5, 7, 100, 1])
    let expected: [(ParallelRule, [Double])] = [
      (.sum, [7, 7, 1]), (.max, [5, 7, 1]), (.min, [2, 7, 1]), (.count, [2, 1, 1]),
    ]
    for (rule, weights) in expected {
      let simple = graph.simplified(merging: rule)
      #expect(simple.graph.edgeWeights.map(Array.init) == weights)
      #expect(simple.droppedSelfLoops == 1)
    }
    let both = graph.simplified(merging: .sum, keepsSelfLoops: true, direction: .undirected)
    #expect(both.graph.direction == .undirected)
    #expect(both.graph.edgeWeights == [14, 100, 1])
    #expect(both.members.values.map(\.count) == [3, 1, 1])
  }

  @Test func `every edge of a graph is in one member list or a dropped loop`() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<30 {
      let nodes = 1 + random.below(6)
      let sources = (0..<random.below(30)).map { _ in Int32(random.below(nodes)) }
      let targets = sources.map { _ in Int32(random.below(nodes)) }
      let graph = try Graph(
        nodeCount: nodes, direction: .directed, sources: sources, targets: targets)
      let simple = graph.simplified(direction: .undirected)
      let members = simple.members.values.flatMap { $0 }
      #expect(Set(members).count == members.count)
      #expect(members.count + simple.droppedSelfLoops == graph.edgeCount)
      for edge in simple.graph.edges {
        let (source, target) = simple.graph.ends(of: edge)
        for member in simple.members[edge] {
          let ends = graph.ends(of: member)
          #expect(Set([ends.source, ends.target]) == Set([source, target]))
        }
      }
    }
  }
}
