// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// The entries of `event_end` that an import brings: gathered, and written in order.
final class EventEnds {
  private let insert: SQLStatement
  private let insertMany: SQLStatement
  private var places: [Int64] = []

  // 128 MiB: the ends of eight million events, which are then written page after page, each once.
  private static let most = 1 << 24

  // Many rows in one statement cost half of what they cost one by one.
  private static let groupSize = 64

  init(_ database: Database) throws {
    func statement(_ rows: Int) throws -> SQLStatement {
      let values = Array(repeating: "(?)", count: rows).joined(separator: ", ")
      return try SQLStatement(
        database,
        "INSERT INTO event_end (place) VALUES \(values) ON CONFLICT (place) DO NOTHING")
    }
    insert = try statement(1)
    insertMany = try statement(Self.groupSize)
  }

  /// The key of an entity's event.
  static func place(_ entity: Int64, _ event: Int64) -> Int64 { entity << 32 | event }

  /// A condition on `place` for an entity that is bound at a number.
  static func condition(_ parameter: String) -> String {
    "place BETWEEN \(parameter) << 32 AND (\(parameter) << 32) + 4294967295"
  }

  /// The number of the event in a place, in SQL.
  static let event = "place & 4294967295"

  /// Notes an end of an event.
  func add(_ entity: Int64, _ event: Int64) throws {
    if places.count >= Self.most { try write() }
    places.append(Self.place(entity, event))
  }

  /// Writes what was noted.
  func write() throws {
    sort()
    var next = 0
    while next + Self.groupSize <= places.count {
      for index in 0..<Self.groupSize {
        insertMany.bind(places[next + index], at: Int32(index + 1))
      }
      try insertMany.run()
      next += Self.groupSize
    }
    for place in places[next...] {
      insert.bind(place, at: 1)
      try insert.run()
    }
    places.removeAll(keepingCapacity: true)
  }

  // By radix: the events come in order already, so that only the numbers of entities count.
  private func sort() {
    guard places.count > 1 else { return }
    var other = places
    let largest = places.reduce(0) { max($0, $1 >> 32) }
    let isInOrder = zip(places, places.dropFirst()).allSatisfy {
      $0 & 0xFFFF_FFFF <= $1 & 0xFFFF_FFFF
    }
    guard isInOrder else { return places.sort() }
    var shift: Int64 = 32
    while largest >> (shift - 32) > 0 {
      var counts = [Int](repeating: 0, count: 1 << 11)
      for place in places { counts[Int(place >> shift & 0x7FF)] += 1 }
      var sum = 0
      for index in counts.indices {
        (counts[index], sum) = (sum, sum + counts[index])
      }
      for place in places {
        let digit = Int(place >> shift & 0x7FF)
        other[counts[digit]] = place
        counts[digit] += 1
      }
      swap(&places, &other)
      shift += 11
    }
  }
}
