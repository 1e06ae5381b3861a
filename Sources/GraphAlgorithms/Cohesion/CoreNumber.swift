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
/// - Complexity: O(n + m) time and memory.
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

/// The core number of every node, by the bucket queue of Batagelj and Zaveršnik.
func coreNumbers(
  _ graph: Graph, countsDirections: Bool, _ run: Run
) throws(AnalysisError) -> [Int32] {
  try run.checkpoint(0, of: 1)
  let neighbours = Neighbours(graph)
  let n = neighbours.nodeCount
  var degree = (0..<n).map { u -> Int32 in
    countsDirections
      ? Int32(graph.outgoing.distinctTargets(of: u) + graph.incoming.distinctTargets(of: u))
      : Int32(neighbours.degree(of: u))
  }
  // `order` holds the nodes sorted by remaining degree; `bucket[d]` is where degree d begins.
  let largest = Int(degree.max() ?? 0)
  var bucket = [Int32](repeating: 0, count: largest + 2)
  for d in degree { bucket[Int(d) + 1] += 1 }
  for d in 0...largest { bucket[d + 1] += bucket[d] }
  var next = bucket
  var order = [Int32](repeating: 0, count: n)
  var place = order
  for u in 0..<n {
    let position = next[Int(degree[u])]
    next[Int(degree[u])] += 1
    order[Int(position)] = Int32(u)
    place[u] = position
  }
  func lower(_ v: Int) {
    // Swap v with the first node of its bucket, then move the border of the bucket over it.
    let d = Int(degree[v])
    let front = bucket[d]
    let other = order[Int(front)]
    if Int(other) != v {
      let position = place[v]
      order[Int(position)] = other
      place[Int(other)] = position
      order[Int(front)] = Int32(v)
      place[v] = front
    }
    bucket[d] += 1
    degree[v] -= 1
  }
  for i in 0..<n {
    if i & 1023 == 0 { try run.checkpoint(i, of: n) }
    let u = Int(order[i])
    let core = degree[u]
    for a in neighbours.range(of: u) {
      let v = Int(neighbours.targets[a])
      guard degree[v] > core else { continue }
      lower(v)
      guard countsDirections, degree[v] > core else { continue }
      // A pair tied both ways loses two ties at once.
      if isTiedBothWays(graph, u, v) { lower(v) }
    }
  }
  return degree
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
