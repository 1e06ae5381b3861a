// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How much an edge stands between nodes: the share of shortest paths that use it.
///
/// The edges between groups score high; cutting them sends others the long way round. It counts,
/// for every pair of nodes, the fraction of the shortest paths between them that go over the edge,
/// the pair of its own ends included. `isNormalised` divides by the number of pairs: n(n − 1) / 2
/// in an undirected graph, n(n − 1) in a directed one, where paths follow the arcs.
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// try EdgeBetweenness(isNormalised: false)(chain)  // 2, 2: each edge serves two of three pairs
/// try EdgeBetweenness()(chain)                     // 2/3, 2/3
/// ```
///
/// Range: 0 to 1 normalised; else 0 to the number of pairs. Pairs that no path joins count nothing.
/// Without normalisation and weights the scores add up to the sum of all distances.
///
/// Weights are used as by `Betweenness`. Parallel edges that are equally short share what goes over
/// them in equal parts, longer ones get nothing; a self-loop is on no shortest path.
///
/// - Complexity: O(n m) time, with weights O(n m + n² log n); O(n + m) memory a thread; in an
///   undirected graph by blocks, as `Betweenness`.
/// - Throws: as `Betweenness`.
/// - SeeAlso: Girvan and Newman 2002, doi:10.1073/pnas.122653799 (the measure); Brandes 2008,
///   doi:10.1016/j.socnet.2007.11.001 (the method).
public struct EdgeBetweenness: Analysis {
  public static let name = "edge-betweenness"
  public static let reference = Citation(
    authors: "Brandes, U.", year: 2008,
    title: "On variants of shortest-path betweenness centrality and their generic computation",
    venue: "Social Networks 30(2)", doi: "10.1016/j.socnet.2007.11.001")

  /// Whether the count is divided by the number of pairs of nodes.
  public var isNormalised = true

  public init() {}

  /// Creates an edge betweenness with the given normalisation.
  public init(isNormalised: Bool) { self.isNormalised = isNormalised }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    brandesMemory(graph, width: graph.edgeCount, threads: threads) + 80 * graph.edgeCount
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> EdgeScores {
    let arcs = try PathArcs(graph, .outgoing, for: Self.name)
    let target = BrandesTarget.edges(count: graph.edgeCount)
    let sums =
      graph.direction == .undirected
      ? try blockSums(arcs, target, run, for: Self.name)
      : try brandesSums(arcs, target, run, for: Self.name)
    let n = Double(graph.nodeCount)
    let orders = graph.direction == .undirected ? 2.0 : 1
    let divisor = isNormalised && n > 1 ? n * (n - 1) : orders
    let shared = shareAmongParallels(sums, graph, try PathArcs.edgeLengths(graph, for: Self.name))
    return EdgeScores(
      EdgeMap(shared.map { $0 / divisor }),
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directed: along the arcs",
        weights: PathArcs.lengthRule(graph),
        components: "pairs that no path joins count nothing",
        normalisation: !isNormalised
          ? "none: a sum over pairs"
          : graph.direction == .undirected ? "divided by n(n − 1) / 2" : "divided by n(n − 1)"))
  }

  // Parallel edges follow each other in edge order; the sum stands at one of the shortest.
  private func shareAmongParallels(
    _ sums: [Double], _ graph: Graph, _ lengths: [Double]?
  ) -> [Double] {
    var shared = sums
    var ends: [(source: Node, target: Node)] = []
    ends.reserveCapacity(graph.edgeCount)
    graph.forEachEdge { _, source, target in ends.append((source, target)) }
    var start = 0
    while start < ends.count {
      var end = start + 1
      while end < ends.count, ends[end] == ends[start] { end += 1 }
      if end - start > 1 {
        let shortest = lengths?[start..<end].min() ?? 1
        let equals = (start..<end).filter {
          (lengths?[$0] ?? 1) <= shortest * (1 + PathArcs.tolerance)
        }
        let part = sums[start..<end].reduce(0, +) / Double(equals.count)
        for edge in start..<end { shared[edge] = 0 }
        for edge in equals { shared[edge] = part }
      }
      start = end
    }
    return shared
  }
}
