// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Which paths of a directed graph count at a node; in an undirected graph they are the same.
public enum PathDirection: String, Codable, CaseIterable, Sendable {
  /// Those that lead to the node.
  case incoming
  /// Those that leave it.
  case outgoing
}

/// The arcs of a graph as shortest paths see them: between two nodes only the shortest, none from a
/// node to itself, each with its length.
///
/// The arcs of node *u* stand at `offsets[u] ..< offsets[u + 1]`, sorted by target.
///
/// - Invariant: offsets never decrease; targets are less than the node count; lengths are positive
///   and their sum is finite. The kernels that index without checks rely on it.
struct PathArcs: Sendable {
  /// Two lengths of a path are the same when they differ by no more than this part of themselves:
  /// 1/3 + 1/3 + 1/3 and 1 are one length, whatever the rounding.
  static let tolerance = 1e-12

  let offsets: [Int32]
  let targets: [Int32]
  /// The length of each arc; nil when all are 1.
  let lengths: [Double]?
  /// The first of the shortest edges that each arc stands for.
  let edges: [Int32]

  var nodeCount: Int { offsets.count - 1 }

  func count(of node: Int) -> Int { Int(offsets[node + 1] - offsets[node]) }

  /// Takes arcs that keep the invariant, the arcs of a node in any order.
  init(offsets: [Int32], targets: [Int32], lengths: [Double]?, edges: [Int32]) {
    self.offsets = offsets
    self.targets = targets
    self.lengths = lengths
    self.edges = edges
  }

  /// Takes the arcs along (`outgoing`) or against (`incoming`) the edges of a graph.
  ///
  /// - Throws: `AnalysisError.weightOutsideDomain` when a length is not positive and finite.
  init(
    _ graph: Graph, _ direction: PathDirection, for analysis: String
  ) throws(AnalysisError) {
    let arcs = direction == .outgoing ? graph.outgoing : graph.incoming
    let edgeLengths = try Self.edgeLengths(graph, for: analysis)
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(graph.nodeCount + 1)
    var targets: [Int32] = []
    targets.reserveCapacity(arcs.targets.count)
    let arcEdges = arcs.edges
    var edges: [Int32] = []
    edges.reserveCapacity(arcs.targets.count)
    for u in 0..<graph.nodeCount {
      let start = targets.count
      for position in arcs.range(of: Node(u)) {
        let (target, edge) = (arcs.targets[position], arcEdges[position])
        if target == Int32(u) { continue }
        if targets.count > start, targets.last == target, let last = edges.last {
          if let edgeLengths, edgeLengths[Int(edge)] < edgeLengths[Int(last)] {
            edges[edges.count - 1] = edge
          }
        } else {
          targets.append(target)
          edges.append(edge)
        }
      }
      offsets.append(Int32(targets.count))
    }
    self.offsets = offsets
    self.targets = targets
    self.edges = edges
    lengths = edgeLengths.map { lengths in edges.map { lengths[Int($0)] } }
  }

  /// The length of each edge; nil when all are 1.
  ///
  /// - Throws: `AnalysisError.weightOutsideDomain` when a length is not positive and finite.
  static func edgeLengths(
    _ graph: Graph, for analysis: String
  ) throws(AnalysisError) -> [Double]? {
    guard let weights = graph.edgeWeights, let weighting = graph.weighting else { return nil }
    let lengths = weighting == .length ? Array(weights) : weights.map { 1 / $0 }
    var sum = 0.0
    for edge in lengths.indices {
      sum += lengths[edge]
      guard weights[edge] > 0, lengths[edge] > 0, sum.isFinite else {
        throw .weightOutsideDomain(
          analysis: analysis, edge: edge, weight: weights[edge],
          requirement: weighting == .length
            ? "positive lengths whose sum is a number"
            : "positive strengths whose lengths, 1 / strength, add up to a number")
      }
    }
    return lengths
  }

  /// How the weights of a graph become lengths, for a convention.
  static func lengthRule(_ graph: Graph) -> String {
    switch graph.weighting {
    case nil: "none: every edge has length 1"
    case .length: "length as given"
    case .strength: "length = 1 / strength"
    }
  }
}
