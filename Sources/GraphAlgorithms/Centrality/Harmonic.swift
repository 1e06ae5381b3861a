// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How near a node is to all others, where what it cannot reach counts nothing: the sum of 1 /
/// distance.
///
/// It says what closeness says and needs no rule for several components, since 1 / ∞ is 0. Each
/// other node adds the reciprocal of its distance: a neighbour 1, a neighbour's neighbour 1/2. In a
/// directed graph `direction` says whether distances lead to the node or leave it. `isNormalised`
/// divides by n − 1.
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// try Harmonic()(chain)  // 1.5, 2, 1.5
/// ```
///
/// Range without weights: 0 to n − 1, normalised 0 to 1.
///
/// A weight that is a length is the length of its edge; a strength *s* makes a length 1 / *s*. The
/// score then has the unit 1 / length and no upper limit. Of parallel edges the shortest counts;
/// self-loops change nothing.
///
/// - Complexity: O(n m / 512) to O(n m) time, with weights O(n m + n² log n); O(n + m) memory a
///   thread.
/// - Throws: `AnalysisError.weightOutsideDomain` for a weight that is not positive.
/// - SeeAlso: Boldi and Vigna 2014, doi:10.1080/15427951.2013.865686.
public struct Harmonic: Analysis {
  public static let name = "harmonic"
  public static let reference = Citation(
    authors: "Boldi, P.; Vigna, S.", year: 2014, title: "Axioms for centrality",
    venue: "Internet Mathematics 10(3–4)", doi: "10.1080/15427951.2013.865686")

  /// Which distances of a directed graph count.
  public var direction = PathDirection.incoming
  /// Whether the sum is divided by n − 1.
  public var isNormalised = false

  public init() {}

  /// Creates a harmonic centrality with the given direction and normalisation.
  public init(_ direction: PathDirection, isNormalised: Bool = false) {
    self.direction = direction
    self.isNormalised = isNormalised
  }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    32 * graph.nodeCount + DistanceSums.memory(for: graph, threads: threads)
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    let sums = try DistanceSums(graph, direction, for: Self.name, run)
    let divisor = isNormalised ? Double(max(1, graph.nodeCount - 1)) : 1
    return Scores(sums.reciprocal.map { $0 / divisor }, convention: convention(graph))
  }

  /// What the scores of a graph mean.
  func convention(_ graph: Graph) -> Convention {
    Convention(
      direction: direction.description(in: graph), weights: PathArcs.lengthRule(graph),
      components: "unreachable nodes count nothing",
      normalisation: isNormalised ? "divided by n − 1" : "none: a sum of 1 / distance")
  }
}
