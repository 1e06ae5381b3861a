// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How many ties a node has.
///
/// The most visible members of a network have many ties; visibility is not command. It counts edge
/// ends: parallel edges count one each and a self-loop two (in a directed graph one in and one
/// out). `isNormalised` divides by n − 1, so that in a simple graph the score is the share of the
/// others that the node is tied to.
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// try Degree()(chain)  // 1, 2, 1
/// ```
///
/// Range: 0 to m (normalised in a simple graph: 0 to 1; in + out of a directed one: 0 to 2).
/// Weights are ignored; see `Strength`.
///
/// - Complexity: O(n) time and memory.
/// - SeeAlso: Freeman 1978, doi:10.1016/0378-8733(78)90021-7.
public struct Degree: Analysis {
  public static let name = "degree"
  public static let reference = Citation(
    authors: "Freeman, L. C.", year: 1978,
    title: "Centrality in social networks: conceptual clarification", venue: "Social Networks 1(3)",
    doi: "10.1016/0378-8733(78)90021-7")

  /// Which ties of a directed graph count; an undirected graph has only ties.
  public var ties = Ties.total
  /// Whether the count is divided by n − 1.
  public var isNormalised = false

  public init() {}

  /// Creates a degree of the given kind.
  public init(_ ties: Ties, isNormalised: Bool = false) {
    self.ties = ties
    self.isNormalised = isNormalised
  }

  public func memory(for graph: Graph, threads: Int) -> Int { 8 * graph.nodeCount }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    try run.checkpoint(0, of: 1)
    let divisor = isNormalised ? Double(max(1, graph.nodeCount - 1)) : 1
    let values = graph.nodes.map { node -> Double in
      let count =
        switch ties {
        case .total: graph.degree(of: node)
        case .incoming: graph.incoming.count(of: node)
        case .outgoing: graph.outgoing.count(of: node)
        }
      return Double(count) / divisor
    }
    return Scores(
      Array(values),
      convention: Convention(
        direction: ties.description(in: graph), weights: "ignored", components: "not affected",
        normalisation: isNormalised ? "divided by n − 1" : "none: a count of edge ends"))
  }
}

/// Which ties of a node in a directed graph are meant; an undirected graph has only ties.
public enum Ties: String, Codable, CaseIterable, Sendable {
  /// Those that leave it and those that enter it.
  case total
  /// Those that enter it.
  case incoming
  /// Those that leave it.
  case outgoing

  func description(in graph: Graph) -> String {
    if graph.direction == .undirected { return "undirected" }
    return switch self {
    case .total: "directed: in + out"
    case .incoming: "directed: in"
    case .outgoing: "directed: out"
    }
  }
}
