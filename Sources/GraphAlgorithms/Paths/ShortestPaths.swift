// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The shortest ways from a node to all others, or to one of them.
///
/// It answers how two people are connected: through whom, over which ties, and how far that is. There
/// are often several shortest ways; the one that is named is no better than they, and it is the same
/// one whenever the question is asked. How much a node stands between others in all of them is what
/// `Betweenness` measures.
///
/// Without weights every edge has length 1; lengths count as given, and a strength counts as the
/// length 1 / strength, so that two strong ties may be nearer than one weak tie. Of parallel edges the
/// shortest counts, of these the first. Self-loops are on no way.
///
/// Of several shortest ways that is taken which comes to each of its nodes from the first node, in
/// node order, that any of them comes from. Two lengths are the same when they differ by no more than
/// one part in 10¹².
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// let paths = try ShortestPaths(from: Node(0))(chain)
/// paths.distance(to: Node(2))    // 2
/// paths.path(to: Node(2))?.nodes // 0, 1, 2
/// ```
///
/// In a directed graph the ways go along the arcs, against them, or both ways.
///
/// - Complexity: O(n + m) time without weights, O(m log n) with them; 40 bytes a node and 24 an arc.
///   With a target the search ends there.
/// - Throws: `AnalysisError.invalidOption` when source or target is not a node of the graph;
///   `AnalysisError.weightOutsideDomain` when a length or strength is not positive.
/// - SeeAlso: Dijkstra 1959, doi:10.1007/BF01386390.
public struct ShortestPaths: Analysis {
  public static let name = "shortest-paths"
  public static let reference = Citation(
    authors: "Dijkstra, E. W.", year: 1959,
    title: "A note on two problems in connexion with graphs",
    venue: "Numerische Mathematik 1", doi: "10.1007/BF01386390")

  /// The position of the node that the ways start at.
  public var source: Int32 = 0
  /// The position of the node that they lead to; nil for all nodes.
  public var target: Int32?
  /// Which way edges are followed in a directed graph, seen from the source.
  public var ties = Ties.outgoing

  public init() {}

  /// Creates an analysis of the ways from a node to one other, or to all where `target` is nil.
  public init(from source: Node, to target: Node? = nil, along ties: Ties = .outgoing) {
    self.source = source.index
    self.target = target?.index
    self.ties = ties
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> PathsFromNode {
    try run.checkpoint(0, of: 1)
    try requireNode(source, "source", graph)
    if let target { try requireNode(target, "target", graph) }
    let arcs = try WayArcs(graph, ties)
    try run.checkpoint(1, of: 4)
    var distances = [Double](repeating: .infinity, count: graph.nodeCount)
    let order =
      if let lengths = arcs.lengths { try nearest(arcs, lengths, &distances, run) } else {
        try hops(arcs, &distances, run)
      }
    return PathsFromNode(
      source: Node(source), distances: distances, before: arcs.before(distances, order))
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    let sides = graph.direction == .undirected || ties == .total ? 2 : 1
    return 40 * graph.nodeCount + 24 * sides * graph.edgeCount
      + (graph.edgeWeights == nil ? 0 : 8 * graph.edgeCount) + 65_536
  }

  private func requireNode(
    _ node: Int32, _ option: String, _ graph: Graph
  ) throws(AnalysisError) {
    guard node >= 0, Int(node) < graph.nodeCount else {
      throw .invalidOption(
        analysis: Self.name, option: option, value: "\(node)",
        requirement: "a node of the graph, from 0 to \(graph.nodeCount - 1)")
    }
  }

  // The nodes in the order in which they are settled: up to the target, or all.
  private func hops(
    _ arcs: WayArcs, _ distances: inout [Double], _ run: Run
  ) throws(AnalysisError) -> [Int32] {
    distances[Int(source)] = 0
    var order = [source]
    var head = 0
    while head < order.count {
      if head & 1023 == 1023 { try run.checkpoint(head, of: arcs.nodeCount) }
      let u = order[head]
      head += 1
      if u == target { break }
      let next = distances[Int(u)] + 1
      for a in arcs.range(Int(u)) {
        let v = arcs.targets[a]
        if distances[Int(v)] > next {
          distances[Int(v)] = next
          order.append(v)
        }
      }
    }
    for u in order[head...] { distances[Int(u)] = .infinity }
    return Array(order[..<head])
  }

  private func nearest(
    _ arcs: WayArcs, _ lengths: [Double], _ distances: inout [Double], _ run: Run
  ) throws(AnalysisError) -> [Int32] {
    var heap = IndexedHeap(nodeCount: arcs.nodeCount)
    var order: [Int32] = []
    distances[Int(source)] = 0
    heap.lower(source, to: 0)
    while let (u, near) = heap.popNearest() {
      if order.count & 1023 == 1023 { try run.checkpoint(order.count, of: arcs.nodeCount) }
      order.append(u)
      if u == target { break }
      for a in arcs.range(Int(u)) {
        let v = arcs.targets[a]
        let far = near + lengths[a]
        if far < distances[Int(v)] {
          distances[Int(v)] = far
          heap.lower(v, to: far)
        }
      }
    }
    while let (u, _) = heap.popNearest() { distances[Int(u)] = .infinity }
    return order
  }
}

/// The shortest ways from a node.
///
/// Where a target was asked for, only nodes no farther than it are known besides.
public struct PathsFromNode: Hashable, Sendable {
  /// The node that the ways start at.
  public let source: Node
  let distances: [Double]
  /// For each node the one before it and the edge between; (−1, −1) at the source and where no way
  /// leads.
  let before: [Step]

  struct Step: Hashable, Sendable {
    var node: Int32 = -1
    var edge: Int32 = -1
  }

  /// The length of the shortest ways to `node`; nil where none leads.
  public func distance(to node: Node) -> Double? {
    let distance = distances[Int(node.index)]
    return distance.isFinite ? distance : nil
  }

  /// The node before `node` on the way to it; nil at the source and where no way leads.
  public func predecessor(of node: Node) -> Node? {
    let step = before[Int(node.index)]
    return step.node < 0 ? nil : Node(step.node)
  }

  /// The way to `node`; nil where none leads.
  public func path(to node: Node) -> NodePath? {
    guard let length = distance(to: node) else { return nil }
    var nodes = [node]
    var edges: [Edge] = []
    var at = before[Int(node.index)]
    while at.node >= 0 {
      nodes.append(Node(at.node))
      edges.append(Edge(at.edge))
      at = before[Int(at.node)]
    }
    return NodePath(nodes: nodes.reversed(), edges: edges.reversed(), length: length)
  }
}

/// A way through a graph that passes no node twice.
public struct NodePath: Hashable, Sendable {
  /// The nodes, from the first to the last.
  public let nodes: [Node]
  /// The edges between them: one fewer.
  public let edges: [Edge]
  /// The sum of the lengths of the edges.
  public let length: Double
}
