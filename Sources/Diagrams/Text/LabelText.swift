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

  /// The text in at most `lines` lines, each at most `width` wide, broken at spaces where it can be.
  static func wrap(
    _ text: String, to width: Double, lines: Int, size: Double, isBold: Bool = false
  ) -> [String] {
    func measure(_ part: String) -> Double {
      TextMetrics.width(part, size: size, isBold: isBold)
    }
    let whole = measure(text)
    if whole <= width || lines < 2 { return [shorten(text, to: width, size: size, isBold: isBold)] }
    let words = text.split(separator: " ").map(String.init)
    // Two even lines read better than a full one and a rest.
    let target = lines == 2 && whole < 1.9 * width ? min(width, 0.56 * whole) : width
    var result: [String] = []
    var line = ""
    for (index, word) in words.enumerated() {
      let longer = line.isEmpty ? word : line + " " + word
      if line.isEmpty || measure(longer) <= target {
        line = longer
        continue
      }
      if result.count == lines - 1 {
        line = ([line] + words[index...]).joined(separator: " ")
        break
      }
      result.append(line)
      line = word
    }
    result.append(line)
    return result.map { shorten($0, to: width, size: size, isBold: isBold) }
  }
}
