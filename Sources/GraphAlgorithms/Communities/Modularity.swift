// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How much more of the tie strength falls inside the groups of a division than chance would put
/// there.
///
/// Chance means: every node keeps its strength and ties are laid at random. A value near 0 says that
/// the division explains nothing; social networks divided well give 0.3 to 0.7. Values of different
/// networks do not compare, and a high value alone is no proof of real groups: random sparse networks
/// reach it too.
///
/// Undirected: Q = Σ over groups [ L/m − γ (K/2m)² ], where L is the strength inside the group, K
/// the sum of the strengths of its nodes and m that of all edges; a self-loop adds once to L and
/// twice to K. Directed (Leicht and Newman): Q = Σ [ L/m − γ Kᵒᵘᵗ Kⁱⁿ/m² ]. Parallel edges add up.
///
/// ```swift
/// // On two triangles joined by one edge, each triangle a group:
/// try Modularity()(graph, halves)  // 6/7 − 1/2 = 0.357142…
/// ```
///
/// Range: −1 (in the directed form and with γ > 1 possibly less) to 1. Weights are strengths and
/// must not be negative; lengths are refused.
///
/// - Complexity: O(n + m) time, O(groups) memory.
/// - SeeAlso: Newman and Girvan 2004, doi:10.1103/PhysRevE.69.026113; directed: Leicht and Newman
///   2008, doi:10.1103/PhysRevLett.100.118703; resolution: Reichardt and Bornholdt 2006,
///   doi:10.1103/PhysRevE.74.016110.
public struct Modularity: Codable, Hashable, Sendable {
  /// The publication that defines modularity.
  public static let reference = Citation(
    authors: "Newman, M. E. J.; Girvan, M.", year: 2004,
    title: "Finding and evaluating community structure in networks",
    venue: "Physical Review E 69", doi: "10.1103/PhysRevE.69.026113")

  /// γ: above 1, small groups score better; below 1, large ones.
  public var resolution = 1.0
  /// Whether the directions of a directed graph are ignored.
  public var ignoresDirection = false
  /// Whether every edge counts 1 instead of its strength.
  public var ignoresWeights = false

  /// Creates a modularity.
  public init(
    resolution: Double = 1, ignoresDirection: Bool = false, ignoresWeights: Bool = false
  ) {
    self.resolution = resolution
    self.ignoresDirection = ignoresDirection
    self.ignoresWeights = ignoresWeights
  }

  /// The modularity of `partition` in `graph`.
  ///
  /// - Throws: `AnalysisError.undefined` when the edges have no strength at all,
  ///   `weightOutsideDomain` at a negative weight, `wrongWeighting` when weights are lengths and
  ///   `invalidOption` when the resolution is negative or not finite.
  public func callAsFunction(
    _ graph: Graph, _ partition: Partition
  ) throws(AnalysisError) -> Double {
    try validate(graph, analysis: "modularity")
    precondition(
      partition.group.count == graph.nodeCount, "the partition is not one of this graph")
    guard let value = value(graph, group: partition.group.values, count: partition.groupCount)
    else { throw .undefined(analysis: "modularity", reason: Self.noStrength) }
    return value
  }

  static let noStrength = "Without edges of positive strength modularity is not defined."

  func validate(_ graph: Graph, analysis: String) throws(AnalysisError) {
    guard resolution >= 0, resolution.isFinite else {
      throw .invalidOption(
        analysis: analysis, option: "resolution", value: "\(resolution)",
        requirement: "a finite number not below 0")
    }
    guard !ignoresWeights, let weights = graph.edgeWeights else { return }
    guard graph.weighting != .length else {
      throw .wrongWeighting(
        analysis: analysis, found: .length,
        advice: "give strengths, where larger is closer, or have the weights ignored")
    }
    for (edge, weight) in weights.enumerated() where weight < 0 {
      throw .weightOutsideDomain(
        analysis: analysis, edge: edge, weight: weight, requirement: "strengths of 0 or more")
    }
  }

  /// The modularity of groups 0 ..< `count`; nil when the edges have no strength.
  func value(_ graph: Graph, group: [Int32], count: Int) -> Double? {
    let weights = ignoresWeights ? nil : graph.edgeWeights
    let isDirected = graph.direction == .directed && !ignoresDirection
    var inside = [Double](repeating: 0, count: count)
    var leaving = inside
    var entering = inside
    var total = 0.0
    graph.forEachEdge { edge, source, target in
      let weight = weights.map { $0[Int(edge.index)] } ?? 1
      let a = Int(group[Int(source.index)])
      let b = Int(group[Int(target.index)])
      total += weight
      if a == b { inside[a] += weight }
      leaving[a] += weight
      entering[b] += weight
    }
    guard total > 0 else { return nil }
    var sum = 0.0
    for c in 0..<count {
      let expected: Double
      if isDirected {
        expected = (leaving[c] / total) * (entering[c] / total)
      } else {
        let share = (leaving[c] + entering[c]) / (2 * total)
        expected = share * share
      }
      sum += inside[c] / total - resolution * expected
    }
    return sum
  }
}
