// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// Groups with more tie strength inside than chance would put there, by the method that most other
/// programs use.
///
/// Louvain looks for high modularity like `Leiden`, with less care: a group can be left in pieces
/// that no tie joins, and nodes are never taken out of a group as a whole once they went in. It is
/// here to compare with results obtained elsewhere, and for speed on very large networks; for a
/// finding of one's own, `Leiden` gives better groups at little more time.
///
/// Every node starts alone; nodes move, in random order, to the neighbouring group that gains most
/// until none gains; the groups become nodes, and so on until no group merges. Modularity is that of
/// `Modularity`, with the same directions, weights and parallel edges. The search is repeated from
/// `runs` random orders, and the best division is kept: the first of several equally good.
///
/// ```swift
/// // On two triangles joined by one edge:
/// try Louvain()(graph).partition.sizes  // [3, 3]
/// ```
///
/// A node without ties of positive strength is a community of its own. Weights must not be negative;
/// lengths are refused. The same graph, options and seed give the same division on any machine and
/// with any number of threads. It is not promised that a community is connected, nor that another
/// numbering of the nodes gives the same division.
///
/// - Complexity: about O(m) time for a run (not bounded by theory), O(n + m) memory a thread;
///   `memory(for:threads:)` gives the figure.
/// - SeeAlso: Blondel, Guillaume, Lambiotte and Lefebvre 2008,
///   doi:10.1088/1742-5468/2008/10/P10008.
public struct Louvain: Analysis {
  public static let name = "louvain"
  public static let reference = Citation(
    authors: "Blondel, V. D.; Guillaume, J.-L.; Lambiotte, R.; Lefebvre, E.", year: 2008,
    title: "Fast unfolding of communities in large networks",
    venue: "Journal of Statistical Mechanics: Theory and Experiment 2008",
    doi: "10.1088/1742-5468/2008/10/P10008")

  /// γ of the modularity: above 1 gives smaller groups, below 1 larger ones.
  public var resolution = 1.0
  /// The number of searches; nil takes 200,000 ÷ (n + m), from 1 to 100.
  public var runs: Int?
  /// Where the random orders start from.
  public var seed: UInt64 = 1
  /// Whether the directions of a directed graph are ignored.
  public var ignoresDirection = false
  /// Whether every edge counts 1 instead of its strength.
  public var ignoresWeights = false

  public init() {}

  /// Creates a search for communities.
  public init(
    resolution: Double = 1, runs: Int? = nil, seed: UInt64 = 1, ignoresDirection: Bool = false,
    ignoresWeights: Bool = false
  ) {
    self.resolution = resolution
    self.runs = runs
    self.seed = seed
    self.ignoresDirection = ignoresDirection
    self.ignoresWeights = ignoresWeights
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Communities {
    try modularity.validate(graph, analysis: Self.name)
    let runs = runs(for: graph)
    try requirePositive(runs, "runs", analysis: Self.name)
    try run.checkpoint(0, of: runs)
    let problem = problem(graph)
    var found = BestDivision.everyNodeAlone(graph)
    if problem.total > 0 {
      found = try problem.solve(LouvainMethod(seed: seed), runs: runs, run)
    }
    let partition = Partition(dense: found.best.labels, labelCount: graph.nodeCount)
    let modularity = modularity.value(
      graph, group: partition.group.values, count: partition.groupCount)
    return Communities(
      partition: partition, quality: modularity, modularity: modularity, found: found,
      graph: graph,
      convention: Convention(
        direction: graph.direction == .undirected
          ? "undirected" : ignoresDirection ? "directions ignored" : "directed modularity",
        weights: graph.edgeWeights == nil
          ? "every edge counts 1" : ignoresWeights ? "ignored" : "strength",
        components: "a community lies inside one component",
        normalisation: "modularity with resolution \(resolution)"))
  }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    problem(graph).memory(runs: runs(for: graph), threads: threads)
  }

  private var modularity: Modularity {
    Modularity(
      resolution: resolution, ignoresDirection: ignoresDirection, ignoresWeights: ignoresWeights)
  }

  private func runs(for graph: Graph) -> Int {
    runs ?? max(1, min(100, 200_000 / max(1, graph.nodeCount + graph.edgeCount)))
  }

  private func problem(_ graph: Graph) -> CommunityProblem {
    CommunityProblem(
      graph, weights: ignoresWeights ? nil : graph.edgeWeights, form: .chance,
      isDirected: graph.direction == .directed && !ignoresDirection, resolution: resolution)
  }
}

/// Makes the searches of `Louvain`.
private struct LouvainMethod: CommunityMethod {
  let seed: UInt64

  func labels<Mass: TieMass>(
    _ search: CommunitySearch<Mass>, index: Int, total: Double
  ) throws(AnalysisError) -> [Int32] {
    try search.louvain(seed: seed &+ UInt64(index))
  }
}
