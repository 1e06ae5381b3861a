// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import Testing

struct FileTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test func `a new case is one private file and never replaces another`() throws {
    let path = fixture.path()
    let store = try CaseStore.create(path)
    try StoreFixture.fill(store)
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
    #expect(names == ["a.case"])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(throws: CaseStoreError.exists(path: path)) { try CaseStore.create(path) }
    #expect(try store.summary().claims > 0)
    #expect(throws: CaseStoreError.self) {
      try CaseStore.create(fixture.folder.appending(path: "none/a.case").path)
    }
  }

  @Test func `what is no case is refused and stays as it was`() throws {
    let path = fixture.path()
    #expect(throws: CaseStoreError.missing(path: path)) { try CaseStore(path) }
    #expect(throws: CaseStoreError.isDirectory(path: fixture.folder.path)) {
      try CaseStore(fixture.folder.path)
    }
    for text in ["", "id,name\n1,Anna\n", String(repeating: "x", count: 5000)] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: CaseStoreError.notDatabase(path: path)) { try CaseStore(path) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8))
    }
  }

  @Test func `another program's database and a later version are refused`() throws {
    let path = fixture.path()
    var queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE t (a)") }
    try queue.close()
    #expect(throws: CaseStoreError.notCase(path: path)) { try CaseStore(path) }

    let newer = try fixture.store("newer.case")
    queue = try DatabaseQueue(path: newer.path)
    try queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try queue.close()
    #expect(throws: CaseStoreError.newerVersion(path: newer.path, version: 99, known: 4)) {
      try CaseStore(newer.path)
    }
  }

  @Test(arguments: [
    "CREATE TABLE extra (a)",
    "CREATE VIEW v AS SELECT * FROM claim",
    "CREATE TRIGGER t AFTER INSERT ON claim BEGIN DELETE FROM log; END",
    "DROP INDEX claim_entity",
    "ALTER TABLE setting ADD COLUMN more TEXT",
  ])
  func `a case with foreign tables, views, triggers or columns is refused`(_ sql: String) throws {
    let store = try fixture.store()
    let queue = try DatabaseQueue(path: store.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
    let error = #expect(throws: CaseStoreError.self) { try CaseStore(store.path) }
    guard case .foreignContents = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a case opens where it may only be read`() throws {
    let store = try fixture.store()
    try StoreFixture.fill(store)
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0o400], ofItemAtPath: store.path)
    try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: fixture.folder.path)
    defer {
      try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: fixture.folder.path)
    }
    #expect(try CaseStore(store.path).contents().entities.count == 4)
  }

  @Test func `schemata of one's own are kept in the case`() throws {
    let yaml = """
      Drone:
        en: Drone
        fr: Drone
        extends: Vehicle
        properties: { rangeKilometres: number }
      """
    let path = fixture.path()
    try CaseStore.create(path, schemata: yaml)
    let store = try CaseStore(path)
    #expect(store.ontology["Drone"]?.isA("Asset") == true)
    try store.import(label: "x", sources: [StoreFixture.register]) { append in
      try append(
        Assertion(
          subject: .entity(id: "d1", schema: "Drone"),
          properties: [PropertyValue("rangeKilometres", "40")], source: "register",
          locator: Locator()))
    }
    #expect(try store.contents().entities.map(\.schema) == ["Drone"])
    #expect(throws: CaseModelError.self) {
      try CaseStore.create(fixture.path("b.case"), schemata: "Drone: {en: Drone}")
    }
  }

  @Test func `two writers take turns and nothing is lost`() async throws {
    let store = try fixture.store()
    try await withThrowingTaskGroup { group in
      for writer in 0..<2 {
        group.addTask {
          for round in 0..<8 {
            try store.import(
              label: "\(writer)-\(round)", sources: [StoreFixture.register]
            ) { append in
              try append(StoreFixture.person("p\(writer)-\(round)", "Name \(writer) \(round)"))
            }
          }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<8 { _ = try store.summary() }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.contents().entities.count == 16)
    #expect(try store.verify() == [])
  }
}
