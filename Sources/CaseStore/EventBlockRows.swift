// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB
internal import GRDBSQLite

/// Writes blocks of events of one table: the same rows and digests as one assertion after the other,
/// with what is the same in all of them prepared once.
struct EventBlockRows {
  private typealias Piece = Range<Int>

  private let database: Database
  private let statement: SQLStatement
  // What records are made of, one after the other: what does not change, and the entities.
  private var pool: [UInt8] = []
  private let idHead: Piece
  private let schemaField: Piece
  private let originRole: Piece
  private let targetRole: Piece
  private let tailBeforeLine: Piece
  private let tail: Piece
  private let properties: [Property]
  // Columns of the table of which some property is the value.
  private let columns: [Int32]
  // The entities by the block's numbers: their rows and their fields in a record.
  private var rows: [Int64] = []
  private var fields: [Piece] = []
  private var record: [UInt8] = []
  private var details: [UInt8] = []

  // In the order of storing: the place in the block, the column of the table or nil, and the bytes
  // before and after the value in a record and in the details.
  private struct Property {
    var field: Int
    var column: Int?
    var before: Piece
    var after: Piece
    var detailBefore: Piece
    var detailAfter: Piece
  }

  /// Prepares the writing of a table's events: the first block states what all have in common.
  init(
    _ database: Database, _ block: EventBlock, arc: (source: String, target: String),
    batch: Int64, source: Int64, terms: Terms
  ) throws {
    self.database = database
    var pool: [UInt8] = []
    func piece(_ bytes: some Sequence<UInt8>) -> Piece {
      let start = pool.count
      pool.append(contentsOf: bytes)
      return start..<pool.count
    }
    func encoded(_ body: (inout RecordEncoder) -> Void) -> Piece {
      var encoder = RecordEncoder()
      body(&encoder)
      return piece(encoder.bytes)
    }
    idHead = piece("\(block.schema):\(block.file):".utf8)
    schemaField = encoded { $0.add(block.schema) }
    // Two participants: their number, then role and id of each.
    var origin = RecordEncoder()
    origin.add(arc.source)
    originRole = piece([0, 0, 0, 2] + origin.bytes)
    targetRole = encoded { $0.add(arc.target) }
    tailBeforeLine = encoded {
      $0.add(block.source)
      $0.add(block.file)
    }
    tail = encoded { encoder in
      for _ in 0..<6 { encoder.add(nil as String?) }
      encoder.add(Assertion.Standing.fact.rawValue)
    }
    let order =
      EventRows.columnProperties.compactMap { name in
        block.properties.firstIndex { $0.name == name }
      }
      + block.properties.indices.filter {
        !EventRows.columnProperties.contains(block.properties[$0].name)
      }
    properties = try order.map { index in
      let property = block.properties[index]
      let column = EventRows.columnProperties.firstIndex(of: property.name)
      return Property(
        field: index + 1, column: column, before: encoded { $0.add(property.name) },
        after: encoded { $0.add(column == nil ? property.column : nil) },
        detailBefore: piece("[\(try terms.id(property.name)),\"".utf8),
        detailAfter: piece("\",\(column == nil ? try terms.id(property.column) : 0)]".utf8))
    }
    columns = properties.compactMap { $0.column.map { Int32(6 + $0) } }
    self.pool = pool
    let file = try terms.id(block.file)
    statement = try SQLStatement(
      database,
      """
      INSERT INTO event
        (schema, origin_role, target_role, batch, source, file, standing, start_at, end_at,
         start_text, end_text, origin, target, duration, amount, currency, line, hash, details)
      VALUES (\(try terms.id(block.schema)), \(try terms.id(arc.source)),
        \(try terms.id(arc.target)), \(batch), \(source), \(file), 0, ?1, ?2, ?3, ?3, ?4, ?5, ?6,
        ?7, ?8, ?9, ?10, ?11)
      """)
  }

  /// The number of entities that are known.
  var entityCount: Int { rows.count }

  /// Notes the row of the next entity.
  mutating func appendEntity(_ id: String, row: Int64) {
    rows.append(row)
    var encoder = RecordEncoder()
    encoder.add(id)
    fields.append(pool.count..<pool.count + encoder.bytes.count)
    pool += encoder.bytes
  }

  /// Writes the events of a block: `ends` notes the participants, `content` and, where that is wanted,
  /// `statements` take up what each event says, and `events` each row.
  mutating func write(
    _ block: EventBlock, ends: EventEnds, content: inout SHA256, events: inout SHA256,
    statements: inout Statements?
  ) throws {
    for event in 0..<block.count {
      let count = encode(event, of: block)
      var hash = SHA256()
      hash.update(record.span.extracting(0..<count))
      let digest = hash.finished()
      let rowHash = UInt64(digest[0]) << 32 | UInt64(digest[1])
      try insert(event, of: block, hash: Int64(bitPattern: rowHash))
      let row = database.lastInsertedRowID
      let (origin, target) = (block.origins[event], block.targets[event])
      try ends.add(rows[Int(origin)], row)
      if origin != target { try ends.add(rows[Int(target)], row) }
      content.update(words: digest)
      statements?.add(hash.finish())
      var place = InlineArray<8, UInt8>(repeating: 0)
      for index in 0..<8 {
        place[index] = UInt8(truncatingIfNeeded: row >> Int64(8 * index))
      }
      events.update(place.span)
      events.update(words: digest)
    }
  }

  // Writes the bytes that `RecordEncoder.encode(event:)` would; returns how many.
  private mutating func encode(_ event: Int, of block: EventBlock) -> Int {
    let time = block.range(event, 0)
    let (origin, target) = (fields[Int(block.origins[event])], fields[Int(block.targets[event])])
    let line = block.lines[event]
    // More than enough: every fixed piece, both ends, the texts with their lengths, numbers.
    let all = block.range(event, properties.count).upperBound - time.lowerBound
    let most =
      fields.first.map(\.lowerBound).map { $0 + 256 } ?? pool.count + 256
    let needed = most + origin.count + target.count + 2 * all + 8 * properties.count
    if record.count < needed { record = [UInt8](repeating: 0, count: 2 * needed) }
    let properties = properties
    let (idHead, schemaField, originRole) = (idHead, schemaField, originRole)
    let (targetRole, tailBeforeLine, tail) = (targetRole, tailBeforeLine, tail)
    // Safe: the record has room for all that is written, and every piece lies in its array.
    return unsafe pool.withUnsafeBufferPointer { pool in
      unsafe block.text.withUnsafeBufferPointer { text in
        unsafe record.withUnsafeMutableBufferPointer { record in
          var writer = unsafe RecordWriter(bytes: record)
          unsafe writer.add(byte: UInt8(ascii: "E"))
          unsafe writer.add(id: pool, idHead, line: line)
          unsafe writer.add(pool, schemaField)
          for _ in 0..<2 {
            if time.isEmpty {
              unsafe writer.add(byte: 0)
            } else {
              unsafe writer.add(field: text, time)
            }
          }
          unsafe writer.add(pool, originRole)
          unsafe writer.add(pool, origin)
          unsafe writer.add(pool, targetRole)
          unsafe writer.add(pool, target)
          for property in properties {
            let value = block.range(event, property.field)
            if value.isEmpty { continue }
            unsafe writer.add(pool, property.before)
            unsafe writer.add(field: text, value)
            unsafe writer.add(pool, property.after)
          }
          unsafe writer.add(pool, tailBeforeLine)
          unsafe writer.add(line: line)
          unsafe writer.add(pool, tail)
          return unsafe writer.count
        }
      }
    }
  }

  private mutating func insert(_ event: Int, of block: EventBlock, hash: Int64) throws {
    let time = block.range(event, 0)
    if time.isEmpty {
      for index: Int32 in 1...3 { statement.bindNull(at: index) }
    } else {
      statement.bind(block.starts[event], at: 1)
      statement.bind(block.ends[event], at: 2)
      // The plain form of a second can be made again from its number; see `EventRow.isPlain`.
      let last = block.text[time.upperBound - 1]
      let isSecond = block.ends[event] - block.starts[event] == 1_000
      let isPlain =
        time.count == 20 && isSecond && last == UInt8(ascii: "Z")
        && block.text[time.lowerBound + 10] == UInt8(ascii: "T")
      if isPlain { statement.bindNull(at: 3) } else { statement.bind(block.text, time, at: 3) }
    }
    statement.bind(rows[Int(block.origins[event])], at: 4)
    statement.bind(rows[Int(block.targets[event])], at: 5)
    for column in columns { statement.bindNull(at: column) }
    details.removeAll(keepingCapacity: true)
    for property in properties {
      let range = block.range(event, property.field)
      if range.isEmpty { continue }
      if let column = property.column {
        bind(block.text, range, column: column)
        continue
      }
      // No text of a block needs an escape.
      details.append(details.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
      append(pool, property.detailBefore)
      append(block.text, range)
      append(pool, property.detailAfter)
    }
    statement.bind(Int64(block.lines[event]), at: 9)
    statement.bind(hash, at: 10)
    if details.isEmpty {
      statement.bindNull(at: 11)
    } else {
      details.append(UInt8(ascii: "]"))
      statement.bind(details, 0..<details.count, at: 11)
    }
    try statement.run()
  }

  private mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    // Safe: the range lies in the array.
    unsafe bytes.withUnsafeBufferPointer {
      unsafe details.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }

  // Numbers as `EventRows.bindNumber` binds them.
  private func bind(_ text: [UInt8], _ range: Range<Int>, column: Int) {
    let place = Int32(6 + column)
    guard column < 2 else { return statement.bind(text, range, at: place) }
    var value: Int64 = 0
    for index in range where range.count <= 18 {
      let digit = text[index] &- 48
      guard digit < 10 else { return bindOther(text, range, place) }
      value = value * 10 + Int64(digit)
    }
    let isPlain = range.count <= 18 && (range.count == 1 || text[range.lowerBound] != 48)
    if isPlain { statement.bind(value, at: place) } else { bindOther(text, range, place) }
  }

  private func bindOther(_ text: [UInt8], _ range: Range<Int>, _ place: Int32) {
    EventRows.bindNumber(String(decoding: text[range], as: UTF8.self), to: statement, at: place)
  }
}

/// Writes fields as `RecordEncoder` does, into memory that has room for them.
@unsafe private struct RecordWriter {
  let bytes: UnsafeMutableBufferPointer<UInt8>
  var count = 0

  init(bytes: UnsafeMutableBufferPointer<UInt8>) { unsafe self.bytes = bytes }

  @inline(__always)
  mutating func add(byte: UInt8) {
    unsafe bytes[count] = byte
    unsafe count += 1
  }

  @inline(__always)
  mutating func add(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard let from = source.baseAddress, let to = unsafe bytes.baseAddress else { return }
    unsafe (to + count).update(from: from + range.lowerBound, count: range.count)
    unsafe count += range.count
  }

  @inline(__always)
  mutating func add(length: Int) {
    unsafe add(byte: 1)
    unsafe add(byte: UInt8(truncatingIfNeeded: length >> 24))
    unsafe add(byte: UInt8(truncatingIfNeeded: length >> 16))
    unsafe add(byte: UInt8(truncatingIfNeeded: length >> 8))
    unsafe add(byte: UInt8(truncatingIfNeeded: length))
  }

  mutating func add(field source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    unsafe add(length: range.count)
    unsafe add(source, range)
  }

  mutating func add(line: Int) {
    let digits = unsafe Self.digitCount(line)
    unsafe add(length: digits)
    unsafe add(number: line, digits)
  }

  mutating func add(id pool: UnsafeBufferPointer<UInt8>, _ head: Range<Int>, line: Int) {
    let digits = unsafe Self.digitCount(line)
    unsafe add(length: head.count + digits)
    unsafe add(pool, head)
    unsafe add(number: line, digits)
  }

  private mutating func add(number: Int, _ digits: Int) {
    var rest = number
    for index in (0..<digits).reversed() {
      unsafe bytes[count + index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    unsafe count += digits
  }

  private static func digitCount(_ number: Int) -> Int {
    var (rest, count) = (number, 1)
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    return count
  }
}

extension SHA256 {
  /// Adds the bytes of a digest.
  mutating func update(words: InlineArray<8, UInt32>) {
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    for index in 0..<8 {
      let word = words[index]
      bytes[4 * index] = UInt8(truncatingIfNeeded: word >> 24)
      bytes[4 * index + 1] = UInt8(truncatingIfNeeded: word >> 16)
      bytes[4 * index + 2] = UInt8(truncatingIfNeeded: word >> 8)
      bytes[4 * index + 3] = UInt8(truncatingIfNeeded: word)
    }
    update(bytes.span)
  }
}

extension SQLStatement {
  /// Binds a part of some UTF-8 text, which is copied.
  func bind(_ text: [UInt8], _ range: Range<Int>, at index: Int32) {
    let handle = unsafe self.handle
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return bind("", at: index) }
      let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      // Safe: the range lies in the text.
      _ = unsafe (base + range.lowerBound).withMemoryRebound(
        to: CChar.self, capacity: range.count
      ) {
        unsafe sqlite3_bind_text(handle, index, $0, Int32(range.count), copies)
      }
    }
  }
}
