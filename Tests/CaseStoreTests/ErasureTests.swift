// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import Testing

struct ErasureTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func holds(_ text: String) throws -> Bool {
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) {
      let bytes = try Data(contentsOf: fixture.folder.appending(path: name))
      if bytes.range(of: Data(text.utf8)) != nil { return true }
    }
    return false
  }

  @Test func `no byte of fifty values is left after an erasure`() throws {
    let store = try fixture.store()
    let canaries = (0..<50).map { "Kanarie-\($0)-\(UUID().uuidString)" }
    try store.import(label: "persons", sources: [StoreFixture.register]) { append in
      for (line, canary) in canaries.enumerated() {
        try append(StoreFixture.person("gone", canary, line: line))
      }
      for line in 0..<500 {
        try append(StoreFixture.person("p\(line)", "Name \(line)", line: line))
      }
      try append(StoreFixture.associate("gone", "p1", source: "register"))
      try append(StoreFixture.call("call", "gone", "p1", at: "2024", source: "register"))
    }
    for canary in canaries { #expect(try holds(canary)) }
    let report = try store.erase(.entity("gone"), reason: "order 1")
    #expect(report.valueCount == 52)
    #expect(report.remaining == [])
    #expect((report.entities, report.relationships, report.events) == (1, 1, 1))
    for canary in canaries { #expect(try !holds(canary)) }
    #expect(try !holds("assoc:gone:p1"))
    #expect(try store.find("Kanarie").isEmpty)
    #expect(try store.find("Name").count == 50)
    #expect(try store.verify() == [])
  }

  @Test func `the log proves the erasure and says nothing of what went`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let before = try store.log()
    let report = try store.erase(
      .entity("p2"), reason: "order of 3 May", enteredBy: "A. Nalyst", recorded: 7_000_000)
    let log = try store.log()
    #expect(Array(log.prefix(before.count)) == before)
    let entries = log.dropFirst(before.count)
    #expect(entries.allSatisfy { $0.action == .erasure && $0.reason == "order of 3 May" })
    #expect(entries.first?.batch == report.number)
    #expect(report.anchor == "\(log.count):\(log.last?.hash ?? "")")
    #expect(throws: CaseStoreError.erasureStands(report.number)) {
      try store.revert(report.number)
    }
    #expect(try store.verify() == [])
  }

  @Test func `an erased batch, or an erasure that is taken out of the log, is noticed`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    _ = try store.erase(.source("informant"), reason: "order 1")
    #expect(try store.verify() == [])
    let queue = try DatabaseQueue(path: store.path)
    try queue.write { try $0.execute(sql: "DELETE FROM log WHERE id > 4") }
    try queue.close()
    #expect(try !store.verify().isEmpty)
  }

  @Test func `a case that was changed by something else is not sealed anew`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let queue = try DatabaseQueue(path: store.path)
    try queue.write { try $0.execute(sql: "UPDATE claim SET value = 'Eve' WHERE value = 'Boki'") }
    try queue.close()
    #expect(throws: CaseStoreError.self) { try store.erase(.entity("p1"), reason: "order 1") }
    #expect(try !store.verify().isEmpty)
  }

  @Test func `where an erased name still stands is said`() throws {
    let store = try fixture.store()
    try store.import(label: "persons", sources: [StoreFixture.register]) { append in
      try append(StoreFixture.person("p1", "Anna Lindqvist"))
      try append(
        StoreFixture.person(
          "p2", "Bo", line: 3, more: [PropertyValue("notes", "seen with Anna Lindqvist")]))
    }
    let report = try store.erase(.entity("p1"), reason: "order 1")
    #expect(report.remaining == ["'Anna Lindqvist' still stands in 1 claim about others"])
  }

  @Test func `a meeting goes on without the erased, a call does not`() throws {
    let store = try fixture.store()
    try store.import(label: "x", sources: [StoreFixture.register]) { append in
      for id in ["p1", "p2", "p3"] { try append(StoreFixture.person(id, "Name \(id)")) }
      try append(
        Assertion(
          subject: .event(
            id: "m1", schema: "Meeting", time: nil,
            participants: ["p1", "p2", "p3"].map { End(role: "participant", entity: $0) }),
          source: "register", locator: Locator(file: "m.csv", line: 2)))
      try append(StoreFixture.call("c1", "p1", "p2", at: nil, source: "register"))
    }
    let report = try store.erase(.entity("p1"), reason: "order 1")
    #expect((report.events, report.changedEvents) == (1, 1))
    let extract = try CaseView().filter(store.contents())
    #expect(extract.events.map { $0.participants.map(\.entity) } == [["p2", "p3"]])
    #expect(try store.verify() == [])
  }

  @Test func `what may return comes back with the next import`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    _ = try store.erase(.source("wiretap"), reason: "wrong file", mayReturn: true)
    #expect(try CaseView().filter(store.contents()).events.isEmpty)
    try StoreFixture.fill(store, without: ["register", "informant"])
    #expect(try CaseView().filter(store.contents()).events.count == 3)
    #expect(try store.verify() == [])
  }
}

struct SavedViewTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test func `a view is saved, replaced, removed and brought back`() throws {
    let store = try fixture.store()
    try store.saveView("court", definition: "one", enteredBy: "A", recorded: 1)
    try store.saveView("court", definition: "two", recorded: 2)
    try store.saveView("a-b_c.1", definition: "three", recorded: 3)
    #expect(try store.savedViews().map(\.name) == ["a-b_c.1", "court"])
    #expect(try store.savedView("court").definition == "two")
    let removal = try store.removeView("court")
    #expect(throws: CaseStoreError.noView("court", known: ["a-b_c.1"])) {
      try store.savedView("court")
    }
    try store.revert(removal)
    #expect(try store.savedView("court").definition == "two")
    try store.revert(2)
    #expect(try store.savedView("court").definition == "one")
    #expect(try store.verify() == [])
    #expect(try store.log().map(\.action) == [.view, .view, .view, .view, .revert, .revert])
  }

  @Test(arguments: ["", "two words", "a@b", "a/b", String(repeating: "x", count: 65)])
  func `a name that a command line cannot hold is refused`(_ name: String) throws {
    let store = try fixture.store()
    #expect(throws: CaseStoreError.badViewName(name)) {
      try store.saveView(name, definition: "x")
    }
  }

  @Test func `what is due follows from the rules that hold`() throws {
    let store = try fixture.store()
    let start = try #require(PartialDate("2024-01-31")).earliest
    try StoreFixture.fill(store, recorded: start)
    func due(_ text: String) throws -> [String] {
      try store.due(at: #require(PartialDate(text)).earliest).map {
        "\($0.rule.scope.label) \($0.entity?.id ?? "-")"
      }
    }
    #expect(try due("2099").isEmpty)
    try store.retain(.init(.source("wiretap"), .until("2024-06")), reason: "request 3")
    let months = try store.retain(.init(.category(.witness), .months(1)))
    #expect(try due("2024-02-20").isEmpty)
    #expect(try due("2024-03-01") == ["category witness p2"])
    #expect(try due("2024-07-01") == ["category witness p2", "source wiretap -"])
    try store.revert(months)
    #expect(try due("2024-07-01") == ["source wiretap -"])
    try store.retain(.init(.source("wiretap"), .until("2030")))
    #expect(try due("2024-07-01").isEmpty)
    #expect(throws: CaseStoreError.noEntity("nobody")) {
      try store.retain(.init(.entity("nobody"), .months(1)))
    }
    #expect(try store.verify() == [])
  }
}
