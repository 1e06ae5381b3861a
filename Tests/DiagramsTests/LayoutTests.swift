// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

@Suite struct LayoutTests {
  @Test func `no icon or label covers another, and everything stands on the page`() {
    for (groups, size) in [(1, 12), (3, 9), (5, 7)] {
      let chart = Chart(Samples.network(groups: groups, size: size), effort: .draft)
      #expect(chart.quality.overlaps == 0)
      for (node, point) in zip(chart.nodes, chart.points) {
        let rect = node.box.rect(at: point)
        let low = chart.onPage(Point(x: rect.minX, y: rect.minY))
        let high = chart.onPage(Point(x: rect.maxX, y: rect.maxY))
        #expect(low.x >= chart.content.minX - 0.01 && high.x <= chart.content.maxX + 0.01)
        #expect(low.y >= chart.content.minY - 0.01 && high.y <= chart.content.maxY + 0.01)
      }
    }
  }

  @Test func `the regions of groups keep apart and hold their members`() {
    let chart = Chart(Samples.network(groups: 5, size: 7), effort: .draft)
    #expect(chart.regions.count == 5)
    for (index, region) in chart.regions.enumerated() {
      for other in chart.regions[(index + 1)...] {
        #expect(region.hull.separation(from: other.hull) == nil)
      }
      for member in region.members {
        let rect = chart.nodes[member].box.rect(at: chart.points[member])
        #expect(region.hull.contains(rect))
        #expect(!rect.inset(by: 0.5).intersects(region.title))
      }
    }
  }

  @Test func `nodes without an edge stand in rows in a block of their own`() {
    var diagram = Samples.network(groups: 2, size: 6)
    let first = diagram.nodes.count
    for index in 0..<40 {
      diagram.nodes.append(DiagramNode(id: "i\(index)", label: "Alone \(index)"))
    }
    let chart = Chart(diagram, effort: .draft)
    let block = chart.regions.first { $0.kind == .isolates }
    #expect(block?.members == Array(first..<(first + 40)))
    let rows = Set(chart.points[first...].map { ($0.y * 100).rounded() })
    #expect(rows.count <= 10)
    #expect(chart.quality.overlaps == 0)
    let text = String(
      decoding: SVGWriter.bytes(of: chart.drawing()), as: UTF8.self)
    #expect(text.contains("No relationship in this view (40)"))
  }

  @Test func `nodes without any edge fill the page in rows`() {
    var diagram = Diagram(title: "Alone")
    diagram.nodes = (0..<45).map { DiagramNode(id: "\($0)", label: "Alone \($0)") }
    let chart = Chart(diagram, effort: .draft)
    let rows = Set(chart.points.map { ($0.y * 100).rounded() }).count
    #expect(rows >= 4 && rows <= 12)
    #expect(chart.scale > 1)
  }

  @Test func `a group of one stands without a region`() {
    var diagram = Diagram(title: "Pair and one")
    diagram.groups = ["Pair", "One"]
    diagram.nodes = [(0, "a"), (0, "b"), (1, "c")].map {
      DiagramNode(id: $0.1, label: $0.1, group: $0.0)
    }
    diagram.edges = [DiagramEdge(from: 0, to: 1), DiagramEdge(from: 1, to: 2)]
    let chart = Chart(diagram, effort: .draft)
    #expect(chart.regions.map(\.kind) == [.group(0), .loose])
  }

  @Test func `the order of edges and their direction do not tear a layout apart`() {
    let diagram = Samples.network(groups: 3, size: 6)
    let points = Chart(diagram, effort: .draft).points
    #expect(Chart(diagram, effort: .draft).points == points)
    #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
  }

  @Test func `the separation of two squares is the shorter way out`() throws {
    func square(_ x: Double, _ y: Double) -> Hull {
      Hull(of: Rect(minX: x, minY: y, maxX: x + 10, maxY: y + 10).corners)
    }
    #expect(square(0, 0).separation(from: square(8, 3)) == Point(x: 2, y: 0))
    #expect(square(0, 0).separation(from: square(-3, -8)) == Point(x: 0, y: -2))
    #expect(square(0, 0).separation(from: square(10, 0)) == nil)
    #expect(square(0, 0).separation(from: square(30, 0)) == nil)
  }

  @Test func `stress puts a path of five in a line of unit steps`() {
    var stress = Stress(count: 5)
    for i in 0..<5 { for j in (i + 1)..<5 { stress.want(i, j, apart: Double(j - i)) } }
    var points = Stress.spiral(count: 5)
    stress.relax(&points, rounds: 60, seed: 1)
    for i in 0..<4 { #expect(abs(points[i].distance(to: points[i + 1]) - 1) < 0.05) }
    #expect(abs(points[0].distance(to: points[4]) - 4) < 0.1)
  }

  @Test func `distances over edges are those of Dijkstra on a small graph`() {
    let hops = HopDistances(count: 5, edges: [(0, 1), (1, 2), (0, 2), (2, 3)]) { a, b in
      (a, b) == (0, 2) || (a, b) == (2, 0) ? 5 : 2
    }
    #expect(hops.from(0) == [0, 2, 4, 6, -1])
  }
}

@Suite struct CondensationTests {
  private func crowd(_ count: Int, groups: Int) -> Diagram {
    var diagram = Diagram(title: "Crowd")
    for index in 0..<count {
      diagram.nodes.append(
        DiagramNode(
          id: "\(index)", label: "Node \(index)", size: Double(index % 97),
          group: groups > 0 ? index % groups : nil))
      if index > 0 { diagram.edges.append(DiagramEdge(from: index / 2, to: index)) }
    }
    diagram.groups = (0..<groups).map { "Group \($0 + 1)" }
    return diagram
  }

  @Test func `too many nodes become one symbol a group, with its count`() throws {
    let chart = Chart(crowd(20_000, groups: 9), effort: .draft)
    #expect(chart.nodes.count == 9)
    #expect(chart.nodes.compactMap { $0.source.badge.flatMap(Int.init) }.reduce(0, +) == 20_000)
    #expect(chart.omissions.contains { $0.contains("20000 entities are too many") })
    #expect(chart.quality.overlaps == 0)
  }

  @Test func `more groups than can be drawn end in one symbol for the others`() throws {
    let chart = Chart(crowd(5_000, groups: 400), effort: .draft)
    #expect(chart.nodes.count == Condensation.groupLimit + 1)
    #expect(chart.nodes.last?.source.label == "All others")
    #expect(chart.nodes.compactMap { $0.source.badge.flatMap(Int.init) }.reduce(0, +) == 5_000)
  }

  @Test func `too many nodes without groups leave the largest, and say how many are left out`() {
    let chart = Condensation(crowd(4_000, groups: 0))
    #expect(chart.diagram.nodes.count == Condensation.remainderLimit)
    #expect(chart.diagram.nodes.allSatisfy { $0.size >= 89 })
    #expect(chart.omissions.contains { $0.contains("3700 others") })
  }

  @Test func `a few hundred nodes are all drawn and the largest named`() {
    let chart = Condensation(crowd(900, groups: 3))
    #expect(chart.diagram.nodes.count == 900)
    let named = (0..<900).filter(chart.isLabelled)
    #expect((40..<300).contains(named.count))
    #expect(chart.omissions.contains { $0.contains("names of \(900 - named.count) of 900") })
  }
}
