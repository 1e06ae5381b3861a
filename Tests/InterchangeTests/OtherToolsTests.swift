// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Our GraphML in the hands of networkx and igraph, where Python and both are there.
@Suite struct OtherToolsTests {
  private static let script = """
    import sys, json, networkx, igraph
    path = sys.argv[1]
    g = networkx.read_graphml(path)
    h = igraph.Graph.Read_GraphML(path)
    print(json.dumps({
      "nodes": list(g.nodes), "uids": h.vs["uid"],
      "labels": [g.nodes[n].get("label") for n in g.nodes],
      "directed": [g.is_directed(), h.is_directed()],
      "edges": sorted([u, v, d.get("amount"), d.get("note")] for u, v, d in g.edges(data=True)),
      "pairs": sorted([h.vs[e.source]["uid"], h.vs[e.target]["uid"]] for e in h.es),
      "ages": [g.nodes[n].get("age") for n in g.nodes]}))
    """

  @Test(
    .enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with networkx and igraph is absent"),
    arguments: [Graph.Direction.directed, .undirected])
  func `networkx and igraph read the GraphML that is written`(direction: Graph.Direction) throws {
    var document = GraphDocument(
      name: "t", direction: direction, nodeIDs: ["A & B", "<c>", "Łódź \"x\"", "alone"],
      sources: [0, 1, 0], targets: [1, 2, 1],
      nodeColumns: [AttributeColumn(name: "age", values: .integer([30, nil, -1, nil]))],
      edgeColumns: [
        AttributeColumn(name: "amount", values: .real([1.5, nil, 3])),
        AttributeColumn(name: "note", values: .text(["a\nb", nil, "<&>"])),
      ])
    document.nodeLabels = ["Al", nil, nil, nil]
    let read = try PythonOracle.answer(
      Self.script, [("graph.graphml", try GraphMLWriter().write(document).bytes)])
    let isDirected = direction == .directed
    #expect(read["nodes"] as? [String] == document.nodeIDs)
    #expect(read["uids"] as? [String] == document.nodeIDs)
    #expect(read["directed"] as? [Bool] == [isDirected, isDirected])
    #expect((read["labels"] as? [Any])?.first as? String == "Al")
    let ages = try #require(read["ages"] as? [Any])
    #expect(ages[0] as? Int == 30 && ages[1] is NSNull && ages[2] as? Int == -1)
    let edges = try #require(read["edges"] as? [[Any]])
    #expect(edges.count == 3)
    #expect(edges.contains { $0[2] as? Double == 1.5 && $0[3] as? String == "a\nb" })
    #expect(edges.contains { $0[2] is NSNull && $0[3] is NSNull })
    #expect((read["pairs"] as? [[String]])?.count == 3)
  }
}
