// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads GDF of GUESS and Gephi: a table of nodes behind `nodedef>` and one of edges behind `edgedef>`.
struct GDFReader {
  private struct Column {
    var name: String
    var type: String
  }

  private let text: WholeText
  private var builder: DocumentBuilder

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = GDFReader(text: text, maximumNodes: options.maximumNodes)
    do { try reader.read() } catch { throw reader.builder.refusal(error) }
    return try reader.builder.document(direction: .undirected, needsDeclarations: true)
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    builder = DocumentBuilder(file: text.file, format: .gdf, maximumNodes: maximumNodes)
  }

  private mutating func read() throws(InterchangeError) {
    var columns: [Column] = []
    var isEdges: Bool?
    var start = 0
    while start < text.bytes.count {
      let (fields, end) = try fields(from: start)
      defer { start = end }
      guard fields.count > 1 || !(fields.first?.text.isEmpty ?? true) else { continue }
      // A name in quotes is a name, whatever it says.
      let head = fields[0].isQuoted ? "" : fields[0].text.lowercased()
      if head.hasPrefix("nodedef>") || head.hasPrefix("edgedef>") {
        isEdges = head.hasPrefix("edgedef>")
        columns = fields.enumerated().map { index, field in
          let words = (index == 0 ? String(field.text.dropFirst(8)) : field.text)
            .split(separator: " ").map(String.init)
          return Column(
            name: words.first ?? "", type: words.dropFirst().first?.uppercased() ?? "VARCHAR")
        }
        var names: Set<String> = []
        for (column, field) in zip(columns, fields) {
          guard !names.insert(column.name.lowercased()).inserted else { continue }
          throw .refused(
            text.problem(
              at: field.at, "the column “\(column.name)” occurs twice",
              expected: "names that differ"))
        }
        let needed = isEdges == true ? ["node1", "node2"] : ["name"]
        for name in needed where !columns.contains(where: { $0.name.lowercased() == name }) {
          throw .refused(
            text.problem(
              at: start, "no column \(name)", expected: needed.joined(separator: " and ")))
        }
        continue
      }
      guard let isEdges else {
        throw .refused(text.problem(at: start, "a row before nodedef>", expected: "nodedef>"))
      }
      guard fields.count <= columns.count else {
        builder.add(
          text.problem(
            at: fields[columns.count].at, "a row of \(counted(fields.count, "field"))",
            expected: "at most \(columns.count)", advice: "put text that holds a comma in quotes"))
        continue
      }
      if isEdges { addEdge(fields, columns, start) } else { addNode(fields, columns, start) }
    }
    if isEdges == nil {
      throw .refused(text.problem(at: 0, "no nodedef>", expected: "GDF"))
    }
  }

  private struct Field {
    var text: String
    var at: Int
    var isQuoted: Bool
  }

  private func fields(from start: Int) throws(InterchangeError) -> ([Field], Int) {
    var fields: [Field] = []
    var at = start
    while true {
      while at < text.bytes.count, text.bytes[at] == 32 { at += 1 }
      let first = at
      var field = ""
      var isQuoted = false
      if at < text.bytes.count, text.bytes[at] == 34 || text.bytes[at] == 39 {
        let quote = text.bytes[at]
        isQuoted = true
        at += 1
        let begin = at
        while at < text.bytes.count, text.bytes[at] != quote { at += 1 }
        guard at < text.bytes.count else {
          throw .refused(
            text.problem(
              at: first, "the quote that opens here is not closed", expected: "a closing quote"))
        }
        field = text.text(begin..<at)
        at += 1
        while at < text.bytes.count, ![44, 10, 13].contains(text.bytes[at]) {
          guard text.bytes[at] == 32 else {
            throw .refused(
              text.problem(at: at, "text behind a closing quote", expected: "a comma or a new row"))
          }
          at += 1
        }
      } else {
        while at < text.bytes.count, ![44, 10, 13].contains(text.bytes[at]) { at += 1 }
        var end = at
        while end > first, text.bytes[end - 1] == 32 { end -= 1 }
        field = text.text(first..<end)
      }
      fields.append(Field(text: field, at: first, isQuoted: isQuoted))
      guard at < text.bytes.count, text.bytes[at] == 44 else { break }
      at += 1
    }
    return (fields, at + 1)
  }

  private mutating func value(_ field: Field, _ column: Column) -> GraphValue? {
    if field.text.isEmpty { return nil }
    switch column.type {
    case let type where type.hasPrefix("INT") || type == "BIGINT" || type == "TINYINT":
      if case .integer(let number) = GraphValue.number(field.text) { return .integer(number) }
      builder.add(
        text.problem(
          at: field.at, "“\(field.text)” in \(column.name)", expected: "a whole number"))
    case "DOUBLE", "FLOAT", "REAL":
      switch GraphValue.number(field.text) {
      case .integer(let number): return .real(Double(number))
      case .real(let number): return .real(number)
      default:
        builder.add(
          text.problem(
            at: field.at, "“\(field.text)” in \(column.name)", expected: "a finite number"))
      }
    case "BOOLEAN":
      if let truth = ["true": true, "false": false][field.text.lowercased()] {
        return .boolean(truth)
      }
      builder.add(
        text.problem(
          at: field.at, "“\(field.text)” in \(column.name)", expected: "true or false"))
    default: return .text(field.text)
    }
    return nil
  }

  private mutating func addNode(_ fields: [Field], _ columns: [Column], _ start: Int) {
    let place = text.place(of: start)
    let index = columns.firstIndex { $0.name.lowercased() == "name" } ?? 0
    guard index < fields.count, !fields[index].text.isEmpty else {
      return builder.report(place, "a node without a name", expected: "a name")
    }
    let node = builder.declare(fields[index].text, at: place)
    for (position, field) in fields.enumerated() where position != index {
      guard let value = value(field, columns[position]) else { continue }
      if columns[position].name.lowercased() == "label", case .text(let label) = value {
        builder.label(node, label)
      } else {
        builder.set(node: node, columns[position].name, value, at: text.place(of: field.at))
      }
    }
  }

  private mutating func addEdge(_ fields: [Field], _ columns: [Column], _ start: Int) {
    let place = text.place(of: start)
    var ends: [Int32] = []
    for name in ["node1", "node2"] {
      let index = columns.firstIndex { $0.name.lowercased() == name } ?? 0
      guard index < fields.count, !fields[index].text.isEmpty else {
        builder.report(place, "an edge without \(name)", expected: "the name of a node")
        continue
      }
      ends.append(builder.node(fields[index].text, at: text.place(of: fields[index].at)))
    }
    guard ends.count == 2 else { return }
    var isDirected = false
    if let index = columns.firstIndex(where: { $0.name.lowercased() == "directed" }),
      index < fields.count
    {
      switch fields[index].text.lowercased() {
      case "true": isDirected = true
      case "false", "": break
      default:
        builder.add(
          text.problem(
            at: fields[index].at, "“\(fields[index].text)” in directed", expected: "true or false"))
      }
    }
    let edge = builder.edge(ends[0], ends[1], isDirected: isDirected, at: place)
    for (position, field) in fields.enumerated()
    where !["node1", "node2", "directed"].contains(columns[position].name.lowercased()) {
      if let value = value(field, columns[position]) {
        builder.set(edge: edge, columns[position].name, value, at: text.place(of: field.at))
      }
    }
  }
}
