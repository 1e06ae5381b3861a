// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Foundation
import Interchange
import TestSupport
import Testing

/// The ready mappings on generated files of their layouts, and on those that were collected.
struct ReadyMappingTests {
  struct Found {
    var entities: Set<String> = []
    var relationships = 0
    var events = 0
    var summary = ImportSummary()
  }

  static func read(_ mapping: ImportMapping, _ input: Input) throws -> Found {
    var found = Found()
    found.summary = try MappedTables(mapping: mapping, inputs: [input]).read { assertion in
      switch assertion.subject {
      case .entity(let id, _): found.entities.insert(id)
      case .relationship(_, _, let ends):
        found.relationships += 1
        #expect(!ends.isEmpty)
      case .event(_, _, let time, _):
        found.events += 1
        #expect(time != nil)
      }
    }
    return found
  }

  @Test(arguments: GeneratedLayout.names, [1, 2])
  func `a ready mapping reads generated files of its layout`(
    _ name: String, _ seed: UInt64
  ) throws {
    let layout = GeneratedLayout(name, seed: seed)
    let ready = try #require(ReadyMapping.named(name))
    let mapping = try ImportMapping(yaml: ready.yaml(file: layout.file, source: "the \"source\""))
    let found = try Self.read(mapping, .text(layout.text, name: layout.file))
    #expect(found.entities == layout.entities)
    #expect(found.relationships == layout.relationships)
    #expect(found.events == layout.events)
    #expect(found.summary.rowsRefused == 0)
    #expect(found.summary.rowsPassedOver == layout.passedOver)
  }

  /// The files that were collected, by the mapping that reads them.
  static let collected = [
    ("bill-of-lading", "bill_of_lading.csv"), ("calls", "cdr_flat.csv"),
    ("calls-operator", "cdr_operator_report.csv"),
    ("opencorporates", "opencorporates_company.json"),
    ("passengers-pnr", "pnr_annex1.csv"), ("payments-ibm-aml", "bank_ibm_aml.csv"),
    ("payments-saml-d", "bank_saml_d.csv"), ("seizures-unodc", "seizures_unodc_ids.csv"),
    ("tower-dump", "tower_dump.csv"), ("uk-companies", "uk_basic_company_data.csv"),
    ("uk-psc", "uk_psc_snapshot.jsonl"), ("vessel-positions", "ais_noaa.csv"),
  ]

  @Test(.enabled(if: SharedData.folder != nil, "../shared/data is absent"), arguments: collected)
  func `a ready mapping reads the layout that was collected`(
    _ name: String, _ file: String
  ) throws {
    let folder = try #require(SharedData.folder)
    let ready = try #require(ReadyMapping.named(name))
    let found = try Self.read(
      try ImportMapping(yaml: ready.yaml(file: file)),
      .file(folder.appending(path: "layouts/\(file)").path))
    #expect(found.entities.count + found.events > 0)
    let summary = try #require(found.summary.files.first)
    #expect(summary.rowsRefused == 0 && summary.rowsStored > 0)
  }

  @Test func `every ready mapping says what it takes and is tested here`() {
    #expect(ReadyMapping.all.map(\.name) == GeneratedLayout.names)
    for mapping in ReadyMapping.all { #expect(mapping.summary.count > 20) }
  }

  @Test func `a controlled company, its owner and the shares of control are told apart`() throws {
    let line = """
      {"company_number":"00000001","data":{"kind":"individual-person-with-significant-control",\
      "name":"Mr Example Person","date_of_birth":{"year":1970,"month":4},\
      "natures_of_control":["ownership-of-shares-25-to-50-percent","voting-rights-25-to-50-percent"],\
      "notified_on":"2016-04-06","ceased_on":"2020-01-31","etag":"0","links":{"self":"/x/AAAA"}}}

      """
    let ready = try #require(ReadyMapping.named("uk-psc"))
    var owners: [Assertion] = []
    var births: [String] = []
    _ = try MappedTables(
      mapping: ImportMapping(yaml: ready.yaml(file: "psc.jsonl")),
      inputs: [.text(line, name: "psc.jsonl")]
    ).read { assertion in
      if case .relationship = assertion.subject { owners.append(assertion) }
      births += assertion.properties.filter { $0.property == "birthDate" }.map(\.value)
    }
    #expect(births == ["1970-04"])
    let owner = try #require(owners.first)
    #expect(
      owner.properties.filter { $0.property == "role" }.map(\.value) == [
        "ownership-of-shares-25-to-50-percent", "voting-rights-25-to-50-percent",
      ])
    #expect(owner.valid?.description.contains("2016-04-06") == true)
    #expect(owner.valid?.description.contains("2020-01-31") == true)
    #expect(owner.locator == Locator(file: "psc.jsonl", line: 1))
  }
}
