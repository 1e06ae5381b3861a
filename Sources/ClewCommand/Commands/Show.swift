// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew show`.
struct Show: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say what a case holds and what is missing, or all that is claimed of one entity.",
    discussion: """
      Examples:
        clew show harbour.case
        clew show harbour.case --format csv --table log
        clew show harbour.case person:P001
        clew show harbour.case person:P001 --min-grade B2 --format json
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The id of an entity; clew find shows ids.", valueName: "entity"))
  var entity: String?

  @OptionGroup(title: "View") var viewOptions: FilterOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if entity == nil, viewOptions.isSet {
      throw ValidationError(
        "clew show CASE counts everything; a view goes with an entity, or with clew cohesion CASE.")
    }
  }

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    try session.write(
      try entity.map { try store.entityDocument($0, viewOptions.request()) }
        ?? store.summaryDocument(), outputOptions)
  }
}
