// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew communities`.
struct CommunitiesCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "communities",
    abstract: "Find the groups whose members deal with each other more than with the rest.",
    discussion: """
      The Leiden method looks for the division with the highest modularity. Directions are ignored \
      unless --directed is given. CSV holds the members; --table communities gives the groups.

      Examples:
        clew communities harbour.case
        clew communities calls.csv --weight calls:strength --resolution 1.5
        clew communities harbour.case --format csv -o members.csv
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Option(help: "The method.")
  var method = Method.leiden

  @Option(help: "Above 1 gives smaller groups, below 1 larger ones.")
  var resolution = 1.0

  @Option(help: "Where the random orders start from; the same seed gives the same groups.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How many searches are made; the best is kept. [default: by size, 100 on small networks]",
      valueName: "n"))
  var runs: Int?

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  enum Method: String, ExpressibleByArgument, CaseIterable { case leiden }

  func validate() throws {
    if !(resolution > 0 && resolution.isFinite) {
      throw ValidationError("--resolution \(resolution): expected a number above 0.")
    }
    if let runs, runs < 1 { throw ValidationError("--runs \(runs): expected a number from 1.") }
  }

  func execute(_ session: Session) async throws {
    var view = viewOptions
    view.direction = view.direction ?? .undirected
    let network = try load(input, view, readingOptions, session)
    let document = try network.communityDocument(
      Leiden(resolution: resolution, runs: runs, seed: seed), session.run("Communities"))
    var output = outputOptions
    let format = try output.resolvedFormat()
    if format == .csv || format == .tsv || format == .ndjson {
      output.table = output.table ?? "members"
    }
    try session.write(document, output)
  }
}
