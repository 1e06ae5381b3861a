// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Interchange
import Testing

@Suite struct GraphMLTests {
  private func read(_ text: String) throws -> GraphDocument {
    try GraphDocument(reading: .text(text, name: "g"))
  }

  private static func graph(_ content: String, _ keys: String = "") -> String {
    "<graphml>\n\(keys)<graph edgedefault=\"undirected\">\n\(content)</graph>\n</graphml>\n"
  }

  @Test func `keys have types, defaults and missing values`() throws {
    let document = try read(
      """
      <?xml version="1.0"?>
      <g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns">
      <g:key id="a" for="node" attr.name="age" attr.type="int"><g:default>7</g:default></g:key>
      <g:key id="b" for="edge" attr.name="amount" attr.type="double"/>
      <g:key id="c" for="all" attr.name="seen" attr.type="boolean"/>
      <g:graph edgedefault="directed">
      <g:node id="x"><g:data key="a">3</g:data><g:data key="c">True</g:data></g:node>
      <g:edge source="x" target="y"><g:data key="b"> 1.5e-3 </g:data></g:edge>
      <g:node id="y"/>
      <g:edge source="y" target="x"/>
      </g:graph></g:graphml>
      """)
    #expect(document.nodeIDs == ["x", "y"] && document.sources == [0, 1])
    #expect(document.direction == .directed && document.mixedDirections == nil)
    #expect(document.nodeColumn("age")?.values == .integer([3, 7]))
    #expect(document.nodeColumn("seen")?.values == .boolean([true, nil]))
    #expect(document.edgeColumn("amount")?.values == .real([0.0015, nil]))
    #expect(document.edgeLines == [8, 10])
  }

  @Test func `mixed directions are kept, hyperedges and ports passed over, nesting flattened`()
    throws
  {
    let document = try read(
      Self.graph(
        """
        <node id="a"><port name="p"/><graph edgedefault="directed"><node id="b"/>
        <edge source="a" target="b"/></graph></node><node id="c"/>
        <edge source="a" target="c" sourceport="p"/><edge source="c" target="b" directed="true"/>
        <hyperedge><endpoint node="a"/></hyperedge>
        """))
    #expect(document.mixedDirections == [true, false, true])
    #expect(document.nodeIDs == ["a", "b", "c"])
    #expect(document.notices.filter { $0.level == .warning }.count == 3)
    let projected = try document.project()
    #expect(projected.graph.direction == .directed && projected.graph.edgeCount == 4)
  }

  @Test(arguments: [
    (
      "truncated", "<graphml>\n<graph edgedefault=\"directed\">\n<node id=\"a\"/>",
      "g:3:15: the document ends too early"
    ),
    ("cut in a tag", "<graphml>\n<graph ed", "g:2:1: the document ends too early"),
    (
      "two roots", "<graphml><graph edgedefault=\"directed\"/></graphml>\n<x/>",
      "g:2:1: the XML is malformed"
    ),
    ("wrong root", "<svg/>", "g:1:1: the root element is <svg>"),
    ("no graph", "<graphml/>", "g: there is no graph"),
    (
      "undeclared key", graph("<node id=\"a\"><data key=\"k\">1</data></node>"),
      "g:3:14: the key “k” is not declared"
    ),
    (
      "key twice", graph("", "<key id=\"k\"/><key id=\"k\"/>\n"),
      "g:2:14: the key “k” is declared twice"
    ),
    ("bad type", graph("", "<key id=\"k\" attr.type=\"date\"/>\n"), "g:2:1: the type “date”"),
    (
      "bad integer",
      graph(
        "<node id=\"a\"><data key=\"k\">1.5</data></node>",
        "<key id=\"k\" for=\"node\" attr.type=\"long\"/>\n"), "g:4:14: “1.5” in “k”"
    ),
    (
      "integer overflow",
      graph(
        "<node id=\"a\"><data key=\"k\">9223372036854775808</data></node>",
        "<key id=\"k\" for=\"node\" attr.type=\"long\"/>\n"), "g:4:14: “9223372036854775808”"
    ),
    (
      "hexadecimal number",
      graph(
        "<node id=\"a\"><data key=\"k\">0x1p3</data></node>",
        "<key id=\"k\" for=\"node\" attr.type=\"double\"/>\n"), "g:4:14: “0x1p3”"
    ),
    (
      "bad truth",
      graph(
        "<node id=\"a\"><data key=\"k\">yes</data></node>",
        "<key id=\"k\" for=\"node\" attr.type=\"boolean\"/>\n"), "g:4:14: “yes”"
    ),
    (
      "value twice",
      graph(
        "<node id=\"a\"><data key=\"k\">1</data><data key=\"k\">2</data></node>",
        "<key id=\"k\" for=\"node\"/>\n"), "g:4:36: the key “k” has two values"
    ),
    (
      "node key at an edge",
      graph(
        "<node id=\"a\"/><edge source=\"a\" target=\"a\"><data key=\"k\">1</data></edge>",
        "<key id=\"k\" for=\"node\"/>\n"), "g:4:43: the key “k” stands at an edge"
    ),
    (
      "node twice", graph("<node id=\"a\"/>\n<node id=\"a\"/>\n"),
      "g:4:1: the node id “a” occurs twice"
    ),
    ("node without an id", graph("<node/>"), "g:3:1: a node without an id"),
    (
      "edge twice",
      graph(
        "<node id=\"a\"/><edge id=\"e\" source=\"a\" target=\"a\"/>\n<edge id=\"e\" source=\"a\" target=\"a\"/>"
      ), "g:4:1: the edge id “e” occurs twice"
    ),
    (
      "dangling end", graph("<node id=\"a\"/>\n<edge source=\"a\" target=\"b\"/>"),
      "g:4:1: an edge ends at “b”"
    ),
    (
      "edge without an end", graph("<node id=\"a\"/>\n<edge source=\"a\"/>"),
      "g:4:1: an edge without a target"
    ),
    (
      "bad edgedefault", "<graphml><graph edgedefault=\"both\"/></graphml>",
      "g:1:10: edgedefault is “both”"
    ),
    (
      "bad directed", graph("<node id=\"a\"/><edge source=\"a\" target=\"a\" directed=\"maybe\"/>"),
      "g:3:15: directed is “maybe”"
    ),
    (
      "internal subset", "<!DOCTYPE graphml [<!ENTITY a \"b\">]><graphml/>",
      "g:1:19: a DOCTYPE with declarations"
    ),
    (
      "outside entity", "<!DOCTYPE graphml SYSTEM \"x.dtd\">\n<graphml>&foo;</graphml>",
      "g:2:10: the entity &foo;"
    ),
    ("undefined entity", "<graphml>&foo;</graphml>", "g:1:10: the XML is malformed"),
    (
      "unknown encoding", "<?xml version=\"1.0\" encoding=\"EBCDIC-X\"?><graphml/>",
      "g:1:31: the XML is malformed"
    ),
    (
      "bytes that are no text", "<graphml><graph id=\"\u{0}\"/></graphml>",
      "g:1:21: the XML is malformed"
    ),
    ("too deep", String(repeating: "<a>", count: 300), "g:1:769: elements nested deeper than 256"),
    (
      "long attribute", "<graphml id=\"" + String(repeating: "x", count: 1_100_000) + "\"/>",
      "g:1:1: an attribute longer"
    ),
    (
      "endless attribute", "<graphml id=\"" + String(repeating: "x", count: 5_000_000),
      "g:1:1: a tag or a text longer"
    ),
  ])
  func `a bad document is refused with its line`(name: String, text: String, message: String) {
    #expect {
      _ = try GraphDocument(reading: .text(text, name: "g"))
    } throws: {
      "\($0)".hasPrefix(message)
    }
  }
}
