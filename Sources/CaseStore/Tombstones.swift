// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import Foundation
internal import GRDB

/// What was erased from a case and stays out of it: keyed hashes of ids, never the ids.
///
/// The key lies in the case. Who holds the file can therefore test whether a certain id was erased,
/// and cannot read from it which ones were.
struct Tombstones {
  private let key: [UInt8]
  private var digests: Set<String> = []
  private var answers: [String: Bool] = [:]

  private static let setting = "erasure key"

  /// Gives a new case its key.
  static func writeKey(_ database: Database) throws {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    let insert = try SQLStatement(database, "INSERT INTO setting (key, value) VALUES (?, ?)")
    insert.bind(setting, at: 1)
    insert.bind(SHA256.Digest(bytes: bytes).hex, at: 2)
    try insert.run()
  }

  init(_ database: Database) throws {
    let key = try String.fetchOne(
      database, sql: "SELECT value FROM setting WHERE key = ?", arguments: [Self.setting])
    self.key = Array((key ?? "").utf8)
    let rows = try SQLStatement(
      database, "SELECT mapping FROM batch WHERE kind = 'erase' AND mapping <> ''")
    while try rows.step() { digests.insert(rows.text(0)) }
  }

  /// The key that seals what is kept beside the case; it tells nothing of the key of erasures.
  var keptKey: [UInt8] { SHA256.authenticate(Array("kept beside the case".utf8), key: key).bytes }

  /// Whether nothing is kept out.
  var isEmpty: Bool { digests.isEmpty }

  /// The text that keeps something out.
  func digest(of kind: ErasureSubject) -> String {
    var encoder = RecordEncoder()
    switch kind {
    case .entity(let id): encoder.add("entity\u{0}" + id)
    case .source(let name): encoder.add("source\u{0}" + name)
    }
    return SHA256.authenticate(encoder.bytes, key: key).hex
  }

  /// Whether something was erased and stays out.
  func contains(_ kind: ErasureSubject) -> Bool {
    !digests.isEmpty && digests.contains(digest(of: kind))
  }

  /// Whether an entity was erased and stays out; the answer is kept for the next time.
  mutating func contains(entity id: String) -> Bool {
    if digests.isEmpty { return false }
    if let answer = answers[id] { return answer }
    let answer = contains(.entity(id))
    answers[id] = answer
    return answer
  }
}
