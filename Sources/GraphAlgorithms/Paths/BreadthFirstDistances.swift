// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How many ties every node is away from the nearest of given nodes.
///
/// The distance of one source says who stands how far from a person; that of several, how far the
/// network is from a group: its members are at 0, their contacts at 1, and so on. In data with
/// missing ties the true distance can only be shorter.
///
/// By default directions are ignored; with `ties` a way leads along the arcs from the sources
/// (`outgoing`) or along them to the sources (`incoming`). Parallel edges and self-loops change
/// nothing.
///
/// ```swift
/// // On the chain 0 – 1 – 2 – 3:
/// let reach = try BreadthFirstDistances(from: [Node(1)])(chain)
/// reach[Node(3)]  // 2
/// reach.layers    // [1, 2, 1]
/// ```
///
/// Range: whole numbers from 0; nil where no way leads. Without sources no node is reached. Weights
/// are ignored.
///
/// - Complexity: O(n + m) time at most; 13 bytes a node, and 8 an edge where directions or repeated
///   edges are to be ignored.
/// - Throws: `AnalysisError.invalidOption` when a source is not a node of the graph.
/// - SeeAlso: Moore 1959, “The shortest path through a maze”; the method: Beamer, Asanović and
///   Patterson 2012, doi:10.1109/SC.2012.50.
public struct BreadthFirstDistances: Analysis {
  public static let name = "hop-distances"
  public static let reference = Citation(
    authors: "Beamer, S.; Asanović, K.; Patterson, D.", year: 2012,
    title: "Direction-optimizing breadth-first search",
    venue: "International Conference for High Performance Computing (SC '12)",
    doi: "10.1109/SC.2012.50")

  /// The positions of the nodes that distances are counted from; their order changes nothing.
  public var sources: [Int32] = []
  /// Which way the ties are followed, seen from the sources.
  public var ties = Ties.total

  public init() {}

  /// Creates an analysis of the distances from the nearest of `sources`.
  public init(from sources: [Node], along ties: Ties = .total) {
    self.sources = sources.map(\.index)
    self.ties = ties
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> HopReach {
    try run.checkpoint(0, of: 1)
    for source in sources where source < 0 || Int(source) >= graph.nodeCount {
      throw .invalidOption(
        analysis: Self.name, option: "sources", value: "\(source)",
        requirement: "nodes of the graph, from 0 to \(graph.nodeCount - 1)")
    }
    let search = makeSearch(graph)
    try run.checkpoint(1, of: 2)
    search.run(from: sources)
    var layers = [Int](repeating: 0, count: search.reached > 0 ? search.depth + 1 : 0)
    let distances = search.level.take(leaving: -1)
    for distance in distances where distance >= 0 { layers[Int(distance)] += 1 }
    return HopReach(distances: distances, layers: layers)
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    HopSearch.memory(nodeCount: graph.nodeCount) + 12 * graph.nodeCount
      + (ties == .total ? Neighbours.memory(for: graph) : 0)
  }

  private func makeSearch(_ graph: Graph) -> HopSearch {
    let (out, into) = (graph.outgoing, graph.incoming)
    return switch ties {
    case .total: HopSearch(Neighbours(graph))
    case .outgoing:
      HopSearch(
        offsets: out.offsets, targets: out.targets, back: (into.offsets, into.targets))
    case .incoming:
      HopSearch(
        offsets: into.offsets, targets: into.targets, back: (out.offsets, out.targets))
    }
  }
}

/// The distances that `BreadthFirstDistances` found.
public struct HopReach: Hashable, Sendable {
  private let distances: [Int32]
  /// How many nodes stand at each distance, from 0; empty when there was no source.
  public let layers: [Int]

  init(distances: [Int32], layers: [Int]) {
    self.distances = distances
    self.layers = layers
  }

  /// The distance of `node` in ties; nil where no way leads.
  public subscript(node: Node) -> Int? {
    let distance = distances[Int(node.index)]
    return distance < 0 ? nil : Int(distance)
  }

  /// The number of nodes reached, the sources included.
  public var reached: Int { layers.reduce(0, +) }
}
