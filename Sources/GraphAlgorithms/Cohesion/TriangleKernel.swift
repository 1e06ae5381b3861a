// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The number of triangles that each node is part of.
///
/// Nodes are ranked from the highest degree, and every tie points to its end of higher rank, so that
/// no node has more than √(2m) ties to look along; each triangle is met once, at its lowest corner.
/// One node's ties are marked, and those of the nodes they point to are looked up among the marks.
///
/// Whether a look-up hits is hard to foresee, so that nothing branches on it: a mark is 0 or 1 and is
/// added. The nodes looked up are those of high rank, whose marks and counts stand together.
///
/// - Invariant: `starts` are n + 1 ascending positions in `ends`; `ends` are ranks below n. A mark is
///   0 outside the turn of a node. A member of the team writes to its own marks and counts only.
func trianglesOfNodes(_ neighbours: Neighbours, _ run: Run) throws(AnalysisError) -> [Int] {
  let n = neighbours.nodeCount
  try run.checkpoint(0, of: max(1, n))
  let ties = RankedTies(neighbours)
  return try run.withTeam(isSmall: n < 1000) { team throws(AnalysisError) in
    let scratch = (0..<team.size).map { _ in
      (marks: Space<UInt8>(repeating: 0, count: n), counts: Space<Int>(repeating: 0, count: n))
    }
    let chunkSize = 256
    try run.forEachChunk((n + chunkSize - 1) / chunkSize, on: team) { chunk, member in
      let (starts, ends) = unsafe (ties.starts.base, ties.ends.base)
      let (marks, counts) = unsafe (scratch[member].marks.base, scratch[member].counts.base)
      for u in chunk * chunkSize..<min(n, (chunk + 1) * chunkSize) {
        let first = unsafe Int(starts[u])
        let end = unsafe Int(starts[u + 1])
        guard end - first > 1 else { continue }
        for a in first..<end { unsafe marks[Int(ends[a])] = 1 }
        var mine = 0
        for a in first..<end {
          let v = unsafe Int(ends[a])
          var found = 0
          var b = unsafe Int(starts[v])
          let last = unsafe Int(starts[v + 1])
          while b < last {
            let w = unsafe Int(ends[b])
            let hit = unsafe Int(marks[w])
            unsafe counts[w] &+= hit
            found &+= hit
            b += 1
          }
          unsafe counts[v] &+= found
          mine &+= found
        }
        unsafe counts[u] &+= mine
        for a in first..<end { unsafe marks[Int(ends[a])] = 0 }
      }
    }
    var total = [Int](repeating: 0, count: n)
    for (_, counts) in scratch {
      let counts = unsafe counts.base
      for u in 0..<n {
        let rank = unsafe Int(ties.rank.base[u])
        total[u] += unsafe counts[rank]
      }
    }
    return total
  }
}

/// Every tie once, from its end of lower rank to the rank of the other end.
struct RankedTies: Sendable {
  /// The rank of each node: 0 has the highest degree, and of equal degree the first node leads.
  let rank: Space<Int32>
  /// Where the ties of each rank start in `ends`; the last is their number.
  let starts: Space<Int32>
  let ends: Space<Int32>
  /// Where each tie stands among the neighbours of its end of lower rank; empty when not asked for.
  let places: Space<Int32>
  /// The node of each rank.
  let order: Space<Int32>

  init(_ neighbours: Neighbours, keepsPlaces: Bool = false) {
    let n = neighbours.nodeCount
    let (offsets, targets) = (neighbours.offsets.span, neighbours.targets.span)
    rank = Space(repeating: 0, count: n)
    starts = Space(repeating: 0, count: n + 1)
    ends = Space(repeating: 0, count: neighbours.pairCount)
    places = Space(repeating: 0, count: keepsPlaces ? neighbours.pairCount : 0)
    var largest = 0
    for u in 0..<n { largest = max(largest, neighbours.degree(of: u)) }
    var next = [Int32](repeating: 0, count: largest + 1)
    for u in 0..<n { next[neighbours.degree(of: u)] += 1 }
    var before: Int32 = 0
    for degree in stride(from: largest, through: 0, by: -1) {
      let count = next[degree]
      next[degree] = before
      before += count
    }
    order = Space(repeating: 0, count: n)
    for u in 0..<n {
      let degree = neighbours.degree(of: u)
      unsafe rank.base[u] = next[degree]
      unsafe order.base[Int(next[degree])] = Int32(u)
      next[degree] += 1
    }
    // A tie stands in `ends` once, because ranks differ; so the positions stay below the pair count.
    let (rank, starts, ends) = unsafe (self.rank.base, self.starts.base, self.ends.base)
    let places = unsafe self.places.base
    var count = 0
    for r in 0..<n {
      let u = unsafe Int(order.base[r])
      let own = Int32(truncatingIfNeeded: r)
      for a in unsafe Int(offsets[unchecked: u])..<Int(offsets[unchecked: u + 1]) {
        let other = unsafe rank[Int(targets[unchecked: a])]
        if other < own {
          unsafe ends[count] = other
          if keepsPlaces { unsafe places[count] = Int32(truncatingIfNeeded: a) }
          count += 1
        }
      }
      unsafe starts[r + 1] = Int32(truncatingIfNeeded: count)
    }
  }
}

/// An upper bound of the bytes that counting triangles takes beside the graph.
func triangleMemory(_ graph: Graph, threads: Int) -> Int {
  let n = graph.nodeCount
  let members = n < 1000 ? 1 : max(1, threads)
  return Neighbours.memory(for: graph) + 4 * graph.edgeCount + n * (28 + 9 * members) + 65_536
}
