// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GraphCore

/// An entity of FollowTheMoney with the places of what is said of it.
struct FollowTheMoneyEntity {
  struct Value {
    var word: String
    var place: TextPlace
  }

  var id: String
  var schema: String
  var properties: [(name: String, values: [Value])]
  var place: TextPlace
  /// What is said of where the entity comes from, as name and text.
  var origin: [(name: String, text: String)] = []
}

/// Makes a graph of entities: things are nodes, what joins them edges.
struct FollowTheMoneyAssembler {
  var builder: DocumentBuilder
  private let ontology = Ontology.standard

  init(builder: DocumentBuilder) { self.builder = builder }

  /// The graph.
  ///
  /// An error is thrown when something was reported to the builder.
  consuming func document(
    of entities: [FollowTheMoneyEntity]
  ) throws(InterchangeError) -> GraphDocument {
    assemble(entities)
    return try builder.document(direction: .directed, needsDeclarations: true)
  }

  private mutating func assemble(_ entities: [FollowTheMoneyEntity]) {
    var unknown: Set<String> = []
    var foreign: Set<String> = []
    var things: [FollowTheMoneyEntity] = []
    var links: [FollowTheMoneyEntity] = []
    var nodes: Set<String> = []
    for entity in entities {
      let schema = ontology[entity.schema]
      if schema == nil, !FollowTheMoneyRules.schemata.contains(entity.schema) {
        if unknown.insert(entity.schema).inserted { reportUnknown(entity) }
        continue
      }
      let arc = arc(of: entity.schema)
      if schema == nil, arc == nil, foreign.insert(entity.schema).inserted {
        builder.remark("schema \(entity.schema) is not in the ontology: its entities are nodes")
      }
      guard schema?.kind == .entity || arc == nil else {
        links.append(entity)
        continue
      }
      nodes.insert(entity.id)
      things.append(entity)
    }
    for thing in things { add(thing, nodes) }
    for thing in things { addReferences(of: thing, nodes) }
    var seen: Set<String> = []
    for link in links {
      if nodes.contains(link.id) || !seen.insert(link.id).inserted { reportRepeat(link) }
      if let arc = arc(of: link.schema) { add(link, ontology[link.schema], arc) }
    }
  }

  // What of FollowTheMoney joins two others, by our ontology or, where it lacks the schema, by theirs.
  private func arc(of schema: String) -> Schema.Arc? {
    if let known = ontology[schema] { return known.arc }
    return FollowTheMoneyRules.arcs[schema].map {
      Schema.Arc(source: $0.source, target: $0.target, isDirected: true)
    }
  }

  private mutating func reportUnknown(_ entity: FollowTheMoneyEntity) {
    let known = FollowTheMoneyRules.schemata.sorted()
    builder.report(
      entity.place, "the schema “\(entity.schema)”", expected: "a schema of FollowTheMoney",
      advice: NearWord.nearest(to: entity.schema, in: known).map { "is \($0) meant?" }
        ?? "correct it in the file, or take its entities out")
  }

  private mutating func reportRepeat(_ entity: FollowTheMoneyEntity) {
    builder.report(
      entity.place, "the entity “\(entity.id)” occurs again",
      expected: "an identifier of its own",
      advice: "join the fragments of one entity first, with ftm aggregate")
  }

  private mutating func add(_ entity: FollowTheMoneyEntity, _ nodes: Set<String>) {
    let schema = ontology[entity.schema]
    let place = entity.place
    let earlier = builder.problems.errorCount
    let node = builder.declare(entity.id, at: place)
    // An entity that occurs again says everything twice: once is enough.
    if builder.problems.errorCount > earlier { return }
    builder.set(node: node, "schema", .text(entity.schema), at: place)
    for (name, all) in entity.properties {
      // What names another entity becomes an edge.
      let values =
        schema?.property(name) == nil
        ? all.filter { !nodes.contains($0.word) } : all
      if name == "name", let label = values.first?.word {
        builder.label(node, label)
        if values.count == 1 { continue }
      }
      if let value = value(values, schema?.property(name)) {
        builder.set(node: node, name, value, at: place)
      }
    }
    for (name, text) in entity.origin {
      builder.set(node: node, name, .text(text), at: place)
    }
  }

  // Properties that name other entities.
  private mutating func addReferences(of entity: FollowTheMoneyEntity, _ nodes: Set<String>) {
    let schema = ontology[entity.schema]
    for (name, values) in entity.properties where schema?.property(name) == nil {
      for value in values {
        guard nodes.contains(value.word) else { continue }
        let place = value.place
        let edge = builder.edge(
          builder.node(entity.id, at: place), builder.node(value.word, at: place),
          isDirected: true, at: place)
        builder.set(edge: edge, "schema", .text(name), at: place)
      }
    }
  }

  private mutating func add(
    _ link: FollowTheMoneyEntity, _ schema: Schema?, _ arc: Schema.Arc
  ) {
    func ends(_ role: String) -> [FollowTheMoneyEntity.Value] {
      link.properties.first { $0.name == role }?.values ?? []
    }
    let (sources, targets) = (ends(arc.source), ends(arc.target))
    guard !sources.isEmpty, !targets.isEmpty else {
      builder.remark("\(link.schema) without \(arc.source) or \(arc.target) is passed over")
      return
    }
    let place = link.place
    for source in sources {
      for target in targets {
        let edge = builder.edge(
          builder.node(source.word, at: source.place),
          builder.node(target.word, at: target.place),
          isDirected: arc.isDirected, at: place)
        builder.set(edge: edge, "id", .text(link.id), at: place)
        builder.set(edge: edge, "schema", .text(link.schema), at: place)
        for (name, values) in link.properties where name != arc.source && name != arc.target {
          if let value = value(values, schema?.property(name)) {
            builder.set(edge: edge, name, value, at: place)
          }
        }
        for (name, text) in link.origin {
          builder.set(edge: edge, name, .text(text), at: place)
        }
      }
    }
  }

  // One value as it is; several as a list in JSON.
  private mutating func value(
    _ values: [FollowTheMoneyEntity.Value], _ property: Schema.Property?
  ) -> GraphValue? {
    let words = values.map(\.word)
    guard let first = words.first else { return nil }
    if words.count > 1 {
      return .text("[" + words.map { JSONGraphWriter.quoted($0) }.joined(separator: ", ") + "]")
    }
    if property?.type == .number, case .some(let number) = GraphValue.number(first) {
      return number
    }
    return .text(first)
  }
}
