// SPDX-License-Identifier: Apache-2.0

/// The arcs of a graph in compressed sparse row form.
///
/// The arcs of node *u* stand at positions `offsets[u] ..< offsets[u + 1]`, sorted by target and
/// then by edge. The arrays are validated once, when the graph is built: offsets never decrease,
/// every target is less than the node count and every edge less than the edge count. Kernels rely
/// on that and on nothing else.
public struct Adjacency: Sendable {
  /// Node count + 1 positions; the first is 0 and the last is the number of arcs.
  public let offsets: [Int32]
  /// The node that each arc leads to (for arcs into a node: the node it comes from).
  public let targets: [Int32]
  /// The edge that each arc belongs to.
  public let edges: [Int32]

  init(offsets: [Int32], targets: [Int32], edges: [Int32]) {
    self.offsets = offsets
    self.targets = targets
    self.edges = edges
  }

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
  @usableFromInline let adjacency: Adjacency
  @usableFromInline let weights: [Double]?
  @usableFromInline let range: Range<Int>

  @inlinable init(adjacency: Adjacency, weights: [Double]?, range: Range<Int>) {
    self.adjacency = adjacency
    self.weights = weights
    self.range = range
  }

  @inlinable public var startIndex: Int { range.lowerBound }
  @inlinable public var endIndex: Int { range.upperBound }

  @inlinable public subscript(position: Int) -> Arc {
    let edge = adjacency.edges[position]
    return Arc(
      target: Node(adjacency.targets[position]), edge: Edge(edge),
      weight: weights.map { $0[Int(edge)] } ?? 1)
  }
}
