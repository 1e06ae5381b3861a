// SPDX-License-Identifier: Apache-2.0

/// Finds out from the head of a file how its fields are parted and whether it has a header.
///
/// The delimiter is the one that cuts every row of the sample into the same number of fields, the
/// largest such number; when none does, the one with which most rows agree with the first.
struct DialectDetector {
  let bytes: [UInt8]
  let start: Int
  let isWhole: Bool
  let options: DelimitedReader.Options

  private static let sampleRows = 100

  func dialect() -> Dialect {
    var quote: UInt8? = UInt8(ascii: "\"")
    switch options.quote {
    case .detect: if usesApostrophes { quote = UInt8(ascii: "'") }
    case .none: quote = nil
    case .byte(let byte): quote = byte
    }
    let delimiter = options.delimiter ?? bestDelimiter(quote: quote)
    let rows = sample(RowCutter(delimiter: delimiter, quote: quote), limit: Self.sampleRows)
    let hasHeader =
      switch options.header {
      case .present: true
      case .absent: false
      case .detect: HeaderDetector(rows: rows, isWhitespace: delimiter == .whitespace).hasHeader
      }
    return Dialect(delimiter: delimiter, quote: quote, hasHeader: hasHeader)
  }

  private func bestDelimiter(quote: UInt8?) -> Dialect.Delimiter {
    var best = (delimiter: Dialect.Delimiter.comma, share: 0.0, fields: 1)
    var candidates: [Dialect.Delimiter] = [.tab, .semicolon, .comma, .bar]
    if options.allowsWhitespace { candidates.append(.whitespace) }
    for delimiter in candidates {
      if delimiter == .whitespace, best.fields > 1 { break }
      let rows = counts(RowCutter(delimiter: delimiter, quote: quote))
      guard let first = rows.first, first > 1 else { continue }
      let share = Double(rows.count { $0 == first }) / Double(rows.count)
      if delimiter == .whitespace, share < 1 { continue }
      // A quarter of agreement guards against a comma in one remark of a file with one column.
      guard share > 0.25 else { continue }
      if share > best.share || (share == best.share && first > best.fields) {
        best = (delimiter, share, first)
      }
    }
    return best.delimiter
  }

  private func counts(_ cutter: RowCutter) -> [Int] {
    var counts: [Int] = []
    forEachRow(cutter, limit: Self.sampleRows) { counts.append($0.count) }
    return counts
  }

  private func sample(_ cutter: RowCutter, limit: Int) -> [[String]] {
    var rows: [[String]] = []
    forEachRow(cutter, limit: limit) { fields in
      rows.append(
        fields.map { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) })
    }
    return rows
  }

  private func forEachRow(_ cutter: RowCutter, limit: Int, _ body: ([FieldBounds]) -> Void) {
    var position = start
    var fields: [FieldBounds] = []
    var rows = 0
    while rows < limit, position < bytes.count {
      position = DelimitedReader.blankLines(bytes, from: position)
      let cut = cutter.cut(
        bytes, from: position, to: bytes.count, isLast: isWhole, fields: &fields)
      switch cut.outcome {
      case .row:
        body(fields)
        rows += 1
      case .comment, .blank: break
      case .needsMore, .openQuote: return
      }
      position = cut.next
    }
  }

  // Whether fields in apostrophes are common and nothing stands in double quotes.
  private var usesApostrophes: Bool {
    let apostrophe = UInt8(ascii: "'")
    var enclosed = 0
    var previous: UInt8 = 10
    for i in start..<min(bytes.count, start + 65_536) {
      let byte = bytes[i]
      let startsField = [10, 13, 9, 44, 59, 124].contains(previous)
      if startsField, byte == UInt8(ascii: "\"") { return false }
      if startsField, byte == apostrophe { enclosed += 1 }
      if previous == apostrophe, [10, 13, 9, 44, 59, 124].contains(byte) { enclosed -= 1 }
      previous = byte
    }
    guard enclosed >= -1, enclosed <= 1 else { return false }
    // Balanced openings and closings; there must be some.
    let cutter = RowCutter(delimiter: bestDelimiter(quote: apostrophe), quote: apostrophe)
    var quoted = 0
    var all = 0
    forEachRow(cutter, limit: Self.sampleRows) { fields in
      all += fields.count
      quoted += fields.count { $0.isQuoted }
    }
    return quoted >= 2 && quoted * 4 >= all
  }
}

/// Decides whether the first row of a table names its columns.
struct HeaderDetector {
  let rows: [[String]]
  let isWhitespace: Bool

  var hasHeader: Bool {
    guard let first = rows.first, !first.allSatisfy(\.isEmpty) else { return false }
    let rest = rows.dropFirst()
    let known = first.indices.filter { ColumnNames.isKnown(first[$0]) }
    if !known.isEmpty {
      // Names of periods are numbers too (2000, 2001): then a known name must head typed cells.
      if !first.contains(where: Self.isNumber) { return true }
      let headsTyped = known.contains { column in
        rest.allSatisfy { column < $0.count && Self.isTyped($0[column]) }
      }
      if headsTyped, !rest.isEmpty { return true }
    }
    if looksLikeMatrix(first, rest) { return true }
    guard !rest.isEmpty else { return !first.contains(where: Self.isTyped) }
    var textOverTyped = 0
    var typedOverTyped = 0
    for (column, name) in first.enumerated() {
      let cells = rest.lazy.filter {
        column < $0.count && !$0[column].isEmpty && $0[column] != "\\N"
      }
      .map { $0[column] }
      guard !cells.isEmpty, cells.allSatisfy(Self.isTyped) else { continue }
      if Self.isTyped(name) || name == "\\N" {
        typedOverTyped += 1
      } else if !name.isEmpty {
        textOverTyped += 1
      }
    }
    if textOverTyped + typedOverTyped > 0 { return textOverTyped >= typedOverTyped }
    if isWhitespace || first.contains(where: \.isEmpty) || first.contains("\\N") { return false }
    if Set(first).count < first.count || first.contains(where: Self.isTyped) { return false }
    // All text: names of columns do not come back as values.
    let values = Set(rest.joined())
    return !first.contains { values.contains($0) }
  }

  // An empty corner and names, or a first column whose values are the names of the columns.
  private func looksLikeMatrix(_ first: [String], _ rest: ArraySlice<[String]>) -> Bool {
    let names = first.dropFirst()
    guard names.count >= 2, !names.contains(""), Set(names).count == names.count else {
      return false
    }
    if first[0].isEmpty { return true }
    let known = Set(names)
    let ids = rest.compactMap(\.first)
    return ids.count >= 2 && !Self.isNumber(first[0]) && ids.allSatisfy { known.contains($0) }
      && rest.allSatisfy { $0.count == first.count }
  }

  static func isNumber(_ text: String) -> Bool {
    var hasDigit = false
    for byte in text.utf8 {
      switch byte {
      case 48...57: hasDigit = true
      case 43, 45, 46, 44, 32: break
      default: return false
      }
    }
    return hasDigit
  }

  // Numbers, dates, times and telephone numbers: at least one digit, and otherwise only signs.
  static func isTyped(_ text: String) -> Bool {
    var hasDigit = false
    for byte in text.utf8 {
      switch byte {
      case 48...57: hasDigit = true
      case 32, 37, 40...47, 58, 84, 90: break
      default: return false
      }
    }
    return hasDigit
  }
}
