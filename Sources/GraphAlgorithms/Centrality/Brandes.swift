// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// What Brandes' accumulation counts: paths through nodes, or over edges.
enum BrandesTarget: Sendable {
  case nodes
  case edges(count: Int)

  func width(nodeCount: Int) -> Int {
    switch self {
    case .nodes: nodeCount
    case .edges(let count): count
    }
  }
}

/// The dependencies of all sources on each node or edge, summed over ordered pairs of ends (Brandes
/// 2001, doi:10.1080/0022250X.2001.9990249): in an undirected graph twice the betweenness.
///
/// It searches from every node of the whole network; `blockSums` searches less where arcs go both
/// ways.
func brandesSums(
  _ arcs: PathArcs, _ target: BrandesTarget, _ run: Run, for analysis: String
) throws(AnalysisError) -> [Double] {
  let n = arcs.nodeCount
  let width = target.width(nodeCount: n)
  if let lengths = arcs.lengths {
    return try run.sums(items: n, isSmall: n < 1000, width: width) {
      WeightedBrandes(arcs, lengths: lengths, target, for: analysis)
    }
  }
  if case .nodes = target, n >= 256, BatchedArcs.canHold(arcs), let sources = batchOrder(arcs) {
    let padded = BatchedArcs(arcs, isTwoWay: false)
    let size = BatchedBrandes.size
    return try run.sums(items: (n + size - 1) / size, isSmall: n < 1000, width: width) {
      BatchedBrandes(arcs, padded: padded, sources: sources, for: analysis)
    }
  }
  return try run.sums(items: n, isSmall: n < 1000, width: width) {
    UnweightedBrandes(arcs, target, for: analysis)
  }
}

// The nodes by levels from the one of most arcs, so that the sources of a batch are near each other
// and see the network on much the same levels; nil where there are so many levels that a batch
// gains nothing.
private func batchOrder(_ arcs: PathArcs) -> [Int32]? {
  let n = arcs.nodeCount
  let mostLevels = 16
  var isListed = [Bool](repeating: false, count: n)
  var order: [Int32] = []
  order.reserveCapacity(n)
  let hub = (0..<n).max { arcs.count(of: $0) < arcs.count(of: $1) } ?? 0
  for start in [hub] + Array(0..<n) where !isListed[start] {
    isListed[start] = true
    var levelStart = order.count
    order.append(Int32(start))
    var levels = 0
    while levelStart < order.count {
      levels += 1
      guard levels <= mostLevels else { return nil }
      let levelEnd = order.count
      for i in levelStart..<levelEnd {
        for a in Int(arcs.offsets[Int(order[i])])..<Int(arcs.offsets[Int(order[i]) + 1]) {
          let target = arcs.targets[a]
          if !isListed[Int(target)] {
            isListed[Int(target)] = true
            order.append(target)
          }
        }
      }
      levelStart = levelEnd
    }
  }
  return order
}

func tooManyPaths(_ analysis: String) -> AnalysisError {
  .undefined(
    analysis: analysis,
    reason: "More than 10^308 shortest paths join two nodes, which is more than can be counted.")
}

/// Brandes' accumulation over arcs of length 1.
///
/// A node may stand for several: with masses, a pair of ends counts the product of their masses.
/// There are no lists of predecessors: an arc from *v* to *w* is on a shortest path when the level
/// of *w* is one more, which both passes see from *v*.
///
/// - Invariant: `order[0 ..< reached]` are the nodes of one source, nearest first; outside a call
///   every level is −1. Indices come from `PathArcs` and are less than the node count.
final class UnweightedBrandes: SummingWorker {
  private let arcs: PathArcs
  private let masses: [Double]
  private let target: BrandesTarget
  private let analysis: String
  private let sums: Space<Double>
  private let order: Space<Int32>
  private let marks: Space<Mark>

  /// What is known of a node, in one place so that looking at it costs one line of cache.
  ///
  /// The value is the number of paths until the node has gathered, and then (mass + dependency) /
  /// number of paths.
  private struct Mark: BitwiseCopyable {
    var value = 0.0
    var level: Int32 = -1
  }

  /// Makes space for a network; `masses` are 1 unless given.
  init(
    _ arcs: PathArcs, masses: [Double]? = nil, _ target: BrandesTarget, for analysis: String
  ) {
    let n = arcs.nodeCount
    self.arcs = arcs
    self.masses = masses ?? Array(repeating: 1, count: n)
    self.target = target
    self.analysis = analysis
    sums = Space(repeating: 0, count: target.width(nodeCount: n))
    order = Space(repeating: 0, count: n)
    marks = Space(repeating: Mark(), count: n)
  }

  func takeSums() -> [Double] { sums.take(leaving: 0) }

  func add(_ source: Int) throws(AnalysisError) {
    let reached = countPaths(from: source)
    let isCounted: Bool
    switch target {
    case .nodes: isCounted = gatherNodes(reached)
    case .edges: isCounted = gatherEdges(reached)
    }
    if !isCounted { throw tooManyPaths(analysis) }
  }

  private func countPaths(from source: Int) -> Int {
    let (order, marks) = unsafe (order.base, marks.base)
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    unsafe order[0] = Int32(truncatingIfNeeded: source)
    unsafe marks[source] = Mark(value: 1, level: 0)
    var (head, reached) = (0, 1)
    while head < reached {
      let v = unsafe Int(order[head])
      head += 1
      let below = unsafe marks[v].level + 1
      let count = unsafe marks[v].value
      let end = unsafe Int(offsets[unchecked: v + 1])
      var a = unsafe Int(offsets[unchecked: v])
      while a < end {
        let w = unsafe Int(targets[unchecked: a])
        let level = unsafe marks[w].level
        if level < 0 {
          unsafe marks[w] = Mark(value: count, level: below)
          unsafe order[reached] = Int32(truncatingIfNeeded: w)
          reached += 1
        } else {
          // Adding 0 is cheaper than a branch that is as often taken as not.
          unsafe marks[w].value += level == below ? count : 0
        }
        a += 1
      }
    }
    return reached
  }

  // Both gatherers walk from the farthest node to the source, leave the levels at −1, and give
  // false when a number of paths is no longer finite.
  private func gatherNodes(_ reached: Int) -> Bool {
    let (order, marks, sums) = unsafe (order.base, marks.base, sums.base)
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let massArray = masses
    let masses = massArray.span
    let own = unsafe masses[Int(order[0])]
    var isCounted = true
    var i = reached - 1
    while i >= 0 {
      let v = unsafe Int(order[i])
      let below = unsafe marks[v].level + 1
      var sum = 0.0
      let end = unsafe Int(offsets[unchecked: v + 1])
      var a = unsafe Int(offsets[unchecked: v])
      while a < end {
        let mark = unsafe marks[Int(targets[unchecked: a])]
        sum += mark.level == below ? mark.value : 0
        a += 1
      }
      let count = unsafe marks[v].value
      isCounted = isCounted && count.isFinite
      let dependency = count * sum
      unsafe marks[v].value = (masses[unchecked: v] + dependency) / count
      if i > 0 { unsafe sums[v] += own * dependency }
      i -= 1
    }
    for i in 0..<reached { unsafe marks[Int(order[i])].level = -1 }
    return isCounted
  }

  private func gatherEdges(_ reached: Int) -> Bool {
    let (order, marks, sums) = unsafe (order.base, marks.base, sums.base)
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let edges = arcs.edges.span
    let massArray = masses
    let masses = massArray.span
    let own = unsafe masses[Int(order[0])]
    var isCounted = true
    var i = reached - 1
    while i >= 0 {
      let v = unsafe Int(order[i])
      let below = unsafe marks[v].level + 1
      let count = unsafe marks[v].value
      isCounted = isCounted && count.isFinite
      var dependency = 0.0
      let end = unsafe Int(offsets[unchecked: v + 1])
      var a = unsafe Int(offsets[unchecked: v])
      while a < end {
        let mark = unsafe marks[Int(targets[unchecked: a])]
        if mark.level == below {
          let part = count * mark.value
          dependency += part
          unsafe sums[Int(edges[unchecked: a])] += own * part
        }
        a += 1
      }
      unsafe marks[v].value = (masses[unchecked: v] + dependency) / count
      i -= 1
    }
    for i in 0..<reached { unsafe marks[Int(order[i])].level = -1 }
    return isCounted
  }
}

/// Brandes' accumulation over arcs with lengths.
///
/// An arc from *v* to *w* is on a shortest path when *w* was settled after *v* and its distance is
/// that of *v* and the length of the arc, within `PathArcs.tolerance`. The distances are final
/// before paths are counted, so that counting and gathering see the same arcs.
///
/// - Invariant: as `Dijkstra`.
final class WeightedBrandes: SummingWorker {
  private let arcs: PathArcs
  private let lengths: [Double]
  private let masses: [Double]
  private let target: BrandesTarget
  private let analysis: String
  private let search: Dijkstra
  private let sums: Space<Double>
  private let paths: Space<Double>
  private let share: Space<Double>

  /// Makes space for a network; `masses` are as in `UnweightedBrandes`.
  init(
    _ arcs: PathArcs, lengths: [Double], masses: [Double]? = nil, _ target: BrandesTarget,
    for analysis: String
  ) {
    let n = arcs.nodeCount
    self.arcs = arcs
    self.lengths = lengths
    self.masses = masses ?? Array(repeating: 1, count: n)
    self.target = target
    self.analysis = analysis
    search = Dijkstra(arcs, lengths: lengths)
    sums = Space(repeating: 0, count: target.width(nodeCount: n))
    paths = Space(repeating: 0, count: n)
    share = Space(repeating: 0, count: n)
  }

  func takeSums() -> [Double] { sums.take(leaving: 0) }

  func add(_ source: Int) throws(AnalysisError) {
    search.run(from: Int32(truncatingIfNeeded: source))
    countPaths()
    if !gather() { throw tooManyPaths(analysis) }
  }

  private func countPaths() {
    let (order, rank, distance) = unsafe (
      search.order.base, search.rank.base, search.distance.base
    )
    let paths = unsafe paths.base
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let lengthArray = lengths
    let lengths = lengthArray.span
    let slack = 1 + PathArcs.tolerance
    for i in 0..<search.reached { unsafe paths[Int(order[i])] = i == 0 ? 1 : 0 }
    for i in 0..<search.reached {
      let v = unsafe Int(order[i])
      let near = unsafe distance[v]
      let count = unsafe paths[v]
      let end = unsafe Int(offsets[unchecked: v + 1])
      var a = unsafe Int(offsets[unchecked: v])
      while a < end {
        let w = unsafe Int(targets[unchecked: a])
        if unsafe near + lengths[unchecked: a] <= distance[w] * slack, unsafe rank[w] > i {
          unsafe paths[w] += count
        }
        a += 1
      }
    }
  }

  private func gather() -> Bool {
    let (order, rank, distance) = unsafe (
      search.order.base, search.rank.base, search.distance.base
    )
    let (paths, share) = unsafe (paths.base, share.base)
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let edges = arcs.edges.span
    let lengthArray = lengths
    let lengths = lengthArray.span
    let slack = 1 + PathArcs.tolerance
    let countsEdges =
      switch target {
      case .nodes: false
      case .edges: true
      }
    let sums = unsafe sums.base
    let massArray = masses
    let masses = massArray.span
    let own = unsafe masses[Int(order[0])]
    var isCounted = true
    var i = search.reached - 1
    while i >= 0 {
      let v = unsafe Int(order[i])
      let near = unsafe distance[v]
      let count = unsafe paths[v]
      isCounted = isCounted && count.isFinite
      var dependency = 0.0
      let end = unsafe Int(offsets[unchecked: v + 1])
      var a = unsafe Int(offsets[unchecked: v])
      while a < end {
        let w = unsafe Int(targets[unchecked: a])
        if unsafe near + lengths[unchecked: a] <= distance[w] * slack, unsafe rank[w] > i {
          let part = unsafe count * share[w]
          dependency += part
          if countsEdges { unsafe sums[Int(edges[unchecked: a])] += own * part }
        }
        a += 1
      }
      unsafe share[v] = (masses[unchecked: v] + dependency) / count
      if i > 0, !countsEdges { unsafe sums[v] += own * dependency }
      i -= 1
    }
    return isCounted
  }
}
