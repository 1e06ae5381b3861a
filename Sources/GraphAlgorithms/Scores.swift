// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// What a number means: stated on every table of scores, so that another can compute it again.
public struct Convention: Hashable, Sendable, Codable {
  /// How edge directions were used, such as "undirected" or "along the arcs".
  public var direction: String
  /// What the weights meant and how they were used, such as "ignored" or "length = 1 / strength".
  public var weights: String
  /// How unreachable nodes and several components were treated.
  public var components: String
  /// What the raw value was divided by, as a formula in n and m.
  public var normalisation: String

  /// Creates a convention.
  public init(direction: String, weights: String, components: String, normalisation: String) {
    self.direction = direction
    self.weights = weights
    self.components = components
    self.normalisation = normalisation
  }
}

/// A score for every node, with the convention it follows.
///
/// A score may be undefined at some nodes (an eigenvector outside the component it was computed
/// on); the subscript gives nil there.
public struct Scores: Sendable, Hashable {
  /// The convention of the numbers.
  public let convention: Convention
  private let values: [Double]

  /// Creates scores from values in node order; NaN stands for undefined.
  public init(_ values: [Double], convention: Convention) {
    self.values = values
    self.convention = convention
  }

  /// Whether all scores are the same, undefined ones at the same nodes, and so is the convention.
  public static func == (a: Scores, b: Scores) -> Bool {
    a.convention == b.convention
      && a.values.elementsEqual(b.values) { $0 == $1 || $0.isNaN && $1.isNaN }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(convention)
    for value in values { hasher.combine(value.isNaN ? nil : value) }
  }

  /// The number of nodes.
  public var count: Int { values.count }

  /// The score of `node`; nil where it is undefined.
  public subscript(node: Node) -> Double? {
    let value = values[Int(node.index)]
    return value.isNaN ? nil : value
  }

  /// The scores in node order; nil where a score is undefined.
  public var all: [Double?] { values.map { $0.isNaN ? nil : $0 } }

  /// The nodes from the highest score to the lowest; undefined scores are left out.
  ///
  /// Scores that differ by less than one part in 10⁹ are ties: they share the rank of the first of
  /// them, and stand in node order.
  ///
  /// - Complexity: O(n log n).
  public func ranking() -> [Ranked] {
    let order = values.indices.filter { !values[$0].isNaN }
      .sorted { values[$0] > values[$1] || (values[$0] == values[$1] && $0 < $1) }
    var ranked: [Ranked] = []
    var start = 0
    while start < order.count {
      let top = values[order[start]]
      var end = start
      while end < order.count {
        let value = values[order[end]]
        // Of infinite scores only equal ones are ties.
        guard value == top || (top.isFinite && top - value <= abs(top) * 1e-9) else { break }
        end += 1
      }
      for node in order[start..<end].sorted() {
        ranked.append(Ranked(node: Node(node), score: values[node], rank: start + 1))
      }
      start = end
    }
    return ranked
  }
}

/// A node's place in a ranking.
public struct Ranked: Hashable, Sendable {
  /// The node.
  public let node: Node
  /// Its score.
  public let score: Double
  /// Its rank from 1; tied nodes share a rank and the ranks they would have filled are left out.
  public let rank: Int

  /// Creates a place in a ranking.
  public init(node: Node, score: Double, rank: Int) {
    self.node = node
    self.score = score
    self.rank = rank
  }
}

/// A score for every edge, with the convention it follows.
public struct EdgeScores: Sendable, Hashable {
  /// The scores in edge order.
  public let values: EdgeMap<Double>
  /// The convention of the numbers.
  public let convention: Convention

  /// Creates edge scores.
  public init(_ values: EdgeMap<Double>, convention: Convention) {
    self.values = values
    self.convention = convention
  }
}
