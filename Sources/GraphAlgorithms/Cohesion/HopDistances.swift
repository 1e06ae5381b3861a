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
/// While few nodes pass searches on they push them to their neighbours; when many do, each node that
/// has not seen all searches pulls from its neighbours, until nothing is missing.
///
/// - Invariant: outside a call `seen`, `wave` and `arriving` are zero; they hold two words a node.
///   Within a step `wave` is not zero at the nodes of `front` only. The lists hold each node once.
///   Indices come from `Neighbours` and are less than the node count.
private final class HopCounts: SummingWorker {
  static let lanes = 128

  private let neighbours: Neighbours
  private let members: [Int32]
  private let counts: Space<Double>
  private let seen: Space<UInt64>
  private let wave: Space<UInt64>
  private let arriving: Space<UInt64>
  private let front: Space<Int32>
  private let found: Space<Int32>

  init(_ neighbours: Neighbours, members: [Int32]) {
    let n = neighbours.nodeCount
    self.neighbours = neighbours
    self.members = members
    counts = Space(repeating: 0, count: members.count)
    seen = Space(repeating: 0, count: 2 * n)
    wave = Space(repeating: 0, count: 2 * n)
    arriving = Space(repeating: 0, count: 2 * n)
    front = Space(repeating: 0, count: n)
    found = Space(repeating: 0, count: n)
  }

  func takeSums() -> [Double] { counts.take(leaving: 0) }

  func add(_ batch: Int) {
    let (seen, wave, arriving, counts) =
      unsafe (seen.base, wave.base, arriving.base, counts.base)
    let (front, found) = unsafe (front.base, found.base)
    var frontCount = 0
    var allLow: UInt64 = 0
    var allHigh: UInt64 = 0
    for i in batch * Self.lanes..<min(members.count, (batch + 1) * Self.lanes) {
      let source = Int(members[i])
      let lane = i - batch * Self.lanes
      let bit: UInt64 = 1 << UInt64(lane & 63)
      if lane < 64 { allLow |= bit } else { allHigh |= bit }
      unsafe seen[2 * source + (lane >> 6)] = bit
      unsafe wave[2 * source + (lane >> 6)] = bit
      unsafe front[frontCount] = members[i]
      frontCount += 1
    }
    var level = 0
    while frontCount > 0 {
      level += 1
      let foundCount =
        8 * frontCount < members.count
        ? push(frontCount) : pull(missing: allLow, allHigh)
      for i in 0..<frontCount {
        let u = unsafe Int(front[i])
        unsafe wave[2 * u] = 0
        unsafe wave[2 * u + 1] = 0
      }
      var pairs = 0
      for i in 0..<foundCount {
        let w = unsafe Int(found[i])
        let (low, high) = unsafe (arriving[2 * w], arriving[2 * w + 1])
        unsafe arriving[2 * w] = 0
        unsafe arriving[2 * w + 1] = 0
        unsafe seen[2 * w] |= low
        unsafe seen[2 * w + 1] |= high
        unsafe wave[2 * w] = low
        unsafe wave[2 * w + 1] = high
        unsafe front[i] = found[i]
        pairs += low.nonzeroBitCount + high.nonzeroBitCount
      }
      // No distance reaches the number of nodes, so a level with pairs has its place.
      if pairs > 0 { unsafe counts[level] += Double(pairs) }
      frontCount = foundCount
    }
    for node in members {
      unsafe seen[2 * Int(node)] = 0
      unsafe seen[2 * Int(node) + 1] = 0
    }
  }

  // Gives the number of nodes that searches arrive at; they stand in `found`.
  private func push(_ frontCount: Int) -> Int {
    let neighbours = neighbours
    let offsets = neighbours.offsets.span
    let targets = neighbours.targets.span
    let (seen, wave, arriving) = unsafe (seen.base, wave.base, arriving.base)
    let (front, found) = unsafe (front.base, found.base)
    var foundCount = 0
    for i in 0..<frontCount {
      let u = unsafe Int(front[i])
      let (low, high) = unsafe (wave[2 * u], wave[2 * u + 1])
      let end = unsafe Int(offsets[unchecked: u + 1])
      var a = unsafe Int(offsets[unchecked: u])
      while a < end {
        let w = unsafe Int(targets[unchecked: a])
        a += 1
        let newLow = unsafe low & ~seen[2 * w]
        let newHigh = unsafe high & ~seen[2 * w + 1]
        if newLow | newHigh == 0 { continue }
        let (oldLow, oldHigh) = unsafe (arriving[2 * w], arriving[2 * w + 1])
        if oldLow | oldHigh == 0 {
          unsafe found[foundCount] = Int32(truncatingIfNeeded: w)
          foundCount += 1
        }
        unsafe arriving[2 * w] = oldLow | newLow
        unsafe arriving[2 * w + 1] = oldHigh | newHigh
      }
    }
    return foundCount
  }

  private func pull(missing allLow: UInt64, _ allHigh: UInt64) -> Int {
    let neighbours = neighbours
    let offsets = neighbours.offsets.span
    let targets = neighbours.targets.span
    let (seen, wave, arriving) = unsafe (seen.base, wave.base, arriving.base)
    let found = unsafe found.base
    var foundCount = 0
    for node in members {
      let w = Int(node)
      let missingLow = unsafe allLow & ~seen[2 * w]
      let missingHigh = unsafe allHigh & ~seen[2 * w + 1]
      if missingLow | missingHigh == 0 { continue }
      var low: UInt64 = 0
      var high: UInt64 = 0
      let end = unsafe Int(offsets[unchecked: w + 1])
      var a = unsafe Int(offsets[unchecked: w])
      while a < end {
        let u = unsafe Int(targets[unchecked: a])
        a += 1
        unsafe low |= wave[2 * u]
        unsafe high |= wave[2 * u + 1]
        if missingLow & ~low | missingHigh & ~high == 0 { break }
      }
      low &= missingLow
      high &= missingHigh
      if low | high == 0 { continue }
      unsafe arriving[2 * w] = low
      unsafe arriving[2 * w + 1] = high
      unsafe found[foundCount] = node
      foundCount += 1
    }
    return foundCount
  }
}
