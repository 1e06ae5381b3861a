// SPDX-License-Identifier: Apache-2.0

internal import GraphCore
internal import Synchronization

/// The weak component of each node, called by its lowest node, after Afforest (Sutton, Ben-Nun and
/// Barak 2018, doi:10.1109/IPDPS.2018.00012).
///
/// A forest of pointers to lower nodes grows by joining the trees of two tied nodes at their roots.
/// The first two arcs of every node join most of the largest component; the other arcs of its nodes
/// need no look, because an arc that leaves the component is met from its other end.
///
/// Which trees are joined first depends on the threads; the lowest node of a component does not.
///
/// - Invariant: a pointer leads to the node itself or a lower one, and changes to a lower one only,
///   by a compare-and-exchange at a root; so every chain ends, and two threads may join at a time.
///   Indices come from the columns of the graph and are less than the node count.
func weakLabels(_ graph: Graph, _ run: Run) throws(AnalysisError) -> [Int32] {
  let n = graph.nodeCount
  try run.checkpoint(0, of: max(1, n))
  let (outgoing, incoming) = (graph.outgoing, graph.incoming)
  let isDirected = graph.direction == .directed
  let forest = Forest(nodeCount: n)
  let chunkSize = 4096
  let chunks = (n + chunkSize - 1) / chunkSize
  let nodes: @Sendable (Int) -> Range<Int> = { $0 * chunkSize..<min(n, ($0 + 1) * chunkSize) }
  return try run.withTeam(isSmall: n < 1000) { team throws(AnalysisError) in
    for round in 0..<2 {
      try run.forEachChunk(chunks, on: team) { chunk, _ in
        let (offsets, targets) = (outgoing.offsets.span, outgoing.targets.span)
        for u in nodes(chunk) {
          let a = unsafe Int(offsets[unchecked: u]) + round
          guard unsafe a < Int(offsets[unchecked: u + 1]) else { continue }
          forest.join(Int32(truncatingIfNeeded: u), unsafe targets[unchecked: a])
        }
      }
      try run.forEachChunk(chunks, on: team) { chunk, _ in
        for u in nodes(chunk) { forest.shorten(u) }
      }
    }
    let largest = forest.commonRoot()
    try run.forEachChunk(chunks, on: team) { chunk, _ in
      let (offsets, targets) = (outgoing.offsets.span, outgoing.targets.span)
      let (inOffsets, inTargets) = (incoming.offsets.span, incoming.targets.span)
      for u in nodes(chunk) where forest.pointer(u) != largest {
        let own = Int32(truncatingIfNeeded: u)
        var a = unsafe Int(offsets[unchecked: u]) + 2
        let end = unsafe Int(offsets[unchecked: u + 1])
        while a < end {
          forest.join(own, unsafe targets[unchecked: a])
          a += 1
        }
        guard isDirected else { continue }
        for b in unsafe Int(inOffsets[unchecked: u])..<Int(inOffsets[unchecked: u + 1]) {
          forest.join(own, unsafe inTargets[unchecked: b])
        }
      }
    }
    try run.forEachChunk(chunks, on: team) { chunk, _ in
      for u in nodes(chunk) { forest.shorten(u) }
    }
    return forest.labels()
  }
}

@safe private final class Forest: @unchecked Sendable {
  private let count: Int
  private let parent: UnsafeMutablePointer<Atomic<Int32>>

  init(nodeCount: Int) {
    count = nodeCount
    unsafe parent = .allocate(capacity: max(1, nodeCount))
    for u in 0..<nodeCount { unsafe (parent + u).initialize(to: Atomic(Int32(u))) }
  }

  deinit {
    unsafe parent.deinitialize(count: count)
    unsafe parent.deallocate()
  }

  @inline(__always) func pointer(_ u: Int) -> Int32 {
    unsafe parent[u].load(ordering: .relaxed)
  }

  @inline(__always) func join(_ u: Int32, _ v: Int32) {
    var a = pointer(Int(u))
    var b = pointer(Int(v))
    while a != b {
      let (low, high) = a < b ? (a, b) : (b, a)
      let above = pointer(Int(high))
      if above == low { return }
      if above == high,
        unsafe parent[Int(high)].compareExchange(
          expected: high, desired: low, ordering: .relaxed
        ).exchanged
      {
        return
      }
      a = pointer(Int(pointer(Int(high))))
      b = pointer(Int(low))
    }
  }

  /// Lets a node point to its root.
  @inline(__always) func shorten(_ u: Int) {
    var root = pointer(u)
    while true {
      let above = pointer(Int(root))
      if above == root { break }
      root = above
    }
    if root != pointer(u) { unsafe parent[u].store(root, ordering: .relaxed) }
  }

  /// The root met most often among a thousand nodes at equal steps.
  ///
  /// It is very likely that of the largest tree. Another one costs time, not the answer.
  func commonRoot() -> Int32 {
    var met: [Int32: Int] = [:]
    for u in stride(from: 0, to: count, by: max(1, count / 1024)) {
      met[pointer(u), default: 0] += 1
    }
    return met.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? -1
  }

  func labels() -> [Int32] { (0..<count).map { pointer($0) } }
}
