// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Interchange
import Testing

/// Reading the mapping file itself.
@Suite struct MappingTests {
  private func problems(_ yaml: String) -> [String] {
    do {
      _ = try ImportMapping(yaml: yaml, name: "m.yaml")
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  private let head = """
    grading: admiralty
    sources:
      register: { kind: register, grade: A1, handling: H0 }
    files:
      - file: t.csv
        source: register

    """

  @Test func `a mapping states its sources and files`() throws {
    let mapping = try ImportMapping(
      yaml: head + "    entities: [{ id: \"p:{id}\", schema: Person }]\n")
    #expect(mapping.files == ["t.csv"])
    #expect(
      mapping.sources == [
        Source(
          name: "register", kind: "register", grade: Grade(scheme: "admiralty", code: "A1"),
          handling: "H0")
      ])
  }

  @Test func `every problem of a mapping is listed with its line and column`() {
    let found = problems(
      """
      grading: admiralty
      sources:
        register: { kind: register, grade: Z9, handling: H7 }
        nobody: { grade: A1 }
      files:
        - file: t.csv
          source: regster
          dates: day/month
          entities:
            - { id: "p:{id}", schema: Persn, properties: { name: n } }
            - { id: "p:{id}", schema: Person, properties: { nmae: n } }
            - { id: fixed, schema: Ownership }
          relationships:
            - schema: Ownership
              ends: { owner: "p:{a}", aset: "c:{b" }
          evnts: []
      """)
    let heads = found.map { $0.prefix { $0 != "," } }
    #expect(
      heads == [
        "m.yaml:3:38: 'Z9' is no grade of the scheme admiralty; allowed are A1",
        "m.yaml:3:52: 'H7' is no handling code; allowed are H0",
        "m.yaml:4:11: the source 'nobody' has no kind",
        "m.yaml:16:5: 'evnts' is no part of a file",
        "m.yaml:8:12: 'day/month' is no form of a date",
        "m.yaml:7:13: the source 'regster' is not declared",
        "m.yaml:10:33: the schema 'Persn' is not known",
        "m.yaml:11:55: Person has no property 'nmae'",
        "m.yaml:12:30: Ownership is the schema of a relationship",
        "m.yaml:15:33: Ownership has no role 'aset'",
        "m.yaml:15:15: the Ownership has no asset",
      ])
    for (place, word) in [
      (":7:13:", "register"), (":10:33:", "Person"), (":11:55:", "name"), (":15:33:", "asset"),
      (":16:5:", "events"),
    ] {
      #expect(found.contains { $0.contains(place) && $0.hasSuffix("did you mean '\(word)'?") })
    }
  }

  @Test(arguments: [
    ("", "m.yaml:1:1: the file is empty"),
    ("files: [", "m.yaml:2:1: no valid YAML"),
    ("- a", "m.yaml:1:1: no keys of a mapping"),
    ("grading: admiralty", "m.yaml:1:1: no 'files'"),
    ("files: []", "m.yaml:1:8: no file"),
    ("files: [{ file: t.csv }]", "m.yaml:1:9: the file 't.csv' yields nothing"),
    (
      "files: [{ file: t.csv, events: [{ schema: Call }] }]",
      "m.yaml:1:9: the file 't.csv' has no source"
    ),
    ("files: []\nfiles: []", "m.yaml:1:1: the key 'files' occurs twice"),
    ("files: [{ source: r }]", "m.yaml:1:9: a file without a name"),
  ])
  func `a mapping that is none is refused by a sentence`(yaml: String, sentence: String) {
    let found = problems(yaml)
    #expect(found.first?.hasPrefix(sentence) == true, "\(found)")
  }

  @Test func `aliases that would unfold without end are refused`() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(items)]\n"
    }
    #expect(problems(yaml).first?.contains("too large") == true)
  }

  @Test(arguments: [
    ("dd/MM/yyyy", "31/12/2023", "2023-12-31"),
    ("d/M/yyyy", "1/2/2023", "2023-02-01"),
    ("d/M/yyyy", "11/12/2023", "2023-12-11"),
    ("MM/dd/yyyy", "12/31/2023", "2023-12-31"),
    ("yyyyMMdd", "20231231", "2023-12-31"),
    ("yyyyMMddHHmmss", "20231231235958", "2023-12-31T23:59:58"),
    ("dd.MM.yyyy HH:mm", "31.12.2023 23:59", "2023-12-31T23:59"),
    ("yyyy-MM-ddTHH:mm:ss.SSSX", "2023-12-31T23:59:58.123+02:00", "2023-12-31T23:59:58.123+02:00"),
    ("MM/yyyy", "12/2023", "2023-12"),
    ("dd-MMM-yyyy", "06-MAR-2007", "2007-03-06"), ("d MMM yyyy", "6 dec 2007", "2007-12-06"),
    ("dd/MM/[20]yy", "20/01/19", "2019-01-20"), ("dd-MMM-[19]yy", "01-Jan-99", "1999-01-01"),
    ("dd-MMM-yyyy", "06-MRZ-2007", nil), ("dd/MM/[20]yy", "20/01/2019", nil),
    ("dd/MM/yyyy", "2023-12-31", nil), ("dd/MM/yyyy", "1/2/2023", nil),
    ("dd/MM/yyyy", "31/02/2023", nil), ("dd/MM/yyyy", "31/12/2023 ", nil),
    ("dd/MM/yyyy", "", nil), ("dd/MM/yyyy", "١٢/١٢/2023", nil),
  ])
  func `a date is read by its declared form only`(form: String, text: String, iso: String?) throws {
    let yaml =
      head
      + "    dates: \"\(form)\"\n    entities: [{ id: \"p:{id}\", schema: Person, "
      + "properties: { birthDate: d } }]\n"
    let mapping = try ImportMapping(yaml: yaml)
    let tables = try MappedTables(
      mapping: mapping, inputs: [.text("id,d\n1,\"\(text)\"\n", name: "t.csv")])
    var dates: [String] = []
    if iso != nil || text.isEmpty {
      _ = try tables.read { dates += $0.properties.map(\.value) }
      #expect(dates == [iso].compactMap { $0 })
    } else {
      #expect(throws: InterchangeError.self) { try tables.read { _ in } }
    }
  }

  @Test(arguments: [
    "dd/MM", "yy-MM-dd", "MMMM yyyy", "[20]yyyy", "[2x]yy", "[20]", "HH:mm", "yyyy-dd", "yyyy yyyy",
    "day",
  ])
  func `a form that does not say which day it is is refused`(form: String) {
    #expect(DateForm(form) == nil)
  }
}
