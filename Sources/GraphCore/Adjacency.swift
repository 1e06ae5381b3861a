// SPDX-License-Identifier: Apache-2.0

/// The arcs of a graph in compressed sparse row form.
///
/// The arcs of node *u* stand at positions `offsets[u] ..< offsets[u + 1]`, sorted by target and
/// then by edge. The columns are validated once, when the graph is built or opened: offsets never
/// decrease, every target is less than the node count and every edge less than the edge count.
/// Kernels rely on that and on nothing else.
public struct Adjacency: Sendable {
  /// Node count + 1 positions; the first is 0 and the last is the number of arcs.
  public let offsets: Column<Int32>
  /// The node that each arc leads to (for arcs into a node: the node it comes from).
  public let targets: Column<Int32>
  private let arcEdges: ArcEdges

  init(offsets: Column<Int32>, targets: Column<Int32>, edges: ArcEdges) {
    self.offsets = offsets
    self.targets = targets
    arcEdges = edges
  }

  /// The edge that each arc belongs to.
  ///
  /// - Complexity: O(n + m) time and 4 bytes an arc when it is first asked for, then O(1). Take it
  ///   once, outside loops.
  public var edges: Column<Int32> { arcEdges.column }

  /// The positions of the arcs of `node`.
  @inlinable public func range(of node: Node) -> Range<Int> {
    Int(offsets[Int(node.index)])..<Int(offsets[Int(node.index) + 1])
  }

  /// The number of arcs of `node`.
  @inlinable public func count(of node: Node) -> Int { range(of: node).count }
}

/// One direction of an edge, seen from a node.
public struct Arc: Hashable, Sendable {
  /// The node at the other end.
  public let target: Node
  /// The edge the arc belongs to.
  public let edge: Edge
  /// The edge's weight; 1 in an unweighted graph.
  public let weight: Double

  @inlinable init(target: Node, edge: Edge, weight: Double) {
    self.target = target
    self.edge = edge
    self.weight = weight
  }
}

/// The arcs of one node, sorted by target.
public struct Arcs: RandomAccessCollection, Sendable {
  @usableFromInline let targets: Column<Int32>
  @usableFromInline let edges: Column<Int32>
  @usableFromInline let weights: Column<Double>?
  @usableFromInline let range: Range<Int>

  @inlinable init(adjacency: Adjacency, weights: Column<Double>?, range: Range<Int>) {
    targets = adjacency.targets
    edges = adjacency.edges
    self.weights = weights
    self.range = range
  }

  @inlinable public var startIndex: Int { range.lowerBound }
  @inlinable public var endIndex: Int { range.upperBound }

  @inlinable public subscript(position: Int) -> Arc {
    let edge = edges[position]
    return Arc(
      target: Node(targets[position]), edge: Edge(edge),
      weight: weights.map { $0[Int(edge)] } ?? 1)
  }
}
