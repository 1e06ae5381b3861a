// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Maps as a user asks for them.
struct MapCommandTests {
  private let clew: ClewProcess

  init() throws {
    clew = try ClewProcess()
    try clew.write("from,to,trips\nA,B,4\nB,C,1\nC,A,2\n", to: "g.csv")
    try clew.write(
      "code,name,latitude,longitude\nA,Aberdeen,57.1,-2.1\nB,Bergen,60.4,5.3\nC,Cuxhaven,53.9,8.7\n"
        + "D,Far away,-33.9,151.2\n", to: "n.csv")
  }

  private func svg(_ name: String) throws -> String {
    try String(contentsOf: clew.folder.appending(path: name), encoding: .utf8)
  }

  @Test func `the ports of harbour and the voyages between them are on the map`() throws {
    #expect(try clew("new", "h.case").status == 0)
    let harbour = ClewProcess.package.appending(path: "datasets/harbour").path
    #expect(try clew("import", "h.case", harbour, "-q").status == 0)
    let outcome = try clew("map", "h.case", "-o", "m.svg")
    #expect(
      outcome.status == 0 && outcome.errors.contains("3 places, 4 routes"), "\(outcome.errors)")
    let text = try svg("m.svg")
    for words in [
      "Puerto Caimarí to Port of Haldermond: 5 records", "HANDLING H3", "Natural Earth",
      "144 entities of this view have no coordinates", "Association is not guilt",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(try clew("map", "h.case", "--schema", "Person", "-o", "p.svg").status == 64)
  }

  @Test func `nodes of a graph file are found by the column that holds the ends of ties`() throws {
    let outcome = try clew(
      "map", "g.csv", "--nodes", "n.csv", "--weight", "trips:strength", "-o", "g.svg")
    #expect(
      outcome.status == 0 && outcome.errors.contains("3 places, 3 routes"), "\(outcome.errors)")
    let text = try svg("g.svg")
    #expect(text.contains("Aberdeen to Bergen: 4 trips"))
    #expect(text.contains("1 place without any tie left out"))
    let named = try clew(
      "map", "g.csv", "--nodes", "n.csv", "--id-column", "code", "--label-column", "name", "-o",
      "h.svg")
    #expect(named.status == 0 && named.errors.contains("3 places"))
  }

  @Test func `coordinates that cannot be are left out and counted`() throws {
    try clew.write(
      "code,latitude,longitude\nA,57.1,-2.1\nB,95,5.3\nC,8.7,\n", to: "bad.csv")
    let outcome = try clew("map", "g.csv", "--nodes", "bad.csv", "-o", "b.svg")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = try svg("b.svg")
    #expect(text.contains("1 place outside the globe is left out"))
    #expect(text.contains("1 place with a coordinate that is missing"))
    let none = try clew("map", "g.csv", "-o", "n.svg")
    #expect(none.status == 64 && none.errors.contains("latitude and longitude"))
    #expect(try clew("map", "g.csv", "--nodes", "n.csv", "-o", "n.dot").status == 64)
  }

  @Test func `two kinds stand in two columns`() throws {
    #expect(try clew("new", "h.case").status == 0)
    let harbour = ClewProcess.package.appending(path: "datasets/harbour").path
    #expect(try clew("import", "h.case", harbour, "-q").status == 0)
    let meetings = try clew(
      "two-mode", "h.case", "--left", "Person", "--right", "Meeting", "-o", "m.svg")
    #expect(meetings.status == 0 && meetings.errors.contains("32 and 26"), "\(meetings.errors)")
    #expect(try svg("m.svg").contains("café Het Anker"))
    // The case has 58 persons, of whom 32 came to a meeting.
    #expect(try svg("m.svg").contains("other column: 26 Person, 0 Meeting."))
    let companies = try clew(
      "two-mode", "h.case", "--left", "Person", "--right", "Company", "-o", "c.svg")
    #expect(companies.status == 0 && companies.errors.contains("43 ties"), "\(companies.errors)")
    try clew.write(",e1,e2,e3\np1,1,0,1\np2,0,1,1\np3,1,1,0\np4,0,0,1\n", to: "two.csv")
    let matrix = try clew(
      "two-mode", "two.csv", "--input-format", "two-mode", "-o", "t.svg")
    #expect(matrix.status == 0 && matrix.errors.contains("4 and 3, 7 ties"), "\(matrix.errors)")
    for wrong in [
      ["h.case", "--left", "Person", "--right", "Nonsense"],
      ["h.case", "--left", "Port", "--right", "Phone"],
      ["h.case", "--left", "Person", "--right", "Person"],
      ["h.case", "--left", "LegalEntity", "--right", "Person"],
      ["two.csv", "--input-format", "two-mode", "--left", "row", "--right", "9"], ["h.case"],
      ["h.case", "--left", "Person"],
      ["g.csv", "--left", "1", "--right", "2"],
    ] {
      let outcome = try clew(["two-mode"] + wrong + ["-o", "w.svg"])
      #expect(outcome.status == 64, "\(wrong): \(outcome.status) \(outcome.errors)")
    }
    let small = try clew(
      "two-mode", "h.case", "--left", "person", "--right", "Meeting", "-o", "w.svg")
    #expect(small.status == 64 && small.errors.contains("write 'Person'"), "\(small.errors)")
  }
}
