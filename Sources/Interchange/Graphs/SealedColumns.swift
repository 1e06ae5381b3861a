// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import GraphCore

/// Columns of numbers and texts in a file that opens by mapping, sealed by a key.
///
/// The seal (HMAC-SHA-256, RFC 2104) covers every byte: a file that was changed, cut short or made by
/// somebody without the key is not opened. A mark says what the columns were made from, so that a file
/// that is merely old can be told from one that is damaged.
///
/// **Layout.** A head of 128 bytes (the word CLEWCOLS, version, number of columns, byte count, mark,
/// seal), the byte counts of the columns, then the columns, each at a multiple of 64, in the byte order
/// of this machine.
///
/// **Mind**: as for a graph snapshot, the file must not be written to in place while it is open.
public struct SealedColumns {
  /// Why a file was not opened.
  public enum Failure: Error, Hashable {
    /// There is none.
    case missing
    /// It was made from something else, by its mark, or by another version.
    case outdated
    /// It is not what was written under its mark.
    case damaged
  }

  /// A column to be written.
  public enum Part: Sendable {
    case bytes([UInt8])
    case offsets([UInt64])
    case indices(Column<Int32>)
    case numbers(Column<Double>)

    fileprivate func withBytes(
      _ body: (RawSpan) throws(InterchangeError) -> Void
    ) throws(InterchangeError) {
      // Safe: numbers have no padding, so that every byte of a column is initialised.
      switch self {
      case .bytes(let column): try unsafe body(column.span.bytes)
      case .offsets(let column): try unsafe body(column.span.bytes)
      case .indices(let column): try unsafe body(column.span.bytes)
      case .numbers(let column): try unsafe body(column.span.bytes)
      }
    }
  }

  private static let word: UInt64 = 0x534C_4F43_5745_4C43  // CLEWCOLS in little-endian order
  private static let version: UInt64 = 1
  private static let headByteCount = 128
  private static let sealOffset = 64
  private static let alignment = 64
  private static let mostColumns = 64

  private let file: MappedFile
  private let places: [(offset: Int, byteCount: Int)]

  /// The number of columns.
  public var count: Int { places.count }

  /// Writes columns, whole or not at all, into a file that only its owner can read.
  ///
  /// - Parameters:
  ///   - parts: the columns, at most 64.
  ///   - mark: 32 bytes that say what they were made from.
  ///   - key: the key of the seal.
  ///   - path: where.
  ///   - prefix: how the name of the file begins in which they stand until they are whole.
  /// - Throws: `InterchangeError.writing` with the system's reason.
  public static func write(
    _ parts: [Part], mark: [UInt8], key: [UInt8], to path: String, beginning prefix: String
  ) throws(InterchangeError) {
    precondition(mark.count == 32 && parts.count <= mostColumns)
    var counts: [UInt64] = []
    for part in parts {
      try part.withBytes { bytes throws(InterchangeError) in
        counts.append(UInt64(bytes.byteCount))
      }
    }
    var total = headByteCount + aligned(8 * counts.count)
    for count in counts { total += aligned(Int(count)) }
    var head = [UInt8]()
    for number in [word, version, UInt64(parts.count), UInt64(total)] {
      for shift in stride(from: 0, to: 64, by: 8) {
        head.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
      }
    }
    head += mark + [UInt8](repeating: 0, count: headByteCount - sealOffset)
    var seal = Seal(key: key)
    seal.add(head.span)
    let padding = [UInt8](repeating: 0, count: alignment)
    for part in [.offsets(counts)] + parts {
      try part.withBytes { bytes throws(InterchangeError) in
        seal.add(bytes)
        let rest = aligned(bytes.byteCount) - bytes.byteCount
        seal.add(padding.span.extracting(0..<rest))
      }
    }
    head.replaceSubrange(sealOffset..<sealOffset + 32, with: seal.value)
    try WholeFile.write(to: path, beginning: prefix) { file throws(InterchangeError) in
      try unsafe file.put(head.span.bytes)
      for part in [.offsets(counts)] + parts {
        try part.withBytes { bytes throws(InterchangeError) in
          try file.put(bytes)
          let rest = aligned(bytes.byteCount) - bytes.byteCount
          try unsafe file.put(padding.span.bytes.extracting(0..<rest))
        }
      }
    }
  }

  /// Opens a file by mapping it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - mark: what the columns must have been made from.
  ///   - key: the key of the seal.
  /// - Throws: `Failure`.
  /// - Complexity: O(bytes): all of them are checked against the seal.
  public init(opening path: String, mark: [UInt8], key: [UInt8]) throws(Failure) {
    let file: MappedFile
    do { file = try MappedFile(path) } catch { throw .missing }
    guard file.byteCount >= Self.headByteCount else { throw .damaged }
    let numbers: Column<UInt64> = file.column(at: 0, count: 4)
    guard numbers[0] == Self.word else { throw .damaged }
    var head = Array(file.column(at: 0, count: Self.headByteCount) as Column<UInt8>)
    guard numbers[1] == Self.version, head[32..<64].elementsEqual(mark) else { throw .outdated }
    guard numbers[2] <= UInt64(Self.mostColumns), numbers[3] == UInt64(file.byteCount),
      file.byteCount >= Self.headByteCount + Self.aligned(8 * Int(numbers[2]))
    else { throw .damaged }
    let counts = Array(
      file.column(at: Self.headByteCount, count: Int(numbers[2])) as Column<UInt64>)
    var offset = Self.headByteCount + Self.aligned(8 * counts.count)
    var places: [(offset: Int, byteCount: Int)] = []
    for count in counts {
      guard count <= UInt64(file.byteCount - offset),
        Self.aligned(Int(count)) <= file.byteCount - offset
      else { throw .damaged }
      places.append((offset, Int(count)))
      offset += Self.aligned(Int(count))
    }
    guard offset == file.byteCount else { throw .damaged }
    let sealed = Array(head[Self.sealOffset..<Self.sealOffset + 32])
    head.replaceSubrange(
      Self.sealOffset..<Self.sealOffset + 32, with: [UInt8](repeating: 0, count: 32))
    var seal = Seal(key: key)
    seal.add(head.span)
    let rest: Column<UInt8> = file.column(
      at: Self.headByteCount, count: file.byteCount - Self.headByteCount)
    seal.add(rest.span)
    guard seal.value == sealed else { throw .damaged }
    self.file = file
    self.places = places
  }

  /// Whether a file states a mark; its seal is not looked at.
  public static func states(_ mark: [UInt8], at path: String) -> Bool {
    guard let file = try? MappedFile(path), file.byteCount >= headByteCount else { return false }
    let numbers: Column<UInt64> = file.column(at: 0, count: 2)
    let head: Column<UInt8> = file.column(at: 0, count: headByteCount)
    return numbers[0] == word && numbers[1] == version && head[32..<64].elementsEqual(mark)
  }

  /// A column by its position; it keeps the file mapped.
  ///
  /// - Throws: `Failure.damaged` when there is no such column, or its bytes are no whole elements.
  public func column<Element: BitwiseCopyable & Sendable>(
    _ position: Int, of type: Element.Type = Element.self
  ) throws(Failure) -> Column<Element> {
    guard places.indices.contains(position),
      places[position].byteCount.isMultiple(of: MemoryLayout<Element>.stride),
      MemoryLayout<Element>.alignment <= Self.alignment
    else { throw .damaged }
    return file.column(
      at: places[position].offset,
      count: places[position].byteCount / MemoryLayout<Element>.stride)
  }

  private static func aligned(_ count: Int) -> Int {
    (count + alignment - 1) / alignment * alignment
  }
}

/// A keyed hash of bytes that come one after the other.
private struct Seal {
  private var inner = SHA256()
  private let outerPad: [UInt8]

  init(key: [UInt8]) {
    let key = key.count > 64 ? SHA256.hash(of: key).bytes : key
    let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
    outerPad = padded.map { $0 ^ 0x5c }
    let innerPad = padded.map { $0 ^ 0x36 }
    inner.update(innerPad.span)
  }

  mutating func add(_ bytes: Span<UInt8>) { inner.update(bytes) }

  mutating func add(_ bytes: RawSpan) {
    // Safe: the hash reads the bytes of the span while it lives.
    unsafe bytes.withUnsafeBytes { raw in
      unsafe inner.update(raw.bindMemory(to: UInt8.self))
    }
  }

  var value: [UInt8] { SHA256.hash(of: outerPad + inner.finish().bytes).bytes }
}
