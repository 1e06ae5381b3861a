// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

extension CaseStore {
  /// Everything in the file that is not as it was written, as sentences; none when all is well.
  ///
  /// It checks the pages of the database, the hash of every claim and event, the digest of every
  /// part of every import, and the chain of the log, whose entries commit to these digests, to what
  /// was declared of the sources, to the files and to the case's own schemata. Who can write the file can write a new chain:
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
      if problems.isEmpty { problems += try summaryProblems(database) }
      return problems
    }
  }
}

/// The rows of one kind that a part of an import brought.
struct PartRows {
  /// The digest of the rows with their numbers.
  var digest = SHA256()
  var count: Int64 = 0

  mutating func add(_ row: Int64, _ rowDigest: SHA256.Digest) {
    digest.update(row: row, rowDigest)
    count += 1
  }
}

/// What a part of an import says, statement by statement, whatever the order and the rows.
///
/// An import of just these statements has the same content, wherever an event was reported first.
struct Statements {
  private var digests: [[UInt8]] = []

  mutating func add(_ digest: SHA256.Digest) { digests.append(digest.bytes) }

  /// The digest of the statements, which no order changes.
  var digest: SHA256.Digest {
    var hash = SHA256()
    for digest in digests.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      hash.update(digest.span)
    }
    return hash.finish()
  }
}

/// The comparison of rows with their hashes and of the rows of a part with its digest.
struct Verification {
  private let database: Database
  private let terms: Terms
  // The two main participants, then the others.
  private let participantRows: SQLStatement
  private var encoder = RecordEncoder()
  private var sourceNames: [Int64: String] = [:]
  private var entityKeys: [Int64: String] = [:]
  // The hashes that rows should have which have others.
  private var changedClaims: [Int64: Int64] = [:]
  private var changedEvents: [Int64: Int64] = [:]
  // What the parts say, where that is wanted; and the further report of an event that is being read.
  private var statements: [Liveness.Part: Statements]?
  private var report: (part: Liveness.Part, lastClaim: Int64, event: Event, marks: Marks)?

  init(_ database: Database) throws {
    self.database = database
    terms = try Terms(database, isWriting: false)
    participantRows = try SQLStatement(
      database,
      """
      SELECT origin_role, origin, -2 AS position FROM event WHERE id = ?1
        AND coalesce(origin_role, origin) IS NOT NULL
      UNION ALL
      SELECT target_role, target, -1 FROM event WHERE id = ?1
        AND coalesce(target_role, target) IS NOT NULL
      UNION ALL
      SELECT role, entity, position FROM participant WHERE event = ?1 ORDER BY position
      """)
    let sources = try SQLStatement(database, "SELECT id, name FROM source")
    while try sources.step() { sourceNames[sources.int(0)] = sources.text(1) }
    let entities = try SQLStatement(database, "SELECT id, key FROM entity")
    while try entities.step() { entityKeys[entities.int(0)] = entities.text(1) }
  }

  mutating func problems() throws -> [String] {
    var (problems, claims) = try claims()
    let (eventProblems, events) = try events()
    problems += eventProblems
    problems += try variantProblems("relationship") + variantProblems("event")
    problems += try endProblems()
    var declared: Set<Liveness.Part> = []
    var contents: [Int64: RecordEncoder] = [:]
    let rows = try SQLStatement(
      database,
      """
      SELECT batch, source, claim_digest, event_digest, claims, declaration.events, name, kind,
        scheme, grade, handling, content_digest
      FROM declaration LEFT JOIN source ON source.id = declaration.source ORDER BY batch, name
      """)
    while try rows.step() {
      let part = Liveness.Part(batch: rows.int(0), source: rows.int(1))
      declared.insert(part)
      let (ownClaims, ownEvents) = (claims[part] ?? PartRows(), events[part] ?? PartRows())
      let isWhole =
        rows.bytes(2) == ownClaims.digest.finish().bytes
        && rows.bytes(3) == ownEvents.digest.finish().bytes
        && rows.int(4) == ownClaims.count && rows.int(5) == ownEvents.count
      if !isWhole { problems.append(notAsStored(part)) }
      contents[part.batch, default: RecordEncoder()].encode(
        declaration: (6...10).map { rows.optionalText($0) },
        content: SHA256.Digest(bytes: rows.bytes(11)))
    }
    for part in Set(claims.keys).union(events.keys).subtracting(declared).sorted() {
      problems.append(notAsStored(part))
    }
    for batch in try BatchRow.all(database) where batch.kind == "import" {
      if batch.digest != (contents[batch.id] ?? RecordEncoder()).digest.bytes {
        problems.append("the digest of import \(batch.id) is not that of what it declares")
      }
    }
    return problems
  }

  /// What each part of each import brought, as it stands now, and which rows are not as their
  /// hashes say, by number with the hash that they should have.
  mutating func rows() throws -> (
    claims: [Liveness.Part: PartRows], events: [Liveness.Part: PartRows],
    changedClaims: [Int64: Int64], changedEvents: [Int64: Int64],
    statements: [Liveness.Part: Statements]
  ) {
    statements = [:]
    let claims = try claims().parts
    let events = try events().parts
    return (claims, events, changedClaims, changedEvents, statements ?? [:])
  }

  private mutating func state(_ digest: SHA256.Digest, _ part: Liveness.Part) {
    statements?[part, default: Statements()].add(digest)
  }

  // A further report of an event stands in claims: that it took place, then what it says of it.
  private mutating func read(
    report claim: Int64, of event: Int64?, key: String, property: PropertyValue?, schema: String?,
    participants: [End], part: Liveness.Part, marks: Marks
  ) throws {
    if var known = report, let property, known.part == part, known.event.id == key,
      known.lastClaim + 1 == claim
    {
      known.lastClaim = claim
      let isOwn = property.column != known.marks.locator.place
      known.event.properties.append(
        PropertyValue(property.property, property.value, column: isOwn ? property.column : nil))
      report = known
      return
    }
    finishReport()
    guard property == nil, let event, let schema else { return }
    let row = try SQLStatement(
      database, "SELECT start_at, end_at, start_text, end_text FROM event WHERE id = ?")
    row.bind(event, at: 1)
    guard try row.step() else { return }
    let time = ContentsLoader.time(row, at: 0)
    row.reset()
    report = (
      part, claim,
      Event(
        id: key, schema: schema, time: time, participants: participants,
        evidence: Evidence(source: "")), marks
    )
  }

  private mutating func finishReport() {
    guard var known = report else { return }
    report = nil
    known.event.properties = EventRows.ordered(known.event.properties)
    var encoder = RecordEncoder()
    encoder.encode(event: known.event, marks: known.marks)
    state(encoder.digest, known.part)
  }

  private func notAsStored(_ part: Liveness.Part) -> String {
    "what import \(part.batch) brought from '\(sourceNames[part.source] ?? "?")' "
      + "is not what was stored"
  }

  // The list of the events of each entity says just what the events say.
  private func endProblems() throws -> [String] {
    try EventLists(database).problems(database) { entityKeys[$0] ?? "?" }
  }

  // The variants of an id are numbered from 0 in the order in which they came.
  private func variantProblems(_ table: String) throws -> [String] {
    let rows = try SQLStatement(
      database,
      """
      SELECT id, coalesce(key, '') FROM \(table) AS own WHERE variant <> iif(key IS NULL, 0,
        (SELECT count(*) FROM \(table) AS other WHERE other.key = own.key AND other.id < own.id))
      ORDER BY id
      """)
    var problems: [String] = []
    while try rows.step() {
      problems.append("\(table) \(rows.int(0)) ('\(rows.text(1))') was changed")
    }
    return problems
  }

  private mutating func claims() throws -> (problems: [String], parts: [Liveness.Part: PartRows]) {
    let ends = try SQLStatement(
      database,
      "SELECT role, entity, position FROM relationship_end WHERE relationship = ? ORDER BY position"
    )
    let rows = try SQLStatement(
      database,
      """
      SELECT claim.id, property, value, claim.hash, coalesce(entity.key, relationship.key,
        iif(event.id IS NULL, NULL, \(EventKey.sql))), coalesce(entity.schema, relationship.schema, event.schema), claim.entity,
        relationship.id, event.id, \(columns("claim"))
      FROM claim LEFT JOIN entity ON entity.id = claim.entity
        LEFT JOIN relationship ON relationship.id = claim.relationship
        LEFT JOIN event ON event.id = claim.event
      ORDER BY claim.id
      """)
    var problems: [String] = []
    var digests: [Liveness.Part: PartRows] = [:]
    while try rows.step() {
      let subject: Claim.Subject =
        !rows.isNull(6)
        ? .entity(rows.text(4))
        : !rows.isNull(7) ? .relationship(rows.text(4)) : .event(rows.text(4))
      let property = word(rows.optionalInt(1))
      var schema: String?
      var joined: [End] = []
      if property == nil {
        schema = rows.text(2).isEmpty ? word(rows.int(5)) : rows.text(2)
        if case .relationship = subject { joined = try read(ends, of: rows.int(7)) }
        if case .event = subject { joined = try participants(of: rows.int(8)) }
      }
      encoder.encode(
        claim: subject, property: property, value: property == nil ? "" : rows.text(2),
        schema: schema, ends: joined, marks: marks(rows, at: 9))
      let digest = encoder.digest
      let isOfOne = [6, 7, 8].count { !rows.isNull($0) } == 1
      if digest.rowHash != rows.int(3) || !isOfOne {
        changedClaims[rows.int(0)] = digest.rowHash
        problems.append("claim \(rows.int(0)) about '\(rows.text(4))' was changed")
      }
      let part = Liveness.Part(batch: rows.int(9), source: rows.int(10))
      digests[part, default: PartRows()].add(rows.int(0), digest)
      if statements != nil {
        if case .event(let key) = subject {
          let place = rows.optionalText(13)
          try read(
            report: rows.int(0), of: rows.optionalInt(8), key: key,
            property: property.map { PropertyValue($0, rows.text(2), column: place) },
            schema: schema, participants: joined, part: part, marks: marks(rows, at: 9))
        } else {
          finishReport()
          state(digest, part)
        }
      }
    }
    finishReport()
    return (problems, digests)
  }

  private mutating func events() throws -> (problems: [String], parts: [Liveness.Part: PartRows]) {
    let rows = try SQLStatement(
      database,
      """
      SELECT id, key, schema, start_at, end_at, start_text, end_text, duration, amount, currency,
        hash, \(columns("event")), details
      FROM event ORDER BY id
      """)
    var problems: [String] = []
    var digests: [Liveness.Part: PartRows] = [:]
    while try rows.step() {
      var properties: [PropertyValue] = []
      for (index, name) in EventRows.columnProperties.enumerated() {
        if let value = rows.numberText(Int32(7 + index)) {
          properties.append(PropertyValue(name, value))
        }
      }
      properties += EventDetails.properties(rows.optionalText(22), terms)
      let key = try? EventKey.text(rows, key: 1, schema: 2, file: 13, line: 14, terms)
      let event = Event(
        id: key ?? "?", schema: word(rows.int(2)),
        time: ContentsLoader.time(rows, at: 3),
        participants: try participants(of: rows.int(0)), properties: properties,
        evidence: Evidence(source: ""))
      encoder.encode(event: event, marks: marks(rows, at: 11))
      let digest = encoder.digest
      if digest.rowHash != rows.int(10) || !isTimeAsWritten(event.time, rows) {
        changedEvents[rows.int(0)] = digest.rowHash
        problems.append("event \(rows.int(0)) ('\(event.id)') was changed")
      }
      let part = Liveness.Part(batch: rows.int(11), source: rows.int(12))
      digests[part, default: PartRows()].add(rows.int(0), digest)
      if statements != nil { state(digest, part) }
    }
    return (problems, digests)
  }

  // What a bound in a column says beside the text that is kept.
  private func isTimeAsWritten(_ time: Interval?, _ rows: SQLStatement) -> Bool {
    func text(_ date: PartialDate?) -> String? {
      date.flatMap { EventRow.isPlain($0) ? nil : $0.text }
    }
    return rows.optionalInt(3) == time?.start?.earliest && rows.optionalInt(4) == time?.end?.latest
      && rows.optionalText(5) == text(time?.start) && rows.optionalText(6) == text(time?.end)
  }

  private func participants(of event: Int64) throws -> [End] {
    try read(participantRows, of: event)
  }

  // Positions run from 0; the two main participants come before them.
  private func read(_ rows: SQLStatement, of number: Int64) throws -> [End] {
    rows.bind(number, at: 1)
    var result: [End] = []
    var next: Int64 = 0
    while try rows.step() {
      let isNext = rows.int(2) < 0 || rows.int(2) == next
      if rows.int(2) >= 0 { next += 1 }
      result.append(
        End(
          role: isNext ? word(rows.int(0)) : "?", entity: entityKeys[rows.int(1)] ?? ""))
    }
    return result
  }

  // A word that is missing makes the row that needs it another, so that the row is named.
  private func word(_ number: Int64) -> String { (try? terms.text(number)) ?? "?" }

  private func word(_ number: Int64?) -> String? { number.map { word($0) } }

  private func columns(_ table: String) -> String {
    MarkRow.columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
  }

  private func marks(_ rows: SQLStatement, at first: Int32) -> Marks {
    let (start, end) = (rows.optionalText(first + 5), rows.optionalText(first + 6))
    let valid = Interval(
      start: start.flatMap { PartialDate($0) }, end: end.flatMap { PartialDate($0) })
    // What no import writes makes the row another.
    let isWritten =
      valid.start?.text == start && valid.end?.text == end && 0...1 ~= rows.int(first + 10)
    return Marks(
      source: isWritten ? sourceNames[rows.int(first + 1)] ?? "" : "",
      locator: Locator(
        file: word(rows.optionalInt(first + 2)),
        line: rows.optionalInt(first + 3).map { Int($0) }, place: rows.optionalText(first + 4)),
      valid: valid.isUnbounded ? nil : valid,
      grade: rows.isNull(first + 7) && rows.isNull(first + 8)
        ? nil : Grade(scheme: word(rows.int(first + 7)), code: rows.text(first + 8)),
      handling: rows.optionalText(first + 9),
      standing: rows.int(first + 10) == 0 ? .fact : .assessment)
  }
}
