// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew map`.
struct MapCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Draw places on coastlines, and the routes and ties between them.",
    discussion: """
      What has a latitude and a longitude is a place: entities of a case by these properties, nodes of a \
      graph file by columns of these names. Between places are drawn the ties of the view, the voyages of \
      vessels from one port call to the next, and trips; the width says how many records, the dash how \
      sure they are. How much has no place is stated.

      Examples:
        clew map harbour.case -o routes.svg
        clew map harbour.case --as-of 2023-12-31 -o routes.pdf --page a2
        clew map flights.csv --nodes airports.csv -o flights.png
      """)

  @OptionGroup var picture: PictureOptions
  @OptionGroup(title: "View") var viewOptions: ViewOptions
  @OptionGroup(title: "Reading graph files") var readingOptions: ReadingOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    var shown = MapRequest()
    (shown.title, shown.page) = (picture.title, picture.sheet)
    let map = try Workbench(picture.input, try readingOptions.request())
      .map(viewOptions.request(), shown)
    let bytes = try await map.rendered(as: try picture.pictureFormat(), by: DiagramCommand.worker)
    try session.write(bytes, to: picture.output)
    if picture.output != "-" {
      session.note(
        "\(picture.output): \(counted(map.places.count, "place")), \(counted(map.routes.count, "route"))"
      )
    }
  }
}
