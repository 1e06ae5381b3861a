// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Diagrams

/// Two columns: their order, and that everything can be read.
struct TwoModeTests {
  private func picture(
    _ left: Int, _ right: Int, _ ties: [(Int, Int)]
  ) -> TwoModeDiagram {
    var picture = TwoModeDiagram(left: "A", right: "B", frame: PictureFrame(title: "t"))
    picture.left = (0..<left).map { TwoModeDiagram.Item(id: "l\($0)", label: "Left \($0)") }
    picture.right = (0..<right).map { TwoModeDiagram.Item(id: "r\($0)", label: "Right \($0)") }
    picture.ties = ties.map { TwoModeDiagram.Tie(left: $0.0, right: $0.1) }
    return picture
  }

  private func crossings(_ picture: TwoModeDiagram) -> Int {
    picture.crossings(Array(picture.left.indices), Array(picture.right.indices))
  }

  @Test func `crossings are those that are counted one by one`() {
    var state: UInt64 = 7
    func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<30 {
      let ties = (0..<40).map { _ in (below(9), below(7)) }
      let picture = picture(9, 7, ties)
      var count = 0
      for (index, a) in ties.enumerated() {
        for b in ties[(index + 1)...] where (a.0 - b.0) * (a.1 - b.1) < 0 { count += 1 }
      }
      #expect(crossings(picture) == count)
    }
  }

  @Test func `a ladder that was shuffled has no crossings after arranging`() {
    let order = [5, 2, 7, 0, 3, 6, 1, 4]
    var ladder = picture(
      8, 8, (0..<8).map { ($0, order[$0]) } + (0..<7).map { ($0, order[$0 + 1]) })
    #expect(crossings(ladder) > 10)
    let ends = Set(ladder.ties.map { "\(ladder.left[$0.left].id) \(ladder.right[$0.right].id)" })
    ladder.arrange()
    #expect(crossings(ladder) == 0)
    #expect(
      Set(ladder.ties.map { "\(ladder.left[$0.left].id) \(ladder.right[$0.right].id)" }) == ends)
  }

  @Test func `those with most ties are kept, and the rest is counted`() {
    var star = picture(100, 3, (0..<100).map { ($0, 0) } + [(40, 1), (40, 2), (60, 1)])
    let gone = star.keepMostTied(10)
    #expect(gone.left == 90 && gone.right == 0)
    #expect(star.left.count == 10 && star.left.contains { $0.id == "l40" })
    #expect(star.ties.allSatisfy { $0.left < 10 && $0.right < 3 })
  }

  @Test(arguments: [1, 8, 40, 90])
  func `names stand apart, on the page, and off the icons`(_ count: Int) {
    let ties = (0..<count).map { ($0, $0 * 7 % max(1, count / 2)) }
    let drawing = TwoModeDrawing(picture(count, max(1, count / 2), ties))
    for column in [drawing.left, drawing.right] {
      for (a, b) in zip(column, column.dropFirst()) { #expect(b.y - a.y >= drawing.size) }
      for place in column {
        #expect(
          place.y - drawing.size / 2 > drawing.furniture.content.minY
            && place.y + drawing.size / 2 < drawing.furniture.content.maxY)
      }
    }
    #expect(drawing.size > 4)
    #expect(drawing.omissions.isEmpty == (drawing.size >= 6))
  }

  @Test func `widths tell one record from two, and the legend shows those that are drawn`() {
    let widths = [1, 2, 4, 40, 4_000].map { CountedLine.width($0, 1) }
    #expect(zip(widths, widths.dropFirst()).allSatisfy { $1 >= $0 })
    #expect(widths[1] > 2 * widths[0] && widths[4] == 7)
    let texts = { (counts: Set<Int>) in
      CountedLine.legend([.confirmed, .probable], counts: counts, unit: "records").map(\.text)
    }
    #expect(texts([1, 3]) == ["confirmed", "probable", "1 record", "3 records"])
    #expect(texts([1, 40]) == ["confirmed", "probable", "1 record", "10 records", "40 records"])
    #expect(CountedLine.legend([.confirmed], counts: [], unit: "records").isEmpty)
  }

  @Test func `the same picture has the same bytes, and odd names do no harm`() async throws {
    var odd = picture(3, 2, [(0, 0), (1, 1), (2, 0)])
    odd.left[0].label = "<script>alert(1)</script>"
    odd.left[1].label = String(repeating: "مرحبا ", count: 2_000)
    odd.right[0].label = "\u{1B}[31m中文"
    let renderer = DiagramRenderer(worker: .inProcess)
    let bytes = try await renderer.render(odd, as: .svg)
    #expect(try await renderer.render(odd, as: .svg) == bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("<script>") && !text.contains("\u{1B}"))
    let empty = try await renderer.render(picture(0, 0, []), as: .svg)
    #expect(String(decoding: empty, as: UTF8.self).contains("No ties between"))
  }
}
