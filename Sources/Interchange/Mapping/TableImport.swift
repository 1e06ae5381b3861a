// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// One run of reading mapped tables: opening, defining entities, handing over assertions.
struct TableImport {
  private struct Table {
    let input: Input
    let name: String
    let rule: FileRule
    let fields: [Int]
  }

  private struct RowKey: Hashable {
    let table: Int
    let line: Int
  }

  private let mapping: ImportMapping
  private let schemaNumbers: [String: Int]
  private var tables: [Table] = []
  private var index = SubjectIndex()
  // Rows that are refused although their form is right, known before anything is handed over.
  private var excluded: Set<RowKey> = []
  // Ids that rules marked as keys have met, by table and rule.
  private var keys: [[Set<String>]] = []
  private var repeats: [[(count: Int, first: Problem?)]] = []
  private var problems = ProblemList()
  private(set) var summary = ImportSummary()

  init(mapping: ImportMapping) {
    self.mapping = mapping
    schemaNumbers = Dictionary(
      uniqueKeysWithValues: mapping.ontology.schemata.enumerated().map { ($1.name, $0) })
  }

  // MARK: Opening

  /// Opens each file and finds its columns.
  mutating func open(_ inputs: [(rule: Int, input: Input)]) throws(InterchangeError) {
    for (rule, input) in inputs {
      let rule = mapping.rules[rule]
      if case .standardInput = input {
        throw .request("a mapped table cannot be read from standard input; name a file")
      }
      do {
        let reader = try MappedRows(input, rule)
        for warning in reader.warnings { problems.add(warning) }
        let fields = fields(of: rule, in: reader)
        let name =
          MappedTables.baseName(input) + (rule.sheet.map { "#\($0)" } ?? "")
        tables.append(Table(input: input, name: name, rule: rule, fields: fields))
        summary.files.append(.init(name: name, detections: reader.detections))
      } catch {
        add(error, file: input.description)
      }
    }
    try problems.throwIfErrors()
  }

  private mutating func fields(of rule: FileRule, in reader: MappedRows) -> [Int] {
    rule.columns.map { column in
      if let field = reader.header.firstIndex(of: column.name) { return field }
      let near = NearWord.nearest(to: column.name, in: reader.header)
      problems.add(
        Problem(
          file: mapping.name, line: column.place.line, column: column.place.column,
          what: "\(rule.file) has no column '\(column.name)'",
          expected: "one of " + reader.header.prefix(60).joined(separator: ", "),
          advice: near.map { "did you mean '\($0)'?" }
            ?? "see line \(reader.headerLine ?? 1) of the file"))
      return 0
    }
  }

  // MARK: Passes

  /// Notes the entities that sound rows define.
  mutating func defineEntities(_ known: (String) -> String?) {
    index = SubjectIndex()
    for table in tables.indices where tables[table].rule.definesEntities {
      _ = forEachRow(of: table) { this, row, things, rowProblems in
        guard rowProblems.isEmpty,
          this.excluded.isEmpty || !this.excluded.contains(RowKey(table: table, line: row.line))
        else { return }
        for thing in things {
          guard case .entity(let id, let schema) = thing.assertion.subject else { continue }
          if let old = known(id), old != schema { continue }
          this.index.define(
            id, schema: this.schemaNumbers[schema] ?? 0, file: table, line: row.line)
        }
      }
    }
  }

  /// Refuses rows that define entities but are wrong in another way, and what depends on them.
  ///
  /// A row that is refused takes its entities with it, which can leave ends of other rows dangling.
  mutating func settleRefusals(_ known: (String) -> String?) throws(InterchangeError) {
    for _ in 0..<64 {
      let before = excluded.count
      resetKeys()
      for table in tables.indices where tables[table].rule.definesEntities {
        _ = forEachRow(of: table) { this, row, things, rowProblems in
          let key = RowKey(table: table, line: row.line)
          guard rowProblems.isEmpty, !this.excluded.contains(key) else { return }
          var things = things
          if !this.resolve(&things, row, table, known).isEmpty { this.excluded.insert(key) }
        }
      }
      if excluded.count == before { return }
      defineEntities(known)
    }
    throw .request(
      "the refused rows of these tables depend on one another too deeply; correct them")
  }

  /// Hands over the assertions of all rows, or lists what is wrong.
  ///
  /// `blocks` receives the events of plain rows many at a time, in their order among the assertions;
  /// without it each is handed over by itself.
  mutating func emit(
    _ known: (String) -> String?, rejects: ((RefusedRow) throws -> Void)?,
    blocks: ((EventBlock) throws -> Void)?, progress: ((Double) -> Void)?,
    _ append: (Assertion) throws -> Void
  ) throws {
    resetKeys()
    let sizes = tables.map { Double($0.input.byteCount ?? 0) }
    let total = max(1, sizes.reduce(0, +))
    var before = 0.0
    for table in tables.indices {
      let (done, share) = (before / total, sizes[table] / total)
      let isWhole = try emit(
        table, known, rejects, blocks, progress.map { show in { show(done + share * $0) } },
        append)
      before += sizes[table]
      // What cannot be read to its end is refused, with rejects as well.
      if !isWhole, rejects != nil { try problems.throwIfErrors() }
      noteRepeats(table)
    }
    try problems.throwIfErrors()
    summary.warnings = problems.problems.map(\.description)
  }

  private mutating func emit(
    _ table: Int, _ known: (String) -> String?, _ rejects: ((RefusedRow) throws -> Void)?,
    _ blocks: ((EventBlock) throws -> Void)?, _ progress: ((Double) -> Void)?,
    _ append: (Assertion) throws -> Void
  ) throws -> Bool {
    let source = tables[table]
    var mapper = RowMapper(
      rule: source.rule, fields: source.fields, sources: mapping.sources,
      grading: mapping.grading, fileName: source.name)
    var stated: Set<[String]> = []
    do {
      var reader = try MappedRows(source.input, source.rule)
      var plain =
        blocks == nil
        ? nil
        : reader.table.flatMap {
          PlainEventRows(
            $0, source.rule, fields: source.fields, sources: mapping.sources,
            fileName: source.name)
        }
      var sinceShown = 0
      while true {
        if plain != nil {
          while let isOther = reader.table?.readPlain(
            &plain, resolve: { resolved($0, role: $1, of: source.rule, known) }) ?? nil
          {
            try plain?.handOver { block throws in try handOver(block, table, blocks) }
            sinceShown += PlainEventRows.blockSize
            if isOther { break }
            if sinceShown >= 65_536 {
              sinceShown = 0
              progress?(reader.fractionRead)
            }
          }
        }
        guard let row = try reader.next() else { break }
        sinceShown += 1
        if sinceShown >= 65_536 {
          sinceShown = 0
          progress?(reader.fractionRead)
        }
        let (things, rowProblems) = mapper.map(row)
        let sound = try emit(
          row, things, rowProblems, table, known, rejects, &stated, append)
        if let sound { plain?.learn(row, sound) }
      }
      progress?(1)
      for warning in reader.missingPaths(mapping: mapping.name) { problems.add(warning) }
      for note in mapper.notes { problems.add(note) }
      return true
    } catch let error as InterchangeError {
      add(error, file: source.input.description)
      return false
    }
  }

  private mutating func handOver(
    _ block: EventBlock, _ table: Int, _ blocks: ((EventBlock) throws -> Void)?
  ) throws {
    summary.files[table].rowsRead += block.count
    summary.files[table].rowsStored += block.count
    guard problems.errorCount == 0 else { return }
    summary.eventAssertions += block.count
    do { try blocks?(block) } catch { throw HandedOver(error: error) }
  }

  // The id of the entity that a text names, if it may stand in a role of the rule's only event.
  private func resolved(
    _ text: String, role: String, of rule: FileRule, _ known: (String) -> String?
  ) -> String? {
    guard let event = rule.things.first(where: { $0.schema.kind == .event }) else { return nil }
    let entry = index.entity(text)
    let schema = entry.map { mapping.ontology.schemata[Int($0.schema)].name } ?? known(text)
    guard let schema else { return nil }
    let end = End(role: role, entity: text)
    do { try mapping.ontology.check(end, of: schema, in: event.schema.name) } catch { return nil }
    return entry?.id ?? text
  }

  // Hands over one row; what it states, or nil when it is refused.
  private mutating func emit(
    _ row: Row, _ rowThings: [MappedThing], _ rowProblems: [Problem], _ table: Int,
    _ known: (String) -> String?, _ rejects: ((RefusedRow) throws -> Void)?,
    _ stated: inout Set<[String]>, _ append: (Assertion) throws -> Void
  ) throws -> [MappedThing]? {
    var things = rowThings
    var rowProblems = rowProblems
    if rowProblems.isEmpty { rowProblems = resolve(&things, row, table, known) }
    summary.files[table].rowsRead += 1
    if !rowProblems.isEmpty {
      summary.files[table].rowsRefused += 1
      guard let rejects else {
        for problem in rowProblems { problems.add(problem) }
        return nil
      }
      do {
        try rejects(
          RefusedRow(
            file: tables[table].name, line: row.line, reasons: rowProblems.map(\.reason),
            text: String(decoding: row.raw, as: UTF8.self)))
      } catch { throw HandedOver(error: error) }
      return nil
    }
    if things.isEmpty {
      summary.files[table].rowsPassedOver += 1
      return nil
    }
    summary.files[table].rowsStored += 1
    guard problems.errorCount == 0 else { return things }
    for thing in things {
      if tables[table].rule.things[thing.rule].isOnce,
        !stated.insert(thing.statement).inserted
      {
        continue
      }
      count(thing)
      do { try append(thing.assertion) } catch { throw HandedOver(error: error) }
    }
    return things
  }

  private mutating func count(_ thing: MappedThing) {
    switch thing.assertion.subject {
    case .entity: summary.entityAssertions += 1
    case .relationship: summary.relationshipAssertions += 1
    case .event: summary.eventAssertions += 1
    }
  }

  // Reads a table anew; false when it could not be read to its end, which is noted.
  private mutating func forEachRow(
    of table: Int,
    _ body: (inout TableImport, Row, [MappedThing], [Problem]) -> Void
  ) -> Bool {
    let source = tables[table]
    var mapper = RowMapper(
      rule: source.rule, fields: source.fields, sources: mapping.sources,
      grading: mapping.grading, fileName: source.name)
    do {
      var reader = try MappedRows(source.input, source.rule)
      while let row = try reader.next() {
        let (things, rowProblems) = mapper.map(row)
        body(&self, row, things, rowProblems)
      }
      return true
    } catch {
      add(error, file: source.input.description)
      return false
    }
  }

  // MARK: Ids

  /// Checks the ids and ends of a row against all others and brings them to one spelling.
  private mutating func resolve(
    _ things: inout [MappedThing], _ row: Row, _ table: Int, _ known: (String) -> String?
  ) -> [Problem] {
    var found: [Problem] = []
    for position in things.indices {
      let thing = things[position]
      switch thing.assertion.subject {
      case .entity(let id, let schema):
        let problem = checkEntity(id, schema, thing, row, table, known)
        if let problem { found.append(problem) }
        if let entry = index.entity(id) {
          things[position].assertion.subject = .entity(id: entry.id, schema: schema)
        }
      case .relationship(let id, let schema, var ends):
        found += checkEnds(&ends, of: schema, thing, row, known)
        if thing.hasOwnID, let problem = checkTie(id, schema, ends, thing, row, table) {
          found.append(problem)
        }
        things[position].assertion.subject = .relationship(id: id, schema: schema, ends: ends)
      case .event(let id, let schema, let time, var ends):
        found += checkEnds(&ends, of: schema, thing, row, known)
        if thing.hasOwnID, let problem = checkTie(id, schema, ends, thing, row, table) {
          found.append(problem)
        }
        things[position].assertion.subject = .event(
          id: id, schema: schema, time: time, participants: ends)
      }
    }
    return found
  }

  private mutating func checkEntity(
    _ id: String, _ schema: String, _ thing: MappedThing, _ row: Row, _ table: Int,
    _ known: (String) -> String?
  ) -> Problem? {
    if let old = known(id), old != schema {
      return row.problem(
        at: thing.idField, what: "'\(id)' is a \(schema) here, but a \(old) in the case",
        expected: "one schema for one id", advice: "give one of the two another id in the mapping")
    }
    if let entry = index.entity(id), Int(entry.schema) != schemaNumbers[schema] {
      let old = mapping.ontology.schemata[Int(entry.schema)].name
      return row.problem(
        at: thing.idField,
        what: "'\(id)' is a \(schema) here, but a \(old) in \(place(entry))",
        expected: "one schema for one id", advice: "give one of the two another id in the mapping")
    }
    let rule = tables[table].rule.things[thing.rule]
    guard rule.isUnique != false, !rule.isOnce else { return nil }
    guard !keys[table][thing.rule].insert(id).inserted else { return nil }
    let repeated = row.problem(
      at: thing.idField, what: "the id '\(id)' occurs again in this file",
      expected: rule.isUnique == true ? "an id once, as the mapping says 'unique: true'" : nil,
      advice: rule.isUnique == true ? "correct or remove one of the rows" : nil)
    if rule.isUnique == true { return repeated }
    repeats[table][thing.rule].count += 1
    if repeats[table][thing.rule].first == nil { repeats[table][thing.rule].first = repeated }
    return nil
  }

  private func checkEnds(
    _ ends: inout [End], of relation: String, _ thing: MappedThing, _ row: Row,
    _ known: (String) -> String?
  ) -> [Problem] {
    var found: [Problem] = []
    for position in ends.indices {
      let end = ends[position]
      let schema: String
      if let entry = index.entity(end.entity) {
        schema = mapping.ontology.schemata[Int(entry.schema)].name
        ends[position].entity = entry.id
      } else if let old = known(end.entity) {
        schema = old
      } else {
        found.append(
          row.problem(
            at: thing.endFields[position],
            what: "nothing defines '\(end.entity)', the \(end.role) of this \(relation)",
            expected: "an entity of this import or of the case",
            advice: "add its row, or correct the id"))
        continue
      }
      do {
        try mapping.ontology.check(end, of: schema, in: relation)
      } catch {
        found.append(row.problem(at: thing.endFields[position], what: error.description))
      }
    }
    return found
  }

  private mutating func checkTie(
    _ id: String, _ schema: String, _ ends: [End], _ thing: MappedThing, _ row: Row, _ table: Int
  ) -> Problem? {
    let entry = index.claimTie(
      id, schema: schemaNumbers[schema] ?? 0, content: ends.hashValue, file: table, line: row.line)
    guard Int(entry.schema) != schemaNumbers[schema] || entry.content != ends.hashValue else {
      return nil
    }
    return row.problem(
      at: thing.idField, what: "the id '\(id)' stands for something else in \(place(entry))",
      expected: "the same schema and ends, or another id", advice: "correct one of the rows")
  }

  private func place(_ entry: SubjectIndex.Entry) -> String {
    "\(tables[Int(entry.file)].name):\(entry.line)"
  }

  private mutating func resetKeys() {
    keys = tables.map { $0.rule.things.map { _ in [] } }
    repeats = tables.map { $0.rule.things.map { _ in (0, nil) } }
    index.forgetTies()
  }

  private mutating func noteRepeats(_ table: Int) {
    for (count, first) in repeats[table] {
      guard count > 0, var warning = first else { continue }
      warning.severity = .warning
      warning.advice =
        (count == 1 ? "the only such row" : "the first of \(count) such rows")
        + "; all statements are kept (the mapping may say unique: true or false)"
      problems.add(warning)
    }
  }

  private mutating func add(_ error: InterchangeError, file: String) {
    if case .refused(let list) = error {
      problems.add(list)
    } else {
      problems.add(
        Problem(file: file, what: error.reasonWithoutPath, advice: "see 'files' in \(mapping.name)")
      )
    }
  }
}

/// An error of whoever receives rows, which is no problem of a table.
struct HandedOver: Error {
  let error: any Error
}

extension MappedThing {
  /// What is stated of an entity, whatever the row.
  fileprivate var statement: [String] {
    guard case .entity(let id, let schema) = assertion.subject else { return [] }
    return [id, schema, "\(assertion.valid?.description ?? "")"]
      + assertion.properties.flatMap { [$0.property, $0.value] }
  }
}

extension Problem {
  /// The problem without its place in the file, for a table in which the place stands beside it.
  var reason: String {
    var text = column.map { "column \($0): " } ?? ""
    text += what.printable(limit: 1_000)
    if let expected { text += ", expected " + expected.printable(limit: 1_000) }
    return text
  }
}

extension InterchangeError {
  // What happened, where a problem names the path itself.
  var reasonWithoutPath: String {
    switch self {
    case .missing: "no such file"
    case .directory: "a directory, expected a file"
    case .forbidden: "no permission to read this file"
    case .reading(_, let reason): "cannot be read: \(reason)"
    default: description
    }
  }
}
