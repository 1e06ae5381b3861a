// SPDX-License-Identifier: Apache-2.0

import Clew
import Foundation
import GraphCore
import TestSupport
import Testing

/// Tables of events that come in by blocks and row by row.
struct BulkImportTests {
  private let folder: URL

  init() throws {
    folder = try TemporaryFolder.make("bulk")
  }

  private static let forms: [(header: String, mapping: String)] = [
    ("", "time: start"), ("zone: \"+01:00\"", "time: start"),
    ("dates: \"dd/MM/yyyy HH:mm:ss\"", "time: { column: other }"),
    ("{ dates: \"dd/MM/yyyy HH:mm:ss\", zone: Z }", "time: other"),
  ]

  /// Where the table of calls stands to what defines its phones.
  enum Phones: String, CaseIterable { case stated, before, behind }

  private func mapping(_ form: (header: String, mapping: String), _ place: Phones) -> String {
    let once = place == .stated
    let header =
      form.header.hasPrefix("{")
      ? "    dates: \"dd/MM/yyyy HH:mm:ss\"\n    zone: Z\n"
      : form.header.isEmpty ? "" : "    \(form.header)\n"
    let entities =
      once
      ? """
          entities:
            - { id: "phone:{caller}", schema: Phone, once: true, properties: { number: caller } }
            - { id: "phone:{called}", schema: Phone, once: true, properties: { number: called } }

      """ : ""
    let phones =
      once
      ? ""
      : """
        - file: phones.csv
          source: operator
          entities:
            - { id: "phone:{number}", schema: Phone, properties: { number: number } }

      """
    return """
      grading: admiralty
      sources:
        operator: { kind: callRecords, grade: A2, handling: H1 }
      files:
      \(place == .before ? phones : "")  - file: calls.csv
          source: operator
      \(header)\(entities)    events:
            - schema: Call
              \(form.mapping)
              participants: { caller: "phone:{caller}", receiver: "phone:{called}" }
              properties: { duration: seconds, callType: type, imei: imei }

      \(place == .behind ? phones : "")
      """
  }

  private func calls(_ seed: UInt64, rows: Int) -> (phones: [String], table: String) {
    var generator = SeededGenerator(seed: seed)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    // The table has some that nothing else defines, and one between blanks.
    var phones = (0..<40).map {
      $0 == 7 ? "+32 Zoë" : $0 == 8 ? "+3200000000000000000\($0)" : "+3247\($0)"
    }
    let defined = phones
    phones[33] = "+3299"
    phones[34] = " +324735 "
    var table = "start,other,caller,called,seconds,type,imei\n"
    for _ in 0..<rows {
      let day = 10 + below(19)
      let time = "1\(below(10)):2\(below(10)):3\(below(10))"
      var start = "2024-03-\(day)T\(time)"
      switch below(8) {
      case 0: start = ""
      case 1: start = "2024-03-\(day)"
      case 2: start = "2024-03"
      case 3: start = "2024-03-\(day) \(time)"
      case 4: start += ".5"
      case 5: break
      default: start += "Z"
      }
      let seconds = ["0", "17", "17.50", "007", "1e2", "", "123456789012345678901", "-3"][below(8)]
      let kind = ["voice", "sms", "\"vo,ice\"", "", "'quoted'", "=cmd", "a\\b"][below(7)]
      let other = start.isEmpty ? "" : "\(day)/03/2024 \(time)"
      table +=
        "\(start),\(other),\(phones[below(40)]),\(phones[below(40)]),\(seconds),\(kind),\(below(9))\(below(3) == 0 ? "\r" : "")\n"
    }
    return (defined, table)
  }

  @Test(arguments: [0, 1, 2, 3], Phones.allCases)
  func `rows in blocks give the case that rows one by one give`(
    _ form: Int, _ place: Phones
  ) throws {
    let (phones, table) = calls(UInt64(form + 1), rows: 3_000)
    try ("number\n" + phones.map { $0 + "\n" }.joined()).write(
      to: folder.appending(path: "phones.csv"), atomically: true, encoding: .utf8)
    try table.write(to: folder.appending(path: "calls.csv"), atomically: true, encoding: .utf8)
    let mapping = try ImportMapping(yaml: mapping(Self.forms[form], place))
    let tables = MappedTables(mapping: mapping, folder: folder.path)
    let stores = try ["a", "b"].map { try CaseStore.create(folder.path + "/\($0).case") }
    var refused = [0, 0]
    var blocks = 0
    let single = try stores[0].import(
      label: "calls", sources: mapping.sources, recorded: 1
    ) { append in
      try tables.read(rejects: { _ in refused[0] += 1 }, into: append)
    }
    let bulk = try stores[1].importBlocks(
      label: "calls", sources: mapping.sources, recorded: 1
    ) { append, appendBlock in
      try withoutActuallyEscaping(appendBlock) { appendBlock in
        try tables.read(
          rejects: { _ in refused[1] += 1 },
          blocks: { block in
            blocks += block.count
            try appendBlock(block)
          }, into: append)
      }
    }
    // Most of the table must have come the short way, and not all of it.
    #expect(blocks > 200 && blocks < 3_000)
    #expect(refused[0] == refused[1])
    #expect(single.value.description == bulk.value.description)
    #expect(single.counts == bulk.counts)
    #expect(try stores[0].digest() == stores[1].digest())
    let contents = try stores.map { try $0.contents() }
    #expect(contents[0].events == contents[1].events)
    #expect(contents[0].claims == contents[1].claims)
    #expect(contents[0].entities == contents[1].entities)
    for store in stores { #expect(try store.verify() == []) }
    // It is the same import, whichever way it comes again.
    let again = try stores[1].import(
      label: "calls", sources: mapping.sources
    ) { append in try tables.read(rejects: { _ in }, into: append) }
    #expect(again.isRepeat)
  }

  @Test func `what was an end in one role is not taken for one in another`() throws {
    for (name, text) in [
      ("vessels.csv", "id\nX1\n"), ("ports.csv", "id\nP1\n"),
      ("calls.csv", "ship,place,voyage\nX1,P1,1\nX1,P1,2\nP1,X1,3\nX1,P1,4\n"),
    ] {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let mapping = try ImportMapping(
      yaml: """
        grading: admiralty
        sources:
          port: { kind: register, grade: A2 }
        files:
          - { file: vessels.csv, source: port, entities: [{ id: "{id}", schema: Vessel }] }
          - { file: ports.csv, source: port, entities: [{ id: "{id}", schema: Port }] }
          - file: calls.csv
            source: port
            events:
              - schema: PortCall
                participants: { vessel: "{ship}", port: "{place}" }
                properties: { voyageNumber: voyage }
        """)
    let tables = MappedTables(mapping: mapping, folder: folder.path)
    let store = try CaseStore.create(folder.path + "/roles.case")
    var refused: [Int?] = []
    _ = try store.importBlocks(label: "calls", sources: mapping.sources, recorded: 1) {
      append, appendBlock in
      try withoutActuallyEscaping(appendBlock) { appendBlock in
        try tables.read(
          rejects: { refused.append($0.line) }, blocks: { try appendBlock($0) }, into: append)
      }
    }
    #expect(refused == [4])
    #expect(try store.contents().events.count == 3)
  }
}
