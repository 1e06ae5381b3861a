// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew why`.
struct Why: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Show the claims and events behind an entity, a tie, a path or a score.",
    discussion: """
      Each row states source, grade, handling, when it holds, and the file and line it stands in. \
      Where nothing joins two entities directly, or with --path, the shortest chain between them is \
      shown. --measure shows the ties behind a score and what each source does to it; --without shows \
      what would be left if a source were dropped. Of an entity with more than a thousand events people \
      see the first thousand, unless --top all asks for all; a form for programs always has all.

      Examples:
        clew why harbour.case person:P001
        clew why harbour.case person:P001 person:P005 --as-of 2024-06-30
        clew why harbour.case person:P001 person:P005 --without informant-7
        clew why harbour.case person:P001 --measure betweenness
        clew why harbour.case person:P001 person:P030 --path
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The id of an entity.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("The id of another entity.", valueName: "b"))
  var second: String?

  @Option(
    help: ArgumentHelp(
      "Show what would be left if this source were dropped; may be given several times.",
      valueName: "source"))
  var without: [String] = []

  @Flag(
    name: .customLong("path"),
    help: "Show the shortest chain of ties between the two, with the evidence of each.")
  var showsPath = false

  @Option(
    help: ArgumentHelp(
      "Show why the entity has its score by this measure; clew centrality --list lists them.",
      valueName: "measure"))
  var measure: String?

  @OptionGroup(title: "View") var viewOptions: FilterOptions
  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if showsPath, second == nil { throw ValidationError("--path is between two entities.") }
    if let measure {
      if second != nil { throw ValidationError("--measure is about one entity.") }
      _ = try nodeMeasure(measure)
    }
  }

  func execute(_ session: Session) async throws {
    let store = try CaseStore(path)
    let request = viewOptions.request()
    var options = outputOptions
    options.top = options.top ?? "all"
    let document: ResultDocument
    if let measure {
      document = try store.scoreDocument(
        first, try nodeMeasure(measure), request, without: without, session.run("Why"))
    } else if let second {
      document = try store.tieDocument(
        first, second, request, without: without, asPath: showsPath)
    } else {
      document = try store.entityDocument(
        first, request, without: without,
        eventLimit: outputOptions.top == nil
          ? outputOptions.readingLimit().map { _ in 1_000 } : outputOptions.readingLimit())
    }
    try session.write(document, options)
  }
}

/// The measure of nodes that a word names.
func nodeMeasure(_ word: String) throws -> NodeMeasure {
  guard let measure = Catalogue.nodeMeasure(word) else {
    throw ValidationError(
      "--measure \(word): there is no such measure; there are "
        + Catalogue.nodeMeasures.map(\.word).joined(separator: ", ") + ".")
  }
  return measure
}
