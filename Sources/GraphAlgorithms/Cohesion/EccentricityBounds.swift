// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Exact eccentricities from as few breadth-first searches as bounds allow (Takes and Kosters 2013,
/// doi:10.3390/a6010100).
///
/// A search from *u* with eccentricity *e* says of each node *w* at distance *d* that its own lies
/// between max(d, e − d) and e + d. The next searches start where the upper bound is highest and
/// where the lower is lowest. A node is done when its bounds meet, and a leaf when its neighbour is.
final class EccentricityBounds {
  private let neighbours: Neighbours
  private let run: Run
  private let searches: [HopSearch]
  private var low: [Int32]
  private var high: [Int32]
  /// The number of searches made.
  private(set) var searchCount = 0

  init(_ neighbours: Neighbours, _ run: Run) {
    self.neighbours = neighbours
    self.run = run
    searches = [HopSearch(neighbours), HopSearch(neighbours)]
    low = Array(repeating: 0, count: neighbours.nodeCount)
    high = Array(repeating: .max, count: neighbours.nodeCount)
  }

  /// The bytes that the bounds of a graph of `n` nodes take, two searches and candidates included.
  static func memory(nodeCount n: Int) -> Int { 2 * HopSearch.memory(nodeCount: n) + 16 * n }

  /// The eccentricity of every node within its component; 0 at an isolate.
  func all(_ components: Partition) throws(AnalysisError) -> [Int32] {
    let n = neighbours.nodeCount
    try run.checkpoint(0, of: max(1, n))
    return try run.withTeam(isSmall: n < 1000) { team throws(AnalysisError) in
      // The members of one component after another: a counting sort.
      var start = [0]
      for size in components.sizes { start.append(start[start.count - 1] + size) }
      var next = start
      var members = [Int32](repeating: 0, count: n)
      for (u, group) in components.group.values.enumerated() {
        members[next[Int(group)]] = Int32(u)
        next[Int(group)] += 1
      }
      for group in 0..<components.groupCount {
        let own = members[start[group]..<start[group + 1]]
        var waiting = own.count > 2 ? own.filter { neighbours.degree(of: Int($0)) > 1 } : Array(own)
        while !waiting.isEmpty {
          try run.checkpoint(start[group] + own.count - waiting.count, of: n)
          search(from: chooseTwo(waiting), team)
          waiting.removeAll { low[Int($0)] == high[Int($0)] }
        }
        guard own.count > 2 else { continue }
        for leaf in own where neighbours.degree(of: Int(leaf)) == 1 {
          let tied = neighbours.targets[neighbours.range(of: Int(leaf)).lowerBound]
          low[Int(leaf)] = low[Int(tied)] + 1
        }
      }
      return low
    }
  }

  /// The largest distance within the component whose nodes are `members`.
  func diameter(_ members: [Int32]) throws(AnalysisError) -> Int {
    try run.withTeam(isSmall: members.count < 1000) { team throws(AnalysisError) in
      var waiting = members
      var best: Int32 = 0
      while !waiting.isEmpty {
        try run.checkpoint(members.count - waiting.count, of: members.count)
        search(from: chooseTwo(waiting), team)
        for u in waiting { best = max(best, low[Int(u)]) }
        waiting.removeAll { high[Int($0)] <= best }
      }
      return Int(best)
    }
  }

  // The node of the highest upper bound and that of the lowest lower one; of several the one with
  // most neighbours, of these the first.
  private func chooseTwo(_ waiting: [Int32]) -> [Int32] {
    var far = waiting[0]
    for u in waiting.dropFirst() {
      let (a, b) = (high[Int(u)], high[Int(far)])
      if a > b || (a == b && neighbours.degree(of: Int(u)) > neighbours.degree(of: Int(far))) {
        far = u
      }
    }
    var near: Int32 = -1
    for u in waiting where u != far {
      guard near >= 0 else {
        near = u
        continue
      }
      let (a, b) = (low[Int(u)], low[Int(near)])
      if a < b || (a == b && neighbours.degree(of: Int(u)) > neighbours.degree(of: Int(near))) {
        near = u
      }
    }
    return near < 0 ? [far] : [far, near]
  }

  private func search(from sources: [Int32], _ team: Team) {
    let searches = searches
    searchCount += sources.count
    team.forEachChunk(sources.count) { i, _ in
      searches[i].run(from: CollectionOfOne(sources[i]))
    }
    for search in searches.prefix(sources.count) {
      let own = Int32(truncatingIfNeeded: search.depth)
      // `order` holds nodes, and `level` their distances.
      let (order, level) = unsafe (search.order.base, search.level.base)
      for i in 0..<search.reached {
        let w = unsafe Int(order[i])
        let distance = unsafe level[w]
        low[w] = max(low[w], distance, own - distance)
        high[w] = min(high[w], own + distance)
      }
    }
  }
}
