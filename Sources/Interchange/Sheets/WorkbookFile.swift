// SPDX-License-Identifier: Apache-2.0

internal import CXlsxWriter
internal import Glibc

/// A value of a cell of a workbook.
public enum SheetCell: Hashable, Sendable {
  /// Text, whatever it looks like: never a formula, a number or a link.
  case text(String)
  /// A whole number.
  case integer(Int64)
  /// A number; one that is not finite is written as text.
  case real(Double)
  /// A truth value.
  case flag(Bool)
  /// A day such as `2024-06-30`, as a date; text where it is none, or before March 1900.
  case day(String)
  /// An empty cell.
  case missing
}

/// A table for a sheet of a workbook.
public struct SheetTable: Sendable {
  /// The name of the sheet; what a name may not hold is replaced.
  public var name: String
  /// The names of the columns.
  public var header: [String]
  /// The number of rows below the header.
  public var rowCount: Int
  /// The value at a row and a column from 0.
  public var cell: @Sendable (_ row: Int, _ column: Int) -> SheetCell

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - name: the name of the sheet.
  ///   - header: the names of the columns.
  ///   - rowCount: the number of rows below the header.
  ///   - cell: the value at a row and a column from 0.
  public init(
    name: String, header: [String], rowCount: Int,
    cell: @escaping @Sendable (_ row: Int, _ column: Int) -> SheetCell
  ) {
    self.name = name
    self.header = header
    self.rowCount = rowCount
    self.cell = cell
  }
}

/// A workbook (.xlsx) as bytes.
///
/// The same tables give the same bytes. Text is written as text: what begins with `=`, `+`, `-` or `@`
/// is no formula, and `0039` keeps its zeros.
public struct WorkbookFile: Sendable {
  /// The most rows of a sheet, with the header.
  public static let maximumRows = 1_048_576
  /// The most columns of a sheet.
  public static let maximumColumns = 16_384
  /// The most UTF-16 units of a cell.
  public static let maximumTextLength = 32_767

  /// The bytes of the file.
  public private(set) var bytes: [UInt8] = []
  /// What the workbook could not hold as it was.
  public private(set) var losses = LossReport()

  private var cut = 0
  private var replaced = 0
  private var spelled = 0
  private var rounded = 0
  private var infinite = 0

  /// Makes a workbook of tables, a sheet for each in their order.
  ///
  /// - Throws: `InterchangeError.request` when a table has more rows or columns than a sheet;
  ///   `InterchangeError.writing` when the workbook cannot be made.
  public init(_ tables: [SheetTable]) throws(InterchangeError) {
    for table in tables {
      guard table.rowCount < Self.maximumRows, table.header.count <= Self.maximumColumns else {
        throw .request(
          "a sheet of a workbook has at most \(Self.maximumRows) rows and \(Self.maximumColumns) "
            + "columns; \(table.name) has \(table.rowCount + 1) and \(table.header.count): write CSV"
        )
      }
    }
    // The library writes to a name; this one is memory that nobody else can open.
    let descriptor = clew_memory_file()
    guard descriptor >= 0 else {
      throw .writing(path: "workbook", reason: systemMessage(errno))
    }
    defer { close(descriptor) }
    try fill("/proc/self/fd/\(descriptor)", tables)
    bytes = try Self.content(of: descriptor)
    losses.add(cut, "texts of more than \(Self.maximumTextLength) characters are cut")
    losses.add(replaced, "characters that XML cannot hold are replaced")
    losses.add(spelled, "whole numbers of more than 15 digits are written as text")
    losses.add(rounded, "numbers are rounded to 16 digits")
    losses.add(infinite, "numbers that are not finite are written as text")
  }

  // Safe: the handles belong to the workbook, which lives until it is closed below; the library
  // copies every string it is given.
  private mutating func fill(_ path: String, _ tables: [SheetTable]) throws(InterchangeError) {
    var options = unsafe lxw_workbook_options()
    // Rows go out as they come, with their texts inside the cells.
    unsafe options.constant_memory = 1
    guard let workbook = unsafe workbook_new_opt(path, &options) else {
      throw .writing(path: "workbook", reason: "not enough memory")
    }
    var properties = unsafe lxw_doc_properties()
    // Without a time of its own the file would hold that of the clock: 1980-01-01.
    unsafe properties.created = 315_532_800
    _ = unsafe workbook_set_properties(workbook, &properties)
    let bold = unsafe workbook_add_format(workbook)
    unsafe format_set_bold(bold)
    let date = unsafe workbook_add_format(workbook)
    unsafe format_set_num_format(date, "yyyy-mm-dd")
    var names: Set<String> = []
    for table in tables {
      let name = Self.sheetName(table.name, &names)
      guard let sheet = unsafe workbook_add_worksheet(workbook, name) else {
        _ = unsafe workbook_close(workbook)
        throw .writing(path: "workbook", reason: "the sheet \(name.printable()) cannot be made")
      }
      unsafe worksheet_freeze_panes(sheet, 1, 0)
      for (column, title) in table.header.enumerated() {
        let text = text(title)
        let width = Double(min(40, max(10, title.count + 2)))
        _ = unsafe worksheet_set_column(
          sheet, lxw_col_t(column), lxw_col_t(column), width, nil)
        _ = unsafe worksheet_write_string(sheet, 0, lxw_col_t(column), text, bold)
      }
      for row in 0..<table.rowCount {
        for column in table.header.indices {
          unsafe write(
            table.cell(row, column), sheet, lxw_row_t(row + 1), lxw_col_t(column), date)
        }
      }
    }
    let error = unsafe workbook_close(workbook)
    guard error == LXW_NO_ERROR else {
      let reason =
        unsafe lxw_strerror(error).map { unsafe String(cString: $0) } ?? "no reason given"
      throw .writing(path: "workbook", reason: reason)
    }
  }

  private mutating func write(
    _ cell: SheetCell, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ row: lxw_row_t,
    _ column: lxw_col_t, _ date: UnsafeMutablePointer<lxw_format>?
  ) {
    switch cell {
    case .missing: break
    case .text(let value):
      _ = unsafe worksheet_write_string(sheet, row, column, text(value), nil)
    case .flag(let truth):
      _ = unsafe worksheet_write_boolean(sheet, row, column, truth ? 1 : 0, nil)
    case .integer(let number):
      // Spreadsheets keep fifteen digits.
      guard number.magnitude < 1_000_000_000_000_000 else {
        spelled += 1
        _ = unsafe worksheet_write_string(sheet, row, column, String(number), nil)
        return
      }
      _ = unsafe worksheet_write_number(sheet, row, column, Double(number), nil)
    case .real(let number):
      guard number.isFinite else {
        infinite += 1
        _ = unsafe worksheet_write_string(sheet, row, column, number.description, nil)
        return
      }
      if !Self.keeps(number) { rounded += 1 }
      _ = unsafe worksheet_write_number(sheet, row, column, number, nil)
    case .day(let value):
      guard let day = ISODay(value), day.isInWorkbooks else {
        return unsafe write(.text(value), sheet, row, column, date)
      }
      var when = lxw_datetime(
        year: Int32(day.year), month: Int32(day.month), day: Int32(day.day), hour: 0, min: 0,
        sec: 0)
      _ = unsafe worksheet_write_datetime(sheet, row, column, &when, date)
    }
  }

  // The text as a cell holds it: no longer than allowed, and what looks like an escape escaped.
  private mutating func text(_ given: String) -> String {
    var result = ""
    var length = 0
    let scalars = Array(given.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      length += scalar.value > 0xFFFF ? 2 : 1
      guard length <= Self.maximumTextLength else {
        cut += 1
        break
      }
      if scalar == "_", Self.looksEscaped(scalars[index...]) {
        result += "_x005F_"
        length += 6
      } else if scalar.value == 0xFFFE || scalar.value == 0xFFFF || scalar.value == 0 {
        replaced += 1
        result += "\u{FFFD}"
      } else {
        if scalar.value < 32, scalar != "\t", scalar != "\n" { length += 6 }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func looksEscaped(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let part = Array(scalars.prefix(7))
    return part.count == 7 && part[1] == "x" && part[6] == "_"
      && part[2...5].allSatisfy { $0.properties.isASCIIHexDigit }
  }

  private static func sheetName(_ name: String, _ used: inout Set<String>) -> String {
    var plain = ""
    for scalar in name.unicodeScalars.prefix(28) {
      let isBad = scalar.value < 32 || "[]:*?/\\'".unicodeScalars.contains(scalar)
      plain.unicodeScalars.append(isBad ? "-" : scalar)
    }
    if plain.isEmpty { plain = "Sheet" }
    var unique = plain
    var number = 2
    while !used.insert(unique.lowercased()).inserted {
      unique = "\(plain) \(number)"
      number += 1
    }
    return unique
  }

  private static func content(of descriptor: Int32) throws(InterchangeError) -> [UInt8] {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .writing(path: "workbook", reason: systemMessage(errno))
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      // Safe: no more than the chunk holds is read into it.
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .writing(path: "workbook", reason: systemMessage(errno)) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  // The library writes sixteen digits.
  private static func keeps(_ number: Double) -> Bool {
    if number == number.rounded(), abs(number) < 1e15 { return true }
    let digits = number.description.utf8.prefix { $0 != 101 }.filter { (48...57).contains($0) }
    return digits.drop { $0 == 48 }.count <= 16
  }
}

extension ISODay {
  /// Whether workbooks know the day: they have a 29 February 1900, and count from that year.
  var isInWorkbooks: Bool { (year, month) >= (1900, 3) }
}
