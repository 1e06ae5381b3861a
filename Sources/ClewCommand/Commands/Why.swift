// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew why`.
struct Why: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Show the claims and events behind an entity, or behind the tie of two.",
    discussion: """
      Each row states source, grade, handling, when it holds, and the file and line it stands in. \
      Where nothing joins two entities directly, the shortest chain between them is shown.

      Examples:
        clew why harbour.case person:P001
        clew why harbour.case person:P001 person:P005 --as-of 2024-06-30
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The id of an entity.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("The id of another entity.", valueName: "b"))
  var second: String?

  @OptionGroup(title: "View") var viewOptions: FilterOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    let request = viewOptions.request()
    var options = outputOptions
    options.top = options.top ?? "all"
    try session.write(
      try second.map { try store.tieDocument(first, $0, request) }
        ?? store.entityDocument(first, request), options)
  }
}
