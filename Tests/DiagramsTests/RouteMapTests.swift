// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Diagrams

/// Maps: the coast, the projections, and what is drawn where.
struct RouteMapTests {
  private func map(_ places: [(String, Double, Double)], _ routes: [(Int, Int)] = []) -> RouteMap {
    var map = RouteMap(frame: PictureFrame(title: "t"))
    map.places = places.map { name, latitude, longitude in
      RouteMap.Place(id: name, label: name, latitude: latitude, longitude: longitude)
    }
    map.routes = routes.map { RouteMap.Route(from: $0.0, to: $0.1) }
    return map
  }

  @Test func `the coast is whole and lies on the globe`() {
    let coast = Coastline.standard
    #expect(coast.coasts.count > 100 && coast.borders.count > 300)
    for ring in coast.coasts {
      #expect(ring.count > 3)
      // Every outline comes back to where it began.
      #expect(abs(ring[0].longitude - ring[ring.count - 1].longitude) < 0.02)
      #expect(abs(ring[0].latitude - ring[ring.count - 1].latitude) < 0.02)
    }
    for point in (coast.coasts + coast.borders).flatMap(\.self) {
      #expect(abs(point.longitude) <= 180 && abs(point.latitude) <= 90)
    }
  }

  // Whether a place is on land: whether some outline goes round it.
  private func isLand(_ longitude: Double, _ latitude: Double) -> Bool {
    Coastline.standard.coasts.contains { ring in
      var isInside = false
      for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
        guard (a.latitude > latitude) != (b.latitude > latitude) else { continue }
        let x =
          a.longitude + (b.longitude - a.longitude) * (latitude - a.latitude)
          / (b.latitude - a.latitude)
        if x > longitude { isInside.toggle() }
      }
      return isInside
    }
  }

  @Test func `cities stand on land and oceans are sea`() {
    for (longitude, latitude) in [
      (2.35, 48.85), (-99.1, 19.4), (36.8, -1.3), (139.5, 36.0), (134.0, -25.0), (-47.9, -15.8),
      (100.0, 60.0), (0.0, -85.0),
    ] { #expect(isLand(longitude, latitude), "\(longitude) \(latitude)") }
    for (longitude, latitude) in [
      (-30.0, 30.0), (-140.0, 0.0), (75.0, -20.0), (3.6, 54.0), (18.0, 34.5), (-179.0, 20.0),
    ] { #expect(!isLand(longitude, latitude), "\(longitude) \(latitude)") }
  }

  @Test func `a region across 180 degrees is one region`() {
    let projection = MapProjection(for: [
      GeoPoint(longitude: 174.8, latitude: -36.8), GeoPoint(longitude: -171.8, latitude: -13.8),
    ])
    #expect(projection.kind == .region)
    #expect(abs(projection.middle - -178.5) < 1e-9)
    #expect(abs(projection.offset(174.8) - -6.7) < 1e-9)
    #expect(abs(projection.offset(-171.8) - 6.7) < 1e-9)
    let world = MapProjection(for: [
      GeoPoint(longitude: -79, latitude: 4), GeoPoint(longitude: 3.6, latitude: 52),
      GeoPoint(longitude: 121, latitude: 31),
    ])
    #expect(world.kind == .world)
  }

  @Test func `Equal Earth has the size that its paper gives, and keeps areas`() {
    let world = MapProjection(for: [
      GeoPoint(longitude: -120, latitude: 0), GeoPoint(longitude: 0, latitude: 0),
      GeoPoint(longitude: 120, latitude: 0),
    ])
    #expect(world.kind == .world)
    let edge = world.plane(offset: 180, latitude: 0).x * .pi / 180
    let pole = -world.plane(offset: 0, latitude: 90).y * .pi / 180
    #expect(abs(edge - 2.706630) < 1e-5)
    #expect(abs(pole - 1.317363) < 1e-5)
    // A cell of the grid has the area of that cell on the globe, wherever it lies.
    for latitude in [0.0, 20, 40, 60, 75] {
      let h = 0.01
      let a = world.plane(offset: 30, latitude: latitude)
      let b = world.plane(offset: 30 + h, latitude: latitude)
      let c = world.plane(offset: 30, latitude: latitude + h)
      let drawn = abs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))
      let real = h * h * cos((latitude + h / 2) * .pi / 180)
      #expect(abs(drawn / real - 1) < 1e-3, "\(latitude)")
    }
  }

  @Test func `the shortest way from Europe to Japan leads over the north, and parts at the edge`() {
    let projection = MapProjection(for: [GeoPoint(longitude: 0, latitude: 0)])
    let way = projection.greatCircle(
      GeoPoint(longitude: 4, latitude: 52), GeoPoint(longitude: 140, latitude: 36))
    #expect(way.count == 1)
    #expect((way[0].map { -$0.y }.max() ?? 0) > 65)
    let across = projection.greatCircle(
      GeoPoint(longitude: 140, latitude: 36), GeoPoint(longitude: -122, latitude: 37))
    #expect(across.count == 2)
  }

  @Test func `areas and lines are cut at the edge`() {
    let box = Rect(minX: 0, minY: 0, maxX: 10, maxY: 10)
    let square = [
      Point(x: -5, y: -5), Point(x: 5, y: -5), Point(x: 5, y: 5), Point(x: -5, y: 5),
    ]
    let cut = MapClip.area(square, to: box)
    #expect(cut.allSatisfy { $0.x >= 0 && $0.y >= 0 && $0.x <= 5 && $0.y <= 5 })
    #expect(Set(cut).count == 4)
    #expect(MapClip.area(square.map { Point(x: $0.x + 30, y: $0.y) }, to: box).isEmpty)
    let lines = MapClip.line(
      [Point(x: -5, y: 5), Point(x: 5, y: 5), Point(x: 5, y: 20), Point(x: 8, y: 5)], to: box)
    #expect(lines.count == 2)
    #expect(lines[0] == [Point(x: 0, y: 5), Point(x: 5, y: 5), Point(x: 5, y: 10)])
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `names stand off each other, off signs and on the map`(_ seed: UInt64) {
    var state = seed
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    let places = (0..<40).map { ("Place number \($0)", 30 + 25 * next(), -10 + 45 * next()) }
    let drawing = RouteMapDrawing(map(places, (1..<40).map { ($0 - 1, $0) }))
    let named = drawing.names.compactMap(\.self)
    #expect(named.count >= 36)
    for (index, rect) in named.enumerated() {
      #expect(drawing.frame.contains(rect))
      #expect(!named[(index + 1)...].contains(where: rect.intersects))
    }
    for point in drawing.points {
      #expect(point.x > drawing.frame.minX && point.x < drawing.frame.maxX)
      #expect(point.y > drawing.frame.minY && point.y < drawing.frame.maxY)
    }
  }

  @Test func `one place, no place and places at one spot are drawn`() async throws {
    for places in [
      [], [("A", 0.0, 0.0)], [("A", 52.0, 4.0), ("B", 52.0, 4.0)],
      [("Fiji", -17.7, 178.0), ("Samoa", -13.8, -171.8)], [("Pole", 90.0, 0.0), ("S", -90.0, 0.0)],
      [("مرحبا <b>", 10.0, 10.0), (String(repeating: "long ", count: 2_000), 12.0, 11.0)],
    ] {
      let routes = places.count == 2 ? [(0, 1), (1, 0), (1, 1)] : []
      let map = map(places, routes)
      let bytes = try await DiagramRenderer(worker: .inProcess).render(map, as: .svg)
      #expect(try await DiagramRenderer(worker: .inProcess).render(map, as: .svg) == bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("\"nan") && !text.contains("\"inf"))
      #expect(!text.contains("<b>"))
      if !places.isEmpty { #expect(text.contains("Natural Earth")) }
    }
  }
}
