// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GRDB
import GraphCore
import Testing

/// A changed bit of a case or an edited entry of its log is found, or changes no answer.
///
/// `CLEW_LONG_TESTS` flips 1,000 bits and edits the log 10,000 times.
struct DamageTests {
  private static let isLong = ProcessInfo.processInfo.environment["CLEW_LONG_TESTS"] != nil
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func filled() throws -> CaseStore {
    let store = try fixture.store()
    for seed in UInt64(1)...8 { try GeneratedCase(seed: seed).fill(store) }
    try store.dropSource("informant", enteredBy: "A. Nalyst", reason: "court", recorded: 9_000)
    for number in 0..<6 {
      try store.note(
        number % 2 == 0 ? .consultation : .disclosure, who: "A. Nalyst",
        reason: "request \(number)",
        recipient: "Court", recorded: 10_000 + Int64(number))
    }
    #expect(try store.verify() == [])
    return store
  }

  /// All that a case answers.
  private func answers(_ store: CaseStore) throws -> [String] {
    try description(of: store) + [store.digest(), "\(try store.summary())", "\(try store.log())"]
  }

  @Test func `a flipped bit is found or changes no answer`() throws {
    let store = try filled()
    let url = URL(fileURLWithPath: store.path)
    let original = try Data(contentsOf: url)
    let expected = try answers(store)
    var generator = SeededGenerator(seed: 5)
    var (refused, found, harmless) = (0, 0, 0)
    for _ in 0..<(Self.isLong ? 1_000 : 60) {
      var bytes = original
      let (place, bit) = (
        Int.random(in: 0..<bytes.count, using: &generator),
        UInt8.random(in: 0..<8, using: &generator)
      )
      bytes[place] ^= 1 << bit
      try bytes.write(to: url)
      do {
        let damaged = try CaseStore(store.path)
        if try damaged.verify() != [] {
          found += 1
        } else {
          #expect(try answers(damaged) == expected, "bit \(bit) of byte \(place)")
          harmless += 1
        }
      } catch {
        refused += 1
        #expect(!"\(error)".isEmpty)
      }
    }
    // What lies outside every record and page header is free space, where a bit changes nothing.
    #expect(found > 0 && refused > 0 && harmless > 0)
    print("bit flips: \(refused) refused on opening, \(found) found, \(harmless) harmless")
  }

  /// Changes the log in some way; whether anything was changed.
  private func edit(_ database: Database, _ generator: inout SeededGenerator) throws -> Bool {
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM log") ?? 0
    let (row, other) = (1 + below(count), 1 + below(count))
    switch below(5) {
    case 0:
      try database.execute(sql: "DELETE FROM log WHERE id = ?", arguments: [row])
    case 1:
      try database.execute(
        sql: "DELETE FROM log WHERE id > ?", arguments: [max(1, count - 1 - below(4))])
    case 2:
      guard row != other else { return false }
      try database.execute(
        sql: """
          UPDATE log SET id = -1 WHERE id = \(row);
          UPDATE log SET id = \(row) WHERE id = \(other);
          UPDATE log SET id = \(other) WHERE id = -1;
          """)
      return true
    case 3:
      try database.execute(
        sql: """
          INSERT INTO log
            SELECT \(count + 1), recorded, action, who, 'forged', recipient, NULL, x'',
              (SELECT hash FROM log WHERE id = \(count)), hash FROM log WHERE id = \(row)
          """)
    default:
      let column = [
        "recorded", "action", "who", "reason", "recipient", "commitment", "previous", "hash",
      ][
        below(8)]
      let value =
        switch column {
        case "recorded": "\(below(1_000_000))"
        case "action": ["'import'", "'revert'", "'consultation'", "'merge'"][below(4)]
        case "commitment", "previous", "hash": "randomblob(32)"
        default: below(6) == 0 ? "NULL" : "'N. Obody \(below(1_000))'"
        }
      try database.execute(
        sql: "UPDATE log SET \(column) = \(value) WHERE id = \(row) AND \(column) IS NOT \(value)")
    }
    return database.changesCount > 0
  }

  @Test func `every edit of the log is found by its chain or by an anchor`() throws {
    let store = try filled()
    let url = URL(fileURLWithPath: store.path)
    let original = try Data(contentsOf: url)
    // What an export bears: the number and hash of the last entry.
    let anchor = try #require(try store.log().last)
    var generator = SeededGenerator(seed: 6)
    var (byChain, byAnchor, edits) = (0, 0, 0)
    while edits < (Self.isLong ? 10_000 : 150) {
      try original.write(to: url)
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: store.path, configuration: configuration)
      var isChanged = false
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
        isChanged = try edit(database, &generator)
      }
      try queue.close()
      guard isChanged else { continue }
      edits += 1
      let edited = try CaseStore(store.path)
      if try edited.verify() != [] {
        byChain += 1
      } else {
        let entry = try edited.log().first { $0.number == anchor.number }
        #expect(entry?.hash != anchor.hash, "edit \(edits)")
        byAnchor += 1
      }
    }
    #expect(byChain > byAnchor)
    print("log edits: \(byChain) found by the chain, \(byAnchor) by the anchor alone")
  }
}
