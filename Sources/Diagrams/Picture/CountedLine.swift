// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A line whose width says how much is behind it, in pictures that state no scale of their own.
enum CountedLine {
  /// The width for a number of records: one step more each time the number doubles, up to a limit.
  static func width(_ count: Int, _ unit: Double) -> Double {
    min(7, 0.9 + 1.1 * log2(Double(max(1, count)))) * unit
  }

  /// What the dashes and widths of lines mean; dashes are left out where all are confirmed and they tell
  /// nothing apart.
  ///
  /// - Parameters:
  ///   - lines: The grades that occur.
  ///   - counts: The numbers that occur.
  ///   - unit: What is counted, in the plural.
  /// - Returns: The items of the legend, dashes before widths.
  static func legend(
    _ lines: Set<DiagramEdge.Line>, counts: Set<Int>, unit: String
  ) -> [LegendItem] {
    var items: [LegendItem] = []
    for line in DiagramEdge.Line.allCases where lines.contains(line) && lines != [.confirmed] {
      items.append(LegendItem(sample: .line(line.dash), text: line.rawValue))
    }
    guard let most = counts.max() else { return items }
    for count in Set([1, most > 8 ? most / 4 : 1, most]).sorted() {
      let isOne = count == 1 && unit.hasSuffix("s")
      items.append(
        LegendItem(
          sample: .picture(.journey(width(count, 1))),
          text: "\(count) \(isOne ? String(unit.dropLast()) : unit)"))
    }
    return items
  }
}
