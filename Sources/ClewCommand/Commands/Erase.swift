// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// `clew erase`.
struct Erase: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase an entity or a source from a case for good.",
    discussion: """
      Everything said of it goes, with its relationships; an event stays without it when two others \
      remain. The file is written anew and searched for what was erased: no byte of it is left, or it \
      is said where the same words still stand. The log keeps when, by whom and why, and its last \
      entry is the proof. A later import does not bring it back. This cannot be undone: copies and \
      exports made before still hold it.

      Examples:
        clew erase harbour.case person:P017 --reason "court order 12/2024"
        clew erase harbour.case --source "Informant 12" --reason "retention ended"
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The id of an entity; clew find shows ids.", valueName: "entity"))
  var entity: String?

  @Option(help: ArgumentHelp("Erase all that came from this source.", valueName: "name"))
  var source: String?

  @Option(help: ArgumentHelp("Why, for the log of the case.", valueName: "text"))
  var reason: String

  @Flag(help: "Let a later import bring it back.")
  var mayReturn = false

  @Flag(help: "Do not ask on the terminal.")
  var yes = false

  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    guard (entity == nil) != (source == nil) else {
      throw ValidationError("Name an entity, or a source with --source.")
    }
  }

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    let subject = try source.map { ErasureSubject.source($0) } ?? .entity(try known(store))
    let name = entity ?? source ?? ""
    if !yes, isatty(STDIN_FILENO) == 1 {
      session.note("Erase '\(name)' from \(path) for good? Type yes:")
      guard readLine() == "yes" else { throw ClewError.interrupted("nothing was erased") }
    }
    let report = try store.erase(
      subject, reason: reason, enteredBy: ProcessInfo.processInfo.userName, mayReturn: mayReturn)
    var lines = [
      "erased: " + counted(report.claims, "claim") + ", "
        + counted(report.entities, "entity", "entities") + ", "
        + counted(report.relationships, "relationship") + ", " + counted(report.events, "event")
        + "; " + counted(report.changedEvents, "event") + " changed",
      "searched the file for "
        + counted(report.valueCount, "id, name or number", "ids, names and numbers") + ": "
        + (report.remaining.isEmpty ? "no byte of them is left" : "some still stand"),
    ]
    lines += report.remaining
    if !report.otherRecords.isEmpty {
      lines.append(
        "still in the case, and counted as the same until now: "
          + report.otherRecords.joined(separator: ", ") + " (erase them too if they are)")
    }
    lines.append("proof: log entry \(report.anchor)")
    try session.write(lines.map { $0.printable(limit: .max) + "\n" }.joined(), to: nil)
  }

  private func known(_ store: CaseStore) throws -> String {
    // The error names what is like it.
    _ = try store.why(entity ?? "")
    return entity ?? ""
  }
}

/// `clew retain`.
struct Retain: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "retain",
    abstract: "Set how long a source, an entity or a category of persons may be kept.",
    discussion: """
      clew show CASE --due lists what should be gone. Nothing is erased by itself. A later rule of \
      the same thing takes the place of the earlier.

      Examples:
        clew retain harbour.case --source "Phone records" --until 2027-06-30 --reason "warrant 8"
        clew retain harbour.case --category witness --months 12 --reason "LED art. 5"
        clew retain harbour.case --entity person:P017 --until 2025
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Option(help: ArgumentHelp("All that came from this source.", valueName: "name"))
  var source: String?

  @Option(help: ArgumentHelp("This entity.", valueName: "id"))
  var entity: String?

  @Option(help: ArgumentHelp("Each person of this data-subject category.", valueName: "category"))
  var category: String?

  @Option(help: ArgumentHelp("May be kept until the end of this date.", valueName: "date"))
  var until: String?

  @Option(
    help: ArgumentHelp("May be kept so many months after the last import about it.", valueName: "n")
  )
  var months: Int?

  @Option(help: ArgumentHelp("Why, for the log of the case.", valueName: "text"))
  var reason: String?

  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    guard [source, entity, category].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("Name one of --source, --entity and --category.")
    }
    guard (until == nil) != (months == nil) else {
      throw ValidationError("Name one of --until and --months.")
    }
    if let until, PartialDate(until) == nil {
      throw ValidationError(
        "--until \(until): expected a date such as 2027, 2027-06 or 2027-06-30.")
    }
    if let months, !(1...1200).contains(months) {
      throw ValidationError("--months \(months): expected a number from 1 to 1200.")
    }
    if let category, DataSubjectCategory(rawValue: category) == nil {
      throw ValidationError(
        "--category \(category): expected "
          + DataSubjectCategory.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
  }

  func execute(_ session: Session) async throws {
    let scope: RetentionRule.Scope =
      if let source {
        .source(source)
      } else if let entity {
        .entity(entity)
      } else {
        .category(category.flatMap { DataSubjectCategory(rawValue: $0) } ?? .notDetermined)
      }
    let rule = RetentionRule(scope, until.map { .until($0) } ?? .months(months ?? 0))
    let number = try CaseStore(path).retain(
      rule, enteredBy: ProcessInfo.processInfo.userName, reason: reason)
    session.note("\(rule.words): rule \(number); clew show \(path) --due lists what is due")
  }
}
