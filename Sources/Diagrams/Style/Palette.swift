// SPDX-License-Identifier: Apache-2.0

/// The colours of a chart, each with a contrast of at least 4.5 to white.
enum Palette {
  /// For groups: the colours of Okabe and Ito (2008), darkened until a white pictogram reads on them;
  /// then four dark ones that keep apart from these and each other in every kind of colour vision.
  static let groups: [Color] = [
    Color(0x0072B2), Color(0xB84A00), Color(0x00785A), Color(0x7A4FA3), Color(0x806400),
    Color(0xB5478C), Color(0x6A2036), Color(0x2B1E9E), Color(0x0F4C5C), Color(0x5B3A1E),
  ]
  /// For what has no group.
  static let neutral = Color(0x4B5563)
  static let text = Color(0x111827)
  static let quietText = Color(0x4B5563)
  static let innerLine = Color(0x7B8494)
  static let outerLine = Color(0x1F2937)
  static let flag = Color(0xC00020)
  static let banner = Color(0xA3001B)
}
