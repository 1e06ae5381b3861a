// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Foundation
import Interchange
import TestSupport
import Testing

/// Mappings proposed from the columns of a table.
@Suite struct MappingSuggestionTests {
  private static let tables: [(String, String)] = [
    ("id,full_name,dob,shoe size\n1,Anna,31/12/1970,41\n2,Bo,01/02/1980,43\n", "Person"),
    ("company_number,name,incorporation_date\n00123,Xco,2020-01-02\n", "Company"),
    ("IMO,VesselName,Flag\n0012376,Trader,XV\n", "Vessel"),
    ("iban,bank\nXV00,Halderbank\n", "BankAccount"),
    ("caller,called,start,seconds\n+1,+2,2024-01-01T10:00Z,7\n+2,+1,2024-01-02T10:00Z,9\n", "Call"),
    ("payer;payee;date;amount\nA;B;31.12.2023;1.234,50\n", "Payment"),
    ("source,target,weight\nAnna,Bo,2\n", "UnknownLink"),
    ("From IBAN,To IBAN,Booked,Amount (EUR)\nXV01,XV02,2024-01-02,5\n", "Payment"),
    ("From account,To account,date,amount\n001,002,2024-01-02,5\n", "Payment"),
    ("Payer IBAN,Payee IBAN,date,amount\nXV01,XV02,2024-01-02,5\n", "Payment"),
    ("phone_a,phone_b,time\n+1,+2,2024-01-01T10:00Z\n", "Call"),
    ("phone1,phone2,time\n+1,+2,2024-01-01T10:00Z\n", "Call"),
    ("A-Party,B-Party,Date,Time,Duration (s)\n+1,+2,31/01/2024,9:05,7\n", "Call"),
    ("person_id,company_id,position,appointed\nP1,C1,chair,2021-09-14\n", "Directorship"),
    ("person_a,person_b,since\nP1,P2,2021-09\n", "UnknownLink"),
    ("from,to\nAnna,\"Bo: \"\"the\"\" man\"\n", "UnknownLink"),
    ("id\nx\n", "Person"),
  ]

  @Test(arguments: tables)
  func `a table with plain columns comes in by the mapping that is suggested`(
    table: String, schema: String
  ) throws {
    let input = Input.text(table, name: "data/t.csv")
    let mapping = try ImportMapping(suggestedFor: input, grade: "B2", handling: "H1")
    var schemata: Set<String> = []
    let summary = try MappedTables(mapping: mapping, inputs: [input]).read {
      switch $0.subject {
      case .entity(_, let name), .relationship(_, let name, _), .event(_, let name, _, _):
        schemata.insert(name)
      }
    }
    #expect(schemata.contains(schema))
    #expect(summary.rowsRefused == 0)
    #expect(summary.rowsStored == summary.rowsRead)
    #expect(mapping.sources.map(\.name) == ["t"])
  }

  @Test func `what was guessed and what was left out is said`() throws {
    let text = try ImportMapping.suggestion(
      for: .text("id,full_name,dob,shoe size\n1,Anna,01/02/1980,41\n", name: "people.csv"),
      source: "list 7", grade: "B2")
    #expect(
      text == """
        # Proposed from the columns of people.csv: check every line before you import.
        grading: admiralty   # or europol4x4, uk3x5x2
        sources:
          "list 7": { kind: other, grade: B2 }
        files:
          - file: people.csv
            source: "list 7"
            entities:
              - id: "person:{id}"
                schema: Person   # guessed from the columns
                properties:
                  name: full_name
                  birthDate: { column: dob, date: "dd/MM/yyyy" }   # or MM/dd/yyyy?
                # not mapped: shoe size
                #   shoe size: numbers; no property is known by its name

        """)
  }

  @Test func `names of columns cannot leave their place in the mapping`() throws {
    let name = "a\"}, x: {\nfiles: [] # \u{202E}"
    let table = "\"\(name.replacing("\"", with: "\"\""))\",name\n1,Anna\n"
    let input = Input.text(table, name: "t: {.csv")
    let text = try ImportMapping.suggestion(for: input)
    #expect(!text.contains("\u{202E}"))
    let mapping = try ImportMapping(suggestedFor: input)
    #expect(mapping.files == ["t: {.csv"])
    #expect(try MappedTables(mapping: mapping, inputs: [input]).read { _ in }.rowsStored == 1)
  }

  @Test(arguments: [
    "date,weather\n2024-01-01,rain\n", "id,date,place,present\nM1,2024-01-01,A08,P1;P2\n",
    "number,user_id,from,to\n+1,P001,2023-01-10,\n", "title,year\nOn nets,1999\n",
  ])
  func `a table of which a row cannot be told is refused`(table: String) throws {
    let error = try #require(throws: InterchangeError.self) {
      try ImportMapping(suggestedFor: .text(table, name: "data/t.csv"))
    }
    #expect(
      error.description
        == "data/t.csv:1: cannot tell what a row is: no column names an id, a name or two ends, "
        + "expected columns such as id and name, caller and called, or payer and payee; "
        + "write a mapping; the guide page Importing tables shows one")
  }

  @Test func `a date and a time of day in two columns are read as one`() throws {
    let table = "A-Party,B-Party,Date,Time,Duration (s)\n+1,+2,31/01/2024,09:05:10,7\n"
    let input = Input.text(table, name: "calls.csv")
    let text = try ImportMapping.suggestion(for: input)
    #expect(text.contains("kind: callRecords"))
    #expect(text.contains("duration: \"Duration (s)\""))
    var times: [String] = []
    _ = try MappedTables(mapping: ImportMapping(suggestedFor: input), inputs: [input]).read {
      if case .event(_, _, let time, _) = $0.subject { times.append(String(describing: time)) }
    }
    #expect(times.count == 1 && times.allSatisfy { $0.contains("2024-01-31T09:05:10") })
  }

  @Test func `times of day that cannot be read are said to be left out`() throws {
    let text = try ImportMapping.suggestion(
      for: .text("caller,called,date,time\n1,2,2024-01-31,morning\n", name: "calls.csv"))
    #expect(text.contains("time: date\n"))
    #expect(text.contains("# the times of day in time are not read"))
  }

  @Test(arguments: [("01/02/2023", true), ("31/01/2023", false)])
  func `day and month are doubted only where they can be exchanged`(
    date: String, isDoubted: Bool
  ) throws {
    let text = try ImportMapping.suggestion(
      for: .text("payer,payee,date\nA,B,\(date)\n", name: "t.csv"))
    #expect(text.contains("time: { column: date, date: \"dd/MM/yyyy\" }"))
    #expect(text.contains("# or MM/dd/yyyy?") == isDoubted)
    #expect(!text.contains("d/M/yyyy?"))
  }

  @Test func `a date of birth starts no relationship`() throws {
    let text = try ImportMapping.suggestion(
      for: .text(
        "Entity 1,Entity 2,Entity 1 Date of Birth\nAnna,Bo,1970-12-31\n", name: "ties.csv"))
    #expect(!text.contains("valid:"))
    #expect(text.contains("not mapped: Entity 1 Date of Birth"))
  }

  @Test func `an id is not taken for a name`() throws {
    for table in ["source_id,target_id\nx,y\n", "source,target\nP001,P002\n"] {
      #expect(!(try ImportMapping.suggestion(for: .text(table, name: "t.csv"))).contains("name:"))
    }
  }

  @Test(arguments: [
    "id,name,dob\n1,Anna,31/12/1970\n2,Bo,01/02/1980\n3,Cy,31/02/1980\n",
    "caller,called,start\n1,2,2024-01-01\n1,2,2024-01-02\n1,2,2024-02-31\n",
    "payer,payee,date,amount\nA,B,soon,5\n",
  ])
  func `a date that is none is refused in a suggested mapping too`(table: String) throws {
    let input = Input.text(table, name: "t.csv")
    let mapping = try ImportMapping(suggestedFor: input)
    let error = try #require(throws: InterchangeError.self) {
      try MappedTables(mapping: mapping, inputs: [input]).read { _ in }
    }
    #expect(error.problems.count == 1)
  }

  @Test(arguments: GeneratedLayout.names)
  func `a file in the layout of a ready mapping gets that mapping`(_ name: String) throws {
    let layout = GeneratedLayout(name, seed: 3)
    let input = Input.text(layout.text, name: "data/" + layout.file)
    let text = try ImportMapping.suggestion(for: input, grade: "C3", handling: "H1")
    #expect(text.contains("ready mapping \(name):"))
    let mapping = try ImportMapping(yaml: text)
    #expect(mapping.sources.map(\.grade?.code) == ["C3"])
    #expect(mapping.sources.map(\.handling) == ["H1"])
    let found = try ReadyMappingTests.read(mapping, input)
    #expect(found.entities == layout.entities && found.events == layout.events)
    #expect(found.summary.rowsRefused == 0)
  }

  @Test(.enabled(if: SharedData.folder != nil, "../shared/data is absent"))
  func `every table that was collected comes in by the mapping that is suggested`() throws {
    let folder = try #require(SharedData.folder).appending(path: "layouts")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".csv") || $0.hasSuffix(".jsonl")
    }.sorted()
    #expect(files.count > 15)
    for file in files {
      let input = Input.file(folder.appending(path: file).path)
      let mapping = try ImportMapping(suggestedFor: input)
      let summary = try MappedTables(mapping: mapping, inputs: [input]).read { _ in }
      #expect(summary.rowsRefused == 0 && summary.rowsStored > 0, "\(file)")
    }
  }

  @Test func `records of an unknown layout are refused with what to do`() throws {
    let error = try #require(throws: InterchangeError.self) {
      try ImportMapping.suggestion(for: .text("{\"a\":1}\n", name: "x.jsonl"))
    }
    #expect(error.description.contains("'format: jsonlines'"))
  }
}
