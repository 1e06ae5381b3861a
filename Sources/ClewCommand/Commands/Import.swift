// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// `clew import`.
struct Import: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring tables into a case, each row with its source and place.",
    discussion: """
      A mapping (YAML) says what the columns mean; --suggest proposes one for a table. All rows come \
      in or none: every problem is listed with file, line and column. --rejects takes the good rows \
      and writes the others to a file. The same import again changes nothing.

      Examples:
        clew import harbour.case datasets/harbour
        clew import my.case calls.csv --suggest > mapping.yaml
        clew import my.case calls.csv --mapping mapping.yaml --dry-run
        clew import my.case cdr.csv --mapping calls --source "Operator X"
        clew import my.case psc.jsonl --mapping uk-psc --source "Companies House"
        clew import --list-mappings
        clew import my.case calls.csv --source "Operator X" --grade A2 --handling H1
        clew import my.case calls.csv --mapping mapping.yaml --rejects refused.csv
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String?

  @Argument(
    help: ArgumentHelp(
      "The tables (CSV, TSV or XLSX), or one folder with all that the mapping names.",
      valueName: "file"))
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "What the columns mean: a file, or a ready mapping by its name. [default: mapping.yaml in the "
        + "folder]", valueName: "file"))
  var mapping: String?

  @Flag(help: "List the ready mappings and what each takes, and stop.")
  var listMappings = false

  @Flag(help: "Print the ready mapping that --mapping names for this table, to edit, and stop.")
  var printMapping = false

  @Flag(help: "Print a mapping to edit, made from the columns of the table, and stop.")
  var suggest = false

  @Option(
    help: ArgumentHelp(
      "With --suggest or --source: the sheet of a workbook (.xlsx), its name or number from 1.",
      valueName: "name"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "Without a mapping: the name of the source; the columns are then read as --suggest proposes.",
      valueName: "name"))
  var source: String?

  @Option(
    help: ArgumentHelp(
      "Without a mapping: the grade of the source, such as B2.", valueName: "grade"))
  var grade: String?

  @Option(
    help: ArgumentHelp(
      "Without a mapping: the handling code of the source, such as H1.", valueName: "code"))
  var handling: String?

  @Flag(help: "Check everything, say what would come in, and keep nothing.")
  var dryRun = false

  @Flag(
    help: """
      Take back earlier imports of the same files in another version: what only they said no longer \
      counts. What was added, changed and is no longer said is shown with or without this.
      """)
  var replace = false

  @Option(
    help: ArgumentHelp(
      "Take the good rows; write the refused ones there with line and reason.", valueName: "file"))
  var rejects: String?

  @Option(help: ArgumentHelp("For what purpose, for the log of the case.", valueName: "text"))
  var reason: String?

  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if listMappings { return }
    if path == nil || files.isEmpty {
      throw ValidationError("Missing a case and a table: clew import CASE FILE.")
    }
    let isReady = mapping.flatMap(ReadyMapping.named) != nil
    if printMapping, !isReady || files.count != 1 {
      throw ValidationError(
        "--print-mapping takes one table and a ready mapping: "
          + ReadyMapping.all.map(\.name).joined(separator: ", ") + ".")
    }
    if suggest, files.count != 1 { throw ValidationError("--suggest takes one table.") }
    if mapping != nil, (isReady ? nil : source) ?? grade ?? handling ?? sheet != nil {
      throw ValidationError(
        "--sheet, --source, --grade and --handling are for a table without a mapping; a mapping states them."
      )
    }
  }

  func execute(_ session: Session) async throws {
    if listMappings {
      let width = ReadyMapping.all.map(\.name.count).max() ?? 0
      let lines = ReadyMapping.all.map { mapping in
        mapping.name + String(repeating: " ", count: width - mapping.name.count + 2)
          + mapping.summary + "\n"
      }
      return try session.write(lines.joined(), to: nil)
    }
    guard let path else { return }
    if printMapping, let ready = mapping.flatMap(ReadyMapping.named), let file = files.first {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      return try session.write(ready.yaml(file: name, source: source), to: nil)
    }
    if suggest {
      let text = try ImportMapping.suggestion(
        for: Input(argument: files[0]).sheet(sheet), source: source, grade: grade,
        handling: handling)
      try session.write(text, to: nil)
      return
    }
    let store = try CaseStore(path)
    var request = TableImportRequest(
      paths: files, mapping: mapping, sheet: sheet, source: source, grade: grade,
      handling: handling,
      rejects: rejects, isDryRun: dryRun, enteredBy: ProcessInfo.processInfo.userName,
      reason: reason)
    request.replacesEarlier = replace
    let report = try store.importTables(
      request, progress: session.run("Importing").progress,
      isCancelled: { session.isInterrupted })
    let summary = report.value.summary
    var lines = [summary.description]
    lines += summary.warnings.map { "warning: \($0)" }
    let counts = report.counts
    if report.isRepeat {
      lines.append("nothing changed: import \(report.batch) brought exactly this")
    } else {
      lines.append(
        (dryRun ? "would bring" : "import \(report.batch) brought")
          + " " + counted(counts.entities, "entity", "entities") + ", "
          + counted(counts.relationships, "relationship") + ", "
          + counted(counts.events, "event") + ", " + counted(counts.claims, "claim")
          + (dryRun ? "; nothing was kept" : ""))
    }
    if report.erasedCount > 0 {
      lines.append(
        "left out: " + counted(report.erasedCount, "statement")
          + " about what was erased from this case")
    }
    if let changes = report.value.changes, !report.isRepeat {
      lines += words(of: changes, isReplacing: report.value.hasReplaced)
    }
    if let rejects, summary.rowsRefused > 0, !dryRun {
      lines.append(
        summary.rowsRefused == 1
          ? "1 refused row is in \(rejects)"
          : "\(summary.rowsRefused) refused rows are in \(rejects)")
    }
    try session.write(lines.map { $0 + "\n" }.joined(), to: nil)
  }

  private func words(of changes: VersionChanges, isReplacing: Bool) -> [String] {
    let numbers = changes.imports.map(String.init).joined(separator: ", ")
    var lines = [
      "another version of what import \(numbers) brought: \(changes.count("added")) added, "
        + "\(changes.count("changed")) changed, \(changes.count("no longer said")) no longer said"
    ]
    lines += changes.changes.prefix(20).map {
      "  \($0.kind): \($0.subject): \($0.text)".printable(limit: 300)
    }
    if changes.changes.count > 20 { lines.append("  … and \(changes.changes.count - 20) more") }
    lines.append(
      isReplacing
        ? (dryRun
          ? "import \(numbers) would be taken back"
          : "import \(numbers) was taken back; clew revert brings it back")
        : "both versions count; --replace takes the earlier back")
    return lines
  }
}
