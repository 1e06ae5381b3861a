// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// Groups with more tie strength inside than chance would put there.
///
/// Leiden looks for the division with the highest modularity. In a criminal network such a group is
/// a cell, a crew, a family of companies: people who deal with each other more than with the rest.
/// It is a proposal: divisions of nearly the same modularity can differ, small groups inside a
/// large network may be taken together (raise `resolution` to see them), and a network of chance
/// has groups too. Compare the result with what is known otherwise.
///
/// Modularity is that of `Modularity`: directed graphs by the form of Leicht and Newman unless
/// `ignoresDirection`, weights as strengths unless `ignoresWeights`, parallel edges added up.
/// Finding the best division is not feasible in general, so the search is repeated from `runs`
/// random orders, and the best division is kept: the first found of several equally good. Each
/// search goes on in rounds of moving, refining and aggregating until a whole round improves
/// nothing; on large networks it may end sooner (see `rounds`).
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
/// and seed give the same division on any machine and with any number of threads. It is not
/// promised that another numbering of the nodes gives the same division.
///
/// - Complexity: about O(m log m) time for a run (not bounded by theory), O(n + m) memory.
/// - SeeAlso: Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z.
public struct Leiden: Analysis {
  public static let name = "leiden"
  public static let reference = Citation(
    authors: "Traag, V. A.; Waltman, L.; van Eck, N. J.", year: 2019,
    title: "From Louvain to Leiden: guaranteeing well-connected communities",
    venue: "Scientific Reports 9", doi: "10.1038/s41598-019-41695-z")

  /// γ of the modularity: above 1 gives smaller groups, below 1 larger ones.
  public var resolution = 1.0
  /// The number of searches; nil takes 100 on small networks and fewer on large ones.
  ///
  /// The automatic number is 200,000 ÷ (n + m), from 2 to 100: more searches of a large network
  /// differ little from each other.
  public var runs: Int?
  /// The most rounds of one search; nil lets small networks settle and bounds the work on large
  /// ones.
  ///
  /// The automatic number is 2,000,000 ÷ (n + m), at least 10. Networks of up to 20,000 nodes and
  /// edges settle within it as a rule.
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
    resolution: Double = 1, runs: Int? = nil, rounds: Int? = nil, seed: UInt64 = 1,
    ignoresDirection: Bool = false, ignoresWeights: Bool = false
  ) {
    self.resolution = resolution
    self.runs = runs
    self.rounds = rounds
    self.seed = seed
    self.ignoresDirection = ignoresDirection
    self.ignoresWeights = ignoresWeights
  }

  /// The modularity that is searched for.
  public var objective: Modularity {
    Modularity(
      resolution: resolution, ignoresDirection: ignoresDirection, ignoresWeights: ignoresWeights)
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Communities {
    try objective.validate(graph, analysis: Self.name)
    let size = max(1, graph.nodeCount + graph.edgeCount)
    let runs = self.runs ?? max(2, min(100, 200_000 / size))
    let rounds = self.rounds ?? max(10, 2_000_000 / size)
    for (option, value) in [("runs", runs), ("rounds", rounds)] where value < 1 {
      throw .invalidOption(
        analysis: Self.name, option: option, value: "\(value)", requirement: "at least 1")
    }
    try run.checkpoint(0, of: runs)
    guard let network = LeidenNetwork(graph, objective) else {
      return communities(of: graph, Array(0..<Int32(graph.nodeCount)), nil, runs: [])
    }
    var best: [Int32] = []
    var bestValue = -Double.infinity
    var values: [Double] = []
    for index in 0..<runs {
      let seed = self.seed &+ UInt64(index)
      var search = LeidenSearch(
        nodeCount: network.nodeCount, generator: SeededGenerator(seed: seed), run: run)
      let (group, value) = try oneRun(&search, graph, network, rounds: rounds)
      values.append(value)
      if value > bestValue + 1e-12 {
        best = group
        bestValue = value
      }
      try run.checkpoint(index + 1, of: runs)
    }
    return communities(of: graph, best, bestValue, runs: values)
  }

  private func oneRun(
    _ search: inout LeidenSearch, _ graph: Graph, _ network: LeidenNetwork, rounds: Int
  ) throws(AnalysisError) -> ([Int32], Double) {
    var group = Array(0..<Int32(network.nodeCount))
    var value = -Double.infinity
    for _ in 0..<rounds {
      let next = connectedParts(of: try search.improve(group, of: network), in: network)
      // The network has strength, so the value is there.
      let nextValue = objective.value(graph, group: next, count: network.nodeCount) ?? value
      guard nextValue > value + 1e-12 else { break }
      group = next
      value = nextValue
    }
    return (group, value)
  }

  // The refinement keeps groups connected; this makes sure of it, and can only raise modularity.
  private func connectedParts(of group: [Int32], in network: LeidenNetwork) -> [Int32] {
    let n = network.nodeCount
    var part = [Int32](repeating: -1, count: n)
    var waiting: [Int32] = []
    var count: Int32 = 0
    for start in 0..<n where part[start] < 0 {
      part[start] = count
      waiting.append(Int32(start))
      while let node = waiting.popLast() {
        let u = Int(node)
        for a in Int(network.offsets[u])..<Int(network.offsets[u + 1]) {
          let v = Int(network.targets[a])
          guard part[v] < 0, group[v] == group[u] else { continue }
          part[v] = count
          waiting.append(Int32(v))
        }
      }
      count += 1
    }
    return part
  }

  private func communities(
    of graph: Graph, _ labels: [Int32], _ modularity: Double?, runs: [Double]
  ) -> Communities {
    let partition = Partition(dense: labels, labelCount: graph.nodeCount)
    return Communities(
      partition: partition, modularity: modularity, ties: partition.groupTies(in: graph),
      runs: runs.count,
      runsAtBest: modularity.map { best in runs.count { $0 >= best - 1e-9 } } ?? 0,
      convention: Convention(
        direction: graph.direction == .undirected
          ? "undirected" : ignoresDirection ? "directions ignored" : "directed modularity",
        weights: graph.edgeWeights == nil
          ? "every edge counts 1" : ignoresWeights ? "ignored" : "strength",
        components: "a community lies inside one component",
        normalisation: "modularity with resolution \(resolution)"))
  }
}
