// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Components, core numbers and triangles against closed forms and against their definitions.
@Suite struct CohesionTests {
  // MARK: Components

  @Test func `components of all small graphs are the classes of mutual reach`() throws {
    for n in 0...4 {
      for graph in Graphs.all(nodes: n, .undirected) { try expectComponentsByClosure(graph) }
    }
    for n in 0...3 {
      for graph in Graphs.all(nodes: n, .directed) { try expectComponentsByClosure(graph) }
    }
    for seed in 1...20 {
      try expectComponentsByClosure(Graphs.random(nodes: 12, edges: 9, seed: UInt64(seed)))
      try expectComponentsByClosure(
        Graphs.random(nodes: 12, edges: 16, .directed, seed: UInt64(seed)))
    }
  }

  @Test func `components are numbered from the largest and then by first node`() throws {
    let graph = Graphs.build(7, .directed, [(5, 6), (6, 4), (4, 5), (0, 2), (1, 3)])
    let weak = try ConnectedComponents(.weak)(graph)
    #expect(weak.sizes == [3, 2, 2])
    #expect(weak.group.values == [1, 2, 1, 2, 0, 0, 0])
    let strong = try ConnectedComponents(.strong)(graph)
    #expect(strong.sizes == [3, 1, 1, 1, 1])
    #expect(strong.group.values == [1, 2, 3, 4, 0, 0, 0])
  }

  @Test func `a chain of 50,000 nodes does not exhaust the stack`() throws {
    let chain = Graphs.path(50_000, .directed)
    #expect(try ConnectedComponents(.weak)(chain).sizes == [50_000])
    #expect(try ConnectedComponents(.strong)(chain).groupCount == 50_000)
    #expect(try ConnectedComponents(.strong)(Graphs.cycle(50_000, .directed)).groupCount == 1)
    #expect(try ArticulationPoints()(chain).count == 49_998)
    #expect(try Bridges()(chain).count == 49_999)
  }

  private func expectComponentsByClosure(_ graph: Graph) throws {
    let n = graph.nodeCount
    var arcs = [[Bool]](repeating: [Bool](repeating: false, count: n), count: n)
    for u in 0..<n { arcs[u][u] = true }
    graph.forEachEdge { _, source, target in
      arcs[Int(source.index)][Int(target.index)] = true
      if graph.direction == .undirected { arcs[Int(target.index)][Int(source.index)] = true }
    }
    var ties = arcs
    for u in 0..<n { for v in 0..<n where arcs[u][v] { ties[v][u] = true } }
    close(&arcs)
    close(&ties)
    let weak = try ConnectedComponents(.weak)(graph)
    let strong = try ConnectedComponents(.strong)(graph)
    for u in 0..<n {
      for v in 0..<n {
        #expect((weak.group[Node(u)] == weak.group[Node(v)]) == ties[u][v])
        #expect((strong.group[Node(u)] == strong.group[Node(v)]) == (arcs[u][v] && arcs[v][u]))
      }
    }
    #expect(weak.sizes.reduce(0, +) == n && strong.sizes.reduce(0, +) == n)
  }

  private func close(_ reach: inout [[Bool]]) {
    for k in reach.indices {
      for i in reach.indices where reach[i][k] {
        for j in reach.indices where reach[k][j] { reach[i][j] = true }
      }
    }
  }

  // MARK: Core numbers

  @Test func `core numbers of named graphs are known`() throws {
    #expect(try values(CoreNumber(), Graphs.complete(6)) == Array(repeating: 5, count: 6))
    #expect(try values(CoreNumber(), Graphs.cycle(5)) == Array(repeating: 2, count: 5))
    #expect(try values(CoreNumber(), Graphs.star(9)) == Array(repeating: 1, count: 9))
    #expect(try values(CoreNumber(), Graphs.petersen()) == Array(repeating: 3, count: 10))
    #expect(try values(CoreNumber(), Graphs.grid(4, 5)) == Array(repeating: 2, count: 20))
    #expect(
      try values(CoreNumber(), Graphs.complete(4, .directed)) == Array(repeating: 6, count: 4))
    #expect(try values(CoreNumber(), Graphs.empty(3)) == [0, 0, 0])
    let tail = Graphs.build(4, .undirected, [(0, 1), (1, 2), (2, 0), (2, 3)])
    #expect(try values(CoreNumber(), tail) == [2, 2, 2, 1])
  }

  @Test func `core numbers are what peeling by the definition leaves`() throws {
    for n in 1...5 {
      for graph in Graphs.all(nodes: n, .undirected) { try expectCoresByPeeling(graph) }
    }
    for graph in Graphs.all(nodes: 3, .directed) { try expectCoresByPeeling(graph) }
    for seed in 1...30 {
      try expectCoresByPeeling(Graphs.random(nodes: 25, edges: 80, seed: UInt64(seed)))
      try expectCoresByPeeling(Graphs.random(nodes: 15, edges: 90, .directed, seed: UInt64(seed)))
    }
  }

  @Test func `parallel edges and self-loops do not raise a core number`() throws {
    let graph = Graphs.build(3, .undirected, [(0, 1), (0, 1), (0, 1), (1, 1), (1, 2)])
    #expect(try values(CoreNumber(), graph) == [1, 1, 1])
    let arcs = Graphs.build(3, .directed, [(0, 1), (0, 1), (1, 0), (1, 1), (1, 2)])
    #expect(try values(CoreNumber(), arcs) == [2, 2, 1])
    #expect(try values(CoreNumber(ignoresDirection: true), arcs) == [1, 1, 1])
  }

  private func expectCoresByPeeling(_ graph: Graph) throws {
    let found = try values(CoreNumber(), graph)
    var expected = [Double](repeating: 0, count: graph.nodeCount)
    for k in 1...max(1, 2 * graph.nodeCount) {
      var kept = Set(0..<graph.nodeCount)
      while true {
        var degree = [Int: Int]()
        graph.forEachEdge { _, source, target in
          let (s, t) = (Int(source.index), Int(target.index))
          guard kept.contains(s), kept.contains(t) else { return }
          degree[s, default: 0] += 1
          degree[t, default: 0] += 1
        }
        let stays = kept.filter { degree[$0, default: 0] >= k }
        if stays == kept { break }
        kept = stays
      }
      for u in kept { expected[u] = Double(k) }
    }
    #expect(found == expected)
  }

  // MARK: Triangles

  @Test func `triangles and clustering of named graphs are known`() throws {
    let kite = try Triangles()(Graphs.kite())
    #expect(kite.total == 11)
    let complete = try Triangles()(Graphs.complete(6))
    #expect(complete.total == 20 && complete.transitivity == 1)
    #expect(complete.averageClustering == 1 && complete.connectedTriples == 60)
    let petersen = try Triangles()(Graphs.petersen())
    #expect(petersen.total == 0 && petersen.transitivity == 0)
    let tail = try Triangles()(Graphs.build(4, .undirected, [(0, 1), (1, 2), (2, 0), (2, 3)]))
    #expect(tail.transitivity == 3.0 / 5)
    #expect(tail.clustering.values == [1, 1, 1.0 / 3, 0])
    #expect(try Triangles()(Graphs.path(2)).transitivity == 0)
    #expect(try Triangles()(Graphs.empty(0)).averageClustering == nil)
  }

  @Test func `triangles are the triples that are all tied`() throws {
    for graph in Graphs.all(nodes: 5, .undirected) { try expectTriangles(graph) }
    for seed in 1...10 {
      try expectTriangles(Graphs.random(nodes: 20, edges: 70, seed: UInt64(seed)))
      try expectTriangles(Graphs.random(nodes: 20, edges: 90, .directed, seed: UInt64(seed)))
    }
  }

  @Test func `direction, parallel edges and self-loops do not change clustering`() throws {
    let plain = Graphs.build(4, .undirected, [(0, 1), (1, 2), (2, 0), (2, 3)])
    let rich = Graphs.build(
      4, .directed, [(0, 1), (1, 0), (1, 2), (1, 2), (0, 2), (3, 2), (2, 2), (3, 3)])
    #expect(try values(Clustering(), plain) == (try values(Clustering(), rich)))
  }

  private func expectTriangles(_ graph: Graph) throws {
    let n = graph.nodeCount
    var tied = [[Bool]](repeating: [Bool](repeating: false, count: n), count: n)
    graph.forEachEdge { _, source, target in
      tied[Int(source.index)][Int(target.index)] = true
      tied[Int(target.index)][Int(source.index)] = true
    }
    var count = [Int](repeating: 0, count: n)
    var total = 0
    for a in 0..<n {
      for b in a + 1..<max(a + 1, n) where tied[a][b] {
        for c in b + 1..<max(b + 1, n) where tied[a][c] && tied[b][c] {
          total += 1
          for node in [a, b, c] { count[node] += 1 }
        }
      }
    }
    let found = try Triangles()(graph)
    #expect(found.total == total)
    #expect(found.ofNode.values == count)
  }

  private func values(_ analysis: some Analysis<Scores>, _ graph: Graph) throws -> [Double] {
    try analysis(graph).all.map { $0 ?? .nan }
  }
}
