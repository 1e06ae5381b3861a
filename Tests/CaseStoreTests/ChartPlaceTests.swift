// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import Testing

struct ChartPlaceTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func chart(_ places: (String, Double, Int?)...) -> KeptChart {
    KeptChart(
      width: 1191, height: 842, scale: 0.6,
      places: places.map { .init(entity: $0.0, x: $0.1, y: 2 * $0.1, region: $0.2) })
  }

  @Test func `places are kept by name, and those of entities not drawn again stay`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let ids = try store.contents().entities.map(\.id)
    let (a, b) = (ids[0], ids[1])
    let digest = try store.digest()
    #expect(try store.keptChart("last") == nil)
    #expect(try store.keep(chart((a, 10, 0), (b, 20, nil), ("nobody", 30, 1)), as: "last") == 2)
    try store.keep(chart((a, 11, 2)), as: "last")
    try store.keep(chart((b, 99, 0)), as: "other")
    let kept = try #require(try store.keptChart("last"))
    let expected = [(a, 11.0, 2), (b, 20.0, nil)].map { (id: String, x: Double, region: Int?) in
      KeptChart.Place(entity: id, x: x, y: 2 * x, region: region)
    }
    #expect(Set(kept.places) == Set(expected))
    #expect(try store.keptChartNames() == ["last", "other"])
    // They are no evidence.
    #expect(try store.digest() == digest)
    #expect(try store.verify() == [])
  }

  @Test func `an erasure takes the places of what it erases`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let ids = try store.contents().entities.map(\.id)
    try store.keep(chart((ids[0], 10, 0), (ids[1], 20, 0)), as: "last")
    _ = try store.erase(.entity(ids[0]), reason: "order 1")
    #expect(try store.keptChart("last")?.places.map(\.entity) == [ids[1]])
    #expect(try store.verify() == [])
  }

  @Test func `a file of the first version is opened as it is and takes places`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    try store.makeFirstVersion()
    let old = try CaseStore(store.path)
    #expect(try old.keptChart("last") == nil)
    #expect(try old.keptChartNames() == [])
    let ids = try old.contents().entities.map(\.id)
    _ = try old.erase(.entity(ids[1]), reason: "order 1")
    try old.keep(chart((ids[0], 10, 0)), as: "last")
    #expect(try old.keptChart("last")?.places.count == 1)
    #expect(try CaseStore(store.path).verify() == [])
  }
}
