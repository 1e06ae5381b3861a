// SPDX-License-Identifier: Apache-2.0

/// Where one edge runs on the page: from the rim of one icon to the rim of the other.
struct EdgeRoute: Sendable {
  var from: Point
  var to: Point
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

  /// The routes of all edges that join two different nodes; nil for loops.
  ///
  /// Edges between the same two nodes run side by side.
  static func routes(of chart: Chart) -> [EdgeRoute?] {
    var siblings: [Int: Int] = [:]
    let count = chart.nodes.count
    func key(_ edge: DiagramEdge) -> Int {
      min(edge.from, edge.to) * count + max(edge.from, edge.to)
    }
    for edge in chart.edges { siblings[key(edge), default: 0] += 1 }
    var seen: [Int: Int] = [:]
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
          from: a, to: b, isInner: isInner, level: level, width: width, color: color)
      }
      return EdgeRoute(
        from: a + along * start + across, to: b - along * end + across,
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

  /// A place along the line, from 0 to 1.
  func place(at share: Double) -> Point { from + (to - from) * share }
}
