// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The parts of a network that no single node can take apart.
///
/// Within a block of three or more nodes there are two ways between any two members that have no
/// other node in common: whoever is removed, the others stay connected. Blocks meet in cut nodes (see
/// `ArticulationPoints`), the members that belong to several; a block of one tie is a bridge. A large
/// block is the resilient part of a network.
///
/// Every edge belongs to one block: all edges that join a pair of nodes to the same, whatever their
/// direction. Self-loops belong to none, and isolates are in none.
///
/// ```swift
/// // On a triangle 0, 1, 2 with a tail 2 – 3:
/// try BiconnectedComponents()(graph).sizes  // 3 edges, 1 edge
/// ```
///
/// Blocks are numbered from that of most edges to that of fewest, and those of one size by their first
/// edge. Weights are ignored.
///
/// - Complexity: O(n + m) time and memory, and O(b log b) for b blocks.
/// - SeeAlso: Hopcroft and Tarjan 1973, doi:10.1145/362248.362272.
public struct BiconnectedComponents: Analysis {
  public static let name = "biconnected-components"
  public static let reference = Citation(
    authors: "Hopcroft, J.; Tarjan, R.", year: 1973,
    title: "Algorithm 447: efficient algorithms for graph manipulation",
    venue: "Communications of the ACM 16(6)", doi: "10.1145/362248.362272")

  public init() {}

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Blocks {
    try run.checkpoint(0, of: 1)
    let search = try LowLink(Neighbours(graph), run)
    let n = graph.nodeCount
    // The tie of a node to its parent begins a block where the parent cuts the node off; else it is
    // in the block of the tie above. Parents come before their children.
    var label = [Int32](repeating: -1, count: n)
    var count: Int32 = 0
    for node in search.order where search.parent[Int(node)] >= 0 {
      if search.isCutOffByParent(Int(node)) {
        label[Int(node)] = count
        count += 1
      } else {
        label[Int(node)] = label[Int(search.parent[Int(node)])]
      }
    }
    var ofEdge = [Int32](repeating: -1, count: graph.edgeCount)
    var sizes = [Int](repeating: 0, count: Int(count))
    var first = [Int32](repeating: .max, count: Int(count))
    graph.forEachEdge { edge, source, target in
      let (s, t) = (Int(source.index), Int(target.index))
      if s == t { return }
      // Every tie joins a node to one below it, and is in the block of the lower one's tie upwards.
      let block = label[search.discovery[s] > search.discovery[t] ? s : t]
      ofEdge[Int(edge.index)] = block
      sizes[Int(block)] += 1
      first[Int(block)] = min(first[Int(block)], edge.index)
    }
    let order = sizes.indices.sorted { a, b in
      sizes[a] > sizes[b] || (sizes[a] == sizes[b] && first[a] < first[b])
    }
    var number = [Int32](repeating: 0, count: Int(count))
    for (place, block) in order.enumerated() { number[block] = Int32(place) }
    return Blocks(
      ofEdge: EdgeMap(ofEdge.map { $0 < 0 ? nil : Int(number[Int($0)]) }),
      sizes: order.map { sizes[$0] })
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    Neighbours.memory(for: graph) + 80 * graph.nodeCount + 24 * graph.edgeCount + 65_536
  }
}

/// The blocks of a graph.
public struct Blocks: Hashable, Sendable {
  /// The block of each edge, from 0; nil at a self-loop.
  public let ofEdge: EdgeMap<Int?>
  /// The number of edges of each block.
  public let sizes: [Int]

  /// The number of blocks.
  public var count: Int { sizes.count }

  /// The nodes of each block of `graph`, the graph that was taken apart, in node order.
  ///
  /// A cut node is in several blocks, an isolate in none.
  ///
  /// - Complexity: O(n + m log m).
  public func members(in graph: Graph) -> [[Node]] {
    var members = [[Node]](repeating: [], count: count)
    graph.forEachEdge { edge, source, target in
      guard let block = ofEdge[edge] else { return }
      members[block] += [source, target]
    }
    return members.map { nodes in
      let sorted = nodes.sorted { $0.index < $1.index }
      return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
    }
  }
}
