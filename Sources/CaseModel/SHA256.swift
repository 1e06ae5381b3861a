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
      while filled < 64, position < bytes.count {
        block[filled] = unsafe bytes[position]
        filled += 1
        position += 1
      }
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
    while position < bytes.count {
      block[filled] = unsafe bytes[position]
      filled += 1
      position += 1
    }
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
      while last.filled < 64 {
        last.block[last.filled] = 0
        last.filled += 1
      }
      last.compressBlock()
    }
    while last.filled < 56 {
      last.block[last.filled] = 0
      last.filled += 1
    }
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
