// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// One search of Leiden: from every node alone to a division that no step improves.
///
/// - Invariant: between nodes `strength` is all 0 and `touched` holds nothing of meaning. Groups and
///   parts are numbered below the node count of the network in hand, and so is every target; the
///   kernels index without checks by that alone.
struct LeidenSearch {
  private var generator: SeededGenerator
  private let run: Run
  // Strength from the node in hand to each group, and the groups where it is not 0.
  private let strength: Space<Double>
  private let touched: Space<Int32>

  init(nodeCount: Int, generator: SeededGenerator, run: Run) {
    strength = Space(repeating: 0, count: nodeCount)
    touched = Space(repeating: 0, count: nodeCount)
    self.generator = generator
    self.run = run
  }

  /// Improves a division of `network` by moving, refining and aggregating until every group is one
  /// node, and gives it back with groups numbered densely.
  mutating func improve(
    _ start: [Int32], of network: LeidenNetwork
  ) throws(AnalysisError) -> [Int32] {
    var network = network
    var group = start
    var place = Array(0..<Int32(network.nodeCount))
    while true {
      let n = network.nodeCount
      group = try moveNodes(of: network, group)
      let groupCount = compact(&group)
      if groupCount == n { break }
      var refined = try refine(network, group, groupCount: groupCount)
      let refinedCount = compact(&refined)
      // When nothing merges, the same network would come again.
      if refinedCount == n { break }
      var coarse = [Int32](repeating: 0, count: refinedCount)
      for u in 0..<n { coarse[Int(refined[u])] = group[u] }
      network = network.aggregated(by: refined, count: refinedCount)
      group = coarse
      for u in place.indices { place[u] = refined[Int(place[u])] }
    }
    return place.map { group[Int($0)] }
  }

  // The queue of nodes whose surroundings changed (the fast local move of the paper).
  private mutating func moveNodes(
    of network: LeidenNetwork, _ start: [Int32]
  ) throws(AnalysisError) -> [Int32] {
    let n = network.nodeCount
    let isDirected = network.isDirected
    let scale = network.scale
    let tolerance = network.tolerance
    var empty: [Int32] = []
    let sums = strengths(of: network, start, groupCount: n)
    for g in 0..<n where sums.size[g] == 0 { empty.append(Int32(g)) }
    var size = sums.size
    let groupOutSpace = Space(sums.outgoing)
    let groupInSpace = Space(sums.incoming)
    let groupSpace = Space(start)
    let queueSpace = Space(randomOrder(n))
    let isQueuedSpace = Space(repeating: true, count: n)
    let offsets = network.offsets.span
    let targets = network.targets.span
    let weights = network.weights.span
    let out = network.outgoing.span
    let into = network.incoming.span
    let (groupOut, groupIn) = unsafe (groupOutSpace.base, groupInSpace.base)
    let (group, queue, isQueued) = unsafe (groupSpace.base, queueSpace.base, isQueuedSpace.base)
    let (strength, touched) = unsafe (strength.base, touched.base)
    var head = 0
    var waiting = n
    var taken = 0
    while waiting > 0 {
      if taken & 1023 == 0, run.isCancelled() { throw .cancelled }
      taken += 1
      let u = unsafe Int(queue[head])
      head = head + 1 == n ? 0 : head + 1
      waiting -= 1
      unsafe isQueued[u] = false
      let first = unsafe Int(offsets[unchecked: u])
      let end = unsafe Int(offsets[unchecked: u + 1])
      var touchedCount = 0
      var a = first
      while a < end {
        let g = unsafe group[Int(targets[unchecked: a])]
        let before = unsafe strength[Int(g)]
        if before == 0 {
          unsafe touched[touchedCount] = g
          touchedCount += 1
        }
        unsafe strength[Int(g)] = before + weights[unchecked: a]
        a += 1
      }
      let own = unsafe Int(group[u])
      let uOut = out[u] * scale
      let uIn = isDirected ? into[u] * scale : 0
      unsafe groupOut[own] -= out[u]
      if isDirected { unsafe groupIn[own] -= into[u] }
      var best = own
      var bestGain =
        unsafe strength[own]
        - (isDirected ? uOut * groupIn[own] + uIn * groupOut[own] : uOut * groupOut[own])
        + tolerance
      for i in 0..<touchedCount {
        let g = unsafe Int(touched[i])
        let gain =
          unsafe strength[g]
          - (isDirected ? uOut * groupIn[g] + uIn * groupOut[g] : uOut * groupOut[g])
        unsafe strength[g] = 0
        if gain > bestGain, g != own {
          best = g
          bestGain = gain
        }
      }
      if bestGain < 0, size[own] > 1, let alone = empty.popLast() {
        best = Int(alone)
        // Rounding may have left a trace of former members.
        unsafe groupOut[best] = 0
        if isDirected { unsafe groupIn[best] = 0 }
      }
      unsafe groupOut[best] += out[u]
      if isDirected { unsafe groupIn[best] += into[u] }
      guard best != own else { continue }
      size[own] -= 1
      size[best] += 1
      if size[own] == 0 { empty.append(Int32(own)) }
      unsafe group[u] = Int32(truncatingIfNeeded: best)
      a = first
      while a < end {
        let v = unsafe Int(targets[unchecked: a])
        a += 1
        if unsafe isQueued[v] || Int(group[v]) == best { continue }
        unsafe isQueued[v] = true
        let tail = head + waiting
        unsafe queue[tail >= n ? tail - n : tail] = Int32(truncatingIfNeeded: v)
        waiting += 1
      }
    }
    return groupSpace.take(leaving: 0)
  }

  // Inside each group, nodes that are still alone join the part that gains most, if node and part
  // are each well tied to the rest of the group. The paper draws among the parts that gain; taking
  // the best is that draw with θ → 0, and needs no exponential.
  private mutating func refine(
    _ network: LeidenNetwork, _ group: [Int32], groupCount: Int
  ) throws(AnalysisError) -> [Int32] {
    let n = network.nodeCount
    let isDirected = network.isDirected
    let scale = network.scale
    let tolerance = network.tolerance
    let sums = strengths(of: network, group, groupCount: groupCount)
    // Of each part: its strengths and the strength to the rest of its group.
    var partOut = network.outgoing
    var partIn = network.incoming
    var toRest = [Double](repeating: 0, count: n)
    let offsets = network.offsets.span
    let targets = network.targets.span
    let weights = network.weights.span
    let groupOf = group.span
    let (strength, touched) = unsafe (strength.base, touched.base)
    for u in 0..<n {
      let g = groupOf[u]
      var sum = 0.0
      for a in Int(offsets[u])..<Int(offsets[u + 1]) {
        let v = unsafe Int(targets[unchecked: a])
        if unsafe groupOf[unchecked: v] == g { sum += unsafe weights[unchecked: a] }
      }
      toRest[u] = sum
    }
    func isWellTied(_ part: Int, _ g: Int) -> Bool {
      let out = partOut[part]
      let expected =
        isDirected
        ? out * (sums.incoming[g] - partIn[part]) + partIn[part] * (sums.outgoing[g] - out)
        : out * (sums.outgoing[g] - out)
      return toRest[part] + tolerance >= scale * expected
    }
    var part = Array(0..<Int32(n))
    var isAlone = [Bool](repeating: true, count: n)
    let order = randomOrder(n)
    for done in 0..<n {
      if done & 1023 == 0, run.isCancelled() { throw .cancelled }
      let u = Int(order[done])
      let g = groupOf[u]
      guard isAlone[u], isWellTied(u, Int(g)) else { continue }
      var touchedCount = 0
      for a in Int(offsets[u])..<Int(offsets[u + 1]) {
        let v = unsafe Int(targets[unchecked: a])
        guard unsafe groupOf[unchecked: v] == g else { continue }
        let p = Int(part[v])
        if unsafe strength[p] == 0 {
          unsafe touched[touchedCount] = Int32(truncatingIfNeeded: p)
          touchedCount += 1
        }
        unsafe strength[p] += weights[unchecked: a]
      }
      var best = u
      var bestGain = tolerance
      var bestStrength = 0.0
      for i in 0..<touchedCount {
        let p = unsafe Int(touched[i])
        let tie = unsafe strength[p]
        unsafe strength[p] = 0
        let gain =
          isDirected
          ? tie - scale * (partOut[u] * partIn[p] + partIn[u] * partOut[p])
          : tie - scale * partOut[u] * partOut[p]
        if gain > bestGain, isWellTied(p, Int(g)) {
          best = p
          bestGain = gain
          bestStrength = tie
        }
      }
      guard best != u else { continue }
      part[u] = Int32(best)
      isAlone[u] = false
      isAlone[best] = false
      toRest[best] += toRest[u] - 2 * bestStrength
      partOut[best] += partOut[u]
      if isDirected { partIn[best] += partIn[u] }
    }
    return part
  }

  private func strengths(
    of network: LeidenNetwork, _ group: [Int32], groupCount: Int
  ) -> (outgoing: [Double], incoming: [Double], size: [Int32]) {
    var outgoing = [Double](repeating: 0, count: groupCount)
    var incoming = [Double](repeating: 0, count: network.isDirected ? groupCount : 0)
    var size = [Int32](repeating: 0, count: groupCount)
    for u in 0..<network.nodeCount {
      let g = Int(group[u])
      outgoing[g] += network.outgoing[u]
      if network.isDirected { incoming[g] += network.incoming[u] }
      size[g] += 1
    }
    return (outgoing, incoming, size)
  }

  private mutating func randomOrder(_ n: Int) -> [Int32] {
    var order = Array(0..<Int32(n))
    for i in stride(from: n - 1, to: 0, by: -1) {
      let j = generator.below(i + 1)
      let moved = order[i]
      order[i] = order[j]
      order[j] = moved
    }
    return order
  }

  /// Renumbers labels below the node count from 0 in the order of first appearance.
  private func compact(_ labels: inout [Int32]) -> Int {
    var number = [Int32](repeating: -1, count: labels.count)
    var count: Int32 = 0
    for u in labels.indices {
      let label = Int(labels[u])
      if number[label] < 0 {
        number[label] = count
        count += 1
      }
      labels[u] = number[label]
    }
    return Int(count)
  }
}
