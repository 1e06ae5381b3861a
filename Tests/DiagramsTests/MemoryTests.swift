// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Diagrams

/// Many charts in one process.
@Suite(.serialized) struct MemoryTests {
  // The pages of memory that the process holds, in bytes.
  private func held() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return (Int(text.split(separator: " ")[1]) ?? 0) * 4096
  }

  private func draw(_ count: Int, from first: Int) throws {
    for index in first..<(first + count) {
      var diagram = Samples.network(groups: 3, size: 6, seed: UInt64(index % 10))
      diagram.layout = [.automatic, .sfdp, .dot][index % 3]
      diagram.style = ChartStyle.ready[index % ChartStyle.ready.count].style
      let format = [PictureFormat.svg, .pdf, .png(dpi: 40)][index / 3 % 3]
      #expect(try DiagramRenderer.draft.renderInProcess(diagram, as: format).count > 1000)
    }
  }

  // Other suites run beside this one, so that the bound is wide: a chart that leaked its drawing
  // would pass it threefold.
  @Test(arguments: ProcessInfo.processInfo.environment["CLEW_LONG_TESTS"] == nil ? [60] : [1000])
  func `charts drawn one after the other leave no memory behind`(count: Int) throws {
    try draw(30, from: 0)
    let before = try held()
    try draw(count, from: 30)
    let grown = try held() - before
    #expect(grown < 96 << 20, "\(grown >> 20) MB more after \(count) charts")
  }
}
