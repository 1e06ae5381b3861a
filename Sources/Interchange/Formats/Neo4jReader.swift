// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads the tables of nodes and relationships that Neo4j imports (`neo4j-admin database import`).
///
/// A node is known by its identifier; where one occurs in several spaces of identifiers, all are
/// written with theirs, as `Person/1`. Labels become the attribute `labels`, types the attribute `type`;
/// a property `label` or else `name` is what people call the node. Values have the type of their column
/// or are refused; a column without a type is text, as in Neo4j; arrays become lists in JSON.
struct Neo4jReader {
  private struct Part {
    var header: Neo4jHeader
    var rows: [Row]
    var file: String
  }

  private struct Node: Hashable {
    var space: String
    var id: String
  }

  private var builder: DocumentBuilder
  private var nodes: [Node: Int32] = [:]
  private var areSpacesWritten = false
  private var labelName: String?
  private var arrays = 0

  /// Reads the file at hand and those that are given as its nodes.
  static func read(
    _ reader: DelimitedReader, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    var neo4j = Neo4jReader(
      builder: DocumentBuilder(
        file: reader.file, format: .neo4j, maximumNodes: options.maximumNodes))
    var parts = [try neo4j.part(reader)]
    var table = options.table
    table.header = .present
    for input in options.nodes {
      parts.append(try neo4j.part(DelimitedReader(input, options: table)))
    }
    try neo4j.read(parts)
    var document = try neo4j.builder.document(direction: .directed, needsDeclarations: false)
    document.recordCount = parts.reduce(0) { $0 + $1.rows.count }
    document.notices.append(
      .note(
        "a column without a type is text, as Neo4j has it; NAME:int and NAME:double are numbers"))
    return document
  }

  private mutating func part(_ given: DelimitedReader) throws(InterchangeError) -> Part {
    var reader = given
    let first: Row? = if let row = reader.headerRow { row } else { try reader.next() }
    guard let first, Neo4jHeader.isHeader(first.texts) else {
      throw .refused(
        Problem(
          file: reader.file, line: reader.headerLine ?? 1,
          what: "a table without :ID, and without :START_ID and :END_ID",
          expected: "the header of a file for Neo4j",
          advice: "give the files of nodes and of relationships with their headers"))
    }
    var part = Part(header: try Neo4jHeader(first), rows: [], file: reader.file)
    while let row = try reader.next() {
      if let defect = row.defect { builder.add(defect) } else { part.rows.append(row) }
    }
    if part.rows.isEmpty { builder.warn("\(reader.file.fileName) holds no row") }
    return part
  }

  private mutating func read(_ parts: [Part]) throws(InterchangeError) {
    let names = parts.filter(\.header.isOfNodes).flatMap(\.header.roles).compactMap { role in
      if case .property(let name, .text, false) = role { name } else { nil as String? }
    }
    labelName = ["label", "name"].first { names.contains($0) }
    areSpacesWritten = Self.overlap(parts)
    for part in parts where part.header.isOfNodes {
      for row in part.rows { addNode(row, part.header) }
    }
    if nodes.isEmpty, !parts.contains(where: \.header.isOfNodes) {
      builder.warn(
        "a table of nodes is missing: the nodes are those that relationships name (--nodes brings it)"
      )
    }
    let knowsNodes = parts.contains(where: \.header.isOfNodes)
    for part in parts where !part.header.isOfNodes {
      for row in part.rows { addTie(row, part.header, knowsNodes: knowsNodes) }
    }
    builder.remark("arrays are kept as lists in JSON", arrays)
  }

  // Whether an identifier occurs in two spaces.
  private static func overlap(_ parts: [Part]) -> Bool {
    var spaceOf: [String: String] = [:]
    for part in parts {
      for (field, role) in part.header.roles.enumerated() {
        guard case .id(let space) = role else { continue }
        for row in part.rows {
          let id = row.text(field)
          if let other = spaceOf[id], other != space { return true }
          spaceOf[id] = space
        }
      }
    }
    return false
  }

  private func place(_ row: Row, _ field: Int) -> TextPlace {
    TextPlace(line: row.line(of: field), column: row.column(of: field))
  }

  private func name(_ node: Node) -> String {
    areSpacesWritten && !node.space.isEmpty ? "\(node.space)/\(node.id)" : node.id
  }

  private mutating func addNode(_ row: Row, _ header: Neo4jHeader) {
    guard
      let (field, space) = header.roles.enumerated().lazy.compactMap({ field, role in
        if case .id(let space) = role { (field, space) } else { nil as (Int, String)? }
      }).first
    else { return }
    let node = Node(space: space, id: row.text(field))
    guard !row.isBlank(field) else {
      return builder.add(
        row.problem(at: field, what: "a node without an identifier", expected: "a value in :ID"))
    }
    guard nodes[node] == nil else {
      return builder.add(
        row.problem(
          at: field, what: "the node “\(node.id)” occurs again",
          expected: "an identifier of its own in its space"))
    }
    let number = builder.declare(name(node), at: place(row, field))
    nodes[node] = number
    var labels: [String] = []
    for (field, role) in header.roles.enumerated() {
      switch role {
      case .labels: if !row.isBlank(field) { labels.append(row.text(field)) }
      case .property(let name, let type, let isArray):
        guard let value = value(row, field, name, type, isArray) else { continue }
        if name == labelName, case .text(let label) = value {
          builder.label(number, label)
          if name == "label" { continue }
        }
        builder.set(node: number, name, value, at: place(row, field))
      case .id, .start, .end, .type, .ignored: break
      }
    }
    if !labels.isEmpty {
      builder.set(
        node: number, "labels", .text(labels.joined(separator: ";")), at: place(row, field))
    }
  }

  private mutating func addTie(_ row: Row, _ header: Neo4jHeader, knowsNodes: Bool) {
    var ends: [Int32] = []
    var type: (text: String, field: Int)?
    var firstField = 0
    for wantsStart in [true, false] {
      for (field, role) in header.roles.enumerated() {
        let space: String
        switch role {
        case .start(let name) where wantsStart: space = name
        case .end(let name) where !wantsStart: space = name
        case .type:
          if !row.isBlank(field) { type = (row.text(field), field) }
          continue
        default: continue
        }
        if wantsStart { firstField = field }
        guard !row.isBlank(field) else {
          builder.add(
            row.problem(
              at: field, what: "a relationship without \(wantsStart ? "a start" : "an end")",
              expected: "the identifier of a node", advice: "complete the row or remove it"))
          continue
        }
        let node = Node(space: space, id: row.text(field))
        if let number = nodes[node] {
          ends.append(number)
        } else if knowsNodes {
          builder.add(
            row.problem(
              at: field,
              what: "no node has the identifier “\(node.id)”"
                + (space.isEmpty ? "" : " in the space \(space)"),
              expected: "a node of the files given",
              advice: "add the node, or give its file too (--nodes)"))
        } else {
          let number = builder.node(name(node), at: place(row, field))
          nodes[node] = number
          ends.append(number)
        }
      }
    }
    guard ends.count == 2 else { return }
    let edge = builder.edge(ends[0], ends[1], isDirected: true, at: place(row, firstField))
    if let type { builder.set(edge: edge, "type", .text(type.text), at: place(row, type.field)) }
    for (field, role) in header.roles.enumerated() {
      guard case .property(let name, let kind, let isArray) = role,
        let value = value(row, field, name, kind, isArray)
      else { continue }
      builder.set(edge: edge, name == "type" ? "type.2" : name, value, at: place(row, field))
    }
  }

  private mutating func value(
    _ row: Row, _ field: Int, _ name: String, _ type: Neo4jHeader.ValueType, _ isArray: Bool
  ) -> GraphValue? {
    // Nothing at all is a missing value; an empty text stands in quotes.
    if row.isEmpty(field), !(row.isQuoted(field) && type == .text) { return nil }
    let text = row.text(field)
    guard isArray else { return one(text, row, field, name, type) }
    var items: [String] = []
    for item in text.split(separator: ";", omittingEmptySubsequences: false) {
      guard let value = one(String(item), row, field, name, type) else { return nil }
      if case .text(let word) = value {
        items.append(JSONGraphWriter.quoted(word))
      } else {
        items.append(value.asText)
      }
    }
    arrays += 1
    return .text("[" + items.joined(separator: ", ") + "]")
  }

  private mutating func one(
    _ text: String, _ row: Row, _ field: Int, _ name: String, _ type: Neo4jHeader.ValueType
  ) -> GraphValue? {
    let word = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    let expected: String
    switch type {
    case .text: return .text(text)
    case .integer:
      if case .integer(let number)? = GraphValue.number(word) { return .integer(number) }
      expected = "a whole number, as the header says"
    case .real:
      switch GraphValue.number(word) {
      case .integer(let number)?: return .real(Double(number))
      case .real(let number)?: return .real(number)
      default: expected = "a finite number, as the header says"
      }
    case .boolean:
      switch word.lowercased() {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default: expected = "true or false, as the header says"
      }
    case .date:
      if ISODay(word) != nil { return .text(word) }
      expected = "a date such as 2024-06-30, as the header says"
    }
    builder.add(row.problem(at: field, what: "“\(text)” in \(name)", expected: expected))
    return nil
  }
}
