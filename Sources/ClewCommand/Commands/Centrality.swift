// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew centrality`.
struct Centrality: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "centrality",
    abstract: "Rank who or what is central, by the measures you choose.",
    discussion: """
      The table is ranked by the first measure. Every measure states its convention: how directions, \
      weights and components were used and how it was normalised.

      Examples:
        clew centrality harbour.case
        clew centrality harbour.case --measure betweenness,degree --as-of 2024-06-30 --min-grade B2
        clew centrality calls.csv --measure all --weight calls:strength --format json -o scores.json
        clew centrality harbour.case --measure pagerank --restart person:P001
        clew centrality calls.csv --measure closeness --first-places 10
        clew centrality harbour.case --ties --top 10
        clew centrality --list
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String?

  @Option(
    help: ArgumentHelp(
      "Measures joined by commas, or all. [default: \(Self.usual.joined(separator: ","))]",
      valueName: "a,b"))
  var measure: String?

  @Option(
    help: ArgumentHelp(
      "Start the walks of PageRank at these nodes only: who is near them, all ways counted.",
      valueName: "id,id"))
  var restart: String?

  @Option(
    help: ArgumentHelp(
      "Sample betweenness instead of counting it: with 90 % confidence no score is off by more than "
        + "this. For networks too large to count.", valueName: "error"))
  var approximate: Double?

  @Option(
    help: ArgumentHelp(
      "Score only the first so many places by closeness and harmonic: exact, and much faster where "
        + "a network is too large to search from everyone.", valueName: "count"))
  var firstPlaces: Int?

  @Option(
    help: ArgumentHelp(
      "PageRank: how likely the walker goes on along a tie. [default: 0.85]", valueName: "part"))
  var damping: Double?

  @Option(
    help: ArgumentHelp(
      "Katz: what a step counts; at least 0 and less than 1 / λ, the largest eigenvalue. "
        + "[default: 0.85 / λ]", valueName: "alpha"))
  var alpha: Double?

  @Option(help: "What paths are sampled with; the same seed gives the same scores.")
  var seed: UInt64 = 1

  @Flag(help: "Rank the ties instead of the nodes, by edge betweenness.")
  var ties = false

  @Flag(help: "List the measures with their meaning and stop.")
  var list = false

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  static let usual = ["degree", "betweenness", "closeness", "eigenvector", "pagerank"]

  func validate() throws {
    if input == nil, !list { throw ValidationError("Missing the input: clew centrality INPUT.") }
    if ties, measure != nil {
      throw ValidationError("--ties ranks by edge betweenness; --measure is for nodes.")
    }
    let words = try measures().map(\.word)
    if let approximate {
      guard approximate >= 1e-6, approximate < 1 else {
        throw ValidationError("--approximate \(approximate): expected an error such as 0.01.")
      }
      guard !ties, words.contains(Betweenness.name) else {
        throw ValidationError("--approximate is for betweenness; add it: --measure betweenness.")
      }
    }
    if let firstPlaces {
      guard firstPlaces > 0 else {
        throw ValidationError("--first-places \(firstPlaces): expected a number such as 10.")
      }
      guard !ties, words.contains(where: { Self.nearness[$0] != nil }) else {
        throw ValidationError(
          "--first-places is for closeness and harmonic; add one: --measure closeness.")
      }
    }
    if damping != nil, ties || !words.contains(PageRank.name) {
      throw ValidationError("--damping is for PageRank; add it: --measure pagerank.")
    }
    if alpha != nil, ties || !words.contains(Katz.name) {
      throw ValidationError("--alpha is for Katz; add it: --measure katz.")
    }
    if restart != nil, ties || !words.contains(PageRank.name) {
      throw ValidationError("--restart is for PageRank; add it: --measure pagerank.")
    }
  }

  func execute(_ session: Session) async throws {
    guard let input, !list else {
      let width = Catalogue.nodeMeasures.map(\.word.count).max() ?? 0
      let lines = Catalogue.nodeMeasures.map { measure in
        measure.word + String(repeating: " ", count: width - measure.word.count + 2)
          + measure.meaning + "\n"
      }
      try session.write(lines.joined(), to: nil)
      return
    }
    let network = try load(input, viewOptions, readingOptions, session)
    let run = session.run("Centrality")
    guard ties, let measure = Catalogue.edgeMeasures.first else {
      try session.write(try network.centrality(try measures(in: network), run), outputOptions)
      return
    }
    try session.write(try network.tieCentrality(measure, run), outputOptions)
  }

  func measures() throws -> [NodeMeasure] {
    if measure == "all" { return Catalogue.nodeMeasures }
    let words = measure.map { commaSeparated($0) } ?? Self.usual
    return try words.map { try nodeMeasure($0) }
  }
}
