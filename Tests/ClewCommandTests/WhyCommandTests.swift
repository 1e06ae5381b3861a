// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// What stands behind a score, and what would be left without a source, on the harbour case.
struct WhyCommandTests {
  private let clew: ClewProcess

  init() throws {
    clew = try ClewProcess()
    #expect(try clew("new", "h.case").status == 0)
    let harbour = ClewProcess.package.appending(path: "datasets/harbour").path
    #expect(try clew("import", "h.case", harbour).status == 0)
  }

  @Test func `a score is shown with its ties and without each source`() throws {
    let outcome = try clew("why", "h.case", "person:P003", "--measure", "betweenness")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("Rank         5"))
    let ranking = try clew("centrality", "h.case", "--measure", "betweenness", "--format", "csv")
    #expect(ranking.output.contains("\n5,person:P003,"))
    // What the table says without a source is what dropping it gives.
    let line = try #require(
      outcome.output.split(separator: "\n").first { $0.hasPrefix("surveillance") })
    let rank = try #require(line.split(separator: " ").dropFirst(2).first)
    #expect(
      try clew("drop-source", "h.case", "surveillance", "--reason", "what if").status == 0)
    let without = try clew("centrality", "h.case", "--measure", "betweenness", "--format", "csv")
    #expect(without.output.contains("\n\(rank),person:P003,"))
    #expect(try clew("why", "h.case", "person:P003", "--measure", "fame").status == 64)
    #expect(
      try clew("why", "h.case", "person:P003", "person:P001", "--measure", "degree").status == 64)
  }

  @Test func `without a source a tie goes, stays or is as it was`() throws {
    func without(_ source: String) throws -> String {
      try clew("why", "h.case", "person:P001", "person:P005", "--without", source).output
    }
    #expect(try without("surveillance").contains("without surveillance nothing ties the two"))
    #expect(try without("informant-7").contains("says nothing of this tie"))
    let unknown = try clew("why", "h.case", "person:P001", "--without", "nobody")
    #expect(unknown.status == 64 && unknown.errors.contains("informant-7"))
  }

  @Test func `a path comes with the evidence of each tie`() throws {
    let outcome = try clew("why", "h.case", "person:P001", "person:P030", "--path")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("they are 2 ties apart"))
    #expect(outcome.output.contains("surveillance_meetings.csv:16"))
    #expect(try clew("why", "h.case", "person:P001", "--path").status == 64)
  }

  @Test func `of many events people see the first by time and how many there are`() throws {
    var table = "caller,called,start\n"
    for number in 0..<1_200 {
      let minute = 1_199 - number
      table += "1,2,2024-03-\(10 + minute / 600)T\(10 + minute % 600 / 60):\(10 + minute % 50)\n"
    }
    try clew.write(table, to: "calls.csv")
    try clew.write("number\n1\n2\n", to: "phones.csv")
    try clew.write(
      """
      sources:
        operator: { kind: callRecords }
      files:
        - file: calls.csv
          source: operator
          events:
            - schema: Call
              time: start
              participants: { caller: "phone:{caller}", receiver: "phone:{called}" }
        - file: phones.csv
          source: operator
          entities:
            - { id: "phone:{number}", schema: Phone, properties: { number: number } }

      """, to: "mapping.yaml")
    #expect(try clew("new", "busy.case").status == 0)
    let imported = try clew(
      "import", "busy.case", "--mapping", "mapping.yaml", "calls.csv", "phones.csv")
    #expect(imported.status == 0, "\(imported.errors)")
    func lines(_ arguments: String...) throws -> [Substring] {
      try clew(arguments).output.split(separator: "\n").filter { $0.contains("calls.csv:") }
    }
    let all = try lines("show", "busy.case", "phone:1", "--top", "all")
    #expect(all.count == 1_200)
    let first = try clew("show", "busy.case", "phone:1").output
    #expect(first.contains("Events: the first of 1200"))
    #expect(first.contains("the case has 1200 events of phone:1"))
    let words = { (line: Substring) in line.split(separator: " ") }
    #expect(try lines("show", "busy.case", "phone:1").map(words) == all.prefix(20).map(words))
    #expect(try lines("why", "busy.case", "phone:1").map(words) == all.prefix(1_000).map(words))
    #expect(
      try lines("show", "busy.case", "phone:1", "--as-of", "2024-03-10", "--top", "700").map(words)
        == all.filter { $0.contains("2024-03-10T") }.map(words))
    // A form for programs has all of them.
    #expect(
      try lines("show", "busy.case", "phone:1", "--format", "csv", "--table", "events").count
        == 1_200)
  }
}
