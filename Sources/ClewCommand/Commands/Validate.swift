// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew validate`.
struct Validate: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "List every problem of graph files, tables and case files; exit 2 if there is any.",
    discussion: """
      A case file is checked record by record against its hashes, and its log against its chain. With \
      --mapping, the tables are checked as an import would read them.

      Examples:
        clew validate network.csv other.graphml
        clew validate harbour.case
        clew validate datasets/harbour --mapping datasets/harbour/mapping.yaml
        clew validate edges.csv --format json
      """)

  @Argument(
    help: ArgumentHelp("Graph files, case files, or tables with --mapping.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Check the files as tables of this mapping.", valueName: "file"))
  var mapping: String?

  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    var unread: [ClewError] = []
    let checked =
      try mapping.map { try Validation.tables(files, mapping: $0) }
      ?? Validation.files(files, try readingOptions.request(), unread: &unread)
    let failure = unread.popLast()
    if !checked.isEmpty {
      var options = outputOptions
      options.top = options.top ?? "all"
      try session.write(Validation.document(checked), options)
    }
    for error in unread { session.note("error: \(error)") }
    if let failure { throw failure }
    if checked.contains(where: { $0.errorCount > 0 }) { throw ExitCode(2) }
  }
}
