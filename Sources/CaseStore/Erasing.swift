// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// The deletion of what is erased, inside one transaction, and the sealing of what is left.
///
/// `erase` deletes rows; `seal` brings hashes, digests and the log to what is left. Between the two
/// the case does not verify.
struct Erasing {
  private let database: Database
  private let ontology: Ontology
  private let lists: EventLists
  /// What went.
  private(set) var values: [String] = []
  var report = ErasureReport()
  // Whether what sources say has changed, or only where it stands.
  private var changesContents = false
  private var deletedBatches: Set<Int64> = []

  init(_ database: Database, _ ontology: Ontology) throws {
    self.database = database
    self.ontology = ontology
    lists = try EventLists(database)
  }

  // MARK: Erasing

  /// Erases an entity.
  mutating func erase(entity id: String) throws {
    changesContents = true
    let row = try CaseStore.row(of: id, database)
    note(id)
    try noteValues("entity = \(row)")
    let relationships = try numbers(
      "SELECT DISTINCT relationship FROM relationship_end WHERE entity = \(row)")
    try deleteRelationships(relationships)
    let events = try numbers(lists.events(of: "\(row)"))
    var gone: [Int64] = []
    var left: [Int64] = []
    for event in events {
      if try leave(event, without: row) { left.append(event) } else { gone.append(event) }
    }
    report.changedEvents += left.count
    try lists.remove(left.map { EventLists.place(row, $0) }, database)
    try deleteEvents(gone)
    report.claims += try delete("claim", "entity = \(row)")
    try delete(entity: row)
    try deleteDecisions("kind = 'retain' AND label = ?", "entity \(id)")
  }

  /// Erases a source.
  mutating func erase(source name: String, known: [String]) throws {
    let find = try SQLStatement(database, "SELECT id FROM source WHERE name = ?")
    find.bind(name, at: 1)
    guard try find.step() else { throw CaseStoreError.noSource(name, known: known) }
    let source = find.int(0)
    find.reset()
    note(name)
    try noteValues("source = \(source)")
    let entities = try numbers(
      "SELECT DISTINCT entity FROM claim WHERE source = \(source) AND entity IS NOT NULL")
    let relationships = try numbers(
      """
      SELECT DISTINCT relationship FROM claim
      WHERE source = \(source) AND relationship IS NOT NULL
      """)
    report.claims += try delete("claim", "source = \(source)")
    var gone: [Int64] = []
    for event in try numbers("SELECT id FROM event WHERE source = \(source)") {
      if try giveToNextReport(event) { report.changedEvents += 1 } else { gone.append(event) }
    }
    try deleteEvents(gone)
    try deleteRelationships(relationships.filter { try !isSaid("relationship", $0) })
    for entity in entities { try settle(entity: entity) }
    try deleteParts(of: source)
    try deleteDecisions("kind = 'drop' AND drops = \(source)")
    try deleteDecisions("kind = 'retain' AND label = ?", "source \(name)")
    _ = try delete("source", "id = \(source)")
  }

  // An event goes on without a participant as long as it still joins something.
  private func leave(_ event: Int64, without entity: Int64) throws -> Bool {
    let rows = try SQLStatement(
      database,
      """
      SELECT term.text, origin, target,
        (SELECT count(*) FROM participant WHERE event = event.id AND entity <> \(entity))
      FROM event JOIN term ON term.id = event.schema WHERE event.id = \(event)
      """)
    guard try rows.step() else { return false }
    let schema = rows.text(0)
    let isMain = rows.optionalInt(1) == entity || rows.optionalInt(2) == entity
    let mains = [rows.optionalInt(1), rows.optionalInt(2)].count { $0 != nil && $0 != entity }
    let others = mains + Int(rows.int(3))
    rows.reset()
    // A main participant is one of the two roles without which the event joins nothing.
    if isMain && ontology[schema]?.arc != nil || others < 2 { return false }
    let participants = try SQLStatement(
      database,
      "SELECT role, entity FROM participant WHERE event = \(event) ORDER BY position")
    var kept: [(role: Int64, entity: Int64)] = []
    while try participants.step() {
      if participants.int(1) != entity { kept.append((participants.int(0), participants.int(1))) }
    }
    _ = try delete("participant", "event = \(event)")
    let insert = try SQLStatement(
      database, "INSERT INTO participant (event, position, role, entity) VALUES (?, ?, ?, ?)")
    for (position, participant) in kept.enumerated() {
      insert.bind(event, at: 1)
      insert.bind(Int64(position), at: 2)
      insert.bind(participant.role, at: 3)
      insert.bind(participant.entity, at: 4)
      try insert.run()
    }
    return true
  }

  // The report of another source takes the place of the one that goes.
  private func giveToNextReport(_ event: Int64) throws -> Bool {
    let next = try Int64.fetchOne(
      database,
      sql: "SELECT id FROM claim WHERE event = ? AND property IS NULL ORDER BY id LIMIT 1",
      arguments: [event])
    guard let next else { return false }
    let columns = MarkRow.columns
    let details = try SQLStatement(
      database,
      """
      SELECT claim.id, term.text, value, nullif(place, (SELECT place FROM claim WHERE id = \(next)))
      FROM claim JOIN term ON term.id = property
      WHERE event = \(event) AND (batch, source) = (SELECT batch, source FROM claim WHERE id = \(next))
        AND claim.id > \(next) ORDER BY claim.id
      """)
    // What one report says stands in the rows that follow.
    var properties: [PropertyValue] = []
    var moved = next
    while try details.step(), details.int(0) == moved + 1 {
      moved += 1
      properties.append(
        PropertyValue(details.text(1), details.text(2), column: details.optionalText(3)))
    }
    details.reset()
    let (numbers, others) = EventRows.split(EventRows.ordered(properties))
    let update = try SQLStatement(
      database,
      """
      UPDATE event SET key = \(EventKey.sql),
        (\(columns)) = (SELECT \(columns) FROM claim WHERE id = \(next)),
        duration = ?, amount = ?, currency = ?, details = ? WHERE id = \(event)
      """)
    EventRows.bindNumber(numbers[0], to: update, at: 1)
    EventRows.bindNumber(numbers[1], to: update, at: 2)
    update.bind(numbers[2], at: 3)
    update.bind(try EventDetails.text(others, Terms(database, isWriting: true)), at: 4)
    try update.run()
    _ = try delete("claim", "id BETWEEN \(next) AND \(moved)")
    return true
  }

  private func isSaid(_ kind: String, _ row: Int64) throws -> Bool {
    try Int.fetchOne(
      database,
      sql: "SELECT 1 FROM claim WHERE \(kind) = ? AND property IS NULL LIMIT 1",
      arguments: [row]) != nil
  }

  // An entity that nothing says any more goes; the schema that only the erased source gave as well.
  private mutating func settle(entity: Int64) throws {
    let schemata = try SQLStatement(
      database,
      "SELECT id, value FROM claim WHERE entity = \(entity) AND property IS NULL ORDER BY id")
    var claims: [(id: Int64, schema: String)] = []
    while try schemata.step() { claims.append((schemata.int(0), schemata.text(1))) }
    if let first = claims.first {
      guard !claims.contains(where: { $0.schema.isEmpty }) else { return }
      try database.execute(
        sql: "UPDATE entity SET schema = (SELECT id FROM term WHERE text = ?) WHERE id = ?",
        arguments: [first.schema, entity])
      for claim in claims where claim.schema == first.schema {
        try database.execute(sql: "UPDATE claim SET value = '' WHERE id = ?", arguments: [claim.id])
      }
      return
    }
    let isEnd = try Int.fetchOne(
      database,
      sql: """
        SELECT 1 FROM relationship_end WHERE entity = ?1 UNION ALL
        SELECT 1 FROM (\(lists.events(of: "?1"))) UNION ALL
        SELECT 1 FROM claim WHERE entity = ?1 LIMIT 1
        """, arguments: [entity])
    guard isEnd == nil else { return }
    note(try String.fetchOne(database, sql: "SELECT key FROM entity WHERE id = \(entity)") ?? "")
    try delete(entity: entity)
  }

  private mutating func delete(entity row: Int64) throws {
    // Its place on kept charts, where the file has such.
    if try database.tableExists("chart_place") { _ = try delete("chart_place", "entity = \(row)") }
    for decision in try CaseStore.resolutionRows(about: row, database) { try deleteBatch(decision) }
    report.entities += try delete("entity", "id = \(row)")
  }

  private mutating func deleteParts(of source: Int64) throws {
    let batches = try numbers("SELECT batch FROM declaration WHERE source = \(source)")
    _ = try delete("file", "source = \(source)")
    _ = try delete("declaration", "source = \(source)")
    for batch in batches {
      let others = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM declaration WHERE batch = \(batch)")
      guard others == 0 else { continue }
      _ = try delete("file", "batch = \(batch)")
      try deleteBatch(batch)
    }
  }

  private mutating func deleteDecisions(_ condition: String, _ value: String? = nil) throws {
    let rows = try SQLStatement(database, "SELECT id FROM batch WHERE \(condition)")
    if let value { rows.bind(value, at: 1) }
    var found: [Int64] = []
    while try rows.step() { found.append(rows.int(0)) }
    for batch in found { try deleteBatch(batch) }
  }

  // With an import or a decision go the decisions that revert it.
  private mutating func deleteBatch(_ batch: Int64) throws {
    for other in try numbers("SELECT id FROM batch WHERE reverts = \(batch)") {
      try deleteBatch(other)
    }
    _ = try delete("batch", "id = \(batch)")
    deletedBatches.insert(batch)
  }

  private mutating func deleteRelationships(_ rows: [Int64]) throws {
    for row in rows {
      let key = try String.fetchOne(
        database, sql: "SELECT key FROM relationship WHERE id = \(row)")
      note(key ?? "")
      report.claims += try delete("claim", "relationship = \(row)")
      _ = try delete("relationship_end", "relationship = \(row)")
      report.relationships += try delete("relationship", "id = \(row)")
    }
  }

  private mutating func deleteEvents(_ rows: [Int64]) throws {
    var places: [Int64] = []
    for row in rows {
      for entity in try CaseStore.ends(of: row, database) {
        places.append(EventLists.place(entity, row))
      }
    }
    try lists.remove(places, database)
    for row in rows {
      report.claims += try delete("claim", "event = \(row)")
      _ = try delete("participant", "event = \(row)")
      report.events += try delete("event", "id = \(row)")
    }
  }

  // MARK: What must not be left

  private mutating func noteValues(_ condition: String) throws {
    let rows = try SQLStatement(
      database,
      """
      SELECT DISTINCT term.text, coalesce(entity_schema.text, other_schema.text), value FROM claim
        JOIN term ON term.id = claim.property
        LEFT JOIN entity ON entity.id = claim.entity
        LEFT JOIN term AS entity_schema ON entity_schema.id = entity.schema
        LEFT JOIN relationship ON relationship.id = claim.relationship
        LEFT JOIN term AS other_schema ON other_schema.id = relationship.schema
      WHERE claim.\(condition)
      """)
    while try rows.step() {
      let type = ontology[rows.text(1)]?.property(rows.text(0))?.type
      if type.map(ClaimRows.indexedTypes.contains) ?? false { note(rows.text(2)) }
    }
  }

  private mutating func note(_ value: String) {
    if !value.isEmpty, !values.contains(value) { values.append(value) }
  }

  // MARK: Sealing

  /// Brings hashes, digests, the index of names and the log to what is left.
  mutating func seal(by erasure: BatchRow) throws {
    try renumberVariants("relationship")
    try renumberVariants("event")
    try deleteUnusedWords()
    var verification = try Verification(database)
    let rows = try verification.rows()
    for (table, changed) in [("claim", rows.changedClaims), ("event", rows.changedEvents)] {
      let update = try SQLStatement(database, "UPDATE \(table) SET hash = ? WHERE id = ?")
      for (row, hash) in changed.sorted(by: { $0.key < $1.key }) {
        update.bind(hash, at: 1)
        update.bind(row, at: 2)
        try update.run()
      }
    }
    let changed = try updateDeclarations(rows.claims, rows.events, rows.statements)
    try indexNames()
    let log = LogChain(database)
    try log.append(
      action: .erasure, recorded: erasure.recorded, who: erasure.enteredBy, reason: erasure.reason,
      batch: erasure)
    // The key by which the log committed to what was there is thrown away with it.
    var batches: [Int64: BatchRow] = [:]
    for batch in try BatchRow.all(database) { batches[batch.id] = batch }
    for id in changed.union(deletedBatches).sorted() {
      guard let batch = batches[id] else {
        try log.append(
          action: .erasure, recorded: erasure.recorded, who: erasure.enteredBy,
          reason: erasure.reason, erasedBatch: id)
        continue
      }
      let fresh = batch.withNewSecret()
      try fresh.updateSecret(database)
      try log.append(
        action: .erasure, recorded: erasure.recorded, who: erasure.enteredBy,
        reason: erasure.reason, batch: fresh)
    }
  }

  // Gives the declarations the digests of what is left; returns the imports that changed.
  private func updateDeclarations(
    _ claims: [Liveness.Part: PartRows], _ events: [Liveness.Part: PartRows],
    _ statements: [Liveness.Part: Statements]
  ) throws -> Set<Int64> {
    var changed: Set<Int64> = []
    let update = try SQLStatement(
      database,
      """
      UPDATE declaration SET claims = ?, events = ?, claim_digest = ?, event_digest = ?,
        content_digest = ? WHERE batch = ? AND source = ?
      """)
    let rows = try SQLStatement(
      database,
      """
      SELECT batch, source, claims, events, claim_digest, event_digest, content_digest
      FROM declaration ORDER BY batch, source
      """)
    var found: [(part: Liveness.Part, content: [UInt8])] = []
    while try rows.step() {
      let part = Liveness.Part(batch: rows.int(0), source: rows.int(1))
      let (own, ownEvents) = (claims[part] ?? PartRows(), events[part] ?? PartRows())
      let isSame =
        rows.int(2) == own.count && rows.int(3) == ownEvents.count
        && rows.bytes(4) == own.digest.finish().bytes
        && rows.bytes(5) == ownEvents.digest.finish().bytes
      if !isSame { found.append((part, rows.bytes(6))) }
    }
    // All parts of an import are known in the same way, or no later import would be known as it.
    let touched = Set(found.map(\.part.batch))
    if changesContents {
      let parts = try SQLStatement(database, "SELECT batch, source FROM declaration")
      while try parts.step() {
        let part = Liveness.Part(batch: parts.int(0), source: parts.int(1))
        if touched.contains(part.batch), !found.contains(where: { $0.part == part }) {
          found.append((part, []))
        }
      }
    }
    for (part, content) in found {
      let (own, ownEvents) = (claims[part] ?? PartRows(), events[part] ?? PartRows())
      update.bind(own.count, at: 1)
      update.bind(ownEvents.count, at: 2)
      update.bind(own.digest.finish().bytes, at: 3)
      update.bind(ownEvents.digest.finish().bytes, at: 4)
      let left = statements[part] ?? Statements()
      update.bind(changesContents ? left.digest.bytes : content, at: 5)
      update.bind(part.batch, at: 6)
      update.bind(part.source, at: 7)
      try update.run()
      changed.insert(part.batch)
    }
    return changed.union(try updateBatchDigests())
  }

  // The digest of an import is that of what it declares.
  private func updateBatchDigests() throws -> Set<Int64> {
    var contents: [Int64: RecordEncoder] = [:]
    let rows = try SQLStatement(
      database,
      """
      SELECT batch, name, kind, scheme, grade, handling, content_digest
      FROM declaration JOIN source ON source.id = declaration.source ORDER BY batch, name
      """)
    while try rows.step() {
      contents[rows.int(0), default: RecordEncoder()].encode(
        declaration: (1...5).map { rows.optionalText($0) },
        content: SHA256.Digest(bytes: rows.bytes(6)))
    }
    var changed: Set<Int64> = []
    for var batch in try BatchRow.all(database) where batch.kind == "import" {
      let digest = (contents[batch.id] ?? RecordEncoder()).digest.bytes
      guard batch.digest != digest else { continue }
      batch.digest = digest
      try batch.updateDigest(database)
      changed.insert(batch.id)
    }
    return changed
  }

  private func renumberVariants(_ table: String) throws {
    let rows = try SQLStatement(
      database,
      """
      SELECT id, (SELECT count(*) FROM \(table) AS other
        WHERE other.key = own.key AND other.id < own.id)
      FROM \(table) AS own WHERE variant > 0 ORDER BY id
      """)
    var numbers: [(row: Int64, variant: Int64)] = []
    while try rows.step() { numbers.append((rows.int(0), rows.int(1))) }
    for (row, variant) in numbers {
      try database.execute(
        sql: "UPDATE \(table) SET variant = ? WHERE id = ?", arguments: [variant, row])
    }
  }

  private func deleteUnusedWords() throws {
    let used =
      [
        ("entity", ["schema"]), ("relationship", ["schema"]), ("relationship_end", ["role"]),
        ("event", ["schema", "origin_role", "target_role", "file", "scheme"]),
        ("participant", ["role"]),
        ("claim", ["property", "file", "scheme"]),
      ].flatMap { table, columns in
        columns.map { "SELECT \($0) FROM \(table) WHERE \($0) IS NOT NULL" }
      }
      + [0, 2].map { position in
        """
        SELECT json_extract(entry.value, '$[\(position)]') FROM event, json_each(details) AS entry
        WHERE details IS NOT NULL AND json_extract(entry.value, '$[\(position)]') IS NOT NULL
        """
      }
    _ = try delete("term", "id NOT IN (\(used.joined(separator: " UNION ")))")
  }

  private func indexNames() throws {
    let rows = try SQLStatement(
      database,
      """
      SELECT claim.id, claim.value, property.text, schema.text FROM claim
        JOIN term AS property ON property.id = claim.property
        JOIN entity ON entity.id = claim.entity
        JOIN term AS schema ON schema.id = entity.schema ORDER BY claim.id
      """)
    try NameIndex.clear(database)
    let index = try NameIndex(database)
    while try rows.step() {
      let indexing = ClaimRows.indexing(ontology[rows.text(3)]?.property(rows.text(2))?.type)
      if indexing == .not { continue }
      try index.add(claim: rows.int(0), rows.text(1), isName: indexing == .name)
    }
  }

  // MARK: Rows

  private func delete(_ table: String, _ condition: String) throws -> Int {
    try database.execute(sql: "DELETE FROM \(table) WHERE \(condition)")
    return database.changesCount
  }

  private func numbers(_ sql: String) throws -> [Int64] {
    try Int64.fetchAll(database, sql: sql)
  }
}
