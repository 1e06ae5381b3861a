// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// Reads the contents of a case, whole or what concerns some things.
struct ContentsLoader {
  /// Which rows are read, by number.
  struct Scope {
    var entities: [Int64]
    var relationships: [Int64]
    var events: [Int64]
  }

  /// What the claims and events of one part of an import share.
  struct Part {
    var source: String
    var grade: Grade?
    var handling: String?
    var recorded: Int64
    var withdrawn: Int64?
    var suspensions: [Range<Int64>]
    var enteredBy: String?
  }

  private let database: Database
  private let ontology: Ontology
  private let grading: GradingSchemes
  private let liveness: Liveness
  let terms: Terms

  private let merges: Bool

  init(
    _ database: Database, _ ontology: Ontology, _ grading: GradingSchemes, merges: Bool = true
  ) throws {
    self.merges = merges
    self.database = database
    self.ontology = ontology
    self.grading = grading
    liveness = try Liveness(database)
    terms = try Terms(database, isWriting: false)
  }

  func contents(_ scope: Scope? = nil) throws -> CaseContents {
    try contents(scope, events: scope?.events).contents
  }

  /// The contents of the case with some of its events only, and the numbers of the entities' rows in
  /// the order of the contents.
  ///
  /// Every event about which there are claims must be among them.
  func contents(events: [Int64]) throws -> (contents: CaseContents, entityRows: [Int64]) {
    try contents(nil, events: events)
  }

  private func contents(
    _ scope: Scope?, events: [Int64]?
  ) throws -> (contents: CaseContents, entityRows: [Int64]) {
    let parts = try parts()
    var entities = try entities(scope)
    let relationships = try relationships(scope, entities)
    let events = try self.events(events, entities, parts)
    let claims = try claims(scope, &entities, relationships, events, parts)
    let contents = CaseContents(
      sources: try sources(), entities: entities.records, relationships: relationships.records,
      events: events.records, claims: claims,
      resolutions: merges ? try CaseStore.resolutions(database, liveness) : [], ontology: ontology,
      grading: grading)
    return (contents, entities.rows)
  }

  /// The sources that count, as they were declared last.
  func sources() throws -> [Source] {
    let rows = try SQLStatement(
      database,
      """
      SELECT source.name, declaration.kind, scheme, grade, handling, file.name, sha256, byte_count,
        max(declaration.batch)
      FROM declaration JOIN source ON source.id = declaration.source
        LEFT JOIN file ON file.batch = declaration.batch AND file.source = declaration.source
      WHERE true\(liveness.condition("declaration"))
      GROUP BY declaration.source ORDER BY source.name
      """)
    var result: [Source] = []
    while try rows.step() {
      let grade = rows.optionalText(3).map { Grade(scheme: rows.text(2), code: $0) }
      let file = rows.optionalText(5).map {
        SourceFile(name: $0, sha256: rows.text(6), byteCount: Int(rows.int(7)))
      }
      result.append(
        Source(
          name: rows.text(0), kind: rows.text(1), grade: grade, handling: rows.optionalText(4),
          file: file))
    }
    return result
  }

  /// What the parts of the imports share.
  func parts() throws -> [Liveness.Part: Part] {
    let rows = try SQLStatement(
      database,
      """
      SELECT declaration.batch, declaration.source, name, scheme, grade, handling, recorded,
        entered_by
      FROM declaration JOIN source ON source.id = declaration.source
        JOIN batch ON batch.id = declaration.batch
      """)
    var result: [Liveness.Part: Part] = [:]
    while try rows.step() {
      let key = Liveness.Part(batch: rows.int(0), source: rows.int(1))
      result[key] = Part(
        source: rows.text(2),
        grade: rows.optionalText(4).map { Grade(scheme: rows.text(3), code: $0) },
        handling: rows.optionalText(5), recorded: rows.int(6), withdrawn: liveness.withdrawn[key],
        suspensions: liveness.suspensions[key] ?? [],
        enteredBy: rows.optionalText(7))
    }
    return result
  }

  // MARK: Things

  /// Records in the order of their ids, found by the number of their row.
  private struct Table<Record> {
    var records: [Record] = []
    private(set) var rows: [Int64] = []
    private var index: [Int64: Int] = [:]

    mutating func append(_ record: Record, row: Int64) {
      index[row] = records.count
      rows.append(row)
      records.append(record)
    }

    subscript(row: Int64) -> Record? { index[row].map { records[$0] } }

    mutating func update(_ row: Int64, _ change: (inout Record) throws -> Void) rethrows {
      if let position = index[row] { try change(&records[position]) }
    }
  }

  private func entities(_ scope: Scope?) throws -> Table<Entity> {
    let rows = try select(
      "SELECT id, key, schema FROM entity", "id", scope?.entities, orderedBy: "key")
    var result = Table<Entity>()
    while try rows.step() {
      result.append(
        Entity(id: rows.text(1), schema: try terms.text(rows.int(2))), row: rows.int(0))
    }
    return result
  }

  private func relationships(
    _ scope: Scope?, _ entities: Table<Entity>
  ) throws -> Table<Relationship> {
    let rows = try select(
      "SELECT id, key, schema FROM relationship", "id", scope?.relationships, orderedBy: "key")
    let superseded = try superseded("relationship")
    var result = Table<Relationship>()
    while try rows.step() {
      if superseded.contains(rows.int(0)) { continue }
      result.append(
        Relationship(id: rows.text(1), schema: try terms.text(rows.int(2)), ends: []),
        row: rows.int(0))
    }
    let ends = try select(
      "SELECT relationship, role, entity FROM relationship_end", "relationship",
      scope?.relationships, orderedBy: "relationship, position")
    while try ends.step() {
      guard let entity = entities[ends.int(2)] else { continue }
      let end = End(role: try terms.text(ends.int(1)), entity: entity.id)
      result.update(ends.int(0)) { $0.ends.append(end) }
    }
    return result
  }

  private func events(
    _ numbers: [Int64]?, _ entities: Table<Entity>, _ parts: [Liveness.Part: Part]
  ) throws -> Table<Event> {
    let rows = try select(
      """
      SELECT id, key, schema, start_at, end_at, start_text, end_text, origin_role, origin,
        target_role, target, duration, amount, currency, \(MarkRow.columns), details
      FROM event
      """, "id", numbers)
    let superseded = try superseded("event")
    var result = Table<Event>()
    while try rows.step() {
      if superseded.contains(rows.int(0)) { continue }
      guard let evidence = try evidence(rows, at: 14, parts) else { continue }
      var participants: [End] = []
      for column: Int32 in [7, 9] where !rows.isNull(column) {
        guard let entity = entities[rows.int(column + 1)] else { continue }
        participants.append(End(role: try terms.text(rows.int(column)), entity: entity.id))
      }
      var properties: [PropertyValue] = []
      for (index, name) in EventRows.columnProperties.enumerated() {
        guard let value = rows.numberText(Int32(11 + index)) else { continue }
        properties.append(PropertyValue(name, value))
      }
      properties += EventDetails.properties(rows.optionalText(25), terms)
      let event = Event(
        id: try EventKey.text(rows, key: 1, schema: 2, file: 16, line: 17, terms),
        schema: try terms.text(rows.int(2)), time: Self.time(rows, at: 3),
        participants: participants, properties: properties, evidence: evidence)
      result.append(event, row: rows.int(0))
    }
    let others = try select(
      "SELECT event, role, entity FROM participant", "event", numbers,
      orderedBy: "event, position")
    while try others.step() {
      guard let entity = entities[others.int(2)] else { continue }
      let end = End(role: try terms.text(others.int(1)), entity: entity.id)
      result.update(others.int(0)) { $0.participants.append(end) }
    }
    return result
  }

  // The rows that give way to another variant: of each id the last that counts stays, or else the
  // last. A view of an earlier state of the case has what is said of that one only.
  private func superseded(_ table: String) throws -> Set<Int64> {
    let own = table == "event" ? "(true\(liveness.condition("event"))) OR " : ""
    let rows = try SQLStatement(
      database,
      """
      SELECT id, key, \(own)EXISTS (SELECT 1 FROM claim WHERE claim.\(table) = \(table).id
        AND property IS NULL\(liveness.condition("claim")))
      FROM \(table) WHERE key IN (SELECT key FROM \(table) WHERE variant > 0)
      ORDER BY key, variant DESC
      """)
    var result: Set<Int64> = []
    var kept: (id: Int64, key: String, isLive: Bool)?
    while try rows.step() {
      let (id, key, isLive) = (rows.int(0), rows.text(1), rows.int(2) != 0)
      guard let last = kept, last.key == key else {
        kept = (id, key, isLive)
        continue
      }
      let isBetter = isLive && !last.isLive
      result.insert(isBetter ? last.id : id)
      if isBetter { kept = (id, key, isLive) }
    }
    return result
  }

  private func claims(
    _ scope: Scope?, _ entities: inout Table<Entity>, _ relationships: Table<Relationship>,
    _ events: Table<Event>, _ parts: [Liveness.Part: Part]
  ) throws -> [Claim] {
    let sql = """
      SELECT id, entity, relationship, event, property, value, \(MarkRow.columns) FROM claim
      """
    var result: [Claim] = []
    func read(_ rows: SQLStatement) throws {
      while try rows.step() {
        let subject: Claim.Subject
        var schema = ""
        if let row = rows.optionalInt(1) {
          guard let entity = entities[row] else { continue }
          subject = .entity(entity.id)
          schema = entity.schema
        } else if let row = rows.optionalInt(2) {
          guard let relationship = relationships[row] else { continue }
          subject = .relationship(relationship.id)
          schema = relationship.schema
        } else {
          guard let event = events[rows.int(3)] else { continue }
          subject = .event(event.id)
          schema = event.schema
        }
        guard let evidence = try evidence(rows, at: 6, parts) else { continue }
        let property = try terms.text(rows.optionalInt(4))
        var value = rows.text(5)
        if property == nil {
          if value.isEmpty {
            value = schema
          } else if evidence.withdrawn == nil, let row = rows.optionalInt(1) {
            entities.update(row) { $0.schema = value }
          }
        }
        result.append(
          Claim(
            id: Int(rows.int(0)), subject: subject, property: property, value: value,
            evidence: evidence))
      }
    }
    guard let scope else {
      result.reserveCapacity(try Int.fetchOne(database, sql: "SELECT count(*) FROM claim") ?? 0)
      try read(try SQLStatement(database, sql + " ORDER BY id"))
      return result
    }
    try read(select(sql, "entity", scope.entities))
    try read(select(sql, "relationship", scope.relationships))
    try read(select(sql, "event", scope.events))
    return result
  }

  // MARK: Rows

  private func select(
    _ sql: String, _ column: String, _ numbers: [Int64]?, orderedBy order: String? = nil
  ) throws -> SQLStatement {
    let filter = numbers == nil ? "" : " WHERE \(column) IN (SELECT value FROM json_each(?))"
    let statement = try SQLStatement(
      database, sql + filter + (order.map { " ORDER BY \($0)" } ?? ""))
    if let numbers {
      statement.bind("[" + numbers.map(String.init).joined(separator: ",") + "]", at: 1)
    }
    return statement
  }

  private func evidence(
    _ rows: SQLStatement, at first: Int32, _ parts: [Liveness.Part: Part]
  ) throws -> Evidence? {
    let batch = rows.int(first)
    guard let part = parts[Liveness.Part(batch: batch, source: rows.int(first + 1))] else {
      return nil
    }
    let start = rows.optionalText(first + 5).flatMap { PartialDate($0) }
    let end = rows.optionalText(first + 6).flatMap { PartialDate($0) }
    var grade = part.grade
    if let code = rows.optionalText(first + 8) {
      grade = Grade(scheme: try terms.text(rows.int(first + 7)), code: code)
    }
    return Evidence(
      source: part.source,
      locator: Locator(
        file: try terms.text(rows.optionalInt(first + 2)),
        line: rows.optionalInt(first + 3).map { Int($0) }, place: rows.optionalText(first + 4)),
      valid: start == nil && end == nil ? nil : Interval(start: start, end: end), grade: grade,
      handling: rows.optionalText(first + 9) ?? part.handling,
      standing: rows.int(first + 10) == 0 ? .fact : .assessment, recorded: part.recorded,
      withdrawn: part.withdrawn, suspensions: part.suspensions, batch: Int(batch),
      enteredBy: part.enteredBy)
  }

  /// The time of an event from its bounds and its texts, four columns in a row.
  static func time(_ rows: SQLStatement, at first: Int32) -> Interval? {
    var start: PartialDate?
    if let instant = rows.optionalInt(first) {
      start =
        rows.optionalText(first + 2).flatMap { PartialDate($0) }
        ?? PartialDate(milliseconds: instant)
    }
    var end: PartialDate?
    if let instant = rows.optionalInt(first + 1) {
      end =
        rows.optionalText(first + 3).flatMap { PartialDate($0) }
        ?? PartialDate(milliseconds: instant - 1000)
    }
    return start == nil && end == nil ? nil : Interval(start: start, end: end)
  }
}
