// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels
internal import GraphCore

extension CommunitySearch {
  /// Moves nodes of `network` to the neighbouring group that gains most, beginning with all of them
  /// in random order and going on with those whose neighbours moved, until no node gains (the fast
  /// local move of Traag, Waltman and van Eck 2019).
  ///
  /// - Returns: the sum of the gains.
  func moveNodes(of network: TieNetwork<Mass>) throws(AnalysisError) -> Double {
    let n = network.nodeCount
    let (scale, tolerance) = (scale, tolerance)
    let (offsets, targets, masses) = unsafe (
      network.offsets.base, network.targets.base, network.masses.base
    )
    let ties = unsafe network.ties?.base
    let (group, slots, touched) = unsafe (group.base, slots.base, touched.base)
    let (queue, isQueued) = unsafe (queue.base, isQueued.base)
    let (size, free) = unsafe (size.base, free.base)
    for u in 0..<n {
      unsafe slots[u].mass = .none
      unsafe size[u] = 0
      unsafe isQueued[u] = true
    }
    for u in 0..<n {
      let g = unsafe Int(group[u])
      unsafe slots[g].mass = slots[g].mass.plus(masses[u])
      unsafe size[g] &+= 1
    }
    var freeCount = 0
    for g in 0..<n where unsafe size[g] == 0 {
      unsafe free[freeCount] = Int32(truncatingIfNeeded: g)
      freeCount += 1
    }
    unsafe fillRandomOrder(queue, n)
    for i in n..<n + 8 { unsafe queue[i] = 0 }
    var gained = 0.0
    var head = 0
    var waiting = n
    var taken = 0
    while waiting > 0 {
      if taken & 1023 == 0, run.isCancelled() {
        throw .cancelled
      }
      taken &+= 1
      let u = unsafe Int(queue[head])
      head = head &+ 1 == n ? 0 : head &+ 1
      waiting &-= 1
      unsafe isQueued[u] = false
      // The rows of the nodes to come are fetched while this one is worked on: first where their
      // arcs stand, then the arcs.
      let (near, far) = unsafe (queue[head &+ 3], queue[head &+ 6])
      unsafe clew_fetch(offsets + Int(far))
      let arcs = unsafe targets + Int(offsets[Int(near)])
      unsafe clew_fetch(arcs)
      unsafe clew_fetch(arcs + 16)
      let first = unsafe Int(offsets[u])
      let end = unsafe Int(offsets[u + 1])
      var touchedCount = 0
      var a = first
      if let ties = unsafe ties {
        while a < end {
          let g = unsafe group[Int(targets[a])]
          let before = unsafe slots[Int(g)].tie
          unsafe touched[touchedCount] = g
          touchedCount &+= before == .none ? 1 : 0
          unsafe slots[Int(g)].tie = before.plus(ties[a])
          a &+= 1
        }
      } else {
        while a < end {
          let g = unsafe group[Int(targets[a])]
          let before = unsafe slots[Int(g)].tie
          unsafe touched[touchedCount] = g
          touchedCount &+= before == .none ? 1 : 0
          unsafe slots[Int(g)].tie = before.plus(.one)
          a &+= 1
        }
      }
      let own = unsafe Int(group[u])
      let mass = unsafe masses[u]
      let others = unsafe slots[own].mass.minus(mass)
      let stay = unsafe slots[own].tie.real - scale * mass.times(others)
      unsafe slots[own].tie = .none
      var best = own
      var bestGain = stay + tolerance
      for i in 0..<touchedCount {
        let g = unsafe Int(touched[i])
        let slot = unsafe slots[g]
        unsafe slots[g].tie = .none
        let gain = slot.tie.real - scale * mass.times(slot.mass)
        // The group in hand has lost its tie above and its mass holds the node: it gains nothing.
        if gain > bestGain, g != own {
          best = g
          bestGain = gain
        }
      }
      if bestGain < 0, unsafe size[own] > 1 {
        // A group of several nodes leaves a number free.
        freeCount -= 1
        best = unsafe Int(free[freeCount])
        bestGain = 0
        unsafe slots[best].mass = .none
      }
      guard best != own else { continue }
      gained += bestGain - stay
      unsafe slots[own].mass = others
      unsafe slots[best].mass = slots[best].mass.plus(mass)
      unsafe size[own] &-= 1
      unsafe size[best] &+= 1
      if unsafe size[own] == 0 {
        unsafe free[freeCount] = Int32(truncatingIfNeeded: own)
        freeCount &+= 1
      }
      unsafe group[u] = Int32(truncatingIfNeeded: best)
      a = first
      while a < end {
        let v = unsafe Int(targets[a])
        a &+= 1
        if unsafe isQueued[v] || Int(group[v]) == best { continue }
        unsafe isQueued[v] = true
        let tail = head &+ waiting
        unsafe queue[tail >= n ? tail &- n : tail] = Int32(truncatingIfNeeded: v)
        waiting &+= 1
      }
    }
    return gained
  }

  /// Inside each of the groups 0 ..< `groupCount`, lets nodes that are still alone join the part
  /// that gains most, if node and part are each well tied to the rest of the group.
  ///
  /// The paper draws among the parts that gain; taking the best is that draw with θ → 0, and needs
  /// no exponential. But where every greedy order ends in the same place a better division can be
  /// out of reach, so the searches that `passesOver` leave every fourth node for others to join. A
  /// part is joined along a tie, so that it stays connected.
  func refine(
    _ network: TieNetwork<Mass>, groupCount: Int, passesOver: Bool
  ) throws(AnalysisError) {
    let n = network.nodeCount
    let (scale, tolerance) = (scale, tolerance)
    let (offsets, targets, masses) = unsafe (
      network.offsets.base, network.targets.base, network.masses.base
    )
    let ties = unsafe network.ties?.base
    let (group, slots, touched) = unsafe (group.base, slots.base, touched.base)
    let (part, isJoined, order) = unsafe (part.base, isQueued.base, queue.base)
    let (groupMass, rest) = unsafe (groupMass.base, rest.base)
    for g in 0..<groupCount { unsafe groupMass[g] = .none }
    for u in 0..<n {
      let g = unsafe group[u]
      unsafe groupMass[Int(g)] = groupMass[Int(g)].plus(masses[u])
      var sum = Mass.Tie.none
      var a = unsafe Int(offsets[u])
      let end = unsafe Int(offsets[u + 1])
      while a < end {
        let isInside = unsafe group[Int(targets[a])] == g
        let tie = unsafe ties.map { unsafe $0[a] } ?? .one
        sum = sum.plus(isInside ? tie : .none)
        a &+= 1
      }
      unsafe rest[u] = sum
      unsafe slots[u].mass = masses[u]
      unsafe part[u] = Int32(truncatingIfNeeded: u)
      unsafe isJoined[u] = false
    }
    unsafe fillRandomOrder(order, n)
    for i in n..<n + 8 { unsafe order[i] = 0 }
    for done in 0..<n {
      if done & 1023 == 0, run.isCancelled() {
        throw .cancelled
      }
      let u = unsafe Int(order[done])
      let (near, far) = unsafe (order[done &+ 3], order[done &+ 6])
      unsafe clew_fetch(offsets + Int(far))
      unsafe clew_fetch(targets + Int(offsets[Int(near)]))
      if unsafe isJoined[u] { continue }
      if passesOver, generator.below(4) == 0 { continue }
      let g = unsafe group[u]
      let whole = unsafe groupMass[Int(g)]
      let mass = unsafe masses[u]
      guard unsafe rest[u].real + tolerance >= scale * mass.times(whole.minus(mass)) else {
        continue
      }
      var touchedCount = 0
      var a = unsafe Int(offsets[u])
      let end = unsafe Int(offsets[u + 1])
      while a < end {
        let v = unsafe Int(targets[a])
        if unsafe group[v] == g {
          let p = unsafe part[v]
          let before = unsafe slots[Int(p)].tie
          unsafe touched[touchedCount] = p
          touchedCount &+= before == .none ? 1 : 0
          unsafe slots[Int(p)].tie = before.plus(ties.map { unsafe $0[a] } ?? .one)
        }
        a &+= 1
      }
      var best = u
      var bestGain = tolerance
      var bestTie = Mass.Tie.none
      for i in 0..<touchedCount {
        let p = unsafe Int(touched[i])
        let slot = unsafe slots[p]
        unsafe slots[p].tie = .none
        let gain = slot.tie.real - scale * mass.times(slot.mass)
        if gain > bestGain,
          unsafe rest[p].real + tolerance >= scale * slot.mass.times(whole.minus(slot.mass))
        {
          best = p
          bestGain = gain
          bestTie = slot.tie
        }
      }
      guard best != u else { continue }
      unsafe part[u] = Int32(truncatingIfNeeded: best)
      unsafe isJoined[u] = true
      unsafe isJoined[best] = true
      unsafe rest[best] = rest[best].plus(rest[u]).minus(bestTie).minus(bestTie)
      unsafe slots[best].mass = slots[best].mass.plus(mass)
    }
  }
}
