// SPDX-License-Identifier: Apache-2.0

/// Collects the bytes of an XML document and escapes what goes into it.
struct XMLText {
  private(set) var bytes: [UInt8] = []
  /// The characters that XML 1.0 cannot hold and that were replaced by U+FFFD.
  private(set) var replacedCount = 0

  /// Appends markup as it is.
  mutating func raw(_ markup: String) { bytes += markup.utf8 }

  /// Appends the content of an element.
  mutating func text(_ text: String) { escape(text, isAttribute: false) }

  /// Appends the value of an attribute, for use between double quotes.
  mutating func attribute(_ text: String) { escape(text, isAttribute: true) }

  /// Whether every character of a text is allowed in XML 1.0.
  static func canHold(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isAllowed) }

  private mutating func escape(_ text: String, isAttribute: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"" where isAttribute: raw("&quot;")
      // A parser turns these into blanks or line feeds unless they are references.
      case "\r": raw("&#13;")
      case "\n" where isAttribute: raw("&#10;")
      case "\t" where isAttribute: raw("&#9;")
      case "\u{7F}"..."\u{9F}": raw("&#\(scalar.value);")
      default:
        if Self.isAllowed(scalar) {
          bytes += UTF8.encode(scalar).map { Array($0) } ?? []
        } else {
          replacedCount += 1
          raw("\u{FFFD}")
        }
      }
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10, 13, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
