// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The network that Leiden works on: at first the graph itself, then its groups as nodes.
///
/// The arcs of a node carry the strength in both directions together, without self-loops; the
/// strengths that chance is computed from stand beside them and keep what fell inside a node. In the
/// directed form `outgoing` and `incoming` differ; in the undirected form `incoming` is empty.
///
/// The gain of putting node *v* into group *C* is, but for a factor,
/// w(v, C) − scale · k(v) · K(C), or in the directed form
/// w(v, C) − scale · (kᵒᵘᵗ(v) Kⁱⁿ(C) + kⁱⁿ(v) Kᵒᵘᵗ(C)).
///
/// - Invariant: no weight is 0 or less; no arc leads from a node to itself.
struct LeidenNetwork {
  let offsets: [Int32]
  let targets: [Int32]
  let weights: [Double]
  let outgoing: [Double]
  let incoming: [Double]
  /// The factor of the chance term: γ/2m, or γ/m in the directed form.
  let scale: Double
  /// Gains no larger than this are rounding.
  let tolerance: Double

  var nodeCount: Int { offsets.count - 1 }
  var isDirected: Bool { !incoming.isEmpty }

  /// The network of a graph; nil when its edges have no strength.
  init?(_ graph: Graph, _ modularity: Modularity) {
    let edgeWeights = modularity.ignoresWeights ? nil : graph.edgeWeights
    let hasTwoLists = graph.direction == .directed
    let isDirected = hasTwoLists && !modularity.ignoresDirection
    let n = graph.nodeCount
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(n + 1)
    var targets: [Int32] = []
    var weights: [Double] = []
    targets.reserveCapacity(2 * graph.edgeCount)
    weights.reserveCapacity(2 * graph.edgeCount)
    var outgoing = [Double](repeating: 0, count: n)
    var incoming = [Double](repeating: 0, count: isDirected ? n : 0)
    var total = 0.0
    for u in 0..<n {
      let block = targets.count
      func append(_ adjacency: Adjacency) -> Double {
        var sum = 0.0
        let weighed = edgeWeights.map { (weights: $0, edges: adjacency.edges) }
        for a in adjacency.range(of: Node(u)) {
          let v = adjacency.targets[a]
          let weight = weighed.map { $0.weights[Int($0.edges[a])] } ?? 1
          sum += weight
          guard v != Int32(u), weight > 0 else { continue }
          if targets.count > block, targets.last == v {
            weights[weights.count - 1] += weight
          } else {
            targets.append(v)
            weights.append(weight)
          }
        }
        return sum
      }
      outgoing[u] = append(graph.outgoing)
      total += outgoing[u]
      if hasTwoLists {
        let entering = append(graph.incoming)
        if isDirected { incoming[u] = entering } else { outgoing[u] += entering }
      }
      offsets.append(Int32(targets.count))
    }
    // Undirected arcs were met once at each end.
    let m = hasTwoLists ? total : total / 2
    guard m > 0 else { return nil }
    self.offsets = offsets
    self.targets = targets
    self.weights = weights
    self.outgoing = outgoing
    self.incoming = incoming
    scale = modularity.resolution / (isDirected ? m : 2 * m)
    tolerance = 1e-12 * m
  }

  private init(
    offsets: [Int32], targets: [Int32], weights: [Double], outgoing: [Double],
    incoming: [Double], scale: Double, tolerance: Double
  ) {
    self.offsets = offsets
    self.targets = targets
    self.weights = weights
    self.outgoing = outgoing
    self.incoming = incoming
    self.scale = scale
    self.tolerance = tolerance
  }

  /// The network whose nodes are the groups 0 ..< `count` of this one.
  func aggregated(by group: [Int32], count: Int) -> LeidenNetwork {
    let n = nodeCount
    // The nodes sorted by group, so that each group is read in one piece.
    var starts = [Int32](repeating: 0, count: count + 1)
    for g in group { starts[Int(g) + 1] += 1 }
    for g in 0..<count { starts[g + 1] += starts[g] }
    var next = starts
    var members = [Int32](repeating: 0, count: n)
    for u in 0..<n {
      members[Int(next[Int(group[u])])] = Int32(u)
      next[Int(group[u])] += 1
    }
    var newOffsets: [Int32] = [0]
    newOffsets.reserveCapacity(count + 1)
    var newTargets: [Int32] = []
    var newWeights: [Double] = []
    var newOutgoing = [Double](repeating: 0, count: count)
    var newIncoming = [Double](repeating: 0, count: isDirected ? count : 0)
    var strength = [Double](repeating: 0, count: count)
    var touched: [Int32] = []
    let groupOf = group.span
    let targets = targets.span
    let weights = weights.span
    newTargets.reserveCapacity(targets.count)
    newWeights.reserveCapacity(targets.count)
    for g in 0..<count {
      for m in Int(starts[g])..<Int(starts[g + 1]) {
        let u = Int(members[m])
        newOutgoing[g] += outgoing[u]
        if isDirected { newIncoming[g] += incoming[u] }
        for a in Int(offsets[u])..<Int(offsets[u + 1]) {
          // Positions of arcs and their targets are in range by the invariant of the network.
          let h = unsafe groupOf[unchecked: Int(targets[unchecked: a])]
          if Int(h) == g { continue }
          let before = strength[Int(h)]
          if before == 0 { touched.append(h) }
          strength[Int(h)] = unsafe before + weights[unchecked: a]
        }
      }
      for h in touched {
        newTargets.append(h)
        newWeights.append(strength[Int(h)])
        strength[Int(h)] = 0
      }
      touched.removeAll(keepingCapacity: true)
      newOffsets.append(Int32(newTargets.count))
    }
    return LeidenNetwork(
      offsets: newOffsets, targets: newTargets, weights: newWeights, outgoing: newOutgoing,
      incoming: newIncoming, scale: scale, tolerance: tolerance)
  }
}
