// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Diameters against the largest eccentricity by plain searches, and eccentricities where searches
/// go 512 at a time.
@Suite struct DiameterTests {
  @Test func `diameters of named graphs are known and so are their ends`() throws {
    func only(_ graph: Graph) throws -> [Int] {
      let found = try Diameter()(graph)
      #expect(found.count == 1 && found[0].nodeCount == graph.nodeCount)
      return [found[0].steps, Int(found[0].first.index), Int(found[0].second.index)]
    }
    #expect(try only(Graphs.path(5)) == [4, 0, 4])
    #expect(try only(Graphs.path(2, .directed)) == [1, 0, 1])
    #expect(try only(Graphs.empty(1)) == [0, 0, 0])
    #expect(try only(Graphs.cycle(9))[0] == 4)
    #expect(try only(Graphs.star(7))[0] == 2)
    #expect(try only(Graphs.complete(6))[0] == 1)
    #expect(try only(Graphs.petersen())[0] == 2)
    #expect(try only(Graphs.grid(7, 12))[0] == 17)
    #expect(try only(Graphs.barbell(5, bridge: 4))[0] == 7)
    #expect(try only(Graphs.path(2500)) == [2499, 0, 2499])
    #expect(try Diameter()(Graphs.empty(0)).isEmpty)
    #expect(try Diameter(ofEveryComponent: true)(Graphs.empty(3)).map(\.steps) == [0, 0, 0])
  }

  @Test func `diameters are the largest eccentricities of all small graphs`() throws {
    for n in 1...5 {
      for graph in Graphs.all(nodes: n, .undirected) { try expectDiameters(graph) }
    }
    for graph in Graphs.all(nodes: 3, .directed) { try expectDiameters(graph) }
  }

  @Test func `diameters are the largest eccentricities of random graphs`() throws {
    for seed in 1...15 {
      let s = UInt64(seed)
      try expectDiameters(Graphs.random(nodes: 90, edges: 95, seed: s))
      try expectDiameters(Graphs.random(nodes: 80, edges: 160, .directed, seed: s))
      try expectDiameters(Graphs.random(nodes: 70, edges: 500, seed: s))
      try expectDiameters(Graphs.preferential(nodes: 120, ties: 2, seed: s))
    }
    try expectDiameters(
      Graphs.build(6, .directed, [(0, 0), (0, 1), (1, 0), (1, 2), (1, 2), (4, 4)]))
  }

  /// All nodes of a product of rings have one eccentricity, so that no bound helps and searches go
  /// many at a time.
  @Test func `where bounds do not help eccentricities and diameter are those of the closed form`()
    throws
  {
    let (rows, columns) = (34, 41)
    var edges: [(Int, Int)] = []
    for r in 0..<rows {
      for c in 0..<columns {
        edges.append((r * columns + c, r * columns + (c + 1) % columns))
        edges.append((r * columns + c, (r + 1) % rows * columns + c))
      }
    }
    let torus = Graphs.build(rows * columns, .undirected, edges)
    for threads in [1, 2] {
      let run = Run(threads: threads)
      #expect(try Eccentricity()(torus, run).all == Array(repeating: 37, count: rows * columns))
      #expect(try Diameter()(torus, run)[0].steps == 37)
    }
    // Beside another component and with tails, which are leaves.
    let tails = (0..<rows * columns).map { ($0, $0 + rows * columns) }
    let shift = 2 * rows * columns
    let apart = Graphs.build(shift + 5, .undirected, edges + tails + [(shift, shift + 1)])
    let expected =
      Array(repeating: 38.0, count: rows * columns) + Array(repeating: 39.0, count: rows * columns)
      + [1, 1, 0, 0, 0]
    #expect(try Eccentricity()(apart, Run(threads: 2)).all == expected)
    #expect(
      try Diameter(ofEveryComponent: true)(apart).map(\.steps) == [39, 1, 0, 0, 0])
  }

  @Test func `eccentricities of a network with hubs are those of single searches`() throws {
    let graph = Graphs.preferential(nodes: 1300, ties: 3, seed: 11)
    let scores = try Eccentricity()(graph, Run(threads: 2))
    #expect(scores == (try Eccentricity()(graph)))
    for u in stride(from: 0, to: 1300, by: 7) {
      let layers = try BreadthFirstDistances(from: [Node(u)])(graph).layers
      #expect(scores[Node(u)] == Double(layers.count - 1))
    }
  }

  @Test func `threads change nothing, a cancelled run throws and options survive JSON`() throws {
    let graph = Graphs.preferential(nodes: 2500, ties: 2, seed: 4)
    let one = try Diameter()(graph)
    for threads in [2, 3] { #expect(try Diameter()(graph, Run(threads: threads)) == one) }
    #expect(throws: AnalysisError.cancelled) {
      _ = try Diameter()(graph, Run(isCancelled: { true }))
    }
    let late = Countdown(8)
    #expect(throws: AnalysisError.cancelled) {
      _ = try Diameter()(graph, Run(threads: 2, isCancelled: { late.isOver }))
    }
    let analysis = Diameter(ofEveryComponent: true)
    #expect(
      try JSONDecoder().decode(Diameter.self, from: JSONEncoder().encode(analysis)) == analysis)
    #expect(
      Diameter().memory(for: graph, threads: 2) >= Diameter().memory(for: graph, threads: 1))
    #expect(Diameter().memory(for: graph, threads: 1) >= 200 * graph.nodeCount)
  }

  private func expectDiameters(_ graph: Graph) throws {
    let depth = try graph.nodes.map {
      try BreadthFirstDistances(from: [$0])(graph).layers.count - 1
    }
    let components = try ConnectedComponents(.weak)(graph)
    let found = try Diameter(ofEveryComponent: true)(graph)
    #expect(found.map(\.nodeCount) == components.sizes)
    for (component, members) in zip(found, components.members) {
      #expect(component.steps == members.map { depth[Int($0.index)] }.max())
      #expect(members.contains(component.first) && members.contains(component.second))
      let reach = try BreadthFirstDistances(from: [component.first])(graph)
      #expect(reach[component.second] == component.steps)
    }
    #expect(try Diameter()(graph) == Array(found.prefix(1)))
  }
}
