// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Katz centrality against closed forms and a dense solution.
@Suite struct KatzTests {
  @Test func `scores on a chain of three, a star and a directed chain have closed forms`() throws {
    #expect(try near(Katz(alpha: 0.5)(Graphs.path(3)), [3, 4, 3]))
    // Star: c = 1 + α k l, l = 1 + α c.
    let (k, alpha) = (6.0, 0.2)
    let centre = (1 + alpha * k) / (1 - alpha * alpha * k)
    let star = try Katz(alpha: alpha, beta: 2)(Graphs.star(7))
    #expect(near(star, [2 * centre] + Array(repeating: 2 * (1 + alpha * centre), count: 6)))
    let chain = try Katz(alpha: 3)(Graphs.path(4, .directed))
    #expect(near(chain, [1, 4, 13, 40]))
  }

  @Test func `the default is 0.85 of the reach`() throws {
    // λ of a ring is 2, of a directed ring 1, of a complete graph n − 1.
    #expect(try near(Katz()(Graphs.cycle(5)), Array(repeating: 1 / 0.15, count: 5)))
    #expect(try near(Katz()(Graphs.cycle(5, .directed)), Array(repeating: 1 / 0.15, count: 5)))
    let part = Graphs.build(6, .undirected, [(0, 1), (0, 2), (1, 2), (3, 4)])
    let outer = 1 / (1 - 0.425)
    #expect(try near(Katz()(part), [1 / 0.15, 1 / 0.15, 1 / 0.15, outer, outer, 1]))
    // Nothing goes round: 0.85 over the largest in-strength, 2.
    let chain = try Katz()(Graphs.build(3, .directed, [(0, 1), (2, 1)]))
    #expect(near(chain, [1, 1 + 2 * 0.425, 1]))
    #expect(try near(Katz()(Graphs.empty(2)), [1, 1]))
  }

  @Test func `scores solve the dense equation`() throws {
    var graphs = Array(Graphs.all(nodes: 4, .undirected)) + Array(Graphs.all(nodes: 3, .directed))
    for seed in 1...6 {
      let seed = UInt64(seed)
      graphs.append(Graphs.random(nodes: 30, edges: 50, weighting: .strength, seed: seed))
      graphs.append(
        Graphs.random(nodes: 30, edges: 90, .directed, weighting: .strength, seed: seed))
    }
    for direction in [Graph.Direction.undirected, .directed] {
      graphs.append(
        Graphs.build(
          5, direction, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 0), (3, 4)], .strength,
          [1, 2, 3, 4, 5, 0]))
    }
    for graph in graphs {
      let n = graph.nodeCount
      let strength = Dense.strengths(of: graph)
      // A bound of λ by the row sums keeps α within reach without the engine's own λ.
      let largest = strength.map { $0.reduce(0, +) }.max() ?? 0
      let alpha = 0.9 / max(1, largest)
      var rows = Dense.identity(n)
      for u in 0..<n { for v in 0..<n { rows[v][u] -= alpha * strength[u][v] } }
      let expected = Dense.solve(rows, Array(repeating: 1.5, count: n))
      #expect(near(try Katz(alpha: alpha, beta: 1.5)(graph), expected))
      let length = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let scaled = try Katz(alpha: alpha, beta: 9, isNormalised: true)(graph)
      #expect(near(scaled, expected.map { $0 / length }))
    }
  }

  @Test func `an alpha beyond its reach is refused, and just below it is not`() throws {
    // λ: a star of k leaves √k; two directed rings in a row 1, though the matrix has no basis of
    // eigenvectors; a self-loop of strength 3 3; the Petersen graph 3.
    let rings = Graphs.build(
      6, .directed, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)])
    let loop = Graphs.build(2, .undirected, [(0, 0)], .strength, [3])
    let graphs: [(Graph, Double)] = [
      (Graphs.star(10), 3), (rings, 1), (loop, 3), (Graphs.petersen(), 3),
      (Graphs.completeBipartite(2, 8), 4),
    ]
    for (graph, radius) in graphs {
      #expect(throws: Never.self) { _ = try Katz(alpha: 0.999 / radius)(graph) }
      for factor in [1.000001, 2, .infinity] {
        #expect {
          _ = try Katz(alpha: factor / radius)(graph)
        } throws: {
          guard case .invalidOption("katz", "alpha", _, let rule)? = $0 as? AnalysisError
          else { return false }
          return rule.contains("1/λ")
        }
      }
    }
    for analysis in [
      Katz(alpha: -0.1), Katz(alpha: .nan), Katz(beta: 0), Katz(beta: .infinity),
      Katz(tolerance: 0),
    ] {
      #expect(throws: AnalysisError.self) { _ = try analysis(Graphs.path(3)) }
    }
  }

  @Test func `many stars are bounded without a closer look at each`() throws {
    var edges: [(Int, Int)] = []
    var next = 0
    for leaves in 1...60 {
      for leaf in 1...leaves { edges.append((next, next + leaf)) }
      next += leaves + 1
    }
    let scores = try Katz()(Graphs.build(next, .undirected, edges))
    // The largest star gives λ = √60: its centre has (1 + α k) / (1 − α² k).
    let alpha = 0.85 / 60.0.squareRoot()
    let centre = (1 + alpha * 60) / (1 - 0.85 * 0.85)
    #expect(abs((scores[Node(next - 61)] ?? .nan) - centre) <= 1e-9 * centre)
  }

  @Test func `several threads give the same bits on a large graph`() throws {
    for direction in [Graph.Direction.undirected, .directed] {
      let graph = Graphs.random(
        nodes: 3000, edges: 9000, direction, weighting: .strength, seed: 21)
      for analysis: any Analysis<Scores> in [Katz(), PageRank()] {
        let one = try analysis(graph, Run(threads: 1)).all.map { $0?.bitPattern }
        #expect(one == (try analysis(graph, Run(threads: 3)).all.map { $0?.bitPattern }))
      }
    }
  }

  private func near(_ scores: Scores, _ expected: [Double]) -> Bool {
    scores.count == expected.count
      && zip(scores.all, expected).allSatisfy { abs(($0 ?? .nan) - $1) <= 1e-10 * abs($1) }
  }

  @Test(arguments: [false, true])
  func `a long chain without circles is solved`(_ isBackwards: Bool) throws {
    let n = 2_500
    let ends = (1..<n).map { isBackwards ? ($0, $0 - 1) : ($0 - 1, $0) }
    let chain = Graphs.build(n, .directed, ends)
    let scores = try Katz()(chain)
    // x = 1 + 0.85 x at the far end.
    let last = try #require(scores[Node(isBackwards ? 0 : n - 1)])
    #expect(abs(last - 1 / 0.15) < 1e-9)
    #expect(scores[Node(isBackwards ? n - 1 : 0)] == 1)
  }
}
