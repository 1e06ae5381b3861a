// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore

/// A generated graph with what tasks need of it.
struct Input: Sendable {
  let sources: [Int32]
  let targets: [Int32]
  let graph: Graph
  let weighted: Graph
  /// The graph with the lengths taken as strengths.
  let strong: Graph
  /// The eight nodes of most ties, of equal ones the first.
  let hubs: [Node]

  init(_ generated: GeneratedGraph) throws {
    sources = generated.pairs.map { Int32($0.0) }
    targets = generated.pairs.map { Int32($0.1) }
    let graph = try generated.graph()
    self.graph = graph
    weighted = try generated.graph(weights: generated.lengths, as: .length)
    strong = try generated.graph(weights: generated.lengths, as: .strength)
    let order = graph.nodes.sorted {
      (-graph.degree(of: $0), $0.index) < (-graph.degree(of: $1), $1.index)
    }
    hubs = Array(order.prefix(8))
  }

  /// One search for groups, as the peers make; but on a graph of a few hundred edges, where one
  /// search is a matter of luck and no time is compared, the best of ten.
  var searches: Int { graph.edgeCount < 1_000 ? 10 : 1 }
}

/// What is timed: a word and a computation.
///
/// The computation gives a closure, called outside the timed part, that brings the answer into the
/// numbers all libraries are compared by.
struct BenchmarkTask: Sendable {
  let word: String
  let answer: @Sendable (Input, Run) throws -> () -> [Double]

  static let all = scoring + cohesion + communities + paths

  private static let scoring = [
    scores("betweenness", Betweenness(isNormalised: false)),
    scores("weighted-betweenness", Betweenness(isNormalised: false), of: { $0.weighted }),
    BenchmarkTask(word: "edge-betweenness") { input, run in
      let scores = try EdgeBetweenness(isNormalised: false)(input.graph, run)
      return { input.graph.edges.map { scores.values[$0] } }
    },
    scores("harmonic", Harmonic()),
    scores("closeness", Closeness()),
    scores("degree", Degree()),
    scores("pagerank", PageRank()),
    scores("eigenvector", Eigenvector()),
    BenchmarkTask(word: "katz") { input, run in
      // Far from the edge of its reach, and a number that the peers know too.
      let most = input.hubs.first.map { input.graph.degree(of: $0) } ?? 1
      let scores = try Katz(alpha: 0.5 / Double(max(1, most)))(input.graph, run)
      return { scores.all.map { $0 ?? .nan } }
    },
    scores("hubs", Hubs()),
    BenchmarkTask(word: "top-closeness") { input, run in
      let scores = try TopCloseness(count: 10)(input.graph, run)
      return { scores.ranking().prefix(10).map(\.score) }
    },
  ]

  private static let cohesion = [
    scores("core", CoreNumber()),
    scores("clustering", Clustering()),
    scores("weighted-clustering", WeightedClustering(.barrat), of: { $0.strong }),
    BenchmarkTask(word: "triangles") { input, run in
      let triangles = try Triangles()(input.graph, run)
      return { triangles.ofNode.values.map { Double($0) } }
    },
    BenchmarkTask(word: "components") { input, run in
      let partition = try ConnectedComponents()(input.graph, run)
      return { input.graph.nodes.map { Double(partition.sizes[Int(partition.group[$0])]) } }
    },
    BenchmarkTask(word: "bridges") { input, run in
      let bridges = try Bridges()(input.graph, run)
      return { flags(bridges.flatMap(\.edges).map { Int($0.index) }, input.graph.edgeCount) }
    },
    BenchmarkTask(word: "articulation") { input, run in
      let cuts = try ArticulationPoints()(input.graph, run)
      return { flags(cuts.map { Int($0.node.index) }, input.graph.nodeCount) }
    },
    BenchmarkTask(word: "blocks") { input, run in
      let blocks = try BiconnectedComponents()(input.graph, run)
      return { blocks.members(in: input.graph).map { Double($0.count) }.sorted() }
    },
    BenchmarkTask(word: "spanning-forest") { input, run in
      let trees = try SpanningForest()(input.weighted, run)
      return { [trees.totalWeight] }
    },
  ]

  private static let communities = [
    BenchmarkTask(word: "leiden") { input, run in
      let division = try Leiden(runs: input.searches)(input.graph, run)
      return { division.partition.group.values.map { Double($0) } }
    },
    BenchmarkTask(word: "louvain") { input, run in
      let division = try Louvain(runs: input.searches)(input.graph, run)
      return { division.partition.group.values.map { Double($0) } }
    },
    BenchmarkTask(word: "label-propagation") { input, run in
      let division = try LabelPropagation()(input.graph, run)
      return { division.partition.group.values.map { Double($0) } }
    },
    BenchmarkTask(word: "infomap") { input, run in
      let modules = try Infomap(runs: input.searches)(input.graph, run)
      return { modules.partition.group.values.map { Double($0) } }
    },
  ]

  private static let paths = [
    BenchmarkTask(word: "diameter") { input, run in
      let diameters = try Diameter(ofEveryComponent: true)(input.graph, run)
      return { [Double(diameters.map(\.steps).max() ?? 0)] }
    },
    scores("eccentricity", Eccentricity()),
    BenchmarkTask(word: "bfs") { input, run in
      let found = try input.hubs.map { try BreadthFirstDistances(from: [$0])(input.graph, run) }
      return { found.flatMap { reach in input.graph.nodes.map { Double(reach[$0] ?? -1) } } }
    },
    BenchmarkTask(word: "shortest-paths") { input, run in
      let ways = try ShortestPaths(from: input.hubs[0])(input.weighted, run)
      return { input.graph.nodes.map { ways.distance(to: $0) ?? -1 } }
    },
    BenchmarkTask(word: "build") { input, _ in
      let graph = try Graph(
        nodeCount: input.graph.nodeCount, direction: .undirected,
        sources: input.sources, targets: input.targets)
      return { graph.nodes.map { Double(graph.degree(of: $0)) } }
    },
  ]

  static func scores(
    _ word: String, _ analysis: some Analysis<Scores>,
    of graph: @escaping @Sendable (Input) -> Graph = { $0.graph }
  ) -> BenchmarkTask {
    BenchmarkTask(word: word) { input, run in
      let scores = try analysis(graph(input), run)
      return { scores.all.map { $0 ?? .nan } }
    }
  }

  private static func flags(_ members: [Int], _ count: Int) -> [Double] {
    var flags = [Double](repeating: 0, count: count)
    for member in members { flags[member] = 1 }
    return flags
  }
}
