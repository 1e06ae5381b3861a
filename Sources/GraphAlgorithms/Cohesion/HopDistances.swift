// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// How many pairs of nodes of one component are how many ties apart.
struct HopDistances {
  /// The mean over all pairs of different nodes.
  let mean: Double
  /// The largest distance.
  let diameter: Int

  /// Measures the component whose nodes are `members`, at least two, exactly.
  ///
  /// - Complexity: O(s (s + t) / 128) to O(s (s + t)) time for *s* nodes and *t* ties, O(n + m)
  ///   memory a thread.
  init(_ neighbours: Neighbours, members: [Int32], _ run: Run) throws(AnalysisError) {
    let batches = (members.count + HopCounts.lanes - 1) / HopCounts.lanes
    let pairs = try run.sums(items: batches, isSmall: members.count < 1000, width: members.count) {
      HopCounts(neighbours, members: members)
    }
    // The counts are whole numbers, so their sums are exact.
    var sum = 0.0
    var count = 0.0
    var diameter = 0
    for (distance, found) in pairs.enumerated() where found > 0 {
      sum += Double(distance) * found
      count += found
      diameter = distance
    }
    mean = sum / count
    self.diameter = diameter
  }
}

/// Counts of ordered pairs by distance, from 128 breadth-first searches at once.
///
/// Each search is one bit (Then, Kaufmann, Chirigati and others 2014, doi:10.14778/2735496.2735507).
/// A node passes on the searches that reached it in this step, and takes up those that it has not
/// seen.
///
/// - Invariant: outside a call `state` and `wave` are zero. `state[4 w]` and the next hold the
///   searches that have seen node *w*, the two after them those that find it in this step. The lists
///   hold each node once. Indices come from `Neighbours` and are less than the node count.
private final class HopCounts: SummingWorker {
  static let lanes = 128

  private let neighbours: Neighbours
  private let members: [Int32]
  private let counts: Space<Double>
  private let state: Space<UInt64>
  private let wave: Space<UInt64>
  private let front: Space<Int32>
  private let found: Space<Int32>

  init(_ neighbours: Neighbours, members: [Int32]) {
    let n = neighbours.nodeCount
    self.neighbours = neighbours
    self.members = members
    counts = Space(repeating: 0, count: members.count)
    state = Space(repeating: 0, count: 4 * n)
    wave = Space(repeating: 0, count: 2 * n)
    front = Space(repeating: 0, count: n)
    found = Space(repeating: 0, count: n)
  }

  func takeSums() -> [Double] { counts.take(leaving: 0) }

  func add(_ batch: Int) {
    let neighbours = neighbours
    let offsets = neighbours.offsets.span
    let targets = neighbours.targets.span
    let (state, wave, counts) = unsafe (state.base, wave.base, counts.base)
    var (front, found) = unsafe (front.base, found.base)
    var frontCount = 0
    for i in batch * Self.lanes..<min(members.count, (batch + 1) * Self.lanes) {
      let source = Int(members[i])
      let lane = i - batch * Self.lanes
      let bit: UInt64 = 1 << UInt64(lane & 63)
      unsafe state[4 * source + (lane >> 6)] = bit
      unsafe wave[2 * source + (lane >> 6)] = bit
      unsafe front[frontCount] = members[i]
      frontCount += 1
    }
    var level = 0
    while frontCount > 0 {
      level += 1
      var foundCount = 0
      for i in 0..<frontCount {
        let u = unsafe Int(front[i])
        let (low, high) = unsafe (wave[2 * u], wave[2 * u + 1])
        let end = unsafe Int(offsets[unchecked: u + 1])
        var a = unsafe Int(offsets[unchecked: u])
        while a < end {
          let w = unsafe Int(targets[unchecked: a])
          a += 1
          let at = unsafe state + 4 * w
          let newLow = unsafe low & ~at[0]
          let newHigh = unsafe high & ~at[1]
          if newLow | newHigh == 0 { continue }
          if unsafe at[2] | at[3] == 0 {
            unsafe found[foundCount] = Int32(truncatingIfNeeded: w)
            foundCount += 1
          }
          unsafe at[2] |= newLow
          unsafe at[3] |= newHigh
        }
      }
      var pairs = 0
      for i in 0..<foundCount {
        let w = unsafe Int(found[i])
        let at = unsafe state + 4 * w
        let (newLow, newHigh) = unsafe (at[2], at[3])
        unsafe at[0] |= newLow
        unsafe at[1] |= newHigh
        unsafe at[2] = 0
        unsafe at[3] = 0
        unsafe wave[2 * w] = newLow
        unsafe wave[2 * w + 1] = newHigh
        pairs += newLow.nonzeroBitCount + newHigh.nonzeroBitCount
      }
      // No distance reaches the number of nodes, so a level with pairs has its place.
      if pairs > 0 { unsafe counts[level] += Double(pairs) }
      unsafe swap(&front, &found)
      frontCount = foundCount
    }
    // The component is connected: every member was seen.
    for node in members {
      let w = Int(node)
      unsafe state[4 * w] = 0
      unsafe state[4 * w + 1] = 0
      unsafe wave[2 * w] = 0
      unsafe wave[2 * w + 1] = 0
    }
  }
}
