// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The parts of the network between which there is no tie at all, or no way to return.
///
/// Two nodes are in one weak component when a chain of ties joins them, whatever the directions:
/// what is in different weak components has, in the evidence held, nothing to do with each other.
/// Two nodes are in one strong component when each reaches the other along the arcs: money that can
/// come back to where it left, companies that own each other in a circle.
///
/// In an undirected graph the two are the same. Parallel edges and self-loops change nothing. A node
/// that no circle passes through is a strong component by itself.
///
/// ```swift
/// // On the arcs 0 → 1 → 2 → 0, 2 → 3:
/// try ConnectedComponents(.weak)(graph).sizes    // [4]
/// try ConnectedComponents(.strong)(graph).sizes  // [3, 1]
/// ```
///
/// Weights are ignored: an edge of weight 0 joins. Components are numbered from the largest.
///
/// - Complexity: O(n + m) time (weak: as a rule, on several threads) and O(n) memory.
/// - SeeAlso: Tarjan 1972, doi:10.1137/0201010 (strong); Sutton, Ben-Nun and Barak 2018,
///   doi:10.1109/IPDPS.2018.00012 (weak).
public struct ConnectedComponents: Analysis {
  public static let name = "components"
  public static let reference = Citation(
    authors: "Tarjan, R.", year: 1972, title: "Depth-first search and linear graph algorithms",
    venue: "SIAM Journal on Computing 1(2)", doi: "10.1137/0201010")

  /// What joins two nodes.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// A chain of ties, whatever their directions.
    case weak
    /// A way along the arcs in each direction.
    case strong
  }

  /// What joins two nodes.
  public var kind = Kind.weak

  public init() {}

  /// Creates an analysis of the given kind of components.
  public init(_ kind: Kind) { self.kind = kind }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int { 48 * graph.nodeCount + 65_536 }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Partition {
    try run.checkpoint(0, of: 1)
    let labels =
      kind == .weak || graph.direction == .undirected
      ? try weakLabels(graph, run) : try strongLabels(graph, run)
    return Partition(dense: labels, labelCount: graph.nodeCount)
  }

  private func strongLabels(_ graph: Graph, _ run: Run) throws(AnalysisError) -> [Int32] {
    let n = graph.nodeCount
    let arcs = graph.outgoing
    var index = [Int32](repeating: -1, count: n)
    var low = index
    var label = index
    var position = Array(arcs.offsets)
    var path: [Int32] = []
    var open: [Int32] = []
    var visited: Int32 = 0
    var components: Int32 = 0
    for start in 0..<n where index[start] < 0 {
      path.append(Int32(start))
      while let top = path.last {
        let u = Int(top)
        if index[u] < 0 {
          if visited & 1023 == 0 { try run.checkpoint(Int(visited), of: n) }
          index[u] = visited
          low[u] = visited
          visited += 1
          open.append(top)
        }
        if position[u] < arcs.offsets[u + 1] {
          let v = Int(arcs.targets[Int(position[u])])
          position[u] += 1
          if index[v] < 0 {
            path.append(Int32(v))
          } else if label[v] < 0 {
            low[u] = min(low[u], index[v])
          }
          continue
        }
        path.removeLast()
        if let parent = path.last { low[Int(parent)] = min(low[Int(parent)], low[u]) }
        if low[u] == index[u] {
          while let member = open.popLast() {
            label[Int(member)] = components
            if member == top { break }
          }
          components += 1
        }
      }
    }
    return label
  }
}
