// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Betweenness, closeness and harmonic centrality.
@Suite struct PathCentralityTests {
  static let weightedSamples: [Graph] = (1...60).map { seed in
    Graphs.random(
      nodes: 4 + Int(seed % 3), edges: 10, seed % 2 == 0 ? .directed : .undirected,
      weighting: seed % 4 < 2 ? .strength : .length, largestWeight: 3, seed: seed)
  }

  // MARK: Oracle

  @Test(arguments: [0, 1, 2, 3, 4, 5])
  func `path measures of all undirected graphs of a few nodes are right`(_ n: Int) throws {
    for graph in Graphs.all(nodes: n, .undirected) { try compareWithOracle(graph) }
  }

  @Test(arguments: [2, 3, 4])
  func `path measures of all directed graphs of a few nodes are right`(_ n: Int) throws {
    for graph in Graphs.all(nodes: n, .directed) { try compareWithOracle(graph) }
  }

  @Test func `path measures of small weighted graphs are right`() throws {
    for graph in Self.weightedSamples { try compareWithOracle(graph) }
  }

  private func compareWithOracle(_ graph: Graph) throws {
    let oracle = PathOracle(graph)
    let n = Double(graph.nodeCount)
    let orders = graph.direction == .undirected ? 2.0 : 1
    let raw = try Betweenness(isNormalised: false)(graph)
    let share = try Betweenness()(graph)
    for node in graph.nodes {
      let expected = oracle.through[Int(node.index)]
      #expect(close(raw[node], expected / orders))
      #expect(close(share[node], n > 2 ? expected / ((n - 1) * (n - 2)) : 0))
    }
    let edges = try EdgeBetweenness(isNormalised: false)(graph).values
    let edgeShares = try EdgeBetweenness()(graph).values
    for edge in graph.edges {
      let expected = oracle.over[Int(edge.index)]
      #expect(close(edges[edge], expected / orders))
      #expect(close(edgeShares[edge], expected / (n * (n - 1))))
    }
    for direction in PathDirection.allCases {
      let wassermanFaust = try Closeness(.wassermanFaust, direction)(graph)
      let component = try Closeness(.component, direction)(graph)
      let padded = try Closeness(.padded, direction)(graph)
      let harmonic = try Harmonic(direction)(graph)
      let harmonicShare = try Harmonic(direction, isNormalised: true)(graph)
      for node in graph.nodes {
        let distances = oracle.distances(of: Int(node.index), leaving: direction == .outgoing)
        let k = Double(distances.count)
        let sum = distances.reduce(0, +)
        let reciprocal = distances.reduce(0) { $0 + 1 / $1 }
        #expect(close(wassermanFaust[node], k == 0 ? 0 : k / (n - 1) * k / sum))
        #expect(k == 0 ? component[node] == nil : close(component[node], k / sum))
        #expect(close(padded[node], n == 1 ? 0 : (n - 1) / (sum + n * (n - 1 - k))))
        #expect(close(harmonic[node], reciprocal))
        #expect(close(harmonicShare[node], n == 1 ? 0 : reciprocal / (n - 1)))
      }
    }
  }

  // MARK: Closed forms

  @Test func `betweenness on a chain is the product of the two sides`() throws {
    let n = 9
    let scores = try Betweenness(isNormalised: false)(Graphs.path(n))
    for node in 0..<n { #expect(close(scores[Node(node)], Double(node * (n - 1 - node)))) }
    let directed = try Betweenness(isNormalised: false)(Graphs.path(n, .directed))
    #expect(directed.all == scores.all)
  }

  @Test func `the centre of a star has all betweenness and full closeness`() throws {
    for n in 3...8 {
      let star = Graphs.star(n)
      let betweenness = try Betweenness()(star)
      let closeness = try Closeness()(star)
      #expect(close(betweenness[Node(0)], 1) && close(closeness[Node(0)], 1))
      for leaf in 1..<n {
        #expect(betweenness[Node(leaf)] == 0)
        #expect(close(closeness[Node(leaf)], Double(n - 1) / Double(2 * n - 3)))
      }
    }
  }

  @Test func `all nodes of a ring, a complete graph and the Petersen graph score alike`() throws {
    for n in 3...9 {
      let ring = try Betweenness(isNormalised: false)(Graphs.cycle(n))
      let expected = Double(n % 2 == 0 ? (n - 2) * (n - 2) : (n - 1) * (n - 3)) / 8
      for node in 0..<n { #expect(close(ring[Node(node)], expected)) }
      let complete = try Betweenness()(Graphs.complete(n))
      #expect(complete.all.allSatisfy { $0 == 0 })
    }
    let petersen = Graphs.petersen()
    for node in petersen.nodes {
      // Thirty pairs at distance 2 have one middle each, shared by ten nodes.
      #expect(close(try Betweenness(isNormalised: false)(petersen)[node], 3))
      #expect(close(try Closeness()(petersen)[node], 9.0 / 15))
      #expect(close(try Harmonic()(petersen)[node], 6))
    }
    for edge in petersen.edges {
      #expect(close(try EdgeBetweenness(isNormalised: false)(petersen).values[edge], 5))
    }
  }

  @Test func `the two sides of a complete bipartite graph share each other's pairs`() throws {
    let (a, b) = (3, 5)
    let scores = try Betweenness(isNormalised: false)(Graphs.completeBipartite(a, b))
    for node in 0..<a { #expect(close(scores[Node(node)], Double(b * (b - 1) / 2) / Double(a))) }
    for node in a..<a + b {
      #expect(close(scores[Node(node)], Double(a * (a - 1) / 2) / Double(b)))
    }
  }

  @Test func `the bridge of a barbell carries every pair across`() throws {
    let barbell = Graphs.barbell(5, bridge: 1)
    #expect(close(try Betweenness(isNormalised: false)(barbell)[Node(5)], 25))
    let edges = try EdgeBetweenness(isNormalised: false)(barbell).values
    #expect(close(edges.values.max(), 30))
  }

  @Test func `edge betweenness adds up to the sum of distances`() throws {
    let grid = Graphs.grid(4, 6)
    let edges = try EdgeBetweenness(isNormalised: false)(grid).values.values.reduce(0, +)
    var sum = 0.0
    for a in 0..<24 { for b in 0..<a { sum += Double(abs(a / 6 - b / 6) + abs(a % 6 - b % 6)) } }
    #expect(close(edges, sum))
  }

  @Test func `the kite has another node first in degree, betweenness and closeness`() throws {
    let kite = Graphs.kite()
    #expect(try Degree()(kite).ranking().prefix { $0.rank == 1 }.map(\.node.index) == [3])
    #expect(try Betweenness()(kite).ranking().prefix { $0.rank == 1 }.map(\.node.index) == [7])
    #expect(try Closeness()(kite).ranking().prefix { $0.rank == 1 }.map(\.node.index) == [5, 6])
    #expect(close(try Betweenness(isNormalised: false)(kite)[Node(7)], 14))
    #expect(close(try Closeness()(kite)[Node(5)], 9.0 / 14))
  }

  // MARK: Weights

  @Test func `lengths that are equal but for rounding count as equal`() throws {
    // 0.1 + 0.2 is 0.30000000000000004 and 0.15 + 0.15 is 0.3.
    let graph = Graphs.build(
      4, .undirected, [(0, 1), (1, 2), (0, 3), (3, 2)], .length, [0.1, 0.2, 0.15, 0.15])
    #expect(try Betweenness(isNormalised: false)(graph).all == [1, 0.5, 0, 0.5])
    #expect(
      try EdgeBetweenness(isNormalised: false)(graph).values.values == [2.5, 2.5, 1.5, 1.5])
  }

  @Test func `a strength s is a length of 1 / s`() throws {
    for seed in 1...10 {
      let strengths = Graphs.random(
        nodes: 20, edges: 40, weighting: .strength, seed: UInt64(seed))
      var ends: [(Int, Int)] = []
      strengths.forEachEdge { _, a, b in ends.append((Int(a.index), Int(b.index))) }
      let lengths = Graphs.build(
        20, .undirected, ends, .length, (strengths.edgeWeights ?? []).map { 1 / $0 })
      #expect(try Betweenness()(strengths).all == Betweenness()(lengths).all)
      #expect(try Closeness()(strengths).all == Closeness()(lengths).all)
    }
  }

  @Test func `equal lengths give the scores of the graph without weights`() throws {
    let plain = Graphs.grid(5, 5)
    var ends: [(Int, Int)] = []
    plain.forEachEdge { _, a, b in ends.append((Int(a.index), Int(b.index))) }
    let thirds = Graphs.build(
      25, .undirected, ends, .length, ends.map { _ in 1.0 / 3 })
    let (a, b) = (try Betweenness()(plain), try Betweenness()(thirds))
    for node in plain.nodes { #expect(close(a[node], b[node] ?? .nan)) }
    let (c, d) = (try EdgeBetweenness()(plain).values, try EdgeBetweenness()(thirds).values)
    for edge in plain.edges { #expect(close(c[edge], d[edge])) }
  }

  @Test(arguments: [0.0, -2.0])
  func `a weight that makes no positive length is refused`(_ weight: Double) {
    for weighting in [Graph.Weighting.strength, .length] {
      let graph = Graphs.build(3, .undirected, [(0, 1), (1, 2)], weighting, [1, weight])
      for measure in ["betweenness", "closeness", "harmonic"].compactMap(Catalogue.nodeMeasure) {
        #expect {
          _ = try measure.analysis(graph)
        } throws: {
          guard case .weightOutsideDomain(measure.word, 1, weight, _)? = $0 as? AnalysisError
          else { return false }
          return true
        }
      }
    }
  }

  // MARK: Parallel edges and self-loops

  @Test func `parallel edges and self-loops change no path measure of nodes`() throws {
    let simple = Graphs.path(4)
    let multiple = Graphs.build(4, .undirected, [(0, 1), (1, 0), (1, 2), (2, 2), (2, 3), (2, 3)])
    #expect(try Betweenness()(simple).all == Betweenness()(multiple).all)
    #expect(try Closeness()(simple).all == Closeness()(multiple).all)
    #expect(try Harmonic()(simple).all == Harmonic()(multiple).all)
  }

  @Test func `equally short parallel edges share, longer ones and loops get nothing`() throws {
    let graph = Graphs.build(
      3, .undirected, [(0, 1), (0, 1), (0, 1), (1, 2), (1, 1)], .length, [2, 1, 1, 5, 1])
    let scores = try EdgeBetweenness(isNormalised: false)(graph).values
    var byEnds: [[Double]] = []
    graph.forEachEdge { edge, a, b in
      byEnds.append([Double(a.index), Double(b.index), graph.weight(of: edge), scores[edge]])
    }
    #expect(
      byEnds == [[0, 1, 2, 0], [0, 1, 1, 1], [0, 1, 1, 1], [1, 1, 1, 0], [1, 2, 5, 2]])
  }

  // MARK: Large

  @Test func `a chain of diamonds has more shortest paths than numbers and still its scores`()
    throws
  {
    let count = 1100
    let graph = Graphs.build(
      3 * count + 1, .undirected,
      (0..<count).flatMap { i -> [(Int, Int)] in
        let start = 3 * i
        return [
          (start, start + 1), (start, start + 2), (start + 1, start + 3), (start + 2, start + 3),
        ]
      })
    let scores = try Betweenness(isNormalised: false)(graph)
    // All pairs across, and half of each of the two pairs of twins beside it.
    let middle = Double(3 * count / 2)
    #expect(close(scores[Node(3 * count / 2)], middle * middle + 1))
  }

  @Test func `too many shortest paths within a block are refused`() throws {
    // Twins side by side, all joined to the twins before: twice as many paths with every pair.
    func twins(_ pairs: Int) -> Graph {
      Graphs.build(
        2 * pairs, .undirected,
        (1..<pairs).flatMap { i -> [(Int, Int)] in
          let a = 2 * i
          return [(a - 2, a), (a - 2, a + 1), (a - 1, a), (a - 1, a + 1)]
        })
    }
    #expect(try Betweenness()(twins(60)).all.allSatisfy { ($0 ?? -1) > 0 })
    #expect(throws: AnalysisError.self) { _ = try Betweenness()(twins(1100)) }
    #expect(throws: AnalysisError.self) { _ = try EdgeBetweenness()(twins(1100)) }
  }
}

func close(_ a: Double?, _ b: Double) -> Bool {
  guard let a else { return false }
  return abs(a - b) <= 1e-12 * max(1, abs(b))
}
