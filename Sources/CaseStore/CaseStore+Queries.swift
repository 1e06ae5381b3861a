// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import Foundation
internal import GRDB

/// How much of what a case holds, and what is missing.
public struct CaseSummary: Hashable, Sendable, Codable {
  /// A schema and how many things are of it.
  public struct SchemaCount: Hashable, Sendable, Codable {
    /// The name of the schema.
    public var schema: String
    /// The number of things.
    public var count: Int

    /// Creates a count.
    public init(schema: String, count: Int) {
      self.schema = schema
      self.count = count
    }
  }

  /// A source and how much comes from it.
  public struct SourceCount: Hashable, Sendable, Codable {
    /// The source, as it was declared last.
    public var source: Source
    /// The number of its claims about entities and relationships.
    public var claims: Int
    /// The number of events that it reports.
    public var events: Int
  }

  /// The entities by schema, the most frequent first.
  public var entities: [SchemaCount] = []
  /// The relationships by schema, the most frequent first.
  public var relationships: [SchemaCount] = []
  /// The events by schema, the most frequent first.
  public var events: [SchemaCount] = []
  /// The sources by name.
  public var sources: [SourceCount] = []
  /// The number of claims about entities and relationships.
  public var claims = 0
  /// The number of entities to which no claim gives a name.
  public var entitiesWithoutName = 0
  /// The number of relationships to which no claim gives a date.
  public var relationshipsWithoutDate = 0
  /// The number of events without a time.
  public var eventsWithoutTime = 0
  /// The number of claims and events without a grade, their own or their source's.
  public var ungraded = 0
}

extension CaseStore {
  /// Counts of what counts in the case, and of what is missing.
  ///
  /// - Complexity: O(1): each import and decision takes the counts anew.
  public func summary() throws -> CaseSummary {
    try file.read { database in
      let rows = try SQLStatement(
        database,
        "SELECT text FROM summary WHERE batch = (SELECT coalesce(max(id), 0) FROM batch)")
      if try rows.step() {
        let text = rows.text(0)
        rows.reset()
        if let known = try? JSONDecoder().decode(CaseSummary.self, from: Data(text.utf8)) {
          return known
        }
      }
      return try counted(database)
    }
  }

  /// Takes the counts after an import or a decision.
  ///
  /// - Parameters:
  ///   - database: a connection inside the transaction of the import or decision.
  ///   - events: the events that an import has brought; where nothing was ever withdrawn they add to
  ///     those that were there, which are then not counted again.
  /// - Throws: errors of the database.
  func writeSummary(_ database: Database, adding events: EventCounts? = nil) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = String(decoding: try encoder.encode(try counted(database, events)), as: UTF8.self)
    try database.execute(
      sql: """
        INSERT INTO summary (id, batch, text)
        VALUES (1, (SELECT coalesce(max(id), 0) FROM batch), ?)
        ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, text = excluded.text
        """, arguments: [text])
  }

  /// Whether the counts that are kept are those of the case.
  func summaryProblems(_ database: Database) throws -> [String] {
    let rows = try SQLStatement(database, "SELECT batch, text, id FROM summary")
    guard try rows.step() else { return [] }
    let (batch, text, id) = (rows.int(0), rows.text(1), rows.int(2))
    rows.reset()
    let last = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) FROM batch")
    let known = try? JSONDecoder().decode(CaseSummary.self, from: Data(text.utf8))
    let counts = try counted(database)
    return batch == last && id == 1 && known == counts
      ? [] : ["the counts that are kept are not those of the case"]
  }

  // The counts that were taken just before the last import; none where it was the first.
  private func summaryBeforeLast(_ database: Database) throws -> CaseSummary? {
    let last = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) FROM batch") ?? 0
    if last == 1 { return CaseSummary() }
    let rows = try SQLStatement(
      database,
      "SELECT text FROM summary WHERE batch = (SELECT max(id) FROM batch WHERE id < \(last))")
    guard try rows.step() else { return nil }
    defer { rows.reset() }
    return try? JSONDecoder().decode(CaseSummary.self, from: Data(rows.text(0).utf8))
  }

  private func counted(
    _ database: Database, _ added: EventCounts? = nil
  ) throws -> CaseSummary {
    let liveness = try Liveness(database)
    let before =
      added == nil || !liveness.withdrawn.isEmpty ? nil : try summaryBeforeLast(database)
    let terms = try Terms(database, isWriting: false)
    let claim = liveness.condition("claim")
    let event = liveness.condition("event")
    func counts(_ sql: String) throws -> [CaseSummary.SchemaCount] {
      let rows = try SQLStatement(database, sql)
      var counts: [CaseSummary.SchemaCount] = []
      while try rows.step() {
        counts.append(
          CaseSummary.SchemaCount(schema: try terms.text(rows.int(0)), count: Int(rows.int(1))))
      }
      return ordered(counts)
    }
    func ordered(_ counts: [CaseSummary.SchemaCount]) -> [CaseSummary.SchemaCount] {
      counts.sorted { ($1.count, $0.schema) < ($0.count, $1.schema) }
    }
    func number(_ sql: String) throws -> Int {
      try Int.fetchOne(database, sql: sql) ?? 0
    }
    func exists(_ kind: String, _ table: String, _ more: String = "IS NULL") -> String {
      """
      EXISTS (SELECT 1 FROM claim WHERE claim.\(kind) = \(table).id
        AND claim.property \(more)\(claim))
      """
    }
    let name = try terms.id("name")
    var summary = CaseSummary()
    summary.entities = try counts(
      """
      SELECT schema, count(*) FROM entity WHERE \(exists("entity", "entity")) GROUP BY schema
      """)
    summary.relationships = try counts(
      """
      SELECT schema, count(*) FROM relationship
      WHERE \(exists("relationship", "relationship")) GROUP BY schema
      """)
    if let added, let before {
      var rows: [String: Int] = [:]
      for entry in before.events { rows[entry.schema] = entry.count }
      for (schema, count) in added.bySchema {
        rows[try terms.text(schema), default: 0] += count
      }
      summary.events = ordered(rows.map { .init(schema: $0.key, count: $0.value) })
      summary.eventsWithoutTime = before.eventsWithoutTime + added.withoutTime
    } else {
      summary.events = try counts(
        event.isEmpty
          ? "SELECT schema, count(*) FROM event GROUP BY schema"
          : """
          SELECT schema, count(*) FROM event
          WHERE (true\(event)) OR \(exists("event", "event")) GROUP BY schema
          """)
      summary.eventsWithoutTime = try number(
        """
        SELECT count(*) FROM event WHERE start_at IS NULL AND end_at IS NULL
          AND ((true\(event)) OR \(exists("event", "event")))
        """)
    }
    summary.entitiesWithoutName = try number(
      """
      SELECT count(*) FROM entity
      WHERE \(exists("entity", "entity")) AND NOT \(exists("entity", "entity", "= \(name)"))
      """)
    summary.relationshipsWithoutDate = try number(
      """
      SELECT count(*) FROM relationship WHERE \(exists("relationship", "relationship"))
        AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.relationship = relationship.id
          AND coalesce(valid_start, valid_end) IS NOT NULL\(claim))
      """)
    let sources = try ContentsLoader(database, ontology, grading).sources()
    for source in sources {
      summary.sources.append(CaseSummary.SourceCount(source: source, claims: 0, events: 0))
    }
    // Which source reported an event first does not change what each of them says: reports that
    // stand in claims count as those that stand in the event.
    let parts = try SQLStatement(
      database,
      """
      SELECT name, grade IS NULL, claims, declaration.events, coalesce(reports, 0),
        coalesce(details, 0)
      FROM declaration JOIN source ON source.id = declaration.source
        LEFT JOIN (SELECT batch, source, sum(property IS NULL) AS reports,
            sum(property IS NOT NULL) AS details
          FROM claim WHERE event IS NOT NULL GROUP BY batch, source) AS further
        ON further.batch = declaration.batch AND further.source = declaration.source
      WHERE true\(liveness.condition("declaration"))
      """)
    var hasUngradedParts = false
    while try parts.step() {
      let claims = Int(parts.int(2) - parts.int(4) - parts.int(5))
      let events = Int(parts.int(3) + parts.int(4))
      if parts.int(1) == 1 {
        hasUngradedParts = true
        summary.ungraded += claims + events
      }
      let index = summary.sources.firstIndex { $0.source.name == parts.text(0) }
      guard let index else { continue }
      summary.sources[index].claims += claims
      summary.sources[index].events += events
    }
    summary.claims = summary.sources.reduce(0) { $0 + $1.claims }
    if hasUngradedParts {
      // Claims may state a grade where their source has none.
      for (table, more) in [("claim", " AND (event IS NULL OR property IS NULL)"), ("event", "")] {
        summary.ungraded -= try number(
          """
          SELECT count(*) FROM \(table) JOIN declaration ON declaration.batch = \(table).batch
            AND declaration.source = \(table).source
          WHERE declaration.grade IS NULL AND \(table).grade IS NOT NULL\(more)
            \(liveness.condition(table))
          """)
      }
    }
    return summary
  }

  /// The part of the case that concerns an entity: its claims, relationships and events.
  ///
  /// The other ends come with their own claims, so that a view can be laid over the part.
  ///
  /// - Throws: `CaseStoreError.noEntity`.
  public func why(_ entity: String) throws -> CaseContents {
    try file.read { database in
      let rows = try Self.recordRows(of: [Self.row(of: entity, database)], database)
      return try part(
        database, relationships: Self.relationships(of: rows, database),
        events: Self.events(of: rows, database), and: rows.sorted())
    }
  }

  /// The part of the case that concerns an entity, with some of its events at a time.
  ///
  /// - Parameters:
  ///   - entity: its id.
  ///   - pageSize: how many events come at a time; the first by time come first, those without a time
  ///     last.
  ///   - body: receives the claims and relationships with each page of events, withdrawn ones
  ///     included, until it returns false. It is called once where there are no events.
  /// - Returns: the number of events in the case, withdrawn ones included.
  /// - Throws: `CaseStoreError.noEntity`, and what `body` throws.
  /// - Complexity: O(e log e) in the number of the entity's events, of which only the times are read;
  ///   memory follows the page.
  public func why(
    _ entity: String, pageSize: Int, _ body: (CaseContents) throws -> Bool
  ) throws -> Int {
    try file.read { database in
      let rows = try Self.recordRows(of: [Self.row(of: entity, database)], database)
      let relationships = try Self.relationships(of: rows, database)
      let lists = try EventLists(database)
      // A time with an end only begins before all others.
      let events = try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM event
          WHERE id IN (\(rows.sorted().map { lists.events(of: "\($0)") }.joined(separator: " UNION ")))
          ORDER BY coalesce(start_at,
            iif(end_at IS NULL, 9223372036854775807, -9223372036854775808)), id
          """)
      var rest = events[...]
      repeat {
        let page = rest.prefix(pageSize)
        rest = rest.dropFirst(pageSize)
        let contents = try part(
          database, relationships: relationships, events: page.sorted(), and: rows.sorted())
        if try !body(contents) { break }
      } while !rest.isEmpty
      return events.count
    }
  }

  /// The part of the case that joins two entities: the relationships and events of both.
  ///
  /// - Throws: `CaseStoreError.noEntity`.
  public func why(_ a: String, _ b: String) throws -> CaseContents {
    try file.read { database in
      let first = try Self.recordRows(of: [Self.row(of: a, database)], database)
      let second = try Self.recordRows(of: [Self.row(of: b, database)], database)
      let relationships = try Set(Self.relationships(of: first, database))
        .intersection(Self.relationships(of: second, database))
      let events = try Set(Self.events(of: first, database))
        .intersection(Self.events(of: second, database))
      return try part(
        database, relationships: relationships.sorted(), events: events.sorted(),
        and: first.union(second).sorted())
    }
  }

  /// The part of the case that says what some entities are: their own claims, in one access.
  ///
  /// - Throws: `CaseStoreError.noEntity`.
  public func claims(about entities: [String]) throws -> CaseContents {
    try file.read { database in
      let rows = try entities.map { try Self.row(of: $0, database) }
      return try part(database, relationships: [], events: [], and: rows)
    }
  }

  private func part(
    _ database: Database, relationships: [Int64], events: [Int64], and entities: [Int64]
  ) throws -> CaseContents {
    var all = Set(entities)
    func list(_ numbers: [Int64]) -> String {
      "(" + numbers.map(String.init).joined(separator: ", ") + ")"
    }
    all.formUnion(
      try Self.numbers(
        database,
        """
        SELECT entity FROM relationship_end WHERE relationship IN \(list(relationships))
        UNION SELECT origin FROM event WHERE id IN \(list(events)) AND origin IS NOT NULL
        UNION SELECT target FROM event WHERE id IN \(list(events)) AND target IS NOT NULL
        UNION SELECT entity FROM participant WHERE event IN \(list(events))
        """, []))
    // The other ends bring the records with which they may be one.
    all = try Self.recordRows(of: all, database)
    return try ContentsLoader(database, ontology, grading).contents(
      ContentsLoader.Scope(
        entities: all.sorted(), relationships: relationships, events: events))
  }

  /// The numbers of the entities that take part in an event.
  static func ends(of event: Int64, _ database: Database) throws -> Set<Int64> {
    Set(
      try numbers(
        database,
        """
        SELECT origin FROM event WHERE id = ?1 AND origin IS NOT NULL
        UNION SELECT target FROM event WHERE id = ?1 AND target IS NOT NULL
        UNION SELECT entity FROM participant WHERE event = ?1
        """, [event]))
  }

  static func row(of entity: String, _ database: Database) throws -> Int64 {
    let find = try SQLStatement(database, "SELECT id FROM entity WHERE key = ?")
    find.bind(entity, at: 1)
    guard try find.step() else { throw CaseStoreError.noEntity(entity) }
    defer { find.reset() }
    return find.int(0)
  }

  private static func relationships(
    of rows: Set<Int64>, _ database: Database
  ) throws -> [Int64] {
    var found: Set<Int64> = []
    for row in rows {
      found.formUnion(
        try numbers(
          database, "SELECT relationship FROM relationship_end WHERE entity = ?1", [row]))
    }
    return found.sorted()
  }

  private static func events(of rows: Set<Int64>, _ database: Database) throws -> [Int64] {
    let lists = try EventLists(database)
    var found: Set<Int64> = []
    for row in rows {
      found.formUnion(try numbers(database, lists.events(of: "?1"), [row]))
    }
    return found.sorted()
  }

  private static func numbers(
    _ database: Database, _ sql: String, _ values: [Int64]
  ) throws -> [Int64] {
    let rows = try SQLStatement(database, sql)
    for (index, value) in values.enumerated() { rows.bind(value, at: Int32(index + 1)) }
    var result: [Int64] = []
    while try rows.step() { result.append(rows.int(0)) }
    return result.sorted()
  }
}
