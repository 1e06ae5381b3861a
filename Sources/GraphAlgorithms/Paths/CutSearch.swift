// SPDX-License-Identifier: Apache-2.0

/// Which sum of distances makes a node central.
enum DistanceMeasure: Sendable {
  /// (k / (n − 1)) (k / S), *k* nodes reached at *S* in sum.
  case closeness
  /// The sum of 1 / distance.
  case harmonic
}

/// One breadth-first search at a time, given up once its node cannot have a score asked for.
///
/// The nodes at the next distance are no more than the arcs that leave those at this one; what is
/// left is at least one step further. Every arc that leads back lowers the number. (Bergamini et al.
/// 2019, arXiv:1704.01077.)
///
/// - Invariant: targets are less than the node count; `queue` holds a node at most once, since it
///   enters when its mark becomes that of the search.
final class CutSearch {
  let arcs: FoldedArcs.Rows
  let isDirected: Bool
  /// The number of other nodes that a node reaches: exact without directions, else an upper limit.
  let reach: [Int32]
  /// The number of arcs followed by all searches.
  private(set) var followed = 0

  private let nodeCount: Int
  private let measure: DistanceMeasure
  private let offsets: Space<Int32>
  private let targets: Space<Int32>
  private let marks: Space<Int32>
  private let queue: Space<Int32>
  private var mark: Int32 = 0

  init(
    _ arcs: FoldedArcs.Rows, isDirected: Bool, reach: [Int32], for measure: DistanceMeasure
  ) {
    self.arcs = arcs
    self.isDirected = isDirected
    self.reach = reach
    self.measure = measure
    nodeCount = reach.count
    offsets = Space(arcs.offsets)
    targets = Space(arcs.targets)
    marks = Space(repeating: 0, count: reach.count)
    queue = Space(repeating: 0, count: reach.count)
  }

  /// The score of `node`; nil when it is certainly below `least`.
  func score(_ node: Int, orBelow least: Double) -> Double? {
    // These spaces outlive the call; see the invariant for the indices.
    let (offsets, targets) = unsafe (offsets.base, targets.base)
    let (marks, queue) = unsafe (marks.base, queue.base)
    mark += 1
    let mark = mark
    unsafe marks[node] = mark
    unsafe queue[0] = Int32(truncatingIfNeeded: node)
    var sums = ReciprocalSum()
    var part = Part(reach: Int(reach[node]), nodeCount: nodeCount, measure)
    var (front, end) = (0, 1)
    // One arc of each node but the first leads back where arcs have no direction.
    let back = isDirected ? 0 : 1
    var next = unsafe Int(offsets[node + 1] - offsets[node])
    while front < end {
      let level = part.level + 1
      if part.best(next: next) < least { return nil }
      let limit = isDirected ? Int.min : part.limit(next: next, least)
      let last = end
      var arcs = 0
      for i in front..<last {
        let u = unsafe Int(queue[i])
        let (first, stop) = unsafe (Int(offsets[u]), Int(offsets[u + 1]))
        let before = end
        for position in first..<stop {
          let w = unsafe Int(targets[position])
          if unsafe marks[w] == mark { continue }
          unsafe marks[w] = mark
          unsafe queue[end] = Int32(truncatingIfNeeded: w)
          end += 1
          arcs += unsafe Int(offsets[w + 1] - offsets[w]) - back
        }
        followed += stop - first
        next -= stop - first - (level == 1 ? 0 : back) - (end - before)
        if next < limit { return nil }
      }
      front = last
      guard end > last else { break }
      part.add(end - last)
      sums.add(end - last, over: level)
      next = arcs
    }
    switch measure {
    case .closeness: return part.closeness
    case .harmonic: return sums.value
    }
  }
}

/// What a search has found of the nodes around one, and what it may find yet.
private struct Part {
  private(set) var level = 0
  private let reach: Double
  private let others: Double
  private let measure: DistanceMeasure
  private var reached = 0.0
  private var distance = 0.0
  private var harmonic = 0.0

  init(reach: Int, nodeCount: Int, _ measure: DistanceMeasure) {
    self.reach = Double(reach)
    others = Double(nodeCount - 1)
    self.measure = measure
  }

  mutating func add(_ count: Int) {
    level += 1
    reached += Double(count)
    distance += Double(count) * Double(level)
    harmonic += Double(count) / Double(level)
  }

  var closeness: Double { closeness(reached, distance) }

  private func closeness(_ k: Double, _ sum: Double) -> Double {
    k > 0 ? (k / others) * (k / sum) : 0
  }

  /// No score is higher when at most `next` nodes are at the next distance.
  func best(next: Int) -> Double {
    let left = reach - reached
    let next = min(Double(max(0, next)), left)
    let (near, far) = (Double(level + 1), Double(level + 2))
    switch measure {
    case .harmonic: return harmonic + next / near + (left - next) / far
    case .closeness:
      // Between these the score as a function of how many are reached has no maximum: it is the
      // square of their number by a sum that grows evenly.
      return max(
        closeness(reached, distance), closeness(reached + next, distance + next * near),
        closeness(reach, distance + next * near + (left - next) * far))
    }
  }

  /// A number of nodes at the next distance below which the score is below `least`, all of `reach`
  /// being reached in the end.
  func limit(next: Int, _ least: Double) -> Int {
    let left = reach - reached
    let (near, far) = (Double(level + 1), Double(level + 2))
    let needed: Double =
      switch measure {
      case .harmonic: (least - harmonic - left / far) * near * far
      case .closeness:
        least > 0 ? distance + left * far - reach * reach / (others * least) : 0
      }
    // Half a node below the least number: rounding does not reach so far.
    return needed > 0 ? Int((min(needed, 1e15) - 0.5).rounded(.down)) : Int.min
  }
}
