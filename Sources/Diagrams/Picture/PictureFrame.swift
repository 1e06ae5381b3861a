// SPDX-License-Identifier: Apache-2.0

/// What every picture says around its content: title, dates and sources, handling, notes, sheet.
public struct PictureFrame: Hashable, Sendable {
  /// The title, in one line.
  public var title: String
  /// What is drawn, as of when, from which sources: one line each.
  public var subtitles: [String] = []
  /// The handling marking at the top and at the bottom, or nil for none.
  public var handling: String?
  /// Sentences at the foot, after those that every picture carries.
  public var footnotes: [String] = []
  /// The sheet.
  public var page: Page = .a3Landscape

  /// Creates a frame with nothing but a title.
  public init(title: String) { self.title = title }

  /// The furniture with a legend, and the room it leaves.
  func furniture(
    legend: [LegendItem], meaning: String, omissions: [String] = []
  ) -> PageFurniture {
    var diagram = Diagram(title: title)
    diagram.subtitles = subtitles
    diagram.handling = handling
    diagram.footnotes = footnotes
    diagram.page = page
    return PageFurniture(
      diagram, shown: diagram, omissions: omissions, widths: WidthScale(weights: []), largest: 0,
      items: legend, meaning: meaning)
  }

  /// A page with furniture and content, described for those who hear it read.
  func drawing(
    _ content: [Mark], _ furniture: PageFurniture, omissions: [String], summary: String
  ) -> Drawing {
    let parts =
      [summary] + subtitles.map { LabelText.clean($0) }
      + (handling.map { [LabelText.clean($0)] } ?? [])
      + omissions + footnotes.map { PageFurniture.sentence($0) } + [PageFurniture.association]
    return Drawing(
      width: page.width, height: page.height, title: LabelText.clean(title),
      summary: parts.joined(separator: " "),
      marks: content + furniture.marks(omissions: omissions))
  }
}

/// A sample in the legend of a picture that is no link chart.
enum PictureSample: Hashable, Sendable {
  /// The sign of a kind of event, by the number of the kind.
  case event(Int)
  /// Several events in one sign.
  case bin
  /// A stretch of time within which an event took place.
  case span
  /// A share that the records do not account for.
  case unknownOwner
  /// A holding on behalf of somebody else.
  case nominee
  /// A line that closes a ring.
  case ring
  /// A place by its number of journeys.
  case place
  /// A journey by its width.
  case journey(Double)

  /// The room it takes, in the units of A3.
  var width: Double {
    switch self {
    case .event, .bin, .unknownOwner, .place: 18
    case .span, .ring, .nominee, .journey: 34
    }
  }

  /// The marks, with the middle of the left edge at a place.
  func marks(at place: Point, unit: Double) -> [Mark] {
    let middle = Point(x: place.x + 8 * unit, y: place.y)
    let end = Point(x: place.x + 28 * unit, y: place.y)
    switch self {
    case .event(let kind): return [EventSign.mark(kind, at: middle, radius: 4.4 * unit)]
    case .bin:
      return EventSign.bin(0, count: 12, at: middle, radius: 6.4 * unit, color: Palette.neutral)
    case .span:
      return [
        .polyline(
          [place, end], Paint(stroke: Palette.neutral.withAlpha(0.35), width: 5 * unit))
      ]
    case .unknownOwner:
      return [
        .ellipse(
          center: middle, rx: 7 * unit, ry: 7 * unit,
          Paint(fill: .white, stroke: Palette.outerLine, width: 1 * unit, dash: .dashed)),
        .text(
          TextRun(
            text: "?", at: Point(x: middle.x, y: middle.y + 3.2 * unit), size: 9 * unit,
            isBold: true)),
      ]
    case .nominee:
      return [
        .polyline([place, end], Paint(stroke: Palette.outerLine, width: 1.2 * unit, dash: .dotted))
      ]
    case .ring:
      return [
        .polyline([place, end], Paint(stroke: Palette.flag, width: 1.4 * unit)),
        Arrowhead.mark(
          tip: end, from: place, width: 1.4 * unit, scale: unit, color: Palette.flag),
      ]
    case .place:
      return [
        .ellipse(
          center: middle, rx: 4.5 * unit, ry: 4.5 * unit,
          Paint(fill: Palette.groups[0], stroke: .white, width: 1 * unit))
      ]
    case .journey(let width):
      return [.polyline([place, end], Paint(stroke: Palette.groups[1], width: width * unit))]
    }
  }
}
