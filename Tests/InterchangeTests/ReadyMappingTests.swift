// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Foundation
import Interchange
import TestSupport
import Testing

/// The ready mappings on miniature tables of their layouts.
struct ReadyMappingTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let mapping: String
    let table: String
    let shared: String
    let entities: Int
    let relationships: Int
    let events: Int
    let ids: [String]
    var testDescription: String { mapping }
  }

  static let samples = [
    Sample(
      mapping: "calls",
      table: """
        Date/Time,A-Party,B-Party,Duration,Type,IMEI,IMSI,Cell ID
        15-01-2024 10:30:45,0039100,0039200,180,MO-Voice,350000000000011,222,12345-67
        15-01-2024 11:15:22,0039200,0039100,0,MT-Voice,,,
        16-01-2024 09:00:00,0039100,0039300,5,MO-SMS,350000000000011,222,12345-68

        """, shared: "cdr_flat.csv", entities: 3, relationships: 0, events: 3,
      ids: ["phone:0039100", "phone:0039200", "phone:0039300"]),
    Sample(
      mapping: "payments-ibm-aml",
      table: """
        Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,Payment Currency,Payment Format,Is Laundering
        2024/03/01 00:20,010,8000A0001,0210,8000B0001,3697.34,Euro,3697.34,Euro,Wire,0
        2024/03/01 00:21,0210,8000B0001,010,8000A0001,12,Euro,12,Euro,Cash,0

        """, shared: "bank_ibm_aml.csv", entities: 2, relationships: 0, events: 2,
      ids: ["account:010:8000A0001", "account:0210:8000B0001"]),
    Sample(
      mapping: "payments-saml-d",
      table: """
        Time,Date,Sender_account,Receiver_account,Amount,Payment_currency,Received_currency,Sender_bank_location,Receiver_bank_location,Payment_type,Is_laundering,Laundering_type
        10:35:19,2024-03-01,1000000001,2000000001,1459.15,Euro,Euro,Italy,Italy,Cash Deposit,0,Normal

        """, shared: "bank_saml_d.csv", entities: 2, relationships: 0, events: 1,
      ids: ["account:1000000001", "account:2000000001"]),
    Sample(
      mapping: "bill-of-lading",
      table: """
        BILL_OF_LADING,ARRIVAL_DATE,SHIPPER,SHIPPER_ADDRESS,CONSIGNEE,CONSIGNEE_ADDRESS,NOTIFY_PARTY,NOTIFY_ADDRESS,CONTAINER_NUMBER,CONTAINER_TYPE,SEAL,PRODUCT_DESCRIPTION,GROSS_WIGHT_KG
        B1,2024-03-15,FRUTAS SA,GUAYAQUIL,IMPORT SRL,GENOVA,,,EXMU0000010,40RH,S1,BANANAS,22500
        B2,2024-03-16,FRUTAS SA,GUAYAQUIL,OTHER SRL,GENOVA,LOG SRL,GENOVA,,,,BANANAS,100

        """, shared: "bill_of_lading.csv", entities: 7, relationships: 6, events: 0,
      ids: ["company:FRUTAS SA", "shipment:B1", "container:EXMU0000010"]),
    Sample(
      mapping: "seizures-unodc",
      table: """
        REGION;SUBREGION;COUNTRY;ADMINISTRATIVE_DIVISION;PLACE;SEIZURE_DATE;DRUG_NAME;AMOUNT;DRUG_UNIT;HIDING_PLACE
        Europe;West;Italy;Liguria;Genova;2016-05-01;Cocaine;150.0;Kilogram;Container
        Europe;West;Spain;;;2016-05-03;Cocaine;2500.0;Gram;

        """, shared: "seizures_unodc_ids.csv", entities: 2, relationships: 0, events: 2,
      ids: ["substance:Cocaine", "place:Italy:Genova"]),
    Sample(
      mapping: "uk-companies",
      table: """
        CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostTown,RegAddress.PostCode,CompanyCategory,DissolutionDate,IncorporationDate,SICCode.SicText_1, PreviousName_1.CompanyName
        "EXAMPLE LTD","00000001","1 STREET","LONDON","EX1 1EX","Private Limited Company","","06/04/2016","46310 - Fruit","OLD LTD"

        """, shared: "uk_basic_company_data.csv", entities: 1, relationships: 0, events: 0,
      ids: ["company:gb:00000001"]),
  ]

  private func read(
    _ sample: Sample, _ input: Input, file: String
  ) throws -> (entities: Set<String>, relationships: Int, events: Int, summary: ImportSummary) {
    let ready = try #require(ReadyMapping.named(sample.mapping))
    let mapping = try ImportMapping(yaml: ready.yaml(file: file, source: "the \"source\""))
    var entities: Set<String> = []
    var (relationships, events) = (0, 0)
    let summary = try MappedTables(mapping: mapping, inputs: [input]).read { assertion in
      switch assertion.subject {
      case .entity(let id, _):
        // Each is stated by one row only.
        #expect(entities.insert(id).inserted)
      case .relationship: relationships += 1
      case .event(_, _, let time, _):
        events += 1
        #expect(time != nil)
      }
    }
    return (entities, relationships, events, summary)
  }

  @Test(arguments: samples)
  func `a ready mapping reads its layout`(_ sample: Sample) throws {
    let found = try read(sample, .text(sample.table, name: "t.csv"), file: "t.csv")
    #expect(found.entities.count == sample.entities)
    #expect(found.relationships == sample.relationships && found.events == sample.events)
    #expect(found.entities.isSuperset(of: sample.ids))
  }

  @Test(.enabled(if: SharedData.folder != nil, "../shared/data is absent"), arguments: samples)
  func `a ready mapping reads the layout that was collected`(_ sample: Sample) throws {
    let folder = try #require(SharedData.folder)
    let path = folder.appending(path: "layouts/\(sample.shared)").path
    let found = try read(sample, .file(path), file: sample.shared)
    #expect(found.entities.count + found.events > 0)
    let file = try #require(found.summary.files.first)
    #expect(file.rowsRefused == 0 && file.rowsStored > 0)
  }

  @Test func `every ready mapping says what it takes`() {
    #expect(ReadyMapping.all.count == Self.samples.count)
    for mapping in ReadyMapping.all { #expect(mapping.summary.count > 20) }
  }
}
