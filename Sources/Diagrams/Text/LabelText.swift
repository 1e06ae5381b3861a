// SPDX-License-Identifier: Apache-2.0

/// Texts from outside made fit to be drawn: shown as what they are, in a bounded space.
enum LabelText {
  /// The most characters of any one text that a picture carries, tooltips included.
  static let longest = 400

  /// One line without anything that could break a file or disturb its neighbours.
  ///
  /// Line breaks and tabs become spaces. Control characters, noncharacters and the marks that
  /// reorder text become U+FFFD. A character keeps at most four combining marks.
  static func clean(_ text: String, limit: Int = longest) -> String {
    var result = String.UnicodeScalarView()
    var marks = 0
    var pendingSpace = false
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit {
        result.append("…")
        break
      }
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20, 0x85, 0xA0, 0x2028, 0x2029:
        pendingSpace = !result.isEmpty
        continue
      default: break
      }
      if scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.generalCategory == .enclosingMark
      {
        marks += 1
        if marks > 4 { continue }
      } else {
        marks = 0
      }
      if pendingSpace {
        result.append(" ")
        pendingSpace = false
      }
      result.append(isDisturbing(scalar) ? "\u{FFFD}" : scalar)
      count += 1
    }
    return String(result)
  }

  private static func isDisturbing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFDD0...0xFDEF, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF:
      true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// The text cut with an ellipsis so that it is at most `width` wide.
  static func shorten(_ text: String, to width: Double, size: Double, isBold: Bool = false)
    -> String
  {
    if TextMetrics.width(text, size: size, isBold: isBold) <= width { return text }
    let room = width - TextMetrics.width("…", size: size, isBold: isBold)
    var used = 0.0
    var result = ""
    for character in text {
      used += TextMetrics.width(String(character), size: size, isBold: isBold)
      if used > room { break }
      result.append(character)
    }
    while result.last == " " { result.removeLast() }
    return result + "…"
  }

  /// The text in one line, or beyond a width in the two that are least wide, broken at a space.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - fold: The width from which two lines are taken.
  ///   - width: The widest that a line may be; what is wider is cut.
  ///   - size: The size of the font.
  ///   - isBold: Whether the font is bold.
  /// - Returns: One or two lines.
  static func folded(
    _ text: String, beyond fold: Double, to width: Double, size: Double, isBold: Bool = false
  ) -> [String] {
    func measure(_ part: some Sequence<Substring>) -> Double {
      TextMetrics.width(part.joined(separator: " "), size: size, isBold: isBold)
    }
    var best = [text]
    let words = text.split(separator: " ")
    if words.count > 1, TextMetrics.width(text, size: size, isBold: isBold) > fold {
      var least = Double.infinity
      for count in 1..<words.count {
        let wide = max(measure(words[..<count]), measure(words[count...]))
        if wide < least {
          least = wide
          best = [
            words[..<count].joined(separator: " "), words[count...].joined(separator: " "),
          ]
        }
      }
    }
    return best.map { shorten($0, to: width, size: size, isBold: isBold) }
  }
}
