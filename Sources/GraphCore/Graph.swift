// SPDX-License-Identifier: Apache-2.0

/// A graph as a value: nodes, edges and, where edges have them, weights with a stated meaning.
///
/// A graph is immutable. It knows no names: entities, rows and attributes are columns beside it
/// (`NodeMap`, `EdgeMap`). Parallel edges and self-loops are kept as they were given; `simplified`
/// collapses them by a stated rule.
///
/// ```swift
/// // A chain of three: 0 – 1 – 2.
/// let graph = try Graph(nodeCount: 3, direction: .undirected, sources: [0, 1], targets: [1, 2])
/// graph.degree(of: Node(1))  // 2
/// ```
///
/// **Storage.** Compressed sparse rows with 32-bit positions: 4 bytes an arc, and 4 more once the
/// edge of an arc has been asked for; 4 bytes an arc for weights; 12 bytes a node. An undirected edge is two arcs and
/// one edge; an undirected self-loop is two arcs at the same node, so that it adds 2 to the degree.
/// A directed edge is one outgoing and one incoming arc.
///
/// - Invariant: edges are numbered by source, target and order of arrival; in an undirected graph
///   the source of an edge is its lower end.
public struct Graph: Sendable {
  /// Whether an edge has a direction.
  public enum Direction: String, Codable, Sendable { case directed, undirected }

  /// What a weight means: a larger strength is closer, a larger length is farther.
  public enum Weighting: String, Codable, Sendable { case strength, length }

  /// Whether the edges have a direction.
  public let direction: Direction
  /// What the weights mean; nil when every edge weighs 1.
  public let weighting: Weighting?
  /// The number of nodes.
  public let nodeCount: Int
  /// The number of edges, parallel edges and self-loops included.
  public let edgeCount: Int
  /// The number of edges that join a node to itself.
  public let selfLoopCount: Int
  /// The arcs that leave each node (for an undirected graph: all arcs of the node).
  public let outgoing: Adjacency
  /// The arcs that enter each node (for an undirected graph: the same arcs as `outgoing`).
  public let incoming: Adjacency
  /// The weight of each edge in edge order; nil when every edge weighs 1.
  public let edgeWeights: Column<Double>?

  /// `ownedOffsets[u] ..< ownedOffsets[u + 1]` are the edges whose source is *u*.
  let ownedOffsets: Column<Int32>

  /// Creates a graph from edge columns.
  ///
  /// - Parameters:
  ///   - nodeCount: the number of nodes; they are numbered from 0.
  ///   - direction: whether the edges have a direction.
  ///   - weighting: what `weights` mean; ignored when there are none.
  ///   - sources: the node each edge starts at.
  ///   - targets: the node each edge leads to.
  ///   - weights: the weight of each edge; nil when every edge weighs 1.
  /// - Throws: `GraphError` when a column is too short, an end is no node, or a weight is not
  ///   finite.
  /// - Complexity: O(n + m) time. While it is built, a graph takes three times the memory it takes
  ///   then; the columns of ends are given up early where the caller does not keep them.
  public init(
    nodeCount: Int, direction: Direction, weighting: Weighting? = nil,
    sources: consuming [Int32], targets: consuming [Int32], weights: [Double]? = nil
  ) throws(GraphError) {
    guard weights == nil else {
      self = try Graph.ordered(
        nodeCount: nodeCount, direction: direction, weighting: weighting,
        sources: sources, targets: targets, weights: weights
      ).graph
      return
    }
    let ends = EdgeEnds(sources: sources, targets: targets)
    (sources, targets) = ([], [])
    try ends.validate(nodeCount: nodeCount)
    self.init(rows: GraphRows(nodeCount: nodeCount, direction, ends), direction: direction)
  }

  init(
    rows: GraphRows, direction: Direction, weighting: Weighting? = nil,
    edgeWeights: Column<Double>? = nil
  ) {
    self.direction = direction
    self.weighting = edgeWeights == nil ? nil : (weighting ?? .strength)
    self.edgeWeights = edgeWeights
    nodeCount = rows.offsets.count - 1
    edgeCount = Int(rows.owned[rows.owned.count - 1])
    selfLoopCount = rows.selfLoopCount
    ownedOffsets = rows.owned
    let numbering = ArcEdges.Numbering(
      owned: rows.owned, offsets: rows.offsets, targets: rows.targets)
    outgoing = Adjacency(
      offsets: rows.offsets, targets: rows.targets,
      edges: direction == .directed ? .outgoing(numbering) : .undirected(numbering))
    incoming =
      rows.incoming.map { incoming in
        Adjacency(
          offsets: incoming.offsets, targets: incoming.targets,
          edges: .incoming(numbering, offsets: incoming.offsets))
      } ?? outgoing
  }

  /// The same nodes and edges with other weights.
  init(_ graph: Graph, weighting: Weighting?, edgeWeights: Column<Double>?) {
    direction = graph.direction
    self.weighting = edgeWeights == nil ? nil : (weighting ?? .strength)
    self.edgeWeights = edgeWeights
    nodeCount = graph.nodeCount
    edgeCount = graph.edgeCount
    selfLoopCount = graph.selfLoopCount
    outgoing = graph.outgoing
    incoming = graph.incoming
    ownedOffsets = graph.ownedOffsets
  }

  // MARK: Nodes

  /// All nodes in order.
  @inlinable public var nodes: LazyMapSequence<Range<Int>, Node> {
    (0..<nodeCount).lazy.map { Node($0) }
  }

  /// The arcs that leave `node`, sorted by target.
  ///
  /// - Complexity: O(1).
  @inlinable public func arcs(from node: Node) -> Arcs {
    Arcs(adjacency: outgoing, weights: edgeWeights, range: outgoing.range(of: node))
  }

  /// The arcs that enter `node`, sorted by the node they come from.
  ///
  /// - Complexity: O(1).
  @inlinable public func arcs(into node: Node) -> Arcs {
    Arcs(adjacency: incoming, weights: edgeWeights, range: incoming.range(of: node))
  }

  /// The number of edge ends at `node`: parallel edges count one each, a self-loop counts two.
  @inlinable public func degree(of node: Node) -> Int {
    direction == .directed
      ? outgoing.count(of: node) + incoming.count(of: node) : outgoing.count(of: node)
  }

  // MARK: Edges

  /// All edges in order.
  @inlinable public var edges: LazyMapSequence<Range<Int>, Edge> {
    (0..<edgeCount).lazy.map { Edge($0) }
  }

  /// The weight of `edge`; 1 in an unweighted graph.
  @inlinable public func weight(of edge: Edge) -> Double {
    edgeWeights.map { $0[Int(edge.index)] } ?? 1
  }

  /// The two ends of `edge`; in an undirected graph the lower node is the source.
  ///
  /// - Complexity: O(log n). For all edges in turn, `forEachEdge` takes O(n + m).
  public func ends(of edge: Edge) -> (source: Node, target: Node) {
    precondition(edge.index >= 0 && edge.index < edgeCount, "the edge is not of this graph")
    var low = 0
    var high = nodeCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if ownedOffsets[middle] <= edge.index { low = middle } else { high = middle }
    }
    return (Node(low), Node(target(ofOwned: edge.index, source: low)))
  }

  /// Calls `body` with every edge and its ends, in edge order.
  @inlinable public func forEachEdge<Failure: Error>(
    _ body: (_ edge: Edge, _ source: Node, _ target: Node) throws(Failure) -> Void
  ) throws(Failure) {
    for source in 0..<nodeCount {
      for edge in ownedEdges(of: source) {
        try body(Edge(edge), Node(source), Node(target(ofOwned: edge, source: source)))
      }
    }
  }

  @usableFromInline func ownedEdges(of source: Int) -> Range<Int32> {
    ownedOffsets[source]..<ownedOffsets[source + 1]
  }

  // The arcs of edges that a node owns are the last of its block, in edge order.
  @usableFromInline func target(ofOwned edge: Int32, source: Int) -> Int32 {
    let position = outgoing.offsets[source + 1] - (ownedOffsets[source + 1] - edge)
    return outgoing.targets[Int(position)]
  }
}
