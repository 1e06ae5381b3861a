// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Graphs in the form of METIS.
@Suite struct METISTests {
  private func read(_ text: String, name: String = "g.metis") throws -> GraphDocument {
    try GraphDocument(reading: .text(text, name: name))
  }

  @Test func `lists of neighbours are read, with weights of ties and vertices`() throws {
    let plain = try read("% a cycle and a vertex alone\n4 3\n2 3\n1 3\n2 1\n\n")
    #expect(plain.format == .metis && plain.direction == .undirected)
    #expect(plain.nodeIDs == ["1", "2", "3", "4"] && plain.edgeCount == 3)
    let weighed = try read("3 2 011 2\n5 6 2 7\n1 2 1 7 3 9\n0 0 2 9\n", name: "x/G.GRAPH")
    #expect(weighed.nodeColumn("weight")?.values == .integer([5, 1, 0]))
    #expect(weighed.nodeColumn("weight.2")?.values == .integer([6, 2, 0]))
    #expect(weighed.edgeColumn("weight")?.values == .integer([7, 9]))
    // Without the name it is a table of numbers.
    #expect(throws: InterchangeError.self) {
      try read("4 3\n2 3\n1 3\n2 1\n\n1 2 3\n", name: "g.txt")
    }
  }

  static let broken: [BrokenFile] = [
    .init("one-sided", "3 2\n2\n1 3\n\n", "g.metis:3:3", "the tie of 2 to 3 does not stand at 3"),
    .init("weights differ", "2 1 1\n2 5\n1 6\n", "g.metis:2:1", "g.metis:3:1"),
    .init("count", "3 1\n2\n1 3\n2\n", "g.metis:1:1", "1 edges are announced and 2 are there"),
    .init("range", "2 1\n2\n1 3\n", "g.metis:3:3", "the neighbour 3"),
    .init("zero", "2 1\n0\n1\n", "g.metis:2:1", "the neighbour “0”"),
    .init("itself", "2 1\n1\n1\n", "g.metis:2:1", "a tie of 1 to itself"),
    .init("word", "2 1\nx\n1\n", "g.metis:2:1", "the neighbour “x”"),
    .init("short", "3 1\n2\n1\n", "2 lines of vertices", "expected 3"),
    .init("long", "2 1\n2\n1\n5\n", "g.metis:4:1", "a line behind the last vertex"),
    .init("sizes", "a b\n", "g.metis:1:1", "no line of sizes"),
    .init("huge", "4000000000 1\n2\n1\n", "g.metis:1:1", "4000000000 vertices"),
    .init("format", "2 1 7\n2\n1\n", "g.metis:1:5", "the format “7”"),
    .init("no weight", "2 1 1\n2\n1 1\n", "g.metis:2:1", "a neighbour without a weight"),
  ]

  @Test(arguments: broken)
  func `a broken graph of METIS is refused with its place`(_ broken: BrokenFile) {
    let error = #expect(throws: InterchangeError.self) { try read(broken.text) }
    for word in broken.words { #expect("\(error!)".contains(word), "\(error!)") }
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with networkit is absent"))
  func `what NetworKit writes is read as the same graph`() throws {
    let answer = try PythonOracle.answer(
      """
      import json, networkit as nk
      g = nk.generators.ErdosRenyiGenerator(40, 0.1).generate()
      nk.writeGraph(g, "g.metis", nk.Format.METIS)
      print(json.dumps({"text": open("g.metis").read(),
        "edges": sorted(sorted([u + 1, v + 1]) for u, v in g.iterEdges())}))
      """, [])
    let document = try read(try #require(answer["text"] as? String))
    let edges = (0..<document.edgeCount).map { edge in
      [document.sources[edge], document.targets[edge]].map { Int(document.nodeIDs[Int($0)]) ?? 0 }
    }
    #expect(document.nodeCount == 40)
    #expect(edges == answer["edges"] as? [[Int]])
  }
}
