// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

@Suite struct StyleTests {
  private func chart(_ style: ChartStyle, groups: Int = 5, size: Int = 6) -> Chart {
    var diagram = Samples.network(groups: groups, size: size)
    for (index, category) in SubjectCategory.allCases.enumerated() {
      diagram.nodes[index].category = category
    }
    diagram.nodes[7].badge = "+12"
    diagram.style = style
    return Chart(diagram, effort: .draft)
  }

  @Test(arguments: ChartStyle.ready.map(\.name))
  func `every text of a ready style reads on its ground`(name: String) throws {
    let style = try #require(ChartStyle.ready.first { $0.name == name }).style
    #expect(style.contrastFaults.isEmpty, "\(style.contrastFaults)")
    for color in style.groups {
      #expect(style.title(of: color).contrast(to: style.ground(of: color)) >= 4.5)
    }
    // As drawn: each text against the last opaque mark painted where it stands.
    var unread: [String] = []
    let drawing = chart(style).drawing()
    var painted: [(rect: Rect, color: Color)] = [
      (Rect(minX: 0, minY: 0, maxX: drawing.width, maxY: drawing.height), drawing.background)
    ]
    for mark in drawing.marks.flatMap(\.leaves) {
      if case .text(let run) = mark {
        let middle = run.middle
        var ground = drawing.background
        for (rect, color) in painted where rect.isTouched(from: middle, to: middle) {
          ground = color.withAlpha(1).tint(Double(color.alpha) / 255, over: ground)
        }
        if run.color.contrast(to: ground) < 4.5 { unread.append("\(run.text) on \(ground.hex)") }
      } else if let fill = mark.fill, let bounds = mark.bounds {
        painted.append((bounds, fill))
      }
    }
    #expect(unread.isEmpty)
  }

  @Test func `greyscale has no colour and tells everything that colour told`() {
    let drawing = chart(.greyscale).drawing()
    for color in drawing.marks.flatMap(\.leaves).flatMap(\.colors) {
      #expect(color.red == color.green && color.green == color.blue, "\(color.hex)")
    }
    // Two rings for what is flagged, and outlines broken by turns.
    let style = ChartStyle.greyscale
    let rings = NodeMarks.flag(
      .people, at: Point(x: 0, y: 0), radius: 10, scale: 1, style: style)
    #expect(rings.count == 2)
    let dashes = Set(
      drawing.marks.flatMap(\.leaves).compactMap { mark -> Dash? in
        if case .path(_, let paint) = mark, paint.stroke != nil, paint.fill?.alpha ?? 255 < 255 {
          paint.dash
        } else {
          nil
        }
      })
    #expect(dashes == [.solid, .dashed, .dotted])
  }

  @Test func `presentation sets names larger, leaves small marks out, and says so`() {
    var diagram = Samples.network(groups: 6, size: 12)
    let usual = Chart(diagram, effort: .draft)
    diagram.style = .presentation
    let shown = Chart(diagram, effort: .draft)
    #expect(shown.nodes.count { !$0.lines.isEmpty } == 40)
    #expect(shown.nodes.allSatisfy { $0.detail == nil })
    #expect(shown.style.labelSize * shown.scale > 1.1 * usual.style.labelSize * usual.scale)
    let summary = shown.drawing().summary
    #expect(summary.contains("The names of 32 of 72 entities are left out; the 40 largest"))
    #expect(summary.contains("Second lines of names are left out in this style."))
    #expect(summary.contains("Words on lines are left out in this style."))
  }

  @Test func `dark paints the whole page dark in every format`() throws {
    var diagram = Samples.network(groups: 2, size: 4)
    diagram.style = .dark
    var renderer = DiagramRenderer()
    renderer.effort = .draft
    let svg = String(decoding: try renderer.renderInProcess(diagram, as: .svg), as: UTF8.self)
    #expect(svg.contains("fill=\"\(ChartStyle.dark.background.hex)\""))
    let dot = String(decoding: try renderer.renderInProcess(diagram, as: .dot), as: UTF8.self)
    #expect(dot.contains("bgcolor=\"\(ChartStyle.dark.background.hex)\""))
    #expect(try renderer.renderInProcess(diagram, as: .pdf).count > 1000)
    let operations = String(
      decoding: XdotWriter.bytes(of: Chart(diagram, effort: .draft).drawing()), as: UTF8.self)
    #expect(operations.hasPrefix("C 7 -\(ChartStyle.dark.background.hex) "))
  }

  @Test func `colours are read and written as digits`() {
    #expect(Color(hex: "#0072b2") == Color(0x0072B2))
    #expect(Color(hex: "#07B") == Color(0x0077BB))
    for text in ["", "#", "0072b2", "#0072b", "#0072bg", "#0072b2ff", "blue", "#é12"] {
      #expect(Color(hex: text) == nil, "\(text)")
    }
    #expect(abs(Color(0).contrast(to: .white) - 21) < 1e-9)
    // 4.54 is the value that the guidelines' own examples give for #767676.
    #expect(abs(Color(0x767676).contrast(to: .white) - 4.54) < 0.005)
  }
}

extension Mark {
  /// The mark itself, or those of a group.
  var leaves: [Mark] {
    if case .group(_, _, _, _, let marks) = self { return marks.flatMap(\.leaves) }
    return [self]
  }

  private var paint: Paint? {
    switch self {
    case .polygon(_, let paint), .polyline(_, let paint), .path(_, let paint),
      .ellipse(_, _, _, let paint):
      paint
    case .text, .group: nil
    }
  }

  var fill: Color? { paint?.fill }

  var colors: [Color] {
    if case .text(let run) = self { return [run.color] }
    return [paint?.fill, paint?.stroke].compactMap { $0 }
  }

  /// The rectangle about the mark.
  var bounds: Rect? {
    let points = points
    guard let first = points.first else { return nil }
    return points.reduce(Rect(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)) {
      $0.union(Rect(minX: $1.x, minY: $1.y, maxX: $1.x, maxY: $1.y))
    }
  }
}

extension TextRun {
  /// The middle of the letters.
  var middle: Point {
    let width = TextMetrics.width(text, size: size, isBold: isBold)
    let x =
      switch anchor {
      case .start: at.x + width / 2
      case .middle: at.x
      case .end: at.x - width / 2
      }
    return Point(x: x, y: at.y - 0.3 * size)
  }
}
