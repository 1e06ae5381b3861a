// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew cohesion`.
struct Cohesion: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "cohesion",
    abstract:
      "Say what holds the network together: density, components, cores, cut nodes, bridges, blocks.",
    discussion: """
      CSV holds the cut nodes; --table bridges, blocks, components, cores gives the other tables, and \
      JSON holds them all with the figures of the whole network. A block is a part that stays in one \
      piece whoever of it is taken out. --spanning-forest adds the fewest ties that hold every part \
      together: the strongest, where a weight is a strength, or the shortest.

      Examples:
        clew cohesion harbour.case
        clew cohesion calls.csv --component largest
        clew cohesion harbour.case --format csv --table bridges -o bridges.csv
        clew cohesion calls.csv --weight calls:strength --spanning-forest --table spanning-forest
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Flag(help: "List the fewest ties that hold every part together.")
  var spanningForest = false

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    let network = try load(input, viewOptions, readingOptions, session)
    try session.write(
      try network.cohesion(listsForest: spanningForest, session.run("Cohesion")), outputOptions)
  }
}
