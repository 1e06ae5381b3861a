// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How far the node is that is farthest from a node.
///
/// A node of low eccentricity reaches everyone in its component in few steps: the nodes of the
/// lowest are the centre. One of high eccentricity stands at an end of the network. One distant
/// straggler raises the value of everyone, so that it says less than closeness where the data have
/// a long tail. The largest eccentricity is the diameter.
///
/// Distances are counted in ties within the component of a node; directions, parallel edges and
/// self-loops are ignored. Values of different components are not to be compared: in a small one
/// everybody is near.
///
/// ```swift
/// // On the chain 0 – 1 – 2 – 3:
/// try Eccentricity()(chain)  // 3, 2, 2, 3
/// ```
///
/// Range: whole numbers from 0 (an isolate) to n − 1. Weights are ignored.
///
/// - Complexity: O(n m / 512) to O(n m) time at most, and mostly far less: one search of O(n + m)
///   for each of a few nodes, and one in 512 of those whose bounds do not meet by then. 58 bytes a
///   node and 204 more for each thread; where directions or repeated edges are to be ignored, 8 an
///   edge.
/// - SeeAlso: Hage and Harary 1995, doi:10.1016/0378-8733(94)00248-9; the method: Takes and Kosters
///   2013, doi:10.3390/a6010100, and Then et al. 2014, doi:10.14778/2735496.2735507.
public struct Eccentricity: Analysis {
  public static let name = "eccentricity"
  public static let reference = Citation(
    authors: "Hage, P.; Harary, F.", year: 1995, title: "Eccentricity and centrality in networks",
    venue: "Social Networks 17(1)", doi: "10.1016/0378-8733(94)00248-9")

  public init() {}

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    let components = try ConnectedComponents(.weak)(graph, run)
    let found = try EccentricityBounds(Neighbours(graph), run).all(components)
    return Scores(
      found.map { Double($0) },
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directions ignored",
        weights: "ignored: distances are counted in ties",
        components: "within the component of the node; 0 at an isolate",
        normalisation: "none: the largest distance"))
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    Neighbours.memory(for: graph)
      + EccentricityBounds.memory(nodeCount: graph.nodeCount, threads: threads)
      + 48 * graph.nodeCount + 65_536
  }
}
