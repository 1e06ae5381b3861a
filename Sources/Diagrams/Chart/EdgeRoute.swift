// SPDX-License-Identifier: Apache-2.0

/// Where one edge runs on the page: from the rim of one icon to the rim of the other.
struct EdgeRoute: Sendable {
  /// The corners of the line: two where it is straight.
  var points: [Point]
  var isInner: Bool
  var level: Int
  var width: Double

  var color: Color

  // Lines recede where there are many; what is new does so less.
  private static func color(of edge: DiagramEdge, isInner: Bool, in chart: Chart) -> Color {
    let strength = chart.isCrowded ? 0.4 : 1.0
    let style = chart.style
    return switch edge.change {
    case .new: style.added.withAlpha(max(strength, 0.8))
    case .gone: style.innerLine.withAlpha(0.45)
    case .regraded, nil: (isInner ? style.innerLine : style.outerLine).withAlpha(strength)
    }
  }

  var from: Point { points[0] }
  var to: Point { points[points.count - 1] }

  /// The routes of all edges that join two different nodes; nil for loops.
  ///
  /// Edges between the same two nodes run side by side. A line that would pass through the icon of
  /// another node bends round it, where there are not too many to look at one by one.
  static func routes(of chart: Chart) -> [EdgeRoute?] {
    var siblings: [Int: Int] = [:]
    let count = chart.nodes.count
    func key(_ edge: DiagramEdge) -> Int {
      min(edge.from, edge.to) * count + max(edge.from, edge.to)
    }
    for edge in chart.edges { siblings[key(edge), default: 0] += 1 }
    var seen: [Int: Int] = [:]
    let router = chart.edges.count <= EdgeRouter.edgeLimit ? EdgeRouter(chart) : nil
    return chart.edges.map { edge in
      guard edge.from != edge.to else { return nil }
      let total = siblings[key(edge)] ?? 1
      let order = seen[key(edge), default: 0]
      seen[key(edge)] = order + 1
      let isInner = chart.isInner(edge)
      let color = color(of: edge, isInner: isInner, in: chart)
      let level = chart.widths.level(edge.weight)
      let width = chart.widths.width(level: level) * chart.scale * (chart.isCrowded ? 0.7 : 1)
      let a = chart.onPage(chart.points[edge.from])
      let b = chart.onPage(chart.points[edge.to])
      let distance = a.distance(to: b)
      let along = distance > 0 ? (b - a) * (1 / distance) : Point(x: 1, y: 0)
      // Sideways in the direction of the lower index, so that both senses count alike.
      let sign = edge.from < edge.to ? 1.0 : -1.0
      let spread = min(4.5, 14 / Double(total)) * chart.scale
      let shift = (Double(order) - Double(total - 1) / 2) * spread * sign
      let across = Point(x: -along.y, y: along.x) * shift
      let start = rim(chart, edge.from, toward: along, hasHead: edge.arrow == .both)
      let end = rim(chart, edge.to, toward: along * -1, hasHead: edge.arrow != .none)
      guard start + end < distance else {
        return EdgeRoute(
          points: [a, b], isInner: isInner, level: level, width: width, color: color)
      }
      if let bent = router?.bend(from: edge.from, to: edge.to, shift: across, width: width) {
        var points = bent
        cut(&points, rim(chart, edge.to, toward: points.suffix(2), hasHead: edge.arrow != .none))
        points.reverse()
        cut(&points, rim(chart, edge.from, toward: points.suffix(2), hasHead: edge.arrow == .both))
        points.reverse()
        return EdgeRoute(
          points: points, isInner: isInner, level: level, width: width, color: color)
      }
      return EdgeRoute(
        points: [a + along * start + across, b - along * end + across],
        isInner: isInner, level: level, width: width, color: color)
    }
  }

  private static func rim(_ chart: Chart, _ index: Int, toward direction: Point, hasHead: Bool)
    -> Double
  {
    let node = chart.nodes[index]
    let ring = node.source.isFlagged ? 4.2 : hasHead ? 1.2 : 0
    return (node.family.edge(toward: direction, radius: node.radius) + ring) * chart.scale
  }

  // The same, for a line whose last piece is given.
  private static func rim(
    _ chart: Chart, _ index: Int, toward piece: ArraySlice<Point>, hasHead: Bool
  ) -> Double {
    guard let first = piece.first, let last = piece.last else { return 0 }
    let back = first - last
    let length = back.length
    let direction = length > 0 ? back * (1 / length) : Point(x: 1, y: 0)
    return rim(chart, index, toward: direction, hasHead: hasHead)
  }

  /// Takes a length off the end of a line, but never all of it.
  static func cut(_ points: inout [Point], _ length: Double) {
    var left = length
    while points.count > 1 {
      let last = points[points.count - 1]
      let before = points[points.count - 2]
      let piece = last.distance(to: before)
      if piece > left || points.count == 2 {
        let share = piece > 0 ? min(left / piece, 0.9) : 0
        points[points.count - 1] = last + (before - last) * share
        return
      }
      left -= piece
      points.removeLast()
    }
  }

  /// How long the line is.
  var length: Double {
    zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
  }

  /// A place along the line, from 0 to 1.
  func place(at share: Double) -> Point {
    var left = share * length
    for (a, b) in zip(points, points.dropFirst()) {
      let piece = a.distance(to: b)
      if left <= piece, piece > 0 { return a + (b - a) * (left / piece) }
      left -= piece
    }
    return to
  }

  /// Whether the line touches a rectangle.
  func touches(_ rect: Rect) -> Bool {
    zip(points, points.dropFirst()).contains { rect.isTouched(from: $0, to: $1) }
  }

  /// The squared distance of a place from the line.
  func squaredDistance(of place: Point) -> Double {
    zip(points, points.dropFirst()).reduce(.infinity) {
      min($0, Diagrams.squaredDistance(of: place, from: $1.0, to: $1.1))
    }
  }
}
