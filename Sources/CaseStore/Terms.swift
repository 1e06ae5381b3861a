// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// Words and their numbers; a word gets its number when it is first used.
final class Terms {
  private var ids: [String: Int64] = [:]
  private var texts: [Int64: String] = [:]
  private var last: Int64 = 0
  private let insert: SQLStatement?

  /// Reads the words of a case.
  ///
  /// - Parameters:
  ///   - database: an open connection.
  ///   - isWriting: whether words may be added.
  /// - Throws: errors of the database.
  init(_ database: Database, isWriting: Bool) throws {
    let rows = try SQLStatement(database, "SELECT id, text FROM term ORDER BY id")
    while try rows.step() {
      ids[rows.text(1)] = rows.int(0)
      texts[rows.int(0)] = rows.text(1)
      last = rows.int(0)
    }
    insert =
      isWriting ? try SQLStatement(database, "INSERT INTO term (id, text) VALUES (?, ?)") : nil
  }

  /// The number of a word, which is added if it is new; 0 when words cannot be added.
  func id(_ text: String) throws -> Int64 {
    if let id = ids[text] { return id }
    guard let insert else { return 0 }
    let id = last + 1
    last = id
    insert.bind(id, at: 1)
    insert.bind(text, at: 2)
    try insert.run()
    ids[text] = id
    texts[id] = text
    return id
  }

  func id(_ text: String?) throws -> Int64? { try text.map { try id($0) } }

  /// The word of a number; a number that is in a row of a checked file always has one.
  func text(_ id: Int64) throws -> String {
    guard let text = texts[id] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the word \(id) is missing")
    }
    return text
  }

  func text(_ id: Int64?) throws -> String? { try id.map { try text($0) } }
}
