// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew two-mode`.
struct TwoModeCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "two-mode",
    abstract: "Draw two kinds of things in two columns, and the ties between them.",
    discussion: """
      Persons and companies, persons and meetings, accounts and phones: each column is ordered so that \
      lines cross little, and coloured by community. Of a case the kinds are schemata, of entities or \
      on the right of events; of a graph file they are values of a column, which need not be named \
      where there are two, as in a two-mode matrix. Of more than 90 in a column those with most ties are shown, and the rest is counted.

      Examples:
        clew two-mode harbour.case --left Person --right Company -o owners.svg
        clew two-mode harbour.case --left Person --right Meeting -o meetings.pdf
        clew two-mode davis.csv -o clubs.png
      """)

  @OptionGroup var picture: PictureOptions

  @Option(help: ArgumentHelp("What stands on the left, joined by commas.", valueName: "a,b"))
  var left: String?

  @Option(help: ArgumentHelp("What stands on the right, joined by commas.", valueName: "a,b"))
  var right: String?

  @Option(
    help: ArgumentHelp(
      "The column of a graph file that tells the kinds apart.", valueName: "column"))
  var column = "mode"

  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    if (left == nil) != (right == nil) {
      throw ValidationError("--left and --right go together.")
    }
  }

  func execute(_ session: Session) async throws {
    var shown = TwoModeRequest(
      left: left.map(commaSeparated) ?? [], right: right.map(commaSeparated) ?? [])
    (shown.title, shown.page, shown.column) = (picture.title, picture.sheet, column)
    let drawn = try Workbench(picture.input, try readingOptions.request())
      .twoMode(viewOptions.request(), shown)
    let bytes = try await drawn.rendered(
      as: try picture.pictureFormat(), by: DiagramCommand.worker)
    try session.write(bytes, to: picture.output)
    if picture.output != "-" {
      session.note(
        "\(picture.output): \(drawn.left.count) and \(drawn.right.count), "
          + counted(drawn.ties.count, "tie"))
    }
  }
}
