// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How often a walker who follows ties at random is at a node.
///
/// A node scores high when nodes that score high point to it and to few others: standing passed on
/// by those who have it. From a node the walker follows one of its outgoing edges, chosen by
/// strength, with probability `damping`, and else goes to any node; from a node that no edge leaves
/// it goes to any node. In an undirected graph an edge leads both ways and a self-loop is one way
/// back to its node.
///
/// ```swift
/// // On the star with centre 0 and three leaves:
/// try PageRank()(star)  // 0.479730, 0.173423, 0.173423, 0.173423
/// ```
///
/// Range: 0 to 1, and all scores add up to 1; none is less than (1 − damping) / n.
///
/// Weights are strengths: twice the strength is chosen twice as often. Parallel edges add up.
///
/// - Complexity: O(m log(1 / `tolerance`) / log(1 / `damping`)) time, O(n + m) memory.
/// - Throws: `AnalysisError.wrongWeighting` when weights are lengths, `.weightOutsideDomain` for a
///   negative one, `.invalidOption` for a damping or tolerance out of range.
/// - SeeAlso: Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X.
public struct PageRank: Analysis {
  public static let name = "pagerank"
  public static let reference = Citation(
    authors: "Brin, S.; Page, L.", year: 1998,
    title: "The anatomy of a large-scale hypertextual web search engine",
    venue: "Computer Networks and ISDN Systems 30(1–7)", doi: "10.1016/S0169-7552(98)00110-X")

  /// The probability of following an edge: at least 0 and less than 1.
  public var damping = 0.85
  /// The largest error allowed, summed over all nodes.
  ///
  /// Rounding makes less than 10⁻¹⁵ useless.
  public var tolerance = 1e-13

  public init() {}

  /// Creates a PageRank with the given damping.
  public init(damping: Double) { self.damping = damping }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    guard damping >= 0, damping < 1 else {
      throw .invalidOption(
        analysis: Self.name, option: "damping", value: "\(damping)",
        requirement: "at least 0 and less than 1")
    }
    guard tolerance > 0 else {
      throw .invalidOption(
        analysis: Self.name, option: "tolerance", value: "\(tolerance)", requirement: "positive")
    }
    let flow = try StrengthMatrix(graph, for: Self.name, run)
    let n = graph.nodeCount
    let leaving = flow.columnSums
    var rank = [Double](repeating: n > 0 ? 1 / Double(n) : 0, count: n)
    var passed = rank
    var arrived = rank
    // One step brings any two distributions nearer by the factor of damping, which bounds the
    // distance still to go by the last change.
    let limit = damping > 0 ? tolerance * (1 - damping) / damping : .infinity
    let expected = expectedIterations(limit)
    var change = Double.infinity
    var iterations = 0
    while change > limit, n > 0 {
      guard iterations < 2 * expected else {
        throw .notConverged(analysis: Self.name, iterations: iterations, residual: change)
      }
      try run.checkpoint(min(iterations, expected), of: expected)
      iterations += 1
      var stranded = 0.0
      for u in 0..<n {
        if leaving[u] > 0 {
          passed[u] = rank[u] / leaving[u]
        } else {
          passed[u] = 0
          stranded += rank[u]
        }
      }
      flow.multiply(passed, into: &arrived)
      let base = (1 - damping + damping * stranded) / Double(n)
      change = 0
      for u in 0..<n {
        let new = base + damping * arrived[u]
        change += abs(new - rank[u])
        rank[u] = new
      }
    }
    let sum = rank.reduce(0, +)
    return Scores(
      rank.map { $0 / sum },
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directed: along the arcs",
        weights: graph.strengthRule,
        components: "from a node that no edge leaves, to any node alike",
        normalisation: "the scores add up to 1; damping \(damping)"))
  }

  private func expectedIterations(_ limit: Double) -> Int {
    var iterations = 1
    var change = 2.0
    while change > limit, iterations < 1_000_000 {
      change *= damping
      iterations += 1
    }
    return iterations + 20
  }
}
