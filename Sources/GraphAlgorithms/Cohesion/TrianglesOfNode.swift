// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How many triangles a node is part of.
///
/// A triangle is a pair of a node's contacts that are tied to each other: three people who all know
/// each other. Nodes with many sit in the thick of a group; hubs have many for their ties alone, so
/// that `Clustering` is the measure to compare nodes of different degree by.
///
/// Directions, parallel edges and self-loops are ignored; it is not normalised.
///
/// ```swift
/// // On a triangle 0, 1, 2 with a tail 2 – 3:
/// try TrianglesOfNode()(graph)  // 1, 1, 1, 0
/// ```
///
/// Range: whole numbers from 0 to (n − 1)(n − 2)/2. Weights are ignored.
///
/// - Complexity: O(m^1.5) time; 12 bytes an edge, and 53 and for each thread 9 a node.
/// - SeeAlso: Luce and Perry 1949, doi:10.1007/BF02289146; the method: Latapy 2008,
///   doi:10.1016/j.tcs.2008.07.017.
public struct TrianglesOfNode: Analysis {
  public static let name = "node-triangles"
  public static let reference = Triangles.reference

  public init() {}

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    Scores(
      try trianglesOfNodes(Neighbours(graph), run).map { Double($0) },
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directions ignored",
        weights: "ignored", components: "not affected",
        normalisation: "none: a number of triangles"))
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    triangleMemory(graph, threads: threads) + 16 * graph.nodeCount
  }
}
