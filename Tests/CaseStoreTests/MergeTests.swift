// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import GraphCore
import Testing

/// Decisions about which records are of one entity: what a view makes of them, and what undoes them.
struct MergeTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  // p1 knows p2 (informant) and calls p2; p2 calls p3; p9 is p2 under another spelling and knows p3.
  private func store() throws -> CaseStore {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    try store.import(label: "more", sources: [StoreFixture.register], recorded: 5_000) { append in
      try append(
        StoreFixture.person(
          "p9", "Bojan I.", line: 7, more: [PropertyValue("category", "witness")]))
      try append(StoreFixture.associate("p9", "p3", source: "register", line: 8))
      try append(StoreFixture.associate("p2", "p9", source: "register", line: 9))
    }
    return store
  }

  private func extract(_ store: CaseStore, knownAt: Int64? = nil) throws -> CaseExtract {
    var view = CaseView()
    view.knownAt = try knownAt.map { try #require(PartialDate(milliseconds: $0)) }
    return try view.filter(store.contents())
  }

  @Test func `a merged entity has the claims, ties and protection of its records`() throws {
    let store = try store()
    let before = try extract(store)
    let number = try store.resolve(.same, "p2", "p9", reason: "same passport", recorded: 6_000_000)
    let merged = try extract(store)
    #expect(merged.entities.map(\.id) == before.entities.map(\.id).filter { $0 != "p9" })
    #expect(merged.position(of: "p9") == merged.position(of: "p2"))
    let claims = merged.claims(about: .entity("p2"))
    #expect(
      claims.count
        == before.claims(about: .entity("p2")).count + before.claims(about: .entity("p9")).count)
    #expect(merged.claims(about: .entity("p9")) == claims)
    #expect(claims.count { merged.record(of: $0) == "p9" } == 3)
    #expect(claims.contains { merged.record(of: $0) == nil })
    #expect(merged.relationships.contains { $0.ends.map(\.entity) == ["p2", "p3"] })
    #expect(merged.rankingExclusions().contains { $0.entity == "p2" && $0.reason == .witness })
    // What joins the two records joins nothing now, and that is counted.
    let projection = try merged.project()
    #expect(projection.leftOut.selfLoops == 1)
    #expect(merged.leftOut == before.leftOut)
    #expect(merged.records.decisions.map(\.number) == [number])
    #expect(try store.verify() == [])
  }

  @Test func `gathered events and events one by one are merged alike`() throws {
    let store = try store()
    try store.import(label: "calls", sources: [StoreFixture.wiretap], recorded: 7_000) { append in
      for line in 10..<20 {
        try append(
          StoreFixture.call("c\(line)", "p9", "p3", at: "2024-04-04T10:20:30Z", line: line))
        try append(
          StoreFixture.call("d\(line)", "p2", "p9", at: "2024-04-04T10:20:30Z", line: line))
      }
    }
    try store.resolve(.same, "p2", "p9", reason: "same passport")
    let rule = ProjectionRule(weight: .init("count", meaning: .strength, merging: .sum))
    let whole = try CaseView().filter(store.contents()).project(rule)
    let gathered = try store.survey { _, _ in (CaseView(), "count") }.extract
    #expect(gathered.aggregates.groupCount > 0)
    let other = try gathered.project(rule)
    #expect(whole.ids.values == other.ids.values)
    #expect(whole.graph.outgoing.targets == other.graph.outgoing.targets)
    #expect(whole.graph.edgeWeights == other.graph.edgeWeights)
    #expect(whole.leftOut.selfLoops == 11)
    #expect(other.leftOut.selfLoops == 11)
  }

  @Test func `a decision counts from when it was made until it is taken back`() throws {
    let store = try store()
    let (digest, before) = (try store.digest(), try description(of: store))
    let merge = try store.resolve(.same, "p2", "p9", reason: "same passport", recorded: 2_010_000)
    let (after, lines) = (try store.digest(), try description(of: store))
    #expect(after != digest && lines != before)
    let undo = try store.revert(merge, recorded: 2_020_000)
    #expect(try store.digest() == digest)
    #expect(try description(of: store) == before)
    let redo = try store.revert(undo, recorded: 2_030_000)
    #expect(try store.digest() == after)
    #expect(try description(of: store) == lines)
    for (time, isMerged) in [
      (2_009_000, false), (2_015_000, true), (2_025_000, false), (2_035_000, true),
    ] {
      let extract = try extract(store, knownAt: Int64(time))
      #expect(extract.records.isEmpty != isMerged, "\(time)")
    }
    try store.revert(redo, recorded: 2_040_000)
    #expect(try extract(store).records.isEmpty)
    #expect(try store.verify() == [])
    #expect(try store.log().map(\.action).suffix(4) == [.merge, .revert, .revert, .revert])
  }

  @Test func `merges join in chains, and one taken back parts them`() throws {
    let store = try store()
    try store.resolve(.same, "p2", "p9", reason: "a")
    let second = try store.resolve(.same, "p1", "p2", reason: "b")
    let all = try extract(store)
    #expect(all.entities.map(\.id) == ["c1", "p1", "p3"])
    #expect(all.records.records(of: "p9") == ["p1", "p2", "p9"])
    try store.revert(second)
    #expect(try extract(store).entities.map(\.id) == ["c1", "p1", "p2", "p3"])
  }

  @Test func `what cannot be is refused, with the decision that is in the way`() throws {
    let store = try store()
    try store.import(label: "c", sources: [StoreFixture.register], recorded: 6_000) { append in
      try append(StoreFixture.company("c1", "Zephyr NV"))
    }
    #expect(throws: CaseStoreError.mergeOfItself("p1")) {
      try store.resolve(.same, "p1", "p1", reason: "x")
    }
    #expect(throws: CaseStoreError.noEntity("nobody")) {
      try store.resolve(.same, "p1", "nobody", reason: "x")
    }
    #expect(
      throws: CaseStoreError.mergeOfUnlike(
        "p1", schema: "Person", "c1", otherSchema: "Company")
    ) { try store.resolve(.same, "p1", "c1", reason: "x") }
    let apart = try store.resolve(.different, "p1", "p9", reason: "twins")
    #expect(throws: CaseStoreError.alreadyResolved("p9", "p1", .different)) {
      try store.resolve(.different, "p9", "p1", reason: "x")
    }
    try store.resolve(.same, "p2", "p9", reason: "same passport")
    #expect(throws: CaseStoreError.alreadyResolved("p9", "p2", .same)) {
      try store.resolve(.same, "p9", "p2", reason: "x")
    }
    // By way of p2, p1 would be p9.
    #expect(throws: CaseStoreError.contradictsDecision(apart, "p1", "p9", "twins")) {
      try store.resolve(.same, "p1", "p2", reason: "x")
    }
    #expect(throws: CaseStoreError.self) {
      try store.resolve(.different, "p2", "p9", reason: "x")
    }
    try store.revert(apart)
    try store.resolve(.same, "p1", "p2", reason: "x")
    #expect(try store.verify() == [])
  }

  @Test func `an erased record takes its decisions with it, and another in its row is not merged`()
    throws
  {
    let store = try store()
    try store.resolve(.same, "p2", "p9", reason: "same passport", recorded: 10_000)
    _ = try store.erase(.entity("p9"), reason: "order", mayReturn: true)
    #expect(try store.resolutions() == [])
    #expect(try extract(store).records.isEmpty)
    #expect(try store.verify() == [])
    try store.import(label: "new", sources: [StoreFixture.register], recorded: 99_000) { append in
      try append(StoreFixture.person("p77", "Somebody else", line: 70))
    }
    #expect(try extract(store).entities.map(\.id) == ["c1", "p1", "p2", "p3", "p77"])
  }

  @Test(arguments: [1, 3])
  func `a file of an older version takes a merge and loses nothing`(_ version: Int) throws {
    let store = try store()
    try store.revert(1)
    try store.revert(5)
    let before = try description(of: store)
    if version == 1 { try store.makeFirstVersion() } else { try store.forgetMerges() }
    let old = try CaseStore(store.path)
    #expect(try old.verify() == [])
    #expect(try description(of: old) == before)
    let merge = try old.resolve(.same, "p2", "p9", reason: "same passport")
    #expect(try old.verify() == [])
    #expect(try description(of: old) != before)
    try old.revert(merge)
    #expect(try description(of: old) == before)
    let queue = try DatabaseQueue(path: store.path)
    #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 4)
    #expect(try queue.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check") }.isEmpty)
    try queue.close()
  }

  // MARK: Promises over generated histories

  private static let seeds =
    ProcessInfo.processInfo.environment["CLEW_LONG_TESTS"] == nil
    ? [1, 2, 3, 4, 5, 22, 266, 279] : Array(UInt64(1)...300)

  @Test(arguments: seeds)
  func `replay, drop, revert and erasure keep their promises with merges`(_ seed: UInt64) throws {
    let history = GeneratedCase(seed: seed)
    let (store, again) = (try fixture.store("a.case"), try fixture.store("b.case"))
    try history.fillAndMerge(store)
    try history.fillAndMerge(again)
    #expect(try store.digest() == again.digest())
    let (digest, lines) = (try store.digest(), try description(of: store))
    #expect(try description(of: again) == lines)
    // Taken back one after the other, the merges leave what there was without them.
    let merges = try store.resolutions()
    let reverts = try merges.map { try store.revert($0.number, recorded: 30_000) }
    let plain = try fixture.store("c.case")
    try history.fill(plain)
    #expect(try store.digest() == plain.digest())
    #expect(try description(of: store) == description(of: plain))
    for revert in reverts { try store.revert(revert, recorded: 40_000) }
    #expect(try store.digest() == digest)
    #expect(try description(of: store) == lines)
    #expect(try store.verify() == [])
    for (index, name) in history.sourceNames.enumerated() {
      guard try again.summary().sources.contains(where: { $0.source.name == name }) else {
        continue
      }
      let never = try fixture.store("never\(index).case")
      try history.fillAndMerge(never, without: name)
      let drop = try again.dropSource(name, recorded: 50_000)
      #expect(try again.digest() == never.digest(), "without \(name)")
      #expect(try description(of: again) == description(of: never), "without \(name)")
      try again.revert(drop, recorded: 60_000)
      #expect(try again.digest() == digest)
    }
    let name = history.imports[0].sources[0].name
    let never = try fixture.store("erased.case")
    try history.fillAndMerge(never, without: name)
    _ = try again.erase(.source(name), reason: "order")
    #expect(try again.digest() == never.digest())
    #expect(try description(of: again) == description(of: never))
    #expect(try again.verify() == [])
  }
}
