// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Clew
internal import Foundation

/// `clew export`.
struct Export: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the network of a case in a view as a graph file for other programs.",
    discussion: """
      An export is a disclosure: the log of the case keeps who made it, for whom and for what. CSV is \
      an edge list with a table of nodes beside it (NAME-nodes.csv).

      Examples:
        clew export harbour.case -o harbour.graphml
        clew export harbour.case -o harbour.ijson --format ftm
        clew export harbour.case -o owners.bods.json   # ownership, share by share
        clew export harbour.case -o harbour.stix.json  # STIX 2.1
        clew export harbour.case -o harbour.anx        # Analyst's Notebook, with the evidence on cards
        clew export harbour.case --handling H1 -o for-partner.csv --recipient "Unit 7" --purpose "joint case"
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The graph file: \(GraphFileFormat.suffixList).",
      valueName: "file"))
  var output: String

  @Option(help: "The format, whatever the suffix.")
  var format: GraphFileFormat?

  @Option(help: ArgumentHelp("To whom it goes, for the log.", valueName: "name"))
  var recipient: String?

  @Option(help: ArgumentHelp("For what purpose, for the log.", valueName: "text"))
  var purpose: String?

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws { _ = try resolvedFormat(format, output) }

  func execute(_ session: Session) async throws {
    guard Workbench.isCaseFile(path) || !FileManager.default.fileExists(atPath: path) else {
      throw ClewError.usage("\(path): not a case file; clew convert writes graph files anew")
    }
    let network = try load(path, viewOptions, nil, session)
    let store = try CaseStore(path)
    let workbench = try Workbench(path)
    let format = try resolvedFormat(format, output)
    // Statements of ownership are about single relationships, which a network has merged.
    let statements = format == .bods ? try workbench.statements(viewOptions.request()) : nil
    // Entities of FollowTheMoney keep every property of a case, which a graph has not.
    let entities =
      format == .ftm ? try workbench.followTheMoney(viewOptions.request()) : nil
    func write(anchor: String?) throws -> (document: GraphDocument, written: WrittenGraph) {
      var document = statements ?? network.document(anchor: anchor)
      if format != .ftm, format != .bods {
        document.nodeColumns += try workbench.coordinates(
          of: document.nodeIDs, viewOptions.request())
      }
      return switch format {
      case .anx: (document, try workbench.analystsNotebook(document, viewOptions.request()))
      case .stix:
        (
          document, try STIXWriter(created: store.batches().last?.recorded ?? 0).write(document)
        )
      default: (document, try entities ?? document.written(as: format))
      }
    }
    // A network that the format refuses is not disclosed, and what cannot be logged is not written. The
    // entry's hash goes with the file as its anchor, so it is written anew.
    _ = try write(anchor: nil)
    try store.note(
      .disclosure, who: ProcessInfo.processInfo.userName, reason: purpose, recipient: recipient)
    let entry = try store.log().last
    let (document, written) = try write(anchor: entry.map { "\($0.number):\($0.hash)" })
    try writeGraph(written, to: output, session)
    if entities != nil || statements != nil, !written.losses.isEmpty {
      session.note("lost: \(written.losses)")
    }
    session.note(
      "\(output): \(counted(document.nodeCount, "node")), \(counted(document.edgeCount, "edge")); the disclosure "
        + "is in the log of the case")
    if let handling = network.handling { session.note("handling: \(handling)") }
  }
}

/// `clew convert`.
struct Convert: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a graph file in another format, and say what is lost.",
    discussion: """
      Nothing is merged or dropped but what the new format cannot hold; that is counted, and --strict \
      makes it an error.

      Examples:
        clew convert matrix.csv -o network.graphml
        clew convert network.graphml -o network.csv
        clew convert pajek.net --nodes gang.clu -o network.gexf
        clew convert calls.csv --nodes people.csv -o network.csv --format neo4j
        clew convert chart.anx -o network.graphml
        clew convert network.graphml -o network.kml
        clew convert edges.csv --nodes people.csv -o network.graphml --strict
      """)

  @Argument(help: ArgumentHelp("A graph file; - is standard input.", valueName: "file"))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The graph file to write: \(GraphFileFormat.suffixList).",
      valueName: "file"))
  var output: String

  @Option(help: "The format, whatever the suffix.")
  var format: GraphFileFormat?

  @Flag(help: "Fail when something would be lost, and write nothing.")
  var strict = false

  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws { _ = try resolvedFormat(format, output) }

  func execute(_ session: Session) async throws {
    let workbench = try Workbench(input, try readingOptions.request())
    guard let document = workbench.document else {
      throw ClewError.usage(
        !workbench.isCase
          ? "\(input): a graph snapshot holds no attributes; convert the file it was made from"
          : "\(input): a case file; clew export writes its network as a graph file")
    }
    for notice in document.notices { session.note(notice.description) }
    let written = try document.written(as: try resolvedFormat(format, output))
    if strict, !written.losses.isEmpty {
      throw ClewError.badData("\(output) was not written; it would lose: \(written.losses)")
    }
    try writeGraph(written, to: output, session)
    session.note(
      "\(output): \(counted(document.nodeCount, "node")), \(counted(document.edgeCount, "edge")); lost: "
        + (written.losses.isEmpty ? "nothing" : "\(written.losses)"))
  }
}

extension GraphFileFormat: ExpressibleByArgument {}

private func resolvedFormat(_ format: GraphFileFormat?, _ output: String) throws -> GraphFileFormat
{
  if let format { return format }
  guard let format = GraphFileFormat(fileName: output) else {
    throw ValidationError(
      "-o \(output): the suffix names no graph format (\(GraphFileFormat.suffixList)); "
        + "name one with --format.")
  }
  return format
}

private func writeGraph(_ written: WrittenGraph, to output: String, _ session: Session) throws {
  try session.write(written.bytes, to: output)
  for note in written.notes { session.note(note) }
  guard let nodeTable = written.nodeTable, output != "-" else { return }
  let stem = output.lastIndex(of: ".").map { String(output[..<$0]) } ?? output
  try session.write(nodeTable, to: stem + "-nodes.csv")
  session.note("\(stem)-nodes.csv: the nodes with their attributes")
}
