// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// PageRank that starts again at chosen nodes.
@Suite struct RestartTests {
  private typealias Restart = PageRank.Restart

  @Test func `a walk from the end of a directed chain stays there`() throws {
    let chain = Graphs.path(4, .directed)
    let last = try PageRank(restart: [Restart(node: 3)])(chain)
    #expect(last.all == [0, 0, 0, 1])
    // From the head: 1, d, d², d³ of the same sum.
    let first = try PageRank(damping: 0.5, restart: [Restart(node: 0, weight: 7)])(chain)
    for node in 0..<4 { #expect(near(first[Node(node)], Double(8 >> node) / 15)) }
  }

  @Test func `restarting at every node alike is PageRank`() throws {
    for direction in [Graph.Direction.undirected, .directed] {
      let graph = Graphs.random(nodes: 50, edges: 80, direction, weighting: .strength, seed: 3)
      let everywhere = (0..<50).map { Restart(node: $0, weight: 4) }
      let (a, b) = (try PageRank()(graph), try PageRank(restart: everywhere)(graph))
      for node in graph.nodes { #expect(near(a[node], b[node] ?? .nan)) }
      #expect(a.convention != b.convention)
    }
  }

  @Test func `scores are the mean of those of the single restart nodes`() throws {
    // Only where no walk gets stuck: there the share that is spread differs.
    let graph = Graphs.cycle(9, .directed)
    let both = try PageRank(restart: [Restart(node: 1), Restart(node: 4, weight: 3)])(graph)
    let one = try PageRank(restart: [Restart(node: 1)])(graph)
    let four = try PageRank(restart: [Restart(node: 4)])(graph)
    for node in graph.nodes {
      #expect(near(both[node], ((one[node] ?? .nan) + 3 * (four[node] ?? .nan)) / 4))
    }
  }

  @Test func `the scores solve the dense equation on all small graphs`() throws {
    let restart = [Restart(node: 0, weight: 2), Restart(node: 2), Restart(node: 0)]
    let graphs =
      Array(Graphs.all(nodes: 4, .undirected)) + Array(Graphs.all(nodes: 3, .directed))
      + [
        Graphs.build(
          4, .undirected, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 3)], .strength, [1, 2, 3, 4, 0]),
        Graphs.build(
          4, .directed, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 3)], .strength, [1, 2, 3, 4, 0]),
      ]
    for graph in graphs {
      let n = graph.nodeCount
      let own = (0..<n).map { [0.75, 0, 0.25, 0][$0] }
      let strength = Dense.strengths(of: graph)
      // Row v: x_v − d Σ_u p(u → v) x_u, where a node without a way out goes where walks start.
      var rows = Dense.identity(n)
      for u in 0..<n {
        let leaving = strength[u].reduce(0, +)
        for v in 0..<n { rows[v][u] -= 0.85 * (leaving > 0 ? strength[u][v] / leaving : own[v]) }
      }
      let expected = Dense.solve(rows, own.map { 0.15 * $0 })
      let found = try PageRank(restart: restart)(graph)
      for v in 0..<n { #expect(near(found[Node(v)], expected[v])) }
    }
  }

  @Test func `the error stays within the tolerance`() throws {
    for direction in [Graph.Direction.undirected, .directed] {
      let graph = Graphs.random(nodes: 3000, edges: 9000, direction, seed: 12)
      let exact = try PageRank()(graph).all.map { $0 ?? .nan }
      for tolerance in [1e-3, 1e-6, 1e-9] {
        let found = try PageRank(tolerance: tolerance)(graph).all.map { $0 ?? .nan }
        #expect(zip(found, exact).reduce(0) { $0 + abs($1.0 - $1.1) } <= tolerance)
      }
    }
  }

  @Test(arguments: [
    (Restart(node: 3), "node 3"), (Restart(node: -1), "node -1"),
    (Restart(node: 0, weight: -1), "weight -1.0"), (Restart(node: 0, weight: .nan), "weight nan"),
    (Restart(node: 0, weight: .infinity), "weight inf"), (Restart(node: 0, weight: 0), "only"),
  ])
  func `a restart that is none is refused`(_ entry: PageRank.Restart, _ value: String) {
    #expect {
      _ = try PageRank(restart: [entry])(Graphs.path(3))
    } throws: {
      guard case .invalidOption("pagerank", "restart", let found, _)? = $0 as? AnalysisError
      else { return false }
      return found.hasPrefix(value)
    }
  }

  @Test func `weights of any size are shared out`() throws {
    let graph = Graphs.complete(3)
    let huge = try PageRank(
      restart: [Restart(node: 0, weight: 1e308), Restart(node: 1, weight: 1e308)])(graph)
    let small = try PageRank(restart: [Restart(node: 0), Restart(node: 1)])(graph)
    #expect(huge.all == small.all)
    let strong = Graphs.build(
      3, .directed, [(0, 1), (1, 2), (2, 0)], .strength, [1e-200, 1, 1e200])
    for node in strong.nodes { #expect(near(try PageRank()(strong)[node], 1 / 3.0)) }
    let sum = Graphs.build(3, .directed, [(0, 1), (0, 2)], .strength, [1.7e308, 1.7e308])
    #expect {
      _ = try PageRank()(sum)
    } throws: {
      guard case .undefined("pagerank", _)? = $0 as? AnalysisError else { return false }
      return true
    }
  }

  @Test func `options survive JSON`() throws {
    let analysis = PageRank(damping: 0.5, tolerance: 1e-9, restart: [Restart(node: 4, weight: 2)])
    let data = try JSONEncoder().encode(analysis)
    #expect(try JSONDecoder().decode(PageRank.self, from: data) == analysis)
  }

  @Test func `the numbers of networkx and igraph agree`() throws {
    struct File: Decodable {
      struct Given: Decodable {
        let direction: Graph.Direction
        let weighting: Graph.Weighting?
        let nodes: Int
        let edges: [[Int32]]
        let weights: [Double]?
      }
      struct Known: Decodable {
        struct Scores: Decodable {
          let networkx: [Double]
          let igraph: [Double]
        }
        let shares: [[Double]]
        let pagerank: Scores
      }
      let graph: Given
      let restart: Known?
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Reference")
    var compared = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name.hasSuffix(".json") {
      let file = try JSONDecoder().decode(
        File.self, from: try Data(contentsOf: folder.appending(path: name)))
      guard let known = file.restart else { continue }
      let graph = try Graph(
        nodeCount: file.graph.nodes, direction: file.graph.direction,
        weighting: file.graph.weighting, sources: file.graph.edges.map { $0[0] },
        targets: file.graph.edges.map { $0[1] }, weights: file.graph.weights)
      let restart = known.shares.map { PageRank.Restart(node: Int($0[0]), weight: $0[1]) }
      let found = try PageRank(restart: restart)(graph)
      for (node, pair) in zip(known.pagerank.networkx, known.pagerank.igraph).enumerated() {
        let score = try #require(found[Node(node)])
        #expect(abs(score - pair.0) <= 1e-9 && abs(score - pair.1) <= 1e-9, "\(name) \(node)")
      }
      compared += 1
    }
    #expect(compared >= 10)
  }

  private func near(_ a: Double?, _ b: Double) -> Bool { abs((a ?? .nan) - b) <= 1e-12 }
}

/// Small dense matrices, for oracles.
enum Dense {
  /// Entry [u][v] is the strength of the edges from *u* to *v*; a self-loop counts once.
  static func strengths(of graph: Graph) -> [[Double]] {
    let n = graph.nodeCount
    var a = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    graph.forEachEdge { edge, source, target in
      let (u, v) = (Int(source.index), Int(target.index))
      a[u][v] += graph.weight(of: edge)
      if graph.direction == .undirected, u != v { a[v][u] += graph.weight(of: edge) }
    }
    return a
  }

  static func identity(_ n: Int) -> [[Double]] {
    (0..<n).map { i in (0..<n).map { $0 == i ? 1 : 0 } }
  }

  static func transposed(_ a: [[Double]]) -> [[Double]] {
    a.indices.map { i in a.map { $0[i] } }
  }

  static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    let columns = transposed(b)
    return a.map { row in columns.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } }
  }

  /// The solution of a linear system, by elimination with row pivots.
  static func solve(_ rows: [[Double]], _ right: [Double]) -> [Double] {
    let n = rows.count
    var a = zip(rows, right).map { $0 + [$1] }
    for column in 0..<n {
      let pivot = (column..<n).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
      a.swapAt(column, pivot)
      for row in 0..<n where row != column {
        let factor = a[row][column] / a[column][column]
        for k in column...n { a[row][k] -= factor * a[column][k] }
      }
    }
    return (0..<n).map { a[$0][n] / a[$0][$0] }
  }
}
