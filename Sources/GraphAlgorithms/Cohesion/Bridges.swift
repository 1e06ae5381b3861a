// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The ties without which a part of the network falls apart.
///
/// A bridge is the only way between its two sides: whatever passes between them passes along it. The
/// result says how many nodes stand on each side. A bridge to a single leaf is common; one with
/// many nodes on both sides is where two groups meet.
///
/// Directions and self-loops are ignored. By default every edge stands alone, so that a pair joined
/// by two edges (parallel ones, or one in each direction) is no bridge: one may be lost. With
/// `mergesEdges` all edges of a pair are one tie, and the tie is a bridge when nothing else joins
/// its two sides.
///
/// ```swift
/// // On a triangle 0, 1, 2 with a tail 2 – 3:
/// try Bridges()(graph).map(\.cutOff)  // 1
/// ```
///
/// Weights are ignored. The bridges come in edge order.
///
/// - Complexity: O(n + m) time and memory.
/// - SeeAlso: Tarjan 1974, doi:10.1016/0020-0190(74)90003-9.
public struct Bridges: Analysis {
  public static let name = "bridges"
  public static let reference = Citation(
    authors: "Tarjan, R. E.", year: 1974, title: "A note on finding the bridges of a graph",
    venue: "Information Processing Letters 2(6)", doi: "10.1016/0020-0190(74)90003-9")

  /// Whether all edges that join a pair of nodes count as one tie.
  public var mergesEdges = false

  public init() {}

  /// Creates an analysis; `mergesEdges` makes one tie of all edges that join a pair.
  public init(mergesEdges: Bool) { self.mergesEdges = mergesEdges }

  public func memory(for graph: Graph, threads: Int) -> Int {
    LowLink.memory(for: graph) + 104 * graph.nodeCount
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> [Bridge] {
    try run.checkpoint(0, of: 1)
    return bridges(of: graph, try LowLink(Neighbours(graph), run), mergesEdges: mergesEdges)
  }
}

/// A tie that alone joins its two sides.
public struct Bridge: Hashable, Sendable {
  /// The edges of the tie: one, or several where edges were merged.
  public let edges: [Edge]
  /// The node that the first edge starts at; in an undirected graph the lower end.
  public let source: Node
  /// The node at the other end.
  public let target: Node
  /// The number of nodes on the side of `source`, itself included.
  public let sourceSide: Int
  /// The number of nodes on the side of `target`, itself included.
  public let targetSide: Int

  /// The number of nodes on the smaller side.
  public var cutOff: Int { min(sourceSide, targetSide) }
}

/// The bridges that a depth-first search of `graph` found, in edge order.
func bridges(of graph: Graph, _ search: LowLink, mergesEdges: Bool) -> [Bridge] {
  let n = graph.nodeCount
  // A bridge is known by its lower end in the search tree.
  var number = [Int32](repeating: -1, count: n)
  var found: [Bridge] = []
  graph.forEachEdge { edge, source, target in
    let s = Int(source.index)
    let t = Int(target.index)
    let child: Int
    if search.parent[s] == target.index, s != t {
      child = s
    } else if search.parent[t] == source.index, s != t {
      child = t
    } else {
      return
    }
    guard search.isBridgeToParent(child) else { return }
    let below = Int(search.subtreeSize[child])
    let above = Int(search.componentSize[child]) - below
    if number[child] < 0 {
      number[child] = Int32(found.count)
      found.append(
        Bridge(
          edges: [edge], source: source, target: target,
          sourceSide: child == s ? below : above, targetSide: child == s ? above : below))
    } else {
      let known = found[Int(number[child])]
      found[Int(number[child])] = Bridge(
        edges: known.edges + [edge], source: known.source, target: known.target,
        sourceSide: known.sourceSide, targetSide: known.targetSide)
    }
  }
  return mergesEdges ? found : found.filter { $0.edges.count == 1 }
}
