// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// What an entry of the log records.
public enum LogAction: String, Hashable, Sendable, Codable, CaseIterable {
  case `import`, revert, dropSource, consultation, disclosure, merge, erasure, view, retention
}

/// An entry of the log: who did what, when, why and for whom.
public struct LogEntry: Hashable, Sendable, Codable {
  /// The number of the entry, from 1.
  public var number: Int
  /// When, in milliseconds since 1970-01-01T00:00Z.
  public var recorded: Int64
  /// What was done.
  public var action: LogAction
  /// Who did it, where that is known.
  public var who: String?
  /// Why.
  public var reason: String?
  /// To whom information was disclosed.
  public var recipient: String?
  /// The import or decision that the entry is about.
  public var batch: Int?
  /// The hash of the entry and, through it, of all before; in hexadecimal.
  public var hash: String
}

/// The writing and checking of the log.
///
/// Each entry carries the hash of the one before, and commits to the batch that it is about, with
/// its declarations, files and digests, by a keyed hash whose key lies in the batch's row: the chain
/// still holds when the batch is erased.
struct LogChain {
  private let database: Database

  init(_ database: Database) { self.database = database }

  func append(
    action: LogAction, recorded: Int64, who: String?, reason: String?, recipient: String? = nil,
    batch: BatchRow? = nil, erasedBatch: Int64? = nil
  ) throws {
    let last = try SQLStatement(database, "SELECT id, hash FROM log ORDER BY id DESC LIMIT 1")
    var number: Int64 = 1
    var previous: [UInt8] = []
    if try last.step() {
      number = last.int(0) + 1
      previous = last.bytes(1)
      last.reset()
    }
    let commitment = try batch.map { batch in
      batch.commitment(sealing: try BatchSeals(database, of: batch.id)[batch.id])
    }
    var row = Row(
      number: number, recorded: recorded, action: action.rawValue, who: who, reason: reason,
      recipient: recipient, batch: batch?.id ?? erasedBatch,
      commitment: commitment?.bytes ?? [],
      previous: previous)
    row.hash = row.expectedHash
    let insert = try SQLStatement(
      database,
      """
      INSERT INTO log
        (id, recorded, action, who, reason, recipient, batch, commitment, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insert.bind(number, at: 1)
    insert.bind(recorded, at: 2)
    insert.bind(row.action, at: 3)
    insert.bind(who, at: 4)
    insert.bind(reason, at: 5)
    insert.bind(recipient, at: 6)
    insert.bind(row.batch, at: 7)
    insert.bind(row.commitment, at: 8)
    insert.bind(previous, at: 9)
    insert.bind(row.hash, at: 10)
    try insert.run()
  }

  func entries() throws -> [LogEntry] {
    try rows().compactMap { row in
      LogAction(rawValue: row.action).map { action in
        LogEntry(
          number: Int(row.number), recorded: row.recorded, action: action, who: row.who,
          reason: row.reason, recipient: row.recipient, batch: row.batch.map(Int.init),
          hash: SHA256.Digest(bytes: row.hash).hex)
      }
    }
  }

  /// What is wrong with the chain, as sentences; none when it holds.
  func problems() throws -> [String] {
    var problems: [String] = []
    var batches: [Int64: BatchRow] = [:]
    for batch in try BatchRow.all(database) { batches[batch.id] = batch }
    let seals = try BatchSeals(database)
    var previous: [UInt8] = []
    let rows = try rows()
    // An erasure changes what an import holds, or takes it away: from then on its entry is the one
    // that commits to what is left.
    var last: [Int64: Row] = [:]
    for row in rows {
      if let batch = row.batch { last[batch] = row }
    }
    for (index, row) in rows.enumerated() {
      if row.number != Int64(index + 1) {
        problems.append("log entry \(index + 1) is missing; entry \(row.number) stands there")
        return problems
      }
      if row.previous != previous {
        problems.append("log entry \(row.number) does not follow from the entry before it")
      }
      if row.hash != row.expectedHash {
        problems.append("log entry \(row.number) was changed after it was written")
      }
      if let id = row.batch, let latest = last[id] {
        let isErasure = latest.action == LogAction.erasure.rawValue
        if latest.number != row.number {
          if !isErasure {
            problems.append(
              "log entries \(row.number) and \(latest.number) both record number \(id)")
          }
        } else if let batch = batches[id] {
          if batch.commitment(sealing: seals[id]).bytes != row.commitment {
            problems.append(
              "number \(id) (\(batch.kind)) is not what log entry \(row.number) recorded")
          }
        } else if !isErasure || !row.commitment.isEmpty {
          problems.append("number \(id), recorded by log entry \(row.number), is missing")
        }
      }
      previous = row.hash
    }
    for id in batches.keys.sorted() where last[id] == nil {
      problems.append("number \(id) is not in the log")
    }
    return problems
  }

  private func rows() throws -> [Row] {
    let rows = try SQLStatement(
      database,
      """
      SELECT id, recorded, action, who, reason, recipient, batch, commitment, previous, hash
      FROM log ORDER BY id
      """)
    var result: [Row] = []
    while try rows.step() {
      result.append(
        Row(
          number: rows.int(0), recorded: rows.int(1), action: rows.text(2),
          who: rows.optionalText(3), reason: rows.optionalText(4),
          recipient: rows.optionalText(5), batch: rows.optionalInt(6), commitment: rows.bytes(7),
          previous: rows.bytes(8), hash: rows.bytes(9)))
    }
    return result
  }

  private struct Row {
    var number: Int64
    var recorded: Int64
    var action: String
    var who: String?
    var reason: String?
    var recipient: String?
    var batch: Int64?
    var commitment: [UInt8]
    var previous: [UInt8]
    var hash: [UInt8] = []

    var expectedHash: [UInt8] {
      var encoder = RecordEncoder()
      encoder.add(Int(number))
      encoder.add(Int(recorded))
      encoder.add(action)
      encoder.add(who)
      encoder.add(reason)
      encoder.add(recipient)
      encoder.add(batch.map(Int.init))
      encoder.add(SHA256.Digest(bytes: commitment))
      encoder.add(SHA256.Digest(bytes: previous))
      return SHA256.hash(of: encoder.bytes).bytes
    }
  }
}
