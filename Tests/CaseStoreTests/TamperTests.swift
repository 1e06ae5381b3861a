// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import Testing

struct TamperTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  /// What one case says differently from the other.
  struct Difference: Sendable, CustomTestStringConvertible {
    var name = "Boki"
    var duration = "12.50"
    var grade = "C3"
    var handling = "H2"
    var kind = "informant"
    var sha256 = "00"
    var testDescription: String { "\(name) \(duration) \(grade) \(handling) \(kind) \(sha256)" }
  }

  private static let schemata = """
    Drone:
      en: Drone
      fr: Drone
      extends: Vehicle
      properties: { rangeKilometres: number }
    """

  /// A case in which nearly every column of every table is filled in some row.
  private func store(
    _ name: String, _ difference: Difference = Difference(), schemata: String? = nil
  ) throws -> CaseStore {
    let store = try CaseStore.create(fixture.path(name), schemata: schemata)
    try store.import(
      label: "persons.csv", sources: [StoreFixture.register], mappingText: "map",
      enteredBy: "A. Nalyst", reason: "request 1", recorded: 1
    ) { append in
      for (line, id) in ["p1", "p2", "p3", "p4"].enumerated() {
        try append(StoreFixture.person(id, "Name \(line)", line: line))
      }
    }
    var informant = StoreFixture.informant
    informant.kind = difference.kind
    informant.grade = Grade(scheme: "europol4x4", code: difference.grade)
    informant.handling = difference.handling
    informant.file = SourceFile(name: "report.csv", sha256: difference.sha256, byteCount: 7)
    let valid = Interval(start: PartialDate("2019-03"), end: PartialDate("2020"))
    try store.import(
      label: "report 7", sources: [informant],
      files: [SourceFile(name: "mapping.yaml", sha256: "11", byteCount: 8)], recorded: 2
    ) { append in
      try append(StoreFixture.associate("p1", "p2", valid: valid))
      var person = StoreFixture.person("p2", difference.name, source: "informant", line: 9)
      (person.grade, person.handling) = (Grade(scheme: "europol4x4", code: "B2"), "H1")
      try append(person)
      try append(
        Assertion(
          subject: .event(
            id: "m1", schema: "Meeting", time: valid,
            participants: ["p1", "p2", "p3", "p4"].map { End(role: "participant", entity: $0) }),
          properties: [PropertyValue("summary", "tea", column: "what")], source: "informant",
          locator: Locator(file: "report.csv", line: 3, place: "page 2"), valid: valid,
          grade: Grade(scheme: "europol4x4", code: "B2"), handling: "H1"))
    }
    try store.import(label: "calls.csv", sources: [StoreFixture.wiretap], recorded: 3) { append in
      try append(
        StoreFixture.call(
          "call1", "p1", "p2", at: "2024-03-04T10:20:30Z", duration: difference.duration))
      try append(
        Assertion(
          subject: .event(
            id: "pay1", schema: "Payment", time: nil,
            participants: [
              End(role: "payer", entity: "p1"), End(role: "beneficiary", entity: "p2"),
            ]
          ),
          properties: [PropertyValue("amount", "12"), PropertyValue("currency", "EUR")],
          source: "wiretap", locator: Locator(file: "pay.csv", line: 1)))
      // A second report is a claim.
      try append(
        StoreFixture.call(
          "call1", "p1", "p2", at: "2024-03-04T10:20:30Z", duration: "13", line: 5))
    }
    try store.dropSource("informant", enteredBy: "A. Nalyst", reason: "court", recorded: 4)
    try store.revert(4, recorded: 5)
    try store.note(
      .disclosure, who: "A. Nalyst", reason: "request 2", recipient: "Court", recorded: 6)
    return store
  }

  private func run(_ store: CaseStore, _ body: (Database) throws -> Void) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: store.path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try body(database)
    }
    try queue.close()
  }

  private static let tables = [
    "setting", "batch", "source", "declaration", "file", "term", "entity", "relationship",
    "relationship_end", "event", "participant", "event_list", "claim", "log", "summary",
  ]

  @Test func `a change of any column of any table is named`() throws {
    let store = try store("a.case", schemata: Self.schemata)
    #expect(try store.verify() == [])
    let original = try Data(contentsOf: URL(fileURLWithPath: store.path))
    for table in Self.tables { try changeEachColumn(of: table, in: store, original) }
  }

  private func changeEachColumn(
    of table: String, in store: CaseStore, _ original: Data
  ) throws {
    let url = URL(fileURLWithPath: store.path)
    var columns: [Row] = []
    try run(store) {
      columns = try Row.fetchAll(
        $0, sql: "SELECT name, type, pk FROM pragma_table_info('\(table)')")
    }
    #expect(!columns.isEmpty)
    let keys = columns.filter { $0["pk"] as Int > 0 }.map { $0["name"] as String }
    let key = "(" + keys.joined(separator: ", ") + ")"
    let last = keys.map { "\($0) DESC" }.joined(separator: ", ")
    for column in columns {
      let name: String = column["name"]
      let other = column["type"] as String == "INTEGER" ? "1" : "'x'"
      for condition in ["IS NULL", "IS NOT NULL"] {
        var changed = 0
        try run(store) { database in
          try database.execute(
            sql: """
              UPDATE \(table) SET \(name) = CASE typeof(\(name)) WHEN 'null' THEN \(other)
                WHEN 'text' THEN \(name) || 'x' WHEN 'blob' THEN x'00' ELSE \(name) + 1000 END
              WHERE \(key) = (SELECT \(keys.joined(separator: ", ")) FROM \(table)
                WHERE \(name) \(condition) ORDER BY \(last) LIMIT 1)
              """)
          changed = database.changesCount
        }
        if condition == "IS NOT NULL" { #expect(changed == 1, "\(name) is empty in every row") }
        if changed == 0 { continue }
        let problems = try store.verify().filter { !$0.hasPrefix("the database is damaged") }
        #expect(!problems.isEmpty, "\(table).\(name) where it \(condition)")
        try original.write(to: url)
      }
    }
  }

  @Test(
    arguments: [
      (Difference(name: "Bokj"), 2), (Difference(duration: "12.51"), 3),
      (Difference(grade: "A1"), 2), (Difference(handling: "H0"), 2),
      (Difference(kind: "register"), 2), (Difference(sha256: "01"), 2),
    ], [true, false])
  func `rows that come with all their hashes and digests still disagree with the log`(
    _ change: (Difference, Int), _ withContentDigests: Bool
  ) throws {
    let (a, b) = (try store("a.case"), try store("b.case", change.0))
    #expect(try b.verify() == [])
    try run(a) { database in
      try database.execute(sql: "ATTACH ? AS b", arguments: [b.path])
      try database.execute(sql: "CREATE TEMP TABLE old AS SELECT * FROM main.declaration")
      for table in [
        "source", "declaration", "file", "term", "entity", "relationship", "relationship_end",
        "event", "participant", "claim",
      ] {
        try database.execute(
          sql: "DELETE FROM main.\(table); INSERT INTO main.\(table) SELECT * FROM b.\(table)")
      }
      if withContentDigests {
        try database.execute(
          sql: "UPDATE batch SET digest = (SELECT digest FROM b.batch AS o WHERE o.id = batch.id)")
      } else {
        try database.execute(
          sql: """
            UPDATE declaration SET content_digest = (SELECT content_digest FROM old
              WHERE old.batch = declaration.batch AND old.source = declaration.source)
            """)
      }
      try database.execute(sql: "DROP TABLE old")
    }
    let expected = "number \(change.1) (import) is not what log entry \(change.1) recorded"
    let problems = try a.verify()
    #expect(problems.contains(expected), "\(problems)")
    if withContentDigests { #expect(problems == [expected]) }
  }

  @Test func `a part that nothing declares is named`() throws {
    let store = try store("a.case")
    try run(store) { try $0.execute(sql: "DELETE FROM declaration WHERE batch = 2") }
    #expect(
      try store.verify().contains("what import 2 brought from 'informant' is not what was stored"))
  }
}
