// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How far apart the two nodes are that are farthest apart.
///
/// A message between any two members of a component needs at most this many steps. One long tail
/// decides it: a large diameter says that someone stands at the far end of a chain, not that the
/// network is loose, for which the mean distance is the better sign. Two nodes that far apart are
/// named with it; there may be more such pairs.
///
/// Distances are counted in ties within a component; directions, parallel edges and self-loops are
/// ignored. A component of one node has diameter 0.
///
/// ```swift
/// // On the chain 0 – 1 – 2 – 3:
/// try Diameter()(chain)[0].steps  // 3, between nodes 0 and 3
/// ```
///
/// The answer is exact. It comes from searches in four sweeps and then from the fringes of a search
/// from a node in the middle, farthest first, until no node left can be farther from another. Weights
/// are ignored.
///
/// - Complexity: O(n m) time at most, and mostly that of a few searches of O(n + m) each; 58 bytes a
///   node and, where many nodes have to be searched from, 204 for each thread; where directions or
///   repeated edges are to be ignored, 8 an edge.
/// - SeeAlso: Crescenzi et al. 2013, doi:10.1016/j.tcs.2012.09.018.
public struct Diameter: Analysis {
  public static let name = "diameter"
  public static let reference = Citation(
    authors: "Crescenzi, P.; Grossi, R.; Habib, M.; Lanzi, L.; Marino, A.", year: 2013,
    title: "On computing the diameter of real-world undirected graphs",
    venue: "Theoretical Computer Science 514", doi: "10.1016/j.tcs.2012.09.018")

  /// Whether every component is measured, or the largest alone (of several the one with the first
  /// node).
  public var measuresEveryComponent = false

  public init() {}

  /// Creates an analysis of the largest component, or of every one.
  public init(ofEveryComponent measuresEveryComponent: Bool) {
    self.measuresEveryComponent = measuresEveryComponent
  }

  public func callAsFunction(
    _ graph: Graph, _ run: Run
  ) throws(AnalysisError) -> [ComponentDiameter] {
    let components = try ConnectedComponents(.weak)(graph, run)
    let neighbours = Neighbours(graph)
    let fringes = Fringes(neighbours, run)
    let members = ComponentMembers(components)
    let measured = measuresEveryComponent ? components.groupCount : min(1, components.groupCount)
    return try run.withTeam(isSmall: graph.nodeCount < 1000) { team throws(AnalysisError) in
      var found: [ComponentDiameter] = []
      for component in 0..<measured {
        found.append(try fringes.diameter(members[component], team))
      }
      return found
    }
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    Neighbours.memory(for: graph)
      + Fringes.memory(nodeCount: graph.nodeCount, threads: threads)
      + (measuresEveryComponent ? 72 : 32) * graph.nodeCount + 65_536
  }
}

/// The diameter of a component.
public struct ComponentDiameter: Hashable, Sendable {
  /// The number of nodes of the component.
  public let nodeCount: Int
  /// The largest distance between two of them, in ties.
  public let steps: Int
  /// A node that is so far from another; the lower of the two.
  public let first: Node
  /// The other node; the same as `first` in a component of one node.
  public let second: Node
}
