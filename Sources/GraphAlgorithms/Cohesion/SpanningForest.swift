// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The fewest edges that hold every component together, chosen to be the shortest or the strongest.
///
/// It is the backbone of a network: one way and no more between any two members of a component. With
/// lengths the forest has the least total length; with strengths the greatest total strength, and of
/// any two nodes the weakest edge on their way in it is as strong as on any other way. An edge that is
/// left out is not unimportant: it closes a ring with others that are no longer or no weaker.
///
/// Of edges of equal weight those first in edge order are taken, so that the forest is one and the
/// same always. Directions are ignored, and self-loops are never taken. In an unweighted graph all
/// edges are equal.
///
/// ```swift
/// // On a triangle of edges 0 – 1, 0 – 2, 1 – 2 with strengths 1, 2, 3:
/// try SpanningForest()(triangle).edges.map(\.index)  // 1, 2
/// ```
///
/// Weights may be negative or zero.
///
/// - Complexity: O(m log m) time; with at most 2¹⁶ different weights near O(m); 32 bytes an edge and
///   24 a node with weights, 8 and 24 without.
/// - SeeAlso: Kruskal 1956, doi:10.1090/S0002-9939-1956-0078686-7.
public struct SpanningForest: Analysis {
  public static let name = "spanning-forest"
  public static let reference = Citation(
    authors: "Kruskal, J. B.", year: 1956,
    title: "On the shortest spanning subtree of a graph and the traveling salesman problem",
    venue: "Proceedings of the American Mathematical Society 7(1)",
    doi: "10.1090/S0002-9939-1956-0078686-7")

  public init() {}

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> SpanningTrees {
    try run.checkpoint(0, of: max(1, graph.edgeCount))
    let (sources, targets) = ends(of: graph)
    let order = try weightOrder(graph, run)
    var roots = Array(Int32(0)..<Int32(graph.nodeCount))
    func root(of node: Int32) -> Int32 {
      var node = node
      // Every node passed is tied to the one after next, so that ways stay short.
      while roots[Int(node)] != node {
        let next = roots[Int(roots[Int(node)])]
        roots[Int(node)] = next
        node = next
      }
      return node
    }
    var taken: [Int32] = []
    for place in 0..<graph.edgeCount {
      if place & 1023 == 0 { try run.checkpoint(place, of: graph.edgeCount) }
      let edge = order.map { $0[place] } ?? Int32(place)
      let (a, b) = (root(of: sources[Int(edge)]), root(of: targets[Int(edge)]))
      if a == b { continue }
      roots[Int(max(a, b))] = min(a, b)
      taken.append(edge)
      if taken.count == graph.nodeCount - 1 { break }
    }
    taken.sort()
    return SpanningTrees(
      edges: taken.map { Edge($0) }, treeCount: graph.nodeCount - taken.count,
      totalWeight: taken.reduce(0) { $0 + graph.weight(of: Edge($1)) })
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    let isWeighted = graph.edgeWeights != nil
    return graph.edgeCount * (isWeighted ? 32 : 8) + 24 * graph.nodeCount
      + (isWeighted ? 1 << 20 : 0) + 65_536
  }

  private func ends(of graph: Graph) -> (sources: [Int32], targets: [Int32]) {
    var sources: [Int32] = []
    var targets: [Int32] = []
    sources.reserveCapacity(graph.edgeCount)
    targets.reserveCapacity(graph.edgeCount)
    graph.forEachEdge { _, source, target in
      sources.append(source.index)
      targets.append(target.index)
    }
    return (sources, targets)
  }

  // The edges from the first to be taken to the last; nil where that is edge order.
  //
  // A radix sort by 16 bits at a time, which keeps equal weights in edge order. A digit that all
  // weights share is passed over: whole numbers have few others.
  private func weightOrder(_ graph: Graph, _ run: Run) throws(AnalysisError) -> [Int32]? {
    guard let weights = graph.edgeWeights, let weighting = graph.weighting else { return nil }
    let keys = weights.map { sortKey($0, largestFirst: weighting == .strength) }
    var order = Array(Int32(0)..<Int32(keys.count))
    var other = order
    for shift in stride(from: UInt64(0), to: 64, by: 16) {
      try run.checkpoint(0, of: max(1, graph.edgeCount))
      var next = [Int32](repeating: 0, count: 1 << 16)
      for key in keys { next[Int(key >> shift & 0xFFFF)] += 1 }
      if next.contains(Int32(keys.count)) { continue }
      var before: Int32 = 0
      for digit in next.indices {
        let count = next[digit]
        next[digit] = before
        before += count
      }
      for edge in order {
        let digit = Int(keys[Int(edge)] >> shift & 0xFFFF)
        other[Int(next[digit])] = edge
        next[digit] += 1
      }
      swap(&order, &other)
    }
    return order
  }

  // A number that orders as the weight does, the two zeros being one.
  private func sortKey(_ weight: Double, largestFirst: Bool) -> UInt64 {
    let bits = (weight == 0 ? 0 : weight).bitPattern
    let ascending = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    return largestFirst ? ~ascending : ascending
  }
}

/// Edges that hold every component together, none of them to spare.
public struct SpanningTrees: Hashable, Sendable {
  /// The edges of the forest, in edge order.
  public let edges: [Edge]
  /// The number of trees: one for each component, isolates included.
  public let treeCount: Int
  /// The sum of the weights of the edges; in an unweighted graph their number.
  public let totalWeight: Double
}
