// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// One thing that a row speaks of, and the fields that its ids came from.
struct MappedThing {
  var assertion: Assertion
  let rule: Int
  let hasOwnID: Bool
  let idField: Int
  let endFields: [Int]
}

/// Turns the rows of one file into assertions.
struct RowMapper {
  let rule: FileRule
  let fields: [Int]
  let sources: [Source]
  let grading: GradingSchemes
  /// The file's name without its folder.
  let fileName: String

  // How often a relationship without an id of its own was stated so far.
  private var occurrences: [String: Int] = [:]
  // Of the row being read.
  private var problems: [Problem] = []
  private var things: [MappedThing] = []
  private var eventCount = 0
  // Times that stand for two moments, of which the mapping takes one.
  private var ambiguous: (count: Int, first: Problem?, last: [Int]) = (0, nil, [])

  init(
    rule: FileRule, fields: [Int], sources: [Source], grading: GradingSchemes, fileName: String
  ) {
    self.rule = rule
    self.fields = fields
    self.sources = sources
    self.grading = grading
    self.fileName = fileName
  }

  /// Warnings of what the rows read so far hold.
  var notes: [Problem] {
    guard var note = ambiguous.first, let zone = rule.zone else { return [] }
    note.severity = .warning
    note.advice =
      (ambiguous.count == 1 ? "the only such time" : "the first of \(ambiguous.count) such times")
      + ", taken for the \(zone.fold?.rawValue ?? "") one as the mapping says"
    return [note]
  }

  /// What a row says, or what is wrong with it; neither when the mapping leaves the row out.
  mutating func map(_ row: Row) -> (things: [MappedThing], problems: [Problem]) {
    if let defect = row.defect { return ([], [defect]) }
    if row.isBelowTable { return ([], []) }
    problems = []
    things = []
    eventCount = 0
    var cells = RowCells(row: row, fields: fields, blanks: rule.blanks)
    guard rule.conditions.allSatisfy({ $0.holds(cells) }) else { return ([], []) }
    for (index, thing) in rule.things.enumerated() {
      guard let each = thing.each else {
        apply(thing, index, cells)
        continue
      }
      switch each {
      case .part(let slot, let separator):
        for part in cells.parts(slot, separator: separator) {
          cells.part = (slot, part)
          apply(thing, index, cells)
          cells.part = nil
        }
      case .item(let slot):
        for item in row.record?.items(fields[slot]) ?? [] {
          cells.item = item
          apply(thing, index, cells)
          cells.item = nil
        }
      }
    }
    guard problems.isEmpty else { return ([], inOrderOfPlace(problems)) }
    return (things, [])
  }

  private mutating func apply(_ thing: ThingRule, _ index: Int, _ cells: RowCells) {
    guard thing.conditions.allSatisfy({ $0.holds(cells) }) else { return }
    let before = problems.count
    var ends: [End] = []
    var endFields: [Int] = []
    for end in thing.ends { append(end, of: thing, cells, &ends, &endFields) }
    for role in thing.schema.roles where !role.isMultiple {
      let count = ends.count { $0.role == role.name }
      if count > 1 {
        report(cells, nil, "\(count) entities as \(role.name) of \(thing.schema.name)", "one")
      }
    }
    if thing.schema.kind == .relationship, let arc = thing.schema.arc, problems.count == before {
      for role in [arc.source, arc.target] where !ends.contains(where: { $0.role == role }) {
        report(cells, nil, "the \(thing.schema.name) has no \(role)", "an entity in that role")
      }
    }
    let properties = properties(of: thing, cells)
    let time = interval(thing.start, thing.isPoint ? thing.start : thing.end, cells)
    let valid = interval(thing.evidence.validStart, thing.evidence.validEnd, cells)
    let evidence = evidence(of: thing, cells)
    let id = id(of: thing, ends, cells)
    guard problems.count == before, let id, let source = evidence.source else { return }
    let subject: Assertion.Subject =
      switch thing.schema.kind {
      case .entity: .entity(id: id, schema: thing.schema.name)
      case .relationship: .relationship(id: id, schema: thing.schema.name, ends: ends)
      case .event: .event(id: id, schema: thing.schema.name, time: time, participants: ends)
      }
    things.append(
      MappedThing(
        assertion: Assertion(
          subject: subject, properties: properties, source: source,
          locator: Locator(file: fileName, line: cells.row.line), valid: valid,
          grade: evidence.grade, handling: evidence.handling, standing: evidence.standing),
        rule: index, hasOwnID: thing.id != nil,
        idField: thing.id?.slots.first.map { fields[$0] } ?? 0, endFields: endFields))
  }

  // MARK: Ids and ends

  private mutating func id(of thing: ThingRule, _ ends: [End], _ cells: RowCells) -> String? {
    if let template = thing.id {
      if let id = template.text(cells) { return id }
      reportEmpty(template, cells, "so that the \(thing.schema.name) has no id")
      return nil
    }
    if thing.schema.kind == .event {
      eventCount += 1
      let id = "\(thing.schema.name):\(fileName):\(cells.row.line)"
      return eventCount == 1 ? id : id + "#\(eventCount)"
    }
    let list = ends.map { "\($0.role)=\($0.entity)" }.joined(separator: ",")
    let id = "\(thing.schema.name)(\(list))"
    let count = occurrences[id, default: 0] + 1
    occurrences[id] = count
    return count == 1 ? id : id + "#\(count)"
  }

  private mutating func append(
    _ end: EndRule, of thing: ThingRule, _ cells: RowCells, _ ends: inout [End],
    _ endFields: inout [Int]
  ) {
    guard end.conditions.allSatisfy({ $0.holds(cells) }) else { return }
    let field = end.template.slots.first.map { fields[$0] } ?? 0
    func add(_ cells: RowCells) -> Bool {
      guard let id = end.template.text(cells) else { return false }
      ends.append(End(role: end.role, entity: id))
      endFields.append(field)
      return true
    }
    if let separator = end.separator, let slot = end.template.slots.first {
      let parts = cells.parts(slot, separator: separator)
      for part in parts {
        var partCells = cells
        partCells.part = (slot, part)
        _ = add(partCells)
      }
      if !parts.isEmpty { return }
    } else if add(cells) {
      return
    } else if end.template.slots.count == 1, let slot = end.template.slots.first,
      cells.values(slot).count > 1
    {
      for value in cells.values(slot) {
        var valueCells = cells
        valueCells.part = (slot, value)
        _ = add(valueCells)
      }
      return
    }
    if !end.isOptional {
      reportEmpty(
        end.template, cells, "so that the \(thing.schema.name) has no \(end.role)",
        orElse: ", or let the mapping say 'optional: true'")
    }
  }

  // MARK: Values

  private mutating func properties(of thing: ThingRule, _ cells: RowCells) -> [PropertyValue] {
    var result: [PropertyValue] = []
    for rule in thing.properties {
      for value in rule.values {
        let column = value.template.onlySlot.map { self.rule.columns[$0].name }
        for text in texts(value, cells) {
          guard let text = typed(text, rule.property, value, thing.schema, cells) else { continue }
          let known = PropertyValue(rule.property.name, text, column: column)
          // Two columns that hold the same name say it once.
          if result.contains(where: { $0.property == known.property && $0.value == text }) {
            continue
          }
          result.append(known)
        }
      }
    }
    for property in thing.schema.properties where !property.isMultiple {
      let count = result.count { $0.property == property.name }
      if count > 1 { report(cells, nil, "\(count) values of \(property.name)", "one") }
    }
    return result
  }

  /// The texts that a rule takes from a row: none, one, or the parts of a cell.
  private mutating func texts(_ rule: ValueRule, _ cells: RowCells) -> [String] {
    var several: [String]?
    if cells.row.record != nil {
      if let slot = rule.template.onlySlot, cells.values(slot).count > 1 {
        several = cells.values(slot)
      } else if let slot = rule.template.slots.first(where: { cells.defect($0) != nil }) {
        reportDefect(slot, cells)
        return []
      }
    }
    guard let text = several?.first ?? rule.template.text(cells) else {
      if let stand = rule.values?[""], !stand.isEmpty { return [stand] }
      return []
    }
    var parts = several ?? [text]
    if let separator = rule.separator { parts = RowCells.parts(text, separator: separator) }
    guard let values = rule.values else { return parts }
    return parts.compactMap { part in
      if let value = values[part] ?? rule.otherwise { return value.isEmpty ? nil : value }
      report(
        cells, rule.template.slots.first, "the value \(quoted(part))",
        "one of " + values.keys.filter { !$0.isEmpty }.sorted().joined(separator: ", "),
        "add it to 'values' in the mapping, or correct the cell")
      return nil
    }
  }

  private mutating func typed(
    _ text: String, _ property: Schema.Property, _ value: ValueRule, _ schema: Schema,
    _ cells: RowCells
  ) -> String? {
    let slot = value.template.slots.first
    switch property.type {
    case .date: return date(text, value, cells)?.text
    case .number:
      if let number = DecimalText.canonical(text, decimalComma: rule.decimalComma) { return number }
      report(
        cells, slot, "\(quoted(text)) is no number", "a finite decimal number",
        rule.decimalComma ? nil : "if it has a decimal comma, declare decimal: \",\"")
    case .integer:
      if let number = DecimalText.canonical(text, decimalComma: rule.decimalComma),
        DecimalText.isInteger(number)
      {
        return number
      }
      report(cells, slot, "\(quoted(text)) is no whole number", "digits")
    case .boolean:
      if text == "true" || text == "false" { return text }
      report(
        cells, slot, "\(quoted(text)) is neither true nor false", "true or false",
        "let the mapping say what it stands for with 'values'")
    default:
      guard property.name == "category", schema.isA("Person") else { return text }
      if DataSubjectCategory(rawValue: text) != nil { return text }
      report(
        cells, slot, "\(quoted(text)) is no category of data subject",
        DataSubjectCategory.allCases.map(\.rawValue).joined(separator: ", "),
        "let the mapping say what it stands for with 'values'")
    }
    return nil
  }

  private mutating func date(_ text: String, _ rule: ValueRule, _ cells: RowCells) -> PartialDate? {
    let form = rule.dates ?? self.rule.dates
    var iso: String? = text
    if let form { iso = form.iso(text) }
    if let zone = self.rule.zone, let local = iso {
      switch zone.completing(local) {
      case .success(let text): iso = text
      case .failure(let problem):
        report(
          cells, rule.template.slots.first, "\(quoted(text)) \(problem.what)", problem.expected,
          problem.advice)
        return nil
      }
      // A moment is read as a start and as an end.
      if zone.isAmbiguous(local), let slot = rule.template.slots.first,
        ambiguous.last != [cells.row.number, slot]
      {
        ambiguous.last = [cells.row.number, slot]
        ambiguous.count += 1
        if ambiguous.first == nil {
          ambiguous.first = cells.row.problem(
            at: fields[slot], what: "\(quoted(text)) was twice in \(zone.name)")
        }
      }
    }
    if let iso, let date = PartialDate(iso) { return date }
    report(
      cells, rule.template.slots.first, "\(quoted(text)) is no date",
      form.map { "a date in the form \($0.pattern)" }
        ?? "a date such as 2024, 2024-03-04 or 2024-03-04T10:20Z",
      form == nil ? "declare the form of the column's dates with 'dates'" : nil)
    return nil
  }

  private mutating func interval(
    _ start: ValueRule?, _ end: ValueRule?, _ cells: RowCells
  ) -> Interval? {
    func text(_ rule: ValueRule?) -> (ValueRule, String)? {
      guard let rule, let text = rule.template.text(cells) else { return nil }
      guard let values = rule.values else { return (rule, text) }
      return (values[text] ?? text).isEmpty ? nil : (rule, values[text] ?? text)
    }
    let before = problems.count
    let startDate = text(start).flatMap { date($1, $0, cells) }
    guard problems.count == before else { return nil }
    let endDate = text(end).flatMap { date($1, $0, cells) }
    guard problems.count == before, startDate != nil || endDate != nil else { return nil }
    let interval = Interval(start: startDate, end: endDate)
    if interval.isReversed {
      report(
        cells, end?.template.slots.first,
        "the end \(quoted(endDate?.text ?? "")) is before the start "
          + quoted(startDate?.text ?? ""), "an end that is not before the start")
      return nil
    }
    return interval
  }

  // MARK: Evidence

  private mutating func evidence(
    of thing: ThingRule, _ cells: RowCells
  ) -> (source: String?, grade: Grade?, handling: String?, standing: Assertion.Standing) {
    let rules = thing.evidence
    var source: String?
    switch rules.origin {
    case .source(let index): source = sources[index].name
    case .column(let slot):
      let name = cells[slot]
      source = sources.first { $0.name == name }?.name
      if source == nil {
        report(
          cells, slot, name.isEmpty ? "no source" : "the source \(quoted(name)) is not declared",
          "one of " + sources.map(\.name).joined(separator: ", "),
          "declare it under 'sources' in the mapping")
      }
    case nil: break
    }
    var grade: Grade?
    if let rule = rules.grade, let scheme = rules.scheme, let code = texts(rule, cells).first {
      do {
        grade = try grading.grade(code, scheme: scheme)
      } catch {
        report(cells, rule.template.slots.first, error.description, nil)
      }
    }
    var handling: String?
    if let rule = rules.handling, let code = texts(rule, cells).first {
      do {
        handling = try grading.handlingCode(code)
      } catch {
        report(cells, rule.template.slots.first, error.description, nil)
      }
    }
    var standing = Assertion.Standing.fact
    if let rule = rules.standing, let word = texts(rule, cells).first {
      if let known = Assertion.Standing(rawValue: word) {
        standing = known
      } else {
        report(
          cells, rule.template.slots.first, "the standing \(quoted(word))", "fact or assessment")
      }
    }
    return (source, grade, handling, standing)
  }

  // MARK: Problems

  private mutating func reportEmpty(
    _ template: MappingTemplate, _ cells: RowCells, _ consequence: String, orElse: String = ""
  ) {
    if let slot = template.slots.first(where: { cells.defect($0) != nil }) {
      return reportDefect(slot, cells)
    }
    let slot = template.emptySlot(cells)
    let name = slot.map { rule.columns[$0].name } ?? ""
    report(
      cells, slot, "the column \(quoted(name)) is empty, \(consequence)", "a value",
      "fill the cell\(orElse)")
  }

  private mutating func reportDefect(_ slot: Int, _ cells: RowCells) {
    report(
      cells, slot,
      "\(cells.defect(slot) ?? "nothing") at the path \(quoted(rule.columns[slot].name))",
      "one text or number",
      "name what is in it, or apply the rule to each item of a list with each: { list: PATH }")
  }

  private mutating func report(
    _ cells: RowCells, _ slot: Int?, _ what: String, _ expected: String?, _ advice: String? = nil
  ) {
    let row = cells.row
    if let slot {
      problems.append(
        row.problem(at: fields[slot], what: what, expected: expected, advice: advice))
    } else {
      problems.append(
        Problem(file: row.file, line: row.line, what: what, expected: expected, advice: advice))
    }
  }

  // A bad cell that several rules use is one problem.
  private func inOrderOfPlace(_ problems: [Problem]) -> [Problem] {
    var seen: Set<Problem> = []
    func key(_ problem: Problem) -> (Int, Int) { (problem.line ?? 0, problem.column ?? .max) }
    return problems.filter { seen.insert($0).inserted }.enumerated()
      .sorted { a, b in
        key(a.element) == key(b.element) ? a.offset < b.offset : key(a.element) < key(b.element)
      }.map(\.element)
  }

  private func quoted(_ text: String) -> String { "'" + text.printable(limit: 60) + "'" }
}
