// SPDX-License-Identifier: Apache-2.0

public import Interchange

extension ResultDocument {
  /// The document as a workbook: a sheet for each table, and behind them a sheet About with figures,
  /// view, conventions, notices and origin.
  ///
  /// - Parameter tableKey: the only table that is wanted; nil for all.
  /// - Returns: the bytes of the workbook; the same document gives the same bytes.
  /// - Throws: `InterchangeError` when a table is too long for a sheet.
  public func workbook(table tableKey: String? = nil) throws(InterchangeError) -> [UInt8] {
    let chosen = tableKey.map { key in tables.filter { $0.key == key } } ?? tables
    var sheets = chosen.map { table in
      let rows = table.rows
      return SheetTable(
        name: table.key, header: table.columns.map(\.title), rowCount: rows.count
      ) { row, column in
        switch rows[row][column] {
        case .text(let text): .text(text)
        case .integer(let number): .integer(Int64(number))
        case .real(let number): .real(number)
        case .flag(let truth): .flag(truth)
        case .missing: .missing
        }
      }
    }
    let about = about
    sheets.append(
      SheetTable(name: "About", header: ["What", "Value"], rowCount: about.count) {
        .text($1 == 0 ? about[$0].what : about[$0].value)
      })
    return try WorkbookFile(sheets).bytes
  }

  private var about: [(what: String, value: String)] {
    var lines: [(what: String, value: String)] = []
    if let handling { lines.append(("Handling", handling)) }
    lines.append(("Title", title))
    lines += figures.map { ($0.title, $0.value.shown) }
    lines += view.map { ("View: \($0.name)", plain($0.value)) }
    lines += conventionLines.map { ("Convention", $0) }
    lines += notices.map { ("Note", $0) }
    if let input {
      lines += [("Input", "\(input.name) (\(input.kind))"), (input.hashName, input.sha256)]
    }
    return lines + [("Clew", version)]
  }
}
