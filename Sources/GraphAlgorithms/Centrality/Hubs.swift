// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How far a node points to those whom the best pointers point to.
///
/// A good hub points to good authorities, and a good authority is pointed to by good hubs. In payments
/// or calls a hub is who serves many of the important receivers. The score is in proportion to the sum
/// of the scores, as `Authorities`, of those that the node points to, times the strengths.
///
/// In an undirected graph a tie points both ways, so that hubs and authorities are the same; use
/// `Eigenvector` there. A chain of points tells little either: what counts is how many point to the
/// same. Networks in several parts score in one of them, where the scores grow most, and 0
/// elsewhere; where several parts grow alike, the scores are what equal scores become after any
/// number of rounds.
///
/// ```swift
/// // Arcs 0 → 2, 1 → 2, 1 → 3:
/// try Hubs()(graph)  // 0.525731, 0.850651, 0, 0
/// ```
///
/// Range: 0 to 1; the squares add up to 1. (networkx divides so that the scores add up to 1, igraph so
/// that the largest is 1: the ratios are the same.)
///
/// Weights are strengths; parallel edges add up, an edge of strength 0 is none, and a self-loop
/// counts once.
///
/// - Complexity: O(k (n + m)) time for k steps, some hundreds as a rule; O(n + m) memory.
/// - Throws: `AnalysisError.undefined` without a tie, `.notConverged` where two parts grow so nearly
///   alike that they cannot be told apart, `.wrongWeighting` when weights are lengths,
///   `.weightOutsideDomain` for a negative one, `.invalidOption` for a tolerance that is not positive.
/// - SeeAlso: Kleinberg 1999, doi:10.1145/324133.324140.
public struct Hubs: Analysis {
  public static let name = "hubs"
  public static let reference = Citation(
    authors: "Kleinberg, J. M.", year: 1999,
    title: "Authoritative sources in a hyperlinked environment",
    venue: "Journal of the ACM 46(5)", doi: "10.1145/324133.324140")

  /// The largest error allowed in a score, as estimated from how fast the scores settle.
  public var tolerance = 1e-11

  public init() {}

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    try MutualReinforcement.scores(.hubs, of: graph, tolerance: tolerance, for: Self.name, run)
  }

  /// An upper estimate of the bytes that a run takes beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    MutualReinforcement.memory(for: graph)
  }
}
