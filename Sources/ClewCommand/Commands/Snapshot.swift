// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew snapshot`.
struct Snapshot: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract:
      "Keep the graph of a large file, or the network of a case, in a form that opens at once.",
    discussion: """
      Of a graph file, a snapshot is a cache: it holds the graph as the options chose it, the identifiers of the nodes \
      and what it was made from, but no names, attributes or evidence. Every command of analysis \
      takes it in place of the file. It is for machines of the kind it was made on; keep the file.

      Of a case, the network in the view that the options state is kept beside the case, with its names \
      and the standing of its ties, and every command finds it there until the case changes; the \
      evidence stays in the case. Large cases have theirs kept without being asked. clew erase takes \
      them away.

      Examples:
        clew snapshot calls.csv -o calls.clewgraph --weight calls:strength
        clew centrality calls.clewgraph --measure pagerank
        clew snapshot harbour.case --layer Call
      """)

  @Argument(help: ArgumentHelp("A case, or a graph file; - is standard input.", valueName: "file"))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The snapshot of a graph file to write: NAME.clewgraph.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if let output, !output.hasSuffix(".clewgraph") {
      throw ValidationError("-o \(output): expected a name that ends in .clewgraph.")
    }
  }

  func execute(_ session: Session) async throws {
    if input != "-", Workbench.isCaseFile(input) {
      guard output == nil else {
        throw ClewError.usage(
          "\(input): a case file, whose network is kept beside it: leave out -o; clew export writes "
            + "the network as a graph file")
      }
      let (network, path) = try Workbench(input).keepNetwork(
        viewOptions.request(), note: session.note)
      session.note(
        "\(path): \(counted(network.graph.nodeCount, "node")), \(counted(network.graph.edgeCount, "edge")); used until the "
          + "case changes")
      return
    }
    guard let output else {
      throw ClewError.usage(
        "\(input): of a graph file, say where the snapshot goes: -o NAME.clewgraph")
    }
    let network = try load(input, viewOptions, readingOptions, session)
    for notice in network.notices { session.note(notice) }
    try network.writeSnapshot(to: output)
    session.note(
      "\(output): \(counted(network.graph.nodeCount, "node")), \(counted(network.graph.edgeCount, "edge"))"
    )
  }
}
