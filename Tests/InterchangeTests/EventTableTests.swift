// SPDX-License-Identifier: Apache-2.0

import CaseModel
import GraphCore
import Testing

@testable import Interchange

/// Events added up to a weighted graph: against a straightforward count, and on rows that are not
/// sound.
@Suite struct EventTableTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  private struct Event {
    var who: String
    var whom: String
    var time: String
    var cents: Int
    var decimals: Int
  }

  private struct Edge: Equatable {
    var count: Int64 = 0
    var amount = 0.0
    var first: String?
    var last: String?
  }

  private static func options(_ change: (inout GraphReadingOptions) -> Void = { _ in })
    -> GraphReadingOptions
  {
    var options = GraphReadingOptions()
    options.format = .events
    change(&options)
    return options
  }

  private static func read(
    _ text: String, _ change: (inout GraphReadingOptions) -> Void = { _ in }
  ) throws -> GraphDocument {
    try GraphDocument(reading: .text(text, name: "calls.csv"), options(change))
  }

  private static func edges(_ document: GraphDocument) -> [String: Edge] {
    var edges: [String: Edge] = [:]
    for edge in 0..<document.edgeCount {
      let ends = (Int(document.sources[edge]), Int(document.targets[edge]))
      let key = document.nodeIDs[ends.0] + " > " + document.nodeIDs[ends.1]
      #expect(edges[key] == nil, "\(key) is one edge")
      edges[key] = Edge(
        count: Int64(document.edgeColumn("count")?.values.number(at: edge) ?? -1),
        amount: document.edgeColumn("amount")?.values.number(at: edge) ?? 0,
        first: document.edgeColumn("first")?.values.text(at: edge),
        last: document.edgeColumn("last")?.values.text(at: edge))
    }
    return edges
  }

  // Every row kept, then grouped: what the one pass must give.
  private static func expected(_ events: [Event]) -> [String: Edge] {
    Dictionary(grouping: events) { $0.who + " > " + $0.whom }.mapValues { events in
      let dates = events.compactMap { PartialDate($0.time) }.sorted()
      let cents = events.reduce(0) { $0 + $1.cents }
      return Edge(
        count: Int64(events.count), amount: Double(cents) / 100, first: dates.first?.text,
        last: dates.last?.text)
    }
  }

  private static let zones = ["", "Z", "+01:00", "+02", "-0530", ".5", ".125Z", ",25+01:00"]

  private static func time(_ generator: inout Generator, oddity: Int) -> String {
    func two(_ range: ClosedRange<Int>, _ generator: inout Generator) -> String {
      let number = Int.random(in: range, using: &generator)
      return number < 10 ? "0\(number)" : "\(number)"
    }
    let day = "2024-\(two(1...12, &generator))-\(two(1...28, &generator))"
    switch Int.random(in: 0..<(4 + oddity), using: &generator) {
    case 0: return day
    case 1: return day + "T" + two(0...3, &generator) + ":00"
    case 2, 3:
      let mark = Bool.random(using: &generator) ? "T" : " "
      let clock = "0\(Int.random(in: 0...2, using: &generator)):00:00"
      return "2024-05-01" + mark + clock + (Bool.random(using: &generator) ? "Z" : "")
    case 4: return ""
    case 5: return "2024"
    case 6: return "2024-\(two(1...12, &generator))"
    default:
      return "2024-05-01T0\(Int.random(in: 0...3, using: &generator)):00:00"
        + (zones.randomElement(using: &generator) ?? "")
    }
  }

  private static func events(_ generator: inout Generator, oddity: Int) -> [Event] {
    let ids = [
      "+31612345678", "+3161234567", "7", "007", "Ann", "é", "NL91ABNA0417164300", "a b",
      "0123456789abcdef", "0123456789abcdefg", "12345678",
    ]
    return (0..<Int.random(in: 1..<60, using: &generator)).map { _ in
      let decimals = Int.random(in: 0...2, using: &generator)
      let scale = [100, 10, 1][decimals]
      return Event(
        who: ids.randomElement(using: &generator) ?? "a",
        whom: ids.randomElement(using: &generator) ?? "b",
        time: time(&generator, oddity: oddity),
        cents: Int.random(in: -50...99_999, using: &generator) * scale, decimals: decimals)
    }
  }

  private static func amount(_ event: Event, mark: String) -> String {
    let sign = event.cents < 0 ? "-" : ""
    let (whole, part) = (abs(event.cents) / 100, abs(event.cents) % 100)
    let cents = part < 10 ? "0\(part)" : "\(part)"
    return switch event.decimals {
    case 0: sign + "\(whole)"
    case 1: sign + "\(whole)" + mark + "\(part / 10)"
    default: sign + "\(whole)" + mark + cents
    }
  }

  private static func table(_ events: [Event], _ generator: inout Generator) -> String {
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &generator) ?? ","
    let ending = Bool.random(using: &generator) ? "\n" : "\r\n"
    let mark = delimiter == ";" && Bool.random(using: &generator) ? "," : "."
    var order = [0, 1, 2, 3, 4]
    order.shuffle(using: &generator)
    let names = ["who", "whom", "time", "amount", "note"]
    var text = order.map { names[$0] }.joined(separator: delimiter) + ending
    for event in events {
      let isQuoted = Int.random(in: 0..<8, using: &generator) == 0
      let time =
        event.time.contains(",") && delimiter == "," || isQuoted
        ? "\"\(event.time)\"" : event.time
      let cells = [
        isQuoted ? "\"\(event.who)\"" : event.who, event.whom, time, amount(event, mark: mark),
        isQuoted ? "\"x\(delimiter)\ny\"" : "x",
      ]
      if Int.random(in: 0..<20, using: &generator) == 0 { text += "# a comment" + ending }
      text += order.map { cells[$0] }.joined(separator: delimiter) + ending
    }
    return text
  }

  @Test(arguments: 0..<6)
  func `random tables give what grouping all rows gives`(seed: Int) throws {
    var generator = Generator(state: UInt64(seed))
    for round in 0..<40 {
      let events = Self.events(&generator, oddity: round % 3 == 0 ? 0 : 4)
      let text = Self.table(events, &generator)
      let document = try Self.read(text)
      #expect(Self.edges(document) == Self.expected(events), "\(text)")
      #expect(document.recordCount == events.count)
      let general = try Self.read(text) { $0.readsPlainRowsDirectly = false }
      #expect(general.nodeIDs == document.nodeIDs && general.edgeLines == document.edgeLines)
      #expect(general.sources == document.sources && general.targets == document.targets)
      #expect(general.edgeColumns == document.edgeColumns)
      #expect(general.notices == document.notices, "\(text)")
    }
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
        \(document.recordCount) \(document.nodeIDs.map { Array($0.utf8) }) \(document.sources)
        \(document.targets) \(document.edgeLines) \(document.edgeColumns)
        \(document.notices.map(\.description))
        """
      )
    } catch {
      return (false, "\(error)")
    }
  }

  private static let odd = [
    "", " ", "\\N", "\"a\"", "\"a,b\"", "\"a\nb\"", "\"a\"x", "'=1+1", "é", "e\u{301}", "\u{212A}",
    "K", "a\u{0}b", " a", "a ", "#", "007", "-7", "-0", "-", "1.", ".5", "1,5", "1e5", "nan", "inf",
    "0x1", "12345678901234567", "123456789012345678", "99999999999999999999", "0.1234567890123",
    "2024", "2024-02-30", "2024-13-01", "2024-00-10", "2024-02-29T23:59:59", "2024-02-29T24:00:00",
    "2024-02-29T23:60", "2024-02-29T23:59:60", "2024-02-29T2:00", "2024-02-29t20:00",
    "2024-02-29T20:00z", "2024-02-29T20:00:00ZZ", "2024-02-29T", "2024-02-29 20:00:00.5Z",
    "0000-01-01", "0001-01-01T00:00:00+14", "9999-12-31T23:59:59Z", "2024_02-29", "\u{1}", "a'b",
    "\"open",
  ]

  @Test(arguments: 0..<4)
  func `hostile tables give the same document or error with and without plain rows`(
    seed: Int
  ) {
    var generator = Generator(state: UInt64(1_000 + seed))
    var counts = (read: 0, refused: 0)
    for round in 0..<100 {
      var lines = Self.table(Self.events(&generator, oddity: 0), &generator)
        .split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
      for _ in 0...(round % 2) {
        let line = Int.random(in: 0..<lines.count, using: &generator)
        var cells = lines[line].split(
          omittingEmptySubsequences: false, whereSeparator: { [9, 44, 59, 124].contains($0) }
        ).map(Array.init)
        let cell = Int.random(in: 0..<max(1, cells.count), using: &generator)
        if !cells.isEmpty {
          cells[cell] = Array((Self.odd.randomElement(using: &generator) ?? "").utf8)
        }
        let delimiter = lines[line].first { [9, 44, 59, 124].contains($0) } ?? 44
        if line > 0 { lines[line] = Array(cells.joined(separator: [delimiter])) }
      }
      let bytes = Array(lines.joined(separator: [10]))
      let options = Self.options {
        if round % 3 == 0 { $0.incompleteRows = .skip }
        if round % 5 == 0 { $0.maximumNodes = 6 }
        if round % 7 == 0 { $0.table.quote = .none }
      }
      let direct = Self.outcome(bytes, options, direct: true)
      let general = Self.outcome(bytes, options, direct: false)
      #expect(direct == general, "\(String(decoding: bytes, as: UTF8.self))")
      if direct.isRead { counts.read += 1 } else { counts.refused += 1 }
    }
    #expect(counts.read >= 10 && counts.refused >= 10, "\(counts)")
  }

  @Test func `the order of rows changes no edge`() throws {
    var generator = Generator(state: 77)
    for _ in 0..<20 {
      var events = Self.events(&generator, oddity: 4)
      let edges = Self.edges(try Self.read(Self.table(events, &generator)))
      events.shuffle(using: &generator)
      #expect(Self.edges(try Self.read(Self.table(events, &generator))) == edges)
    }
  }

  @Test func `tables of several chunks give what grouping all rows gives`() throws {
    var generator = Generator(state: 5)
    var events: [Event] = []
    var text = "who,whom,time,amount\n"
    for row in 0..<24_000 {
      let event = Event(
        who: "+316\(10_000_000 + Int.random(in: 0..<900, using: &generator))",
        whom: "+316\(10_000_000 + Int.random(in: 0..<900, using: &generator))",
        time: Self.time(&generator, oddity: row % 50 == 0 ? 3 : 0),
        cents: Int.random(in: 0...99_999, using: &generator), decimals: 2)
      events.append(event)
      let cells = [event.who, event.whom, event.time, Self.amount(event, mark: ".")]
      text += cells.joined(separator: ",") + "\n"
    }
    #expect(text.utf8.count > ByteStream.chunk)
    #expect(Self.edges(try Self.read(text)) == Self.expected(events))
  }

  @Test func `each ordered pair is an edge with its events added up`() throws {
    let document = try Self.read(
      """
      caller,called,date,amount
      ann,bob,2024-03-04T10:00,0.10
      bob,ann,2024-03-05T10:00,5
      ann,bob,2024-03-01T09:00,0.20
      ann,ann,2024-03-02,1
      """)
    #expect(document.format == .events && document.direction == .directed)
    #expect(document.nodeIDs == ["ann", "bob"] && document.edgeLines == [2, 3, 5])
    #expect(
      document.edgeColumns == [
        AttributeColumn(name: "count", values: .integer([2, 1, 1])),
        AttributeColumn(name: "amount", values: .real([0.3, 5, 1])),
        AttributeColumn(
          name: "first", values: .text(["2024-03-01T09:00", "2024-03-05T10:00", "2024-03-02"])),
        AttributeColumn(
          name: "last", values: .text(["2024-03-04T10:00", "2024-03-05T10:00", "2024-03-02"])),
      ])
    var options = GraphOptions()
    options.weight = .init(attribute: "count", meaning: .strength)
    #expect(try document.project(options).graph.edgeCount == 2)
  }

  @Test func `ten million cents are added without an error of rounding`() throws {
    let rows = String(repeating: "a,b,0.01\n", count: 1_000) + "a,b,99999990.00\n"
    let document = try Self.read("who,whom,amount\n" + rows)
    #expect(document.edgeColumn("amount")?.values == .real([100_000_000]))
    #expect(document.notices.contains { $0.text.contains("exactly, in whole units of 2 decimals") })
  }

  @Test func `whole amounts stay whole beyond the precision of a Double`() throws {
    let document = try Self.read("who,whom,amount\na,b,9007199254740993\na,b,2\n")
    #expect(document.edgeColumn("amount")?.values == .integer([9_007_199_254_740_995]))
  }

  @Test func `amounts that do not fit units are added with compensation and it is said`() throws {
    let text = "who,whom,amount\na,b,1e20\na,b,1\na,b,-1e20\nc,d,9223372036854775807\n"
    let document = try Self.read(text + "c,d,1\nc,d,0.000000001\ne,f,0.1\ne,f,0.2\n")
    #expect(document.edgeColumn("amount")?.values == .real([1, 9_223_372_036_854_775_808, 0.3]))
    #expect(document.notices.contains { $0.text.contains("except in 2 pairs") })
  }

  @Test func `a sum beyond all numbers is refused with its line`() throws {
    let error = try #require(throws: InterchangeError.self) {
      try Self.read("who,whom,amount\nx,y,1\na,b,1e308\na,b,1e308\n")
    }
    #expect(error.problems.map(\.line) == [3])
  }

  @Test func `times of one instant are decided by their text`() throws {
    let document = try Self.read(
      "who,whom,time\na,b,2024-03-04T11:00:00+01:00\na,b,2024-03-04T10:00:00Z\n"
        + "a,b,2024-03-04T12:30:00+02:30\n")
    #expect(document.edgeColumn("first")?.values == .text(["2024-03-04T10:00:00Z"]))
    #expect(document.edgeColumn("last")?.values == .text(["2024-03-04T12:30:00+02:30"]))
  }

  @Test func `events without a time are counted and stated`() throws {
    let document = try Self.read("who,whom,time\na,b,\na,b,2024\na,b,\\N\nc,d,\n")
    #expect(document.edgeColumn("count")?.values == .integer([3, 1]))
    #expect(document.edgeColumn("first")?.values == .text(["2024", nil]))
    #expect(document.notices.contains { $0.text.hasSuffix("3 events have no time") })
  }

  @Test func `times in a form of their own are read by it and become ISO 8601`() throws {
    let text = "who;whom;when\na;b;13/04/2024 08:05\na;b;03/05/2024 10:00\n"
    let document = try Self.read(text)
    #expect(document.edgeColumn("first")?.values == .text(["2024-04-13T08:05"]))
    #expect(document.edgeColumn("last")?.values == .text(["2024-05-03T10:00"]))
    let open = "who;whom;when\na;b;03/04/2024\n"
    #expect(throws: InterchangeError.self) { try Self.read(open) }
    let single = try Self.read("who;whom;when\na;b;3/5/2024 9:05\na;b;14/12/2023 10:00\n")
    #expect(single.edgeColumn("last")?.values == .text(["2024-05-03T09:05"]))
    let month = try Self.read(open) { $0.timeForm = "MM/dd/yyyy" }
    #expect(month.edgeColumn("first")?.values == .text(["2024-03-04"]))
  }

  @Test func `every bad row is listed with its place`() throws {
    let text = """
      who,whom,time,amount
      a,b,2024-01-01,1
      a,b,2024-02-30,1
      a,b,2024-01-01,nan
      a,b,2024-01-01,inf
      a,b,2024-01-01,0x10
      a,b,2024-01-01,1e999
      a,,2024-01-01,1
      a,b,2024-01-01
      a,b,2024-01-01,
      a,b,2024-01-01,"1,5"
      a,b,2024-01-01T24:00,007
      """
    for isDirect in [true, false] {
      let error = try #require(throws: InterchangeError.self) {
        try Self.read(text) { $0.readsPlainRowsDirectly = isDirect }
      }
      #expect(
        error.problems.map { "\($0.line ?? 0):\($0.column ?? 0)" } == [
          "3:5", "4:16", "5:16", "6:16", "7:16", "8:3", "9:0", "10:16", "11:16", "12:5", "12:22",
        ], "\(error)")
    }
  }

  @Test func `incomplete rows are passed over on request and stated`() throws {
    let text = "who,whom,amount\na,b,1\n,b,2\nc,d,\ne,\\N,4\na,b,5\n"
    let document = try Self.read(text) { $0.incompleteRows = .skip }
    #expect(document.nodeIDs == ["a", "b"])
    #expect(document.edgeColumn("amount")?.values == .integer([6]))
    #expect(document.notices.contains { $0.text.contains("3 of 5 rows are incomplete") })
    #expect(throws: InterchangeError.self) { try Self.read(text) }
  }

  @Test func `two decimal marks in one column are refused`() throws {
    let error = try #require(throws: InterchangeError.self) {
      try Self.read("who;whom;amount\na;b;1,5\na;b;7\na;b;2.5\n")
    }
    #expect(error.problems.map(\.line) == [4])
  }

  @Test func `a table without rows is a graph without edges and a warning`() throws {
    let document = try Self.read("who,whom,time,amount\n")
    #expect(document.edgeCount == 0 && document.nodeCount == 0)
    #expect(document.edgeColumns.map(\.name) == ["count", "amount", "first", "last"])
    #expect(document.notices.contains { $0.level == .warning && $0.text.contains("no event") })
  }

  @Test func `columns are named by the options, also without a header`() throws {
    let document = try Self.read("2024-01-02,b,a,7\n2024-01-01,b,a,8\n") {
      ($0.sourceColumn, $0.targetColumn) = ("3", "2")
      ($0.timeColumn, $0.amountColumn) = ("1", "4")
      $0.table.header = .absent
    }
    #expect(document.nodeIDs == ["a", "b"] && document.sources == [0])
    #expect(document.edgeColumn("amount")?.values == .integer([15]))
    #expect(document.edgeColumn("first")?.values == .text(["2024-01-01"]))
    #expect(throws: InterchangeError.self) { try Self.read("x,y\n1,2\n") }
    #expect(throws: InterchangeError.self) {
      try Self.read("who,whom,t\na,b,1\n") { $0.amountColumn = "who" }
    }
  }

  @Test func `the most nodes a file may bring is kept to`() {
    for isDirect in [true, false] {
      #expect(throws: InterchangeError.self) {
        try Self.read("who,whom\na,b\nc,d\n" + String(repeating: "e,f\n", count: 90)) {
          $0.maximumNodes = 5
          $0.readsPlainRowsDirectly = isDirect
        }
      }
    }
  }

  @Test func `packed tables read as plain ones`() throws {
    // The table "who,whom,amount", then a,b,1 and a,b,2, as gzip packs it.
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0xCF, 0xC8, 0xD7, 0x29,
      0xCF, 0xC8, 0xCF, 0xD5, 0x49, 0xCC, 0xCD, 0x2F, 0xCD, 0x2B, 0xE1, 0x4A, 0xD4, 0x49, 0xD2,
      0x31, 0x04, 0x93, 0x46, 0x5C, 0x00, 0xAE, 0x13, 0xB7, 0x63, 0x1C, 0x00, 0x00, 0x00,
    ]
    let document = try GraphDocument(
      reading: .bytes(packed, name: "calls.csv.gz"), Self.options())
    #expect(document.edgeColumn("amount")?.values == .integer([3]))
  }
}
