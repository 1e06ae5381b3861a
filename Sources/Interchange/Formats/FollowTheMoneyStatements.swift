// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Joins statements of FollowTheMoney, each a value of a property as one dataset has it, to entities.
///
/// Statements belong together by `canonical_id`, else by `entity_id`; a reference to an entity that was
/// merged leads to what it was merged into. Of several schemata the most special counts. The datasets,
/// and when the first and the last was seen, become attributes.
struct FollowTheMoneyStatements {
  private struct Gathered {
    var entity: FollowTheMoneyEntity
    var places: [String: Int] = [:]
    var seen: Set<[String]> = []
    var datasets: [String] = []
    var firstSeen: String?
    var lastSeen: String?
  }

  private var order: [Gathered] = []
  private var numberOf: [String: Int] = [:]
  private var canonical: [String: String] = [:]
  private let ontology = Ontology.standard
  private var external = 0
  private var passedOver = 0

  /// Whether names of columns are those of statements.
  static func isHeader(_ names: [String]) -> Bool {
    Set(names).isSuperset(of: ["prop", "schema", "value"])
      && (names.contains("entity_id") || names.contains("canonical_id"))
  }

  /// Reads a table of statements.
  static func read(
    _ given: DelimitedReader, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    var reader = given
    guard isHeader(reader.header) else {
      throw .refused(
        Problem(
          file: reader.file, line: reader.headerLine ?? 1,
          what: "a table without the columns of statements",
          expected: "entity_id or canonical_id, prop, schema and value",
          advice: "entities come as lines of JSON, statements as a table"))
    }
    let columns = Dictionary(
      reader.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var builder = DocumentBuilder(
      file: reader.file, format: .followTheMoney, maximumNodes: options.maximumNodes)
    var statements = FollowTheMoneyStatements()
    while let row = try reader.next() {
      if let defect = row.defect {
        builder.add(defect)
        continue
      }
      let place = TextPlace(line: row.line, column: 1)
      statements.add(at: place, &builder) { name in
        columns[name].flatMap { field in
          row.isEmpty(field)
            ? nil
            : .init(
              word: row.text(field),
              place: TextPlace(line: row.line(of: field), column: row.column(of: field)))
        }
      }
    }
    if reader.rowCount == 0 { builder.warn("it holds no statement") }
    let entities = statements.entities(&builder)
    var document = try FollowTheMoneyAssembler(builder: builder).document(of: entities)
    document.recordCount = reader.rowCount
    document.notices.append(
      .note(
        "\(reader.file.fileName): \(counted(reader.rowCount, "statement")) of "
          + "\(entities.count) entities"))
    return document
  }

  /// Takes a statement whose fields are found by name.
  mutating func add(
    at place: TextPlace, _ builder: inout DocumentBuilder,
    _ field: (String) -> FollowTheMoneyEntity.Value?
  ) {
    let own = field("entity_id")
    guard let id = (field("canonical_id") ?? own)?.word else {
      return builder.report(
        place, "a statement without an entity", expected: "entity_id or canonical_id")
    }
    guard let schema = field("schema"), let property = field("prop") else {
      return builder.report(
        place, "a statement without a \(field("schema") == nil ? "schema" : "prop")",
        expected: "a name")
    }
    if let own { canonical[own.word] = id }
    let number = numberOf[id] ?? order.count
    if number == order.count {
      numberOf[id] = number
      order.append(
        Gathered(
          entity: FollowTheMoneyEntity(
            id: id, schema: schema.word, properties: [], place: place)))
    } else if schema.word != order[number].entity.schema {
      let known = order[number].entity.schema
      if let joined = common(known, schema.word) {
        order[number].entity.schema = joined
      } else {
        builder.report(
          schema.place, "the entity “\(id)” is of the schema \(schema.word)",
          expected: "\(known), or one that extends it",
          advice: "part what was merged wrongly, or correct the schema")
      }
    }
    if let dataset = field("dataset")?.word, !order[number].datasets.contains(dataset) {
      order[number].datasets.append(dataset)
    }
    if let first = field("first_seen")?.word {
      order[number].firstSeen = min(order[number].firstSeen ?? first, first)
    }
    if let last = field("last_seen")?.word {
      order[number].lastSeen = max(order[number].lastSeen ?? last, last)
    }
    if ["t", "true", "1"].contains(field("external")?.word.lowercased() ?? "") { external += 1 }
    if field("lang") != nil || field("original_value") != nil { passedOver += 1 }
    // `id` says only that the entity is there.
    guard property.word != "id" else { return }
    guard let value = field("value") else {
      return builder.report(
        property.place, "a statement without a value of \(property.word)", expected: "a value")
    }
    add(value, of: property.word, to: number)
  }

  private mutating func add(
    _ value: FollowTheMoneyEntity.Value, of name: String, to number: Int
  ) {
    // Several datasets say the same.
    guard order[number].seen.insert([name, value.word]).inserted else { return }
    if let place = order[number].places[name] {
      order[number].entity.properties[place].values.append(value)
    } else {
      order[number].places[name] = order[number].entity.properties.count
      order[number].entity.properties.append((name, [value]))
    }
  }

  // The more special of two schemata; nil where neither extends the other.
  private func common(_ a: String, _ b: String) -> String? {
    if ontology[a]?.isA(b) ?? false { return a }
    if ontology[b]?.isA(a) ?? false { return b }
    return nil
  }

  /// The entities in the order in which they were met.
  mutating func entities(_ builder: inout DocumentBuilder) -> [FollowTheMoneyEntity] {
    builder.remark("statements are from outside the dataset (external)", external)
    builder.remark("languages and original values of statements are passed over", passedOver)
    return order.map { gathered in
      var entity = gathered.entity
      let schema = ontology[entity.schema]
      for index in entity.properties.indices
      where schema?.property(entity.properties[index].name) == nil {
        for value in entity.properties[index].values.indices {
          let word = entity.properties[index].values[value].word
          if let merged = canonical[word] {
            entity.properties[index].values[value].word = merged
          }
        }
      }
      let names = Set(entity.properties.map(\.name))
      let origin = [
        ("dataset", gathered.datasets.sorted().joined(separator: ";")),
        ("first_seen", gathered.firstSeen ?? ""), ("last_seen", gathered.lastSeen ?? ""),
      ]
      entity.origin = origin.filter { !$0.1.isEmpty && !names.contains($0.0) }
      return entity
    }
  }
}
