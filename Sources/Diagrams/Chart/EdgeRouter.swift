// SPDX-License-Identifier: Apache-2.0

/// Bends lines round icons that they would pass through.
///
/// For each line that hits an icon which is not its end, curves of rising bulge to either side are
/// tried and the one with the fewest hits is taken; among those the one that passes the fewest names
/// and bends least. Lines that hit nothing stay straight.
///
/// - Complexity: O(n) time a straight line, O(c · n) a bent one of c curves tried.
struct EdgeRouter: Sendable {
  /// Beyond so many lines, they are drawn straight and recede.
  static let edgeLimit = 3_000

  private struct Obstacle {
    var node: Int
    var middle: Point
    var reach: Double
    var name: Rect
  }

  private let middles: [Point]
  private let obstacles: [Obstacle]
  private let titles: [Rect]
  private let content: Rect
  private let clearance: Double

  init(_ chart: Chart) {
    middles = chart.points.map(chart.onPage)
    obstacles = chart.nodes.indices.map { index in
      Obstacle(
        node: index, middle: chart.onPage(chart.points[index]),
        reach: chart.nodes[index].box.radius * chart.scale,
        name: chart.pageRect(chart.textRect(chart.nodes[index], at: chart.points[index])))
    }
    titles = chart.regions.map { chart.pageRect($0.title) }.filter { $0.width > 0 }
    content = chart.content
    clearance = 2 * chart.scale
  }

  /// The corners of a curve between the middles of two nodes that hits fewer icons than the straight
  /// line, both moved aside by `shift`; nil where the straight line hits none, or no curve is better.
  func bend(from: Int, to: Int, shift: Point, width: Double) -> [Point]? {
    let a = middles[from] + shift
    let b = middles[to] + shift
    let others = obstacles.filter { $0.node != from && $0.node != to }
    let straight = hits([a, b], others, width)
    guard straight.icons > 0 else { return nil }
    let length = a.distance(to: b)
    let reach = 0.85 * length
    let near = others.filter {
      let far = reach + $0.reach
      return squaredDistance(of: $0.middle, from: a, to: b) < far * far
    }
    var best: [Point]?
    var least = 10.0 * Double(straight.icons) + Double(straight.names)
    let across = Point(x: -(b - a).y, y: (b - a).x)
    // Gentle bows first; where none is clear, those that leave and arrive steeply.
    for (first, second, share) in Self.bulges {
      if share < 0.3, least < 10 { break }
      let one = a + (b - a) * share + across * first
      let two = a + (b - a) * (1 - share) + across * second
      let points = Self.curve(a, one, two, b, pieces: max(8, min(28, Int(length / 10))))
      let bulge = max(first.magnitude, second.magnitude)
      // What the bend itself costs: less than an icon, more than a name for wide bulges.
      let bent = 4 * bulge + (first * second < 0 ? 1 : 0)
      guard bent < least, points.allSatisfy(isOnPage) else { continue }
      let found = hits(points, near, width, limit: least)
      let cost = 10 * Double(found.icons) + Double(found.names) + bent
      if cost < least {
        least = cost
        best = points
      }
    }
    return best
  }

  // How far the two control points stand out to the side, as shares of the line: even bows from flat
  // to wide, then lopsided ones, then waves.
  private static let bulges: [(Double, Double, Double)] = {
    let steps = [0.06, 0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.6]
    var list = steps.flatMap { [($0, $0), (-$0, -$0)] }
    for step in steps.dropFirst() {
      list += [(step, 0), (-step, 0), (0, step), (0, -step)]
      list += [(step, step / 2), (-step, -step / 2), (step / 2, step), (-step / 2, -step)]
    }
    for step in steps.prefix(6) { list += [(step, -step), (-step, step)] }
    list.sort { max($0.0.magnitude, $0.1.magnitude) < max($1.0.magnitude, $1.1.magnitude) }
    let steep = [0.3, 0.45, 0.6, 0.8, 1.0]
    var wide = steep.flatMap { [($0, $0), (-$0, -$0)] }
    for one in steep { for two in steep where one != two { wide += [(one, two), (-one, -two)] } }
    for step in steep { wide += [(step, -step), (-step, step)] }
    return list.map { ($0.0, $0.1, 0.3) } + wide.map { ($0.0, $0.1, 0.08) }
      + wide.map { ($0.0, $0.1, -0.12) }
  }()

  private static func curve(
    _ a: Point, _ one: Point, _ two: Point, _ b: Point, pieces: Int
  ) -> [Point] {
    (0...pieces).map { step in
      let t = Double(step) / Double(pieces)
      let s = 1 - t
      return a * (s * s * s) + one * (3 * s * s * t) + two * (3 * s * t * t) + b * (t * t * t)
    }
  }

  private func isOnPage(_ p: Point) -> Bool {
    p.x > content.minX && p.x < content.maxX && p.y > content.minY && p.y < content.maxY
  }

  private func hits(
    _ points: [Point], _ others: [Obstacle], _ width: Double, limit: Double = .infinity
  ) -> (icons: Int, names: Int) {
    var bounds = Rect(minX: points[0].x, minY: points[0].y, maxX: points[0].x, maxY: points[0].y)
    for p in points { bounds = bounds.union(Rect(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y)) }
    var icons = 0
    var names = 0
    for other in others {
      let reach = other.reach + clearance + width / 2
      let room = Rect(
        minX: min(other.middle.x - reach, other.name.minX), minY: other.middle.y - reach,
        maxX: max(other.middle.x + reach, other.name.maxX),
        maxY: max(other.middle.y + reach, other.name.maxY))
      guard room.intersects(bounds.inset(by: -1)) else { continue }
      var isHit = false
      var isNamed = false
      for (p, q) in zip(points, points.dropFirst()) {
        if squaredDistance(of: other.middle, from: p, to: q) < reach * reach {
          isHit = true
          break
        }
        if !isNamed, other.name.isTouched(from: p, to: q) { isNamed = true }
      }
      if isHit { icons += 1 } else if isNamed { names += 1 }
      if 10 * Double(icons) >= limit { break }
    }
    for title in titles
    where zip(points, points.dropFirst()).contains(where: { title.isTouched(from: $0, to: $1) }) {
      names += 1
    }
    return (icons, names)
  }
}
