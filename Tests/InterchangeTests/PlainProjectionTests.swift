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

  // By the definition: the edges of the document that have the ends of an edge, in their order.
  private static func grouped(
    _ document: GraphDocument, _ direction: Graph.Direction, _ options: GraphOptions
  ) -> [[Int32]] {
    var groups: [[Int32]: [[Int32]]] = [:]
    for edge in 0..<document.edgeCount {
      var ends = [document.sources[edge], document.targets[edge]]
      if ends[0] == ends[1], options.selfLoops == .drop { continue }
      if direction == .undirected { ends.sort() }
      if options.parallelEdges == .merge, groups[ends] != nil {
        groups[ends]?[0].append(Int32(edge))
      } else {
        groups[ends, default: []].append([Int32(edge)])
      }
    }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { ends, members in
      members.map { ends + $0 }
    }
  }

  @Test(arguments: 0..<40)
  func `random lists are merged, stripped of loops and traced back by the definition`(
    seed: UInt64
  ) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int32) -> Int32 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int32(truncatingIfNeeded: state >> 33) % bound
    }
    let count = Int(seed % 5) * 12
    let document = GraphDocument(
      name: "random", format: .edgeList,
      direction: seed.isMultiple(of: 2) ? .directed : .undirected,
      nodeIDs: (0..<7).map { "n\($0)" }, sources: (0..<count).map { _ in random(7) },
      targets: (0..<count).map { _ in random(7) })
    for parallel in [GraphOptions.ParallelEdges.merge, .keep] {
      for loops in GraphOptions.SelfLoops.allCases {
        for direction in [nil, Graph.Direction.directed] {
          var options = GraphOptions()
          (options.parallelEdges, options.selfLoops) = (parallel, loops)
          options.direction = direction
          let projected = try document.project(options)
          let expected = Self.grouped(document, direction ?? document.direction, options)
          #expect(Self.pairs(projected) == expected)
          #expect(projected.node.values == Array(0..<7))
          let dropped = loops == .drop ? document.selfLoopCount : 0
          let kept = projected.graph.edgeCount
          var notices = dropped > 0 ? ["\(dropped) self-loops are dropped"] : []
          if kept < count - dropped {
            notices.append("\(count - dropped) edges are merged into \(kept)")
          }
          #expect(projected.notices.count == notices.count)
          for (notice, start) in zip(projected.notices, notices) {
            #expect(notice.description.contains(start), "\(notice)")
          }
        }
      }
    }
  }

  @Test func `an end that is no node is refused with the name of the document`() {
    let document = GraphDocument(
      name: "bad", format: .edgeList, direction: .undirected, nodeIDs: ["a", "b"], sources: [0],
      targets: [2])
    #expect(throws: InterchangeError.self) { try document.project() }
  }
}
