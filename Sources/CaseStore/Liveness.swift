// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// Which parts of which imports still count, worked out from the decisions in their order.
///
/// A decision that a later decision reverts has no effect, so reverting a revert brings an import
/// back.
struct Liveness {
  /// A part of an import: what it brought from one source.
  struct Part: Hashable, Comparable {
    var batch: Int64
    var source: Int64

    static func < (a: Part, b: Part) -> Bool { (a.batch, a.source) < (b.batch, b.source) }
  }

  /// The parts that do not count, and since when.
  private(set) var withdrawn: [Part: Int64] = [:]
  /// The times in which parts did not count until a decision was reverted, in order.
  private(set) var suspensions: [Part: [Range<Int64>]] = [:]
  /// The batches, decisions among them, that a later decision has reverted.
  private(set) var reverted: Set<Int64> = []

  private struct Decision {
    var id: Int64
    var recorded: Int64
    var reverts: Int64?
    var drops: Int64?

    func concerns(_ part: Part) -> Bool {
      reverts == part.batch || (drops == part.source && part.batch < id)
    }
  }

  init(_ database: Database) throws {
    var decisions: [Decision] = []
    let rows = try SQLStatement(
      database,
      "SELECT id, recorded, reverts, drops FROM batch WHERE kind <> 'import' ORDER BY id DESC")
    while try rows.step() {
      decisions.append(
        Decision(
          id: rows.int(0), recorded: rows.int(1), reverts: rows.optionalInt(2),
          drops: rows.optionalInt(3)))
    }
    if decisions.isEmpty { return }
    var parts: [Part] = []
    let declarations = try SQLStatement(
      database, "SELECT batch, source FROM declaration ORDER BY batch, source")
    while try declarations.step() {
      parts.append(Part(batch: declarations.int(0), source: declarations.int(1)))
    }
    // From the last to the first: what reverts a decision comes after it.
    for decision in decisions where !reverted.contains(decision.id) {
      if let batch = decision.reverts { reverted.insert(batch) }
      for part in parts where decision.concerns(part) {
        withdrawn[part] = min(withdrawn[part] ?? .max, decision.recorded)
      }
    }
    if decisions.contains(where: { reverted.contains($0.id) }) {
      retrace(decisions.reversed(), parts)
    }
  }

  // Takes the decisions one after the other and notes when each part stopped and began to count.
  private mutating func retrace(_ decisions: [Decision], _ parts: [Part]) {
    var inForce = Array(repeating: false, count: decisions.count)
    var counts: [Part: Int] = [:]
    var since: [Part: Int64] = [:]
    for (last, decision) in decisions.enumerated() {
      var reverted: Set<Int64> = []
      var changed: Set<Part> = []
      for index in (0...last).reversed() {
        let isInForce = !reverted.contains(decisions[index].id)
        if isInForce, let batch = decisions[index].reverts { reverted.insert(batch) }
        if isInForce == inForce[index] { continue }
        inForce[index] = isInForce
        for part in parts where decisions[index].concerns(part) {
          counts[part, default: 0] += isInForce ? 1 : -1
          changed.insert(part)
        }
      }
      for part in changed {
        if counts[part] == 0 {
          guard let start = since.removeValue(forKey: part), start < decision.recorded else {
            continue
          }
          suspensions[part, default: []].append(start..<decision.recorded)
        } else if since[part] == nil {
          since[part] = decision.recorded
        }
      }
    }
    for (part, start) in since { withdrawn[part] = min(withdrawn[part] ?? .max, start) }
  }

  /// Since when decisions do not count, and in which earlier times they did not.
  ///
  /// - Parameters:
  ///   - wanted: the numbers of the decisions.
  ///   - database: an open connection.
  /// - Returns: an entry for each that was ever reverted.
  /// - Throws: errors of the database.
  func times(
    ofDecisions wanted: Set<Int64>, _ database: Database
  ) throws -> [Int64: (withdrawn: Int64?, suspensions: [Range<Int64>])] {
    let rows = try SQLStatement(
      database, "SELECT id, recorded, reverts FROM batch WHERE reverts IS NOT NULL ORDER BY id")
    var reversals: [(id: Int64, recorded: Int64, reverts: Int64)] = []
    while try rows.step() { reversals.append((rows.int(0), rows.int(1), rows.int(2))) }
    var since: [Int64: Int64] = [:]
    var suspensions: [Int64: [Range<Int64>]] = [:]
    for (last, decision) in reversals.enumerated() {
      // What is in force after this one: of reversals the last speaks first.
      var reverted: Set<Int64> = []
      for reversal in reversals[...last].reversed() where !reverted.contains(reversal.id) {
        reverted.insert(reversal.reverts)
      }
      for number in wanted {
        if reverted.contains(number) {
          since[number] = since[number] ?? decision.recorded
        } else if let start = since.removeValue(forKey: number), start < decision.recorded {
          suspensions[number, default: []].append(start..<decision.recorded)
        }
      }
    }
    var result: [Int64: (withdrawn: Int64?, suspensions: [Range<Int64>])] = [:]
    for number in Set(since.keys).union(suspensions.keys) {
      result[number] = (since[number], suspensions[number] ?? [])
    }
    return result
  }

  /// A condition that keeps the rows whose part counts; empty when all do.
  ///
  /// - Parameter table: the name or alias of a table with the columns `batch` and `source`.
  /// - Returns: text that begins with " AND ", made of numbers only.
  func condition(_ table: String) -> String {
    if withdrawn.isEmpty { return "" }
    let pairs = withdrawn.keys.sorted().map { "(\($0.batch), \($0.source))" }
    return " AND (\(table).batch, \(table).source) NOT IN (VALUES "
      + pairs.joined(separator: ", ") + ")"
  }
}
