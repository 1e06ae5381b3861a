// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import Testing

/// The lists of the events of each entity, and cases that have them in the older form.
struct EventListTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  // Calls between three persons, of whom one takes part in all: lists of more than one row.
  private func busy(_ name: String) throws -> CaseStore {
    let store = try fixture.store(name)
    try StoreFixture.fill(store)
    try store.import(label: "busy.csv", sources: [StoreFixture.wiretap], recorded: 9) { append in
      for number in 0..<2_500 {
        try append(
          StoreFixture.call(
            "busy\(number)", "p1", number % 3 == 0 ? "p3" : number % 3 == 1 ? "p2" : "p1",
            at: "2024-03-04T10:20:30Z", line: number))
      }
    }
    return store
  }

  private func change(_ store: CaseStore, _ sql: String) throws {
    let queue = try DatabaseQueue(path: store.path)
    try queue.inDatabase { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test func `a list of many events has all of them`() throws {
    let store = try busy("a.case")
    #expect(try store.verify() == [])
    #expect(try store.why("p1").events.count == 2_501)
    #expect(try store.why("p3").events.count == 836)
    #expect(try store.why("p1", "p3").events.count == 834)
  }

  @Test(arguments: [1, 100, 2_501, 9_999])
  func `pages of events make all, the first by time first`(_ size: Int) throws {
    let store = try busy("a.case")
    try store.import(label: "late", sources: [StoreFixture.wiretap]) { append in
      for (line, time) in ["2020", nil, "2023-05-06T07:08:09Z"].enumerated() {
        try append(StoreFixture.call("late\(line)", "p1", "p2", at: time, line: line))
      }
    }
    let whole = try store.why("p1")
    var events: [Event] = []
    var pages = 0
    let total = try store.why("p1", pageSize: size) { contents in
      pages += 1
      #expect(contents.events.count <= size)
      #expect(contents.relationships == whole.relationships)
      events += contents.events.sorted {
        ($0.time?.earliest ?? .max) < ($1.time?.earliest ?? .max)
      }
      return pages < 30
    }
    #expect(total == 2_504)
    #expect(pages == min(30, (total + size - 1) / size))
    let times = events.map { $0.time?.earliest ?? .max }
    #expect(times == times.sorted())
    #expect(events.first?.id == "late0")
    if pages < 30 {
      #expect(Set(events.map(\.id)) == Set(whole.events.map(\.id)))
      #expect(events.count == total)
    }
    #expect(throws: CaseStoreError.noEntity("nobody")) {
      try store.why("nobody", pageSize: size) { _ in true }
    }
  }

  @Test(arguments: [1, 2_000])
  func `a file of the first version answers, imports and erases as one of this version`(
    _ more: Int
  ) throws {
    let stores = [try busy("a.case"), try busy("b.case")]
    try stores[1].makeFirstVersion()
    let old = try CaseStore(stores[1].path)
    for (index, store) in [stores[0], old].enumerated() {
      try store.import(label: "more", sources: [StoreFixture.wiretap], recorded: 10) { append in
        for number in 0..<more {
          try append(
            StoreFixture.call("more\(number)", "p2", "p1", at: "2024-05", line: number))
        }
      }
      #expect(try store.verify() == [], "\(index)")
    }
    for id in ["p1", "p2", "p3"] {
      let (a, b) = (try stores[0].why(id), try old.why(id))
      #expect(a.events == b.events)
      #expect(a.entities == b.entities)
    }
    for store in [stores[0], old] {
      _ = try store.erase(.entity("p3"), reason: "order 1")
      #expect(try store.verify() == [])
    }
    #expect(try stores[0].contents().events == old.contents().events)
    #expect(try stores[0].why("p1").events == old.why("p1").events)
  }

  @Test(arguments: [
    ("UPDATE event_list SET events = '[' || substr(events, instr(events, ',') + 1)", "was changed"),
    ("UPDATE event_list SET events = replace(events, ']', ',999999]')", "has no part"),
    ("UPDATE event_list SET events = replace(events, ']', ',999999]]')", "was changed"),
    ("UPDATE event_list SET events = replace(events, ',', ', ')", "was changed"),
    ("UPDATE event_list SET place = place + 1", "was changed"),
    ("DELETE FROM event_list", "is missing"),
    ("UPDATE event_list SET events = replace(events, ',9,', ',9,9,')", "has no part"),
  ])
  func `a list that says something else is named`(_ sql: String, _ words: String) throws {
    let store = try busy("a.case")
    try change(store, sql)
    let problems = try store.verify()
    #expect(problems.contains { $0.contains(words) }, "\(problems)")
  }
}
