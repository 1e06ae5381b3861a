// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore

/// A generated graph with what tasks need of it.
struct Input: Sendable {
  let sources: [Int32]
  let targets: [Int32]
  let graph: Graph
  let weighted: Graph

  init(_ generated: GeneratedGraph) throws {
    sources = generated.pairs.map { Int32($0.0) }
    targets = generated.pairs.map { Int32($0.1) }
    graph = try generated.graph()
    weighted = try generated.graph(lengths: generated.lengths)
  }
}

/// What is timed: a word and a computation.
///
/// The computation gives a closure, called outside the timed part, that brings the answer into the
/// numbers all libraries are compared by.
struct BenchmarkTask: Sendable {
  let word: String
  let answer: @Sendable (Input, Run) throws -> () -> [Double]

  static let all: [BenchmarkTask] = [
    scores("betweenness", Betweenness(isNormalised: false)),
    scores("weighted-betweenness", Betweenness(isNormalised: false), of: { $0.weighted }),
    BenchmarkTask(word: "edge-betweenness") { input, run in
      let scores = try EdgeBetweenness(isNormalised: false)(input.graph, run)
      return { input.graph.edges.map { scores.values[$0] } }
    },
    scores("harmonic", Harmonic()),
    scores("closeness", Closeness()),
    scores("degree", Degree()),
    scores("core", CoreNumber()),
    scores("clustering", Clustering()),
    BenchmarkTask(word: "triangles") { input, run in
      let triangles = try Triangles()(input.graph, run)
      return { triangles.ofNode.values.map { Double($0) } }
    },
    scores("pagerank", PageRank()),
    scores("eigenvector", Eigenvector()),
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
    BenchmarkTask(word: "leiden") { input, run in
      // One search, as the peers make; but on a graph of a few hundred edges, where one search is a
      // matter of luck and no time is compared, the best of ten.
      let searches = input.graph.edgeCount < 1_000 ? 10 : 1
      let division = try Leiden(runs: searches)(input.graph, run)
      return { division.partition.group.values.map { Double($0) } }
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
