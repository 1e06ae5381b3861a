// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB

/// A folder that goes when the test ends, and small imports.
final class StoreFixture {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "clew-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String = "a.case") -> String { folder.appending(path: name).path }

  func store(_ name: String = "a.case") throws -> CaseStore {
    try CaseStore.create(path(name))
  }

  static let register = Source(
    name: "register", kind: "register", grade: Grade(scheme: "europol4x4", code: "A1"),
    handling: "H0")
  static let informant = Source(
    name: "informant", kind: "informant", grade: Grade(scheme: "europol4x4", code: "C3"),
    handling: "H2")
  static let wiretap = Source(name: "wiretap", kind: "callRecords")

  static func person(
    _ id: String, _ name: String?, source: String = "register", line: Int = 2,
    more: [PropertyValue] = []
  ) -> Assertion {
    Assertion(
      subject: .entity(id: id, schema: "Person"),
      properties: (name.map { [PropertyValue("name", $0, column: "full_name")] } ?? []) + more,
      source: source, locator: Locator(file: "persons.csv", line: line))
  }

  static func company(_ id: String, _ name: String, source: String = "register") -> Assertion {
    Assertion(
      subject: .entity(id: id, schema: "Company"), properties: [PropertyValue("name", name)],
      source: source, locator: Locator(file: "companies.csv", line: 2))
  }

  static func associate(
    _ a: String, _ b: String, source: String = "informant", line: Int = 2,
    valid: Interval? = nil
  ) -> Assertion {
    Assertion(
      subject: .relationship(
        id: "assoc:\(a):\(b)", schema: "Associate",
        ends: [End(role: "person", entity: a), End(role: "associate", entity: b)]),
      source: source, locator: Locator(file: "contacts.csv", line: line), valid: valid)
  }

  static func call(
    _ id: String, _ a: String, _ b: String, at text: String?, duration: String = "60",
    source: String = "wiretap", line: Int = 2
  ) -> Assertion {
    Assertion(
      subject: .event(
        id: id, schema: "Call", time: text.flatMap { PartialDate($0) }.map { Interval($0) },
        participants: [End(role: "receiver", entity: b), End(role: "caller", entity: a)]),
      properties: [PropertyValue("duration", duration), PropertyValue("callType", "voice")],
      source: source, locator: Locator(file: "calls.csv", line: line))
  }

  /// Three imports: a register, an informant's report, and calls.
  static func fill(
    _ store: CaseStore, without dropped: Set<String> = [], recorded: Int64 = 1_000_000
  ) throws {
    if !dropped.contains("register") {
      try store.import(label: "persons.csv", sources: [register], recorded: recorded) { append in
        try append(person("p1", "Anna Lindqvist", line: 2))
        try append(person("p2", "Bojan Ilić", line: 3))
        try append(person("p3", nil, line: 4))
        try append(company("c1", "Harbour Freight & Søn"))
      }
    }
    if !dropped.contains("informant") {
      try store.import(label: "report 7", sources: [informant], recorded: recorded + 1) { append in
        try append(associate("p1", "p2", valid: Interval(start: PartialDate("2019-03"))))
        try append(
          person(
            "p2", "Boki", source: "informant", line: 9,
            more: [PropertyValue("category", "witness")]))
      }
    }
    if !dropped.contains("wiretap") {
      try store.import(label: "calls.csv", sources: [wiretap], recorded: recorded + 2) { append in
        try append(call("call1", "p1", "p2", at: "2024-03-04T10:20:30Z", duration: "12.50"))
        try append(call("call2", "p2", "p3", at: "2024-03", line: 3))
        try append(call("call3", "p2", "p3", at: nil, line: 4))
      }
    }
  }
}

extension CaseStore {
  /// Gives the file the tables that the first version had.
  func makeFirstVersion() throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { database in
      try database.execute(
        sql: """
          DROP TABLE chart_place; DROP TABLE chart;
          CREATE TABLE event_end (place INTEGER PRIMARY KEY) STRICT;
          INSERT INTO event_end SELECT place >> 32 << 32 | entry.value
            FROM event_list, json_each(events) AS entry ORDER BY 1;
          DROP TABLE event_list; PRAGMA user_version = 1
          """)
    }
    try queue.close()
    try forgetMerges(version: 1)
  }

  /// Gives the file the table of imports and decisions that versions before the fourth had.
  func forgetMerges(version: Int = 3) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { database in
      let statement = try String.fetchOne(
        database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'batch'")
      let before = (statement ?? "").replacing(", 'merge', 'distinct'", with: "")
      try database.execute(
        sql: """
          PRAGMA legacy_alter_table = ON; ALTER TABLE batch RENAME TO other; \(before);
          INSERT INTO batch SELECT * FROM other; DROP TABLE other; PRAGMA user_version = \(version)
          """)
    }
    try queue.close()
  }
}
