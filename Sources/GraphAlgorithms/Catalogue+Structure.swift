// SPDX-License-Identifier: Apache-2.0

public import GraphCore

extension Catalogue {
  /// The analyses of how a network is built that give neither a score for each node nor groups, in
  /// the order in which they are listed.
  public static let structureAnalyses: [StructureAnalysis] = [
    StructureAnalysis(
      word: WholeNetwork.name, title: "Whole network",
      meaning: "figures of the whole: density, distances, clustering, cores, cut nodes",
      analysis: WholeNetwork()),
    StructureAnalysis(
      word: ArticulationPoints.name, title: "Cut nodes",
      meaning: "nodes without which parts fall off", analysis: ArticulationPoints()),
    StructureAnalysis(
      word: Bridges.name, title: "Bridges", meaning: "ties that alone join two sides",
      analysis: Bridges()),
    StructureAnalysis(
      word: BiconnectedComponents.name, title: "Blocks",
      meaning: "parts that no single node can cut", analysis: BiconnectedComponents()),
    StructureAnalysis(
      word: SpanningForest.name, title: "Spanning forest",
      meaning: "the fewest ties that hold every part together, the strongest or the shortest",
      analysis: SpanningForest()),
    StructureAnalysis(
      word: Diameter.name, title: "Diameter",
      meaning: "how far apart the two nodes are that are farthest apart",
      analysis: Diameter(ofEveryComponent: true)),
    StructureAnalysis(
      word: BreadthFirstDistances.name, title: "Distances in ties",
      meaning: "how many ties every node is away from the nearest of given nodes",
      analysis: BreadthFirstDistances(from: [Node(0)])),
    StructureAnalysis(
      word: ShortestPaths.name, title: "Shortest paths",
      meaning: "the shortest way from a node to every other", analysis: ShortestPaths()),
    StructureAnalysis(
      word: Triangles.name, title: "Triangles",
      meaning: "how many groups of three are all tied, and how many could be",
      analysis: Triangles()),
    StructureAnalysis(
      word: TopCloseness.name, title: "Nearest to all",
      meaning: "the first places by closeness or harmonic centrality, without the others",
      analysis: TopCloseness()),
  ]

  /// The structure analysis that a word names; nil when there is none.
  public static func structureAnalysis(_ word: String) -> StructureAnalysis? {
    structureAnalyses.first { $0.word == word }
  }
}

/// An analysis of how a network is built, under the word that names it.
public struct StructureAnalysis: Sendable {
  /// The word in a manifest.
  public let word: String
  /// What it gives.
  public let title: String
  /// What it says, in half a sentence that starts in lower case.
  public let meaning: String
  /// The analysis with the options that the word stands for; one that starts at a node starts at the
  /// first.
  public let analysis: any Analysis
  private let evaluate: @Sendable (Graph, Run) throws(AnalysisError) -> any (Hashable & Sendable)

  init<A: Analysis>(word: String, title: String, meaning: String, analysis: A)
  where A.Output: Hashable {
    self.word = word
    self.title = title
    self.meaning = meaning
    self.analysis = analysis
    evaluate = { (graph: Graph, run: Run) throws(AnalysisError) in try analysis(graph, run) }
  }

  /// Runs the analysis; its type is the output of `analysis`.
  ///
  /// - Throws: `AnalysisError` as the analysis does.
  public func callAsFunction(
    _ graph: Graph, _ run: Run
  ) throws(AnalysisError) -> any (Hashable & Sendable) {
    try evaluate(graph, run)
  }
}
