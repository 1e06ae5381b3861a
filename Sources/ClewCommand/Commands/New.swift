// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew new`.
struct New: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make an empty case file.",
    discussion: """
      The file can be read by its owner only. An existing file is never overwritten.

      Example:
        clew new harbour.case
      """)

  @Argument(help: ArgumentHelp("The case file to make.", valueName: "case"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "A file of further schemata (YAML) that the case keeps.", valueName: "file"))
  var schemata: String?

  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    let text = try schemata.map { try Output.text(of: $0, what: "schemata (YAML)") }
    _ = try CaseStore.create(path, schemata: text)
    session.note("\(path): an empty case; next: clew import \(path) FILE --mapping MAPPING.yaml")
  }
}
