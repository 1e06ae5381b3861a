// SPDX-License-Identifier: Apache-2.0

/// What a column of weights must not hold, and what is said of the others.
extension GraphDocument {
  /// Refuses weights that are not finite, and states those that are missing, negative or no number.
  ///
  /// An attribute of edges is one of weights when its name is weight. In a table, whose columns
  /// declare no type, numbers and other text side by side are refused too: one of them is a slip, or
  /// they follow two conventions, as 1,5 and 2.25 do.
  mutating func checkWeights(file: String) throws(InterchangeError) {
    var problems = ProblemList()
    for column in edgeColumns where ColumnNames.key(column.name) == "weight" {
      let survey = WeightSurvey(column.values)
      for edge in survey.notFinite.prefix(ProblemList.capacity) {
        problems.add(
          Problem(
            file: file, line: lines.isEmpty ? nil : lines[edge],
            what: "the weight “\(column.values.text(at: edge) ?? "")”",
            expected: "a finite number", advice: "correct it, or call the column otherwise"))
      }
      if format == .edgeList, survey.hasNumbersAmongTexts {
        for edge in survey.texts.prefix(ProblemList.capacity) {
          problems.add(
            Problem(
              file: file, line: lines.isEmpty ? nil : lines[edge],
              what: "the weight “\((column.values.text(at: edge) ?? "").printable(limit: 40))”",
              expected: "a number, as in other rows",
              advice: "write all numbers in one way, or call the column otherwise"))
        }
      } else if let first = survey.texts.first {
        notices.append(
          .warning(
            "\(counted(survey.texts.count, "value")) of \(edgeCount) in \(column.name) "
              + "\(survey.texts.count == 1 ? "is" : "are") no number, the first "
              + "“\((column.values.text(at: first) ?? "").printable(limit: 40))”\(place(first)): "
              + "the column is text and cannot weigh ties"))
      }
      if let first = survey.firstMissing {
        notices.append(
          .warning(
            "\(counted(survey.missing, "tie")) of \(edgeCount) \(survey.missing == 1 ? "has" : "have") "
              + "no \(column.name), the first\(place(first))"))
      }
      if survey.negative > 0 { notices.append(.negative(survey.negative, in: column.name)) }
    }
    try problems.throwIfErrors()
  }

  private func place(_ edge: Int) -> String { lines.isEmpty ? "" : " in line \(lines[edge])" }
}

extension Notice {
  /// That some weights are negative.
  static func negative(_ count: Int, in column: String) -> Notice {
    .warning(
      "\(counted(count, "weight")) in \(column.printable()) \(count == 1 ? "is" : "are") negative; "
        + "not every measure takes them")
  }
}

/// What the values of a column of weights are.
private struct WeightSurvey {
  var notFinite: [Int] = []
  var texts: [Int] = []
  var missing = 0
  var firstMissing: Int?
  var negative = 0
  var hasNumbersAmongTexts = false

  init(_ values: AttributeValues) {
    switch values {
    case .integer(let numbers):
      for (edge, number) in numbers.enumerated() {
        guard let number else {
          miss(edge)
          continue
        }
        if number < 0 { negative += 1 }
      }
    case .real(let numbers):
      for (edge, number) in numbers.enumerated() {
        guard let number else {
          miss(edge)
          continue
        }
        if !number.isFinite { notFinite.append(edge) }
        if number < 0 { negative += 1 }
      }
    case .boolean(let truths):
      for (edge, truth) in truths.enumerated() {
        if truth == nil { miss(edge) } else { texts.append(edge) }
      }
    case .text(let texts):
      for (edge, text) in texts.enumerated() {
        guard let text, !text.isEmpty else {
          miss(edge)
          continue
        }
        if Self.isNotFinite(text) {
          notFinite.append(edge)
        } else if CellNumber(text) == nil {
          self.texts.append(edge)
        }
      }
    }
    hasNumbersAmongTexts = !texts.isEmpty && texts.count + missing + notFinite.count < values.count
    // An attribute that nothing has is none.
    if missing == values.count { (missing, firstMissing) = (0, nil) }
  }

  private mutating func miss(_ edge: Int) {
    missing += 1
    if firstMissing == nil { firstMissing = edge }
  }

  // NaN, infinities, what no double holds, and hexadecimal numbers.
  private static func isNotFinite(_ text: String) -> Bool {
    let word = text.lowercased().drop { $0 == " " || $0 == "+" || $0 == "-" }
    let bare = word.last == " " ? word.prefix { $0 != " " } : word
    if ["nan", "inf", "infinity"].contains(String(bare)) { return true }
    if bare.hasPrefix("0x") { return Double(String(bare)) != nil }
    guard let value = Double(String(bare)) else { return false }
    return !value.isFinite || (value == 0 && CellNumber(String(bare)) == nil && bare.contains("e"))
  }
}
