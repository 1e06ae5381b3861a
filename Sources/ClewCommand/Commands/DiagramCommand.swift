// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// `clew diagram`.
struct DiagramCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "diagram",
    abstract:
      "Draw a link chart: icons by type, size by a measure, colour by community, lines by grade.",
    discussion: """
      Solid lines are confirmed, dashed ones probable, dotted ones unconfirmed. The chart states its \
      sources, dates, grades, handling and what it leaves out.

      Examples:
        clew diagram harbour.case -o chart.svg
        clew diagram harbour.case --schema Person,Company --as-of 2024-06-30 -o chart.pdf --page a2
        clew diagram calls.csv --size degree --flag N1 --flag N12 -o chart.png --dpi 200
        clew diagram harbour.case --schema Company --layout dot -o owners.svg
        clew diagram harbour.case --style greyscale -o for-the-printer.pdf
        clew diagram harbour.case --page a0 --tile a4 -o wall.pdf
        clew diagram harbour.case --around person:P001 --expand-parallel -o each.svg
        clew diagram harbour.case -o for-i2.anx
        clew diagram harbour.case --around person:P001 --hops 2 -o around.svg
        clew diagram harbour.case --pin last --diff 2024-06-30 -o this-week.svg
        clew diagram harbour.case --between person:P001 --between person:P030 --slack 1 -o ways.svg
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      The picture; its suffix says which format: svg, pdf, png, dot; or anx, graphml, gexf: the graph \
      with the places of the chart, for Analyst's Notebook and others. - is standard output.
      """, valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "The format, whatever the suffix: svg, pdf, png, dot, anx, graphml, gexf.",
      valueName: "format"))
  var format: String?

  @Option(help: "The line at the top. [default: the name of the input]")
  var title: String?

  @Option(help: "The measure that sets the size of the icons, or none.")
  var size = "betweenness"

  @Option(
    help: ArgumentHelp(
      """
      Where the entities stand: auto (communities in regions apart), dot (ranks along the ties), \
      neato, fdp (may differ from run to run), sfdp (distances and springs), twopi (rings around the best connected), circo \
      (circles), osage (communities as blocks), patchwork (as tiles).
      """, valueName: "engine"))
  var layout = Engine.auto

  @Option(
    help: ArgumentHelp(
      """
      How the chart looks: investigation (colour on white), greyscale (for a printer without \
      colour), presentation (large type, few marks), dark, or a file of settings that extends one \
      of them; clew styles prints all settings.
      """, valueName: "name|file.yaml"))
  var style = "investigation"

  @Flag(
    help:
      "Print what the chart does well and badly, counted: overlaps, lines through icons and more.")
  var figures = false

  @Flag(
    help: ArgumentHelp(
      """
      Draw each relationship, and the events of each kind and direction, on a line of its own; \
      otherwise what joins two entities is one line with a count.
      """))
  var expandParallel = false

  @Option(help: "The groups drawn as regions: leiden or none.")
  var groups = Grouping.leiden

  @Option(help: "Of the communities: above 1 gives smaller ones, below 1 larger ones.")
  var resolution = 1.0

  @Option(help: "Of the communities: where the random orders start from.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp("Put a red ring around this entity; may be repeated.", valueName: "id"))
  var flag: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Stand entities where they stood: on the chart that the case keeps under this name (last, say), \
      where this one is then kept, or on an SVG file that clew drew (a name with a dot). New \
      entities find room. A name that is not there yet is begun.
      """, valueName: "name|file.svg"))
  var pin: String?

  @Option(
    help: ArgumentHelp(
      """
      Mark what is new, gone and graded anew against another state: a date as of which the same case \
      is looked at, or an input such as CASE@2024-06-30, CASE@known:2024-06 or a file.
      """, valueName: "date|input"))
  var diff: String?

  @Option(help: "The sheet: a4, a3, a2, a1, a0.")
  var page = PageFormat.a3

  @Option(
    help: ArgumentHelp(
      """
      Cut a PDF into sheets of this size for a small printer: a4, a3 and so on. Neighbours share a \
      strip, marked; every sheet bears the handling marking and its number.
      """, valueName: "size"))
  var tile: PageFormat?

  @Flag(help: "Upright rather than landscape.")
  var portrait = false

  @Option(help: "Dots to the inch of a PNG.")
  var dpi = 150

  @OptionGroup(title: "What is drawn") var selectionOptions: SelectionOptions
  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  enum Grouping: String, ExpressibleByArgument, CaseIterable { case leiden, none }
  enum Engine: String, ExpressibleByArgument, CaseIterable {
    case auto, dot, neato, fdp, sfdp, twopi, circo, osage, patchwork

    // Others stand communities across each other; large networks are drawn by community in any case.
    var showsGroups: Bool { self == .auto || self == .osage || self == .patchwork }
  }
  enum PageFormat: String, ExpressibleByArgument, CaseIterable { case a4, a3, a2, a1, a0 }

  func validate() throws {
    guard (30...1200).contains(dpi) else {
      throw ValidationError("--dpi \(dpi): expected a number from 30 to 1200.")
    }
    if !(resolution > 0 && resolution.isFinite) {
      throw ValidationError("--resolution \(resolution): expected a number above 0.")
    }
    if size != "none", Catalogue.nodeMeasure(size) == nil {
      throw ValidationError(
        "--size \(size): there is no such measure; there are none, "
          + Catalogue.nodeMeasures.map(\.word).joined(separator: ", ") + ".")
    }
    if pin != nil, layout != .auto {
      throw ValidationError("--pin keeps the places of --layout auto; leave --layout out.")
    }
    if pin?.isEmpty == true { throw ValidationError("--pin: expected a name or a file.") }
    _ = try pictureFormat()
    if let tile {
      guard try pictureFormat() == .pdf else {
        throw ValidationError("--tile cuts a PDF into sheets: write to FILE.pdf.")
      }
      let sizes = PageFormat.allCases
      guard sizes.firstIndex(of: tile) ?? 0 < sizes.firstIndex(of: page) ?? 0 else {
        throw ValidationError(
          "--tile \(tile.rawValue): expected a size smaller than --page \(page.rawValue).")
      }
    }
    if figures, output == "-" {
      throw ValidationError("--figures prints on standard output; write the picture to a file.")
    }
  }

  func execute(_ session: Session) async throws {
    let run = session.run("Drawing")
    let look = try ChartStyle(named: style)
    let network = try load(input, viewOptions, readingOptions, session)
      .selected(selectionOptions.selection(), run)
    try checkFlags(network)
    let measure = size == "none" ? nil : Catalogue.nodeMeasure(size)
    let scores = try measure.map { try network.scores($0.analysis, run) }
    let pins = try pinnedPlaces(session)
    let partition =
      try groups == .none || !layout.showsGroups && network.graph.nodeCount <= 2_000
      ? nil
      : network.communities(
        Leiden(resolution: resolution, seed: seed, ignoresDirection: true), run
      ).partition
    var chart = network.diagram(
      title: title ?? network.input.name, size: scores,
      sizeMeaning: (measure?.title ?? "").lowercased(), groups: partition,
      groupMeaning: "Leiden communities, γ = \(shownReal(resolution))", flagged: Set(flag),
      page: Page(
        Page.Format(rawValue: page.rawValue) ?? .a3, portrait ? .portrait : .landscape),
      pins: pins)
    chart.style = look
    chart.layout = LayoutEngine(rawValue: layout.rawValue) ?? .automatic
    if let diff {
      let earlier = try earlierNetwork(diff, run)
      chart.markChanges(
        from: earlier.network.diagram(title: "", flagged: Set(flag)), called: earlier.name,
        grades: (network.tieGrades, earlier.network.tieGrades))
    }
    if isCaseFile || expandParallel {
      try Workbench(input, try readingOptions.request())
        .addEvidence(to: &chart, viewOptions.request(), expandsParallel: expandParallel)
    }
    let (bytes, places, counted) = try await chart.drawn(
      as: try pictureFormat(), by: Self.worker, isMeasured: figures,
      tiles: tile.flatMap { Page.Format(rawValue: $0.rawValue) })
    if let graphFormat {
      try writeGraph(of: network, as: graphFormat, at: places, session)
    } else {
      try session.write(bytes, to: output)
    }
    try keep(places, session)
    for (name, value) in counted?.rows ?? [] { try session.write("\(name): \(value)\n", to: nil) }
    if output != "-" {
      session.note(
        "\(output): \(network.graph.nodeCount) entities, \(network.graph.edgeCount) ties")
    }
  }

  // Where entities stood on the chart that --pin names.
  private func pinnedPlaces(_ session: Session) throws -> DiagramPlaces? {
    guard let pin else { return nil }
    if Self.isFile(pin) {
      guard let bytes = FileManager.default.contents(atPath: pin) else {
        throw ClewError.inputMissing(
          "--pin \(pin): no such file; check the spelling and the folder")
      }
      guard let places = DiagramPlaces(svg: String(decoding: bytes, as: UTF8.self)) else {
        throw ClewError.badData("--pin \(pin): expected an SVG file that clew diagram has drawn")
      }
      return places
    }
    guard Workbench.isCaseFile(input) else {
      throw ClewError.usage(
        "--pin \(pin): only a case keeps charts by name; for a graph file name an SVG file that clew "
          + "diagram has drawn")
    }
    let store = try CaseStore(input)
    if let places = try store.places(keptAs: pin) { return places }
    let known = try store.keptChartNames()
    session.note(
      "no chart is kept as \(pin) yet"
        + (known.isEmpty ? "" : " (there are \(known.joined(separator: ", ")))")
        + ": this one is drawn afresh and kept")
    return nil
  }

  private func keep(_ places: DiagramPlaces?, _ session: Session) throws {
    guard let pin, !Self.isFile(pin) else { return }
    guard let places else {
      session.note("groups stand for the entities: no places were kept")
      return
    }
    let count = try CaseStore(input).keep(places, as: pin)
    session.note("\(count) places kept in the case as \(pin)")
  }

  private static func isFile(_ pin: String) -> Bool { pin.contains { $0 == "." || $0 == "/" } }

  private func earlierNetwork(_ text: String, _ run: Run) throws -> (network: Network, name: String)
  {
    var (request, path) = (viewOptions.request(), text)
    if !Workbench.isDate(text) {
      // The other input says of when it is.
      (request.asOf, request.knownAt) = (nil, nil)
    } else {
      guard Workbench.isCaseFile(input) else {
        throw ClewError.usage("--diff \(text): only a case has states by date; name a file")
      }
      request.asOf = nil
      path = "\(input)@\(text)"
    }
    let side = try ComparedInput(path, request, try readingOptions.request())
    return (
      try side.network.selected(selectionOptions.selection(), run),
      path == text ? text : "the case as of \(text)"
    )
  }

  private func checkFlags(_ network: Network) throws {
    let known = Set(network.items.values.map(\.id))
    let unknown = flag.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw ClewError.usage(
        "--flag \(unknown.joined(separator: ", ")): not in this network; `clew find` shows ids")
    }
  }

  private var isCaseFile: Bool { input != "-" && Workbench.isCaseFile(input) }

  private var formatName: String {
    format ?? output.lastIndex(of: ".").map { String(output[output.index(after: $0)...]) } ?? ""
  }

  /// The form of a graph that was asked for in place of a picture.
  private var graphFormat: GraphFileFormat? {
    let name = formatName.lowercased()
    return ["anx", "graphml", "gexf"].contains(name) ? GraphFileFormat(rawValue: name) : nil
  }

  // For a graph the chart is drawn for its places.
  private func pictureFormat() throws -> PictureFormat {
    if graphFormat != nil { return .svg }
    let name = formatName
    guard let picture = PictureFormat(fileExtension: name) else {
      throw ValidationError(
        format == nil
          ? "-o \(output): the suffix names no picture (svg, pdf, png, dot) and no graph with places (anx, "
            + "graphml, gexf); name one with --format."
          : "--format \(name): expected svg, pdf, png, dot, anx, graphml or gexf.")
    }
    if case .png = picture { return .png(dpi: dpi) }
    return picture
  }

  /// This program, as the process that draws: no input can take the caller down.
  static var worker: DiagramRenderer.Worker {
    .process(executable: "/proc/self/exe", arguments: [RenderWorkerCommand.word])
  }
}

/// The process that draws for another `clew`; it is not for people.
struct RenderWorkerCommand: ParsableCommand {
  static let word = "__render"
  static let configuration = CommandConfiguration(commandName: word, shouldDisplay: false)

  func run() throws { throw ExitCode(RenderWorker.main()) }
}
