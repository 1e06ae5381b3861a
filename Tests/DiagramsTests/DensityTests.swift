// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

@Suite struct DensityTests {
  private func crowd(groups: Int, size: Int) -> Diagram {
    var diagram = Samples.network(groups: groups, size: size)
    for index in diagram.nodes.indices { diagram.nodes[index].detail = "role \(index)" }
    return diagram
  }

  @Test func `a crowded chart gives up second lines before the size of its names, and says so`() {
    var diagram = crowd(groups: 4, size: 14)
    diagram.page = Page(.a4)
    let chart = Chart(diagram, effort: .draft)
    #expect(chart.density == Density.steps.last)
    #expect(chart.nodes.allSatisfy { $0.detail == nil || $0.isStrong })
    #expect(chart.nodes.contains { $0.detail != nil })
    let text = String(decoding: SVGWriter.bytes(of: chart.drawing()), as: UTF8.self)
    #expect(text.contains("only names in bold have their second line"))
    #expect(chart.quality.overlaps == 0)
    #expect(chart.nodes.allSatisfy { $0.tooltip.contains(" – role ") })
  }

  @Test func `a chart with room keeps every second line`() {
    let chart = Chart(crowd(groups: 3, size: 8), effort: .draft)
    #expect(chart.density == .roomy)
    #expect(chart.nodes.allSatisfy { $0.detail != nil })
    let text = String(decoding: SVGWriter.bytes(of: chart.drawing()), as: UTF8.self)
    #expect(!text.contains("second line"))
  }

  @Test func `a loose layout is pressed into its page without an overlap`() {
    // Two regions of nine on a diagonal: half of the page is empty.
    let box = NodeBox(radius: 10, half: 30, up: 10, down: 22)
    let boxes = [NodeBox](repeating: box, count: 18)
    var points: [Point] = []
    for region in 0..<2 {
      for member in 0..<9 {
        points.append(
          Point(
            x: Double(region) * 500 + Double(member % 3) * 120,
            y: Double(region) * 500 + Double(member / 3) * 120))
      }
    }
    let clusters = (0..<2).map { region in
      Cluster(
        kind: .group(region), members: Array((region * 9)..<(region * 9 + 9)), titleWidth: 60,
        titleHeight: 15)
    }
    let titles = [0.0, 500].map { Rect(minX: $0, minY: $0 - 40, maxX: $0 + 60, maxY: $0 - 25) }
    var squeeze = Squeeze(
      points: points, titles: titles, boxes: boxes, clusters: clusters, gap: 5, padding: 7,
      regionGap: 8)
    squeeze.press(width: 640, height: 480, largest: 2, rounds: 200)
    let rects = zip(boxes, squeeze.points).map { $0.rect(at: $1) } + [0, 1].map(squeeze.title)
    var bounds = rects[0]
    for (i, rect) in rects.enumerated() {
      bounds = bounds.union(rect)
      for other in rects[(i + 1)...] { #expect(!rect.intersects(other)) }
    }
    // It took 820 by 842 points before.
    #expect(min(640 / bounds.width, 480 / bounds.height) > 0.9)
    let hulls = [0, 1].map { region in
      clusters[region].region(
        around: clusters[region].members.flatMap { rects[$0].corners }
          + squeeze.title(of: region).corners)
    }
    #expect(hulls[0].separation(from: hulls[1]) == nil)
    for region in 0..<2 {
      let top = clusters[region].members.map { rects[$0].minY }.min() ?? 0
      #expect(squeeze.title(of: region).minY < top + 9)
    }
  }

  @Test func `rows of nodes without an edge stay rows when pressed`() {
    var diagram = crowd(groups: 4, size: 15)
    diagram.page = Page(.a4)
    let first = diagram.nodes.count
    for index in 0..<20 {
      diagram.nodes.append(DiagramNode(id: "i\(index)", label: "Alone \(index)"))
    }
    let chart = Chart(diagram, effort: .draft)
    let rows = Set(chart.points[first...].map { ($0.y * 100).rounded() })
    #expect(chart.scale < 1)
    #expect(rows.count <= 10)
    #expect(chart.quality.overlaps == 0)
  }
}
