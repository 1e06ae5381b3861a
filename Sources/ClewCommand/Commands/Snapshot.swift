// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew snapshot`.
struct Snapshot: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Keep the graph of a large file in a form that opens at once.",
    discussion: """
      A snapshot is a cache: it holds the graph as the options chose it, the identifiers of the nodes \
      and what it was made from, but no names, attributes or evidence. Every command of analysis \
      takes it in place of the file. It is for machines of the kind it was made on; keep the file.

      Examples:
        clew snapshot calls.csv -o calls.clewgraph --weight calls:strength
        clew centrality calls.clewgraph --measure pagerank
      """)

  @Argument(help: ArgumentHelp("A graph file; - is standard input.", valueName: "file"))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The snapshot to write: NAME.clewgraph.", valueName: "file"))
  var output: String

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    guard output.hasSuffix(".clewgraph") else {
      throw ValidationError("-o \(output): expected a name that ends in .clewgraph.")
    }
  }

  func execute(_ session: Session) async throws {
    guard input == "-" || !Workbench.isCaseFile(input) else {
      throw ClewError.usage(
        "\(input): a case file, whose evidence a snapshot cannot hold; analyse it directly, or write "
          + "its network with clew export")
    }
    let network = try load(input, viewOptions, readingOptions, session)
    for notice in network.notices { session.note(notice) }
    try network.writeSnapshot(to: output)
    session.note(
      "\(output): \(network.graph.nodeCount) nodes, \(network.graph.edgeCount) edges")
  }
}
