// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How well a node is tied to nodes that are themselves well tied.
///
/// It tells being near the core from having many ties at the edge: a node's score is proportional
/// to the sum of the scores of its neighbours, times the strengths of the ties. In a directed graph
/// the neighbours are those that point to it. Only one component can be compared so, and it is the
/// largest (of equal ones, that of the first node); in a directed graph the largest strong
/// component, in which each node reaches each other. The score is undefined elsewhere. The scores'
/// squares add up to 1.
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// try Eigenvector()(chain)  // 1/2, √2/2, 1/2
/// ```
///
/// Range: above 0 to 1 (0 where a score is less than rounding).
///
/// Weights are strengths; parallel edges add up, an edge of strength 0 is none, and a self-loop
/// adds a node's own score once.
///
/// Where a network falls into two like halves that hardly touch, the scores hang on the last digits
/// of the weights; then it does not settle and says so.
///
/// - Complexity: O(k (n + m)) time for k steps, some hundreds as a rule; O(n + m) memory.
/// - Throws: `AnalysisError.undefined` when there is no circle of ties (in a directed graph: no
///   node that reaches itself), `.notConverged`, `.wrongWeighting` when weights are lengths,
///   `.weightOutsideDomain` for a negative one.
/// - SeeAlso: Bonacich 1972, doi:10.1080/0022250X.1972.9989806.
public struct Eigenvector: Analysis {
  public static let name = "eigenvector"
  public static let reference = Citation(
    authors: "Bonacich, P.", year: 1972,
    title: "Factoring and weighting approaches to status scores and clique identification",
    venue: "Journal of Mathematical Sociology 2(1)", doi: "10.1080/0022250X.1972.9989806")

  /// The largest error allowed in a score, as estimated from how fast the scores settle.
  public var tolerance = 1e-11

  public init() {}

  /// An upper estimate of the bytes that a run takes beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    let (n, m) = (graph.nodeCount, graph.edgeCount)
    return KrylovSpace<StrengthMatrix>.memory(size: n) + 48 * n + 112 * m
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    guard tolerance > 0 else {
      throw .invalidOption(
        analysis: Self.name, option: "tolerance", value: "\(tolerance)", requirement: "positive")
    }
    try run.checkpoint(0, of: 1)
    try graph.requireNonNegativeStrengths(for: Self.name)
    var values = [Double](repeating: .nan, count: graph.nodeCount)
    if graph.nodeCount > 0 {
      let part = try comparablePart(of: graph, run)
      let matrix = try StrengthMatrix(part.graph, for: Self.name, run)
      let vector = try KrylovSpace.settled(matrix, tolerance, for: Self.name, run)
      for node in part.graph.nodes {
        values[Int(part.node[node].index)] = max(0, vector[Int(node.index)])
      }
    }
    let isDirected = graph.direction == .directed
    return Scores(
      values,
      convention: Convention(
        direction: isDirected ? "directed: from those that point to a node" : "undirected",
        weights: graph.strengthRule,
        components: isDirected
          ? "largest strong component only; undefined elsewhere"
          : "largest component only; undefined elsewhere",
        normalisation: "the squares of the scores add up to 1"))
  }

  // On a strong component the matrix is irreducible, and the vector is unique and positive (Perron
  // and Frobenius); on a larger part it need not be.
  private func comparablePart(of graph: Graph, _ run: Run) throws(AnalysisError) -> Subgraph {
    let components = try ConnectedComponents(.strong)(ties(of: graph), run)
    let isTie = { (edge: Edge) in graph.weight(of: edge) > 0 }
    if components.sizes[0] > 1 {
      return graph.subgraph(nodes: { components.group[$0] == 0 }, edges: isTie)
    }
    let loop = graph.nodes.first { node in
      graph.arcs(from: node).contains { $0.target == node && $0.weight > 0 }
    }
    guard let loop else {
      throw .undefined(
        analysis: Self.name,
        reason: graph.direction == .undirected
          ? "No two nodes are tied." : "No node can be reached from itself along the arcs.")
    }
    return graph.subgraph(nodes: { $0 == loop }, edges: isTie)
  }

  private func ties(of graph: Graph) -> Graph {
    guard graph.edgeWeights?.contains(0) ?? false else { return graph }
    return graph.subgraph(nodes: { _ in true }, edges: { graph.weight(of: $0) > 0 }).graph
  }
}
