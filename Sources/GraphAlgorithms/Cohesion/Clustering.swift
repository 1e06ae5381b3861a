// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How far the contacts of a node know each other.
///
/// The local clustering coefficient is the share of the pairs of a node's contacts that are tied to
/// each other. A node of low coefficient and many ties stands between people who have nothing else
/// in common: a broker or a hub. A node of high coefficient sits in a group where all know all. It
/// says little of a node with two or three contacts.
///
/// Directions, parallel edges and self-loops are ignored; a node with fewer than two contacts has
/// the coefficient 0.
///
/// ```swift
/// // On a triangle 0, 1, 2 with a tail 2 – 3:
/// try Clustering()(graph)  // 1, 1, 1/3, 0
/// ```
///
/// Range: 0 to 1. Weights are ignored.
///
/// - Complexity: O(m^1.5) time, O(n + m) memory.
/// - SeeAlso: Watts and Strogatz 1998, doi:10.1038/30918.
public struct Clustering: Analysis {
  public static let name = "clustering"
  public static let reference = Citation(
    authors: "Watts, D. J.; Strogatz, S. H.", year: 1998,
    title: "Collective dynamics of ‘small-world’ networks", venue: "Nature 393",
    doi: "10.1038/30918")

  public init() {}

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    triangleMemory(graph, threads: threads) + 24 * graph.nodeCount
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    Scores(
      try TriangleCount(Neighbours(graph), run).clustering.values,
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directions ignored",
        weights: "ignored", components: "not affected",
        normalisation: "pairs of neighbours that are tied ÷ pairs of neighbours; 0 if degree < 2"))
  }
}
