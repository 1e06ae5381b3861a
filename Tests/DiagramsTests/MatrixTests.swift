// SPDX-License-Identifier: Apache-2.0

import Diagrams
import Foundation
import Testing

struct MatrixTests {
  private func matrix(_ count: Int) -> MatrixDiagram {
    var matrix = MatrixDiagram(title: "Who & whom")
    matrix.handling = "HANDLING H2"
    matrix.subtitles = ["one", "two"]
    matrix.footnotes = ["Left out: nothing."]
    matrix.groups = ["a", "b"]
    let names = [
      "Ann", "مرحبا", "中文字", "<b>\"x\"", "\u{7}bell", String(repeating: "long ", count: 99),
    ]
    matrix.items = (0..<count).map {
      .init(id: "n\($0)", label: names[$0 % names.count] + "\($0)", group: $0 < count / 2 ? 0 : 1)
    }
    for row in 0..<count where count > 1 {
      let column = (row + 1) % count
      let line: DiagramEdge.Line =
        row % 3 == 0 ? .confirmed : row % 3 == 1 ? .probable : .unconfirmed
      matrix.cells.append(
        .init(row: row, column: column, count: row + 1, line: line, detail: "call"))
    }
    return matrix
  }

  @Test(arguments: [0, 1, 2, 7, 60, 120])
  func `a matrix is drawn whole, the same each time, inside the page`(_ count: Int) async throws {
    let matrix = matrix(count)
    let renderer = DiagramRenderer()
    let bytes = try await renderer.render(matrix, as: .svg)
    #expect(try await renderer.render(matrix, as: .svg) == bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("Who &amp; whom") && text.contains("HANDLING H2"))
    #expect(text.contains("Association is not guilt"))
    #expect(!text.contains("<b>"))
    #expect(!text.utf8.contains(7))
    if count > 1 {
      #expect(text.contains("call, confirmed"))
    } else if count == 0 {
      #expect(text.contains("No ties in this view"))
    }
  }

  @Test func `a matrix is drawn as PDF and PNG, and DOT is refused`() async throws {
    let renderer = DiagramRenderer()
    #expect(try await renderer.render(matrix(9), as: .pdf).starts(with: "%PDF".utf8))
    #expect(try await renderer.render(matrix(9), as: .png(dpi: 60)).starts(with: [0x89, 0x50]))
    await #expect(throws: DiagramError.self) { try await renderer.render(matrix(9), as: .dot) }
  }
}
