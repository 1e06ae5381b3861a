// SPDX-License-Identifier: Apache-2.0

/// A node of a graph: its position in the order in which the graph's nodes were added.
///
/// A node means nothing outside its graph. Nodes are ordered by position, and every tie in a
/// ranking is broken by that order.
public struct Node: Hashable, Comparable, Sendable {
  /// The position of the node, from 0.
  public let index: Int32

  /// Creates the node at `index`; the graph it is used with must have more nodes than that.
  @inlinable public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  @inlinable public init(_ index: Int32) { self.index = index }

  @inlinable public static func < (a: Node, b: Node) -> Bool { a.index < b.index }
}

/// An edge of a graph: its position in the graph's edge order.
///
/// Edges are ordered by source node, then target node, then the order in which they were added, so
/// the numbering of edges does not depend on the order of the rows that brought them.
public struct Edge: Hashable, Comparable, Sendable {
  /// The position of the edge, from 0.
  public let index: Int32

  /// Creates the edge at `index`; the graph it is used with must have more edges than that.
  @inlinable public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  @inlinable public init(_ index: Int32) { self.index = index }

  @inlinable public static func < (a: Edge, b: Edge) -> Bool { a.index < b.index }
}
