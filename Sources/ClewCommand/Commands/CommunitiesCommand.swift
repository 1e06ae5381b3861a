// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew communities`.
struct CommunitiesCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "communities",
    abstract: "Find the groups whose members deal with each other more than with the rest.",
    discussion: """
      Methods:
        leiden             the highest modularity: more ties inside than chance would put there
        louvain            the same aim by the older search that most programs use
        leiden-cpm         groups denser than --resolution times the density of the network
        label-propagation  groups in which everybody has most of their ties; fast
        infomap            groups that money or word passing along the ties seldom leaves

      Directions are ignored unless --directed is given; label-propagation always ignores them. CSV \
      holds the members; --table communities gives the groups.

      Examples:
        clew communities harbour.case
        clew communities calls.csv --weight calls:strength --resolution 1.5
        clew communities payments.csv --method infomap --directed --weight amount:strength
        clew communities harbour.case --format csv -o members.csv
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Option(help: "The method.")
  var method = Method.leiden

  @Option(help: "Above 1 gives smaller groups, below 1 larger ones.")
  var resolution = 1.0

  @Option(help: "Where the random orders start from; the same seed gives the same groups.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How many searches are made; the best is kept. [default: by size, 100 on small networks]",
      valueName: "n"))
  var runs: Int?

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case leiden, louvain
    case leidenCPM = "leiden-cpm"
    case labelPropagation = "label-propagation"
    case infomap

    var hasResolution: Bool { [.leiden, .louvain, .leidenCPM].contains(self) }
  }

  func validate() throws {
    if !(resolution > 0 && resolution.isFinite) {
      throw ValidationError("--resolution \(resolution): expected a number above 0.")
    }
    if resolution != 1, !method.hasResolution {
      throw ValidationError(
        "--resolution has no meaning for --method \(method.rawValue); it is for leiden, louvain and "
          + "leiden-cpm.")
    }
    if runs != nil, method == .labelPropagation {
      throw ValidationError("--runs has no meaning for label-propagation, which goes once.")
    }
    if let runs, runs < 1 { throw ValidationError("--runs \(runs): expected a number from 1.") }
  }

  func execute(_ session: Session) async throws {
    var view = viewOptions
    view.direction = view.direction ?? .undirected
    let network = try load(input, view, readingOptions, session)
    let document = try document(of: network, session.run("Communities"))
    var output = outputOptions
    let format = try output.resolvedFormat()
    if format == .csv || format == .tsv || format == .ndjson {
      output.table = output.table ?? "members"
    }
    try session.write(document, output)
  }

  private func document(of network: Network, _ run: Run) throws -> ResultDocument {
    switch method {
    case .leiden:
      try network.communityDocument(
        Leiden(resolution: resolution, runs: runs, seed: seed), title: "Leiden", run)
    case .leidenCPM:
      try network.communityDocument(
        Leiden(objective: .relativePotts, resolution: resolution, runs: runs, seed: seed),
        title: "Leiden, constant Potts model", run)
    case .louvain:
      try network.communityDocument(
        Louvain(resolution: resolution, runs: runs, seed: seed), title: "Louvain", run)
    case .labelPropagation:
      try network.communityDocument(
        LabelPropagation(seed: seed), title: "Label propagation", run)
    case .infomap:
      try network.communityDocument(Infomap(runs: runs, seed: seed), run)
    }
  }
}
