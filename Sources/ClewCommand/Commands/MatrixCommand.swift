// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew matrix`.
struct MatrixCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix",
    abstract: "Draw an association matrix: who is tied to whom, by how many records.",
    discussion: """
      Rows and columns are ordered by community and then by the number of ties. Each cell holds the \
      number of records; a broken frame says that the tie is not confirmed. Beyond 120 entities those \
      with most ties are shown, and that is said.

      Examples:
        clew matrix harbour.case --schema Person -o matrix.svg
        clew matrix calls.csv --most 60 --groups none -o matrix.pdf
        clew matrix harbour.case --around person:P001 --hops 2 -o matrix.png
      """)

  @Argument(
    help: ArgumentHelp("A case file or a graph file; - is standard input.", valueName: "input"))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The picture; its suffix says which format: svg, pdf, png. - is standard output.",
      valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp("The format, whatever the suffix: svg, pdf, png.", valueName: "format"))
  var format: String?

  @Option(help: "The line at the top. [default: the name of the input]")
  var title: String?

  @Option(help: "The groups that stand together: leiden or none.")
  var groups = DiagramCommand.Grouping.leiden

  @Option(help: "How many entities are shown: those with most ties, at most 120.")
  var most = MatrixDiagram.mostItems

  @Option(help: "The sheet: a4, a3, a2, a1, a0.")
  var page = DiagramCommand.PageFormat.a3

  @Option(help: "Dots to the inch of a PNG.")
  var dpi = 150

  @OptionGroup(title: "What is drawn") var selectionOptions: SelectionOptions
  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    guard (2...MatrixDiagram.mostItems).contains(most) else {
      throw ValidationError(
        "--most \(most): expected a number from 2 to \(MatrixDiagram.mostItems).")
    }
    guard (30...1200).contains(dpi) else {
      throw ValidationError("--dpi \(dpi): expected a number from 30 to 1200.")
    }
    _ = try pictureFormat()
  }

  func execute(_ session: Session) async throws {
    let run = session.run("Drawing")
    let network = try load(input, viewOptions, readingOptions, session)
      .selected(selectionOptions.selection(), run)
    let partition =
      groups == .none
      ? nil : try network.communities(Leiden(ignoresDirection: true), run).partition
    let matrix = network.matrix(
      title: title ?? network.input.name, groups: partition, limit: most,
      page: Page(Page.Format(rawValue: page.rawValue) ?? .a3))
    let bytes = try await matrix.rendered(as: try pictureFormat(), by: DiagramCommand.worker)
    try session.write(bytes, to: output)
    if output != "-" {
      session.note(
        "\(output): \(counted(matrix.items.count, "entity", "entities")), \(counted(matrix.cells.count, "cell"))"
      )
    }
  }

  private func pictureFormat() throws -> PictureFormat {
    let name =
      format ?? output.lastIndex(of: ".").map { String(output[output.index(after: $0)...]) } ?? ""
    guard let picture = PictureFormat(fileExtension: name), picture != .dot else {
      throw ValidationError(
        "\(format == nil ? "-o \(output)" : "--format \(name)"): expected svg, pdf or png.")
    }
    if case .png = picture { return .png(dpi: dpi) }
    return picture
  }
}
