// SPDX-License-Identifier: Apache-2.0

internal import CHash

/// The secure hash SHA-256 (FIPS 180-4), for the digests of files, batches and cases.
///
/// ```swift
/// SHA256.hash(of: Array("abc".utf8)).hex  // ba7816bf 8f01cfea …
/// ```
///
/// It protects against mistakes and makes tampering evident; nothing secret is derived from it.
///
/// - Complexity: O(n) time, O(1) memory.
public struct SHA256: Sendable {
  /// A digest of 32 bytes.
  public struct Digest: Hashable, Sendable {
    /// The bytes.
    public let bytes: [UInt8]

    /// Creates a digest from its bytes.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// The digest in lower-case hexadecimal.
    public var hex: String {
      let digits = Array("0123456789abcdef".utf8)
      var text: [UInt8] = []
      text.reserveCapacity(64)
      for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
      }
      return String(decoding: text, as: UTF8.self)
    }
  }

  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  // What does not fill a block yet.
  private var block = InlineArray<64, UInt8>(repeating: 0)
  private var filled = 0
  private var byteCount: UInt64 = 0

  /// Creates a hash of nothing yet.
  public init() {}

  /// The digest of some bytes.
  public static func hash(of bytes: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(bytes.span)
    return hash.finish()
  }

  /// The digest of the first bytes of a buffer, whose rest is overwritten; for loops over short records.
  ///
  /// - Parameters:
  ///   - buffer: the bytes, with room for 72 more.
  ///   - count: how many bytes count.
  /// - Returns: the digest as eight words.
  public static func words(
    of buffer: UnsafeMutableBufferPointer<UInt8>, count: Int
  ) -> InlineArray<8, UInt32> {
    precondition(count >= 0 && count + 72 <= buffer.count, "the padding needs room")
    let blockCount = (count + 8) / 64 + 1
    var state = SHA256().state
    var words = state.mutableSpan
    // Safe: that many whole blocks lie in the buffer, and the state has eight words.
    unsafe words.withUnsafeMutableBufferPointer {
      guard let state = $0.baseAddress, let base = buffer.baseAddress else { return }
      let end = 64 * blockCount - 8
      unsafe base[count] = 0x80
      unsafe (base + count + 1).update(repeating: 0, count: end - count - 1)
      unsafe UnsafeMutableRawPointer(base).storeBytes(
        of: (UInt64(count) * 8).bigEndian, toByteOffset: end, as: UInt64.self)
      unsafe clew_sha256_blocks(state, base, blockCount)
    }
    return state
  }

  /// The keyed digest of a message (HMAC, RFC 2104).
  public static func authenticate(_ message: [UInt8], key: [UInt8]) -> Digest {
    let key = key.count > 64 ? hash(of: key).bytes : key
    let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
    let inner = hash(of: padded.map { $0 ^ 0x36 } + message)
    return hash(of: padded.map { $0 ^ 0x5c } + inner.bytes)
  }

  /// Adds bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    // Safe: the pointer lives as long as the span.
    unsafe bytes.withUnsafeBufferPointer { unsafe update($0) }
  }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    byteCount += UInt64(bytes.count)
    var position = 0
    if filled > 0 {
      position = min(64 - filled, bytes.count)
      unsafe fill(UnsafeBufferPointer(rebasing: bytes[..<position]))
      if filled < 64 { return }
      compressBlock()
    }
    let blockCount = (bytes.count - position) / 64
    if blockCount > 0, let base = bytes.baseAddress {
      var words = state.mutableSpan
      // Safe: that many whole blocks lie behind the position, and the state has eight words.
      unsafe words.withUnsafeMutableBufferPointer {
        guard let state = $0.baseAddress else { return }
        unsafe clew_sha256_blocks(state, base + position, blockCount)
      }
      position += 64 * blockCount
    }
    unsafe fill(UnsafeBufferPointer(rebasing: bytes[position...]))
  }

  // Adds bytes to the block, which has room for them.
  @inline(__always)
  private mutating func fill(_ bytes: UnsafeBufferPointer<UInt8>) {
    precondition(filled + bytes.count <= 64)
    guard let from = bytes.baseAddress else { return }
    var span = block.mutableSpan
    let start = filled
    // Safe: the block has 64 bytes, and these end within it.
    unsafe span.withUnsafeMutableBufferPointer {
      guard let to = $0.baseAddress else { return }
      unsafe (to + start).update(from: from, count: bytes.count)
    }
    filled += bytes.count
  }

  // Fills the block with zeros up to a place.
  @inline(__always)
  private mutating func pad(to end: Int) {
    guard filled < end, end <= 64 else { return }
    var span = block.mutableSpan
    let start = filled
    // Safe: the block has 64 bytes, and these end within it.
    unsafe span.withUnsafeMutableBufferPointer {
      guard let to = $0.baseAddress else { return }
      unsafe (to + start).update(repeating: 0, count: end - start)
    }
    filled = end
  }

  /// The digest of all bytes added so far; the hash itself can go on.
  public func finish() -> Digest {
    let words = finished()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for index in 0..<8 {
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: words[index] >> UInt32(shift)))
      }
    }
    return Digest(bytes: bytes)
  }

  /// The digest as eight words, for loops that need no array.
  public func finished() -> InlineArray<8, UInt32> {
    var last = self
    last.block[last.filled] = 0x80
    last.filled += 1
    if last.filled > 56 {
      last.pad(to: 64)
      last.compressBlock()
    }
    last.pad(to: 56)
    let bitCount = byteCount * 8
    for index in 0..<8 {
      last.block[56 + index] = UInt8(truncatingIfNeeded: bitCount >> UInt64(56 - 8 * index))
    }
    last.compressBlock()
    return last.state
  }

  private mutating func compressBlock() {
    var words = state.mutableSpan
    let bytes = block.span
    // Safe: the block has 64 bytes and the state eight words.
    unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        guard let state = words.baseAddress, let base = bytes.baseAddress else { return }
        unsafe clew_sha256_blocks(state, base, 1)
      }
    }
    filled = 0
  }
}
