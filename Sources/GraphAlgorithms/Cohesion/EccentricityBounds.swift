// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Exact eccentricities from as few breadth-first searches as bounds allow (Takes and Kosters 2013,
/// doi:10.3390/a6010100).
///
/// A search from *u* with eccentricity *e* says of each node *w* at distance *d* that its own lies
/// between max(d, e − d) and e + d. The next searches start where the upper bound is highest and
/// where the lower is lowest. A node is done when its bounds meet, and a leaf when its neighbour is.
/// Where searches settle few nodes, those left are searched from 512 at a time.
final class EccentricityBounds {
  /// So many searches at a time take as long as about this many, one after another.
  private static let costOfWideSearch = 12

  let neighbours: Neighbours
  let run: Run
  let searches: [HopSearch]
  private(set) var low: [Int32]
  private(set) var high: [Int32]

  init(_ neighbours: Neighbours, _ run: Run) {
    self.neighbours = neighbours
    self.run = run
    searches = [HopSearch(neighbours), HopSearch(neighbours)]
    low = Array(repeating: 0, count: neighbours.nodeCount)
    high = Array(repeating: .max, count: neighbours.nodeCount)
  }

  /// The bytes that the bounds of a graph of `n` nodes take, searches and candidates included.
  static func memory(nodeCount n: Int, threads: Int) -> Int {
    let members = n < 1000 ? 1 : max(1, min(threads, (n + WideDepths.lanes - 1) / WideDepths.lanes))
    return 2 * HopSearch.memory(nodeCount: n) + 40 * n + members * WideDepths.memory(nodeCount: n)
  }

  /// The eccentricity of every node within its component; 0 at an isolate.
  func all(_ components: Partition) throws(AnalysisError) -> [Int32] {
    let n = neighbours.nodeCount
    try run.checkpoint(0, of: max(1, n))
    return try run.withTeam(isSmall: n < 1000) { team throws(AnalysisError) in
      let members = ComponentMembers(components)
      var left: [Int32] = []
      for group in 0..<components.groupCount {
        let own = members[group]
        var waiting = own.count > 2 ? own.filter { neighbours.degree(of: Int($0)) > 1 } : Array(own)
        var settled = WideDepths.lanes
        while !waiting.isEmpty, settled * Self.costOfWideSearch >= WideDepths.lanes {
          try run.checkpoint(own.startIndex + own.count - waiting.count, of: n)
          // Four pairs of searches at a time have to settle what as long a wide search would.
          let before = waiting.count
          var made = 0
          while !waiting.isEmpty, made < 8 {
            let sources = chooseTwo(waiting)
            search(from: sources, team)
            waiting.removeAll { low[Int($0)] == high[Int($0)] }
            made += sources.count
          }
          settled = (before - waiting.count) / max(1, made)
        }
        // Nodes near each other are searched from together: their searches meet the same nodes.
        if waiting.count > 1 {
          searches[0].run(from: CollectionOfOne(waiting[0]))
          let (order, reached) = unsafe (searches[0].order.base, searches[0].reached)
          for i in 0..<reached {
            let u = unsafe order[i]
            if low[Int(u)] < high[Int(u)], neighbours.degree(of: Int(u)) > 1 { left.append(u) }
          }
        } else {
          left += waiting
        }
      }
      let wide = WideDepthsOfTeam(neighbours, members: team.size)
      for (u, depth) in zip(left, try wide.depths(from: left, team, run)) { low[Int(u)] = depth }
      for group in 0..<components.groupCount where components.sizes[group] > 2 {
        for leaf in members[group] where neighbours.degree(of: Int(leaf)) == 1 {
          let tied = neighbours.targets[neighbours.range(of: Int(leaf)).lowerBound]
          low[Int(leaf)] = low[Int(tied)] + 1
        }
      }
      return low
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

  /// Searches from one or two nodes and narrows the bounds of those reached.
  func search(from sources: [Int32], _ team: Team) {
    let searches = searches
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

/// The nodes of each component, in node order.
struct ComponentMembers {
  private var starts = [0]
  private var nodes: [Int32]

  // A counting sort.
  init(_ components: Partition) {
    for size in components.sizes { starts.append(starts[starts.count - 1] + size) }
    var next = starts
    nodes = [Int32](repeating: 0, count: components.group.count)
    for (u, group) in components.group.values.enumerated() {
      nodes[next[Int(group)]] = Int32(u)
      next[Int(group)] += 1
    }
  }

  subscript(component: Int) -> ArraySlice<Int32> {
    nodes[starts[component]..<starts[component + 1]]
  }
}
