// SPDX-License-Identifier: Apache-2.0

import GraphCore
import TestSupport
import Testing

@testable import GraphAlgorithms

/// Sampled betweenness against the exact one.
///
/// A seed fixes what is drawn, so that a bound that holds once holds always.
@Suite struct ApproximateBetweennessTests {
  static let samples: [Graph] = [
    Graphs.path(12), Graphs.path(9, .directed), Graphs.star(20), Graphs.kite(), Graphs.petersen(),
    Graphs.grid(4, 6), Graphs.barbell(5, bridge: 3), Graphs.random(nodes: 40, edges: 35, seed: 1),
    Graphs.random(nodes: 40, edges: 120, seed: 2),
    Graphs.random(nodes: 40, edges: 110, .directed, seed: 3),
    Graphs.preferential(nodes: 60, ties: 2, seed: 4),
    Graphs.build(5, .undirected, [(0, 1), (0, 1), (1, 1), (1, 2), (2, 3), (1, 3), (3, 4)]),
    Graphs.build(5, .directed, [(0, 1), (0, 1), (1, 1), (1, 2), (2, 3), (1, 3), (3, 4), (3, 0)]),
  ]

  @Test(arguments: samples.indices)
  func `all scores are within the error`(_ sample: Int) throws {
    let graph = Self.samples[sample]
    let exact = try Betweenness()(graph).all
    let scores = try ApproximateBetweenness(error: 0.05, confidence: 0.99)(graph).all
    try #require(scores.count == exact.count)
    for (score, exact) in zip(scores, exact) {
      #expect(abs(try #require(score) - #require(exact)) <= 0.05)
      // What is between none is in no path.
      if exact == 0 { #expect(score == 0) }
    }
  }

  @Test func `a chain of four has a broker in two of three pairs`() throws {
    let graph = Graphs.path(4)
    let scores = try ApproximateBetweenness(error: 0.02)(graph)
    #expect(abs(try #require(scores[Node(1)]) - 2.0 / 3) < 0.02)
    #expect(abs(try #require(scores[Node(1)]) - #require(scores[Node(2)])) < 0.04)
  }

  @Test func `where nobody can be between others all scores are zero`() throws {
    for graph in [
      Graphs.empty(0), Graphs.empty(1), Graphs.empty(4), Graphs.path(2), Graphs.complete(6),
    ] {
      let scores = try ApproximateBetweenness(error: 0.1)(graph).all
      #expect(scores == Array(repeating: 0, count: graph.nodeCount))
    }
  }

  @Test func `the number of threads changes no bit, the seed does`() throws {
    let graph = Graphs.preferential(nodes: 1200, ties: 2, seed: 3)
    let measure = ApproximateBetweenness(error: 0.1)
    let (one, three) = (try measure(graph), try measure(graph, Run(threads: 3)))
    #expect(one.all == three.all)
    let other = try ApproximateBetweenness(error: 0.1, seed: 2)(graph)
    #expect(other.all != one.all)
  }

  @Test func `weights and options out of range are refused`() {
    let weighted = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [1, 2])
    #expect(throws: AnalysisError.self) { try ApproximateBetweenness()(weighted) }
    for (error, confidence) in [
      (0, 0.9), (-1, 0.9), (.nan, 0.9), (2, 0.9), (0.1, 0), (0.1, 1), (0.1, .nan),
    ] as [(Double, Double)] {
      let measure = ApproximateBetweenness(error: error, confidence: confidence)
      #expect(throws: AnalysisError.self) { try measure(Graphs.path(3)) }
    }
  }

  @Test func `too many paths are noticed and a cancelled run throws`() {
    let count = 3000
    let edges = (0..<count).flatMap { i -> [(Int, Int)] in
      [(3 * i, 3 * i + 1), (3 * i, 3 * i + 2), (3 * i + 1, 3 * i + 3), (3 * i + 2, 3 * i + 3)]
    }
    let diamonds = Graphs.build(3 * count + 1, .undirected, edges)
    #expect(throws: tooManyPaths(ApproximateBetweenness.name)) {
      try ApproximateBetweenness(error: 0.2)(diamonds)
    }
    #expect(throws: AnalysisError.cancelled) {
      try ApproximateBetweenness()(Graphs.path(5), Run(isCancelled: { true }))
    }
  }
}
