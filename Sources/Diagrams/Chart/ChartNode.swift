// SPDX-License-Identifier: Apache-2.0

/// A node with its look settled: how large, which lines of text, which room it needs.
struct ChartNode: Sendable {
  static let lineHeight = 1.22

  var source: DiagramNode
  var radius: Double
  var lines: [String]
  var detail: String?
  var isStrong: Bool
  var box: NodeBox
  let style: ChartStyle

  var fontSize: Double { isStrong ? style.strongLabelSize : style.labelSize }
  var family: Icon.Family { source.icon.family }

  /// Settles the look of a node.
  ///
  /// - Parameters:
  ///   - source: The node.
  ///   - radius: The radius of its icon.
  ///   - isStrong: Whether it is one of the few whose name is bold.
  ///   - isLabelled: Whether its name is drawn at all.
  ///   - density: How tightly the chart is set.
  ///   - style: How the chart looks.
  init(
    _ source: DiagramNode, radius: Double, isStrong: Bool, isLabelled: Bool,
    density: Density = .roomy, style: ChartStyle = .investigation
  ) {
    self.style = style
    self.source = source
    self.radius = radius
    self.isStrong = isStrong
    let size = isStrong ? style.strongLabelSize : style.labelSize
    let label = LabelText.clean(source.label)
    let grown = style.labelSize / ChartStyle.investigation.labelSize
    let room = max(density.labelWidth * grown, radius * 2.4)
    lines =
      isLabelled && !label.isEmpty
      ? LabelText.folded(
        label, beyond: max(density.foldWidth * grown, radius * 2.4), to: room, size: size,
        isBold: isStrong) : []
    if isLabelled, style.secondLines, density.showsAllDetails || isStrong, let text = source.detail
    {
      let clean = LabelText.clean(text)
      detail = clean.isEmpty ? nil : LabelText.shorten(clean, to: room + 8, size: style.detailSize)
    }
    let reach = source.icon.family.reach
    let ring = Self.ring(source)
    var wide = radius * reach.side
    for line in lines {
      wide = max(wide, TextMetrics.width(line, size: size, isBold: isStrong) / 2 + 1.5)
    }
    if let detail { wide = max(wide, TextMetrics.width(detail, size: style.detailSize) / 2 + 1.5) }
    box = NodeBox(
      radius: radius * max(1, reach.side) + ring, half: wide + (lines.isEmpty ? ring : 0),
      up: radius * reach.up + ring, down: 0)
    // The sign of a category and a badge stand out at the shoulders.
    if let category = source.category, category != .notDetermined {
      box.half = max(box.half, radius * 0.78 + 7.8)
      box.up = max(box.up, radius * 0.78 + 6.8)
    }
    if source.badge != nil {
      box.half = max(box.half, radius * 0.8 + NodeMarks.badgeWidth(source.badge ?? "") / 2)
      box.up = max(box.up, radius * 0.8 + 5.5)
    }
    box.down = textTop + Double(lines.count) * size * Self.lineHeight
    if detail != nil { box.down += style.detailSize * Self.lineHeight }
    if lines.isEmpty && detail == nil { box.down = radius * reach.down + ring }
  }

  /// How far below the middle of the icon the text begins.
  var textTop: Double { radius * family.reach.down + Self.ring(source) + 1.5 }

  /// The icon at a place, with the ring around it.
  func iconRect(at place: Point) -> Rect {
    let (reach, ring) = (family.reach, Self.ring(source))
    return Rect(
      minX: place.x - radius * reach.side - ring, minY: place.y - radius * reach.up - ring,
      maxX: place.x + radius * reach.side + ring, maxY: place.y + radius * reach.down + ring)
  }

  // How far the ring of a flag or a category stands out from the icon.
  private static func ring(_ source: DiagramNode) -> Double {
    source.isFlagged || source.category != nil ? 4 : 0
  }

  /// The text runs for an icon at a place.
  func texts(at place: Point) -> [TextRun] {
    var runs: [TextRun] = []
    var top = place.y + textTop
    for line in lines {
      runs.append(
        TextRun(
          text: line, at: Point(x: place.x, y: top + TextMetrics.ascent * fontSize), size: fontSize,
          isBold: isStrong, color: style.text))
      top += fontSize * Self.lineHeight
    }
    if let detail {
      runs.append(
        TextRun(
          text: detail, at: Point(x: place.x, y: top + TextMetrics.ascent * style.detailSize),
          size: style.detailSize, color: style.quietText))
    }
    return runs
  }

  /// What a pointer over the node shows: everything, where the label was cut too.
  var tooltip: String {
    var text = LabelText.clean(source.label)
    if let detail = source.detail { text += " – " + LabelText.clean(detail) }
    let change = source.change.map { " – " + ChangeSign.words($0) } ?? ""
    return text + " (" + source.icon.name + ")" + change
  }
}
