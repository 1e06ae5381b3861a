// SPDX-License-Identifier: Apache-2.0

/// Lays a chart out around nodes that stay where they were on an earlier page.
///
/// Places on the page are kept. Where icons have grown into each other, those that touch give way by a few
/// points; where that is not enough, or new nodes find no room, icons and names become smaller around
/// their places. A new node stands as near as possible to those it is tied to, in its own region, off
/// the lines and names that are there.
struct PinnedLayout {
  static let notKept =
    "The places of the earlier chart could not be kept: this is a fresh layout."
  // By how much icons shrink from one attempt to the next, and how often.
  private static let shrinking = 0.94
  private static let attempts = 16
  // The first of them, which leave names three quarters of their size.
  private static let readable = 5
  // By how much old nodes may give way, as shares of the diagonal of the page: on average, and one of
  // them. A fresh layout moves them by a fifth of it or more.
  private static let meanGiving = 0.004
  private static let mostGiving = 0.025

  private let problem: ChartLayout.Problem
  private let scale: Double
  private let content: Rect
  // Members of a region, or of none.
  private var clusters: [Cluster] = []
  private var clusterOf: [Int]
  private var points: [Point?]
  private var neighbours: [[Int]]
  // The outline of what stands of each cluster that has one.
  private var hulls: [Hull?] = []
  private let order: Order

  // What is asked of a layout besides that no node covers another.
  private enum Order {
    case apart, titlesClear, noOverlap
  }

  /// The layout around the pins of a diagram, and the factor of its sizes on the page.
  ///
  /// - Parameters:
  ///   - problem: What is laid out.
  ///   - diagram: The diagram as it was given, with its pins.
  ///   - shown: What of it is drawn.
  ///   - content: The room on the page.
  /// - Returns: Both, or nil where no node is pinned or no room is found.
  static func best(
    of problem: ChartLayout.Problem, _ diagram: Diagram, shown: Diagram, on content: Rect
  ) -> (layout: ChartLayout, scale: Double)? {
    guard let pins = diagram.pins, pins.scale > 0, diagram.layout == .automatic,
      shown.nodes.count == diagram.nodes.count
    else { return nil }
    let places = Dictionary(pins.nodes.map { ($0.id, $0.place) }, uniquingKeysWith: { a, _ in a })
    let (across, down) = pins.stretch(to: diagram.page)
    let pinned = shown.nodes.map { node in
      places[node.id].map { place in
        Point(x: place.x * across - content.center.x, y: place.y * down - content.center.y)
      }
    }
    guard pinned.contains(where: { $0 != nil }) else { return nil }
    let full = pins.sizeFactor(on: diagram.page)
    let scales = (0..<attempts).map { step in
      (0..<step).reduce(full) { scale, _ in scale * shrinking }
    }
    // Regions may run over each other before names become hard to read.
    for (scales, orders): (ArraySlice<Double>, [Order]) in [
      (scales.prefix(readable), [.apart, .titlesClear]),
      (scales.dropFirst(readable), [.apart, .titlesClear]), (scales[...], [.noOverlap]),
    ] {
      for order in orders {
        for scale in scales {
          var layout = PinnedLayout(problem, pinned, scale, order)
          if let found = layout.placed() { return (found, scale) }
        }
      }
    }
    return nil
  }

  private init(
    _ problem: ChartLayout.Problem, _ pinned: [Point?], _ scale: Double, _ order: Order
  ) {
    self.problem = problem
    self.scale = scale
    self.order = order
    let half = Point(x: problem.pageWidth / scale / 2, y: problem.pageHeight / scale / 2)
    let content = Rect(minX: -half.x, minY: -half.y, maxX: half.x, maxY: half.y)
    self.content = content
    neighbours = [[Int]](repeating: [], count: problem.boxes.count)
    clusterOf = [Int](repeating: -1, count: problem.boxes.count)
    points = [Point?](repeating: nil, count: problem.boxes.count)
    // What the page has no room for any more, because the legend grew, comes in from the edge.
    points = zip(pinned, problem.boxes).map { place, box in
      place.map { inRoom($0 * (1 / scale), box) }
    }
    for (a, b) in problem.edges where a != b {
      neighbours[a].append(b)
      neighbours[b].append(a)
    }
    formClusters()
    hulls = clusters.map { cluster in
      guard cluster.hasRegion else { return nil }
      let standing = cluster.members.filter { points[$0] != nil }
      return standing.count > 1 ? outline(of: cluster, standing).hull : nil
    }
  }

  private mutating func formClusters() {
    var byGroup = [[Int]](repeating: [], count: problem.titleWidths.count)
    for (node, group) in problem.groups.enumerated() where group >= 0 {
      byGroup[group].append(node)
    }
    for (group, members) in byGroup.enumerated() where members.count > 1 {
      add(
        Cluster(
          kind: .group(group), members: members, titleWidth: problem.titleWidths[group],
          titleHeight: problem.titleWidths[group] > 0 ? problem.titleHeight : 0))
    }
    let alone = clusterOf.indices.filter { clusterOf[$0] < 0 && neighbours[$0].isEmpty }
    if !alone.isEmpty, clusterOf.count > 1 {
      add(
        Cluster(
          kind: .isolates, members: alone, titleWidth: problem.isolatesTitleWidth,
          titleHeight: problem.titleHeight))
    }
    let rest = clusterOf.indices.filter { clusterOf[$0] < 0 }
    if !rest.isEmpty { add(Cluster(kind: .loose, members: rest)) }
  }

  private mutating func add(_ cluster: Cluster) {
    for member in cluster.members { clusterOf[member] = clusters.count }
    clusters.append(cluster)
  }

  // The region around some members of a cluster, and the place of its name.
  private func outline(of cluster: Cluster, _ members: [Int]) -> (hull: Hull, title: Rect) {
    var part = cluster
    part.members = members
    let places = members.compactMap { points[$0] }
    // Where the legend or the head has grown, the name finds room below.
    let title =
      [false, true].map {
        part.titleRect(places: places, boxes: problem.boxes, isBelow: $0)
      }.first(where: content.inset(by: -2).contains)
      ?? part.titleRect(places: places, boxes: problem.boxes)
    var corners: [Point] = []
    for (member, place) in zip(members, places) {
      corners += problem.boxes[member].rect(at: place).inset(by: -problem.padding).corners
    }
    if cluster.titleWidth > 0 { corners += title.inset(by: -problem.padding).corners }
    return (cluster.region(around: corners), title)
  }

  private mutating func placed() -> ChartLayout? {
    guard !hasOverlap() || giveWay() else { return nil }
    while let next = mostTied() {
      guard let place = room(for: next) else { return nil }
      points[next] = place
      let cluster = clusters[clusterOf[next]]
      if cluster.hasRegion {
        hulls[clusterOf[next]] =
          outline(of: cluster, cluster.members.filter { points[$0] != nil }).hull
      }
    }
    let places = points.compactMap(\.self)
    var regions: [ChartLayout.Region] = []
    for cluster in clusters {
      let (hull, title) = outline(of: cluster, cluster.members)
      regions.append(
        ChartLayout.Region(kind: cluster.kind, members: cluster.members, hull: hull, title: title))
    }
    if order != .noOverlap, !areTitlesClear(regions, places) { return nil }
    if order == .apart, !areApart(regions) { return nil }
    return ChartLayout(problem, points: places, regions: regions)
  }

  private func hasOverlap() -> Bool {
    let standing = points.indices.filter { points[$0] != nil }
    let rects = standing.compactMap { node in
      points[node].map { problem.boxes[node].rect(at: $0).inset(by: 0.5) }
    }.sorted { ($0.minX, $0.minY) < ($1.minX, $1.minY) }
    for (index, rect) in rects.enumerated() {
      for other in rects[(index + 1)...] {
        if other.minX > rect.maxX { break }
        if rect.intersects(other) { return true }
      }
    }
    return false
  }

  // Pushes old nodes that cover each other apart; false where that would move them too far.
  private mutating func giveWay() -> Bool {
    let standing = points.indices.filter { points[$0] != nil }
    let before = standing.compactMap { points[$0] }
    var after = before
    let boxes = standing.map { problem.boxes[$0] }
    // Each time what was pushed over the edge comes back.
    for _ in 0..<20 {
      let isApart = OverlapRemoval.separate(&after, boxes: boxes, gap: 0.5, rounds: 20)
      let inside = zip(after, boxes).map(inRoom)
      if isApart, inside == after { break }
      after = inside
    }
    let moves = zip(before, after).map { $0.distance(to: $1) }
    let page = Point(x: content.width, y: content.height).length
    guard moves.reduce(0, +) <= Self.meanGiving * page * Double(moves.count),
      moves.allSatisfy({ $0 <= Self.mostGiving * page })
    else { return false }
    for (node, place) in zip(standing, after) { points[node] = place }
    if hasOverlap() { return false }
    for index in clusters.indices where hulls[index] != nil {
      hulls[index] =
        outline(of: clusters[index], clusters[index].members.filter { points[$0] != nil }).hull
    }
    return true
  }

  // The nearest place inside the page.
  //
  // The sign that an old node has got since may hang over: the rim of the page has room for it.
  private func inRoom(_ p: Point, _ box: NodeBox) -> Point {
    let room = content.inset(by: -4)
    return Point(
      x: min(max(p.x, room.minX + box.half), room.maxX - box.half),
      y: min(max(p.y, room.minY + box.up), room.maxY - box.down))
  }

  // Of the nodes without a place the one with most ties to those that have one.
  private func mostTied() -> Int? {
    var best: Int?
    var most = -1
    for node in points.indices where points[node] == nil {
      let own = neighbours[node].count { points[$0] != nil && clusterOf[$0] == clusterOf[node] }
      let all = neighbours[node].count { points[$0] != nil }
      if 2 * own + all > most {
        most = 2 * own + all
        best = node
      }
    }
    return best
  }

  private func aim(of node: Int) -> Point {
    func middle(_ nodes: [Int]) -> Point? {
      let places = nodes.compactMap { points[$0] }
      guard !places.isEmpty else { return nil }
      return places.reduce(Point(x: 0, y: 0), +) * (1 / Double(places.count))
    }
    let cluster = clusters[clusterOf[node]]
    let own = neighbours[node].filter { clusterOf[$0] == clusterOf[node] }
    if cluster.kind == .loose { return middle(neighbours[node]) ?? Point(x: 0, y: 0) }
    return middle(own) ?? middle(cluster.members) ?? middle(neighbours[node]) ?? Point(x: 0, y: 0)
  }

  // The best free place, in rings around where it should stand.
  private func room(for node: Int) -> Point? {
    let box = problem.boxes[node]
    let aim = aim(of: node)
    let taken = points.indices.compactMap { other in
      points[other].map { problem.boxes[other].rect(at: $0).inset(by: -problem.gap + 0.01) }
    }
    let lines = problem.edges.compactMap { edge -> (Point, Point)? in
      guard edge.0 != edge.1, let a = points[edge.0], let b = points[edge.1] else { return nil }
      return (a, b)
    }
    let ties = neighbours[node].compactMap { points[$0] }
    var best: Point?
    var least = Double.infinity
    let farthest = (content.width * content.width + content.height * content.height).squareRoot()
    var radius = 0.0
    while radius < farthest, radius < least {
      let steps = radius == 0 ? 1 : min(64, max(8, Int(radius / 2)))
      for step in 0..<steps {
        let turn = Self.direction(step, of: steps)
        let place = aim + Point(x: turn.x * radius, y: turn.y * radius * 0.8)
        let rect = box.rect(at: place)
        guard rect.minX >= content.minX, rect.maxX <= content.maxX, rect.minY >= content.minY,
          rect.maxY <= content.maxY, !taken.contains(where: rect.intersects),
          isOpen(rect, to: clusterOf[node])
        else { continue }
        var cost = radius
        let reach = (box.radius + 3) * (box.radius + 3)
        for line in lines where squaredDistance(of: place, from: line.0, to: line.1) < reach {
          cost += 40
        }
        for end in ties {
          for other in taken where other.isTouched(from: place, to: end) { cost += 8 }
        }
        if cost < least {
          least = cost
          best = place
        }
      }
      radius += 7
    }
    return best
  }

  // Whether a node of a cluster may stand there without a region running over another or over a node.
  private func isOpen(_ rect: Rect, to cluster: Int) -> Bool {
    guard order == .apart else { return true }
    let padded = rect.inset(by: -problem.padding)
    let own = clusters[cluster].hasRegion
    var region = Hull(of: padded.corners)
    if own, let hull = hulls[cluster] {
      if hull.contains(rect) { return true }
      region = Hull(of: hull.corners + padded.corners)
      if clusters[cluster].kind == .isolates { region = Hull(of: region.bounds.corners) }
    }
    let outside = Hull(of: content.inset(by: -1).corners)
    if own, !outside.contains(region.bounds) { return false }
    for (index, hull) in hulls.enumerated() where index != cluster {
      if let hull, region.separation(from: hull) != nil { return false }
    }
    guard own else { return true }
    for (other, place) in points.enumerated() where clusterOf[other] != cluster {
      guard let place else { continue }
      let rect = problem.boxes[other].rect(at: place)
      if rect.intersects(region.bounds), region.separation(from: Hull(of: rect.corners)) != nil {
        return false
      }
    }
    return true
  }

  // Whether regions keep apart.
  private func areApart(_ regions: [ChartLayout.Region]) -> Bool {
    let drawn = regions.filter { $0.kind != .loose }
    return drawn.indices.allSatisfy { index in
      drawn[(index + 1)...].allSatisfy { drawn[index].hull.separation(from: $0.hull) == nil }
    }
  }

  // Whether the names of regions stand on the page and on no node.
  private func areTitlesClear(_ regions: [ChartLayout.Region], _ places: [Point]) -> Bool {
    let nodes = zip(problem.boxes, places).map { $0.rect(at: $1).inset(by: 0.5) }
    return regions.allSatisfy { region in
      region.title.width == 0 || region.kind == .loose
        || content.inset(by: -2).contains(region.title)
          && !nodes.contains(where: region.title.intersects)
    }
  }

  // A step of a whole turn by a rational point of the circle, the same on every machine.
  private static func direction(_ step: Int, of steps: Int) -> Point {
    // Quarter turns exactly; within a quarter the tangent of half the angle runs from 0 to 1.
    let quarter = 4 * step / steps
    let share = Double(4 * step - quarter * steps) / Double(steps)
    let t = share
    let (cosine, sine) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
    return switch quarter {
    case 0: Point(x: cosine, y: sine)
    case 1: Point(x: -sine, y: cosine)
    case 2: Point(x: -cosine, y: -sine)
    default: Point(x: sine, y: -cosine)
    }
  }
}
