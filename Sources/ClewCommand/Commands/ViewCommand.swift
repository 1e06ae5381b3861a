// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// `clew view`: views saved in a case under names.
struct ViewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view",
    abstract: "Save a view in a case under a name, list them, remove one.",
    discussion: """
      A saved view is used by --view NAME on every command that takes view options; further options \
      narrow it.

      Examples:
        clew view save harbour.case court --as-of 2024-06-30 --min-grade B2 --handling H1
        clew centrality harbour.case --view court
        clew view list harbour.case
      """,
    subcommands: [Save.self, List.self, Remove.self])

  /// `clew view save`.
  struct Save: ClewSubcommand {
    static let configuration = CommandConfiguration(
      commandName: "save", abstract: "Save the view that the options state.",
      discussion: """
        An earlier view of the name is kept as history; clew revert brings it back.

        Example:
          clew view save harbour.case court --as-of 2024-06-30 --min-grade B2
        """)

    @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
    var path: String

    @Argument(help: ArgumentHelp("The name: letters, digits, - _ and dots.", valueName: "name"))
    var name: String

    @OptionGroup(title: "View") var viewOptions: ViewOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    func execute(_ session: Session) async throws {
      let number = try CaseStore(path).save(
        viewOptions.request(), as: name, enteredBy: ProcessInfo.processInfo.userName,
        reason: viewOptions.reason)
      session.note("saved as '\(name)' (decision \(number)); use it with --view \(name)")
    }
  }

  /// `clew view list`.
  struct List: ClewSubcommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the saved views and what they state.")

    @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
    var path: String

    @OptionGroup(title: "Results") var outputOptions: OutputOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    func execute(_ session: Session) async throws {
      try session.write(try CaseStore(path).viewsDocument(), outputOptions)
    }
  }

  /// `clew view remove`.
  struct Remove: ClewSubcommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove a saved view; clew revert brings it back.")

    @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
    var path: String

    @Argument(help: ArgumentHelp("The name of the view.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("Why, for the log of the case.", valueName: "text"))
    var reason: String?

    @OptionGroup(title: "Running") var runOptions: RunOptions

    func execute(_ session: Session) async throws {
      let number = try CaseStore(path).removeView(
        name, enteredBy: ProcessInfo.processInfo.userName, reason: reason)
      session.note("removed '\(name)' (decision \(number))")
    }
  }
}
