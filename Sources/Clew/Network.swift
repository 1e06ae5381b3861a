// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
public import GraphCore
public import Reports

/// A graph with what each node and edge of it is: a view of a case, or a graph file.
///
/// Analyses run on its graph; results and pictures come back with names, evidence, conventions and
/// the hash of what was read.
///
/// ```swift
/// let network = try Workbench("harbour.case").network()
/// let scores = try network.scores(Betweenness())
/// ```
public struct Network: Sendable {
  /// The graph that is analysed.
  public let graph: Graph
  /// What each node is.
  public let items: NodeMap<Item>
  /// What each edge is.
  public let ties: EdgeMap<Tie>
  /// What was read.
  public let input: ResultDocument.Input
  /// The policy that was applied before anything was computed, as name and value.
  public let view: [(name: String, value: JSONValue)]
  /// What was assumed, merged and left out on the way to the graph.
  public let notices: [String]
  /// The most restrictive handling code of what is shown; nil where none is stated.
  public let handling: String?
  /// The identifiers of records that were merged, and the one that the node goes by.
  let leaders: [String: String]

  /// Creates a network.
  public init(
    graph: Graph, items: NodeMap<Item>, ties: EdgeMap<Tie>, input: ResultDocument.Input,
    view: [(name: String, value: JSONValue)], notices: [String], handling: String?
  ) {
    self.init(
      graph: graph, items: items, ties: ties, input: input, view: view, notices: notices,
      handling: handling, leaders: [:])
  }

  init(
    graph: Graph, items: NodeMap<Item>, ties: EdgeMap<Tie>, input: ResultDocument.Input,
    view: [(name: String, value: JSONValue)], notices: [String], handling: String?,
    leaders: [String: String]
  ) {
    precondition(items.count == graph.nodeCount && ties.count == graph.edgeCount)
    self.graph = graph
    self.items = items
    self.ties = ties
    self.input = input
    self.view = view
    self.notices = notices
    self.handling = handling
    self.leaders = leaders
  }

  /// What a node stands for.
  public struct Item: Sendable, Hashable {
    /// The identifier in the input.
    public var id: String
    /// The name that people read.
    public var label: String
    /// The schema in a case (Person, Company); nil in a graph file.
    public var schema: String?
    /// A second line under the name, such as the role in the crime script.
    public var detail: String?
    /// The data-subject category of a person, where it was determined.
    public var category: String?
    /// What it is in the network, where the input says.
    public var kind: Kind?
    /// Why the node takes no place in rankings; nil when it does.
    public var unranked: String?

    /// What an entity is to an analyst, whatever its schema is called.
    public enum Kind: String, Sendable, Hashable { case person, organisation, other }

    /// Creates an item that is known by its identifier alone.
    public init(id: String, label: String? = nil, schema: String? = nil) {
      self.id = id
      self.label = label ?? id
      self.schema = schema
    }
  }

  /// What an edge stands for.
  public struct Tie: Sendable, Hashable {
    /// A word or two for the line of a chart, such as the schema; nil where nothing is known.
    public var label: String?
    /// How well it is evidenced: by the best single claim, never an average.
    public var standing: Standing
    /// The grade of the best claim, as its scheme writes it.
    public var grade: String?
    /// How many records stand behind it.
    public var count: Int
    /// Whether the records give it a direction, even where the analysis ignores it.
    public var arrow: Arrow

    /// Creates a tie that says nothing but that it is there.
    public init(
      label: String? = nil, standing: Standing = .confirmed, grade: String? = nil, count: Int = 1,
      arrow: Arrow = .none
    ) {
      self.label = label
      self.standing = standing
      self.grade = grade
      self.count = count
      self.arrow = arrow
    }
  }

  /// How well a tie is evidenced, which is how its line is drawn.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    case confirmed, probable, unconfirmed
  }

  /// The direction of the records behind a tie, seen from the source of its edge.
  public enum Arrow: Sendable, Hashable { case none, forward, backward, both }

  /// The nodes by their scores, without those that take no place in rankings (victims, witnesses,
  /// minors; `Item.unranked` says why).
  ///
  /// Every ranking that Clew shows is this one. `Scores.ranking()` knows no entity and ranks all.
  ///
  /// - Complexity: O(n log n).
  public func ranking(of scores: Scores) -> [Ranked] {
    let shown = Array(graph.nodes.filter { items[$0].unranked == nil })
    return Scores(shown.map { scores[$0] ?? .nan }, convention: scores.convention).ranking()
      .map { Ranked(node: shown[Int($0.node.index)], score: $0.score, rank: $0.rank) }
  }

  /// The name of a node.
  public func label(of node: Node) -> String { items[node].label }

  /// The node with an identifier, which may be that of any record of a merged entity; nil when there is
  /// none.
  ///
  /// - Complexity: O(n).
  public func node(id: String) -> Node? {
    let id = leaders[id] ?? id
    return graph.nodes.first { items[$0].id == id }
  }

  /// Runs a measure on the network's graph.
  ///
  /// - Throws: `AnalysisError` when the graph is outside the measure's domain.
  public func scores(
    _ analysis: some Analysis<Scores>, _ run: Run = Run()
  ) throws(AnalysisError) -> Scores {
    try computed(analysis, run)
  }

  /// Runs an analysis on the network's graph when its memory stays within the limit of the run.
  ///
  /// - Throws: `AnalysisError` in the words of the input.
  func computed<A: Analysis>(_ analysis: A, _ run: Run) throws(AnalysisError) -> A.Output {
    do {
      try analysis.checkMemory(for: graph, run)
      return try analysis(graph, run)
    } catch {
      throw explained(error)
    }
  }

  /// An error with the names of what it is about in place of numbers.
  func explained(_ error: AnalysisError) -> AnalysisError {
    guard case .weightOutsideDomain(let analysis, let edge, let weight, let requirement) = error,
      edge < graph.edgeCount
    else { return error }
    let ends = graph.ends(of: Edge(edge))
    return .undefined(
      analysis: analysis,
      reason: "it needs \(requirement), but in \(input.name) the tie between "
        + "\(label(of: ends.source)) and \(label(of: ends.target)) weighs \(weight). Leave out "
        + "--weight, or use another column.")
  }

  /// The nodes that satisfy a condition, with the edges between them, as a network.
  public func part(nodes isKept: (Node) -> Bool, notice: String) -> Network {
    let part = graph.subgraph(nodes: isKept)
    return Network(
      graph: part.graph, items: NodeMap(part.node.values.map { items[$0] }),
      ties: EdgeMap(part.edge.values.map { ties[$0] }), input: input, view: view,
      notices: notices + [notice], handling: handling, leaders: leaders)
  }
}
