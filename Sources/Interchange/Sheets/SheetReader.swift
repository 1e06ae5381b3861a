// SPDX-License-Identifier: Apache-2.0

/// Reads the cells of one sheet and writes them as CSV, a line for each row.
final class SheetReader: PartReader {
  /// The cells that are refused.
  private(set) var problems = ProblemList()

  private let file: String
  private let sheet: String
  private let strings: [String]
  private let dateStyles: [Bool]
  private let countsFrom1904: Bool
  // The rows that have cells: their number from 0 and their texts.
  private var rows: [(number: Int, cells: [(column: Int, text: String)])] = []
  private var row = -1
  private var column = -1
  private var type = ""
  private var style = 0
  private var value = ""
  private var inline = ""
  private var hasFormula = false
  private var hasValue = false
  private var isValue = false
  private var isInlineText = false
  private var phonetic = 0
  private var hiddenRows = 0
  private var hiddenColumns = 0
  private var mergedRanges = 0
  private var longNumbers = 0
  private var firstLongNumber = ""

  init(
    file: String, sheet: String, strings: [String], dateStyles: [Bool], countsFrom1904: Bool
  ) {
    self.file = file
    self.sheet = sheet
    self.strings = strings
    self.dateStyles = dateStyles
    self.countsFrom1904 = countsFrom1904
  }

  override func start(_ element: XMLElement, at place: XMLPlace) {
    switch element.name {
    case "row":
      let number = element["r"].flatMap { Int($0) }.map { $0 - 1 } ?? row + 1
      if number <= row || number >= 1_048_576 {
        problems.add(
          Problem(
            file: file, what: "\(sheet): the row \(number + 1) stands behind the row \(row + 1)",
            expected: "rows in their order", advice: "save the workbook again"))
      }
      row = max(number, row + 1)
      column = -1
      if ["1", "true"].contains(element["hidden"] ?? "") { hiddenRows += 1 }
      rows.append((row, []))
    case "c":
      let place = element["r"].flatMap(SheetText.place)
      let previous = column
      column = place?.column ?? column + 1
      if let place, place.row != row {
        report("a cell of another row", "cells of the row")
      }
      if column <= previous { report("a cell that stands twice or out of order", "cells in order") }
      type = element["t"] ?? "n"
      style = element["s"].flatMap { Int($0) } ?? 0
      (value, inline) = ("", "")
      (hasFormula, hasValue) = (false, false)
    case "f": hasFormula = true
    case "v": (isValue, hasValue) = (true, true)
    case "rPh": phonetic += 1
    case "t": isInlineText = phonetic == 0
    case "mergeCell": mergedRanges += 1
    case "col":
      if ["1", "true"].contains(element["hidden"] ?? ""),
        let first = element["min"].flatMap({ Int($0) }),
        let last = element["max"].flatMap({ Int($0) }), first <= last
      {
        hiddenColumns += min(last, 16_384) - max(0, first) + 1
      }
    default: break
    }
  }

  override func end(_ name: String, at place: XMLPlace) {
    switch name {
    case "c": finishCell()
    case "v": isValue = false
    case "t": isInlineText = false
    case "rPh": phonetic -= 1
    default: break
    }
  }

  override func text(_ text: String) {
    if isValue { value += text } else if isInlineText { inline += text }
  }

  private func finishCell() {
    guard !rows.isEmpty else {
      return report("a cell outside a row", "rows")
    }
    let isEmpty = !hasValue || (value.isEmpty && type != "str")
    if hasFormula, isEmpty, type != "inlineStr" {
      return report(
        "a formula whose value was not stored", "a value",
        "open the workbook in a spreadsheet program and save it, or paste the values")
    }
    guard !isEmpty || type == "inlineStr" else { return }
    switch type {
    case "s":
      guard let index = Int(value), strings.indices.contains(index) else {
        return report("a text that the workbook does not have (\(value))", "a whole workbook")
      }
      add(strings[index])
    case "inlineStr": add(SheetText.unescaped(inline))
    case "str": add(SheetText.unescaped(value))
    case "b": add(value == "1" ? "true" : "false")
    case "e": report("the error \(value)", "a value", "correct the cell, or empty it")
    case "d": add(value)
    default: addNumber()
    }
  }

  private func addNumber() {
    guard let number = SheetText.number(value) else {
      return report("'\(value)', which is no number", "a number")
    }
    if dateStyles.indices.contains(style), dateStyles[style] {
      guard
        let date = Double(value).flatMap({ SheetText.date($0, countsFrom1904: countsFrom1904) })
      else {
        return report(
          "the number \(number) shown as a date that there is none of", "a date from 1900 to 9999",
          "correct the cell, or write the date as text")
      }
      return add(date)
    }
    if SheetText.hasLostDigits(value) {
      longNumbers += 1
      if firstLongNumber.isEmpty { firstLongNumber = cell }
    }
    add(number)
  }

  private func add(_ text: String) {
    if text.isEmpty { return }
    rows[rows.count - 1].cells.append((column, text))
  }

  private var cell: String { "\(sheet)!\(SheetText.columnName(column))\(row + 1)" }

  private func report(_ what: String, _ expected: String, _ advice: String? = nil) {
    problems.add(
      Problem(file: "\(file) \(cell)", what: what, expected: expected, advice: advice))
  }

  /// What was odd but acceptable.
  var warnings: [Problem] {
    var warnings: [Problem] = []
    func add(_ count: Int, _ what: String, _ advice: String) {
      if count > 0 {
        warnings.append(
          Problem(.warning, file: file, what: "\(sheet): \(what) (\(count))", advice: advice))
      }
    }
    add(hiddenRows, "hidden rows", "they are read like the others")
    add(hiddenColumns, "hidden columns", "they are read like the others")
    add(mergedRanges, "merged ranges", "the value of each stands in its first cell alone")
    add(
      longNumbers, "numbers of more than 15 digits, the first in \(firstLongNumber)",
      "a workbook keeps 15; identifiers belong into cells of text")
    return warnings
  }

  /// The rows as CSV, with as many fields each as the widest has.
  ///
  /// - Throws: `InterchangeError` when the table is far larger than what its cells hold.
  func text() throws(InterchangeError) -> [UInt8] {
    let width = rows.reduce(0) { max($0, ($1.cells.map(\.column).max() ?? -1) + 1) }
    var bytes: [UInt8] = []
    var line = 0
    for row in rows where !row.cells.isEmpty {
      guard bytes.count + width <= Archive.largestPart else {
        throw .refused(
          Problem(
            file: file, what: "\(sheet): a table of more than 256 MB", expected: "a smaller one",
            advice: "remove cells far outside the table, or save it as CSV"))
      }
      while line < row.number {
        bytes.append(10)
        line += 1
      }
      var fields = [String?](repeating: nil, count: width)
      for cell in row.cells { fields[cell.column] = cell.text }
      for (index, field) in fields.enumerated() {
        if index > 0 { bytes.append(44) }
        guard let field else { continue }
        bytes.append(34)
        for byte in field.utf8 {
          if byte == 34 { bytes.append(34) }
          bytes.append(byte)
        }
        bytes.append(34)
      }
      if width == 1, fields[0] == nil { bytes += [34, 34] }
      bytes.append(10)
      line += 1
    }
    return bytes
  }
}
