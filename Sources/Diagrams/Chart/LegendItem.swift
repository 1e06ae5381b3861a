// SPDX-License-Identifier: Apache-2.0

/// One entry of the legend: a sample and its words, of what occurs in the drawing and no more.
struct LegendItem: Sendable {
  enum Sample: Sendable {
    case icon(Icon)
    case line(Dash)
    case colors
    case width(Double)
    case arrow
    case flag
    case category(SubjectCategory)
    case sizes
    case change(DiagramChange)
    case picture(PictureSample)
    case heading
  }

  static let size = 8.5
  var sample: Sample
  var text: String

  /// The room it takes, in the units of A3.
  var width: Double { sampleWidth + TextMetrics.width(text, size: Self.size) + 13 }

  private var sampleWidth: Double {
    switch sample {
    case .icon, .flag, .category, .change: 22
    case .line, .width, .arrow: 34
    case .colors: 60
    case .sizes: 46
    case .picture(let sample): sample.width
    case .heading: 0
    }
  }

  /// The entries for what is drawn.
  ///
  /// - Parameters:
  ///   - diagram: What is drawn.
  ///   - widths: The classes of strength.
  ///   - largest: The largest size.
  /// - Returns: Kinds, lines, signs, sizes and widths, in this order.
  static func items(
    for diagram: Diagram, widths: WidthScale, largest: Double
  ) -> [LegendItem] {
    var items: [LegendItem] = []
    let icons = Set(diagram.nodes.map(\.icon))
    for icon in Icon.allCases where icons.contains(icon) {
      items.append(LegendItem(sample: .icon(icon), text: icon.name))
    }
    let lines = Set(diagram.edges.map(\.line))
    for line in DiagramEdge.Line.allCases where diagram.statesGrades && lines.contains(line) {
      items.append(LegendItem(sample: .line(line.dash), text: line.rawValue))
    }
    if diagram.edges.contains(where: { $0.arrow != .none }) {
      items.append(LegendItem(sample: .arrow, text: "direction recorded"))
    }
    let within = diagram.edges.contains { isWithin($0, diagram) }
    let between = diagram.edges.contains { !isWithin($0, diagram) }
    if within && between {
      items.append(LegendItem(sample: .colors, text: "within and between groups"))
    }
    if diagram.nodes.contains(where: \.isFlagged) {
      items.append(LegendItem(sample: .flag, text: "flagged by the analyst"))
    }
    let categories = Set(diagram.nodes.compactMap(\.category))
    for category in SubjectCategory.allCases where categories.contains(category) {
      items.append(LegendItem(sample: .category(category), text: category.name))
    }
    let changes = Set(diagram.nodes.compactMap(\.change) + diagram.edges.compactMap(\.change))
    for change in DiagramChange.allCases where changes.contains(change) {
      items.append(LegendItem(sample: .change(change), text: ChangeSign.words(change)))
    }
    if let meaning = diagram.sizeMeaning, largest > 0 {
      items.append(
        LegendItem(
          sample: .sizes,
          text: "area: \(LabelText.clean(meaning, limit: 60)), 0 to \(number(largest))"))
    }
    if let meaning = diagram.widthMeaning, !widths.cuts.isEmpty {
      items.append(
        LegendItem(sample: .heading, text: "width: \(LabelText.clean(meaning, limit: 60))"))
      for (index, name) in widths.names.enumerated() {
        items.append(
          LegendItem(sample: .width(widths.width(level: index + 1)), text: name))
      }
    }
    return items
  }

  private static func isWithin(_ edge: DiagramEdge, _ diagram: Diagram) -> Bool {
    diagram.nodes[edge.from].group == diagram.nodes[edge.to].group
  }

  /// The marks, with the middle of the sample's left edge at a place.
  func marks(at place: Point, unit: Double, style: ChartStyle) -> [Mark] {
    let middle = Point(x: place.x + 9 * unit, y: place.y)
    let end = Point(x: place.x + 28 * unit, y: place.y)
    let ground = style.neutral
    var marks: [Mark] = []
    switch sample {
    case .icon(let icon):
      marks.append(icon.family.mark(at: middle, radius: 8 * unit, paint: Paint(fill: ground)))
      marks += IconGlyph.marks(
        icon, at: middle, radius: 8 * unit, ground: ground, color: style.icon)
    case .line(let dash):
      marks.append(
        .polyline([place, end], Paint(stroke: style.outerLine, width: 1.25 * unit, dash: dash)))
    case .width(let width):
      marks.append(.polyline([place, end], Paint(stroke: style.outerLine, width: width * unit)))
    case .arrow:
      marks.append(.polyline([place, end], Paint(stroke: style.outerLine, width: 1.25 * unit)))
      marks.append(
        Arrowhead.mark(
          tip: end, from: place, width: 1.25 * unit, scale: unit, color: style.outerLine))
    case .colors:
      let half = Point(x: place.x + 25 * unit, y: place.y)
      let next = Point(x: place.x + 29 * unit, y: place.y)
      let last = Point(x: place.x + 54 * unit, y: place.y)
      marks.append(.polyline([place, half], Paint(stroke: style.innerLine, width: 1.8 * unit)))
      marks.append(.polyline([next, last], Paint(stroke: style.outerLine, width: 1.8 * unit)))
    case .flag:
      marks.append(
        Icon.Family.people.mark(at: middle, radius: 6 * unit, paint: Paint(fill: ground)))
      marks += NodeMarks.flag(
        .people, at: middle, radius: 6 * unit, scale: unit * 0.7, style: style)
    case .category(let category):
      marks += NodeMarks.category(
        category, at: middle, radius: 5.2 * unit, scale: unit, style: style)
    case .change(let change):
      marks += ChangeSign.marks(change, at: middle, scale: unit, style: style)
    case .picture(let sample): marks += sample.marks(at: place, unit: unit)
    case .sizes:
      for (x, radius) in [(5.0, 4.0), (17.0, 6.0), (32.0, 8.5)] {
        marks.append(
          .ellipse(
            center: Point(x: place.x + x * unit, y: place.y), rx: radius * unit, ry: radius * unit,
            Paint(fill: ground)))
      }
    case .heading: break
    }
    marks.append(
      .text(
        TextRun(
          text: text, at: Point(x: place.x + sampleWidth * unit, y: place.y + 3.2 * unit),
          size: Self.size * unit, anchor: .start, color: style.text)))
    return marks
  }
}

extension DiagramEdge.Line {
  /// How the line is broken.
  var dash: Dash {
    switch self {
    case .confirmed: .solid
    case .probable: .dashed
    case .unconfirmed: .dotted
    }
  }
}
