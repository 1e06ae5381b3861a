// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How often a walker who follows ties at random is at a node.
///
/// A node scores high when nodes that score high point to it and to few others: standing passed on
/// by those who have it. From a node the walker follows one of its outgoing edges, chosen by
/// strength, with probability `damping`, and else starts again at any node; from a node that no edge of
/// positive strength leaves (an isolated node too) it always starts again. In an undirected graph an
/// edge leads both ways and a self-loop is one way back to its node.
///
/// With `restart` the walker starts again only at the nodes named there: the scores then say how
/// near a node is to those (personalised PageRank), and nodes out of their reach score 0.
///
/// ```swift
/// // On the star with centre 0 and three leaves:
/// try PageRank()(star)  // 0.479730, 0.173423, 0.173423, 0.173423
/// ```
///
/// Range: 0 to 1, and all scores add up to 1; without `restart` none is less than
/// (1 − damping) / n.
///
/// Weights are strengths: twice the strength is chosen twice as often. Parallel edges add up, and an
/// edge of strength 0 is none.
///
/// - Complexity: O(k (n + m)) time for k steps, O(n + m) memory. For a tolerance ε and a damping d,
///   k is at most about log(1/ε) / log(1/d), and in an undirected graph about a quarter of that.
/// - Throws: `AnalysisError.wrongWeighting` when weights are lengths, `.weightOutsideDomain` for a
///   negative one, `.invalidOption` for a damping, tolerance or restart out of range,
///   `.notConverged` when rounding keeps the tolerance out of reach (a damping near 1),
///   `.undefined` when strengths are too far apart to be compared in double precision.
/// - SeeAlso: Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X; personalised: Haveliwala 2003,
///   doi:10.1109/TKDE.2003.1208999.
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
  /// It bounds the true error, not the last change. Rounding makes less than about
  /// 10⁻¹⁵ / (1 − `damping`) useless.
  public var tolerance = 1e-13
  /// Where the walker starts again, each node in proportion to its weight; empty for all nodes
  /// alike.
  public var restart: [Restart] = []

  /// A node where the walker may start again.
  public struct Restart: Codable, Hashable, Sendable {
    /// The number of the node.
    public var node: Int
    /// How often, compared to the others; entries of the same node add up.
    public var weight: Double

    /// Creates an entry.
    public init(node: Int, weight: Double = 1) {
      self.node = node
      self.weight = weight
    }
  }

  public init() {}

  /// Creates a PageRank.
  public init(damping: Double = 0.85, tolerance: Double = 1e-13, restart: [Restart] = []) {
    self.damping = damping
    self.tolerance = tolerance
    self.restart = restart
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    try validateOptions()
    let own = try startingPoint(graph.nodeCount)
    let matrix = try StrengthMatrix(graph, for: Self.name, run)
    let share = try shares(of: matrix)
    try run.checkpoint(0, of: 1)
    let (damping, tolerance) = (damping, tolerance)
    var values = try run.withTeam(isSmall: graph.nodeCount < 1000) {
      (team: Team) throws(AnalysisError) -> [Double] in
      let system = StrengthSystem(
        matrix, share: share, own: own, for: Self.name, expected: expectedIterations(matrix), team,
        run)
      // Walks from what is missing never add up to more than 1 / (1 − damping) times that, and the
      // division by the sum can double an error.
      try system.solve { sum in .sum(tolerance * (1 - damping) * sum / 2) }
      return system.solution.take(leaving: 0)
    }
    // What a node that no edge leaves has is spread as every start is: that changes the sum only.
    for u in values.indices { values[u] = max(0, values[u]) }
    let sum = values.reduce(0, +)
    for u in values.indices { values[u] /= sum }
    let isRestarted = !restart.isEmpty
    return Scores(
      values,
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directed: along the arcs",
        weights: graph.strengthRule,
        components: isRestarted
          ? "from a node that no edge leaves, to the restart nodes; 0 out of their reach"
          : "from a node that no edge leaves, to any node alike",
        normalisation: "the scores add up to 1; damping \(damping)"
          + (isRestarted ? "; restart at \(Set(restart.map(\.node)).count) of the nodes" : "")))
  }

  /// An upper estimate of the bytes that a run takes beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    StrengthMatrix.memory(for: graph) + StrengthSystem.memory(nodes: graph.nodeCount)
      + 48 * graph.nodeCount
  }

  private func validateOptions() throws(AnalysisError) {
    guard damping >= 0, damping < 1 else {
      throw .invalidOption(
        analysis: Self.name, option: "damping", value: "\(damping)",
        requirement: "at least 0 and less than 1")
    }
    guard tolerance > 0 else {
      throw .invalidOption(
        analysis: Self.name, option: "tolerance", value: "\(tolerance)", requirement: "positive")
    }
  }

  // The weights are brought to a largest of 1 first, so that their sum is finite.
  private func startingPoint(_ n: Int) throws(AnalysisError) -> [Double] {
    guard !restart.isEmpty else { return Array(repeating: 1 / Double(max(1, n)), count: n) }
    var largest = 0.0
    for entry in restart {
      guard entry.node >= 0, entry.node < n else {
        throw .invalidOption(
          analysis: Self.name, option: "restart", value: "node \(entry.node)",
          requirement: "among nodes from 0 that the graph has, which has \(n)")
      }
      guard entry.weight >= 0, entry.weight.isFinite else {
        throw .invalidOption(
          analysis: Self.name, option: "restart", value: "weight \(entry.weight)",
          requirement: "of finite weights that are not negative")
      }
      largest = max(largest, entry.weight)
    }
    guard largest > 0 else {
      throw .invalidOption(
        analysis: Self.name, option: "restart", value: "only weights of 0",
        requirement: "of at least one positive weight")
    }
    var own = [Double](repeating: 0, count: n)
    for entry in restart { own[entry.node] += entry.weight / largest }
    let sum = own.reduce(0, +)
    for u in own.indices { own[u] /= sum }
    return own
  }

  // What a node sends along an edge of strength 1.
  private func shares(of matrix: StrengthMatrix) throws(AnalysisError) -> [Double] {
    var leaving = matrix.columnSums
    for u in leaving.indices where leaving[u] > 0 {
      guard leaving[u].isFinite, leaving[u] >= 1e-290 else {
        throw .undefined(
          analysis: Self.name,
          reason: "The strengths at a node add up to \(leaving[u]), which is too "
            + "\(leaving[u] > 1 ? "large" : "small") to be divided.")
      }
      leaving[u] = damping / leaving[u]
    }
    return leaving
  }

  private func expectedIterations(_ matrix: StrengthMatrix) -> Int {
    guard damping > 0 else { return 1 }
    // In an undirected graph the conjugate gradients gain this factor a step or more.
    let root = ((1 - damping) / (1 + damping)).squareRoot()
    let rate = matrix.isSymmetric ? (1 - root) / (1 + root) : damping
    var iterations = 1
    var change = 1.0
    while change > tolerance * (1 - damping), iterations < 1_000_000 {
      change *= rate
      iterations += 1
    }
    return iterations
  }
}
