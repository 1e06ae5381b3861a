// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

extension CaseStore {
  /// Everything in the file that is not as it was written, as sentences; none when all is well.
  ///
  /// It checks the pages of the database, the hash of every claim and event, the digest of every
  /// part of every import, and the chain of the log. Who can write the file can write a new chain:
  /// compare the last entry's number and hash with those on an export to notice that.
  ///
  /// - Complexity: O(n) in the size of the file.
  public func verify() throws -> [String] {
    try file.read { database in
      var problems: [String] = []
      let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
      if pages != ["ok"] { problems += pages.map { "the database is damaged: \($0)" } }
      problems += try LogChain(database).problems()
      var verification = try Verification(database)
      problems += try verification.problems()
      return problems
    }
  }
}

/// The comparison of rows with their hashes and of the rows of a part with its digest.
private struct Verification {
  private let database: Database
  private let terms: Terms
  // The two main participants, then the others.
  private let participantRows: SQLStatement
  private var encoder = RecordEncoder()
  private var sourceNames: [Int64: String] = [:]
  private var entityKeys: [Int64: String] = [:]

  init(_ database: Database) throws {
    self.database = database
    terms = try Terms(database, isWriting: false)
    participantRows = try SQLStatement(
      database,
      """
      SELECT origin_role, origin, -2 AS position FROM event WHERE id = ?1 AND origin IS NOT NULL
      UNION ALL
      SELECT target_role, target, -1 FROM event WHERE id = ?1 AND target IS NOT NULL
      UNION ALL
      SELECT role, entity, position FROM participant WHERE event = ?1 ORDER BY position
      """)
    let sources = try SQLStatement(database, "SELECT id, name FROM source")
    while try sources.step() { sourceNames[sources.int(0)] = sources.text(1) }
    let entities = try SQLStatement(database, "SELECT id, key FROM entity")
    while try entities.step() { entityKeys[entities.int(0)] = entities.text(1) }
  }

  mutating func problems() throws -> [String] {
    var (problems, claimDigests) = try claims()
    let (eventProblems, eventDigests) = try events()
    problems += eventProblems
    let rows = try SQLStatement(
      database,
      """
      SELECT batch, source, claim_digest, event_digest FROM declaration ORDER BY batch, source
      """)
    while try rows.step() {
      let part = Liveness.Part(batch: rows.int(0), source: rows.int(1))
      let isWhole =
        rows.bytes(2) == (claimDigests[part] ?? SHA256()).finish().bytes
        && rows.bytes(3) == (eventDigests[part] ?? SHA256()).finish().bytes
      if !isWhole {
        problems.append(
          "what import \(part.batch) brought from '\(sourceNames[part.source] ?? "?")' "
            + "is not what was stored")
      }
    }
    return problems
  }

  private mutating func claims() throws -> ([String], [Liveness.Part: SHA256]) {
    let ends = try SQLStatement(
      database,
      "SELECT role, entity FROM relationship_end WHERE relationship = ? ORDER BY position")
    let rows = try SQLStatement(
      database,
      """
      SELECT claim.id, property, value, claim.hash, coalesce(entity.key, relationship.key,
        event.key), coalesce(entity.schema, relationship.schema, event.schema), claim.entity,
        relationship.id, event.id, \(columns("claim"))
      FROM claim LEFT JOIN entity ON entity.id = claim.entity
        LEFT JOIN relationship ON relationship.id = claim.relationship
        LEFT JOIN event ON event.id = claim.event
      ORDER BY claim.id
      """)
    var problems: [String] = []
    var digests: [Liveness.Part: SHA256] = [:]
    while try rows.step() {
      let subject: Claim.Subject =
        !rows.isNull(6)
        ? .entity(rows.text(4))
        : !rows.isNull(7) ? .relationship(rows.text(4)) : .event(rows.text(4))
      let property = try terms.text(rows.optionalInt(1))
      var schema: String?
      var joined: [End] = []
      if property == nil {
        schema = rows.text(2).isEmpty ? try terms.text(rows.int(5)) : rows.text(2)
        if case .relationship = subject { joined = try read(ends, of: rows.int(7)) }
        if case .event = subject { joined = try participants(of: rows.int(8)) }
      }
      encoder.encode(
        claim: subject, property: property, value: property == nil ? "" : rows.text(2),
        schema: schema, ends: joined, marks: try marks(rows, at: 9))
      if encoder.rowHash != rows.int(3) {
        problems.append("claim \(rows.int(0)) about '\(rows.text(4))' was changed")
      }
      let part = Liveness.Part(batch: rows.int(9), source: rows.int(10))
      digests[part, default: SHA256()].update(rowHash: encoder.rowHash)
    }
    return (problems, digests)
  }

  private mutating func events() throws -> ([String], [Liveness.Part: SHA256]) {
    let values = try SQLStatement(
      database,
      "SELECT property, value, place FROM event_value WHERE event = ? ORDER BY position")
    let rows = try SQLStatement(
      database,
      """
      SELECT id, key, schema, start_at, end_at, start_text, end_text, duration, amount, currency,
        hash, \(columns("event"))
      FROM event ORDER BY id
      """)
    var problems: [String] = []
    var digests: [Liveness.Part: SHA256] = [:]
    while try rows.step() {
      var properties: [PropertyValue] = []
      for (index, name) in EventRows.columnProperties.enumerated() {
        if let value = rows.numberText(Int32(7 + index)) {
          properties.append(PropertyValue(name, value))
        }
      }
      values.bind(rows.int(0), at: 1)
      while try values.step() {
        properties.append(
          PropertyValue(
            try terms.text(values.int(0)), values.text(1), column: values.optionalText(2)))
      }
      let event = Event(
        id: rows.text(1), schema: try terms.text(rows.int(2)),
        time: ContentsLoader.time(rows, at: 3),
        participants: try participants(of: rows.int(0)), properties: properties,
        evidence: Evidence(source: ""))
      encoder.encode(event: event, marks: try marks(rows, at: 11))
      if encoder.rowHash != rows.int(10) {
        problems.append("event \(rows.int(0)) ('\(event.id)') was changed")
      }
      let part = Liveness.Part(batch: rows.int(11), source: rows.int(12))
      digests[part, default: SHA256()].update(rowHash: encoder.rowHash)
    }
    return (problems, digests)
  }

  private func participants(of event: Int64) throws -> [End] {
    try read(participantRows, of: event)
  }

  private func read(_ rows: SQLStatement, of number: Int64) throws -> [End] {
    rows.bind(number, at: 1)
    var result: [End] = []
    while try rows.step() {
      result.append(
        End(role: try terms.text(rows.int(0)), entity: entityKeys[rows.int(1)] ?? ""))
    }
    return result
  }

  private func columns(_ table: String) -> String {
    MarkRow.columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
  }

  private func marks(_ rows: SQLStatement, at first: Int32) throws -> Marks {
    let start = rows.optionalText(first + 5).flatMap { PartialDate($0) }
    let end = rows.optionalText(first + 6).flatMap { PartialDate($0) }
    return Marks(
      source: sourceNames[rows.int(first + 1)] ?? "",
      locator: Locator(
        file: try terms.text(rows.optionalInt(first + 2)),
        line: rows.optionalInt(first + 3).map { Int($0) }, place: rows.optionalText(first + 4)),
      valid: start == nil && end == nil ? nil : Interval(start: start, end: end),
      grade: try rows.optionalText(first + 8).map {
        Grade(scheme: try terms.text(rows.int(first + 7)), code: $0)
      }, handling: rows.optionalText(first + 9),
      standing: rows.int(first + 10) == 0 ? .fact : .assessment)
  }
}
