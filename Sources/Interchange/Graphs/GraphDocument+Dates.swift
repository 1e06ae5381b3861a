// SPDX-License-Identifier: Apache-2.0

/// What is said of the dates in a table of ties.
extension GraphDocument {
  /// States columns in which some dates can only be day first and others only month first.
  ///
  /// Nobody can tell what 03/04/2024 means in such a column. The dates of a table of ties stay the
  /// text that they are, so nothing is lost; who reads them as events or through a mapping says how
  /// they are written.
  mutating func stateContradictoryDates() {
    guard format == .edgeList else { return }
    for column in edgeColumns {
      guard case .text(let texts) = column.values, let order = DayOrder(texts) else { continue }
      func shown(_ edge: Int) -> String {
        "“\((texts[edge] ?? "").printable(limit: 40))”"
          + (lines.isEmpty ? "" : " in line \(lines[edge])")
      }
      notices.append(
        .warning(
          "the dates in \(column.name.printable()) contradict each other: \(shown(order.dayFirst)) has "
            + "the day first, \(shown(order.monthFirst)) the month; they stay text, and must be written "
            + "in one way before they are used as times"))
    }
  }
}

/// Two dates of a column that cannot be written in one way.
private struct DayOrder {
  private(set) var dayFirst: Int
  private(set) var monthFirst: Int

  /// Nil where not every value is a date of numbers or where all can be written in one way.
  init?(_ texts: [String?]) {
    var day: Int?
    var month: Int?
    for (edge, text) in texts.enumerated() {
      guard let text, !text.isEmpty else { continue }
      guard let pair = Self.leadingPair(text.utf8) else { return nil }
      if pair.0 > 12, pair.1 <= 12, day == nil { day = edge }
      if pair.1 > 12, pair.0 <= 12, month == nil { month = edge }
    }
    guard let day, let month else { return nil }
    (dayFirst, monthFirst) = (day, month)
  }

  // The first two numbers of a date such as 03/04/2024, 3.4.24 or 03-04-2024 10:20.
  private static func leadingPair(_ text: String.UTF8View) -> (Int, Int)? {
    let day = text.prefix { $0 != 0x20 }
    guard let mark = day.first(where: { $0 < 0x30 || $0 > 0x39 }),
      mark == 0x2F || mark == 0x2E || mark == 0x2D
    else { return nil }
    let parts = day.split(separator: mark, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(String(Substring(part))) : nil
    }
    guard parts.count == 3, numbers.count == 3, parts[0].count <= 2, parts[1].count <= 2,
      parts[2].count == 2 || parts[2].count == 4
    else { return nil }
    return (numbers[0], numbers[1])
  }
}
