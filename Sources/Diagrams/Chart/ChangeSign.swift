// SPDX-License-Identifier: Apache-2.0

/// The small disc that says what became of an entity or a tie: a sign in it, and colour only besides.
enum ChangeSign {
  static let radius = 5.4

  static func color(_ change: DiagramChange, _ style: ChartStyle) -> Color {
    switch change {
    case .new: style.added
    case .gone: style.gone
    case .regraded: style.regraded
    }
  }

  static func words(_ change: DiagramChange) -> String {
    switch change {
    case .new: "new"
    case .gone: "gone (pale)"
    case .regraded: "graded anew"
    }
  }

  /// The disc with its sign, the middle at a place.
  static func marks(_ change: DiagramChange, at place: Point, scale: Double, style: ChartStyle)
    -> [Mark]
  {
    let r = radius * scale
    let color = color(change, style)
    var marks: [Mark] = [
      .ellipse(
        center: place, rx: r, ry: r,
        Paint(fill: color, stroke: style.background, width: 0.9 * scale))
    ]
    let paint = Paint(stroke: style.icon, width: 1.5 * scale)
    let k = r * 0.55
    func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
      marks.append(
        .polyline(
          [
            Point(x: place.x + k * x1, y: place.y + k * y1),
            Point(x: place.x + k * x2, y: place.y + k * y2),
          ], paint))
    }
    switch change {
    case .new:
      line(-1, 0, 1, 0)
      line(0, -1, 0, 1)
    case .gone:
      line(-0.8, -0.8, 0.8, 0.8)
      line(-0.8, 0.8, 0.8, -0.8)
    case .regraded:
      marks.append(
        .polygon(
          [(0.0, -1.1), (1.05, 0.8), (-1.05, 0.8)].map {
            Point(x: place.x + k * $0.0, y: place.y + k * $0.1)
          }, Paint(stroke: style.icon, width: 1.3 * scale)))
    }
    return marks
  }
}
