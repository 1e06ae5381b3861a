// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The flow that the map equation describes: at first that of the graph, then that of its modules.
///
/// `flow` is how often the walker is at a node, `exit` and `enter` how often it leaves the node and
/// comes to it over ties to other nodes; an entry of the lists holds what goes over a tie, both ways
/// together. That is enough: whatever module a node leaves or joins, the flow over its ties to the
/// module changes `exit` and `enter` of the module alike.
///
/// - Invariant: targets are nodes, none leads from a node to itself, and every weight is above 0.
struct FlowNetwork {
  let offsets: Space<Int32>
  let targets: Space<Int32>
  let weights: Space<Double>
  let flow: [Double]
  let exit: [Double]
  let enter: [Double]
  /// Whether `exit` and `enter` are the same.
  let isBalanced: Bool

  var nodeCount: Int { flow.count }

  /// The flow of a graph; nil when nothing flows.
  ///
  /// Undirected: the walker follows a tie in proportion to its strength, so that the flow of a node
  /// is its strength over that of all; a self-loop counts once, as one way. Directed: PageRank with
  /// teleportation to where edges start, in proportion to the strength that leaves; the steps of
  /// teleportation are not recorded, and the flow of a node is what arrives in one step without it.
  init?(
    _ graph: Graph, teleportation: Double, ignoresDirection: Bool, ignoresWeights: Bool,
    for analysis: String, _ run: Run
  ) throws(AnalysisError) {
    let n = graph.nodeCount
    let weights = ignoresWeights ? nil : graph.edgeWeights
    let isBalanced = graph.direction == .undirected || ignoresDirection
    // Brought to a largest of 1, so that sums are finite.
    let largest = weights.map { $0.reduce(0, max) } ?? 1
    guard graph.edgeCount > 0, largest > 0 else { return nil }
    // What goes over an edge of strength 1 from each node.
    var rate = [Double](repeating: 0, count: n)
    if !isBalanced {
      let unweighted = weights == nil ? graph.unweighted() : graph
      rate = try Self.rates(unweighted, largest, teleportation, for: analysis, run)
    }
    var flow = [Double](repeating: 0, count: n)
    var exit = flow
    var enter = flow
    var degree = [Int32](repeating: 0, count: n)
    var total = 0.0
    graph.forEachEdge { edge, source, target in
      let (u, v) = (Int(source.index), Int(target.index))
      let strength = (weights.map { $0[Int(edge.index)] } ?? 1) / largest
      guard strength > 0 else { return }
      if u != v {
        degree[u] += 1
        degree[v] += 1
      }
      if isBalanced {
        flow[u] += strength
        total += strength
        guard u != v else { return }
        flow[v] += strength
        total += strength
        exit[u] += strength
        exit[v] += strength
      } else {
        let passed = strength * rate[u]
        flow[v] += passed
        total += passed
        guard u != v else { return }
        exit[u] += passed
        enter[v] += passed
      }
    }
    guard total > 0 else { return nil }
    for u in 0..<n {
      flow[u] /= total
      exit[u] /= total
      enter[u] = isBalanced ? exit[u] : enter[u] / total
    }
    var starts = [Int32](repeating: 0, count: n + 1)
    for u in 0..<n { starts[u + 1] = starts[u] + degree[u] }
    let targetSpace = Space<Int32>(repeating: 0, count: Int(starts[n]))
    let weightSpace = Space<Double>(repeating: 0, count: Int(starts[n]))
    let (list, share) = unsafe (targetSpace.base, weightSpace.base)
    var next = starts
    graph.forEachEdge { edge, source, target in
      let (u, v) = (Int(source.index), Int(target.index))
      let strength = (weights.map { $0[Int(edge.index)] } ?? 1) / largest
      guard u != v, strength > 0 else { return }
      // The search takes a flow of 0 for no tie.
      let both = max(1e-300, strength * (isBalanced ? 2 : rate[u]) / total)
      // `next` stays within the part of the node, which was counted above.
      for (from, to) in [(u, v), (v, u)] {
        let place = Int(next[from])
        unsafe list[place] = Int32(truncatingIfNeeded: to)
        unsafe share[place] = both
        next[from] += 1
      }
    }
    self.init(
      offsets: Space(starts), targets: targetSpace, weights: weightSpace, flow: flow, exit: exit,
      enter: enter, isBalanced: isBalanced)
  }

  private init(
    offsets: Space<Int32>, targets: Space<Int32>, weights: Space<Double>, flow: [Double],
    exit: [Double], enter: [Double], isBalanced: Bool
  ) {
    self.offsets = offsets
    self.targets = targets
    self.weights = weights
    self.flow = flow
    self.exit = exit
    self.enter = enter
    self.isBalanced = isBalanced
  }

  /// The bytes that the flow of a graph takes, with that of its modules.
  static func memory(for graph: Graph) -> Int { 48 * graph.edgeCount + 96 * graph.nodeCount }

  private static func rates(
    _ graph: Graph, _ largest: Double, _ teleportation: Double, for analysis: String, _ run: Run
  ) throws(AnalysisError) -> [Double] {
    let matrix = try StrengthMatrix(graph, for: analysis, run)
    var leaving = matrix.columnSums
    // Weights of up to `largest` may add up beyond what a number holds.
    for u in leaving.indices where !leaving[u].isFinite || (leaving[u] > 0 && leaving[u] < 1e-290) {
      throw .undefined(
        analysis: analysis,
        reason: "The strengths that leave node \(u) add up to \(leaving[u]), which is too "
          + "\(leaving[u] > 1 ? "large" : "small") to be divided.")
    }
    let total = leaving.reduce(0) { $0 + $1 / largest }
    let own = leaving.map { $0 / largest / total }
    let share = leaving.map { $0 > 0 ? (1 - teleportation) / $0 : 0 }
    let rank = try run.withTeam(isSmall: graph.nodeCount < 1000) {
      (team: Team) throws(AnalysisError) -> [Double] in
      let system = StrengthSystem(
        matrix, share: share, own: own, for: analysis, expected: 60, team, run)
      try system.solve { sum in .sum(1e-13 * teleportation * sum / 2) }
      return system.solution.take(leaving: 0)
    }
    for u in leaving.indices where leaving[u] > 0 {
      leaving[u] = max(0, rank[u]) / (leaving[u] / largest)
    }
    return leaving
  }

  /// The flow between the modules 0 ..< `count` of this one.
  func aggregated(by group: [Int32], count: Int) -> FlowNetwork {
    let n = nodeCount
    // The nodes sorted by module, so that each is read in one piece.
    var starts = [Int32](repeating: 0, count: count + 1)
    for g in group { starts[Int(g) + 1] += 1 }
    for g in 0..<count { starts[g + 1] += starts[g] }
    var next = starts
    var members = [Int32](repeating: 0, count: n)
    for u in 0..<n {
      members[Int(next[Int(group[u])])] = Int32(u)
      next[Int(group[u])] += 1
    }
    var newOffsets = [Int32](repeating: 0, count: count + 1)
    var newTargets: [Int32] = []
    var newWeights: [Double] = []
    newTargets.reserveCapacity(targets.count / 2)
    newWeights.reserveCapacity(targets.count / 2)
    var newFlow = [Double](repeating: 0, count: count)
    var newExit = newFlow
    var newEnter = newFlow
    let strengthSpace = Space(repeating: 0.0, count: count)
    let touchedSpace = Space<Int32>(repeating: 0, count: count)
    // Targets are nodes of this network and groups are below `count`.
    let (strength, touched) = unsafe (strengthSpace.base, touchedSpace.base)
    let (offsets, targets, weights) = unsafe (offsets.base, targets.base, weights.base)
    let groupOf = group.span
    for g in 0..<count {
      var inside = 0.0
      var touchedCount = 0
      for m in Int(starts[g])..<Int(starts[g + 1]) {
        let u = Int(members[m])
        newFlow[g] += flow[u]
        newExit[g] += exit[u]
        newEnter[g] += enter[u]
        for a in unsafe Int(offsets[u])..<Int(offsets[u + 1]) {
          let h = unsafe Int(groupOf[unchecked: Int(targets[a])])
          if h == g {
            inside += unsafe weights[a]
            continue
          }
          let before = unsafe strength[h]
          if before == 0 {
            unsafe touched[touchedCount] = Int32(truncatingIfNeeded: h)
            touchedCount += 1
          }
          unsafe strength[h] = before + weights[a]
        }
      }
      // Each tie inside was met at both ends.
      newExit[g] = max(0, newExit[g] - inside / 2)
      newEnter[g] = isBalanced ? newExit[g] : max(0, newEnter[g] - inside / 2)
      for i in 0..<touchedCount {
        let h = unsafe Int(touched[i])
        newTargets.append(Int32(h))
        newWeights.append(unsafe strength[h])
        unsafe strength[h] = 0
      }
      newOffsets[g + 1] = Int32(newTargets.count)
    }
    return FlowNetwork(
      offsets: Space(newOffsets), targets: Space(newTargets), weights: Space(newWeights),
      flow: newFlow, exit: newExit, enter: newEnter, isBalanced: isBalanced)
  }

  /// The two parts of the map equation for a division into the modules 0 ..< `count`, in bits.
  func codelength(_ group: [Int32], count: Int, _ log: BinaryLogarithm) -> (
    index: Double, modules: Double
  ) {
    var moduleFlow = [Double](repeating: 0, count: count)
    var moduleExit = moduleFlow
    var moduleEnter = moduleFlow
    var nodes = 0.0
    let (offsets, targets, weights) = unsafe (offsets.base, targets.base, weights.base)
    for u in 0..<nodeCount {
      let g = Int(group[u])
      moduleFlow[g] += flow[u]
      nodes += log.plogp(flow[u])
      var inside = 0.0
      // Positions and targets are in range by the invariant.
      for a in unsafe Int(offsets[u])..<Int(offsets[u + 1]) {
        if unsafe group[Int(targets[a])] == group[u] { inside += unsafe weights[a] }
      }
      moduleExit[g] += exit[u] - inside / 2
      moduleEnter[g] += enter[u] - inside / 2
    }
    var entering = 0.0
    var (index, modules) = (0.0, -nodes)
    for g in 0..<count {
      // What is left of a flow that was taken away whole is rounding.
      let rounding = 1e-15 * moduleFlow[g]
      let exit = moduleExit[g] > rounding ? moduleExit[g] : 0
      let enter = moduleEnter[g] > rounding ? moduleEnter[g] : 0
      entering += enter
      index -= log.plogp(enter)
      modules += log.plogp(exit + moduleFlow[g]) - log.plogp(exit)
    }
    return (index + log.plogp(entering), modules)
  }
}
