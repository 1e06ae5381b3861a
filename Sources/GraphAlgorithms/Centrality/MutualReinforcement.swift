// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The two steps of hubs and authorities as one map: to the authorities and back, or to the hubs and
/// back.
struct MutualReinforcement: LinearMap {
  /// Which side the scores are of.
  enum Side {
    case hubs
    case authorities
  }

  private let first: StrengthMatrix
  private let second: StrengthMatrix

  var size: Int { first.size }

  init(
    _ side: Side, of graph: Graph, for analysis: String, _ run: Run
  ) throws(AnalysisError) {
    let arriving = try StrengthMatrix(graph, for: analysis, run)
    let leaving = try StrengthMatrix(graph, for: analysis, isTransposed: true, run)
    (first, second) = side == .hubs ? (arriving, leaving) : (leaving, arriving)
  }

  func multiply(_ vector: [Double], into result: inout [Double]) {
    var between = vector
    first.multiply(vector, into: &between)
    second.multiply(between, into: &result)
  }

  /// The scores of one side of a graph.
  static func scores(
    _ side: Side, of graph: Graph, tolerance: Double, for analysis: String, _ run: Run
  ) throws(AnalysisError) -> Scores {
    guard tolerance > 0 else {
      throw .invalidOption(
        analysis: analysis, option: "tolerance", value: "\(tolerance)", requirement: "positive")
    }
    try run.checkpoint(0, of: 1)
    try graph.requireNonNegativeStrengths(for: analysis)
    var values: [Double] = []
    if graph.nodeCount > 0 {
      guard graph.edgeCount > 0, graph.edgeWeights.map({ $0.contains { $0 > 0 } }) ?? true else {
        throw .undefined(analysis: analysis, reason: "No two nodes are tied.")
      }
      let map = try MutualReinforcement(side, of: graph, for: analysis, run)
      values = try KrylovSpace.settled(map, tolerance, for: analysis, run)
        // Rounding leaves dust where nothing arrives.
        .map { $0 < 1e-15 ? 0 : $0 }
    }
    let isHub = side == .hubs
    return Scores(
      values,
      convention: Convention(
        direction: graph.direction == .undirected
          ? "undirected: hubs and authorities are the same"
          : isHub
            ? "directed: over the arcs that leave a node" : "directed: over the arcs into a node",
        weights: graph.strengthRule,
        components: "0 outside the part where scores grow most; from equal scores where several do",
        normalisation: "the squares of the scores add up to 1"))
  }

  static func memory(for graph: Graph) -> Int {
    2 * StrengthMatrix.memory(for: graph) + KrylovSpace<Self>.memory(size: graph.nodeCount)
      + 24 * graph.nodeCount
  }
}
