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
    let samples = Self.samples(reader)
    var time = try options.timeColumn.map { name throws(InterchangeError) in
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
      if time == nil {
        let found = candidates(ColumnNames.times)
        // Of a day and a time of day the day is a date; where none is, the rows are refused.
        time = found.first { samples[$0].isDate } ?? found.first
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
    form = try Self.form(of: time, time.map { samples[$0] }, reader, options)
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

  private static func samples(_ reader: DelimitedReader) -> [TableSample.Column] {
    var samples = reader.header.map { TableSample.Column(name: $0) }
    for row in reader.rowsAhead(limit: 200) where row.defect == nil {
      for field in 0..<min(row.count, samples.count) where !row.cell(field).isNull {
        samples[field].add(row.text(field))
      }
    }
    return samples
  }

  // A form that the first rows leave open is never guessed.
  private static func form(
    of time: Int?, _ sample: TableSample.Column?, _ reader: DelimitedReader,
    _ options: GraphReadingOptions
  ) throws(InterchangeError) -> DateForm? {
    guard let time, let sample else { return nil }
    if let declared = options.timeForm {
      guard let form = DateForm(declared) else {
        throw .request(
          "\(declared) is no form of a date; expected one such as dd/MM/yyyy HH:mm:ss")
      }
      return form
    }
    guard !sample.dateForms.isEmpty else { return nil }
    var whole = TableSample.Column(name: sample.name)
    var texts: [String] = []
    for row in reader.rowsAhead(limit: TableSample.rows) where row.count > time {
      guard !row.cell(time).isNull else { continue }
      texts.append(row.text(time))
      whole.add(row.text(time))
    }
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
