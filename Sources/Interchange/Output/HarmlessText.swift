// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
  /// Whether a scalar steers a terminal: C0 and C1 controls and delete.
  var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }

  /// Whether some reader takes a scalar for the end of a line, or it is a control.
  ///
  /// Line by line formats have no escape for it: a name that holds one could begin a line of its own.
  var endsLine: Bool { isControl || value == 0x2028 || value == 0x2029 }
}

/// The cells of tables for spreadsheets and terminals.
enum HarmlessCell {
  /// The text without controls other than tab, line feed and carriage return, which quotes keep.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - changed: counts the texts that held others; each of those stands as U+FFFD.
  /// - Returns: the text.
  static func text(_ text: String, _ changed: inout Int) -> String {
    func isKept(_ scalar: Unicode.Scalar) -> Bool {
      !scalar.isControl || [9, 10, 13].contains(scalar.value)
    }
    if text.unicodeScalars.allSatisfy(isKept) { return text }
    changed += 1
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isKept(scalar) ? scalar : "\u{FFFD}") }
    return String(result)
  }

  /// Refuses identifiers that would be one after the controls in them are replaced.
  static func check(identifiers: [String]) throws(InterchangeError) {
    var changed = 0
    var used: Set<String> = []
    let written = identifiers.map { text($0, &changed) }
    guard changed > 0 else { return }
    for id in written where !used.insert(id).inserted {
      throw .request(
        "a table cannot tell the identifiers apart that are written as “\(id.printable())”; choose "
          + "another format")
    }
  }
}

extension GraphDocument {
  /// The document without numbers that are not finite, which no other program reads alike.
  func finite(_ losses: inout LossReport) -> GraphDocument {
    var document = self
    var count = 0
    func clean(_ columns: [AttributeColumn]) -> [AttributeColumn] {
      columns.map { column in
        guard case .real(let values) = column.values,
          values.contains(where: { !($0 ?? 0).isFinite })
        else { return column }
        count += values.count { !($0 ?? 0).isFinite }
        return AttributeColumn(
          name: column.name, values: .real(values.map { ($0 ?? 0).isFinite ? $0 : nil }))
      }
    }
    document.nodeColumns = clean(nodeColumns)
    document.edgeColumns = clean(edgeColumns)
    losses.add(count, "numbers are not finite and left out")
    return document
  }
}

/// A text as a cell of a table: without controls that steer a terminal, and with an apostrophe before
/// what a spreadsheet would take for a formula.
package func harmlessCell(_ text: String) -> String {
  var changed = 0
  let text = HarmlessCell.text(text, &changed)
  return FormulaGuard.isNeeded(text.utf8) ? "'" + text : text
}
