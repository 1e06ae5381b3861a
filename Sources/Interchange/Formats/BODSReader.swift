// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GraphCore

/// Reads beneficial ownership statements (BODS 0.4 of Open Ownership), a JSON array or one in a line.
///
/// A record is known by its `recordId`, and its last statement counts; the identifiers of those that it
/// replaces stand in the attribute `replaces`. Entities and persons are nodes. Each interest of a
/// relationship is an edge from the interested party to the subject, so that shares and voting rights
/// are not added up. A party that is only said not to be specified is a node of its own: two of them are
/// never taken for one. What the graph has no use for stays as the JSON text it was written in.
struct BODSReader {
  struct Statement {
    let object: JSONNode
    let id: String
    let record: String
    let type: String
    let status: String?
    let date: PartialDate?
    let details: JSONNode
  }

  /// A record: its statements in the order of their dates.
  struct Record {
    var statements: [Statement]
    var last: Statement { statements[statements.count - 1] }
  }

  let text: WholeText
  var builder: DocumentBuilder
  var ends: [Int: Int] = [:]
  // Records and statements by identifier.
  private var records: [String: Record] = [:]
  private var order: [String] = []
  private var statements: [String: TextPlace] = [:]

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = BODSReader(text: text, maximumNodes: options.maximumNodes)
    try reader.readStatements()
    reader.addRecords()
    return try reader.builder.document(direction: .directed, needsDeclarations: true)
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    builder = DocumentBuilder(file: text.file, format: .bods, maximumNodes: maximumNodes)
  }

  mutating func report(
    _ node: JSONNode, _ what: String, expected: String, advice: String? = nil
  ) {
    builder.report(text.place(of: node.at), what, expected: expected, advice: advice)
  }

  private mutating func readStatements() throws(InterchangeError) {
    let first = text.bytes.first { ![9, 10, 13, 32].contains($0) }
    if first == UInt8(ascii: "[") {
      var reader = JSONReader(text)
      let value = try reader.value()
      ends = reader.ends
      guard case .list(let items) = value.content else { return }
      for item in items { addStatement(item) }
    } else {
      var lines = JSONLines(text)
      while let line = try lines.next(&builder) {
        ends.merge(line.ends) { first, _ in first }
        addStatement(line.object)
      }
    }
    if order.isEmpty, builder.problems.isEmpty {
      throw .refused(
        text.problem(at: 0, "no statements", expected: "a list of statements, or one in each line"))
    }
    for id in order { sort(id) }
  }

  private mutating func addStatement(_ object: JSONNode) {
    guard case .object = object.content else {
      return report(object, "something that is no statement", expected: "{ … }")
    }
    if object["recordType"] == nil, let old = object["statementType"] {
      return report(
        old, "a statement of BODS 0.3 or older", expected: "BODS 0.4, with recordType",
        advice: "ask the publisher for version 0.4, or convert it first")
    }
    if let version = object["publicationDetails"]?["bodsVersion"], version.word != "0.4" {
      report(
        version, "BODS version \(version.word ?? "that is no text")", expected: "0.4",
        advice: "convert the statements first")
    }
    let words = ["statementId", "recordId", "recordType"].map { word(object, $0, isNeeded: true) }
    guard let id = words[0], let record = words[1], let type = words[2] else { return }
    guard ["entity", "person", "relationship"].contains(type) else {
      return report(
        object["recordType"] ?? object, "the record type “\(type)”",
        expected: "entity, person or relationship")
    }
    let place = text.place(of: object.at)
    if let earlier = statements.updateValue(place, forKey: id) {
      return report(
        object["statementId"] ?? object, "the statement “\(id)” occurs again",
        expected: "an identifier of its own", advice: "it stands in line \(earlier.line) already")
    }
    let status = word(object, "recordStatus")
    if let status, !["new", "updated", "closed"].contains(status) {
      report(
        object["recordStatus"] ?? object, "the record status “\(status)”",
        expected: "new, updated or closed")
    }
    guard let details = object["recordDetails"], case .object = details.content else {
      return report(
        object["recordDetails"] ?? object, "a statement without recordDetails", expected: "{ … }")
    }
    if records[record] == nil { order.append(record) }
    records[record, default: Record(statements: [])].statements.append(
      Statement(
        object: object, id: id, record: record, type: type, status: status,
        date: date(object, "statementDate"), details: details))
  }

  /// The text of a key; what is no text, or missing though it is needed, is reported.
  mutating func word(_ object: JSONNode, _ key: String, isNeeded: Bool = false) -> String? {
    guard let node = object[key] else {
      if isNeeded { report(object, "no \(key)", expected: "a text") }
      return nil
    }
    guard case .text(let word) = node.content, !(isNeeded && word.isEmpty) else {
      report(node, "\(key) is no text or an empty one", expected: "a text")
      return nil
    }
    return word
  }

  /// The date of a key, which may lack its day or month, or have a time.
  mutating func date(_ object: JSONNode, _ key: String) -> PartialDate? {
    guard let word = word(object, key) else { return nil }
    guard let date = PartialDate(word) else {
      report(
        object[key] ?? object, "“\(word)” in \(key)",
        expected: "a date such as 2024-03-01, or one with a time and an offset")
      return nil
    }
    return date
  }

  // By date, and by place in the file where dates are equal or missing.
  private mutating func sort(_ id: String) {
    guard var record = records[id], record.statements.count > 1 else { return }
    let ordered = record.statements.enumerated().sorted { a, b in
      let dates = (a.element.date?.earliest ?? .min, b.element.date?.earliest ?? .min)
      return dates.0 != dates.1 ? dates.0 < dates.1 : a.offset < b.offset
    }.map(\.element)
    record.statements = ordered
    records[id] = record
    let first = ordered[0]
    for statement in ordered.dropFirst() {
      if statement.type != first.type {
        report(
          statement.object["recordType"] ?? statement.object,
          "the record “\(id)” is of type \(statement.type) here",
          expected: "\(first.type), as in line \(text.place(of: first.object.at).line)")
      }
      if statement.status == "new" {
        builder.remark("statements call a record new that has an earlier statement")
      }
    }
    if ordered.dropLast().contains(where: { $0.status == "closed" }) {
      builder.remark("records have a statement after the one that closed them; the last counts")
    }
    builder.remark(
      "statements are replaced by later ones of the same record; the attribute replaces names them",
      ordered.count - 1)
  }

  private mutating func addRecords() {
    let all = order.compactMap { records[$0] }
    for record in all where record.last.type != "relationship" { addParty(record) }
    for record in all where record.last.type == "relationship" { addRelationship(record) }
  }

  /// Whether a record of a relationship has an identifier; ends may not be relationships.
  func isRelationship(_ id: String) -> Bool { records[id]?.last.type == "relationship" }

  /// Whether something has the identifier of a record.
  func isRecord(_ id: String) -> Bool { records[id] != nil }

  /// Sets what every statement has, and says what of it is in force.
  mutating func setStatement(_ record: Record, _ set: (inout Self, String, GraphValue) -> Void) {
    let last = record.last
    set(&self, "statementId", .text(last.id))
    if record.statements.count > 1 {
      let earlier = record.statements.dropLast().map(\.id)
      set(&self, "replaces", .text(earlier.joined(separator: " ")))
    }
    set(&self, "recordStatus", .text(last.status ?? "new"))
    set(&self, "inForce", .boolean(last.status != "closed"))
    setRest(
      last.object,
      but: ["statementId", "recordId", "recordType", "recordStatus", "recordDetails"], set)
  }

  /// Sets the entries of an object that nothing else reads, lists and objects as JSON.
  mutating func setRest(
    _ object: JSONNode, but taken: Set<String>, _ set: (inout Self, String, GraphValue) -> Void
  ) {
    guard case .object(let entries) = object.content else { return }
    for (key, value) in entries where !taken.contains(key) {
      if let content = value.attribute(in: text, end: ends[value.at] ?? value.at) {
        set(&self, key, content)
      }
    }
  }
}
