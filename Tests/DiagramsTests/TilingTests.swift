// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Diagrams

/// A large page cut into sheets.
@Suite struct TilingTests {
  private func sheets(_ format: Page.Format, onto tiles: Page.Format) async throws -> [UInt8] {
    var diagram = Samples.network(groups: 3, size: 6)
    diagram.page = Page(format)
    var renderer = DiagramRenderer()
    renderer.effort = .draft
    renderer.tiles = tiles
    return try await renderer.draw(diagram, as: .pdf).bytes
  }

  @Test func `sheets cover the page, and the fewest are taken`() {
    for chart in [Page(.a0), Page(.a0, .portrait), Page(.a2), Page(.a3)] {
      let tiling = PDFTiling(chart, onto: .a4)
      let step = tiling.window - Point(x: PDFTiling.overlap, y: PDFTiling.overlap)
      #expect(Double(tiling.columns - 1) * step.x + tiling.window.x >= chart.width)
      #expect(Double(tiling.rows - 1) * step.y + tiling.window.y >= chart.height)
      #expect(Double(tiling.columns - 2) * step.x + tiling.window.x < chart.width)
      #expect(Double(tiling.rows - 2) * step.y + tiling.window.y < chart.height)
    }
    #expect(PDFTiling(Page(.a0), onto: .a4).count == 25)
  }

  @Test func `every sheet is a page of its size, and the fonts are embedded`() async throws {
    let bytes = try await sheets(.a2, onto: .a4)
    let tiling = PDFTiling(Page(.a2), onto: .a4)
    let text = String(decoding: bytes, as: UTF8.self)
    let (wide, tall) = (decimal(tiling.sheet.width), decimal(tiling.sheet.height))
    #expect(text.components(of: "/MediaBox [ 0 0 \(wide) \(tall) ]") == tiling.count)
    #expect(text.contains("/Count \(tiling.count) >>"))
    // Every font has its letters in the file.
    let descriptors = text.components(of: "/Type /FontDescriptor")
    #expect(descriptors >= 2)
    #expect(
      text.components(of: "/FontFile2 ") + text.components(of: "/FontFile3 ")
        + text.components(of: "/FontFile ") == descriptors)
    // The chart is there once.
    let one = try await DiagramRenderer.draft.render(
      {
        var diagram = Samples.network(groups: 3, size: 6)
        diagram.page = Page(.a2)
        return diagram
      }(), as: .pdf)
    #expect(bytes.count < 2 * one.count + 40_000)
    #expect(try await sheets(.a2, onto: .a4) == bytes)
  }

  @Test func `every object of the table stands where the table says`() async throws {
    let bytes = try await sheets(.a1, onto: .a3)
    let text = String(decoding: bytes, as: UTF8.self)
    let table = try #require(text.split(separator: "startxref\n").last)
    let start = try #require(Int(table.prefix { $0.isNumber }))
    let lines = String(decoding: bytes[start...], as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == "xref")
    var at = 1
    var seen = 0
    while lines[at] != "trailer" {
      let object = lines[at].split(separator: " ")[0]
      let offset = try #require(Int(lines[at + 1].prefix(10)))
      #expect(
        String(decoding: bytes[offset...].prefix(12), as: UTF8.self).hasPrefix("\(object) 0 obj\n"))
      seen += 1
      at += 2
    }
    // Four pieces and a page a sheet, and the list of pages.
    #expect(seen == PDFTiling(Page(.a1), onto: .a3).count * 5 + 1)
  }

  @Test func `a file that is no page of cairo is refused`() {
    for text in ["", "%PDF-1.5", "startxref\n5\n%%EOF", "trailer << >>\nstartxref\n0\n%%EOF"] {
      #expect(SinglePagePDF(Array(text.utf8)) == nil)
      #expect(throws: DiagramError.self) {
        try PDFTiling(Page(.a2), onto: .a4).split(Array(text.utf8))
      }
    }
  }
}

extension DiagramRenderer {
  static var draft: DiagramRenderer {
    var renderer = DiagramRenderer()
    renderer.effort = .draft
    return renderer
  }
}
