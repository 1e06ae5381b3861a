// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB
internal import GRDBSQLite

/// Writes blocks of events of one table: the same rows and digests as one assertion after the other,
/// with what is the same in all of them prepared once.
struct EventBlockRows {
  private typealias Piece = Range<Int>

  private let statement: SQLStatement
  private let groupStatement: SQLStatement
  private let schema: Int64
  // What records are made of, one after the other: what does not change, and the entities.
  private var pool: [UInt8] = []
  private let idHead: Piece
  private let schemaField: Piece
  private let originRole: Piece
  private let targetRole: Piece
  private let tailBeforeLine: Piece
  private let tail: Piece
  private let properties: [Property]
  // The entities by the block's numbers: their rows and their fields in a record.
  private var rows: [Int64] = []
  private var fields: [Piece] = []
  private var record: [UInt8] = []
  // The details of the events that are written next, and where those of each end.
  private var details: [UInt8] = []
  private var detailEnds: [Int] = []
  // What is added to the hashes when the block ends: the digests of the records, and the same each
  // behind the number of its row.
  private var digests: [UInt8] = []
  private var rowDigests: [UInt8] = []
  private var places: [Int64] = []

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
    self.pool = pool
    let file = try terms.id(block.file)
    schema = try terms.id(block.schema)
    let columns = """
      INSERT INTO event
        (schema, origin_role, target_role, batch, source, file, standing, start_at, end_at,
         start_text, end_text, origin, target, duration, amount, currency, line, hash, details)
      VALUES 
      """
    let fixed =
      "\(schema), \(try terms.id(arc.source)), \(try terms.id(arc.target)), \(batch), \(source), \(file), 0"
    // Eleven numbers for each row; start and end share a text.
    func values(_ row: Int) -> String {
      let numbers = [1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11].map { "?\(11 * row + $0)" }
      return "(\(fixed), \(numbers.joined(separator: ", ")))"
    }
    statement = try SQLStatement(database, columns + values(0))
    groupStatement = try SQLStatement(
      database, columns + (0..<Self.groupSize).map(values).joined(separator: ", "))
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

  /// Writes the events of a block: `ends` notes the participants, `counts` how many they are, `content`
  /// and, where that is wanted, `statements` take up what each event says, and `events` each row.
  mutating func write(
    _ block: EventBlock, ends: EventEnds, counts: inout EventCounts, content: inout SHA256,
    events: inout SHA256, statements: inout Statements?
  ) throws {
    counts.add(schema: schema, rows: block.count)
    if digests.count < 32 * block.count {
      digests = [UInt8](repeating: 0, count: 32 * block.count)
      rowDigests = [UInt8](repeating: 0, count: 40 * block.count)
    }
    var next = 0
    while next < block.count {
      // Many rows in one statement cost two thirds of what they cost one by one.
      let isWhole = block.count - next >= Self.groupSize
      let group = next..<next + (isWhole ? Self.groupSize : 1)
      details.removeAll(keepingCapacity: true)
      detailEnds.removeAll(keepingCapacity: true)
      for event in group {
        if block.range(event, 0).isEmpty { counts.withoutTime += 1 }
        appendDigest(of: event, in: block, &statements)
        appendDetails(of: event, in: block)
      }
      try insert(group, of: block, by: isWhole ? groupStatement : statement)
      // Numbers follow one another within a statement.
      let last = statement.lastRow
      for (index, event) in group.enumerated() {
        note(event, row: last - Int64(group.count - 1 - index), in: block)
      }
      next = group.upperBound
    }
    try ends.add(places)
    places.removeAll(keepingCapacity: true)
    content.update(digests.span.extracting(first: 32 * block.count))
    events.update(rowDigests.span.extracting(first: 40 * block.count))
  }

  // Notes the ends of an event that has a row, and its digest behind the number of this.
  private mutating func note(_ event: Int, row: Int64, in block: EventBlock) {
    let (origin, target) = (block.origins[event], block.targets[event])
    places.append(EventLists.place(rows[Int(origin)], row))
    if origin != target { places.append(EventLists.place(rows[Int(target)], row)) }
    precondition(32 * event + 32 <= digests.count && 40 * event + 40 <= rowDigests.count)
    // Safe: by the precondition both places lie in their arrays.
    unsafe rowDigests.withUnsafeMutableBytes { to in
      unsafe digests.withUnsafeBytes { from in
        guard let to = to.baseAddress, let from = from.baseAddress else { return }
        unsafe to.storeBytes(of: row.littleEndian, toByteOffset: 40 * event, as: Int64.self)
        unsafe (to + 40 * event + 8).copyMemory(from: from + 32 * event, byteCount: 32)
      }
    }
  }

  // How many rows a statement adds where there are as many.
  private static let groupSize = 16

  private mutating func appendDigest(
    of event: Int, in block: EventBlock, _ statements: inout Statements?
  ) {
    let count = encode(event, of: block)
    // Safe: `encode` leaves room for the padding.
    let digest = unsafe record.withUnsafeMutableBufferPointer {
      unsafe SHA256.words(of: $0, count: count)
    }
    precondition(32 * event + 32 <= digests.count)
    // Safe: by the precondition the eight words lie in the array.
    unsafe digests.withUnsafeMutableBytes { bytes in
      for index in 0..<8 {
        unsafe bytes.storeBytes(
          of: digest[index].bigEndian, toByteOffset: 32 * event + 4 * index, as: UInt32.self)
      }
    }
    statements?.add(SHA256.Digest(bytes: Array(digests[32 * event..<32 * event + 32])))
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
    let needed = 72 + most + origin.count + target.count + 2 * all + 8 * properties.count
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

  private mutating func appendDetails(of event: Int, in block: EventBlock) {
    let start = details.count
    for property in properties where property.column == nil {
      let range = block.range(event, property.field)
      if range.isEmpty { continue }
      // No text of a block needs an escape.
      details.append(details.count == start ? UInt8(ascii: "[") : UInt8(ascii: ","))
      append(pool, property.detailBefore)
      append(block.text, range)
      append(pool, property.detailAfter)
    }
    if details.count > start { details.append(UInt8(ascii: "]")) }
    detailEnds.append(details.count)
  }

  // Adds the rows of some events.
  private func insert(
    _ group: Range<Int>, of block: EventBlock, by statement: SQLStatement
  ) throws {
    // Safe: the details lie there until the rows are written, and are bound anew for the next.
    try unsafe details.withUnsafeBufferPointer { details in
      var start = 0
      for (index, event) in group.enumerated() {
        let place = Int32(11 * index)
        bind(event, of: block, at: place, to: statement)
        let digest = 32 * event
        var hash: UInt64 = 0
        for byte in digest..<digest + 8 { hash = hash << 8 | UInt64(digests[byte]) }
        statement.bind(Int64(bitPattern: hash), at: place + 10)
        let end = detailEnds[index]
        if end > start {
          unsafe statement.bind(
            inPlace: UnsafeBufferPointer(rebasing: details[start..<end]), at: place + 11)
        } else {
          statement.bindNull(at: place + 11)
        }
        start = end
      }
      try statement.run()
    }
  }

  // Binds what has a column of its own, at the numbers behind a place.
  private func bind(
    _ event: Int, of block: EventBlock, at place: Int32, to statement: SQLStatement
  ) {
    let time = block.range(event, 0)
    if time.isEmpty {
      for index: Int32 in 1...3 { statement.bindNull(at: place + index) }
    } else {
      statement.bind(block.starts[event], at: place + 1)
      statement.bind(block.ends[event], at: place + 2)
      // The plain form of a second can be made again from its number; see `EventRow.isPlain`.
      let last = block.text[time.upperBound - 1]
      let isSecond = block.ends[event] - block.starts[event] == 1_000
      let isPlain =
        time.count == 20 && isSecond && last == UInt8(ascii: "Z")
        && block.text[time.lowerBound + 10] == UInt8(ascii: "T")
      if isPlain {
        statement.bindNull(at: place + 3)
      } else {
        statement.bind(block.text, time, at: place + 3)
      }
    }
    statement.bind(rows[Int(block.origins[event])], at: place + 4)
    statement.bind(rows[Int(block.targets[event])], at: place + 5)
    for property in properties {
      guard let column = property.column else { continue }
      let range = block.range(event, property.field)
      let place = place + Int32(6 + column)
      if range.isEmpty {
        statement.bindNull(at: place)
      } else {
        bind(block.text, range, column: column, at: place, to: statement)
      }
    }
    statement.bind(Int64(block.lines[event]), at: place + 9)
  }

  private mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    // Safe: the range lies in the array.
    unsafe bytes.withUnsafeBufferPointer {
      unsafe details.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }

  // Numbers as `EventRows.bindNumber` binds them.
  private func bind(
    _ text: [UInt8], _ range: Range<Int>, column: Int, at place: Int32,
    to statement: SQLStatement
  ) {
    guard column < 2 else { return statement.bind(text, range, at: place) }
    func bindOther() {
      EventRows.bindNumber(String(decoding: text[range], as: UTF8.self), to: statement, at: place)
    }
    guard range.count <= 18 else { return bindOther() }
    var value: Int64 = 0
    for index in range {
      let digit = text[index] &- 48
      guard digit < 10 else { return bindOther() }
      value = value * 10 + Int64(digit)
    }
    if range.count == 1 || text[range.lowerBound] != 48 {
      statement.bind(value, at: place)
    } else {
      bindOther()
    }
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

extension SQLStatement {
  /// Binds UTF-8 text that is not copied: it must stay where it is until the statement has run, and
  /// be bound anew before it runs again.
  @unsafe func bind(inPlace text: UnsafeBufferPointer<UInt8>, at index: Int32) {
    guard let base = text.baseAddress else { return bind("", at: index) }
    _ = unsafe base.withMemoryRebound(to: CChar.self, capacity: text.count) {
      unsafe sqlite3_bind_text(handle, index, $0, Int32(text.count), nil)
    }
  }

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
