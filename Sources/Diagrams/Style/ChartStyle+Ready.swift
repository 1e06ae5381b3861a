// SPDX-License-Identifier: Apache-2.0

extension ChartStyle {
  /// The ready styles by name, the default first.
  public static let ready: [(name: String, style: ChartStyle, purpose: String)] = [
    (
      "investigation", .investigation, "colour by group on white paper, every mark: for a case file"
    ),
    ("greyscale", .greyscale, "black, white and grey: for a printer or a copy without colour"),
    ("presentation", .presentation, "large type, few marks: for a screen on a wall"),
    ("dark", .dark, "light on a dark ground: for a screen in a dark room"),
  ]

  /// Colour by group on white paper, with every mark: the default.
  public static let investigation = ChartStyle(
    background: .white, text: Palette.text, quietText: Palette.quietText, icon: .white,
    groups: Palette.groups, neutral: Palette.neutral, innerLine: Palette.innerLine,
    outerLine: Palette.outerLine, flag: Palette.flag, accused: Color(0x7F1D1D),
    protected: Color(0x1E40AF), added: Color(0x00643F), gone: Color(0x5B6472),
    regraded: Color(0x8A3E00), banner: Palette.banner, bannerText: .white)

  /// Black, white and grey, for a printer or a copy without colour.
  ///
  /// Groups are told apart by their outlines and names, what is flagged by two rings.
  public static let greyscale: ChartStyle = {
    var style = ChartStyle(
      background: .white, text: Color(0x000000), quietText: Color(0x404040), icon: .white,
      groups: [Color(0x262626), Color(0x595959), Color(0x404040), Color(0x6B6B6B)],
      neutral: Color(0x4D4D4D), innerLine: Color(0x808080), outerLine: Color(0x1A1A1A),
      flag: Color(0x000000), accused: Color(0x000000), protected: Color(0x000000),
      added: Color(0x000000), gone: Color(0x595959), regraded: Color(0x333333),
      banner: Color(0x000000), bannerText: .white)
    style.flagRings = 2
    style.regionFill = 0.05
    style.regionOutline = 0.9
    style.breaksOutlines = true
    return style
  }()

  /// Large type and few marks, for a screen on a wall.
  ///
  /// The forty largest entities are named; second lines and words on lines are left out, and the
  /// chart says so.
  public static let presentation: ChartStyle = {
    var style = investigation
    style.labelSize = 14
    style.strongLabelSize = 17
    style.detailSize = 10
    style.iconScale = 1.2
    style.lineScale = 1.3
    style.furnitureScale = 1.3
    style.mostNames = 40
    style.secondLines = false
    style.wordsOnLines = .none
    style.regionFill = 0.1
    return style
  }()

  /// Light on a dark ground, for a screen in a dark room.
  public static let dark: ChartStyle = {
    var style = ChartStyle(
      background: Color(0x11151C), text: Color(0xF3F4F6), quietText: Color(0xB6BDC9),
      icon: Color(0x0B0E13),
      groups: [
        Color(0x56B4E9), Color(0xF0955A), Color(0x3CC79F), Color(0xB99BE6), Color(0xD9B93B),
        Color(0xEE8AC6), Color(0xF28B82), Color(0x9AA5FF), Color(0x67C9D6), Color(0xC9A27A),
      ], neutral: Color(0xA3ACBA), innerLine: Color(0x7D8898), outerLine: Color(0xDDE2EA),
      flag: Color(0xFF5C5C), accused: Color(0xFF9B9B), protected: Color(0x93C5FD),
      added: Color(0x4ADE9A), gone: Color(0xA3ACBA), regraded: Color(0xF0A060),
      banner: Color(0xA3001B), bannerText: .white)
    style.regionFill = 0.12
    style.regionOutline = 0.55
    return style
  }()
}
