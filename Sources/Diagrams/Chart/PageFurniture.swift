// SPDX-License-Identifier: Apache-2.0

/// What stands around the network: marking, title, legend, sentences; and the room it leaves.
struct PageFurniture: Sendable {
  static let association =
    "Association is not guilt: a line says that a relationship is recorded, not that it is criminal."

  let diagram: Diagram
  let content: Rect
  /// The scale of the furniture: 1 on A3 in the usual style.
  let unit: Double
  let bannerHeight: Double
  private let margin: Double
  private let meaning: String
  private let legendRows: [[LegendItem]]
  private let legendTop: Double

  private var style: ChartStyle { diagram.style }
  private var width: Double { diagram.page.width }
  private var height: Double { diagram.page.height }

  /// Settles the furniture of a page.
  ///
  /// - Parameters:
  ///   - diagram: The diagram as it was given.
  ///   - shown: What of it is drawn.
  ///   - omissions: Sentences on what is left out, as far as they are known before drawing.
  ///   - widths: The classes of strength.
  ///   - largest: The largest size.
  ///   - items: The legend, where it is not that of a link chart.
  ///   - meaning: What a place on the page means, where it is not that of the layout.
  init(
    _ diagram: Diagram, shown: Diagram, omissions: [String], widths: WidthScale, largest: Double,
    items: [LegendItem]? = nil, meaning: String? = nil
  ) {
    self.meaning = meaning ?? diagram.layout.meaning
    self.diagram = diagram
    let sheet: Double =
      switch diagram.page.format {
      case .a4: 0.75
      case .a3: 1
      case .a2: 1.3
      case .a1: 1.7
      case .a0: 2.2
      }
    let unit = sheet * diagram.style.furnitureScale
    self.unit = unit
    margin = 20 * unit
    bannerHeight = diagram.handling == nil ? 0 : 16 * unit
    let items = items ?? LegendItem.items(for: shown, widths: widths, largest: largest)
    let room = diagram.page.width - 2 * margin
    var rows: [[LegendItem]] = []
    var used = 0.0
    for item in items {
      let needed = item.width * unit
      if rows.isEmpty || used + needed > room {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(item)
      used += needed
    }
    legendRows = rows
    // Room for what is known after drawing: words left out, the size of names.
    let later = String(repeating: "n", count: 380)
    let lines = Self.noteLines(
      meaning: self.meaning, omissions: omissions + [later], footnotes: diagram.footnotes,
      width: room, size: 8 * unit
    ).count
    let bottom = diagram.page.height - bannerHeight - 8 * unit
    legendTop = bottom - Double(lines) * 10.5 * unit - Double(rows.count) * 22 * unit
    let subtitleLines =
      diagram.subtitles.isEmpty
      ? 0 : diagram.subtitles.flatMap { Self.flow([$0], width: room, size: 9.5 * unit) }.count
    let top = bannerHeight + 34 * unit + Double(subtitleLines) * 13 * unit + 6 * unit
    content = Rect(
      minX: margin, minY: top, maxX: diagram.page.width - margin,
      maxY: max(top + 100, legendTop - 8 * unit))
  }

  /// The lines at the foot: what every chart says and what it leaves out, then the diagram's own
  /// footnotes from a line of their own.
  static func noteLines(
    meaning: String, omissions: [String], footnotes: [String], width: Double, size: Double
  ) -> [String] {
    flow([association, meaning] + omissions, width: width, size: size)
      + flow(footnotes.map(sentence), width: width, size: size)
  }

  /// A text that ends as a sentence does.
  static func sentence(_ text: String) -> String {
    let clean = LabelText.clean(text, limit: 1000)
    guard let last = clean.unicodeScalars.last else { return "" }
    let isOpen = last.properties.isAlphabetic || last.properties.numericType != nil
    return isOpen || ")]»”’%\"'".unicodeScalars.contains(last) ? clean + "." : clean
  }

  /// Sentences one after the other, set off by wide spaces, broken into lines.
  static func flow(_ sentences: [String], width: Double, size: Double) -> [String] {
    let words = sentences.map { LabelText.clean($0, limit: 1000) }.filter { !$0.isEmpty }
      .joined(separator: "\u{2003} ").split(separator: " ", omittingEmptySubsequences: true)
    // Rasters round the width of every letter: a long line comes out up to a twentieth wider.
    let width = 0.95 * width
    var lines: [String] = []
    var line = ""
    for word in words {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if TextMetrics.width(longer, size: size) > width, !line.isEmpty {
        lines.append(trimmed(line))
        line = LabelText.shorten(String(word), to: width, size: size)
      } else {
        line = LabelText.shorten(longer, to: width, size: size)
      }
    }
    if !line.isEmpty { lines.append(trimmed(line)) }
    return lines
  }

  private static func trimmed(_ line: String) -> String {
    line.last == "\u{2003}" ? String(line.dropLast()) : line
  }

  /// The marks of all furniture.
  ///
  /// - Parameter omissions: Sentences on what the drawing leaves out.
  /// - Returns: Heading, legend, sentences and marking.
  func marks(omissions: [String]) -> [Mark] {
    [
      .group(kind: "heading", id: nil, title: nil, heading()),
      .group(kind: "legend", id: nil, title: nil, legend()),
      .group(kind: "notes", id: nil, title: nil, notes(omissions)),
      .group(kind: "handling", id: nil, title: nil, banners()),
    ]
  }

  private func banners() -> [Mark] {
    guard let handling = diagram.handling else { return [] }
    let size = 9.5 * unit
    let text = LabelText.shorten(
      LabelText.clean(handling), to: width - 2 * margin, size: size, isBold: true)
    return [0, height - bannerHeight].flatMap { y -> [Mark] in
      let band = Rect(minX: 0, minY: y, maxX: width, maxY: y + bannerHeight)
      return [
        .polygon(band.corners, Paint(fill: style.banner)),
        .text(
          TextRun(
            text: text, at: Point(x: width / 2, y: y + bannerHeight / 2 + size * 0.36), size: size,
            isBold: true, color: style.bannerText)),
      ]
    }
  }

  private func heading() -> [Mark] {
    let room = width - 2 * margin
    let size = 20 * unit
    let title = LabelText.shorten(
      LabelText.clean(diagram.title), to: room, size: size, isBold: true)
    var y = bannerHeight + 27 * unit
    var marks: [Mark] = [
      .text(
        TextRun(
          text: title, at: Point(x: margin, y: y), size: size, isBold: true, anchor: .start,
          color: style.text))
    ]
    y += 4 * unit
    for subtitle in diagram.subtitles {
      for line in Self.flow([subtitle], width: room, size: 9.5 * unit) {
        y += 13 * unit
        marks.append(
          .text(
            TextRun(
              text: line, at: Point(x: margin, y: y), size: 9.5 * unit, anchor: .start,
              color: style.quietText)))
      }
    }
    return marks
  }

  private func legend() -> [Mark] {
    var marks: [Mark] = []
    var y = legendTop + 11 * unit
    if !legendRows.isEmpty {
      let rule = [
        Point(x: margin, y: legendTop - 2 * unit),
        Point(x: width - margin, y: legendTop - 2 * unit),
      ]
      marks.append(
        .polyline(rule, Paint(stroke: style.quietText.withAlpha(0.3), width: 0.6 * unit)))
    }
    for row in legendRows {
      var x = margin
      for item in row {
        marks += item.marks(at: Point(x: x, y: y), unit: unit, style: style)
        x += item.width * unit
      }
      y += 22 * unit
    }
    return marks
  }

  private func notes(_ omissions: [String]) -> [Mark] {
    let size = 8 * unit
    let room = width - 2 * margin
    let bottom = height - bannerHeight - 8 * unit
    var y = legendTop + Double(legendRows.count) * 22 * unit + 7 * unit
    let lines = Self.noteLines(
      meaning: self.meaning, omissions: omissions, footnotes: diagram.footnotes,
      width: room, size: size)
    var marks: [Mark] = []
    for line in lines {
      guard y <= bottom + 2 else { break }
      marks.append(
        .text(
          TextRun(
            text: line, at: Point(x: margin, y: y), size: size, anchor: .start,
            color: style.quietText)))
      y += 10.5 * unit
    }
    return marks
  }
}
