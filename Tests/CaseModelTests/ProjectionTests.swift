// SPDX-License-Identifier: Apache-2.0

import CaseModel
import GraphCore
import Testing

struct ProjectionTests {
  private var contents: CaseContents {
    var small = SmallCase()
    for id in ["a", "b", "c", "d"] { small.add(id, name: id.uppercased()) }
    let weak = Evidence(source: "s", grade: SmallCase.grade("C3"))
    let strong = Evidence(source: "s", grade: SmallCase.grade("A1"))
    small.link("r1", "Family", [("person", "a"), ("relative", "b")], evidence: weak)
    small.link(
      "r2", "UnknownLink", [("subject", "b"), ("object", "a")], evidence: strong,
      properties: [("strength", "2.5")])
    small.happen(
      "e1", "Call", [("caller", "a"), ("receiver", "b")], at: "2024",
      properties: [("duration", "30")], evidence: weak)
    small.happen(
      "e2", "Call", [("caller", "b"), ("receiver", "a")], at: "2024",
      properties: [("duration", "45.5")])
    small.happen(
      "e3", "Meeting", [("participant", "a"), ("participant", "b"), ("participant", "c")])
    small.happen("e4", "Call", [("caller", "c"), ("receiver", "c")])
    small.happen("e5", "Meeting", [("participant", "d")])
    return small.contents
  }

  private func project(
    _ rule: ProjectionRule = ProjectionRule(), _ view: CaseView = CaseView()
  ) throws -> Projection { try view.filter(contents).project(rule) }

  private func edges(_ projection: Projection) -> [String] {
    var result: [String] = []
    projection.graph.forEachEdge { edge, source, target in
      result.append("\(projection.ids[source])\(projection.ids[target])")
    }
    return result
  }

  @Test func `an edge knows the relationships, events and claims behind it`() throws {
    let projection = try project()
    #expect(projection.ids.values == ["a", "b", "c", "d"])
    #expect(projection.names.values == ["A", "B", "C", "D"])
    #expect(projection.schemata.values == ["Person", "Person", "Person", "Person"])
    #expect(edges(projection) == ["ab", "ac", "bc"])
    let evidence = projection.evidence[Edge(0)]
    #expect(evidence.relationships == ["r1", "r2"])
    #expect(evidence.events == ["e1", "e2", "e3"])
    #expect(evidence.claims == [9, 10, 11])
    #expect(evidence.schemata == ["Family", "UnknownLink", "Call", "Meeting"])
    #expect(evidence.count == 5)
    #expect(projection.leftOut.selfLoops == 1)
    #expect(projection.leftOut.withoutTwoEnds == 1)
    #expect(projection.node(of: "c") == Node(2))
    #expect(projection.node(of: "z") == nil)
  }

  @Test func `an edge is drawn by its strongest single claim`() throws {
    let projection = try project()
    #expect(projection.evidence[Edge(0)].grade?.code == "A1")
    #expect(projection.evidence[Edge(0)].lineClass == .confirmed)
    #expect(projection.evidence[Edge(1)].grade == nil)
    #expect(projection.evidence[Edge(1)].lineClass == nil)
    let family = try project(ProjectionRule(), CaseView(layers: ["Family"]))
    #expect(family.evidence[Edge(0)].lineClass == .probable)
  }

  @Test func `a directed graph has arcs by role and both directions where there is none`() throws {
    let projection = try project(ProjectionRule(direction: .directed))
    #expect(edges(projection) == ["ab", "ac", "ba", "bc", "ca", "cb"])
    #expect(projection.evidence[Edge(0)].events == ["e1", "e3"])
    #expect(projection.evidence[Edge(2)].events == ["e2", "e3"])
    #expect(projection.evidence[Edge(2)].relationships == ["r1", "r2"])
    let calls = try project(ProjectionRule(direction: .directed), CaseView(layers: ["Call"]))
    #expect(edges(calls) == ["ab", "ba"])
  }

  @Test func `weights count or sum what is behind an edge, with a stated meaning`() throws {
    let counted = try project(ProjectionRule(weight: .count))
    #expect(counted.graph.edgeWeights == [5, 1, 1])
    #expect(counted.graph.weighting == .strength)
    #expect(
      counted.convention
        == "undirected, parallel edges merged, "
        + "weight: number of relationships and events (strength)")
    let calls = CaseView(layers: ["Call"])
    let duration = ProjectionRule.EdgeWeight("duration", meaning: .length, merging: .sum)
    let summed = try project(ProjectionRule(weight: duration), calls)
    #expect(summed.graph.edgeWeights == [75.5])
    #expect(summed.graph.weighting == .length)
    let largest = ProjectionRule.EdgeWeight("duration", merging: .max)
    #expect(try project(ProjectionRule(weight: largest), calls).graph.edgeWeights == [45.5])
    let strength = try project(ProjectionRule(weight: ProjectionRule.EdgeWeight("strength")))
    #expect(strength.graph.edgeWeights == [2.5])
    #expect(strength.leftOut.withoutWeight == 4)
    #expect(try project().graph.weighting == nil)
  }

  @Test func `strengths add up and the least length counts unless the rule says otherwise`()
    throws
  {
    let calls = CaseView(layers: ["Call"])
    let near = ProjectionRule.EdgeWeight("duration", meaning: .length)
    #expect(near.merging == .min)
    #expect(try project(ProjectionRule(weight: near), calls).graph.edgeWeights == [30])
    let strong = ProjectionRule.EdgeWeight("duration")
    #expect(try project(ProjectionRule(weight: strong), calls).graph.edgeWeights == [75.5])
  }

  @Test func `a weight that nothing in the view has is refused with those that there are`() throws {
    func refusal(_ quantity: String, _ view: CaseView = CaseView()) -> CaseModelError? {
      #expect(throws: CaseModelError.self) {
        try project(ProjectionRule(weight: ProjectionRule.EdgeWeight(quantity)), view)
      }
    }
    #expect(
      refusal("duraton", CaseView(layers: ["Call"]))
        == .unknownWeight("duraton", known: ["duration"]))
    guard case .unknownWeight("amount", let known) = refusal("amount") else {
      Issue.record("an amount of calls and meetings was accepted")
      return
    }
    #expect(known.contains("strength") && !known.contains("callType"))
    let nothing = CaseView(asOf: PartialDate("1990"), undated: .leftOut)
    let weight = ProjectionRule.EdgeWeight("duration")
    #expect(try project(ProjectionRule(weight: weight), nothing).graph.edgeCount == 0)
    #expect(refusal("duraton", nothing) != nil)
  }

  @Test func `amounts of several currencies are no weight, of one or none they are`() throws {
    func weights(_ currencies: [String?]) throws -> [Double]? {
      var small = SmallCase()
      for id in ["a", "b"] { small.add(id) }
      for (index, currency) in currencies.enumerated() {
        small.happen(
          "e\(index)", "Payment", [("payer", "a"), ("beneficiary", "b")],
          properties: [("amount", "10")] + (currency.map { [("currency", $0)] } ?? []))
      }
      // A currency without an amount is of no account.
      small.happen(
        "z", "Payment", [("payer", "a"), ("beneficiary", "b")], properties: [("currency", "USD")])
      let rule = ProjectionRule(weight: ProjectionRule.EdgeWeight("amount"))
      return try CaseView().filter(small.contents).project(rule).graph.edgeWeights.map { Array($0) }
    }
    #expect(throws: CaseModelError.severalCurrencies(["EUR", "GBP"])) {
      try weights(["GBP", "EUR", nil])
    }
    #expect(try weights(["EUR", "eur", nil]) == [30])
    #expect(try weights([nil, nil]) == [20])
  }

  @Test(arguments: ["nan", "inf", "0x10", "1e400", "many", ""])
  func `a value that is no number cannot be a weight`(_ text: String) throws {
    var small = SmallCase()
    small.add("a")
    small.add("b")
    small.happen(
      "e", "Payment", [("payer", "a"), ("beneficiary", "b")], properties: [("amount", text)])
    let extract = try CaseView().filter(small.contents)
    #expect(throws: CaseModelError.self) {
      try extract.project(ProjectionRule(weight: ProjectionRule.EdgeWeight("amount")))
    }
  }

  @Test func `groups become cliques, nodes of their own, or nothing`() throws {
    let meetings = CaseView(layers: ["Meeting"])
    #expect(edges(try project(ProjectionRule(groups: .clique), meetings)) == ["ab", "ac", "bc"])
    let bipartite = try project(ProjectionRule(groups: .bipartite), meetings)
    #expect(edges(bipartite) == ["ae3", "be3", "ce3"])
    #expect(bipartite.entityCount == 4)
    #expect(bipartite.schemata.values.last == "Meeting")
    #expect(bipartite.node(of: "e3") == nil)
    let none = try project(ProjectionRule(groups: .leftOut), meetings)
    #expect(none.graph.edgeCount == 0)
    #expect(none.leftOut.withoutTwoEnds == 2)
  }

  @Test func `several owners each have an arc to each asset`() throws {
    var small = SmallCase()
    small.add("a")
    small.add("b")
    small.add("v", "Vessel")
    small.add("w", "Vessel")
    small.link(
      "o", "Ownership", [("owner", "a"), ("owner", "b"), ("asset", "v"), ("asset", "w")])
    let projection = try CaseView().filter(small.contents).project(
      ProjectionRule(direction: .directed))
    #expect(edges(projection) == ["av", "aw", "bv", "bw"])
  }

  @Test func `parallel edges, self-loops and isolated entities stay or go as asked`() throws {
    let kept = try project(
      ProjectionRule(mergesParallel: false, keepsSelfLoops: true, keepsIsolated: false))
    #expect(edges(kept) == ["ab", "ab", "ab", "ab", "ab", "ac", "bc", "cc"])
    #expect(kept.ids.values == ["a", "b", "c"])
    #expect(kept.leftOut.isolated == 1)
    #expect(kept.evidence.values.map(\.count) == Array(repeating: 1, count: 8))
    #expect(kept.graph.selfLoopCount == 1)
  }

  @Test func `the order in which records come does not change the projection`() throws {
    let contents = contents
    let shuffled = CaseContents(
      entities: contents.entities.reversed(), relationships: contents.relationships.reversed(),
      events: contents.events.reversed(), claims: contents.claims.reversed())
    let rule = ProjectionRule(direction: .directed, weight: .count)
    let a = try CaseView().filter(contents).project(rule)
    let b = try CaseView().filter(shuffled).project(rule)
    #expect(a.ids == b.ids)
    #expect(a.evidence == b.evidence)
    #expect(a.graph.edgeWeights == b.graph.edgeWeights)
  }

  @Test func `an empty case gives an empty graph`() throws {
    let projection = try CaseView().filter(CaseContents()).project()
    #expect(projection.graph.nodeCount == 0 && projection.graph.edgeCount == 0)
  }
}
