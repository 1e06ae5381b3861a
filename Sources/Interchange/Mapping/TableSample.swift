// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// What the first rows of a table show of its columns.
enum TableSample {
  static let rows = 2_000

  struct Column {
    let name: String
    var filled = 0
    var numbers = 0
    var commaNumbers = 0
    var iso = 0
    // How many cells each form fits, in the order of the forms.
    var forms = [Int](repeating: 0, count: TableSample.dateForms.count)
    var withDigits = 0

    init(name: String) { self.name = name }

    mutating func add(_ text: String) {
      guard !text.isEmpty else { return }
      filled += 1
      if text.utf8.contains(where: { (48...57).contains($0) }) { withDigits += 1 }
      if DecimalText.canonical(text, decimalComma: false) != nil { numbers += 1 }
      if DecimalText.canonical(text, decimalComma: true) != nil { commaNumbers += 1 }
      if text.utf8.count >= 7, PartialDate(text) != nil { iso += 1 }
      for (index, form) in TableSample.dateForms.enumerated() {
        if let iso = form.iso(text), PartialDate(iso) != nil { forms[index] += 1 }
      }
    }

    /// Whether most cells are dates of ISO 8601; what else stands there is for the import to refuse.
    var isISODate: Bool { filled > 0 && iso * 2 > filled }
    /// Whether most cells are numbers, in one way of writing or the other.
    var isNumeric: Bool { filled > 0 && max(numbers, commaNumbers) * 2 > filled }
    var needsDecimalComma: Bool { filled > 0 && numbers < filled && commaNumbers == filled }
    /// Why a column was not mapped: what its cells are, and what is not known of them.
    var doubt: String {
      if filled == 0 { return "empty in the rows that were read" }
      if isDate { return "dates; its name does not say of what" }
      if isNumeric { return "numbers; no property is known by its name" }
      return looksLikeCodes
        ? "codes; no property is known by its name" : "texts; no property is known by its name"
    }
    var isDate: Bool { isISODate || !dateForms.isEmpty }
    /// Whether every cell holds a digit, as numbers and codes do and names of people do not.
    var looksLikeCodes: Bool { filled > 0 && withDigits == filled }
    /// The forms that fit most cells, and as many as any other form does.
    var dateForms: [DateForm] {
      let most = forms.max() ?? 0
      guard most * 2 > filled, !isISODate else { return [] }
      return TableSample.dateForms.indices.filter { forms[$0] == most }
        .map { TableSample.dateForms[$0] }
    }
  }

  /// A column of dates and one of times of day, read as one.
  struct Joined {
    let date: Int
    let time: Int
    var column: Column

    init?(_ header: [String]) {
      let keys = header.map(ColumnNames.key)
      let dates = ["date", "day", "calldate", "startdate", "bookingdate", "valuedate"]
      let times = ["time", "hour", "timeofday", "calltime", "starttime", "bookingtime"]
      guard let date = keys.firstIndex(where: { dates.contains($0) }),
        let time = keys.firstIndex(where: { times.contains($0) })
      else { return nil }
      self.date = date
      self.time = time
      column = Column(name: header[date])
    }

    mutating func add(_ row: Row) {
      let (date, time) = (row.text(date), row.text(time))
      if !date.isEmpty, !time.isEmpty { column.add(date + " " + time) }
    }
  }

  // The day first, as most of the world writes it; a column that fits several is marked.
  static let dateForms: [DateForm] = [
    "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "dd-MMM-yyyy", "d/M/yyyy", "M/d/yyyy",
    "yyyy/MM/dd",
    "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm", "dd.MM.yyyy HH:mm", "yyyy/MM/dd HH:mm",
    "dd/MM/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm:ss", "dd.MM.yyyy HH:mm:ss", "yyyy/MM/dd HH:mm:ss",
    "dd-MM-yyyy HH:mm:ss", "yyyyMMddHHmmss", "dd-MM-yyyy HH:mm", "d/M/yyyy H:mm", "M/d/yyyy H:mm",
    "d/M/yyyy H:mm:ss", "M/d/yyyy H:mm:ss", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss",
  ].compactMap { DateForm($0) }
}
