// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// `clew resolve`.
struct Resolve: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Find records that may be of one person or company, and decide whether they are.",
    discussion: """
      Without two records the pairs are listed that may be one, each with what speaks for it and \
      against it: the same identifier, name in any script, birth date, number, address or contacts. \
      Nothing is merged by itself.

      --accept decides that two records are one. Neither changes: every view, chart and score folds \
      them under the id of the first, clew why shows which record says what, and clew revert or --undo \
      takes them apart again. --reject decides that they are not one; they are not proposed again, and \
      a merge that would join them is refused.

      Examples:
        clew resolve harbour.case
        clew resolve harbour.case person:P016 person:P059
        clew resolve harbour.case person:P016 person:P059 --accept --reason "same passport"
        clew resolve harbour.case person:P016 person:P059 --undo --reason "twins"
        clew resolve harbour.case --list
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The record that a merged entity goes by.", valueName: "record"))
  var first: String?

  @Argument(help: ArgumentHelp("The other record.", valueName: "other"))
  var second: String?

  @Flag(help: "Decide that the two are one.")
  var accept = false

  @Flag(help: "Decide that the two are not one.")
  var reject = false

  @Flag(help: "Take back what was decided about the two.")
  var undo = false

  @Flag(help: "List the decisions.")
  var list = false

  @Option(help: ArgumentHelp("Why, for the log of the case and for clew why.", valueName: "text"))
  var reason: String?

  @OptionGroup(title: "View") var viewOptions: FilterOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  private var decisionCount: Int { [accept, reject, undo].count { $0 } }

  func validate() throws {
    if decisionCount > 1 {
      throw ValidationError("--accept, --reject and --undo are three decisions: give one.")
    }
    if first != nil, second == nil {
      throw ValidationError("Two records are compared or decided about: give the other, too.")
    }
    if decisionCount == 1 {
      guard second != nil else {
        throw ValidationError("A decision is about two records: clew resolve CASE A B --accept.")
      }
      guard let reason, reason.contains(where: { !$0.isWhitespace }) else {
        throw ValidationError("A decision needs its reason (--reason): it stands in the evidence.")
      }
      if viewOptions.isSet {
        throw ValidationError("A decision holds for the whole case: leave the view out.")
      }
    } else if reason != nil {
      throw ValidationError("--reason goes with --accept, --reject or --undo.")
    }
    if list, first != nil || viewOptions.isSet {
      throw ValidationError("--list is about the whole case: leave the records and the view out.")
    }
  }

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    guard let first, let second else {
      try session.write(
        try list ? store.resolutionsDocument() : store.candidatesDocument(viewOptions.request()),
        outputOptions)
      return
    }
    guard decisionCount == 1, let reason else {
      try session.write(
        try store.comparisonDocument(first, second, viewOptions.request()), outputOptions)
      return
    }
    let user = ProcessInfo.processInfo.userName
    if undo {
      let decision = try store.resolutions().last {
        $0.withdrawn == nil && Set([$0.first, $0.second]) == [first, second]
      }
      guard let decision else {
        throw ClewError.usage(
          "nothing is decided about \(first) and \(second) themselves; clew resolve \(path) --list shows "
            + "the decisions, and they may be one by way of others")
      }
      let number = try store.revert(decision.number, enteredBy: user, reason: reason)
      session.note(
        "\(first) and \(second) are as they were before decision \(decision.number); this is decision "
          + "\(number), and clew revert \(path) \(number) takes it back")
      return
    }
    let number = try store.resolve(
      accept ? .same : .different, first, second, reason: reason, enteredBy: user)
    session.note(
      (accept
        ? "\(second) is now counted as \(first)"
        : "\(first) and \(second) are not one, and are not proposed again")
        + "; this is decision \(number), and clew revert \(path) \(number) takes it back")
  }
}
