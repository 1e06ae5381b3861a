// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// What searches for communities are to find, on one graph.
struct CommunityProblem {
  /// What the strength inside a group is held against.
  enum Form { case chance, pairs }

  let graph: Graph
  /// The strength of each edge in units of `unit`; nil when each is 1.
  let weights: Column<Double>?
  let form: Form
  let isDirected: Bool
  private(set) var resolution: Double
  /// The strength of all edges in units of `unit`.
  let total: Double
  /// What strengths are divided by: 1 but where products of strengths could leave the range of
  /// numbers, and a power of two, so that nothing is rounded.
  private let unit: Double

  init(_ graph: Graph, weights: Column<Double>?, form: Form, isDirected: Bool, resolution: Double) {
    self.graph = graph
    let largest = weights?.max() ?? 0
    let unit =
      largest > 0 && abs(largest.exponent) > 200
      ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    self.unit = unit
    self.weights = unit == 1 ? weights : weights.map { Column($0.map { $0 / unit }) }
    self.form = form
    self.isDirected = isDirected
    self.resolution = resolution
    total = self.weights.map { $0.reduce(0, +) } ?? Double(graph.edgeCount)
  }

  mutating func multiplyResolutionByDensity() {
    let n = Double(graph.nodeCount)
    resolution *= total * unit / (isDirected ? n * (n - 1) : n * (n - 1) / 2)
  }

  // The factor of the chance term: both directions of a pair together.
  private var scale: Double {
    switch form {
    case .chance: resolution / (isDirected ? total : 2 * total)
    case .pairs: (isDirected ? 2 * resolution : resolution) / unit
    }
  }
}

func requirePositive(
  _ value: Int, _ option: String, analysis: String
) throws(AnalysisError) {
  guard value < 1 else { return }
  throw .invalidOption(
    analysis: analysis, option: option, value: "\(value)", requirement: "at least 1")
}

/// One search and what it found.
struct FoundDivision: Sendable {
  /// The group of each node, numbered densely.
  var labels: [Int32] = []
  /// The value of the division as a part of the total strength, less a constant.
  var value = -Double.infinity
  /// The number of the search.
  var index = Int.max

  /// Whether this one is to be taken rather than `other`.
  ///
  /// It is if it is better, or earlier and equal to 10⁻¹². Rounding makes that an order, so that the
  /// best does not depend on which are compared first.
  func isBetter(than other: FoundDivision) -> Bool {
    let (a, b) = (value * 1e12, other.value * 1e12)
    return a.rounded() == b.rounded() ? index < other.index : a > b
  }
}

/// The best of several searches and the value of each.
struct BestDivision {
  var best = FoundDivision()
  var values: [Double] = []

  /// What is left to say of a graph without strength: no search was made.
  static func everyNodeAlone(_ graph: Graph) -> BestDivision {
    BestDivision(best: FoundDivision(labels: Array(0..<Int32(graph.nodeCount))))
  }
}

/// Makes one search; called from one thread at a time for each `CommunitySearch`.
protocol CommunityMethod: Sendable {
  func labels<Mass: TieMass>(
    _ search: CommunitySearch<Mass>, index: Int, total: Double
  ) throws(AnalysisError) -> [Int32]
}

extension CommunityProblem {
  /// Makes `runs` searches, on up to `run.threads` threads, and gives the best: the same for any
  /// number of threads, since no search knows of another.
  func solve(
    _ method: some CommunityMethod, runs: Int, _ run: Run
  ) throws(AnalysisError) -> BestDivision {
    let scale = scale
    func solve<Mass: TieMass>(_ mass: (Int) -> Mass) throws(AnalysisError) -> BestDivision {
      let base = TieNetwork(graph, weights: weights, mass: mass)
      return try searches(base, method, scale: scale, runs: runs, run)
    }
    switch (form, isDirected, weights) {
    case (.pairs, _, nil): return try solve { _ in UndirectedMass<Int32>(all: 1) }
    case (.pairs, _, _): return try solve { _ in UndirectedMass<Double>(all: 1) }
    case (.chance, false, nil):
      return try solve { u in UndirectedMass<Int32>(all: Int32(graph.degree(of: Node(u)))) }
    case (.chance, true, nil):
      return try solve { u in
        DirectedMass<Int32>(
          leaving: Int32(graph.outgoing.count(of: Node(u))),
          entering: Int32(graph.incoming.count(of: Node(u))))
      }
    case (.chance, false, .some(let weights)):
      let (leaving, entering) = strengths(weights)
      return try solve { u in UndirectedMass<Double>(all: leaving[u] + entering[u]) }
    case (.chance, true, .some(let weights)):
      let (leaving, entering) = strengths(weights)
      return try solve { u in DirectedMass<Double>(leaving: leaving[u], entering: entering[u]) }
    }
  }

  /// The bytes that `runs` searches on `threads` threads take at most.
  func memory(runs: Int, threads: Int) -> Int {
    func searches<Mass: TieMass>(_: Mass.Type) -> Int {
      let (n, m) = (graph.nodeCount, graph.edgeCount)
      let tie = MemoryLayout<Mass.Tie>.stride
      let base =
        n * (4 + MemoryLayout<Mass>.stride) + 2 * m * (4 + (weights == nil ? 0 : tie))
      // Two columns of strengths and a copy of the edges of the arcs while the network is built.
      let building = weights == nil ? 0 : 16 * n + 8 * m
      let atOnce = n < Self.smallNodeCount ? 1 : min(runs, max(1, threads))
      // Each thread holds its best labels and those of the search in hand; the result, its sizes,
      // ties and numbering.
      let results = (8 + 16) * n * atOnce + 100 * n
      return base + max(building, atOnce * CommunitySearch<Mass>.memory(nodes: n, arcs: 2 * m))
        + results
    }
    switch (form == .chance && isDirected, weights == nil) {
    case (true, true): return searches(DirectedMass<Int32>.self)
    case (true, false): return searches(DirectedMass<Double>.self)
    case (false, true): return searches(UndirectedMass<Int32>.self)
    case (false, false): return searches(UndirectedMass<Double>.self)
    }
  }

  private static let smallNodeCount = 1000

  private func strengths(_ weights: Column<Double>) -> (leaving: [Double], entering: [Double]) {
    var leaving = [Double](repeating: 0, count: graph.nodeCount)
    var entering = leaving
    graph.forEachEdge { edge, source, target in
      leaving[Int(source.index)] += weights[Int(edge.index)]
      entering[Int(target.index)] += weights[Int(edge.index)]
    }
    return (leaving, entering)
  }

  private func searches<Mass: TieMass>(
    _ base: TieNetwork<Mass>, _ method: some CommunityMethod, scale: Double, runs: Int, _ run: Run
  ) throws(AnalysisError) -> BestDivision {
    let found = Findings(runs: runs)
    let total = total
    let isSmall = base.nodeCount < Self.smallNodeCount
    try run.withTeam(isSmall: isSmall || runs == 1) { (team) throws(AnalysisError) in
      let searches = OnePerMember<CommunitySearch<Mass>>(count: team.size)
      team.forEachChunk(runs) { index, member in
        do throws(AnalysisError) {
          guard !found.hasFailed else { return }
          let search = searches.get(member) {
            CommunitySearch(base, scale: scale, tolerance: 1e-12 * total, run: run)
          }
          let labels = try method.labels(search, index: index, total: total)
          // A single search needs no comparison.
          let value = runs == 1 ? 0 : base.value(of: labels, scale: scale) / total
          let done = found.add(FoundDivision(labels: labels, value: value, index: index))
          try run.checkpoint(done, of: runs)
        } catch {
          found.fail(error)
        }
      }
    }
    return try found.result()
  }
}

/// What the searches found so far.
///
/// - Invariant: the `var`s are read and written with the lock held.
private final class Findings: @unchecked Sendable {
  private let lock = Lock()
  private var soFar: BestDivision
  private var done = 0
  private var failure: AnalysisError?

  init(runs: Int) {
    soFar = BestDivision(values: [Double](repeating: -.infinity, count: runs))
  }

  var hasFailed: Bool { lock.withLock { _ in failure != nil } }

  func add(_ found: FoundDivision) -> Int {
    lock.withLock { _ in
      soFar.values[found.index] = found.value
      if found.isBetter(than: soFar.best) { soFar.best = found }
      done += 1
      return done
    }
  }

  func fail(_ error: AnalysisError) { lock.withLock { _ in failure = error } }

  func result() throws(AnalysisError) -> BestDivision {
    if let error = lock.withLock({ _ in self.failure }) { throw error }
    return lock.withLock { _ in self.soFar }
  }
}

/// What each member of a team makes for itself when it first needs it.
///
/// - Invariant: a member is never at work twice at a time and touches only its own element.
private final class OnePerMember<Value>: @unchecked Sendable {
  private let lock = Lock()
  private var values: [Value?]

  init(count: Int) { values = Array(repeating: nil, count: count) }

  func get(_ member: Int, _ make: () -> Value) -> Value {
    if let value = lock.withLock({ _ in values[member] }) { return value }
    let value = make()
    lock.withLock { _ in values[member] = value }
    return value
  }
}

extension TieNetwork {
  /// What a division is worth, in units of strength and less what does not depend on it: the
  /// strength inside the groups without self-loops, less what chance puts there.
  func value(of labels: [Int32], scale: Double) -> Double {
    let n = nodeCount
    var held = [Mass](repeating: .none, count: n)
    let (offsets, targets, masses) = unsafe (offsets.base, targets.base, masses.base)
    let ties = unsafe ties?.base
    let labels = labels.span
    var inside = 0.0
    for u in 0..<n {
      let g = labels[u]
      held[Int(g)] = unsafe held[Int(g)].plus(masses[u])
      var sum = Mass.Tie.none
      for a in unsafe Int(offsets[u])..<Int(offsets[u + 1]) {
        // Every target is less than the node count.
        guard unsafe labels[unchecked: Int(targets[a])] == g else { continue }
        sum = sum.plus(unsafe ties.map { unsafe $0[a] } ?? .one)
      }
      inside += sum.real
    }
    var chance = 0.0
    for mass in held { chance += mass.times(mass) }
    return (inside - scale * chance) / 2
  }
}
