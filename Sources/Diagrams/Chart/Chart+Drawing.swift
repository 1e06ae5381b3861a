// SPDX-License-Identifier: Apache-2.0

extension Chart {
  /// How it looks.
  var style: ChartStyle { diagram.style }

  /// Whether an edge stays within a group, or within what has none.
  func isInner(_ edge: DiagramEdge) -> Bool {
    nodes[edge.from].source.group == nodes[edge.to].source.group
  }

  /// Everything on the page, from the back to the front.
  func drawing() -> Drawing {
    let routes = EdgeRoute.routes(of: self)
    return drawing(routes, labels: edgeLabels(routes))
  }

  /// The words on lines, clear of icons, names and signs.
  func edgeLabels(_ routes: [EdgeRoute?]) -> EdgeLabels {
    let titles = regions.indices.map { pageRect(regions[$0].title) }
    var obstacles = titles.filter { $0.width > 0 }.map { $0.inset(by: -2 * scale) }
    // The ring around an icon with a narrow name reaches out of the node's box, into the gap around it.
    for (node, point) in zip(nodes, points) {
      obstacles.append(pageRect(node.box.rect(at: point).union(node.iconRect(at: point))))
    }
    for (edge, route) in zip(edges, routes) where edge.change != nil {
      guard let middle = route?.place(at: 0.5) else { continue }
      let r = ChangeSign.radius * scale
      obstacles.append(
        Rect(minX: middle.x - r, minY: middle.y - r, maxX: middle.x + r, maxY: middle.y + r))
    }
    return EdgeLabels(self, routes: routes, obstacles: obstacles)
  }

  private func drawing(_ routes: [EdgeRoute?], labels: EdgeLabels) -> Drawing {
    let colors = regionColors()
    let titles = regions.indices.map { pageRect(regions[$0].title) }
    var marks: [Mark] = [.group(kind: "regions", id: nil, title: nil, regionMarks(colors))]
    marks.append(.group(kind: "edges", id: nil, title: nil, edgeMarks(routes)))
    marks.append(
      .group(kind: "region-names", id: nil, title: nil, titleMarks(colors, titles, routes)))
    let segments = SegmentGrid(routes.compactMap { $0 })
    marks.append(
      .group(
        kind: "edge-labels", id: nil, title: nil, labels.placed.flatMap { labelMarks($0, colors) })
    )
    for index in nodes.indices { marks.append(nodeMark(index, colors: colors, segments: segments)) }
    var notes = omissions
    if style.wordsOnLines == .none {
      if edges.contains(where: { $0.label != nil }) {
        notes.append("Words on lines are left out in this style.")
      }
    } else if labels.omitted + labels.passedOver > 0 {
      notes.append(
        "\(labels.placed.count) of \(labels.placed.count + labels.omitted + labels.passedOver) words on "
          + "lines are shown: those between groups or strong, where there is room.")
    }
    if !style.secondLines {
      if nodes.contains(where: { $0.source.detail != nil }) {
        notes.append("Second lines of names are left out in this style.")
      }
    } else if !density.showsAllDetails,
      nodes.contains(where: { !$0.lines.isEmpty && $0.detail == nil && $0.source.detail != nil })
    {
      notes.append("For want of room only names in bold have their second line.")
    }
    if style.labelSize * scale < 5.6 {
      notes.append(
        "Names are set in \(decimal(style.labelSize * scale)) points: print on a larger sheet.")
    }
    marks += furniture.marks(omissions: notes)
    return Drawing(
      width: diagram.page.width, height: diagram.page.height,
      title: LabelText.clean(diagram.title), summary: summary(notes),
      data: places.map { ["places": $0.heading] } ?? [:], background: style.background,
      marks: marks)
  }

  private func summary(_ notes: [String]) -> String {
    var parts = [
      "Network chart of \(nodes.count) entities and \(edges.count) links"
        + (diagram.groups.isEmpty ? "." : " in \(diagram.groups.count) groups.")
    ]
    parts += diagram.subtitles.map { LabelText.clean($0) }
    if let handling = diagram.handling { parts.append(LabelText.clean(handling)) }
    parts += notes
    parts += [PageFurniture.association, diagram.layout.meaning]
    return parts.joined(separator: " ")
  }

  func pageRect(_ rect: Rect) -> Rect {
    Rect(
      minX: rect.minX * scale + offset.x, minY: rect.minY * scale + offset.y,
      maxX: rect.maxX * scale + offset.x, maxY: rect.maxY * scale + offset.y)
  }

  /// A colour for each region; where there are more regions than colours, the one whose regions lie
  /// farthest away, so that neighbours differ.
  func regionColors() -> [Color] {
    var colors = [Color](repeating: style.neutral, count: regions.count)
    var assigned: [(color: Int, region: Int)] = []
    for index in regions.indices {
      guard case .group = regions[index].kind else { continue }
      var best = 0
      var farthest = -1.0
      for color in style.groups.indices {
        var nearest = Double.infinity
        for other in assigned where other.color == color {
          nearest = min(nearest, distance(index, other.region))
        }
        if nearest > farthest {
          farthest = nearest
          best = color
        }
      }
      assigned.append((best, index))
      colors[index] = style.groups[best]
    }
    return colors
  }

  // The room between two regions; between those that touch, a little by their middles.
  private func distance(_ a: Int, _ b: Int) -> Double {
    let one = regions[a].hull.bounds
    let two = regions[b].hull.bounds
    let across = max(0, one.minX - two.maxX, two.minX - one.maxX)
    let down = max(0, one.minY - two.maxY, two.minY - one.maxY)
    return Point(x: across, y: down).length + 0.001 * one.center.distance(to: two.center)
  }

  /// The colour of each node's icon.
  func nodeColors() -> [Color] {
    let colors = regionColors()
    return nodes.indices.map {
      nodes[$0].source.group == nil ? style.neutral : colors[regionOf[$0]]
    }
  }

  private func regionMarks(_ colors: [Color]) -> [Mark] {
    var marks: [Mark] = []
    for (index, region) in regions.enumerated() where region.kind != .loose {
      let color = colors[index]
      let dash = style.breaksOutlines ? [Dash.solid, .dashed, .dotted][index % 3] : .solid
      let corners = region.hull.corners.map(onPage)
      marks.append(
        .path(
          Path(rounding: corners, radius: 16 * scale),
          Paint(
            fill: color.withAlpha(style.regionFill), stroke: color.withAlpha(style.regionOutline),
            width: 1 * max(scale, 0.6), dash: dash)))
    }
    return marks
  }

  private func titleMarks(_ colors: [Color], _ titles: [Rect], _ routes: [EdgeRoute?]) -> [Mark] {
    var marks: [Mark] = []
    for (index, region) in regions.enumerated() {
      let name: String
      switch region.kind {
      case .group(let group): name = Self.groupName(diagram.groups[group], style)
      case .isolates: name = isolatesTitle(of: region.members)
      case .loose: continue
      }
      guard !name.isEmpty else { continue }
      let rect = titles[index]
      if routes.contains(where: { $0?.touches(rect) ?? false }) {
        marks.append(
          .polygon(
            rect.corners,
            Paint(
              fill: colors[index].tint(style.regionFill, over: style.background).withAlpha(0.85))))
      }
      let size = style.titleSize * scale
      marks.append(
        .text(
          TextRun(
            text: name, at: Point(x: rect.center.x, y: rect.center.y + size * 0.36), size: size,
            isBold: true, color: style.title(of: colors[index]))))
    }
    return marks
  }

  private func edgeMarks(_ routes: [EdgeRoute?]) -> [Mark] {
    let inner = edges.indices.filter { routes[$0]?.isInner ?? true }
    let outer = edges.indices.filter { !(routes[$0]?.isInner ?? true) }
    return (inner + outer).map { index in
      .group(
        kind: "edge", id: nil, title: edgeTitle(index), data: Self.data(edges[index]),
        edgeMarks(index, routes[index]))
    }
  }

  /// The most numbers of claims, and ids of records, that one element bears.
  private static let mostEvidence = 200

  /// Numbers of claims as the attribute of an element; empty where there are none.
  static func data(claims: [Int]) -> [String: String] {
    claims.isEmpty
      ? [:]
      : [
        "claims": claims.prefix(mostEvidence).map(String.init).joined(separator: " ")
          + (claims.count > mostEvidence ? " …" : "")
      ]
  }

  private static func data(_ edge: DiagramEdge) -> [String: String] {
    var data = data(claims: edge.claims)
    if !edge.records.isEmpty {
      data["records"] =
        edge.records.prefix(mostEvidence).map { LabelText.clean($0).replacing(" ", with: "_") }
        .joined(separator: " ") + (edge.records.count > mostEvidence ? " …" : "")
    }
    return data
  }

  /// The line that an edge is drawn with: solid where no grades are stated.
  func line(of edge: DiagramEdge) -> DiagramEdge.Line {
    diagram.statesGrades ? edge.line : .confirmed
  }

  private func edgeTitle(_ index: Int) -> String {
    let edge = edges[index]
    let from = LabelText.clean(nodes[edge.from].source.label, limit: 80)
    let to = LabelText.clean(nodes[edge.to].source.label, limit: 80)
    let sign =
      switch edge.arrow {
      case .none: "–"
      case .forward: "→"
      case .both: "↔"
      }
    let label = edge.label.map { ": " + LabelText.clean($0) } ?? ""
    let grade = diagram.statesGrades ? " (\(edge.line.rawValue))" : ""
    let change = edge.change.map { " – " + ChangeSign.words($0) } ?? ""
    return "\(from) \(sign) \(to)\(label)\(grade)\(change)"
  }

  private func edgeMarks(_ index: Int, _ route: EdgeRoute?) -> [Mark] {
    let edge = edges[index]
    guard let route else {
      // A loop: a ring that leaves and meets the icon at its shoulder.
      let node = nodes[edge.from]
      let place = onPage(points[edge.from])
      let shift = node.radius * 0.8 * scale
      let ring = max(5, node.radius * 0.42) * scale
      let width = widths.width(level: widths.level(edge.weight)) * scale
      return [
        .ellipse(
          center: Point(x: place.x + shift, y: place.y - shift), rx: ring, ry: ring,
          Paint(stroke: style.innerLine, width: width))
      ]
    }
    var points = route.points
    let length = route.length
    let head = Arrowhead.length(width: route.width, scale: scale)
    var heads: [Mark] = []
    // The line ends inside the head, so that its butt does not show past the tip.
    if edge.arrow != .none, length > head * 1.2 {
      heads.append(
        Arrowhead.mark(
          tip: route.to, from: tail(of: points, head), width: route.width, scale: scale,
          color: route.color))
      EdgeRoute.cut(&points, head * 0.7)
    }
    if edge.arrow == .both, length > head * 2.2 {
      heads.append(
        Arrowhead.mark(
          tip: route.from, from: tail(of: points.reversed(), head), width: route.width,
          scale: scale, color: route.color))
      points.reverse()
      EdgeRoute.cut(&points, head * 0.7)
      points.reverse()
    }
    let paint = Paint(stroke: route.color, width: route.width, dash: line(of: edge).dash)
    let sign =
      edge.change.map { ChangeSign.marks($0, at: route.place(at: 0.5), scale: scale, style: style) }
      ?? []
    return [.polyline(points, paint)] + heads + sign
  }

  // Where a head of that length begins on a line that may bend.
  private func tail(of points: [Point], _ head: Double) -> Point {
    var rest = points
    EdgeRoute.cut(&rest, head)
    return rest[rest.count - 1]
  }

  private func labelMarks(_ label: EdgeLabels.Placed, _ colors: [Color]) -> [Mark] {
    [
      .path(
        Path(rounding: label.rect.corners, radius: 2 * scale),
        Paint(fill: style.background.withAlpha(0.85))),
      .text(
        TextRun(
          text: label.text,
          at: Point(x: label.rect.center.x, y: label.rect.center.y + label.size * 0.34),
          size: label.size, color: style.text)),
    ]
  }

  private func nodeMark(_ index: Int, colors: [Color], segments: SegmentGrid) -> Mark {
    let node = nodes[index]
    let place = onPage(points[index])
    let region = regionOf[index]
    let color = node.source.group == nil ? style.neutral : colors[region]
    var marks: [Mark] = []
    let runs = node.texts(at: points[index])
    if !runs.isEmpty {
      let text = pageRect(textRect(node, at: points[index]))
      // A plate only where a line would run through the letters.
      if segments.touches(text) {
        let isRegion = regions[region].kind != .loose
        let ground =
          isRegion
          ? colors[region].tint(style.regionFill, over: style.background) : style.background
        marks.append(
          .path(
            Path(rounding: text.corners, radius: 2.5 * scale), Paint(fill: ground.withAlpha(0.86))))
      }
    }
    marks += NodeMarks.marks(node, at: place, scale: scale, ground: color)
    for run in runs {
      var moved = run
      moved.at = onPage(run.at)
      moved.size = run.size * scale
      if node.source.change == .gone { moved.color = style.quietText }
      marks.append(.text(moved))
    }
    return .group(
      kind: "node", id: "n\(index)", title: node.tooltip,
      data: DiagramPlaces.data(node, at: place).merging(Self.data(claims: node.source.claims)) {
        $1
      },
      marks)
  }

  /// The room of a name and its second line.
  func textRect(_ node: ChartNode, at place: Point) -> Rect {
    var wide = 0.0
    for line in node.lines {
      wide = max(wide, TextMetrics.width(line, size: node.fontSize, isBold: node.isStrong))
    }
    if let detail = node.detail {
      wide = max(wide, TextMetrics.width(detail, size: style.detailSize))
    }
    return Rect(
      minX: place.x - wide / 2 - 1, minY: place.y + node.textTop, maxX: place.x + wide / 2 + 1,
      maxY: place.y + node.box.down)
  }
}

/// Straight lines by place, to ask whether any touches a rectangle.
struct SegmentGrid: Sendable {
  private let routes: [EdgeRoute]

  init(_ routes: [EdgeRoute]) { self.routes = routes }

  func touches(_ rect: Rect) -> Bool {
    routes.contains { $0.touches(rect) }
  }
}
