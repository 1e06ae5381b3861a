// SPDX-License-Identifier: Apache-2.0

/// What a delimited text file uses to part and to quote its fields.
public struct Dialect: Hashable, Sendable, CustomStringConvertible {
  /// What stands between two fields.
  public enum Delimiter: Hashable, Sendable {
    /// One ASCII character: comma, semicolon, tab, vertical bar …
    case byte(UInt8)
    /// Any run of spaces and tabs; such a file has no empty fields.
    case whitespace

    /// A comma.
    public static let comma = Delimiter.byte(UInt8(ascii: ","))
    /// A semicolon.
    public static let semicolon = Delimiter.byte(UInt8(ascii: ";"))
    /// A tab.
    public static let tab = Delimiter.byte(9)
    /// A vertical bar.
    public static let bar = Delimiter.byte(UInt8(ascii: "|"))

    /// The delimiter with a name (`comma`, `tab`, `whitespace` …) or a single ASCII character.
    public init?(name: String) {
      switch name.lowercased() {
      case "comma": self = .comma
      case "semicolon": self = .semicolon
      case "tab", "\\t": self = .tab
      case "bar", "pipe": self = .bar
      case "whitespace", "space": self = .whitespace
      default:
        guard name.utf8.count == 1, let byte = name.utf8.first, byte < 0x80, byte != 10, byte != 13
        else { return nil }
        self = .byte(byte)
      }
    }
  }

  /// What stands between two fields.
  public var delimiter: Delimiter
  /// The quote character, doubled inside a quoted field; nil when nothing quotes.
  public var quote: UInt8?
  /// Whether the first row names the columns.
  public var hasHeader: Bool

  public var description: String {
    let parting =
      switch delimiter {
      case .comma: "comma-separated"
      case .semicolon: "semicolon-separated"
      case .tab: "tab-separated"
      case .bar: "separated by |"
      case .whitespace: "separated by white space"
      case .byte(let byte):
        "separated by " + String(UnicodeScalar(byte)).printable()
      }
    let quoting =
      switch quote {
      case nil: ", nothing quoted"
      case UInt8(ascii: "'"): ", quoted with '"
      default: ""
      }
    return parting + quoting + (hasHeader ? ", with a header" : ", without a header")
  }
}
