// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// For every node, what its distances to or from the others add up to.
struct DistanceSums {
  /// The number of other nodes that reach the node (or that it reaches).
  let reached: [Double]
  /// The sum of the distances.
  let distance: [Double]
  /// The sum of 1 / distance.
  let reciprocal: [Double]

  /// Measures all distances exactly.
  ///
  /// - Parameters:
  ///   - graph: the graph; its weights become lengths.
  ///   - direction: whether distances are taken to each node or from it.
  ///   - analysis: the name of the analysis for errors.
  ///   - run: how to run.
  /// - Throws: `AnalysisError.weightOutsideDomain` for a weight that is not positive.
  /// - Complexity: O(n m / 64) to O(n m) time without weights, O(n m + n² log n) with; O(n + m)
  ///   memory.
  init(
    _ graph: Graph, _ direction: PathDirection, for analysis: String, _ run: Run
  ) throws(AnalysisError) {
    let n = graph.nodeCount
    let sums: [Double]
    if graph.weighting != nil {
      let arcs = try PathArcs(graph, direction, for: analysis)
      let lengths = arcs.lengths ?? []
      sums = try run.sums(items: n, isSmall: n < 1000, width: 3 * n) {
        NearestFirstSums(arcs, lengths: lengths)
      }
    } else {
      // The searches add to the nodes they find, so they go the other way.
      let arcs = try PathArcs(graph, direction == .incoming ? .outgoing : .incoming, for: analysis)
      sums = try run.sums(
        items: (n + ManySourceSums.lanes - 1) / ManySourceSums.lanes, isSmall: n < 1000,
        width: 3 * n
      ) {
        ManySourceSums(arcs)
      }
    }
    reached = Array(sums[0..<n])
    distance = Array(sums[n..<2 * n])
    reciprocal = Array(sums[2 * n..<3 * n])
  }
}

/// Distance sums over arcs of length 1.
///
/// Sixty-four breadth-first searches go at once, one to a bit (Then et al. 2014,
/// doi:10.14778/2735496.2735507), each adding to the nodes that it finds.
///
/// - Invariant: outside a call `state` and `wave` are zero. `state[2 w]` holds the searches that
///   have seen node *w*, `state[2 w + 1]` those that find it in this step. The lists hold each node
///   once. Indices come from `PathArcs` and are less than the node count.
private final class ManySourceSums: SummingWorker {
  static let lanes = 64

  private let arcs: PathArcs
  private let sums: Space<Double>
  private let state: Space<UInt64>
  private let wave: Space<UInt64>
  private let front: Space<Int32>
  private let found: Space<Int32>
  private let touched: Space<Int32>

  init(_ arcs: PathArcs) {
    let n = arcs.nodeCount
    self.arcs = arcs
    sums = Space(repeating: 0, count: 3 * n)
    state = Space(repeating: 0, count: 2 * n)
    wave = Space(repeating: 0, count: n)
    front = Space(repeating: 0, count: n)
    found = Space(repeating: 0, count: n)
    touched = Space(repeating: 0, count: n)
  }

  func takeSums() -> [Double] { sums.take(leaving: 0) }

  func add(_ batch: Int) {
    let n = arcs.nodeCount
    let (state, wave, touched) = unsafe (state.base, wave.base, touched.base)
    var (front, found) = unsafe (front.base, found.base)
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let sums = unsafe sums.base
    var frontCount = 0
    for source in batch * Self.lanes..<min(n, (batch + 1) * Self.lanes) {
      let bit: UInt64 = 1 << UInt64(source - batch * Self.lanes)
      unsafe state[2 * source] = bit
      unsafe wave[source] = bit
      unsafe front[frontCount] = Int32(truncatingIfNeeded: source)
      unsafe touched[frontCount] = Int32(truncatingIfNeeded: source)
      frontCount += 1
    }
    var touchedCount = frontCount
    var level = 0.0
    while frontCount > 0 {
      level += 1
      var foundCount = 0
      for i in 0..<frontCount {
        let v = unsafe Int(front[i])
        let bits = unsafe wave[v]
        let end = unsafe Int(offsets[unchecked: v + 1])
        var a = unsafe Int(offsets[unchecked: v])
        while a < end {
          let w = unsafe Int(targets[unchecked: a])
          let new = unsafe bits & ~state[2 * w]
          if new != 0 {
            if unsafe state[2 * w + 1] == 0 {
              unsafe found[foundCount] = Int32(truncatingIfNeeded: w)
              foundCount += 1
            }
            unsafe state[2 * w + 1] |= new
          }
          a += 1
        }
      }
      for i in 0..<foundCount {
        let w = unsafe Int(found[i])
        let (seen, new) = unsafe (state[2 * w], state[2 * w + 1])
        if seen == 0 {
          unsafe touched[touchedCount] = Int32(truncatingIfNeeded: w)
          touchedCount += 1
        }
        unsafe state[2 * w] = seen | new
        unsafe state[2 * w + 1] = 0
        unsafe wave[w] = new
        let count = Double(new.nonzeroBitCount)
        unsafe sums[w] += count
        unsafe sums[n + w] += count * level
        unsafe sums[2 * n + w] += count / level
      }
      unsafe swap(&front, &found)
      frontCount = foundCount
    }
    for i in 0..<touchedCount {
      unsafe state[2 * Int(touched[i])] = 0
      unsafe wave[Int(touched[i])] = 0
    }
  }
}

/// Distance sums over arcs with lengths: one search a source, which adds to the source.
private final class NearestFirstSums: SummingWorker {
  private let search: Dijkstra
  private let n: Int
  private let sums: Space<Double>

  init(_ arcs: PathArcs, lengths: [Double]) {
    n = arcs.nodeCount
    search = Dijkstra(arcs, lengths: lengths)
    sums = Space(repeating: 0, count: 3 * n)
  }

  func takeSums() -> [Double] { sums.take(leaving: 0) }

  func add(_ source: Int) {
    search.run(from: Int32(truncatingIfNeeded: source))
    let (order, distance) = unsafe (search.order.base, search.distance.base)
    var (sum, reciprocal) = (0.0, 0.0)
    // The nearest first, so that the sum does not depend on the numbering of the nodes.
    for i in 1..<search.reached {
      let far = unsafe distance[Int(order[i])]
      sum += far
      reciprocal += 1 / far
    }
    let sums = unsafe sums.base
    unsafe sums[source] += Double(search.reached - 1)
    unsafe sums[n + source] += sum
    unsafe sums[2 * n + source] += reciprocal
  }
}
