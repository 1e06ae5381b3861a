// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import Reports
import Testing

struct FormatsTests {
  private let document = ResultDocument(
    schema: "clew.test/1", title: "Test of a \"thing\"",
    input: .init(name: "a|b.csv", kind: "edge list", sha256: "00ff"),
    view: [("direction", .string("directed")), ("layers", .array([.string("Call")]))],
    analyses: [
      .init(
        word: "degree", title: "Degree", options: "{\"ties\":\"total\"}",
        convention: Convention(
          direction: "in + out", weights: "ignored", components: "not affected",
          normalisation: "none"),
        reference: Citation(authors: "A", year: 1978, title: "T", venue: "V", doi: "10.1/x"))
    ],
    figures: [.init("density", "Density", .real(0.125), "share of ties")],
    tables: [
      Table(
        key: "nodes", title: "Nodes",
        columns: [.init("id", "Id"), .init("score", "Score"), .init("note", "Note")],
        rows: [
          [.text("+39 06"), .real(0.1), .text("a,\"b\"\nc")],
          [.text("王"), .integer(3), .missing],
          [.text("\u{202E}x"), .real(1e-9), .flag(true)],
        ])
    ], notices: ["one-sided"], handling: "H1", version: "9.9.9")

  @Test func `CSV quotes what needs it and disarms formulas`() {
    #expect(
      document.text(as: .csv)
        == "id,score,note\n'+39 06,0.1,\"a,\"\"b\"\"\nc\"\n王,3,\n\u{202E}x,1e-09,true\n")
  }

  @Test func `JSON is read back with every field in its place`() throws {
    let data = Data(document.text(as: .json).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["schema"] as? String == "clew.test/1")
    #expect(object["handling"] as? String == "H1")
    let results = try #require(object["results"] as? [String: Any])
    let nodes = try #require(results["nodes"] as? [[String: Any]])
    #expect(nodes[0]["id"] as? String == "+39 06")
    #expect(nodes[0]["note"] as? String == "a,\"b\"\nc")
    #expect(nodes[1]["note"] is NSNull)
    #expect(nodes[2]["id"] as? String == "\u{202E}x")
    #expect((results["figures"] as? [String: Any])?["density"] as? Double == 0.125)
    let analysis = try #require(object["analysis"] as? [[String: Any]])
    #expect((analysis[0]["options"] as? [String: Any])?["ties"] as? String == "total")
  }

  @Test func `JSON holds no control or bidirectional character`() {
    let text = document.text(as: .json)
    #expect(!text.unicodeScalars.contains { $0.value == 0x202E || ($0.value < 0x20 && $0 != "\n") })
  }

  @Test func `a row of NDJSON is a line`() throws {
    let lines = document.text(as: .ndjson).split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
  }

  @Test func `the table for people states handling, view, convention, notices and origin`() {
    let text = document.text(as: .table)
    for part in [
      "[H1]", "direction directed", "Degree: in + out; weights ignored", "one-sided",
      "SHA-256 00ff", "clew 9.9.9", "0.1250", "\\u{202E}x",
    ] {
      #expect(text.contains(part), "\(part) is missing in\n\(text)")
    }
    #expect(!text.contains("\u{202E}"))
  }

  @Test func `rows beyond the limit are counted`() {
    #expect(document.text(as: .table, top: 1).contains("… 2 more"))
    #expect(document.text(as: .markdown, top: 1).contains("2 more rows are not shown"))
  }

  @Test func `columns line up with wide characters`() {
    let lines = document.text(as: .table).split(separator: "\n")
    let wide = lines.first { $0.hasPrefix("王") }
    #expect(wide == "王                3  –")
  }

  @Test func `Markdown escapes what would format`() {
    let table = Table(
      key: "t", title: "T", columns: [.init("a", "A")], rows: [[.text("a|b *c* <i>")]])
    let text = ResultDocument(
      schema: "s", title: "t", input: .init(name: "n", kind: "k", sha256: ""), view: [],
      analyses: [], tables: [table], notices: [], version: "1"
    ).text(as: .markdown)
    #expect(text.contains("| a\\|b \\*c\\* \\<i\\> |"))
  }

  @Test(arguments: [
    (0.0, "0"), (3.0, "3"), (-2.0, "-2"), (0.5, "0.5000"), (0.99996, "1.0000"),
    (1234.56, "1234.6"), (0.000123456, "1.235e-4"), (-0.25, "-0.2500"), (1e20, "1.000e20"),
  ])
  func `a number is shown with four decimals or four digits`(number: Double, text: String) {
    #expect(shownReal(number) == text)
  }

  @Test func `a number in JSON and CSV reads back to the same bits`() {
    for number in [0.1, 1.0 / 3, 1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, -0.0] {
      #expect(Double(JSONValue.real(number).text()) == number)
    }
    #expect(JSONValue.real(.nan).text() == "null")
  }
}
