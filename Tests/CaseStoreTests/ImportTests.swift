// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import Testing

struct ImportTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test func `what was imported comes back with its source, place, grade and text`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let contents = try store.contents()
    #expect(contents.entities.map(\.id) == ["c1", "p1", "p2", "p3"])
    #expect(contents.entities.map(\.schema) == ["Company", "Person", "Person", "Person"])
    let relationship = try #require(contents.relationships.first)
    #expect(relationship.id == "assoc:p1:p2")
    #expect(relationship.ends.map(\.entity) == ["p1", "p2"])
    let call = try #require(contents.events.first)
    #expect(call.time?.start?.text == "2024-03-04T10:20:30Z")
    #expect(
      call.participants
        == [End(role: "caller", entity: "p1"), End(role: "receiver", entity: "p2")])
    #expect(call.properties.map(\.value) == ["12.50", "voice"])
    #expect(call.evidence.locator.description == "calls.csv:2")
    #expect(call.evidence.grade == nil)
    #expect(
      contents.events.map { $0.time?.start?.text } == ["2024-03-04T10:20:30Z", "2024-03", nil])
    let claim = try #require(
      contents.claims.first { $0.subject == .entity("p2") && $0.value == "Boki" })
    #expect(claim.property == "name")
    #expect(claim.evidence.source == "informant")
    #expect(claim.evidence.grade?.code == "C3")
    #expect(claim.evidence.handling == "H2")
    #expect(claim.evidence.locator.description == "persons.csv:9 (full_name)")
    let link = try #require(
      contents.claims.first { $0.subject == .relationship("assoc:p1:p2") })
    #expect(link.evidence.valid?.start?.text == "2019-03")
    #expect(link.property == nil && link.value == "Associate")
    #expect(contents.sources.map(\.name) == ["informant", "register", "wiretap"])
    #expect(try store.verify() == [])
  }

  @Test func `the same import again changes nothing and says so`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let before = try store.digest()
    let contents = try store.contents()
    let log = try store.log()
    let report = try store.import(
      label: "persons again", sources: [StoreFixture.register]
    ) { append in
      try append(StoreFixture.person("p1", "Anna Lindqvist", line: 2))
      try append(StoreFixture.person("p2", "Bojan Ilić", line: 3))
      try append(StoreFixture.person("p3", nil, line: 4))
      try append(StoreFixture.company("c1", "Harbour Freight & Søn"))
      return "read"
    }
    #expect(report.isRepeat)
    #expect(report.batch == 1)
    #expect(report.value == "read")
    #expect(report.counts == ImportCounts())
    #expect(try store.digest() == before)
    #expect(try store.contents().claims == contents.claims)
    #expect(try store.log() == log)
  }

  @Test func `the same imports into two cases give the same digest and contents`() throws {
    let a = try fixture.store("a.case")
    let b = try fixture.store("b.case")
    try StoreFixture.fill(a)
    try StoreFixture.fill(b)
    #expect(try a.digest() == b.digest())
    #expect(try a.contents().claims == b.contents().claims)
    #expect(try a.contents().events == b.contents().events)
    try a.import(label: "more", sources: [StoreFixture.register]) { append in
      try append(StoreFixture.person("p9", "Someone", line: 2))
    }
    #expect(try a.digest() != b.digest())
  }

  struct Stop: Error {}

  @Test func `an import that throws leaves everything as it was`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let (digest, contents, log) = (try store.digest(), try store.contents(), try store.log())
    #expect(throws: Stop.self) {
      try store.import(label: "x", sources: [StoreFixture.register]) { append in
        try append(StoreFixture.person("p7", "Nobody"))
        try append(StoreFixture.associate("p7", "p1", source: "register"))
        throw Stop()
      }
    }
    #expect(try store.digest() == digest)
    #expect(try store.contents().claims == contents.claims)
    #expect(try store.contents().entities == contents.entities)
    #expect(try store.log() == log)
    #expect(try store.find("Nobody").isEmpty)
    #expect(try store.verify() == [])
  }

  @Test func `a dry run counts and keeps nothing`() throws {
    let store = try fixture.store()
    let report = try store.import(
      label: "x", sources: [StoreFixture.register], isDryRun: true
    ) { append in
      try append(StoreFixture.person("p1", "Anna"))
    }
    #expect(report.counts.entities == 1)
    #expect(report.counts.claims == 2)
    #expect(try store.contents().entities.isEmpty)
    #expect(try store.log().isEmpty)
  }

  @Test func `an end may come before its entity, and one that never comes is named`() throws {
    let store = try fixture.store()
    try store.import(
      label: "x", sources: [StoreFixture.register, StoreFixture.informant]
    ) { append in
      try append(StoreFixture.associate("p1", "p2"))
      try append(StoreFixture.person("p1", "Anna"))
      try append(StoreFixture.person("p2", "Boki"))
    }
    let error = #expect(throws: CaseStoreError.self) {
      try store.import(label: "y", sources: [StoreFixture.informant]) { append in
        try append(StoreFixture.associate("p1", "ghost", line: 17))
        try append(StoreFixture.associate("p2", "ghost", line: 18))
      }
    }
    #expect(
      error == .danglingEnds(["contacts.csv:17: 'ghost'"], count: 1))
  }

  @Test func `an entity that cannot stand in a role is refused with what may`() throws {
    let store = try fixture.store()
    let error = #expect(throws: CaseStoreError.self) {
      try store.import(label: "x", sources: [StoreFixture.register]) { append in
        try append(
          Assertion(
            subject: .entity(id: "v", schema: "Vessel"), source: "register",
            locator: Locator(file: "v.csv", line: 2)))
        try append(
          Assertion(
            subject: .relationship(
              id: "f", schema: "Family",
              ends: [End(role: "person", entity: "v"), End(role: "relative", entity: "v")]),
            source: "register", locator: Locator(file: "f.csv", line: 3)))
      }
    }
    #expect("\(try #require(error))".hasPrefix("f.csv:3: 'v' is of the schema Vessel"))
  }

  @Test(arguments: [
    ("unknown schema", "Persn", "name", "register", "the schema 'Persn' is not known"),
    ("unknown property", "Person", "nme", "register", "Person has no property 'nme'"),
    ("unknown source", "Person", "name", "regster", "the source 'regster' is not declared"),
    ("a relationship's schema", "Family", "name", "register", "Family is the schema of a relat"),
    ("an abstract schema", "Thing", "name", "register", "Thing only gathers other schemata"),
  ])
  func `mistakes are named with their place`(
    _ what: String, _ schema: String, _ property: String, _ source: String, _ message: String
  ) throws {
    let store = try fixture.store()
    let error = #expect(throws: CaseStoreError.self) {
      try store.import(label: "x", sources: [StoreFixture.register]) { append in
        try append(
          Assertion(
            subject: .entity(id: "p", schema: schema), properties: [PropertyValue(property, "v")],
            source: source, locator: Locator(file: "p.csv", line: 4)))
      }
    }
    #expect("\(try #require(error))".hasPrefix("p.csv:4: \(message)"))
  }

  @Test func `an entity cannot be of two schemata, nor a relationship have two sets of ends`()
    throws
  {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    #expect(
      throws: CaseStoreError.otherSchema(
        place: "companies.csv:2", id: "p1", schema: "Company", known: "Person")
    ) {
      try store.import(label: "x", sources: [StoreFixture.register]) { append in
        try append(StoreFixture.company("p1", "Anna Ltd"))
      }
    }
    #expect(throws: CaseStoreError.otherEnds(place: "b.csv:1", id: "assoc:p1:p2")) {
      try store.import(label: "x", sources: [StoreFixture.register]) { append in
        try append(
          Assertion(
            subject: .relationship(
              id: "assoc:p1:p2", schema: "Associate",
              ends: [End(role: "person", entity: "p1"), End(role: "associate", entity: "p3")]),
            source: "register", locator: Locator(file: "b.csv", line: 1)))
      }
    }
    #expect(throws: CaseStoreError.otherEnds(place: "calls.csv:8", id: "call1")) {
      try store.import(label: "x", sources: [StoreFixture.wiretap]) { append in
        try append(StoreFixture.call("call1", "p1", "p3", at: "2024-03-04T10:20:30Z", line: 8))
      }
    }
  }

  @Test func `another report of an event is a claim beside the first`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let report = try store.import(
      label: "second tap", sources: [StoreFixture.informant]
    ) { append in
      try append(
        StoreFixture.call(
          "call1", "p1", "p2", at: "2024-03-04T10:20:30Z", source: "informant", line: 5))
    }
    #expect(report.counts.events == 0)
    #expect(report.counts.claims == 3)
    let contents = try store.contents()
    #expect(contents.events.count == 3)
    let extract = try CaseView().filter(contents)
    let event = try #require(extract.events.first)
    #expect(extract.evidence(for: event).map(\.source) == ["wiretap", "informant"])
    #expect(try store.verify() == [])
  }

  @Test func `ids that differ only in composition are one`() throws {
    let store = try fixture.store()
    try store.import(label: "x", sources: [StoreFixture.register]) { append in
      try append(StoreFixture.person("ren\u{E9}", "René"))
    }
    try store.import(label: "y", sources: [StoreFixture.register]) { append in
      try append(StoreFixture.person("rene\u{301}", "Renée"))
    }
    #expect(try store.contents().entities.count == 1)
  }

  @Test func `a reversed interval and an empty id are refused`() throws {
    let store = try fixture.store()
    #expect(throws: CaseStoreError.emptyID(place: "persons.csv:2")) {
      try store.import(label: "x", sources: [StoreFixture.register]) { append in
        try append(StoreFixture.person("", "Nobody"))
      }
    }
    var assertion = StoreFixture.person("p", "Nobody")
    assertion.valid = Interval(start: PartialDate("2020"), end: PartialDate("2019-05"))
    let reversed = assertion
    #expect(
      throws: CaseStoreError.reversedInterval(
        place: "persons.csv:2", interval: "2020 – 2019-05")
    ) {
      try store.import(label: "x", sources: [StoreFixture.register]) { append in
        try append(reversed)
      }
    }
  }

  @Test func `an import that is cancelled changes nothing, even if its reader hides the error`()
    throws
  {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let (digest, log) = (try store.digest(), try store.log())
    for hides in [false, true] {
      var asked = 0
      var appended = 0
      #expect(throws: CaseStoreError.cancelled) {
        try store.import(
          label: "x", sources: [StoreFixture.register],
          isCancelled: {
            asked += 1
            return asked == 2
          }
        ) { append in
          for number in 0..<3000 {
            do {
              try append(StoreFixture.person("n\(number)", nil))
              appended += 1
            } catch {
              if !hides { throw error }
            }
          }
        }
      }
      #expect(asked == 2)
      #expect(appended == 2047)
    }
    #expect("\(CaseStoreError.cancelled)" == "interrupted; nothing was changed")
    #expect(try store.digest() == digest)
    #expect(try store.log() == log)
    #expect(try store.verify() == [])
  }
}
