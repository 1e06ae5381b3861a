// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// The rows of relationships during an import.
struct RelationshipRows {
  private let find: SQLStatement
  private let findEnds: SQLStatement
  private let findLive: SQLStatement?
  private let insert: SQLStatement
  private let insertEnd: SQLStatement
  private let database: Database
  private(set) var newCount = 0

  init(_ database: Database, _ liveness: Liveness) throws {
    self.database = database
    find = try SQLStatement(
      database, "SELECT id, variant, schema FROM relationship WHERE key = ? ORDER BY variant DESC")
    findEnds = try SQLStatement(
      database,
      "SELECT role, entity FROM relationship_end WHERE relationship = ? ORDER BY position")
    let condition = liveness.condition("claim")
    findLive =
      condition.isEmpty
      ? nil
      : try SQLStatement(
        database,
        "SELECT 1 FROM claim WHERE relationship = ? AND property IS NULL\(condition) LIMIT 1")
    insert = try SQLStatement(
      database, "INSERT INTO relationship (key, variant, schema) VALUES (?, ?, ?)")
    insertEnd = try SQLStatement(
      database,
      "INSERT INTO relationship_end (relationship, position, role, entity) VALUES (?, ?, ?, ?)")
  }

  /// The number of a relationship with these ends, which is added if there is none.
  mutating func define(
    _ key: String, schema: Int64, ends: [(role: Int64, entity: Int64)], locator: Locator
  ) throws -> Int64 {
    var variants: [(id: Int64, variant: Int64, schema: Int64)] = []
    find.bind(key, at: 1)
    while try find.step() { variants.append((find.int(0), find.int(1), find.int(2))) }
    for variant in variants where variant.schema == schema {
      if try self.ends(of: variant.id) == ends.map({ [$0.role, $0.entity] }) { return variant.id }
    }
    for variant in variants {
      guard let findLive else {
        throw CaseStoreError.otherEnds(place: locator.description, id: key)
      }
      findLive.bind(variant.id, at: 1)
      if try findLive.step() {
        findLive.reset()
        throw CaseStoreError.otherEnds(place: locator.description, id: key)
      }
    }
    insert.bind(key, at: 1)
    insert.bind((variants.first?.variant ?? -1) + 1, at: 2)
    insert.bind(schema, at: 3)
    try insert.run()
    let id = database.lastInsertedRowID
    for (position, end) in ends.enumerated() {
      insertEnd.bind(id, at: 1)
      insertEnd.bind(Int64(position), at: 2)
      insertEnd.bind(end.role, at: 3)
      insertEnd.bind(end.entity, at: 4)
      try insertEnd.run()
    }
    newCount += 1
    return id
  }

  private func ends(of id: Int64) throws -> [[Int64]] {
    var result: [[Int64]] = []
    findEnds.bind(id, at: 1)
    while try findEnds.step() { result.append([findEnds.int(0), findEnds.int(1)]) }
    return result
  }
}
