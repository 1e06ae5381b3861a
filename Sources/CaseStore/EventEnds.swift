// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// The events of each entity that an import brings: gathered, and written in order.
final class EventEnds {
  private let lists: EventLists
  private let insert: SQLStatement
  private let insertMany: SQLStatement?
  private var places: [Int64] = []
  private var lastEvent: Int64 = -1

  // 128 MiB: the ends of eight million events, which are then written page after page, each once.
  private static let most = 1 << 24

  // Many entries in one statement cost half of what they cost one by one.
  private static let groupSize = 64

  init(_ database: Database, _ lists: EventLists) throws {
    self.lists = lists
    guard lists == .entries else {
      insert = try SQLStatement(database, "INSERT INTO event_list (place, events) VALUES (?, ?)")
      insertMany = nil
      return
    }
    func statement(_ rows: Int) throws -> SQLStatement {
      let values = Array(repeating: "(?)", count: rows).joined(separator: ", ")
      return try SQLStatement(database, "INSERT INTO event_end (place) VALUES \(values)")
    }
    insert = try statement(1)
    insertMany = try statement(Self.groupSize)
  }

  /// Notes an end of an event; the ends of one event follow one another.
  func add(_ entity: Int64, _ event: Int64) throws {
    // What is written of an event is written at once, so that an entity has it once.
    if places.count >= Self.most, event != lastEvent { try write() }
    lastEvent = event
    places.append(EventLists.place(entity, event))
  }

  /// Notes the ends of some events, each of which is there once.
  func add(_ places: [Int64]) throws {
    if self.places.count >= Self.most { try write() }
    self.places += places
    lastEvent = -1
  }

  /// Writes what was noted.
  func write() throws {
    Self.sort(&places)
    if lists == .entries { try writeEntries() } else { try writeLists() }
    places.removeAll(keepingCapacity: true)
  }

  private func writeEntries() throws {
    var next = 0
    if let insertMany {
      while next + Self.groupSize <= places.count {
        for index in 0..<Self.groupSize {
          insertMany.bind(places[next + index], at: Int32(index + 1))
        }
        try insertMany.run()
        next += Self.groupSize
      }
    }
    for place in places[next...] {
      insert.bind(place, at: 1)
      try insert.run()
    }
  }

  private func writeLists() throws {
    var text: [UInt8] = []
    var next = 0
    while next < places.count {
      let first = places[next]
      text.removeAll(keepingCapacity: true)
      text.append(UInt8(ascii: "["))
      let end = min(places.count, next + EventLists.longest)
      while next < end, places[next] >> 32 == first >> 32 {
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        Self.append(places[next] & 0xFFFF_FFFF, to: &text)
        next += 1
      }
      text.append(UInt8(ascii: "]"))
      insert.bind(first, at: 1)
      // Safe: the text lies there until the row is written, and is bound anew for the next.
      try unsafe text.withUnsafeBufferPointer {
        unsafe insert.bind(inPlace: $0, at: 2)
        try insert.run()
      }
    }
  }

  private static func append(_ number: Int64, to text: inout [UInt8]) {
    var divisor: Int64 = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      text.append(UInt8(truncatingIfNeeded: 48 + number / divisor % 10))
      divisor /= 10
    }
  }

  /// Sorts places and leaves each once.
  ///
  /// - Complexity: O(n) where the events come in order, as they do from an import.
  static func sort(_ places: inout [Int64]) {
    guard places.count > 1 else { return }
    let largest = places.reduce(0) { max($0, $1 >> 32) }
    // By radix: the events come in order already, so that only the numbers of entities count.
    let isInOrder = (1..<places.count).allSatisfy {
      places[$0 - 1] & 0xFFFF_FFFF <= places[$0] & 0xFFFF_FFFF
    }
    if isInOrder, (places.min() ?? -1) >= 0 {
      var other = places
      var shift: Int64 = 32
      while largest >> (shift - 32) > 0 {
        pass(places, into: &other, shift)
        swap(&places, &other)
        shift += 11
      }
    } else {
      places.sort()
    }
    var count = 1
    for index in 1..<places.count where places[index] != places[count - 1] {
      places[count] = places[index]
      count += 1
    }
    places.removeLast(places.count - count)
  }

  private static func pass(_ places: [Int64], into other: inout [Int64], _ shift: Int64) {
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
  }
}
