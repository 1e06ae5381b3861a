// SPDX-License-Identifier: Apache-2.0

/// Collects the cells of a column as they stand and types the column when all of them are known.
///
/// A column is a number column only if every cell that is not empty is a number; then and only then
/// do its cells lose their spelling. `\N` is a missing value, as databases export it.
struct ColumnBuilder {
  private(set) var name: String
  // As long as every cell is missing or a plain number: the numbers. From the first other cell on all
  // of them stand in the pool.
  private var numbers: [CompactNumber] = []
  private var isCompact = true
  private var found = Numbers()
  private var pool: [UInt8] = []
  // The end of each cell in the pool; a missing cell repeats the end before it.
  private var ends: [Int] = []
  private(set) var nullCount = 0

  init(name: String) { self.name = name }

  var count: Int { isCompact ? numbers.count : ends.count }

  /// Makes room for as many cells; room that is not used costs nothing.
  mutating func reserve(_ count: Int) {
    if isCompact { numbers.reserveCapacity(count) } else { ends.reserveCapacity(count) }
  }

  mutating func append(_ cell: ByteCell) {
    // Safe: the pointer lives as long as the array of the cell, within which the cell lies.
    unsafe cell.bytes.withUnsafeBytes { bytes in
      unsafe append(UnsafeRawBufferPointer(rebasing: bytes[cell.start..<cell.end]))
    }
  }

  mutating func append(_ cell: UnsafeRawBufferPointer) {
    if unsafe cell.count == 2 && cell[0] == 92 && cell[1] == 78 {
      nullCount += 1
      appendMissing()
    } else if unsafe cell.isEmpty {
      appendMissing()
    } else if isCompact, let number = unsafe CompactNumber(cell) {
      numbers.append(number)
      found.isEmpty = false
      if number.hasPoint { found.hasDecimals = true }
    } else {
      if isCompact { spellOut() }
      unsafe pool.append(contentsOf: cell)
      ends.append(pool.count)
    }
  }

  mutating func appendMissing() {
    if isCompact { numbers.append(.missing) } else { ends.append(pool.count) }
  }

  private mutating func spellOut() {
    for number in numbers {
      pool += number.spelling.utf8
      ends.append(pool.count)
    }
    numbers = []
    isCompact = false
  }

  /// Whether some cell has the form of a number with `mark`, and whether all cells have.
  func numbers(decimalMark mark: UInt8) -> Numbers {
    if isCompact {
      return found.hasDecimals && mark != UInt8(ascii: ".") ? Numbers(isPure: false) : found
    }
    var numbers = Numbers()
    var cell = ByteCell(pool, from: 0, to: 0)
    for index in 0..<ends.count {
      cell.start = cell.end
      cell.end = ends[index]
      if cell.isEmpty { continue }
      guard let number = CellNumber(cell, decimalMark: mark) else { return Numbers(isPure: false) }
      numbers.isEmpty = false
      switch number.form {
      case .integer: if number.integer == nil { numbers.fitsInteger = false }
      case .decimal: numbers.hasDecimals = true
      case .exponent: numbers.hasExponents = true
      }
    }
    return numbers
  }

  struct Numbers {
    var isPure = true
    var isEmpty = true
    var hasDecimals = false
    var hasExponents = false
    var fitsInteger = true
  }

  /// The typed column.
  ///
  /// - Parameter mark: the decimal mark of the file.
  /// - Returns: the column.
  /// - Complexity: O(bytes).
  func column(decimalMark mark: UInt8) -> AttributeColumn {
    if isCompact { return AttributeColumn(name: name, values: compactValues) }
    var numbers = numbers(decimalMark: UInt8(ascii: "."))
    var usedMark = UInt8(ascii: ".")
    if !numbers.isPure, mark != usedMark {
      usedMark = mark
      numbers = self.numbers(decimalMark: mark)
    }
    if numbers.isPure, !numbers.isEmpty {
      if !numbers.hasDecimals, !numbers.hasExponents, numbers.fitsInteger {
        return AttributeColumn(
          name: name,
          values: .integer(map { CellNumber($0)?.integer }))
      }
      // Without a decimal mark anywhere, 1e5 and 25 digits are rather identifiers.
      if numbers.hasDecimals {
        return AttributeColumn(
          name: name,
          values: .real(map { CellNumber($0, decimalMark: usedMark)?.value }))
      }
    }
    if let truths = truths() { return AttributeColumn(name: name, values: .boolean(truths)) }
    return AttributeColumn(
      name: name, values: .text(map { $0.text }))
  }

  private var compactValues: AttributeValues {
    if found.isEmpty { return .text(numbers.map { _ in nil }) }
    return found.hasDecimals
      ? .real(numbers.map { $0.isMissing ? nil : $0.value })
      : .integer(numbers.map { $0.isMissing ? nil : $0.integer })
  }

  private func map<Value>(_ read: (ByteCell) -> Value?) -> [Value?] {
    var cell = ByteCell(pool, from: 0, to: 0)
    var values: [Value?] = []
    values.reserveCapacity(ends.count)
    for index in 0..<ends.count {
      cell.start = cell.end
      cell.end = ends[index]
      values.append(cell.isEmpty ? nil : read(cell))
    }
    return values
  }

  private func truths() -> [Bool?]? {
    var cell = ByteCell(pool, from: 0, to: 0)
    var values: [Bool?] = []
    for index in 0..<ends.count {
      cell.start = cell.end
      cell.end = ends[index]
      guard !cell.isEmpty else {
        values.append(nil)
        continue
      }
      guard let truth = Self.truth(cell) else { return nil }
      values.append(truth)
    }
    return pool.isEmpty ? nil : values
  }

  static func truth(_ cell: ByteCell) -> Bool? {
    if cell.isWord("true") { return true }
    return cell.isWord("false") ? false : nil
  }
}

/// Types the columns of a table together, because a decimal comma holds for the whole of it.
struct ColumnTyping {
  private(set) var columns: [AttributeColumn] = []
  private(set) var commaColumns: [String] = []
  private(set) var nullCount = 0

  init(_ builders: [ColumnBuilder], delimiter: Dialect.Delimiter) {
    let comma = UInt8(ascii: ",")
    let point = UInt8(ascii: ".")
    var mark = point
    if delimiter != .comma {
      let usesPoint = builders.contains {
        let numbers = $0.numbers(decimalMark: point)
        return numbers.isPure && numbers.hasDecimals
      }
      if !usesPoint {
        commaColumns = builders.filter {
          let numbers = $0.numbers(decimalMark: comma)
          return numbers.isPure && numbers.hasDecimals
        }.map(\.name)
        if !commaColumns.isEmpty { mark = comma }
      }
    }
    columns = builders.map { $0.column(decimalMark: mark) }
    nullCount = builders.reduce(0) { $0 + $1.nullCount }
  }

  /// Gives the only column another name.
  mutating func renameOnlyColumn(_ name: String) {
    columns[0].name = name
    if !commaColumns.isEmpty { commaColumns = [name] }
  }

  /// What was assumed about the cells.
  func notices(file: String) -> [Notice] {
    var notices: [Notice] = []
    if !commaColumns.isEmpty {
      notices.append(
        .warning(
          "\(file): the comma is read as the decimal mark in "
            + commaColumns.map { $0.printable() }.joined(separator: ", ")))
    }
    if nullCount > 0 {
      notices.append(.note("\(file): \(nullCount) cells \\N are read as missing values"))
    }
    return notices
  }
}
