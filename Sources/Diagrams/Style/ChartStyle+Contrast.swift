// SPDX-License-Identifier: Apache-2.0

extension ChartStyle {
  /// The least contrast of text and pictograms to their ground: that of the Web Content
  /// Accessibility Guidelines 2.2, level AA.
  public static let leastContrast = 4.5

  /// A colour that does not read on its ground.
  public struct ContrastFault: Hashable, Sendable {
    /// The name of the colour, as a property of a style.
    public var color: String
    /// The name of its ground.
    public var ground: String
    /// The contrast between them.
    public var contrast: Double
    /// The contrast they need: 4.5 for what is read, 3 for lines and rings.
    public var needed: Double
  }

  /// Every colour of the style that does not read on the ground it is set on.
  ///
  /// Text is held to 4.5 on the paper and on the ground of each group; pictograms to 4.5 on the
  /// colours of groups; lines and rings to 3 on the paper. Names of regions are darkened or
  /// lightened until they read, and need no check.
  public var contrastFaults: [ContrastFault] {
    var faults: [ContrastFault] = []
    func check(
      _ color: Color, _ name: String, on ground: Color, _ groundName: String, needed: Double
    ) {
      let contrast = color.contrast(to: ground)
      guard contrast < needed else { return }
      faults.append(
        ContrastFault(color: name, ground: groundName, contrast: contrast, needed: needed))
    }
    let least = Self.leastContrast
    for (color, name) in [(text, "text"), (quietText, "quietText")] {
      check(color, name, on: background, "background", needed: least)
      for (index, group) in groups.enumerated() {
        check(color, name, on: ground(of: group), "region \(index + 1)", needed: least)
      }
    }
    check(accused, "accused", on: background, "background", needed: least)
    check(protected, "protected", on: background, "background", needed: least)
    check(bannerText, "bannerText", on: banner, "banner", needed: least)
    for (ground, name) in [(added, "added"), (gone, "gone"), (regraded, "regraded")] {
      check(icon, "icon", on: ground, name, needed: least)
    }
    check(icon, "icon", on: neutral, "neutral", needed: least)
    for (index, group) in groups.enumerated() {
      check(icon, "icon", on: group, "groups \(index + 1)", needed: least)
    }
    for (color, name) in [
      (innerLine, "innerLine"), (outerLine, "outerLine"), (flag, "flag"), (added, "added"),
    ] {
      check(color, name, on: background, "background", needed: 3)
    }
    return faults
  }
}
