// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

/// What a chart does well and badly, as drawn.
@Suite struct FigureTests {
  // A straight line of three with a tie from end to end, which passes through the middle.
  private func row() -> Diagram {
    var diagram = Diagram(title: "Row")
    diagram.nodes = (0..<3).map { DiagramNode(id: "\($0)", label: "Node \($0)") }
    diagram.edges = [DiagramEdge(from: 0, to: 2, arrow: .both)]
    return diagram
  }

  @Test func `a line bends round the icon in its way and ends at both icons`() throws {
    let chart = Chart(
      row(), places: [Point(x: 0, y: 0), Point(x: 300, y: 0), Point(x: 600, y: 0)])
    let route = try #require(EdgeRoute.routes(of: chart)[0])
    #expect(route.points.count > 2)
    let figures = chart.figures()
    #expect(figures.linesThroughIcons == 0)
    #expect(figures.bentLines == 1)
    for (end, node) in [(route.from, 0), (route.to, 2)] {
      let distance = end.distance(to: chart.onPage(chart.points[node]))
      let rim = chart.nodes[node].radius * chart.scale
      #expect(distance > rim - 0.5 && distance < rim + 3)
    }
    // No corner shows: each piece turns by little.
    for (a, (b, c)) in zip(route.points, zip(route.points.dropFirst(), route.points.dropFirst(2))) {
      let (u, v) = (b - a, c - b)
      #expect((u.x * v.x + u.y * v.y) > 0.8 * u.length * v.length)
    }
  }

  @Test func `a straight line through an icon is counted`() {
    var diagram = row()
    for _ in 0..<(EdgeRouter.edgeLimit) { diagram.edges.append(DiagramEdge(from: 0, to: 0)) }
    let chart = Chart(
      diagram, places: [Point(x: 0, y: 0), Point(x: 300, y: 0), Point(x: 600, y: 0)])
    #expect(chart.figures().linesThroughIcons == 1)
    #expect(chart.figures().bentLines == 0)
  }

  @Test(arguments: LayoutEngine.allCases)
  func `no node overlaps, no name collides, no ink leaves the page, few lines pass through icons`(
    engine: LayoutEngine
  ) throws {
    var diagram = Samples.network(groups: 6, size: 12)
    diagram.layout = engine
    for index in diagram.nodes.indices {
      if index % 3 == 0 { diagram.nodes[index].category = .suspect }
      if index % 5 == 0 { diagram.nodes[index].badge = "+\(index)" }
    }
    let places =
      engine == .automatic
      ? nil
      : try Graphviz.place(Chart.layoutRequest(diagram, memoryLimit: 1 << 30, seconds: 60))
    let figures = Chart(diagram, effort: .draft, places: places).figures()
    #expect(figures.nodeOverlaps == 0)
    #expect(Double(figures.labelCollisions) < 0.01 * Double(figures.labels), "\(figures)")
    #expect(figures.outsidePage == 0)
    #expect(figures.regionNamesOnNodes == 0)
    // The engines of Graphviz know no icons: they leave more lines that nothing clears.
    let share = engine == .automatic ? 0.025 : 0.05
    #expect(Double(figures.linesThroughIcons) <= share * Double(figures.lines), "\(figures)")
  }

  @Test func `a length is cut off the end of a line over its corners`() {
    var points = [Point(x: 0, y: 0), Point(x: 10, y: 0), Point(x: 10, y: 4)]
    EdgeRoute.cut(&points, 6)
    #expect(points == [Point(x: 0, y: 0), Point(x: 8, y: 0)])
    EdgeRoute.cut(&points, 100)
    #expect(points.count == 2 && points[1].x > 0)
    let route = EdgeRoute(
      points: [Point(x: 0, y: 0), Point(x: 10, y: 0), Point(x: 10, y: 10)], isInner: true, level: 1,
      width: 1, color: Color(0))
    #expect(route.length == 20)
    #expect(route.place(at: 0.75) == Point(x: 10, y: 5))
    #expect(route.place(at: 1) == Point(x: 10, y: 10))
  }
}
