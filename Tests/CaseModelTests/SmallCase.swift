// SPDX-License-Identifier: Apache-2.0

import CaseModel

/// A case of four persons, a company, a phone and a meeting, built in memory.
struct SmallCase {
  private(set) var entities: [Entity] = []
  private(set) var relationships: [Relationship] = []
  private(set) var events: [Event] = []
  private(set) var claims: [Claim] = []

  static func grade(_ code: String) -> Grade { Grade(scheme: "europol4x4", code: code) }

  var contents: CaseContents {
    CaseContents(
      sources: [Source(name: "s", kind: "register")], entities: entities,
      relationships: relationships, events: events, claims: claims)
  }

  mutating func add(
    _ id: String, _ schema: String = "Person", name: String? = nil, category: String? = nil,
    evidence: Evidence = Evidence(source: "s")
  ) {
    entities.append(Entity(id: id, schema: schema))
    claim(.entity(id), nil, schema, evidence)
    if let name { claim(.entity(id), "name", name, evidence) }
    if let category { claim(.entity(id), "category", category, evidence) }
  }

  mutating func link(
    _ id: String, _ schema: String, _ ends: [(String, String)],
    evidence: Evidence = Evidence(source: "s"), properties: [(String, String)] = []
  ) {
    relationships.append(
      Relationship(id: id, schema: schema, ends: ends.map { End(role: $0.0, entity: $0.1) }))
    claim(.relationship(id), nil, schema, evidence)
    for (property, value) in properties { claim(.relationship(id), property, value, evidence) }
  }

  mutating func happen(
    _ id: String, _ schema: String, _ ends: [(String, String)], at time: String? = nil,
    properties: [(String, String)] = [], evidence: Evidence = Evidence(source: "s")
  ) {
    events.append(
      Event(
        id: id, schema: schema, time: time.flatMap { PartialDate($0) }.map { Interval($0) },
        participants: ends.map { End(role: $0.0, entity: $0.1) },
        properties: properties.map { PropertyValue($0.0, $0.1) }, evidence: evidence))
  }

  mutating func claim(
    _ subject: Claim.Subject, _ property: String?, _ value: String, _ evidence: Evidence
  ) {
    claims.append(
      Claim(
        id: claims.count + 1, subject: subject, property: property, value: value,
        evidence: evidence))
  }
}
