// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How much goes over a node's ties: the sum of their strengths.
///
/// Where an edge weighs calls, meetings or money, a node with few but heavy ties scores high;
/// degree would miss it. It adds the strengths of a node's edge ends: a self-loop counts twice (in
/// a directed graph once in and once out). It is not normalised. In an unweighted graph it is the
/// degree.
///
/// ```swift
/// // On the chain 0 – 1 – 2 whose edges have strengths 3 and 5:
/// try Strength()(chain)  // 3, 8, 5
/// ```
///
/// Range and unit: those of the weights. Weights are strengths and may be negative or zero.
///
/// - Complexity: O(n + m) time, O(n) memory.
/// - Throws: `AnalysisError.wrongWeighting` when the weights are lengths, whose sum is no strength;
///   `.undefined` when the strengths at a node add up to more than a number can hold.
/// - SeeAlso: Barrat, Barthélemy, Pastor-Satorras and Vespignani 2004,
///   doi:10.1073/pnas.0400087101.
public struct Strength: Analysis {
  public static let name = "strength"
  public static let reference = Citation(
    authors: "Barrat, A.; Barthélemy, M.; Pastor-Satorras, R.; Vespignani, A.", year: 2004,
    title: "The architecture of complex weighted networks", venue: "PNAS 101(11)",
    doi: "10.1073/pnas.0400087101")

  /// Which ties of a directed graph count; an undirected graph has only ties.
  public var ties = Ties.total

  public init() {}

  /// Creates a strength of the given kind.
  public init(_ ties: Ties) { self.ties = ties }

  public func memory(for graph: Graph, threads: Int) -> Int { 24 * graph.nodeCount }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    try graph.requireStrengths(for: Self.name)
    var values = [Double](repeating: 0, count: graph.nodeCount)
    let countsIncoming = graph.direction == .directed && ties != .outgoing
    let countsOutgoing = graph.direction == .undirected || ties != .incoming
    for u in 0..<graph.nodeCount {
      if u & 1023 == 0 { try run.checkpoint(u, of: graph.nodeCount) }
      var sum = 0.0
      if countsIncoming { for arc in graph.arcs(into: Node(u)) { sum += arc.weight } }
      if countsOutgoing { for arc in graph.arcs(from: Node(u)) { sum += arc.weight } }
      guard sum.isFinite else {
        throw .undefined(
          analysis: Self.name,
          reason: "The strengths at a node add up to more than a number can hold (10^308).")
      }
      values[u] = sum
    }
    return Scores(
      values,
      convention: Convention(
        direction: ties.description(in: graph),
        weights: graph.strengthRule, components: "not affected",
        normalisation: "none: a sum over edge ends"))
  }
}

extension Graph {
  /// How weights that are strengths are used, for a convention.
  var strengthRule: String {
    weighting == nil ? "none: every edge has strength 1" : "strength as given"
  }

  /// Refuses weights that are lengths.
  func requireStrengths(for analysis: String) throws(AnalysisError) {
    if weighting == .length {
      throw .wrongWeighting(
        analysis: analysis, found: .length,
        advice: "declare the weights as strengths, or drop them")
    }
  }

  /// Refuses weights that are lengths, and negative strengths.
  func requireNonNegativeStrengths(for analysis: String) throws(AnalysisError) {
    try requireStrengths(for: analysis)
    guard let edgeWeights else { return }
    for edge in edgeWeights.indices where edgeWeights[edge] < 0 {
      throw .weightOutsideDomain(
        analysis: analysis, edge: edge, weight: edgeWeights[edge],
        requirement: "strengths that are not negative")
    }
  }
}
