// SPDX-License-Identifier: Apache-2.0

/// Where a field stands in a buffer, without its quotes.
struct FieldBounds {
  var start: Int32
  var end: Int32
  /// Whether it stood in quotes.
  var isQuoted: Bool
  /// Whether the quotes inside it are doubled.
  var hasDoubledQuotes: Bool
}

/// Cuts one row of delimited text into fields: the only place that knows quotes and line ends.
struct RowCutter {
  enum Outcome {
    /// A whole row; the next begins at `next`.
    case row
    /// A comment line or a blank line.
    case comment, blank
    /// The buffer ends before the row does.
    case needsMore
    /// The input ends inside quotes.
    case openQuote
  }

  enum Defect {
    case textAfterQuote, nul
  }

  struct Cut {
    var outcome: Outcome
    var next = 0
    /// Line ends inside quotes.
    var innerLines: Int32 = 0
    var defect: Defect?
    var defectAt = 0
    /// Where the last quote opened.
    var quoteAt = -1
  }

  var delimiter: Dialect.Delimiter
  var quote: UInt8?

  /// Cuts the row that begins at `start`.
  ///
  /// - Parameters:
  ///   - bytes: the buffer.
  ///   - start: where the row begins.
  ///   - end: where the buffer's text ends.
  ///   - isLast: whether the input ends there too.
  ///   - fields: receives the fields.
  /// - Returns: how the row ends and what is wrong with it.
  /// - Complexity: O(length of the row).
  func cut(
    _ bytes: [UInt8], from start: Int, to end: Int, isLast: Bool, fields: inout [FieldBounds]
  ) -> Cut {
    fields.removeAll(keepingCapacity: true)
    var cut = Cut(outcome: .needsMore)
    if start < end, bytes[start] == UInt8(ascii: "#") {
      var i = start
      while i < end, bytes[i] != 10, bytes[i] != 13 { i += 1 }
      finish(&cut, .comment, at: i, bytes, end, isLast)
      return cut
    }
    let splitsOnSpace = delimiter == .whitespace
    let delimiterByte: UInt8 =
      switch delimiter {
      case .byte(let byte): byte
      case .whitespace: 32
      }
    // A byte that no field can end at stands in for a missing quote.
    let quoteByte = quote ?? 10
    var i = start
    var isBlank = true
    while true {
      if splitsOnSpace { while i < end, bytes[i] == 32 || bytes[i] == 9 { i += 1 } }
      var field = FieldBounds(
        start: Int32(truncatingIfNeeded: i), end: 0, isQuoted: false, hasDoubledQuotes: false)
      if i < end, bytes[i] == quoteByte, quote != nil {
        isBlank = false
        guard cutQuoted(bytes, &i, end, isLast, quoteByte, &field, &cut) else { return cut }
      }
      let textStart = i
      while i < end {
        let byte = bytes[i]
        if byte == delimiterByte || byte == 10 || byte == 13 { break }
        if byte == 9, splitsOnSpace { break }
        if byte == 0, cut.defect == nil { (cut.defect, cut.defectAt) = (.nul, i) }
        if byte != 32 { isBlank = false }
        i += 1
      }
      if field.isQuoted {
        if i > textStart {
          if cut.defect == nil { (cut.defect, cut.defectAt) = (.textAfterQuote, textStart) }
          field.end = Int32(truncatingIfNeeded: i)
        }
      } else {
        field.end = Int32(truncatingIfNeeded: i)
      }
      if i == end, !isLast { return cut }
      let isRowEnd = i == end || bytes[i] == 10 || bytes[i] == 13
      if !(splitsOnSpace && isRowEnd && field.end == field.start && !field.isQuoted) {
        fields.append(field)
      }
      if isRowEnd { break }
      i += 1
    }
    finish(&cut, isBlank && fields.count <= 1 ? .blank : .row, at: i, bytes, end, isLast)
    return cut
  }

  // Leaves `i` behind the closing quote.
  private func cutQuoted(
    _ bytes: [UInt8], _ i: inout Int, _ end: Int, _ isLast: Bool, _ quoteByte: UInt8,
    _ field: inout FieldBounds, _ cut: inout Cut
  ) -> Bool {
    cut.quoteAt = i
    field.isQuoted = true
    i += 1
    field.start = Int32(truncatingIfNeeded: i)
    while true {
      while i < end, bytes[i] != quoteByte {
        let byte = bytes[i]
        if byte == 10 || (byte == 13 && !(i + 1 < end && bytes[i + 1] == 10)) {
          cut.innerLines += 1
        } else if byte == 0, cut.defect == nil {
          (cut.defect, cut.defectAt) = (.nul, i)
        }
        i += 1
      }
      if i == end || (i + 1 == end && !isLast) {
        cut.outcome = i == end && isLast ? .openQuote : .needsMore
        return false
      }
      if i + 1 < end, bytes[i + 1] == quoteByte {
        field.hasDoubledQuotes = true
        i += 2
        continue
      }
      field.end = Int32(truncatingIfNeeded: i)
      i += 1
      return true
    }
  }

  private func finish(
    _ cut: inout Cut, _ outcome: Outcome, at i: Int, _ bytes: [UInt8], _ end: Int, _ isLast: Bool
  ) {
    if i == end {
      if isLast { (cut.outcome, cut.next) = (outcome, i) }
      return
    }
    if bytes[i] == 13 {
      if i + 1 == end, !isLast { return }
      let isPair = i + 1 < end && bytes[i + 1] == 10
      (cut.outcome, cut.next) = (outcome, i + (isPair ? 2 : 1))
    } else {
      (cut.outcome, cut.next) = (outcome, i + 1)
    }
  }
}
