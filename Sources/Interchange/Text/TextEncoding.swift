// SPDX-License-Identifier: Apache-2.0

/// How the bytes of a text file stand for characters.
public enum TextEncoding: String, Codable, CaseIterable, Sendable {
  /// UTF-8, the default; strict: overlong forms, surrogates and lone bytes are refused.
  case utf8 = "utf-8"
  /// UTF-16; the byte order comes from the byte order mark, else big-endian (RFC 2781).
  case utf16 = "utf-16"
  /// UTF-16 with the low byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16 with the high byte first.
  case utf16BigEndian = "utf-16be"
  /// ISO 8859-1.
  case latin1 = "latin-1"
  /// Windows code page 1252.
  case windows1252 = "windows-1252"

  /// The encoding with a name as people write it: `utf8`, `ISO-8859-1`, `cp1252` …; nil if unknown.
  public init?(name: String) {
    switch String(name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }) {
    case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
    case "utf16", "unicode", "ucs2": self = .utf16
    case "utf16le", "ucs2le": self = .utf16LittleEndian
    case "utf16be", "ucs2be": self = .utf16BigEndian
    case "latin1", "iso88591", "l1": self = .latin1
    case "windows1252", "cp1252", "win1252", "ansi": self = .windows1252
    default: return nil
    }
  }
}

/// The encoding of an input and how it was found out.
public struct EncodingDetection: Hashable, Sendable, CustomStringConvertible {
  /// The encoding.
  public let encoding: TextEncoding
  /// Whether a byte order mark stood at the head.
  public let hasByteOrderMark: Bool
  /// Whether the caller named the encoding.
  public let isGiven: Bool

  public var description: String {
    encoding.rawValue + (hasByteOrderMark ? " with a byte order mark" : "")
      + (isGiven ? " (as told)" : "")
  }
}

/// Turns the bytes of a stream into checked UTF-8, chunk by chunk.
struct TextDecoder {
  /// Why the bytes at a place are no text.
  struct Failure {
    /// Where in the output the text ends.
    let position: Int
    let what: String
    let advice: String
  }

  private(set) var detection: EncodingDetection
  private var pending: [UInt8] = []
  private var highSurrogate: UInt32?

  /// Creates the decoder that the head of the input calls for and takes the mark off it.
  init(head: inout [UInt8], given: TextEncoding?, file: String) throws(InterchangeError) {
    var found: TextEncoding?
    var mark = 0
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      (found, mark) = (.utf8, 3)
    } else if head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw .refused(
        Problem(
          file: file, line: 1, column: 1, what: "the file is UTF-32",
          expected: "UTF-8 or UTF-16", advice: "save it as UTF-8"))
    } else if head.starts(with: [0xFF, 0xFE]) {
      (found, mark) = (.utf16LittleEndian, 2)
    } else if head.starts(with: [0xFE, 0xFF]) {
      (found, mark) = (.utf16BigEndian, 2)
    }
    let agrees =
      found == nil || given == nil || given == found
      || (given == .utf16 && found != .utf8)
    if agrees {
      head.removeFirst(mark)
    } else {
      (found, mark) = (nil, 0)
    }
    detection = EncodingDetection(
      encoding: found ?? (given == .utf16 ? .utf16BigEndian : given ?? .utf8),
      hasByteOrderMark: mark > 0, isGiven: given != nil)
  }

  /// Appends the text of `bytes` to `output`.
  ///
  /// - Parameters:
  ///   - bytes: the next bytes of the stream; emptied.
  ///   - isLast: whether nothing follows.
  ///   - output: where the UTF-8 goes.
  /// - Returns: why the text ends here, when it does.
  mutating func decode(
    _ bytes: inout [UInt8], isLast: Bool, into output: inout [UInt8]
  ) -> Failure? {
    if !pending.isEmpty {
      bytes = pending + bytes
      pending = []
    }
    defer { bytes.removeAll(keepingCapacity: true) }
    switch detection.encoding {
    case .utf8: return checkUTF8(bytes, isLast: isLast, into: &output)
    case .latin1:
      for byte in bytes { output.append(scalar: UInt32(byte)) }
      return nil
    case .windows1252: return decodeWindows(bytes, into: &output)
    case .utf16, .utf16BigEndian: return decodeUTF16(bytes, high: 0, isLast: isLast, into: &output)
    case .utf16LittleEndian: return decodeUTF16(bytes, high: 1, isLast: isLast, into: &output)
    }
  }

  private mutating func checkUTF8(
    _ bytes: [UInt8], isLast: Bool, into output: inout [UInt8]
  ) -> Failure? {
    var i = 0
    let count = bytes.count
    while i < count {
      let first = bytes[i]
      if first < 0x80 {
        i = Self.passASCII(bytes, from: i + 1)
        continue
      }
      let length = Self.sequenceLength(first)
      var good = length > 0
      var k = 1
      while good, k < length, i + k < count {
        let low: UInt8 = k > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
        let high: UInt8 = k > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
        good = bytes[i + k] >= low && bytes[i + k] <= high
        k += 1
      }
      if good, i + length > count {
        if !isLast {
          output += bytes[..<i]
          pending = Array(bytes[i...])
          return nil
        }
        good = false
      }
      guard good else {
        output += bytes[..<i]
        return Failure(
          position: output.count,
          what: "the byte \(hexadecimal(UInt32(first), 2)) is not valid UTF-8 here",
          advice: "save the file as UTF-8, or name its encoding (--encoding windows-1252; in a "
            + "mapping: encoding: windows-1252)")
      }
      i += length
    }
    output += bytes
    return nil
  }

  // Passes over ASCII eight bytes at a time; what is left of it is for the caller.
  private static func passASCII(_ bytes: [UInt8], from start: Int) -> Int {
    var i = start
    // Safe: eight bytes are loaded only where eight are left.
    unsafe bytes.withUnsafeBytes { raw in
      while i + 8 <= raw.count,
        unsafe raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        i += 8
      }
    }
    return i
  }

  private static func sequenceLength(_ first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  private func decodeWindows(_ bytes: [UInt8], into output: inout [UInt8]) -> Failure? {
    for byte in bytes {
      var value = UInt32(byte)
      if value >= 0x80, value < 0xA0 { value = Self.windowsUpper[Int(value - 0x80)] }
      guard value != 0 || byte == 0 else {
        return Failure(
          position: output.count,
          what: "the byte \(hexadecimal(UInt32(byte), 2)) stands for nothing in windows-1252",
          advice:
            "name another encoding (--encoding latin-1; in a mapping: encoding: latin-1)")
      }
      output.append(scalar: value)
    }
    return nil
  }

  private mutating func decodeUTF16(
    _ bytes: [UInt8], high: Int, isLast: Bool, into output: inout [UInt8]
  ) -> Failure? {
    let advice = "check the encoding, or save the file as UTF-8"
    var i = 0
    while i + 1 < bytes.count {
      let unit = UInt32(bytes[i + high]) << 8 | UInt32(bytes[i + 1 - high])
      i += 2
      if let first = highSurrogate {
        highSurrogate = nil
        guard unit & 0xFC00 == 0xDC00 else {
          return Failure(
            position: output.count, what: "a UTF-16 surrogate without its other half",
            advice: advice)
        }
        output.append(scalar: 0x10000 + (first & 0x3FF) << 10 + unit & 0x3FF)
      } else if unit & 0xFC00 == 0xD800 {
        highSurrogate = unit
      } else if unit & 0xFC00 == 0xDC00 {
        return Failure(
          position: output.count, what: "a UTF-16 surrogate without its other half",
          advice: advice)
      } else {
        output.append(scalar: unit)
      }
    }
    pending = Array(bytes[i...])
    if isLast, !pending.isEmpty || highSurrogate != nil {
      return Failure(
        position: output.count, what: "the UTF-16 text ends in the middle of a character",
        advice: advice)
    }
    return nil
  }

  // What 0x80 ... 0x9F stand for; 0 where Windows-1252 leaves a byte undefined.
  private static let windowsUpper: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}

extension [UInt8] {
  fileprivate mutating func append(scalar value: UInt32) {
    switch value {
    case 0..<0x80: append(UInt8(value))
    case 0x80..<0x800:
      append(UInt8(0xC0 | value >> 6))
      append(UInt8(0x80 | value & 0x3F))
    case 0x800..<0x10000:
      append(UInt8(0xE0 | value >> 12))
      append(UInt8(0x80 | value >> 6 & 0x3F))
      append(UInt8(0x80 | value & 0x3F))
    default:
      append(UInt8(0xF0 | value >> 18))
      append(UInt8(0x80 | value >> 12 & 0x3F))
      append(UInt8(0x80 | value >> 6 & 0x3F))
      append(UInt8(0x80 | value & 0x3F))
    }
  }
}

/// A number as `0x` and at least `width` hexadecimal digits.
func hexadecimal(_ value: UInt32, _ width: Int) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return "0x" + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
