// SPDX-License-Identifier: Apache-2.0

/// An association matrix: who is tied to whom, a row and a column for each, ordered by group.
///
/// A cell says how many records tie the two: the number, and the darker the more. A solid frame is a
/// confirmed tie, a broken one is not; colour never says it alone.
public struct MatrixDiagram: Hashable, Sendable {
  /// A row and a column.
  public struct Item: Hashable, Sendable {
    /// What it is called by machines.
    public var id: String
    /// The name at its row and column.
    public var label: String
    /// The place of its group in `groups`, or nil.
    public var group: Int?

    /// Creates an item.
    public init(id: String, label: String, group: Int? = nil) {
      self.id = id
      self.label = label
      self.group = group
    }
  }

  /// A tie of two items.
  public struct Cell: Hashable, Sendable {
    /// The row, by place among the items.
    public var row: Int
    /// The column.
    public var column: Int
    /// The number of records.
    public var count: Int
    /// How sure it is.
    public var line: DiagramEdge.Line
    /// What ties the two, for the title of the cell.
    public var detail: String?

    /// Creates a cell.
    public init(row: Int, column: Int, count: Int, line: DiagramEdge.Line, detail: String? = nil) {
      self.row = row
      self.column = column
      self.count = count
      self.line = line
      self.detail = detail
    }
  }

  /// The items in their order; those of a group stand together.
  public var items: [Item] = []
  /// The names of the groups.
  public var groups: [String] = []
  /// The ties; one that has no direction stands in both cells.
  public var cells: [Cell] = []
  /// The title, in one line.
  public var title: String
  /// What is drawn, as of when, from which sources: one line each.
  public var subtitles: [String] = []
  /// The handling marking, or nil for none.
  public var handling: String?
  /// Sentences at the foot.
  public var footnotes: [String] = []
  /// The page.
  public var page: Page = .a3Landscape

  /// The most items of which the names can still be read on a page.
  public static let mostItems = 120

  /// Creates an empty matrix.
  public init(title: String) { self.title = title }
}

extension MatrixDiagram {
  private static let margin = 24.0
  private static let bannerHeight = 16.0

  /// The same matrix with every text made fit to be drawn.
  func cleaned() -> MatrixDiagram {
    var matrix = self
    matrix.title = LabelText.clean(title)
    matrix.subtitles = subtitles.map { LabelText.clean($0) }
    matrix.footnotes = footnotes.map { LabelText.clean($0) }
    matrix.handling = handling.map { LabelText.clean($0) }
    for index in items.indices {
      matrix.items[index].id = LabelText.clean(items[index].id)
      matrix.items[index].label = LabelText.clean(items[index].label, limit: 120)
    }
    for index in cells.indices {
      matrix.cells[index].detail = cells[index].detail.map { LabelText.clean($0) }
    }
    return matrix
  }

  func drawing() -> Drawing {
    var drawing = Drawing(
      width: page.width, height: page.height, title: title,
      summary: "\(items.count) rows and columns, \(cells.count) cells")
    furniture(&drawing)
    let top = handling == nil ? 84.0 : 100.0
    let foot = 30.0 + 11 * Double(footnotes.count + 2) + (handling == nil ? 0 : Self.bannerHeight)
    guard !items.isEmpty else {
      drawing.marks.append(
        .text(
          TextRun(
            text: "No ties in this view.", at: Point(x: page.width / 2, y: page.height / 2),
            size: 14)))
      return drawing
    }
    let count = Double(items.count)
    // A name stands at its row, with a number that stands at its column too.
    let room = min(page.width - 2 * Self.margin, page.height - top - foot)
    let guess = min(26, max(5, room / (count + 8)))
    let size = min(10, max(3.2, guess * 0.68))
    let names = items.map { Self.shortened($0.label, size: size) }
    let numberWidth = TextMetrics.width(String(items.count) + "  ", size: size)
    let nameWidth = numberWidth + (names.map { TextMetrics.width($0, size: size) }.max() ?? 0)
    let numberSize = size * (items.count >= 100 ? 0.72 : 0.9)
    let cell = min(
      26, (page.height - top - foot - size - 10) / count,
      (page.width - 2 * Self.margin - nameWidth - 20) / count)
    let side = cell * count
    let left = (page.width - side + nameWidth) / 2
    let first = top + size + 8
    drawGroups(&drawing, left: left, top: first, cell: cell)
    for (index, name) in names.enumerated() {
      let middle = first + (Double(index) + 0.5) * cell + size * 0.35
      let color = color(of: items[index])
      drawing.marks.append(
        .text(
          TextRun(
            text: name, at: Point(x: left - 5 - numberWidth, y: middle), size: size, anchor: .end,
            color: color)))
      // Apart from the name, which may run from right to left.
      drawing.marks.append(
        .text(
          TextRun(
            text: String(index + 1), at: Point(x: left - 5, y: middle), size: size, anchor: .end,
            color: color)))
      drawing.marks.append(
        .group(
          kind: "column", id: items[index].id, title: items[index].label,
          [
            .text(
              TextRun(
                text: String(index + 1),
                at: Point(x: left + (Double(index) + 0.5) * cell, y: first - 4), size: numberSize,
                color: color))
          ]))
    }
    drawCells(&drawing, left: left, top: first, cell: cell)
    return drawing
  }

  private func color(of item: Item) -> Color {
    item.group.map { Palette.groups[$0 % Palette.groups.count] } ?? Palette.text
  }

  private func drawGroups(
    _ drawing: inout Drawing, left: Double, top: Double, cell: Double
  ) {
    let side = cell * Double(items.count)
    drawing.marks.append(
      .polygon(
        Self.corners(left, top, side, side), Paint(fill: .white, stroke: Palette.innerLine)))
    var start = 0
    while start < items.count {
      var end = start
      while end < items.count, items[end].group == items[start].group { end += 1 }
      if let group = items[start].group, end - start > 1 {
        let color = Palette.groups[group % Palette.groups.count]
        let (x, width) = (Double(start) * cell, Double(end - start) * cell)
        drawing.marks.append(
          .polygon(
            Self.corners(left + x, top + x, width, width),
            Paint(fill: color.tint(0.10, over: .white), stroke: color, width: 1.4)))
      }
      start = end
    }
    // Every fifth line, so that the eye keeps its row.
    for index in stride(from: 5, to: items.count, by: 5) {
      let at = Double(index) * cell
      for line in [
        [Point(x: left, y: top + at), Point(x: left + side, y: top + at)],
        [Point(x: left + at, y: top), Point(x: left + at, y: top + side)],
      ] {
        drawing.marks.append(
          .polyline(line, Paint(stroke: Palette.innerLine.withAlpha(0.35), width: 0.4)))
      }
    }
  }

  private func drawCells(_ drawing: inout Drawing, left: Double, top: Double, cell: Double) {
    let most = Double(cells.map(\.count).max() ?? 1)
    for tie in cells {
      let (x, y) = (left + Double(tie.column) * cell, top + Double(tie.row) * cell)
      let share = most > 1 ? 0.30 + 0.55 * Double(tie.count - 1) / (most - 1) : 0.45
      let fill = Color(0x1F4E79).tint(share, over: .white)
      let inset = cell * 0.08
      let dash: Dash =
        switch tie.line {
        case .confirmed: .solid
        case .probable: .dashed
        case .unconfirmed: .dotted
        }
      var marks: [Mark] = [
        .polygon(
          Self.corners(x + inset, y + inset, cell - 2 * inset, cell - 2 * inset),
          Paint(
            fill: tie.line == .unconfirmed ? fill.withAlpha(0.45) : fill, stroke: Palette.text,
            width: cell > 9 ? 0.7 : 0.4, dash: dash))
      ]
      if cell > 6 {
        let size = min(9, cell * 0.55)
        marks.append(
          .text(
            TextRun(
              text: String(tie.count), at: Point(x: x + cell / 2, y: y + cell / 2 + size * 0.36),
              size: size, color: share > 0.5 && tie.line != .unconfirmed ? .white : Palette.text)))
      }
      let title =
        "\(items[tie.row].label) – \(items[tie.column].label): \(tie.count)"
        + (tie.detail.map { ", \($0)" } ?? "") + ", \(tie.line.rawValue)"
      drawing.marks.append(
        .group(
          kind: "cell", id: "\(items[tie.row].id) \(items[tie.column].id)", title: title, marks))
    }
  }

  private func furniture(_ drawing: inout Drawing) {
    var top = 0.0
    if let handling {
      for y in [0, page.height - Self.bannerHeight] {
        drawing.marks.append(
          .polygon(
            Self.corners(0, y, page.width, Self.bannerHeight), Paint(fill: Palette.banner)))
        drawing.marks.append(
          .text(
            TextRun(
              text: handling, at: Point(x: page.width / 2, y: y + 11.5), size: 9,
              isBold: true, color: .white)))
      }
      top = Self.bannerHeight
    }
    drawing.marks.append(
      .text(
        TextRun(
          text: title, at: Point(x: Self.margin, y: top + 28), size: 20, isBold: true,
          anchor: .start)))
    for (index, line) in subtitles.prefix(3).enumerated() {
      drawing.marks.append(
        .text(
          TextRun(
            text: Self.shortened(line, size: 9, width: page.width - 2 * Self.margin),
            at: Point(x: Self.margin, y: top + 44 + 12 * Double(index)), size: 9, anchor: .start,
            color: Palette.quietText)))
    }
    let lines =
      [
        "Columns bear the numbers of the rows. A number in a cell says how many records tie the two; the darker the more. Solid frame: confirmed; "
          + "broken: probable; dotted and pale: unconfirmed. Squares on the diagonal: groups."
      ] + footnotes + [PageFurniture.association]
    var y = page.height - (handling == nil ? 10 : Self.bannerHeight + 8)
    for line in lines.reversed() {
      drawing.marks.append(
        .text(
          TextRun(
            text: Self.shortened(line, size: 8, width: page.width - 2 * Self.margin),
            at: Point(x: Self.margin, y: y), size: 8, anchor: .start, color: Palette.quietText)))
      y -= 11
    }
  }

  private static func corners(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) -> [Point] {
    [
      Point(x: x, y: y), Point(x: x + width, y: y), Point(x: x + width, y: y + height),
      Point(x: x, y: y + height),
    ]
  }

  // The text, cut to a width with a mark that something is missing.
  private static func shortened(_ text: String, size: Double, width: Double = 0) -> String {
    let room = width > 0 ? width : 15 * size
    let line = String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
    if TextMetrics.width(line, size: size) <= room { return line }
    var kept = ""
    for character in line {
      if TextMetrics.width(kept + String(character) + "…", size: size) > room { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

extension MatrixDiagram: Picture {
  public func bytes(
    as format: PictureFormat, by renderer: DiagramRenderer
  ) async throws(DiagramError) -> [UInt8] {
    try await renderer.render(cleaned().drawing(), as: format)
  }
}
