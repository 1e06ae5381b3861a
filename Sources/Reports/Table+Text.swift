// SPDX-License-Identifier: Apache-2.0

internal import Interchange

extension Table {
  /// The table as delimited text with a header line of column keys.
  ///
  /// A text cell that a spreadsheet would take for a formula (it begins with = + - @, their wide
  /// forms, a tab or a line break) gets an apostrophe in front; Clew's own import takes it off again.
  /// Control characters other than tab and line ends stand as U+FFFD.
  public func delimited(by separator: Character) -> String {
    var out = columns.map { field($0.key, separator) }.joined(separator: String(separator)) + "\n"
    for row in rows {
      out += row.map { field($0, separator) }.joined(separator: String(separator)) + "\n"
    }
    return out
  }

  var alignedLines: [String] {
    let cells = rows.map { $0.map(\.shown) }
    let widths = columns.indices.map { column in
      cells.reduce(displayWidth(columns[column].title)) { max($0, displayWidth($1[column])) }
    }
    let numeric = columns.indices.map { column in rows.contains { $0[column].isNumber } }
    func line(_ values: [String]) -> String {
      let padded = values.indices.map { column in
        values[column].padded(to: widths[column], right: numeric[column])
      }
      var text = padded.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return [line(columns.map(\.title)), rule] + cells.map(line)
  }

  var markdownLines: [String] {
    let numeric = columns.indices.map { column in rows.contains { $0[column].isNumber } }
    let head = "| " + columns.map { markdownEscaped($0.title) }.joined(separator: " | ") + " |"
    let rule = "| " + numeric.map { $0 ? "---:" : "---" }.joined(separator: " | ") + " |"
    return [head, rule]
      + rows.map { row in
        "| " + row.map { markdownEscaped($0.shown) }.joined(separator: " | ") + " |"
      }
  }

  private func field(_ cell: Cell, _ separator: Character) -> String {
    switch cell {
    case .text(let text): field(text, separator)
    case .integer(let number): String(number)
    case .real(let number): number.isFinite ? "\(number)" : ""
    case .flag(let flag): flag ? "true" : "false"
    case .missing: ""
    }
  }

  private func field(_ text: String, _ separator: Character) -> String {
    let safe = harmlessCell(text)
    let needsQuotes = safe.unicodeScalars.contains {
      ["\"", "\n", "\r", ";", ",", "\t"].contains($0) || Character($0) == separator
    }
    guard needsQuotes else { return safe }
    return "\""
      + safe.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

extension Table.Cell {
  /// The cell for people: reals with up to four decimals, nothing invented for a missing value.
  public var shown: String {
    switch self {
    case .text(let text): printable(text)
    case .integer(let number): String(number)
    case .real(let number): shownReal(number)
    case .flag(let flag): flag ? "yes" : "no"
    case .missing: "–"
    }
  }
}

/// A real number for people: four decimals, or four significant digits where that shows nothing.
public func shownReal(_ number: Double) -> String {
  guard number.isFinite else { return "–" }
  if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
  let magnitude = abs(number)
  if magnitude >= 1e15 || magnitude < 0.001 {
    // d.ddde±x
    var exponent = 0
    var mantissa = magnitude
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    // 9.9996 is rounded to 10.
    if mantissa >= 9.9995 {
      mantissa /= 10
      exponent += 1
    }
    return (number < 0 ? "-" : "") + fixed(mantissa, decimals: 3) + "e\(exponent)"
  }
  return (number < 0 ? "-" : "") + fixed(magnitude, decimals: magnitude >= 1000 ? 1 : 4)
}

private func fixed(_ number: Double, decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (number * scale).rounded()
  let whole = (scaled / scale).rounded(.towardZero)
  let rest = String(Int((scaled - whole * scale).rounded()))
  return String(Int(whole)) + "." + String(repeating: "0", count: max(0, decimals - rest.count))
    + rest
}

extension String {
  func padded(to width: Int, right: Bool = false) -> String {
    let padding = String(repeating: " ", count: max(0, width - displayWidth(self)))
    return right ? padding + self : self + padding
  }
}

/// The number of terminal columns that a text takes: wide East Asian characters take two,
/// combining marks none.
func displayWidth(_ text: String) -> Int {
  var width = 0
  for scalar in text.unicodeScalars {
    let value = scalar.value
    if value < 0x300 {
      width += 1
    } else if scalar.properties.generalCategory == .nonspacingMark
      || scalar.properties.generalCategory == .enclosingMark
      || scalar.properties.generalCategory == .format
    {
      continue
    } else {
      let isWide =
        (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
        || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
        || (0xFE30...0xFE6F).contains(value) || (0xFF00...0xFF60).contains(value)
        || (0xFFE0...0xFFE6).contains(value) || (0x1F300...0x1F64F).contains(value)
        || (0x20000...0x3FFFD).contains(value)
      width += isWide ? 2 : 1
    }
  }
  return width
}
