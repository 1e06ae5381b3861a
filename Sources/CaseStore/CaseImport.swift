// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import Foundation
internal import GRDB

/// The writing of one import: assertions in, rows out, in the order in which they come.
final class CaseImport {
  /// What came from one source.
  private struct Part {
    let source: Source
    let id: Int64
    var claims = SHA256()
    var events = SHA256()
    var claimCount = 0
    var eventCount = 0
  }

  private let database: Database
  private let ontology: Ontology
  private let grading: GradingSchemes
  private let liveness: Liveness
  private let batch: Int64
  private let terms: Terms
  private var entities: EntityRows
  private var relationships: RelationshipRows
  private var events: EventRows
  private let claims: ClaimRows
  private var parts: [String: Part] = [:]
  private var known: [String: Source]
  private var encoder = RecordEncoder()

  /// Starts an import.
  ///
  /// - Parameters:
  ///   - database: a connection inside a transaction.
  ///   - batch: the number of the import, whose row is written at the end.
  ///   - sources: the sources that the import declares.
  ///   - known: the sources that the case has, as they were declared last.
  ///   - ontology: the schemata of the case.
  ///   - grading: the grading schemes of the case.
  init(
    _ database: Database, batch: Int64, sources: [Source], known: [Source], ontology: Ontology,
    grading: GradingSchemes
  ) throws {
    self.database = database
    self.batch = batch
    self.ontology = ontology
    self.grading = grading
    liveness = try Liveness(database)
    terms = try Terms(database, isWriting: true)
    entities = try EntityRows(database, ontology, liveness)
    relationships = try RelationshipRows(database, liveness)
    events = try EventRows(database, liveness)
    claims = try ClaimRows(database, batch: batch)
    self.known = [:]
    for source in known { self.known[source.name] = source }
    for source in sources { try declare(source) }
  }

  /// Stores what one row of a source says.
  func append(_ assertion: Assertion) throws {
    var assertion = assertion
    let place = assertion.locator.description
    do {
      try ontology.check(assertion)
      if let grade = assertion.grade {
        assertion.grade = try grading.grade(grade.code, scheme: grade.scheme)
      }
      assertion.handling = try assertion.handling.map { code throws(CaseModelError) in
        try grading.handlingCode(code)
      }
    } catch {
      throw CaseStoreError.assertion(place: place, error)
    }
    if let valid = assertion.valid {
      if valid.isReversed {
        throw CaseStoreError.reversedInterval(place: place, interval: valid.description)
      }
      if valid.isUnbounded { assertion.valid = nil }
    }
    try declareIfKnown(assertion.source, place: place)
    switch assertion.subject {
    case .entity(let id, let schema):
      try append(entity: id, schema: schema, assertion, place)
    case .relationship(let id, let schema, let ends):
      try append(relationship: id, schema: schema, ends: ends, assertion, place)
    case .event(let id, let schema, let time, let participants):
      try append(
        event: id, schema: schema, time: time, participants: participants, assertion, place)
    }
  }

  /// What the import brought, counted.
  var counts: ImportCounts {
    ImportCounts(
      entities: entities.newCount, relationships: relationships.newCount,
      events: events.newCount, claims: parts.values.reduce(0) { $0 + $1.claimCount })
  }

  /// Checks what could only be checked at the end and gives the digest of the whole.
  func finish() throws -> SHA256.Digest {
    try entities.finish(terms: terms)
    encoder.clear()
    for part in orderedParts {
      encoder.add(part.source.name)
      encoder.add(part.source.kind)
      encoder.add(part.source.grade?.scheme)
      encoder.add(part.source.grade?.code)
      encoder.add(part.source.handling)
      encoder.add(part.claims.finish())
      encoder.add(part.events.finish())
    }
    return SHA256.hash(of: encoder.bytes)
  }

  /// Writes what the import says of its sources; the batch's own row must be there.
  func writeDeclarations() throws {
    let insert = try SQLStatement(
      database,
      """
      INSERT INTO declaration
        (batch, source, kind, scheme, grade, handling, claims, events, claim_digest, event_digest)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for part in orderedParts {
      insert.bind(batch, at: 1)
      insert.bind(part.id, at: 2)
      insert.bind(part.source.kind, at: 3)
      insert.bind(part.source.grade?.scheme, at: 4)
      insert.bind(part.source.grade?.code, at: 5)
      insert.bind(part.source.handling, at: 6)
      insert.bind(Int64(part.claimCount), at: 7)
      insert.bind(Int64(part.eventCount), at: 8)
      insert.bind(part.claims.finish().bytes, at: 9)
      insert.bind(part.events.finish().bytes, at: 10)
      try insert.run()
    }
  }

  /// The files that the import's sources name, and their numbers.
  var sourceFiles: [(source: Int64, file: SourceFile)] {
    orderedParts.compactMap { part in part.source.file.map { (part.id, $0) } }
  }

  private var orderedParts: [Part] {
    parts.values.sorted {
      $0.source.name.utf8.lexicographicallyPrecedes($1.source.name.utf8)
    }
  }

  // MARK: Sources

  private func declare(_ source: Source) throws {
    var source = source
    do {
      if let grade = source.grade {
        source.grade = try grading.grade(grade.code, scheme: grade.scheme)
      }
      source.handling = try source.handling.map { code throws(CaseModelError) in
        try grading.handlingCode(code)
      }
    } catch {
      throw CaseStoreError.assertion(place: "source '\(source.name)'", error)
    }
    let find = try SQLStatement(database, "SELECT id FROM source WHERE name = ?")
    find.bind(source.name, at: 1)
    let id: Int64
    if try find.step() {
      id = find.int(0)
      find.reset()
    } else {
      let insert = try SQLStatement(database, "INSERT INTO source (name) VALUES (?)")
      insert.bind(source.name, at: 1)
      try insert.run()
      id = database.lastInsertedRowID
    }
    parts[source.name] = Part(source: source, id: id)
    known[source.name] = source
  }

  private func declareIfKnown(_ name: String, place: String) throws {
    if parts[name] != nil { return }
    guard var source = known[name] else {
      throw CaseStoreError.unknownSource(place: place, name: name, known: known.keys.sorted())
    }
    source.file = nil
    try declare(source)
  }

  // MARK: Assertions

  private func append(
    entity id: String, schema: String, _ assertion: Assertion, _ place: String
  ) throws {
    let key = try checkedKey(id, place)
    let row = try entities.define(key, schema: schema, place: place, terms: terms)
    try claim(
      .entity(key), row.id, assertion, schema: schema, isSchemaOfRow: row.isSchemaOfRow, ends: [])
  }

  private func append(
    relationship id: String, schema: String, ends: [End], _ assertion: Assertion, _ place: String
  ) throws {
    let key = try checkedKey(id, place)
    let ends = try ends.map { End(role: $0.role, entity: try checkedKey($0.entity, place)) }
    let rows = try ends.map { end in
      (
        try terms.id(end.role),
        try entities.refer(end, relation: schema, place: place, terms: terms)
      )
    }
    let row = try relationships.define(
      key, schema: try terms.id(schema), ends: rows, place: place)
    try claim(
      .relationship(key), row, assertion, schema: schema, isSchemaOfRow: true, ends: ends)
  }

  private func append(
    event id: String, schema name: String, time: Interval?, participants: [End],
    _ assertion: Assertion, _ place: String
  ) throws {
    let key = try checkedKey(id, place)
    if let time, time.isReversed {
      throw CaseStoreError.reversedInterval(place: place, interval: time.description)
    }
    var ends = try participants.map {
      End(role: $0.role, entity: try checkedKey($0.entity, place))
    }
    // The two main participants come first, so that they have columns of their own.
    var mainCount = [false, false]
    if let arc = try ontology.schema(name).arc {
      var first: [End?] = [nil, nil]
      for (slot, role) in [arc.source, arc.target].enumerated() {
        guard let index = ends.firstIndex(where: { $0.role == role }) else { continue }
        first[slot] = ends.remove(at: index)
        mainCount[slot] = true
      }
      ends = first.compactMap(\.self) + ends
    }
    let rows = try ends.map { end in
      (
        try terms.id(end.role),
        try entities.refer(end, relation: name, place: place, terms: terms)
      )
    }
    let marks = marks(of: assertion)
    let event = Event(
      id: key, schema: name, time: time.flatMap { $0.isUnbounded ? nil : $0 },
      participants: ends, properties: EventRows.ordered(assertion.properties),
      evidence: Evidence(source: marks.source))
    encoder.encode(event: event, marks: marks)
    guard let part = parts[assertion.source] else { return }
    let isNew = try events.insert(
      event, participants: rows, hasOrigin: mainCount[0], hasTarget: mainCount[1],
      marks: MarkRow(marks, source: part.id, batch: batch, terms), hash: encoder.rowHash,
      place: place, terms: terms)
    switch isNew {
    case nil:
      parts[assertion.source]?.events.update(encoder.bytes.span)
      parts[assertion.source]?.eventCount += 1
    case let row?:
      // Another report of an event that the case has.
      try claim(.event(key), row, assertion, schema: name, isSchemaOfRow: true, ends: ends)
    }
  }

  private func claim(
    _ subject: Claim.Subject, _ row: Int64, _ assertion: Assertion, schema: String,
    isSchemaOfRow: Bool, ends: [End]
  ) throws {
    let marks = marks(of: assertion)
    guard let part = parts[assertion.source] else { return }
    var markRow = try MarkRow(marks, source: part.id, batch: batch, terms)
    // Which schema the row has depends on what was imported and withdrawn before; the digest must
    // not, and has the schema apart.
    encoder.encode(
      claim: subject, property: nil, value: "", schema: schema, ends: ends, marks: marks)
    try claims.insert(
      subject, row, property: nil, value: isSchemaOfRow ? "" : schema, marks: markRow, hash: encoder.rowHash,
      isIndexed: false)
    parts[assertion.source]?.claims.update(encoder.bytes.span)
    parts[assertion.source]?.claimCount += 1
    let types = ontology[schema]
    for property in assertion.properties where !property.value.isEmpty {
      var own = marks
      own.locator.place = property.column ?? marks.locator.place
      markRow.place = own.locator.place
      encoder.encode(
        claim: subject, property: property.property, value: property.value, schema: nil, ends: [],
        marks: own)
      let isIndexed =
        types?.property(property.property).map { ClaimRows.indexedTypes.contains($0.type) } ?? false
      try claims.insert(
        subject, row, property: try terms.id(property.property), value: property.value,
        marks: markRow, hash: encoder.rowHash, isIndexed: isIndexed)
      parts[assertion.source]?.claims.update(encoder.bytes.span)
      parts[assertion.source]?.claimCount += 1
    }
  }

  private func marks(of assertion: Assertion) -> Marks {
    Marks(
      source: assertion.source, locator: assertion.locator, valid: assertion.valid,
      grade: assertion.grade, handling: assertion.handling, standing: assertion.standing)
  }

  // Ids compare by their composed form: the same letters written in two ways are one id.
  private func checkedKey(_ id: String, _ place: String) throws -> String {
    if id.isEmpty { throw CaseStoreError.emptyID(place: place) }
    return id.utf8.allSatisfy { $0 < 0x80 } ? id : id.precomposedStringWithCanonicalMapping
  }
}
