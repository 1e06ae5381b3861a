// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

/// Layouts by the engines of Graphviz.
struct EngineTests {
  static let engines = LayoutEngine.allCases.filter { $0 != .automatic }

  private func chart(_ engine: LayoutEngine, groups: Int, size: Int) throws -> Chart {
    var diagram = Samples.network(groups: groups, size: size)
    diagram.layout = engine
    let request = Chart.layoutRequest(diagram, memoryLimit: 1 << 30, seconds: 60)
    return Chart(diagram, effort: .draft, places: try Graphviz.place(request))
  }

  @Test(arguments: engines)
  func `no icon or name covers another, and all stand on the page`(
    _ engine: LayoutEngine
  ) throws {
    let chart = try chart(engine, groups: 6, size: 10)
    #expect(chart.nodes.count == 60)
    let rects = zip(chart.nodes, chart.points).map { $0.box.rect(at: $1) }
    for (index, rect) in rects.enumerated() {
      for other in rects[..<index] {
        let across = min(rect.maxX, other.maxX) - max(rect.minX, other.minX)
        let down = min(rect.maxY, other.maxY) - max(rect.minY, other.minY)
        #expect(across < 1e-6 || down < 1e-6)
      }
      for corner in rect.corners {
        let place = chart.onPage(corner)
        #expect(place.x >= chart.content.minX - 0.5 && place.x <= chart.content.maxX + 0.5)
        #expect(place.y >= chart.content.minY - 0.5 && place.y <= chart.content.maxY + 0.5)
      }
    }
  }

  // Graphviz orders some of its work by addresses in memory: the worker, which does nothing else, gives
  // the same each time, except by fdp.
  @Test(arguments: engines.filter { $0 != .fdp })
  func `the same network gives the same bytes, and each engine its own`(
    _ engine: LayoutEngine
  ) async throws {
    let path = try #require(WorkerTests.worker, "the worker is not beside the tests")
    var renderer = DiagramRenderer(worker: .process(executable: path, arguments: []))
    renderer.effort = .draft
    var diagram = Samples.network(groups: 4, size: 7)
    let own = try await renderer.render(diagram, as: .svg)
    diagram.layout = engine
    let bytes = try await renderer.render(diagram, as: .svg)
    #expect(try await renderer.render(diagram, as: .svg) == bytes)
    #expect(bytes != own)
  }

  @Test func `ranks follow the ties from top to bottom`() throws {
    var diagram = Diagram(title: "chain")
    diagram.nodes = (0..<5).map { DiagramNode(id: "\($0)", label: "Company \($0)") }
    diagram.edges = [(3, 1), (1, 4), (4, 0), (0, 2)].map {
      DiagramEdge(from: $0.0, to: $0.1, arrow: .forward)
    }
    diagram.layout = .dot
    let request = Chart.layoutRequest(diagram, memoryLimit: 1 << 30, seconds: 60)
    let points = Chart(diagram, effort: .draft, places: try Graphviz.place(request)).points
    let order = [3, 1, 4, 0, 2].map { points[$0].y }
    #expect(order == order.sorted() && Set(order).count == 5)
  }

  @Test(arguments: engines)
  func `one node, and nodes without a tie, are drawn`(_ engine: LayoutEngine) throws {
    for count in [1, 2, 9] {
      var diagram = Diagram(title: "few")
      diagram.nodes = (0..<count).map { DiagramNode(id: "\($0)", label: "Name \($0)") }
      diagram.layout = engine
      #expect(!(try DiagramRenderer().renderInProcess(diagram, as: .svg)).isEmpty)
    }
  }

  @Test func `a request survives the way to the worker`() throws {
    let request = LayoutRequest(
      engine: .twopi, memoryLimit: 1 << 28, seconds: 9,
      nodes: [
        LayoutRequest.Node(width: 12.5, height: 30, group: -1),
        LayoutRequest.Node(width: 8, height: 4, group: 2),
      ], edges: [LayoutRequest.Edge(from: 1, to: 0)])
    #expect(LayoutRequest(bytes: request.bytes) == request)
    let places = [Point(x: 0.1, y: -3), Point(x: 1e-9, y: 7.25)]
    #expect(request.places(from: LayoutRequest.answer(places)) == places)
    #expect(request.places(from: Array("1 2\n".utf8)) == nil)
    for text in ["", "clew-place-1 dot 1 1 1 0\n", "clew-place-1 auto 9 9 0 0\n"] {
      #expect(LayoutRequest(bytes: Array(text.utf8)) == nil)
    }
    #expect(
      LayoutRequest(bytes: Array("clew-place-1 dot 9 9 1 1\n5 5 0\n0 1\n".utf8)) == nil)
  }
}
