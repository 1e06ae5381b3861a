// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew cohesion`.
struct Cohesion: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "cohesion",
    abstract:
      "Say what holds the network together: density, components, cores, cut nodes, bridges.",
    discussion: """
      CSV holds the cut nodes; --table bridges, components, cores gives the other tables, and JSON \
      holds them all with the figures of the whole network.

      Examples:
        clew cohesion harbour.case
        clew cohesion calls.csv --component largest
        clew cohesion harbour.case --format csv --table bridges -o bridges.csv
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    let network = try load(input, viewOptions, readingOptions, session)
    try session.write(try network.cohesion(session.run("Cohesion")), outputOptions)
  }
}
