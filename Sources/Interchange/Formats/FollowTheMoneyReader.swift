// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GraphCore

/// Reads entities of FollowTheMoney, one in a line, as OpenAleph, OpenSanctions and `ftm` export them.
///
/// Whether a schema is a node or joins others is what the ontology says: a Person is a node, an
/// Ownership an edge from each owner to each asset, with its own identifier as the attribute `id`. A
/// property that the ontology has no type for and that holds the identifier of another entity, such as
/// `addressEntity`, is an edge of its name.
struct FollowTheMoneyReader {
  private struct Entity {
    var id: String
    var schema: String
    var properties: [(name: String, values: [JSONNode])]
    var at: Int
  }

  private let text: WholeText
  private var builder: DocumentBuilder
  private let ontology = Ontology.standard

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = FollowTheMoneyReader(text: text, maximumNodes: options.maximumNodes)
    try reader.read()
    return try reader.builder.document(direction: .directed, needsDeclarations: true)
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    builder = DocumentBuilder(file: text.file, format: .followTheMoney, maximumNodes: maximumNodes)
  }

  private mutating func report(
    at index: Int, _ what: String, expected: String, advice: String? = nil
  ) {
    builder.report(text.place(of: index), what, expected: expected, advice: advice)
  }

  private mutating func read() throws(InterchangeError) {
    var lines = JSONLines(text)
    var entities: [Entity] = []
    while let line = try lines.next(&builder) {
      if let entity = entity(line.object) { entities.append(entity) }
    }
    if entities.isEmpty, builder.problems.isEmpty {
      throw .refused(text.problem(at: 0, "no entities", expected: "an entity in each line"))
    }
    var unknown: Set<String> = []
    var things: [Entity] = []
    var links: [Entity] = []
    var nodes: Set<String> = []
    for entity in entities {
      let schema = ontology[entity.schema]
      if schema == nil, unknown.insert(entity.schema).inserted {
        builder.remark("schema \(entity.schema) is not in the ontology: its entities are nodes")
      }
      guard schema?.kind ?? .entity == .entity || schema?.arc == nil else {
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
      if let schema = ontology[link.schema], let arc = schema.arc { add(link, schema, arc) }
    }
  }

  private mutating func reportRepeat(_ entity: Entity) {
    report(
      at: entity.at, "the entity “\(entity.id)” occurs again",
      expected: "an identifier of its own",
      advice: "join the fragments of one entity first, with ftm aggregate")
  }

  private mutating func entity(_ object: JSONNode) -> Entity? {
    guard let id = object["id"], case .text(let identifier) = id.content else {
      report(at: object["id"]?.at ?? object.at, "an entity without an id", expected: "a text")
      return nil
    }
    guard let schema = object["schema"], case .text(let name) = schema.content else {
      report(
        at: object["schema"]?.at ?? object.at, "an entity without a schema", expected: "a text")
      return nil
    }
    guard let properties = object["properties"], case .object(let entries) = properties.content
    else {
      report(
        at: object["properties"]?.at ?? object.at, "an entity without properties",
        expected: "{\"name\": [\"…\"]}")
      return nil
    }
    var entity = Entity(id: identifier, schema: name, properties: [], at: object.at)
    for (name, value) in entries {
      guard case .list(let values) = value.content else {
        report(
          at: value.at, "the property \(name) is no list", expected: "a list of texts",
          advice: "write [\"…\"]")
        continue
      }
      for item in values where item.word == nil {
        report(at: item.at, "a value of \(name) that is no text", expected: "a list of texts")
      }
      entity.properties.append((name, values))
    }
    return entity
  }

  private mutating func add(_ entity: Entity, _ nodes: Set<String>) {
    let schema = ontology[entity.schema]
    let place = text.place(of: entity.at)
    let earlier = builder.problems.errorCount
    let node = builder.declare(entity.id, at: place)
    // An entity that occurs again says everything twice: once is enough.
    if builder.problems.errorCount > earlier { return }
    builder.set(node: node, "schema", .text(entity.schema), at: place)
    for (name, all) in entity.properties {
      // What names another entity becomes an edge.
      let values =
        schema?.property(name) == nil
        ? all.filter { value in !(value.word.map { nodes.contains($0) } ?? false) } : all
      if name == "name", let label = values.first?.word {
        builder.label(node, label)
        if values.count == 1 { continue }
      }
      if let value = value(values, schema?.property(name)) {
        builder.set(node: node, name, value, at: place)
      }
    }
  }

  // Properties that name other entities.
  private mutating func addReferences(of entity: Entity, _ nodes: Set<String>) {
    let schema = ontology[entity.schema]
    for (name, values) in entity.properties where schema?.property(name) == nil {
      for value in values {
        guard let id = value.word, nodes.contains(id) else { continue }
        let place = text.place(of: value.at)
        let edge = builder.edge(
          builder.node(entity.id, at: place), builder.node(id, at: place), isDirected: true,
          at: place)
        builder.set(edge: edge, "schema", .text(name), at: place)
      }
    }
  }

  private mutating func add(_ link: Entity, _ schema: Schema, _ arc: Schema.Arc) {
    func ends(_ role: String) -> [JSONNode] {
      link.properties.first { $0.name == role }?.values.filter { $0.word != nil } ?? []
    }
    let (sources, targets) = (ends(arc.source), ends(arc.target))
    guard !sources.isEmpty, !targets.isEmpty else {
      builder.remark("\(schema.name) without \(arc.source) or \(arc.target) is passed over")
      return
    }
    let place = text.place(of: link.at)
    for source in sources {
      for target in targets {
        let edge = builder.edge(
          builder.node(source.word ?? "", at: text.place(of: source.at)),
          builder.node(target.word ?? "", at: text.place(of: target.at)),
          isDirected: arc.isDirected, at: place)
        builder.set(edge: edge, "id", .text(link.id), at: place)
        builder.set(edge: edge, "schema", .text(schema.name), at: place)
        for (name, values) in link.properties where name != arc.source && name != arc.target {
          if let value = value(values, schema.property(name)) {
            builder.set(edge: edge, name, value, at: place)
          }
        }
      }
    }
  }

  // One value as it is; several as a list in JSON.
  private mutating func value(_ values: [JSONNode], _ property: Schema.Property?) -> GraphValue? {
    let words = values.compactMap(\.word)
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
