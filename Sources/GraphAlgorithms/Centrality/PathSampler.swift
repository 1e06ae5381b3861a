// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Draws pairs of nodes and for each pair one of its shortest paths, all equally likely, and counts
/// how often a node is inside one.
///
/// Searches from both ends go on by whole levels, on the side whose next level costs less, until
/// they meet. All nodes where they meet are then as far from either end, and every shortest path
/// passes through exactly one of them. What is drawn depends on the seed and the number of the item
/// alone, and sums are whole numbers.
final class PathSampler: SummingWorker {
  private var forward: Side
  private var backward: Side
  private let key: UInt64
  private let size: Int
  private let count: Int
  private let analysis: String
  private var sums: [Double]

  /// Makes space for `count` paths in items of `size`, in a network of at least two nodes.
  init(
    _ forward: PathArcs, _ backward: PathArcs, seed: UInt64, size: Int, count: Int,
    for analysis: String
  ) {
    self.forward = Side(forward)
    self.backward = Side(backward)
    self.size = size
    self.count = count
    self.analysis = analysis
    sums = Array(repeating: 0, count: forward.nodeCount)
    var generator = SeededGenerator(seed: seed)
    key = generator.next()
  }

  func takeSums() -> [Double] {
    let taken = sums
    for i in sums.indices { sums[i] = 0 }
    return taken
  }

  func add(_ item: Int) throws(AnalysisError) {
    let n = sums.count
    var generator = SeededGenerator(seed: key ^ (UInt64(item) &* 0xD6E8_FEB8_6659_FD93))
    for _ in item * size..<min(count, (item + 1) * size) {
      let source = generator.below(n)
      let other = generator.below(n - 1)
      let isCounted = sample(source, other < source ? other : other + 1, &generator)
      forward.clear()
      backward.clear()
      if !isCounted { throw tooManyPaths(analysis) }
    }
  }

  // Gives false when there are too many paths.
  private func sample(
    _ source: Int, _ target: Int, _ generator: inout SeededGenerator
  ) -> Bool {
    forward.start(at: source)
    backward.start(at: target)
    while true {
      let isForward = forward.cost <= backward.cost
      let total = isForward ? forward.advance(to: backward) : backward.advance(to: forward)
      guard total.isFinite else { return false }
      if total > 0 {
        let middle =
          isForward
          ? forward.meeting(backward, generator.unit() * total)
          : backward.meeting(forward, generator.unit() * total)
        if middle != source, middle != target { sums[middle] += 1 }
        walk(from: middle, up: forward, by: backward.arcs, &generator)
        walk(from: middle, up: backward, by: forward.arcs, &generator)
        return true
      }
      if isForward ? forward.isExhausted : backward.isExhausted { return true }
    }
  }

  // Goes back to where a search started, along one of the shortest paths, and counts what is on it.
  private func walk(
    from middle: Int, up side: borrowing Side, by arcs: PathArcs,
    _ generator: inout SeededGenerator
  ) {
    var v = middle
    while side.level[v] > 1 {
      let above = side.level[v] - 1
      var rest = generator.unit() * side.paths[v]
      var next = v
      for a in Int(arcs.offsets[v])..<Int(arcs.offsets[v + 1]) {
        let u = Int(arcs.targets[a])
        guard side.level[u] == above else { continue }
        next = u
        rest -= side.paths[u]
        if rest < 0 { break }
      }
      v = next
      sums[v] += 1
    }
  }
}

/// A search from one end of a pair.
///
/// - Invariant: `order` are the nodes seen, by level, from `front` on those of level `depth`; the
///   level of others is −1.
private struct Side: ~Copyable {
  let arcs: PathArcs
  private(set) var level: [Int32]
  private(set) var paths: [Double]
  /// The number of arcs that the next level is found by.
  private(set) var cost = 0

  private var order: [Int32] = []
  private var front = 0
  private var depth: Int32 = 0

  init(_ arcs: PathArcs) {
    self.arcs = arcs
    level = Array(repeating: -1, count: arcs.nodeCount)
    paths = Array(repeating: 0, count: arcs.nodeCount)
  }

  /// Whether there is nothing left to search from.
  var isExhausted: Bool { front == order.count }

  mutating func start(at node: Int) {
    order.append(Int32(node))
    level[node] = 0
    paths[node] = 1
    (front, depth) = (0, 0)
    cost = arcs.count(of: node)
  }

  mutating func clear() {
    for node in order { level[Int(node)] = -1 }
    order.removeAll(keepingCapacity: true)
  }

  /// Finds the next level, and gives the number of paths that now lead to the other side.
  mutating func advance(to other: borrowing Side) -> Double {
    let end = order.count
    depth += 1
    cost = 0
    for i in front..<end {
      let v = Int(order[i])
      for a in Int(arcs.offsets[v])..<Int(arcs.offsets[v + 1]) {
        let w = Int(arcs.targets[a])
        if level[w] < 0 {
          level[w] = depth
          paths[w] = paths[v]
          order.append(Int32(w))
          cost += arcs.count(of: w)
        } else if level[w] == depth {
          paths[w] += paths[v]
        }
      }
    }
    front = end
    var total = 0.0
    for i in front..<order.count where other.level[Int(order[i])] >= 0 {
      total += paths[Int(order[i])] * other.paths[Int(order[i])]
    }
    return total
  }

  /// The node of the last level where `rest` of the paths to the other side are used up.
  func meeting(_ other: borrowing Side, _ rest: Double) -> Int {
    var rest = rest
    var last = Int(order[front])
    for i in front..<order.count where other.level[Int(order[i])] >= 0 {
      last = Int(order[i])
      rest -= paths[last] * other.paths[last]
      if rest < 0 { break }
    }
    return last
  }
}
