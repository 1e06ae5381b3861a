// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Brandes' accumulation over arcs of length 1 from eight sources at once, one to a lane.
///
/// A node is visited once for all lanes that find it on the same level, so that the arcs of a
/// network of few levels are walked two or three times for eight sources. Counting pushes path
/// numbers one level down; gathering pulls shares from one level down. Lanes of a node that are not
/// on the level at hand add to lanes that are masked out when the level is done.
///
/// - Invariant: outside a call the lanes seen, arriving and below and all path numbers are 0. The
///   entries of a call are pairs of a node and the lanes that find it, level by level; each lane
///   finds a node once, so there are at most eight entries a node. Indices come from `PathArcs` and
///   are less than the node count.
final class BatchedBrandes: SummingWorker {
  typealias Lanes = SIMD8<Double>

  private let arcs: PathArcs
  private let masses: [Double]
  private let sources: [Int32]
  private let target: BrandesTarget
  private let analysis: String
  private let sums: Space<Double>
  private let entryNode: Space<Int32>
  private let entryLanes: Space<UInt8>
  private let seen: Space<UInt8>
  private let paths: Space<Lanes>
  // While counting: what arrives on the next level. While gathering: the shares of the level below
  // and of the level at hand, in turns.
  private let arriving: (lanes: Space<UInt8>, values: Space<Lanes>)
  private let other: (lanes: Space<UInt8>, values: Space<Lanes>)
  /// 1 in the lanes whose bits are set, 0 elsewhere.
  private let ones: Space<Lanes>
  private var levelStarts: [Int] = []

  /// Makes space for the batches of `sources`, eight by eight; `masses` are as in
  /// `UnweightedBrandes`.
  init(
    _ arcs: PathArcs, masses: [Double]? = nil, sources: [Int32], _ target: BrandesTarget = .nodes,
    for analysis: String
  ) {
    let n = arcs.nodeCount
    self.arcs = arcs
    self.masses = masses ?? Array(repeating: 1, count: n)
    self.sources = sources
    self.target = target
    self.analysis = analysis
    sums = Space(repeating: 0, count: target.width(nodeCount: n))
    entryNode = Space(repeating: 0, count: 8 * n)
    entryLanes = Space(repeating: 0, count: 8 * n)
    seen = Space(repeating: 0, count: n)
    paths = Space(repeating: .zero, count: n)
    arriving = (Space(repeating: 0, count: n), Space(repeating: .zero, count: n))
    other = (Space(repeating: 0, count: n), Space(repeating: .zero, count: n))
    ones = Space(repeating: .zero, count: 256)
    for bits in 0..<256 {
      for lane in 0..<8 where bits >> lane & 1 == 1 { unsafe ones.base[bits][lane] = 1 }
    }
  }

  func takeSums() -> [Double] { sums.take(leaving: 0) }

  func add(_ batch: Int) throws(AnalysisError) {
    try add(8 * batch..<min(sources.count, 8 * batch + 8))
  }

  /// Adds what up to eight of the sources contribute.
  func add(_ batch: Range<Int>) throws(AnalysisError) {
    let entries = countPaths(batch)
    let isCounted = gather(batch)
    let (entryNode, seen, paths) = unsafe (entryNode.base, seen.base, paths.base)
    for i in 0..<entries {
      unsafe seen[Int(entryNode[i])] = 0
      unsafe paths[Int(entryNode[i])] = .zero
    }
    if !isCounted { throw tooManyPaths(analysis) }
  }

  private func countPaths(_ batch: Range<Int>) -> Int {
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let (entryNode, entryLanes) = unsafe (entryNode.base, entryLanes.base)
    let (seen, paths, ones) = unsafe (seen.base, paths.base, ones.base)
    let (arrivingLanes, arrived) = unsafe (arriving.lanes.base, arriving.values.base)
    levelStarts.removeAll(keepingCapacity: true)
    var start = 0
    var end = 0
    for source in sources[batch] {
      let bit: UInt8 = 1 << UInt8(end)
      unsafe seen[Int(source)] = bit
      unsafe paths[Int(source)] = ones[Int(bit)]
      unsafe entryNode[end] = source
      unsafe entryLanes[end] = bit
      end += 1
    }
    while start < end {
      levelStarts.append(start)
      var found = end
      for i in start..<end {
        let v = unsafe Int(entryNode[i])
        let lanes = unsafe entryLanes[i]
        let counts = unsafe paths[v] * ones[Int(lanes)]
        let stop = unsafe Int(offsets[unchecked: v + 1])
        var a = unsafe Int(offsets[unchecked: v])
        while a < stop {
          let w = unsafe Int(targets[unchecked: a])
          let new = unsafe lanes & ~seen[w]
          if new != 0 {
            if unsafe arrivingLanes[w] == 0 {
              unsafe entryNode[found] = Int32(truncatingIfNeeded: w)
              found += 1
              unsafe arrived[w] = counts
            } else {
              unsafe arrived[w] += counts
            }
            unsafe arrivingLanes[w] |= new
          }
          a += 1
        }
      }
      for i in end..<found {
        let w = unsafe Int(entryNode[i])
        let new = unsafe arrivingLanes[w]
        unsafe entryLanes[i] = new
        unsafe seen[w] |= new
        unsafe paths[w] += arrived[w] * ones[Int(new)]
        unsafe arrivingLanes[w] = 0
      }
      start = end
      end = found
    }
    levelStarts.append(end)
    return end
  }

  private func gather(_ batch: Range<Int>) -> Bool {
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let (entryNode, entryLanes) = unsafe (entryNode.base, entryLanes.base)
    let (sums, paths, ones) = unsafe (sums.base, paths.base, ones.base)
    let massArray = masses
    let masses = massArray.span
    var own = Lanes.zero
    for (lane, source) in sources[batch].enumerated() { own[lane] = masses[Int(source)] }
    var (belowLanes, below) = unsafe (arriving.lanes.base, arriving.values.base)
    var (hereLanes, here) = unsafe (other.lanes.base, other.values.base)
    let edges = arcs.edges.span
    let countsEdges =
      switch target {
      case .nodes: false
      case .edges: true
      }
    // A source is not between others, but its arcs are.
    let lastLevel = countsEdges ? 0 : 1
    var isCounted = true
    var level = levelStarts.count - 2
    while level >= lastLevel {
      for i in levelStarts[level]..<levelStarts[level + 1] {
        let v = unsafe Int(entryNode[i])
        let lanes = unsafe entryLanes[i]
        let mask = unsafe ones[Int(lanes)]
        let counts = unsafe paths[v]
        let carried = counts * mask * own
        var sum = Lanes.zero
        let stop = unsafe Int(offsets[unchecked: v + 1])
        var a = unsafe Int(offsets[unchecked: v])
        while a < stop {
          let w = unsafe Int(targets[unchecked: a])
          if unsafe belowLanes[w] & lanes != 0 {
            unsafe sum += below[w]
            if countsEdges {
              unsafe sums[Int(edges[unchecked: a])] += (carried * below[w]).sum()
            }
          }
          a += 1
        }
        let dependencies = counts * sum * mask
        let total = (dependencies * own).sum()
        isCounted = isCounted && (counts * mask).sum().isFinite
        // Lanes that are masked out divide by 1 rather than by a count that may be 0.
        let gathered = unsafe mask * masses[unchecked: v] + dependencies
        unsafe here[v] = gathered / (counts * mask + (Lanes(repeating: 1) - mask))
        unsafe hereLanes[v] = lanes
        if !countsEdges { unsafe sums[v] += total }
      }
      unsafe clear(belowLanes, level + 1)
      unsafe swap(&belowLanes, &hereLanes)
      unsafe swap(&below, &here)
      level -= 1
    }
    unsafe clear(belowLanes, lastLevel)
    return isCounted
  }

  private func clear(_ lanes: UnsafeMutablePointer<UInt8>, _ level: Int) {
    guard level + 1 < levelStarts.count else { return }
    let entryNode = unsafe entryNode.base
    for i in levelStarts[level]..<levelStarts[level + 1] { unsafe lanes[Int(entryNode[i])] = 0 }
  }
}
