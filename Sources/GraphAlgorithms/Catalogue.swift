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
      analysis: Degree(.total)),
    NodeMeasure(
      word: "in-degree", title: "In-degree", meaning: "how many ties lead to a node",
      analysis: Degree(.incoming)),
    NodeMeasure(
      word: "out-degree", title: "Out-degree", meaning: "how many ties leave a node",
      analysis: Degree(.outgoing)),
    NodeMeasure(
      word: "core", title: "Core number", meaning: "how deep inside the dense part a node sits",
      analysis: CoreNumber()),
    NodeMeasure(
      word: "clustering", title: "Clustering", meaning: "how far the neighbours of a node are tied",
      analysis: Clustering()),
  ]

  /// The node measure that a word names; nil when there is none.
  public static func nodeMeasure(_ word: String) -> NodeMeasure? {
    nodeMeasures.first { $0.word == word }
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

  /// Creates an entry.
  public init(word: String, title: String, meaning: String, analysis: any Analysis<Scores>) {
    self.word = word
    self.title = title
    self.meaning = meaning
    self.analysis = analysis
  }
}
