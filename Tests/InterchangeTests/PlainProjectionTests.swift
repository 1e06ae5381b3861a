// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Interchange
import Testing

/// A list in which nothing is merged or dropped becomes a graph without the detour of merging.
@Suite struct PlainProjectionTests {
  private static let text = "1 2\n3 1\n2 3\n4 2\n"

  private static func pairs(_ projected: ProjectedDocument) -> [[Int32]] {
    var pairs: [[Int32]] = []
    projected.graph.forEachEdge { edge, source, target in
      pairs.append([source.index, target.index] + projected.documentEdges(of: edge))
    }
    return pairs
  }

  @Test func `a plain list keeps its edges in order with the way back`() throws {
    let projected = try GraphDocument(reading: .text(Self.text)).project()
    #expect(Self.pairs(projected) == [[0, 1, 0], [0, 2, 1], [1, 2, 2], [1, 3, 3]])
    #expect(projected.notices.isEmpty)
  }

  @Test func `a doubled tie and a loop are still merged, dropped and stated`() throws {
    let projected = try GraphDocument(reading: .text(Self.text + "2 1\n4 4\n")).project()
    #expect(Self.pairs(projected) == [[0, 1, 0, 4], [0, 2, 1], [1, 2, 2], [1, 3, 3]])
    #expect(projected.notices.count == 2)
  }

  @Test func `a loop that is kept stands once in the graph`() throws {
    var options = GraphOptions()
    options.selfLoops = .keep
    let projected = try GraphDocument(reading: .text(Self.text + "4 4\n")).project(options)
    #expect(
      Self.pairs(projected) == [[0, 1, 0], [0, 2, 1], [1, 2, 2], [1, 3, 3], [3, 3, 4]])
    #expect(projected.graph.selfLoopCount == 1)
    #expect(projected.notices.isEmpty)
  }

  @Test func `a directed list without doubled ties keeps both ways of a pair apart`() throws {
    var options = GraphOptions()
    options.direction = .directed
    let projected = try GraphDocument(reading: .text(Self.text + "2 1\n")).project(options)
    #expect(Self.pairs(projected) == [[0, 1, 0], [1, 0, 4], [1, 2, 2], [2, 0, 1], [3, 1, 3]])
  }
}
