// SPDX-License-Identifier: Apache-2.0

import Interchange
import Testing

@Suite struct DelimitedReaderTests {
  private func rows(
    _ text: String, _ options: DelimitedReader.Options = .init()
  ) throws -> (reader: DelimitedReader, rows: [Row]) {
    var reader = try DelimitedReader(.text(text, name: "t.csv"), options: options)
    var rows: [Row] = []
    while let row = try reader.next() { rows.append(row) }
    return (reader, rows)
  }

  @Test(arguments: [
    ("a,b\n1,2\n", "comma-separated, with a header", ["a", "b"]),
    ("a;b\n1,5;2,5\n", "semicolon-separated, with a header", ["a", "b"]),
    ("a\tb\r\n1\t2\r\n", "tab-separated, with a header", ["a", "b"]),
    ("a|b\n1|2", "separated by |, with a header", ["a", "b"]),
    ("1,2\n3,4\n", "comma-separated, without a header", ["column 1", "column 2"]),
    (
      "X\tY\t44\nY\tX\t44\n", "tab-separated, without a header",
      ["column 1", "column 2", "column 3"]
    ),
    ("from,to\nAl,Bo\n", "comma-separated, with a header", ["from", "to"]),
    ("Al,Bo\nAl,Cy\n", "comma-separated, without a header", ["column 1", "column 2"]),
    (",A,B\nA,0,1\nB,1,0\n", "comma-separated, with a header", ["column 1", "A", "B"]),
    ("ID,2000,2001\n7,1,2\n8,,1\n", "comma-separated, with a header", ["ID", "2000", "2001"]),
    ("'a','b'\n'x,y','2'\n", "comma-separated, quoted with ', with a header", ["a", "b"]),
    ("name\nJohn Smith\n", "comma-separated, with a header", ["name"]),
  ])
  func `the dialect is detected and stated`(text: String, dialect: String, header: [String]) throws
  {
    let (reader, _) = try rows(text)
    #expect(reader.dialect.description == dialect)
    #expect(reader.header == header)
    #expect(reader.detections == ["t.csv: utf-8, \(dialect), \(header.count) columns"])
  }

  @Test func `white space parts fields only where it is asked for`() throws {
    var options = DelimitedReader.Options()
    #expect(try rows("1 2\n3  4\n").reader.header.count == 1)
    options.allowsWhitespace = true
    let (reader, read) = try rows("1 2\n 3 \t 4 \n", options)
    #expect(reader.dialect.delimiter == .whitespace)
    #expect(read.map(\.texts) == [["1", "2"], ["3", "4"]])
  }

  @Test func `fields keep their text, line and character`() throws {
    let text = "id,note\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n#no,row\r\n\r\nñ2,x\r\"3\",\"\""
    let (reader, read) = try rows(text)
    #expect(read.map(\.texts) == [["1", "two\r\nlines, \"quoted\""], ["ñ2", "x"], ["3", ""]])
    #expect(read.map(\.line) == [2, 6, 7])
    #expect(read.map(\.number) == [1, 2, 3])
    #expect(read[1].column(of: 1) == 4)
    #expect(read[0].column(of: 1) == 3)
    #expect(read[2].isQuoted(1) && read[2].isEmpty(1))
    #expect(String(decoding: read[1].raw, as: UTF8.self) == "ñ2,x")
    #expect(reader.commentCount == 1 && reader.blankLineCount == 1 && reader.rowCount == 3)
  }

  @Test func `a field behind a quoted line end stands on its own line`() throws {
    let (_, read) = try rows("a,b\n\"x\ny\",z\n")
    #expect(read[0].line == 2 && read[0].line(of: 1) == 3 && read[0].column(of: 1) == 4)
  }

  @Test func `identifiers stay what they are`() throws {
    let cells = ["0039061", "+39061", "1234567890123456789012345", "NA", "Null", "nan", "1e5"]
    let (_, read) = try rows("id,n\n" + cells.map { "\($0),1" }.joined(separator: "\n"))
    #expect(read.map { $0.text(0) } == cells)
  }

  @Test(arguments: [
    ("a,b\n1\n", "t.csv:2: a row of 1 field, expected 2 as in line 1"),
    ("a,b\n1,2,3\n", "t.csv:2:5: a row of 3 fields, expected 2 as in line 1"),
    ("a,b\n\"1\"x,2\n", "t.csv:2:4: text behind a closing quote"),
    ("a,b\n1,2\n3,\u{0}4\n", "t.csv:3:3: a NUL byte"),
  ])
  func `an unsound row comes with its defect`(text: String, message: String) throws {
    let (_, read) = try rows(text)
    let defects = read.compactMap(\.defect).map(\.description)
    #expect(defects.count == 1)
    #expect(defects.first?.hasPrefix(message) == true, "\(defects)")
  }

  @Test(arguments: [
    ("", "t.csv:1: the file is empty"),
    ("\n\n", "t.csv:1: the file holds no row"),
    ("# nothing\n", "t.csv:1: the file holds no row"),
    ("a,b\n1,\"2\n3,4\n", "t.csv:2:3: the quote that opens here is not closed"),
    ("a,a\n1,2\n", "t.csv:1:3: the column name “a” occurs twice"),
  ])
  func `an unreadable file is refused with its place`(text: String, message: String) {
    #expect {
      try rows(text)
    } throws: {
      "\($0)".hasPrefix(message)
    }
  }

  @Test func `columns of the same name can be numbered instead`() throws {
    var options = DelimitedReader.Options()
    options.duplicateNames = .number
    let (reader, _) = try rows("Account,x,Account\n1,2,3\n", options)
    #expect(reader.header == ["Account", "x", "Account.2"])
    #expect(reader.warnings.map(\.line) == [1])
  }

  @Test func `lines above the header can be passed over`() throws {
    var options = DelimitedReader.Options()
    options.skippedLines = 2
    let (reader, read) = try rows("Operator: X\nPeriod\na;b\n1;2\n", options)
    #expect(reader.header == ["a", "b"] && reader.headerLine == 3 && read[0].line == 4)
  }

  @Test func `a column is found by name, by like name, and by number`() throws {
    let (reader, _) = try rows("A-Party,B Party\nx,y\n")
    #expect(try reader.column("A-Party") == 0)
    #expect(try reader.column("b_party") == 1)
    #expect(try reader.column("2") == 1)
    #expect(throws: InterchangeError.self) { try reader.column("C") }
  }

  @Test(arguments: [1, 7, 64])
  func `rows longer than a chunk are read whole`(rowsOfData: Int) throws {
    let long = String(repeating: "x", count: 300_000)
    let text = "a,b\n" + (0..<rowsOfData).map { "\($0),\"\(long)\"\n" }.joined()
    let (_, read) = try rows(text)
    #expect(read.count == rowsOfData)
    #expect(read.allSatisfy { $0[1].count == 300_000 })
  }

  @Test func `an endless row and an endless quote are refused with their line`() {
    var options = DelimitedReader.Options()
    options.maximumRowBytes = 1 << 20
    options.header = .present
    let endless = String(repeating: "x,", count: 2 << 20)
    #expect { try rows("a,b\n" + endless, options) } throws: {
      "\($0)".hasPrefix("t.csv:2: a row that does not end within 1048576 bytes")
    }
    #expect { try rows("a,b\n\"" + endless, options) } throws: {
      "\($0)".hasPrefix("t.csv:2:1: the quote that opens here is not closed within 1048576")
    }
  }
}
