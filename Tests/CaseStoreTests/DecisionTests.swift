// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import GraphCore
import Testing

struct DecisionTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func view(_ store: CaseStore, knownAt: String? = nil) throws -> CaseExtract {
    try CaseView(knownAt: knownAt.flatMap { PartialDate($0) }).filter(store.contents())
  }

  @Test(arguments: ["informant", "wiretap"])
  func `dropping a source gives the case that never had it`(_ name: String) throws {
    let store = try fixture.store("a.case")
    try StoreFixture.fill(store)
    try store.dropSource(name, reason: "unreliable")
    let never = try fixture.store("b.case")
    try StoreFixture.fill(never, without: [name])
    #expect(try store.digest() == never.digest())
    let (a, b) = (try view(store), try view(never))
    #expect(a.entities == b.entities)
    #expect(a.relationships == b.relationships)
    #expect(a.events.map(\.id) == b.events.map(\.id))
    #expect(a.claims.map(\.value) == b.claims.map(\.value))
    #expect(a.sources == b.sources)
    let projections = (try a.project(), try b.project())
    #expect(projections.0.graph.edgeCount == projections.1.graph.edgeCount)
    #expect(projections.0.names == projections.1.names)
    #expect(try store.summary() == never.summary())
    #expect(try store.verify() == [])
  }

  @Test func `reverting an import gives the case before it, and reverting that brings it back`()
    throws
  {
    let store = try fixture.store()
    try StoreFixture.fill(store, without: ["wiretap"])
    let before = try store.digest()
    let entitiesBefore = try view(store).entities
    try store.import(label: "calls", sources: [StoreFixture.wiretap]) { append in
      try append(StoreFixture.call("call1", "p1", "p2", at: "2024"))
      try append(StoreFixture.person("p8", "New", source: "wiretap"))
    }
    let after = try store.digest()
    let decision = try store.revert(3, enteredBy: "A. Nalyst", reason: "wrong file")
    #expect(try store.digest() == before)
    #expect(try view(store).entities == entitiesBefore)
    #expect(try view(store).events.isEmpty)
    #expect(throws: CaseStoreError.batchNotLive(3)) { try store.revert(3) }
    #expect(throws: CaseStoreError.noBatch(99)) { try store.revert(99) }
    try store.revert(decision)
    #expect(try store.digest() == after)
    #expect(try view(store).events.count == 1)
    #expect(try store.batches().map(\.counts) == [true, true, true, false, true])
    #expect(try store.verify() == [])
  }

  @Test func `what was withdrawn can come again with another schema, ends or time`() throws {
    let store = try fixture.store("a.case")
    try StoreFixture.fill(store)
    try store.revert(1)
    try store.revert(2)
    try store.revert(3)
    let fresh = try fixture.store("b.case")
    for store in [store, fresh] {
      try store.import(
        label: "corrected", sources: [StoreFixture.register], recorded: 9
      ) { append in
        try append(StoreFixture.company("p1", "Anna Ltd"))
        try append(StoreFixture.person("p2", "Bo"))
        try append(StoreFixture.person("p3", "Co"))
        try append(
          Assertion(
            subject: .relationship(
              id: "assoc:p1:p2", schema: "Associate",
              ends: [End(role: "person", entity: "p2"), End(role: "associate", entity: "p3")]),
            source: "register", locator: Locator(file: "b.csv", line: 1)))
        try append(StoreFixture.call("call1", "p2", "p3", at: "2023", source: "register"))
      }
      let extract = try view(store)
      #expect(extract.entities.map(\.schema) == ["Company", "Person", "Person"])
      #expect(extract.relationships.map { $0.ends.map(\.entity) } == [["p2", "p3"]])
      #expect(extract.events.map { $0.time?.start?.text } == ["2023"])
      #expect(try store.verify() == [])
    }
    #expect(try store.digest() == fresh.digest())
    #expect(try store.summary().entities.map(\.count).reduce(0, +) == 3)
  }

  @Test func `an end that only a reverted import defined is dangling`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    try store.revert(1)
    #expect(throws: CaseStoreError.danglingEnds(["contacts.csv:2: 'p3'"], count: 1)) {
      try store.import(label: "x", sources: [StoreFixture.informant]) { append in
        try append(StoreFixture.associate("p2", "p3"))
      }
    }
  }

  @Test func `a known-at date shows the case as it stood`() throws {
    let store = try fixture.store()
    func milliseconds(_ text: String) throws -> Int64 {
      try #require(PartialDate(text)).earliest
    }
    try store.import(
      label: "a", sources: [StoreFixture.register], recorded: milliseconds("2024-01-10")
    ) { try $0(StoreFixture.person("p1", "Anna")) }
    try store.import(
      label: "b", sources: [StoreFixture.register], recorded: milliseconds("2024-02-10")
    ) { try $0(StoreFixture.person("p2", "Bo")) }
    try store.revert(1, recorded: milliseconds("2024-03-10"))
    #expect(try view(store, knownAt: "2023").entities.isEmpty)
    #expect(try view(store, knownAt: "2024-01").entities.map(\.id) == ["p1"])
    #expect(try view(store, knownAt: "2024-02-10").entities.map(\.id) == ["p1", "p2"])
    #expect(try view(store, knownAt: "2024-03-10").entities.map(\.id) == ["p2"])
    #expect(try view(store).entities.map(\.id) == ["p2"])
  }

  @Test func `the log names every act and its chain holds`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    try store.dropSource("wiretap", enteredBy: "A. Nalyst", reason: "court order")
    try store.note(.disclosure, who: "A. Nalyst", reason: "request 12", recipient: "Prosecutor")
    let log = try store.log()
    #expect(log.map(\.action) == [.import, .import, .import, .dropSource, .disclosure])
    #expect(log.map(\.number) == [1, 2, 3, 4, 5])
    #expect(log.last?.recipient == "Prosecutor")
    #expect(Set(log.map(\.hash)).count == 5)
    #expect(try store.verify() == [])
  }

  @Test(arguments: [
    ("UPDATE log SET who = 'X' WHERE id = 2", "log entry 2 was changed after it was written"),
    ("DELETE FROM log WHERE id = 2", "log entry 2 is missing; entry 3 stands there"),
    ("UPDATE batch SET label = 'X' WHERE id = 2", "number 2 (import) is not what log entry 2"),
    ("UPDATE claim SET value = 'Bokj' WHERE value = 'Boki'", "claim 10 about 'p2' was changed"),
    ("UPDATE claim SET line = 10 WHERE value = 'Boki'", "claim 10 about 'p2' was changed"),
    ("UPDATE event SET target = 1 WHERE key = 'call1'", "event 1 ('call1') was changed"),
    ("UPDATE event SET start_at = start_at + 1000 WHERE key = 'call1'", "event 1 ('call1') was"),
    ("UPDATE event SET amount = 7 WHERE key = 'call2'", "event 2 ('call2') was changed"),
    ("UPDATE entity SET key = 'p33' WHERE key = 'p3'", "claim 5 about 'p33' was changed"),
    (
      "UPDATE relationship_end SET entity = 3 WHERE position = 0",
      "claim 8 about 'assoc:p1:p2' was changed"
    ),
    ("DELETE FROM claim WHERE value = 'Boki'", "what import 2 brought from 'informant' is not"),
  ])
  func `a changed record is found and named`(_ sql: String, _ message: String) throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    #expect(try store.verify() == [])
    let queue = try DatabaseQueue(path: store.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
    let problems = try store.verify()
    #expect(
      problems.contains { $0.hasPrefix(message) }, "\(problems)")
  }

  @Test func `a variant that counts is not hidden by a later one that does not`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store, without: ["informant", "wiretap"])
    func associate(_ ends: [String]) -> Assertion {
      Assertion(
        subject: .relationship(
          id: "r", schema: "Associate",
          ends: zip(["person", "associate"], ends).map { End(role: $0, entity: $1) }),
        source: "wiretap", locator: Locator(file: "r.csv", line: 1))
    }
    func `import`(_ ends: [String], at time: String) throws {
      try store.import(label: time, sources: [StoreFixture.wiretap]) { append in
        try append(associate(ends))
        try append(StoreFixture.call("call", ends[0], ends[1], at: time))
      }
    }
    try `import`(["p1", "p2"], at: "2020")
    let drop = try store.dropSource("wiretap")
    try `import`(["p2", "p3"], at: "2021")
    #expect(try view(store).events.map { $0.time?.start?.text } == ["2021"])
    try store.revert(4)
    #expect(try view(store).events.isEmpty)
    try store.revert(drop)
    let extract = try view(store)
    #expect(extract.relationships.map { $0.ends.map(\.entity) } == [["p1", "p2"]])
    #expect(extract.events.map { $0.time?.start?.text } == ["2020"])
    #expect(try store.why("p1").events.count == 1)
    #expect(try store.why("p3").events.isEmpty)
    #expect(try store.verify() == [])
  }

  @Test func `a known-at date remembers a withdrawal that was reverted`() throws {
    let store = try fixture.store()
    func milliseconds(_ text: String) throws -> Int64 {
      try #require(PartialDate(text)).earliest
    }
    func add(_ id: String, _ time: String) throws {
      try store.import(
        label: id, sources: [StoreFixture.register], recorded: milliseconds(time)
      ) { try $0(StoreFixture.person(id, id)) }
    }
    try add("p1", "2024-01-10")
    try add("p2", "2024-01-20")
    let drop = try store.dropSource("register", recorded: milliseconds("2024-02-10"))
    try add("p3", "2024-02-20")
    let undo = try store.revert(1, recorded: milliseconds("2024-03-10"))
    try store.revert(drop, recorded: milliseconds("2024-04-10"))
    try store.revert(undo, recorded: milliseconds("2024-05-10"))
    try store.dropSource("register", recorded: milliseconds("2024-06-10"))
    for (date, ids) in [
      ("2024-01", ["p1", "p2"]), ("2024-02-10", []), ("2024-02", ["p3"]), ("2024-03", ["p3"]),
      ("2024-04-10", ["p2", "p3"]), ("2024-05-09", ["p2", "p3"]),
      ("2024-05", ["p1", "p2", "p3"]), ("2024-06", []),
    ] {
      #expect(try view(store, knownAt: date).entities.map(\.id) == ids, "\(date)")
    }
    #expect(try view(store).entities.isEmpty)
    #expect(try store.verify() == [])
  }
}
