// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew paths`.
struct Paths: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Show a shortest way from one node to another, tie by tie.",
    discussion: """
      FROM and TO are ids, or names that only one node has. With a weight the lengths of the ties are \
      added: a strength s counts as the length 1 / s. `clew why CASE A B` shows the claims behind a \
      tie.

      Examples:
        clew paths harbour.case person:P001 company:C01
        clew paths calls.csv +3212 +3470 --directed
        clew paths routes.csv Antwerp Guayaquil --weight days:length --format json
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Argument(help: ArgumentHelp("Where the way starts: an id or a name.", valueName: "from"))
  var from: String

  @Argument(help: ArgumentHelp("Where it ends: an id or a name.", valueName: "to"))
  var to: String

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    let network = try load(input, viewOptions, readingOptions, session)
    let (source, target) = (try network.node(named: from), try network.node(named: to))
    try session.write(
      try network.path(from: source, to: target, session.run("Paths")), outputOptions)
  }
}
