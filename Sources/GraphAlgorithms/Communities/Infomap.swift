// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// Groups in which something that moves along the ties stays for long.
///
/// Money, goods or word that pass from one to the next at random linger where ties close on
/// themselves. Infomap asks for the division under which the walk can be told in the fewest bits: one
/// name list for the modules, and one for each module with its members and its exit. Modules that the
/// walk seldom leaves save bits; modules too many cost them in going from one to the next. Unlike
/// modularity this has no smallest size of group that it can see, and it uses directions as they are.
///
/// The length of a division is the map equation
/// L = q log q − 2 Σ qᵢ log qᵢ − Σ p log p + Σ (qᵢ + pᵢ) log (qᵢ + pᵢ) with pᵢ the flow inside module
/// i, qᵢ what leaves it (where directions count: one of the two is what enters), q their sum and p the
/// flow of each node, in bits a step. It is searched for in rounds of moving nodes, moving submodules
/// and moving modules, from `runs` random orders, and the shortest is kept.
///
/// Flow: undirected, a node has its share of all strength, a self-loop counting once. Directed, the
/// flow is PageRank's with `teleportation`: jumps go to where edges start, in proportion to their
/// strength, and are not recorded (the defaults of the program infomap, so that lengths agree with
/// `infomap --two-level`). Nodes without flow are modules of their own.
///
/// ```swift
/// // On two triangles joined by one edge:
/// let found = try Infomap()(graph)
/// found.partition.sizes  // [3, 3]
/// found.codelength       // 2.3207…
/// ```
///
/// Weights are strengths; parallel edges add up, an edge of strength 0 is none. `codelength` can be
/// compared with `oneModule`, the length without groups: if little is saved, there are none to speak
/// of. A module is parted where it hangs together by no tie and that shortens the description, which
/// it nearly always does. The same graph, options and seed give the same division on any machine and
/// with any number of threads.
///
/// - Complexity: about O(m log m) time for a run (not bounded by theory), O(n + m) memory. One thread
///   searches.
/// - Throws: `AnalysisError.invalidOption` for `runs` below 1 or a `teleportation` that is not between
///   0 and 1, `.wrongWeighting` when weights are lengths, `.weightOutsideDomain` for a negative one,
///   `.undefined` for strengths too large or too small to be divided.
/// - SeeAlso: Rosvall and Bergstrom 2008, doi:10.1073/pnas.0706851105; teleportation: Lambiotte and
///   Rosvall 2012, doi:10.1103/PhysRevE.85.056107.
public struct Infomap: Analysis {
  public static let name = "infomap"
  public static let reference = Citation(
    authors: "Rosvall, M.; Bergstrom, C. T.", year: 2008,
    title: "Maps of random walks on complex networks reveal community structure",
    venue: "Proceedings of the National Academy of Sciences 105(4)",
    doi: "10.1073/pnas.0706851105")

  /// The number of searches; nil takes 100 on small networks and fewer on large ones.
  ///
  /// The automatic number is 100,000 ÷ (n + m), from 1 to 100.
  public var runs: Int?
  /// Where the random orders start from.
  public var seed: UInt64 = 1
  /// How often the walker on a directed graph jumps instead of following an edge.
  public var teleportation = 0.15
  /// Whether the directions of a directed graph are ignored.
  public var ignoresDirection = false
  /// Whether every edge counts 1 instead of its strength.
  public var ignoresWeights = false

  public init() {}

  /// Creates a search for modules.
  public init(
    runs: Int? = nil, seed: UInt64 = 1, teleportation: Double = 0.15,
    ignoresDirection: Bool = false, ignoresWeights: Bool = false
  ) {
    self.runs = runs
    self.seed = seed
    self.teleportation = teleportation
    self.ignoresDirection = ignoresDirection
    self.ignoresWeights = ignoresWeights
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> FlowModules {
    let size = max(1, graph.nodeCount + graph.edgeCount)
    let runs = self.runs ?? max(1, min(100, 100_000 / size))
    guard runs >= 1 else {
      throw .invalidOption(
        analysis: Self.name, option: "runs", value: "\(runs)", requirement: "at least 1")
    }
    let log = BinaryLogarithm()
    guard let network = try network(of: graph, run) else {
      let alone = Partition(labels: Array(0..<Int32(graph.nodeCount)))
      return result(graph, alone, (0, 0), oneModule: 0, lengths: [])
    }
    let n = network.nodeCount
    let one = (0..<n).map { network.flow[$0] > 0 ? 0 : Int32($0) }
    let whole = network.codelength(one, count: n, log)
    var best = one
    var bestLength = whole
    var lengths: [Double] = []
    for index in 0..<runs {
      try run.checkpoint(index, of: runs)
      let generator = SeededGenerator(seed: seed &+ UInt64(index))
      var search = InfomapSearch(nodeCount: n, log, generator: generator, run: run)
      let (module, length) = try oneRun(&search, network, log)
      lengths.append(min(length.index + length.modules, whole.index + whole.modules))
      if length.index + length.modules < bestLength.index + bestLength.modules - 1e-12 {
        best = module
        bestLength = length
      }
    }
    try run.checkpoint(runs, of: runs)
    return result(
      graph, Partition(dense: best, labelCount: n), bestLength,
      oneModule: whole.index + whole.modules, lengths: lengths)
  }

  /// The length of a given division, in bits a step; 0 where nothing flows.
  ///
  /// - Throws: `AnalysisError`, as the search.
  public func codelength(
    of partition: Partition, in graph: Graph, _ run: Run = Run()
  ) throws(AnalysisError) -> Double {
    precondition(
      partition.group.count == graph.nodeCount, "the partition is not one of this graph")
    guard let network = try network(of: graph, run) else { return 0 }
    let length = network.codelength(
      partition.group.values, count: partition.groupCount, BinaryLogarithm())
    return length.index + length.modules
  }

  /// An upper estimate of the bytes that a run takes beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    FlowNetwork.memory(for: graph) + 160 * graph.nodeCount
      + (graph.direction == .directed && !ignoresDirection
        ? StrengthSystem.memory(nodes: graph.nodeCount) + StrengthMatrix.memory(for: graph) : 0)
  }

  private func network(of graph: Graph, _ run: Run) throws(AnalysisError) -> FlowNetwork? {
    guard teleportation > 0, teleportation < 1 else {
      throw .invalidOption(
        analysis: Self.name, option: "teleportation", value: "\(teleportation)",
        requirement: "between 0 and 1")
    }
    if !ignoresWeights { try graph.requireNonNegativeStrengths(for: Self.name) }
    try run.checkpoint(0, of: 1)
    return try FlowNetwork(
      graph, teleportation: teleportation, ignoresDirection: ignoresDirection,
      ignoresWeights: ignoresWeights, for: Self.name, run)
  }

  private typealias Length = (index: Double, modules: Double)

  // Rounds go on until one saves less than a part in 10⁵ of the description.
  private func oneRun(
    _ search: inout InfomapSearch, _ network: FlowNetwork, _ log: BinaryLogarithm
  ) throws(AnalysisError) -> ([Int32], Length) {
    var (module, count) = try search.start(on: network)
    var length = network.codelength(module, count: count, log)
    while true {
      var next: [Int32]
      (next, count) = try search.improve(module, of: network)
      var nextLength = network.codelength(next, count: count, log)
      let (parts, partCount) = connectedParts(of: next, network.offsets, network.targets)
      if partCount > count {
        let parted = network.codelength(parts, count: partCount, log)
        if parted.index + parted.modules <= nextLength.index + nextLength.modules {
          (next, nextLength) = (parts, parted)
        }
      }
      let saved = length.index + length.modules - nextLength.index - nextLength.modules
      if saved > 0 { (module, length) = (next, nextLength) }
      if saved <= 1e-5 * (length.index + length.modules) { return (module, length) }
    }
  }

  private func result(
    _ graph: Graph, _ partition: Partition, _ length: Length, oneModule: Double, lengths: [Double]
  ) -> FlowModules {
    let isDirected = graph.direction == .directed && !ignoresDirection
    let codelength = length.index + length.modules
    return FlowModules(
      partition: partition, codelength: codelength, indexLength: length.index,
      oneModule: oneModule, ties: partition.groupTies(in: graph), runs: lengths.count,
      runsAtBest: lengths.count { $0 <= codelength + 1e-9 },
      convention: Convention(
        direction: isDirected
          ? "directed: unrecorded teleportation \(teleportation) to the starts of edges"
          : graph.direction == .directed ? "directions ignored" : "undirected",
        weights: graph.edgeWeights == nil
          ? "every edge counts 1" : ignoresWeights ? "ignored" : "strength",
        components: "nodes without flow are modules of their own",
        normalisation: "bits a step of the walk; two levels"))
  }
}

/// A division into modules of flow and how short it makes the description of the walk.
public struct FlowModules: Hashable, Sendable {
  /// The division; modules are numbered from the largest.
  public let partition: Partition
  /// The length of the description, in bits a step.
  public let codelength: Double
  /// The part of it that tells the way from module to module.
  public let indexLength: Double
  /// The length of the description without modules: all nodes in one.
  public let oneModule: Double
  /// The ties inside and out of each module.
  public let ties: [GroupTies]
  /// The number of searches made.
  public let runs: Int
  /// The number of searches that reached this length (to 10⁻⁹): few of many say that other
  /// divisions are nearly as good.
  public let runsAtBest: Int
  /// How directions and weights were used.
  public let convention: Convention
}
