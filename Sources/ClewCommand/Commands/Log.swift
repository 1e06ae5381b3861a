// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew log`.
struct Log: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Show who did what in a case, when and why, and check that nobody changed it.",
    discussion: """
      Imports, decisions, consultations with a purpose, disclosures and erasures are entries; each \
      carries the hash of the one before. --verify checks every record against its hash and the chain \
      of the log; exit 2 if anything is not as it was written. --anchor checks the log against an \
      entry that was noted outside the case.

      Examples:
        clew log harbour.case
        clew log harbour.case --action disclosure --since 2024-06
        clew log harbour.case --verify
        clew log harbour.case --anchor 12:9f2c…
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Flag(help: "Check every record and the chain of the log; exit 2 if anything was changed.")
  var verify = false

  @Option(
    help: ArgumentHelp(
      "Check that the log still holds this entry, as an export or report bears it.",
      valueName: "number:hash"))
  var anchor: String?

  @Option(help: ArgumentHelp("Only entries from this date on.", valueName: "date"))
  var since: String?

  @Option(
    help: ArgumentHelp(
      "Only entries of these actions, joined by commas: "
        + LogAction.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "a,b"))
  var action: String?

  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws { _ = try actions() }

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    let (document, problemCount) = try store.logDocument(
      LogRequest(actions: try actions(), since: since, isVerified: verify, anchor: anchor))
    var options = outputOptions
    options.top = options.top ?? "all"
    try session.write(document, options)
    if problemCount > 0 { throw ExitCode(2) }
  }

  private func actions() throws -> [LogAction] {
    try (action.map(commaSeparated) ?? []).map { word in
      guard let action = LogAction(rawValue: word) else {
        throw ValidationError(
          "--action \(word): expected "
            + LogAction.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      return action
    }
  }
}
