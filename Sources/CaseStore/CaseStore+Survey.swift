// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import GRDB

/// What of a case counts in a view, read in one access, with the digest of just that state.
public struct CaseSurvey: Sendable {
  /// The part of the case that counts; most of its events are in its `aggregates`.
  public let extract: CaseExtract
  /// The SHA-256 of what counts in the case; see `CaseStore.digest`.
  public let digest: String
}

extension CaseStore {
  /// What of the case counts in a view, without holding its events one by one.
  ///
  /// Events with the two participants of their schema's arc and no more than their own report are
  /// gathered while their rows pass by: memory follows the number of entities, claims and pairs of
  /// entities, not the number of events. The others are read as they are. Where the view names
  /// places, all are.
  ///
  /// - Parameters:
  ///   - window: the calendar unit by which gathered events are kept apart; nil for none.
  ///   - keepsTimes: whether the first and the last of the gathered events are kept.
  ///   - dropped: sources of which nothing counts, as if they had never been.
  ///   - merges: whether records that were merged are one; otherwise each stands for itself.
  ///   - choose: chooses the view and the property whose numbers are gathered, or nil, by what the
  ///     case holds beside its plain events. Its second argument tells, when it is called, the
  ///     grading schemes in which these events are graded.
  /// - Returns: the extract and the digest of the case.
  /// - Throws: `CaseStoreError`, `CaseModelError`, and what `choose` throws.
  /// - Complexity: O(n) in the number of things and claims; O(e) time in the number of events.
  public func survey(
    by window: TimeWindow? = nil, keepsTimes: Bool = false, without dropped: Set<String> = [],
    merges: Bool = true,
    _ choose: (CaseContents, () throws -> Set<String>) throws -> (view: CaseView, quantity: String?)
  ) throws -> CaseSurvey {
    try file.read { database in
      let loader = try ContentsLoader(database, ontology, grading, merges: merges)
      let plain = try PlainEvents(database, loader, ontology)
      let (all, rows) = try loader.contents(events: plain.others)
      let contents = all.without(dropped)
      let (view, quantity) = try choose(contents) { try plain.gradingSchemes() }
      let digest = try Self.digest(database)
      guard view.places.isEmpty else {
        return CaseSurvey(
          extract: try view.filter(try loader.contents().without(dropped)), digest: digest)
      }
      var events = EventAggregator(
        view, contents, quantity: quantity, window: window, keepsTimes: keepsTimes)
      let found = try plain.gather(into: &events, without: dropped)
      // Rows of events that turned out to be of another form join those that were known to be.
      let whole =
        found.isEmpty
        ? contents
        : try loader.contents(events: plain.others + found).contents.without(dropped)
      let positions = Positions(rows)
      let extract = try view.filter(whole, gathered: &events) { positions[$0] }
      return CaseSurvey(extract: extract, digest: digest)
    }
  }
}

/// The positions of rows by their numbers, which follow one another but for what was erased.
private struct Positions {
  private var dense: [Int32] = []
  private var sparse: [Int32: Int] = [:]

  init(_ rows: [Int64]) {
    let largest = rows.max() ?? 0
    let isDense = largest < Int64(8 * rows.count + 1_024)
    if isDense { dense = Array(repeating: -1, count: Int(largest) + 1) }
    for (position, row) in rows.enumerated() {
      guard let row = Int32(exactly: row), row >= 0 else { continue }
      if isDense { dense[Int(row)] = Int32(position) } else { sparse[row] = position }
    }
  }

  subscript(row: Int32) -> Int? {
    if dense.isEmpty { return sparse[row] }
    guard row >= 0, Int(row) < dense.count, dense[Int(row)] >= 0 else { return nil }
    return Int(dense[Int(row)])
  }
}

/// The events of a case that can be gathered: those with two participants in the roles of their
/// schema's arc, of which no claim and no other variant speaks.
private struct PlainEvents {
  /// The rows of the events that are known not to be such, in order.
  let others: [Int64]
  private let database: Database
  private let loader: ContentsLoader
  private let ontology: Ontology

  init(_ database: Database, _ loader: ContentsLoader, _ ontology: Ontology) throws {
    self.database = database
    self.loader = loader
    self.ontology = ontology
    let rows = try SQLStatement(
      database,
      """
      SELECT event FROM participant
      UNION SELECT event FROM claim WHERE event IS NOT NULL
      UNION SELECT id FROM event WHERE key IN (SELECT key FROM event WHERE variant > 0)
      ORDER BY 1
      """)
    var others: [Int64] = []
    while try rows.step() { others.append(rows.int(0)) }
    self.others = others
  }

  /// The schemes of the grades that events bear, their own or those of their source.
  func gradingSchemes() throws -> Set<String> {
    let parts = try loader.parts()
    let rows = try SQLStatement(
      database,
      "SELECT DISTINCT batch, source, CASE WHEN grade IS NOT NULL THEN scheme END FROM event")
    var schemes: Set<String> = []
    while try rows.step() {
      let part = parts[Liveness.Part(batch: rows.int(0), source: rows.int(1))]
      let scheme = try loader.terms.text(rows.optionalInt(2)) ?? part?.grade?.scheme
      if let scheme { schemes.insert(scheme) }
    }
    return schemes
  }

  // What the events of one kind have in common, as rows have it.
  private struct RowKind: Hashable {
    var schema: Int64
    var originRole: Int64
    var targetRole: Int64
    var batch: Int64
    var source: Int64
    var scheme: Int64?
    var grade: String?
    var handling: String?
    var currency: String?
  }

  private enum Column {
    static let id: Int32 = 0
    static let schema: Int32 = 1
    static let start: Int32 = 2
    static let end: Int32 = 3
    static let originRole: Int32 = 4
    static let origin: Int32 = 5
    static let targetRole: Int32 = 6
    static let target: Int32 = 7
    static let batch: Int32 = 8
    static let source: Int32 = 9
    static let scheme: Int32 = 10
    static let grade: Int32 = 11
    static let handling: Int32 = 12
    static let value: Int32 = 13
    static let currency: Int32 = 14
    static let key: Int32 = 15
    static let file: Int32 = 16
    static let line: Int32 = 17
  }

  /// Hands the rows to an aggregator; gives the rows of events that must be read as they are.
  func gather(
    into events: inout EventAggregator, without dropped: Set<String>
  ) throws -> [Int64] {
    let parts = try loader.parts()
    let isMoney = events.quantity == "amount"
    // A property that has no column stands in the details.
    let column = events.quantity.map { quantity in
      EventRows.columnProperties.contains(quantity) ? quantity : "details"
    }
    let rows = try SQLStatement(
      database,
      """
      SELECT id, schema, start_at, end_at, origin_role, origin, target_role, target, batch, source,
        scheme, grade, handling, \(column ?? "NULL"), \(isMoney ? "currency" : "NULL"), key, file, line
      FROM event ORDER BY id
      """)
    var found: [Int64] = []
    var kinds: [RowKind: Int?] = [:]
    var last: (row: RowKind, kind: Int?)?
    var others = self.others[...]
    while try rows.step() {
      let id = rows.int(Column.id)
      while let next = others.first, next < id { others.removeFirst() }
      if others.first == id { continue }
      guard let origin = Int32(exactly: rows.int(Column.origin)),
        let target = Int32(exactly: rows.int(Column.target)), origin > 0, target > 0
      else {
        found.append(id)
        continue
      }
      let hasValue = column != nil && !rows.isNull(Column.value)
      var row = RowKind(
        schema: rows.int(Column.schema), originRole: rows.int(Column.originRole),
        targetRole: rows.int(Column.targetRole), batch: rows.int(Column.batch),
        source: rows.int(Column.source))
      if !rows.isNull(Column.grade) {
        row.scheme = rows.int(Column.scheme)
        row.grade = rows.text(Column.grade)
      }
      row.handling = rows.optionalText(Column.handling)
      if isMoney, hasValue { row.currency = rows.optionalText(Column.currency) }
      let kind: Int?
      if let last, last.row == row {
        kind = last.kind
      } else {
        if let known = kinds[row] {
          kind = known
        } else {
          // An import whose declaration is missing counts nowhere.
          guard var part = parts[Liveness.Part(batch: row.batch, source: row.source)] else {
            continue
          }
          if dropped.contains(part.source) { part.withdrawn = .min }
          kind = try self.kind(row, part, in: &events)
          kinds.updateValue(kind, forKey: row)
        }
        last = (row, kind)
      }
      guard let kind else {
        found.append(id)
        continue
      }
      let (value, text) = try hasValue ? self.value(rows, events.quantity ?? "") : (nil, nil)
      let group = events.add(
        kind: kind, origin: origin, target: target, start: rows.optionalInt(Column.start),
        hasEnd: !rows.isNull(Column.end), value: value)
      if let text, let group {
        events.noteUnreadable(
          text,
          of: try EventKey.text(
            rows, key: Column.key, schema: Column.schema, file: Column.file, line: Column.line,
            loader.terms), in: group)
      }
    }
    return found
  }

  // Nil where the two participants are not those of the schema's arc.
  private func kind(
    _ row: RowKind, _ part: ContentsLoader.Part, in events: inout EventAggregator
  ) throws -> Int? {
    let schema: String = try loader.terms.text(row.schema)
    guard let arc = ontology[schema]?.arc, arc.source != arc.target,
      try loader.terms.text(row.originRole) == arc.source,
      try loader.terms.text(row.targetRole) == arc.target
    else { return nil }
    var grade = part.grade
    if let code = row.grade {
      grade = Grade(scheme: try loader.terms.text(row.scheme) ?? "", code: code)
    }
    return events.kind(
      schema: schema, currency: row.currency,
      evidence: Evidence(
        source: part.source, grade: grade, handling: row.handling ?? part.handling,
        recorded: part.recorded, withdrawn: part.withdrawn, suspensions: part.suspensions,
        batch: Int(row.batch), enteredBy: part.enteredBy))
  }

  // The number of an event, or the text that stands in its place.
  private func value(
    _ rows: SQLStatement, _ quantity: String
  ) throws -> (number: Double?, text: String?) {
    if EventRows.columnProperties.contains(quantity) {
      if let number = rows.number(Column.value) { return (number, nil) }
      return Self.read(rows.text(Column.value))
    }
    let details = EventDetails.properties(rows.text(Column.value), loader.terms)
    return details.first { $0.property == quantity }.map { Self.read($0.value) } ?? (nil, nil)
  }

  private static func read(_ text: String) -> (number: Double?, text: String?) {
    EventAggregator.number(of: text).map { ($0, nil) } ?? (nil, text)
  }
}
