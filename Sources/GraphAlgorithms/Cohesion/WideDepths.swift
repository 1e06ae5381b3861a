// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels
internal import GraphCore

/// How many steps searches along ties take to reach all they can.
///
/// Up to 512 searches go at once, one to a bit (Then et al. 2014,
/// doi:10.14778/2735496.2735507).
///
/// A search is as deep as the last step in which its bit reaches a node. A step goes from the nodes
/// just reached where these are few, and asks every node about its neighbours where they are many.
///
/// - Invariant: outside a call `seen`, `wave` and `found` are zero. The lists have room for every
///   node, and hold each once. Indices come from `Neighbours` and are less than the node count.
final class WideDepths {
  static let lanes = Int(CLEW_REACH_LANES)
  private static let words = Int(CLEW_REACH_WORDS)
  /// A step asks every node when the nodes just reached have this part of the arcs.
  private static let fewParts = 4

  private let neighbours: Neighbours
  private let seen: Space<UInt64>
  private let wave: Space<UInt64>
  private let found: Space<UInt64>
  private let front: Space<Int32>
  private let list: Space<Int32>
  private let touched: Space<Int32>
  private let all: Space<UInt64>
  private let moved: Space<UInt64>

  init(_ neighbours: Neighbours) {
    let n = neighbours.nodeCount
    self.neighbours = neighbours
    seen = Space(repeating: 0, count: Self.words * n)
    wave = Space(repeating: 0, count: Self.words * n)
    found = Space(repeating: 0, count: Self.words * n)
    front = Space(repeating: 0, count: n)
    list = Space(repeating: 0, count: n)
    touched = Space(repeating: 0, count: n)
    all = Space(repeating: 0, count: Self.words)
    moved = Space(repeating: 0, count: Self.words)
  }

  /// The bytes that the space for a graph of `n` nodes takes.
  static func memory(nodeCount n: Int) -> Int { (3 * 8 * words + 3 * 4) * n + 8192 }

  /// The largest distance from each of `sources`: at most 512 nodes, each once.
  func depths(from sources: ArraySlice<Int32>) -> [Int32] {
    precondition(sources.count <= Self.lanes, "one search to a bit")
    var depths = [Int32](repeating: 0, count: sources.count)
    var frontArcs = prepare(sources)
    let (offsetColumn, targetColumn) = (neighbours.offsets, neighbours.targets)
    let n = Int64(neighbours.nodeCount)
    let arcs = Int64(targetColumn.count)
    // The columns and the spaces outlive the calls that get their addresses.
    unsafe offsetColumn.span.withUnsafeBufferPointer { offsets in
      unsafe targetColumn.span.withUnsafeBufferPointer { targets in
        guard let offsets = offsets.baseAddress, let targets = targets.baseAddress else { return }
        var reach = unsafe clew_reach(
          seen: seen.base, wave: wave.base, found: found.base, sums: nil, planes: nil,
          planeCount: 0)
        var (front, list) = unsafe (front.base, list.base)
        let moved = unsafe moved.base
        var alive = (0..<Self.words).map { unsafe all.base[$0] }
        var frontCount = Int64(sources.count)
        var touchedCount = frontCount
        var level: Int32 = 0
        while frontArcs > 0 {
          level += 1
          let count =
            frontArcs * Int64(Self.fewParts) < arcs
            ? unsafe clew_reach_push(&reach, front, frontCount, offsets, targets, list)
            : unsafe clew_reach_pull(&reach, all.base, 0, n, offsets, targets, list)
          frontArcs = unsafe clew_reach_mark(
            &reach, list, count, offsets, touched.base, &touchedCount, moved)
          unsafe clew_reach_clear(reach.wave, front, frontCount)
          unsafe swap(&reach.wave, &reach.found)
          unsafe swap(&front, &list)
          frontCount = count
          // A search that found nothing in this step ended with the one before.
          for word in alive.indices {
            let now = unsafe moved[word]
            var ended = alive[word] & ~now
            while ended != 0 {
              depths[64 * word + ended.trailingZeroBitCount] = level - 1
              ended &= ended - 1
            }
            alive[word] = now
          }
        }
        unsafe clew_reach_clear(reach.wave, front, frontCount)
        unsafe clew_reach_clear(reach.seen, touched.base, touchedCount)
      }
    }
    return depths
  }

  // Sets the bits of the searches at their sources; returns how many arcs leave these.
  private func prepare(_ sources: ArraySlice<Int32>) -> Int64 {
    let (seen, wave, front, touched) = unsafe (seen.base, wave.base, front.base, touched.base)
    let all = unsafe all.base
    for i in 0..<Self.words { unsafe all[i] = 0 }
    var arcs = 0
    for (lane, source) in sources.enumerated() {
      let (word, bit) = (lane / 64, UInt64(1) << UInt64(lane % 64))
      unsafe seen[Int(source) * Self.words + word] |= bit
      unsafe wave[Int(source) * Self.words + word] |= bit
      unsafe all[word] |= bit
      unsafe front[lane] = source
      unsafe touched[lane] = source
      arcs += neighbours.degree(of: Int(source))
    }
    return Int64(arcs)
  }
}

/// The space of the members of a team for `WideDepths`, each made when first asked for.
///
/// - Invariant: a member reads and writes its own slot only.
final class WideDepthsOfTeam: @unchecked Sendable {
  private let neighbours: Neighbours
  private let lock = Lock()
  private var slots: [WideDepths?]

  init(_ neighbours: Neighbours, members: Int) {
    self.neighbours = neighbours
    slots = Array(repeating: nil, count: members)
  }

  func search(of member: Int) -> WideDepths {
    if let search = lock.withLock({ _ in slots[member] }) { return search }
    let search = WideDepths(neighbours)
    lock.withLock { _ in slots[member] = search }
    return search
  }

  /// The largest distance from each of `sources`, which are different nodes.
  ///
  /// - Throws: `AnalysisError.cancelled`; there is one checkpoint for every 512 of them.
  func depths(
    from sources: [Int32], _ team: Team, _ run: Run
  ) throws(AnalysisError) -> [Int32] {
    let lanes = WideDepths.lanes
    let depths = Space<Int32>(repeating: 0, count: sources.count)
    try run.forEachChunk((sources.count + lanes - 1) / lanes, on: team) { batch, member in
      let part = batch * lanes..<min(sources.count, (batch + 1) * lanes)
      // Batches write to places of their own.
      for (i, depth) in self.search(of: member).depths(from: sources[part]).enumerated() {
        unsafe depths.base[part.lowerBound + i] = depth
      }
    }
    return depths.take(leaving: 0)
  }
}
