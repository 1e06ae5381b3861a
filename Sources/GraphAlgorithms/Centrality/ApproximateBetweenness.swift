// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import GraphCore

/// `Betweenness` of a network too large to count, from shortest paths drawn at random, with a bound
/// on how far it is off.
///
/// Pairs of nodes are drawn, for each pair one of its shortest paths, all equally likely, and the
/// score of a node is the share of the paths that pass through it. With probability `confidence` the
/// scores of *all* nodes are within `error` of `Betweenness`, normalised. So nodes whose scores
/// differ by more than 2 `error` are in the right order; of those that score less than `error`
/// nothing is known but that they are low. The same seed gives the same scores.
///
/// ```swift
/// // On a star of 100 leaves the centre has 1, every leaf 0.
/// try ApproximateBetweenness(error: 0.05)(star)
/// // On the chain 0 – 1 – 2 – 3, within 0.05 with 90 % confidence: 0, 2/3, 2/3, 0
/// try ApproximateBetweenness(error: 0.05)(chain)
/// ```
///
/// Range: 0 to n / (n − 2), which is 1 but for the error. Pairs that no path joins count nothing.
/// Paths are counted in arcs, so that weights which are strengths or lengths are refused; parallel
/// edges count once, self-loops not at all.
///
/// With *k* nodes that have a way in and a way out to another node, Hoeffding's inequality for each
/// and the union bound over all ask for ln(2 k / (1 − `confidence`)) / (2 `error`²) paths: 46,000
/// for 0.01 and 90 % at 500 such nodes, 74,000 at 120,000. `Betweenness` is exact, and faster where
/// the largest block has less than some ten thousand nodes.
///
/// - Complexity: at most O(n + m) time a path; as a rule little of the network is seen, since the
///   searches from both ends stop where they meet. O(n) memory a thread, and O(m).
/// - Throws: `AnalysisError.wrongWeighting` for a weighted graph; `.invalidOption` for an error
///   outside 10⁻⁶ ... 1 or a confidence that is not between 0 and 1; `.undefined` for a pair with
///   over 10³⁰⁸ shortest paths.
/// - SeeAlso: Riondato and Kornaropoulos 2016, doi:10.1007/s10618-015-0423-0 (drawing paths);
///   Borassi and Natale 2016, doi:10.4230/LIPIcs.ESA.2016.20 (from both ends); Hoeffding 1963,
///   doi:10.1080/01621459.1963.10500830 (the bound).
public struct ApproximateBetweenness: Analysis {
  public static let name = "approximate-betweenness"
  public static let reference = Citation(
    authors: "Riondato, M.; Kornaropoulos, E. M.", year: 2016,
    title: "Fast approximation of betweenness centrality through sampling",
    venue: "Data Mining and Knowledge Discovery 30(2)", doi: "10.1007/s10618-015-0423-0")

  /// How far a score may be off.
  public var error = 0.01
  /// The probability that no score is off by more.
  public var confidence = 0.9
  /// What the pairs and paths are drawn with.
  public var seed: UInt64 = 1

  public init() {}

  /// Creates an approximation with the given bound.
  public init(error: Double, confidence: Double = 0.9, seed: UInt64 = 1) {
    self.error = error
    self.confidence = confidence
    self.seed = seed
  }

  /// An upper estimate, in bytes, of what the analysis allocates beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    let arcCount = (graph.direction == .undirected ? 2 : 1) * graph.edgeCount
    // The arcs in both directions while they grow; levels, counts and lists of two searches, and
    // sums that wait to be added.
    return 48 * arcCount + 40 * (graph.nodeCount + 1) + threads * 104 * (graph.nodeCount + 1)
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Scores {
    try requireOptions()
    if let weighting = graph.weighting {
      throw .wrongWeighting(
        analysis: Self.name, found: weighting,
        advice: "Leave the weights out, or take the exact betweenness.")
    }
    try run.checkpoint(0, of: 1)
    let n = graph.nodeCount
    let forward = try PathArcs(graph, .outgoing, for: Self.name)
    let backward = graph.direction == .undirected ? forward : forward.reversed
    let count = sampleCount(forward, backward)
    // A checkpoint comes with each item, so that an item is less where a path takes long to find.
    let size = max(1, min(64, 8_000_000 / (n + graph.edgeCount + 1)))
    let sums = try run.sums(
      items: (count + size - 1) / size, isSmall: n < 1000 && count < 10_000, width: n
    ) { [seed] in
      PathSampler(forward, backward, seed: seed, size: size, count: count, for: Self.name)
    }
    // Pairs of which the node is an end are drawn too, but are not pairs of others.
    let scale = count > 0 ? Double(n) / (Double(n - 2) * Double(count)) : 0
    return Scores(
      sums.map { $0 * scale },
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directed: along the arcs",
        weights: "none: every edge has length 1",
        components: "pairs that no path joins count nothing",
        normalisation:
          "a share of \(count) sampled paths, within \(error) with confidence \(confidence)"))
  }

  private func requireOptions() throws(AnalysisError) {
    guard error >= 1e-6, error <= 1 else {
      throw .invalidOption(
        analysis: Self.name, option: "error", value: "\(error)", requirement: "from 0.000001 to 1")
    }
    guard confidence > 0, confidence < 1 else {
      throw .invalidOption(
        analysis: Self.name, option: "confidence", value: "\(confidence)",
        requirement: "between 0 and 1")
    }
  }

  // None where no node can be between others.
  private func sampleCount(_ forward: PathArcs, _ backward: PathArcs) -> Int {
    let n = forward.nodeCount
    // A node whose only way in and only way out lead to the same node is on no path of others.
    let between = (0..<n).count { node in
      let (out, into) = (forward.count(of: node), backward.count(of: node))
      let isDeadEnd =
        out == 1 && into == 1
        && forward.targets[Int(forward.offsets[node])]
          == backward.targets[Int(backward.offsets[node])]
      return out > 0 && into > 0 && !isDeadEnd
    }
    guard n > 2, between > 0 else { return 0 }
    let ownError = error * Double(n - 2) / Double(n)
    return Int(
      (log(2 * Double(between) / (1 - confidence)) / (2 * ownError * ownError)).rounded(.up))
  }
}
