// SPDX-License-Identifier: Apache-2.0

extension Graph {
  /// Creates a graph whose rows stand in columns already, as those of a snapshot do.
  ///
  /// Nothing is copied. The rows are checked whole, so that what they hold is a graph whatever
  /// they came from: `outgoing` and `incoming` of the graph that was stored, sorted by target.
  ///
  /// - Parameters:
  ///   - direction: whether the edges have a direction.
  ///   - weighting: what `edgeWeights` mean.
  ///   - offsets: the offsets of the outgoing arcs.
  ///   - targets: the targets of the outgoing arcs.
  ///   - incoming: offsets and targets of the incoming arcs; nil for an undirected graph.
  ///   - edgeWeights: the weight of each edge in edge order; nil when every edge weighs 1.
  /// - Throws: `GraphError.brokenRows` when the columns are not those of a graph,
  ///   `weightNotFinite` for a weight that is no number, `unequalColumns` when weights are missing.
  /// - Complexity: O(n + m) time, 8 bytes a node of scratch space.
  public init(
    direction: Direction, weighting: Weighting?, offsets: Column<Int32>, targets: Column<Int32>,
    incoming: (offsets: Column<Int32>, targets: Column<Int32>)?, edgeWeights: Column<Double>?
  ) throws(GraphError) {
    guard (direction == .directed) == (incoming != nil) else {
      throw .brokenRows(reason: "incoming arcs stand beside a directed graph, and only there")
    }
    try Self.checkRows(offsets, targets)
    let rows: GraphRows
    if let incoming {
      guard incoming.offsets.count == offsets.count, incoming.targets.count == targets.count else {
        throw .brokenRows(reason: "there are not as many incoming arcs as outgoing ones")
      }
      try Self.checkRows(incoming.offsets, incoming.targets)
      let n = offsets.count - 1
      var loops = 0
      for u in 0..<n {
        for a in Int(offsets[u])..<Int(offsets[u + 1]) where targets[a] == Int32(u) { loops += 1 }
      }
      rows = GraphRows(
        offsets: offsets, targets: targets, incoming: incoming, owned: offsets,
        selfLoopCount: loops)
      try Self.checkReturns(
        rows, starts: incoming.offsets, ends: incoming.offsets.dropFirst(),
        sources: incoming.targets)
    } else {
      let (owned, loops) = Self.ownedOffsets(offsets, targets)
      rows = GraphRows(
        offsets: offsets, targets: targets, incoming: nil, owned: owned, selfLoopCount: loops)
      let ends = (0..<offsets.count - 1).map { u -> Int32 in
        let ownedCount = owned[u + 1] - owned[u]
        return offsets[u + 1] - ownedCount
      }
      try Self.checkReturns(rows, starts: offsets, ends: ends, sources: targets)
    }
    let edges = Int(rows.owned[rows.owned.count - 1])
    guard edges < Int(Int32.max) / 2 else {
      throw .tooLarge(nodes: rows.offsets.count - 1, edges: edges)
    }
    if let edgeWeights {
      guard edgeWeights.count == edges else {
        throw .unequalColumns(sources: edges, targets: edges, weights: edgeWeights.count)
      }
      if let position = edgeWeights.firstIndex(where: { !$0.isFinite }) {
        throw .weightNotFinite(position: position, weight: edgeWeights[position])
      }
    }
    self.init(rows: rows, direction: direction, weighting: weighting, edgeWeights: edgeWeights)
  }

  // A node of an undirected graph owns its edges to higher nodes and its self-loops, which stand in
  // its row twice.
  private static func ownedOffsets(
    _ offsets: Column<Int32>, _ targets: Column<Int32>
  ) -> (owned: Column<Int32>, selfLoopCount: Int) {
    var owned: [Int32] = [0]
    owned.reserveCapacity(offsets.count)
    var loops = 0
    for u in 0..<offsets.count - 1 {
      var (higher, ownLoopArcs) = (0, 0)
      for a in Int(offsets[u])..<Int(offsets[u + 1]) {
        if targets[a] > Int32(u) { higher += 1 } else if targets[a] == Int32(u) { ownLoopArcs += 1 }
      }
      loops += ownLoopArcs / 2
      owned.append(owned[u] + Int32(higher + ownLoopArcs / 2))
    }
    return (Column(owned), loops)
  }

  private static func checkRows(
    _ offsets: Column<Int32>, _ targets: Column<Int32>
  ) throws(GraphError) {
    let n = offsets.count - 1
    guard n >= 0, n < Int(Int32.max), offsets[0] == 0, Int(offsets[n]) == targets.count else {
      throw .brokenRows(reason: "the offsets do not lead from the first arc to the last")
    }
    for u in 0..<n where offsets[u] > offsets[u + 1] {
      throw .brokenRows(reason: "the arcs of node \(u) end before they begin")
    }
    for u in 0..<n {
      var last: Int32 = 0
      for a in Int(offsets[u])..<Int(offsets[u + 1]) {
        guard targets[a] >= last, targets[a] < Int32(n) else {
          throw .brokenRows(reason: "the arcs of node \(u) are not sorted nodes of the graph")
        }
        last = targets[a]
      }
    }
  }

  // Walks the edges in order: each must stand next in the row of its target, from `starts` to
  // `ends`, and no row may hold more.
  private static func checkReturns(
    _ rows: GraphRows, starts: Column<Int32>, ends: some Collection<Int32>, sources: Column<Int32>
  ) throws(GraphError) {
    let n = rows.offsets.count - 1
    var next = Array(starts.dropLast())
    let ends = Array(ends)
    for u in 0..<n {
      let owned = rows.owned[u + 1] - rows.owned[u]
      for a in Int(rows.offsets[u + 1] - owned)..<Int(rows.offsets[u + 1]) {
        let v = Int(rows.targets[a])
        guard next[v] < ends[v], sources[Int(next[v])] == Int32(u) else {
          throw .brokenRows(reason: "an arc from node \(u) to node \(v) has no counterpart")
        }
        next[v] += 1
      }
    }
    for v in 0..<n where next[v] != ends[v] {
      throw .brokenRows(reason: "node \(v) has an arc without a counterpart")
    }
  }
}
