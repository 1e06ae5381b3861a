// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GraphCore
import Testing

/// Events that are gathered while they are read, against events that are held one by one.
struct SurveyTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  // Calls, payments and meetings of all the forms that take another way.
  private func fill(_ store: CaseStore, seed: UInt64) throws {
    try GeneratedCase(seed: seed).fill(store)
    var generator = SeededGenerator(seed: seed &* 31 &+ 7)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    let operators = [StoreFixture.wiretap, StoreFixture.register, StoreFixture.informant]
    for (number, source) in operators.enumerated() {
      try store.import(
        label: "events \(number)", sources: [source], recorded: Int64(100_000 * (number + 1))
      ) { append in
        for person in 0..<12 {
          try append(StoreFixture.person("person:\(person)", "P\(person)", source: source.name))
        }
        for line in 2..<60 {
          let (a, b) = ("person:\(below(12))", "person:\(below(12))")
          let (schema, roles) =
            [
              ("Call", ("caller", "receiver")), ("Payment", ("payer", "beneficiary")),
              ("Message", ("sender", "recipient")),
            ][below(3)]
          let (isPayment, isMessage) = (schema == "Payment", schema == "Message")
          let times = ["2024-01-0\(1 + below(9))T10:20:30Z", "2024", "2023-05", nil]
          var properties: [PropertyValue] = []
          if isPayment, below(4) > 0 {
            properties.append(PropertyValue("amount", ["10.10", "0.3", "7", "1e3"][below(4)]))
            properties.append(PropertyValue("currency", "EUR"))
          } else if schema == "Call", below(4) > 0 {
            properties.append(PropertyValue("duration", "\(below(400))"))
          }
          if isMessage, below(2) == 0 { properties.append(PropertyValue("length", "\(line)")) }
          var participants = [End(role: roles.0, entity: a), End(role: roles.1, entity: b)]
          if isMessage, below(4) == 0 {
            participants.append(End(role: "recipient", entity: "person:\(below(12))"))
          }
          let isDerived = below(2) == 0
          var assertion = Assertion(
            subject: .event(
              id: isDerived ? "\(schema):events-\(number).csv:\(line)" : "e\(below(20))",
              schema: schema,
              time: times[below(4)].flatMap { PartialDate($0) }.map { Interval($0) },
              participants: participants), properties: properties, source: source.name,
            locator: Locator(file: "events-\(number).csv", line: line))
          if below(5) == 0 { assertion.grade = Grade(scheme: "europol4x4", code: "B2") }
          if below(7) == 0 { assertion.handling = "H3" }
          do {
            try append(assertion)
          } catch CaseStoreError.otherEnds, CaseStoreError.otherSchema {
            // One id for two different events: the next one has another.
          }
        }
      }
    }
    if below(2) == 0 { try store.revert(below(2) + 1, recorded: 900_000) }
    if below(2) == 0 { try store.dropSource("informant", recorded: 910_000) }
  }

  private static let views: [CaseView] = [
    CaseView(), CaseView(asOf: PartialDate("2024-01-05")),
    CaseView(asOf: PartialDate("2023"), undated: .leftOut),
    CaseView(knownAt: PartialDate("1970-01-01T00:01:50Z")),
    CaseView(lowestGrades: [Grade(scheme: "europol4x4", code: "B2")]),
    CaseView(handlingCeiling: "H1"), CaseView(layers: ["Call"]), CaseView(layers: ["Payment"]),
    CaseView(categories: [.witness]), CaseView(schemata: ["Company"]),
  ]

  private static let rules: [ProjectionRule] = [
    ProjectionRule(), ProjectionRule(direction: .directed, weight: .count),
    ProjectionRule(weight: .init("duration"), keepsSelfLoops: true),
    ProjectionRule(direction: .directed, weight: .init("duration", meaning: .length)),
    ProjectionRule(weight: .init("amount"), keepsIsolated: false),
    ProjectionRule(weight: .init("amount", merging: .max), groups: .bipartite),
    ProjectionRule(weight: .init("length", merging: .min)),
  ]

  @Test(arguments: Array(UInt64(1)...12))
  func `gathered events give the graph that single ones give`(_ seed: UInt64) throws {
    let store = try fixture.store()
    try fill(store, seed: seed)
    // Some cases without a source, others whole.
    let dropped: Set<String> =
      seed % 3 == 0 ? ["wiretap"] : seed % 3 == 1 ? [] : ["register", "informant"]
    let contents = try store.contents().without(dropped)
    var gathered = 0
    for view in Self.views {
      let whole = try view.filter(contents)
      for rule in Self.rules {
        let survey = try store.survey(without: dropped) { _, _ in
          (view, rule.weight?.quantity)
        }
        let part = survey.extract
        #expect(survey.digest == (try store.digest()))
        gathered += part.aggregates.eventCount
        #expect(part.events.count + part.aggregates.eventCount == whole.events.count)
        #expect(part.leftOut == whole.leftOut)
        #expect(part.handling == whole.handling)
        #expect(part.sources == whole.sources)
        #expect(part.grades == whole.grades)
        #expect(part.ungradedCount == whole.ungradedCount)
        #expect(part.rankingExclusions() == whole.rankingExclusions())
        let expected: Projection
        do {
          expected = try whole.project(rule)
        } catch {
          #expect(throws: CaseModelError.self) { try part.project(rule) }
          continue
        }
        let projection = try part.project(rule)
        #expect(projection.ids == expected.ids)
        #expect(projection.names == expected.names)
        #expect(projection.leftOut == expected.leftOut)
        #expect(projection.graph.edgeCount == expected.graph.edgeCount)
        guard projection.graph.edgeCount == expected.graph.edgeCount else { continue }
        #expect(lines(projection) == lines(expected))
      }
    }
    #expect(gathered > 500)
  }

  private func lines(_ projection: Projection) -> [String] {
    var lines: [String] = []
    projection.graph.forEachEdge { edge, source, target in
      let evidence = projection.evidence[edge]
      let weight = projection.graph.edgeWeights.map { "\($0[Int(edge.index)])" } ?? "-"
      lines.append(
        "\(projection.ids[source]) \(projection.ids[target]) \(weight) \(evidence.count) "
          + "\(evidence.schemata) \(evidence.relationships) \(evidence.claims) "
          + "\(evidence.grade?.code ?? "-") \(evidence.lineClass?.rawValue ?? "-")")
    }
    return lines
  }

  @Test func `events are counted apart by window`() throws {
    let store = try fixture.store()
    try store.import(label: "calls", sources: [StoreFixture.wiretap]) { append in
      for id in ["a", "b"] { try append(StoreFixture.person(id, id, source: "wiretap")) }
      for (line, time) in [
        "2023-12-31T23:59:59Z", "2024-01-01T00:00:00Z", "2024-01-31T23:59:59Z", "2024-03-02",
      ].enumerated() {
        try append(
          StoreFixture.call("c\(line)", "a", "b", at: time, duration: "\(line).5", line: line + 2))
      }
      try append(StoreFixture.call("c9", "a", "b", at: nil, line: 9))
    }
    let expected: [TimeWindow: [String]] = [
      .year: ["- 1 60.0", "2023 1 0.5", "2024 3 7.5"],
      .month: ["- 1 60.0", "2023-12 1 0.5", "2024-01 2 4.0", "2024-03 1 3.5"],
      .week: [
        "- 1 60.0", "2023-12-25 1 0.5", "2024-01-01 1 1.5", "2024-01-29 1 2.5", "2024-02-26 1 3.5",
      ],
      .day: [
        "- 1 60.0", "2023-12-31 1 0.5", "2024-01-01 1 1.5", "2024-01-31 1 2.5", "2024-03-02 1 3.5",
      ],
    ]
    for window in TimeWindow.allCases {
      let aggregates = try store.survey(by: window) { _, _ in (CaseView(), "duration") }
        .extract.aggregates
      let lines = (0..<aggregates.groupCount).map { position in
        let group = aggregates[position]
        return
          "\(group.window.map(window.text(of:)) ?? "-") \(group.count) \(group.numbers?.sum ?? 0)"
      }
      #expect(lines.sorted() == expected[window])
    }
  }

  @Test func `a number that is none is named where it would be a weight`() throws {
    let store = try fixture.store()
    try store.import(label: "calls", sources: [StoreFixture.wiretap]) { append in
      for id in ["a", "b"] { try append(StoreFixture.person(id, id, source: "wiretap")) }
      try append(StoreFixture.call("odd", "a", "b", at: "2024", duration: "long"))
    }
    let rule = ProjectionRule(weight: .init("duration"))
    let whole = #expect(throws: CaseModelError.self) {
      try CaseView().filter(store.contents()).project(rule)
    }
    let part = #expect(throws: CaseModelError.self) {
      try store.survey { _, _ in (CaseView(), "duration") }.extract.project(rule)
    }
    #expect(part.map { "\($0)" } == whole.map { "\($0)" })
  }
}
