// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Reads the plain rows of a table of events straight from the buffer, many times as fast as `Row`.
///
/// A plain row has as many fields as the header, of ASCII without control characters, quotes,
/// apostrophes and backslashes; ends that do not begin with a blank; a time such as
/// `2024-03-04T10:20:30` or none; an amount of at most 17 digits. Every other row is left to the
/// general reader, whose outcome for plain rows is the same: this kernel refuses nothing.
struct PlainEvents {
  private enum Role: UInt8 { case other, source, target, time, amount }

  private struct End {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var start: Int32 = 0
    var count: Int32 = 0
  }

  private struct Event {
    var source = End()
    var target = End()
    var time = EventTime.none
    var units: Int64 = 0
  }

  private struct Month {
    var text: UInt64 = 0
    var start: Int64 = 0
    var days = 0
  }

  private struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var number: Int32 = -1
  }

  private static let batch = 256
  private static let perDay: Int64 = 86_400_000

  private let roles: [Role]
  private let delimiter: UInt8
  // Whether a byte may stand in the text of a plain field; indexed by byte.
  private let isText: [Bool]
  private var months = [Month](repeating: Month(), count: 4_096)
  private var events = [Event](repeating: Event(), count: PlainEvents.batch)
  private var numbered = [EventSums.Event](
    repeating: EventSums.Event(ends: 0, time: .none, units: 0), count: PlainEvents.batch)
  // Identifiers of up to 16 bytes and their numbers in the identifier table; open addressing.
  private var slots = [Slot](repeating: Slot(), count: 1_024)
  private var known = 0

  /// The reader for a table; nil when its rows cannot be plain.
  init?(_ reader: DelimitedReader, _ columns: EventColumns) {
    guard case .byte(let delimiter) = reader.dialect.delimiter,
      [9, 44, 59, 124].contains(delimiter), reader.header.count > 1,
      [nil, 34, 39].contains(reader.dialect.quote), columns.form == nil
    else { return nil }
    self.delimiter = delimiter
    var isText = [Bool](repeating: false, count: 256)
    for byte in 32..<127 { isText[byte] = ![34, 39, 92, Int(delimiter)].contains(byte) }
    self.isText = isText
    var roles = [Role](repeating: .other, count: reader.header.count)
    roles[columns.source] = .source
    roles[columns.target] = .target
    if let time = columns.time { roles[time] = .time }
    if let amount = columns.amount { roles[amount] = .amount }
    self.roles = roles
  }

  /// Reads the plain rows up to the next row that is not.
  ///
  /// - Parameters:
  ///   - reader: the table; it is left at the row that is not plain.
  ///   - ids: receives the identifiers.
  ///   - sums: receives the events.
  ///   - decimalMark: the decimal mark; nil while no row has shown it.
  /// - Complexity: O(bytes read).
  mutating func read(
    _ reader: inout DelimitedReader, _ ids: inout IdentifierTable, _ sums: inout EventSums,
    decimalMark: UInt8?
  ) {
    let bytes = reader.buffer.bytes
    var position = reader.buffer.position
    while true {
      let line = reader.buffer.line
      var count = 0
      let mark = decimalMark ?? 0
      // Safe: the pointer lives as long as the array, and `cut` compares every place with its end.
      unsafe bytes.withUnsafeBytes { raw in
        while count < Self.batch,
          let next = unsafe cut(raw, position, count, mark, sums.decimals)
        {
          position = next
          count += 1
        }
      }
      for row in 0..<count {
        let event = events[row]
        let source = number(event.source, bytes, &ids)
        let target = number(event.target, bytes, &ids)
        numbered[row] = EventSums.Event(
          ends: EventSums.ends(source, target), time: event.time, units: event.units)
      }
      sums.add(numbered, count: count, line: line)
      reader.pass(rows: count, to: position)
      if count < Self.batch { return }
    }
  }

  // Reads one row into the batch; where the next begins, or nil when the row is not plain.
  @inline(__always)
  private mutating func cut(
    _ raw: UnsafeRawBufferPointer, _ start: Int, _ row: Int, _ mark: UInt8, _ decimals: Int
  ) -> Int? {
    guard start < raw.count, unsafe raw[start] != UInt8(ascii: "#") else { return nil }
    var event = Event()
    var at = start
    let last = roles.count - 1
    for field in 0...last {
      // Words are read at the head of a field; what stands nearer to the end is not plain.
      guard at + 32 <= raw.count else { return nil }
      let end: Int
      switch roles[field] {
      case .other:
        end = unsafe text(raw, at)
      case .source:
        event.source = unsafe self.end(raw, at, field == last)
        end = at + Int(event.source.count)
        if end == at { return nil }
      case .target:
        event.target = unsafe self.end(raw, at, field == last)
        end = at + Int(event.target.count)
        if end == at { return nil }
      case .time:
        guard let found = unsafe time(raw, at, &event.time) else { return nil }
        end = found
      case .amount:
        guard let found = unsafe amount(raw, at, mark, decimals, &event.units) else { return nil }
        end = found
      }
      guard end < raw.count else { return nil }
      let byte = unsafe raw[end]
      if field < last {
        guard byte == delimiter else { return nil }
        at = end + 1
      } else if byte == 10 {
        at = end + 1
      } else {
        guard byte == 13, end + 1 < raw.count, unsafe raw[end + 1] == 10 else { return nil }
        at = end + 2
      }
    }
    events[row] = event
    return at
  }

  // Where the text that begins at `start` ends.
  @inline(__always)
  private func text(_ raw: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var end = start
    while end < raw.count, isText[Int(unsafe raw[end])] { end += 1 }
    return end
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  // The lowest high bit that is set is that of the first byte of zero.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  // A delimiter ends the last field too: then the row is too long, and not plain.
  @inline(__always)
  private func stops(_ word: UInt64, _ isLast: Bool) -> UInt64 {
    let delimiters = Self.zeros(word ^ Self.ones &* UInt64(delimiter))
    guard isLast else { return delimiters }
    return delimiters | Self.zeros(word ^ Self.ones &* 10) | Self.zeros(word ^ Self.ones &* 13)
  }

  // Whether all bytes lie between `*` and `[`: digits, capitals and signs that never quote.
  @inline(__always)
  private static func isSimple(_ word: UInt64) -> Bool {
    let low = (word & ~highs) &+ ones &* (0x80 - 0x2A)
    let high = (word & ~highs) &+ ones &* (0x80 - 0x5C)
    return (low & ~high & ~word & highs) == highs
  }

  // The end of an event that begins at `start`, of no bytes when it is not plain.
  @inline(__always)
  private func end(_ raw: UnsafeRawBufferPointer, _ start: Int, _ isLast: Bool) -> End {
    var low = UInt64(
      littleEndian: unsafe raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    var high = UInt64(
      littleEndian: unsafe raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))
    let filling = Self.ones &* 0x30
    let lowStops = stops(low, isLast)
    var count: Int
    var isSimple: Bool
    if lowStops != 0 {
      count = lowStops.trailingZeroBitCount >> 3
      let mask: UInt64 = (1 << UInt64(8 * count)) - 1
      (low, high) = (low & mask, 0)
      isSimple = Self.isSimple(low | filling & ~mask)
    } else {
      let highStops = stops(high, isLast)
      guard highStops != 0 else { return unsafe longEnd(raw, start) }
      count = highStops.trailingZeroBitCount >> 3
      let mask: UInt64 = (1 << UInt64(8 * count)) - 1
      high &= mask
      isSimple = Self.isSimple(low) && Self.isSimple(high | filling & ~mask)
      count += 8
    }
    if !isSimple {
      guard unsafe raw[start] != 32, unsafe text(raw, start) == start + count else { return End() }
    }
    return End(
      low: low, high: high, start: Int32(truncatingIfNeeded: start),
      count: Int32(truncatingIfNeeded: count))
  }

  private func longEnd(_ raw: UnsafeRawBufferPointer, _ start: Int) -> End {
    guard unsafe raw[start] != 32 else { return End() }
    let count = unsafe text(raw, start) - start
    // A shorter one ends at a byte that is neither text nor a delimiter.
    guard count >= 16 else { return End() }
    return End(
      start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: count))
  }

  // Reads a time and returns where it ends; nil when it is not plain.
  @inline(__always)
  private mutating func time(
    _ raw: UnsafeRawBufferPointer, _ start: Int, _ time: inout EventTime
  ) -> Int? {
    let first = unsafe raw[start]
    if first == delimiter || first == 10 || first == 13 { return start }
    let text = UInt64(
      littleEndian: unsafe raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let place = Int(truncatingIfNeeded: (text &* 0x9E37_79B9_7F4A_7C15) >> 52)
    if months[place].text != text {
      guard let month = Self.month(text) else { return nil }
      months[place] = month
    }
    let month = months[place]
    guard let day = unsafe Self.pair(raw, start + 8), day >= 1, day <= month.days else {
      return nil
    }
    var earliest = month.start &+ Int64(day - 1) &* Self.perDay
    let separator = unsafe raw[start + 10]
    guard separator == UInt8(ascii: "T") || separator == 32 else {
      time = EventTime(earliest, .day, hasLetter: false, hasZone: false)
      return start + 10
    }
    guard let hour = unsafe Self.pair(raw, start + 11), hour < 24,
      unsafe raw[start + 13] == UInt8(ascii: ":"),
      let minute = unsafe Self.pair(raw, start + 14), minute < 60
    else { return nil }
    earliest &+= Int64(hour &* 3_600 &+ minute &* 60) &* 1_000
    var end = start + 16
    var precision = EventTime.Precision.minute
    if unsafe raw[end] == UInt8(ascii: ":") {
      guard let second = unsafe Self.pair(raw, start + 17), second < 60 else { return nil }
      earliest &+= Int64(second) &* 1_000
      precision = .second
      end = start + 19
    }
    let hasZone = unsafe raw[end] == UInt8(ascii: "Z")
    if hasZone { end += 1 }
    time = EventTime(
      earliest, precision, hasLetter: separator != 32, hasZone: hasZone)
    return end
  }

  // The month whose days begin with eight bytes such as `2024-03-`.
  private static func month(_ text: UInt64) -> Month? {
    guard text >> 56 == UInt64(UInt8(ascii: "-")) else { return nil }
    let bytes = (0..<7).map { UInt8(truncatingIfNeeded: text >> UInt64(8 * $0)) }
    guard let date = PartialDate(String(decoding: bytes, as: UTF8.self)) else { return nil }
    return Month(
      text: text, start: date.earliest, days: Int((date.latest - date.earliest) / perDay))
  }

  @inline(__always)
  private static func pair(_ raw: UnsafeRawBufferPointer, _ at: Int) -> Int? {
    let (tens, ones) = unsafe (raw[at] &- 48, raw[at + 1] &- 48)
    return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
  }

  // Reads an amount into units of `decimals` and returns where it ends; nil when it is not plain.
  @inline(__always)
  private func amount(
    _ raw: UnsafeRawBufferPointer, _ start: Int, _ mark: UInt8, _ decimals: Int,
    _ units: inout Int64
  ) -> Int? {
    var at = start
    let isNegative = unsafe raw[at] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let head = at
    // Of the 32 bytes that may be read these loops see at most 20.
    let limit = head + 18
    var value: Int64 = 0
    while at < limit, case let digit = unsafe raw[at] &- 48, digit < 10 {
      value = value &* 10 &+ Int64(digit)
      at += 1
    }
    let whole = at - head
    guard whole > 0 else { return nil }
    if whole > 1, unsafe raw[head] == 48 { return nil }
    var missing = decimals
    if mark != 0, unsafe raw[at] == mark {
      at += 1
      let fraction = at
      while at < limit, case let digit = unsafe raw[at] &- 48, digit < 10 {
        value = value &* 10 &+ Int64(digit)
        at += 1
      }
      guard at > fraction else { return nil }
      missing -= at - fraction
    }
    guard missing >= 0, at < limit else { return nil }
    if missing > 0 {
      let (scaled, overflows) = value.multipliedReportingOverflow(by: EventAmount.powers[missing])
      guard !overflows else { return nil }
      value = scaled
    }
    units = isNegative ? 0 &- value : value
    return at
  }

  @inline(__always)
  private mutating func number(
    _ end: End, _ bytes: [UInt8], _ ids: inout IdentifierTable
  ) -> Int32 {
    let cell = ByteCell(bytes, from: Int(end.start), to: Int(end.start) + Int(end.count))
    guard end.count <= 16, end.low != 0 else { return ids.number(of: cell) }
    let mask = slots.count - 1
    var slot = Self.place(end.low, end.high) & mask
    while true {
      let found = slots[slot]
      if found.low == end.low, found.high == end.high { return found.number }
      if found.low == 0 { break }
      slot = (slot + 1) & mask
    }
    let number = ids.number(of: cell)
    slots[slot] = Slot(low: end.low, high: end.high, number: number)
    known += 1
    if 2 * known > slots.count { grow() }
    return number
  }

  @inline(__always)
  private static func place(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low ^ low >> 32) &* 0x9E37_79B9_7F4A_7C15 ^ high &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: (mixed ^ mixed >> 29) &* 0x94D0_49BB_1331_11EB >> 24)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 4 * old.count)
    let mask = slots.count - 1
    for entry in old where entry.low != 0 {
      var slot = Self.place(entry.low, entry.high) & mask
      while slots[slot].low != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}
