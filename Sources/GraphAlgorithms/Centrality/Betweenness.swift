// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How much a node stands between others: the share of shortest paths that pass through it.
///
/// A broker between groups that do not otherwise meet scores high, however few ties it has; so does
/// the only supplier of a branch. It counts, for every pair of other nodes, the fraction of the
/// shortest paths between them that pass through the node. `isNormalised` divides by the number of
/// such pairs: (n − 1)(n − 2) / 2 in an undirected graph, (n − 1)(n − 2) in a directed one, where a
/// pair has an order and paths follow the arcs.
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// try Betweenness()(chain)                     // 0, 1, 0
/// try Betweenness(isNormalised: false)(chain)  // 0, 1, 0: one pair, 0 and 2, one path
/// ```
///
/// Range: 0 to 1 normalised; else 0 to the number of pairs. Pairs that no path joins count nothing.
///
/// A weight that is a length is the length of its edge; a strength *s* makes a length 1 / *s*.
/// Paths whose lengths differ by less than one part in 10¹² are equally short. A path is a sequence
/// of nodes: of parallel edges only the shortest counts, and once; a self-loop is on no shortest
/// path.
///
/// - Complexity: O(n m) time, with weights O(n m + n² log n); O(n + m) memory a thread. In an
///   undirected graph n and m are those of each block (a part that no single node cuts in two),
///   summed over the blocks; a tree takes O(n).
/// - Throws: `AnalysisError.weightOutsideDomain` for a weight that is not positive;
///   `AnalysisError.undefined` when there are too many shortest paths to count (over 10³⁰⁸, in an
///   undirected graph within a block).
/// - SeeAlso: Freeman 1977, doi:10.2307/3033543 (the measure); Brandes 2001,
///   doi:10.1080/0022250X.2001.9990249 (the method); Sarıyüce, Saule, Kaya and Çatalyürek 2013,
///   doi:10.1137/1.9781611972832.76 (the blocks).
public struct Betweenness: Analysis {
  public static let name = "betweenness"
  public static let reference = Citation(
    authors: "Brandes, U.", year: 2001, title: "A faster algorithm for betweenness centrality",
    venue: "Journal of Mathematical Sociology 25(2)", doi: "10.1080/0022250X.2001.9990249")

  /// Whether the count is divided by the number of pairs of other nodes.
  public var isNormalised = true

  public init() {}

  /// Creates a betweenness with the given normalisation.
  public init(isNormalised: Bool) { self.isNormalised = isNormalised }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    brandesMemory(graph, width: graph.nodeCount, threads: threads)
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    let arcs = try PathArcs(graph, .outgoing, for: Self.name)
    let sums =
      graph.direction == .undirected
      ? try blockSums(arcs, .nodes, run, for: Self.name)
      : try brandesSums(arcs, .nodes, run, for: Self.name)
    let n = Double(graph.nodeCount)
    let orders = graph.direction == .undirected ? 2.0 : 1
    let divisor = isNormalised && n > 2 ? (n - 1) * (n - 2) : orders
    return Scores(
      sums.map { $0 / divisor },
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directed: along the arcs",
        weights: PathArcs.lengthRule(graph),
        components: "pairs that no path joins count nothing",
        normalisation: !isNormalised
          ? "none: a sum over pairs"
          : graph.direction == .undirected
            ? "divided by (n − 1)(n − 2) / 2" : "divided by (n − 1)(n − 2)"))
  }
}
