// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

@testable import Diagrams

@Suite struct StressLayoutPartsTests {
  // MARK: Parts

  @Test func `parts without a connection stand apart`() throws {
    var edges: [(Int, Int)] = []
    var bounds: [Range<Int>] = []
    var next = 0
    for size in [40, 2, 7, 3, 25, 2, 2, 12, 90] {
      bounds.append(next..<next + size)
      for i in next + 1..<next + size { edges.append((next + (i - next) / 2, i)) }
      edges.append((next, next + size - 1))
      next += size
    }
    let alone = 30
    bounds.append(next..<next + alone)
    let places = try StressLayout()(StressLayoutTests.graph(next + alone, edges)).values
    let boxes = bounds.map { range -> Rect in
      let xs = places[range].map(\.x)
      let ys = places[range].map(\.y)
      return Rect(
        minX: xs.min() ?? 0, minY: ys.min() ?? 0, maxX: xs.max() ?? 0, maxY: ys.max() ?? 0)
    }
    for i in boxes.indices {
      for j in 0..<i {
        #expect(!boxes[i].inset(by: -0.499).intersects(boxes[j].inset(by: -0.499)))
      }
    }
    let whole = boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }
    #expect(abs(whole.minX) < 1e-9 && abs(whole.minY) < 1e-9)
    // Compact: at least half of the whole is filled, and it is no strip.
    let filled = boxes.reduce(0) { $0 + ($1.width + 1) * ($1.height + 1) }
    #expect(filled > 0.5 * (whole.width + 1) * (whole.height + 1))
    #expect(Set(places).count == places.count)
  }

  @Test func `rectangles are packed without overlap and close`() {
    var random = SeededGenerator(seed: 9)
    let sizes = (0..<400).map { _ in
      Point(x: 0.5 + 9 * random.unit() * random.unit(), y: 0.5 + 9 * random.unit() * random.unit())
    }
    let corners = PartPacking.corners(of: sizes)
    let rects = zip(sizes, corners).map { size, corner in
      Rect(minX: corner.x, minY: corner.y, maxX: corner.x + size.x, maxY: corner.y + size.y)
    }
    for i in rects.indices {
      for j in 0..<i { #expect(!rects[i].inset(by: 1e-9).intersects(rects[j])) }
    }
    let whole = rects.dropFirst().reduce(rects[0]) { $0.union($1) }
    let area = sizes.reduce(0) { $0 + $1.x * $1.y }
    #expect(area > 0.8 * whole.width * whole.height)
    #expect(whole.width / whole.height > 1 && whole.width / whole.height < 2)
    #expect(PartPacking.corners(of: []).isEmpty)
  }

  // MARK: Extremes

  @Test func `nothing, one node and loops alone have places`() throws {
    #expect(try StressLayout()(StressLayoutTests.graph(0, [])).values.isEmpty)
    #expect(try StressLayout()(StressLayoutTests.graph(1, [])).values == [Point(x: 0, y: 0)])
    #expect(try StressLayout()(StressLayoutTests.graph(1, [(0, 0)])).values == [Point(x: 0, y: 0)])
    let pair = try StressLayout()(StressLayoutTests.graph(2, [(0, 1), (1, 0), (1, 1)])).values
    #expect(pair == [Point(x: 0, y: 0), Point(x: 1, y: 0)])
  }

  @Test func `isolates by the thousand stand in rows`() throws {
    let places = try StressLayout()(StressLayoutTests.graph(5_000, [])).values
    #expect(Set(places).count == 5_000)
    #expect(Set(places.map(\.x)).count < 100 && Set(places.map(\.y)).count < 100)
  }

  @Test func `the leaves of a hub do not stand in one place`() throws {
    let count = 2_000
    let star = try StressLayoutTests.graph(count, (1..<count).map { (0, $0) })
    var layout = StressLayout()
    layout.passes = 300
    let places = try layout(star).values
    #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    // A grid of cells half an edge wide: no cell holds more than a tenth of the leaves.
    var cells: [Point: Int] = [:]
    for p in places {
      cells[Point(x: (p.x * 2).rounded(), y: (p.y * 2).rounded()), default: 0] += 1
    }
    #expect(try #require(cells.values.max()) < count / 10)
    #expect(Set(places).count == count)
  }

  @Test func `no two nodes stand on one another`() throws {
    // Twins, leaves of few hubs, and a bipartite graph of two kinds of places.
    var edges: [(Int, Int)] = []
    for leaf in 20..<1_200 { edges.append((leaf % 20, leaf)) }
    for hub in 1..<20 { edges.append((hub - 1, hub)) }
    let tails = try StressLayoutTests.graph(1_200, edges)
    let twins = try StressLayoutTests.graph(
      200, (0..<100).flatMap { a in (100..<200).map { (a, $0) } })
    for graph in [tails, twins] {
      var layout = StressLayout()
      layout.passes = 300
      let places = try layout(graph).values
      let extent = places.reduce(Point(x: 0, y: 0)) {
        Point(x: max($0.x, $1.x), y: max($0.y, $1.y))
      }
      let spacing = (extent.x * extent.y / Double(places.count)).squareRoot()
      var nearest = Double.infinity
      for i in places.indices {
        for j in 0..<i { nearest = min(nearest, places[i].distance(to: places[j])) }
      }
      #expect(nearest > 0.1 * min(1, spacing))
    }
  }

  @Test func `a heap of nodes in one place is loosened`() {
    var places = (0..<30).map { Point(x: Double($0) * 10, y: Double($0 % 2) * 10) }
    for _ in 0..<12 { places.append(Point(x: 100, y: 5)) }
    Crowding.loosen(&places, unit: 1)
    for i in 30..<42 {
      #expect(places[i].distance(to: Point(x: 100, y: 5)) < 8)
      for j in 0..<i { #expect(places[i].distance(to: places[j]) > 0.3) }
    }
    #expect(
      places[..<30].elementsEqual(
        (0..<30).map { Point(x: Double($0) * 10, y: Double($0 % 2) * 10) }))
    var line = (0..<20).map { Point(x: Double($0), y: 0) }
    let before = line
    Crowding.loosen(&line, unit: 1)
    #expect(line == before)
  }

  @Test func `two nodes too close part in whatever direction they stand`() {
    // Pairs far from each other, at all offsets from a cell of the grid and in all directions.
    var places: [Point] = []
    for row in 0..<12 {
      for column in 0..<12 {
        let p = Point(x: Double(column) * 10.37, y: Double(row) * 10.53)
        let (dx, dy) = (Double(column) - 5.5, Double(row) - 5.5)
        let length = (dx * dx + dy * dy).squareRoot()
        places += [p, p + Point(x: dx / length, y: dy / length) * 0.4]
      }
    }
    Crowding.loosen(&places, unit: 0.5)
    for pair in stride(from: 0, to: places.count, by: 2) {
      #expect(abs(places[pair].distance(to: places[pair + 1]) - 0.5) < 1e-9)
    }
  }

  @Test func `lengths of any size give finite places`() throws {
    for lengths in [
      [1e-300, 1e300, 1, Double.leastNonzeroMagnitude], [1e308, 1e308, 1e308, 1e308],
    ] {
      let graph = try Graph(
        nodeCount: 5, direction: .undirected, weighting: .length, sources: [0, 1, 2, 3],
        targets: [1, 2, 3, 4], weights: lengths)
      let places = try StressLayout()(graph).values
      #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
  }

  @Test func `a length of zero or less is refused by edge`() throws {
    for length in [0, -2.5] {
      let graph = try Graph(
        nodeCount: 3, direction: .undirected, weighting: .length, sources: [0, 1],
        targets: [1, 2], weights: [1, length])
      #expect(
        throws: DiagramError.invalid(
          "edge 1 has length \(length); a layout needs lengths above zero")
      ) { try StressLayout()(graph) }
    }
    for passes in [0, 1_000_001] {
      var layout = StressLayout()
      layout.passes = passes
      let message = "a layout takes from 1 to 1,000,000 passes, not \(passes)"
      #expect(throws: DiagramError.invalid(message)) { try layout(StressLayoutTests.path(3)) }
    }
  }
}
