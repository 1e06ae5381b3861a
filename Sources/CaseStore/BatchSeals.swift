// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// What the log commits to beside the row of a batch: its declarations, its files, and the schemata
/// by which it was read.
///
/// A declaration carries the digests of the rows that the batch brought, so that a changed claim or
/// event either disagrees with them or they disagree with the log.
struct BatchSeals {
  private var encoders: [Int64: RecordEncoder] = [:]
  private var schemata = RecordEncoder()

  /// Reads what is sealed.
  ///
  /// - Parameters:
  ///   - database: an open connection.
  ///   - batch: the batch whose seal is wanted; nil for all.
  /// - Throws: errors of the database.
  init(_ database: Database, of batch: Int64? = nil) throws {
    let condition = batch.map { " WHERE batch = \($0)" } ?? ""
    let settings = try SQLStatement(database, "SELECT key, value FROM setting ORDER BY key")
    while try settings.step() {
      schemata.add(settings.text(0))
      schemata.add(settings.text(1))
    }
    let declarations = try SQLStatement(
      database,
      """
      SELECT batch, name, kind, scheme, grade, handling, claims, events, content_digest,
        claim_digest, event_digest
      FROM declaration LEFT JOIN source ON source.id = declaration.source\(condition)
      ORDER BY batch, name
      """)
    while try declarations.step() {
      var encoder = RecordEncoder()
      encoder.add("declaration")
      for column: Int32 in 1...7 { encoder.add(declarations.optionalText(column)) }
      for column: Int32 in 8...10 {
        encoder.add(SHA256.Digest(bytes: declarations.bytes(column)).hex)
      }
      encoders[declarations.int(0), default: RecordEncoder()].add(encoder)
    }
    let files = try SQLStatement(
      database,
      """
      SELECT batch, file.id, source.name, file.name, sha256, byte_count
      FROM file LEFT JOIN source ON source.id = file.source\(condition) ORDER BY file.id
      """)
    while try files.step() {
      var encoder = RecordEncoder()
      encoder.add("file")
      for column: Int32 in 1...5 { encoder.add(files.optionalText(column)) }
      encoders[files.int(0), default: RecordEncoder()].add(encoder)
    }
  }

  /// The digest of what is sealed with a batch.
  subscript(batch: Int64) -> SHA256.Digest {
    var encoder = schemata
    if let own = encoders[batch] { encoder.add(own) }
    return encoder.digest
  }
}
