// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// `clew revert`.
struct Revert: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "revert",
    abstract: "Take an import or a decision back; nothing is deleted.",
    discussion: """
      The case is then as it was before, but for what came in between; a view with --known-at still \
      shows it as it stood. A revert can be reverted. clew show CASE --table imports lists the numbers.

      Examples:
        clew revert harbour.case 3 --reason "wrong file"
        clew revert harbour.case 4 --reason "the file was right after all"
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The number of the import or decision.", valueName: "number"))
  var number: Int

  @Option(help: ArgumentHelp("Why, for the log of the case.", valueName: "text"))
  var reason: String

  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    let decision = try store.revert(
      number, enteredBy: ProcessInfo.processInfo.userName, reason: reason)
    let label = try store.batches().first { $0.number == number }.map { batch in
      "\(batch.kind.rawValue) \(number) (\(batch.label))"
    }
    session.note(
      "\(label ?? "\(number)") no longer counts; this is decision \(decision), and clew revert \(path) "
        + "\(decision) brings it back")
  }
}

/// `clew drop-source`.
struct DropSource: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "drop-source",
    abstract: "Let nothing count that came from a source so far; nothing is deleted.",
    discussion: """
      Every view, chart and score is then what it would be had the source never come in. The source \
      can be imported again, and clew revert takes the decision back.

      Example:
        clew drop-source harbour.case "Informant 12" --reason "admitted to inventing it"
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The name of the source, as clew show lists it.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("Why, for the log of the case.", valueName: "text"))
  var reason: String

  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    let source = try store.summary().sources.first { $0.source.name == name }
    let decision = try store.dropSource(
      name, enteredBy: ProcessInfo.processInfo.userName, reason: reason)
    session.note(
      "'\(name)' no longer counts: \(counted(source?.claims ?? 0, "claim")) and \(counted(source?.events ?? 0, "report")) of "
        + "events; this is decision \(decision), and clew revert \(path) \(decision) takes it back")
  }
}
