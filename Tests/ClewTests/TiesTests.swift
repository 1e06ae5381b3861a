// SPDX-License-Identifier: Apache-2.0

import Clew
import Foundation
import GraphCore
import TestSupport
import Testing

/// Ties by events, counted while they are read, against events that are held one by one.
struct TiesTests {
  private let store: CaseStore

  init() throws {
    let folder = try TemporaryFolder.make("ties")
    store = try CaseStore.create(folder.path + "/a.case")
    var generator = SeededGenerator(seed: 11)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    for (number, grade) in ["A1", "B2"].enumerated() {
      let source = Source(
        name: "s\(number)", kind: "register", grade: Grade(scheme: "europol4x4", code: grade))
      try store.import(label: "i\(number)", sources: [source]) { append in
        for person in 0..<6 {
          try append(
            Assertion(
              subject: .entity(id: "p\(person)", schema: "Person"),
              properties: [PropertyValue("name", "N\(person)")], source: source.name,
              locator: Locator(file: "p.csv", line: person + 2)))
        }
        for line in 2..<90 {
          let (schema, roles) =
            [
              ("Call", ["caller", "receiver"]), ("Payment", ["payer", "beneficiary"]),
              ("Meeting", ["participant", "participant", "participant"]),
            ][below(3)]
          var properties: [PropertyValue] = []
          if schema == "Call", below(3) > 0 {
            properties = [PropertyValue("duration", "\(below(50)).1")]
          } else if schema == "Payment" {
            properties = [
              PropertyValue("amount", "\(below(9)).10"),
              PropertyValue("currency", ["EUR", "GBP"][below(2)]),
            ]
          }
          let time = ["2024-0\(1 + below(4))-1\(below(9))T08:00:00Z", "2023", nil][below(3)]
          try append(
            Assertion(
              subject: .event(
                id: "\(schema):e\(number).csv:\(line)", schema: schema,
                time: time.flatMap { PartialDate($0) }.map { Interval($0) },
                participants: roles.map { End(role: $0, entity: "p\(below(6))") }),
              properties: properties, source: source.name,
              locator: Locator(file: "e\(number).csv", line: line)))
        }
      }
    }
  }

  // Each tie as the ends, kind, month and currency, and then the count, the cents and the times.
  private func expected(_ quantity: String?, monthly: Bool) throws -> [String: [Int64]] {
    var ties: [String: [Int64]] = [:]
    for event in try store.contents().events {
      let start = event.time?.start
      var month = "-"
      if monthly, let text = start?.text {
        month = text.count == 4 ? text + "-01" : String(text.prefix(7))
      }
      func value(_ name: String) -> String? {
        event.properties.first { $0.property == name }?.value
      }
      let number = quantity.flatMap(value).flatMap(Double.init)
      let currency = quantity == "amount" && number != nil ? value("currency") ?? "-" : "-"
      let ids = event.participants.map(\.entity)
      var pairs: [(String, String)] = []
      for first in ids.indices {
        for second in ids.indices where second > first {
          let (a, b) = (ids[first], ids[second])
          pairs.append(event.schema == "Meeting" ? (min(a, b), max(a, b)) : (a, b))
        }
      }
      for (from, to) in pairs {
        let key = "\(from) \(to) \(event.schema) \(month) \(currency)"
        var tie = ties[key] ?? [0, 0, 0, .max, .min]
        tie[0] += 1
        if let number {
          tie[1] += 1
          tie[2] += Int64((number * 100).rounded())
        }
        if let start {
          tie[3] = min(tie[3], start.earliest)
          tie[4] = max(tie[4], start.earliest)
        }
        ties[key] = tie
      }
    }
    return ties
  }

  @Test(arguments: [nil, "duration", "amount"], [false, true])
  func `ties are those of the single events`(_ quantity: String?, _ monthly: Bool) throws {
    let document = try store.tiesDocument(adding: quantity, by: monthly ? .month : nil)
    let table = try #require(document.table("ties"))
    func column(_ key: String) -> Int? { table.columns.firstIndex { $0.key == key } }
    func text(_ row: [Table.Cell], _ key: String) -> String? {
      guard let column = column(key), case .text(let text) = row[column] else { return nil }
      return text
    }
    func integer(_ row: [Table.Cell], _ key: String) -> Int64? {
      guard let column = column(key), case .integer(let number) = row[column] else { return nil }
      return Int64(number)
    }
    var found: [String: [Int64]] = [:]
    for row in table.rows {
      let key = [
        text(row, "from"), text(row, "to"), text(row, "kind"), text(row, "window"),
        text(row, "currency"),
      ].map { $0 ?? "-" }.joined(separator: " ")
      var sum = 0.0
      if let column = column("sum"), case .real(let number) = row[column] { sum = number }
      #expect(found[key] == nil)
      found[key] = [
        integer(row, "count") ?? 0, integer(row, "valued") ?? 0, Int64((sum * 100).rounded()),
        text(row, "first").flatMap { PartialDate($0)?.earliest } ?? .max,
        text(row, "last").flatMap { PartialDate($0)?.earliest } ?? .min,
      ]
    }
    #expect(found.count > 60)
    #expect(found == (try expected(quantity, monthly: monthly)))
  }

  @Test func `the first rows are the first of all`() throws {
    let all = try #require(try store.tiesDocument().table("ties")).rows
    for limit in [1, 2, 7, 30, all.count, all.count + 5] {
      let some = try #require(try store.tiesDocument(limit: limit).table("ties")).rows
      #expect(some == Array(all.prefix(limit)))
    }
  }

  @Test func `a view leaves events out before they are counted`() throws {
    let whole = try store.tiesDocument(ViewRequest(layers: ["Call"]))
    let part = try store.tiesDocument(ViewRequest(lowestGrade: "A1", layers: ["Call"]))
    func events(_ document: ResultDocument) -> Int {
      guard case .integer(let number)? = document.figures.first?.value else { return 0 }
      return number
    }
    #expect(events(part) > 0 && events(part) < events(whole))
  }

  @Test func `a word that is no number of events is refused`() throws {
    #expect(throws: ClewError.self) { try store.tiesDocument(adding: "colour") }
  }
}
