// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// One search of Leiden: from every node alone to a division that no step improves.
struct LeidenSearch {
  private var generator: SeededGenerator
  private let run: Run
  // Strength from the node in hand to each group; all 0 between nodes.
  private var strength: [Double] = []
  private var touched: [Int32] = []

  init(generator: SeededGenerator, run: Run) {
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
      strength = Array(repeating: 0, count: n)
      try moveNodes(of: network, &group)
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
    of network: LeidenNetwork, _ group: inout [Int32]
  ) throws(AnalysisError) {
    let n = network.nodeCount
    let offsets = network.offsets
    let targets = network.targets
    let weights = network.weights
    let out = network.outgoing
    let into = network.incoming
    let isDirected = network.isDirected
    let scale = network.scale
    var groupOut = [Double](repeating: 0, count: n)
    var groupIn = [Double](repeating: 0, count: isDirected ? n : 0)
    var size = [Int32](repeating: 0, count: n)
    for u in 0..<n {
      let g = Int(group[u])
      groupOut[g] += out[u]
      if isDirected { groupIn[g] += into[u] }
      size[g] += 1
    }
    var empty = (0..<Int32(n)).filter { size[Int($0)] == 0 }
    var queue = randomOrder(n)
    var isQueued = [Bool](repeating: true, count: n)
    var head = 0
    var waiting = n
    var taken = 0
    while waiting > 0 {
      if taken & 1023 == 0, run.isCancelled() { throw .cancelled }
      taken += 1
      let u = Int(queue[head])
      head = head + 1 == n ? 0 : head + 1
      waiting -= 1
      isQueued[u] = false
      let arcs = Int(offsets[u])..<Int(offsets[u + 1])
      for a in arcs {
        let g = group[Int(targets[a])]
        if strength[Int(g)] == 0 { touched.append(g) }
        strength[Int(g)] += weights[a]
      }
      let own = Int(group[u])
      let uOut = out[u]
      let uIn = isDirected ? into[u] : 0
      groupOut[own] -= uOut
      if isDirected { groupIn[own] -= uIn }
      func gain(_ g: Int) -> Double {
        isDirected
          ? strength[g] - scale * (uOut * groupIn[g] + uIn * groupOut[g])
          : strength[g] - scale * uOut * groupOut[g]
      }
      var best = own
      var bestGain = gain(own) + network.tolerance
      for g in touched where gain(Int(g)) > bestGain {
        best = Int(g)
        bestGain = gain(Int(g))
      }
      if bestGain < 0, size[own] > 1, let alone = empty.last {
        best = Int(alone)
        empty.removeLast()
        // Rounding may have left a trace of former members.
        groupOut[best] = 0
        if isDirected { groupIn[best] = 0 }
      }
      for g in touched { strength[Int(g)] = 0 }
      touched.removeAll(keepingCapacity: true)
      groupOut[best] += uOut
      if isDirected { groupIn[best] += uIn }
      guard best != own else { continue }
      size[own] -= 1
      size[best] += 1
      if size[own] == 0 { empty.append(Int32(own)) }
      group[u] = Int32(best)
      for a in arcs {
        let v = Int(targets[a])
        guard !isQueued[v], group[v] != Int32(best) else { continue }
        isQueued[v] = true
        let tail = head + waiting
        queue[tail >= n ? tail - n : tail] = Int32(v)
        waiting += 1
      }
    }
  }

  // Inside each group, nodes that are still alone join the part that gains most, if node and part
  // are each well tied to the rest of the group. The paper draws among the parts that gain; taking
  // the best is that draw with θ → 0, and needs no exponential.
  private mutating func refine(
    _ network: LeidenNetwork, _ group: [Int32], groupCount: Int
  ) throws(AnalysisError) -> [Int32] {
    let n = network.nodeCount
    let offsets = network.offsets
    let targets = network.targets
    let weights = network.weights
    let isDirected = network.isDirected
    let scale = network.scale
    var groupOut = [Double](repeating: 0, count: groupCount)
    var groupIn = [Double](repeating: 0, count: isDirected ? groupCount : 0)
    // Of each part: its strengths and the strength to the rest of its group.
    var partOut = network.outgoing
    var partIn = network.incoming
    var toRest = [Double](repeating: 0, count: n)
    for u in 0..<n {
      let g = group[u]
      groupOut[Int(g)] += partOut[u]
      if isDirected { groupIn[Int(g)] += partIn[u] }
      for a in Int(offsets[u])..<Int(offsets[u + 1]) where group[Int(targets[a])] == g {
        toRest[u] += weights[a]
      }
    }
    func isWellTied(_ part: Int, _ g: Int) -> Bool {
      let out = partOut[part]
      let expected =
        isDirected
        ? scale * (out * (groupIn[g] - partIn[part]) + partIn[part] * (groupOut[g] - out))
        : scale * out * (groupOut[g] - out)
      return toRest[part] + network.tolerance >= expected
    }
    var part = Array(0..<Int32(n))
    var isAlone = [Bool](repeating: true, count: n)
    for (done, node) in randomOrder(n).enumerated() {
      if done & 1023 == 0, run.isCancelled() { throw .cancelled }
      let u = Int(node)
      let g = Int(group[u])
      guard isAlone[u], isWellTied(u, g) else { continue }
      for a in Int(offsets[u])..<Int(offsets[u + 1]) {
        let v = Int(targets[a])
        guard Int(group[v]) == g else { continue }
        let p = part[v]
        if strength[Int(p)] == 0 { touched.append(p) }
        strength[Int(p)] += weights[a]
      }
      var best = u
      var bestGain = network.tolerance
      for candidate in touched {
        let p = Int(candidate)
        let gain =
          isDirected
          ? strength[p] - scale * (partOut[u] * partIn[p] + partIn[u] * partOut[p])
          : strength[p] - scale * partOut[u] * partOut[p]
        if gain > bestGain, isWellTied(p, g) {
          best = p
          bestGain = gain
        }
      }
      if best != u {
        part[u] = Int32(best)
        isAlone[u] = false
        isAlone[best] = false
        toRest[best] += toRest[u] - 2 * strength[best]
        partOut[best] += partOut[u]
        if isDirected { partIn[best] += partIn[u] }
      }
      for p in touched { strength[Int(p)] = 0 }
      touched.removeAll(keepingCapacity: true)
    }
    return part
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
