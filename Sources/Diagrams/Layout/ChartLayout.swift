// SPDX-License-Identifier: Apache-2.0

/// Lays a chart out on a page: clusters by stress, regions apart, lines clear of what they pass.
///
/// Two passes, as for a drawing by hand: the graph alone gives the neighbourhoods; then the true sizes
/// of icons, labels and names decide. The same input gives the same places on every machine: the
/// arithmetic is the four operations and square roots, and every order is seeded or by index.
struct ChartLayout {
  /// What is laid out.
  struct Problem {
    var boxes: [NodeBox]
    var edges: [(Int, Int)]
    /// The group of each node, or -1.
    var groups: [Int]
    /// The room each group's name takes.
    var titleWidths: [Double]
    var titleHeight: Double
    /// The width of the name of the region of nodes without an edge.
    var isolatesTitleWidth: Double
    var pageWidth: Double
    var pageHeight: Double
    /// The room kept between two nodes.
    var gap: Double
    /// The room between the nodes of a region and its outline.
    var padding: Double
    /// The room between two regions.
    var regionGap: Double
    /// How often two lines may be compared in moving nodes, in all.
    var effort: Int
    /// How many layouts to compare.
    var attempts: Int
    /// How often everything may be pushed aside for one size of the page.
    var pushes: Int
  }

  /// A cluster as it came to stand.
  struct Region {
    var kind: Cluster.Kind
    var members: [Int]
    var hull: Hull
    var title: Rect
  }

  var points: [Point]
  var regions: [Region]

  /// The largest room kept between two nodes.
  static let largestGap = 44.0

  let problem: Problem
  private let seed: UInt64
  var clusters: [Cluster] = []
  var clusterOf: [Int]
  var slotOf: [Int]
  private var global: [Point] = []
  /// The place of the name of each cluster.
  private var titles: [Rect] = []

  /// The best of the attempts that the problem allows.
  ///
  /// Where the first leaves room on the page, the others use it to stand nodes farther apart.
  static func best(of problem: Problem) -> ChartLayout {
    var problem = problem
    func quality(_ layout: ChartLayout) -> LayoutQuality {
      LayoutQuality(
        layout, boxes: problem.boxes, edges: problem.edges,
        page: Point(x: problem.pageWidth, y: problem.pageHeight))
    }
    var best = ChartLayout(problem, seed: 0)
    guard problem.attempts > 1, problem.boxes.count > 1 else { return best }
    let count = Double(problem.boxes.count)
    let side = problem.boxes.reduce(0) { $0 + $1.half * 2 + $1.up + $1.down } / count / 2
    let leastGap = problem.gap
    var last = quality(best)
    var least = last.cost
    for attempt in 1..<problem.attempts {
      if last.scale > 1.08 {
        let wider = (side + problem.gap) * last.scale / 1.03 - side
        problem.gap = min(largestGap, max(leastGap, wider))
      }
      let layout = ChartLayout(problem, seed: UInt64(attempt))
      last = quality(layout)
      if last.cost < least {
        least = last.cost
        best = layout
      }
    }
    best.refine()
    return best
  }

  init(_ problem: Problem, seed: UInt64) {
    self.problem = problem
    self.seed = seed
    points = [Point](repeating: Point(x: 0, y: 0), count: problem.boxes.count)
    regions = []
    clusterOf = [Int](repeating: -1, count: problem.boxes.count)
    slotOf = clusterOf
    guard !problem.boxes.isEmpty else { return }
    formClusters()
    placeGlobally()
    for index in clusters.indices { arrangeCluster(index) }
    placeClusters()
    polish()
    titles = clusters.map { $0.arrangement.title.moved(by: $0.origin) }
    squeeze(rounds: problem.pushes, effort: problem.effort)
    fit()
  }

  /// The layout of places that an engine gave: fitted to the page and pushed apart.
  init(_ problem: Problem, placed places: [Point], keepsGroups: Bool) {
    self.problem = problem
    seed = 0
    points = places
    regions = []
    clusterOf = [Int](repeating: -1, count: places.count)
    slotOf = clusterOf
    guard let first = places.first else { return }
    var bounds = Rect(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)
    for place in places {
      bounds = bounds.union(Rect(minX: place.x, minY: place.y, maxX: place.x, maxY: place.y))
    }
    // To nine tenths of the page; places in one row or column have no second direction.
    var x = 0.9 * problem.pageWidth / max(bounds.width, 1)
    var y = 0.9 * problem.pageHeight / max(bounds.height, 1)
    if bounds.width < 1 || bounds.height < 1 { (x, y) = (min(x, y), min(x, y)) }
    points = places.map {
      Point(x: ($0.x - bounds.center.x) * x, y: ($0.y - bounds.center.y) * y)
    }
    if keepsGroups {
      formClusters()
    } else {
      OverlapRemoval.separate(&points, boxes: problem.boxes, gap: problem.gap)
      add(Cluster(kind: .loose, members: Array(places.indices)))
    }
    for index in clusters.indices {
      let members = clusters[index].members
      var places = members.map { points[$0] }
      if keepsGroups {
        OverlapRemoval.separate(
          &places, boxes: members.map { problem.boxes[$0] }, gap: problem.gap)
      }
      let arrangement = clusters[index].arrange(
        places, boxes: problem.boxes, padding: problem.padding + problem.regionGap / 2)
      clusters[index].arrangements = [arrangement]
      if let moved = arrangement.places.first, let place = places.first {
        clusters[index].origin = place - moved
      }
    }
    if keepsGroups {
      // Whole groups apart, with their names: no name stands on the icons of a neighbour.
      var placement = ClusterPlacement(
        clusters: clusters, links: links(), pageWidth: problem.pageWidth,
        pageHeight: problem.pageHeight)
      placement.separate()
      clusters = placement.clusters
      readPoints()
    }
    titles = clusters.map { $0.arrangement.title.moved(by: $0.origin) }
    fit()
  }

  /// A layout that is settled already.
  init(_ problem: Problem, points: [Point], regions: [Region]) {
    self.problem = problem
    seed = 0
    self.points = points
    self.regions = regions
    clusterOf = []
    slotOf = []
  }

  func isInside(_ edge: (Int, Int)) -> Bool { clusterOf[edge.0] == clusterOf[edge.1] }

  // Groups of two and more, the nodes without an edge, and what is left by its connections.
  private mutating func formClusters() {
    let count = problem.boxes.count
    var degrees = [Int](repeating: 0, count: count)
    for (a, b) in problem.edges where a != b {
      degrees[a] += 1
      degrees[b] += 1
    }
    var byGroup = [[Int]](repeating: [], count: problem.titleWidths.count)
    for node in 0..<count where problem.groups[node] >= 0 {
      byGroup[problem.groups[node]].append(node)
    }
    for (group, members) in byGroup.enumerated() where members.count > 1 {
      add(
        Cluster(
          kind: .group(group), members: members, titleWidth: problem.titleWidths[group],
          titleHeight: problem.titleWidths[group] > 0 ? problem.titleHeight : 0))
    }
    let isolates = (0..<count).filter { clusterOf[$0] < 0 && degrees[$0] == 0 }
    if isolates.count > 1 || (isolates.count == 1 && count > 1) {
      add(
        Cluster(
          kind: .isolates, members: isolates, titleWidth: problem.isolatesTitleWidth,
          titleHeight: problem.titleHeight))
    }
    var neighbours = [[Int]](repeating: [], count: count)
    for (a, b) in problem.edges where clusterOf[a] < 0 && clusterOf[b] < 0 {
      neighbours[a].append(b)
      neighbours[b].append(a)
    }
    for start in 0..<count where clusterOf[start] < 0 {
      var members = [start]
      clusterOf[start] = clusters.count
      var at = 0
      while at < members.count {
        for next in neighbours[members[at]] where clusterOf[next] < 0 {
          clusterOf[next] = clusters.count
          members.append(next)
        }
        at += 1
      }
      add(Cluster(kind: .loose, members: members.sorted()))
    }
  }

  private mutating func add(_ cluster: Cluster) {
    for (slot, member) in cluster.members.enumerated() {
      clusterOf[member] = clusters.count
      slotOf[member] = slot
    }
    clusters.append(cluster)
  }

  // Edge lengths 1 within a cluster and 3.2 between, in fifths.
  private mutating func placeGlobally() {
    let count = problem.boxes.count
    let hops = HopDistances(count: count, edges: problem.edges) {
      clusterOf[$0] == clusterOf[$1] ? 5 : 16
    }
    var stress = Stress(count: count)
    // Above some hundred nodes pivots stand for all pairs: the start need not be exact.
    let stride = max(1, count * count / 1_200_000)
    for i in Swift.stride(from: 0, to: count, by: stride) {
      let distances = hops.from(i)
      for j in 0..<count where j > i || (stride > 1 && j % stride != 0) {
        let hop = distances[j] < 0 ? 40 : distances[j]
        stress.want(i, j, apart: Double(hop) / 5)
      }
    }
    global = Stress.spiral(count: count)
    stress.relax(&global, seed: 4 * seed + 1)
  }

  private mutating func arrangeCluster(_ index: Int) {
    let cluster = clusters[index]
    if cluster.kind == .isolates {
      clusters[index].arrangements = grids(of: cluster)
      return
    }
    let members = cluster.members
    let boxes = members.map { problem.boxes[$0] }
    let edges = problem.edges.filter { isInside($0) && clusterOf[$0.0] == index }
      .map { (slotOf[$0.0], slotOf[$0.1]) }
    let local = LocalLayout(boxes: boxes, edges: edges, gap: problem.gap, seed: 4 * seed + 2)
    // The neighbourhood of the whole is the start, so that ties between clusters are respected.
    var middle = Point(x: 0, y: 0)
    for member in members { middle = middle + global[member] }
    middle = middle * (1 / Double(members.count))
    var places = local.places(from: members.map { global[$0] - middle })
    let fillsPage = Double(members.count) > 0.7 * Double(points.count)
    let aspect = fillsPage ? problem.pageWidth / problem.pageHeight : 1.25
    places = LocalLayout.turned(places, toward: aspect * local.unit.y / local.unit.x)
    places = places.map { Point(x: $0.x * local.unit.x, y: $0.y * local.unit.y) }
    OverlapRemoval.separate(&places, boxes: boxes, gap: problem.gap)
    places = polished(places, of: cluster, edges: edges)
    var arrangements: [Cluster.Arrangement] = []
    // Mirrored, and wider or taller, so that the regions can be fitted together.
    for stretch in boxes.count > 4 && problem.attempts > 1 ? [1, 1.35, 0.74] : [1] {
      for variant in 0..<(boxes.count > 1 ? 4 : 1) {
        var turned = places.map {
          Point(
            x: $0.x * stretch * (variant & 1 == 0 ? 1 : -1),
            y: $0.y / stretch * (variant & 2 == 0 ? 1 : -1))
        }
        OverlapRemoval.separate(&turned, boxes: boxes, gap: problem.gap)
        arrangements.append(
          cluster.arrange(
            turned, boxes: problem.boxes, padding: problem.padding + problem.regionGap / 2))
      }
    }
    clusters[index].arrangements = arrangements
  }

  // The cluster alone: its own lines clear of its own nodes, in as little room as it takes.
  private func polished(_ places: [Point], of cluster: Cluster, edges: [(Int, Int)]) -> [Point] {
    guard cluster.members.count > 3 else { return places }
    let boxes = cluster.members.map { problem.boxes[$0] }
    // A little more room than the start takes, to move in; what stays unused is given back.
    let hull = Hull(
      of: zip(boxes, places).flatMap { $0.rect(at: $1).inset(by: -problem.gap).corners })
    let none = Rect(minX: 0, minY: 0, maxX: 0, maxY: 0)
    let start = Polish(
      points: places, boxes: boxes, edges: edges,
      clusterOf: [Int](repeating: 0, count: places.count), members: [Array(places.indices)],
      regions: [hull], titles: [none], gap: problem.gap)
    return Polish.improved(start, effort: problem.effort / 2, seed: 4 * seed + 3)
  }

  private mutating func placeClusters() {
    guard clusters.count > 1 else {
      // The only cluster takes the form that fills the page best.
      clusters[0].chosen =
        clusters[0].arrangements.indices.max { a, b in fill(a) < fill(b) } ?? 0
      return
    }
    let links = self.links()
    var best: ClusterPlacement?
    var least = Double.infinity
    let starts = clusters.count <= 30 ? 6 : 2
    for start in 0..<starts {
      var candidates = clusters
      // Turned by thirds of a circle and mirrored: tangents of half of 0, 120 and 240 degrees.
      let t = [0.0, 1.7320508, -1.7320508][start % 3]
      let cosine = (1 - t * t) / (1 + t * t)
      let sine = 2 * t / (1 + t * t)
      for i in candidates.indices {
        var sum = Point(x: 0, y: 0)
        for member in candidates[i].members { sum = sum + global[member] }
        sum = sum * (1 / Double(candidates[i].members.count))
        let q = Point(x: sum.x * cosine - sum.y * sine, y: sum.x * sine + sum.y * cosine)
        candidates[i].origin = Point(x: q.x * 85 * (start < 3 ? 1 : -1), y: q.y * 55)
        candidates[i].chosen = start % candidates[i].arrangements.count
      }
      var placement = ClusterPlacement(
        clusters: candidates, links: links, pageWidth: problem.pageWidth,
        pageHeight: problem.pageHeight)
      placement.separate()
      placement.improve(steps: [120, 60, 30], sweeps: clusters.count <= 30 ? 8 : 2)
      let cost = placement.cost()
      if cost < least {
        least = cost
        best = placement
      }
    }
    guard var placement = best else { return }
    placement.improve(steps: [40, 16, 6, 2], sweeps: clusters.count <= 30 ? 20 : 4)
    clusters = placement.clusters
  }

  private mutating func readPoints() {
    for cluster in clusters {
      for (member, place) in zip(cluster.members, cluster.arrangement.places) {
        points[member] = place + cluster.origin
      }
    }
  }

  private mutating func polish() {
    readPoints()
    let start = Polish(
      points: points, boxes: problem.boxes, edges: problem.edges, clusterOf: clusterOf,
      members: clusters.map(\.members), regions: clusters.map(\.hull).map(shrunk),
      titles: clusters.map {
        $0.titleWidth > 0 ? $0.arrangement.title.moved(by: $0.origin) : $0.arrangement.title
      },
      gap: problem.gap)
    points = Polish.improved(start, effort: problem.effort, seed: 4 * seed + 4)
    // The regions may have become smaller: measure them again and close up.
    for i in clusters.indices {
      var places = clusters[i].members.map { points[$0] }
      if clusters[i].kind == .isolates { places = clusters[i].arrangement.places }
      let arrangement = clusters[i].arrange(
        places, boxes: problem.boxes, padding: problem.padding + problem.regionGap / 2)
      if clusters[i].kind != .isolates, let first = places.first,
        let moved = arrangement.places.first
      {
        clusters[i].origin = first - moved
      }
      clusters[i].arrangements = [arrangement]
      clusters[i].chosen = 0
    }
    if clusters.count > 1 {
      var placement = ClusterPlacement(
        clusters: clusters, links: links(), pageWidth: problem.pageWidth,
        pageHeight: problem.pageHeight)
      placement.separate()
      placement.improve(steps: [16, 6, 2], sweeps: clusters.count <= 30 ? 10 : 3)
      clusters = placement.clusters
    }
    readPoints()
  }

  // Where the page would shrink the drawing, it is pressed together and tidied.
  private mutating func squeeze(rounds: Int, effort: Int) {
    guard rounds > 0 else { return }
    press(rounds: rounds)
    let outlines = clusters.indices.map { index -> Hull in
      var corners = clusters[index].members.flatMap {
        problem.boxes[$0].rect(at: points[$0]).corners
      }
      if clusters[index].titleWidth > 0 { corners += titles[index].corners }
      return clusters[index].region(around: corners)
    }
    let start = Polish(
      points: points, boxes: problem.boxes, edges: problem.edges, clusterOf: clusterOf,
      members: clusters.map(\.members), regions: outlines, titles: titles, gap: problem.gap)
    points = Polish.improved(start, effort: effort, seed: 4 * seed + 5)
  }

  private mutating func press(rounds: Int) {
    var squeeze = Squeeze(
      points: points, titles: titles, boxes: problem.boxes, clusters: clusters, gap: problem.gap,
      padding: problem.padding, regionGap: problem.regionGap)
    squeeze.press(
      width: problem.pageWidth, height: problem.pageHeight, largest: 1, rounds: rounds)
    points = Array(squeeze.points[..<points.count])
    titles = clusters.indices.map(squeeze.title)
  }

  // More work for the layout that will be drawn.
  private mutating func refine() {
    guard !points.isEmpty, problem.pushes > 0 else { return }
    squeeze(rounds: 5 * problem.pushes, effort: 2 * problem.effort)
    press(rounds: 5 * problem.pushes)
    fit()
  }

  // A region without its padding is where boxes may stand; the hull carries padding on every side.
  private func shrunk(_ hull: Hull) -> Hull {
    let margin = problem.padding + problem.regionGap / 2
    let bounds = hull.bounds
    let middle = bounds.center
    let kx = max(0.1, (bounds.width - 2 * margin) / max(1, bounds.width))
    let ky = max(0.1, (bounds.height - 2 * margin) / max(1, bounds.height))
    return Hull(
      corners: hull.corners.map {
        Point(x: middle.x + ($0.x - middle.x) * kx, y: middle.y + ($0.y - middle.y) * ky)
      })
  }

  // Spreads the places over what is left of the page in the direction that does not bind.
  private mutating func fit() {
    var bounds = problem.boxes[0].rect(at: points[0])
    for (box, point) in zip(problem.boxes, points) { bounds = bounds.union(box.rect(at: point)) }
    for (cluster, title) in zip(clusters, titles) where cluster.titleWidth > 0 {
      bounds = bounds.union(title)
    }
    bounds = bounds.inset(by: -problem.padding)
    let across = problem.pageWidth / bounds.width
    let down = problem.pageHeight / bounds.height
    let scale = min(across, down)
    let stretchX = min(1.3, across / scale)
    let stretchY = min(1.3, down / scale)
    for i in points.indices {
      points[i] = Point(x: points[i].x * stretchX, y: points[i].y * stretchY)
    }
    regions = []
    for (index, cluster) in clusters.enumerated() {
      let places = cluster.members.map { points[$0] }
      var title = titles[index]
      let center = Point(x: title.center.x * stretchX, y: title.center.y * stretchY)
      title = title.moved(by: center - title.center)
      titles[index] = title
      var corners: [Point] = []
      for (member, place) in zip(cluster.members, places) {
        corners += problem.boxes[member].rect(at: place).inset(by: -problem.padding).corners
      }
      if cluster.titleWidth > 0 { corners += title.inset(by: -problem.padding).corners }
      regions.append(
        Region(
          kind: cluster.kind, members: cluster.members,
          hull: cluster.region(around: corners), title: title))
    }
  }
}
