// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels
internal import GraphCore

/// The network that communities are searched on: at first the graph itself, then its groups as
/// nodes.
///
/// The arcs of a node carry the strength in both directions together, without self-loops; the masses
/// that chance is computed from stand beside them and keep what fell inside a node. The gain of
/// putting node *v* into group *C* is, but for a factor, w(v, C) − scale · mass(v) × mass(C).
///
/// - Invariant: offsets never decrease and end within `targets`; every target is less than
///   `nodeCount`; no tie is 0 or less; no arc leads from a node to itself. Kernels index without
///   checks by that alone.
@safe final class TieNetwork<Mass: TieMass>: @unchecked Sendable {
  private(set) var nodeCount: Int
  let offsets: Space<Int32>
  let targets: Space<Int32>
  /// The strength of each arc; nil when each is 1.
  let ties: Space<Mass.Tie>?
  let masses: Space<Mass>

  var arcCount: Int { unsafe Int(offsets.base[nodeCount]) }

  /// The network of a graph whose masses are given.
  ///
  /// - Parameters:
  ///   - graph: the graph.
  ///   - weights: the strength of each edge, none negative; nil when each is 1. Edges of strength 0
  ///     are left out.
  ///   - mass: the mass of each node.
  init(_ graph: Graph, weights: Column<Double>?, mass: (Int) -> Mass) {
    let n = graph.nodeCount
    let lists = graph.direction == .directed ? [graph.outgoing, graph.incoming] : [graph.outgoing]
    let capacity = 2 * graph.edgeCount
    nodeCount = n
    offsets = Space(repeating: 0, count: n + 1)
    targets = Space(unwritten: capacity)
    ties = weights == nil ? nil : Space(unwritten: capacity)
    masses = Space(repeating: .none, count: n)
    let (offsets, targets, masses) = unsafe (offsets.base, targets.base, masses.base)
    let ties = unsafe ties?.base
    // Each edge gives at most one arc to each end, so that 2m arcs suffice.
    var end = 0
    let edges = weights == nil ? [] : lists.map(\.edges)
    for u in 0..<n {
      for (list, adjacency) in lists.enumerated() {
        for a in adjacency.range(of: Node(u)) {
          let v = adjacency.targets[a]
          if v == Int32(u) { continue }
          if let weights, let ties = unsafe ties {
            let weight = weights[Int(edges[list][a])]
            if weight <= 0 { continue }
            unsafe ties[end] = Mass.Tie(strength: weight)
          }
          unsafe targets[end] = v
          end += 1
        }
      }
      unsafe offsets[u + 1] = Int32(end)
      unsafe masses[u] = mass(u)
    }
  }

  /// Room for the groups of a network as nodes.
  init(roomFor network: TieNetwork) {
    nodeCount = 0
    offsets = Space(unwritten: network.nodeCount + 1)
    targets = Space(unwritten: network.arcCount)
    ties = Space(unwritten: network.arcCount)
    masses = Space(unwritten: network.nodeCount)
    unsafe offsets.base[0] = 0
  }

  /// Becomes the network whose nodes are the groups 0 ..< `count` of `fine`.
  ///
  /// - Parameters:
  ///   - fine: the network, not this one.
  ///   - group: the group of each node of `fine`.
  ///   - count: the number of groups.
  ///   - order: scratch for eight more elements than `fine` has nodes.
  ///   - starts: scratch for two more.
  ///   - slots: scratch whose ties are 0, and are again afterwards.
  ///   - touched: scratch.
  func become(
    groupsOf fine: TieNetwork, _ group: Space<Int32>, count: Int, order: Space<Int32>,
    starts: Space<Int32>, slots: Space<Slot<Mass>>, touched: Space<Int32>
  ) {
    let n = fine.nodeCount
    let (group, order, starts) = unsafe (group.base, order.base, starts.base)
    let (slots, touched) = unsafe (slots.base, touched.base)
    let (fineOffsets, fineTargets) = unsafe (fine.offsets.base, fine.targets.base)
    let (fineTies, fineMasses) = unsafe (fine.ties?.base, fine.masses.base)
    let (offsets, targets, masses) = unsafe (offsets.base, targets.base, masses.base)
    guard let ties = unsafe ties?.base else { preconditionFailure("room for a graph") }
    // A counting sort of the nodes by group; afterwards group g ends at starts[g + 1].
    for g in 0..<count + 2 { unsafe starts[g] = 0 }
    for u in 0..<n { unsafe starts[Int(group[u]) + 2] += 1 }
    for g in 0..<count { unsafe starts[g + 2] += starts[g + 1] }
    for u in 0..<n {
      let at = unsafe starts[Int(group[u]) + 1]
      unsafe order[Int(at)] = Int32(truncatingIfNeeded: u)
      unsafe starts[Int(group[u]) + 1] = at &+ 1
    }
    for i in n..<n + 8 { unsafe order[i] = 0 }
    var end = 0
    unsafe offsets[0] = 0
    for g in 0..<count {
      var mass = Mass.none
      var touchedCount = 0
      for place in unsafe Int(starts[g])..<Int(starts[g + 1]) {
        let u = unsafe Int(order[place])
        let (near, far) = unsafe (order[place &+ 3], order[place &+ 6])
        unsafe clew_fetch(fineOffsets + Int(far))
        unsafe clew_fetch(fineTargets + Int(fineOffsets[Int(near)]))
        unsafe mass = mass.plus(fineMasses[u])
        var a = unsafe Int(fineOffsets[u])
        let last = unsafe Int(fineOffsets[u + 1])
        while a < last {
          let h = unsafe Int(group[Int(fineTargets[a])])
          let before = unsafe slots[h].tie
          unsafe touched[touchedCount] = Int32(truncatingIfNeeded: h)
          touchedCount &+= before == .none ? 1 : 0
          unsafe slots[h].tie = before.plus(fineTies.map { unsafe $0[a] } ?? .one)
          a &+= 1
        }
      }
      for i in 0..<touchedCount {
        let h = unsafe touched[i]
        let tie = unsafe slots[Int(h)].tie
        unsafe slots[Int(h)].tie = .none
        if Int(h) == g { continue }
        unsafe targets[end] = h
        unsafe ties[end] = tie
        end &+= 1
      }
      unsafe masses[g] = mass
      unsafe offsets[g + 1] = Int32(truncatingIfNeeded: end)
    }
    nodeCount = count
  }
}

/// What a search holds of each group: the strength from the node in hand, and its mass.
struct Slot<Mass: TieMass>: BitwiseCopyable {
  var tie: Mass.Tie
  var mass: Mass
}
