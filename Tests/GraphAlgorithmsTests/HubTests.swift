// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Hubs and authorities against closed forms and powers of the dense matrix.
@Suite struct HubTests {
  @Test func `two hubs that share an authority have the golden ratio`() throws {
    let graph = Graphs.build(4, .directed, [(0, 2), (1, 2), (1, 3)])
    let golden = (1 + 5.0.squareRoot()) / 2
    let short = 1 / (1 + golden * golden).squareRoot()
    #expect(try near(Hubs()(graph), [short, golden * short, 0, 0]))
    #expect(try near(Authorities()(graph), [0, 0, golden * short, short]))
  }

  @Test func `a complete bipartite graph of arcs has one score a side`() throws {
    let arcs = (0..<3).flatMap { a in (3..<8).map { (a, $0) } }
    let graph = Graphs.build(8, .directed, arcs)
    let (third, fifth) = ((1.0 / 3).squareRoot(), 0.2.squareRoot())
    #expect(
      try near(Hubs()(graph), Array(repeating: third, count: 3) + Array(repeating: 0, count: 5)))
    #expect(
      try near(
        Authorities()(graph), Array(repeating: 0, count: 3) + Array(repeating: fifth, count: 5)))
  }

  @Test func `scores are what equal scores become after many rounds`() throws {
    var graphs = Array(Graphs.all(nodes: 3, .directed)) + Array(Graphs.all(nodes: 4, .undirected))
    for seed in 1...4 {
      let seed = UInt64(seed)
      graphs.append(Graphs.random(nodes: 14, edges: 22, weighting: .strength, seed: seed))
      graphs.append(
        Graphs.random(nodes: 14, edges: 40, .directed, weighting: .strength, seed: seed))
    }
    for direction in [Graph.Direction.undirected, .directed] {
      graphs.append(
        Graphs.build(
          5, direction, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 0), (3, 4)], .strength,
          [1, 2, 3, 4, 5, 0]))
    }
    for graph in graphs where graph.edgeCount > 0 {
      let a = Dense.strengths(of: graph)
      let back = Dense.transposed(a)
      #expect(near(try Hubs()(graph), limit(Dense.product(a, back))))
      #expect(near(try Authorities()(graph), limit(Dense.product(back, a))))
    }
  }

  @Test
  func `reversing the arcs swaps hubs and authorities, and an undirected graph has both alike`()
    throws
  {
    let graph = Graphs.random(nodes: 40, edges: 130, .directed, weighting: .strength, seed: 4)
    #expect(
      near(try Hubs()(graph.reversed()), try Authorities()(graph).all.map { $0 ?? .nan }))
    let ties = Graphs.random(nodes: 40, edges: 90, weighting: .strength, seed: 4)
    #expect(try Hubs()(ties).all == Authorities()(ties).all)
  }

  @Test func `of two parts the one that grows most scores, and equal parts both do`() throws {
    let unequal = Graphs.build(7, .directed, [(0, 1), (0, 2), (3, 4), (3, 5), (3, 6)])
    let third = (1.0 / 3).squareRoot()
    #expect(try near(Authorities()(unequal), [0, 0, 0, 0, third, third, third]))
    let equal = Graphs.build(6, .directed, [(0, 1), (0, 2), (3, 4), (3, 5)])
    #expect(try near(Authorities()(equal), [0, 0.5, 0.5, 0, 0.5, 0.5]))
    let half = (1.0 / 2).squareRoot()
    #expect(try near(Hubs()(equal), [half, 0, 0, half, 0, 0]))
  }

  @Test(arguments: ["hubs", "authorities", "katz"])
  func `weights outside the domain, and no ties, are refused or answered as documented`(
    _ word: String
  ) throws {
    let measure = try #require(Catalogue.nodeMeasure(word)).analysis
    let negative = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [1, -2])
    let length = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .length, [1, 2])
    #expect {
      _ = try measure(negative)
    } throws: {
      guard case .weightOutsideDomain(word, 1, -2, _)? = $0 as? AnalysisError else { return false }
      return true
    }
    #expect {
      _ = try measure(length)
    } throws: {
      guard case .wrongWeighting(word, .length, _)? = $0 as? AnalysisError else { return false }
      return true
    }
    let weightless = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [0, 0])
    for graph in [Graphs.empty(3), weightless] {
      if word == "katz" {
        #expect(try measure(graph).all == [1, 1, 1])
      } else {
        #expect(
          throws: AnalysisError.undefined(analysis: word, reason: "No two nodes are tied.")
        ) { _ = try measure(graph) }
      }
    }
  }

  // Equal scores multiplied with a high power of the matrix, by squaring.
  private func limit(_ matrix: [[Double]]) -> [Double] {
    var power = matrix
    for _ in 0..<44 {
      let largest = power.joined().max() ?? 1
      power = power.map { $0.map { $0 / largest } }
      power = Dense.product(power, power)
    }
    let scores = power.map { $0.reduce(0, +) }
    let length = scores.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return scores.map { $0 / length }
  }

  private func near(_ scores: Scores, _ expected: [Double]) -> Bool {
    scores.count == expected.count
      && zip(scores.all, expected).allSatisfy { abs(($0 ?? .nan) - $1) <= 1e-10 }
  }
}
