// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Interchange
import Testing

/// Files that are wrong, odd or meant to harm, each with its only right outcome.
@Suite struct HostileTableTests {
  struct Refused: Sendable, CustomStringConvertible {
    let name: String
    let bytes: [UInt8]
    let message: String
    var format: GraphFormat?

    init(_ name: String, _ text: String, _ message: String, _ format: GraphFormat? = nil) {
      self.init(name, bytes: Array(text.utf8), message, format)
    }

    init(_ name: String, bytes: [UInt8], _ message: String, _ format: GraphFormat? = nil) {
      (self.name, self.bytes, self.message, self.format) = (name, bytes, message, format)
    }

    var description: String { name }
  }

  static let refused: [Refused] = [
    .init("empty file", "", "f:1: the file is empty"),
    .init("only a byte order mark", "\u{FEFF}", "f:1: the file is empty"),
    .init("only blank lines", "\n\n\r\n", "f:1: the file holds no row"),
    .init("only comments", "# a\n# b\n", "f:1: the file holds no row"),
    .init("short row", "source,target,x\na,b,1\na,b\n", "f:3: a row of 2 fields, expected 3"),
    .init("long row", "source,target\na,b\na,b,c\n", "f:3:5: a row of 3 fields, expected 2"),
    .init("two bad rows", "source,target\na\na,b,c\n", "f:2: a row of 1 field"),
    .init("blank source", "source,target\na,b\n,b\n", "f:3:1: a tie without a source"),
    .init("blank target of spaces", "source,target\na,  \n", "f:2:3: a tie without a target"),
    .init("null target", "source,target\na,\\N\n", "f:2:3: a tie without a target"),
    .init("unclosed quote", "source,target\na,\"b\nc,d\n", "f:2:3: the quote that opens here"),
    .init("text behind a quote", "source,target\n\"a\"x,b\n", "f:2:4: text behind a closing quote"),
    .init("NUL byte", "source,target\na,\u{0}b\n", "f:2:3: a NUL byte"),
    .init(
      "lone byte", bytes: Array("source,target\na,b".utf8) + [0xE9, 10], "f:2:4: the byte 0xE9"),
    .init(
      "overlong form", bytes: Array("source,target\na,".utf8) + [0xC0, 0x80], "f:2:3: the byte"),
    .init(
      "mixed encodings", bytes: Array("source,target\nŁ,b\nx,".utf8) + [0xB3, 10],
      "f:3:3: the byte 0xB3"),
    .init("UTF-16 without a mark", bytes: [97, 0, 44, 0, 98, 0, 10, 0], "f:1:2: a NUL byte"),
    .init("UTF-32", bytes: [0xFF, 0xFE, 0, 0, 97, 0, 0, 0], "f:1:1: the file is UTF-32"),
    .init("duplicate column", "source,target,x,x\na,b,1,2\n", "f:1:17: the column name “x”"),
    .init(
      "too many columns",
      "source,target," + (0..<2_000).map { "c\($0)" }.joined(separator: ",") + "\n",
      "f:1: a table of 2002 columns"),
    .init("one column", "name\na\nb\n", "f:1: this looks like a table of nodes"),
    .init("one column of numbers", "1\n2\n", "f:1: a table of one column"),
    .init("node table", "id,name,age\n1,Al,30\n2,Bo,41\n", "f:1: this looks like a table of nodes"),
    .init("no telling columns", "p,q,r,s,t\na,b,c,d,e\n", "f:1: it is not plain which columns"),
    .init("JSON", "{\"nodes\": []}", "f:1:1: JSON without nodes and links"),
    .init("workbook", bytes: [0x50, 0x4B, 3, 4, 20, 0], "f: the archive is damaged"),
    .init("database", "SQLite format 3\u{0}abc", "f:1:1: this is a database"),
    .init("GML", "graph [\n node [ id 1 ]\n", "f:1:1: the list that opens here"),
    .init("Pajek", "*Vertices x\n1 \"a\"\n", "f:1:1: *Vertices without a count"),
    .init(
      "damaged gzip", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF],
      "f: the gzip data are damaged"),
    .init("cut gzip", bytes: [0x1F, 0x8B, 8, 0, 0, 0], "f: the gzip data end too early"),
    .init("NaN cell", ",A,B\nA,0,NaN\nB,1,0\n", "f:2:5: “NaN” in row A, column B"),
    .init("text cell", ",A,B\nA,0,x\nB,1,0\n", "f:2:5: “x” in row A, column B"),
    .init("infinite cell", ",A,B\nA,0,inf\nB,1,0\n", "f:2:5: “inf” in row A"),
    .init("hexadecimal cell", ",A,B\nA,0,0x1p3\nB,1,0\n", "f:2:5: “0x1p3” in row A"),
    .init("overflowing cell", ",A,B\nA,0,1e400\nB,1,0\n", "f:2:5: “1e400” in row A"),
    .init("row twice", ",A,B\nA,0,1\nA,1,0\n", "f:3:1: the row “A” occurs twice", .matrix),
    .init("row without a column", ",A,B\nA,0,1\nC,1,0\n", "f:3:1: the row “C” has no", .matrix),
    .init("column without a row", ",A,B,C\nA,0,1,0\nB,1,0,0\n", "f:1: the column “C” has no row"),
    .init("row without a name", ",A,B\nA,0,1\n,1,0\n", "f:3:1: a row without an id", .matrix),
    .init("column without a name", "x,A,\nA,0,1\nB,1,0\n", "f:1:5: a column without", .matrix),
    .init("ragged matrix", ",A,B\nA,0,1\nB,1\n", "f:3: a row of 2 fields, expected 3"),
    .init(
      "rows and columns overlap", ",A,B\nA,0,1\nC,1,0\n", "f:1: “A” is the name of a row", .twoMode),
    .init("asked for GraphML", "source,target\na,b\n", "f:1:1: this is not XML", .graphML),
  ]

  @Test(arguments: refused)
  func `a bad table is refused with its line`(_ bad: Refused) {
    var options = GraphReadingOptions()
    options.format = bad.format
    #expect {
      _ = try GraphDocument(reading: .bytes(bad.bytes, name: "f"), options)
    } throws: {
      "\($0)".hasPrefix(bad.message)
    }
  }

  @Test func `every problem of a file is listed and the printed ones are bounded`() {
    let text = "source,target\n" + String(repeating: "a\n", count: 30_000)
    #expect { _ = try GraphDocument(reading: .text(text, name: "f")) } throws: { error in
      guard case .refused(let list)? = error as? InterchangeError else { return false }
      return list.errorCount == 30_000 && list.problems.count == ProblemList.capacity
        && list.description.split(separator: "\n").count == 101
        && list.description.hasSuffix("… and 29900 more (30000 in all)")
    }
  }

  @Test func `odd identifiers stay apart and are reported`() throws {
    let text = "source,target\nAl,Al \nAl,A\u{200B}l\nAl,\u{410}l\nZo\u{EB},Zoe\u{308}\n=1,+2\n"
    let document = try GraphDocument(reading: .text(text, name: "f"))
    #expect(
      document.nodeIDs == ["Al", "Al ", "A\u{200B}l", "\u{410}l", "Zo\u{EB}", "=1", "+2"])
    let warnings = document.notices.filter { $0.level == .warning }.map(\.text)
    #expect(warnings.count == 2)
    #expect(warnings.contains { $0.contains("1 identifier is written both composed") })
    #expect(warnings.contains { $0.contains("3 pairs of identifiers look alike") })
    #expect(warnings.contains { $0.contains("\\u{200B}") && !$0.contains("\u{200B}") })
  }

  @Test func `identifiers and texts are never numbers`() throws {
    let text = "source,target,code,amount\n007,7,0012,1.50\n1e5,NA,0013,2\nnan,Null,14,-3\n"
    let document = try GraphDocument(reading: .text(text, name: "f"))
    #expect(document.nodeIDs == ["007", "7", "1e5", "NA", "nan", "Null"])
    #expect(document.edgeColumn("code")?.values == .text(["0012", "0013", "14"]))
    #expect(document.edgeColumn("amount")?.values == .real([1.5, 2, -3]))
  }

  @Test(arguments: [
    ("NaN", "f:3: the weight “NaN” in w"), ("", "f:3: an edge without a weight in w"),
    ("inf", "f:3: the weight “inf” in w"), ("0x10", "f:3: the weight “0x10” in w"),
    ("1e999", "f:3: the weight “1e999” in w"),
  ])
  func `a weight that is no finite number is refused with its line`(
    cell: String, message: String
  ) throws {
    let document = try GraphDocument(
      reading: .text("source,target,w\na,b,1\nb,c,\(cell)\n", name: "f"))
    var options = GraphOptions()
    #expect(try document.project(options).graph.edgeCount == 2)
    options.weight = .init(attribute: "w", meaning: .strength)
    #expect { _ = try document.project(options) } throws: { "\($0)".hasPrefix(message) }
  }

  @Test func `a negative weight is kept with a warning`() throws {
    let document = try GraphDocument(reading: .text("source,target,w\na,b,-2\n", name: "f"))
    var options = GraphOptions()
    options.weight = .init(attribute: "w", meaning: .strength)
    let projected = try document.project(options)
    #expect(projected.graph.edgeWeights == [-2])
    #expect(projected.notices.contains { $0.level == .warning && $0.text.contains("negative") })
  }

  @Test func `a decimal comma is taken for the whole table and stated`() throws {
    let document = try GraphDocument(
      reading: .text("source;target;amount\na;b;1,5\nb;c;12\n", name: "f"))
    #expect(document.edgeColumn("amount")?.values == .real([1.5, 12]))
    #expect(document.notices.contains { $0.level == .warning && $0.text.contains("decimal mark") })
    let mixed = try GraphDocument(
      reading: .text("source;target;amount;x\na;b;1,5;0.5\nb;c;12;1.5\n", name: "f"))
    #expect(mixed.edgeColumn("amount")?.values == .text(["1,5", "12"]))
  }

  @Test func `a header without rows is a warning`() throws {
    let document = try GraphDocument(reading: .text("source,target\n", name: "f"))
    #expect(document.nodeCount == 0 && document.edgeCount == 0)
    #expect(document.notices.contains { $0.level == .warning && $0.text.contains("no tie") })
  }

  @Test func `more nodes than allowed are refused`() {
    var options = GraphReadingOptions()
    options.maximumNodes = 3
    #expect {
      _ = try GraphDocument(reading: .text("source,target\na,b\nc,d\n", name: "f"), options)
    } throws: {
      "\($0)".hasPrefix("f: more than 3 nodes")
    }
  }
}
