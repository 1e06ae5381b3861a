// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew timeline`.
struct TimelineCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Draw a timeline: a line for each entity, its events along it, and who shares them.",
    discussion: """
      Time runs from left to right. A sign is an event, its shape the kind; a line between two entities \
      says that the event joins them. What is dated to a month or a year covers its whole span, and what \
      is undated stands in a column of its own. Where events stand too close they are gathered by day, \
      week or longer, with their number.

      Examples:
        clew timeline harbour.case -o timeline.svg
        clew timeline harbour.case --entity person:P001 --entity "Saskia Brandewinder" -o meetings.pdf
        clew timeline harbour.case --layer Payment --from 2024-01 --to 2024-06 -o money.png
      """)

  @OptionGroup var picture: PictureOptions

  @Option(
    help: ArgumentHelp(
      "A line for this entity, by id or name; may be repeated. [default: those with most events]",
      valueName: "id"))
  var entity: [String] = []

  @Option(help: "How many lines there are without --entity, at most 44.")
  var most = 30

  @Option(
    help: ArgumentHelp("Only events on or after this date, such as 2024-01.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("Only events on or before this date.", valueName: "date"))
  var to: String?

  @OptionGroup(title: "View") var filterOptions: FilterOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    guard (1...TimelineDiagram.mostLanes).contains(most) else {
      throw ValidationError(
        "--most \(most): expected a number from 1 to \(TimelineDiagram.mostLanes).")
    }
  }

  func execute(_ session: Session) async throws {
    var shown = TimelineRequest()
    shown.entities = entity
    shown.limit = most
    (shown.from, shown.to) = (from, to)
    (shown.title, shown.page) = (picture.title, picture.sheet)
    let timeline = try Workbench(picture.input).timeline(filterOptions.request(), shown)
    let bytes = try await timeline.rendered(
      as: try picture.pictureFormat(), by: DiagramCommand.worker)
    try session.write(bytes, to: picture.output)
    if picture.output != "-" {
      session.note(
        "\(picture.output): \(timeline.lanes.count) lines, \(timeline.occurrences.count) events")
    }
  }
}
