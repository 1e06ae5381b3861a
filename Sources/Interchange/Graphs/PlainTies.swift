// SPDX-License-Identifier: Apache-2.0

/// Reads the plain rows of a list of ties straight from the buffer, many times as fast as `Row`.
///
/// A plain row is whole in memory and has a cell for each column: ASCII without control characters,
/// quotes, apostrophes and backslashes, none beginning with a blank, no end empty, one delimiter
/// between cells, no comment. Every other row is left to the general reader, whose outcome for plain
/// rows is the same by definition: this kernel decides nothing.
struct PlainTies {
  private enum Kind {
    static let text: UInt8 = 0
    static let delimiter: UInt8 = 1
    static let end: UInt8 = 2
    static let odd: UInt8 = 3
  }

  private let kinds: [UInt8]
  private let source: Int
  private let target: Int
  private let columnCount: Int
  private let allowsEmptyCells: Bool

  /// The reader for a table; nil when its rows cannot be plain.
  init?(_ reader: DelimitedReader, _ source: Int, _ target: Int) {
    guard reader.header.count >= 2 else { return nil }
    var kinds = [UInt8](repeating: Kind.odd, count: 256)
    for byte in 32..<127 { kinds[byte] = Kind.text }
    for byte in [34, 39, 92] { kinds[byte] = Kind.odd }
    if let quote = reader.dialect.quote { kinds[Int(quote)] = Kind.odd }
    switch reader.dialect.delimiter {
    case .whitespace: (kinds[9], kinds[32]) = (Kind.delimiter, Kind.delimiter)
    case .byte(let byte):
      // Digits and the like may part fields when the user says so; that is not plain.
      guard [9, 32, 44, 58, 59, 124].contains(byte), byte != reader.dialect.quote else {
        return nil
      }
      kinds[Int(byte)] = Kind.delimiter
    }
    // Of carriage returns only those before a line feed end a plain row.
    (kinds[10], kinds[13]) = (Kind.end, Kind.end)
    self.kinds = kinds
    (self.source, self.target) = (source, target)
    columnCount = reader.header.count
    allowsEmptyCells = reader.dialect.delimiter != .whitespace
  }

  /// Reads the plain rows up to the next row that is not.
  ///
  /// Rows are cut block by block, and then the ends of a block get their numbers: so that the
  /// processor can wait for many places of the table of identifiers at once.
  ///
  /// - Complexity: O(bytes read).
  func read(
    _ reader: inout DelimitedReader, _ ids: inout IdentifierTable, _ sources: inout [Int32],
    _ targets: inout [Int32], _ lines: inout EdgeLines, _ others: inout [ColumnBuilder]
  ) {
    let bytes = reader.buffer.bytes
    let before = sources.count
    var position = reader.buffer.position
    var cells = [End](repeating: End(start: 0, end: 0, value: -1), count: columnCount)
    // Safe: the pointers live as long as the arrays, and cells are cut only within them; a block is
    // written below its capacity and read as far as it was written.
    unsafe bytes.withUnsafeBytes { raw in
      unsafe withUnsafeTemporaryAllocation(of: End.self, capacity: 2 * Self.block) { ends in
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * Self.block) { numbers in
          var count = Self.block
          while count == Self.block {
            count =
              columnCount == 2
              ? unsafe cutPairs(raw, from: &position, into: ends)
              : unsafe cutWide(raw, from: &position, into: ends, &cells, &others)
            for row in 0..<count {
              let source = unsafe ids.number(of: ends[2 * row], in: bytes)
              let target = unsafe ids.number(of: ends[2 * row + 1], in: bytes)
              unsafe numbers.initializeElement(at: row, to: source)
              unsafe numbers.initializeElement(at: Self.block + row, to: target)
            }
            unsafe sources.append(contentsOf: numbers[..<count])
            unsafe targets.append(contentsOf: numbers[Self.block..<Self.block + count])
          }
        }
      }
    }
    let count = sources.count - before
    lines.append(reader.buffer.line, edges: count)
    reader.pass(rows: count, to: position)
  }

  // Cuts up to a block of rows into source and target by turns; returns how many.
  private func cutPairs(
    _ raw: UnsafeRawBufferPointer, from position: inout Int,
    into ends: UnsafeMutableBufferPointer<End>
  ) -> Int {
    let (source, target) = source < target ? (0, 1) : (1, 0)
    var count = 0
    var start = position
    unsafe kinds.withUnsafeBufferPointer { kinds in
      while count < Self.block, let row = unsafe Self.row(raw, kinds, from: start) {
        unsafe ends.initializeElement(at: 2 * count + source, to: row.first)
        unsafe ends.initializeElement(at: 2 * count + target, to: row.second)
        count += 1
        start = row.next
      }
    }
    position = start
    return count
  }

  // The same for tables of more columns, whose other cells go to their builders at once.
  private func cutWide(
    _ raw: UnsafeRawBufferPointer, from position: inout Int,
    into ends: UnsafeMutableBufferPointer<End>, _ cells: inout [End],
    _ others: inout [ColumnBuilder]
  ) -> Int {
    var count = 0
    var start = position
    unsafe kinds.withUnsafeBufferPointer { kinds in
      unsafe cells.withUnsafeMutableBufferPointer { cells in
        while count < Self.block, let next = unsafe wideRow(raw, kinds, from: start, cells) {
          unsafe ends.initializeElement(at: 2 * count, to: cells[source])
          unsafe ends.initializeElement(at: 2 * count + 1, to: cells[target])
          var other = 0
          for column in 0..<columnCount where column != source && column != target {
            let cell = unsafe cells[column]
            unsafe others[other].append(
              UnsafeRawBufferPointer(rebasing: raw[Int(cell.start)..<Int(cell.end)]))
            other += 1
          }
          count += 1
          start = next
        }
      }
    }
    position = start
    return count
  }

  // Cuts the plain row that begins at `start`; returns where the next begins, nil when it is none.
  private func wideRow(
    _ raw: UnsafeRawBufferPointer, _ kinds: UnsafeBufferPointer<UInt8>, from start: Int,
    _ cells: UnsafeMutableBufferPointer<End>
  ) -> Int? {
    guard start < raw.count, unsafe raw[start] != UInt8(ascii: "#") else { return nil }
    var next = start
    for column in 0..<columnCount {
      let isEnd = column == source || column == target
      guard
        let cell = unsafe isEnd
          ? Self.cut(raw, kinds, from: next)
          : Self.cutOther(raw, kinds, from: next, allowsEmpty: allowsEmptyCells),
        unsafe kinds[Int(raw[Int(cell.end)])]
          == (column + 1 < columnCount ? Kind.delimiter : Kind.end)
      else { return nil }
      unsafe cells[column] = cell
      next = cell.next
    }
    guard unsafe raw[next - 1] == 13 else { return next }
    return unsafe next < raw.count && raw[next] == 10 ? next + 1 : nil
  }

  // The cell of any other column that begins at `start`, as `cut` does for ends.
  @inline(__always)
  private static func cutOther(
    _ bytes: UnsafeRawBufferPointer, _ kinds: UnsafeBufferPointer<UInt8>, from start: Int,
    allowsEmpty: Bool
  ) -> End? {
    var end = start
    while end < bytes.count, unsafe kinds[Int(bytes[end])] == Kind.text { end += 1 }
    guard end < bytes.count, end > start ? unsafe bytes[start] != 32 : allowsEmpty else {
      return nil
    }
    return End(start: start, end: end, value: -1)
  }

  private static let block = 512

  /// A cell: where it stands in the buffer, which is smaller than 2 GB.
  struct End {
    var start: Int32
    var end: Int32
    /// The small whole number that it is; -1 when it is none or that was not found out.
    var value: Int32

    @inline(__always)
    init(start: Int, end: Int, value: Int) {
      self.start = Int32(truncatingIfNeeded: start)
      self.end = Int32(truncatingIfNeeded: end)
      self.value = Int32(truncatingIfNeeded: value)
    }

    var next: Int { Int(end) + 1 }
  }

  // The plain row that begins at `start`; nil when there is none.
  @inline(__always)
  private static func row(
    _ raw: UnsafeRawBufferPointer, _ kinds: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (first: End, second: End, next: Int)? {
    guard start < raw.count, unsafe raw[start] != UInt8(ascii: "#"),
      let first = unsafe cut(raw, kinds, from: start),
      unsafe kinds[Int(raw[Int(first.end)])] == Kind.delimiter,
      let second = unsafe cut(raw, kinds, from: first.next),
      unsafe kinds[Int(raw[Int(second.end)])] == Kind.end
    else { return nil }
    var next = second.next
    if unsafe raw[Int(second.end)] == 13 {
      guard next < raw.count, unsafe raw[next] == 10 else { return nil }
      next += 1
    }
    return (first, second, next)
  }

  // The field that begins at `start`; what ends it stands in the buffer. Nil when it is not plain.
  @inline(__always)
  private static func cut(
    _ bytes: UnsafeRawBufferPointer, _ kinds: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> End? {
    if start + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      // The lowest high bit set is that of the first byte that is no digit: sums carry upwards.
      let digits = word ^ 0x3030_3030_3030_3030
      let others = (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080
      let count = others.trailingZeroBitCount >> 3
      if count > 0, count < 8 {
        let kind = unsafe kinds[Int(bytes[start + count])]
        if kind == Kind.delimiter || kind == Kind.end {
          let isWritten = count == 1 || digits & 0xFF != 0
          return End(
            start: start, end: start + count,
            value: isWritten ? value(digits << UInt64(64 - 8 * count)) : -1)
        }
      }
    }
    return unsafe cutSlowly(bytes, kinds, from: start)
  }

  // The number of eight digits, the highest in the lowest byte: neighbours are joined to pairs,
  // pairs to fours and fours to the whole.
  @inline(__always)
  private static func value(_ digits: UInt64) -> Int {
    let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return Int(truncatingIfNeeded: (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF)
  }

  @inline(never)
  private static func cutSlowly(
    _ bytes: UnsafeRawBufferPointer, _ kinds: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> End? {
    unsafe cutOther(bytes, kinds, from: start, allowsEmpty: false)
  }
}

extension IdentifierTable {
  @inline(__always)
  fileprivate mutating func number(of end: PlainTies.End, in bytes: [UInt8]) -> Int32 {
    let known = number(ifKnown: Int(end.value))
    return known >= 0 ? known : number(atFirst: end, in: bytes)
  }

  @inline(never)
  private mutating func number(atFirst end: PlainTies.End, in bytes: [UInt8]) -> Int32 {
    number(of: ByteCell(bytes, from: Int(end.start), to: Int(end.end)))
  }
}
