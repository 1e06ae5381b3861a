// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The commands of the case, run as a user runs them.
struct CaseCommandTests {
  private let clew: ClewProcess

  private static let mapping = """
    grading: admiralty
    sources:
      register: { kind: register, grade: A1, handling: H1 }
    files:
      - file: people.csv
        source: register
        entities:
          - { id: "person:{id}", schema: Person, properties: { name: name, birthDate: born } }
      - file: links.csv
        source: register
        relationships:
          - schema: Associate
            ends: { person: "person:{a}", associate: "person:{b}" }
    """

  init() throws {
    clew = try ClewProcess()
    try clew.write(Self.mapping, to: "tables/mapping.yaml")
    try clew.write(
      "id,name,born\n1,Ann Example,1980\n2,Bo Example,1981-05\n3,Cy Example,\n",
      to: "tables/people.csv")
    try clew.write("a,b\n1,2\n2,3\n", to: "tables/links.csv")
    #expect(try clew("new", "x.case").status == 0)
  }

  @Test func `an existing file is never overwritten by a new case`() throws {
    let before = try clew.read("x.case")
    let outcome = try clew("new", "x.case")
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("x.case"))
    #expect(try clew.read("x.case") == before)
  }

  @Test func `an import states rows read as stored and refused, and again changes nothing`() throws
  {
    let first = try clew("import", "x.case", "tables")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("people.csv: 3 rows read = 3 stored + 0 refused"))
    #expect(first.output.contains("3 entities, 2 relationships"))
    let shown = try clew("show", "x.case").output
    let second = try clew("import", "x.case", "tables")
    #expect(second.status == 0)
    #expect(second.output.contains("nothing changed"))
    #expect(try clew("show", "x.case").output == shown)
    #expect(shown.contains("register") && shown.contains("A1"))
  }

  @Test func `a newer version of a table shows its changes and can take the place of the older`()
    throws
  {
    #expect(try clew("import", "x.case", "tables").status == 0)
    try clew.write(
      "id,name,born\n1,Ann Example,1980\n2,Bo Sample,1981-05\n4,Di New,1990\n",
      to: "tables/people.csv")
    try clew.write("a,b\n1,2\n2,4\n", to: "tables/links.csv")
    let before = try clew.read("x.case")
    let dry = try clew("import", "x.case", "tables", "--replace", "--dry-run")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("import 1 brought: 4 added, 1 changed, 3 no longer said"))
    #expect(dry.output.contains("changed: person:2: name: Bo Example → Bo Sample"))
    #expect(dry.output.contains("would be taken back"))
    #expect(try clew.read("x.case") == before)
    let done = try clew("import", "x.case", "tables", "--replace")
    #expect(done.output.contains("import 1 was taken back"))
    let names = try clew("centrality", "x.case", "--measure", "degree").output
    #expect(names.contains("Bo Sample") && names.contains("Di New"))
    #expect(!names.contains("Bo Example") && !names.contains("Cy Example"))
    #expect(try clew("log", "x.case", "--verify").status == 0)
    #expect(try clew("import", "x.case", "tables", "--replace").output.contains("nothing changed"))
    // Without --replace both versions count, and that is said.
    try clew.write(
      "id,name,born\n1,Ann Other,1980\n2,Bo Sample,1981-05\n4,Di New,1990\n",
      to: "tables/people.csv")
    let both = try clew("import", "x.case", "tables")
    #expect(both.output.contains("both versions count"))
  }

  @Test func `a bad row refuses the import whole and leaves the case as it was`() throws {
    try clew.write("id,name,born\n1,Ann,1980\n,Bo,1981\n3,Cy,yesterday\n", to: "tables/people.csv")
    let before = try clew.read("x.case")
    let outcome = try clew("import", "x.case", "tables")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("people.csv:3"))
    #expect(outcome.errors.contains("people.csv:4"))
    #expect(outcome.errors.contains("yesterday"))
    // The tie of person 2, who did not come in, dangles.
    #expect(outcome.errors.contains("links.csv:2"))
    #expect(try clew.read("x.case") == before)
    #expect(try clew.files() == ["tables", "x.case"])
  }

  @Test func `with rejects the good rows come in and the others are written with their reason`()
    throws
  {
    try clew.write("id,name,born\n1,Ann,1980\n2,Bo,1981\n3,Cy,yesterday\n", to: "tables/people.csv")
    try clew.write("a,b\n1,2\n", to: "tables/links.csv")
    let outcome = try clew("import", "x.case", "tables", "--rejects", "refused.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("people.csv: 3 rows read = 2 stored + 1 refused"))
    let refused = String(decoding: try clew.read("refused.csv"), as: UTF8.self)
    #expect(refused.contains("people.csv,4,") && refused.contains("yesterday"))
    #expect(try clew("find", "x.case", "Cy").output.contains("nothing found"))
  }

  @Test func `a table that is not there is named with 66`() throws {
    let outcome = try clew(
      "import", "x.case", "nowhere/people.csv", "--mapping", "tables/mapping.yaml")
    #expect(outcome.status == 66 && outcome.errors.contains("nowhere/people.csv"))
  }

  @Test func `a dry run keeps nothing`() throws {
    let before = try clew("show", "x.case", "--format", "json").output
    let outcome = try clew("import", "x.case", "tables", "--dry-run")
    #expect(outcome.output.contains("would bring 3 entities"))
    #expect(try clew("show", "x.case", "--format", "json").output == before)
  }

  @Test func `a mapping with mistakes is refused with line and column`() throws {
    try clew.write(
      Self.mapping.replacingOccurrences(of: "schema: Person", with: "schema: Persn"), to: "m.yaml")
    let outcome = try clew("import", "x.case", "tables", "--mapping", "m.yaml")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("m.yaml:8:") && outcome.errors.contains("Persn"))
  }

  @Test func `a proposed mapping imports the table it was proposed for`() throws {
    try clew.write(
      "caller,called,time,seconds\n+447700900001,+447700900002,2024-03-01T10:20,65\n"
        + "+447700900002,+447700900003,2024-03-02T11:00,5\n", to: "calls.csv")
    let proposed = try clew(
      "import", "x.case", "calls.csv", "--suggest", "--source", "Operator X", "--grade", "A2")
    #expect(proposed.status == 0, "\(proposed.errors)")
    #expect(proposed.output.contains("Operator X") && proposed.output.contains("A2"))
    try clew.write(proposed.output, to: "proposed.yaml")
    let byMapping = try clew("import", "x.case", "calls.csv", "--mapping", "proposed.yaml")
    #expect(byMapping.status == 0, "\(byMapping.errors)")
    #expect(byMapping.output.contains("calls.csv: 2 rows read = 2 stored + 0 refused"))
    // Without a mapping file the same is read, so nothing changes.
    let direct = try clew(
      "import", "x.case", "calls.csv", "--source", "Operator X", "--grade", "A2")
    #expect(direct.output.contains("nothing changed"), "\(direct.output)\(direct.errors)")
    let centrality = try clew(
      "centrality", "x.case", "--measure", "degree", "--format", "csv", "-q")
    #expect(centrality.output.contains("447700900002"))
    let without = try clew("import", "x.case", "calls.csv")
    #expect(without.status == 64 && without.errors.contains("--suggest"))
  }

  @Test func `why gives source, grade, file and line of a tie`() throws {
    _ = try clew("import", "x.case", "tables")
    let tie = try clew("why", "x.case", "person:1", "person:2")
    #expect(tie.status == 0, "\(tie.errors)")
    #expect(tie.output.contains("register") && tie.output.contains("A1"))
    #expect(tie.output.contains("links.csv:2"))
    let chain = try clew("why", "x.case", "person:1", "person:3")
    #expect(chain.output.contains("Bo Example") && chain.output.contains("2 ties apart"))
    let unknown = try clew("why", "x.case", "person:9")
    #expect(unknown.status == 64 && unknown.errors.contains("person:9"))
  }

  @Test func `a writer that was killed leaves the case as it was`() throws {
    try clew.write(
      "id,name,born\n" + (1...20_000).map { "\($0),Name \($0),1980\n" }.joined(),
      to: "tables/people.csv")
    let before = try clew("show", "x.case", "--format", "json").output
    // The import takes seconds; it is killed as soon as it holds a journal.
    let outcome = try clew.run(
      URL(filePath: "/bin/bash"),
      [
        "-c",
        """
        '\(ClewProcess.program.path)' import x.case tables &
        while kill -0 $! && [ ! -s x.case-journal ]; do sleep 0.01; done
        kill -9 $!
        """,
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try clew("show", "x.case", "--format", "json").output == before)
    #expect(try clew("validate", "x.case").status == 0)
    #expect(try clew("import", "x.case", "tables").status == 0)
  }

  @Test func `find finds by the beginning of words`() throws {
    _ = try clew("import", "x.case", "tables")
    let outcome = try clew("find", "x.case", "ann", "exa")
    #expect(outcome.output.contains("person:1") && !outcome.output.contains("person:2"))
  }

  @Test func `an export is in the log and reads back as the same network`() throws {
    _ = try clew("import", "x.case", "tables")
    let outcome = try clew("export", "x.case", "-o", "x.graphml", "--recipient", "Unit 7")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let own = try clew("centrality", "x.case", "--measure", "betweenness", "--format", "csv", "-q")
    let exported = try clew(
      "centrality", "x.graphml", "--measure", "betweenness", "--format", "csv", "-q")
    #expect(own.output.contains("person:2"))
    #expect(exported.output.contains("1,person:2,Bo Example,Person,1.0"))
    #expect(try clew("validate", "x.case").status == 0)
  }

  @Test func `a case whose bytes were changed outside gives no result`() throws {
    _ = try clew("import", "x.case", "tables")
    var bytes = try clew.read("x.case")
    // The claim itself, not the index of names: every place where the name stands.
    while let place = bytes.range(of: Data("Bo Example".utf8)) {
      bytes.replaceSubrange(place, with: Data("Bx Example".utf8))
    }
    try clew.write(bytes, to: "x.case")
    for command in ["centrality", "cohesion", "communities"] {
      let outcome = try clew(command, "x.case")
      #expect(outcome.status == 65, "\(command)")
      #expect(outcome.errors.contains("changed") && outcome.errors.contains("clew validate"))
    }
    #expect(try clew("validate", "x.case").status == 2)
  }

  @Test func `the log shows who was told what for`() throws {
    _ = try clew("import", "x.case", "tables")
    _ = try clew(
      "export", "x.case", "-o", "x.graphml", "--recipient", "Unit 7", "--purpose", "trial")
    let log = try clew("show", "x.case", "--table", "log", "--format", "csv").output
    #expect(log.contains("disclosure") && log.contains("Unit 7") && log.contains("trial"))
    let exported = String(decoding: try clew.read("x.graphml"), as: UTF8.self)
    let entry = try #require(log.split(separator: "\n").last?.split(separator: ",").last)
    #expect(exported.contains(entry), "the export does not bear the head of the log")
    #expect(exported.contains("guilt"))
    // A request that is refused is no consultation.
    let before = try clew.read("x.case")
    #expect(try clew("centrality", "x.case", "--include", "victm", "--reason", "z").status == 64)
    // Nor is a network that the format refuses, as one without coordinates, a disclosure.
    let refused = try clew("export", "x.case", "-o", "x.kml")
    #expect(refused.status != 0 && refused.errors.contains("coordinates"))
    #expect(try clew.read("x.case") == before)
  }

  @Test func `a file that is no case is refused and stays as it was`() throws {
    try clew.write("SQLite format 3\0 and then nonsense that is no database at all", to: "odd.case")
    let before = try clew.read("odd.case")
    for command in ["show", "centrality", "cohesion"] {
      let outcome = try clew(command, "odd.case")
      #expect(outcome.status == 65, "\(command): \(outcome.errors)")
    }
    #expect(try clew("import", "odd.case", "tables").status == 65)
    #expect(try clew.read("odd.case") == before)
    #expect(try clew("show", "none.case").status == 66)
  }
}
