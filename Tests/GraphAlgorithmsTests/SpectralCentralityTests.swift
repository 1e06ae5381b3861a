// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Strength, eigenvector centrality and PageRank.
@Suite struct SpectralCentralityTests {
  // MARK: Strength

  @Test func `strength adds the weights of edge ends, and is the degree without weights`() throws {
    let chain = Graphs.build(3, .undirected, [(0, 1), (1, 2), (2, 2)], .strength, [3, 5, 7])
    #expect(try Strength()(chain).all == [3, 8, 19])
    let arcs = Graphs.build(3, .directed, [(0, 1), (1, 2), (0, 2)], .strength, [3, -5, 7])
    #expect(try Strength(.total)(arcs).all == [10, -2, 2])
    #expect(try Strength(.incoming)(arcs).all == [0, 3, 2])
    #expect(try Strength(.outgoing)(arcs).all == [10, -5, 0])
    for ties in Ties.allCases {
      let graph = Graphs.random(nodes: 20, edges: 50, .directed, seed: 3)
      #expect(try Strength(ties)(graph).all == Degree(ties)(graph).all)
    }
  }

  @Test(arguments: ["strength", "eigenvector", "pagerank"])
  func `weights that are lengths are refused where strengths are meant`(_ word: String) throws {
    let graph = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .length, [1, 2])
    let measure = try #require(Catalogue.nodeMeasure(word))
    #expect {
      _ = try measure.analysis(graph)
    } throws: {
      guard case .wrongWeighting(word, .length, _)? = $0 as? AnalysisError else { return false }
      return true
    }
  }

  @Test(arguments: ["eigenvector", "pagerank"])
  func `a negative strength is refused where it has no meaning`(_ word: String) throws {
    let graph = Graphs.build(3, .undirected, [(0, 1), (1, 2)], .strength, [1, -2])
    let measure = try #require(Catalogue.nodeMeasure(word))
    #expect {
      _ = try measure.analysis(graph)
    } throws: {
      guard case .weightOutsideDomain(word, 1, -2, _)? = $0 as? AnalysisError
      else { return false }
      return true
    }
  }

  // MARK: Eigenvector

  @Test(arguments: [2, 3, 10, 60])
  func `the eigenvector of a chain is a sine`(_ n: Int) throws {
    let scores = try Eigenvector()(Graphs.path(n))
    for node in 0..<n {
      let expected = (2 / Double(n + 1)).squareRoot() * sine(Double(node + 1) / Double(n + 1))
      #expect(near(scores[Node(node)], expected))
    }
  }

  @Test func `bipartite graphs settle`() throws {
    let star = try Eigenvector()(Graphs.star(5))
    #expect(near(star[Node(0)], 0.5.squareRoot()))
    for leaf in 1..<5 { #expect(near(star[Node(leaf)], 0.125.squareRoot())) }
    let sides = try Eigenvector()(Graphs.completeBipartite(2, 8))
    for node in 0..<10 { #expect(near(sides[Node(node)], node < 2 ? 0.5 : 0.25)) }
  }

  @Test func `a directed ring, which never mixes, settles`() throws {
    let ring = try Eigenvector()(Graphs.cycle(7, .directed))
    for node in 0..<7 { #expect(near(ring[Node(node)], 1 / 7.0.squareRoot())) }
  }

  @Test func `every score is the sum of its neighbours' over the same number`() throws {
    var graphs = Array(Graphs.all(nodes: 4, .undirected)) + Array(Graphs.all(nodes: 3, .directed))
    for seed in 1...8 {
      graphs.append(
        Graphs.random(nodes: 40, edges: 80, weighting: .strength, seed: UInt64(seed)))
      graphs.append(
        Graphs.random(nodes: 40, edges: 160, .directed, weighting: .strength, seed: UInt64(seed)))
    }
    for graph in graphs {
      let result = Result { try Eigenvector()(graph) }
      guard case .success(let scores) = result else {
        #expect(try ConnectedComponents(.strong)(graph).sizes.allSatisfy { $0 == 1 })
        continue
      }
      var factors: [Double] = []
      for node in graph.nodes {
        guard let score = scores[node] else { continue }
        #expect(score > 0)
        var sum = 0.0
        for arc in graph.arcs(into: node) { sum += arc.weight * (scores[arc.target] ?? 0) }
        factors.append(sum / score)
      }
      let (low, high) = (factors.min() ?? 0, factors.max() ?? 0)
      #expect(low > 0 && high - low <= 1e-8 * high, "\(low) … \(high)")
      #expect(near(scores.all.reduce(0) { $0 + ($1 ?? 0) * ($1 ?? 0) }, 1))
    }
  }

  @Test func `only the largest component has scores, and of equal ones the first`() throws {
    let apart = Graphs.build(9, .undirected, [(0, 1), (2, 3), (3, 4), (5, 6), (6, 7)])
    let scores = try Eigenvector()(apart)
    #expect(apart.nodes.filter { scores[$0] != nil }.map(\.index) == [2, 3, 4])
    let arcs = Graphs.build(6, .directed, [(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2), (4, 5)])
    let strong = try Eigenvector()(arcs)
    #expect(arcs.nodes.filter { strong[$0] != nil }.map(\.index) == [2, 3, 4])
  }

  @Test func `an edge of strength 0 joins nothing`() throws {
    let graph = Graphs.build(
      5, .undirected, [(0, 1), (1, 2), (2, 3), (3, 4)], .strength, [1, 1, 0, 1])
    let scores = try Eigenvector()(graph)
    #expect(scores[Node(3)] == nil && near(scores[Node(1)], 0.5.squareRoot()))
  }

  @Test func `a graph without a circle of ties has no eigenvector centrality`() {
    for graph in [Graphs.empty(3), Graphs.path(4, .directed), Graphs.star(4, .directed)] {
      #expect {
        _ = try Eigenvector()(graph)
      } throws: {
        guard case .undefined("eigenvector", _)? = $0 as? AnalysisError else { return false }
        return true
      }
    }
  }

  @Test func `a self-loop counts once`() throws {
    // The matrix [[1, 1], [1, 0]] has the golden ratio.
    let graph = Graphs.build(2, .undirected, [(0, 0), (0, 1)])
    let scores = try Eigenvector()(graph)
    let golden = (1 + 5.0.squareRoot()) / 2
    #expect(near(scores[Node(0)], golden * (scores[Node(1)] ?? .nan)))
    let alone = Graphs.build(3, .directed, [(0, 1), (1, 1), (1, 2)])
    #expect(try Eigenvector()(alone).all == [nil, 1, nil])
  }

  @Test func `halves that hardly touch are told apart by the larger one`() throws {
    // A complete graph of seven and one of six at the ends of a long chain.
    let barbell = Graphs.barbell(7, bridge: 12)
    let lopsided = barbell.subgraph(nodes: { $0.index != Int32(barbell.nodeCount - 1) }).graph
    let scores = try Eigenvector()(lopsided)
    #expect((scores[Node(0)] ?? 0) > 0.37)
    #expect((scores[Node(lopsided.nodeCount - 1)] ?? 1) < 1e-5)
    #expect(near(scores[Node(0)], scores[Node(1)] ?? .nan))
  }

  // MARK: PageRank

  @Test func `the scores of a star satisfy the two equations of a star`() throws {
    for (n, damping) in [(4, 0.85), (10, 0.5), (6, 0.0)] {
      let scores = try PageRank(damping: damping)(Graphs.star(n))
      let base = (1 - damping) / Double(n)
      // c = base + d l (n − 1), l = base + d c / (n − 1).
      let centre = base * (1 + damping * Double(n - 1)) / (1 - damping * damping)
      #expect(near(scores[Node(0)], centre))
      #expect(near(scores[Node(1)], base + damping * centre / Double(n - 1)))
    }
  }

  @Test func `the scores satisfy the equation of the walk`() throws {
    var graphs = Array(Graphs.all(nodes: 4, .undirected)) + Array(Graphs.all(nodes: 3, .directed))
    for seed in 1...10 {
      graphs.append(
        Graphs.random(nodes: 40, edges: 60, .directed, weighting: .strength, seed: UInt64(seed)))
    }
    for graph in graphs {
      let n = Double(graph.nodeCount)
      let scores = try PageRank()(graph).all.map { $0 ?? .nan }
      let leaving = try Strength(.outgoing)(graph).all.map { $0 ?? .nan }
      let stranded = graph.nodes.reduce(0.0) {
        $0 + (leaving[Int($1.index)] == 0 ? scores[Int($1.index)] : 0)
      }
      for node in graph.nodes {
        var arriving = stranded / n
        for arc in graph.arcs(into: node) {
          let from = Int(arc.target.index)
          arriving += scores[from] * arc.weight / leaving[from]
        }
        #expect(near(scores[Int(node.index)], 0.15 / n + 0.85 * arriving))
      }
      #expect(near(scores.reduce(0, +), 1))
    }
  }

  @Test func `an undirected self-loop is one way back`() throws {
    let loop = Graphs.build(2, .undirected, [(0, 0), (0, 1)])
    let arcs = Graphs.build(2, .directed, [(0, 0), (0, 1), (1, 0)])
    #expect(try PageRank()(loop).all == PageRank()(arcs).all)
  }

  @Test(arguments: [-0.1, 1.0, .nan])
  func `a damping outside its range is refused`(_ damping: Double) {
    #expect {
      _ = try PageRank(damping: damping)(Graphs.path(3))
    } throws: {
      guard case .invalidOption("pagerank", "damping", _, _)? = $0 as? AnalysisError
      else { return false }
      return true
    }
  }

  private func near(_ a: Double?, _ b: Double) -> Bool {
    guard let a else { return false }
    return abs(a - b) <= 1e-10
  }

  // sin(π x) for 0 ≤ x ≤ 1 by its series about 1/2.
  private func sine(_ x: Double) -> Double {
    let angle = Double.pi * (x - 0.5)
    var term = 1.0
    var sum = 1.0
    for k in 1...20 {
      term *= -angle * angle / Double((2 * k - 1) * (2 * k))
      sum += term
    }
    return sum
  }
}
