// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// An import or a decision, as lists show it.
public struct BatchSummary: Hashable, Sendable, Codable {
  /// What a batch is.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// An import.
    case `import`
    /// The decision that an import or a decision no longer counts.
    case revert
    /// The decision that nothing of a source counts.
    case drop
    /// A view that was saved or removed.
    case view
    /// How long something may be kept.
    case retain
    /// The erasure of an entity or a source, which cannot be reverted.
    case erase
    /// The decision that two records are of one entity.
    case merge
    /// The decision that two records are not of one entity.
    case distinct
  }

  /// Its number, from 1.
  public var number: Int
  /// What it is.
  public var kind: Kind
  /// What it is called.
  public var label: String
  /// When it was made, in milliseconds since 1970-01-01T00:00Z.
  public var recorded: Int64
  /// Who made it, where that is known.
  public var enteredBy: String?
  /// Why.
  public var reason: String?
  /// Whether it counts: no later decision reverts it.
  public var counts: Bool
}

extension CaseStore {
  /// The imports and decisions, in their order.
  public func batches() throws -> [BatchSummary] {
    try file.read { database in
      let liveness = try Liveness(database)
      return try BatchRow.all(database).compactMap { row in
        try BatchSummary.Kind(rawValue: row.kind).map { kind in
          BatchSummary(
            number: Int(row.id), kind: kind,
            label: try Self.pair(of: row, database).map { "\($0.first), \($0.second)" }
              ?? row.label,
            recorded: row.recorded,
            enteredBy: row.enteredBy, reason: row.reason,
            counts: !liveness.reverted.contains(row.id))
        }
      }
    }
  }

  /// Takes an import or a decision back; nothing is deleted, and this can be reverted too.
  ///
  /// - Parameters:
  ///   - number: the number of the import or decision.
  ///   - enteredBy: who decides.
  ///   - reason: why, for the log.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Returns: the number of this decision.
  /// - Throws: `CaseStoreError` when there is none of this number or it was reverted already.
  @discardableResult
  public func revert(
    _ number: Int, enteredBy: String? = nil, reason: String? = nil, recorded: Int64? = nil
  ) throws -> Int {
    try decide { database in
      let exists = try SQLStatement(database, "SELECT label, kind FROM batch WHERE id = ?")
      exists.bind(Int64(number), at: 1)
      guard try exists.step() else { throw CaseStoreError.noBatch(number) }
      let label = exists.text(0)
      let isErasure = exists.text(1) == BatchSummary.Kind.erase.rawValue
      exists.reset()
      if isErasure { throw CaseStoreError.erasureStands(number) }
      if try Liveness(database).reverted.contains(Int64(number)) {
        throw CaseStoreError.batchNotLive(number)
      }
      return (
        .revert,
        BatchRow(
          id: try Self.nextBatch(database), kind: "revert", label: label,
          recorded: recorded ?? Self.now, enteredBy: enteredBy, reason: reason,
          reverts: Int64(number), digest: [])
      )
    }
  }

  /// Lets nothing that came from a source so far count; the source can be imported again.
  ///
  /// - Parameters:
  ///   - name: the name of the source.
  ///   - enteredBy: who decides.
  ///   - reason: why, for the log.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Returns: the number of this decision.
  /// - Throws: `CaseStoreError.noSource` when nothing of such a source counts.
  @discardableResult
  public func dropSource(
    _ name: String, enteredBy: String? = nil, reason: String? = nil, recorded: Int64? = nil
  ) throws -> Int {
    try decide { database in
      let sources = try ContentsLoader(database, ontology, grading).sources().map(\.name)
      guard sources.contains(name) else {
        throw CaseStoreError.noSource(name, known: sources)
      }
      let find = try SQLStatement(database, "SELECT id FROM source WHERE name = ?")
      find.bind(name, at: 1)
      guard try find.step() else { throw CaseStoreError.noSource(name, known: sources) }
      let source = find.int(0)
      find.reset()
      return (
        .dropSource,
        BatchRow(
          id: try Self.nextBatch(database), kind: "drop", label: name,
          recorded: recorded ?? Self.now, enteredBy: enteredBy, reason: reason, drops: source,
          digest: [])
      )
    }
  }

  /// Enters into the log that the case was consulted or that information was disclosed.
  ///
  /// - Parameters:
  ///   - action: what was done.
  ///   - who: who did it.
  ///   - reason: for what purpose.
  ///   - recipient: to whom information went.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Throws: `CaseStoreError` when the file cannot be written.
  public func note(
    _ action: LogAction, who: String? = nil, reason: String? = nil, recipient: String? = nil,
    recorded: Int64? = nil
  ) throws {
    try file.write { database in
      try LogChain(database).append(
        action: action, recorded: recorded ?? Self.now, who: who, reason: reason,
        recipient: recipient)
      return (.commit, ())
    }
  }

  /// The entries of the log, in their order.
  public func log() throws -> [LogEntry] {
    try file.read { try LogChain($0).entries() }
  }

  /// Writes a decision and its entry in the log.
  func decide(_ body: (Database) throws -> (LogAction, BatchRow)) throws -> Int {
    try file.write { database in
      let (action, row) = try body(database)
      // A file of an older version has no room for merges.
      if action == .merge { try TableLayout.upgrade(database) }
      try row.insert(database)
      try LogChain(database).append(
        action: action, recorded: row.recorded, who: row.enteredBy, reason: row.reason, batch: row)
      try writeSummary(database)
      return (.commit, Int(row.id))
    }
  }
}
