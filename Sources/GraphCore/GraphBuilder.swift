// SPDX-License-Identifier: Apache-2.0

/// Collects nodes and edges one by one and builds a graph from them.
///
/// ```swift
/// var builder = GraphBuilder(direction: .undirected)
/// let (a, b) = (builder.addNode(), builder.addNode())
/// builder.addEdge(a, b)
/// let graph = try builder.build()
/// ```
public struct GraphBuilder: Sendable {
  /// Whether the edges have a direction.
  public let direction: Graph.Direction
  /// What the weights mean; nil when every edge weighs 1 and given weights are not kept.
  public let weighting: Graph.Weighting?
  /// The number of nodes added so far.
  public private(set) var nodeCount = 0

  private var sources: [Int32] = []
  private var targets: [Int32] = []
  private var weights: [Double] = []

  /// Creates an empty builder.
  public init(direction: Graph.Direction, weighting: Graph.Weighting? = nil) {
    self.direction = direction
    self.weighting = weighting
  }

  /// The number of edges added so far.
  public var edgeCount: Int { sources.count }

  /// Adds a node and returns it.
  @discardableResult public mutating func addNode() -> Node {
    nodeCount += 1
    return Node(nodeCount - 1)
  }

  /// Adds `count` nodes.
  public mutating func addNodes(_ count: Int) { nodeCount += count }

  /// Adds an edge; its weight is kept when the builder has a weighting.
  public mutating func addEdge(_ source: Node, _ target: Node, weight: Double = 1) {
    sources.append(source.index)
    targets.append(target.index)
    if weighting != nil { weights.append(weight) }
  }

  /// Builds the graph.
  ///
  /// - Throws: `GraphError` when an end is no node or a weight is not finite.
  /// - Complexity: O(n + m).
  public func build() throws(GraphError) -> Graph { try buildOrdered().graph }

  /// Builds the graph and says for each of its edges as which one it was added.
  ///
  /// - Throws: `GraphError`, as `build`.
  public func buildOrdered() throws(GraphError) -> OrderedGraph {
    try Graph.ordered(
      nodeCount: nodeCount, direction: direction, weighting: weighting,
      sources: sources, targets: targets, weights: weighting == nil ? nil : weights)
  }
}
