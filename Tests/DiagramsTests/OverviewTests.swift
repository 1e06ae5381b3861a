// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

@Suite struct OverviewTests {
  // Groups of a hundred. Between any two of the first fifteen run nine links; each later group has one
  // link, to the group `partner` names, or none.
  private func overview(groups: Int, partner: (Int) -> Int?) -> Diagram {
    var diagram = Diagram(title: "Overview")
    diagram.groups = (0..<groups).map { "Group \($0 + 1)" }
    for index in 0..<(groups * 100) {
      diagram.nodes.append(
        DiagramNode(id: "\(index)", label: "Node \(index)", group: index / 100))
    }
    for a in 0..<15 {
      for b in (a + 1)..<15 {
        for link in 0..<9 {
          diagram.edges.append(DiagramEdge(from: a * 100 + link, to: b * 100 + link))
        }
      }
    }
    for group in 15..<groups {
      diagram.edges.append(DiagramEdge(from: group * 100, to: group * 100 + 1))
      if let other = partner(group) {
        diagram.edges.append(DiagramEdge(from: group * 100, to: other * 100))
      }
    }
    return diagram
  }

  private func reached(_ edges: [DiagramEdge]) -> Set<Int> {
    Set(edges.flatMap { [$0.from, $0.to] })
  }

  private func text(_ chart: Chart) -> String {
    String(decoding: SVGWriter.bytes(of: chart.drawing()), as: UTF8.self)
  }

  @Test func `a group keeps its strongest tie where stronger ones of others fill the page`() {
    // 105 ties of weight 9 against room for 90, then fifteen of weight 1.
    let chart = Chart(overview(groups: 30) { $0 - 15 }, effort: .draft)
    #expect(reached(chart.edges).count == 30)
    #expect(chart.edges.count == 90)
    #expect(chart.edges.count { $0.count == 1 } == 15)
    #expect(
      chart.omissions.contains {
        $0.hasPrefix("90 of 120 ties between groups are drawn: the strongest of each group")
      })
    let svg = text(chart)
    #expect(!svg.contains("No relationship"))
    #expect(!svg.contains("No tie"))
  }

  @Test func `a group with links of its own alone is said to have no tie to another group`() {
    let chart = Chart(overview(groups: 30) { $0 < 28 ? 0 : nil }, effort: .draft)
    #expect(reached(chart.edges).count == 28)
    let svg = text(chart)
    #expect(svg.contains(">No tie to another group (2)<"))
    #expect(!svg.contains("No relationship"))
  }

  @Test func `a group tied only to what is left over is drawn with that tie`() {
    // Group 61 is one too many for a symbol of its own; group 60 has no tie but to it.
    var diagram = overview(groups: 61) { $0 == 59 ? 60 : 0 }
    diagram.edges.append(DiagramEdge(from: 5_901, to: 6_001))
    let chart = Condensation(diagram)
    #expect(chart.diagram.nodes.count == 61)
    #expect(chart.diagram.nodes[60].label == "All others")
    #expect(reached(chart.diagram.edges).count == 61)
    let loose = chart.diagram.edges.filter { $0.to == 60 }
    #expect(loose.map(\.from) == [59])
    #expect(chart.omissions.contains { $0.contains("of whose 3 links to groups 2 are drawn") })
  }

  @Test func `what is left over keeps its strongest tie`() {
    let edges = Condensation(overview(groups: 61) { _ in 0 }).diagram.edges
    #expect(edges.filter { $0.to == 60 }.map(\.from) == [0])
  }

  @Test func `too many links leave every entity its strongest`() {
    var diagram = Diagram(title: "Dense")
    diagram.nodes = (0..<200).map { DiagramNode(id: "\($0)", label: "Node \($0)") }
    for a in 0..<150 {
      for b in (a + 1)..<150 { diagram.edges.append(DiagramEdge(from: a, to: b, weight: 2)) }
    }
    for node in 150..<200 { diagram.edges.append(DiagramEdge(from: node, to: 0, weight: 1)) }
    let condensed = Condensation(diagram)
    #expect(condensed.diagram.edges.count == Condensation.edgeLimit)
    #expect(reached(condensed.diagram.edges).count == 200)
    #expect(condensed.omissions.contains { $0.hasPrefix("8000 of 11225 links are drawn") })
  }

  @Test func `an entity related only to what is left out is not called unrelated`() {
    var diagram = Diagram(title: "Cut")
    for index in 0..<3_000 {
      diagram.nodes.append(
        DiagramNode(id: "\(index)", label: "Node \(index)", size: index < 300 ? 2 : 1))
    }
    for index in 0..<296 {
      diagram.edges.append(DiagramEdge(from: index, to: (index + 1) % 296))
    }
    for index in 296..<299 { diagram.edges.append(DiagramEdge(from: index, to: 2_000)) }
    let box = Array(296..<300)
    #expect(
      Condensation(diagram).isolatesTitle(of: box)
        == "No relationship (1), or only to entities left out (3)")
    diagram.edges.append(DiagramEdge(from: 2_001, to: 299))
    #expect(
      Condensation(diagram).isolatesTitle(of: box) == "Related only to entities left out (4)")
  }

  @Test func `an entity without any relationship is still called so`() {
    var diagram = Samples.network(groups: 2, size: 5)
    for name in ["a", "b"] { diagram.nodes.append(DiagramNode(id: name, label: name)) }
    #expect(text(Chart(diagram, effort: .draft)).contains(">No relationship in this view (2)<"))
  }
}
