// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// The writing of the indices by which names, numbers and addresses are found.
struct NameIndex {
  private let insertWords: SQLStatement
  private let insertName: SQLStatement

  init(_ database: Database) throws {
    insertWords = try SQLStatement(
      database, "INSERT INTO name_index (rowid, words) VALUES (?, ?)")
    insertName = try SQLStatement(database, "INSERT INTO near_index (rowid, name) VALUES (?, ?)")
  }

  /// Adds the value of a claim.
  func add(claim: Int64, _ value: String, isName: Bool) throws {
    insertWords.bind(claim, at: 1)
    insertWords.bind(NameForms.words(value), at: 2)
    try insertWords.run()
    guard isName else { return }
    insertName.bind(claim, at: 1)
    insertName.bind(NameForms.folded(value), at: 2)
    try insertName.run()
  }

  /// Empties both.
  static func clear(_ database: Database) throws {
    for table in ["name_index", "near_index"] {
      try database.execute(sql: "INSERT INTO \(table) (\(table)) VALUES ('delete-all')")
    }
  }
}
