// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew compare`.
struct Compare: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Say what differs between two inputs, or two dates or views of a case: who moved, and why.",
    discussion: """
      An input is a case or a graph file. A case takes a date or a view after an @: CASE@2024-06-30 is \
      the case as of a date, CASE@known:2024-06-30 what was known by then, CASE@view:NAME a saved view. \
      For cases the claims that made the difference are listed with source, file and line. --fail \
      ends with exit 2 when anything differs.

      Examples:
        clew compare harbour.case@2024-06-30 harbour.case@2024-12-31
        clew compare harbour.case@known:2024-11 harbour.case --measure betweenness --table claims
        clew compare old.graphml new.graphml --fail
      """)

  @Argument(help: ArgumentHelp("What there was.", valueName: "before"))
  var before: String

  @Argument(help: ArgumentHelp("What there is.", valueName: "after"))
  var after: String

  @Option(
    help: ArgumentHelp(
      "Compare the scores of these measures too, joined by commas; clew centrality --list lists them.",
      valueName: "a,b"))
  var measure: String?

  @Flag(help: "End with exit 2 when anything differs.")
  var fail = false

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    _ = try measures()
    if viewOptions.include != nil {
      throw ValidationError("--include is for a ranking: clew centrality.")
    }
  }

  func execute(_ session: Session) async throws {
    let (request, reading) = (viewOptions.request(), try readingOptions.request())
    let comparison = Comparison(
      try ComparedInput(before, request, reading), try ComparedInput(after, request, reading))
    let (document, differs) = try comparison.document(try measures(), session.run("Comparing"))
    try session.write(document, outputOptions)
    if fail, differs { throw ExitCode(2) }
  }

  private func measures() throws -> [NodeMeasure] {
    try (measure.map(commaSeparated) ?? []).map { try nodeMeasure($0) }
  }
}
