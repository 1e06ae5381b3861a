// SPDX-License-Identifier: Apache-2.0

/// Two columns with everything at its place.
struct TwoModeDrawing: Sendable {
  static let meaning =
    "Each column is ordered so that lines cross little; above and below mean nothing else. Colours are the "
    + "Leiden communities of these ties alone; a grey line joins two of them."

  let picture: TwoModeDiagram
  let furniture: PageFurniture
  /// The middle of the icon of each item.
  let left: [Point]
  let right: [Point]
  /// The size of the names.
  let size: Double
  private let radius: Double
  private let unit: Double
  private let labelWidth: Double

  init(_ picture: TwoModeDiagram) {
    self.picture = picture
    furniture = picture.frame.furniture(legend: Self.legend(picture), meaning: Self.meaning)
    unit = furniture.unit
    let content = furniture.content
    let head = 26 * unit
    let height = content.height - head - 8 * unit
    let most = Double(max(1, picture.left.count, picture.right.count))
    let row = min(34 * unit, height / most)
    size = min(9.5 * unit, row * 0.72)
    radius = min(12 * unit, row * 0.44)
    let labelWidth = min(content.width * 0.3, 330 * unit)
    self.labelWidth = labelWidth
    // The shorter column is spread over the height of the longer.
    func places(_ count: Int, x: Double) -> [Point] {
      let own = min(row * most / Double(max(1, count)), 3 * row)
      let top = content.minY + head + (height - own * Double(count)) / 2
      return (0..<count).map { Point(x: x, y: top + own * (Double($0) + 0.5)) }
    }
    let gap = 8 * unit + 2 * min(12 * unit, row * 0.44)
    left = places(picture.left.count, x: content.minX + labelWidth + gap)
    right = places(picture.right.count, x: content.maxX - labelWidth - gap)
  }

  private static func legend(_ picture: TwoModeDiagram) -> [LegendItem] {
    var items: [LegendItem] = []
    let icons = Set((picture.left + picture.right).map(\.icon))
    for icon in Icon.allCases where icons.contains(icon) {
      items.append(LegendItem(sample: .icon(icon), text: icon.name))
    }
    let counts = Set(picture.ties.map(\.count))
    // Where each tie is one record the width tells nothing apart.
    items += CountedLine.legend(
      Set(picture.ties.map(\.line)), counts: counts == [1] ? [] : counts, unit: "records")
    return items
  }

  /// Sentences on what is hard to read.
  var omissions: [String] {
    size < 6 ? ["Names are set in \(decimal(size)) points: print on a larger sheet."] : []
  }

  /// The whole page.
  var drawing: Drawing {
    guard !picture.ties.isEmpty else {
      return picture.frame.drawing(
        [
          .text(
            TextRun(
              text: "No ties between \(picture.leftTitle) and \(picture.rightTitle) in this view.",
              at: furniture.content.center, size: 14 * unit))
        ], furniture, omissions: [], summary: "Two columns without ties.")
    }
    var marks = [
      heading(picture.leftTitle, picture.left.count, left, anchor: .end),
      heading(picture.rightTitle, picture.right.count, right, anchor: .start),
    ]
    marks += picture.ties.sorted { ($0.count, $0.left, $0.right) < ($1.count, $1.left, $1.right) }
      .map(tie)
    marks += picture.left.indices.map { item(picture.left[$0], at: left[$0], isLeft: true) }
    marks += picture.right.indices.map { item(picture.right[$0], at: right[$0], isLeft: false) }
    return picture.frame.drawing(
      marks, furniture, omissions: omissions,
      summary:
        "\(picture.left.count) \(picture.leftTitle) and \(picture.right.count) \(picture.rightTitle) with "
        + "\(picture.ties.count) ties.")
  }

  private func heading(
    _ title: String, _ count: Int, _ places: [Point], anchor: TextRun.Anchor
  ) -> Mark {
    .text(
      TextRun(
        text: "\(title) (\(count))",
        at: Point(x: places.first?.x ?? 0, y: furniture.content.minY + 15 * unit), size: 12 * unit,
        isBold: true, anchor: anchor))
  }

  private func color(_ item: TwoModeDiagram.Item) -> Color {
    item.group.map { Palette.groups[$0 % Palette.groups.count] } ?? Palette.neutral
  }

  private func tie(_ tie: TwoModeDiagram.Tie) -> Mark {
    let (a, b) = (picture.left[tie.left], picture.right[tie.right])
    let from = Point(x: left[tie.left].x + radius, y: left[tie.left].y)
    let to = Point(x: right[tie.right].x - radius, y: right[tie.right].y)
    // Lines leave and arrive level, so that where they start can be seen.
    let reach = (to.x - from.x) * 0.4
    let (one, two) = (Point(x: from.x + reach, y: from.y), Point(x: to.x - reach, y: to.y))
    let points = (0...20).map { step -> Point in
      let t = Double(step) / 20
      let s = 1 - t
      return from * (s * s * s) + one * (3 * s * s * t) + two * (3 * s * t * t) + to * (t * t * t)
    }
    let strength = picture.ties.count > 250 ? 0.35 : 0.62
    let shown = a.group == b.group ? color(a) : Palette.innerLine
    return .group(
      kind: "edge", id: nil,
      title:
        "\(a.label) – \(b.label): \(tie.count == 1 ? "1 record" : "\(tie.count) records") (\(tie.line.rawValue))"
        + (tie.detail.isEmpty ? "" : "\n" + tie.detail),
      [
        .polyline(
          points,
          Paint(
            stroke: shown.withAlpha(strength), width: CountedLine.width(tie.count, unit),
            dash: tie.line.dash))
      ])
  }

  private func item(_ item: TwoModeDiagram.Item, at place: Point, isLeft: Bool) -> Mark {
    let color = color(item)
    var marks: [Mark] = [
      item.icon.family.mark(
        at: place, radius: radius * 0.86,
        paint: Paint(fill: color, stroke: .white, width: 0.8 * unit))
    ]
    marks += IconGlyph.marks(item.icon, at: place, radius: radius * 0.86, ground: color)
    let label = LabelText.shorten(item.label, to: labelWidth, size: size)
    let x = place.x + (isLeft ? -1 : 1) * (radius + 5 * unit)
    marks.append(
      .text(
        TextRun(
          text: label, at: Point(x: x, y: place.y + size * 0.36), size: size,
          anchor: isLeft ? .end : .start)))
    return .group(
      kind: "node", id: nil, title: "\(item.label) (\(item.icon.name))", data: ["id": item.id],
      marks)
  }
}
