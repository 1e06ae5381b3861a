// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

@testable import Diagrams

@Suite struct OwnershipTests {
  private func hierarchy(_ count: Int, _ holdings: [(Int, Int)]) -> OwnershipDiagram {
    var frame = PictureFrame(title: "Who <owns> whom")
    frame.handling = "HANDLING H2"
    var diagram = OwnershipDiagram(frame: frame)
    diagram.parties = (0..<count).map {
      .init(
        id: "p\($0)",
        label: ["Ann Ferry", "Quay & Sons Holding", "شركة", "Long name of a company"][$0 % 4],
        icon: $0 % 3 == 0 ? .person : .company, gap: $0 % 5 == 4 ? "40 % not recorded" : nil)
    }
    diagram.holdings = holdings.enumerated().map { index, ends in
      .init(
        owner: ends.0, asset: ends.1, share: "\(index + 1) %", line: .allCases[index % 3],
        isNominee: index % 7 == 3, detail: "row \(index)", claims: [index])
    }
    return diagram
  }

  private func random(_ count: Int, _ edges: Int, seed: UInt64) -> [(Int, Int)] {
    var random = SeededGenerator(seed: seed)
    var pairs: [(Int, Int)] = []
    while pairs.count < edges {
      let (a, b) = (random.below(count), random.below(count))
      if a != b, !pairs.contains(where: { $0 == (a, b) }) { pairs.append((a, b)) }
    }
    return pairs
  }

  @Test(arguments: [(2, 1), (8, 7), (20, 24), (31, 23), (60, 70)])
  func `no party covers another, all are on the page, and lines lead down`(
    _ count: Int, _ edges: Int
  ) {
    for seed in 1...3 as ClosedRange<UInt64> {
      let drawing = OwnershipDrawing(hierarchy(count, random(count, edges, seed: seed)))
      let content = drawing.furniture.content.inset(by: -0.01)
      for (index, box) in drawing.boxes.enumerated() {
        #expect(content.contains(box))
        for other in drawing.boxes[(index + 1)...] { #expect(!box.intersects(other)) }
      }
      for (index, holding) in drawing.ownership.holdings.enumerated() {
        let (owner, asset) = (drawing.boxes[holding.owner], drawing.boxes[holding.asset])
        #expect(drawing.closesRing[index] == (owner.minY >= asset.minY))
        #expect(drawing.routes[index].allSatisfy { $0.x >= content.minX && $0.x <= content.maxX })
      }
    }
  }

  @Test func `a hierarchy without a ring has none, and a ring has one line that leads up`() {
    #expect(
      !Layering(widths: [9, 9, 9], edges: [(0, 1), (1, 2), (0, 2)], gap: 4).closesRing.contains(
        true))
    let ring = Layering(
      widths: [9, 9, 9, 9], edges: [(3, 0), (0, 1), (1, 2), (2, 0)], gap: 4)
    #expect(ring.closesRing == [false, false, false, true])
    #expect(ring.layers.count == 4)
    #expect(Layering(widths: [], edges: [], gap: 4).layers.isEmpty)
  }

  @Test func `crossings that need not be are none`() {
    // Pairs that are given crosswise.
    let layering = Layering(
      widths: [Double](repeating: 20, count: 8), edges: [(0, 7), (1, 6), (2, 5), (3, 4)], gap: 4)
    for (upper, lower) in [(0, 7), (1, 6), (2, 5), (3, 4)] {
      #expect(abs((layering.x[.node(upper)] ?? 0) - (layering.x[.node(lower)] ?? 99)) < 0.5)
    }
  }

  @Test func `a hierarchy is written the same each time, with claims, titles and furniture`()
    async throws
  {
    var diagram = hierarchy(9, [(0, 1), (0, 2), (1, 4), (2, 4), (4, 5), (3, 7), (5, 1), (6, 7)])
    diagram.effective = [.init(owner: 0, asset: 4, share: "12.5 %")]
    diagram.method = "Products along chains."
    let renderer = DiagramRenderer()
    let bytes = try await renderer.render(diagram, as: .svg)
    #expect(try await renderer.render(diagram, as: .svg) == bytes)
    #expect(XMLCheck(bytes).problem == nil)
    let text = String(decoding: bytes, as: UTF8.self)
    for words in [
      "Who &lt;owns&gt; whom", "HANDLING H2", "Association is not guilt", "Products along chains.",
      ">12.5 %<", "closes a ring", "owners not recorded", "data-claims=\"3\"", "<desc>row 2</desc>",
      "as a nominee",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(try await renderer.render(diagram, as: .pdf).starts(with: "%PDF".utf8))
    #expect(try await renderer.render(diagram, as: .png(dpi: 50)).starts(with: [0x89, 0x50]))
    let empty = try await renderer.render(
      OwnershipDiagram(frame: PictureFrame(title: "None")), as: .svg)
    #expect(String(decoding: empty, as: UTF8.self).contains("No ownership in this view"))
  }
}
