// SPDX-License-Identifier: Apache-2.0

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
    byteCount += UInt64(bytes.count)
    var position = 0
    while position < bytes.count {
      if filled == 0, bytes.count - position >= 64 {
        compress { bytes[position + $0] }
        position += 64
        continue
      }
      block[filled] = bytes[position]
      filled += 1
      position += 1
      if filled == 64 {
        compressBlock()
        filled = 0
      }
    }
  }

  /// The digest of all bytes added so far; the hash itself can go on.
  public func finish() -> Digest {
    var last = self
    let bitCount = byteCount * 8
    var padding: [UInt8] = [0x80]
    while (last.filled + padding.count) % 64 != 56 { padding.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    last.update(padding.span)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for index in 0..<8 {
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: last.state[index] >> UInt32(shift)))
      }
    }
    return Digest(bytes: bytes)
  }

  private mutating func compressBlock() {
    let block = block
    compress { block[$0] }
  }

  @inline(__always)
  private mutating func compress(_ byte: (Int) -> UInt8) {
    let constants = Self.roundConstants
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for t in 0..<16 {
      schedule[t] =
        UInt32(byte(4 * t)) << 24 | UInt32(byte(4 * t + 1)) << 16
        | UInt32(byte(4 * t + 2)) << 8 | UInt32(byte(4 * t + 3))
    }
    for t in 16..<64 {
      let (w2, w15) = (schedule[t - 2], schedule[t - 15])
      let s1 = rotated(w2, 17) ^ rotated(w2, 19) ^ w2 >> 10
      let s0 = rotated(w15, 7) ^ rotated(w15, 18) ^ w15 >> 3
      schedule[t] = s1 &+ schedule[t - 7] &+ s0 &+ schedule[t - 16]
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let choice = (e & f) ^ (~e & g)
      let t1 = h &+ s1 &+ choice &+ constants[t] &+ schedule[t]
      let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ t1)
      (d, c, b, a) = (c, b, a, t1 &+ s0 &+ majority)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  // The first 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2).
  private static let roundConstants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
