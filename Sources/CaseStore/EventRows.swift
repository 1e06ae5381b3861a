// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// How many events of which schema an import has brought, and how many of them without a time.
struct EventCounts {
  /// By the number of the schema's word.
  private(set) var bySchema: [Int64: Int] = [:]
  var withoutTime = 0

  mutating func add(schema: Int64, rows: Int) { bySchema[schema, default: 0] += rows }

  mutating func add(_ other: EventCounts) {
    for (schema, rows) in other.bySchema { add(schema: schema, rows: rows) }
    withoutTime += other.withoutTime
  }
}

/// The rows of events during an import.
struct EventRows {
  private let database: Database
  private let insert: SQLStatement
  private let insertParticipant: SQLStatement
  private let find: SQLStatement
  private let findRow: SQLStatement
  private let findOthers: SQLStatement
  private let findLive: SQLStatement?
  // The rows of events without a key by line and schema, for the files that were asked for.
  private var unkeyed: [Int64: [Place: Int64]] = [:]
  private let isEmpty: Bool
  private let ends: EventEnds
  private(set) var newCount = 0
  /// What the new rows are.
  private(set) var counts = EventCounts()

  private struct Place: Hashable {
    var line: Int64
    var schema: Int64
  }

  init(_ database: Database, _ liveness: Liveness, _ ends: EventEnds) throws {
    self.database = database
    self.ends = ends
    isEmpty = try Int.fetchOne(database, sql: "SELECT 1 FROM event LIMIT 1") == nil
    let values = Array(repeating: "?", count: 27).joined(separator: ", ")
    insert = try SQLStatement(
      database,
      """
      INSERT INTO event
        (key, variant, schema, start_at, end_at, start_text, end_text, origin_role, origin,
         target_role, target, duration, amount, currency, hash, details, \(MarkRow.columns))
      VALUES (\(values)) ON CONFLICT (key, variant) WHERE key IS NOT NULL DO NOTHING
      """)
    insertParticipant = try SQLStatement(
      database, "INSERT INTO participant (event, position, role, entity) VALUES (?, ?, ?, ?)")
    find = try SQLStatement(
      database,
      """
      SELECT id, variant, schema, start_at, end_at, start_text, end_text, origin_role, origin,
        target_role, target
      FROM event WHERE key = ? ORDER BY variant DESC
      """)
    findRow = try SQLStatement(
      database,
      """
      SELECT id, variant, schema, start_at, end_at, start_text, end_text, origin_role, origin,
        target_role, target
      FROM event WHERE id = ?
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
    let details = try EventDetails.text(Self.split(event.properties).others, terms)
    if EventKey.isDerived(event.id, schema: event.schema, locator), let file = marks.file,
      let line = marks.line
    {
      let place = Place(line: line, schema: row.schema)
      if let other = try unkeyed(file)[place] {
        if try self.row(other, key: event.id) == row { return (other, false) }
        // From here on its id tells the variants apart.
        try database.execute(
          sql: "UPDATE event SET key = ? WHERE id = ?", arguments: [event.id, other])
        unkeyed[file]?[place] = nil
      } else if try !isKeyed(event.id) {
        try insert(row, variant: 0, event, marks, hash, details, hasKey: false)
        note(row)
        let id = database.lastInsertedRowID
        unkeyed[file]?[place] = id
        try insertOthers(row, id)
        return (id, true)
      }
    }
    try insert(row, variant: 0, event, marks, hash, details)
    if insert.changeCount == 0 {
      if let known = try known(row, locator) { return (known.id, false) }
      let variant = try lastVariant(of: event.id) + 1
      try insert(row, variant: variant, event, marks, hash, details)
    }
    note(row)
    let id = database.lastInsertedRowID
    try insertOthers(row, id)
    return (id, true)
  }

  private mutating func note(_ row: EventRow) {
    newCount += 1
    counts.add(schema: row.schema, rows: 1)
    if row.startAt == nil, row.endAt == nil { counts.withoutTime += 1 }
  }

  private func insertOthers(_ row: EventRow, _ id: Int64) throws {
    for end in [row.origin, row.target].compactMap(\.self) + row.others {
      try ends.add(end.entity, id)
    }
    for (position, other) in row.others.enumerated() {
      insertParticipant.bind(id, at: 1)
      insertParticipant.bind(Int64(position), at: 2)
      insertParticipant.bind(other.role, at: 3)
      insertParticipant.bind(other.entity, at: 4)
      try insertParticipant.run()
    }
  }

  // Two reports of one place: a file that comes again, or a caller that states a line twice.
  private mutating func unkeyed(_ file: Int64) throws -> [Place: Int64] {
    if let known = unkeyed[file] { return known }
    var places: [Place: Int64] = [:]
    if !isEmpty || newCount > 0 {
      let rows = try SQLStatement(
        database, "SELECT line, schema, id FROM event WHERE file = ? AND key IS NULL")
      rows.bind(file, at: 1)
      while try rows.step() {
        places[Place(line: rows.int(0), schema: rows.int(1))] = rows.int(2)
      }
    }
    unkeyed[file] = places
    return places
  }

  private func isKeyed(_ key: String) throws -> Bool {
    find.bind(key, at: 1)
    defer { find.reset() }
    return try find.step()
  }

  private func row(_ id: Int64, key: String) throws -> EventRow? {
    findRow.bind(id, at: 1)
    guard try findRow.step() else { return nil }
    var row = EventRow(key: key, findRow)
    findRow.reset()
    findOthers.bind(id, at: 1)
    while try findOthers.step() {
      row.others.append(
        EventRow.Participant(role: findOthers.int(0), entity: findOthers.int(1)))
    }
    return row
  }

  private func insert(
    _ row: EventRow, variant: Int64, _ event: Event, _ marks: MarkRow, _ hash: Int64,
    _ details: String?, hasKey: Bool = true
  ) throws {
    insert.bind(hasKey ? row.key : nil, at: 1)
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
    insert.bind(details, at: 16)
    marks.bind(to: insert, at: 17)
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
