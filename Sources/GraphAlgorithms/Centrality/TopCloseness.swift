// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The nodes nearest to all others, without the scores of the rest.
///
/// Who are the ten that hear first? Most nodes are far from being among them, and a search from one
/// may stop once even the best that it may find yet is not enough. The answer is that of `Closeness`
/// or `Harmonic`, to the bit: the scores of the first `count` places are given, and those of all
/// nodes tied at the last of these places; the others have none.
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// try TopCloseness(count: 1)(chain).ranking()  // node 1: 1
/// try TopCloseness(count: 2)(chain).ranking()  // node 1: 1; nodes 0 and 2: 2/3
/// ```
///
/// Range, weights, parallel edges and self-loops: as in `Closeness` (rule `wassermanFaust`) and
/// `Harmonic`. Scores that differ by less than one part in 10⁹ are ties, as in a ranking.
///
/// - Complexity: O(n m) time, where hubs are near everyone about O(n + m), elsewhere up to
///   half more than all scores take; with weights as all scores; O(n + m) memory.
/// - Throws: `AnalysisError.invalidOption` for a `count` below 1,
///   `AnalysisError.weightOutsideDomain` for a weight that is not positive.
/// - SeeAlso: Bergamini, Borassi, Crescenzi, Marino and Meyerhenke 2019, arXiv:1704.01077.
public struct TopCloseness: Analysis {
  public static let name = "top-closeness"
  public static let reference = Citation(
    authors: "Bergamini, E.; Borassi, M.; Crescenzi, P.; Marino, A.; Meyerhenke, H.", year: 2019,
    title: "Computing top-k Closeness Centrality Faster in Unweighted Graphs",
    venue: "ACM Transactions on Knowledge Discovery from Data 13(5), as arXiv:1704.01077",
    doi: "10.48550/arXiv.1704.01077")

  /// What makes a node near.
  public enum Measure: String, Codable, CaseIterable, Sendable {
    /// The reciprocal of the mean distance, scaled by the share of the network that is reached.
    case closeness
    /// The sum of 1 / distance.
    case harmonic
  }

  /// What makes a node near.
  public var measure = Measure.closeness
  /// How many places are wanted.
  public var count = 10
  /// Which distances of a directed graph count.
  public var direction = PathDirection.incoming

  public init() {}

  /// Creates an analysis of the first places by a measure.
  public init(
    _ measure: Measure = .closeness, count: Int, _ direction: PathDirection = .incoming
  ) {
    self.measure = measure
    self.count = count
    self.direction = direction
  }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    let all = 32 * graph.nodeCount + DistanceSums.memory(for: graph, threads: threads)
    return all + 16 * graph.outgoing.targets.count + 160 * graph.nodeCount
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    if count < 1 {
      throw .invalidOption(
        analysis: Self.name, option: "count", value: "\(count)", requirement: "at least 1")
    }
    if graph.weighting == nil, graph.nodeCount >= Self.smallest, count <= graph.nodeCount / 8,
      let scores = try pruned(graph, run, limit: Self.limit)
    {
      return scores
    }
    return try complete(graph, run)
  }

  /// From this number of nodes on it can pay not to search from every node.
  private static let smallest = 512

  /// How many arcs searches may follow one by one before all scores at once are the quicker way.
  ///
  /// Those take a look at each arc for every 512 nodes, about as long as three arcs take here;
  /// leaves and their arcs take no time there.
  private static func limit(_ arcs: FoldedArcs.Rows, _ isDirected: Bool) -> Int {
    let n = arcs.offsets.count - 1
    let leaves = isDirected ? 0 : (0..<n).count { arcs.count($0) == 1 }
    return (n - leaves) / 256 * (arcs.targets.count - 2 * leaves)
  }

  /// All scores at once, of which the first places are kept.
  func complete(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    let scores =
      switch measure {
      case .closeness: try Closeness(.wassermanFaust, direction)(graph, run)
      case .harmonic: try Harmonic(direction)(graph, run)
      }
    return firstPlaces(scores)
  }

  /// Searches from the nodes that may be in the first places; nil when it takes more arcs than
  /// `limit` says.
  func pruned(
    _ graph: Graph, _ run: Run, limit: (FoldedArcs.Rows, Bool) -> Int
  ) throws(AnalysisError) -> Scores? {
    let n = graph.nodeCount
    try run.checkpoint(0, of: 1)
    let adjacency = direction == .incoming ? graph.incoming : graph.outgoing
    let kind: DistanceMeasure = measure == .closeness ? .closeness : .harmonic
    var quiet = run
    quiet.progress = nil
    let parts = try ConnectedComponents(.weak)(graph, quiet)
    let (arcs, isDirected) = (FoldedArcs.simple(adjacency), graph.direction == .directed)
    let limit = limit(arcs, isDirected)
    let search = CutSearch(
      arcs, isDirected: isDirected,
      reach: parts.group.values.map { Int32(parts.sizes[Int($0)] - 1) }, for: kind)
    var queue = BestFirst(WalkBounds.scores(search, kind))
    var values = Array(repeating: Double.nan, count: n)
    // The best scores so far, the best first.
    var best: [Double] = []
    var least = -1.0
    while let (node, bound) = queue.next(), bound >= least {
      if run.isCancelled() { throw .cancelled }
      if search.followed > limit { return nil }
      guard let score = search.score(node, orBelow: least) else { continue }
      values[node] = score
      guard best.count < count || score > best[count - 1] else { continue }
      best.insert(score, at: best.firstIndex { $0 < score } ?? best.count)
      if best.count > count { best.removeLast() }
      // Ties of the last place, and of that which is a tie with it, are below it by less than this.
      if best.count == count { least = best[count - 1] * (1 - 4e-9) }
    }
    try run.checkpoint(1, of: 1)
    return firstPlaces(Scores(values, convention: convention(graph)))
  }

  private func firstPlaces(_ scores: Scores) -> Scores {
    var values = Array(repeating: Double.nan, count: scores.count)
    for place in scores.ranking() {
      if place.rank > count { break }
      values[Int(place.node.index)] = place.score
    }
    return Scores(values, convention: scores.convention)
  }

  private func convention(_ graph: Graph) -> Convention {
    switch measure {
    case .closeness: Closeness(.wassermanFaust, direction).convention(graph)
    case .harmonic: Harmonic(direction).convention(graph)
    }
  }
}

/// Nodes from the highest number to the lowest, equal ones by node; only what is asked for is put in
/// order.
private struct BestFirst {
  private let keys: [Double]
  private var heap: [Int32]

  init(_ keys: [Double]) {
    self.keys = keys
    heap = keys.indices.map { Int32($0) }
    for i in (0..<heap.count / 2).reversed() { sink(i) }
  }

  mutating func next() -> (Int, Double)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink(0)
    }
    return (Int(first), keys[Int(first)])
  }

  private func isBefore(_ a: Int32, _ b: Int32) -> Bool {
    let (x, y) = (keys[Int(a)], keys[Int(b)])
    return x == y ? a < b : x > y
  }

  private mutating func sink(_ start: Int) {
    var i = start
    while 2 * i + 1 < heap.count {
      var child = 2 * i + 1
      if child + 1 < heap.count, isBefore(heap[child + 1], heap[child]) { child += 1 }
      if !isBefore(heap[child], heap[i]) { return }
      heap.swapAt(i, child)
      i = child
    }
  }
}
