// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew formats`.
struct Formats: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "List the graph formats, their suffixes, and what of a graph each holds.",
    discussion: """
      "yes" is held from writing to reading; what is not is counted with each conversion, and \
      clew convert --strict makes it an error. Formats that are read only have no row.

      Examples:
        clew formats
        clew formats --format csv -o formats.csv
      """)

  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    var options = outputOptions
    if options.top == nil { options.top = "all" }
    try session.write(GraphFileFormat.document, options)
  }
}
