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
}
