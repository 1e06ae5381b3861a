// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew paths`.
struct Paths: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Show a shortest way from one node to another, or how far all others are from it.",
    discussion: """
      FROM and TO are ids, or names that only one node has. With a weight the lengths of the ties are \
      added: a strength s counts as the length 1 / s. `clew why CASE A B` shows the claims behind a \
      tie. Without TO the table lists everyone who is reached, the nearest first, with the node before \
      them on the way.

      Examples:
        clew paths harbour.case person:P001 company:C01
        clew paths calls.csv +3212 +3470 --directed
        clew paths harbour.case person:P001 --within 2
        clew paths payments.csv BE71096 --directed --towards
        clew paths routes.csv Antwerp Guayaquil --weight days:length --format json
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Argument(help: ArgumentHelp("Where the way starts: an id or a name.", valueName: "from"))
  var from: String

  @Argument(
    help: ArgumentHelp(
      "Where it ends: an id or a name; without it, the distance of everyone.", valueName: "to"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "List only those no farther than this: ties, or lengths with a weight.", valueName: "distance"
    ))
  var within: Double?

  @Flag(help: "Along the arcs of a directed network: ways that lead to FROM, not from it.")
  var towards = false

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if to != nil, within != nil || towards {
      throw ValidationError(
        "--within and --towards are for the distances of everyone; leave out \(to ?? "").")
    }
    if let within, !(within >= 0) {
      throw ValidationError("--within \(within): expected a distance such as 2.")
    }
  }

  func execute(_ session: Session) async throws {
    let network = try load(input, viewOptions, readingOptions, session)
    let source = try network.node(named: from)
    guard let to else {
      return try session.write(
        try network.distances(
          from: source, along: towards ? .incoming : .outgoing, within: within,
          session.run("Distances")), outputOptions)
    }
    let target = try network.node(named: to)
    try session.write(
      try network.path(from: source, to: target, session.run("Paths")), outputOptions)
  }
}
