// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How deep inside the dense part of the network a node sits.
///
/// The *k*-core is what remains when everyone with fewer than *k* ties to the others who remain is
/// taken out, again and again; the core number of a node is the largest *k* for which it stays. A
/// hub whose contacts do not know each other has a low core number: this separates the members of a
/// tight group from the merely busy. A high core number shows density, not rank.
///
/// Ties are counted between pairs: parallel edges count once and self-loops not at all. In a
/// directed graph the degree is in + out, so that a pair tied both ways counts two for each;
/// with `ignoresDirection` it counts one.
///
/// ```swift
/// // On a triangle 0, 1, 2 with a tail 2 – 3:
/// try CoreNumber()(graph)  // 2, 2, 2, 1
/// ```
///
/// Range: whole numbers from 0 (an isolate) to n − 1 (to 2(n − 1) with both directions). Weights
/// are ignored.
///
/// - Complexity: O(n + m) time; 28 bytes a node and, where directions or repeated edges are to be
///   ignored, 8 an edge.
/// - SeeAlso: Batagelj and Zaveršnik 2003, arXiv:cs/0310049; Seidman 1983,
///   doi:10.1016/0378-8733(83)90028-X.
public struct CoreNumber: Analysis {
  public static let name = "core"
  public static let reference = Citation(
    authors: "Seidman, S. B.", year: 1983, title: "Network structure and minimum degree",
    venue: "Social Networks 5(3)", doi: "10.1016/0378-8733(83)90028-X")

  /// Whether a pair tied in both directions counts as one tie; an undirected graph has no other.
  public var ignoresDirection = false

  public init() {}

  /// Creates a core number; `ignoresDirection` counts a pair tied both ways once.
  public init(ignoresDirection: Bool) { self.ignoresDirection = ignoresDirection }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    Neighbours.memory(for: graph) + 24 * graph.nodeCount + 65_536
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    let countsDirections = graph.direction == .directed && !ignoresDirection
    let direction =
      graph.direction == .undirected
      ? "undirected" : countsDirections ? "directed: in + out" : "directions ignored"
    return Scores(
      try coreNumbers(graph, countsDirections: countsDirections, run).map { Double($0) },
      convention: Convention(
        direction: direction, weights: "ignored", components: "not affected",
        normalisation: "none: a core number; parallel edges count once, self-loops not at all"))
  }
}

/// The core number of every node, by taking out the nodes of degree *k* for one *k* after another.
///
/// The nodes that remain are passed over once a level, in order; a node stays for as many levels as
/// its core number, so that all passes together are no longer than the arcs.
///
/// - Invariant: `degree` counts the ties to nodes that remain, but is never lowered below the level;
///   a node enters `leaving` once, when its degree becomes the level. Indices come from `Neighbours`.
func coreNumbers(
  _ graph: Graph, countsDirections: Bool, _ run: Run
) throws(AnalysisError) -> [Int32] {
  try run.checkpoint(0, of: 1)
  let neighbours = Neighbours(graph)
  let n = neighbours.nodeCount
  let (offsets, targets) = (neighbours.offsets.span, neighbours.targets.span)
  let degreeSpace = Space<Int32>(repeating: 0, count: n)
  let remainingSpace = Space<Int32>(repeating: 0, count: n)
  let leavingSpace = Space<Int32>(repeating: 0, count: n)
  let (degree, remaining, leaving) = unsafe (
    degreeSpace.base, remainingSpace.base, leavingSpace.base
  )
  for u in 0..<n {
    unsafe degree[u] =
      countsDirections
      ? Int32(graph.outgoing.distinctTargets(of: u) + graph.incoming.distinctTargets(of: u))
      : Int32(neighbours.degree(of: u))
    unsafe remaining[u] = Int32(truncatingIfNeeded: u)
  }
  var remainingCount = n
  var done = 0
  var level: Int32 = 0
  while remainingCount > 0 {
    var leavingCount = 0
    var kept = 0
    var lowest = Int32.max
    for i in 0..<remainingCount {
      let u = unsafe remaining[i]
      let own = unsafe degree[Int(u)]
      // Of a lower degree are those taken out at the level before.
      if own < level { continue }
      if own == level {
        unsafe leaving[leavingCount] = u
        leavingCount += 1
      } else {
        unsafe remaining[kept] = u
        kept += 1
        lowest = min(lowest, own)
      }
    }
    remainingCount = kept
    if leavingCount == 0 {
      level = lowest
      continue
    }
    while leavingCount > 0 {
      if done & 1023 == 0 { try run.checkpoint(done, of: n) }
      done += 1
      leavingCount -= 1
      let u = unsafe Int(leaving[leavingCount])
      for a in unsafe Int(offsets[unchecked: u])..<Int(offsets[unchecked: u + 1]) {
        let v = unsafe Int(targets[unchecked: a])
        let before = unsafe degree[v]
        if before <= level { continue }
        // A pair tied both ways loses two ties at once.
        let lost: Int32 = countsDirections && isTiedBothWays(graph, u, v) ? 2 : 1
        let left = max(level, before - lost)
        unsafe degree[v] = left
        if left == level {
          unsafe leaving[leavingCount] = Int32(truncatingIfNeeded: v)
          leavingCount += 1
        }
      }
    }
    level += 1
  }
  return degreeSpace.take(leaving: 0)
}

private func isTiedBothWays(_ graph: Graph, _ u: Int, _ v: Int) -> Bool {
  contains(graph.outgoing, from: u, Int32(v)) && contains(graph.incoming, from: u, Int32(v))
}

private func contains(_ adjacency: Adjacency, from node: Int, _ target: Int32) -> Bool {
  var low = Int(adjacency.offsets[node])
  let end = Int(adjacency.offsets[node + 1])
  var high = end
  while low < high {
    let middle = (low + high) / 2
    if adjacency.targets[middle] < target { low = middle + 1 } else { high = middle }
  }
  return low < end && adjacency.targets[low] == target
}
