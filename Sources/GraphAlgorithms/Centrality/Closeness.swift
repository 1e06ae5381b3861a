// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How near a node is to all others: the reciprocal of its mean distance.
///
/// A node that reaches the whole network in few steps hears and spreads news early. With *k* the
/// number of other nodes at a finite distance and *S* the sum of their distances, the base is *k* /
/// *S*, which flatters nodes of small components; the rule for unreachable nodes decides what
/// becomes of it (see `Rule`). In a directed graph `direction` says whether distances lead to the
/// node or leave it.
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// try Closeness()(chain)  // 2/3, 1, 2/3
/// ```
///
/// Range without weights: 0 to 1, where 1 is a tie with every other node. A node that no other
/// reaches has 0 by the rule `wassermanFaust`, 1 / n by `padded`, and no score by `component`.
///
/// A weight that is a length is the length of its edge; a strength *s* makes a length 1 / *s*. The
/// score then has the unit 1 / length and no upper limit. Parallel edges and self-loops change
/// nothing but that the shortest of parallel edges counts.
///
/// - Complexity: O(n m / 512) to O(n m) time, with weights O(n m + n² log n); O(n + m) memory a
///   thread.
/// - Throws: `AnalysisError.weightOutsideDomain` for a weight that is not positive.
/// - SeeAlso: Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Wasserman and Faust 1994,
///   doi:10.1017/CBO9780511815478, p. 201.
public struct Closeness: Analysis {
  public static let name = "closeness"
  public static let reference = Citation(
    authors: "Wasserman, S.; Faust, K.", year: 1994,
    title: "Social Network Analysis: Methods and Applications", venue: "Cambridge University Press",
    doi: "10.1017/CBO9780511815478")

  /// What nodes at no finite distance do to the score.
  ///
  /// In the formulas *k* others are at a finite distance and *S* is the sum of these distances.
  public enum Rule: String, Codable, CaseIterable, Sendable {
    /// (k / (n − 1)) (k / S): scaled by the share of the network that is reached (Wasserman and
    /// Faust).
    case wassermanFaust
    /// k / S: they are ignored, so that scores compare only within a component. Undefined for a
    /// node that no other reaches.
    case component
    /// (n − 1) / (S + n (n − 1 − k)): each counts as a distance of n, one more than any path
    /// without weights can have.
    case padded
  }

  /// What nodes at no finite distance do to the score.
  public var rule = Rule.wassermanFaust
  /// Which distances of a directed graph count.
  public var direction = PathDirection.incoming

  public init() {}

  /// Creates a closeness with the given rule and direction.
  public init(_ rule: Rule, _ direction: PathDirection = .incoming) {
    self.rule = rule
    self.direction = direction
  }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    32 * graph.nodeCount + DistanceSums.memory(for: graph, threads: threads)
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    let sums = try DistanceSums(graph, direction, for: Self.name, run)
    let others = Double(graph.nodeCount - 1)
    let values = (0..<graph.nodeCount).map { u -> Double in
      let (k, sum) = (sums.reached[u], sums.distance[u])
      switch rule {
      case .wassermanFaust: return k > 0 ? (k / others) * (k / sum) : 0
      case .component: return k > 0 ? k / sum : .nan
      case .padded: return others > 0 ? others / (sum + (others + 1) * (others - k)) : 0
      }
    }
    return Scores(values, convention: convention(graph))
  }

  /// What the scores of a graph mean.
  func convention(_ graph: Graph) -> Convention {
    Convention(
      direction: direction.description(in: graph), weights: PathArcs.lengthRule(graph),
      components: componentRule, normalisation: formula)
  }

  private var componentRule: String {
    switch rule {
    case .wassermanFaust: "scaled by the share of nodes reached (Wasserman and Faust)"
    case .component: "unreachable nodes are ignored; undefined where there is no other"
    case .padded: "unreachable nodes count as a distance of n"
    }
  }

  private var formula: String {
    switch rule {
    case .wassermanFaust: "(k / (n − 1)) (k / S), k nodes reached at S in sum"
    case .component: "k / S, k nodes reached at S in sum"
    case .padded: "(n − 1) / (S + n (n − 1 − k)), k nodes reached at S in sum"
    }
  }
}

extension PathDirection {
  func description(in graph: Graph) -> String {
    if graph.direction == .undirected { return "undirected" }
    return self == .incoming ? "directed: paths to the node" : "directed: paths from the node"
  }
}
