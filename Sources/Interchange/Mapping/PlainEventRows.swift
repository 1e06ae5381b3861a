// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Reads the plain rows of a mapped table of events straight into blocks, many times as fast as
/// `RowMapper`.
///
/// A table is plain when its rule makes one event of each row, with an end in each role of the
/// schema's arc, and at most entities that are stated once and follow from the ends. A plain row has
/// as many fields as the header, of ASCII without control characters, quotes, apostrophes and
/// backslashes; ends that an earlier row of the table had, or that the import or the case defines
/// where no row of the table does; a time in the declared form or none; and numbers of at most 17
/// digits. Every other row is left to the general reader, whose outcome for plain rows is the same:
/// this kernel refuses nothing.
struct PlainEventRows {
  /// An end: its role, which field names it, and the text around it.
  private struct End {
    let role: String
    let field: Int
    let before: String
    let after: String
  }

  private struct Property {
    let field: Int
    let isNumber: Bool
    let isInteger: Bool
  }

  private let delimiter: UInt8
  private let fieldCount: Int
  // Whether a byte may stand in the text of a plain field; indexed by byte.
  private let isText: [Bool]
  private let origin: End
  private let target: End
  private let sharesTable: Bool
  // Whether rows state entities, which the general reader does where they stand first.
  private let statesEntities: Bool
  private let timeField: Int?
  private let time: PlainTime
  private let properties: [Property]
  // What the fields that name ends hold, numbered; and the number of the entity in the block.
  private var originNames = IdentifierTable()
  private var targetNames = IdentifierTable()
  private var originEntities: [Int32] = []
  private var targetEntities: [Int32] = []
  // The same for names of up to 16 bytes, found in one step.
  private var originWords = WordTable()
  private var targetWords = WordTable()
  // Where each field of the row begins, and behind these where it ends.
  private var bounds: [Int]
  /// The events read since it was emptied last.
  var block: EventBlock

  /// The number of events in a full block.
  static let blockSize = 1_024

  /// The reader for a table; nil when it is not plain.
  init?(
    _ reader: DelimitedReader, _ rule: FileRule, fields: [Int], sources: [Source], fileName: String
  ) {
    guard case .byte(let delimiter) = reader.dialect.delimiter,
      [9, 44, 59, 124].contains(delimiter), reader.header.count > 1,
      [nil, 34, 39].contains(reader.dialect.quote), rule.conditions.isEmpty, rule.blanks.isEmpty,
      !rule.decimalComma, !rule.endsAtBlankRow,
      fileName.utf8.allSatisfy({ (32..<127).contains($0) })
    else { return nil }
    let events = rule.things.filter { $0.schema.kind == .event }
    guard events.count == 1, let event = events.first, event.id == nil, event.each == nil,
      event.conditions.isEmpty, let arc = event.schema.arc, event.ends.count == 2,
      event.isPoint || (event.start == nil && event.end == nil),
      case .source(let source) = event.evidence.origin, event.evidence.grade == nil,
      event.evidence.handling == nil, event.evidence.standing == nil,
      event.evidence.validStart == nil, event.evidence.validEnd == nil
    else { return nil }
    func end(_ role: String) -> (end: End, slot: Int)? {
      guard let rule = event.ends.first(where: { $0.role == role }), rule.separator == nil,
        rule.conditions.isEmpty, rule.template.slots.count == 1
      else { return nil }
      var (before, after, slot) = ("", "", -1)
      for part in rule.template.parts {
        switch part {
        case .slot(let place): slot = place
        case .literal(let text) where slot < 0: before += text
        case .literal(let text): after += text
        case .joined: return nil
        }
      }
      return (End(role: role, field: fields[slot], before: before, after: after), slot)
    }
    guard arc.source != arc.target, let origin = end(arc.source), let target = end(arc.target)
    else { return nil }
    // Entities that are stated once follow from the ends: a row whose ends are known states no new.
    for thing in rule.things where thing.schema.kind != .event {
      guard thing.isOnce, thing.conditions.isEmpty, thing.each == nil, let id = thing.id else {
        return nil
      }
      let slots = Set(
        id.slots + thing.properties.flatMap { $0.values.flatMap(\.template.slots) })
      guard slots == [origin.slot] || slots == [target.slot] else { return nil }
    }
    var properties: [Property] = []
    var columns: [(name: String, column: String)] = []
    for property in event.properties {
      guard property.values.count == 1, let value = property.values.first,
        let slot = value.template.onlySlot, value.values == nil, value.separator == nil,
        ![.date, .boolean].contains(property.property.type)
      else { return nil }
      properties.append(
        Property(
          field: fields[slot], isNumber: property.property.type == .number,
          isInteger: property.property.type == .integer))
      columns.append((property.property.name, rule.columns[slot].name))
    }
    if let start = event.start {
      guard let slot = start.template.onlySlot, start.values == nil, start.separator == nil,
        let time = PlainTime(start.dates ?? rule.dates, rule.zone)
      else { return nil }
      timeField = fields[slot]
      self.time = time
    } else {
      timeField = nil
      time = PlainTime()
    }
    self.delimiter = delimiter
    fieldCount = reader.header.count
    var isText = [Bool](repeating: false, count: 256)
    for byte in 32..<127 { isText[byte] = ![34, 39, 92, Int(delimiter)].contains(byte) }
    self.isText = isText
    (self.origin, self.target) = (origin.end, target.end)
    // What may stand in one role must be what may stand in the other.
    sharesTable =
      origin.end.before == target.end.before && origin.end.after == target.end.after
      && event.schema.role(arc.source)?.schemata == event.schema.role(arc.target)?.schemata
    statesEntities = rule.things.count > 1
    self.properties = properties
    bounds = Array(repeating: 0, count: 2 * reader.header.count)
    block = EventBlock(
      schema: event.schema.name, source: sources[source].name, file: fileName,
      properties: columns)
  }

  /// Learns the ends of a row that the general reader has found sound.
  mutating func learn(_ row: Row, _ things: [MappedThing]) {
    for thing in things {
      guard case .event(_, _, _, let ends) = thing.assertion.subject, ends.count == 2 else {
        continue
      }
      for (isOrigin, end) in [(true, origin), (false, target)] {
        let cell = row.cell(end.field)
        let text = end.before + cell.text + end.after
        guard let known = ends.first(where: { $0.entity == text }) else { continue }
        learn(cell, known.entity, isOrigin: isOrigin)
      }
    }
  }

  private mutating func learn(_ cell: ByteCell, _ entity: String, isOrigin: Bool) {
    let usesOrigins = isOrigin || sharesTable
    let number = Int(usesOrigins ? originNames.number(of: cell) : targetNames.number(of: cell))
    func note(_ entities: inout [Int32]) {
      while entities.count <= number { entities.append(-1) }
      guard entities[number] < 0 else { return }
      entities[number] = Int32(block.entities.count)
      block.entities.append(entity)
    }
    if usesOrigins { note(&originEntities) } else { note(&targetEntities) }
  }

  /// Hands the events over, unless there are none, and forgets them.
  mutating func handOver(_ body: (EventBlock) throws -> Void) rethrows {
    if block.isEmpty { return }
    try body(block)
    block.removeAll()
  }

  /// Reads plain rows until the block is full or a row is not plain, at which the reader is left.
  ///
  /// - Parameters:
  ///   - reader: the table.
  ///   - resolve: the id of the entity that a text names, if it may stand in a role.
  /// - Returns: whether the next row is not plain.
  /// - Complexity: O(bytes read).
  mutating func read(
    _ reader: inout DelimitedReader, resolve: (_ text: String, _ role: String) -> String?
  ) -> Bool {
    let bytes = reader.buffer.bytes
    var position = reader.buffer.position
    let line = reader.buffer.line
    var count = 0
    var isOther = false
    let isText = isText
    // Taken out while a row's fields are read from it, so that it is not copied.
    var bounds: [Int] = []
    swap(&bounds, &self.bounds)
    // Safe: the pointers live as long as the arrays, and every place is compared with its end.
    unsafe bytes.withUnsafeBufferPointer { raw in
      unsafe isText.withUnsafeBufferPointer { isText in
        unsafe bounds.withUnsafeMutableBufferPointer { bounds in
          while block.count < Self.blockSize {
            guard let next = unsafe cut(raw, position, isText, bounds),
              unsafe take(raw, UnsafeBufferPointer(bounds), bytes, line: line + count, resolve)
            else {
              isOther = true
              return
            }
            position = next
            count += 1
          }
        }
      }
    }
    swap(&bounds, &self.bounds)
    reader.pass(rows: count, to: position)
    return isOther
  }

  // Finds the fields of a row; where the next begins, or nil when the row is not plain.
  @inline(__always)
  private func cut(
    _ raw: UnsafeBufferPointer<UInt8>, _ start: Int, _ isText: UnsafeBufferPointer<Bool>,
    _ bounds: UnsafeMutableBufferPointer<Int>
  ) -> Int? {
    let (count, last) = (raw.count, fieldCount - 1)
    guard start < count, unsafe raw[start] != UInt8(ascii: "#") else { return nil }
    var at = start
    for field in 0...last {
      unsafe bounds[field] = at
      // Every byte has a place in the table.
      while at < count, unsafe isText[Int(raw[at])] { at &+= 1 }
      unsafe bounds[fieldCount + field] = at
      guard at < count else { return nil }
      let byte = unsafe raw[at]
      if field < last {
        guard byte == delimiter else { return nil }
        at &+= 1
      } else if byte == 10 {
        at &+= 1
      } else {
        guard byte == 13, at + 1 < count, unsafe raw[at + 1] == 10 else { return nil }
        at &+= 2
      }
    }
    return at
  }

  // Adds the row whose fields were found to the block; false when it is not plain.
  @inline(__always)
  private mutating func take(
    _ raw: UnsafeBufferPointer<UInt8>, _ bounds: UnsafeBufferPointer<Int>, _ bytes: [UInt8],
    line: Int, _ resolve: (String, String) -> String?
  ) -> Bool {
    func range(_ field: Int) -> Range<Int> {
      unsafe bounds[field]..<bounds[fieldCount + field]
    }
    func text(_ field: Int) -> UnsafeBufferPointer<UInt8> {
      unsafe UnsafeBufferPointer(rebasing: raw[range(field)])
    }
    var from = unsafe number(raw, bytes, range(origin.field), isOrigin: true)
    var to = unsafe number(raw, bytes, range(target.field), isOrigin: false)
    if from < 0 {
      guard learn(bytes, range(origin.field), isOrigin: true, resolve) else { return false }
      from = unsafe number(raw, bytes, range(origin.field), isOrigin: true)
    }
    if to < 0 {
      guard learn(bytes, range(target.field), isOrigin: false, resolve) else { return false }
      to = unsafe number(raw, bytes, range(target.field), isOrigin: false)
    }
    for property in properties where property.isNumber || property.isInteger {
      guard unsafe Self.isPlainNumber(text(property.field), property.isInteger) else {
        return false
      }
    }
    var found: PlainTime.Found?
    if let timeField, !range(timeField).isEmpty {
      found = unsafe time.read(text(timeField))
      if found == nil { return false }
    }
    block.appendEvent(
      line: line, origin: from, target: to, start: found?.start ?? 0, end: found?.end ?? 0)
    if let found, let timeField {
      unsafe time.write(found, text(timeField), &block)
    } else {
      unsafe block.append(UnsafeBufferPointer(start: nil, count: 0))
    }
    for property in properties { unsafe block.append(text(property.field)) }
    return true
  }

  // Learns an end of the row whose fields were found; false when nothing known may stand there.
  private mutating func learn(
    _ bytes: [UInt8], _ range: Range<Int>, isOrigin: Bool,
    _ resolve: (String, String) -> String?
  ) -> Bool {
    let end = isOrigin ? origin : target
    // A blank end is for the general reader, which knows whether it counts.
    guard !statesEntities, !range.isEmpty, bytes[range.lowerBound] != 32,
      bytes[range.upperBound - 1] != 32
    else { return false }
    let cell = ByteCell(bytes, from: range.lowerBound, to: range.upperBound)
    guard let entity = resolve(end.before + cell.text + end.after, end.role) else { return false }
    learn(cell, entity, isOrigin: isOrigin)
    return true
  }

  @inline(__always)
  private mutating func number(
    _ raw: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8], _ range: Range<Int>, isOrigin: Bool
  ) -> Int32 {
    let (start, end) = (range.lowerBound, range.upperBound)
    guard start < end else { return -1 }
    let usesOrigins = isOrigin || sharesTable
    guard end - start <= 16, start + 16 <= raw.count else {
      return number(ByteCell(bytes, from: start, to: end), usesOrigins)
    }
    let key = unsafe WordTable.key(raw, start, end - start)
    let known = usesOrigins ? originWords[key] : targetWords[key]
    if known >= 0 { return known }
    let found = number(ByteCell(bytes, from: start, to: end), usesOrigins)
    if found >= 0 {
      if usesOrigins { originWords.insert(key, found) } else { targetWords.insert(key, found) }
    }
    return found
  }

  private mutating func number(_ cell: ByteCell, _ usesOrigins: Bool) -> Int32 {
    if usesOrigins {
      let number = Int(originNames.number(of: cell))
      return number < originEntities.count ? originEntities[number] : -1
    }
    let number = Int(targetNames.number(of: cell))
    return number < targetEntities.count ? targetEntities[number] : -1
  }

  // Digits, or digits on both sides of a point; or nothing.
  private static func isPlainNumber(_ text: UnsafeBufferPointer<UInt8>, _ isInteger: Bool) -> Bool {
    guard text.count <= 17 else { return false }
    var points = 0
    for index in text.indices {
      let byte = unsafe text[index]
      if byte &- 48 < 10 { continue }
      guard byte == UInt8(ascii: "."), !isInteger, points == 0, index > 0, index + 1 < text.count
      else { return false }
      points += 1
    }
    return true
  }
}

/// Numbers of texts of 1 to 16 ASCII bytes; open addressing.
private struct WordTable {
  struct Key {
    var low: UInt64
    var high: UInt64
  }

  private struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var number: Int32 = -1
  }

  private var slots = [Slot](repeating: Slot(), count: 1_024)
  private var count = 0

  /// The text of `length` bytes at a place behind which 16 bytes can be read.
  @inline(__always)
  static func key(_ raw: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> Key {
    let bytes = UnsafeRawBufferPointer(raw)
    let low = UInt64(
      littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let high = UInt64(
      littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))
    if length <= 8 {
      return Key(low: length == 8 ? low : low & (1 << UInt64(8 * length) - 1), high: 0)
    }
    return Key(low: low, high: length == 16 ? high : high & (1 << UInt64(8 * length - 64) - 1))
  }

  /// The number of a text; -1 when it has none.
  @inline(__always)
  subscript(key: Key) -> Int32 {
    let mask = slots.count - 1
    var slot = Self.place(key) & mask
    while true {
      let found = slots[slot]
      if found.low == key.low, found.high == key.high { return found.number }
      if found.low == 0 { return -1 }
      slot = (slot + 1) & mask
    }
  }

  mutating func insert(_ key: Key, _ number: Int32) {
    if 2 * count >= slots.count {
      let old = slots
      slots = Array(repeating: Slot(), count: 4 * old.count)
      for entry in old where entry.low != 0 { place(entry) }
    }
    count += 1
    place(Slot(low: key.low, high: key.high, number: number))
  }

  private mutating func place(_ entry: Slot) {
    let mask = slots.count - 1
    var slot = Self.place(Key(low: entry.low, high: entry.high)) & mask
    while slots[slot].low != 0 { slot = (slot + 1) & mask }
    slots[slot] = entry
  }

  @inline(__always)
  private static func place(_ key: Key) -> Int {
    let mixed =
      (key.low ^ key.low >> 32) &* 0x9E37_79B9_7F4A_7C15 ^ key.high &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: (mixed ^ mixed >> 29) &* 0x94D0_49BB_1331_11EB >> 24)
  }
}
