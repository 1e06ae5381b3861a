// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GRDB

/// What a report says of an event beside duration, amount and currency, as the text of one column: a
/// JSON list of `[property, value]` or `[property, value, column]` with the numbers of words.
enum EventDetails {
  /// The text; nil when there is nothing to say.
  static func text(_ properties: ArraySlice<PropertyValue>, _ terms: Terms) throws -> String? {
    if properties.isEmpty { return nil }
    var bytes: [UInt8] = []
    for property in properties {
      append(
        &bytes, property: try terms.id(property.property),
        column: try property.column.map { try terms.id($0) }
      ) { append(escaping: property.value.utf8, to: &$0) }
    }
    bytes.append(UInt8(ascii: "]"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds one entry to the bytes of a list, which the caller closes with a bracket.
  static func append(
    _ bytes: inout [UInt8], property: Int64, column: Int64?, value: (inout [UInt8]) -> Void
  ) {
    bytes.append(bytes.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
    bytes.append(UInt8(ascii: "["))
    append(property, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    bytes.append(UInt8(ascii: "\""))
    value(&bytes)
    bytes.append(UInt8(ascii: "\""))
    if let column {
      bytes.append(UInt8(ascii: ","))
      append(column, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  static func append(_ number: Int64, to bytes: inout [UInt8]) {
    if number > 9 { append(number / 10, to: &bytes) }
    bytes.append(UInt8(48 + number % 10))
  }

  static func append(escaping text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case ..<32:
        let digit = byte & 15
        bytes += [UInt8(ascii: "\\"), UInt8(ascii: "u"), 48, 48, byte < 16 ? 48 : 49]
        bytes.append(digit < 10 ? 48 + digit : 87 + digit)
      default: bytes.append(byte)
      }
    }
  }

  /// The properties of a text; what no import wrote gives one that no import would write either.
  static func properties(_ text: String?, _ terms: Terms) -> [PropertyValue] {
    guard let text else { return [] }
    var reader = Reader(bytes: Array(text.utf8))
    guard let entries = reader.entries() else { return [PropertyValue("?", text)] }
    return entries.map { entry in
      PropertyValue(
        word(entry.property, terms), entry.value, column: entry.column.map { word($0, terms) })
    }
  }

  private static func word(_ number: Int64, _ terms: Terms) -> String {
    do { return try terms.text(number) } catch { return "?" }
  }

  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func entries() -> [(property: Int64, value: String, column: Int64?)]? {
      var entries: [(property: Int64, value: String, column: Int64?)] = []
      guard take("[") else { return nil }
      while true {
        guard take("["), let property = number(), take(","), let value = string() else {
          return nil
        }
        var column: Int64?
        if take(",") {
          column = number()
          if column == nil { return nil }
        }
        guard take("]") else { return nil }
        entries.append((property, value, column))
        if take("]") { return at == bytes.count ? entries : nil }
        guard take(",") else { return nil }
      }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
      guard at < bytes.count, UInt32(bytes[at]) == mark.value else { return false }
      at += 1
      return true
    }

    private mutating func number() -> Int64? {
      var value: Int64 = 0
      let start = at
      while at < bytes.count, case let digit = bytes[at] &- 48, digit < 10, at - start < 18 {
        value = value * 10 + Int64(digit)
        at += 1
      }
      return at > start ? value : nil
    }

    private mutating func string() -> String? {
      guard take("\"") else { return nil }
      var text: [UInt8] = []
      while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
        if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count {
          at += 1
          if bytes[at] == UInt8(ascii: "u") {
            guard at + 4 < bytes.count,
              let code = UInt8(String(decoding: bytes[at + 1...at + 4], as: UTF8.self), radix: 16)
            else { return nil }
            text.append(code)
            at += 5
            continue
          }
        }
        text.append(bytes[at])
        at += 1
      }
      return take("\"") ? String(decoding: text, as: UTF8.self) : nil
    }
  }
}

/// The id of an event that has none of its own: its schema, file and line.
enum EventKey {
  static func text(schema: String, file: String, line: Int64) -> String {
    "\(schema):\(file):\(line)"
  }

  /// The id that stands in a row.
  static func text(
    _ rows: SQLStatement, key: Int32, schema: Int32, file: Int32, line: Int32, _ terms: Terms
  ) throws -> String {
    if let key = rows.optionalText(key) { return key }
    let file: String = try terms.text(rows.int(file))
    return text(schema: try terms.text(rows.int(schema)), file: file, line: rows.int(line))
  }

  /// The same in SQL, for a table with the columns of `event`.
  static let sql = """
    coalesce(event.key, (SELECT text FROM term WHERE id = event.schema) || ':'
      || (SELECT text FROM term WHERE id = event.file) || ':' || event.line)
    """

  /// Whether an id says no more than that.
  static func isDerived(_ key: String, schema: String, _ locator: Locator) -> Bool {
    guard let file = locator.file, let line = locator.line, key.utf8.count > schema.utf8.count
    else { return false }
    return key.utf8.elementsEqual(text(schema: schema, file: file, line: Int64(line)).utf8)
  }
}
