// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Interchange

/// The lines of edges come back as they were given, whatever runs they form.
@Suite struct EdgeLinesTests {
  @Test(arguments: [
    [], [7], [1, 2, 3], [5, 5, 5], [1, 2, 4, 5, 9], [9, 8, 7], [3, 4, 4, 5, 1, 2], [-1, 0, 1],
  ])
  func `every line is found one by one and together`(lines: [Int32]) {
    let kept = EdgeLines(lines)
    #expect(kept.all == lines)
    #expect(kept.count == lines.count && kept.isEmpty == lines.isEmpty)
    for (edge, line) in lines.enumerated() { #expect(kept[edge] == Int(line)) }
  }

  @Test func `several edges on successive lines join the run before them`() {
    var kept = EdgeLines()
    kept.append(2)
    kept.append(3, edges: 3)
    kept.append(9, edges: 2)
    kept.append(40, edges: 0)
    kept.append(11)
    #expect(kept.all == [2, 3, 4, 5, 9, 10, 11])
    #expect((0..<7).map { kept[$0] } == [2, 3, 4, 5, 9, 10, 11])
  }
}
