// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How an extract becomes a graph: what makes an edge, which way it points and what it weighs.
public struct ProjectionRule: Codable, Hashable, Sendable {
  /// Whether edges have a direction.
  ///
  /// In a directed graph what has no direction of its own becomes two opposite edges.
  public var direction: Graph.Direction
  /// What an edge weighs; nil when every edge weighs 1.
  public var weight: EdgeWeight?
  /// How what joins more than two entities becomes edges.
  public var groups: GroupRule
  /// Whether parallel edges become one that keeps its members.
  public var mergesParallel: Bool
  /// Whether an edge may join an entity to itself.
  public var keepsSelfLoops: Bool
  /// Whether entities without an edge are nodes.
  public var keepsIsolated: Bool

  /// Creates a rule; the default is a simple undirected graph without weights.
  public init(
    direction: Graph.Direction = .undirected, weight: EdgeWeight? = nil,
    groups: GroupRule = .clique, mergesParallel: Bool = true, keepsSelfLoops: Bool = false,
    keepsIsolated: Bool = true
  ) {
    self.direction = direction
    self.weight = weight
    self.groups = groups
    self.mergesParallel = mergesParallel
    self.keepsSelfLoops = keepsSelfLoops
    self.keepsIsolated = keepsIsolated
  }

  /// How a relationship or event that does not fill the two roles of an arc becomes edges.
  public enum GroupRule: String, Codable, Hashable, Sendable, CaseIterable {
    /// An edge between every two of its entities.
    case clique
    /// A node of its own, joined to each of its entities; so is all that has more than two.
    case bipartite
    /// None.
    case leftOut
  }

  /// What an edge weighs.
  public struct EdgeWeight: Codable, Hashable, Sendable {
    /// `count`, for the number of relationships and events, or the name of a property with numbers.
    public var quantity: String
    /// Whether a larger weight means closer or farther.
    public var meaning: Graph.Weighting
    /// How the values of a merged edge are combined.
    public var merging: ParallelRule

    /// Creates a weight.
    ///
    /// - Parameters:
    ///   - quantity: `count`, or the name of a property with numbers.
    ///   - meaning: whether a larger weight means closer or farther.
    ///   - merging: how the values of a merged edge are combined; nil for the sum of strengths and
    ///     the least of lengths.
    public init(
      _ quantity: String, meaning: Graph.Weighting = .strength, merging: ParallelRule? = nil
    ) {
      self.quantity = quantity
      self.meaning = meaning
      // A further tie never makes two entities farther apart.
      self.merging = merging ?? (meaning == .length ? .min : .sum)
    }

    /// The number of relationships and events behind an edge, as strength.
    public static let count = EdgeWeight("count")
  }
}
