// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

@testable import Diagrams

@Suite struct PinnedTests {
  /// The network some weeks later: new entities in and between the groups, and some gone.
  private func grown(_ network: Diagram, by count: Int, seed: UInt64) -> Diagram {
    var random = SeededGenerator(seed: seed)
    var later = network
    let gone = 2
    later.edges.removeAll { $0.from < gone || $0.to < gone }
    later.nodes.removeFirst(gone)
    for index in later.edges.indices {
      later.edges[index].from -= gone
      later.edges[index].to -= gone
    }
    for number in 0..<count {
      let friend = random.below(later.nodes.count)
      later.nodes.append(
        DiagramNode(
          id: "new\(number)", label: "New \(number)", icon: .person, size: Double(random.below(20)),
          group: number % 4 == 0 ? nil : later.nodes[friend].group))
      let own = later.nodes.count - 1
      if number % 7 == 3 { continue }
      later.edges.append(DiagramEdge(from: own, to: friend, label: "meets"))
      let other = random.below(own)
      if other != friend { later.edges.append(DiagramEdge(from: other, to: own)) }
    }
    return later
  }

  private func moves(_ a: DiagramPlaces, _ b: DiagramPlaces) -> (mean: Double, count: Int) {
    let before = Dictionary(a.nodes.map { ($0.id, $0.place) }, uniquingKeysWith: { x, _ in x })
    let lengths = b.nodes.compactMap { node in before[node.id]?.distance(to: node.place) }
    return (lengths.reduce(0, +) / Double(max(1, lengths.count)), lengths.count)
  }

  @Test(arguments: [(1, 14, 3), (3, 9, 6), (5, 8, 12), (4, 12, 25)])
  func `old nodes move less than a tenth of what a fresh layout moves them`(
    _ groups: Int, _ size: Int, _ new: Int
  ) throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      let network = Samples.network(groups: groups, size: size, seed: seed)
      let first = Chart(network, effort: .draft)
      let places = try #require(first.places)
      var later = grown(network, by: new, seed: seed)
      let fresh = try #require(Chart(later, effort: .draft).places)
      later.pins = places
      let pinned = Chart(later, effort: .draft)
      let kept = try #require(pinned.places)
      let (moved, count) = moves(places, kept)
      #expect(count == network.nodes.count - 2)
      #expect(moved < 0.1 * moves(places, fresh).mean)
      // New ones found room, and everything is on the page.
      #expect(pinned.quality.overlaps == 0)
      for (node, point) in zip(pinned.nodes, pinned.points) {
        let rect = node.box.rect(at: point)
        let low = pinned.onPage(Point(x: rect.minX, y: rect.minY))
        let high = pinned.onPage(Point(x: rect.maxX, y: rect.maxY))
        #expect(low.x >= pinned.content.minX - 0.5 && high.x <= pinned.content.maxX + 0.5)
        #expect(low.y >= pinned.content.minY - 0.5 && high.y <= pinned.content.maxY + 0.5)
      }
      #expect(!pinned.omissions.contains(PinnedLayout.notKept))
    }
  }

  @Test func `a pinned chart without anything new is the same chart`() throws {
    var network = Samples.network(groups: 3, size: 8)
    let first = Chart(network, effort: .draft)
    network.pins = first.places
    let second = Chart(network, effort: .draft)
    for (a, b) in zip(first.places?.nodes ?? [], second.places?.nodes ?? []) {
      #expect(a.place.distance(to: b.place) < 0.01)
    }
    #expect(
      SVGWriter.bytes(of: second.drawing())
        == SVGWriter.bytes(of: Chart(network, effort: .draft).drawing()))
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `icons that have grown push each other a little, and names stay legible`(seed: UInt64) throws
  {
    let network = Samples.network(groups: 4, size: 12, seed: seed)
    let first = Chart(network, effort: .draft)
    let places = try #require(first.places)
    var random = SeededGenerator(seed: seed)
    var later = network
    for index in later.nodes.indices { later.nodes[index].size = Double(random.below(20)) }
    later.pins = places
    let second = Chart(later, effort: .draft)
    let kept = try #require(second.places)
    let page = Point(x: kept.pageWidth, y: kept.pageHeight).length
    #expect(moves(places, kept).mean < 0.006 * page)
    #expect(second.quality.overlaps == 0)
    #expect(second.scale > 0.7 * first.scale)
    // What had to become smaller may grow again: the size of the first chart is kept with the places.
    #expect(kept.scale >= places.scale)
  }

  @Test func `an SVG file carries the places, whatever the ids`() throws {
    var network = Samples.network(groups: 2, size: 6)
    let ids = ["a\"b", "<x> data-place=\"1 1\"", "&amp;", "人", "it's"]
    for (index, id) in ids.enumerated() { network.nodes[index].id = id }
    let chart = Chart(network, effort: .draft)
    let text = String(decoding: SVGWriter.bytes(of: chart.drawing()), as: UTF8.self)
    let read = try #require(DiagramPlaces(svg: text))
    let places = try #require(chart.places)
    #expect(read.nodes.map(\.id) == places.nodes.map(\.id))
    #expect(read.nodes.map(\.group) == places.nodes.map(\.group))
    for (a, b) in zip(read.nodes, places.nodes) { #expect(a.place.distance(to: b.place) < 0.02) }
    #expect(abs(read.scale - places.scale) < 1e-5)
    #expect(DiagramPlaces(svg: "<svg></svg>") == nil)
    #expect(DiagramPlaces(svg: "") == nil)
  }

  @Test func `places that fit nothing give a chart all the same, and it is said`() {
    var network = Samples.network(groups: 2, size: 6)
    network.pins = DiagramPlaces(
      pageWidth: 1191, pageHeight: 842, scale: 1,
      nodes: network.nodes.map { .init(id: $0.id, place: Point(x: 300, y: 300)) })
    let chart = Chart(network, effort: .draft)
    #expect(chart.omissions.contains(PinnedLayout.notKept))
    #expect(chart.quality.overlaps == 0)
  }

  @Test func `what is new, gone and graded anew has a sign and stands in the legend`() {
    var network = Samples.network(groups: 2, size: 6)
    network.nodes[0].change = .new
    network.nodes[1].change = .gone
    network.edges[0].change = .regraded
    let text = String(
      decoding: SVGWriter.bytes(of: Chart(network, effort: .draft).drawing()), as: UTF8.self)
    for words in [">new<", ">gone (pale)<", ">graded anew<", " – gone (pale)</title>"] {
      #expect(text.contains(words))
    }
  }
}
