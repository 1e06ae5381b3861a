// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The last part of a path: the name of the file without its folder.
  var fileName: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return self }
    return String(self[utf8.index(after: slash)...])
  }
}

extension StringProtocol {
  /// The text with every character that could disturb or deceive a reader written as an escape.
  ///
  /// Control characters (C0, C1, delete), line separators, bidirectional controls, zero-width and
  /// tag characters appear as `\u{…}`; tab, line feed and carriage return as `\t`, `\n`, `\r`. Every
  /// message passes through here, because names and paths come from files of others.
  ///
  /// - Parameter limit: how many characters are shown before the text is cut with `…`.
  /// - Returns: the text, safe to show on a terminal.
  public func printable(limit: Int = 200) -> String {
    var result = ""
    var shown = 0
    for scalar in unicodeScalars {
      if shown == limit {
        result += "…"
        break
      }
      shown += 1
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default:
        if scalar.isDeceptive {
          result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether the scalar controls a terminal, turns the direction of text, or cannot be seen.
  var isDeceptive: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    default: isInvisible
    }
  }

  /// Whether the scalar leaves no mark of its own: zero-width, bidirectional and tag characters.
  var isInvisible: Bool {
    switch value {
    case 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B...0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      true
    default: false
    }
  }
}
