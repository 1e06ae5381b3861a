// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

extension CaseExtract {
  /// The graph of the extract by a rule.
  ///
  /// Nodes are the entities by id. A relationship or event joins the entities in the two roles that
  /// its schema names as an arc, each source with each target. Without an arc, or where one of the
  /// two roles is empty, the rule for groups applies.
  ///
  /// - Throws: `CaseModelError.graph` when there are more edges than a graph can hold, or a value
  ///   to be used as a weight is not a finite number; `unknownWeight` when nothing here has the
  ///   property; `severalCurrencies` when amounts of several currencies would be weights.
  /// - Complexity: O(n + m) for m edges; a clique of k entities has k(k − 1)/2.
  public func project(
    _ rule: ProjectionRule = ProjectionRule()
  ) throws(CaseModelError) -> Projection {
    if let weight = rule.weight { try check(weight) }
    var projecting = Projecting(self, rule)
    try projecting.collect()
    return try projecting.build()
  }
}

private struct Projecting {
  private enum Member {
    case relationship(Int)
    case event(Int)
  }

  private let extract: CaseExtract
  private let rule: ProjectionRule
  private var sources: [Int32] = []
  private var targets: [Int32] = []
  private var memberOfArc: [Int32] = []
  private var members: [Member] = []
  private var values: [Double] = []
  private var groupIDs: [String] = []
  private var groupSchemata: [String] = []
  private var groupNames: [String] = []
  private var leftOut = Projection.LeftOut()
  private var schemaOfName: [String: Schema] = [:]

  init(_ extract: CaseExtract, _ rule: ProjectionRule) {
    self.extract = extract
    self.rule = rule
    for schema in extract.ontology.schemata { schemaOfName[schema.name] = schema }
  }

  mutating func collect() throws(CaseModelError) {
    for (index, relationship) in extract.relationships.enumerated() {
      try add(
        .relationship(index), id: relationship.id, schema: relationship.schema,
        ends: relationship.ends)
    }
    for (index, event) in extract.events.enumerated() {
      try add(.event(index), id: event.id, schema: event.schema, ends: event.participants)
    }
  }

  private mutating func add(
    _ member: Member, id: String, schema name: String, ends: [End]
  ) throws(CaseModelError) {
    let schema = schemaOfName[name]
    var nodes: [(role: String, node: Int32)] = []
    for end in ends {
      if let position = extract.position(of: end.entity) {
        nodes.append((end.role, Int32(position)))
      }
    }
    var pairs: [(Int32, Int32)] = []
    var isDirected = false
    var isGroupNode = false
    if rule.groups == .bipartite, nodes.count > 2 {
      isGroupNode = true
    } else if let arc = schema?.arc {
      let from = nodes.filter { $0.role == arc.source }
      let to = nodes.filter { $0.role == arc.target }
      isDirected = arc.isDirected
      for source in from {
        for target in to { pairs.append((source.node, target.node)) }
      }
    }
    if pairs.isEmpty, !isGroupNode, rule.groups != .leftOut {
      for (index, first) in nodes.enumerated() {
        for second in nodes[(index + 1)...] { pairs.append((first.node, second.node)) }
      }
    }
    guard isGroupNode || !pairs.isEmpty else {
      leftOut.withoutTwoEnds += 1
      return
    }
    if !rule.keepsSelfLoops {
      pairs.removeAll { $0.0 == $0.1 }
      if pairs.isEmpty, !isGroupNode {
        leftOut.selfLoops += 1
        return
      }
    }
    guard let value = try value(of: member) else {
      leftOut.withoutWeight += 1
      return
    }
    if isGroupNode {
      let node = Int32(extract.entities.count + groupIDs.count)
      groupIDs.append(id)
      groupSchemata.append(name)
      groupNames.append(schema?.label.english ?? name)
      pairs = nodes.map { ($0.node, node) }
      isDirected = false
    }
    members.append(member)
    values.append(value)
    for (source, target) in pairs {
      append(source, target)
      if rule.direction == .directed, !isDirected, source != target { append(target, source) }
    }
  }

  private mutating func append(_ source: Int32, _ target: Int32) {
    sources.append(source)
    targets.append(target)
    memberOfArc.append(Int32(members.count - 1))
  }

  // The number that a relationship or event brings to a weight; nil when it has none.
  private func value(of member: Member) throws(CaseModelError) -> Double? {
    guard let quantity = rule.weight?.quantity, quantity != "count" else { return 1 }
    let (text, id): (String?, String) =
      switch member {
      case .relationship(let index):
        (
          extract.bestValue(of: quantity, about: .relationship(extract.relationships[index].id)),
          extract.relationships[index].id
        )
      case .event(let index):
        (
          extract.events[index].properties.first { $0.property == quantity }?.value
            ?? extract.bestValue(of: quantity, about: .event(extract.events[index].id)),
          extract.events[index].id
        )
      }
    guard let text else { return nil }
    guard let number = DecimalNumber.value(of: text) else {
      throw .graph("'\(text)', the \(quantity) of '\(id)', is no number that can be a weight")
    }
    return number
  }

  mutating func build() throws(CaseModelError) -> Projection {
    let entityCount = extract.entities.count
    var kept = [Bool](repeating: rule.keepsIsolated, count: entityCount)
    if !rule.keepsIsolated {
      for node in sources + targets where node < entityCount { kept[Int(node)] = true }
    }
    var newIndex = [Int32](repeating: -1, count: entityCount + groupIDs.count)
    var count = 0
    for index in newIndex.indices where index >= entityCount || kept[index] {
      newIndex[index] = Int32(count)
      count += 1
    }
    leftOut.isolated = kept.count { !$0 }
    let ordered: OrderedGraph
    let graph: Graph
    var membersOfEdge: [[Int32]] = []
    do {
      ordered = try Graph.ordered(
        nodeCount: count, direction: rule.direction,
        sources: sources.map { newIndex[Int($0)] }, targets: targets.map { newIndex[Int($0)] })
      graph = try merged(ordered, &membersOfEdge)
    } catch {
      throw .graph("the view does not make a graph: \(error)")
    }
    let entities = extract.entities.indices.filter { kept[$0] }.map { extract.entities[$0] }
    return Projection(
      graph: graph, ids: NodeMap(entities.map(\.id) + groupIDs),
      schemata: NodeMap(entities.map(\.schema) + groupSchemata),
      names: NodeMap(entities.map { extract.displayName(of: $0.id) } + groupNames),
      entityCount: entities.count, evidence: EdgeMap(membersOfEdge.map(evidence)), rule: rule,
      leftOut: leftOut)
  }

  private func merged(
    _ ordered: OrderedGraph, _ membersOfEdge: inout [[Int32]]
  ) throws(GraphError) -> Graph {
    var sources: [Int32] = []
    var targets: [Int32] = []
    ordered.graph.forEachEdge { edge, source, target in
      let member = memberOfArc[Int(ordered.position[edge])]
      if rule.mergesParallel, sources.last == source.index, targets.last == target.index {
        let last = membersOfEdge.count - 1
        // A group can join the same two entities more than once.
        if membersOfEdge[last].last != member { membersOfEdge[last].append(member) }
      } else {
        sources.append(source.index)
        targets.append(target.index)
        membersOfEdge.append([member])
      }
    }
    let weights = rule.weight.map { weight in membersOfEdge.map { combined($0, weight.merging) } }
    return try Graph(
      nodeCount: ordered.graph.nodeCount, direction: rule.direction,
      weighting: rule.weight?.meaning, sources: sources, targets: targets, weights: weights)
  }

  private func combined(_ members: [Int32], _ merging: ParallelRule) -> Double {
    let numbers = members.map { values[Int($0)] }
    switch merging {
    case .sum: return numbers.reduce(0, +)
    case .max: return numbers.max() ?? 0
    case .min: return numbers.min() ?? 0
    case .count: return Double(numbers.count)
    }
  }

  private func evidence(_ indices: [Int32]) -> EdgeEvidence {
    var result = EdgeEvidence()
    var grades: [Grade] = []
    func note(_ grade: Grade?) {
      if let grade, !grades.contains(grade) { grades.append(grade) }
    }
    func noteSchema(_ name: String) {
      if !result.schemata.contains(name) { result.schemata.append(name) }
    }
    for index in indices {
      let subject: Claim.Subject
      switch members[Int(index)] {
      case .relationship(let position):
        let relationship = extract.relationships[position]
        result.relationships.append(relationship.id)
        noteSchema(relationship.schema)
        subject = .relationship(relationship.id)
      case .event(let position):
        let event = extract.events[position]
        result.events.append(event.id)
        noteSchema(event.schema)
        if extract.hasOwnReport(event) { note(event.evidence.grade) }
        subject = .event(event.id)
      }
      for claim in extract.claims(about: subject) {
        result.claims.append(claim.id)
        if claim.property == nil { note(claim.evidence.grade) }
      }
    }
    result.claims.sort()
    result.grade = extract.grading.strongest(of: grades)
    result.lineClass = result.grade.map(extract.grading.lineClass)
    return result
  }
}
