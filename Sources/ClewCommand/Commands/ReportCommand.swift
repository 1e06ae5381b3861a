// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew report`.
struct ReportCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the main findings with chart, tables and conventions into one document.",
    discussion: """
      HTML is one self-contained page with the chart in it; Markdown has findings and tables. \
      --findings prints the five sentences alone.

      Examples:
        clew report harbour.case -o report.html
        clew report harbour.case --as-of 2024-06-30 --title "State of June" -o june.md
        clew report calls.csv --findings
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The document; its suffix says which: html or md.", valueName: "file"))
  var output: String?

  @Option(help: "The title. [default: the name of the input]")
  var title: String?

  @Flag(help: "Print the main findings, a sentence a line, and stop.")
  var findings = false

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if findings { return }
    guard let output else {
      throw ValidationError("Missing the document: -o report.html, or --findings.")
    }
    guard output.hasSuffix(".html") || output.hasSuffix(".md") else {
      throw ValidationError("-o \(output): expected a name that ends in .html or .md.")
    }
  }

  func execute(_ session: Session) async throws {
    let network = try load(input, viewOptions, readingOptions, session)
    let sentences = try network.findings(session.run("Findings"))
    guard !findings, let output else {
      try session.write(sentences.map { $0.printable(limit: .max) + "\n" }.joined(), to: nil)
      return
    }
    let run = session.run("Report")
    let betweenness = try network.scores(Betweenness(), run)
    let search = Leiden(ignoresDirection: true)
    let groups = try network.communities(search, run)
    let measures = ["betweenness", "degree", "closeness"].compactMap(Catalogue.nodeMeasure)
    let heading = title ?? network.input.name
    var report = Report(
      title: heading, findings: sentences,
      documents: [
        try network.centrality(measures, run), try network.communityDocument(search, run),
        try network.cohesion(run),
      ])
    if let people = network.personsAlone {
      var document = try people.centrality(measures, run)
      document.title = "Centrality among the persons alone"
      report.documents.insert(document, at: 0)
    }
    if output.hasSuffix(".html") {
      let chart = network.diagram(
        title: heading, size: betweenness, groups: groups.partition)
      report.chart = String(
        decoding: try await chart.rendered(as: .svg, by: DiagramCommand.worker), as: UTF8.self)
    }
    try session.write(output.hasSuffix(".html") ? report.html : report.markdown, to: output)
    session.note("\(output): findings, chart and tables of \(network.graph.nodeCount) entities")
  }
}
