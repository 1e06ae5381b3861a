// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Which columns of a table of events say who, whom, when and how much.
struct EventColumns {
  let source: Int
  let target: Int
  let time: Int?
  let amount: Int?
  /// How the times are written; nil for ISO 8601.
  let form: DateForm?

  init(
    _ reader: DelimitedReader, _ shape: TableShape, _ options: GraphReadingOptions
  ) throws(InterchangeError) {
    let ends = try Self.ends(reader, shape, options)
    // Steps of a simulation, say, stand in columns called time and are no times.
    let hasNoTimes = options.timeColumn == "none" && !reader.header.contains("none")
    var time = try (hasNoTimes ? nil : options.timeColumn).map { name throws(InterchangeError) in
      try reader.column(name)
    }
    var amount = try options.amountColumn.map { name throws(InterchangeError) in
      try reader.column(name)
    }
    if reader.dialect.hasHeader {
      let taken = [ends.source, ends.target, time, amount].compactMap { $0 }
      let keys = reader.header.map(ColumnNames.key)
      func candidates(_ names: [String]) -> [Int] {
        names.compactMap { keys.firstIndex(of: $0) }.filter { !taken.contains($0) }
      }
      if time == nil, !hasNoTimes {
        let found = candidates(ColumnNames.times)
        // Of a day and a time of day the day is a date; where none is, the rows are refused.
        time =
          found.count > 1
          ? found.first { Self.sample(reader, $0, limit: 50).isDate } ?? found.first : found.first
      }
      if amount == nil { amount = candidates(ColumnNames.amounts).first { $0 != time } }
    }
    let roles = [ends.source, ends.target, time, amount].compactMap { $0 }
    guard Set(roles).count == roles.count else {
      throw .request(
        "\(reader.file): one column is named twice; who, whom, time and amount of an event are "
          + "columns of their own")
    }
    (source, target) = ends
    self.time = time
    self.amount = amount
    form = try Self.form(of: time, reader, options)
  }

  private static func ends(
    _ reader: DelimitedReader, _ shape: TableShape, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> (source: Int, target: Int) {
    let named = shape.namedEnds
    let source = try options.sourceColumn.map { name throws(InterchangeError) in
      try reader.column(name)
    }
    let target = try options.targetColumn.map { name throws(InterchangeError) in
      try reader.column(name)
    }
    if let source = source ?? named?.source, let target = target ?? named?.target {
      return (source, target)
    }
    throw .request(
      "\(reader.file): it is not plain which columns say who and whom; name them or give their "
        + "numbers (--source-column, --target-column); there are: "
        + reader.header.prefix(30).map { $0.printable(limit: 30) }.joined(separator: ", "))
  }

  private static func sample(
    _ reader: DelimitedReader, _ field: Int, limit: Int
  ) -> TableSample.Column {
    var sample = TableSample.Column(name: reader.header[field])
    for text in texts(reader, field, limit: limit) { sample.add(text) }
    return sample
  }

  private static func texts(_ reader: DelimitedReader, _ field: Int, limit: Int) -> [String] {
    reader.rowsAhead(limit: limit).filter { $0.count > field && !$0.cell(field).isNull }
      .map { $0.text(field) }
  }

  // A form that the first rows leave open is never guessed.
  private static func form(
    of time: Int?, _ reader: DelimitedReader, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> DateForm? {
    guard let time else { return nil }
    if let declared = options.timeForm {
      guard let form = DateForm(declared) else {
        throw .request(
          "\(declared) is no form of a date; expected one such as dd/MM/yyyy HH:mm:ss")
      }
      return form
    }
    // Dates of ISO 8601 need no look at the forms.
    let texts = texts(reader, time, limit: TableSample.rows).filter { !$0.isEmpty }
    let isoCount = texts.count { PartialDate($0) != nil }
    guard isoCount * 2 <= texts.count else { return nil }
    var whole = TableSample.Column(name: reader.header[time])
    for text in texts { whole.add(text) }
    // Forms of one and of two digits for a day mean the same; the last is the more lenient.
    let forms = whole.dateForms
    func meaning(_ form: DateForm) -> [String?] { texts.map { form.iso($0) } }
    guard let last = forms.last else { return nil }
    let others = forms.filter { meaning($0) != meaning(last) }
    guard others.isEmpty else {
      throw .request(
        "\(reader.file): the times in \(reader.header[time].printable()) can mean "
          + forms.map(\.pattern).joined(separator: " or ") + "; say which (--time-format)")
    }
    return last
  }
}
