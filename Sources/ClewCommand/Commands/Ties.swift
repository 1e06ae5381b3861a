// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew ties`.
struct Ties: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "ties",
    abstract: "Count the events between every two entities of a case, also by day, week or month.",
    discussion: """
      Each row is a tie: from whom to whom, by which kind of event, how many, when the first and the \
      last, and with --sum what a number of theirs comes to. Events are counted while they are read, \
      so that a case may hold millions.

      Examples:
        clew ties harbour.case
        clew ties harbour.case --layer Call --sum duration --window month
        clew ties harbour.case --as-of 2024-06-30 --format csv -o ties.csv
      """)

  @Argument(help: ArgumentHelp("A case file.", valueName: "case"))
  var path: String

  @Option(help: ArgumentHelp("Count apart by day, week, month or year, in UTC.", valueName: "unit"))
  var window: String?

  @Option(
    help: ArgumentHelp(
      "Add up this number of the events, such as duration or amount.", valueName: "property"))
  var sum: String?

  @OptionGroup(title: "View") var viewOptions: FilterOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if let window, TimeWindow(rawValue: window) == nil {
      throw ValidationError(
        "--window \(window): expected "
          + TimeWindow.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
  }

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    // People see the first rows, and those alone are made.
    let format = try outputOptions.resolvedFormat()
    let limit = format == .table || format == .markdown ? outputOptions.rowLimit : nil
    try session.write(
      try store.tiesDocument(
        viewOptions.request(), adding: sum, by: window.flatMap { TimeWindow(rawValue: $0) },
        limit: limit), outputOptions)
  }
}
