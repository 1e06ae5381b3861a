// SPDX-License-Identifier: Apache-2.0

/// A JSON value with the place where it begins.
struct JSONNode {
  indirect enum Content {
    case null
    case boolean(Bool)
    /// A number as it is written.
    case number(String)
    case text(String)
    case list([JSONNode])
    case object([(key: String, value: JSONNode)])
  }

  var content: Content
  var at: Int

  subscript(key: String) -> JSONNode? {
    guard case .object(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The value as an attribute: lists and objects as the JSON text they were written in.
  func attribute(in text: WholeText, end: Int) -> GraphValue? {
    switch content {
    case .null: nil
    case .boolean(let truth): .boolean(truth)
    case .number(let word): GraphValue.number(word) ?? .text(word)
    case .text(let word): .text(word)
    case .list, .object: .text(text.text(at..<end))
    }
  }

  /// The text of a text or a number; nil for others.
  var word: String? {
    switch content {
    case .text(let word), .number(let word): word
    default: nil
    }
  }

  var isNumber: Bool { if case .number = content { true } else { false } }

  /// A text that is one JSON value, in one line; nil for what is none.
  static func text(of json: String) -> String? {
    guard
      let whole = try? WholeText(
        ByteStream(.bytes(Array(json.utf8), name: "a value")), encoding: .utf8)
    else { return nil }
    var reader = JSONReader(whole)
    guard (try? reader.value()) != nil else { return nil }
    // A line feed within a text of JSON is an escape, so that those left stand between values.
    return String(json.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : Character($0) })
  }
}

/// Reads JSON (RFC 8259) strictly: no duplicate keys, no NaN, nothing behind the value; a stack of its
/// own, so that depth is bounded.
struct JSONReader {
  private let text: WholeText
  private var position = 0
  /// Where the value that begins at a place ends; for lists and objects.
  private(set) var ends: [Int: Int] = [:]

  static let maximumDepth = 256

  private let end: Int

  /// Reads the whole of a text, or a part of it that holds one value.
  init(_ text: WholeText, _ part: Range<Int>? = nil) {
    self.text = text
    position = part?.lowerBound ?? 0
    end = part?.upperBound ?? text.bytes.count
  }

  private enum Open {
    case list([JSONNode], at: Int)
    case object([(key: String, value: JSONNode)], keys: Set<String>, key: String, at: Int)
  }

  /// The value of the whole text.
  mutating func value() throws(InterchangeError) -> JSONNode {
    var open: [Open] = []
    while true {
      var node = try scalarOrOpening(&open)
      // A value is done: it goes into what is open, which may be done with it.
      while let done = node {
        guard let last = open.popLast() else {
          skipBlanks()
          guard position == end else {
            throw fail(
              position, "something behind the end",
              end < text.bytes.count ? "the end of the line" : "the end of the file")
          }
          return done
        }
        switch last {
        case .list(var items, let at):
          items.append(done)
          skipBlanks()
          if take(",") {
            open.append(.list(items, at: at))
            node = nil
          } else if take("]") {
            ends[at] = position
            node = JSONNode(content: .list(items), at: at)
          } else {
            throw fail(position, found, "a comma or ]")
          }
        case .object(var entries, var keys, let key, let at):
          entries.append((key, done))
          skipBlanks()
          if take(",") {
            let next = try self.key(&keys)
            open.append(.object(entries, keys: keys, key: next, at: at))
            node = nil
          } else if take("}") {
            ends[at] = position
            node = JSONNode(content: .object(entries), at: at)
          } else {
            throw fail(position, found, "a comma or }")
          }
        }
      }
    }
  }

  // A scalar or an empty list or object; nil when a list or an object was opened.
  private mutating func scalarOrOpening(
    _ open: inout [Open]
  ) throws(InterchangeError) -> JSONNode? {
    skipBlanks()
    let at = position
    guard at < end else {
      throw fail(
        at, end < text.bytes.count ? "the line ends too early" : "the document ends too early",
        "a value", "copy or export the file again")
    }
    guard open.count < Self.maximumDepth else {
      throw fail(at, "values nested deeper than \(Self.maximumDepth)", "a graph")
    }
    switch text.bytes[at] {
    case UInt8(ascii: "["):
      position += 1
      skipBlanks()
      if take("]") {
        ends[at] = position
        return JSONNode(content: .list([]), at: at)
      }
      open.append(.list([], at: at))
      return nil
    case UInt8(ascii: "{"):
      position += 1
      skipBlanks()
      if take("}") {
        ends[at] = position
        return JSONNode(content: .object([]), at: at)
      }
      var keys: Set<String> = []
      let key = try key(&keys)
      open.append(.object([], keys: keys, key: key, at: at))
      return nil
    case UInt8(ascii: "\""): return JSONNode(content: .text(try string()), at: at)
    case UInt8(ascii: "t") where word("true"): return JSONNode(content: .boolean(true), at: at)
    case UInt8(ascii: "f") where word("false"): return JSONNode(content: .boolean(false), at: at)
    case UInt8(ascii: "n") where word("null"): return JSONNode(content: .null, at: at)
    default: return JSONNode(content: .number(try number()), at: at)
    }
  }

  private mutating func key(_ keys: inout Set<String>) throws(InterchangeError) -> String {
    skipBlanks()
    let at = position
    guard at < end, text.bytes[at] == UInt8(ascii: "\"") else {
      throw fail(at, found, "a key in quotes")
    }
    let key = try string()
    guard keys.insert(key).inserted else {
      throw fail(at, "the key “\(key)” occurs twice in one object", "once")
    }
    skipBlanks()
    guard take(":") else { throw fail(position, found, "a colon") }
    return key
  }

  private mutating func number() throws(InterchangeError) -> String {
    let start = position
    while position < end,
      "+-.eE0123456789".utf8.contains(text.bytes[position])
        || (text.bytes[position] | 32 >= 97 && text.bytes[position] | 32 <= 122)
    {
      position += 1
    }
    let word = text.text(start..<position)
    guard Self.isNumber(word) else {
      throw fail(
        start, word.isEmpty ? found : "“\(word)”", "a value",
        "JSON knows numbers, texts in double quotes, true, false, null, lists and objects")
    }
    // A whole number of any length stays as it is written; others must be a double.
    if word.utf8.contains(where: { $0 == 46 || $0 | 32 == 101 }), GraphValue.number(word) == nil {
      throw fail(start, "the number \(word)", "a number that a double holds")
    }
    return word
  }

  private static func isNumber(_ word: String) -> Bool {
    var bytes = Array(word.utf8)[...]
    if bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
    func digits() -> Int {
      let count = bytes.prefix { (48...57).contains($0) }.count
      bytes = bytes.dropFirst(count)
      return count
    }
    let leadsWithZero = bytes.first == 48
    let whole = digits()
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if bytes.first == UInt8(ascii: ".") {
      bytes.removeFirst()
      guard digits() > 0 else { return false }
    }
    if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
      bytes.removeFirst()
      if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") {
        bytes.removeFirst()
      }
      guard digits() > 0 else { return false }
    }
    return bytes.isEmpty
  }

  private mutating func string() throws(InterchangeError) -> String {
    let start = position
    position += 1
    var bytes: [UInt8] = []
    while true {
      guard position < end else {
        throw fail(start, "the quote that opens here is not closed", "a closing quote")
      }
      let byte = text.bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: bytes, as: UTF8.self)
      case ..<32: throw fail(position, "a control character in a text", "an escape such as \\n")
      case UInt8(ascii: "\\"): try escape(&bytes)
      default:
        bytes.append(byte)
        position += 1
      }
    }
  }

  private mutating func escape(_ bytes: inout [UInt8]) throws(InterchangeError) {
    let at = position
    position += 1
    let simple: [UInt8: UInt8] = [34: 34, 92: 92, 47: 47, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9]
    guard position < end else { return }
    if let byte = simple[text.bytes[position]] {
      bytes.append(byte)
      position += 1
      return
    }
    guard text.bytes[position] == UInt8(ascii: "u"), let first = hexadecimal() else {
      throw fail(at, "an escape that JSON does not know", "\\n, \\\" or \\u0041")
    }
    var code = first
    if (0xD800...0xDBFF).contains(first) {
      guard position + 1 < end, text.bytes[position] == UInt8(ascii: "\\"),
        text.bytes[position + 1] == UInt8(ascii: "u")
      else { throw fail(at, "half of a character", "a pair of escapes") }
      position += 1
      guard let second = hexadecimal(), (0xDC00...0xDFFF).contains(second) else {
        throw fail(at, "half of a character", "a pair of escapes")
      }
      code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code), code != 0 else {
      throw fail(at, "half of a character or a NUL", "a character")
    }
    bytes += Array(String(Character(scalar)).utf8)
  }

  // Four digits behind the u at the position.
  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 < end else { return nil }
    let word = text.text(position + 1..<position + 5)
    guard word.utf8.allSatisfy({ ($0 | 32 >= 97 && $0 | 32 <= 102) || (48...57).contains($0) })
    else { return nil }
    position += 5
    return UInt32(word, radix: 16)
  }

  private mutating func skipBlanks() {
    while position < end, [32, 9, 10, 13].contains(text.bytes[position]) {
      position += 1
    }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard position < end, UInt32(text.bytes[position]) == mark.value else {
      return false
    }
    position += 1
    return true
  }

  private mutating func word(_ word: String) -> Bool {
    guard text.bytes[position..<end].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private var found: String {
    position < end
      ? "“\(text.text(position..<position + 1))”"
      : end < text.bytes.count ? "the end of the line" : "the end of the file"
  }

  private func fail(
    _ at: Int, _ what: String, _ expected: String, _ advice: String? = nil
  ) -> InterchangeError {
    .refused(text.problem(at: at, what, expected: expected, advice: advice))
  }
}
