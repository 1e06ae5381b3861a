// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// The rows of entities during an import: found or made once, and known by number from then on.
///
/// An end may come before the entity it names. Its number is set aside, and the foreign keys are
/// checked when the transaction ends.
struct EntityRows {
  private struct State {
    var id: Int64
    // The schema's term, once something that counts says that the entity exists.
    var schema: Int64?
    // The schema in the row; nil while there is no row.
    var schemaOfRow: Int64?
  }

  private let ontology: Ontology
  private var states: [String: State] = [:]
  private var nextID: Int64
  private let find: SQLStatement
  private let findLive: SQLStatement
  private let insert: SQLStatement
  private var allowed: Set<AllowedEnd> = []
  private var waiting: [(end: Waiting, locator: Locator)] = []
  private var isWaiting: Set<Waiting> = []
  // Ends whose roles were checked, of entities that come later.
  private var named: [(id: String, locator: Locator)] = []
  private(set) var newCount = 0

  private struct AllowedEnd: Hashable {
    var relation: Int64
    var role: Int64
    var schema: Int64
  }

  private struct Waiting: Hashable {
    var end: End
    var relation: String
  }

  init(_ database: Database, _ ontology: Ontology, _ liveness: Liveness) throws {
    self.ontology = ontology
    let last = try SQLStatement(database, "SELECT coalesce(max(id), 0) FROM entity")
    nextID = try last.step() ? last.int(0) + 1 : 1
    last.reset()
    find = try SQLStatement(database, "SELECT id, schema FROM entity WHERE key = ?")
    findLive = try SQLStatement(
      database,
      """
      SELECT value FROM claim WHERE entity = ? AND property IS NULL\(liveness.condition("claim"))
      ORDER BY id LIMIT 1
      """)
    insert = try SQLStatement(database, "INSERT INTO entity (id, key, schema) VALUES (?, ?, ?)")
  }

  /// The number of an entity that is said to exist, and whether its row has the same schema.
  mutating func define(
    _ key: String, schema: String, locator: Locator, terms: Terms
  ) throws -> (id: Int64, isSchemaOfRow: Bool) {
    let term = try terms.id(schema)
    var state = try state(of: key, terms)
    if let known = state.schema {
      guard known == term else {
        throw CaseStoreError.otherSchema(
          place: locator.description, id: key, schema: schema, known: try terms.text(known))
      }
      return (state.id, state.schemaOfRow == term)
    }
    state.schema = term
    if state.schemaOfRow == nil {
      state.schemaOfRow = term
      insert.bind(state.id, at: 1)
      insert.bind(key, at: 2)
      insert.bind(term, at: 3)
      try insert.run()
      newCount += 1
    }
    states[key] = state
    return (state.id, state.schemaOfRow == term)
  }

  /// The number of an entity that an end names; what may stand there is checked now or at the end.
  mutating func refer(
    _ end: End, relation: String, locator: Locator, terms: Terms
  ) throws -> Int64 {
    let state = try state(of: end.entity, terms)
    if let schema = state.schema {
      try check(end, of: schema, in: relation, locator: locator, terms: terms)
    } else {
      let key = Waiting(end: end, relation: relation)
      if isWaiting.insert(key).inserted { waiting.append((key, locator)) }
    }
    return state.id
  }

  /// The number of an entity whose role the reader of the table has checked; that it exists is
  /// checked at the end where nothing has said so.
  mutating func refer(_ id: String, locator: Locator, terms: Terms) throws -> Int64 {
    let state = try state(of: id, terms)
    if state.schema == nil { named.append((id, locator)) }
    return state.id
  }

  /// Checks the ends whose entities had not come when they were read.
  mutating func finish(terms: Terms) throws {
    var dangling: [String] = []
    for (key, locator) in waiting {
      if let schema = states[key.end.entity]?.schema {
        try check(key.end, of: schema, in: key.relation, locator: locator, terms: terms)
      } else {
        dangling.append("\(locator): '\(key.end.entity)'")
      }
    }
    for (id, locator) in named where states[id]?.schema == nil {
      dangling.append("\(locator): '\(id)'")
    }
    if dangling.isEmpty { return }
    throw CaseStoreError.danglingEnds(Array(dangling.prefix(10)), count: dangling.count)
  }

  private mutating func state(of key: String, _ terms: Terms) throws -> State {
    if let state = states[key] { return state }
    var state = State(id: nextID)
    find.bind(key, at: 1)
    if try find.step() {
      state.id = find.int(0)
      state.schemaOfRow = find.int(1)
      find.reset()
      findLive.bind(state.id, at: 1)
      if try findLive.step() {
        let other = findLive.text(0)
        findLive.reset()
        state.schema = other.isEmpty ? state.schemaOfRow : try terms.id(other)
      }
    } else {
      nextID += 1
    }
    states[key] = state
    return state
  }

  private mutating func check(
    _ end: End, of schema: Int64, in relation: String, locator: Locator, terms: Terms
  ) throws {
    let key = AllowedEnd(
      relation: try terms.id(relation), role: try terms.id(end.role), schema: schema)
    if allowed.contains(key) { return }
    do {
      try ontology.check(end, of: terms.text(schema), in: relation)
    } catch let error as CaseModelError {
      throw CaseStoreError.assertion(place: locator.description, error)
    }
    allowed.insert(key)
  }
}
