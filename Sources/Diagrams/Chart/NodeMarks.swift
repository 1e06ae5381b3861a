// SPDX-License-Identifier: Apache-2.0

/// The marks of one node: shape, pictogram, rings and plates, without its text.
enum NodeMarks {
  /// The marks of a node at a place.
  static func marks(_ node: ChartNode, at place: Point, scale: Double, ground: Color) -> [Mark] {
    let radius = node.radius * scale
    let source = node.source
    let style = node.style
    let isGone = source.change == .gone
    let ground = isGone ? style.neutral.tint(0.4, over: style.background) : ground
    var marks = [
      node.family.mark(
        at: place, radius: radius,
        paint: Paint(
          fill: ground, stroke: isGone ? style.neutral : style.background, width: 1.2 * scale,
          dash: isGone ? .dashed : .solid))
    ]
    marks += IconGlyph.marks(
      source.icon, at: place, radius: radius, ground: ground, color: style.icon)
    if source.isFlagged {
      marks += flag(node.family, at: place, radius: radius, scale: scale, style: style)
    }
    if let category = source.category, category != .notDetermined {
      let corner = Point(
        x: place.x - radius * 0.78 - 2 * scale, y: place.y - radius * 0.78 - 1 * scale)
      marks += self.category(category, at: corner, radius: 5.2 * scale, scale: scale, style: style)
    }
    if let badge = source.badge {
      marks += plate(badge, at: place, radius: radius, scale: scale, style: style)
    }
    if let change = source.change {
      let corner = Point(x: place.x - radius * 0.8, y: place.y + radius * 0.55)
      marks += ChangeSign.marks(change, at: corner, scale: scale, style: style)
    }
    return marks
  }

  /// The ring of a flagged node, outside its shape.
  static func flag(
    _ family: Icon.Family, at place: Point, radius: Double, scale: Double, style: ChartStyle
  ) -> [Mark] {
    // Two rings take the room of one broad one.
    let rings = style.flagRings == 1 ? [(2.4, 2.6)] : [(1.5, 1.1), (4.1, 1.3)]
    return rings.map { margin, width in
      family.mark(
        at: place, radius: radius, margin: margin * scale,
        paint: Paint(stroke: style.flag, width: width * scale))
    }
  }

  /// The sign of a data-subject category: a letter on a small disc, bold line for those accused.
  static func category(
    _ category: SubjectCategory, at place: Point, radius: Double, scale: Double,
    style: ChartStyle
  ) -> [Mark] {
    let letter: String
    let color: Color
    switch category {
    case .suspect: (letter, color) = ("S", style.accused)
    case .convicted: (letter, color) = ("C", style.accused)
    case .victim: (letter, color) = ("V", style.protected)
    case .witness: (letter, color) = ("W", style.protected)
    case .contact: (letter, color) = ("A", style.outerLine)
    case .other: (letter, color) = ("O", style.outerLine)
    case .notDetermined: (letter, color) = ("–", style.outerLine)
    }
    return [
      .ellipse(
        center: place, rx: radius, ry: radius,
        Paint(fill: style.background, stroke: color, width: 1.1 * scale)),
      .text(
        TextRun(
          text: letter, at: Point(x: place.x, y: place.y + radius * 0.5), size: radius * 1.4,
          isBold: true, color: color)),
    ]
  }

  private static func badgeText(_ text: String) -> String {
    LabelText.shorten(LabelText.clean(text, limit: 24), to: 40, size: 7.5, isBold: true)
  }

  /// The width of the plate of a badge.
  static func badgeWidth(_ text: String) -> Double {
    max(10, TextMetrics.width(badgeText(text), size: 7.5, isBold: true) + 6)
  }

  private static func plate(
    _ text: String, at place: Point, radius: Double, scale: Double, style: ChartStyle
  ) -> [Mark] {
    let size = 7.5 * scale
    let clean = badgeText(text)
    let width = badgeWidth(text) * scale
    let middle = Point(x: place.x + radius * 0.8, y: place.y - radius * 0.8)
    let rect = Rect(
      minX: middle.x - width / 2, minY: middle.y - 5 * scale, maxX: middle.x + width / 2,
      maxY: middle.y + 5 * scale)
    return [
      .path(
        Path(rounding: rect.corners, radius: 5 * scale),
        Paint(fill: style.background, stroke: style.outerLine, width: 0.9 * scale)),
      .text(
        TextRun(
          text: clean, at: Point(x: middle.x, y: middle.y + size * 0.36), size: size, isBold: true,
          color: style.text)),
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
