// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How many closed triads there are, and how often two contacts of a node know each other.
///
/// A triangle is three nodes each tied to the other two. The transitivity is the share of all pairs
/// of ties with a node in common that are closed by a third: 3 × triangles ÷ connected triples. The
/// average clustering is the mean of the local coefficients (see `Clustering`), where a node with
/// few ties weighs as much as a hub. The two answer different questions and can differ widely.
///
/// Directions, parallel edges and self-loops are ignored. A node with fewer than two ties counts
/// with coefficient 0, and without any connected triple the transitivity is 0.
///
/// ```swift
/// // On a triangle 0, 1, 2 with a tail 2 – 3: one triangle, five connected triples.
/// try Triangles()(graph).transitivity  // 3 / 5
/// ```
///
/// Range of both shares: 0 to 1. Weights are ignored.
///
/// - Complexity: O(m^1.5) time; 12 bytes an edge, and 53 and for each thread 9 a node.
/// - SeeAlso: Luce and Perry 1949, doi:10.1007/BF02289146; the method of counting: Latapy 2008,
///   doi:10.1016/j.tcs.2008.07.017.
public struct Triangles: Analysis {
  public static let name = "triangles"
  public static let reference = Citation(
    authors: "Luce, R. D.; Perry, A. D.", year: 1949,
    title: "A method of matrix analysis of group structure", venue: "Psychometrika 14(2)",
    doi: "10.1007/BF02289146")

  public init() {}

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> TriangleCount {
    try TriangleCount(Neighbours(graph), run)
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    triangleMemory(graph, threads: threads) + 16 * graph.nodeCount
  }
}

/// The triangles of a graph.
public struct TriangleCount: Hashable, Sendable {
  /// The number of triangles that each node is part of.
  public let ofNode: NodeMap<Int>
  /// The number of triangles, each counted once.
  public let total: Int
  /// The number of pairs of ties that have a node in common.
  public let connectedTriples: Int
  /// 3 × triangles ÷ connected triples; 0 without triples.
  public let transitivity: Double
  /// The mean of the local clustering coefficients; nil without nodes.
  public let averageClustering: Double?
  /// The local clustering coefficient of each node; 0 where a node has fewer than two ties.
  public let clustering: NodeMap<Double>

  init(_ neighbours: Neighbours, _ run: Run) throws(AnalysisError) {
    let count = try trianglesOfNodes(neighbours, run)
    var total = 0
    var triples = 0
    var local: [Double] = []
    local.reserveCapacity(count.count)
    for u in 0..<neighbours.nodeCount {
      let degree = neighbours.degree(of: u)
      let pairs = degree * (degree - 1) / 2
      total += count[u]
      triples += pairs
      local.append(pairs > 0 ? Double(count[u]) / Double(pairs) : 0)
    }
    ofNode = NodeMap(count)
    self.total = total / 3
    connectedTriples = triples
    transitivity = triples > 0 ? Double(total) / Double(triples) : 0
    averageClustering = local.isEmpty ? nil : local.reduce(0, +) / Double(local.count)
    clustering = NodeMap(local)
  }
}
