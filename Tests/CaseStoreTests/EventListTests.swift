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
