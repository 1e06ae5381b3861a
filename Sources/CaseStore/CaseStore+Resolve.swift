// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import GRDB

extension CaseStore {
  /// Decides that two records are of one entity, or that they are not.
  ///
  /// The records stay as they are; a view folds those of one entity under the id of the first. The
  /// decision is a batch as a revert is one: `revert` takes it back, the log states it with its
  /// reason, and a view of an earlier state of the case does not have it.
  ///
  /// - Parameters:
  ///   - verdict: what is decided.
  ///   - first: the id of the record that the entity is to go by.
  ///   - second: the id of the other.
  ///   - reason: why; not empty.
  ///   - enteredBy: who decides.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Returns: the number of the decision.
  /// - Throws: `CaseStoreError.noEntity`, `mergeOfItself`, `mergeOfUnlike` when neither schema extends
  ///   the other, `alreadyResolved` when it is decided so already, and `contradictsDecision` when an
  ///   earlier decision says the opposite of the two or of records that would be joined through them.
  @discardableResult
  public func resolve(
    _ verdict: Resolution.Verdict, _ first: String, _ second: String, reason: String,
    enteredBy: String? = nil, recorded: Int64? = nil
  ) throws -> Int {
    try decide { database in
      let liveness = try Liveness(database)
      let rows = [try Self.row(of: first, database), try Self.row(of: second, database)]
      if rows[0] == rows[1] { throw CaseStoreError.mergeOfItself(first) }
      for (id, row) in zip([first, second], rows) where try !Self.isKnown(row, database, liveness) {
        throw CaseStoreError.noEntity(id)
      }
      let decisions = try Self.resolutions(database, liveness).filter { $0.counts(at: nil) }
      let groups = MergedRecords(decisions)
      switch verdict {
      case .same:
        let schemata = try rows.map { try Self.schema(of: $0, database, ontology) }
        let isLike = schemata[0].isA(schemata[1].name) || schemata[1].isA(schemata[0].name)
        guard isLike else {
          throw CaseStoreError.mergeOfUnlike(
            first, schema: schemata[0].name, second, otherSchema: schemata[1].name)
        }
        if groups.leader(of: first) == groups.leader(of: second) {
          throw CaseStoreError.alreadyResolved(first, second, verdict)
        }
        let joined = MergedRecords(
          decisions + [Resolution(number: 0, verdict: .same, first: first, second: second)])
        for other in decisions where other.verdict == .different {
          if joined.leader(of: other.first) == joined.leader(of: other.second) {
            throw CaseStoreError.contradictsDecision(
              other.number, other.first, other.second, other.reason)
          }
        }
      case .different:
        if groups.leader(of: first) == groups.leader(of: second) {
          let way = decisions.last {
            $0.verdict == .same && groups.leader(of: $0.first) == groups.leader(of: first)
          }
          throw CaseStoreError.contradictsDecision(
            way?.number ?? 0, way?.first ?? first, way?.second ?? second, way?.reason)
        }
        let isKnown = decisions.contains { other in
          other.verdict == .different && Set([other.first, other.second]) == Set([first, second])
        }
        if isKnown { throw CaseStoreError.alreadyResolved(first, second, verdict) }
      }
      return (
        .merge,
        BatchRow(
          id: try Self.nextBatch(database), kind: verdict == .same ? "merge" : "distinct",
          label: "\(rows[0]) \(rows[1])", recorded: recorded ?? Self.now, enteredBy: enteredBy,
          reason: reason, digest: [])
      )
    }
  }

  /// The decisions about which records are of one entity, reverted ones included, in their order.
  public func resolutions() throws -> [Resolution] {
    try file.read { try Self.resolutions($0, Liveness($0)) }
  }

  // MARK: Rows

  /// The decisions in their order, with the times in which they counted.
  static func resolutions(_ database: Database, _ liveness: Liveness) throws -> [Resolution] {
    let rows = try SQLStatement(
      database,
      """
      SELECT id, kind, label, recorded, entered_by, reason FROM batch
      WHERE kind IN ('merge', 'distinct') ORDER BY id
      """)
    var result: [Resolution] = []
    while try rows.step() {
      guard let pair = try pair(rows.text(2), database) else { continue }
      let id = rows.int(0)
      result.append(
        Resolution(
          number: Int(id), verdict: rows.text(1) == "merge" ? .same : .different,
          first: pair.first, second: pair.second, reason: rows.optionalText(5),
          enteredBy: rows.optionalText(4), recorded: rows.int(3)))
    }
    if result.isEmpty { return [] }
    let times = try liveness.times(ofDecisions: Set(result.map { Int64($0.number) }), database)
    for index in result.indices {
      guard let own = times[Int64(result[index].number)] else { continue }
      result[index].withdrawn = own.withdrawn
      result[index].suspensions = own.suspensions
    }
    return result
  }

  /// The merges that count now, of records that are both in the case.
  static func liveMerges(_ database: Database, _ liveness: Liveness) throws -> [Resolution] {
    try resolutions(database, liveness).filter { resolution in
      guard resolution.verdict == .same, resolution.counts(at: nil) else { return false }
      return try [resolution.first, resolution.second].allSatisfy {
        try isKnown(row(of: $0, database), database, liveness)
      }
    }
  }

  /// The records that count as one with a record now.
  static func otherRecords(of id: String, _ database: Database) throws -> [String] {
    let merges = MergedRecords(try liveMerges(database, Liveness(database)))
    return merges.isEmpty ? [] : merges.records(of: id).filter { $0 != id }
  }

  /// The rows of the records that a view may fold into those of some entities, these included.
  static func recordRows(of rows: some Sequence<Int64>, _ database: Database) throws -> Set<Int64> {
    var found = Set(rows)
    let labels = try SQLStatement(database, "SELECT label FROM batch WHERE kind = 'merge'")
    var pairs: [[Int64]] = []
    while try labels.step() {
      pairs.append(labels.text(0).split(separator: " ").compactMap { Int64($0) })
    }
    var isGrowing = !pairs.isEmpty
    while isGrowing {
      isGrowing = false
      for pair in pairs where pair.contains(where: found.contains) {
        for row in pair where found.insert(row).inserted { isGrowing = true }
      }
    }
    return found
  }

  /// The decisions that speak of an entity.
  static func resolutionRows(about row: Int64, _ database: Database) throws -> [Int64] {
    let rows = try SQLStatement(
      database,
      """
      SELECT id FROM batch WHERE kind IN ('merge', 'distinct')
        AND ' ' || label || ' ' LIKE '% \(row) %' ORDER BY id
      """)
    var result: [Int64] = []
    while try rows.step() { result.append(rows.int(0)) }
    return result
  }

  /// The ids of the two records that a decision is about; nil for any other decision or import.
  static func pair(
    of row: BatchRow, _ database: Database
  ) throws -> (first: String, second: String)? {
    guard row.kind == "merge" || row.kind == "distinct" else { return nil }
    return try pair(row.label, database)
  }

  private static func pair(
    _ label: String, _ database: Database
  ) throws -> (first: String, second: String)? {
    let ids = try label.split(separator: " ").compactMap { Int64($0) }.compactMap { row in
      try String.fetchOne(database, sql: "SELECT key FROM entity WHERE id = ?", arguments: [row])
    }
    return ids.count == 2 ? (ids[0], ids[1]) : nil
  }

  // Whether something that counts says that an entity exists.
  private static func isKnown(
    _ row: Int64, _ database: Database, _ liveness: Liveness
  ) throws -> Bool {
    try Int.fetchOne(
      database,
      sql: """
        SELECT 1 FROM claim WHERE entity = ? AND property IS NULL\(liveness.condition("claim")) LIMIT 1
        """, arguments: [row]) != nil
  }

  private static func schema(
    of row: Int64, _ database: Database, _ ontology: Ontology
  ) throws -> Schema {
    let name = try String.fetchOne(
      database,
      sql: "SELECT text FROM term JOIN entity ON entity.schema = term.id WHERE entity.id = ?",
      arguments: [row])
    return try ontology.schema(name ?? "")
  }
}
