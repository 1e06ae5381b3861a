// SPDX-License-Identifier: Apache-2.0

public import GraphCore

extension Catalogue {
  /// The analyses that divide the nodes into groups, in the order in which they are listed.
  public static let groupAnalyses: [GroupAnalysis] = [
    GroupAnalysis(
      word: "components", title: "Component",
      meaning: "parts of the network between which there is no tie",
      analysis: ConnectedComponents(.weak)
    ) { $0 },
    GroupAnalysis(
      word: "strong-components", title: "Strong component",
      meaning: "parts of the network whose nodes reach each other along the arcs",
      analysis: ConnectedComponents(.strong)
    ) { $0 },
    GroupAnalysis(
      word: "leiden", title: "Community",
      meaning: "groups with more tie strength inside than chance would put there",
      analysis: Leiden()
    ) { $0.partition },
    GroupAnalysis(
      word: "leiden-cpm", title: "Community",
      meaning: "groups that are denser than the network as a whole",
      analysis: Leiden(objective: .relativePotts)
    ) { $0.partition },
    GroupAnalysis(
      word: "louvain", title: "Community",
      meaning: "groups with more tie strength inside than chance, as most programs find them",
      analysis: Louvain()
    ) { $0.partition },
    GroupAnalysis(
      word: "label-propagation", title: "Community",
      meaning: "groups in which everybody has most of their ties",
      analysis: LabelPropagation()
    ) { $0.partition },
    GroupAnalysis(
      word: "infomap", title: "Module",
      meaning: "groups in which something that moves along the ties stays for long",
      analysis: Infomap()
    ) { $0.partition },
  ]

  /// The group analysis that a word names; nil when there is none.
  public static func groupAnalysis(_ word: String) -> GroupAnalysis? {
    groupAnalyses.first { $0.word == word }
  }

  /// The figures of the whole network, in the order in which tables show them.
  public static let networkFigures: [NetworkFigure] = [
    NetworkFigure("nodes", "Nodes", "how many nodes there are", count: { $0.nodes }),
    NetworkFigure("edges", "Edges", "how many edges there are", count: { $0.edges }),
    NetworkFigure(
      "tied-pairs", "Tied pairs", "how many pairs of nodes are tied", count: { $0.tiedPairs }),
    NetworkFigure(
      "parallel-edges", "Parallel edges", "how many edges repeat another",
      count: { $0.parallelEdges }),
    NetworkFigure(
      "self-loops", "Self-loops", "how many edges join a node to itself",
      count: { $0.selfLoops }),
    NetworkFigure(
      "isolates", "Isolates", "how many nodes are tied to no other", count: { $0.isolates }),
    NetworkFigure(
      "density", "Density", "the share of possible ties that exist", number: { $0.density }),
    NetworkFigure(
      "mean-degree", "Mean degree", "how many neighbours a node has on average",
      number: { $0.meanDegree }),
    NetworkFigure(
      "reciprocity", "Reciprocity", "the share of arcs that are returned",
      number: { $0.reciprocity }),
    NetworkFigure(
      "weak-components", "Weak components", "how many parts have no tie between them",
      count: { $0.weakComponents.count }),
    NetworkFigure(
      "largest-weak-component", "Largest weak component", "how many nodes the largest part has",
      count: { $0.weakComponents.first ?? 0 }),
    NetworkFigure(
      "strong-components", "Strong components",
      "how many parts there are whose nodes reach each other along the arcs",
      count: { $0.strongComponents?.count }),
    NetworkFigure(
      "largest-strong-component", "Largest strong component",
      "how many nodes the largest such part has",
      count: { figures in figures.strongComponents.map { $0.first ?? 0 } }),
    NetworkFigure(
      "triangles", "Triangles", "how many groups of three are all tied",
      count: { $0.triangles }),
    NetworkFigure(
      "transitivity", "Transitivity", "how often two neighbours of a node are tied",
      number: { $0.transitivity }),
    NetworkFigure(
      "average-clustering", "Average clustering", "the mean clustering coefficient of the nodes",
      number: { $0.averageClustering }),
    NetworkFigure(
      "degree-centralization", "Degree centralization",
      "how far the ties gather on one node: 1 in a star", number: { $0.degreeCentralization }),
    NetworkFigure(
      "degree-assortativity", "Degree assortativity",
      "whether nodes with many ties are tied to each other (positive) or to nodes with few",
      number: { $0.degreeAssortativity }),
    NetworkFigure(
      "mean-distance", "Mean distance", "how many ties apart two nodes of the largest part are",
      number: { $0.meanDistance }),
    NetworkFigure(
      "diameter", "Diameter", "how many ties apart the farthest two nodes of the largest part are",
      count: { $0.diameter }),
    NetworkFigure(
      "largest-core", "Largest core number", "how deep the densest part is",
      count: { $0.largestCore }),
    NetworkFigure(
      "articulation-points", "Articulation points", "how many nodes hold parts together alone",
      count: { $0.articulationPoints }),
    NetworkFigure(
      "bridges", "Bridges", "how many ties hold parts together alone", count: { $0.bridges }),
  ]
}

/// An analysis that divides the nodes into groups, under the word that names it.
public struct GroupAnalysis: Sendable {
  /// The word on the command line.
  public let word: String
  /// What one group is called.
  public let title: String
  /// What the groups are, in half a sentence that starts in lower case.
  public let meaning: String
  /// The analysis with the options that the word stands for.
  public let analysis: any Analysis
  private let divide: @Sendable (Graph, Run) throws(AnalysisError) -> Partition

  init<A: Analysis>(
    word: String, title: String, meaning: String, analysis: A,
    partition: @escaping @Sendable (A.Output) -> Partition
  ) {
    self.word = word
    self.title = title
    self.meaning = meaning
    self.analysis = analysis
    divide = { (graph: Graph, run: Run) throws(AnalysisError) in
      partition(try analysis(graph, run))
    }
  }

  /// Divides the nodes of `graph`.
  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Partition {
    try divide(graph, run)
  }
}

/// One figure of the whole network, under the word that names it.
public struct NetworkFigure: Sendable {
  /// The key in a table.
  public let word: String
  /// The heading in a table.
  public let title: String
  /// What it says, in half a sentence that starts in lower case.
  public let meaning: String
  /// Whether it is a whole number.
  public let isCount: Bool
  /// Takes the figure out of the result; nil where it is not defined.
  public let value: @Sendable (NetworkFigures) -> Double?

  init(
    _ word: String, _ title: String, _ meaning: String,
    count: @escaping @Sendable (NetworkFigures) -> Int?
  ) {
    self.word = word
    self.title = title
    self.meaning = meaning
    isCount = true
    value = { figures in count(figures).map { Double($0) } }
  }

  init(
    _ word: String, _ title: String, _ meaning: String,
    number: @escaping @Sendable (NetworkFigures) -> Double?
  ) {
    self.word = word
    self.title = title
    self.meaning = meaning
    isCount = false
    value = number
  }
}
