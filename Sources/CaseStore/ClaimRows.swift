// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// The marks of a claim or event as columns.
struct MarkRow {
  var batch: Int64
  var source: Int64
  var file: Int64?
  var line: Int64?
  var place: String?
  var validStart: String?
  var validEnd: String?
  var scheme: Int64?
  var grade: String?
  var handling: String?
  var standing: Int64

  init(_ marks: Marks, source: Int64, batch: Int64, _ terms: Terms) throws {
    self.batch = batch
    self.source = source
    file = try terms.id(marks.locator.file)
    line = marks.locator.line.map(Int64.init)
    place = marks.locator.place
    validStart = marks.valid?.start?.text
    validEnd = marks.valid?.end?.text
    scheme = try terms.id(marks.grade?.scheme)
    grade = marks.grade?.code
    handling = marks.handling
    standing = marks.standing == .fact ? 0 : 1
  }

  /// The columns in the order of `bind`.
  static let columns =
    "batch, source, file, line, place, valid_start, valid_end, scheme, grade, handling, standing"

  func bind(to statement: SQLStatement, at first: Int32) {
    statement.bind(batch, at: first)
    statement.bind(source, at: first + 1)
    statement.bind(file, at: first + 2)
    statement.bind(line, at: first + 3)
    statement.bind(place, at: first + 4)
    statement.bind(validStart, at: first + 5)
    statement.bind(validEnd, at: first + 6)
    statement.bind(scheme, at: first + 7)
    statement.bind(grade, at: first + 8)
    statement.bind(handling, at: first + 9)
    statement.bind(standing, at: first + 10)
  }
}

/// The rows of claims during an import.
struct ClaimRows {
  /// The types of property whose values can be searched for.
  static let indexedTypes: Set<Schema.ValueType> = [.name, .identifier, .phone, .email, .address]

  private let database: Database
  private let insert: SQLStatement
  private let index: NameIndex

  init(_ database: Database, batch: Int64) throws {
    self.database = database
    insert = try SQLStatement(
      database,
      """
      INSERT INTO claim
        (entity, relationship, event, property, value, hash, \(MarkRow.columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    index = try NameIndex(database)
  }

  /// How a value is found.
  enum Indexing { case not, word, name }

  /// How the values of a type are found.
  static func indexing(_ type: Schema.ValueType?) -> Indexing {
    guard let type, indexedTypes.contains(type) else { return .not }
    return type == .name ? .name : .word
  }

  /// Adds a claim and gives its number.
  func insert(
    _ subject: Claim.Subject, _ row: Int64, property: Int64?, value: String, marks: MarkRow,
    hash: Int64, indexing: Indexing
  ) throws -> Int64 {
    for column in 1...3 { insert.bindNull(at: Int32(column)) }
    switch subject {
    case .entity: insert.bind(row, at: 1)
    case .relationship: insert.bind(row, at: 2)
    case .event: insert.bind(row, at: 3)
    }
    insert.bind(property, at: 4)
    insert.bind(value, at: 5)
    insert.bind(hash, at: 6)
    marks.bind(to: insert, at: 7)
    try insert.run()
    let number = database.lastInsertedRowID
    guard indexing != .not else { return number }
    // Only entities are found.
    guard case .entity = subject else { return number }
    try index.add(claim: number, value, isName: indexing == .name)
    return number
  }
}
