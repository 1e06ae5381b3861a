// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Statements of FollowTheMoney in, entities out.
@Suite struct StatementTests {
  private func read(_ text: String) throws -> GraphDocument {
    try GraphDocument(reading: .text(text, name: "f"))
  }

  private static let header =
    "id,entity_id,canonical_id,prop,schema,value,dataset,lang,original_value,external,first_seen,last_seen\n"

  private static let table =
    header + """
      s1,a1,A,id,LegalEntity,x,one,,,f,2024-01-02,2024-05-01
      s2,a1,A,name,LegalEntity,Acme,one,eng,ACME,f,2024-01-02,2024-05-01
      s3,a2,A,name,Company,Acme,two,,,f,2023-01-02,2024-06-01
      s4,a2,A,alias,Company,Ac,two,,,t,2023-01-02,2024-06-01
      s5,p,p,name,Person,Ann,one,,,f,2024-01-02,2024-05-01
      s6,o,o,owner,Ownership,p,one,,,f,2024-01-02,2024-05-01
      s7,o,o,asset,Ownership,a1,one,,,f,2024-01-02,2024-05-01
      s8,o,o,percentage,Ownership,50.5,one,,,f,2024-01-02,2024-05-01

      """

  private func check(_ document: GraphDocument) {
    #expect(document.format == .followTheMoney && document.nodeIDs == ["A", "p"])
    #expect(document.nodeLabels == ["Acme", "Ann"])
    #expect(document.nodeColumn("schema")?.values == .text(["Company", "Person"]))
    #expect(document.nodeColumn("dataset")?.values == .text(["one;two", "one"]))
    #expect(document.nodeColumn("first_seen")?.values == .text(["2023-01-02", "2024-01-02"]))
    #expect(document.nodeColumn("last_seen")?.values == .text(["2024-06-01", "2024-05-01"]))
    // The asset was merged: the edge leads to what it was merged into.
    #expect(document.sources == [1] && document.targets == [0])
    #expect(document.edgeColumn("schema")?.values == .text(["Ownership"]))
    #expect(document.edgeColumn("id")?.values == .text(["o"]))
    let said = document.notices.map(\.text).joined(separator: "\n")
    #expect(said.contains("from outside the dataset (external) (1)"))
    #expect(said.contains("original values of statements are passed over (1)"))
  }

  @Test func `statements of a table become entities`() throws {
    check(try read(Self.table))
  }

  @Test func `statements in lines of JSON become the same entities`() throws {
    let rows = Self.table.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let lines = rows.dropFirst().map { row in
      "{"
        + zip(rows[0], row).filter { !$1.isEmpty }.map { "\"\($0)\": \"\($1)\"" }
        .joined(separator: ", ") + "}\n"
    }
    check(try read(lines.joined()))
  }

  static let broken: [BrokenFile] = [
    .init("no entity", header + "s,,,name,Person,Ann,d,,,,,\n", "f:2:1", "without an entity"),
    .init("no schema", header + "s,a,,name,,Ann,d,,,,,\n", "f:2:1", "without a schema"),
    .init("no prop", header + "s,a,,,Person,Ann,d,,,,,\n", "f:2:1", "without a prop"),
    .init("no value", header + "s,a,,name,Person,,d,,,,,\n", "f:2:6", "without a value of name"),
    .init(
      "two schemata",
      header + "s,a,,name,Person,Ann,d,,,,,\ns,a,,name,Vessel,Ann,d,,,,,\n", "f:3:11",
      "the entity “a” is of the schema Vessel"),
    .init(
      "dangling",
      header
        + "s,a,,name,Person,Ann,d,,,,,\ns,o,,owner,Ownership,a,d,,,,,\ns,o,,asset,Ownership,zz,d,,,,,\n",
      "f:4:22", "“zz”"),
    .init(
      "a line without an entity",
      "{\"entity_id\": \"a\", \"prop\": \"id\", \"schema\": \"Person\", \"value\": \"x\"}\n{\"prop\": \"id\", \"schema\": \"Person\", \"value\": \"x\"}\n",
      "f:2:1", "without an entity"),
  ]

  @Test(arguments: broken)
  func `broken statements are refused with their place`(_ broken: BrokenFile) {
    let error = #expect(throws: InterchangeError.self) { try read(broken.text) }
    for word in broken.words { #expect("\(error!)".contains(word), "\(error!)") }
  }
}

extension StatementTests {
  @Test func `entities come back the same, with several owners and references`() throws {
    let lines = """
      {"id": "a", "schema": "Company", "properties": {"name": ["Acme"], "alias": ["A", "B \\"x\\""], "addressEntity": ["ad"]}, "datasets": ["one", "two"], "first_seen": "2024-01-02"}
      {"id": "p", "schema": "Person", "properties": {"name": ["Ann"], "birthDate": ["1980"]}}
      {"id": "q", "schema": "Person", "properties": {"name": ["Bo"]}}
      {"id": "ad", "schema": "Address", "properties": {"full": ["1 Main St"]}}
      {"id": "o", "schema": "Ownership", "properties": {"owner": ["p", "q"], "asset": ["a"], "percentage": ["50"]}}
      {"id": "u", "schema": "UnknownLink", "properties": {"subject": ["p"], "object": ["q"], "role": ["knows"]}}

      """
    let document = try GraphDocument(reading: .text(lines, name: "f"))
    let written = try FollowTheMoneyWriter().write(document)
    #expect(written.losses.isEmpty, "\(written.losses)")
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "f"))
    #expect(again.nodeIDs == document.nodeIDs && again.nodeLabels == document.nodeLabels)
    for column in document.nodeColumns {
      #expect(again.nodeColumn(column.name)?.values == column.values, "\(column.name)")
    }
    func edges(_ document: GraphDocument) -> Set<String> {
      Set(
        (0..<document.edgeCount).map { edge in
          let words = document.edgeColumns.sorted { $0.name < $1.name }.map {
            "\($0.name)=\($0.values.text(at: edge) ?? "-")"
          }
          return "\(document.sources[edge]) \(document.targets[edge]) "
            + words.joined(separator: " ")
        })
    }
    #expect(edges(again) == edges(document) && again.edgeCount == 4)
    let text = String(decoding: written.bytes, as: UTF8.self)
    #expect(
      text.contains("\"owner\": [\"p\", \"q\"], \"asset\": [\"a\"], \"percentage\": [\"50\"]"))
  }

  @Test func `what FollowTheMoney has not is counted`() throws {
    var document = GraphDocument(
      name: "g", direction: .directed, nodeIDs: ["a", "b"], sources: [0], targets: [1],
      nodeColumns: [
        .init(name: "schema", values: .text(["Port", nil])),
        .init(name: "mood", values: .text(["x", "y"])),
      ],
      edgeColumns: [
        .init(name: "kind", values: .text(["Call"])), .init(name: "weight", values: .real([2])),
        .init(name: "date", values: .text(["2024"])),
      ])
    document.nodeLabels = ["Antwerpen", "Bo"]
    let written = try FollowTheMoneyWriter().write(document)
    #expect(
      String(decoding: written.bytes, as: UTF8.self) == """
        {"id": "a", "schema": "Address", "properties": {"name": ["Antwerpen"]}}
        {"id": "b", "schema": "LegalEntity", "properties": {"name": ["Bo"]}}
        {"id": "tie-1", "schema": "UnknownLink", "properties": {"subject": ["a"], "object": ["b"], "role": ["Call"], "date": ["2024"]}}

        """)
    #expect(
      written.losses.description == """
        1 nodes have no schema of FollowTheMoney and are written as LegalEntity
        1 ties have no schema of FollowTheMoney for their ends and are written as UnknownLink
        1 entities are written as something less special: Port as Address
        3 values are of properties that FollowTheMoney has not: mood, weight
        """)
  }
}
