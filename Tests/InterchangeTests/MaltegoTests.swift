// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Graphs of Maltego, and tables that its import takes.
struct MaltegoTests {
  private static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:mtg="http://maltego.paterva.com/xml/mtgx">
    <VersionInfo createdBy="Maltego Classic" version="4.0.3"/>
    <key attr.name="MaltegoEntity" for="node" id="d4"/><key attr.name="MaltegoLink" for="edge" id="d9"/>
    <graph edgedefault="directed" id="G">

    """
  private static let nodes = """
    <node id="n0"><data key="d4"><mtg:MaltegoEntity id="ae" type="maltego.Person">
    <mtg:Properties value="person.fullname"><mtg:Property name="person.fullname" type="string">
    <mtg:Value>Ann &amp; Lee</mtg:Value></mtg:Property><mtg:Property name="x"><mtg:Value>7</mtg:Value>
    </mtg:Property></mtg:Properties><mtg:Notes>seen twice</mtg:Notes></mtg:MaltegoEntity></data>
    <data key="d5"><mtg:EntityRenderer><mtg:Position x="12.5" y="-3"/></mtg:EntityRenderer></data></node>
    <node id="n1"><data key="d4"><mtg:MaltegoEntity type="maltego.PhoneNumber"><mtg:Properties value="phonenumber">
    <mtg:Property name="phonenumber"><mtg:Value>+32 470</mtg:Value></mtg:Property></mtg:Properties>
    </mtg:MaltegoEntity></data></node>

    """
  private static let edge = """
    <edge id="e0" source="n0" target="n1"><data key="d9"><mtg:MaltegoLink type="maltego.link.manual-link">
    <mtg:Properties><mtg:Property name="maltego.link.manual.type"><mtg:Value>uses</mtg:Value></mtg:Property>
    </mtg:Properties></mtg:MaltegoLink></data></edge>

    """
  private static let tail = "</graph></graphml>"
  private static let graph = head + nodes + edge + tail

  private func check(_ document: GraphDocument) {
    #expect(document.format == .maltego && document.direction == .directed)
    #expect(document.nodeIDs == ["n0", "n1"])
    #expect(document.nodeLabels == ["Ann & Lee", "+32 470"])
    #expect(
      document.nodeColumn("type")?.values == .text(["maltego.Person", "maltego.PhoneNumber"]))
    #expect(document.nodeColumn("person.fullname")?.values == .text(["Ann & Lee", nil]))
    #expect(document.nodeColumn("property x")?.values == .text(["7", nil]))
    #expect(document.nodeColumn("notes")?.values == .text(["seen twice", nil]))
    #expect(document.nodeColumn("x")?.values == .real([12.5, nil]))
    #expect(document.sources == [0] && document.targets == [1])
    #expect(document.edgeColumn("maltego.link.manual.type")?.values == .text(["uses"]))
  }

  @Test func `entities, properties, notes, places and links are read`() throws {
    check(try GraphDocument(reading: .text(Self.graph, name: "f")))
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON is absent"))
  func `archives are read, one of their graphs at a time, and bombs are refused`() throws {
    let folder = try PythonOracle.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = """
      import sys, zipfile
      text = sys.argv[1]
      with zipfile.ZipFile("one.mtgx", "w", zipfile.ZIP_DEFLATED) as out:
          out.writestr("version.properties", "maltego.client.name=Maltego")
          out.writestr("Graphs/Graph1.graphml", text)
      with zipfile.ZipFile("two.mtgx", "w", zipfile.ZIP_DEFLATED) as out:
          out.writestr("Graphs/Graph1.graphml", text)
          out.writestr("Graphs/Other.graphml", text.replace("Ann", "Bea"))
      with zipfile.ZipFile("bomb.mtgx", "w", zipfile.ZIP_DEFLATED) as out:
          out.writestr("Graphs/Graph1.graphml", text.replace("<VersionInfo", " " * 200000000 + "<VersionInfo"))
      data = open("one.mtgx", "rb").read()
      open("cut.mtgx", "wb").write(data[:len(data) - 60])
      """
    try PythonOracle.run(script, [Self.graph], in: folder)
    func read(_ name: String, sheet: String? = nil) throws -> GraphDocument {
      var options = GraphReadingOptions()
      options.sheet = sheet
      return try GraphDocument(reading: .file(folder.appending(path: name).path), options)
    }
    check(try read("one.mtgx"))
    let two = try read("two.mtgx")
    check(two)
    #expect(two.notices.contains { $0.text.contains("2 graphs") && $0.text.contains("Other") })
    #expect(try read("two.mtgx", sheet: "Other").nodeLabels?.first == "Bea & Lee")
    #expect(try read("two.mtgx", sheet: "2").nodeLabels?.first == "Bea & Lee")
    for (name, sheet, word) in [
      ("bomb.mtgx", nil, "unpacks to more"), ("cut.mtgx", nil, "damaged"),
      ("two.mtgx", "Third", "has no graph Third"),
    ] {
      let error = #expect(throws: InterchangeError.self) { try read(name, sheet: sheet) }
      #expect(
        "\(String(describing: error))".contains(word) || error?.description.contains(word) == true)
    }
  }

  static let broken: [BrokenFile] = [
    .init("cut", String(graph.prefix(graph.count - 12)), "ends too early"),
    .init("dangling", head + nodes + edge.replacing("n1", with: "n9") + tail, "“n9”"),
    .init("twice", head + nodes + nodes + tail, "the node “n0” occurs again"),
    .init("no id", head + "<node/>" + tail, "a node without an id", "f:6:1"),
    .init("no target", head + nodes + "<edge source='n0'/>" + tail, "without source or target"),
    .init("two graphs", head + "<graph/>" + tail, "a second graph"),
    .init(
      "no graph", head.replacing("<graph ", with: "<other ") + "</other></graphml>", "no graph"),
    .init(
      "place", graph.replacing("x=\"12.5\"", with: "x=\"far\""), "the place x=“far”", "f:10:"),
    .init(
      "value twice", graph.replacing("name=\"x\"", with: "name=\"person.fullname\""),
      "“person.fullname” has two values here"),
    .init(
      "deep", head + String(repeating: "<a>", count: 300) + tail, "nested deeper than 256"),
    .init(
      "entities", graph.replacing("<graphml", with: "<!DOCTYPE a [<!ENTITY b 'c'>]><graphml"),
      "a DOCTYPE with declarations"),
    .init("bytes", graph.replacing("Ann", with: "\u{0}"), "malformed"),
  ]

  @Test(arguments: broken)
  func `a broken graph is refused with its place`(_ broken: BrokenFile) throws {
    do {
      var options = GraphReadingOptions()
      options.format = .maltego
      let document = try GraphDocument(reading: .text(broken.text, name: "f"), options)
      Issue.record("\(broken.name) was read: \(document.nodeCount) nodes")
    } catch {
      for word in broken.words { #expect("\(error)".contains(word), "\(error)") }
    }
  }

  @Test func `a table for its import has both ends of a link in a row`() throws {
    var document = GraphDocument(
      name: "g", direction: .directed, nodeIDs: ["a", "b", "c"], sources: [0], targets: [1],
      nodeColumns: [
        AttributeColumn(name: "schema", values: .text(["Person", "Phone", nil])),
        AttributeColumn(name: "age", values: .integer([4, nil, nil])),
      ], edgeColumns: [AttributeColumn(name: "calls", values: .integer([3]))])
    document.nodeLabels = ["Ann, Lee", nil, "=x"]
    let written = try EdgeListWriter(style: .maltego).write(document)
    #expect(
      String(decoding: written.bytes, as: UTF8.self) == """
        Source id,Source,Source type,Target id,Target,Target type,calls
        a,"Ann, Lee",Person,b,b,Phone,3
        c,'=x,,,,,

        """)
    #expect(written.losses.losses.map(\.count) == [1, 1])
  }
}
