// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// A graph made from an extract, with the way back from each node and edge to what was said.
public struct Projection: Sendable {
  /// The graph.
  public let graph: Graph
  /// The id of the entity that each node stands for, or of the relationship or event.
  public let ids: NodeMap<String>
  /// The schema of what each node stands for.
  public let schemata: NodeMap<String>
  /// The name to show at each node.
  public let names: NodeMap<String>
  /// The number of nodes that stand for entities; they come first, by id.
  ///
  /// The others stand for relationships and events with more than two participants.
  public let entityCount: Int
  /// What is behind each edge.
  ///
  /// It is put together when it is asked for: millions of edges take no room.
  public let evidence: EvidenceBehindEdges
  /// The rule that made it.
  public let rule: ProjectionRule
  /// What the rule left out.
  public let leftOut: LeftOut

  private let nodeOfEntity: [String: Node]

  init(
    graph: Graph, ids: NodeMap<String>, schemata: NodeMap<String>, names: NodeMap<String>,
    entityCount: Int, evidence: EvidenceBehindEdges, rule: ProjectionRule, leftOut: LeftOut
  ) {
    self.graph = graph
    self.ids = ids
    self.schemata = schemata
    self.names = names
    self.entityCount = entityCount
    self.evidence = evidence
    self.rule = rule
    self.leftOut = leftOut
    nodeOfEntity = Dictionary(
      uniqueKeysWithValues: ids.values[..<entityCount].enumerated().map { ($1, Node($0)) })
  }

  /// The node of an entity; nil when the entity is not in the graph.
  public func node(of entity: String) -> Node? { nodeOfEntity[entity] }

  /// What a projection left out.
  public struct LeftOut: Codable, Hashable, Sendable {
    /// Relationships and events that join an entity to itself alone.
    public var selfLoops = 0
    /// Relationships and events with fewer than two entities, or without the two roles of an arc
    /// where the rule leaves such groups out.
    public var withoutTwoEnds = 0
    /// Relationships and events without a number for the weight.
    public var withoutWeight = 0
    /// Entities without an edge, where the rule leaves them out.
    public var isolated = 0

    /// Creates counts of zero.
    public init() {}
  }

  /// What the graph means, as a sentence for the head of a table.
  public var convention: String {
    let direction = graph.direction == .directed ? "directed" : "undirected"
    let edges = rule.mergesParallel ? "parallel edges merged" : "parallel edges kept"
    let weight =
      rule.weight.map { weight in
        weight.quantity == "count"
          ? "weight: number of relationships and events (\(weight.meaning.rawValue))"
          : "weight: \(weight.merging.rawValue) of \(weight.quantity) (\(weight.meaning.rawValue))"
      } ?? "every edge weighs 1"
    return "\(direction), \(edges), \(weight)"
  }
}

/// What is behind an edge.
public struct EdgeEvidence: Hashable, Sendable, Codable {
  /// The ids of the relationships, in order.
  public var relationships: [String] = []
  /// The ids of the events, in order.
  public var events: [String] = []
  /// The numbers of the claims about these, in order; the report of an event stands in the event.
  public var claims: [Int] = []
  /// The schemata of the relationships in their order and then of the events by name, each once.
  public var schemata: [String] = []
  /// The grade of the strongest single claim; nil when none is graded.
  public var grade: Grade?
  /// How surely the edge is drawn, by that grade; nil when nothing is graded.
  public var lineClass: LineClass?

  /// The number of events behind the edge that were gathered and are not among `events`.
  public var gathered = 0

  /// The number of relationships and events behind the edge.
  public var count: Int { relationships.count + events.count + gathered }
}
