// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Projects, partitions and vectors of Pajek.
@Suite struct PajekProjectTests {
  private func read(
    _ text: String, nodes: [Input] = [], network: String? = nil, name: String = "p.paj"
  ) throws -> GraphDocument {
    var options = GraphReadingOptions()
    options.nodes = nodes
    options.network = network
    return try GraphDocument(reading: .text(text, name: name), options)
  }

  private static let project = """
    % a project
    *Network calls
    *Vertices 3
    1 "ann" 0.1 0.2 0.5
    2 "bo"
    3 "cy"
    *Arcs
    1 2 4
    *Partition gang
    *Vertices 3
    1
    9999998
    2
    *Vector age
    *Vertices 3
    30.5
    41
    999999998
    *Permutation order
    *Vertices 3
    3
    1
    2
    *Partition other
    *Vertices 2
    1
    1
    *Cluster some
    *Vertices 1
    2

    """

  @Test func `a project brings its partitions and vectors as attributes`() throws {
    let document = try read(Self.project)
    #expect(document.name == "calls" && document.nodeIDs == ["ann", "bo", "cy"])
    #expect(document.nodeColumn("gang")?.values == .integer([1, nil, 2]))
    #expect(document.nodeColumn("age")?.values == .real([30.5, 41, nil]))
    #expect(document.nodeColumn("order")?.values == .integer([3, 1, 2]))
    #expect(document.nodeColumn("other") == nil)
    let said = document.notices.map(\.text).joined(separator: "\n")
    #expect(said.contains("other is passed over: it has values for 2 vertices"))
    #expect(said.contains("(cluster) are passed over"))
    #expect(said.contains("values 9999998 of gang are missing values (1)"))
    #expect(said.contains("values 999999998 of age are missing values (1)"))
  }

  @Test func `one of several networks is chosen, or all are refused by name`() throws {
    let two = "*Network a\n*Vertices 2\n*Edges\n1 2\n*Network b\n*Vertices 3\n*Edges\n1 3\n2 3\n"
    let error = #expect(throws: InterchangeError.self) { try read(two) }
    #expect("\(error!)".hasPrefix("p.paj:5:1: a second network; there are 1 “a”, 2 “b”"))
    #expect("\(error!)".contains("--network"))
    #expect(try read(two, network: "b").edgeCount == 2)
    #expect(try read(two, network: "1").edgeCount == 1)
    let missing = #expect(throws: InterchangeError.self) { try read(two, network: "c") }
    #expect("\(missing!)".contains("has no network c; there are"))
    // Without their names too.
    let plain = "*Vertices 1\n*Edges\n1 1\n*Vertices 2\n*Edges\n1 2\n"
    #expect(throws: InterchangeError.self) { try read(plain) }
    #expect(try read(plain, network: "2").nodeCount == 2)
  }

  @Test func `partitions and vectors stand beside a network`() throws {
    let net = "*Vertices 3\n1 \"a\"\n2 \"b\"\n3 \"c\"\n*Edges\n1 2\n"
    let document = try read(
      net,
      nodes: [
        .text("*Vertices 3\n2\n2\n1\n", name: "x/gang.clu"),
        .text("*Vertices 3\r\n 0.5\r\n 1\r\n 2e-3\r\n", name: "age.vec"),
        .text("id,town\nb,Gent\nz,Lier\n", name: "towns.csv"),
      ], name: "n.net")
    #expect(document.nodeIDs == ["b", "z", "a", "c"])
    #expect(document.nodeColumn("gang")?.values == .integer([2, nil, 2, 1]))
    #expect(document.nodeColumn("age")?.values == .real([1, nil, 0.5, 0.002]))
    #expect(document.nodeColumn("town")?.values == .text(["Gent", "Lier", nil, nil]))
    let short = #expect(throws: InterchangeError.self) {
      try read(net, nodes: [.text("*Vertices 2\n1\n1\n", name: "s.clu")])
    }
    #expect("\(short!)".contains("s.clu: 2 values in s, expected 3"))
    let table = #expect(throws: InterchangeError.self) {
      try read("source,target\na,b\n", nodes: [.text("*Vertices 2\n1\n1\n", name: "s.clu")])
    }
    #expect("\(table!)".contains("only a network of Pajek"))
  }

  static let broken: [BrokenFile] = [
    .init("a partition alone", "*Vertices 3\n1\n1\n2\n", "f:1:1", "a value for each vertex"),
    .init("no network", "*Partition p\n*Vertices 1\n1\n", "f:1:1", "a project without a network"),
    .init(
      "too few", "*Vertices 2\n*Edges\n1 2\n*Partition p\n*Vertices 2\n1\n", "f:5:1",
      "1 values for 2 vertices"),
    .init(
      "too many", "*Vertices 1\n*Edges\n1 1\n*Vector p\n*Vertices 1\n1\n2\n", "f:7:1",
      "more values than the 1 vertices"),
    .init(
      "a real class", "*Vertices 1\n*Edges\n1 1\n*Partition p\n*Vertices 1\n1.5\n", "f:6:1",
      "the value “1.5” in p", "a whole number"),
    .init(
      "not a number", "*Vertices 1\n*Edges\n1 1\n*Vector p\n*Vertices 1\nnan\n", "f:6:1",
      "the value “nan” in p"),
    .init(
      "a huge count", "*Vertices 1\n*Edges\n1 1\n*Vector p\n*Vertices 4000000000\n1\n", "f:5:11",
      "4000000000 values"),
    .init(
      "no count", "*Vertices 1\n*Edges\n1 1\n*Partition p\n1\n", "f:5:1", "without a count"),
    .init(
      "two mistakes", "*Vertices 1\n*Edges\n1 7\n*Vector p\n*Vertices 1\nx\n", "f:3:3", "f:6:1"),
  ]

  @Test(arguments: broken)
  func `a broken project is refused with its place`(_ broken: BrokenFile) {
    let error = #expect(throws: InterchangeError.self) { try read(broken.text, name: "f") }
    for word in broken.words { #expect("\(error!)".contains(word), "\(error!)") }
  }

  @Test func `a project keeps numbers and categories, and says what it cannot`() throws {
    var document = GraphDocument(
      name: "kept \"x\"", direction: .directed, nodeIDs: ["a", "b 2", "0039"],
      sources: [0, 1], targets: [1, 2],
      nodeColumns: [
        .init(name: "x", values: .real([0.5, 0.25, 1])),
        .init(name: "y", values: .real([0, 1, 0.125])),
        .init(name: "age", values: .integer([30, nil, -2])),
        .init(name: "score", values: .real([1.5, nil, 1e-7])),
        .init(name: "big", values: .integer([1 << 40, nil, 5])),
        .init(name: "huge", values: .integer([1 << 60, nil, 5])),
        .init(name: "role", values: .text(["boss", nil, "aide"])),
        .init(name: "known", values: .boolean([true, false, nil])),
      ],
      edgeColumns: [.init(name: "weight", values: .real([2, 0.5]))])
    let written = try PajekWriter(isProject: true).write(document)
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "p.paj"))
    #expect(again.nodeIDs == document.nodeIDs && again.name == "kept 'x'")
    for name in ["x", "y", "age", "score"] {
      #expect(again.nodeColumn(name)?.values == document.nodeColumn(name)?.values, "\(name)")
    }
    #expect(again.nodeColumn("big")?.values == .real([Double(1 << 40), nil, 5]))
    #expect(again.nodeColumn("role")?.values == .integer([2, nil, 1]))
    #expect(again.nodeColumn("known")?.values == .integer([1, 0, nil]))
    let text = String(decoding: written.bytes, as: UTF8.self)
    #expect(text.contains("% 1 = aide\n% 2 = boss\n"))
    let losses = written.losses.description
    #expect(losses.contains("2 categories are numbered, their names in comments: role"))
    #expect(losses.contains("1 attributes of nodes have no place: huge"))
    // Whole numbers alone lose nothing.
    document.nodeColumns = [.init(name: "age", values: .integer([30, nil, -2]))]
    #expect(try PajekWriter(isProject: true).write(document).losses.isEmpty)
    #expect(try !PajekWriter().write(document).losses.isEmpty)
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with networkx and igraph is absent"))
  func `networkx and igraph read a network with coordinates`() throws {
    let document = GraphDocument(
      name: "n", direction: .undirected, nodeIDs: ["a", "b"], sources: [0], targets: [1],
      nodeColumns: [
        .init(name: "x", values: .real([0.5, 0.25])), .init(name: "y", values: .real([0, 1])),
      ])
    let answer = try PythonOracle.answer(
      """
      import sys, json, networkx, igraph
      g = networkx.read_pajek(sys.argv[1])
      h = igraph.Graph.Read_Pajek(sys.argv[1])
      print(json.dumps({"nx": [sorted(g.nodes), g.number_of_edges()],
        "ig": [h.vs["name"], h.ecount(), h.vs["x"], h.vs["y"]]}))
      """, [("g.net", try PajekWriter().write(document).bytes)])
    #expect((answer["nx"] as? [Any])?[0] as? [String] == ["a", "b"])
    let igraph = try #require(answer["ig"] as? [Any])
    #expect(igraph[0] as? [String] == ["a", "b"] && igraph[1] as? Int == 1)
    #expect(igraph[2] as? [Double] == [0.5, 0.25] && igraph[3] as? [Double] == [0, 1])
  }
}
