// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// How a case lists the events of each entity, in any role.
///
/// A place is the number of an entity in the upper 32 bits and that of an event in the lower.
enum EventLists {
  /// One row of `event_end` for each place: cases of the first two versions.
  case entries
  /// Rows of `event_list`, each with the place of its first event and a JSON list of up to
  /// `longest` events in ascending order.
  case lists

  /// The most events in a list that is written.
  static let longest = 1_024

  /// The way of an open case.
  init(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    self = version < 3 ? .entries : .lists
  }

  /// Brings the entries of an older case into lists, whose table is there and empty.
  static func convert(_ database: Database) throws {
    let ends = try EventEnds(database, .lists)
    let rows = try SQLStatement(database, "SELECT place FROM event_end ORDER BY place")
    while try rows.step() { try ends.add(rows.int(0) >> 32, rows.int(0) & 0xFFFF_FFFF) }
    try ends.write()
    try database.execute(sql: "DROP TABLE event_end")
  }

  /// The key of an entity's event.
  static func place(_ entity: Int64, _ event: Int64) -> Int64 { entity << 32 | event }

  /// A query for the numbers of the events of an entity that is bound at a number, or written out.
  func events(of parameter: String) -> String {
    let condition =
      "place BETWEEN \(parameter) << 32 AND (\(parameter) << 32) + 4294967295"
    return switch self {
    case .entries: "SELECT place & 4294967295 AS event FROM event_end WHERE \(condition)"
    case .lists:
      "SELECT entry.value AS event FROM event_list, json_each(events) AS entry WHERE \(condition)"
    }
  }

  /// Takes some places out of the lists.
  ///
  /// - Complexity: O(k) in the entries of the lists that hold them.
  func remove(_ places: [Int64], _ database: Database) throws {
    if self == .entries {
      let delete = try SQLStatement(database, "DELETE FROM event_end WHERE place = ?")
      for place in places {
        delete.bind(place, at: 1)
        try delete.run()
      }
      return
    }
    let find = try SQLStatement(
      database,
      "SELECT place, events FROM event_list WHERE place <= ? ORDER BY place DESC LIMIT 1")
    let delete = try SQLStatement(database, "DELETE FROM event_list WHERE place = ?")
    let insert = try SQLStatement(database, "INSERT INTO event_list (place, events) VALUES (?, ?)")
    var rest = places.sorted()[...]
    while let place = rest.first {
      find.bind(place, at: 1)
      guard try find.step(), find.int(0) >> 32 == place >> 32,
        let list = Self.read(find.bytes(1))
      else {
        find.reset()
        rest.removeFirst()
        continue
      }
      let first = find.int(0)
      find.reset()
      let last = Self.place(first >> 32, list.last ?? 0)
      var gone: Set<Int64> = []
      while let next = rest.first, next <= max(last, place) {
        gone.insert(next & 0xFFFF_FFFF)
        rest.removeFirst()
      }
      let kept = list.filter { !gone.contains($0) }
      delete.bind(first, at: 1)
      try delete.run()
      guard let start = kept.first else { continue }
      insert.bind(Self.place(first >> 32, start), at: 1)
      insert.bind("[" + kept.map(String.init).joined(separator: ",") + "]", at: 2)
      try insert.run()
    }
  }

  /// The numbers of a list; nil when it is not written as this program writes it.
  static func read(_ text: [UInt8]) -> [Int64]? {
    guard text.count > 2, text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else {
      return nil
    }
    var numbers: [Int64] = []
    var number: Int64 = 0
    var digits = 0
    for byte in text.dropFirst() {
      if byte &- 48 < 10 {
        if digits > 0, number == 0 { return nil }
        number = number * 10 + Int64(byte &- 48)
        digits += 1
        if digits > 10 { return nil }
      } else {
        guard digits > 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") else {
          return nil
        }
        numbers.append(number)
        (number, digits) = (0, 0)
      }
    }
    // The closing bracket, and no other, ends the last number.
    let ends = text.dropFirst().count { $0 == UInt8(ascii: "]") }
    return ends == 1 && digits == 0 ? numbers : nil
  }
}

extension EventLists {
  /// What is wrong with the lists: they say just what the events say.
  ///
  /// - Parameters:
  ///   - database: the case.
  ///   - name: the id of an entity's row.
  /// - Returns: up to ten sentences of each kind.
  /// - Throws: errors of the database.
  /// - Complexity: O(p) time and 16 bytes for each place.
  func problems(_ database: Database, name: (Int64) -> String) throws -> [String] {
    var places = try placesOfEvents(database)[...]
    var missing: [String] = []
    var extra: [String] = []
    func note(missing place: Int64) {
      guard missing.count < 10 else { return }
      missing.append(
        "event \(place & 0xFFFF_FFFF) is missing among those of '\(name(place >> 32))'")
    }
    func note(extra place: Int64) {
      guard extra.count < 10 else { return }
      extra.append(
        "event \(place & 0xFFFF_FFFF) is listed for '\(name(place >> 32))', who has no part in it")
    }
    var last = Int64.min
    var changed: [String] = []
    func compare(_ place: Int64) {
      while let next = places.first, next < place { note(missing: places.removeFirst()) }
      if places.first == place, place > last {
        places.removeFirst()
      } else {
        note(extra: place)
      }
      last = max(last, place)
    }
    let rows = try SQLStatement(
      database,
      self == .entries
        ? "SELECT place FROM event_end ORDER BY place"
        : "SELECT place, events FROM event_list ORDER BY place")
    while try rows.step() {
      let place = rows.int(0)
      if self == .entries {
        compare(place)
        continue
      }
      guard let list = Self.read(rows.bytes(1)), Self.place(place >> 32, list.first ?? -1) == place
      else {
        if changed.count < 10 {
          changed.append("the list of events of '\(name(place >> 32))' was changed")
        }
        continue
      }
      for event in list { compare(Self.place(place >> 32, event)) }
    }
    for place in places.prefix(10) { note(missing: place) }
    return changed + missing + extra
  }

  // The places that the events and their participants make, in order.
  private func placesOfEvents(_ database: Database) throws -> [Int64] {
    var places: [Int64] = []
    let events = try SQLStatement(
      database, "SELECT id, coalesce(origin, -1), coalesce(target, -1) FROM event ORDER BY id")
    while try events.step() {
      let (event, origin, target) = (events.int(0), events.int(1), events.int(2))
      if origin >= 0 { places.append(Self.place(origin, event)) }
      if target >= 0, target != origin { places.append(Self.place(target, event)) }
    }
    let others = try SQLStatement(database, "SELECT event, entity FROM participant")
    while try others.step() { places.append(Self.place(others.int(1), others.int(0))) }
    EventEnds.sort(&places)
    return places
  }
}
