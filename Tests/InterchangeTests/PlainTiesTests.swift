// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

@testable import Interchange

/// Plain rows read straight from the bytes give what the general reader gives, row by row.
@Suite struct PlainTiesTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  private static let odd = [
    "", " ", "\\N", "\"a\"", "\"a,b\"", "\"a\nb\"", "\"a\"\"b\"", "'a'", "'=1+1", "é", "e\u{301}",
    "\u{212A}", "K", "\u{0430}", "a\u{0}b", " a", "a ", "a  b", "#", "007", "7", "+7", "0x1",
    "\u{1}", "a\"b", "\u{200B}a", "\"open", "12345678901234567890123456789", "\u{FEFF}", "a'b",
  ]

  private static func identifier(_ generator: inout Generator) -> String {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: String(Int.random(in: 0..<60, using: &generator))
    case 1: String(UInt64.random(in: 0..<100_000_000_000 >> 3, using: &generator))
    case 2:
      ["a", "b", "Ann", "Bob Lee", "x-1", "seven_7", "eight__8", "a:b"]
        .randomElement(using: &generator) ?? "a"
    default: "person" + String(Int.random(in: 0..<500, using: &generator))
    }
  }

  private static let numbers = [
    "", "0", "-0", "7", "-12", "3.5", "-0.25", ".5", "5.", "-", ".", "1e5", "2.5e-3", "1,5", "01",
    "00.5",
    "123456789012345678", "9007199254740993", "9223372036854775807", "9223372036854775808",
    "0.1234567890123456789", "1.7976931348623157", "123456789012.34567", "+1", " 4", "4 ", "true",
    "false", "\\N", "text", "1.2.3", "1e400", "0.000000000000000000000000001", "9007199254740992.5",
  ]

  // Columns of one sort each, so that they are typed as such, and a mixed one.
  private static func cell(_ sort: Int, _ generator: inout Generator) -> String {
    switch sort {
    case 0: String(Int.random(in: -9...99, using: &generator))
    case 1: String(Double(Int.random(in: -999...9_999, using: &generator)) / 100)
    case 2: String(Double.random(in: -1...1, using: &generator))
    case 3: Bool.random(using: &generator) ? "true" : "false"
    case 4: ["", "12", "3.5", "\\N"].randomElement(using: &generator) ?? ""
    default: numbers.randomElement(using: &generator) ?? ""
    }
  }

  private static func file(_ generator: inout Generator, rows: Int, oddity: Double) -> [UInt8] {
    let delimiter = [",", ";", "\t", "|", " "].randomElement(using: &generator) ?? ","
    let ending = ["\n", "\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
    let isOdd = { (generator: inout Generator) in
      Double.random(in: 0..<1, using: &generator) < oddity
    }
    let sorts = (0..<max(0, Int.random(in: -2..<3, using: &generator))).map { _ in
      Int.random(in: 0..<6, using: &generator)
    }
    let names = ["source", "target", "weight", "more"].prefix(2 + sorts.count)
    var text =
      Bool.random(using: &generator) ? names.joined(separator: delimiter) + ending : ""
    for row in 0..<rows {
      var cells = [identifier(&generator), identifier(&generator)]
      cells += sorts.map { cell($0, &generator) }
      if delimiter == " " { cells = cells.map { $0.filter { $0 != " " } } }
      if isOdd(&generator) {
        cells[Int.random(in: 0..<cells.count, using: &generator)] =
          odd.randomElement(using: &generator) ?? ""
      }
      if isOdd(&generator), isOdd(&generator) { cells.append("more") }
      if isOdd(&generator), isOdd(&generator) { cells.removeLast() }
      if isOdd(&generator) {
        text += ["# comment", "", "  "].randomElement(using: &generator) ?? ""
      }
      text += cells.joined(separator: isOdd(&generator) ? delimiter + delimiter : delimiter)
      if isOdd(&generator) {
        text += [" ", "\t", delimiter].randomElement(using: &generator) ?? ""
      }
      if row + 1 < rows || Bool.random(using: &generator) {
        text += isOdd(&generator) ? "\r\n" : ending
      }
    }
    var bytes = Array(text.utf8)
    if isOdd(&generator), isOdd(&generator), !bytes.isEmpty {
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] = 0xC3
    }
    return bytes
  }

  private static func options(_ generator: inout Generator) -> GraphReadingOptions {
    var options = GraphReadingOptions()
    options.format = .edgeList
    if Bool.random(using: &generator) { options.incompleteRows = .skip }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      (options.sourceColumn, options.targetColumn) = ("2", "1")
    }
    if Int.random(in: 0..<6, using: &generator) == 0 { options.maximumNodes = 12 }
    if Int.random(in: 0..<6, using: &generator) == 0 { options.table.quote = .none }
    if Int.random(in: 0..<6, using: &generator) == 0 { options.table.quote = .byte(97) }
    if Int.random(in: 0..<8, using: &generator) == 0 { options.table.delimiter = .byte(49) }
    return options
  }

  // All that a document says, or the whole message of the refusal.
  private static func outcome(
    _ bytes: [UInt8], _ options: GraphReadingOptions, direct: Bool
  ) -> (isRead: Bool, text: String) {
    var options = options
    options.readsPlainRowsDirectly = direct
    do {
      let document = try GraphDocument(reading: .bytes(bytes, name: "f"), options)
      return (
        true,
        """
        \(document.direction) \(document.recordCount) \(document.nodeIDs.map { Array($0.utf8) })
        \(document.sources) \(document.targets) \(document.edgeLines)
        \(document.nodeColumns) \(document.edgeColumns) \(document.mixedDirections ?? [])
        \(document.notices.map(\.description))
        """
      )
    } catch {
      return (false, error.problems.map(\.description).joined(separator: "\n") + "\(error)")
    }
  }

  @Test(arguments: 0..<4)
  func `random tables give the same document or the same error`(seed: Int) {
    var generator = Generator(state: UInt64(seed))
    var read = 0
    var refused = 0
    for round in 0..<30 {
      let oddity = [0, 0.02, 0.2][round % 3]
      let rows = Int.random(in: 1..<30, using: &generator)
      let bytes = Self.file(&generator, rows: rows, oddity: oddity)
      let options = Self.options(&generator)
      let direct = Self.outcome(bytes, options, direct: true)
      let general = Self.outcome(bytes, options, direct: false)
      #expect(direct == general, "\(String(decoding: bytes, as: UTF8.self))")
      if direct.isRead { read += 1 } else { refused += 1 }
    }
    #expect(read >= 6 && refused >= 3, "\(read) read, \(refused) refused")
  }

  @Test func `tables of several chunks give the same document`() {
    var generator = Generator(state: 99)
    var text = "source,target\r\n"
    for row in 0..<70_000 {
      text += Self.identifier(&generator) + "," + Self.identifier(&generator)
      text += row % 9_000 == 7 ? "\r\n# note\r\n" : "\r\n"
    }
    #expect(text.utf8.count > ByteStream.chunk)
    let options = GraphReadingOptions()
    let direct = Self.outcome(Array(text.utf8), options, direct: true)
    #expect(direct.isRead)
    #expect(direct == Self.outcome(Array(text.utf8), options, direct: false))
  }

  @Test func `a row that is passed over leaves no node behind`() throws {
    var options = GraphReadingOptions()
    options.incompleteRows = .skip
    let text = "source,target\n1,2\n3,\\N\n4,\n5,6\n"
    let document = try GraphDocument(reading: .text(text), options)
    #expect(document.nodeIDs == ["1", "2", "5", "6"])
    #expect(document.edgeLines == [2, 5])
  }

  @Test func `numbers of cells are those that the standard library reads`() throws {
    func check(_ text: String) -> Bool {
      let compact = unsafe Array(text.utf8).withUnsafeBytes { unsafe CompactNumber($0) }
      guard let compact else { return false }
      #expect(compact.value.bitPattern == Double(text)?.bitPattern, "\(text)")
      #expect(compact.value.bitPattern == CellNumber(text)?.value.bitPattern, "\(text)")
      #expect(compact.hasPoint == text.contains("."))
      #expect(compact.spelling == text && !compact.isMissing)
      if !compact.hasPoint { #expect(compact.integer == CellNumber(text)?.integer) }
      return true
    }
    let taken = Self.numbers.filter { check($0) }
    #expect(taken == ["0", "-0", "7", "-12", "3.5", "-0.25", ".5"])
    var generator = Generator(state: 5)
    var count = 0
    for _ in 0..<2_000 {
      let whole = UInt64.random(in: 0..<1 << 53, using: &generator)
      let digits = String(whole >> UInt64.random(in: 0..<53, using: &generator))
      let decimals = UInt32.random(in: 0...UInt32.max, using: &generator)
      let sign = ["", "-"].randomElement(using: &generator) ?? ""
      if check(
        sign + digits + "." + String(decimals >> UInt32.random(in: 0..<32, using: &generator)))
      {
        count += 1
      }
    }
    #expect(count > 500)
  }

  @Test func `a column that turns out to be text keeps the spelling of its numbers`() {
    let cells = ["1", "-0", "", ".50", "-0.250", "0.000", "\\N", "7", "12 Main Street", "3.5"]
    var builder = ColumnBuilder(name: "address")
    for cell in cells { builder.append(ByteCell(cell)) }
    let column = builder.column(decimalMark: UInt8(ascii: "."))
    #expect(column.values == .text(cells.map { $0 == "" || $0 == "\\N" ? nil : $0 }))
    #expect(builder.count == cells.count && builder.nullCount == 1)
  }

  @Test func `a column without a value is text without a value`() {
    var builder = ColumnBuilder(name: "note")
    for _ in 0..<3 { builder.appendMissing() }
    #expect(builder.column(decimalMark: UInt8(ascii: ",")).values == .text([nil, nil, nil]))
    #expect(!builder.numbers(decimalMark: UInt8(ascii: ",")).hasDecimals)
  }

  @Test func `a list with weights is typed without a text for each cell`() throws {
    let document = try GraphDocument(reading: .text("a b 1.5\nb c 2\nc a -0.25\n"))
    #expect(
      document.edgeColumns == [
        AttributeColumn(name: "weight", values: .real([1.5, 2, -0.25]))
      ])
    let whole = try GraphDocument(reading: .text("a,b,9007199254740993\nb,c,-0\n"))
    #expect(whole.edgeColumns[0].values == .integer([9_007_199_254_740_993, 0]))
  }

  @Test func `small numbers keep their places as the table for them grows`() {
    var table = IdentifierTable()
    let values = [9_999_999, 0, 5_000, 70, 300_000, 1_023, 1_024] + Array(100..<40_000)
    for (place, value) in values.enumerated() where value != 5_000 || place == 2 {
      _ = table.number(of: ByteCell(String(value)))
    }
    #expect(
      table.names == Array(values[..<7]).map { String($0) }
        + (100..<40_000).filter { ![5_000, 1_023, 1_024].contains($0) }.map { String($0) })
    for (number, name) in table.names.enumerated() where number % 97 == 0 || number < 7 {
      #expect(table.find(name) == Int32(number))
      #expect(table.number(of: ByteCell(name)) == Int32(number))
    }
    #expect(table.find("00") == nil && table.find("70000") == nil && table.find("0070") == nil)
  }

  @Test func `identifiers of every length and script keep their numbers`() throws {
    let ids = [
      "", "7", "07", "1234567", "12345678", "123456789", "K", "\u{212A}elvin", "é", "abcdefg",
    ]
    var table = IdentifierTable()
    for (number, id) in ids.enumerated() {
      #expect(table.number(of: ByteCell(id)) == Int32(number))
    }
    for number in 0..<3_000 { _ = table.number(of: ByteCell("n\(number)-\(number % 7)")) }
    for (number, id) in ids.enumerated() {
      #expect(table.find(id) == Int32(number))
      #expect(table.number(of: ByteCell(id)) == Int32(number))
    }
    #expect(table.find("\u{212A}") == 6)
    #expect(table.find("Kelvin") == 7)
    #expect(table.find("1234568") == nil)
    #expect(table.names.count == table.count && table.count == 3_000 + ids.count)
  }
}
