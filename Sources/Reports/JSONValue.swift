// SPDX-License-Identifier: Apache-2.0

/// A JSON value whose object keeps the order of its fields, so that the same results are the same
/// bytes and a reader finds what identifies them first.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case string(String)
  case array([JSONValue])
  case object([Field])
  /// Text that is JSON already.
  case literal(String)

  /// A field of an object.
  public struct Field: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Creates a field.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of a table cell.
  public init(_ cell: Table.Cell) {
    switch cell {
    case .text(let text): self = .string(text)
    case .integer(let number): self = .integer(number)
    case .real(let number): self = .real(number)
    case .flag(let flag): self = .bool(flag)
    case .missing: self = .null
    }
  }

  /// The value as JSON text (RFC 8259).
  ///
  /// Numbers are written so that reading them gives the same bits. A real that is not finite is
  /// null: JSON has no such number. Objects and arrays of plain values stand on one line.
  public func text(indent: Int = 0) -> String {
    var out = ""
    write(into: &out, indent: indent)
    return out
  }

  private var isPlain: Bool {
    switch self {
    case .array(let values): values.isEmpty
    case .object(let fields): fields.isEmpty
    default: true
    }
  }

  /// The value as JSON text without line breaks.
  public func compactText() -> String {
    var out = ""
    writeCompact(into: &out)
    return out
  }

  private func write(into out: inout String, indent: Int) {
    switch self {
    case .array(let values) where !values.allSatisfy(\.isPlain):
      let margin = String(repeating: "  ", count: indent + 1)
      out += "[\n"
      for (index, value) in values.enumerated() {
        out += margin
        value.write(into: &out, indent: indent + 1)
        out += index + 1 < values.count ? ",\n" : "\n"
      }
      out += String(repeating: "  ", count: indent) + "]"
    case .object(let fields) where !fields.allSatisfy(\.value.isPlain) || indent == 0:
      let margin = String(repeating: "  ", count: indent + 1)
      out += "{\n"
      for (index, field) in fields.enumerated() {
        out += margin
        JSONValue.quote(field.name, into: &out)
        out += ": "
        field.value.write(into: &out, indent: indent + 1)
        out += index + 1 < fields.count ? ",\n" : "\n"
      }
      out += String(repeating: "  ", count: indent) + "}"
    default: writeCompact(into: &out)
    }
  }

  private func writeCompact(into out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let flag): out += flag ? "true" : "false"
    case .integer(let number): out += String(number)
    case .real(let number): out += number.isFinite ? JSONValue.numeral(number) : "null"
    case .string(let text): JSONValue.quote(text, into: &out)
    case .literal(let text): out += text
    case .array(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += ", " }
        value.writeCompact(into: &out)
      }
      out += "]"
    case .object(let fields):
      out += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { out += ", " }
        JSONValue.quote(field.name, into: &out)
        out += ": "
        field.value.writeCompact(into: &out)
      }
      out += "}"
    }
  }

  // Swift writes 1e+16 as "1e+16" and whole numbers as "3.0": both are JSON.
  private static func numeral(_ number: Double) -> String { "\(number)" }

  private static func quote(_ text: String, into out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _
      where scalar.value < 0x20 || scalar.value == 0x7F
        || (0x80...0x9F).contains(scalar.value) || scalar.properties.isBidiControl
        || scalar.value == 0x2028 || scalar.value == 0x2029:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
