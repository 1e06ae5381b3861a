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

  /// What one group of a division adds to its modularity.
  public struct Part: Hashable, Sendable, Codable {
    /// The number of nodes.
    public var size: Int
    /// The share of all tie strength that lies inside the group, self-loops included.
    public var inside: Double
    /// The share that chance would put there; γ is not in it.
    public var expected: Double
    /// `inside` − γ · `expected`: below 0, the group holds together less than chance would have it.
    public var contribution: Double
  }

  /// What each group of `partition` adds to the modularity, by group number; the contributions add
  /// up to it.
  ///
  /// ```swift
  /// // On two triangles joined by one edge, each triangle a group:
  /// try Modularity().parts(graph, halves)[0]  // inside 3/7, expected 1/4, contribution 5/28
  /// ```
  ///
  /// - Throws: as the modularity itself.
  /// - Complexity: O(n + m) time, O(groups) memory.
  public func parts(
    _ graph: Graph, _ partition: Partition
  ) throws(AnalysisError) -> [Part] {
    try validate(graph, analysis: "modularity")
    precondition(
      partition.group.count == graph.nodeCount, "the partition is not one of this graph")
    guard let parts = parts(graph, group: partition.group.values, count: partition.groupCount)
    else { throw .undefined(analysis: "modularity", reason: Self.noStrength) }
    return parts
  }

  static let noStrength = "Without edges of positive strength modularity is not defined."

  func validate(_ graph: Graph, analysis: String) throws(AnalysisError) {
    try validateResolution(resolution, analysis: analysis)
    if !ignoresWeights { try validateStrengths(of: graph, analysis: analysis) }
  }

  /// The modularity of groups 0 ..< `count`; nil when the edges have no strength.
  func value(_ graph: Graph, group: [Int32], count: Int) -> Double? {
    parts(graph, group: group, count: count).map { parts in
      parts.reduce(0) { $0 + $1.contribution }
    }
  }

  private func parts(_ graph: Graph, group: [Int32], count: Int) -> [Part]? {
    let weights = ignoresWeights ? nil : graph.edgeWeights
    let isDirected = graph.direction == .directed && !ignoresDirection
    let ties = GroupStrengths(graph, weights, group: group, count: count)
    let total = ties.total
    guard total > 0 else { return nil }
    return (0..<count).map { c in
      let expected: Double
      if isDirected {
        expected = (ties.leaving[c] / total) * (ties.entering[c] / total)
      } else {
        let share = (ties.leaving[c] + ties.entering[c]) / (2 * total)
        expected = share * share
      }
      let inside = ties.inside[c] / total
      return Part(
        size: ties.size[c], inside: inside, expected: expected,
        contribution: inside - resolution * expected)
    }
  }
}
