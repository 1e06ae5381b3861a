// SPDX-License-Identifier: Apache-2.0

/// What a chart does well and badly, counted on the page as it is drawn.
///
/// Every number but the first three and the last is 0 in a chart without a fault.
public struct ChartFigures: Hashable, Sendable {
  /// How many nodes are drawn.
  public var nodes = 0
  /// How many lines are drawn between them.
  public var lines = 0
  /// How many names, names of regions and words on lines are drawn.
  public var labels = 0
  /// Pairs of nodes whose icons or names cover each other.
  public var nodeOverlaps = 0
  /// Labels that another label or the icon of another node covers.
  public var labelCollisions = 0
  /// Pairs of a line and the icon of a node, not its end, that the line passes through.
  public var linesThroughIcons = 0
  /// Pairs of a line and the name of a node, not its end, that the line passes behind.
  public var linesBehindNames = 0
  /// Names of regions that stand on a node.
  public var regionNamesOnNodes = 0
  /// Lines that bend round something.
  public var bentLines = 0
  /// Marks and texts that reach over the edge of the page.
  public var outsidePage = 0
  /// The size of names on the page, in points.
  public var labelPoints = 0.0

  /// The figures with their names, in the order of a table.
  public var rows: [(name: String, value: String)] {
    [
      ("nodes", "\(nodes)"), ("lines", "\(lines)"), ("labels", "\(labels)"),
      ("node overlaps", "\(nodeOverlaps)"), ("label collisions", "\(labelCollisions)"),
      ("lines through icons", "\(linesThroughIcons)"),
      ("lines behind names", "\(linesBehindNames)"),
      ("region names on nodes", "\(regionNamesOnNodes)"), ("bent lines", "\(bentLines)"),
      ("outside the page", "\(outsidePage)"), ("size of names, points", decimal(labelPoints)),
    ]
  }
}

extension Chart {
  /// What the chart does well and badly.
  ///
  /// - Complexity: O(m · n) time for m lines and n nodes.
  func figures() -> ChartFigures {
    var figures = ChartFigures()
    let routes = EdgeRoute.routes(of: self)
    figures.nodes = nodes.count
    figures.lines = routes.count
    figures.labelPoints = style.labelSize * scale
    figures.nodeOverlaps = quality.overlaps
    figures.bentLines = routes.count { ($0?.points.count ?? 0) > 2 }
    let middles = points.map(onPage)
    let names = zip(nodes, points).map { node, point in
      node.lines.isEmpty && node.detail == nil ? nil : pageRect(textRect(node, at: point))
    }
    for (edge, route) in zip(edges, routes) {
      guard let route else { continue }
      for index in nodes.indices where index != edge.from && index != edge.to {
        let reach = nodes[index].box.radius * scale
        if route.squaredDistance(of: middles[index]) < reach * reach {
          figures.linesThroughIcons += 1
        } else if let name = names[index], route.touches(name) {
          figures.linesBehindNames += 1
        }
      }
    }
    countCollisions(names, edgeLabels(routes), into: &figures)
    let page = Rect(minX: -0.01, minY: -0.01, maxX: diagram.page.width, maxY: diagram.page.height)
      .inset(by: -0.01)
    figures.outsidePage = drawing().marks.reduce(0) { $0 + $1.count(outside: page) }
    return figures
  }

  private func countCollisions(
    _ names: [Rect?], _ words: EdgeLabels, into figures: inout ChartFigures
  ) {
    var labels: [(rect: Rect, node: Int?)] = []
    for (index, name) in names.enumerated() {
      if let name { labels.append((name.inset(by: 0.5 * scale), index)) }
    }
    for word in words.placed { labels.append((word.rect, nil)) }
    let titles = regions.map { pageRect($0.title) }.filter { $0.width > 0 }
    let icons = zip(nodes, points).map { node, point in
      pageRect(node.iconRect(at: point))
    }
    for title in titles {
      labels.append((title.inset(by: scale), nil))
      figures.regionNamesOnNodes +=
        icons.contains(where: title.intersects) || names.contains { $0?.intersects(title) ?? false }
        ? 1 : 0
    }
    figures.labels = labels.count
    for (index, label) in labels.enumerated() {
      let isCovered =
        labels.indices.contains { $0 != index && labels[$0].rect.intersects(label.rect) }
        || icons.indices.contains { $0 != label.node && icons[$0].intersects(label.rect) }
      if isCovered { figures.labelCollisions += 1 }
    }
  }
}

extension Mark {
  /// How many marks reach over a page.
  fileprivate func count(outside page: Rect) -> Int {
    let isInside: Bool
    switch self {
    case .group(_, _, _, _, let marks):
      return marks.reduce(0) { $0 + $1.count(outside: page) }
    case .polygon(let points, _), .polyline(let points, _):
      isInside = points.allSatisfy { page.isTouched(from: $0, to: $0) }
    case .path(let path, _):
      isInside = path.flattened.allSatisfy { page.isTouched(from: $0, to: $0) }
    case .ellipse(let center, let rx, let ry, _):
      isInside =
        center.x - rx >= page.minX && center.x + rx <= page.maxX && center.y - ry >= page.minY
        && center.y + ry <= page.maxY
    case .text(let run):
      let width = TextMetrics.width(run.text, size: run.size, isBold: run.isBold)
      let start =
        switch run.anchor {
        case .start: run.at.x
        case .middle: run.at.x - width / 2
        case .end: run.at.x - width
        }
      isInside =
        start >= page.minX && start + width <= page.maxX
        && run.at.y - 0.8 * run.size >= page.minY && run.at.y + 0.2 * run.size <= page.maxY
    }
    return isInside ? 0 : 1
  }
}
