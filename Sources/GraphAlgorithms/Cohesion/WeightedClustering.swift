// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How far the contacts of a node know each other where some ties are stronger than others.
///
/// Two rules answer different questions. That of Barrat asks whether a node's *own* strong ties lead
/// into groups: it is above `Clustering` where triangles hang on the stronger ties, below where they
/// hang on the weaker ones, and equal where all ties of the node are as strong; the tie that closes a
/// triangle may be of any strength. That of Onnela asks how *strong the triangles* are, all three
/// ties, compared with the strongest tie of the whole network: one very strong tie anywhere lowers the
/// scores of all.
///
/// Directions and self-loops are ignored, and the strengths of all edges between two nodes are added.
/// With kᵢ contacts and strength sᵢ, the sums going over the triangles of a node i with j and h:
///
/// - `barrat`: Σ (wᵢⱼ + wᵢₕ) ÷ (sᵢ (kᵢ − 1));
/// - `onnela`: 2 Σ (wᵢⱼ wᵢₕ wⱼₕ)^⅓ ÷ (kᵢ (kᵢ − 1)), each w divided by the largest of the network.
///
/// A node with fewer than two contacts, or without strength, has 0. Without weights both are the
/// local clustering coefficient, as long as no pair is tied twice.
///
/// ```swift
/// // On a triangle 0, 1, 2 with a tail 2 – 3, all ties of strength 1 but the tail of strength 2:
/// try WeightedClustering(.barrat)(graph)  // 1, 1, 1/4, 0
/// ```
///
/// Range: 0 to 1. Weights are strengths. Onnela's sums are kept to 2⁻⁶² a triangle, as whole numbers,
/// so that neither the threads nor the order of the nodes changes them by more.
///
/// - Complexity: O(m^1.5) time; 32 bytes an edge and 4 more for each thread, and 60 bytes a node and 24
///   more for each thread.
/// - Throws: `AnalysisError.wrongWeighting` when the weights are lengths,
///   `AnalysisError.weightOutsideDomain` when a strength is negative, and `AnalysisError.undefined`
///   when the strengths of parallel edges add up to more than a number holds.
/// - SeeAlso: Barrat et al. 2004, doi:10.1073/pnas.0400087101; Onnela et al. 2005,
///   doi:10.1103/PhysRevE.71.065103.
public struct WeightedClustering: Analysis {
  public static let name = "weighted-clustering"
  public static let reference = Citation(
    authors: "Barrat, A.; Barthélemy, M.; Pastor-Satorras, R.; Vespignani, A.", year: 2004,
    title: "The architecture of complex weighted networks", venue: "PNAS 101(11)",
    doi: "10.1073/pnas.0400087101")

  /// What of a triangle counts.
  public enum Rule: String, Codable, CaseIterable, Sendable {
    /// The two ties of the node itself.
    case barrat
    /// The geometric mean of all three ties.
    case onnela
  }

  /// What of a triangle counts.
  public var rule = Rule.barrat

  public init() {}

  /// Creates an analysis by a rule.
  public init(_ rule: Rule) { self.rule = rule }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    try graph.requireNonNegativeStrengths(
      for: rule == .barrat ? Self.name : "triangle-strength")
    try run.checkpoint(0, of: max(1, graph.nodeCount))
    let neighbours = Neighbours(graph)
    var strengths = pairStrengths(graph, neighbours)
    let largest = strengths.max() ?? 0
    guard largest.isFinite else {
      throw .undefined(
        analysis: Self.name,
        reason: "The strengths of the edges between two nodes add up to more than a number holds.")
    }
    // Shares are the same in units of the largest, and no sum of them is too large.
    if largest > 0 { for a in strengths.indices { strengths[a] /= largest } }
    let values =
      switch rule {
      case .barrat: try barrat(neighbours, strengths, run)
      case .onnela: try onnela(neighbours, strengths, run)
      }
    return Scores(
      values,
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directions ignored",
        weights: graph.strengthRule, components: "not affected",
        normalisation: rule == .barrat
          ? "strength of ties in triangles ÷ strength × (degree − 1); 0 if degree < 2"
          : "sum of cube roots of wᵢⱼ wᵢₕ wⱼₕ ÷ largest w ÷ pairs of neighbours; 0 if degree < 2"))
  }

  /// An upper bound of the bytes that the analysis takes beside the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    let members = graph.nodeCount < 1000 ? 1 : max(1, threads)
    return Neighbours.memory(for: graph) + graph.edgeCount * (8 + 24 + 4 * members)
      + graph.nodeCount * (60 + 24 * members) + 65_536
  }

  // The strengths of all edges between a node and each of its neighbours, added.
  private func pairStrengths(_ graph: Graph, _ neighbours: Neighbours) -> [Double] {
    guard let weights = graph.edgeWeights else {
      return pairCounts(graph, neighbours) { _ in 1 }
    }
    return pairCounts(graph, neighbours) { weights[Int($0)] }
  }

  private func pairCounts(
    _ graph: Graph, _ neighbours: Neighbours, _ strength: (Int32) -> Double
  ) -> [Double] {
    var values = [Double](repeating: 0, count: neighbours.targets.count)
    var sums = [Double](repeating: 0, count: graph.nodeCount)
    let sides = graph.direction == .directed ? [graph.outgoing, graph.incoming] : [graph.outgoing]
    let edges = sides.map(\.edges)
    for u in 0..<graph.nodeCount {
      for (side, edges) in zip(sides, edges) {
        for a in side.range(of: Node(u)) { sums[Int(side.targets[a])] += strength(edges[a]) }
      }
      sums[u] = 0
      for a in neighbours.range(of: u) {
        let v = Int(neighbours.targets[a])
        values[a] = sums[v]
        sums[v] = 0
      }
    }
    return values
  }

  // A tie adds its strength once for each triangle that it is in.
  private func barrat(
    _ neighbours: Neighbours, _ strengths: [Double], _ run: Run
  ) throws(AnalysisError) -> [Double] {
    let ties = RankedTies(neighbours, keepsPlaces: true)
    let counts = try trianglesOfTies(ties, neighbours, run)
    var closed = [Double](repeating: 0, count: neighbours.nodeCount)
    for r in 0..<neighbours.nodeCount {
      let (starts, ends) = unsafe (ties.starts.base, ties.ends.base)
      let (order, places) = unsafe (ties.order.base, ties.places.base)
      let u = unsafe Int(order[r])
      for a in unsafe Int(starts[r])..<Int(starts[r + 1]) {
        let part = unsafe strengths[Int(places[a])] * Double(counts[a])
        closed[u] += part
        closed[unsafe Int(order[Int(ends[a])])] += part
      }
    }
    return closed.indices.map { u in
      let strength = neighbours.range(of: u).reduce(0.0) { $0 + strengths[$1] }
      let degree = neighbours.degree(of: u)
      guard degree > 1, strength > 0 else { return 0 }
      return min(1, closed[u] / (strength * Double(degree - 1)))
    }
  }

  private func onnela(
    _ neighbours: Neighbours, _ strengths: [Double], _ run: Run
  ) throws(AnalysisError) -> [Double] {
    let roots = strengths.map { cubeRoot($0) }
    let sums = try strengthsOfTriangles(
      RankedTies(neighbours, keepsPlaces: true), roots, neighbours, run)
    return sums.indices.map { u in
      let degree = neighbours.degree(of: u)
      return degree > 1 ? min(1, 2 * sums[u] / Double(degree * (degree - 1))) : 0
    }
  }
}
