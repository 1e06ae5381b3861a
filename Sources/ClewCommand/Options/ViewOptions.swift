// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// The options that filter what a case says before anything is shown or computed.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only what held on this date (2024, 2024-06 or 2024-06-30). Case files.",
      valueName: "date"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "Only what had been recorded in the case by this time. Case files.", valueName: "date"))
  var knownAt: String?

  @Option(
    help: ArgumentHelp(
      "Only claims of this grade or better, such as B2. Case files.", valueName: "grade"))
  var minGrade: String?

  @Option(
    help: ArgumentHelp(
      "Only what may be handled at this code or a less restrictive one, such as H1. Case files.",
      valueName: "code"))
  var handling: String?

  @Option(
    help: ArgumentHelp(
      """
      Only these kinds of tie, joined by commas: schemata of a case (Call,Payment), or values of \
      the layer column of a graph file.
      """, valueName: "a,b"))
  var layer: String?

  @Option(
    help: ArgumentHelp(
      "Only entities of these schemata, joined by commas (Person,Company). Case files.",
      valueName: "a,b"))
  var schema: String?

  @Option(
    help: ArgumentHelp(
      "Only persons of these data-subject categories, joined by commas. Case files.",
      valueName: "a,b"))
  var category: String?

  @Option(
    help: ArgumentHelp(
      """
      Only what is at these places, joined by commas: ids or names of places and ports, or a country, \
      city or region. Case files.
      """, valueName: "a,b"))
  var place: String?

  @Option(
    help: ArgumentHelp(
      "A view saved by clew view save; further options narrow it. Case files.", valueName: "name"))
  var view: String?

  /// Whether any filter is set.
  var isSet: Bool {
    [asOf, knownAt, minGrade, handling, layer, schema, category, place, view].contains { $0 != nil }
  }
}

/// The options that say what of an input is looked at, the same on every analysis.
struct ViewOptions: ParsableArguments {
  @OptionGroup var filters: FilterOptions

  @Option(
    help: ArgumentHelp(
      """
      Use a number of each tie and say what it means: PROPERTY:strength (larger is closer) or \
      PROPERTY:length (larger is farther). PROPERTY is a column of the file, or count, amount or \
      duration in a case. Without it every tie weighs 1.
      """, valueName: "property:meaning"))
  var weight: String?

  @Flag(help: "Whether ties have a direction; by default what the input says.")
  var direction: DirectionChoice?

  @Option(
    help: "Which nodes are analysed: all of them, or those of the largest connected component.")
  var component = ComponentChoice.all

  @Option(
    help: ArgumentHelp(
      """
      Rank these data-subject categories too (victim, witness, minor), which are left out of \
      rankings unless a reason is given with --reason.
      """, valueName: "a,b"))
  var include: String?

  @Option(
    help: ArgumentHelp("Why --include is needed; it is logged in the case.", valueName: "text"))
  var reason: String?

  func validate() throws {
    if include != nil, (reason ?? "").isEmpty {
      throw ValidationError(
        "--include needs --reason \"…\": ranking victims, witnesses or minors must be justified.")
    }
    if let weight, Self.parsed(weight: weight) == nil {
      throw ValidationError(
        "--weight \(weight): expected PROPERTY:strength or PROPERTY:length, such as calls:strength."
      )
    }
  }

  static func parsed(weight: String) -> (property: String, meaning: String)? {
    guard let colon = weight.lastIndex(of: ":"), colon > weight.startIndex else { return nil }
    let meaning = String(weight[weight.index(after: colon)...])
    guard ["strength", "length"].contains(meaning) else { return nil }
    return (String(weight[..<colon]), meaning)
  }
}

/// Whether ties are read with their direction.
enum DirectionChoice: String, EnumerableFlag { case directed, undirected }

/// Which components are analysed.
enum ComponentChoice: String, ExpressibleByArgument, CaseIterable { case all, largest }

/// The options that say how a graph file is read; case files ignore them.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Read the input as this format, whatever it looks like: edge-list, events, matrix, two-mode, \
      graphml, gexf, gml, pajek, dl, dot, json, gdf, cx2, vna, ndjson, \
      ftm, neo4j, metis, geojson.
      """, valueName: "format"))
  var inputFormat: String?

  @Option(
    help: ArgumentHelp(
      "Whether the first row names the columns: detect, present, absent. [default: detect]",
      valueName: "rule"))
  var header: String?

  @Option(
    help: ArgumentHelp(
      "The sheet of a workbook (.xlsx): its name, or its number from 1. [default: the first]",
      valueName: "name"))
  var sheet: String?

  @Option(help: ArgumentHelp("The text encoding: utf-8, utf-16, latin-1.", valueName: "name"))
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      """
      The column of --nodes that holds the identifiers: its name or number. [default: one that is \
      named so, or else one that holds ends of ties]
      """, valueName: "column"))
  var idColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of --nodes by which people know the nodes.", valueName: "column"))
  var labelColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column where a tie starts: a column name or its number from 1.", valueName: "column"))
  var sourceColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column where a tie ends: a column name or its number from 1.", valueName: "column"))
  var targetColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of the times of events (--input-format events): a name, a number from 1, or none.",
      valueName: "column"))
  var timeColumn: String?

  @Option(
    help: ArgumentHelp(
      "How the times of events are written, if not as in ISO 8601: dd/MM/yyyy HH:mm:ss.",
      valueName: "form"))
  var timeFormat: String?

  @Option(
    help: ArgumentHelp(
      "The column of the amounts of events, which are added up: a name or a number from 1.",
      valueName: "column"))
  var amountColumn: String?

  @Option(
    help: ArgumentHelp(
      """
      What belongs to the nodes beside the ties, several times: a table (an id column and \
      attributes), a node file of Neo4j, or a partition or vector of Pajek (.clu, .vec).
      """, valueName: "file"))
  var nodes: [String] = []

  @Option(
    help: ArgumentHelp(
      "The network of a Pajek project (.paj) with several: its name, or its number from 1.",
      valueName: "name"))
  var network: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only rows with this value in this column; may be given several times.",
      valueName: "column=value"))
  var conditions: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column that --layer looks in; by default layer, matrix, relation or type.",
      valueName: "column"))
  var layerColumn: String?

  @Option(
    help: ArgumentHelp(
      "How a one-sided matrix becomes undirected: either, both, max or sum.", valueName: "rule"))
  var symmetrize: String?

  @Option(
    help: ArgumentHelp(
      "Merge parallel ties into one (the default) or keep them apart: merge, keep.",
      valueName: "rule"))
  var parallel: String?

  @Option(
    help: ArgumentHelp(
      "Drop ties of a node to itself (the default) or keep them: drop, keep.", valueName: "rule"))
  var loops: String?

  @Option(
    help: ArgumentHelp(
      "Refuse a list in which an end is missing (the default), or skip such rows: refuse, skip.",
      valueName: "rule"))
  var incomplete: String?

  @Option(help: ArgumentHelp("The most nodes a file may bring.", valueName: "n"))
  var maxNodes = 50_000_000
}
