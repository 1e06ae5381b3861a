// SPDX-License-Identifier: Apache-2.0

/// Reads entities of FollowTheMoney, one in a line, as OpenAleph, OpenSanctions and `ftm` export them.
///
/// Whether a schema is a node or joins others is what the ontology says: a Person is a node, an
/// Ownership an edge from each owner to each asset, with its own identifier as the attribute `id`. A
/// property that the ontology has no type for and that holds the identifier of another entity, such as
/// `addressEntity`, is an edge of its name. Lines of statements become the entities they speak of.
struct FollowTheMoneyReader {
  private let text: WholeText
  private var builder: DocumentBuilder
  private var statements = FollowTheMoneyStatements()

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = FollowTheMoneyReader(text: text, maximumNodes: options.maximumNodes)
    let entities = try reader.entities()
    return try FollowTheMoneyAssembler(builder: reader.builder).document(of: entities)
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

  private mutating func entities() throws(InterchangeError) -> [FollowTheMoneyEntity] {
    var lines = JSONLines(text)
    var entities: [FollowTheMoneyEntity] = []
    while let line = try lines.next(&builder) {
      let object = line.object
      if object["prop"] != nil {
        let place = text.place(of: object.at)
        let text = text
        statements.add(at: place, &builder) { name in
          object[name].flatMap { node in
            node.word.map { .init(word: $0, place: text.place(of: node.at)) }
          }
        }
      } else if let entity = entity(object) {
        entities.append(entity)
      }
    }
    entities += statements.entities(&builder)
    if entities.isEmpty, builder.problems.isEmpty {
      throw .refused(text.problem(at: 0, "no entities", expected: "an entity in each line"))
    }
    return entities
  }

  private mutating func entity(_ object: JSONNode) -> FollowTheMoneyEntity? {
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
    var entity = FollowTheMoneyEntity(
      id: identifier, schema: name, properties: [], place: text.place(of: object.at))
    if case .list(let names)? = object["datasets"]?.content {
      entity.origin.append(("dataset", names.compactMap(\.word).joined(separator: ";")))
    }
    for name in ["first_seen", "last_seen"] {
      if let word = object[name]?.word { entity.origin.append((name, word)) }
    }
    entity.origin.removeAll { origin in
      origin.text.isEmpty || entries.contains { $0.key == origin.name }
    }
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
      entity.properties.append(
        (
          name,
          values.compactMap { item in
            item.word.map { .init(word: $0, place: text.place(of: item.at)) }
          }
        ))
    }
    return entity
  }
}
