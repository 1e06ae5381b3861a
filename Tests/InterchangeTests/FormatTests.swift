// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Every format that names its nodes: out and in again, in the hands of others, and broken.
struct FormatTests {
  static let writers: [any GraphWriter] = [
    GraphMLWriter(), GEXFWriter(), GMLWriter(), PajekWriter(), DLWriter(), DOTGraphWriter(),
    JSONGraphWriter(), GDFWriter(), CX2Writer(), VNAWriter(), NDJSONWriter(), ANXWriter(),
  ]

  private static func document(_ seed: UInt64, plain: Bool) -> GraphDocument {
    var generator = SeededGenerator(seed: seed)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    let names =
      plain
      ? ["a", "b 2", "0039", "+32", "NA", "x.y", "Ann", "B-7", "10", "7"]
      : [
        "a", "Łódź", "0039", "+32 4", "NA", "<b>&'", "=cmd|x", "مرحبا", "10", "{x}", "a->b", "中文",
        "null", "1e5", "-",
      ]
    let count = below(names.count) + 1
    let edges = below(25)
    var document = GraphDocument(
      name: "t\(seed)", direction: below(2) == 0 ? .directed : .undirected,
      nodeIDs: Array(names.shuffled(using: &generator).prefix(count)),
      sources: (0..<edges).map { _ in Int32(below(count)) },
      targets: (0..<edges).map { _ in Int32(below(count)) })
    if edges > 0 {
      document.edgeColumns = [
        AttributeColumn(
          name: "weight", values: .real((0..<edges).map { _ in Double(below(40)) / 8 + 0.125 }))
      ]
    }
    if !plain {
      document.nodeLabels = (0..<count).map { below(3) == 0 ? nil : "label \($0) “x”" }
      document.nodeColumns = [
        AttributeColumn(
          name: "age", values: .integer((0..<count).map { _ in Int64(below(90)) - 5 })),
        AttributeColumn(
          name: "note", values: .text((0..<count).map { below(2) == 0 ? nil : "n \($0), <&> \\ x" })
        ),
      ]
    }
    return document
  }

  private func read(_ bytes: [UInt8], _ format: GraphFormat? = nil) throws -> GraphDocument {
    var options = GraphReadingOptions()
    options.format = format
    return try GraphDocument(reading: .bytes(bytes, name: "f"), options)
  }

  private func edges(_ document: GraphDocument) -> [String] {
    let weights = document.edgeColumn("weight")
    return (0..<document.edgeCount).map { edge in
      var ends = [
        document.nodeIDs[Int(document.sources[edge])],
        document.nodeIDs[Int(document.targets[edge])],
      ]
      if document.direction == .undirected { ends.sort() }
      return ends.joined(separator: "|")
        + " \(weights?.values.text(at: edge).flatMap(Double.init) ?? 1)"
    }.sorted()
  }

  @Test(arguments: writers.indices, Array(UInt64(1)...40))
  func `a graph of plain names comes back the same`(_ index: Int, _ seed: UInt64) throws {
    let writer = Self.writers[index]
    let document = Self.document(seed, plain: true)
    let written = try writer.write(document)
    let again = try read(written.bytes)
    #expect(again.format == writer.format)
    // Pajek and DL number what no label tells apart; here all do.
    #expect(again.nodeIDs == document.nodeIDs)
    guard document.edgeCount > 0 else { return }
    if [.dl, .vna].contains(writer.format), document.direction == .undirected {
      #expect(!written.losses.isEmpty)
      return
    }
    #expect(again.direction == document.direction)
    #expect(edges(again) == edges(document))
  }

  @Test(arguments: [0, 1, 2, 5, 6, 8, 10, 11], Array(UInt64(1)...40))
  func `labels and typed attributes come back`(_ index: Int, _ seed: UInt64) throws {
    let writer = Self.writers[index]
    let document = Self.document(seed, plain: false)
    let again = try read(try writer.write(document).bytes)
    #expect(again.nodeIDs == document.nodeIDs)
    if document.edgeCount > 0 { #expect(edges(again) == edges(document)) }
    #expect(again.nodeColumn("age")?.values == document.nodeColumn("age")?.values)
    let notes = document.nodeColumn("note")
    for node in 0..<document.nodeCount {
      #expect(
        (again.nodeColumn("note")?.values.text(at: node)) == notes?.values.text(at: node))
      let label = document.nodeLabels?[node]
      switch writer.format {
      case .gexf: #expect(again.label(ofNode: node) == label ?? document.nodeIDs[node])
      default: #expect(again.nodeLabels?[node] == label)
      }
    }
  }

  static let broken: [BrokenFile] = [
    .init("GML unclosed", "graph [ node [ id 1 ]", "f:1:1", "not closed"),
    .init("GML open quote", "graph [ node [ id 1 label \"x ] ]", "f:1:", "not closed"),
    .init(
      "GML twice", "graph [\n node [ id 1 ]\n node [ id 1 ]\n]", "f:3:2",
      "the node “1” occurs again"),
    .init(
      "GML dangling", "graph [\n node [ id 1 ]\n edge [ source 1 target 2 ]\n]", "f:3:2",
      "no node has the id 2"),
    .init("GML without id", "graph [ node [ label \"a\" ] ]", "f:1:9", "without an id"),
    .init("GML NaN", "graph [ node [ id 1 w NaN ] ]", "f:1:", "“NaN”, the value of w"),
    .init("GML infinity", "graph [ node [ id 1 w 1e999 ] ]", "f:1:", "1e999"),
    .init("GML two graphs", "graph [ ] graph [ ]", "f:1:11", "a second graph"),
    .init("GML key twice", "graph [ node [ id 1 w 1 w 2 ] ]", "f:1:", "“w” has two values"),
    .init("GML deep", "graph [ " + String(repeating: "a [ ", count: 300), "deeper than 256"),
    .init("GML both bad", "graph [\nnode [ label \"a\" ]\nedge [ source 5 ]\n]", "f:2:1", "f:3:1"),
    .init("Pajek too many", "*Vertices 4000000000\n", "f:1:11", "4000000000 vertices"),
    .init(
      "Pajek out of range", "*Vertices 2\n1 \"a\"\n2 \"b\"\n*Arcs\n1 3\n", "f:5:3", "the vertex “3”"
    ),
    .init("Pajek zero", "*Vertices 2\n*Arcs\n0 1\n", "f:3:1", "the vertex “0”"),
    .init("Pajek again", "*Vertices 2\n1 \"a\"\n1 \"b\"\n", "f:3:1", "occurs again"),
    .init("Pajek quote", "*Vertices 1\n1 \"a\n", "f:2:3", "not closed"),
    .init("Pajek NaN", "*Vertices 2\n*Edges\n1 2 nan\n", "f:3:5", "finite"),
    .init("Pajek matrix", "*Vertices 2\n*Matrix\n0 1 0\n1 0\n", "f:3:1", "row 1 of 3 cells"),
    .init("Pajek no vertices", "*Network x\n", "f:1:1", "no vertices"),
    .init("Pajek one end", "*Vertices 2\n*Arcs\n1\n", "f:3:1", "a tie of one vertex"),
    .init("DL size", "dl n=999999999 format=fullmatrix\ndata:\n0 1\n", "f:1:6", "999999999"),
    .init("DL short", "dl n=2 format=fullmatrix\ndata:\n0 1\n1\n", "ends in row 2"),
    .init(
      "DL long", "dl n=2 format=fullmatrix\ndata:\n0 1\n1 0\n5\n", "f:5:1", "behind the last row"),
    .init("DL labels", "dl n=2 format=fullmatrix\nlabels:\na,b,c\ndata:\n0 1\n1 0\n", "3 labels"),
    .init(
      "DL label twice", "dl n=2 format=fullmatrix\nlabels:\na,a\ndata:\n0 1\n1 0\n", "occurs again"),
    .init("DL format", "dl n=2 format=wild\ndata:\n", "the format wild"),
    .init("DL cell", "dl n=1 format=fullmatrix\ndata:\nx\n", "f:3:1", "the cell “x”"),
    .init("DL end", "dl n=2 format=edgelist1\ndata:\n1 3\n", "f:3:3", "the node “3”"),
    .init("DOT open", "digraph { a -> b", "f:1:17", "ends inside the graph"),
    .init("DOT mark", "graph { a -> b }", "f:1:11", "-> in an undirected graph"),
    .init("DOT quote", "graph { \"a }", "f:1:9", "not closed"),
    .init("DOT behind", "graph { a } x", "f:1:13", "behind the graph"),
    .init("DOT no end", "graph { a -- }", "f:1:14", "the other end"),
    .init("DOT comment", "graph { /* a }", "f:1:9", "not closed"),
    .init("DOT deep", "graph { " + String(repeating: "{ ", count: 300), "deeper than 256"),
    .init("JSON twice", "{\"nodes\": [], \"nodes\": [], \"links\": []}", "f:1:15", "occurs twice"),
    .init("JSON ids", "{\"nodes\": [{\"id\": 1}, {\"id\": \"1\"}], \"links\": []}", "one type"),
    .init(
      "JSON dangling",
      "{\"nodes\": [{\"id\": \"a\"}],\n\"links\": [{\"source\": \"a\", \"target\": \"b\"}]}",
      "f:2:", "no node has the identifier “b”"),
    .init(
      "JSON again", "{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"a\"}], \"links\": []}", "occurs again"
    ),
    .init("JSON NaN", "{\"nodes\": [{\"id\": \"a\", \"w\": NaN}], \"links\": []}", "f:1:", "NaN"),
    .init("JSON big", "{\"nodes\": [{\"id\": \"a\", \"w\": 1e999}], \"links\": []}", "1e999"),
    .init("JSON cut", "{\"nodes\": [{\"id\": \"a\"", "a comma or }"),
    .init("JSON comma", "{\"nodes\": [1,], \"links\": []}", "f:1:14", "“]”"),
    .init("JSON behind", "{\"nodes\": [], \"links\": []} x", "behind the end"),
    .init("JSON deep", "{\"nodes\": " + String(repeating: "[", count: 400), "deeper than 256"),
    .init(
      "JSON half", "{\"nodes\": [{\"id\": \"\\ud800\"}], \"links\": []}", "half of a character"),
    .init("JSON other", "{\"a\": 1}", "without nodes and links"),
    .init(
      "GEXF again", "<gexf><graph><nodes><node id=\"a\"/><node id=\"a\"/></nodes></graph></gexf>",
      "occurs again"),
    .init(
      "GEXF dangling",
      "<gexf><graph><nodes><node id=\"a\"/></nodes><edges><edge source=\"a\" target=\"b\"/></edges></graph></gexf>",
      "no node has the identifier “b”"),
    .init("GEXF cut", "<gexf><graph><nodes><node id=\"a\"/>", "ends too early"),
    .init(
      "GEXF undeclared",
      "<gexf><graph><nodes><node id=\"a\"><attvalues><attvalue for=\"9\" value=\"x\"/></attvalues></node></nodes></graph></gexf>",
      "“9” is not declared"),
    .init(
      "GEXF type",
      "<gexf><graph><attributes class=\"node\"><attribute id=\"0\" title=\"n\" type=\"integer\"/></attributes><nodes><node id=\"a\"><attvalues><attvalue for=\"0\" value=\"x\"/></attvalues></node></nodes></graph></gexf>",
      "“x” in “n”", "a whole number"),
    .init("GEXF entity", "<!DOCTYPE g [<!ENTITY a \"b\">]><gexf><graph/></gexf>", "DOCTYPE"),
    .init("GEXF empty", "<gexf></gexf>", "there is no graph"),
    .init(
      "GEXF weight",
      "<gexf><graph><nodes><node id=\"a\"/></nodes><edges><edge source=\"a\" target=\"a\" weight=\"inf\"/></edges></graph></gexf>",
      "“inf” in weight"),
    .init("GDF row", "nodedef>name VARCHAR\na,b\n", "f:2:3", "a row of 2 fields"),
    .init("GDF type", "nodedef>name VARCHAR,n INTEGER\na,x\n", "f:2:3", "“x” in n"),
    .init(
      "GDF dangling", "nodedef>name VARCHAR\na\nedgedef>node1 VARCHAR,node2 VARCHAR\na,b\n",
      "f:4:3", "“b”"),
    .init("CX 1", "[{\"CXVersion\": \"1.0\"}]", "f:1:16", "CX of version 1.0"),
    .init(
      "CX2 dangling",
      "[{\"CXVersion\": \"2.0\"},\n{\"nodes\": [{\"id\": 1}]},\n{\"edges\": [{\"s\": 1, \"t\": 2}]}]",
      "f:3:26", "no node has the number 2"),
    .init(
      "CX2 twice", "[{\"CXVersion\": \"2.0\"},\n{\"nodes\": [{\"id\": 1}, {\"id\": 1}]}]",
      "f:2:23", "the node 1 occurs again"),
    .init(
      "CX2 undeclared",
      "[{\"CXVersion\": \"2.0\"},\n{\"nodes\": [{\"id\": 1, \"v\": {\"age\": 3}}]}]", "f:2:35",
      "“age” is not declared"),
    .init(
      "CX2 type",
      "[{\"CXVersion\": \"2.0\"}, {\"attributeDeclarations\": [{\"nodes\": {\"age\": {\"d\": \"long\"}}}]},\n{\"nodes\": [{\"id\": 1, \"v\": {\"age\": \"x\"}}]}]",
      "f:2:35", "the value of age is no long"),
    .init(
      "CX2 count",
      "[{\"CXVersion\": \"2.0\"},\n{\"metaData\": [{\"name\": \"nodes\", \"elementCount\": 3}]}, {\"nodes\": [{\"id\": 1}]}]",
      "f:2:15", "3 elements of nodes are announced and 1 are there"),
    .init(
      "CX2 failed", "[{\"CXVersion\": \"2.0\"}, {\"status\": [{\"success\": false}]}]", "f:1:48",
      "failed"),
    .init("VNA row", "*Node data\nID age\na 3 4\n", "f:3:1", "a row of 3 fields"),
    .init(
      "VNA dangling", "*Node data\nID\na\n*Tie data\nfrom to\na b\n", "f:6:3", "“b”"),
    .init("VNA twice", "*Node data\nID\na\na\n", "f:4:1", "occurs again"),
    .init("VNA infinite", "*Tie data\nfrom to w\na b inf\n", "f:3:5", "“inf” in w"),
    .init("VNA quote", "*Node data\nID\n\"a\n", "f:3:1", "not closed"),
    .init("VNA section", "*Node data\nID\na\n*Ego data\n", "f:4:1", "*ego data"),
    .init(
      "lines twice", "{\"type\": \"node\", \"id\": \"a\"}\n{\"type\": \"node\", \"id\": \"a\"}\n",
      "f:2:1", "occurs again"),
    .init(
      "lines dangling",
      "{\"type\": \"node\", \"id\": \"a\"}\n{\"type\": \"edge\", \"source\": \"a\", \"target\": \"b\"}\n",
      "f:2:43", "“b”"),
    .init(
      "lines of two types",
      "{\"type\": \"node\", \"id\": 1}\n{\"type\": \"node\", \"id\": \"1\"}\n", "f:2:24",
      "one type for one identifier"),
    .init(
      "lines cut", "{\"type\": \"node\", \"id\": 1}\n{\"type\": \"node\", \"id\n", "f:2:18",
      "not closed"),
    .init(
      "lines, each with its own mistake",
      "{\"type\": \"node\", \"id\": 1}\n{x\n[]\n{\"type\": \"node\"}\n",
      "f:2:2", "f:3:1", "f:4:1"),
    .init(
      "lines of another type", "{\"type\": \"node\", \"id\": 1}\n{\"type\": \"hyperedge\"}\n",
      "f:2:10", "neither a node nor an edge"),
    .init(
      "FtM twice",
      "{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}\n{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}\n",
      "f:2:1", "occurs again"),
    .init(
      "FtM dangling",
      "{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}\n{\"id\": \"o\", \"schema\": \"Ownership\", \"properties\": {\"owner\": [\"a\"], \"asset\": [\"b\"]}}\n",
      "f:2:77", "“b”"),
    .init(
      "FtM without id", "{\"schema\": \"Person\", \"properties\": {}}\n", "f:1:1", "without an id"),
    .init("NUL", "graph [ node [ id 1 ] \u{0} ]", "a NUL byte"),
    .init("bytes", "graph [ node [ id 1 label \"", "not closed"),
  ]

  @Test(arguments: broken)
  func `a broken file is refused with its place`(_ broken: BrokenFile) throws {
    do {
      let document = try read(Array(broken.text.utf8))
      Issue.record("\(broken.name) was read: \(document.nodeCount) nodes")
    } catch let error as InterchangeError {
      for word in broken.words { #expect("\(error)".contains(word), "\(error)") }
    }
  }

  @Test func `details of the formats are read`() throws {
    let pajek = try read(
      Array(
        "% c\n*Network n\n*Vertices 3 1\n1 \"A b\" 0.1 0.2 0.5 box ic Red\n2 \"B\"\n*Arcs :1 \"knows\"\n1 2 2.5 l \"x\"\n*Edges\n2 3\n"
          .utf8))
    #expect(pajek.nodeIDs == ["A b", "B", "3"] && pajek.mixedDirections == [true, false])
    #expect(pajek.nodeColumn("mode")?.values == .integer([1, 2, 2]))
    #expect(pajek.nodeColumn("ic")?.values == .text(["Red", nil, nil]))
    #expect(pajek.edgeColumn("relation")?.values == .text(["knows", nil]))
    let dot = try read(
      Array(
        "strict digraph G { node [shape=box]; subgraph cluster_a { a; b [shape=oval] }\n a:n -> {b c} -> d [w=2, \"x\"=\"007\"] // e\n}"
          .utf8))
    #expect(dot.nodeIDs == ["a", "b", "c", "d"] && dot.edgeCount == 4)
    #expect(dot.edgeColumn("w")?.values == .integer([2, 2, 2, 2]))
    #expect(dot.edgeColumn("x")?.values == .text(["007", "007", "007", "007"]))
    #expect(dot.nodeColumn("cluster")?.values == .text(["cluster_a", "cluster_a", nil, nil]))
    #expect(dot.nodeColumn("shape")?.values == .text(["box", "oval", "box", "box"]))
    let matrix = try read(
      Array("DL N = 3 FORMAT = FULLMATRIX\nLABELS:\n\"a b\",c d\nDATA:\n0 1 0\n1 0 2\n0 2 0\n".utf8)
    )
    #expect(
      matrix.nodeIDs == ["a b", "c", "d"] && matrix.direction == .undirected
        && matrix.edgeCount == 2)
    let twoMode = try read(
      Array(
        "dl nr=2 nc=3 format=fullmatrix\nrow labels: x y\ncolumn labels: p q r\ndata:\n1 0 1\n0 1 0\n"
          .utf8))
    #expect(twoMode.nodeIDs == ["x", "y", "p", "q", "r"] && twoMode.edgeCount == 3)
    let embedded = try read(
      Array("dl n=3 format=edgelist1 labels embedded\ndata:\nann bob 2\nbob \"cy d\" 3\n".utf8))
    #expect(embedded.nodeIDs == ["ann", "bob", "cy d"] && embedded.edgeCount == 2)
    let d3 = try read(
      Array(
        "{\"nodes\": [{\"name\": \"x\", \"group\": 1}, {\"name\": \"y\"}], \"links\": [{\"source\": 0, \"target\": 1, \"value\": 1.5}]}"
          .utf8))
    #expect(d3.nodeIDs == ["x", "y"] && d3.edgeCount == 1)
    let cytoscape = try read(
      Array(
        "{\"elements\": {\"nodes\": [{\"data\": {\"id\": \"a\"}}, {\"data\": {\"id\": \"b\"}}], \"edges\": [{\"data\": {\"source\": \"a\", \"target\": \"b\"}}]}}"
          .utf8))
    #expect(cytoscape.nodeIDs == ["a", "b"] && cytoscape.edgeCount == 1)
    let gexf = try read(
      Array(
        "<?xml version=\"1.0\"?><gexf xmlns:viz=\"v\"><graph defaultedgetype=\"undirected\"><attributes class=\"node\"><attribute id=\"0\" title=\"n\" type=\"boolean\"><default>true</default></attribute></attributes><nodes><node id=\"a\" label=\"A\"><viz:position x=\"1\" y=\"2.5\"/><nodes><node id=\"b\"/></nodes></node></nodes><edges><edge source=\"a\" target=\"b\" type=\"directed\" weight=\"2\" start=\"2024\"/></edges></graph></gexf>"
          .utf8))
    #expect(gexf.nodeIDs == ["a", "b"] && gexf.direction == .directed)
    #expect(gexf.nodeColumn("n")?.values == .boolean([true, true]))
    #expect(gexf.nodeColumn("parent")?.values == .text([nil, "a"]))
    #expect(gexf.nodeColumn("y")?.values == .real([2.5, nil]))
  }

  // MARK: Others

  private static let script = """
    import json, sys, warnings
    warnings.filterwarnings("ignore")
    import igraph, networkx
    folder = sys.argv[1]
    def nx(g):
        ends = [[str(u), str(v)] if g.is_directed() else sorted([str(u), str(v)]) for u, v in g.edges()]
        return {"directed": g.is_directed(), "nodes": sorted(map(str, g.nodes)), "edges": sorted(ends)}
    def ig(g, key):
        names = g.vs[key]
        ends = [[names[e.source], names[e.target]] for e in g.es]
        if not g.is_directed(): ends = [sorted(e) for e in ends]
        return {"directed": g.is_directed(), "nodes": sorted(names), "edges": sorted(ends)}
    print(json.dumps({
      "nx gml": nx(networkx.read_gml(folder + "/g.gml")),
      "nx gexf": nx(networkx.read_gexf(folder + "/g.gexf")),
      "nx pajek": nx(networkx.read_pajek(folder + "/g.net")),
      "nx json": nx(networkx.node_link_graph(json.load(open(folder + "/g.json")), edges="links")),
      "ig gml": ig(igraph.Graph.Read_GML(folder + "/g.gml"), "label"),
      "ig pajek": ig(igraph.Graph.Read_Pajek(folder + "/g.net"), "name"),
      "ig dl": ig(igraph.Graph.Read_DL(folder + "/g.dl"), "name")}))
    g = networkx.MultiDiGraph()
    g.add_node("Ann", age=30); g.add_node("Bo & \\"B\\"")
    g.add_edge("Ann", "Bo & \\"B\\"", weight=2.5)
    networkx.write_gml(g, folder + "/nx.gml")
    networkx.write_gexf(g, folder + "/nx.gexf")
    networkx.write_pajek(networkx.MultiDiGraph([("Ann", "Bo")]), folder + "/nx.net")
    json.dump(networkx.node_link_data(g, edges="links"), open(folder + "/nx.json", "w"))
    h = igraph.Graph([(0, 1), (1, 2)], directed=True)
    h.vs["name"] = ["x", "y z", "w"]; h.vs["label"] = h.vs["name"]; h.vs["id"] = h.vs["name"]
    h.es["weight"] = [1.5, 2]
    h.write_gml(folder + "/ig.gml"); h.write_pajek(folder + "/ig.net"); h.write_dot(folder + "/ig.dot")
    """

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with networkx and igraph is absent"))
  func `networkx and igraph read what is written, and write what is read`() throws {
    let folder = try PythonOracle.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let document = GraphDocument(
      name: "g", direction: .directed, nodeIDs: ["Ann", "Bo x", "0039", "Zoë"],
      sources: [0, 1, 2], targets: [1, 2, 0],
      edgeColumns: [AttributeColumn(name: "weight", values: .real([1.5, 2, 3]))])
    for (writer, suffix) in [
      (GMLWriter() as any GraphWriter, "gml"), (GEXFWriter(), "gexf"), (PajekWriter(), "net"),
      (JSONGraphWriter(), "json"), (DLWriter(), "dl"),
    ] {
      try Data(try writer.write(document).bytes).write(to: folder.appending(path: "g.\(suffix)"))
    }
    // igraph parts labels of DL at blanks, whatever quotes them.
    var plain = document
    plain.nodeIDs = ["Ann", "Bo-x", "0039", "Zoë"]
    try Data(try DLWriter().write(plain).bytes).write(to: folder.appending(path: "g.dl"))
    let output = try PythonOracle.run(Self.script, [folder.path], in: folder)
    let found = try #require(
      try JSONSerialization.jsonObject(with: output) as? [String: [String: Any]])
    #expect(found.count == 7)
    for (reader, graph) in found {
      // igraph keeps the numbers of characters in GML as they stand; networkx asks for them.
      let zoe = reader == "ig gml" ? "Zo&#235;" : "Zoë"
      let bo = reader == "ig dl" ? "Bo-x" : "Bo x"
      #expect(graph["directed"] as? Bool == true, "\(reader)")
      #expect(graph["nodes"] as? [String] == ["0039", "Ann", bo, zoe], "\(reader)")
      let ends = (graph["edges"] as? [[String]])?.map { $0.joined(separator: "|") }.sorted()
      #expect(ends == ["0039|Ann", "Ann|\(bo)", "\(bo)|0039"], "\(reader)")
    }
    for (file, nodes, edges) in [
      ("nx.gml", 2, 1), ("nx.gexf", 2, 1), ("nx.net", 2, 1), ("nx.json", 2, 1), ("ig.gml", 3, 2),
      ("ig.net", 3, 2), ("ig.dot", 3, 2),
    ] {
      let read = try GraphDocument(reading: .file(folder.appending(path: file).path))
      #expect(read.nodeCount == nodes && read.edgeCount == edges, "\(file)")
      #expect(read.direction == .directed, "\(file)")
    }
    let gml = try GraphDocument(reading: .file(folder.appending(path: "nx.gml").path))
    #expect(gml.nodeIDs == ["Ann", "Bo & \"B\""])
    #expect(gml.edgeColumn("weight")?.values == .real([2.5]))
  }
}
