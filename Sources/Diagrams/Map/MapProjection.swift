// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// How the globe becomes a plane: one way for a region, another for the world.
///
/// A region is drawn with equal scale along its meridians and its middle parallel (equirectangular); the
/// world in the Equal Earth projection, in which areas keep their size.
///
/// - SeeAlso: Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949.
struct MapProjection: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case region, world }

  let kind: Kind
  /// The meridian in the middle, in degrees.
  let middle: Double
  /// The parallel that is true to scale, in degrees; 0 for the world.
  let parallel: Double

  /// The projection that suits some places.
  init(for places: [GeoPoint]) {
    // The middle of the narrowest span that holds all, which may lie across 180 degrees.
    let sorted = places.map(\.longitude).sorted()
    var widest = (gap: -1.0, after: 0)
    for (index, longitude) in sorted.enumerated() {
      let next = index + 1 < sorted.count ? sorted[index + 1] : (sorted.first ?? 0) + 360
      if next - longitude > widest.gap { widest = (next - longitude, index) }
    }
    let span = sorted.isEmpty ? 0 : 360 - widest.gap
    let west = sorted.isEmpty ? 0 : sorted[(widest.after + 1) % sorted.count]
    let latitudes = places.map(\.latitude)
    let (south, north) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
    kind = span > 120 || north - south > 100 ? .world : .region
    middle = Self.wrapped(west + span / 2)
    parallel = kind == .world ? 0 : max(-75, min(75, (south + north) / 2))
  }

  /// A longitude between −180 and 180 degrees.
  static func wrapped(_ longitude: Double) -> Double {
    var value = longitude.truncatingRemainder(dividingBy: 360)
    if value > 180 { value -= 360 }
    if value < -180 { value += 360 }
    return value
  }

  /// A longitude in degrees east of the middle meridian.
  func offset(_ longitude: Double) -> Double { Self.wrapped(longitude - middle) }

  /// The place of a point whose longitude is counted from the middle meridian; north is up, and a unit is
  /// a degree of latitude in the middle.
  func plane(offset: Double, latitude: Double) -> Point {
    switch kind {
    case .region: return Point(x: offset * cos(parallel * .pi / 180), y: -latitude)
    case .world:
      let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796)
      let theta = asin(3.0.squareRoot() / 2 * sin(latitude * .pi / 180))
      let square = theta * theta
      let six = square * square * square
      let x =
        2 * 3.0.squareRoot() * (offset * .pi / 180) * cos(theta)
        / (3 * (9 * a4 * six * square + 7 * a3 * six + 3 * a2 * square + a1))
      let y = theta * (a1 + a2 * square + six * (a3 + a4 * square))
      return Point(x: x * 180 / .pi, y: -y * 180 / .pi)
    }
  }

  /// The shortest way over the globe between two places, as points with longitudes from the middle
  /// meridian; parted where it leaves the map on one side and comes back on the other.
  func greatCircle(_ a: GeoPoint, _ b: GeoPoint) -> [[Point]] {
    func vector(_ p: GeoPoint) -> (x: Double, y: Double, z: Double) {
      let (u, v) = (p.longitude * .pi / 180, p.latitude * .pi / 180)
      return (cos(v) * cos(u), cos(v) * sin(u), sin(v))
    }
    let (p, q) = (vector(a), vector(b))
    let angle = acos(max(-1, min(1, p.x * q.x + p.y * q.y + p.z * q.z)))
    let count = max(2, Int(angle * 180 / .pi) + 2)
    var lines: [[Point]] = [[]]
    var last: Double?
    for step in 0...count {
      let t = Double(step) / Double(count)
      let (s, c) =
        angle < 1e-9
        ? (1 - t, t) : (sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle))
      let (x, y, z) = (s * p.x + c * q.x, s * p.y + c * q.y, s * p.z + c * q.z)
      let latitude = atan2(z, (x * x + y * y).squareRoot()) * 180 / .pi
      let offset = self.offset(atan2(y, x) * 180 / .pi)
      if let last, abs(offset - last) > 180 { lines.append([]) }
      last = offset
      lines[lines.count - 1].append(plane(offset: offset, latitude: latitude))
    }
    return lines.filter { $0.count > 1 }
  }

  /// The words for the foot of the map.
  var words: String {
    switch kind {
    case .region:
      "Equirectangular projection, true to scale along meridians and along \(decimal(abs(parallel)))° "
        + (parallel < 0 ? "south." : "north.")
    case .world: "Equal Earth projection: areas keep their size, distances do not."
    }
  }
}

/// The cutting of lines and areas at the edge of a rectangle.
enum MapClip {
  /// The corners of what of an area lies in a rectangle (Sutherland and Hodgman 1974).
  static func area(_ corners: [Point], to box: Rect) -> [Point] {
    var points = corners
    let sides: [(isIn: (Point) -> Bool, cut: (Point, Point) -> Point)] = [
      ({ $0.x >= box.minX }, { crossing($0, $1, x: box.minX) }),
      ({ $0.x <= box.maxX }, { crossing($0, $1, x: box.maxX) }),
      ({ $0.y >= box.minY }, { crossing($0, $1, y: box.minY) }),
      ({ $0.y <= box.maxY }, { crossing($0, $1, y: box.maxY) }),
    ]
    for side in sides {
      guard let end = points.last else { return [] }
      var kept: [Point] = []
      var before = end
      for point in points {
        if side.isIn(point) {
          if !side.isIn(before) { kept.append(side.cut(before, point)) }
          kept.append(point)
        } else if side.isIn(before) {
          kept.append(side.cut(before, point))
        }
        before = point
      }
      points = kept
    }
    return points
  }

  /// What of a line lies in a rectangle, as lines (Liang and Barsky 1984).
  static func line(_ points: [Point], to box: Rect) -> [[Point]] {
    var lines: [[Point]] = []
    for (a, b) in zip(points, points.dropFirst()) {
      var (from, to) = (0.0, 1.0)
      let d = b - a
      var isOut = false
      for (step, room) in [
        (-d.x, a.x - box.minX), (d.x, box.maxX - a.x), (-d.y, a.y - box.minY),
        (d.y, box.maxY - a.y),
      ] {
        if step == 0 {
          if room < 0 { isOut = true }
        } else if step < 0 {
          from = max(from, room / step)
        } else {
          to = min(to, room / step)
        }
      }
      if isOut || from > to { continue }
      let (start, end) = (a + d * from, a + d * to)
      if let last = lines.last?.last, last.distance(to: start) < 1e-9 {
        lines[lines.count - 1].append(end)
      } else {
        lines.append([start, end])
      }
    }
    return lines
  }

  private static func crossing(_ a: Point, _ b: Point, x: Double) -> Point {
    Point(x: x, y: a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x))
  }

  private static func crossing(_ a: Point, _ b: Point, y: Double) -> Point {
    Point(x: a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y: y)
  }
}
