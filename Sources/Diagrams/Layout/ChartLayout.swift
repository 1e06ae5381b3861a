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
    /// How much work the last pass may do.
    var tries: Int
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

  static let padding = 11.0
  static let regionGap = 12.0
  static let nodeGap = 7.0

  private let problem: Problem
  private var clusters: [Cluster] = []
  private var clusterOf: [Int]
  private var slotOf: [Int]
  private var global: [Point] = []

  init(_ problem: Problem) {
    self.problem = problem
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
    fit()
  }

  private func isInside(_ edge: (Int, Int)) -> Bool { clusterOf[edge.0] == clusterOf[edge.1] }

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
    stress.relax(&global, seed: 1)
  }

  private mutating func arrangeCluster(_ index: Int) {
    let cluster = clusters[index]
    if cluster.kind == .isolates {
      clusters[index].arrangements = grids(of: cluster)
      return
    }
    let boxes = cluster.members.map { problem.boxes[$0] }
    let count = Double(boxes.count)
    let unitX = boxes.reduce(0) { $0 + $1.half * 2 } / count + Self.nodeGap
    let unitY = boxes.reduce(0) { $0 + $1.up + $1.down } / count + Self.nodeGap
    var local = localPlaces(of: cluster)
    if clusters.count == 1 || Double(cluster.members.count) > 0.7 * Double(points.count) {
      local = turned(local, toward: problem.pageWidth / problem.pageHeight * unitY / unitX)
    }
    var arrangements: [Cluster.Arrangement] = []
    for variant in 0..<(boxes.count > 1 ? 8 : 1) {
      var places = local.map { p in
        let q = variant & 4 == 0 ? p : Point(x: p.y, y: p.x)
        return Point(
          x: q.x * unitX * (variant & 1 == 0 ? 1 : -1), y: q.y * unitY * (variant & 2 == 0 ? 1 : -1))
      }
      OverlapRemoval.separate(&places, boxes: boxes, gap: Self.nodeGap)
      arrangements.append(
        cluster.arrange(
          places, boxes: problem.boxes, padding: Self.padding + Self.regionGap / 2))
    }
    clusters[index].arrangements = arrangements
  }

  private func localPlaces(of cluster: Cluster) -> [Point] {
    let members = cluster.members
    let inner = problem.edges.filter { isInside($0) && clusterOf[$0.0] == clusterOf[members[0]] }
      .map { (slotOf[$0.0], slotOf[$0.1]) }
    let hops = HopDistances(count: members.count, edges: inner) { _, _ in 1 }
    var stress = Stress(count: members.count)
    let count = members.count
    let stride = max(1, count * count / 1_200_000)
    for i in Swift.stride(from: 0, to: count, by: stride) {
      let distances = hops.from(i)
      for j in 0..<count where j > i || (stride > 1 && j % stride != 0) {
        let hop = distances[j] < 0 ? 2.4 : Double(distances[j])
        stress.want(i, j, apart: hop)
      }
    }
    // The neighbourhood of the whole is the start, so that ties between clusters are respected.
    var middle = Point(x: 0, y: 0)
    for member in members { middle = middle + global[member] }
    middle = middle * (1 / Double(count))
    var places = members.map { global[$0] - middle }
    stress.relax(&places, seed: 2)
    return places
  }

  // Turns places so that their extent comes nearest to a shape, then stretches a little.
  private func turned(_ places: [Point], toward aspect: Double) -> [Point] {
    var best = places
    var least = Double.infinity
    for step in -8...8 {
      // A rotation by the half-angle formula needs no sine: t is the tangent of half the angle.
      let t = Double(step) / 8
      let cosine = (1 - t * t) / (1 + t * t)
      let sine = 2 * t / (1 + t * t)
      let candidate = places.map { p in
        Point(x: p.x * cosine - p.y * sine, y: p.x * sine + p.y * cosine)
      }
      let xs = candidate.map(\.x)
      let ys = candidate.map(\.y)
      let width = (xs.max() ?? 0) - (xs.min() ?? 0) + 1
      let height = (ys.max() ?? 0) - (ys.min() ?? 0) + 1
      let misfit = max(width / height / aspect, aspect * height / width)
      if misfit < least {
        least = misfit
        let stretch = min(1.5, misfit)
        let isNarrow = width / height < aspect
        best = candidate.map { p in
          isNarrow ? Point(x: p.x * stretch, y: p.y) : Point(x: p.x, y: p.y * stretch)
        }
      }
    }
    return best
  }

  private func grids(of cluster: Cluster) -> [Cluster.Arrangement] {
    let boxes = cluster.members.map { problem.boxes[$0] }
    let cellX = (boxes.map { $0.half * 2 }.max() ?? 0) + Self.nodeGap
    let cellY = (boxes.map { $0.up + $0.down }.max() ?? 0) + Self.nodeGap
    let up = boxes.map(\.up).max() ?? 0
    var arrangements: [Cluster.Arrangement] = []
    var columnsSeen: Set<Int> = []
    for rows in 1...max(1, min(40, boxes.count)) {
      let columns = (boxes.count + rows - 1) / rows
      guard columnsSeen.insert(columns).inserted else { continue }
      let places = boxes.indices.map { i in
        Point(
          x: Double(i % columns) * cellX, y: Double(i / columns) * cellY + (boxes[i].up - up) * 0)
      }
      arrangements.append(
        cluster.arrange(
          places, boxes: problem.boxes, padding: Self.padding + Self.regionGap / 2))
    }
    return arrangements
  }

  private mutating func placeClusters() {
    let links = problem.edges.filter { !isInside($0) }.map { a, b in
      ClusterPlacement.Link(
        from: clusterOf[a], fromMember: slotOf[a], to: clusterOf[b], toMember: slotOf[b])
    }
    if clusters.count == 1 { return }
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
    guard problem.tries > 0 else { return }
    let start = Polish(
      points: points, boxes: problem.boxes, edges: problem.edges, clusterOf: clusterOf,
      members: clusters.map(\.members), regions: clusters.map(\.hull).map(shrunk),
      titles: clusters.map { $0.titleWidth > 0 ? $0.arrangement.title.moved(by: $0.origin) : $0.arrangement.title },
      gap: Self.nodeGap)
    points = Polish.improved(start, tries: problem.tries, seed: 3)
    // The regions may have become smaller: measure them again and close up.
    for i in clusters.indices {
      var places = clusters[i].members.map { points[$0] }
      if clusters[i].kind == .isolates { places = clusters[i].arrangement.places }
      let arrangement = clusters[i].arrange(
        places, boxes: problem.boxes, padding: Self.padding + Self.regionGap / 2)
      if clusters[i].kind != .isolates, let first = places.first, let moved = arrangement.places.first
      {
        clusters[i].origin = first - moved
      }
      clusters[i].arrangements = [arrangement]
      clusters[i].chosen = 0
    }
    if clusters.count > 1 {
      let links = problem.edges.filter { !isInside($0) }.map { a, b in
        ClusterPlacement.Link(
          from: clusterOf[a], fromMember: slotOf[a], to: clusterOf[b], toMember: slotOf[b])
      }
      var placement = ClusterPlacement(
        clusters: clusters, links: links, pageWidth: problem.pageWidth,
        pageHeight: problem.pageHeight)
      placement.separate()
      placement.improve(steps: [16, 6, 2], sweeps: 10)
      clusters = placement.clusters
    }
    readPoints()
  }

  // A region without its padding is where boxes may stand; the hull carries padding on every side.
  private func shrunk(_ hull: Hull) -> Hull {
    let margin = Self.padding + Self.regionGap / 2
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
    var bounds = clusters[0].hull.bounds
    for cluster in clusters { bounds = bounds.union(cluster.hull.bounds) }
    let across = problem.pageWidth / bounds.width
    let down = problem.pageHeight / bounds.height
    let scale = min(across, down)
    let stretchX = min(1.3, across / scale)
    let stretchY = min(1.3, down / scale)
    for i in points.indices {
      points[i] = Point(x: points[i].x * stretchX, y: points[i].y * stretchY)
    }
    for cluster in clusters {
      let places = cluster.members.map { points[$0] }
      var title = cluster.arrangement.title.moved(by: cluster.origin)
      let center = Point(x: title.center.x * stretchX, y: title.center.y * stretchY)
      title = title.moved(by: center - title.center)
      var corners: [Point] = []
      for (member, place) in zip(cluster.members, places) {
        corners += problem.boxes[member].rect(at: place).inset(by: -Self.padding).corners
      }
      if cluster.titleWidth > 0 { corners += title.inset(by: -Self.padding).corners }
      regions.append(
        Region(kind: cluster.kind, members: cluster.members, hull: Hull(of: corners), title: title))
    }
  }
}
