// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Reads a mapping file into rules and lists everything that is wrong with it.
struct MappingParser {
  let name: String
  let ontology: Ontology
  let grading: GradingSchemes
  var problems = ProblemList()
  var sources: [Source] = []
  var files: [FileRule] = []
  // What the whole mapping and the file being read declare.
  var scheme: String?
  var file = FileRule(file: "", place: MappingPlace(line: 1, column: 1))

  init(name: String, ontology: Ontology, grading: GradingSchemes) {
    self.name = name
    self.ontology = ontology
    self.grading = grading
  }

  mutating func read(_ root: YAMLValue) {
    let parts = entries(root, of: "a mapping", allowed: ["grading", "sources", "files"])
    if let entry = parts["grading"] { scheme = gradingScheme(entry.value) }
    if let entry = parts["sources"] { readSources(entry.value) }
    guard let entry = parts["files"] else {
      report(root, "no 'files'", expected: "the list of files and what their rows say")
      return
    }
    var seen: Set<String> = []
    for value in list(entry.value) {
      guard let rule = fileRule(value) else { continue }
      guard seen.insert(rule.file).inserted else {
        report(value, "the file '\(rule.file)' occurs twice", advice: "put its rules together")
        continue
      }
      files.append(rule)
    }
    if files.isEmpty, problems.isEmpty { report(entry.value, "no file", expected: "at least one") }
  }

  private mutating func readSources(_ value: YAMLValue) {
    guard case .map(let map) = value.content else {
      report(value, "no names of sources", expected: "name: { kind: register, grade: A1 }")
      return
    }
    for entry in map {
      let parts = entries(
        entry.value, of: "a source", allowed: ["kind", "grading", "grade", "handling"])
      guard let kind = parts["kind"].flatMap({ word($0.value) }) else {
        if parts["kind"] == nil {
          report(
            entry.value, "the source '\(entry.key)' has no kind",
            expected: "kind: register, callRecords, surveillance, informantReport …")
        }
        continue
      }
      let scheme = parts["grading"].flatMap { gradingScheme($0.value) } ?? scheme
      var source = Source(name: entry.key, kind: kind)
      if let grade = parts["grade"], let code = word(grade.value) {
        source.grade = gradeCode(code, scheme: scheme, at: grade.value)
      }
      if let handling = parts["handling"], let code = word(handling.value) {
        source.handling = handlingCode(code, at: handling.value)
      }
      sources.append(source)
    }
  }

  private mutating func fileRule(_ value: YAMLValue) -> FileRule? {
    let parts = entries(
      value, of: "a file",
      allowed: [
        "file", "source", "sourceColumn", "grading", "grade", "handling", "standing", "valid",
        "dates", "zone", "decimal", "empty", "delimiter", "encoding", "header", "skip", "headerAt",
        "until",
        "sheet", "format", "records", "duplicates", "when",
        "entities", "relationships", "events",
      ])
    guard let name = parts["file"], let text = word(name.value) else {
      if parts["file"] == nil { report(value, "a file without a name", expected: "file: NAME") }
      return nil
    }
    file = FileRule(file: text, place: place(name.value))
    if text.utf8.contains(UInt8(ascii: "/")) {
      report(name.value, "a path in the name of a file", expected: "the file's name alone")
    }
    readForms(parts)
    if let when = parts["when"] { file.conditions = conditions(when.value) }
    let evidence = evidence(parts, over: ThingRule.Evidence())
    if parts["source"] == nil, parts["sourceColumn"] == nil, !ruleNamesSource(parts) {
      report(
        value, "the file '\(text)' has no source", expected: "source: or sourceColumn:",
        advice: "declare where its information comes from")
    }
    for (key, kind) in [
      ("entities", Schema.Kind.entity), ("relationships", .relationship), ("events", .event),
    ] {
      guard let entry = parts[key] else { continue }
      for item in list(entry.value) {
        if let thing = thingRule(item, kind: kind, evidence: evidence) {
          file.things.append(thing)
        }
      }
    }
    if file.things.isEmpty, problems.isEmpty {
      report(
        value, "the file '\(text)' yields nothing",
        expected: "entities, relationships or events")
    }
    return file
  }

  // Whether every rule of a file names its source itself.
  private func ruleNamesSource(_ parts: [String: YAMLValue.Entry]) -> Bool {
    ["entities", "relationships", "events"].compactMap { parts[$0] }.allSatisfy { entry in
      guard case .list(let items) = entry.value.content else { return true }
      return items.allSatisfy { item in
        guard case .map(let map) = item.content else { return true }
        return map.contains { $0.key == "source" || $0.key == "sourceColumn" }
      }
    }
  }

  private mutating func readForms(_ parts: [String: YAMLValue.Entry]) {
    if let entry = parts["dates"] { file.dates = dateForm(entry.value) }
    if let entry = parts["zone"] { file.zone = zone(entry.value) }
    readRecords(parts)
    if let entry = parts["decimal"], let text = word(entry.value) {
      file.decimalComma = text == ","
      if text != ",", text != "." {
        report(entry.value, "the decimal mark '\(text)'", expected: "\",\" or \".\"")
      }
    }
    if let entry = parts["duplicates"], let text = word(entry.value) {
      if text == "number" { file.reading.duplicateNames = .number }
      if !["number", "refuse"].contains(text) {
        report(entry.value, "duplicates: '\(text)'", expected: "refuse or number")
      }
    }
    if let entry = parts["sheet"] { file.sheet = word(entry.value) }
    if let entry = parts["empty"] { file.blanks = texts(entry.value) }
    file.reading.header = .present
    if let entry = parts["header"] {
      file.reading.header = flag(entry.value) == false ? .absent : .present
    }
    if let entry = parts["delimiter"], let text = word(entry.value) {
      file.reading.delimiter = Dialect.Delimiter(name: text)
      if file.reading.delimiter == nil {
        report(
          entry.value, "the delimiter '\(text)'",
          expected: "comma, semicolon, tab, bar or one character")
      }
    }
    if let entry = parts["encoding"], let text = word(entry.value) {
      file.reading.encoding = TextEncoding(name: text)
      if file.reading.encoding == nil {
        report(
          entry.value, "the encoding '\(text)'",
          expected: TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))
      }
    }
    if let entry = parts["until"], let text = word(entry.value) {
      file.endsAtBlankRow = text == "blank"
      if text != "blank" { report(entry.value, "until: \(text)", expected: "blank") }
    }
    if let entry = parts["headerAt"] {
      file.reading.headerCell = word(entry.value)
      for key in ["skip", "header"] where parts[key] != nil {
        report(entry.value, "'headerAt' beside '\(key)'", expected: "one of the two")
      }
    }
    if let entry = parts["skip"], let text = word(entry.value) {
      if let count = Int(text), count >= 0 {
        file.reading.skippedLines = count
      } else {
        report(entry.value, "'\(text)' lines to skip", expected: "a whole number")
      }
    }
  }

  private mutating func readRecords(_ parts: [String: YAMLValue.Entry]) {
    if let entry = parts["format"], let text = word(entry.value) {
      if text != "table" {
        file.format = RecordFormat(rawValue: text)
        if file.format == nil {
          report(
            entry.value, "the format '\(text)'",
            expected: "table, " + RecordFormat.allCases.map(\.rawValue).joined(separator: " or "))
        }
      }
    }
    if let entry = parts["records"] {
      file.records = word(entry.value)
      if file.format != .json {
        report(entry.value, "'records' of a file that is no JSON", expected: "format: json")
      }
    }
    guard file.format != nil else { return }
    for key in ["delimiter", "header", "skip", "headerAt", "until", "sheet", "duplicates"] {
      guard let entry = parts[key] else { continue }
      report(entry.value, "'\(key)' of a file that is no table", advice: "leave it out")
    }
  }

  /// An offset, or the name of a zone with what to do about times that were twice.
  private mutating func zone(_ value: YAMLValue) -> MappingZone? {
    var fold: MappingZone.Fold?
    var name = value
    if case .map = value.content {
      let parts = entries(value, of: "a zone", allowed: ["name", "ambiguous"])
      guard let entry = parts["name"] else {
        report(value, "a zone without a name", expected: "{ name: Europe/Brussels }")
        return nil
      }
      name = entry.value
      if let entry = parts["ambiguous"], let text = word(entry.value) {
        fold = MappingZone.Fold(rawValue: text)
        if fold == nil, text != "refuse" {
          report(entry.value, "ambiguous: \(text)", expected: "refuse, earlier or later")
        }
      }
    }
    guard let text = word(name) else { return nil }
    do {
      return try MappingZone(text, fold: fold)
    } catch {
      report(name, error.what, expected: error.expected, advice: error.advice)
      return nil
    }
  }
}
