// SPDX-License-Identifier: Apache-2.0

/// Presses a finished layout into a smaller page, so that it can be drawn larger.
///
/// The page is made smaller step by step. After each step nodes, names of regions and whole regions push
/// one another aside, and the sides of the page push back, until nothing overlaps; what is pressed
/// flows into the corners that stood empty. The first page that is too small ends it.
struct Squeeze {
  /// The places of the nodes, then of the name of each cluster.
  private(set) var points: [Point]
  private let boxes: [NodeBox]
  private let clusters: [Cluster]
  /// The bodies of each cluster, its name among them where it has one.
  private let bodies: [[Int]]
  private let clusterOf: [Int]
  private let nodeCount: Int
  private let gap: Double
  private let padding: Double
  private let margin: Double

  /// How much may still overlap, in points; the gaps are wider.
  private static let tolerance = 0.4
  /// How far below the highest icon of its region a name may begin.
  private static let titleSlack = 8.0

  init(
    points: [Point], titles: [Rect], boxes: [NodeBox], clusters: [Cluster], gap: Double,
    padding: Double, regionGap: Double
  ) {
    nodeCount = points.count
    self.clusters = clusters
    self.gap = gap
    self.padding = padding
    margin = padding + regionGap / 2
    var clusterOf = [Int](repeating: 0, count: points.count + clusters.count)
    var bodies: [[Int]] = []
    for (index, cluster) in clusters.enumerated() {
      let title = nodeCount + index
      bodies.append(cluster.members + (cluster.titleWidth > 0 ? [title] : []))
      for body in bodies[index] { clusterOf[body] = index }
    }
    self.bodies = bodies
    self.clusterOf = clusterOf
    self.points = points + titles.map(\.center)
    self.boxes =
      boxes
      + titles.map {
        NodeBox(radius: 0, half: $0.width / 2, up: $0.height / 2, down: $0.height / 2)
      }
  }

  /// The place of a cluster's name.
  func title(of cluster: Int) -> Rect {
    let body = nodeCount + cluster
    return boxes[body].rect(at: points[body])
  }

  /// Presses the layout until a page of this shape holds it at `largest`, or as near as can be.
  ///
  /// - Parameters:
  ///   - width: The width of the page.
  ///   - height: The height of the page.
  ///   - largest: The scale beyond which there is no need to go.
  ///   - rounds: How often all may push one another for one size of the page.
  mutating func press(width: Double, height: Double, largest: Double, rounds: Int) {
    var bounds = self.bounds
    var scale = min(width / bounds.width, height / bounds.height)
    var step = 0.08
    while scale < largest, step > 0.012 {
      let next = min(largest, scale * (1 + step))
      let before = points
      let page = Rect(minX: 0, minY: 0, maxX: width / next, maxY: height / next)
      map(from: bounds, to: page)
      if settle(on: page, rounds: rounds) {
        scale = next
        bounds = self.bounds
      } else {
        points = before
        step /= 2
      }
    }
  }

  private var bounds: Rect {
    var result: Rect?
    for bodies in bodies {
      for body in bodies {
        let rect = boxes[body].rect(at: points[body]).inset(by: -padding)
        result = result?.union(rect) ?? rect
      }
    }
    return result ?? Rect(minX: 0, minY: 0, maxX: 1, maxY: 1)
  }

  private mutating func map(from old: Rect, to new: Rect) {
    let kx = new.width / old.width
    let ky = new.height / old.height
    func place(_ p: Point) -> Point {
      Point(x: new.minX + (p.x - old.minX) * kx, y: new.minY + (p.y - old.minY) * ky)
    }
    for (index, cluster) in clusters.enumerated() {
      if cluster.kind == .isolates {
        // Rows stay rows: the block moves as one.
        let middle = hull(of: index).bounds.center
        shift(index, by: place(middle) - middle)
      } else {
        for body in bodies[index] { points[body] = place(points[body]) }
      }
    }
  }

  private mutating func shift(_ cluster: Int, by offset: Point) {
    for body in bodies[cluster] { points[body] = points[body] + offset }
  }

  private func hull(of cluster: Int) -> Hull {
    var corners: [Point] = []
    corners.reserveCapacity(4 * bodies[cluster].count)
    for body in bodies[cluster] {
      let rect = boxes[body].rect(at: points[body]).inset(by: -margin)
      corners.append(Point(x: rect.minX, y: rect.minY))
      corners.append(Point(x: rect.maxX, y: rect.minY))
      corners.append(Point(x: rect.maxX, y: rect.maxY))
      corners.append(Point(x: rect.minX, y: rect.maxY))
    }
    return clusters[cluster].region(around: corners)
  }

  // Ends early where the rounds no longer help.
  private mutating func settle(on page: Rect, rounds: Int) -> Bool {
    var order = bodies.flatMap { $0 }
    var least = Double.infinity
    var before = Double.infinity
    for round in 1...max(1, rounds) {
      var worst = separateBodies(&order)
      worst = max(worst, raiseTitles())
      worst = max(worst, separateRegions())
      worst = max(worst, keep(on: page))
      if worst < Self.tolerance { return true }
      least = min(least, worst)
      guard round % 120 == 0 else { continue }
      if least > 0.95 * before { return false }
      before = least
      least = .infinity
    }
    return false
  }

  private mutating func separateBodies(_ order: inout [Int]) -> Double {
    order.sort { points[$0].x != points[$1].x ? points[$0].x < points[$1].x : $0 < $1 }
    var widest = 0.0
    for body in order { widest = max(widest, boxes[body].half) }
    var worst = 0.0
    for (at, i) in order.enumerated() {
      var next = at + 1
      while next < order.count {
        let j = order[next]
        next += 1
        let dx = points[j].x - points[i].x
        if dx > boxes[i].half + widest + gap + 20 { break }
        if clusterOf[i] == clusterOf[j], clusters[clusterOf[i]].kind == .isolates { continue }
        let a = boxes[i]
        let b = boxes[j]
        let overX = a.half + b.half + gap - abs(dx)
        guard overX > 0 else { continue }
        let dy = points[j].y + (b.down - b.up) / 2 - points[i].y - (a.down - a.up) / 2
        let overY = (a.up + a.down + b.up + b.down) / 2 + gap - abs(dy)
        guard overY > 0 else { continue }
        worst = max(worst, min(overX, overY))
        if overX < overY {
          let move = overX / 2 * (dx < 0 ? -1 : 1)
          points[i].x -= move
          points[j].x += move
        } else {
          let move = overY / 2 * (dy < 0 ? -1 : 1)
          points[i].y -= move
          points[j].y += move
        }
      }
    }
    return worst
  }

  // A name stands at the top of its region: it rises and what is higher makes way.
  private mutating func raiseTitles() -> Double {
    var worst = 0.0
    for (index, cluster) in clusters.enumerated()
    where cluster.titleWidth > 0 && cluster.kind != .isolates {
      let title = nodeCount + index
      let top = points[title].y - boxes[title].up - Self.titleSlack
      var highest = Double.infinity
      for member in cluster.members { highest = min(highest, points[member].y - boxes[member].up) }
      guard highest < top else { continue }
      let over = top - highest
      worst = max(worst, over)
      points[title].y -= over / 2
      for member in cluster.members {
        let excess = top - (points[member].y - boxes[member].up)
        if excess > 0 { points[member].y += excess / 2 }
      }
    }
    return worst
  }

  // Between two regions that overlap a line is drawn across the shorter way out; what lies beyond it is
  // pushed back, and both regions a little as a whole.
  private mutating func separateRegions() -> Double {
    guard clusters.count > 1 else { return 0 }
    var worst = 0.0
    let hulls = clusters.indices.map(hull)
    for i in hulls.indices {
      for j in hulls.indices where j > i {
        guard let move = hulls[i].separation(from: hulls[j]) else { continue }
        let depth = move.length
        guard depth > 1e-9 else { continue }
        worst = max(worst, depth)
        let normal = move * (1 / depth)
        var edge = -Double.infinity
        for corner in hulls[i].corners { edge = max(edge, dot(corner, normal)) }
        let middle = edge - depth / 2
        push(i, behind: middle, normal: normal, depth: depth)
        push(j, behind: -middle, normal: normal * -1, depth: depth)
      }
    }
    return worst
  }

  private func dot(_ a: Point, _ b: Point) -> Double { a.x * b.x + a.y * b.y }

  private mutating func push(_ cluster: Int, behind line: Double, normal: Point, depth: Double) {
    if clusters[cluster].kind == .isolates {
      shift(cluster, by: normal * (-depth / 2))
      return
    }
    shift(cluster, by: normal * (-0.1 * depth))
    for body in bodies[cluster] {
      let rect = boxes[body].rect(at: points[body]).inset(by: -margin)
      let far = Point(
        x: normal.x > 0 ? rect.maxX : rect.minX, y: normal.y > 0 ? rect.maxY : rect.minY)
      let excess = dot(far, normal) - line
      if excess > 0 { points[body] = points[body] + normal * -excess }
    }
  }

  private mutating func keep(on page: Rect) -> Double {
    var worst = 0.0
    for (index, cluster) in clusters.enumerated() {
      var whole = Point(x: 0, y: 0)
      for body in bodies[index] {
        let rect = boxes[body].rect(at: points[body]).inset(by: -padding)
        let back = Point(
          x: max(0, page.minX - rect.minX) - max(0, rect.maxX - page.maxX),
          y: max(0, page.minY - rect.minY) - max(0, rect.maxY - page.maxY))
        worst = max(worst, abs(back.x), abs(back.y))
        if cluster.kind == .isolates {
          if abs(back.x) > abs(whole.x) { whole.x = back.x }
          if abs(back.y) > abs(whole.y) { whole.y = back.y }
        } else {
          points[body] = points[body] + back
        }
      }
      if cluster.kind == .isolates { shift(index, by: whole) }
    }
    return worst
  }
}
