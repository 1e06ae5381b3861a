// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Foundation
import Interchange
import Testing

/// The example case, read through its own mapping.
@Suite struct MappedHarbourTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "datasets/harbour")

  private struct Truth: Decodable {
    struct Counts: Decodable { let entities, relationships, events: Int }
    struct Community: Decodable { let members: [String] }
    struct Mistake: Decodable {
      let kind, file, column: String; let line: Int; let entities: [String]
    }
    let counts: Counts
    let communities: [Community]
    let duplicates: [[String]]
    let mistakes: [Mistake]
  }

  private func truth() throws -> Truth {
    try JSONDecoder().decode(
      Truth.self, from: Data(contentsOf: Self.folder.appending(path: "truth.json")))
  }

  private func read() throws -> (assertions: [Assertion], summary: ImportSummary) {
    let mapping = try ImportMapping(
      yaml: String(contentsOf: Self.folder.appending(path: "mapping.yaml"), encoding: .utf8))
    let tables = MappedTables(mapping: mapping, folder: Self.folder.path)
    var assertions: [Assertion] = []
    let summary = try tables.read { assertions.append($0) }
    return (assertions, summary)
  }

  @Test func `the example case comes in whole, with the numbers that its truth states`() throws {
    let (assertions, summary) = try read()
    let truth = try truth()
    var entities: Set<String> = []
    var relationships: Set<String> = []
    var events: Set<String> = []
    for assertion in assertions {
      switch assertion.subject {
      case .entity(let id, _): entities.insert(id)
      case .relationship(let id, _, _): relationships.insert(id)
      case .event(let id, _, _, _): events.insert(id)
      }
    }
    #expect(entities.count == truth.counts.entities)
    #expect(relationships.count == truth.counts.relationships)
    #expect(events.count == truth.counts.events)
    #expect(summary.relationshipAssertions == truth.counts.relationships)
    #expect(summary.eventAssertions == truth.counts.events)
    #expect(summary.rowsRefused == 0)
    #expect(summary.rowsPassedOver == 0)
    #expect(summary.rowsRead == summary.rowsStored)
    #expect(summary.warnings == [])
    for community in truth.communities {
      #expect(entities.isSuperset(of: community.members))
    }
  }

  @Test func `every assertion of the example case is one that the case model accepts`() throws {
    let (assertions, _) = try read()
    var schemata: [String: String] = [:]
    for case .entity(let id, let schema) in assertions.map(\.subject) { schemata[id] = schema }
    for assertion in assertions {
      #expect(throws: Never.self) { try Ontology.standard.check(assertion) }
      switch assertion.subject {
      case .entity: break
      case .relationship(_, let schema, let ends), .event(_, let schema, _, let ends):
        for end in ends {
          let known = try #require(schemata[end.entity])
          #expect(throws: Never.self) { try Ontology.standard.check(end, of: known, in: schema) }
        }
      }
    }
  }

  @Test func `each planted mistake stands where the truth says, and an assertion comes from there`()
    throws
  {
    let (assertions, _) = try read()
    for mistake in try truth().mistakes {
      let there = assertions.filter {
        $0.locator.file == mistake.file && $0.locator.line == mistake.line
      }
      #expect(!there.isEmpty, "\(mistake.file):\(mistake.line)")
      let named = there.flatMap { assertion -> [String] in
        switch assertion.subject {
        case .entity(let id, _): [id]
        case .relationship(_, _, let ends), .event(_, _, _, let ends): ends.map(\.entity)
        }
      }
      // A duplicate's first record stands in another row.
      let expected =
        mistake.kind == "duplicate" ? mistake.entities.suffix(1) : mistake.entities[...]
      #expect(Set(named).isSuperset(of: expected), "\(mistake.file):\(mistake.line)")
      switch mistake.kind {
      case "rumour":
        #expect(there.map(\.grade) == [Grade(scheme: "admiralty", code: "E4")])
        #expect(there.map(\.standing) == [.assessment])
      case "missing date" where mistake.column == "appointed":
        #expect(there.allSatisfy { $0.valid == nil })
      case "missing date":
        for case .event(_, _, let time, _) in there.map(\.subject) { #expect(time == nil) }
      default: break
      }
    }
  }

  @Test func `names keep their scripts, and days written first are read as days`() throws {
    let (assertions, _) = try read()
    func values(_ id: String, _ property: String) -> [String] {
      assertions.flatMap { assertion -> [String] in
        guard case .entity(id, _) = assertion.subject else { return [] }
        return assertion.properties.filter { $0.property == property }.map(\.value)
      }
    }
    #expect(values("person:P002", "name") == ["Ιωάννης Καλλεργώτης", "Ioannis Kallergotis"])
    #expect(values("person:P029", "name") == ["陈海澜", "Chen Hailan"])
    #expect(values("person:P007", "name") == ["Siobhán O'Darragh-Quill"])
    #expect(values("person:P056", "category") == ["victim"])
    #expect(values("person:P017", "minor") == ["true"])
    #expect(values("person:P028", "birthDate") == ["1958-05-29", "1985-05", "1985-05", "1985-05"])
    let payments = assertions.compactMap { assertion -> String? in
      guard case .event(_, "Payment", let time, _) = assertion.subject else { return nil }
      return time?.start?.text
    }
    #expect(payments.count == 36)
    #expect(payments == payments.sorted())
    #expect(payments.first == "2023-02-01")
  }
}
