// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

extension MappingParser {
  mutating func thingRule(
    _ value: YAMLValue, kind: Schema.Kind, evidence inherited: ThingRule.Evidence
  ) -> ThingRule? {
    var allowed = [
      "id", "schema", "when", "each", "properties", "source", "sourceColumn", "grading", "grade",
      "handling", "standing", "valid",
    ]
    switch kind {
    case .entity: allowed += ["unique", "once"]
    case .relationship: allowed.append("ends")
    case .event: allowed += ["participants", "time", "start", "end"]
    }
    let parts = entries(value, of: kindName(kind), allowed: allowed)
    guard let named = parts["schema"], let word = word(named.value) else {
      if parts["schema"] == nil { report(value, "no schema", expected: "schema: NAME") }
      return nil
    }
    let schema: Schema
    do {
      schema = try ontology.schema(word, kind: kind)
    } catch {
      reportSchema(error, word, kind: kind, at: named.value)
      return nil
    }
    var rule = ThingRule(schema: schema, place: place(value))
    if let entry = parts["each"] { rule.each = each(entry.value) }
    if let entry = parts["id"], let text = self.word(entry.value) {
      rule.id = template(text, at: entry.value)
      if kind == .entity, rule.id?.slots.isEmpty == true {
        report(entry.value, "an id without a column", expected: "such as person:{number}")
      }
    } else if kind == .entity, parts["id"] == nil {
      report(value, "an entity without an id", expected: "id: \"\(word.lowercased()):{column}\"")
    }
    if let entry = parts["unique"] { rule.isUnique = flag(entry.value) }
    if let entry = parts["once"] {
      rule.isOnce = flag(entry.value) ?? false
      if rule.isOnce, rule.isUnique == true {
        report(entry.value, "'once' beside 'unique: true'", expected: "one of the two")
      }
    }
    if let entry = parts["when"] { rule.conditions = conditions(entry.value) }
    if let entry = parts["properties"] { rule.properties = properties(entry.value, of: schema) }
    if let entry = parts["ends"] { rule.ends = ends(entry.value, of: schema) }
    if let entry = parts["participants"] { rule.ends = ends(entry.value, of: schema) }
    if let entry = parts["time"] {
      rule.start = valueRule(entry.value)
      rule.isPoint = true
      for key in ["start", "end"] where parts[key] != nil {
        report(entry.value, "'time' beside '\(key)'", expected: "one of the two")
      }
    }
    if let entry = parts["start"] { rule.start = valueRule(entry.value) }
    if let entry = parts["end"] { rule.end = valueRule(entry.value) }
    rule.evidence = evidence(parts, over: inherited)
    checkEnds(of: rule, at: parts["ends"]?.value ?? parts["participants"]?.value ?? value)
    return rule
  }

  private mutating func checkEnds(of rule: ThingRule, at value: YAMLValue) {
    guard rule.schema.kind != .entity else { return }
    guard !rule.ends.isEmpty else {
      report(
        value, "the \(rule.schema.name) joins nobody",
        expected: "its roles: " + rule.schema.roles.map(\.name).joined(separator: ", "))
      return
    }
    guard rule.schema.kind == .relationship, let arc = rule.schema.arc else { return }
    for role in [arc.source, arc.target] where !rule.ends.contains(where: { $0.role == role }) {
      report(
        value, "the \(rule.schema.name) has no \(role)", expected: "an entity in that role",
        advice: "without it the relationship joins nothing")
    }
  }

  private mutating func properties(
    _ value: YAMLValue, of schema: Schema
  ) -> [ThingRule.PropertyRule] {
    guard case .map(let map) = value.content else {
      report(value, "no names of properties", expected: "property: column")
      return []
    }
    var rules: [ThingRule.PropertyRule] = []
    for entry in map {
      guard let property = schema.property(entry.key) else {
        let known = schema.properties.map(\.name)
        report(
          line: entry.line, column: entry.column,
          "\(schema.name) has no property '\(entry.key)'",
          expected: "one of " + known.joined(separator: ", "),
          advice: suggestion(entry.key, known))
        continue
      }
      var values: [ValueRule] = []
      for item in listOrOne(entry.value) {
        guard let rule = valueRule(item) else { continue }
        if rule.dates != nil, property.type != .date {
          report(item, "a form of date for '\(property.name)', which is no date")
        }
        values.append(rule)
      }
      rules.append(ThingRule.PropertyRule(property: property, values: values))
    }
    return rules
  }

  private mutating func ends(_ value: YAMLValue, of schema: Schema) -> [EndRule] {
    guard case .map(let map) = value.content else {
      report(value, "no roles", expected: "role: \"person:{column}\"")
      return []
    }
    var rules: [EndRule] = []
    for entry in map {
      guard let role = schema.role(entry.key) else {
        let known = schema.roles.map(\.name)
        report(
          line: entry.line, column: entry.column, "\(schema.name) has no role '\(entry.key)'",
          expected: "one of " + known.joined(separator: ", "),
          advice: suggestion(entry.key, known))
        continue
      }
      let items = listOrOne(entry.value)
      for item in items {
        guard let rule = endRule(item, role: role.name) else { continue }
        let isSeveral = items.count > 1 && !rule.isOptional || rule.separator != nil
        if isSeveral, !role.isMultiple {
          report(item, "several entities as \(role.name) of \(schema.name)", expected: "one")
        }
        rules.append(rule)
      }
    }
    return rules
  }

  private mutating func endRule(_ value: YAMLValue, role: String) -> EndRule? {
    if case .text(let text) = value.content {
      return template(text, at: value).map {
        EndRule(role: role, template: $0, separator: nil, isOptional: false, conditions: [])
      }
    }
    let parts = entries(value, of: "an end", allowed: ["id", "split", "optional", "when"])
    guard let id = parts["id"], let text = word(id.value),
      let template = template(text, at: id.value)
    else {
      if parts["id"] == nil {
        report(value, "an end without an id", expected: "id: person:{column}")
      }
      return nil
    }
    let separator = parts["split"].flatMap { word($0.value) }
    if separator != nil, template.slots.count != 1 {
      report(id.value, "a split id of \(template.slots.count) columns", expected: "one column")
      return nil
    }
    return EndRule(
      role: role, template: template, separator: separator,
      isOptional: parts["optional"].map { flag($0.value) == true } ?? false,
      conditions: parts["when"].map { conditions($0.value) } ?? [])
  }

  private mutating func each(_ value: YAMLValue) -> ThingRule.Each? {
    let parts = entries(value, of: "'each'", allowed: ["column", "split", "list"])
    if let list = parts["list"], let name = word(list.value) {
      if parts.count > 1 { report(value, "'list' beside another key", expected: "'list' alone") }
      if file.format == nil {
        report(value, "a list of items in a table", expected: "format: jsonlines or json")
      }
      return .item(slot: slot(name, at: list.value))
    }
    guard let column = parts["column"], let name = word(column.value), let split = parts["split"],
      let separator = word(split.value)
    else {
      if parts["column"] == nil || parts["split"] == nil {
        report(
          value, "'each' without its column or its mark",
          expected: "{ column: c, split: \";\" }, or { list: PATH } for records")
      }
      return nil
    }
    return .part(slot: slot(name, at: column.value), separator: separator)
  }

  /// What a file or a rule says of source, grade, handling, standing and validity.
  mutating func evidence(
    _ parts: [String: YAMLValue.Entry], over inherited: ThingRule.Evidence
  ) -> ThingRule.Evidence {
    var result = inherited
    if inherited.scheme == nil { result.scheme = scheme }
    if let entry = parts["grading"], let found = gradingScheme(entry.value) {
      result.scheme = found
    }
    if let entry = parts["source"], let name = word(entry.value) {
      if let index = sources.firstIndex(where: { $0.name == name }) {
        result.origin = .source(index)
      } else {
        let known = sources.map(\.name)
        report(
          entry.value, "the source '\(name)' is not declared",
          expected: known.isEmpty
            ? "'sources' that declares it" : "one of " + known.joined(separator: ", "),
          advice: suggestion(name, known))
      }
    }
    if let entry = parts["sourceColumn"], let name = word(entry.value) {
      if parts["source"] != nil { report(entry.value, "'source' beside 'sourceColumn'") }
      result.origin = .column(slot(name, at: entry.value))
    }
    let scheme = result.scheme
    if let entry = parts["grade"] {
      result.grade = codeOrColumn(entry.value) { parser, code in
        guard let scheme = scheme ?? parser.scheme else { return false }
        return (try? parser.grading.grade(code, scheme: scheme)) != nil
      }
      if scheme == nil {
        report(
          entry.value, "a grade without a grading scheme",
          expected: "grading: " + grading.schemes.map(\.name).joined(separator: " or "))
      }
      if let code = result.grade?.template.constantText {
        _ = gradeCode(code, scheme: scheme, at: entry.value)
      }
    }
    if let entry = parts["handling"] {
      result.handling = codeOrColumn(entry.value) { parser, code in
        (try? parser.grading.handlingCode(code)) != nil
      }
      if let code = result.handling?.template.constantText {
        _ = handlingCode(code, at: entry.value)
      }
    }
    if let entry = parts["standing"] {
      result.standing = codeOrColumn(entry.value) { _, word in
        Assertion.Standing(rawValue: word) != nil
      }
    }
    if let entry = parts["valid"] {
      let bounds = entries(entry.value, of: "'valid'", allowed: ["start", "end"])
      result.validStart = bounds["start"].flatMap { valueRule($0.value) }
      result.validEnd = bounds["end"].flatMap { valueRule($0.value) }
    }
    return result
  }

  // A word that is a code stands for itself, every other word for a column.
  private mutating func codeOrColumn(
    _ value: YAMLValue, isCode: (MappingParser, String) -> Bool
  ) -> ValueRule? {
    if case .text(let text) = value.content, isCode(self, text) { return .constant(text) }
    return valueRule(value)
  }
}

extension MappingTemplate {
  /// The text, when no column is in it.
  var constantText: String? {
    if parts.count == 1, case .literal(let text) = parts[0] { text } else { nil }
  }
}
