// SPDX-License-Identifier: Apache-2.0

/// Writes a drawing as the xdot operations that Graphviz paints behind a graph.
///
/// The graph in front has no visible node, so that PDF and PNG show the same marks as the SVG.
/// Dashes are cut here: Graphviz has one fixed pattern for them.
struct XdotWriter {
  private static let family = "Noto Sans"
  /// Graphviz lifts a text by this share of its size above the place given.
  private static let lift = 0.2

  private let height: Double
  private var out: [UInt8] = []
  private var fill: Color?
  private var stroke: Color?
  private var lineWidth = -1.0
  private var font: (size: Double, isBold: Bool)?

  static func bytes(of drawing: Drawing) -> [UInt8] {
    var writer = XdotWriter(height: drawing.height)
    if drawing.background != .white {
      let page = Rect(minX: 0, minY: 0, maxX: drawing.width, maxY: drawing.height)
      writer.write(.polygon(page.corners, Paint(fill: drawing.background)))
    }
    for mark in drawing.marks { writer.write(mark) }
    return writer.out
  }

  private init(height: Double) { self.height = height }

  private mutating func write(_ mark: Mark) {
    switch mark {
    case .polygon(let points, let paint):
      setPaint(paint)
      put((paint.fill == nil ? "p " : "P ") + list(points))
    case .polyline(let points, let paint): write(polyline: points, paint)
    case .path(let path, let paint):
      guard paint.dash == .solid else {
        write(.path(path, Paint(fill: paint.fill)))
        write(
          polyline: path.flattened,
          Paint(stroke: paint.stroke, width: paint.width, dash: paint.dash))
        return
      }
      setPaint(paint)
      put((paint.fill == nil ? "B " : "b ") + list(curve(path)))
    case .ellipse(let center, let rx, let ry, let paint):
      setPaint(paint)
      put((paint.fill == nil ? "e " : "E ") + pair(center) + "\(decimal(rx)) \(decimal(ry)) ")
    case .text(let run): write(run)
    case .group(_, _, _, _, let marks): for inner in marks { write(inner) }
    }
  }

  private mutating func write(polyline points: [Point], _ paint: Paint) {
    guard let pattern = paint.dash.pattern(width: paint.width), let color = paint.stroke else {
      setPaint(paint)
      put("L " + list(points))
      return
    }
    let isDotted = paint.dash == .dotted
    setPaint(isDotted ? Paint(fill: color, stroke: nil) : paint)
    // The pattern runs on through the corners, as in SVG.
    var phase = 0.0
    let period = pattern.mark + pattern.gap
    for (a, b) in zip(points, points.dropFirst()) {
      let length = a.distance(to: b)
      guard length > 0 else { continue }
      let along = (b - a) * (1 / length)
      var start = -phase
      while start < length {
        let from = max(0, start)
        let to = min(length, start + pattern.mark)
        if isDotted {
          if start >= 0 {
            let radius = decimal(paint.width / 2)
            put("E " + pair(a + along * start) + "\(radius) \(radius) ")
          }
        } else if to > from {
          put("L " + list([a + along * from, a + along * to]))
        }
        start += period
      }
      phase = length - (start - period)
    }
  }

  private mutating func write(_ run: TextRun) {
    guard !run.text.isEmpty else { return }
    setStroke(run.color)
    if font?.size != run.size || font?.isBold != run.isBold {
      let name = run.isBold ? Self.family + " Bold" : Self.family
      put("F \(decimal(run.size)) \(name.utf8.count) -\(name) ")
      font = (run.size, run.isBold)
    }
    let justification =
      switch run.anchor {
      case .start: "-1"
      case .middle: "0"
      case .end: "1"
      }
    let place = Point(x: run.at.x, y: run.at.y + Self.lift * run.size)
    put("T \(pair(place))\(justification) 0 \(run.text.utf8.count) -\(run.text) ")
  }

  private mutating func setPaint(_ paint: Paint) {
    if let fill = paint.fill, fill != self.fill {
      put(color("C", fill))
      self.fill = fill
    }
    setStroke(paint.stroke ?? Color(0xFFFFFF, alpha: 0))
    if paint.stroke != nil, paint.width != lineWidth {
      let style = "setlinewidth(\(decimal(paint.width)))"
      put("S \(style.utf8.count) -\(style) ")
      lineWidth = paint.width
    }
  }

  private mutating func setStroke(_ color: Color) {
    guard color != stroke else { return }
    put(self.color("c", color))
    stroke = color
  }

  private func color(_ operation: String, _ color: Color) -> String {
    var text = color.hex
    if color.alpha < 255 {
      text += (color.alpha < 16 ? "0" : "") + String(color.alpha, radix: 16)
    }
    return "\(operation) \(text.utf8.count) -\(text) "
  }

  /// Straight pieces as curves, because one operation takes one kind.
  private func curve(_ path: Path) -> [Point] {
    var points = [path.start]
    func addLine(to end: Point, from start: Point) {
      points += [start + (end - start) * (1 / 3), start + (end - start) * (2 / 3), end]
    }
    var last = path.start
    for piece in path.pieces {
      switch piece {
      case .line(let end):
        addLine(to: end, from: last)
        last = end
      case .curve(let a, let b, let end):
        points += [a, b, end]
        last = end
      }
    }
    if last != path.start { addLine(to: path.start, from: last) }
    return points
  }

  private func list(_ points: [Point]) -> String {
    "\(points.count) " + points.map(pair).joined()
  }

  private func pair(_ point: Point) -> String {
    "\(decimal(point.x)) \(decimal(height - point.y)) "
  }

  private mutating func put(_ text: String) { out.append(contentsOf: text.utf8) }
}
