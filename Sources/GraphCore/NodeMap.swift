// SPDX-License-Identifier: Apache-2.0

/// A value for every node of a graph: a node column.
public struct NodeMap<Value> {
  /// The values in node order.
  public var values: [Value]

  /// Creates a column from values in node order.
  @inlinable public init(_ values: [Value]) { self.values = values }

  /// Creates a column that holds the same value for each of `count` nodes.
  @inlinable public init(repeating value: Value, count: Int) {
    values = Array(repeating: value, count: count)
  }

  /// The number of nodes the column covers.
  @inlinable public var count: Int { values.count }

  @inlinable public subscript(node: Node) -> Value {
    get { values[Int(node.index)] }
    set { values[Int(node.index)] = newValue }
  }
}

extension NodeMap: Sendable where Value: Sendable {}
extension NodeMap: Equatable where Value: Equatable {}
extension NodeMap: Hashable where Value: Hashable {}

/// A value for every edge of a graph: an edge column.
public struct EdgeMap<Value> {
  /// The values in edge order.
  public var values: [Value]

  /// Creates a column from values in edge order.
  @inlinable public init(_ values: [Value]) { self.values = values }

  /// Creates a column that holds the same value for each of `count` edges.
  @inlinable public init(repeating value: Value, count: Int) {
    values = Array(repeating: value, count: count)
  }

  /// The number of edges the column covers.
  @inlinable public var count: Int { values.count }

  @inlinable public subscript(edge: Edge) -> Value {
    get { values[Int(edge.index)] }
    set { values[Int(edge.index)] = newValue }
  }
}

extension EdgeMap: Sendable where Value: Sendable {}
extension EdgeMap: Equatable where Value: Equatable {}
extension EdgeMap: Hashable where Value: Hashable {}
