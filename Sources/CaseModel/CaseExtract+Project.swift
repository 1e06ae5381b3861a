// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

extension CaseExtract {
  /// The graph of the extract by a rule.
  ///
  /// Nodes are the entities by id. A relationship or event joins the entities in the two roles that
  /// its schema names as an arc, each source with each target. Without an arc, or where one of the
  /// two roles is empty, the rule for groups applies. Events that were gathered are one edge for each
  /// group of theirs, also where the rule keeps parallel edges.
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
  private let extract: CaseExtract
  private let rule: ProjectionRule
  private var sources: [Int32] = []
  private var targets: [Int32] = []
  private var memberOfArc: [Int32] = []
  private let members: EvidenceBehindEdges.Members
  // What each member brings to a weight; empty without one.
  private var values: [CompensatedSum] = []
  private var groupIDs: [String] = []
  private var groupSchemata: [String] = []
  private var groupNames: [String] = []
  private var leftOut = Projection.LeftOut()
  // The members behind the edges, edge by edge, and where those of each edge end.
  private var memberOfPlace: [Int32] = []
  private var placeEnds: [Int32] = []
  private var schemaOfName: [String: Schema] = [:]

  init(_ extract: CaseExtract, _ rule: ProjectionRule) {
    self.extract = extract
    self.rule = rule
    members = EvidenceBehindEdges.Members(
      extract, countsNumbers: rule.weight.map { $0.quantity != "count" } ?? false)
    if rule.weight != nil {
      values = Array(repeating: CompensatedSum(), count: members.count)
    }
    for schema in extract.ontology.schemata { schemaOfName[schema.name] = schema }
  }

  mutating func collect() throws(CaseModelError) {
    for (index, relationship) in extract.relationships.enumerated() {
      try add(
        .relationship(index), members.relationship(index), id: relationship.id,
        schema: relationship.schema,
        ends: relationship.ends)
    }
    for (index, event) in extract.events.enumerated() {
      try add(
        .event(index), members.event(index), id: event.id, schema: event.schema,
        ends: event.participants)
    }
    try addAggregates()
  }

  // Their events have two ends, in the roles of their schema's arc.
  private mutating func addAggregates() throws(CaseModelError) {
    let aggregates = extract.aggregates
    let isDirected = aggregates.kinds.map { schemaOfName[$0.schema]?.arc?.isDirected == true }
    let countsNumbers = members.countsNumbers
    sources.reserveCapacity(sources.count + aggregates.groupCount)
    targets.reserveCapacity(targets.count + aggregates.groupCount)
    memberOfArc.reserveCapacity(memberOfArc.count + aggregates.groupCount)
    for index in aggregates.ends.indices {
      let ends = aggregates.ends[index]
      if ends.origin == ends.target, !rule.keepsSelfLoops {
        leftOut.selfLoops += Int(ends.count)
        continue
      }
      let member = members.aggregate(index)
      if countsNumbers {
        if let what = aggregates.unreadable[index] { throw .graph(what) }
        let numbers = aggregates.numbers[index]
        leftOut.withoutWeight += Int(ends.count) - numbers.count
        if numbers.count == 0 { continue }
        switch rule.weight?.merging {
        case .min: values[member].add(numbers.least)
        case .max: values[member].add(numbers.greatest)
        default: values[member].add(numbers.total)
        }
      } else if let weight = rule.weight {
        values[member].add(weight.merging == .sum ? Double(ends.count) : 1)
      }
      append(ends.origin, ends.target, member)
      if rule.direction == .directed, !isDirected[Int(ends.kind)], ends.origin != ends.target {
        append(ends.target, ends.origin, member)
      }
    }
  }

  private mutating func add(
    _ member: EvidenceBehindEdges.Member, _ place: Int, id: String, schema name: String, ends: [End]
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
    if rule.weight != nil { values[place].add(value) }
    for (source, target) in pairs {
      append(source, target, place)
      if rule.direction == .directed, !isDirected, source != target {
        append(target, source, place)
      }
    }
  }

  private mutating func append(_ source: Int32, _ target: Int32, _ member: Int) {
    sources.append(source)
    targets.append(target)
    memberOfArc.append(Int32(member))
  }

  // The number that a relationship or event brings to a weight; nil when it has none.
  private func value(
    of member: EvidenceBehindEdges.Member
  ) throws(CaseModelError) -> Double? {
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
      case .aggregate: (nil, "")
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
    let graph: Graph
    do {
      let ordered = try Graph.ordered(
        nodeCount: count, direction: rule.direction,
        sources: sources.map { newIndex[Int($0)] }, targets: targets.map { newIndex[Int($0)] })
      (sources, targets) = ([], [])
      graph = try merged(ordered)
    } catch {
      throw .graph("the view does not make a graph: \(error)")
    }
    let positions = extract.entities.indices.filter { kept[$0] }.map { Int32($0) }
    let entities = positions.map { extract.entities[Int($0)] }
    return Projection(
      graph: graph, ids: NodeMap(entities.map(\.id) + groupIDs),
      schemata: NodeMap(entities.map(\.schema) + groupSchemata),
      names: NodeMap(entities.map { extract.displayName(of: $0.id) } + groupNames),
      entityCount: entities.count,
      evidence: EvidenceBehindEdges(
        extract: extract, members: members, memberOfPlace: memberOfPlace, ends: placeEnds,
        positions: positions), rule: rule, leftOut: leftOut)
  }

  private mutating func merged(_ ordered: OrderedGraph) throws(GraphError) -> Graph {
    var sources: [Int32] = []
    var targets: [Int32] = []
    memberOfPlace.reserveCapacity(memberOfArc.count)
    ordered.graph.forEachEdge { edge, source, target in
      let member = memberOfArc[Int(ordered.position[edge])]
      if rule.mergesParallel, sources.last == source.index, targets.last == target.index {
        // A group can join the same two entities more than once.
        if memberOfPlace.last != member { memberOfPlace.append(member) }
        placeEnds[placeEnds.count - 1] = Int32(memberOfPlace.count)
      } else {
        sources.append(source.index)
        targets.append(target.index)
        memberOfPlace.append(member)
        placeEnds.append(Int32(memberOfPlace.count))
      }
    }
    var weights: [Double]?
    if let weight = rule.weight {
      var start = 0
      weights = placeEnds.map { end in
        defer { start = Int(end) }
        return combined(memberOfPlace[start..<Int(end)], weight.merging)
      }
    }
    // Nothing was merged: the graph is there already.
    if weights == nil, sources.count == ordered.graph.edgeCount { return ordered.graph }
    return try Graph(
      nodeCount: ordered.graph.nodeCount, direction: rule.direction,
      weighting: rule.weight?.meaning, sources: sources, targets: targets, weights: weights)
  }

  private func combined(_ members: ArraySlice<Int32>, _ merging: ParallelRule) -> Double {
    switch merging {
    case .sum:
      var sum = CompensatedSum()
      for member in members { sum.add(values[Int(member)]) }
      return sum.value
    case .max: return members.reduce(-.infinity) { max($0, values[Int($1)].value) }
    case .min: return members.reduce(.infinity) { min($0, values[Int($1)].value) }
    case .count: return Double(members.reduce(0) { $0 + self.members.recordCount(Int($1)) })
    }
  }
}
