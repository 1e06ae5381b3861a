// SPDX-License-Identifier: Apache-2.0

/// The sign of an event: its shape and its colour say its kind.
enum EventSign {
  /// So many kinds are told apart; further ones share the last sign.
  static let kinds = 9

  static func color(_ kind: Int) -> Color { Palette.groups[min(kind, kinds - 1)] }

  /// The sign of a kind at a place.
  static func mark(_ kind: Int, at place: Point, radius r: Double) -> Mark {
    let paint = Paint(fill: color(kind), stroke: .white, width: r * 0.2)
    func polygon(_ corners: [(Double, Double)]) -> Mark {
      .polygon(corners.map { Point(x: place.x + $0.0 * r, y: place.y + $0.1 * r) }, paint)
    }
    switch min(kind, kinds - 1) {
    case 0: return .ellipse(center: place, rx: r, ry: r, paint)
    case 1: return polygon([(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)])
    case 2: return polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case 3: return polygon([(0, -1.1), (1.05, 0.8), (-1.05, 0.8)])
    case 4: return polygon([(0, 1.1), (1.05, -0.8), (-1.05, -0.8)])
    case 5: return polygon([(-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)])
    case 6: return polygon([(-1.1, -0.55), (1.1, -0.55), (1.1, 0.55), (-1.1, 0.55)])
    case 7: return polygon([(-0.55, -1.1), (0.55, -1.1), (0.55, 1.1), (-0.55, 1.1)])
    default: return polygon([(1.1, 0), (-0.8, 1.05), (-0.8, -1.05)])
    }
  }

  /// Several events of a kind in one sign, with their number.
  static func bin(
    _ kind: Int, count: Int, at place: Point, radius: Double, color: Color? = nil
  ) -> [Mark] {
    let color = color ?? self.color(kind)
    let text = count > 999 ? "\(count / 1000)k" : String(count)
    let size = radius * (text.count > 2 ? 0.92 : 1.15)
    return [
      .ellipse(
        center: place, rx: radius, ry: radius,
        Paint(fill: .white, stroke: color, width: radius * 0.22)
      ),
      .text(
        TextRun(
          text: text, at: Point(x: place.x, y: place.y + size * 0.36), size: size, isBold: true)),
    ]
  }
}
