// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How much tie strength the groups of a division hold beyond a fixed price for each pair of nodes:
/// the constant Potts model.
///
/// γ is a density that can be read: a group pays when its ties are denser than γ, and two groups
/// are better apart when the ties between them are sparser than γ. The rest of the network does not
/// enter, so that, unlike modularity, it has no resolution limit: a small tight cell stays visible
/// in however large a network. The price is that γ has to be chosen.
///
/// H = Σ over groups [ L − γ · pairs ], where L is the strength inside the group, self-loops
/// included, and pairs = k(k − 1)/2 for a group of k nodes; in a directed graph k(k − 1), unless
/// `ignoresDirection`. Parallel edges add up.
///
/// ```swift
/// // On two triangles joined by one edge, each triangle a group:
/// try ConstantPotts(resolution: 0.5)(graph, halves)  // 2 · (3 − 0.5 · 3) = 3
/// ```
///
/// Range: −γ n(n − 1)/2 (directed: twice that) to the sum of all strengths; in units of strength, so
/// that values of different networks do not compare. Weights are strengths and must not be negative;
/// lengths are refused.
///
/// - Complexity: O(n + m) time, O(groups) memory.
/// - SeeAlso: Traag, Van Dooren and Nesterov 2011, doi:10.1103/PhysRevE.84.016114.
public struct ConstantPotts: Codable, Hashable, Sendable {
  /// The publication that defines the model.
  public static let reference = Citation(
    authors: "Traag, V. A.; Van Dooren, P.; Nesterov, Y.", year: 2011,
    title: "Narrow scope for resolution-limit-free community detection",
    venue: "Physical Review E 84", doi: "10.1103/PhysRevE.84.016114")

  /// γ: the strength that a pair of nodes in one group has to bring.
  public var resolution = 1.0
  /// Whether the directions of a directed graph are ignored.
  public var ignoresDirection = false
  /// Whether every edge counts 1 instead of its strength.
  public var ignoresWeights = false

  /// Creates a constant Potts model.
  public init(resolution: Double, ignoresDirection: Bool = false, ignoresWeights: Bool = false) {
    self.resolution = resolution
    self.ignoresDirection = ignoresDirection
    self.ignoresWeights = ignoresWeights
  }

  /// What one group of a division adds.
  public struct Part: Hashable, Sendable, Codable {
    /// The number of nodes.
    public var size: Int
    /// The strength inside the group, self-loops included.
    public var inside: Double
    /// The number of pairs of nodes, ordered ones in a directed graph.
    public var pairs: Double
    /// `inside` − γ · `pairs`.
    public var contribution: Double
    /// The strength a pair, `inside` ÷ `pairs`; nil for a single node.
    public var density: Double? { pairs > 0 ? inside / pairs : nil }
  }

  /// The value of `partition` in `graph`; 0 for a graph without edges where every node is alone.
  ///
  /// - Throws: `AnalysisError.weightOutsideDomain` at a negative weight, `wrongWeighting` when
  ///   weights are lengths and `invalidOption` when the resolution is negative or not finite.
  public func callAsFunction(
    _ graph: Graph, _ partition: Partition
  ) throws(AnalysisError) -> Double {
    try parts(graph, partition).reduce(0) { $0 + $1.contribution }
  }

  /// What each group of `partition` adds, by group number; the contributions add up to the value.
  ///
  /// - Throws: as the value itself.
  /// - Complexity: O(n + m) time, O(groups) memory.
  public func parts(
    _ graph: Graph, _ partition: Partition
  ) throws(AnalysisError) -> [Part] {
    try validate(graph, analysis: "constant-potts")
    precondition(
      partition.group.count == graph.nodeCount, "the partition is not one of this graph")
    let ties = GroupStrengths(
      graph, ignoresWeights ? nil : graph.edgeWeights, group: partition.group.values,
      count: partition.groupCount)
    let isDirected = graph.direction == .directed && !ignoresDirection
    return (0..<partition.groupCount).map { c in
      let k = Double(ties.size[c])
      let pairs = isDirected ? k * (k - 1) : k * (k - 1) / 2
      return Part(
        size: ties.size[c], inside: ties.inside[c], pairs: pairs,
        contribution: ties.inside[c] - resolution * pairs)
    }
  }

  func validate(_ graph: Graph, analysis: String) throws(AnalysisError) {
    try validateResolution(resolution, analysis: analysis)
    if !ignoresWeights { try validateStrengths(of: graph, analysis: analysis) }
  }
}
