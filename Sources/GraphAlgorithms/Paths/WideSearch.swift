// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels
internal import Synchronization

/// Distance sums over arcs of length 1.
///
/// Up to 512 breadth-first searches go at once, one to a bit (Then et al. 2014,
/// doi:10.14778/2735496.2735507), each adding to the nodes that it finds. All sums are of whole
/// numbers (reciprocals in units of 2⁻⁶³), so that neither the threads nor the order of the nodes
/// can change a bit. A step goes from the nodes just reached where these are few, and asks every
/// node of the components at hand about its neighbours where they are many (Beamer et al. 2012,
/// doi:10.1109/SC.2012.50).
///
/// A search from a node with *l* leaves counts for itself and, 1 further away, for the leaves: the
/// number of leaves among the searches of a bit set comes from one set for each binary digit of *l*.
///
/// - Invariant: outside a call `seen`, `wave` and `found` are zero. The lists have room for every
///   place, and hold each once. Indices come from `FoldedArcs` and are less than the place count.
final class WideSearch {
  static let lanes = Int(CLEW_REACH_LANES)
  private static let words = Int(CLEW_REACH_WORDS)
  /// A step asks every node when the nodes just reached have this part of the arcs.
  private static let fewParts = 4

  /// Searches that are done together.
  struct Batch {
    /// At most `lanes` places.
    let places: Range<Int>
    /// Whether they go one by one.
    ///
    /// Each then adds to its own place all that it finds; those that go at once add to the places
    /// found. It is so for all places of a component or for none.
    let isAlone: Bool
  }

  private let arcs: FoldedArcs
  private let seen: Space<UInt64>
  private let wave: Space<UInt64>
  private let found: Space<UInt64>
  private let front: Space<Int32>
  private let list: Space<Int32>
  private let touched: Space<Int32>
  private let planes: Space<UInt64>
  private let all: Space<UInt64>
  fileprivate let sums: Space<clew_reach_sums>
  private lazy var lone = LoneSearch(arcs)

  init(_ arcs: FoldedArcs) {
    let count = arcs.placeCount
    self.arcs = arcs
    seen = Space(repeating: 0, count: Self.words * count)
    wave = Space(repeating: 0, count: Self.words * count)
    found = Space(repeating: 0, count: Self.words * count)
    front = Space(repeating: 0, count: count)
    list = Space(repeating: 0, count: count)
    touched = Space(repeating: 0, count: count)
    planes = Space(repeating: 0, count: 32 * Self.words)
    all = Space(repeating: 0, count: Self.words)
    sums = Space(repeating: clew_reach_sums(), count: count)
  }

  /// Does a batch of searches.
  func add(_ batch: Batch) {
    let places = batch.places
    if batch.isAlone {
      for place in places { lone.add(place, to: sums) }
      return
    }
    let planeCount = prepare(places)
    let first = Int(arcs.components[places.lowerBound].lowerBound)
    let last = Int(arcs.components[places.upperBound - 1].upperBound)
    let (forward, backward) = (arcs.forward, arcs.backward)
    let rangeArcs = Int(backward.offsets[last] - backward.offsets[first])
    let frontArcs = Int(
      forward.offsets[places.upperBound] - forward.offsets[places.lowerBound])
    // The arrays of the arcs and the spaces outlive the calls that get their addresses.
    unsafe forward.offsets.withUnsafeBufferPointer { offsets in
      unsafe forward.targets.withUnsafeBufferPointer { targets in
        unsafe backward.offsets.withUnsafeBufferPointer { sourceOffsets in
          unsafe backward.targets.withUnsafeBufferPointer { sources in
            // An empty array has no address, and no arc is followed then.
            guard let offsets = offsets.baseAddress, let sourceOffsets = sourceOffsets.baseAddress
            else { return }
            var reach = unsafe clew_reach(
              seen: seen.base, wave: wave.base, found: found.base, sums: sums.base,
              planes: planes.base, planeCount: Int64(planeCount))
            var (front, list) = unsafe (front.base, list.base)
            var (frontCount, frontArcs) = (Int64(places.count), Int64(frontArcs))
            var touchedCount = frontCount
            var level: Int64 = 0
            while frontArcs > 0 {
              level += 1
              let isFew = frontArcs * Int64(Self.fewParts) < Int64(rangeArcs)
              let count =
                if isFew, let targets = targets.baseAddress {
                  unsafe clew_reach_push(&reach, front, frontCount, offsets, targets, list)
                } else if let sources = sources.baseAddress {
                  unsafe clew_reach_pull(
                    &reach, all.base, Int64(first), Int64(last), sourceOffsets, sources, list)
                } else { Int64(0) }
              frontArcs = unsafe clew_reach_settle(
                &reach, list, count, level, offsets, touched.base, &touchedCount)
              unsafe clew_reach_clear(reach.wave, front, frontCount)
              unsafe swap(&reach.wave, &reach.found)
              unsafe swap(&front, &list)
              frontCount = count
            }
            unsafe clew_reach_clear(reach.wave, front, frontCount)
            unsafe clew_reach_clear(reach.seen, touched.base, touchedCount)
          }
        }
      }
    }
  }

  // Sets the bits of the searches at their sources; returns how many binary digits their numbers of
  // leaves have.
  private func prepare(_ places: Range<Int>) -> Int {
    let (seen, wave, front, touched) = unsafe (seen.base, wave.base, front.base, touched.base)
    let (planes, all) = unsafe (planes.base, all.base)
    for i in 0..<32 * Self.words { unsafe planes[i] = 0 }
    for i in 0..<Self.words { unsafe all[i] = 0 }
    // Where there are leaves every batch measures for them, its own sources having any or none.
    var planeCount = arcs.hasLeaves ? 1 : 0
    for (lane, place) in places.enumerated() {
      let (word, bit) = (lane / 64, UInt64(1) << UInt64(lane % 64))
      unsafe seen[place * Self.words + word] = bit
      unsafe wave[place * Self.words + word] = bit
      unsafe all[word] |= bit
      unsafe front[lane] = Int32(place)
      unsafe touched[lane] = Int32(place)
      let leaves = arcs.leafCounts[place]
      let digits = Int32.bitWidth - leaves.leadingZeroBitCount
      planeCount = max(planeCount, digits)
      for digit in 0..<digits where leaves >> Int32(digit) & 1 == 1 {
        unsafe planes[digit * Self.words + word] |= bit
      }
    }
    return planeCount
  }
}

extension WideSearch {
  /// The distance sums of every node.
  ///
  /// - Throws: `AnalysisError.cancelled`; there is one checkpoint a batch.
  static func sums(_ arcs: FoldedArcs, _ run: Run) throws(AnalysisError) -> DistanceSums {
    let batches = batches(arcs)
    try run.checkpoint(0, of: max(1, batches.count))
    guard !batches.isEmpty else { return DistanceSums(reached: [], distance: [], reciprocal: []) }
    let isSmall = arcs.places.count < 1000 || batches.count == 1
    return try run.withTeam(isSmall: isSmall) { team throws(AnalysisError) in
      let searches = Searches(arcs, members: team.size)
      let progress = BatchProgress(run, batches.count)
      team.forEachChunk(batches.count) { batch, member in
        if progress.isCancelled { return }
        searches.search(of: member).add(batches[batch])
        progress.finish()
      }
      if progress.isCancelled { throw .cancelled }
      return total(searches.made, arcs)
    }
  }

  // Searches along chains and rings hardly ever meet a node at once, so that bits gain nothing.
  private static func batches(_ arcs: FoldedArcs) -> [Batch] {
    var batches: [Batch] = []
    func cut(_ places: Range<Int>, isAlone: Bool) {
      // A checkpoint comes with each batch: searches one by one in a large part are fewer.
      let size = isAlone ? max(1, min(lanes, 16_000_000 / places.count)) : lanes
      for first in stride(from: places.lowerBound, to: places.upperBound, by: size) {
        let end = min(first + size, places.upperBound)
        batches.append(Batch(places: first..<end, isAlone: isAlone))
      }
    }
    var lone: LoneSearch?
    var (first, place) = (0, 0)
    while place < arcs.placeCount {
      let end = Int(arcs.components[place].upperBound)
      // Where there are many ties there are short ways.
      let arcCount = Int(arcs.backward.offsets[end] - arcs.backward.offsets[place])
      if end - place > lanes, 2 * arcCount < 5 * (end - place) {
        let search = lone ?? LoneSearch(arcs)
        lone = search
        if search.isStretched(place..<place + lanes) {
          cut(first..<place, isAlone: false)
          cut(place..<end, isAlone: true)
          first = end
        }
      }
      place = end
    }
    cut(first..<place, isAlone: false)
    return batches
  }

  /// An upper estimate, in bytes, of what the sums take beyond the graph.
  static func memory(nodes n: Int, _ arcs: Int, _ threads: Int) -> Int {
    // No more threads than batches; each has its bit sets, lists and sums.
    let searches = n < 1000 ? 1 : min(max(1, threads), (n + lanes - 1) / lanes)
    let aSearch = 3 * 8 * words + 3 * 4 + MemoryLayout<clew_reach_sums>.stride + LoneSearch.memory
    // Arcs both ways before and after they are renumbered, while arrays may be grown to double.
    return 24 * arcs + 96 * n + searches * (aSearch * n + 8192) + 24 * n
  }

  private static func total(_ searches: [WideSearch], _ arcs: FoldedArcs) -> DistanceSums {
    var places = Array(repeating: clew_reach_sums(), count: arcs.placeCount)
    for search in searches {
      let sums = unsafe search.sums.base
      for place in places.indices { places[place].add(unsafe sums[place]) }
    }
    let n = arcs.places.count
    var reached = Array(repeating: 0.0, count: n)
    var distance = Array(repeating: 0.0, count: n)
    var reciprocal = Array(repeating: 0.0, count: n)
    for u in 0..<n {
      let place = Int(arcs.places[u])
      let (sums, leaves) = (places[place], UInt64(arcs.leafCounts[place]))
      // A node's own leaves are at distance 1.
      let all = sums.reached + leaves
      reached[u] = Double(all)
      if arcs.isLeaf[u] {
        // The neighbour is at 1, its other leaves at 2, and whatever it reaches 1 further from here.
        distance[u] = Double(sums.distance + sums.reached + 2 * leaves - 1)
        reciprocal[u] = clew_reach_sums.value(sums.beyond, halves: leaves + 1)
      } else {
        distance[u] = Double(sums.distance + leaves)
        reciprocal[u] = clew_reach_sums.value(sums.reciprocal, halves: 2 * leaves)
      }
    }
    return DistanceSums(reached: reached, distance: distance, reciprocal: reciprocal)
  }
}

extension clew_reach_sums {
  fileprivate mutating func add(_ other: clew_reach_sums) {
    reached += other.reached
    distance += other.distance
    reciprocal = Self.sum(reciprocal, other.reciprocal)
    beyond = Self.sum(beyond, other.beyond)
  }

  static func sum(
    _ a: (UInt64, UInt64), _ b: (UInt64, UInt64)
  ) -> (UInt64, UInt64) {
    let (low, overflow) = a.0.addingReportingOverflow(b.0)
    return (low, a.1 + b.1 + (overflow ? 1 : 0))
  }

  /// A sum of reciprocals and a number of halves besides.
  ///
  /// What is left of a whole number is exact
  /// to 2⁻⁵³, so that the value is rounded to a `Double` as if once.
  static func value(_ sum: (UInt64, UInt64), halves: UInt64) -> Double {
    let half: UInt64 = 1 << 62
    let part = sum.0 & (2 * half - 1) + (halves & 1) * half
    let whole = sum.1 << 1 + sum.0 >> 63 + halves >> 1 + part >> 63
    return Double(whole) + Double(part & (2 * half - 1)) * 0x1p-63
  }
}

/// The searches of the members of a team, each made when first asked for.
///
/// - Invariant: `slots` is read and written with the lock held; a member uses its search alone.
private final class Searches: @unchecked Sendable {
  private let arcs: FoldedArcs
  private let lock = Lock()
  private var slots: [WideSearch?]

  init(_ arcs: FoldedArcs, members: Int) {
    self.arcs = arcs
    slots = Array(repeating: nil, count: members)
  }

  var made: [WideSearch] { lock.withLock { _ in slots.compactMap { $0 } } }

  func search(of member: Int) -> WideSearch {
    if let search = lock.withLock({ _ in slots[member] }) { return search }
    let search = WideSearch(arcs)
    lock.withLock { _ in slots[member] = search }
    return search
  }
}

/// Counts the batches done and remembers that the run was cancelled.
private final class BatchProgress: Sendable {
  private let run: Run
  private let total: Int
  private let done = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)

  init(_ run: Run, _ total: Int) {
    self.run = run
    self.total = total
  }

  var isCancelled: Bool { stopped.load(ordering: .relaxed) }

  func finish() {
    let count = done.add(1, ordering: .relaxed).newValue
    do {
      try run.checkpoint(count, of: total)
    } catch {
      stopped.store(true, ordering: .relaxed)
    }
  }
}
