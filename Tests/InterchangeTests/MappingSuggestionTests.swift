// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Interchange
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
          "list 7": { kind: register, grade: B2 }
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
}
