// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GraphCore

/// A random history of a case: imports of several sources that overlap, made from a seed.
struct GeneratedCase {
  struct Import {
    var label: String
    var sources: [Source]
    var assertions: [Assertion]
  }

  private(set) var imports: [Import] = []
  /// Pairs of records that are merged after all imports: a forest, so that none is merged twice.
  private(set) var merges: [(first: String, second: String)] = []
  let sourceNames = ["register", "informant", "wiretap", "open source"]

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    let grades = ["A1", "B2", "C3", "X4"]
    let sources = sourceNames.enumerated().map { index, name in
      Source(
        name: name, kind: "kind \(index)", grade: Grade(scheme: "europol4x4", code: grades[index]),
        handling: "H\(index % 3)")
    }
    let names = ["Ånna", "Bojan Ilić", "Ωmega", "Данила", "Lee", "O'Neill", "=cmd"]
    for number in 0..<(2 + below(4)) {
      let used = sources.filter { _ in below(2) == 0 }
      var assertions: [Assertion] = []
      for source in used.isEmpty ? [sources[below(4)]] : used {
        var line = 1
        func said(_ subject: Assertion.Subject, _ properties: [PropertyValue]) {
          line += 1
          var assertion = Assertion(
            subject: subject, properties: properties, source: source.name,
            locator: Locator(file: "\(source.name)-\(number).csv", line: line))
          if below(4) == 0 {
            assertion.valid = Interval(start: PartialDate("201\(below(10))"))
          }
          if below(6) == 0 { assertion.grade = Grade(scheme: "europol4x4", code: "B3") }
          if below(6) == 0 { assertion.standing = .assessment }
          assertions.append(assertion)
        }
        // Each source says itself that what it speaks of exists.
        var known: [String] = []
        for _ in 0..<(2 + below(5)) {
          let id = "person:\(below(9))"
          known.append(id)
          var properties = [PropertyValue("name", names[below(names.count)])]
          if below(3) == 0 { properties.append(PropertyValue("category", "witness")) }
          said(.entity(id: id, schema: "Person"), properties)
        }
        func one() -> String { known[below(known.count)] }
        for _ in 0..<below(4) {
          let (a, b) = (one(), one())
          said(
            .relationship(
              id: "assoc:\(a):\(b)", schema: "Associate",
              ends: [End(role: "person", entity: a), End(role: "associate", entity: b)]), [])
        }
        for _ in 0..<below(6) {
          let (a, b, day) = (one(), one(), below(28) + 1)
          said(
            .event(
              id: "call:\(a):\(b):\(day)", schema: "Call",
              time: PartialDate("2024-02-\(day < 10 ? "0" : "")\(day)T10:00:00Z").map {
                Interval($0)
              },
              participants: [End(role: "caller", entity: a), End(role: "receiver", entity: b)]),
            [PropertyValue("duration", "\(below(100))")])
        }
        if below(2) == 0 {
          let people = Set(known).sorted().prefix(4)
          let day = below(28) + 1
          said(
            .event(
              id: "meeting:\(people.joined(separator: "+")):\(day)", schema: "Meeting",
              time: PartialDate("2024-03").map { Interval($0) },
              participants: people.map { End(role: "participant", entity: $0) }), [])
        }
      }
      let declared = Set(assertions.map(\.source))
      imports.append(
        Import(
          label: "import \(number)", sources: sources.filter { declared.contains($0.name) },
          assertions: assertions))
    }
    // Drawn last, so that the imports of a seed are what they were.
    var group = Array(0..<9)
    for _ in 0..<below(5) {
      let (a, b) = (below(9), below(9))
      if group[a] == group[b] { continue }
      let (from, to) = (group[b], group[a])
      for index in group.indices where group[index] == from { group[index] = to }
      merges.append(("person:\(a)", "person:\(b)"))
    }
  }

  /// Brings the imports into a case and then merges the records of the pairs that are in it.
  func fillAndMerge(_ store: CaseStore, without source: String? = nil) throws {
    try fill(store, without: source)
    for (index, pair) in merges.enumerated() {
      do {
        try store.resolve(
          .same, pair.first, pair.second, reason: "seed", recorded: Int64(20_000 + index))
      } catch CaseStoreError.noEntity {
        continue
      }
    }
  }

  /// Brings the imports into a case, without a source and without what is said of some entity.
  func fill(_ store: CaseStore, without source: String? = nil) throws {
    for (index, entry) in imports.enumerated() {
      let assertions = entry.assertions.filter { $0.source != source }
      if assertions.isEmpty { continue }
      try add(
        Import(
          label: entry.label, sources: entry.sources.filter { $0.name != source },
          assertions: assertions), to: store, at: Int64(index + 1))
    }
  }

  /// Brings one import into a case.
  @discardableResult
  func add(_ entry: Import, to store: CaseStore, at time: Int64) throws -> ImportReport<Void> {
    try store.import(label: entry.label, sources: entry.sources, recorded: time * 1000) { append in
      for assertion in entry.assertions { try append(assertion) }
    }
  }
}

/// All that counts in a case, as sorted lines without numbers that depend on the order of imports.
func description(of store: CaseStore) throws -> [String] {
  let extract = try CaseView().filter(store.contents())
  func line(_ evidence: Evidence) -> String {
    "\(evidence.source) \(evidence.locator) \(String(describing: evidence.valid?.description)) "
      + "\(evidence.grade?.code ?? "-") \(evidence.handling ?? "-") \(evidence.standing.rawValue)"
  }
  func ends(_ ends: [End]) -> String {
    ends.map { "\($0.role)=\($0.entity)" }.joined(separator: ",")
  }
  var lines = extract.entities.map { "entity \($0.id) \($0.schema)" }
  lines += extract.relationships.map { "relationship \($0.id) \($0.schema) \(ends($0.ends))" }
  for event in extract.events {
    lines.append(
      "event \(event.id) \(event.schema) \(event.time?.description ?? "-") "
        + ends(event.participants))
    let own = event.properties.map { "\($0.property)=\($0.value)" }.sorted()
    if extract.evidence(for: event).contains(event.evidence) {
      lines.append("report \(event.id) \(own) \(line(event.evidence))")
    }
  }
  // Which of several reports came first is not what they say.
  for claim in extract.claims {
    if case .event(let id) = claim.subject {
      if claim.property == nil {
        let own = extract.claims.filter {
          $0.subject == claim.subject && $0.property != nil && $0.evidence == claim.evidence
        }.map { "\($0.property ?? "")=\($0.value)" }.sorted()
        lines.append("report \(id) \(own) \(line(claim.evidence))")
      }
    } else {
      lines.append(
        "claim \(claim.subject) \(claim.property ?? "-") \(claim.value) \(line(claim.evidence))")
    }
  }
  return lines.sorted()
}
