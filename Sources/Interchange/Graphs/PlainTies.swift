// SPDX-License-Identifier: Apache-2.0

/// Reads the plain rows of a list of ties straight from the buffer, many times as fast as `Row`.
///
/// A plain row is whole in memory and holds two ends and nothing else: ASCII without control
/// characters, quotes, apostrophes and backslashes, no end empty or beginning with a blank, one
/// delimiter, no comment. Every other row is left to the general reader, whose outcome for plain
/// rows is the same by definition: this kernel decides nothing.
struct PlainTies {
  private enum Kind {
    static let text: UInt8 = 0
    static let delimiter: UInt8 = 1
    static let end: UInt8 = 2
    static let odd: UInt8 = 3
  }

  private let kinds: [UInt8]
  private let isReversed: Bool

  /// The reader for a table; nil when its rows cannot be plain.
  init?(_ reader: DelimitedReader, _ source: Int, _ target: Int) {
    guard reader.header.count == 2 else { return nil }
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
    isReversed = source > target
  }

  /// Reads the plain rows up to the next row that is not.
  ///
  /// - Complexity: O(bytes read).
  func read(
    _ reader: inout DelimitedReader, _ ids: inout IdentifierTable, _ sources: inout [Int32],
    _ targets: inout [Int32], _ lines: inout [Int32]
  ) {
    let bytes = reader.buffer.bytes
    let line = reader.buffer.line
    var position = reader.buffer.position
    var count = 0
    // Safe: the pointers live as long as the arrays, and `cut` reads only below their counts.
    unsafe bytes.withUnsafeBytes { raw in
      unsafe kinds.withUnsafeBufferPointer { kinds in
        while position < raw.count, unsafe raw[position] != UInt8(ascii: "#") {
          guard let first = unsafe Self.cut(raw, kinds, from: position),
            unsafe kinds[Int(raw[first.end])] == Kind.delimiter,
            let second = unsafe Self.cut(raw, kinds, from: first.end + 1),
            unsafe kinds[Int(raw[second.end])] == Kind.end
          else { return }
          var next = second.end + 1
          if unsafe raw[second.end] == 13 {
            guard next < raw.count, unsafe raw[next] == 10 else { return }
            next += 1
          }
          // Only now: a row that is not plain must leave no identifier behind.
          if isReversed {
            sources.append(ids.number(of: second, in: bytes))
            targets.append(ids.number(of: first, in: bytes))
          } else {
            sources.append(ids.number(of: first, in: bytes))
            targets.append(ids.number(of: second, in: bytes))
          }
          lines.append(Int32(truncatingIfNeeded: line + count))
          count += 1
          position = next
        }
      }
    }
    reader.pass(rows: count, to: position)
  }

  /// An end of a tie: where it stands, and its key when it has at most seven bytes, else 0.
  struct End {
    var start: Int
    var end: Int
    var key: UInt64
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
          let key = word & ((1 << UInt64(8 * count)) - 1) | UInt64(count) << 56
          return End(start: start, end: start + count, key: key)
        }
      }
    }
    var end = start
    var key: UInt64 = 0
    while end < bytes.count, unsafe kinds[Int(bytes[end])] == Kind.text {
      if end - start < 7 { key |= UInt64(unsafe bytes[end]) << UInt64(8 * (end - start)) }
      end += 1
    }
    guard end > start, end < bytes.count, unsafe bytes[start] != 32 else { return nil }
    let count = end - start
    return End(start: start, end: end, key: count <= 7 ? key | UInt64(count) << 56 : 0)
  }
}

extension IdentifierTable {
  @inline(__always)
  fileprivate mutating func number(of end: PlainTies.End, in bytes: [UInt8]) -> Int32 {
    end.key != 0
      ? number(ofShort: end.key) : number(of: ByteCell(bytes, from: end.start, to: end.end))
  }
}
