// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// The rows of events during an import.
struct EventRows {
  private let database: Database
  private let insert: SQLStatement
  private let insertParticipant: SQLStatement
  private let insertValue: SQLStatement
  private let find: SQLStatement
  private let findOthers: SQLStatement
  private let findLive: SQLStatement?
  private(set) var newCount = 0

  init(_ database: Database, _ liveness: Liveness) throws {
    self.database = database
    let values = Array(repeating: "?", count: 26).joined(separator: ", ")
    insert = try SQLStatement(
      database,
      """
      INSERT INTO event
        (key, variant, schema, start_at, end_at, start_text, end_text, origin_role, origin,
         target_role, target, duration, amount, currency, hash, \(MarkRow.columns))
      VALUES (\(values)) ON CONFLICT (key, variant) DO NOTHING
      """)
    insertParticipant = try SQLStatement(
      database, "INSERT INTO participant (event, position, role, entity) VALUES (?, ?, ?, ?)")
    insertValue = try SQLStatement(
      database,
      "INSERT INTO event_value (event, position, property, value, place) VALUES (?, ?, ?, ?, ?)")
    find = try SQLStatement(
      database,
      """
      SELECT id, variant, schema, start_at, end_at, start_text, end_text, origin_role, origin,
        target_role, target
      FROM event WHERE key = ? ORDER BY variant DESC
      """)
    findOthers = try SQLStatement(
      database, "SELECT role, entity FROM participant WHERE event = ? ORDER BY position")
    let condition = liveness.condition("event")
    findLive =
      condition.isEmpty
      ? nil
      : try SQLStatement(
        database,
        """
        SELECT 1 FROM event WHERE id = ?1\(condition) UNION ALL
        SELECT 1 FROM claim
          WHERE event = ?1 AND property IS NULL\(liveness.condition("claim")) LIMIT 1
        """)
  }

  /// The properties in the order in which they are stored: those with columns first, blanks out.
  static func ordered(_ properties: [PropertyValue]) -> [PropertyValue] {
    var columns: [PropertyValue?] = [nil, nil, nil]
    var others: [PropertyValue] = []
    for value in properties where !value.value.isEmpty {
      if let column = columnProperties.firstIndex(of: value.property), columns[column] == nil {
        // The name of the column is the same in every row of a file and is not kept here.
        columns[column] = PropertyValue(value.property, value.value)
      } else {
        others.append(value)
      }
    }
    return columns.compactMap(\.self) + others
  }

  static let columnProperties = ["duration", "amount", "currency"]

  /// Adds an event that the case does not have; gives the number of its row.
  mutating func insert(
    _ event: Event, participants: [(role: Int64, entity: Int64)], hasOrigin: Bool,
    hasTarget: Bool, marks: MarkRow, hash: Int64, locator: Locator, terms: Terms
  ) throws -> (row: Int64, isNew: Bool) {
    let row = EventRow(
      event, schema: try terms.id(event.schema), participants: participants,
      hasOrigin: hasOrigin, hasTarget: hasTarget)
    try insert(row, variant: 0, event, marks, hash)
    if insert.changeCount == 0 {
      if let known = try known(row, locator) { return (known.id, false) }
      let variant = try lastVariant(of: event.id) + 1
      try insert(row, variant: variant, event, marks, hash)
    }
    newCount += 1
    let id = database.lastInsertedRowID
    for (position, other) in row.others.enumerated() {
      insertParticipant.bind(id, at: 1)
      insertParticipant.bind(Int64(position), at: 2)
      insertParticipant.bind(other.role, at: 3)
      insertParticipant.bind(other.entity, at: 4)
      try insertParticipant.run()
    }
    for (position, value) in Self.split(event.properties).others.enumerated() {
      insertValue.bind(id, at: 1)
      insertValue.bind(Int64(position), at: 2)
      insertValue.bind(try terms.id(value.property), at: 3)
      insertValue.bind(value.value, at: 4)
      insertValue.bind(value.column, at: 5)
      try insertValue.run()
    }
    return (id, true)
  }

  private func insert(
    _ row: EventRow, variant: Int64, _ event: Event, _ marks: MarkRow, _ hash: Int64
  ) throws {
    insert.bind(row.key, at: 1)
    insert.bind(variant, at: 2)
    insert.bind(row.schema, at: 3)
    insert.bind(row.startAt, at: 4)
    insert.bind(row.endAt, at: 5)
    insert.bind(row.startText, at: 6)
    insert.bind(row.endText, at: 7)
    insert.bind(row.origin?.role, at: 8)
    insert.bind(row.origin?.entity, at: 9)
    insert.bind(row.target?.role, at: 10)
    insert.bind(row.target?.entity, at: 11)
    let columns = Self.split(event.properties).columns
    Self.bindNumber(columns[0], to: insert, at: 12)
    Self.bindNumber(columns[1], to: insert, at: 13)
    insert.bind(columns[2], at: 14)
    insert.bind(hash, at: 15)
    marks.bind(to: insert, at: 16)
    try insert.run()
  }

  // An integer or real only where that gives back the text.
  static func bindNumber(_ text: String?, to statement: SQLStatement, at index: Int32) {
    guard let text else { return statement.bindNull(at: index) }
    if let integer = Int64(text), String(integer) == text {
      statement.bind(integer, at: index)
    } else if let real = Double(text), real.isFinite, "\(real)" == text {
      statement.bind(real, at: index)
    } else {
      statement.bind(text, at: index)
    }
  }

  static func split(
    _ properties: [PropertyValue]
  ) -> (columns: [String?], others: ArraySlice<PropertyValue>) {
    var columns: [String?] = [nil, nil, nil]
    var count = 0
    for value in properties {
      guard let column = columnProperties.firstIndex(of: value.property), columns[column] == nil
      else { break }
      columns[column] = value.value
      count += 1
    }
    return (columns, properties[count...])
  }

  private func known(_ row: EventRow, _ locator: Locator) throws -> (id: Int64, variant: Int64)? {
    var rows: [(id: Int64, variant: Int64, row: EventRow)] = []
    find.bind(row.key, at: 1)
    while try find.step() {
      rows.append((find.int(0), find.int(1), EventRow(key: row.key, find)))
    }
    for index in rows.indices {
      findOthers.bind(rows[index].id, at: 1)
      while try findOthers.step() {
        rows[index].row.others.append(
          EventRow.Participant(role: findOthers.int(0), entity: findOthers.int(1)))
      }
      if rows[index].row == row { return (rows[index].id, rows[index].variant) }
    }
    for known in rows {
      guard let findLive else {
        throw CaseStoreError.otherEnds(place: locator.description, id: row.key)
      }
      findLive.bind(known.id, at: 1)
      if try findLive.step() {
        findLive.reset()
        throw CaseStoreError.otherEnds(place: locator.description, id: row.key)
      }
    }
    return nil
  }

  private func lastVariant(of key: String) throws -> Int64 {
    find.bind(key, at: 1)
    defer { find.reset() }
    return try find.step() ? find.int(1) : -1
  }
}

/// What makes an event the same event: its schema, its time and its participants.
struct EventRow: Equatable {
  struct Participant: Equatable {
    var role: Int64
    var entity: Int64
  }

  let key: String
  let schema: Int64
  let startAt: Int64?
  let endAt: Int64?
  let startText: String?
  let endText: String?
  let origin: Participant?
  let target: Participant?
  var others: [Participant]

  init(
    _ event: Event, schema: Int64, participants: [(role: Int64, entity: Int64)], hasOrigin: Bool,
    hasTarget: Bool
  ) {
    key = event.id
    self.schema = schema
    startAt = event.time?.start?.earliest
    endAt = event.time?.end?.latest
    startText = event.time?.start.flatMap { Self.isPlain($0) ? nil : $0.text }
    endText = event.time?.end.flatMap { Self.isPlain($0) ? nil : $0.text }
    var rest = participants.map { Participant(role: $0.role, entity: $0.entity) }[...]
    origin = hasOrigin ? rest.popFirst() : nil
    target = hasTarget ? rest.popFirst() : nil
    others = Array(rest)
  }

  init(key: String, _ row: SQLStatement) {
    self.key = key
    schema = row.int(2)
    startAt = row.optionalInt(3)
    endAt = row.optionalInt(4)
    startText = row.optionalText(5)
    endText = row.optionalText(6)
    origin = row.optionalInt(8).map { Participant(role: row.int(7), entity: $0) }
    target = row.optionalInt(10).map { Participant(role: row.int(9), entity: $0) }
    others = []
  }

  // The plain form of a second can be made again from its number.
  static func isPlain(_ date: PartialDate) -> Bool {
    date.text.utf8.count == 20 && PartialDate(milliseconds: date.earliest)?.text == date.text
  }
}
