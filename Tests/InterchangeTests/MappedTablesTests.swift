// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Interchange
import Testing

/// Reading tables through a mapping: what comes in, and what is refused with which words.
@Suite struct MappedTablesTests {
  private static let mapping = """
    grading: admiralty
    sources:
      register: { kind: register, grade: A1 }
      informant: { kind: informantReport, grade: C3 }
    files:
      - file: people.csv
        source: register
        entities:
          - id: "person:{id}"
            schema: Person
            unique: true
            properties:
              name: [name, other]
              alias: { column: aliases, split: "|" }
              category: { column: role, values: { S: suspect, V: victim } }
              birthDate: born
      - file: firms.csv
        source: register
        entities:
          - { id: "company:{no}", schema: Company, properties: { name: name } }
        relationships:
          - schema: Directorship
            each: { column: directors, split: ";" }
            ends: { director: "person:{directors}", organization: "company:{no}" }
            valid: { start: from, end: to }
      - file: reports.csv
        sourceColumn: source
        grade: grade
        handling: handling
        standing: standing
        relationships:
          - id: "report:{no}"
            schema: Associate
            when: { kind: { not: rumour } }
            ends: { person: "person:{a}", associate: "person:{b}" }
          - id: "report:{no}"
            schema: UnknownLink
            when: { kind: rumour }
            ends: { subject: "person:{a}", object: "person:{b}" }
      - file: payments.csv
        source: register
        decimal: ","
        dates: dd.MM.yyyy
        empty: [n/a]
        events:
          - schema: Payment
            time: day
            participants: { payer: "company:{from}", beneficiary: "company:{to}" }
            properties: { amount: amount, purpose: { template: "{what} ({no})" } }

    """

  private static let people = """
    id,name,other,aliases,role,born
    1,Anna,,Ann|Annie | ,S,1970-01-02
    2,Bo,Bå,,V,1980
    3,Cy,,,S,

    """
  private static let firms = "no,name,directors,from,to\nX,Xco,1;2,2020,2021-03\nY,Yco,,,\n"
  private static let reports = """
    no,kind,a,b,source,grade,handling,standing
    7,seen,1,2,informant,B2,h1,fact
    8,rumour,2,3,informant,,,assessment

    """
  private static let payments = """
    no,day,from,to,amount,what
    1,31.12.2023,X,Y,"1.234,50",rent
    2,n/a,Y,X,"0,75",

    """

  private func tables(
    people: String = people, firms: String = firms, reports: String = reports,
    payments: String = payments
  ) throws -> MappedTables {
    try MappedTables(
      mapping: ImportMapping(yaml: Self.mapping),
      inputs: [
        .text(people, name: "in/people.csv"), .text(firms, name: "in/firms.csv"),
        .text(reports, name: "in/reports.csv"), .text(payments, name: "in/payments.csv"),
      ])
  }

  private func problems(_ tables: MappedTables) -> [String] {
    do {
      _ = try tables.read { _ in }
      return []
    } catch {
      return (error as? InterchangeError)?.problems.map(\.description) ?? ["\(error)"]
    }
  }

  private func assertions(_ tables: MappedTables) throws -> [Assertion] {
    var result: [Assertion] = []
    _ = try tables.read { result.append($0) }
    return result
  }

  @Test func `a row becomes an entity with its properties, columns and place`() throws {
    let first = try #require(try assertions(tables()).first)
    #expect(
      first
        == Assertion(
          subject: .entity(id: "person:1", schema: "Person"),
          properties: [
            PropertyValue("name", "Anna", column: "name"),
            PropertyValue("alias", "Ann", column: "aliases"),
            PropertyValue("alias", "Annie", column: "aliases"),
            PropertyValue("category", "suspect", column: "role"),
            PropertyValue("birthDate", "1970-01-02", column: "born"),
          ], source: "register", locator: Locator(file: "people.csv", line: 2)))
  }

  @Test func `each part of a cell becomes a relationship with dates`() throws {
    let ties = try assertions(tables()).filter {
      if case .relationship(_, "Directorship", _) = $0.subject { true } else { false }
    }
    #expect(ties.count == 2)
    #expect(
      ties.map(\.subject)
        == ["1", "2"].map {
          .relationship(
            id: "Directorship(director=person:\($0),organization=company:X)",
            schema: "Directorship",
            ends: [
              End(role: "director", entity: "person:\($0)"),
              End(role: "organization", entity: "company:X"),
            ])
        })
    #expect(ties.allSatisfy { $0.valid?.start?.text == "2020" && $0.valid?.end?.text == "2021-03" })
  }

  @Test func `conditions choose the rule, and columns give source, grade, handling and standing`()
    throws
  {
    let reports = try assertions(tables()).filter { $0.locator.file == "reports.csv" }
    #expect(reports.map(\.source) == ["informant", "informant"])
    #expect(reports.map { $0.grade?.code } == ["B2", nil])
    #expect(reports.map(\.handling) == ["H1", nil])
    #expect(reports.map(\.standing) == [.fact, .assessment])
    guard case .relationship("report:7", "Associate", _) = reports[0].subject,
      case .relationship("report:8", "UnknownLink", _) = reports[1].subject
    else {
      Issue.record("\(reports.map(\.subject))")
      return
    }
  }

  @Test func `decimal commas, declared dates, empty marks and templates are read`() throws {
    let payments = try assertions(tables()).filter { $0.locator.file == "payments.csv" }
    #expect(
      payments.map(\.properties) == [
        [
          PropertyValue("amount", "1234.50", column: "amount"),
          PropertyValue("purpose", "rent (1)"),
        ],
        [PropertyValue("amount", "0.75", column: "amount")],
      ])
    #expect(
      payments.map(\.subject) == [
        .event(
          id: "Payment:payments.csv:2", schema: "Payment",
          time: Interval(try #require(PartialDate("2023-12-31"))),
          participants: [
            End(role: "payer", entity: "company:X"), End(role: "beneficiary", entity: "company:Y"),
          ]),
        .event(
          id: "Payment:payments.csv:3", schema: "Payment", time: nil,
          participants: [
            End(role: "payer", entity: "company:Y"), End(role: "beneficiary", entity: "company:X"),
          ]),
      ])
  }

  @Test func `the rows of every file are accounted for`() throws {
    let summary = try tables().read { _ in }
    #expect(
      summary.description == """
        people.csv: 3 rows read = 3 stored + 0 refused
        firms.csv: 2 rows read = 2 stored + 0 refused
        reports.csv: 2 rows read = 2 stored + 0 refused
        payments.csv: 2 rows read = 2 stored + 0 refused
        4 files: 9 rows read = 9 stored + 0 refused
        """)
    #expect(summary.entityAssertions == 5)
    #expect(summary.relationshipAssertions == 4)
    #expect(summary.eventAssertions == 2)
  }

  private static let bad = (
    people: """
    id,name,other,aliases,role,born
    1,Anna,,,S,1970-13-02
    ,Bo,,,V,
    3,Cy,,,Q,
    3,Cy,,,S,
    3,Di,,,S,
    4,Ed
    5,Fi,,,V,

    """,
    firms: "no,name,directors,from,to\nX,Xco,5;9,2021,2020\nY,Yco,5,,\n",
    reports: """
    no,kind,a,b,source,grade,handling,standing
    7,seen,5,3,who,B9,H8,maybe
    8,seen,5,3,informant,B2,,
    8,seen,3,5,informant,B2,,

    """,
    payments: "no,day,from,to,amount,what\n1,12/31/2023,Y,Y,nan,\n2,,Y,5,\"1,000,00\",\n3,,,Y,1,\n"
  )

  @Test func `every problem of every file is listed with its place, and nothing comes in`() throws {
    let tables = try tables(
      people: Self.bad.people, firms: Self.bad.firms, reports: Self.bad.reports,
      payments: Self.bad.payments)
    let found = problems(tables).map { String($0.prefix { $0 != "," }) }
    #expect(
      found == [
        "in/people.csv:2:12: '1970-13-02' is no date",
        "in/people.csv:3:1: the column 'id' is empty",
        "in/people.csv:4:8: the value 'Q'",
        "in/people.csv:6:1: the id 'person:3' occurs again in this file",
        "in/people.csv:7: a row of 2 fields",
        "in/firms.csv:2:16: the end '2020' is before the start '2021'",
        "in/reports.csv:2:12: the source 'who' is not declared",
        "in/reports.csv:2:16: 'B9' is no grade of the scheme admiralty; allowed are A1",
        "in/reports.csv:2:19: 'H8' is no handling code; allowed are H0",
        "in/reports.csv:2:22: the standing 'maybe'",
        "in/reports.csv:4:1: the id 'report:8' stands for something else in reports.csv:3",
        "in/payments.csv:2:3: '12/31/2023' is no date",
        "in/payments.csv:2:18: 'nan' is no number",
        "in/payments.csv:3:8: '1",
        "in/payments.csv:4:4: the column 'from' is empty",
      ])
  }

  @Test func `with rejects the good rows come in and each refused row keeps its line and reasons`()
    throws
  {
    let tables = try tables(
      people: Self.bad.people, firms: Self.bad.firms, reports: Self.bad.reports,
      payments: Self.bad.payments)
    var refused: [RefusedRow] = []
    var kept: [Assertion] = []
    let summary = try tables.read(rejects: { refused.append($0) }, into: { kept.append($0) })
    #expect(
      summary.description == """
        people.csv: 7 rows read = 2 stored + 5 refused
        firms.csv: 2 rows read = 1 stored + 1 refused
        reports.csv: 3 rows read = 1 stored + 2 refused
        payments.csv: 3 rows read = 0 stored + 3 refused
        4 files: 15 rows read = 4 stored + 11 refused
        """)
    #expect(
      refused.map { "\($0.file):\($0.line)" }.prefix(6) == [
        "people.csv:2", "people.csv:3", "people.csv:4", "people.csv:6", "people.csv:7",
        "firms.csv:2",
      ])
    #expect(refused[0].text == "1,Anna,,,S,1970-13-02")
    #expect(refused[0].csv.hasPrefix("people.csv,2,\"column 12: '1970-13-02' is no date, expected"))
    #expect(refused[0].csv.hasSuffix(",\"1,Anna,,,S,1970-13-02\"\n"))
    #expect(kept.count == 5)
  }

  @Test func `an end that nothing defines is a problem unless the case knows it`() throws {
    let tables = try tables(
      reports: "no,kind,a,b,source,grade,handling,standing\n1,,1,99,informant,,,\n")
    #expect(
      problems(tables) == [
        "in/reports.csv:2:6: nothing defines 'person:99', the associate of this Associate, "
          + "expected an entity of this import or of the case; add its row, or correct the id"
      ])
    let summary = try tables.read(known: { $0 == "person:99" ? "Person" : nil }) { _ in }
    #expect(summary.rowsRefused == 0)
    #expect(throws: InterchangeError.self) {
      try tables.read(known: { $0 == "person:99" ? "Phone" : nil }) { _ in }
    }
  }

  @Test func `what a refused row defined is not there for other rows`() throws {
    // Firm Y falls because director 9 is unknown; the payment to Y falls with it.
    var refused: [RefusedRow] = []
    let summary = try tables(firms: "no,name,directors,from,to\nX,Xco,1,,\nY,Yco,9,,\n").read(
      rejects: { refused.append($0) }, into: { _ in })
    #expect(
      refused.map { "\($0.file):\($0.line)" } == [
        "firms.csv:3", "payments.csv:2", "payments.csv:3",
      ])
    #expect(summary.rowsRead == 9)
    #expect(summary.rowsStored == 6)
  }

  @Test func `one id with two schemata is refused where it comes second`() throws {
    let mapping = try ImportMapping(
      yaml: """
        sources: { s: { kind: register } }
        files:
          - file: a.csv
            source: s
            entities: [{ id: "{id}", schema: Person }]
          - file: b.csv
            source: s
            entities: [{ id: "{id}", schema: Company }]
        """)
    let tables = try MappedTables(
      mapping: mapping,
      inputs: [.text("id\nx\ny\n", name: "a.csv"), .text("id\nz\ny\n", name: "b.csv")])
    #expect(
      problems(tables).map { $0.prefix { $0 != ";" } } == [
        "b.csv:3:1: 'y' is a Company here, but a Person in a.csv:3, expected one schema for one id"
      ])
  }

  @Test func `an unknown column is named with its place in the mapping`() throws {
    let tables = try tables(people: "id,nam,other,aliases,role,born\n1,A,,,S,\n")
    let found = problems(tables)
    #expect(found.count == 1)
    #expect(
      found.first == "mapping.yaml:13:18: people.csv has no column 'name', expected one of "
        + "id, nam, other, aliases, role, born; did you mean 'nam'?")
  }

  @Test func `a file that cannot be opened or decoded is a problem like any other`() throws {
    let mapping = try ImportMapping(yaml: Self.mapping)
    let missing = MappedTables(mapping: mapping, folder: "/nowhere")
    #expect(
      problems(missing).map { $0.prefix { $0 != ";" } } == [
        "/nowhere/people.csv: no such file", "/nowhere/firms.csv: no such file",
        "/nowhere/reports.csv: no such file", "/nowhere/payments.csv: no such file",
      ])
    let broken = try MappedTables(
      mapping: mapping,
      inputs: [
        .bytes(Array("id,name,other,aliases,role,born\n1,".utf8) + [0xFF, 10], name: "people.csv")
      ])
    #expect(
      problems(broken).first?.hasPrefix("people.csv:2:3: the byte 0xFF is not valid UTF-8") == true)
    #expect(throws: InterchangeError.self) { try broken.read(rejects: { _ in }, into: { _ in }) }
    #expect(throws: InterchangeError.self) {
      try MappedTables(mapping: mapping, inputs: [.text("a\n", name: "other.csv")])
    }
  }

  @Test func `what the receiver throws ends the import`() throws {
    struct Full: Error {}
    #expect(throws: Full.self) { try tables().read { _ in throw Full() } }
    var count = 0
    #expect(throws: Full.self) {
      try tables(people: Self.bad.people).read(
        rejects: { _ in throw Full() }, into: { _ in count += 1 })
    }
    #expect(count == 0)
  }

  @Test func `text that looks like a number or nothing stays text`() throws {
    let mapping = try ImportMapping(
      yaml: """
        sources: { s: { kind: register } }
        files:
          - { file: a.csv, source: s, entities: [{ id: "{id}", schema: Person, properties: { name: n } }] }
        """)
    let rows = ["0039", "+39", "NA", "Null", "nan", "1e5", "1234567890123456789012345", " x"]
    let text = "id,n\n" + rows.map { "\($0),\($0)\n" }.joined()
    var found: [Assertion] = []
    _ = try MappedTables(mapping: mapping, inputs: [.text(text, name: "a.csv")]).read {
      found.append($0)
    }
    #expect(found.map { $0.properties[0].value } == rows)
    #expect(found.map { if case .entity(let id, _) = $0.subject { id } else { "" } } == rows)
  }

  @Test func `two spellings of one id in Unicode are one id, the first`() throws {
    let mapping = try ImportMapping(
      yaml: """
        sources: { s: { kind: register } }
        files:
          - file: a.csv
            source: s
            entities: [{ id: "{id}", schema: Person, unique: false }]
        """)
    var ids: [String] = []
    _ = try MappedTables(
      mapping: mapping, inputs: [.text("id\nJos\u{E9}\nJose\u{301}\n", name: "a.csv")]
    ).read { if case .entity(let id, _) = $0.subject { ids.append(id) } }
    #expect(ids.map { Array($0.utf8) } == Array(repeating: Array("Jos\u{E9}".utf8), count: 2))
  }

  @Test func `reading twice gives the same assertions`() throws {
    let tables = try tables()
    #expect(try assertions(tables) == assertions(tables))
  }
}
