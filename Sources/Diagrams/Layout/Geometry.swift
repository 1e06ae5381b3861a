// SPDX-License-Identifier: Apache-2.0

/// A rectangle with its sides along the axes.
struct Rect: Hashable, Sendable {
  var minX: Double
  var minY: Double
  var maxX: Double
  var maxY: Double

  var width: Double { maxX - minX }
  var height: Double { maxY - minY }
  var center: Point { Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }
  var corners: [Point] {
    [
      Point(x: minX, y: minY), Point(x: maxX, y: minY), Point(x: maxX, y: maxY),
      Point(x: minX, y: maxY),
    ]
  }

  func inset(by margin: Double) -> Rect {
    Rect(minX: minX + margin, minY: minY + margin, maxX: maxX - margin, maxY: maxY - margin)
  }
  func moved(by offset: Point) -> Rect {
    Rect(
      minX: minX + offset.x, minY: minY + offset.y, maxX: maxX + offset.x, maxY: maxY + offset.y)
  }
  func intersects(_ other: Rect) -> Bool {
    minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
  }
  /// Whether another lies inside, its edge included.
  func contains(_ other: Rect) -> Bool {
    minX <= other.minX && other.maxX <= maxX && minY <= other.minY && other.maxY <= maxY
  }
  func union(_ other: Rect) -> Rect {
    Rect(
      minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX),
      maxY: max(maxY, other.maxY))
  }

  /// Whether a straight line between two points touches the rectangle (clipping by slabs).
  func isTouched(from a: Point, to b: Point) -> Bool {
    if max(a.x, b.x) < minX || min(a.x, b.x) > maxX || max(a.y, b.y) < minY || min(a.y, b.y) > maxY
    {
      return false
    }
    var near = 0.0
    var far = 1.0
    let dx = b.x - a.x
    let dy = b.y - a.y
    if dx != 0 {
      let t1 = (minX - a.x) / dx
      let t2 = (maxX - a.x) / dx
      near = max(near, min(t1, t2))
      far = min(far, max(t1, t2))
    }
    if dy != 0 {
      let t1 = (minY - a.y) / dy
      let t2 = (maxY - a.y) / dy
      near = max(near, min(t1, t2))
      far = min(far, max(t1, t2))
    }
    return near <= far
  }
}

/// The room a node takes, measured from the centre of its icon.
struct NodeBox: Hashable, Sendable {
  /// The radius of the icon.
  var radius: Double
  /// Half the width of icon and label, whichever is wider.
  var half: Double
  /// From the centre up to the top.
  var up: Double
  /// From the centre down to the foot of the label.
  var down: Double

  func rect(at point: Point) -> Rect {
    Rect(minX: point.x - half, minY: point.y - up, maxX: point.x + half, maxY: point.y + down)
  }

  /// The part below the icon, where the label stands.
  func labelRect(at point: Point) -> Rect {
    Rect(
      minX: point.x - half, minY: point.y + radius, maxX: point.x + half, maxY: point.y + down)
  }
}

/// Whether two straight lines cross between their ends.
func crosses(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
  if max(a.x, b.x) < min(c.x, d.x) || max(c.x, d.x) < min(a.x, b.x) || max(a.y, b.y) < min(c.y, d.y)
    || max(c.y, d.y) < min(a.y, b.y)
  {
    return false
  }
  func side(_ p: Point, _ q: Point, _ r: Point) -> Double {
    (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
  }
  let s1 = side(a, b, c)
  let s2 = side(a, b, d)
  let s3 = side(c, d, a)
  let s4 = side(c, d, b)
  return (s1 > 0) != (s2 > 0) && (s3 > 0) != (s4 > 0)
}

/// The distance of a point from a straight line between two points, squared.
func squaredDistance(of p: Point, from a: Point, to b: Point) -> Double {
  let dx = b.x - a.x
  let dy = b.y - a.y
  let square = dx * dx + dy * dy
  var t = square > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0
  t = min(1, max(0, t))
  let ex = p.x - (a.x + t * dx)
  let ey = p.y - (a.y + t * dy)
  return ex * ex + ey * ey
}

/// A convex polygon, its corners in order around it.
struct Hull: Hashable, Sendable {
  var corners: [Point]
  var bounds: Rect

  /// The convex hull of points (Andrew's monotone chain, 1979, doi:10.1016/0020-0190(79)90072-3).
  init(of points: [Point]) {
    let sorted = points.sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    func half(_ points: some Sequence<Point>) -> [Point] {
      var chain: [Point] = []
      for p in points {
        while chain.count >= 2 {
          let a = chain[chain.count - 2]
          let b = chain[chain.count - 1]
          if (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0 { break }
          chain.removeLast()
        }
        chain.append(p)
      }
      return Array(chain.dropLast())
    }
    let corners = half(sorted) + half(sorted.reversed())
    self.init(corners: corners.isEmpty ? Array(sorted.prefix(1)) : corners)
  }

  init(corners: [Point]) {
    self.corners = corners
    var bounds = Rect(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
    for p in corners {
      bounds = bounds.union(Rect(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y))
    }
    self.bounds = bounds
  }

  func moved(by offset: Point) -> Hull {
    var copy = self
    for i in copy.corners.indices { copy.corners[i] = copy.corners[i] + offset }
    copy.bounds = bounds.moved(by: offset)
    return copy
  }

  /// Whether a rectangle lies inside, its edge included.
  func contains(_ rect: Rect) -> Bool {
    for (a, b) in sides {
      // The corner farthest out against this side decides.
      let nx = b.y - a.y
      let ny = a.x - b.x
      let x = nx > 0 ? rect.maxX : rect.minX
      let y = ny > 0 ? rect.maxY : rect.minY
      if (x - a.x) * nx + (y - a.y) * ny > 1e-9 { return false }
    }
    return true
  }

  /// Whether a straight line between two points passes through.
  func isTouched(from a: Point, to b: Point) -> Bool {
    guard bounds.isTouched(from: a, to: b) else { return false }
    return sides.contains { crosses(a, b, $0, $1) }
  }

  private var sides: [(Point, Point)] {
    corners.indices.map { (corners[$0], corners[$0 + 1 == corners.count ? 0 : $0 + 1]) }
  }

  /// The shortest move that takes `other` out of this polygon, or nil where they are apart.
  ///
  /// By the separating axis theorem: two convex polygons are apart if and only if the normal of some
  /// side separates them.
  func separation(from other: Hull) -> Point? {
    guard bounds.intersects(other.bounds) else { return nil }
    var best = Point(x: 0, y: 0)
    var least = Double.infinity
    for (polygon, sign) in [(self, 1.0), (other, -1.0)] {
      let count = polygon.corners.count
      for i in 0..<count {
        let a = polygon.corners[i]
        let b = polygon.corners[i + 1 == count ? 0 : i + 1]
        let length = a.distance(to: b)
        guard length > 0 else { continue }
        // Outward from the polygon the side belongs to.
        let nx = (b.y - a.y) / length
        let ny = (a.x - b.x) / length
        let edge = a.x * nx + a.y * ny
        var inner = Double.infinity
        let against = sign > 0 ? other : self
        for p in against.corners { inner = min(inner, p.x * nx + p.y * ny) }
        let depth = edge - inner
        if depth <= 0 { return nil }
        if depth < least {
          least = depth
          best = Point(x: nx * depth * sign, y: ny * depth * sign)
        }
      }
    }
    return best
  }
}
