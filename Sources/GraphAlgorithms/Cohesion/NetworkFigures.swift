// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// What `WholeNetwork` found.
public struct NetworkFigures: Hashable, Sendable, Codable {
  /// Whether the edges have a direction.
  public let direction: Graph.Direction
  /// The number of nodes.
  public let nodes: Int
  /// The number of edges, parallel edges and self-loops included.
  public let edges: Int
  /// The number of pairs of different nodes with at least one edge between them.
  public let tiedPairs: Int
  /// The number of edges beyond the first between the same two nodes (in a directed graph: in the
  /// same direction).
  public let parallelEdges: Int
  /// The number of edges that join a node to itself.
  public let selfLoops: Int
  /// The number of nodes tied to no other node.
  public let isolates: Int
  /// The share of the possible ties that exist; nil for fewer than two nodes.
  ///
  /// Undirected: tied pairs ÷ (n(n − 1)/2). Directed: pairs in order with an arc ÷ n(n − 1).
  /// Self-loops and parallel edges do not count.
  public let density: Double?
  /// 2 × tied pairs ÷ n, the mean number of neighbours; nil without nodes.
  public let meanDegree: Double?
  /// The share of arcs between different nodes (parallel ones counting once) that are returned; nil
  /// in an undirected graph and without arcs.
  public let reciprocity: Double?
  /// The sizes of the weak components, from the largest.
  public let weakComponents: [Int]
  /// The sizes of the strong components, from the largest; nil in an undirected graph.
  public let strongComponents: [Int]?
  /// The number of triangles.
  public let triangles: Int
  /// 3 × triangles ÷ connected triples; 0 without triples.
  public let transitivity: Double
  /// The mean local clustering coefficient, nodes with fewer than two neighbours counting 0.
  public let averageClustering: Double?
  /// Freeman's degree centralization; nil for fewer than three nodes.
  ///
  /// Σ(largest degree − degree) ÷ ((n − 1)(n − 2)): 1 in a star, 0 where all degrees are equal.
  public let degreeCentralization: Double?
  /// Pearson's correlation of the degrees at the two ends of a tie, −1 to 1; nil where it is not
  /// defined.
  public let degreeAssortativity: Double?
  /// The mean distance in ties between two nodes of the largest weak component; nil where `notes`
  /// says why.
  public let meanDistance: Double?
  /// The largest distance in ties in the largest weak component; nil without a tied pair.
  public let diameter: Int?
  /// The largest core number, a pair tied both ways counting once.
  public let largestCore: Int
  /// The number of cut nodes.
  public let articulationPoints: Int
  /// The number of tied pairs whose ties alone join their two sides.
  public let bridges: Int
  /// Why figures are nil: one whole sentence each.
  public internal(set) var notes: [String]
}
