// SPDX-License-Identifier: Apache-2.0

/// The marks of one node: shape, pictogram, rings and plates, without its text.
enum NodeMarks {
  /// The marks of a node at a place.
  static func marks(_ node: ChartNode, at place: Point, scale: Double, ground: Color) -> [Mark] {
    let radius = node.radius * scale
    let source = node.source
    let isGone = source.change == .gone
    let ground = isGone ? Palette.neutral.tint(0.4) : ground
    var marks = [
      node.family.mark(
        at: place, radius: radius,
        paint: Paint(
          fill: ground, stroke: isGone ? Palette.neutral : .white, width: 1.2 * scale,
          dash: isGone ? .dashed : .solid))
    ]
    marks += IconGlyph.marks(source.icon, at: place, radius: radius, ground: ground)
    if source.isFlagged { marks += flag(node.family, at: place, radius: radius, scale: scale) }
    if let category = source.category, category != .notDetermined {
      let corner = Point(
        x: place.x - radius * 0.78 - 2 * scale, y: place.y - radius * 0.78 - 1 * scale)
      marks += self.category(category, at: corner, radius: 5.2 * scale, scale: scale)
    }
    if let change = source.change {
      let corner = Point(x: place.x - radius * 0.8, y: place.y + radius * 0.55)
      marks += ChangeSign.marks(change, at: corner, scale: scale)
    }
    if let badge = source.badge { marks += plate(badge, at: place, radius: radius, scale: scale) }
    return marks
  }

  /// The ring of a flagged node, outside its shape.
  static func flag(_ family: Icon.Family, at place: Point, radius: Double, scale: Double) -> [Mark]
  {
    [
      family.mark(
        at: place, radius: radius, margin: 2.4 * scale,
        paint: Paint(stroke: Palette.flag, width: 2.6 * scale))
    ]
  }

  /// The sign of a data-subject category: a letter on a small disc, bold line for those accused.
  static func category(
    _ category: SubjectCategory, at place: Point, radius: Double, scale: Double
  ) -> [Mark] {
    let letter: String
    let color: Color
    switch category {
    case .suspect: (letter, color) = ("S", Color(0x7F1D1D))
    case .convicted: (letter, color) = ("C", Color(0x7F1D1D))
    case .victim: (letter, color) = ("V", Color(0x1E40AF))
    case .witness: (letter, color) = ("W", Color(0x1E40AF))
    case .contact: (letter, color) = ("A", Palette.outerLine)
    case .other: (letter, color) = ("O", Palette.outerLine)
    case .notDetermined: (letter, color) = ("–", Palette.outerLine)
    }
    return [
      .ellipse(
        center: place, rx: radius, ry: radius,
        Paint(fill: .white, stroke: color, width: 1.1 * scale)),
      .text(
        TextRun(
          text: letter, at: Point(x: place.x, y: place.y + radius * 0.5), size: radius * 1.4,
          isBold: true, color: color)),
    ]
  }

  private static func plate(_ text: String, at place: Point, radius: Double, scale: Double)
    -> [Mark]
  {
    let size = 7.5 * scale
    let clean = LabelText.shorten(
      LabelText.clean(text, limit: 24), to: 40 * scale, size: size, isBold: true)
    let width = max(
      10 * scale, TextMetrics.width(clean, size: size, isBold: true) + 6 * scale)
    let middle = Point(x: place.x + radius * 0.8, y: place.y - radius * 0.8)
    let rect = Rect(
      minX: middle.x - width / 2, minY: middle.y - 5 * scale, maxX: middle.x + width / 2,
      maxY: middle.y + 5 * scale)
    return [
      .path(
        Path(rounding: rect.corners, radius: 5 * scale),
        Paint(fill: .white, stroke: Palette.outerLine, width: 0.9 * scale)),
      .text(
        TextRun(
          text: clean, at: Point(x: middle.x, y: middle.y + size * 0.36), size: size, isBold: true)),
    ]
  }
}

/// The head of an arrow.
enum Arrowhead {
  /// How long it is for a line's width.
  static func length(width: Double, scale: Double) -> Double { 4.5 * min(1, scale) + 1.6 * width }

  /// The head with its tip at a place, on a line that comes from another.
  static func mark(tip: Point, from start: Point, width: Double, scale: Double, color: Color)
    -> Mark
  {
    let distance = tip.distance(to: start)
    let along = distance > 0 ? (tip - start) * (1 / distance) : Point(x: 1, y: 0)
    let across = Point(x: -along.y, y: along.x)
    let length = length(width: width, scale: scale)
    let foot = tip - along * length
    return .polygon(
      [tip, foot + across * (length * 0.42), foot - across * (length * 0.42)], Paint(fill: color))
  }
}
