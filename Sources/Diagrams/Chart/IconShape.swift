// SPDX-License-Identifier: Apache-2.0

extension Icon.Family {
  /// How far the shape reaches from its middle, as a multiple of the radius.
  var reach: (side: Double, up: Double, down: Double) {
    switch self {
    case .people: (1, 1, 1)
    case .organizations: (0.9, 0.9, 0.9)
    case .communications: (1.16, 1.16, 1.16)
    case .finance: (1.08, 0.94, 0.94)
    case .transport: (0.99, 0.99, 0.99)
    case .places: (1.06, 1.1, 0.9)
    case .records: (1.06, 0.9, 1.1)
    }
  }

  /// The corners of the shape for a radius of 1, or none for a disc.
  var corners: [Point] {
    switch self {
    case .people: []
    case .organizations: Self.points([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case .communications: Self.points([(0, -1.22), (1.22, 0), (0, 1.22), (-1.22, 0)])
    case .finance:
      Self.points([
        (-0.54, -0.94), (0.54, -0.94), (1.08, 0), (0.54, 0.94), (-0.54, 0.94), (-1.08, 0),
      ])
    case .transport:
      Self.points([
        (-0.41, -0.99), (0.41, -0.99), (0.99, -0.41), (0.99, 0.41), (0.41, 0.99), (-0.41, 0.99),
        (-0.99, 0.41), (-0.99, -0.41),
      ])
    case .places:
      Self.points([(0, -1.15), (1.09, -0.3), (0.75, 0.92), (-0.75, 0.92), (-1.09, -0.3)])
    case .records:
      Self.points([(0, 1.15), (-1.09, 0.3), (-0.75, -0.92), (0.75, -0.92), (1.09, 0.3)])
    }
  }

  private static func points(_ list: [(Double, Double)]) -> [Point] {
    list.map { Point(x: $0.0, y: $0.1) }
  }

  /// The shape about a place, `margin` wider all round.
  func mark(at center: Point, radius: Double, margin: Double = 0, paint: Paint) -> Mark {
    if self == .people {
      return .ellipse(center: center, rx: radius + margin, ry: radius + margin, paint)
    }
    let factor = radius + margin * 1.08
    let rounding = self == .organizations ? 0.28 : self == .transport ? 0.12 : 0.22
    return .path(
      Path(rounding: corners.map { center + $0 * factor }, radius: rounding * factor), paint)
  }

  /// How far the shape's edge lies from its middle toward a direction of length 1.
  func edge(toward direction: Point, radius: Double) -> Double {
    let corners = corners
    var best = Double.infinity
    for i in corners.indices {
      let a = corners[i]
      let b = corners[(i + 1) % corners.count]
      // The ray from the middle meets the side where both cross products agree.
      let side = b - a
      let cross = direction.x * side.y - direction.y * side.x
      guard abs(cross) > 1e-12 else { continue }
      let t = (a.x * side.y - a.y * side.x) / cross
      let u = (a.x * direction.y - a.y * direction.x) / cross
      if t > 0, u >= -1e-9, u <= 1 + 1e-9 { best = min(best, t) }
    }
    return radius * (best == .infinity ? 1 : best)
  }
}
