// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Exact diameters from the fringes of a search.
///
/// The method is iFUB (Crescenzi et al. 2013, doi:10.1016/j.tcs.2012.09.018).
///
/// Two sweeps, each from a node and from the node farthest from it, give a long path, and the middle
/// of each a node *u* of low eccentricity. Nodes at distance i of *u* or nearer are at most 2 i apart;
/// so the nodes farthest from *u* are searched from first, until the best distance found is no less.
/// A node whose upper bound (see `EccentricityBounds`) is no better is left out.
///
/// The answer does not depend on the threads: which nodes are searched from is decided between
/// groups of searches of a fixed size.
final class Fringes {
  /// From as many nodes of a fringe it pays to search at once.
  private static let fewest = 24
  private static let groupSize = 4 * WideDepths.lanes

  private let neighbours: Neighbours
  private let run: Run
  private let bounds: EccentricityBounds
  private var wide: WideDepthsOfTeam?

  init(_ neighbours: Neighbours, _ run: Run) {
    self.neighbours = neighbours
    self.run = run
    bounds = EccentricityBounds(neighbours, run)
  }

  /// The bytes that the search of a graph of `n` nodes takes.
  static func memory(nodeCount n: Int, threads: Int) -> Int {
    EccentricityBounds.memory(nodeCount: n, threads: threads)
  }

  /// The diameter of the component whose nodes are `members`, at least one.
  func diameter(
    _ members: ArraySlice<Int32>, _ team: Team
  ) throws(AnalysisError) -> ComponentDiameter {
    try run.checkpoint(members.startIndex, of: neighbours.nodeCount)
    let (fringes, sweeps) = try start(members, team)
    var best = sweeps.depth
    var end = sweeps.end
    for distance in stride(from: fringes.count - 1, to: 0, by: -1) {
      if best >= 2 * distance { break }
      var waiting = fringes[distance][...]
      while true {
        waiting = waiting.filter { bounds.high[Int($0)] > best }[...]
        if waiting.isEmpty { break }
        let isFew = waiting.count < Self.fewest
        let group = Array(waiting.prefix(isFew ? 2 : Self.groupSize))
        waiting = waiting.dropFirst(group.count)
        let depths =
          isFew ? try few(group, team) : try many(group, team)
        for (source, depth) in zip(group, depths) where Int(depth) > best {
          best = Int(depth)
          end = source
        }
      }
    }
    return pair(best, end, members.count, team)
  }

  private typealias Sweep = (depth: Int, end: Int32)

  // The nodes at each distance of a node in the middle, and the longest distance of the sweeps.
  private func start(
    _ members: ArraySlice<Int32>, _ team: Team
  ) throws(AnalysisError) -> (fringes: [[Int32]], longest: Sweep) {
    var hub = members[members.startIndex]
    for u in members where neighbours.degree(of: Int(u)) > neighbours.degree(of: Int(hub)) {
      hub = u
    }
    var longest: Sweep = (0, hub)
    var middle = hub
    var centre: Sweep = (.max, hub)
    for _ in 0..<2 {
      let own = try sweep(from: middle, team)
      if own.depth < centre.depth { centre = (own.depth, middle) }
      let far = try sweep(from: own.end, team)
      if own.depth > longest.depth { longest = (own.depth, middle) }
      if far.depth > longest.depth { longest = (far.depth, own.end) }
      middle = halfWay(to: far.end)
    }
    let own = try sweep(from: middle, team)
    if own.depth >= centre.depth { _ = try sweep(from: centre.end, team) }
    let search = bounds.searches[0]
    var fringes = [[Int32]](repeating: [], count: search.depth + 1)
    // `order` holds the nodes reached, and `level` their distances, at most the depth.
    let (order, level) = unsafe (search.order.base, search.level.base)
    for i in 0..<search.reached {
      let u = unsafe order[i]
      unsafe fringes[Int(level[Int(u)])].append(u)
    }
    return (fringes, longest)
  }

  // Searches from a node; gives how far the farthest is, and that node.
  private func sweep(from source: Int32, _ team: Team) throws(AnalysisError) -> Sweep {
    try run.checkpoint(0, of: neighbours.nodeCount)
    bounds.search(from: [source], team)
    let search = bounds.searches[0]
    // The source was reached, so there is a last node.
    return unsafe (search.depth, search.order.base[search.reached - 1])
  }

  // The node in the middle of a path from the source of the last search to `end`.
  private func halfWay(to end: Int32) -> Int32 {
    let level = unsafe bounds.searches[0].level.base
    var node = end
    let distance = unsafe level[Int(end)]
    for step in 0..<distance / 2 {
      for a in neighbours.range(of: Int(node)) {
        let next = neighbours.targets[a]
        if unsafe level[Int(next)] == distance - step - 1 {
          node = next
          break
        }
      }
    }
    return node
  }

  private func few(_ sources: [Int32], _ team: Team) throws(AnalysisError) -> [Int32] {
    try run.checkpoint(0, of: neighbours.nodeCount)
    bounds.search(from: sources, team)
    return sources.indices.map { Int32(bounds.searches[$0].depth) }
  }

  private func many(_ sources: [Int32], _ team: Team) throws(AnalysisError) -> [Int32] {
    let searches = wide ?? WideDepthsOfTeam(neighbours, members: team.size)
    wide = searches
    return try searches.depths(from: sources, team, run)
  }

  // The diameter with a pair so far apart: `end` and the first of the nodes farthest from it.
  private func pair(
    _ steps: Int, _ end: Int32, _ nodeCount: Int, _ team: Team
  ) -> ComponentDiameter {
    bounds.search(from: [end], team)
    let search = bounds.searches[0]
    var other = end
    var isFound = false
    for i in stride(from: search.reached - 1, through: 0, by: -1) {
      let u = unsafe search.order.base[i]
      guard unsafe Int(search.level.base[Int(u)]) == steps else { break }
      other = isFound ? min(other, u) : u
      isFound = true
    }
    return ComponentDiameter(
      nodeCount: nodeCount, steps: steps, first: Node(Int(min(end, other))),
      second: Node(Int(max(end, other))))
  }
}
