// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import Testing

/// The promises of a case file, each over generated histories.
struct PromiseTests {
  // In 22 and 266 two sources report one event. CLEW_LONG_TESTS takes two hundred more.
  private static let seeds =
    ProcessInfo.processInfo.environment["CLEW_LONG_TESTS"] == nil
    ? [1, 2, 3, 4, 5, 22, 266, 279] : Array(UInt64(250)...450)
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test(arguments: seeds)
  func `the same imports into an empty case give the same case`(_ seed: UInt64) throws {
    let history = GeneratedCase(seed: seed)
    let (a, b) = (try fixture.store("a.case"), try fixture.store("b.case"))
    for store in [a, b] {
      try history.fill(store)
      try store.revert(1)
    }
    #expect(try a.digest() == b.digest())
    #expect(try description(of: a) == description(of: b))
    #expect(try a.verify() == [])
  }

  @Test(arguments: seeds)
  func `a dropped source leaves the case that never had it`(_ seed: UInt64) throws {
    let history = GeneratedCase(seed: seed)
    for (index, name) in history.sourceNames.enumerated() {
      let store = try fixture.store("a\(index).case")
      try history.fill(store)
      guard try store.summary().sources.contains(where: { $0.source.name == name }) else {
        continue
      }
      let never = try fixture.store("b\(index).case")
      try history.fill(never, without: name)
      try store.dropSource(name)
      #expect(try store.digest() == never.digest())
      #expect(try description(of: store) == description(of: never))
      #expect(try store.summary() == never.summary())
      #expect(try store.verify() == [])
    }
  }

  @Test(arguments: seeds)
  func `a reverted import leaves the case as it was before`(_ seed: UInt64) throws {
    let history = GeneratedCase(seed: seed)
    let store = try fixture.store()
    for (index, entry) in history.imports.enumerated() {
      let (digest, before) = (try store.digest(), try description(of: store))
      let report = try history.add(entry, to: store, at: Int64(10 * index + 1))
      if report.isRepeat { continue }
      let (after, lines) = (try store.digest(), try description(of: store))
      let decision = try store.revert(report.batch, recorded: Int64(10 * index + 2))
      #expect(try store.digest() == digest)
      #expect(try description(of: store) == before)
      try store.revert(decision, recorded: Int64(10 * index + 3))
      #expect(try store.digest() == after)
      #expect(try description(of: store) == lines)
    }
    #expect(try store.verify() == [])
  }

  @Test(arguments: seeds)
  func `an import that comes again changes nothing`(_ seed: UInt64) throws {
    let history = GeneratedCase(seed: seed)
    let store = try fixture.store()
    try history.fill(store)
    let before = try Data(contentsOf: URL(fileURLWithPath: store.path))
    for entry in history.imports {
      let report = try history.add(entry, to: store, at: 99)
      #expect(report.isRepeat && report.counts == ImportCounts())
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == before)
  }

  @Test(arguments: seeds)
  func `an erased source leaves the case that never had it`(_ seed: UInt64) throws {
    let history = GeneratedCase(seed: seed)
    let name = history.imports[0].sources[0].name
    let (store, never) = (try fixture.store("a.case"), try fixture.store("b.case"))
    try history.fill(store)
    try history.fill(never, without: name)
    let report = try store.erase(.source(name), reason: "order 12")
    #expect(report.claims > 0)
    #expect(try store.digest() == never.digest())
    #expect(try description(of: store) == description(of: never))
    #expect(try store.verify() == [])
    #expect(try store.summary() == never.summary())
    #expect(throws: CaseStoreError.erasedSource(name)) {
      try history.add(history.imports[0], to: store, at: 99)
    }
  }

  @Test(arguments: seeds)
  func `an erased entity is gone and stays out`(_ seed: UInt64) throws {
    let history = GeneratedCase(seed: seed)
    let store = try fixture.store()
    try history.fill(store)
    let extract = try CaseView().filter(store.contents())
    let id = try #require(extract.entities.first).id
    let others = extract.entities.map(\.id).filter { $0 != id }
    _ = try store.erase(.entity(id), reason: "order 12", recorded: 50_000)
    #expect(try store.verify() == [])
    let left = try description(of: store)
    // The ids of meetings name who was there; the report says where such words still stand.
    #expect(!left.contains { $0.contains(id) && !$0.contains("meeting:") })
    #expect(try CaseView().filter(store.contents()).entities.map(\.id) == others)
    // The same history with the same decisions is the same case.
    let again = try fixture.store("b.case")
    try history.fill(again)
    _ = try again.erase(.entity(id), reason: "order 12", recorded: 50_000)
    #expect(try again.digest() == store.digest())
    #expect(try description(of: again) == left)
    let digest = try store.digest()
    for entry in history.imports {
      let report = try history.add(entry, to: store, at: 99)
      #expect(report.isRepeat || report.counts.claims + report.counts.events == 0)
    }
    #expect(try store.digest() == digest)
    #expect(try store.verify() == [])
  }
}
