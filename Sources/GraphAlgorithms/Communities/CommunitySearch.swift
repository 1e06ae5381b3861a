// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// One search for communities, by Leiden or Louvain, and the scratch space that further searches of
/// the same network use again.
///
/// - Invariant: between steps the ties of `slots` are all 0 and `touched` holds nothing of meaning.
///   Groups and parts are numbered below the node count of the network in hand, as its targets are;
///   every space has room for the nodes of `base`, those that say so for one or two more. The
///   kernels index without checks by that alone.
@safe final class CommunitySearch<Mass: TieMass> {
  let base: TieNetwork<Mass>
  /// The factor of the chance term.
  let scale: Double
  /// Gains no larger than this are rounding.
  let tolerance: Double
  let run: Run

  var generator = SeededGenerator(seed: 0)
  let slots: Space<Slot<Mass>>
  // One more element than nodes: a kernel writes before it knows whether the element counts.
  let touched: Space<Int32>
  // Eight more elements than nodes, 0: a kernel looks ahead without asking where the queue ends.
  let queue: Space<Int32>
  let isQueued: Space<Bool>
  let group: Space<Int32>
  let part: Space<Int32>
  let size: Space<Int32>
  let free: Space<Int32>
  // The mass of each group, and the strength of each part to the rest of its group.
  let groupMass: Space<Mass>
  let rest: Space<Mass.Tie>
  // Two more elements than nodes.
  let starts: Space<Int32>
  private let place: Space<Int32>
  private let rooms: (TieNetwork<Mass>, TieNetwork<Mass>)

  init(_ base: TieNetwork<Mass>, scale: Double, tolerance: Double, run: Run) {
    let n = base.nodeCount
    self.base = base
    self.scale = scale
    self.tolerance = tolerance
    self.run = run
    slots = Space(repeating: Slot(tie: .none, mass: .none), count: n)
    touched = Space(unwritten: n + 1)
    queue = Space(unwritten: n + 8)
    isQueued = Space(unwritten: n)
    group = Space(unwritten: n)
    part = Space(unwritten: n)
    size = Space(unwritten: n)
    free = Space(unwritten: n)
    groupMass = Space(unwritten: n)
    rest = Space(unwritten: n)
    starts = Space(unwritten: n + 2)
    place = Space(unwritten: n)
    rooms = (TieNetwork(roomFor: base), TieNetwork(roomFor: base))
  }

  /// The bytes that a search of `nodes` nodes and `arcs` arcs takes at most.
  static func memory(nodes: Int, arcs: Int) -> Int {
    let tie = MemoryLayout<Mass.Tie>.stride
    let mass = MemoryLayout<Mass>.stride
    let perNode = MemoryLayout<Slot<Mass>>.stride + 8 * 4 + 1 + mass + tie
    return nodes * (perNode + 2 * (mass + 4)) + 2 * arcs * (4 + tie) + 4096
  }

  /// Improves a division by moving, refining and aggregating until rounds improve nothing.
  ///
  /// - Parameters:
  ///   - seed: where the random orders start from.
  ///   - rounds: the most rounds.
  ///   - enough: a round that gains no more has improved nothing.
  ///   - patience: the number of such rounds to go on after; above 0 the refinement leaves out nodes
  ///     at random, so that the next round can differ.
  /// - Returns: the group of each node, numbered densely; every group is connected.
  /// - Throws: `AnalysisError.cancelled`.
  func leiden(
    seed: UInt64, rounds: Int, enough: Double, patience: Int
  ) throws(AnalysisError) -> [Int32] {
    generator = SeededGenerator(seed: seed)
    let n = base.nodeCount
    var labels = Array(0..<Int32(n))
    var idle = 0
    for round in 0..<rounds where idle <= patience {
      let gain = try leidenRound(
        &labels, enough: round == 0 ? -1 : enough, passesOver: patience > 0)
      idle = gain <= enough ? idle + 1 : 0
    }
    return labels
  }

  private func leidenRound(
    _ labels: inout [Int32], enough: Double, passesOver: Bool
  ) throws(AnalysisError) -> Double {
    let n = base.nodeCount
    let (group, part, place, queue) = unsafe (group.base, part.base, place.base, queue.base)
    for u in 0..<n {
      unsafe group[u] = labels[u]
      unsafe place[u] = Int32(truncatingIfNeeded: u)
    }
    var network = base
    var next = rooms.0
    var gain = 0.0
    while true {
      let count = network.nodeCount
      let gained = try moveNodes(of: network)
      gain += gained
      let groupCount = compact(self.group, count)
      // What a later round gains on the graph itself tells whether the round is worth its while.
      let isSettled = network === base && gained <= enough
      if groupCount == count { break }
      if isSettled {
        splitGroups(of: network)
        break
      }
      try refine(network, groupCount: groupCount, passesOver: passesOver)
      let partCount = compact(self.part, count)
      if partCount == count {
        // Nothing merges, so that the same network would come again.
        splitGroups(of: network)
        break
      }
      next.become(
        groupsOf: network, self.part, count: partCount, order: self.queue, starts: starts,
        slots: slots, touched: touched)
      for u in 0..<count { unsafe queue[Int(part[u])] = group[u] }
      for p in 0..<partCount { unsafe group[p] = queue[p] }
      for u in 0..<n { unsafe place[u] = part[Int(place[u])] }
      network = next
      next = next === rooms.0 ? rooms.1 : rooms.0
    }
    for u in 0..<n { labels[u] = unsafe group[Int(place[u])] }
    return gain
  }

  /// Moves nodes and aggregates groups until no node moves, as Blondel and others published it.
  ///
  /// - Returns: the group of each node, numbered densely.
  func louvain(seed: UInt64) throws(AnalysisError) -> [Int32] {
    generator = SeededGenerator(seed: seed)
    let n = base.nodeCount
    let (group, place) = unsafe (group.base, place.base)
    for u in 0..<n { unsafe place[u] = Int32(truncatingIfNeeded: u) }
    var network = base
    var next = rooms.0
    while true {
      let count = network.nodeCount
      for u in 0..<count { unsafe group[u] = Int32(truncatingIfNeeded: u) }
      _ = try moveNodes(of: network)
      let groupCount = compact(self.group, count)
      for u in 0..<n { unsafe place[u] = group[Int(place[u])] }
      if groupCount == count { break }
      next.become(
        groupsOf: network, self.group, count: groupCount, order: queue, starts: starts,
        slots: slots, touched: touched)
      network = next
      next = next === rooms.0 ? rooms.1 : rooms.0
    }
    return (0..<n).map { unsafe place[$0] }
  }

  // Parts of a group between which there is no tie become groups of their own: that only gains.
  // The nodes of `network` are connected in themselves, so its ties decide.
  private func splitGroups(of network: TieNetwork<Mass>) {
    let n = network.nodeCount
    let (group, part, waiting) = unsafe (group.base, part.base, queue.base)
    let (offsets, targets) = unsafe (network.offsets.base, network.targets.base)
    for u in 0..<n { unsafe part[u] = -1 }
    var count: Int32 = 0
    for start in 0..<n where unsafe part[start] < 0 {
      // A node is put to wait once, when its part is set.
      unsafe part[start] = count
      unsafe waiting[0] = Int32(truncatingIfNeeded: start)
      var waitingCount = 1
      while waitingCount > 0 {
        waitingCount -= 1
        let u = unsafe Int(waiting[waitingCount])
        for a in unsafe Int(offsets[u])..<Int(offsets[u + 1]) {
          let v = unsafe Int(targets[a])
          guard unsafe part[v] < 0 && group[v] == group[u] else { continue }
          unsafe part[v] = count
          unsafe waiting[waitingCount] = Int32(truncatingIfNeeded: v)
          waitingCount += 1
        }
      }
      count += 1
    }
    for u in 0..<n { unsafe group[u] = part[u] }
  }

  /// Renumbers `count` labels below `count` from 0 in the order of first appearance.
  private func compact(_ labels: Space<Int32>, _ count: Int) -> Int {
    let (labels, number) = unsafe (labels.base, size.base)
    for u in 0..<count { unsafe number[u] = -1 }
    var used: Int32 = 0
    for u in 0..<count {
      let label = unsafe Int(labels[u])
      if unsafe number[label] < 0 {
        unsafe number[label] = used
        used &+= 1
      }
      unsafe labels[u] = number[label]
    }
    return Int(used)
  }

  func fillRandomOrder(_ order: UnsafeMutablePointer<Int32>, _ n: Int) {
    for u in 0..<n { unsafe order[u] = Int32(truncatingIfNeeded: u) }
    for i in stride(from: n - 1, to: 0, by: -1) {
      let j = generator.below(i + 1)
      let moved = unsafe order[i]
      unsafe order[i] = order[j]
      unsafe order[j] = moved
    }
  }
}
