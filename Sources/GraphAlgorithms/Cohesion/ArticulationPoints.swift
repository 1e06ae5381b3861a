// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The cut nodes: those without whom a part of the network falls apart.
///
/// Everything that passes between the parts passes through the cut node; its arrest, silence or
/// failure separates them. For each one the result says into how many parts its component falls and
/// how many nodes lose touch with the largest of them. A cut node of which one leaf hangs is common;
/// one that cuts off many is worth a look. In data with missing ties a cut node may be none.
///
/// Directions, parallel edges and self-loops are ignored: a tie in either direction holds together.
///
/// ```swift
/// // On the chain 0 – 1 – 2 – 3:
/// let cuts = try ArticulationPoints()(chain)
/// cuts.map(\.node.index)  // 1, 2
/// cuts[0].parts           // [2, 1]
/// ```
///
/// Weights are ignored. The cut nodes come in node order.
///
/// - Complexity: O(n + m) time and memory.
/// - SeeAlso: Hopcroft and Tarjan 1973, doi:10.1145/362248.362272.
public struct ArticulationPoints: Analysis {
  public static let name = "articulation-points"
  public static let reference = Citation(
    authors: "Hopcroft, J.; Tarjan, R.", year: 1973,
    title: "Algorithm 447: efficient algorithms for graph manipulation",
    venue: "Communications of the ACM 16(6)", doi: "10.1145/362248.362272")

  public init() {}

  public func memory(for graph: Graph, threads: Int) -> Int {
    LowLink.memory(for: graph) + 32 * graph.nodeCount
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> [CutNode] {
    try run.checkpoint(0, of: 1)
    return cutNodes(try LowLink(Neighbours(graph), run))
  }
}

/// A node whose removal leaves its component in several parts.
public struct CutNode: Hashable, Sendable {
  /// The node.
  public let node: Node
  /// The sizes of the parts that its component falls into, from the largest; at least two.
  public let parts: [Int]

  /// The number of nodes that lose touch with the largest part: the sum of the other parts.
  public var cutOff: Int { parts.dropFirst().reduce(0, +) }
}

/// The cut nodes that a depth-first search found, in node order.
func cutNodes(_ search: LowLink) -> [CutNode] {
  let n = search.parent.count
  // The children that a node cuts off, as linked lists: no allocation for the many other nodes.
  var firstChild = [Int32](repeating: -1, count: n)
  var sibling = firstChild
  for v in 0..<n where search.isCutOffByParent(v) {
    let p = Int(search.parent[v])
    sibling[v] = firstChild[p]
    firstChild[p] = Int32(v)
  }
  var cuts: [CutNode] = []
  for u in 0..<n where firstChild[u] >= 0 {
    var parts: [Int] = []
    var rest = Int(search.componentSize[u]) - 1
    var child = firstChild[u]
    while child >= 0 {
      let size = Int(search.subtreeSize[Int(child)])
      parts.append(size)
      rest -= size
      child = sibling[Int(child)]
    }
    if rest > 0 { parts.append(rest) }
    if parts.count > 1 { cuts.append(CutNode(node: Node(u), parts: parts.sorted(by: >))) }
  }
  return cuts
}
