// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Interchange
import Testing

/// Mapped records of JSON, headers below other lines, and joined columns.
struct RecordTests {
  private static let head = """
    sources:
      s: { kind: register }
    files:
      - file: t.jsonl
        source: s

    """

  private func read(
    _ rules: String, _ text: String, rejects: ((RefusedRow) -> Void)? = nil
  ) throws -> (said: [String], summary: ImportSummary) {
    let rules = rules.split(separator: "\n").map { "    " + $0 + "\n" }.joined()
    let mapping = try ImportMapping(yaml: Self.head + rules)
    var said: [String] = []
    let summary = try MappedTables(mapping: mapping, inputs: [.text(text, name: "t.jsonl")])
      .read(rejects: rejects) { assertion in
        let values = assertion.properties.map { "\($0.property)=\($0.value)" }
          .joined(separator: " ")
        switch assertion.subject {
        case .entity(let id, _): said.append("\(assertion.locator.line ?? 0): \(id) \(values)")
        case .relationship(_, _, let ends), .event(_, _, _, let ends):
          said.append(ends.map(\.entity).joined(separator: " > ") + " " + values)
        }
      }
    return (said, summary)
  }

  private func refusal(_ rules: String, _ text: String) throws -> String {
    try #require(throws: InterchangeError.self) { try read(rules, text) }.description
  }

  private let people =
    "format: jsonlines\nentities: [{ id: \"p:{a.id}\", schema: Person, properties: { name: a.name } }]"

  @Test func `paths lead through objects and keys with points`() throws {
    let found = try read(
      people, "{\"a\":{\"id\":\"01\",\"name\":\"Ann\"}}\n\n{\"a.id\":2,\"a.name\":null}\r\n")
    #expect(found.said == ["1: p:01 name=Ann", "3: p:2 "])
    #expect(found.summary.rowsRead == 2)
  }

  @Test func `a list of texts is several values`() throws {
    let found = try read(people, "{\"a\":{\"id\":\"1\",\"name\":[\"Ann\",\"Anna\",\"\"]}}")
    #expect(found.said == ["1: p:1 name=Ann name=Anna"])
  }

  @Test func `a rule for each item sees that item and what it stands in`() throws {
    let rules = """
      format: jsonlines
      entities:
        - { id: "c:{id}", schema: Company, once: true }
        - { id: "p:{awards.suppliers.id}", schema: Company, each: { list: awards.suppliers }, once: true, properties: { name: awards.suppliers.name } }
      relationships:
        - schema: Debt
          each: { list: awards.suppliers }
          ends: { debtor: "c:{id}", creditor: "p:{awards.suppliers.id}" }
          properties: { amount: awards.value }
        - schema: Membership
          each: { list: awards }
          ends: { member: "p:{awards.suppliers.id}", organization: "c:{id}" }
          properties: { recordId: awards.n }
      """
    let text = """
      {"id":7,"awards":[{"n":1,"value":10,"suppliers":[{"id":"x","name":"X"},{"id":"y"}]},\
      {"n":2,"value":20,"suppliers":[{"id":"x","name":"X"}]},{"n":3,"value":30}]}
      """
    // The third award has no supplier, so that the row is refused.
    #expect(try refusal(rules, text).contains("'awards.suppliers.id' is empty"))
    let found = try read(rules, text.replacing(",{\"n\":3,\"value\":30}", with: ""))
    #expect(
      found.said == [
        "1: c:7 ", "1: p:x name=X", "1: p:y ", "c:7 > p:x amount=10", "c:7 > p:y amount=10",
        "c:7 > p:x amount=20", "p:x > p:y > c:7 recordId=1", "p:x > c:7 recordId=2",
      ])
  }

  @Test func `a document holds its records under a key`() throws {
    let text = """
      { "version": "1", "releases": [
        {"a": {"id": "1", "name": "Ann"}},
        {"a": {"id": "2",
               "name": {"first": "Bo"}}} ] }
      """
    let rules = people.replacing("jsonlines", with: "json\nrecords: releases")
    #expect(
      try refusal(rules, text).hasPrefix(
        "t.jsonl:4:18: an object at the path 'a.name', expected one text or number"))
    #expect(
      try refusal(rules, text.replacing("releases\"", with: "other\""))
        == "t.jsonl:1:1: no “releases” here, expected the list of records under releases; "
        + "correct 'records' in the mapping")
    let found = try read(rules, text.replacing("{\"first\": \"Bo\"}", with: "\"Bo\""))
    #expect(found.said == ["2: p:1 name=Ann", "3: p:2 name=Bo"])
  }

  @Test func `broken lines are refused by line and the others come in`() throws {
    let text = "{\"a\":{\"id\":1}}\n{\"a\":{\"id\":1,\"id\":2}}\n[1]\n{\"a\":\n{\"a\":{\"id\":3}}\n"
    let refused = try refusal(people, text)
    #expect(refused.contains("t.jsonl:2:14: the key “id” occurs twice in one object"))
    #expect(refused.contains("t.jsonl:3:1: a line that is no object"))
    #expect(refused.contains("t.jsonl:4:"))
    var lines: [Int] = []
    let found = try read(people, text) { lines.append($0.line) }
    #expect(lines == [2, 3, 4] && found.said == ["1: p:1 ", "5: p:3 "])
  }

  @Test func `a path that no record has is warned about`() throws {
    let found = try read(people, "{\"a\":{\"id\":\"1\",\"nam\":\"Ann\"}}\n")
    #expect(found.summary.warnings.contains { $0.contains("no record of t.jsonl has 'a.name'") })
  }

  @Test(arguments: [
    ("format: xml", "the format 'xml'"), ("records: x", "'records' of a file that is no JSON"),
    ("format: json\nskip: 2", "'skip' of a file that is no table"),
    ("skip: 2\nheaderAt: id", "'headerAt' beside 'skip'"), ("until: end", "until: end"),
    ("zone: Europe/Brussel", "did you mean 'Europe/Brussels'?"),
    ("zone: { name: \"+01:00\", ambiguous: later }", "'ambiguous' of the offset"),
    ("zone: { name: Europe/Rome, ambiguous: first }", "ambiguous: first"),
  ])
  func `a mapping that cannot be meant is refused`(_ lines: String, _ words: String) throws {
    let rules = lines + "\nentities: [{ id: \"p:{id}\", schema: Person }]"
    #expect(try refusal(rules, "id\n1\n").contains(words))
  }

  @Test func `a header is found below other lines and a legend is passed over`() throws {
    let text = "Report of X;\n\n;;\nid;name\n1;Ann\n;\nid;means;a;number\n"
    let rules =
      "headerAt: id\nuntil: blank\nentities: [{ id: \"p:{id}\", schema: Person, properties: { name: name } }]"
    let found = try read(rules, text)
    #expect(found.said == ["5: p:1 name=Ann"])
    #expect(found.summary.rowsPassedOver == 2 && found.summary.rowsRead == 3)
    #expect(
      try refusal(rules, "name\nAnn\n").contains("no line has the cell “id”"))
  }

  @Test func `joined columns leave out the empty ones and others stand for what is not listed`()
    throws
  {
    let rules = """
      entities:
        - id: "p:{id}"
          schema: Person
          properties:
            address: { join: [a, b, c], with: ", " }
            minor: { column: d, values: { y: "true" }, others: "" }
      """
    let found = try read(rules, "id,a,b,c,d\n1,x,,z,y\n2,,,,n\n")
    #expect(found.said == ["2: p:1 address=x, z minor=true", "3: p:2 "])
  }
}

/// Local times of zones whose clocks change.
struct ZoneTests {
  private func time(_ text: String, _ zone: String) throws -> (String, [String]) {
    let mapping = try ImportMapping(
      yaml: """
        sources:
          s: { kind: callRecords }
        files:
          - file: t.csv
            source: s
            zone: \(zone)
            entities: [{ id: "p:{a}", schema: Phone, once: true }]
            events: [{ schema: Call, time: t, participants: { caller: "p:{a}", receiver: "p:{a}" } }]
        """)
    var found = ""
    let summary = try MappedTables(
      mapping: mapping, inputs: [.text("a,t\n1,\(text)\n", name: "t.csv")]
    ).read(blocks: { _ in Issue.record("such times are not plain") }) {
      if case .event(_, _, let time, _) = $0.subject { found = time?.start?.text ?? "" }
    }
    return (found, summary.warnings)
  }

  @Test(arguments: [
    ("2024-01-15 10:00", "2024-01-15 10:00+01:00"), ("2024-07-15 10:00", "2024-07-15 10:00+02:00"),
    ("2024-03-31T01:59:59", "2024-03-31T01:59:59+01:00"),
    ("2024-03-31T03:00:00", "2024-03-31T03:00:00+02:00"),
    ("2024-10-27T03:00", "2024-10-27T03:00+01:00"), ("2024-10-27T01:59", "2024-10-27T01:59+02:00"),
    ("2050-07-01T12:00", "2050-07-01T12:00+02:00"), ("2024-03-31", "2024-03-31"),
    ("2024-03-31T02:30Z", "2024-03-31T02:30Z"),
  ])
  func `a local time gets the offset of its day`(_ text: String, _ expected: String) throws {
    #expect(try time(text, "Europe/Brussels").0 == expected)
  }

  @Test func `a time that never was is refused`() throws {
    let error = try #require(throws: InterchangeError.self) {
      try time("2024-03-31T02:30", "Europe/Brussels")
    }
    #expect(
      error.description
        == "t.csv:2:3: '2024-03-31T02:30' never was in Europe/Brussels: the clocks went from +01:00 "
        + "to +02:00 then, expected a local time that was; if the clock of the system did not "
        + "change, write its offset as the zone")
  }

  @Test func `a time that was twice is refused or decided, and counted`() throws {
    let error = try #require(throws: InterchangeError.self) {
      try time("2024-10-27T02:30", "Europe/Brussels")
    }
    #expect(error.description.contains("was twice in Europe/Brussels, at +02:00 and at +01:00"))
    for (fold, offset) in [("earlier", "+02:00"), ("later", "+01:00")] {
      let found = try time("2024-10-27T02:30", "{ name: Europe/Brussels, ambiguous: \(fold) }")
      #expect(found.0 == "2024-10-27T02:30" + offset)
      #expect(found.1.contains { $0.contains("the only such time, taken for the \(fold) one") })
    }
  }

  @Test(arguments: [
    // The half hour of Lord Howe, a day that Samoa left out, and a zone without changes.
    ("2024-10-06T02:15", "Australia/Lord_Howe", nil),
    ("2024-04-07T02:15", "Australia/Lord_Howe", "+10:30"),
    ("2011-12-30T12:00", "Pacific/Apia", nil), ("2024-07-01T12:00", "Africa/Lagos", "+01:00"),
  ])
  func `other zones keep their own rules`(
    _ text: String, _ zone: String, _ offset: String?
  ) throws {
    let rule = zone.hasPrefix("Australia") ? "{ name: \(zone), ambiguous: later }" : zone
    if let offset {
      #expect(try time(text, rule).0 == text + offset)
    } else {
      #expect(throws: InterchangeError.self) { try time(text, rule) }
    }
  }
}
