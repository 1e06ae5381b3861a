// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// The row of an import or a decision.
struct BatchRow {
  var id: Int64
  var kind: String
  var label: String
  var recorded: Int64
  var enteredBy: String?
  var reason: String?
  var mapping: String?
  var reverts: Int64?
  var drops: Int64?
  var digest: [UInt8]
  // Not derived from anything: without it nobody can tell which content a log entry commits to.
  var secret: [UInt8] = {
    var generator = SystemRandomNumberGenerator()
    return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }()

  /// The keyed hash by which the log commits to the row and to what is sealed with it.
  func commitment(sealing seal: SHA256.Digest) -> SHA256.Digest {
    var encoder = RecordEncoder()
    encoder.add(Int(id))
    encoder.add(kind)
    encoder.add(label)
    encoder.add(Int(recorded))
    encoder.add(enteredBy)
    encoder.add(reason)
    encoder.add(mapping)
    encoder.add(reverts.map(Int.init))
    encoder.add(drops.map(Int.init))
    encoder.add(SHA256.Digest(bytes: digest))
    encoder.add(seal)
    return SHA256.authenticate(encoder.bytes, key: secret)
  }

  func insert(_ database: Database) throws {
    let insert = try SQLStatement(
      database,
      """
      INSERT INTO batch
        (id, kind, label, recorded, entered_by, reason, mapping, reverts, drops, digest, secret)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insert.bind(id, at: 1)
    insert.bind(kind, at: 2)
    insert.bind(label, at: 3)
    insert.bind(recorded, at: 4)
    insert.bind(enteredBy, at: 5)
    insert.bind(reason, at: 6)
    insert.bind(mapping, at: 7)
    insert.bind(reverts, at: 8)
    insert.bind(drops, at: 9)
    insert.bind(digest, at: 10)
    insert.bind(secret, at: 11)
    try insert.run()
  }

  /// Writes the digest, which is known when the import has been read.
  func updateDigest(_ database: Database) throws {
    let update = try SQLStatement(database, "UPDATE batch SET digest = ? WHERE id = ?")
    update.bind(digest, at: 1)
    update.bind(id, at: 2)
    try update.run()
  }

  /// The same row with another secret.
  func withNewSecret() -> BatchRow {
    BatchRow(
      id: id, kind: kind, label: label, recorded: recorded, enteredBy: enteredBy, reason: reason,
      mapping: mapping, reverts: reverts, drops: drops, digest: digest)
  }

  /// Writes the secret.
  func updateSecret(_ database: Database) throws {
    let update = try SQLStatement(database, "UPDATE batch SET secret = ? WHERE id = ?")
    update.bind(secret, at: 1)
    update.bind(id, at: 2)
    try update.run()
  }

  /// The rows of all imports and decisions, in their order.
  static func all(_ database: Database) throws -> [BatchRow] {
    let rows = try SQLStatement(
      database,
      """
      SELECT id, kind, label, recorded, entered_by, reason, mapping, reverts, drops, digest, secret
      FROM batch ORDER BY id
      """)
    var result: [BatchRow] = []
    while try rows.step() {
      result.append(
        BatchRow(
          id: rows.int(0), kind: rows.text(1), label: rows.text(2), recorded: rows.int(3),
          enteredBy: rows.optionalText(4), reason: rows.optionalText(5),
          mapping: rows.optionalText(6), reverts: rows.optionalInt(7), drops: rows.optionalInt(8),
          digest: rows.bytes(9), secret: rows.bytes(10)))
    }
    return result
  }
}
