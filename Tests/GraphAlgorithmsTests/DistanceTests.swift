// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Eccentricities, diameters and distances from sources against searches by the definition.
@Suite struct DistanceTests {
  // MARK: Eccentricity

  @Test func `eccentricities of named graphs are known`() throws {
    #expect(try eccentricities(Graphs.path(5)) == [4, 3, 2, 3, 4])
    #expect(try eccentricities(Graphs.cycle(7)) == Array(repeating: 3, count: 7))
    #expect(try eccentricities(Graphs.star(6)) == [1, 2, 2, 2, 2, 2])
    #expect(try eccentricities(Graphs.complete(5)) == Array(repeating: 1, count: 5))
    #expect(try eccentricities(Graphs.petersen()) == Array(repeating: 2, count: 10))
    #expect(try eccentricities(Graphs.empty(3)) == [0, 0, 0])
    #expect(try eccentricities(Graphs.empty(0)).isEmpty)
    #expect(try eccentricities(Graphs.path(2, .directed)) == [1, 1])
    let long = try eccentricities(Graphs.path(3000))
    #expect(long == (0..<3000).map { Double(max($0, 2999 - $0)) })
  }

  @Test func `eccentricities are the largest distances of all searches`() throws {
    for n in 1...5 {
      for graph in Graphs.all(nodes: n, .undirected) { try expectEccentricities(graph) }
    }
    for seed in 1...12 {
      let s = UInt64(seed)
      try expectEccentricities(Graphs.random(nodes: 60, edges: 70, seed: s))
      try expectEccentricities(Graphs.random(nodes: 60, edges: 80, .directed, seed: s))
      try expectEccentricities(Graphs.preferential(nodes: 80, ties: 2, seed: s))
    }
    try expectEccentricities(Graphs.grid(7, 9))
    try expectEccentricities(Graphs.barbell(6, bridge: 9))
    try expectEccentricities(
      Graphs.build(6, .directed, [(0, 0), (0, 1), (1, 0), (1, 2), (1, 2), (4, 4)]))
  }

  @Test func `the diameter beyond the limit of distances is the largest eccentricity`() throws {
    for seed in 1...12 {
      let graph = Graphs.random(nodes: 70, edges: 75, seed: UInt64(seed))
      let exact = try WholeNetwork()(graph)
      let bounded = try WholeNetwork(distanceNodeLimit: 0)(graph)
      #expect(bounded.diameter == exact.diameter && bounded.diameter != nil)
      #expect(bounded.meanDistance == nil && exact.meanDistance != nil)
    }
    let large = Graphs.preferential(nodes: 2500, ties: 2, seed: 4)
    let largest = try eccentricities(large).max()
    for threads in [1, 2] {
      let figures = try WholeNetwork(distanceNodeLimit: 9)(large, Run(threads: threads))
      #expect(figures.diameter.map { Double($0) } == largest)
    }
  }

  private func expectEccentricities(_ graph: Graph) throws {
    let expected = graph.nodes.map { node in
      distances(from: [node], in: graph, .total).compactMap { $0 }.max() ?? 0
    }
    #expect(try eccentricities(graph) == expected.map { Double($0) })
  }

  private func eccentricities(_ graph: Graph) throws -> [Double] {
    try Eccentricity()(graph).all.map { $0 ?? .nan }
  }

  // MARK: Distances from sources

  @Test func `distances from sources are those of a search by the definition`() throws {
    for n in 1...4 {
      for graph in Graphs.all(nodes: n, .undirected) { try expectDistances(graph, [Node(0)]) }
    }
    for graph in Graphs.all(nodes: 3, .directed) { try expectDistances(graph, [Node(1)]) }
    for seed in 1...10 {
      let s = UInt64(seed)
      try expectDistances(
        Graphs.random(nodes: 90, edges: 400, .directed, seed: s), [Node(3), Node(3), Node(7)])
      // Dense enough that a search pulls.
      try expectDistances(Graphs.preferential(nodes: 400, ties: 8, seed: s), [Node(399)])
      try expectDistances(Graphs.random(nodes: 300, edges: 4000, .directed, seed: s), [Node(5)])
    }
    try expectDistances(
      Graphs.build(5, .directed, [(0, 0), (0, 1), (0, 1), (2, 1), (3, 4)]), [Node(0), Node(3)])
  }

  @Test func `layers count the nodes at each distance`() throws {
    let reach = try BreadthFirstDistances(from: [Node(0)])(Graphs.petersen())
    #expect(reach.layers == [1, 3, 6] && reach.reached == 10)
    let apart = Graphs.build(4, .directed, [(0, 1), (3, 2)])
    #expect(try BreadthFirstDistances(from: [Node(1)], along: .outgoing)(apart).layers == [1])
    #expect(try BreadthFirstDistances(from: [Node(1)], along: .incoming)(apart).layers == [1, 1])
    #expect(try BreadthFirstDistances()(apart).layers.isEmpty)
    #expect(try BreadthFirstDistances()(Graphs.empty(0)).reached == 0)
  }

  @Test func `a source outside the graph is refused`() {
    for index in [-1, 3] {
      #expect(throws: AnalysisError.self) {
        _ = try BreadthFirstDistances(from: [Node(index)])(Graphs.path(3))
      }
    }
  }

  @Test func `a cancelled search throws and options survive JSON`() throws {
    let graph = Graphs.preferential(nodes: 1500, ties: 2, seed: 1)
    let analysis = BreadthFirstDistances(from: [Node(1)], along: .incoming)
    #expect(throws: AnalysisError.cancelled) {
      _ = try analysis(graph, Run(isCancelled: { true }))
    }
    let late = Countdown(4)
    #expect(throws: AnalysisError.cancelled) {
      _ = try Eccentricity()(graph, Run(isCancelled: { late.isOver }))
    }
    let copy = try JSONDecoder().decode(
      BreadthFirstDistances.self, from: JSONEncoder().encode(analysis))
    #expect(copy == analysis)
    #expect(analysis.memory(for: graph, threads: 1) >= 12 * graph.nodeCount)
    #expect(Eccentricity().memory(for: graph, threads: 1) >= 32 * graph.nodeCount)
  }

  private func expectDistances(_ graph: Graph, _ sources: [Node]) throws {
    for ties in Ties.allCases {
      let reach = try BreadthFirstDistances(from: sources, along: ties)(graph)
      let expected = distances(from: sources, in: graph, ties)
      #expect(graph.nodes.map { reach[$0] } == expected)
      #expect(reach.reached == expected.count { $0 != nil })
    }
  }

  private func distances(from sources: [Node], in graph: Graph, _ ties: Ties) -> [Int?] {
    var distance = [Int?](repeating: nil, count: graph.nodeCount)
    var front = Set(sources)
    var level = 0
    while !front.isEmpty {
      for node in front { distance[Int(node.index)] = level }
      var next: Set<Node> = []
      for node in front {
        var near: [Node] = []
        if ties != .incoming { near += graph.arcs(from: node).map(\.target) }
        if ties != .outgoing { near += graph.arcs(into: node).map(\.target) }
        for other in near where distance[Int(other.index)] == nil { next.insert(other) }
      }
      front = next
      level += 1
    }
    return distance
  }
}
