// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How many walks of any length lead to a node, long ones counting less.
///
/// It lies between counting ties and asking who is tied to whom: a node scores high by many ties
/// and by ties to nodes that score high, in every component and in directed graphs without a circle
/// too, where eigenvector centrality is silent. Every node starts with β, and along an edge of
/// strength w a node receives α w times the score of the other end:
/// x = β + α Σ w x over the edges that lead to the node. A walk of k steps so counts αᵏ times the
/// product of its strengths.
///
/// ```swift
/// // On the chain 0 – 1 – 2 with α = 1/2:
/// try Katz(alpha: 0.5)(chain)  // 3, 4, 3
/// ```
///
/// α must be less than 1/λ, where λ is the largest eigenvalue of the matrix of strengths; beyond, the
/// walks add up to no number. Without a choice α is 0.85/λ, so that long walks count much; where
/// nothing goes round (λ = 0) it is 0.85 over the most that arrives at a node. Scores of different
/// networks compare only for the same α.
///
/// Range: at least β; `isNormalised` divides by the length, so that the squares add up to 1.
///
/// Weights are strengths; parallel edges add up, and a self-loop counts once.
///
/// - Complexity: O(k (n + m)) time for k steps, some dozens unless α is near its reach, and as much
///   again as for `Eigenvector` to find λ; O(n + m) memory.
/// - Throws: `AnalysisError.invalidOption` for an α out of reach, a β that is not positive or a
///   tolerance that is not; `.notConverged`, `.wrongWeighting` when weights are lengths,
///   `.weightOutsideDomain` for a negative one.
/// - SeeAlso: Katz 1953, doi:10.1007/BF02289026.
public struct Katz: Analysis {
  public static let name = "katz"
  public static let reference = Citation(
    authors: "Katz, L.", year: 1953, title: "A new status index derived from sociometric analysis",
    venue: "Psychometrika 18(1)", doi: "10.1007/BF02289026")

  /// What a step counts: at least 0 and less than 1/λ; nil takes 0.85/λ.
  public var alpha: Double?
  /// What every node has of its own.
  public var beta = 1.0
  /// Whether the scores are divided by the root of the sum of their squares.
  public var isNormalised = false
  /// The largest error allowed, as a part of a score.
  public var tolerance = 1e-12

  public init() {}

  /// Creates a Katz centrality.
  public init(
    alpha: Double? = nil, beta: Double = 1, isNormalised: Bool = false, tolerance: Double = 1e-12
  ) {
    self.alpha = alpha
    self.beta = beta
    self.isNormalised = isNormalised
    self.tolerance = tolerance
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    for (option, value) in [("beta", beta), ("tolerance", tolerance)] {
      guard value > 0, value.isFinite else {
        throw .invalidOption(
          analysis: Self.name, option: option, value: "\(value)", requirement: "positive")
      }
    }
    try run.checkpoint(0, of: 1)
    let matrix = try StrengthMatrix(graph, for: Self.name, run)
    let radius = try SpectralRadius(graph, for: Self.name, run)
    let alpha = try reachable(radius)
    let n = graph.nodeCount
    let (beta, tolerance) = (beta, tolerance)
    var values = try run.withTeam(isSmall: n < 1000) {
      (team: Team) throws(AnalysisError) -> [Double] in
      let rest = max(1e-9, 1 - alpha * radius.value)
      let system = StrengthSystem(
        matrix, share: Array(repeating: alpha, count: n), own: Array(repeating: beta, count: n),
        for: Self.name, expected: Int(30 / rest.squareRoot()), team, run)
      // Where no more than ε β is missing at any node, no score is wrong by more than its part ε.
      try system.solve { _ in .largest(tolerance * beta) }
      return system.solution.take(leaving: 0)
    }
    if isNormalised {
      let largest = values.max() ?? 1
      let length = largest * values.reduce(0) { $0 + $1 / largest * ($1 / largest) }.squareRoot()
      for u in values.indices { values[u] /= length }
    }
    return Scores(
      values,
      convention: Convention(
        direction: graph.direction == .directed
          ? "directed: from those that point to a node" : "undirected",
        weights: graph.strengthRule, components: "every component by itself",
        normalisation: (isNormalised ? "the squares of the scores add up to 1" : "none")
          + "; α = \(alpha)"
          + (self.alpha == nil ? radius.value > 0 ? " = 0.85/λ" : " (nothing goes round)" : "")
          + ", β = \(beta)"))
  }

  /// An upper estimate of the bytes that a run takes beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    let (n, m) = (graph.nodeCount, graph.edgeCount)
    return 2 * StrengthMatrix.memory(for: graph) + StrengthSystem.memory(nodes: n)
      + KrylovSpace<StrengthMatrix>.memory(size: n) + 96 * n + 112 * m
  }

  private func reachable(_ radius: SpectralRadius) throws(AnalysisError) -> Double {
    guard radius.largestRow.isFinite else {
      throw .undefined(
        analysis: Self.name, reason: "The strengths that arrive at a node add up to no number.")
    }
    guard let alpha else {
      let reach = radius.value > 0 ? radius.value : radius.largestRow
      return reach > 0 ? 0.85 / reach : 0.85
    }
    guard alpha >= 0, alpha.isFinite, alpha * radius.value < 1 else {
      throw .invalidOption(
        analysis: Self.name, option: "alpha", value: "\(alpha)",
        requirement: radius.value > 0
          ? "at least 0 and less than 1/λ = \(1 / radius.value)" : "a finite number from 0")
    }
    return alpha
  }
}
