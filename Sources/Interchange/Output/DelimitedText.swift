// SPDX-License-Identifier: Apache-2.0

/// Collects the rows of a CSV file (comma, double quotes, line feeds, UTF-8).
///
/// Text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, their wide
/// forms, a tab or a line break) gets an apostrophe in front; `DelimitedReader` takes it off again.
public struct DelimitedText: Sendable {
  /// The file so far.
  public private(set) var bytes: [UInt8] = []
  /// How many cells got an apostrophe.
  public private(set) var guardedCount = 0
  /// How many cells held control characters, which stand as U+FFFD.
  public private(set) var replacedCount = 0
  private var isAtLineStart = true

  /// Creates an empty file.
  public init() {}

  /// Appends a cell of text; nil is an empty cell.
  public mutating func text(_ given: String?) {
    part()
    guard let given else { return }
    let text = HarmlessCell.text(given, &replacedCount)
    let isGuarded = FormulaGuard.isNeeded(text.utf8)
    if isGuarded { guardedCount += 1 }
    // Semicolons and tabs part cells where a spreadsheet is set to them: quotes hold them together.
    let isSpecial = text.utf8.contains { [44, 34, 10, 13, 59, 9].contains($0) }
    let needsQuotes =
      isSpecial || text.isEmpty || text.utf8.first == 35 || text.utf8.first == 32
      || text.utf8.last == 32
    if needsQuotes { bytes.append(34) }
    if isGuarded { bytes.append(39) }
    for byte in text.utf8 {
      bytes.append(byte)
      if byte == 34 { bytes.append(34) }
    }
    if needsQuotes { bytes.append(34) }
  }

  /// Appends a cell that is written as it is, such as a number.
  public mutating func number(_ number: String?) {
    part()
    if let number { bytes += number.utf8 }
  }

  /// Ends the row.
  public mutating func endRow() {
    bytes.append(10)
    isAtLineStart = true
  }

  private mutating func part() {
    if !isAtLineStart { bytes.append(44) }
    isAtLineStart = false
  }
}

/// The apostrophe that keeps a spreadsheet from taking text for a formula.
enum FormulaGuard {
  /// Whether a text begins, behind any apostrophes, like a formula.
  static func isNeeded(_ text: some Collection<UInt8>) -> Bool {
    for byte in text {
      switch byte {
      case 39: continue
      case 61, 43, 45, 64, 9, 10, 13: return true
      // The wide forms of = + - @ (U+FF1D, FF0B, FF0D, FF20) are read alike.
      case 0xEF: return isWide(text)
      default: return false
      }
    }
    return false
  }

  private static func isWide(_ text: some Collection<UInt8>) -> Bool {
    let head = Array(text.drop { $0 == 39 }.prefix(3))
    return [[0xEF, 0xBC, 0x9D], [0xEF, 0xBC, 0x8B], [0xEF, 0xBC, 0x8D], [0xEF, 0xBC, 0xA0]]
      .contains(head)
  }
}
