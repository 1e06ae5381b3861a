// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The sum and the largest of the hop distances between all nodes of one component.
struct HopDistances {
  /// The sum over ordered pairs.
  let sum: Int
  /// The largest distance.
  let diameter: Int

  /// Measures the component whose nodes are `members`, exactly.
  ///
  /// Sixty-four breadth-first searches run at once, one to a bit (Then et al. 2014,
  /// doi:10.14778/2735496.2735507): a node passes on the searches that reached it in this step, and
  /// takes up those that it has not seen.
  init(_ neighbours: Neighbours, members: [Int32], _ run: Run) throws(AnalysisError) {
    let offsets = neighbours.offsets
    let targets = neighbours.targets
    let n = neighbours.nodeCount
    var seen = [UInt64](repeating: 0, count: n)
    var wave = seen
    var arriving = seen
    var active: [Int32] = []
    var reached: [Int32] = []
    var sum = 0
    var diameter = 0
    var first = 0
    while first < members.count {
      try run.checkpoint(first, of: members.count)
      let batch = members[first..<min(first + 64, members.count)]
      for node in members { seen[Int(node)] = 0 }
      active.removeAll(keepingCapacity: true)
      for (lane, node) in batch.enumerated() {
        seen[Int(node)] = 1 << UInt64(lane)
        wave[Int(node)] = 1 << UInt64(lane)
        active.append(node)
      }
      var level = 0
      while !active.isEmpty {
        level += 1
        reached.removeAll(keepingCapacity: true)
        for u in active {
          let bits = wave[Int(u)]
          for a in Int(offsets[Int(u)])..<Int(offsets[Int(u) + 1]) {
            let v = Int(targets[a])
            let new = bits & ~seen[v]
            if new != 0 {
              if arriving[v] == 0 { reached.append(Int32(v)) }
              arriving[v] |= new
            }
          }
        }
        for v in reached {
          let new = arriving[Int(v)]
          arriving[Int(v)] = 0
          seen[Int(v)] |= new
          wave[Int(v)] = new
          sum += level * new.nonzeroBitCount
        }
        if !reached.isEmpty { diameter = max(diameter, level) }
        swap(&active, &reached)
      }
      first += batch.count
    }
    self.sum = sum
    self.diameter = diameter
  }
}
