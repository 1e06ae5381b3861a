// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import GraphCore
import Testing

struct QueryTests {
  let fixture: StoreFixture
  let store: CaseStore

  init() throws {
    fixture = try StoreFixture()
    store = try fixture.store()
    try StoreFixture.fill(store)
  }

  @Test func `a summary counts what there is and what is missing`() throws {
    let summary = try store.summary()
    #expect(
      summary.entities == [
        CaseSummary.SchemaCount(schema: "Person", count: 3),
        CaseSummary.SchemaCount(schema: "Company", count: 1),
      ])
    #expect(summary.relationships.map(\.count) == [1])
    #expect(summary.events.map(\.count) == [3])
    #expect(summary.sources.map(\.source.name) == ["informant", "register", "wiretap"])
    #expect(summary.sources.map(\.claims) == [4, 7, 0])
    #expect(summary.sources.map(\.events) == [0, 0, 3])
    #expect(summary.entitiesWithoutName == 1)
    #expect(summary.relationshipsWithoutDate == 0)
    #expect(summary.eventsWithoutTime == 1)
    #expect(summary.ungraded == 3)
  }

  @Test(arguments: [
    ("lindqvist", ["p1"]), ("ilic", ["p2"]), ("harb son", ["c1"]), ("harb freig", ["c1"]),
    ("p3", ["p3"]), ("zzz", []), ("", []), ("\"", []), ("Boki", ["p2"]), ("* OR a", []),
  ])
  func `a search finds names by their beginnings and ids`(
    _ text: String, _ expected: [String]
  ) throws {
    #expect(try store.find(text).map(\.entity.id) == expected)
  }

  @Test func `why joins two entities by relationships and events, down to the row`() throws {
    let part = try store.why("p1", "p2")
    #expect(part.relationships.map(\.id) == ["assoc:p1:p2"])
    #expect(part.events.map(\.id) == ["call1"])
    #expect(part.entities.map(\.id) == ["p1", "p2"])
    let claims = part.claims.filter { $0.subject == .relationship("assoc:p1:p2") }
    #expect(claims.map(\.evidence.locator.description) == ["contacts.csv:2"])
    let projection = try CaseView().filter(part).project()
    #expect(projection.graph.edgeCount == 1)
    #expect(try store.why("p1", "c1").relationships.isEmpty)
  }

  @Test func `why of one entity brings its claims, relationships, events and other ends`() throws {
    let part = try store.why("p2")
    #expect(part.relationships.map(\.id) == ["assoc:p1:p2"])
    #expect(part.events.map(\.id) == ["call1", "call2", "call3"])
    #expect(part.entities.map(\.id) == ["p1", "p2", "p3"])
    #expect(throws: CaseStoreError.noEntity("nobody")) { try store.why("nobody") }
  }

  @Test func `the extract of a case knows who must stay out of rankings`() throws {
    let extract = try CaseView().filter(store.contents())
    #expect(
      extract.rankingExclusions() == [RankingExclusion(entity: "p2", reason: .witness)])
    #expect(extract.rankingExclusions(including: [.witness]).isEmpty)
  }

  @Test func `a search takes any limit`() throws {
    #expect(try store.find("lindqvist", limit: .max).map(\.entity.id) == ["p1"])
    for limit in [0, -1, .min] {
      #expect(try store.find("lindqvist", limit: limit).isEmpty)
      #expect(try store.find("p1", limit: limit).isEmpty)
    }
  }

  @Test func `a snapshot has the digest of its contents`() throws {
    let (contents, digest) = try store.snapshot()
    #expect(digest == (try store.digest()))
    #expect(contents.claims == (try store.contents().claims))
    #expect(contents.events == (try store.contents().events))
  }

  @Test func `the schemata of a case are part of its digest`() throws {
    func digest(_ name: String, _ label: String?) throws -> String {
      let schemata = label.map { "Drone: {en: \($0), fr: Drone, extends: Vehicle}" }
      let store = try CaseStore.create(fixture.path(name), schemata: schemata)
      try StoreFixture.fill(store)
      return try store.digest()
    }
    let plain = try digest("plain.case", nil)
    let own = try digest("own.case", "Drone")
    #expect(try plain == store.digest())
    #expect(try own == digest("same.case", "Drone"))
    #expect(Set([plain, own, try digest("other.case", "Flyer")]).count == 3)
  }
}
