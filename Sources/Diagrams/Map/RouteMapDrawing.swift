// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A map with everything at its place.
struct RouteMapDrawing: Sendable {
  static let meaning =
    "A line is the shortest way over the globe between two places, not the way that was taken."
  private static let sea = Color(0xEAF1F6)
  private static let land = Color(0xFBFAF5)
  private static let coast = Color(0x8C9AA6)
  private static let border = Color(0xD5D2C8)
  private static let grid = Color(0xD3DEE6)
  private static let route = Palette.groups[1]
  private static let sign = Palette.groups[0]
  // Beyond this many names a page is a list.
  private static let mostNames = 70

  let map: RouteMap
  let furniture: PageFurniture
  let projection: MapProjection
  /// The part of the page that the map fills.
  let frame: Rect
  /// The middle of each place on the page.
  let points: [Point]
  /// The room of the name of each place; nil where it found none.
  let names: [Rect?]
  private let view: Rect
  private let scale: Double
  private let unit: Double

  init(_ map: RouteMap) {
    self.map = map
    projection = MapProjection(for: map.places.map(\.point))
    furniture = map.frame.furniture(
      legend: Self.legend(map), meaning: Self.meaning, omissions: [Coastline.source])
    unit = furniture.unit
    let content = furniture.content
    let frame = Rect(
      minX: content.minX + 2 * unit, minY: content.minY + 4 * unit, maxX: content.maxX - 2 * unit,
      maxY: content.maxY - 4 * unit)
    self.frame = frame
    let projection = projection
    let plane = map.places.map {
      projection.plane(offset: projection.offset($0.longitude), latitude: $0.latitude)
    }
    let view = Self.view(plane, map, projection, aspect: frame.width / frame.height)
    self.view = view
    let scale = frame.width / view.width
    self.scale = scale
    points = plane.map { Self.onPage($0, view, frame, scale) }
    names = Self.placeNames(map, points, frame, unit)
  }

  // MARK: The view

  // The part of the plane that is shown: all places and routes with a margin, in the form of the page.
  private static func view(
    _ plane: [Point], _ map: RouteMap, _ projection: MapProjection, aspect: Double
  ) -> Rect {
    if projection.kind == .world {
      let (right, top) = (
        projection.plane(offset: 180, latitude: 0).x, projection.plane(offset: 0, latitude: 84).y
      )
      let bottom = projection.plane(offset: 0, latitude: -60).y
      return fitted(Rect(minX: -right, minY: top, maxX: right, maxY: bottom), aspect)
    }
    var all = plane
    for route in map.routes {
      all += projection.greatCircle(map.places[route.from].point, map.places[route.to].point)
        .flatMap(\.self)
    }
    let xs = all.map(\.x)
    let ys = all.map(\.y)
    var box = Rect(
      minX: xs.min() ?? -90, minY: ys.min() ?? -60, maxX: xs.max() ?? 90, maxY: ys.max() ?? 60)
    let margin = max(0.14 * max(box.width, box.height), 1.5)
    box = Rect(
      minX: box.minX - margin, minY: max(-90, box.minY - margin), maxX: box.maxX + margin,
      maxY: min(90, box.maxY + margin))
    return fitted(box, aspect)
  }

  private static func fitted(_ box: Rect, _ aspect: Double) -> Rect {
    let width = max(box.width, box.height * aspect)
    let height = max(box.height, box.width / aspect)
    let middle = box.center
    return Rect(
      minX: middle.x - width / 2, minY: middle.y - height / 2, maxX: middle.x + width / 2,
      maxY: middle.y + height / 2)
  }

  private static func onPage(_ point: Point, _ view: Rect, _ frame: Rect, _ scale: Double) -> Point
  {
    Point(
      x: frame.minX + (point.x - view.minX) * scale, y: frame.minY + (point.y - view.minY) * scale)
  }

  private func onPage(_ point: Point) -> Point { Self.onPage(point, view, frame, scale) }

  // MARK: Names

  private static func radius(_ place: RouteMap.Place, _ map: RouteMap, _ unit: Double) -> Double {
    let largest = Double(map.places.map(\.count).max() ?? 1)
    return (2.2 + 3.4 * (Double(max(1, place.count)) / max(1, largest)).squareRoot()) * unit
  }

  // Names beside their places, the most important first, off each other and off every sign.
  private static func placeNames(
    _ map: RouteMap, _ points: [Point], _ frame: Rect, _ unit: Double
  ) -> [Rect?] {
    var placed: [Rect] = []
    var rects = [Rect?](repeating: nil, count: points.count)
    let signs = map.places.indices.map { index in
      let r = radius(map.places[index], map, unit)
      return Rect(
        minX: points[index].x - r, minY: points[index].y - r, maxX: points[index].x + r,
        maxY: points[index].y + r)
    }
    let order = map.places.indices.sorted {
      (map.places[$1].count, $0) < (map.places[$0].count, $1)
    }
    for index in order.prefix(mostNames) {
      let size = nameSize * unit
      let width = TextMetrics.width(map.places[index].label, size: size) + 2 * unit
      let (r, height) = (signs[index].width / 2 + 2 * unit, size * 1.2)
      let p = points[index]
      let offsets = [
        (r, -height / 2), (-r - width, -height / 2), (-width / 2, -r - height), (-width / 2, r),
        (r * 0.7, -r - height * 0.7), (-r * 0.7 - width, -r - height * 0.7),
        (r * 0.7, r - height * 0.3), (-r * 0.7 - width, r - height * 0.3),
      ]
      for (dx, dy) in offsets {
        let rect = Rect(
          minX: p.x + dx, minY: p.y + dy, maxX: p.x + dx + width, maxY: p.y + dy + height)
        let isFree =
          frame.contains(rect) && !placed.contains(where: rect.intersects)
          && !signs.indices.contains { $0 != index && rect.intersects(signs[$0]) }
        if isFree {
          rects[index] = rect
          placed.append(rect)
          break
        }
      }
    }
    return rects
  }

  private static let nameSize = 8.5

  // MARK: Marks

  private static func legend(_ map: RouteMap) -> [LegendItem] {
    var items: [LegendItem] = []
    if !map.places.isEmpty {
      items.append(
        LegendItem(sample: .picture(.place), text: "place, by its number of \(map.unit)"))
    }
    items += CountedLine.legend(
      Set(map.routes.map(\.line)), counts: Set(map.routes.map(\.count)), unit: map.unit)
    if map.routes.contains(where: \.isDirected), map.routes.count <= 250 {
      items.append(LegendItem(sample: .arrow, text: "leads to"))
    }
    return items
  }

  /// What is not on the map, as sentences.
  var omissions: [String] {
    var sentences = [Coastline.source, projection.words]
    if !hasArrows, map.routes.contains(where: \.isDirected) {
      sentences.append("Arrows are left out where there are more than 250 routes.")
    }
    let unnamed = names.count { $0 == nil }
    if unnamed > 0 {
      sentences.append(
        "\(unnamed) of \(map.places.count) places found no room for their names.")
    }
    return sentences
  }

  /// The whole page.
  var drawing: Drawing {
    guard !map.places.isEmpty else {
      return map.frame.drawing(
        [
          .text(
            TextRun(
              text: "No place with coordinates in this view.", at: furniture.content.center,
              size: 14 * unit))
        ], furniture, omissions: [], summary: "Map without places.")
    }
    var marks: [Mark] = [
      .polygon(frame.corners, Paint(fill: Self.sea)),
      .group(kind: "land", id: nil, title: nil, land()),
      .group(kind: "graticule", id: nil, title: nil, graticule()),
      .group(kind: "coasts", id: nil, title: nil, coasts()),
    ]
    marks += routeMarks()
    marks += placeMarks()
    marks.append(.polygon(frame.corners, Paint(stroke: Self.coast, width: 0.8 * unit)))
    if let bar = scaleBar() { marks.append(.group(kind: "scale", id: nil, title: nil, bar)) }
    return map.frame.drawing(
      marks, furniture, omissions: omissions,
      summary: "Map of \(map.places.count) places and \(map.routes.count) routes.")
  }

  // Outlines are unrolled from the middle meridian, drawn beside themselves, and cut at the edge.
  private func land() -> [Mark] {
    Coastline.standard.coasts.flatMap { ring -> [Mark] in
      [-360.0, 0, 360].compactMap { turn in
        let window = Rect(minX: -180, minY: -90, maxX: 180, maxY: 90)
        let offsets = ring.map { Point(x: $0.longitude - projection.middle + turn, y: $0.latitude) }
        let inside = MapClip.area(offsets, to: window)
        if inside.count < 3 { return nil }
        let shown = MapClip.area(
          inside.map { projection.plane(offset: $0.x, latitude: $0.y) }, to: view)
        return shown.count < 3
          ? nil : .polygon(shown.map(onPage), Paint(fill: Self.land))
      }
    }
  }

  private func coasts() -> [Mark] {
    func lines(_ line: [GeoPoint], _ color: Color, _ width: Double) -> [Mark] {
      var pieces: [[Point]] = [[]]
      var last: (point: GeoPoint, offset: Double)?
      for point in line {
        let offset = projection.offset(point.longitude)
        if let last, abs(offset - last.offset) > 180 || Coastline.isCut(last.point, point) {
          pieces.append([])
        }
        pieces[pieces.count - 1].append(projection.plane(offset: offset, latitude: point.latitude))
        last = (point, offset)
      }
      return pieces.flatMap { MapClip.line($0, to: view) }.map {
        .polyline($0.map(onPage), Paint(stroke: color, width: width * unit))
      }
    }
    return Coastline.standard.borders.flatMap { lines($0, Self.border, 0.5) }
      + Coastline.standard.coasts.flatMap { lines($0, Self.coast, 0.6) }
  }

  private func graticule() -> [Mark] {
    let span = projection.kind == .world ? 180 : min(view.width, view.height)
    let step = [0.5, 1, 2, 5, 10, 15, 30].first { span / $0 <= 7 } ?? 30
    var marks: [Mark] = []
    func add(_ line: [Point], _ text: String, isMeridian: Bool) {
      for piece in MapClip.line(line, to: view) {
        let onPage = piece.map(self.onPage)
        marks.append(.polyline(onPage, Paint(stroke: Self.grid, width: 0.5 * unit)))
      }
      guard let end = MapClip.line(line, to: view).last?.map(self.onPage) else { return }
      let place =
        isMeridian
        ? end.max { $0.y < $1.y }.map { Point(x: $0.x + 2 * unit, y: $0.y - 3 * unit) }
        : end.min { $0.x < $1.x }.map { Point(x: $0.x + 3 * unit, y: $0.y - 2 * unit) }
      if let place, place.x < frame.maxX - 24 * unit, place.y > frame.minY + 8 * unit {
        marks.append(
          .text(
            TextRun(
              text: text, at: place, size: 6.5 * unit, anchor: .start, color: Palette.quietText)))
      }
    }
    for index in Int((-180 / step).rounded(.up))...Int((180 / step).rounded(.down)) {
      let longitude = Double(index) * step
      let offset = projection.offset(longitude)
      add(
        stride(from: -90.0, through: 90, by: 3).map {
          projection.plane(offset: offset, latitude: $0)
        },
        Self.degrees(longitude, "E", "W"), isMeridian: true)
    }
    for index in Int((-90 / step).rounded(.up))...Int((90 / step).rounded(.down)) {
      let latitude = Double(index) * step
      if abs(latitude) == 90 { continue }
      add(
        stride(from: -180.0, through: 180, by: 5).map {
          projection.plane(offset: $0, latitude: latitude)
        }, Self.degrees(latitude, "N", "S"), isMeridian: false)
    }
    return marks
  }

  private static func degrees(_ value: Double, _ above: String, _ below: String) -> String {
    let text = decimal(abs(value)) + "°"
    return value == 0 || abs(value) == 180 ? text : text + (value > 0 ? above : below)
  }

  // Beyond this many arrows nobody can tell which belongs to which line.
  private var hasArrows: Bool { map.routes.count <= 250 }

  private func routeMarks() -> [Mark] {
    let both = Set(map.routes.map { [$0.from, $0.to] })
    // Where hundreds of lines cross, each is faint, so that where many run shows.
    let strength = max(
      0.18, min(0.72, 0.72 * (120 / Double(max(1, map.routes.count))).squareRoot()))
    return map.routes.sorted { $0.count > $1.count }.flatMap { route -> [Mark] in
      let (a, b) = (map.places[route.from], map.places[route.to])
      let width = CountedLine.width(route.count, unit)
      let isPaired = both.contains([route.to, route.from])
      let title =
        "\(a.label) \(route.isDirected ? "to" : "and") \(b.label): \(route.count) \(map.unit)"
        + (route.detail.isEmpty ? "" : "\n" + route.detail)
      guard route.from != route.to else { return [] }
      var inner: [Mark] = []
      let lines = projection.greatCircle(a.point, b.point)
      for line in lines {
        var points = line.map(onPage)
        // The way back runs beside the way there.
        if isPaired, lines.count == 1 { points = Self.bent(points, by: 5 * unit) }
        for piece in MapClip.line(points, to: frame) {
          inner.append(
            .polyline(
              piece,
              Paint(stroke: Self.route.withAlpha(strength), width: width, dash: route.line.dash))
          )
        }
        if route.isDirected, points.count > 2, hasArrows {
          let place = min(points.count - 1, max(1, points.count * 3 / 5))
          inner.append(
            Arrowhead.mark(
              tip: points[place], from: points[place - 1], width: width + 1.2 * unit, scale: unit,
              color: Self.route))
        }
      }
      return [.group(kind: "route", id: nil, title: title, inner)]
    }
  }

  // A line pushed to its right, most in the middle.
  private static func bent(_ points: [Point], by reach: Double) -> [Point] {
    guard let first = points.first, let last = points.last, first.distance(to: last) > 0 else {
      return points
    }
    let along = (last - first) * (1 / first.distance(to: last))
    let across = Point(x: -along.y, y: along.x)
    return points.enumerated().map { index, point in
      let t = Double(index) / Double(max(1, points.count - 1))
      return point + across * (reach * 4 * t * (1 - t))
    }
  }

  private func placeMarks() -> [Mark] {
    map.places.indices.map { index in
      let place = map.places[index]
      let r = Self.radius(place, map, unit)
      var inner: [Mark] = [
        .ellipse(
          center: points[index], rx: r, ry: r,
          Paint(fill: Self.sign, stroke: .white, width: 0.8 * unit))
      ]
      if let rect = names[index] {
        let size = Self.nameSize * unit
        inner.append(.polygon(rect.corners, Paint(fill: Color.white.withAlpha(0.7))))
        inner.append(
          .text(
            TextRun(
              text: place.label, at: Point(x: rect.center.x, y: rect.maxY - size * 0.28), size: size
            )))
      }
      return .group(
        kind: "place", id: nil,
        title:
          "\(place.label)\n\(decimal(place.latitude)), \(decimal(place.longitude)); \(place.count) \(map.unit)",
        data: ["id": place.id], inner)
    }
  }

  // A bar of a round number of kilometres, where one scale holds for the whole map.
  private func scaleBar() -> [Mark]? {
    guard projection.kind == .region, view.height < 40 else { return nil }
    let kilometres = 111.2 * view.width / 5
    let power = pow(10, floor(log10(kilometres)))
    let length = [5.0, 2, 1].map { $0 * power }.first { $0 <= kilometres } ?? power
    let width = length / 111.2 * scale
    let right = Point(x: frame.maxX - 14 * unit, y: frame.maxY - 14 * unit)
    let left = Point(x: right.x - width, y: right.y)
    let paint = Paint(stroke: Palette.text, width: 1.2 * unit)
    return [
      .polyline([left, right], paint),
      .polyline([left, Point(x: left.x, y: left.y - 4 * unit)], paint),
      .polyline([right, Point(x: right.x, y: right.y - 4 * unit)], paint),
      .text(
        TextRun(
          text: "\(decimal(length)) km",
          at: Point(x: (left.x + right.x) / 2, y: right.y - 5 * unit),
          size: 7.5 * unit)),
    ]
  }
}
