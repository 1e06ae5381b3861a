// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// Groups that hold more tie strength than chance, or a fixed price, would leave them.
///
/// In a criminal network such a group is a cell, a crew, a family of companies: people who deal with
/// each other more than with the rest. It is a proposal: divisions of nearly the same value can
/// differ, and a network of chance has groups too. Compare the result with what is known otherwise.
///
/// What is looked for is the `objective`: as a rule the highest modularity, where chance decides
/// what is more than expected (small groups inside a large network may be taken together: raise
/// `resolution` to see them); or the constant Potts model, where `resolution` is the density above
/// which a group counts.
///
/// Modularity is that of `Modularity`: directed graphs by the form of Leicht and Newman unless
/// `ignoresDirection`, weights as strengths unless `ignoresWeights`, parallel edges added up.
/// Finding the best division is not feasible in general, so the search is repeated from `runs`
/// random orders, and the best division is kept: the first of several equally good. Each search goes
/// on in rounds of moving, refining and aggregating until a whole round improves nothing; on large
/// networks there are fewer searches, down to one, and a search ends when a round is no longer worth
/// its time (see `runs` and `rounds`).
///
/// ```swift
/// // On two triangles joined by one edge:
/// let groups = try Leiden()(graph)
/// groups.partition.sizes  // [3, 3]
/// groups.modularity       // 0.357142…
/// ```
///
/// Every community is connected by ties of positive strength. A node without such ties is a
/// community of its own. Weights must not be negative; lengths are refused. The same graph, options
/// and seed give the same division on any machine and with any number of threads; searches are
/// shared among the threads. It is not promised that another numbering of the nodes gives the same
/// division.
///
/// - Complexity: about O(m log m) time for a run (not bounded by theory), O(n + m) memory a thread;
///   `memory(for:threads:)` gives the figure.
/// - SeeAlso: Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z.
public struct Leiden: Analysis {
  public static let name = "leiden"
  public static let reference = Citation(
    authors: "Traag, V. A.; Waltman, L.; van Eck, N. J.", year: 2019,
    title: "From Louvain to Leiden: guaranteeing well-connected communities",
    venue: "Scientific Reports 9", doi: "10.1038/s41598-019-41695-z")

  /// What a division is valued by.
  public enum Objective: String, Codable, CaseIterable, Sendable {
    /// `Modularity`: the strength inside beyond what chance would put there.
    case modularity
    /// `ConstantPotts`: the strength inside beyond γ for each pair of nodes.
    case constantPotts = "cpm"
    /// `ConstantPotts` with γ times the density of the whole network: 1 asks for groups that are
    /// denser than the network is.
    ///
    /// The density is the strength of all edges, loops included, a pair of nodes. So γ needs no
    /// knowledge of the size of the network or the unit of its weights (the random graph of
    /// Reichardt and Bornholdt 2006, doi:10.1103/PhysRevE.74.016110).
    case relativePotts = "cpm-relative"
  }

  /// What a division is valued by.
  public var objective = Objective.modularity
  /// γ of the objective: a larger one gives smaller groups.
  public var resolution = 1.0
  /// The number of searches; nil takes 100 on small networks and fewer on large ones.
  ///
  /// The automatic number is 200,000 ÷ (n + m), from 1 to 100: more searches of a large network
  /// differ little from each other.
  public var runs: Int?
  /// The most rounds of one search; nil lets small networks settle and bounds the work on large
  /// ones.
  ///
  /// The automatic number is 2,000,000 ÷ (n + m), at least 100: networks of up to 200,000 nodes and
  /// edges settle within it as a rule. On larger ones a search also ends with the round whose first
  /// moves gain less than a ten-thousandth of the strength.
  public var rounds: Int?
  /// Where the random orders start from.
  public var seed: UInt64 = 1
  /// Whether the directions of a directed graph are ignored.
  public var ignoresDirection = false
  /// Whether every edge counts 1 instead of its strength.
  public var ignoresWeights = false

  public init() {}

  /// Creates a search for communities.
  public init(
    objective: Objective = .modularity, resolution: Double = 1, runs: Int? = nil,
    rounds: Int? = nil, seed: UInt64 = 1, ignoresDirection: Bool = false,
    ignoresWeights: Bool = false
  ) {
    self.objective = objective
    self.resolution = resolution
    self.runs = runs
    self.rounds = rounds
    self.seed = seed
    self.ignoresDirection = ignoresDirection
    self.ignoresWeights = ignoresWeights
  }

  /// The value of `partition` in `graph`: what the search makes as large as it can.
  ///
  /// - Throws: as `Modularity` or `ConstantPotts`.
  public func value(
    of partition: Partition, in graph: Graph
  ) throws(AnalysisError) -> Double {
    switch objective {
    case .modularity: try modularity(graph, partition)
    case .constantPotts, .relativePotts: try potts(graph)(graph, partition)
    }
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Communities {
    try validateResolution(resolution, analysis: Self.name)
    try modularity.validate(graph, analysis: Self.name)
    let effort = effort(for: graph)
    try requirePositive(effort.runs, "runs", analysis: Self.name)
    try requirePositive(effort.rounds, "rounds", analysis: Self.name)
    try run.checkpoint(0, of: effort.runs)
    let problem = problem(graph)
    var found = BestDivision.everyNodeAlone(graph)
    if problem.total > 0 {
      let method = LeidenMethod(seed: seed, rounds: effort.rounds, enough: effort.enough)
      found = try problem.solve(method, runs: effort.runs, run)
    }
    let partition = Partition(dense: found.best.labels, labelCount: graph.nodeCount)
    let groups = (partition.group.values, partition.groupCount)
    let modularity = modularity.value(graph, group: groups.0, count: groups.1)
    return Communities(
      partition: partition,
      quality: objective == .modularity ? modularity : try value(of: partition, in: graph),
      modularity: modularity, found: found, graph: graph,
      convention: convention(graph, problem.resolution))
  }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    problem(graph).memory(runs: effort(for: graph).runs, threads: threads)
  }

  // The modularity that is looked for, or told of a division found otherwise.
  private var modularity: Modularity {
    Modularity(
      resolution: objective == .modularity ? resolution : 1, ignoresDirection: ignoresDirection,
      ignoresWeights: ignoresWeights)
  }

  private func potts(_ graph: Graph) -> ConstantPotts {
    ConstantPotts(
      resolution: problem(graph).resolution, ignoresDirection: ignoresDirection,
      ignoresWeights: ignoresWeights)
  }

  private func problem(_ graph: Graph) -> CommunityProblem {
    let isDirected = graph.direction == .directed && !ignoresDirection
    var problem = CommunityProblem(
      graph, weights: ignoresWeights ? nil : graph.edgeWeights,
      form: objective == .modularity ? .chance : .pairs, isDirected: isDirected,
      resolution: resolution)
    if objective == .relativePotts, graph.nodeCount > 1 { problem.multiplyResolutionByDensity() }
    return problem
  }

  private func effort(for graph: Graph) -> (runs: Int, rounds: Int, enough: Double) {
    let size = max(1, graph.nodeCount + graph.edgeCount)
    return (
      runs ?? max(1, min(100, 200_000 / size)), rounds ?? max(100, 2_000_000 / size),
      rounds == nil && size > 200_000 ? 1e-4 : 0
    )
  }

  private func convention(_ graph: Graph, _ gamma: Double) -> Convention {
    Convention(
      direction: graph.direction == .undirected
        ? "undirected"
        : ignoresDirection
          ? "directions ignored" : objective == .modularity ? "directed modularity" : "both ways",
      weights: graph.edgeWeights == nil
        ? "every edge counts 1" : ignoresWeights ? "ignored" : "strength",
      components: "a community lies inside one component",
      normalisation: objective == .modularity
        ? "modularity with resolution \(resolution)"
        : "constant Potts model with resolution \(gamma)")
  }
}

/// Makes the searches of `Leiden`.
private struct LeidenMethod: CommunityMethod {
  let seed: UInt64
  let rounds: Int
  /// The part of the total strength that a round has to gain for another to follow.
  let enough: Double

  func labels<Mass: TieMass>(
    _ search: CommunitySearch<Mass>, index: Int, total: Double
  ) throws(AnalysisError) -> [Int32] {
    // The first search, the only one of a large network, is the greedy one; every second one
    // tries more.
    try search.leiden(
      seed: seed &+ UInt64(index), rounds: rounds, enough: enough * total,
      patience: index % 2 == 1 ? 2 : 0)
  }
}
