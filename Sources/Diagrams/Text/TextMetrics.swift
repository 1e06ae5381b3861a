// SPDX-License-Identifier: Apache-2.0

/// How wide a text is, by tables of this module and not by the fonts of the machine.
///
/// Characters outside the tables count by their script: ideographs one em, combining marks none,
/// the rest a little more than the fonts that usually stand in. A guess errs wide, so that a box holds
/// its text.
enum TextMetrics {
  /// The share of the font size from the baseline up to the top of capitals with accents.
  static let ascent = 0.95
  /// The share of the font size from the baseline down to the foot of descenders.
  static let descent = 0.28

  /// The width of a text in points.
  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    var thousandths = 0
    for scalar in text.unicodeScalars { thousandths += advance(scalar, isBold: isBold) }
    return Double(thousandths) / 1000 * size
  }

  private static func advance(_ scalar: Unicode.Scalar, isBold: Bool) -> Int {
    let value = Int(scalar.value)
    switch value {
    case 0x20..<0x180:
      let table = isBold ? NotoSansWidths.boldLatin : NotoSansWidths.regularLatin
      return Int(table[value - 0x20])
    case 0x370..<0x460:
      let table = isBold ? NotoSansWidths.boldGreekCyrillic : NotoSansWidths.regularGreekCyrillic
      return Int(table[value - 0x370])
    case 0x2022: return 380
    case 0x2010...0x2013: return 500
    case 0x2014, 0x2026: return 1000
    case 0x1100...0x11FF, 0x2E80...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7AF, 0xF900...0xFAFF,
      0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFF:
      return 1000
    case 0x1F000...0x1FAFF: return 1300
    case 0x200B...0x200F, 0xFE00...0xFE0F: return 0
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .uppercaseLetter: return 720
    case .otherLetter, .lowercaseLetter, .modifierLetter: return 640
    default: return isBold ? 680 : 640
    }
  }
}
