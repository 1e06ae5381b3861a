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
        clew show harbour.case --due now
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The id of an entity; clew find shows ids.", valueName: "entity"))
  var entity: String?

  @Option(
    help: ArgumentHelp(
      "List what should no longer be in the case at this date, or now; clew retain sets the rules.",
      valueName: "date"))
  var due: String?

  @OptionGroup(title: "View") var viewOptions: FilterOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if due != nil, entity != nil || viewOptions.isSet {
      throw ValidationError("--due is about the whole case: leave the entity and the view out.")
    }
    if entity == nil, viewOptions.isSet {
      throw ValidationError(
        "clew show CASE counts everything; a view goes with an entity, or with clew cohesion CASE.")
    }
  }

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    if let due {
      try session.write(
        try store.dueDocument(at: due.lowercased() == "now" ? nil : due), outputOptions)
      return
    }
    try session.write(
      try entity.map {
        try store.entityDocument(
          $0, viewOptions.request(), eventLimit: outputOptions.readingLimit())
      } ?? store.summaryDocument(), outputOptions)
  }
}
