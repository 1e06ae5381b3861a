// SPDX-License-Identifier: Apache-2.0

/// How a chart looks: its colours, its sizes, and which small marks it bears.
///
/// What a mark means is the same in every style: shapes say families, broken lines say grades, a ring
/// says flagged, so that a chart reads without colour. A style changes how it is painted.
///
///     var style = ChartStyle.presentation
///     style.mostNames = 20
///     chart.style = style
public struct ChartStyle: Hashable, Sendable {
  /// Which lines bear their words.
  public enum Words: String, CaseIterable, Sendable {
    /// Those between groups or strong, and all where there are few lines.
    case chosen
    /// None.
    case none
  }

  /// The paper.
  public var background: Color
  /// Names and the title.
  public var text: Color
  /// Second lines, subtitles and the sentences at the foot.
  public var quietText: Color
  /// The pictogram, on the colour of its group.
  public var icon: Color
  /// Icons and regions of groups; neighbours get different ones where there are more groups.
  public var groups: [Color]
  /// Icons of what has no group.
  public var neutral: Color
  /// Lines within a group.
  public var innerLine: Color
  /// Lines between groups.
  public var outerLine: Color
  /// The ring of what an analyst flagged.
  public var flag: Color
  /// How many rings a flagged node has: 1 or 2, the second where a colour does not tell.
  public var flagRings = 1
  /// The sign of those suspected or convicted.
  public var accused: Color
  /// The sign of victims and witnesses.
  public var protected: Color
  /// What is new since an earlier chart.
  public var added: Color
  /// The sign of what is gone since.
  public var gone: Color
  /// The sign of what was graded anew since.
  public var regraded: Color
  /// The band with the handling marking.
  public var banner: Color
  /// The marking on the band.
  public var bannerText: Color
  /// How much of its colour fills a region, from 0 to 0.5.
  public var regionFill = 0.08
  /// How much of its colour outlines a region, from 0 to 1.
  public var regionOutline = 0.45
  /// Whether outlines of regions are solid, dashed and dotted by turns.
  public var breaksOutlines = false
  /// The size of names, in points before the drawing is fitted to its page.
  public var labelSize = 9.0
  /// The size of the names of the few largest.
  public var strongLabelSize = 10.5
  /// The size of second lines.
  public var detailSize = 7.5
  /// What the size of icons is multiplied by, from 0.5 to 3.
  public var iconScale = 1.0
  /// What the width of lines is multiplied by, from 0.3 to 4.
  public var lineScale = 1.0
  /// What the size of title, legend and sentences is multiplied by, from 0.6 to 2.
  public var furnitureScale = 1.0
  /// The most entities that bear their name, the largest first; nil for as many as find room.
  public var mostNames: Int?
  /// Whether entities have a second line.
  public var secondLines = true
  /// Which lines bear their words.
  public var wordsOnLines = Words.chosen

  /// The size of the names of regions.
  var titleSize: Double { strongLabelSize + 1 }

  /// The ground of a region whose colour is `color`.
  func ground(of color: Color) -> Color { color.tint(regionFill, over: background) }

  /// The name of a region: in its colour, brought nearer to that of text until it reads.
  func title(of color: Color) -> Color {
    let ground = ground(of: color)
    var title = color
    var share = 0.0
    while title.contrast(to: ground) < Self.leastContrast, share < 1 {
      share += 0.05
      title = text.tint(share, over: color)
    }
    return title
  }
}
