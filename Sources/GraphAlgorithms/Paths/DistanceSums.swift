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
  /// - Complexity: O(n m / 512) to O(n m) time without weights, O(n m + n² log n) with; O(n + m)
  ///   memory.
  init(
    _ graph: Graph, _ direction: PathDirection, for analysis: String, _ run: Run
  ) throws(AnalysisError) {
    let n = graph.nodeCount
    guard graph.weighting != nil else {
      self = try WideSearch.sums(FoldedArcs(graph, direction), run)
      return
    }
    let arcs = try PathArcs(graph, direction, for: analysis)
    let fold = LengthFold(arcs, isDirected: graph.direction == .directed)
    let sums = try run.sums(items: fold.core.nodeCount, isSmall: n < 1000, width: 3 * n) {
      NearestFirstSums(fold)
    }
    reached = Array(sums[0..<n])
    distance = Array(sums[n..<2 * n])
    reciprocal = Array(sums[2 * n..<3 * n])
  }

  init(reached: [Double], distance: [Double], reciprocal: [Double]) {
    self.reached = reached
    self.distance = distance
    self.reciprocal = reciprocal
  }

  /// An upper estimate, in bytes, of what measuring takes beyond the graph and the answer.
  static func memory(for graph: Graph, threads: Int) -> Int {
    let (n, arcs) = (graph.nodeCount, graph.outgoing.targets.count)
    // What stacks and allocations of any size take, as measured on small graphs.
    let least = 2 << 20
    guard graph.weighting != nil else { return least + WideSearch.memory(nodes: n, arcs, threads) }
    let chunks = min(n < 1000 ? 1 : 64, 5 * max(1, threads))
    // Arcs twice over with their lengths; a search and its sums; sums that wait for their turn.
    return least + 40 * arcs + 8 * n + max(1, threads) * 96 * n + 40 * n + 24 * arcs + chunks * 24
      * n + 24
      * n
  }
}

/// Distance sums over arcs with lengths: one search a node that is not a leaf, which adds to the
/// node and its leaves.
private final class NearestFirstSums: SummingWorker {
  private let search: Dijkstra
  private let fold: LengthFold
  private let n: Int
  private let sums: Space<Double>

  init(_ fold: LengthFold) {
    self.fold = fold
    n = fold.nodeCount
    search = Dijkstra(fold.core, lengths: fold.core.lengths ?? [])
    sums = Space(repeating: 0, count: 3 * n)
  }

  func takeSums() -> [Double] { sums.take(leaving: 0) }

  func add(_ source: Int) {
    search.run(from: Int32(truncatingIfNeeded: source))
    sum(from: Int(fold.nodes[source]), 0)
    for leaf in fold.leaves(of: source) {
      sum(from: Int(fold.leaves[leaf]), fold.lengths[leaf])
    }
  }

  // Adds to the source of the search (`start` 0) or a leaf that hangs on it by the length `start`.
  private func sum(from node: Int, _ start: Double) {
    let (order, distance) = unsafe (search.order.base, search.distance.base)
    var (reached, sum, reciprocal) = (0, 0.0, 0.0)
    // The nearest first, each with its leaves, so that the sum hardly depends on the numbering of
    // the nodes.
    for i in 0..<search.reached {
      let place = unsafe Int(order[i])
      let near = unsafe start + distance[place]
      if near > 0 {
        reached += 1
        sum += near
        reciprocal += 1 / near
      }
      for leaf in fold.leaves(of: place) where fold.leaves[leaf] != Int32(node) {
        let far = near + fold.lengths[leaf]
        reached += 1
        sum += far
        reciprocal += 1 / far
      }
    }
    let sums = unsafe sums.base
    unsafe sums[node] = Double(reached)
    unsafe sums[n + node] = sum
    unsafe sums[2 * n + node] = reciprocal
  }
}
