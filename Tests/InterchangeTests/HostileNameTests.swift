// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// What is written cannot harm whoever opens it: 500 hostile texts as identifiers, labels, values and
/// names of attributes, in every format.
struct HostileNameTests {
  static let payloads = [
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''+1", "\u{FF1D}1+1",
    "a;=1+1",
    "a\t=1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\",\"y\")", "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "]]>", "<!--", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&lt;",
    "&#0;", "\u{1}", "\u{1B}[31m", "\u{1B}]0;title\u{7}", "\u{9B}31m", "\u{7F}", "\u{0}",
    "\u{202E}gpj.exe", "\u{2066}a\u{2069}", "\u{200B}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}",
    "a\"b", "a\\", "\\\"", "a\\\"b\\", "\\N", "\\n", "a\nb", "*Arcs", "a\n*Arcs\n1 2",
    "a\u{2028}*Arcs",
    "a\u{85}*Arcs", "]\nedge [ source 1 target 1 ]", "graph", "node", "x];y[", "a->b", "a--b",
    "a:b",
    "{}", "}", "<b>bold</b>", "data:", "dl n=2", "nodedef>name", "edgedef>node1", "*Tie data", "#a",
    "%a", "//a", "/*a", "__proto__", "constructor", "null", "NaN", "true", "${jndi:ldap://x}",
    "%s%n", "../../etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "http://x/?a=b&c=d",
    "'; DROP TABLE a;--", "`id`", "$(id)", "|id", "| a | b |", "[a](javascript:b)",
    "![a](http://b)",
    "**a**", "\u{1F468}\u{200D}\u{1F469}", "e\u{301}", "\u{E9}", "مرحبا", "\u{10FFFF}", " a", "a ",
    "a,b",
    "a;b", "a|b", "{\"a\": 1}", "0x10", "1e400", "007", "-", "--", "'", "\"",
  ]

  static let texts: [String] = {
    let forms: [(String) -> String] = [
      { $0 }, { "x" + $0 }, { $0 + "x" }, { "Ann " + $0 + " Lee" }, { $0 + $0 },
    ]
    return forms.flatMap { form in payloads.map(form) }
  }()

  /// Documents of 25 nodes each; no text is repeated as an identifier.
  static let documents: [GraphDocument] = {
    var used: Set<String> = []
    let ids = texts.filter { used.insert($0).inserted }
    return stride(from: 0, to: ids.count, by: 25).map { start in
      let own = Array(ids[start..<min(ids.count, start + 25)])
      let count = Int32(own.count)
      var document = GraphDocument(
        name: own[0], direction: .directed, nodeIDs: own, sources: Array(0..<count),
        targets: (0..<count).map { ($0 + 1) % count },
        nodeColumns: own.prefix(3).map { AttributeColumn(name: $0, values: .text(own)) },
        edgeColumns: own.suffix(3).map { AttributeColumn(name: $0, values: .text(own)) })
      document.nodeLabels = own.reversed()
      document.graphAttributes = [(name: own[1], text: own[2])]
      return document
    }
  }()

  @Test func `there are five hundred texts`() { #expect(Self.texts.count >= 500) }

  private static let writers: [any GraphWriter] =
    FormatTests.writers + [
      EdgeListWriter(), MatrixWriter(), PajekWriter(isProject: true), Neo4jWriter(),
      EdgeListWriter(style: .gephi),
    ] + writtenOnly

  // What Clew does not read back.
  private static let writtenOnly: [any GraphWriter] = [
    EdgeListWriter(style: .maltego), STIXWriter(),
  ]

  // A format that cannot tell identifiers apart says so; they are then numbered by this.
  private func written(_ document: GraphDocument, _ writer: any GraphWriter) throws -> [[UInt8]] {
    var document = document
    let written: WrittenGraph
    do {
      written = try writer.write(document)
    } catch {
      guard case .request(let text) = error else { throw error }
      #expect(!text.isEmpty)
      document.nodeIDs = document.nodeIDs.indices.map { "n\($0)" }
      written = try writer.write(document)
    }
    return [written.bytes] + [written.nodeTable].compactMap(\.self)
  }

  @Test(arguments: writers.indices)
  func `no file holds a control or a byte that is no text`(_ index: Int) throws {
    for document in Self.documents {
      for bytes in try written(document, Self.writers[index]) {
        let text = try #require(String(validating: bytes, as: UTF8.self))
        let isTable = [.edgeList, .matrix, .neo4j].contains(Self.writers[index].format)
        let allowed: Set<UInt32> = isTable ? [9, 10, 13] : [9, 10]
        let found = text.unicodeScalars.first {
          ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value)) && !allowed.contains($0.value)
        }
        #expect(found == nil, "\(Self.writers[index].format) holds \(String(describing: found))")
      }
    }
  }

  @Test(arguments: writers.indices.dropLast(writtenOnly.count))
  func `the file reads back with as many nodes and edges`(_ index: Int) throws {
    let writer = Self.writers[index]
    for document in Self.documents {
      let files = try written(document, writer)
      var options = GraphReadingOptions()
      options.format = writer.format
      if files.count > 1 { options.nodes = [.bytes(files[1], name: "nodes")] }
      let again = try GraphDocument(reading: .bytes(files[0], name: "f"), options)
      #expect(again.nodeCount == document.nodeCount, "\(writer.format)")
      #expect(again.edgeCount == document.edgeCount, "\(writer.format)")
    }
  }

  @Test func `a table holds no cell that a spreadsheet would take for a formula`() throws {
    for writer in [EdgeListWriter(), MatrixWriter(), Neo4jWriter()] as [any GraphWriter] {
      for document in Self.documents {
        for bytes in try written(document, writer) {
          for cell in cells(String(decoding: bytes, as: UTF8.self)) {
            let first = cell.unicodeScalars.first ?? "x"
            #expect(!"=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first), "\(cell)")
          }
        }
      }
    }
  }

  // The cells of a table of commas and double quotes, in the simplest way.
  private func cells(_ text: String) -> [String] {
    var cells: [String] = [""]
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case ",", "\n":
        if isQuoted {
          cells[cells.count - 1].unicodeScalars.append(scalar)
        } else {
          cells.append("")
        }
      default: cells[cells.count - 1].unicodeScalars.append(scalar)
      }
    }
    return cells
  }

  @Test(arguments: [0, 1])
  func `XML holds the elements of its format and nothing else`(_ index: Int) throws {
    let allowed: Set<Substring> = [
      "graphml", "key", "graph", "node", "edge", "data", "gexf", "attributes", "attribute", "nodes",
      "edges", "attvalues", "attvalue",
    ]
    for document in Self.documents {
      for bytes in try written(document, Self.writers[index]) {
        let text = String(decoding: bytes, as: UTF8.self)
        for tag in text.split(separator: "<").dropFirst() {
          let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || "?!-".contains($0) }
          #expect(allowed.contains(name) || name == "?xml", "<\(tag.prefix(40))")
        }
      }
    }
  }

  @Test func `JSON is safe inside a page`() throws {
    for index in [6, 8, 10] {
      for document in Self.documents {
        let bytes = try written(document, Self.writers[index])[0]
        #expect(!bytes.contains(UInt8(ascii: "<")) && !bytes.contains(UInt8(ascii: "&")))
        if index != 10 { _ = try JSONSerialization.jsonObject(with: Data(bytes)) }
      }
    }
  }

  @Test func `a DOT file opens no file and makes no link`() throws {
    let names = ["URL", "href", "image", "shapefile", "stylesheet", "imagepath", "_background"]
    var document = GraphDocument(
      name: "d", direction: .directed, nodeIDs: ["a", "b"], sources: [0], targets: [1],
      nodeColumns: names.map { AttributeColumn(name: $0, values: .text(["/etc/passwd", nil])) },
      edgeColumns: names.map {
        AttributeColumn(name: $0, values: .text(["javascript:alert(1)"]))
      })
    document.graphAttributes = names.map { ($0, "/etc/passwd") }
    let written = try DOTGraphWriter().write(document)
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "f"))
    #expect(again.nodeColumns.map(\.name) == names.map { "own_" + $0 })
    #expect(again.edgeColumns.map(\.name) == names.map { "own_" + $0 })
    #expect(again.graphAttributes.map(\.name) == names.map { "own_" + $0 })
    #expect(written.losses.losses.map(\.count) == [21])
  }

  @Test func `messages hold nothing that steers a terminal`() throws {
    for text in Self.texts {
      let files = [
        "source,target\n\"" + text.split(separator: "\"").joined(separator: "\"\"") + "\",a\nb\n",
        "*Vertices 2\n1 \"x\"\n*\(text)\n", "digraph { \"\(text)\" -> ",
        "{\"nodes\": [{\"id\": \"\(text)\"}], \"links\": [{\"source\": \"\(text)y\"}]}",
      ]
      for file in files {
        do {
          let document = try GraphDocument(reading: .text(file, name: text))
          for notice in document.notices { check(notice.description) }
        } catch {
          for line in error.description.split(separator: "\n") { check(String(line)) }
        }
      }
    }
  }

  private func check(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = line.unicodeScalars.first {
      $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || (0x200B...0x200F).contains($0.value)
        || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }
    #expect(found == nil, "\(line.debugDescription)", sourceLocation: sourceLocation)
  }
}
