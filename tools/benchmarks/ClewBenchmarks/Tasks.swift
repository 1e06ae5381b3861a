// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore

/// What is timed: a word and a computation that gives one number a node.
struct BenchmarkTask: Sendable {
  let word: String
  let values: @Sendable (Graph, Run) throws -> [Double]

  static let all: [BenchmarkTask] = [
    scores("betweenness", Betweenness(isNormalised: false)),
    scores("harmonic", Harmonic()),
    scores("core", CoreNumber()),
    scores("clustering", Clustering()),
    scores("pagerank", PageRank()),
    BenchmarkTask(word: "components") { graph, run in
      let partition = try ConnectedComponents()(graph, run)
      return graph.nodes.map { Double(partition.sizes[Int(partition.group[$0])]) }
    },
  ]

  static func scores(_ word: String, _ analysis: some Analysis<Scores>) -> BenchmarkTask {
    BenchmarkTask(word: word) { graph, run in
      try analysis(graph, run).all.map { $0 ?? .nan }
    }
  }
}
