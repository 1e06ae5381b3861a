// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

extension MappingParser {
  // MARK: Values, templates and conditions

  /// A bare word is a column; a map says more.
  mutating func valueRule(_ value: YAMLValue) -> ValueRule? {
    if case .text(let text) = value.content {
      guard !text.isEmpty else {
        report(value, "an empty value", expected: "the name of a column")
        return nil
      }
      return ValueRule(template: .column(slot(text, at: value)))
    }
    let parts = entries(
      value, of: "a value",
      allowed: [
        "column", "template", "join", "with", "constant", "values", "others", "split", "date",
      ])
    let origins = ["column", "template", "join", "constant"].compactMap { parts[$0] }
    guard origins.count == 1, let origin = origins.first else {
      report(
        value, "a value from \(origins.count) origins",
        expected: "one of column, template, join or constant")
      return nil
    }
    guard var rule = valueRule(from: origin, with: parts["with"]) else { return nil }
    rule.separator = parts["split"].flatMap { word($0.value) }
    rule.dates = parts["date"].flatMap { dateForm($0.value) }
    if let entry = parts["values"] {
      guard case .map(let map) = entry.value.content else {
        report(entry.value, "no table of values", expected: "cell: value")
        return nil
      }
      rule.values = [:]
      for pair in map {
        guard case .text(let text) = pair.value.content else {
          report(pair.value, "no text", expected: "what '\(pair.key)' stands for")
          continue
        }
        rule.values?[pair.key] = text
      }
    }
    if let entry = parts["others"] {
      if case .text(let text) = entry.value.content { rule.otherwise = text }
      if rule.values == nil {
        report(entry.value, "'others' without 'values'", expected: "values: { cell: value }")
      }
    }
    return rule
  }

  private mutating func valueRule(
    from origin: YAMLValue.Entry, with separator: YAMLValue.Entry?
  ) -> ValueRule? {
    if origin.key != "join", let separator {
      report(separator.value, "'with' without 'join'", expected: "join: [column, column]")
    }
    if origin.key == "join" {
      let names = texts(origin.value)
      guard !names.isEmpty else { return nil }
      let slots = names.map { slot($0, at: origin.value) }
      let text = separator.flatMap { word($0.value) } ?? " "
      return ValueRule(template: MappingTemplate(parts: [.joined(slots, separator: text)]))
    }
    guard let text = word(origin.value) else { return nil }
    switch origin.key {
    case "column": return ValueRule(template: .column(slot(text, at: origin.value)))
    case "constant": return .constant(text)
    default: return template(text, at: origin.value).map { ValueRule(template: $0) }
    }
  }

  mutating func template(_ text: String, at value: YAMLValue) -> MappingTemplate? {
    var parts: [MappingTemplate.Part] = []
    var literal: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    func flush() {
      if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    while let byte = bytes.popFirst() {
      if byte == open || byte == close, bytes.first == byte {
        literal.append(byte)
        bytes.removeFirst()
      } else if byte == open {
        guard let end = bytes.firstIndex(of: close), end > bytes.startIndex else {
          report(value, "an open brace in '\(text)'", expected: "{column}; {{ for a brace itself")
          return nil
        }
        flush()
        let name = String(decoding: bytes[..<end], as: UTF8.self)
        parts.append(.slot(slot(name, at: value)))
        bytes = bytes[(end + 1)...]
      } else if byte == close {
        report(value, "a lone '}' in '\(text)'", expected: "{column}; }} for a brace itself")
        return nil
      } else {
        literal.append(byte)
      }
    }
    flush()
    guard !parts.isEmpty else {
      report(value, "an empty text", expected: "such as person:{number}")
      return nil
    }
    return MappingTemplate(parts: parts)
  }

  mutating func conditions(_ value: YAMLValue) -> [MappingCondition] {
    guard case .map(let map) = value.content else {
      report(value, "no condition", expected: "column: value")
      return []
    }
    return map.map { entry in
      let slot = slot(entry.key, line: entry.line, column: entry.column)
      if case .map = entry.value.content {
        let parts = entries(entry.value, of: "a condition", allowed: ["not"])
        let values = parts["not"].map { texts($0.value) } ?? []
        return MappingCondition(slot: slot, values: values, isNegated: true)
      }
      return MappingCondition(slot: slot, values: texts(entry.value), isNegated: false)
    }
  }

  mutating func slot(_ name: String, at value: YAMLValue) -> Int {
    slot(name, line: value.line, column: value.column)
  }

  private mutating func slot(_ name: String, line: Int, column: Int) -> Int {
    if let slot = file.columns.firstIndex(where: { $0.name == name }) { return slot }
    file.columns.append(
      ColumnUse(name: name, place: MappingPlace(line: line, column: column)))
    return file.columns.count - 1
  }

  mutating func dateForm(_ value: YAMLValue) -> DateForm? {
    guard let text = word(value) else { return nil }
    if let form = DateForm(text) { return form }
    report(
      value, "'\(text)' is no form of a date",
      expected:
        "yyyy (or [20]yy), MM (or MMM), dd, HH, mm, ss, SSS and X with marks between, such as dd/MM/yyyy"
    )
    return nil
  }

  // MARK: Codes

  mutating func gradingScheme(_ value: YAMLValue) -> String? {
    guard let name = word(value) else { return nil }
    do {
      return try grading.scheme(name).name
    } catch {
      report(value, error.description)
      return nil
    }
  }

  mutating func gradeCode(_ code: String, scheme: String?, at value: YAMLValue) -> Grade? {
    guard let scheme else {
      report(
        value, "a grade without a grading scheme",
        expected: "grading: " + grading.schemes.map(\.name).joined(separator: " or "))
      return nil
    }
    do {
      return try grading.grade(code, scheme: scheme)
    } catch {
      report(value, error.description)
      return nil
    }
  }

  mutating func handlingCode(_ code: String, at value: YAMLValue) -> String? {
    do {
      return try grading.handlingCode(code)
    } catch {
      report(value, error.description)
      return nil
    }
  }

  // MARK: YAML

  /// The entries of a map by key; keys that are not allowed are reported.
  mutating func entries(
    _ value: YAMLValue, of what: String, allowed: [String]
  ) -> [String: YAMLValue.Entry] {
    guard case .map(let map) = value.content else {
      report(value, "no keys of \(what)", expected: allowed.joined(separator: ", "))
      return [:]
    }
    var result: [String: YAMLValue.Entry] = [:]
    for entry in map {
      guard allowed.contains(entry.key) else {
        report(
          line: entry.line, column: entry.column, "'\(entry.key)' is no part of \(what)",
          expected: "one of " + allowed.joined(separator: ", "),
          advice: suggestion(entry.key, allowed))
        continue
      }
      result[entry.key] = entry
    }
    return result
  }

  mutating func word(_ value: YAMLValue) -> String? {
    if case .text(let text) = value.content, !text.isEmpty { return text }
    report(value, "no word", expected: "one word or text")
    return nil
  }

  mutating func texts(_ value: YAMLValue) -> [String] {
    listOrOne(value).compactMap {
      guard case .text(let text) = $0.content else {
        report($0, "no word", expected: "one word or text")
        return nil
      }
      return text
    }
  }

  mutating func flag(_ value: YAMLValue) -> Bool? {
    switch value.content {
    case .text("true"): return true
    case .text("false"): return false
    default:
      report(value, "neither yes nor no", expected: "true or false")
      return nil
    }
  }

  mutating func list(_ value: YAMLValue) -> [YAMLValue] {
    if case .list(let list) = value.content { return list }
    report(value, "no list", expected: "items that begin with a dash")
    return []
  }

  func listOrOne(_ value: YAMLValue) -> [YAMLValue] {
    if case .list(let list) = value.content { list } else { [value] }
  }

  func place(_ value: YAMLValue) -> MappingPlace {
    MappingPlace(line: value.line, column: value.column)
  }

  func kindName(_ kind: Schema.Kind) -> String {
    switch kind {
    case .entity: "an entity"
    case .relationship: "a relationship"
    case .event: "an event"
    }
  }

  // MARK: Problems

  mutating func report(
    _ value: YAMLValue, _ what: String, expected: String? = nil, advice: String? = nil
  ) {
    report(line: value.line, column: value.column, what, expected: expected, advice: advice)
  }

  mutating func report(
    line: Int, column: Int, _ what: String, expected: String? = nil, advice: String? = nil
  ) {
    problems.add(
      Problem(
        file: name, line: line, column: column, what: what, expected: expected, advice: advice))
  }

  mutating func reportSchema(
    _ error: CaseModelError, _ word: String, kind: Schema.Kind, at value: YAMLValue
  ) {
    let known = ontology.schemata(of: kind).map(\.name)
    guard case .unknownSchema = error else {
      report(value, error.description)
      return
    }
    report(
      value, "the schema '\(word)' is not known",
      expected: "\(kindName(kind)): one of " + known.joined(separator: ", "),
      advice: suggestion(word, known))
  }

  /// Advice that names the known word nearest to one that is not known.
  func suggestion(_ word: String, _ known: [String]) -> String? {
    NearWord.nearest(to: word, in: known).map { "did you mean '\($0)'?" }
  }
}
