// SPDX-License-Identifier: Apache-2.0

/// Every analysis that Clew offers, by the word that names it on the command line.
///
/// Command line, manifests, documentation and the test suite that holds for all analyses are
/// derived from it.
public enum Catalogue {
  /// The measures that score nodes, in the order in which tables show them.
  public static let nodeMeasures: [NodeMeasure] = [
    NodeMeasure(
      word: "degree", title: "Degree", meaning: "how many ties a node has",
      analysis: Degree(.total), isCount: true),
    NodeMeasure(
      word: "in-degree", title: "In-degree", meaning: "how many ties lead to a node",
      analysis: Degree(.incoming), isCount: true),
    NodeMeasure(
      word: "out-degree", title: "Out-degree", meaning: "how many ties leave a node",
      analysis: Degree(.outgoing), isCount: true),
    NodeMeasure(
      word: "strength", title: "Strength", meaning: "how much goes over a node's ties",
      analysis: Strength(.total)),
    NodeMeasure(
      word: "in-strength", title: "In-strength",
      meaning: "how much goes over the ties that lead to a node",
      analysis: Strength(.incoming)),
    NodeMeasure(
      word: "out-strength", title: "Out-strength",
      meaning: "how much goes over the ties that leave a node",
      analysis: Strength(.outgoing)),
    NodeMeasure(
      word: "betweenness", title: "Betweenness", meaning: "how much a node stands between others",
      analysis: Betweenness()),
    NodeMeasure(
      word: "closeness", title: "Closeness", meaning: "how near a node is to all others",
      analysis: Closeness(.wassermanFaust)),
    NodeMeasure(
      word: "out-closeness", title: "Out-closeness",
      meaning: "how near all others are when paths start at a node",
      analysis: Closeness(.wassermanFaust, .outgoing)),
    NodeMeasure(
      word: "closeness-component", title: "Closeness in component",
      meaning: "how near a node is to those it is connected with",
      analysis: Closeness(.component)),
    NodeMeasure(
      word: "closeness-padded", title: "Closeness, padded",
      meaning: "how near a node is when no path counts as n steps",
      analysis: Closeness(.padded)),
    NodeMeasure(
      word: "harmonic", title: "Harmonic",
      meaning: "how near others are to a node, summed as 1 / distance",
      analysis: Harmonic(.incoming)),
    NodeMeasure(
      word: "out-harmonic", title: "Out-harmonic",
      meaning: "how near others are from a node, summed as 1 / distance",
      analysis: Harmonic(.outgoing)),
    NodeMeasure(
      word: "eigenvector", title: "Eigenvector",
      meaning: "how well a node is tied to nodes that are well tied",
      analysis: Eigenvector()),
    NodeMeasure(
      word: "pagerank", title: "PageRank",
      meaning: "how often a walker along the ties comes by a node",
      analysis: PageRank()),
    NodeMeasure(
      word: "katz", title: "Katz",
      meaning: "how many walks lead to a node, long ones counting less",
      analysis: Katz()),
    NodeMeasure(
      word: "hubs", title: "Hub score",
      meaning: "how far a node points to those whom the best pointers point to",
      analysis: Hubs()),
    NodeMeasure(
      word: "authorities", title: "Authority score",
      meaning: "how far a node is pointed to by those who point to the best",
      analysis: Authorities()),
    NodeMeasure(
      word: "core", title: "Core number", meaning: "how deep inside the dense part a node sits",
      analysis: CoreNumber(), isCount: true),
    NodeMeasure(
      word: "clustering", title: "Clustering", meaning: "how far the neighbours of a node are tied",
      analysis: Clustering()),
    NodeMeasure(
      word: "weighted-clustering", title: "Weighted clustering",
      meaning: "how far the stronger ties of a node lead to neighbours that are tied",
      analysis: WeightedClustering(.barrat)),
    NodeMeasure(
      word: "triangle-strength", title: "Triangle strength",
      meaning: "how strong the triangles are that a node's ties could close",
      analysis: WeightedClustering(.onnela)),
    NodeMeasure(
      word: "triangles", title: "Triangles", meaning: "how many triangles a node is part of",
      analysis: TrianglesOfNode(), isCount: true),
    NodeMeasure(
      word: "eccentricity", title: "Eccentricity",
      meaning: "how many ties away the farthest node of its component is",
      analysis: Eccentricity(), isCount: true),
  ]

  /// The measures that score edges, in the order in which tables show them.
  public static let edgeMeasures: [EdgeMeasure] = [
    EdgeMeasure(
      word: "edge-betweenness", title: "Edge betweenness",
      meaning: "how much an edge stands between nodes", analysis: EdgeBetweenness())
  ]

  /// The node measure that a word names; nil when there is none.
  public static func nodeMeasure(_ word: String) -> NodeMeasure? {
    nodeMeasures.first { $0.word == word }
  }

  /// The edge measure that a word names; nil when there is none.
  public static func edgeMeasure(_ word: String) -> EdgeMeasure? {
    edgeMeasures.first { $0.word == word }
  }
}

/// A measure that gives every node a score, under the word that names it.
public struct NodeMeasure: Sendable {
  /// The word on the command line.
  public let word: String
  /// The heading of its column.
  public let title: String
  /// What it says of a node, in half a sentence that starts in lower case.
  public let meaning: String
  /// The analysis with the options that the word stands for.
  public let analysis: any Analysis<Scores>
  /// Whether every score is a whole number.
  public let isCount: Bool
  /// How many places are scored, those tied at the last included; nil for every node.
  public let places: Int?

  /// Creates an entry.
  ///
  /// - Parameters:
  ///   - word: the word on the command line.
  ///   - title: the heading of its column.
  ///   - meaning: what it says of a node.
  ///   - analysis: the analysis with the options that the word stands for.
  ///   - isCount: whether every score is a whole number.
  ///   - places: how many places are scored; nil for every node.
  public init(
    word: String, title: String, meaning: String, analysis: any Analysis<Scores>,
    isCount: Bool = false, places: Int? = nil
  ) {
    self.word = word
    self.title = title
    self.meaning = meaning
    self.analysis = analysis
    self.isCount = isCount
    self.places = places
  }
}

/// A measure that gives every edge a score, under the word that names it.
public struct EdgeMeasure: Sendable {
  /// The word on the command line.
  public let word: String
  /// The heading of its column.
  public let title: String
  /// What it says of an edge, in half a sentence that starts in lower case.
  public let meaning: String
  /// The analysis with the options that the word stands for.
  public let analysis: any Analysis<EdgeScores>

  /// Creates an entry.
  public init(word: String, title: String, meaning: String, analysis: any Analysis<EdgeScores>) {
    self.word = word
    self.title = title
    self.meaning = meaning
    self.analysis = analysis
  }
}
