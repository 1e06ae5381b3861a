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
    // What the source says, whatever the case holds already.
    var content = SHA256()
    // The same statement by statement, where something was erased from the case: an import from which
    // an erasure took some is known by what is left.
    var statements: Statements?
    // The rows that this made.
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
  private var parts: [Part] = []
  private var partOfSource: [String: Int] = [:]
  private var known: [String: Source]
  private var encoder = RecordEncoder()
  private var blocks: [String: EventBlockRows?] = [:]
  private let ends: EventEnds
  private var blockEventCount = 0
  private var blockCounts = EventCounts()
  private let wasWithoutEvents: Bool
  // What the schemata say, looked up once.
  private var arcs: [String: Schema.Arc?] = [:]
  private var indexed: [String: [String: ClaimRows.Indexing]] = [:]
  private var tombstones: Tombstones
  /// The number of assertions left out because what they are about was erased from the case.
  private(set) var erasedCount = 0

  /// Starts an import.
  ///
  /// - Parameters:
  ///   - database: a connection inside a transaction.
  ///   - batch: the number of the import, whose row is there already.
  ///   - sources: the sources that the import declares.
  ///   - known: the sources that the case has, as they were declared last.
  ///   - ontology: the schemata of the case.
  ///   - grading: the grading schemes of the case.
  /// - Throws: `CaseStoreError` when a source's grade or handling code is unknown.
  init(
    _ database: Database, batch: Int64, sources: [Source], known: [Source], ontology: Ontology,
    grading: GradingSchemes
  ) throws {
    self.database = database
    self.batch = batch
    self.ontology = ontology
    self.grading = grading
    liveness = try Liveness(database)
    wasWithoutEvents = try Int.fetchOne(database, sql: "SELECT 1 FROM event LIMIT 1") == nil
    terms = try Terms(database, isWriting: true)
    entities = try EntityRows(database, ontology, liveness)
    relationships = try RelationshipRows(database, liveness)
    ends = try EventEnds(database, EventLists(database))
    events = try EventRows(database, liveness, ends)
    claims = try ClaimRows(database, batch: batch)
    tombstones = try Tombstones(database)
    self.known = [:]
    for source in known { self.known[source.name] = source }
    for source in sources { try declare(source) }
  }

  /// Stores what one row of a source says.
  func append(_ assertion: Assertion) throws {
    var assertion = assertion
    do {
      try ontology.check(assertion)
      if let grade = assertion.grade {
        assertion.grade = try grading.grade(grade.code, scheme: grade.scheme)
      }
      assertion.handling = try assertion.handling.map { code throws(CaseModelError) in
        try grading.handlingCode(code)
      }
    } catch {
      throw CaseStoreError.assertion(place: assertion.locator.description, error)
    }
    if let valid = assertion.valid {
      if valid.isReversed {
        throw CaseStoreError.reversedInterval(
          place: assertion.locator.description, interval: valid.description)
      }
      if valid.isUnbounded { assertion.valid = nil }
    }
    if !tombstones.isEmpty {
      guard let kept = try withoutErased(assertion) else {
        erasedCount += 1
        return
      }
      assertion = kept
    }
    let part = try part(of: assertion.source, assertion.locator)
    switch assertion.subject {
    case .entity(let id, let schema):
      let key = try checkedKey(id, assertion.locator)
      let row = try entities.define(
        key, schema: schema, locator: assertion.locator, terms: terms)
      try claim(
        .entity(key), row.id, assertion, part, schema: schema, isSchemaOfRow: row.isSchemaOfRow,
        ends: [], isContent: true)
    case .relationship(let id, let schema, let ends):
      try append(relationship: id, schema: schema, ends: ends, assertion, part)
    case .event(let id, let schema, let time, let participants):
      try append(
        event: id, schema: schema, time: time, participants: participants, assertion, part)
    }
  }

  /// Stores what a block of rows says.
  ///
  /// A table that the case has events of already, or a case from which something was erased, takes
  /// the way of single assertions; the outcome is the same.
  func append(_ block: EventBlock) throws {
    guard let arc = arc(of: block.schema) else {
      preconditionFailure("the events of a block have two participants")
    }
    let roles = (arc.source, arc.target)
    let key = "\(block.schema)\u{0}\(block.source)\u{0}\(block.file)"
    if blocks[key] == nil { blocks.updateValue(try rows(for: block, roles), forKey: key) }
    // Taken out while it is changed, so that it is not copied.
    guard var rows = blocks.updateValue(nil, forKey: key) ?? nil else {
      for event in 0..<block.count { try append(block.assertion(event, arc: roles)) }
      return
    }
    for number in rows.entityCount..<block.entities.count {
      // Where the entity stands first says which role it has; the reader has checked both.
      let place = Locator(file: block.file, line: block.lines.first)
      let id = try checkedKey(block.entities[number], place)
      rows.appendEntity(id, row: try entities.refer(id, locator: place, terms: terms))
    }
    let part = try part(of: block.source, Locator(file: block.file, line: block.lines.first))
    var own = parts[part]
    try rows.write(
      block, ends: ends, counts: &blockCounts, content: &own.content, events: &own.events,
      statements: &own.statements)
    own.eventCount += block.count
    parts[part] = own
    blockEventCount += block.count
    blocks[key] = rows
  }

  private func rows(
    for block: EventBlock, _ arc: (source: String, target: String)
  ) throws -> EventBlockRows? {
    guard tombstones.isEmpty else { return nil }
    // What makes two rows of one file one event is their place, which a table has once.
    if !wasWithoutEvents {
      let file = try terms.id(block.file)
      let known = try Int.fetchOne(
        database,
        sql: "SELECT 1 FROM event WHERE file = ? AND batch <> ? LIMIT 1", arguments: [file, batch])
      if known != nil { return nil }
    }
    let part = try part(of: block.source, Locator(file: block.file, line: block.lines.first))
    return try EventBlockRows(
      database, block, arc: arc, batch: batch, source: parts[part].id, terms: terms)
  }

  /// What the import brought, counted.
  var counts: ImportCounts {
    ImportCounts(
      entities: entities.newCount, relationships: relationships.newCount,
      events: events.newCount + blockEventCount, claims: parts.reduce(0) { $0 + $1.claimCount })
  }

  /// What the rows of events are that the import brought.
  var eventCounts: EventCounts {
    var counts = events.counts
    counts.add(blockCounts)
    return counts
  }

  /// Checks what could only be checked at the end and gives the digest of the whole, and the one
  /// that an earlier import of the same has if some of it was erased.
  func finish() throws -> (digest: SHA256.Digest, left: SHA256.Digest?) {
    try entities.finish(terms: terms)
    try ends.write()
    let digest = digest { $0.content.finish() }
    guard !tombstones.isEmpty else { return (digest, nil) }
    return (digest, self.digest { $0.statements?.digest ?? $0.content.finish() })
  }

  private func digest(_ content: (Part) -> SHA256.Digest) -> SHA256.Digest {
    encoder.clear()
    for part in orderedParts {
      encoder.encode(
        declaration: [
          part.source.name, part.source.kind, part.source.grade?.scheme, part.source.grade?.code,
          part.source.handling,
        ], content: content(part))
    }
    return encoder.digest
  }

  /// Writes what the import says of its sources.
  func writeDeclarations() throws {
    let insert = try SQLStatement(
      database,
      """
      INSERT INTO declaration
        (batch, source, kind, scheme, grade, handling, claims, events, content_digest, claim_digest,
         event_digest)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
      insert.bind(part.content.finish().bytes, at: 9)
      insert.bind(part.claims.finish().bytes, at: 10)
      insert.bind(part.events.finish().bytes, at: 11)
      try insert.run()
    }
  }

  /// The files that the import's sources name, and their numbers.
  var sourceFiles: [(source: Int64, file: SourceFile)] {
    orderedParts.compactMap { part in part.source.file.map { (part.id, $0) } }
  }

  private var orderedParts: [Part] {
    parts.sorted {
      $0.source.name.utf8.lexicographicallyPrecedes($1.source.name.utf8)
    }
  }

  // MARK: Sources

  private func declare(_ source: Source) throws {
    if tombstones.contains(.source(source.name)) {
      throw CaseStoreError.erasedSource(source.name)
    }
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
    partOfSource[source.name] = parts.count
    var part = Part(source: source, id: id)
    if !tombstones.isEmpty { part.statements = Statements() }
    parts.append(part)
    known[source.name] = source
  }

  // The position of a source's part; a source that only the case declares is declared again.
  private func part(of name: String, _ locator: Locator) throws -> Int {
    if let part = partOfSource[name] { return part }
    guard var source = known[name] else {
      throw CaseStoreError.unknownSource(
        place: locator.description, name: name, known: known.keys.sorted())
    }
    source.file = nil
    try declare(source)
    return parts.count - 1
  }

  // MARK: Assertions

  private func append(
    relationship id: String, schema: String, ends: [End], _ assertion: Assertion, _ part: Int
  ) throws {
    let locator = assertion.locator
    let key = try checkedKey(id, locator)
    let ends = try ends.map { End(role: $0.role, entity: try checkedKey($0.entity, locator)) }
    let row = try relationships.define(
      key, schema: try terms.id(schema), ends: try rows(of: ends, in: schema, locator),
      locator: locator)
    try claim(
      .relationship(key), row, assertion, part, schema: schema, isSchemaOfRow: true, ends: ends,
      isContent: true)
  }

  private func append(
    event id: String, schema name: String, time: Interval?, participants: [End],
    _ assertion: Assertion, _ part: Int
  ) throws {
    let locator = assertion.locator
    let key = try checkedKey(id, locator)
    if let time, time.isReversed {
      throw CaseStoreError.reversedInterval(
        place: locator.description, interval: time.description)
    }
    var ends = try participants.map {
      End(role: $0.role, entity: try checkedKey($0.entity, locator))
    }
    // The two main participants come first, so that they have columns of their own.
    var main: [End?] = [nil, nil]
    if let arc = arc(of: name) {
      for (slot, role) in [arc.source, arc.target].enumerated() {
        guard let index = ends.firstIndex(where: { $0.role == role }) else { continue }
        main[slot] = ends.remove(at: index)
      }
      ends = main.compactMap(\.self) + ends
    }
    let marks = marks(of: assertion)
    let event = Event(
      id: key, schema: name, time: time.flatMap { $0.isUnbounded ? nil : $0 },
      participants: ends, properties: EventRows.ordered(assertion.properties),
      evidence: Evidence(source: marks.source))
    encoder.encode(event: event, marks: marks)
    let digest = encoder.digest
    parts[part].content.update(digest.bytes.span)
    parts[part].statements?.add(digest)
    let (row, isNew) = try events.insert(
      event, participants: try rows(of: ends, in: name, locator), hasOrigin: main[0] != nil,
      hasTarget: main[1] != nil,
      marks: MarkRow(marks, source: parts[part].id, batch: batch, terms), hash: digest.rowHash,
      locator: locator, terms: terms)
    if isNew {
      parts[part].events.update(row: row, digest)
      parts[part].eventCount += 1
    } else {
      // Another report of an event that the case has.
      try claim(
        .event(key), row, assertion, part, schema: name, isSchemaOfRow: true, ends: ends,
        isContent: false)
    }
  }

  private func rows(
    of ends: [End], in relation: String, _ locator: Locator
  ) throws -> [(role: Int64, entity: Int64)] {
    try ends.map { end in
      (
        try terms.id(end.role),
        try entities.refer(end, relation: relation, locator: locator, terms: terms)
      )
    }
  }

  private func claim(
    _ subject: Claim.Subject, _ row: Int64, _ assertion: Assertion, _ part: Int, schema: String,
    isSchemaOfRow: Bool, ends: [End], isContent: Bool
  ) throws {
    let marks = marks(of: assertion)
    var markRow = try MarkRow(marks, source: parts[part].id, batch: batch, terms)
    func store(_ property: Int64?, _ value: String, _ indexing: ClaimRows.Indexing) throws {
      let digest = encoder.digest
      let number = try claims.insert(
        subject, row, property: property, value: value, marks: markRow, hash: digest.rowHash,
        indexing: indexing)
      if isContent {
        parts[part].content.update(digest.bytes.span)
        parts[part].statements?.add(digest)
      }
      parts[part].claims.update(row: number, digest)
      parts[part].claimCount += 1
    }
    // Which schema the row has depends on what was imported and withdrawn before; the digest must
    // not, and has the schema apart.
    encoder.encode(
      claim: subject, property: nil, value: "", schema: schema, ends: ends, marks: marks)
    try store(nil, isSchemaOfRow ? "" : schema, .not)
    for property in assertion.properties where !property.value.isEmpty {
      var own = marks
      own.locator.place = property.column ?? marks.locator.place
      markRow.place = own.locator.place
      encoder.encode(
        claim: subject, property: property.property, value: property.value, schema: nil, ends: [],
        marks: own)
      try store(
        try terms.id(property.property), property.value, indexing(property.property, of: schema))
    }
  }

  // What was erased stays erased: the rules are those of `Erasing`. Nil when nothing is left to say.
  private func withoutErased(_ assertion: Assertion) throws -> Assertion? {
    var assertion = assertion
    func isErased(_ id: String) throws -> Bool {
      tombstones.contains(entity: try checkedKey(id, assertion.locator))
    }
    switch assertion.subject {
    case .entity(let id, _):
      return try isErased(id) ? nil : assertion
    case .relationship(_, _, let ends):
      return try ends.contains { try isErased($0.entity) } ? nil : assertion
    case .event(let id, let schema, let time, let participants):
      let kept = try participants.filter { try !isErased($0.entity) }
      if kept.count == participants.count { return assertion }
      let lost = Set(participants.map(\.role)).subtracting(kept.map(\.role))
      if let arc = arc(of: schema), !lost.isDisjoint(with: [arc.source, arc.target]) { return nil }
      if kept.count < 2 { return nil }
      assertion.subject = .event(id: id, schema: schema, time: time, participants: kept)
      return assertion
    }
  }

  private func arc(of schema: String) -> Schema.Arc? {
    if let known = arcs[schema] { return known }
    let arc = ontology[schema]?.arc
    arcs[schema] = arc
    return arc
  }

  private func indexing(_ property: String, of schema: String) -> ClaimRows.Indexing {
    if let known = indexed[schema]?[property] { return known }
    let answer = ClaimRows.indexing(ontology[schema]?.property(property)?.type)
    indexed[schema, default: [:]][property] = answer
    return answer
  }

  private func marks(of assertion: Assertion) -> Marks {
    Marks(
      source: assertion.source, locator: assertion.locator, valid: assertion.valid,
      grade: assertion.grade, handling: assertion.handling, standing: assertion.standing)
  }

  // Ids compare by their composed form: the same letters written in two ways are one id.
  private func checkedKey(_ id: String, _ locator: Locator) throws -> String {
    if id.isEmpty { throw CaseStoreError.emptyID(place: locator.description) }
    return id.utf8.allSatisfy { $0 < 0x80 } ? id : id.precomposedStringWithCanonicalMapping
  }
}
