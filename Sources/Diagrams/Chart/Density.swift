// SPDX-License-Identifier: Apache-2.0

/// How tightly a chart is set: what gives way, step by step, so that names stay large enough to read.
struct Density: Hashable, Sendable {
  /// What the radius of every icon is multiplied by.
  var radiusFactor: Double
  /// A name wider than this is set in two lines.
  var foldWidth: Double
  /// The widest line of a name; what is longer is cut.
  var labelWidth: Double
  /// Whether all have their second line, or only those whose name is bold.
  var showsAllDetails: Bool
  /// The least room between two nodes.
  var gap: Double
  /// The room between the nodes of a region and its outline.
  var padding: Double
  /// The room between two regions.
  var regionGap: Double

  /// For charts that leave their page room.
  static let roomy = Density(
    radiusFactor: 1, foldWidth: 96, labelWidth: 96, showsAllDetails: true, gap: 7, padding: 11,
    regionGap: 12)
  /// From the roomiest to the tightest.
  static let steps = [
    roomy,
    Density(
      radiusFactor: 0.86, foldWidth: 64, labelWidth: 96, showsAllDetails: true, gap: 6, padding: 9,
      regionGap: 10),
    Density(
      radiusFactor: 0.74, foldWidth: 54, labelWidth: 96, showsAllDetails: false, gap: 5, padding: 7,
      regionGap: 8),
  ]

  /// The size of names below which the next tighter step is taken, in points.
  static let aim = 7.6

  /// The size that names are likely to have on a page of so many square points.
  ///
  /// - Parameters:
  ///   - boxes: The room the nodes take, unscaled.
  ///   - area: The room of the page.
  ///   - labelSize: The size of names, unscaled.
  /// - Returns: A size in points; layouts fill about a third of their page with icons and names.
  static func likelyLabelSize(of boxes: [NodeBox], on area: Double, labelSize: Double) -> Double {
    let filled = boxes.reduce(0) { $0 + 2 * $1.half * ($1.up + $1.down) }
    return labelSize * (0.33 * area / max(1, filled)).squareRoot()
  }
}
