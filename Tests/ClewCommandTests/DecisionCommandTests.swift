// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Log, revert, erasure, retention, saved views and comparison, run as a user runs them.
struct DecisionCommandTests {
  private let clew: ClewProcess

  private static let mapping = """
    grading: admiralty
    sources:
      register: { kind: register, grade: A1, handling: H1 }
      talk: { kind: informantReport, grade: C3, handling: H2 }
    files:
      - file: people.csv
        source: register
        entities:
          - { id: "person:{id}", schema: Person, properties: { name: name } }
      - file: ports.csv
        source: register
        entities:
          - { id: "port:{code}", schema: Port, properties: { name: name, country: country } }
      - file: links.csv
        source: talk
        relationships:
          - schema: Associate
            ends: { person: "person:{a}", associate: "person:{b}" }
            valid: { start: since }
      - file: trips.csv
        source: register
        events:
          - schema: Sighting
            time: day
            participants: { subject: "person:{who}", location: "port:{port}" }
    """

  init() throws {
    clew = try ClewProcess()
    try clew.write(Self.mapping, to: "t/mapping.yaml")
    try clew.write(
      "id,name\n1,Ann Example\n2,Bo Example\n3,Cy Example\n4,Di Other\n", to: "t/people.csv")
    try clew.write(
      "code,name,country\nXA,Northport,Xanadu\nXB,Southport,Utopia\n", to: "t/ports.csv")
    try clew.write("a,b,since\n1,2,2024-01\n2,3,2024-05\n3,4,2024-07\n", to: "t/links.csv")
    #expect(try clew("new", "x.case").status == 0)
  }

  private func filled() throws {
    let outcome = try clew("import", "x.case", "t")
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func `a log that somebody changed is found with exit code 2`() throws {
    try dropTrips()
    try filled()
    let whole = try clew("log", "x.case", "--verify")
    #expect(whole.status == 0 && whole.output.contains("as they were written"))
    let line = try #require(
      whole.output.split(separator: "\n").first { $0.contains("last entry: ") })
    let anchor = String(try #require(line.split(separator: " ").last))
    let held = try clew("log", "x.case", "--anchor", anchor)
    #expect(held.status == 0 && held.output.contains("as it was up to entry 1"))
    let other = try clew("log", "x.case", "--anchor", "1:" + String(repeating: "0", count: 64))
    #expect(other.status == 2 && other.output.contains("not the one"))
    #expect(try clew("log", "x.case", "--anchor", "soon").status == 64)
    #expect(try clew("log", "x.case", "--action", "merging").status == 64)
    var bytes = try clew.read("x.case")
    let place = try #require(bytes.range(of: Data("Ann Example".utf8)))
    bytes[place.lowerBound] = UInt8(ascii: "O")
    try clew.write(bytes, to: "x.case")
    let changed = try clew("log", "x.case", "--verify")
    #expect(changed.status == 2)
    #expect(changed.output.contains("person:1"))
  }

  private func dropTrips() throws {
    let mapping = Self.mapping.components(separatedBy: "  - file: trips.csv")[0]
    try clew.write(mapping, to: "t/mapping.yaml")
  }

  @Test func `a dropped source and a reverted import are taken back`() throws {
    try dropTrips()
    try filled()
    let before = try clew("cohesion", "x.case", "--format", "json").output
    let dropped = try clew("drop-source", "x.case", "talk", "--reason", "unreliable")
    #expect(dropped.status == 0 && dropped.errors.contains("decision 2"))
    #expect(try clew("cohesion", "x.case", "--format", "json").output != before)
    #expect(try clew("revert", "x.case", "2", "--reason", "reliable after all").status == 0)
    #expect(try clew("cohesion", "x.case", "--format", "json").output == before)
    #expect(try clew("revert", "x.case", "2", "--reason", "again").status == 64)
    let unknown = try clew("drop-source", "x.case", "talks", "--reason", "x")
    #expect(unknown.status == 64 && unknown.errors.contains("it has register, talk"))
    #expect(try clew("revert", "x.case", "1").status == 64)
  }

  @Test func `an erasure leaves no byte, proves itself and stays`() throws {
    try dropTrips()
    try filled()
    let outcome = try clew("erase", "x.case", "person:2", "--reason", "order 7", "--yes")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("1 entity, 2 relationships"))
    #expect(outcome.output.contains("no byte of them is left"))
    #expect(try clew.read("x.case").range(of: Data("Bo Example".utf8)) == nil)
    #expect(try clew("log", "x.case", "--verify").status == 0)
    let again = try clew("import", "x.case", "t")
    #expect(again.output.contains("left out: 3 statements about what was erased"))
    #expect(again.output.contains("nothing changed"))
    #expect(try clew("find", "x.case", "Bo").output.contains("nothing found"))
    #expect(try clew("erase", "x.case", "person:2", "--reason", "x", "--yes").status == 64)
    #expect(try clew("erase", "x.case", "--reason", "x").status == 64)
    #expect(try clew("erase", "x.case", "--source", "talk", "--reason", "end", "--yes").status == 0)
    let refused = try clew("import", "x.case", "t")
    #expect(refused.status == 65 && refused.errors.contains("'talk' was erased"))
  }

  @Test func `a saved view holds everywhere and is not stated twice`() throws {
    try dropTrips()
    try filled()
    #expect(
      try clew("view", "save", "x.case", "may", "--as-of", "2024-05", "--handling", "H2").status
        == 0)
    let direct = try clew("cohesion", "x.case", "--as-of", "2024-05", "--handling", "H2")
    let saved = try clew("cohesion", "x.case", "--view", "may")
    func figures(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { $0.hasPrefix("Edges") || $0.hasPrefix("Ties") }
    }
    #expect(figures(saved.output) == figures(direct.output) && !figures(saved.output).isEmpty)
    #expect(saved.output.contains("saved-view may"))
    #expect(try clew("cohesion", "x.case", "--view", "may", "--as-of", "2024").status == 64)
    let unknown = try clew("cohesion", "x.case", "--view", "june")
    #expect(unknown.status == 64 && unknown.errors.contains("it has may"))
    #expect(try clew("view", "list", "x.case").output.contains("--as-of 2024-05 --handling H2"))
    #expect(try clew("view", "save", "x.case", "bad", "--as-of", "soon").status == 64)
    #expect(try clew("view", "remove", "x.case", "may").status == 0)
    #expect(try clew("cohesion", "x.case", "--view", "may").status == 64)
    #expect(try clew("cohesion", "t/links.csv", "--view", "may").status == 64)
  }

  @Test func `two dates are compared with the claims that made the difference`() throws {
    try dropTrips()
    try filled()
    let outcome = try clew(
      "compare", "x.case@2024-02", "x.case@2024-06", "--measure", "degree", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let table = try clew("compare", "x.case@2024-02", "x.case@2024-06", "--measure", "degree")
      .output
    #expect(table.contains("Ties: 1 new, 0 gone, 0 changed"))
    #expect(table.contains("links.csv:3") && table.contains("talk"))
    #expect(table.contains("1 new, 0 gone"))
    #expect(try clew("compare", "x.case@2024-02", "x.case@2024-06", "--fail").status == 2)
    #expect(try clew("compare", "x.case", "x.case", "--fail").status == 0)
    #expect(try clew("compare", "x.case@soon", "x.case").status == 64)
    try clew.write("a,b\n1,2\n2,3\n", to: "old.csv")
    try clew.write("a,b\n1,2\n2,4\n", to: "new.csv")
    let files = try clew("compare", "old.csv", "new.csv").output
    #expect(files.contains("Nodes: 1 new, 1 gone") && files.contains("Ties: 1 new, 1 gone"))
  }

  @Test func `what is due is listed by the rules that were set`() throws {
    try dropTrips()
    try filled()
    #expect(try clew("show", "x.case", "--due", "2099").output.contains("nothing is due"))
    #expect(
      try clew("retain", "x.case", "--source", "talk", "--until", "2024", "--reason", "w 8").status
        == 0)
    let due = try clew("show", "x.case", "--due", "now").output
    #expect(due.contains("source talk until 2024") && due.contains("w 8"))
    #expect(try clew("retain", "x.case", "--source", "talk").status == 64)
    #expect(try clew("retain", "x.case", "--entity", "person:9", "--months", "3").status == 64)
  }

  @Test func `a view of a place keeps what is there and what ties those who are`() throws {
    try clew.write(
      "day,who,port\n2024-02-01,1,XA\n2024-02-02,2,XA\n2024-03-01,3,XB\n", to: "t/trips.csv")
    try filled()
    for place in ["Northport", "port:XA", "xanadu"] {
      let outcome = try clew("centrality", "x.case", "--place", place, "--measure", "degree")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("Ann Example") && outcome.output.contains("Bo Example"))
      #expect(!outcome.output.contains("Cy Example"))
    }
    let unknown = try clew("centrality", "x.case", "--place", "Nowhere")
    #expect(unknown.status == 64 && unknown.errors.contains("place 'Nowhere'"))
  }
}
