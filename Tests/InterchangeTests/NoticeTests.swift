// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Interchange
import Testing

/// What is said about a file that is read, and when it is left unsaid.
@Suite struct NoticeTests {
  private func document(_ text: String, name: String = "t.csv") throws -> GraphDocument {
    try GraphDocument(reading: .text(text, name: name))
  }

  private func notices(_ text: String, _ options: GraphOptions = GraphOptions()) throws -> [String]
  {
    let document = try document(text)
    return try (document.notices + document.project(options).notices).map(\.text)
  }

  @Test(arguments: [
    ("source,target,amount\na,b,2\n", "amount"), (",a,b\na,0,2\nb,2,0\n", "weight"),
    (",x,y\na,0,2\nb,2,0\n", "weight"),
  ])
  func `a weight that could be used is named until one is chosen`(
    table: String, column: String
  ) throws {
    var options = GraphOptions()
    #expect(try notices(table).count { $0.hasPrefix("every tie weighs 1") } == 1)
    options.weight = .init(attribute: column, meaning: .strength)
    #expect(try !notices(table, options).contains { $0.contains("every tie weighs 1") })
  }

  @Test func `cells that are all one offer no weight`() throws {
    #expect(try !notices(",a,b\na,0,1\nb,1,0\n").contains { $0.contains("every tie weighs 1") })
  }

  @Test func `a column of layers is pointed out until some are chosen`() throws {
    let table = "source,target,matrix\na,b,kin\nb,a,trade\nb,c,kin\n"
    let said = "column matrix has 2 values; --layer or --where picks one"
    #expect(try notices(table).contains(said))
    var options = GraphOptions()
    options.layers = ["kin"]
    #expect(try !notices(table, options).contains(said))
    options.layers = []
    options.conditions = [.init(column: "matrix", value: "kin")]
    #expect(try !notices(table, options).contains(said))
  }

  @Test(arguments: [
    // No pair recurs under another value; one value; a column of another name; too many values.
    "source,target,layer\na,b,kin\na,b,kin\nb,c,trade\n", "source,target,layer\na,b,x\na,b,x\n",
    "source,target,town\na,b,x\na,b,y\n",
    "source,target,layer\n" + (0...50).map { "a,b,v\($0)\n" }.joined(),
  ])
  func `a column that divides no pair into layers is passed over`(table: String) throws {
    #expect(try !notices(table).contains { $0.contains("values;") })
  }

  @Test(arguments: [
    "source,target,x\n,b,1\n", ",a,b,c\na,0,1,1\nb,1,0,1\nd,1,1,0\n",
  ])
  func `problems keep the path as it was given`(table: String) {
    #expect { try document(table, name: "data/t.csv") } throws: {
      "\($0)".hasPrefix("data/t.csv:")
    }
  }

  @Test(arguments: [
    "source,target,x,x\na,b,1,2\n", "source,target\n", ",a,b\na,0,1\nb,1,0\n",
    ",x,y\na,0,1\nb,1,0\n",
    "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/></graph></graphml>",
  ])
  func `notices name the file without its folder`(text: String) throws {
    var options = GraphReadingOptions()
    options.table.duplicateNames = .number
    options.nodes = [.text("id,town\nq,x\n", name: "data/n.csv")]
    let document = try GraphDocument(reading: .text(text, name: "data/t.csv"), options)
    #expect(document.notices.contains { $0.text.hasPrefix("t.csv") })
    #expect(document.notices.contains { $0.text.hasPrefix("n.csv") })
    #expect(!document.notices.contains { $0.text.contains("data/") })
  }

  @Test func `a matrix whose sides differ is refused with the nodes that differ`() throws {
    let tables = [
      ",a,b,c\na,0,1,1\nb,1,0,1\nd,1,1,0\n", "node,a,b,c\na,0,1,1\nb,1,0,1\nd,1,1,0\n",
    ]
    for table in tables {
      let error = try #require(throws: InterchangeError.self) { try document(table) }
      #expect(
        error.description
          == "t.csv:1: this looks like a matrix, but the row “d” has no column and the column “c” "
          + "has no row, expected the same nodes on both sides, or nodes of two kinds; "
          + "correct the names and say what it is (--input-format matrix or two-mode)")
    }
  }

  @Test func `a table that is told to be an edge list is read as one`() throws {
    var options = GraphReadingOptions()
    options.format = .edgeList
    options.sourceColumn = "1"
    options.targetColumn = "2"
    let text = "k,a,b,c\na,0,1,1\nb,1,0,1\nd,1,1,0\n"
    #expect(try GraphDocument(reading: .text(text, name: "t.csv"), options).edgeCount == 3)
  }

  @Test func `an encoding is named for a graph and for a mapping`() {
    let bytes = Array("source,target\na,b".utf8) + [0xE9, 10]
    #expect { try GraphDocument(reading: .bytes(bytes, name: "t.csv")) } throws: {
      "\($0)".hasSuffix(
        "name its encoding (--encoding windows-1252; in a mapping: encoding: windows-1252)")
    }
  }

  @Test func `dates that contradict each other are pointed out`() throws {
    let table = "source,target,date\na,b,03/04/2024\nb,c,13/04/2024 10:20\nc,d,04/13/2024\n"
    let said = try #require(try document(table).notices.first { $0.text.contains("contradict") })
    #expect(said.text.contains("“13/04/2024 10:20” in line 3 has the day first"))
    #expect(said.text.contains("“04/13/2024” in line 4 the month"))
  }

  @Test(arguments: [
    "03/04/2024,13/04/2024,31/12/24", "2024-13-04,13/04/2024,04/13/2024", "13.04.2024,14.5.2024",
    "13/04/2024,04/13/2024,soon", "1/2,13/04,04/13", "13//2024,04/13/2024,",
  ])
  func `dates that may be written in one way, and what is no date, are not`(dates: String) throws {
    let rows = dates.split(separator: ",").map { "a,b,\($0)\n" }.joined()
    #expect(
      try !document("source,target,date\n" + rows).notices.contains {
        $0.text.contains("contradict")
      })
  }
}
