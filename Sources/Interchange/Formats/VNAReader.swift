// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads VNA of NetDraw: sections of node data, of node properties (how a picture shows them) and of ties.
///
/// Ties are directed, and every number behind the ends is an attribute of the tie. A file without node
/// data has the nodes that its ties name.
struct VNAReader {
  private enum Section { case nodeData, nodeProperties, tieData }

  private struct Field {
    var text: String
    var at: Int
    var isQuoted: Bool
  }

  private let text: WholeText
  private var builder: DocumentBuilder
  private var declaresNodes = false
  // The nodes that the section at hand has described.
  private var seen: Set<Int32> = []

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = VNAReader(text: text, maximumNodes: options.maximumNodes)
    do { try reader.read() } catch { throw reader.builder.refusal(error) }
    return try reader.builder.document(
      direction: .directed, needsDeclarations: reader.declaresNodes)
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    builder = DocumentBuilder(file: text.file, format: .vna, maximumNodes: maximumNodes)
  }

  private mutating func read() throws(InterchangeError) {
    var section: Section?
    var columns: [String] = []
    var start = 0
    while start < text.bytes.count {
      let lineStart = start
      let (fields, end) = try fields(from: start)
      start = end
      guard let first = fields.first else { continue }
      if first.text.hasPrefix("*"), !first.isQuoted {
        section = try self.section(fields, lineStart)
        columns = []
        seen = []
        continue
      }
      guard let section else {
        throw .refused(
          text.problem(at: first.at, "a row before any section", expected: "*Node data"))
      }
      if columns.isEmpty {
        columns = try header(fields, section)
        continue
      }
      guard fields.count == columns.count else {
        builder.add(
          text.problem(
            at: first.at, "a row of \(counted(fields.count, "field"))",
            expected: "\(columns.count), one for each column",
            advice: "put text that holds blanks in double quotes"))
        continue
      }
      if section == .tieData { addTie(fields, columns) } else { addNode(fields, columns, section) }
    }
    if section == nil {
      throw .refused(text.problem(at: 0, "no section", expected: "*Node data or *Tie data"))
    }
  }

  private func section(_ fields: [Field], _ at: Int) throws(InterchangeError) -> Section {
    let name = fields.map { $0.text.lowercased() }.joined(separator: " ")
    switch name {
    case "*node data": return .nodeData
    case "*node properties": return .nodeProperties
    case "*tie data": return .tieData
    default:
      throw .refused(
        text.problem(
          at: at, "the section “\(name)”", expected: "*Node data, *Node properties or *Tie data"))
    }
  }

  private mutating func header(
    _ fields: [Field], _ section: Section
  ) throws(InterchangeError) -> [String] {
    var names: Set<String> = []
    for field in fields where !names.insert(field.text.lowercased()).inserted {
      throw .refused(
        text.problem(
          at: field.at, "the column “\(field.text)” occurs twice", expected: "names that differ"))
    }
    if section == .tieData {
      guard fields.count > 1, fields[0].text.lowercased() == "from",
        fields[1].text.lowercased() == "to"
      else {
        throw .refused(
          text.problem(
            at: fields[0].at, "tie data without from and to", expected: "the columns from and to"))
      }
    } else {
      guard fields[0].text.lowercased() == "id" else {
        throw .refused(
          text.problem(
            at: fields[0].at, "the first column is “\(fields[0].text)”", expected: "ID"))
      }
      declaresNodes = true
    }
    return fields.map(\.text)
  }

  // The fields of a line and where the next begins: commas or blanks part them.
  private func fields(from start: Int) throws(InterchangeError) -> ([Field], Int) {
    var fields: [Field] = []
    var at = start
    let bytes = text.bytes
    func isEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    var needsField = false
    while at < bytes.count, !isEnd(bytes[at]) {
      if isBlank(bytes[at]) {
        at += 1
      } else if bytes[at] == 44 {
        // Two commas have an empty field between them.
        if needsField || fields.isEmpty { fields.append(Field(text: "", at: at, isQuoted: false)) }
        needsField = true
        at += 1
      } else if bytes[at] == 34 {
        let first = at
        var content: [UInt8] = []
        at += 1
        while true {
          guard at < bytes.count, !isEnd(bytes[at]) else {
            throw .refused(
              text.problem(
                at: first, "the quote that opens here is not closed", expected: "a closing quote"))
          }
          if bytes[at] == 34 {
            at += 1
            guard at < bytes.count, bytes[at] == 34 else { break }
          }
          content.append(bytes[at])
          at += 1
        }
        guard at == bytes.count || isEnd(bytes[at]) || isBlank(bytes[at]) || bytes[at] == 44 else {
          throw .refused(
            text.problem(at: at, "text behind a closing quote", expected: "a blank or a comma"))
        }
        fields.append(
          Field(text: String(decoding: content, as: UTF8.self), at: first, isQuoted: true))
        needsField = false
      } else {
        let first = at
        while at < bytes.count, !isEnd(bytes[at]), !isBlank(bytes[at]), bytes[at] != 44 { at += 1 }
        fields.append(Field(text: text.text(first..<at), at: first, isQuoted: false))
        needsField = false
      }
    }
    if needsField { fields.append(Field(text: "", at: at, isQuoted: false)) }
    return (fields, at + 1)
  }

  private func value(_ field: Field) -> GraphValue? {
    if field.text.isEmpty { return nil }
    // 007 and +47 are identifiers that only look like numbers.
    let looksLikeCode =
      field.text.hasPrefix("+")
      || field.text.utf8.count > 1 && field.text.hasPrefix("0")
        && !field.text.hasPrefix("0.")
    if field.isQuoted || looksLikeCode { return .text(field.text) }
    return GraphValue.number(field.text) ?? .text(field.text)
  }

  private mutating func addNode(_ fields: [Field], _ columns: [String], _ section: Section) {
    let place = text.place(of: fields[0].at)
    let isNew: Bool
    let node = builder.node(fields[0].text, at: place)
    if seen.insert(node).inserted {
      isNew = !builder.isDeclared(node)
    } else {
      isNew = true
    }
    // A node has a row in the data and one in the properties; a second row of one section is refused.
    if isNew { _ = builder.declare(fields[0].text, at: place) }
    for (field, column) in zip(fields, columns).dropFirst() {
      guard let value = value(field) else { continue }
      if section == .nodeProperties, column.lowercased() == "shortlabel" {
        if value.asText != fields[0].text { builder.label(node, field.text) }
        continue
      }
      builder.set(node: node, column, value, at: text.place(of: field.at))
    }
  }

  private mutating func addTie(_ fields: [Field], _ columns: [String]) {
    let place = text.place(of: fields[0].at)
    let source = builder.node(fields[0].text, at: place)
    let target = builder.node(fields[1].text, at: text.place(of: fields[1].at))
    let edge = builder.edge(source, target, isDirected: true, at: place)
    for (field, column) in zip(fields, columns).dropFirst(2) {
      guard let value = value(field) else { continue }
      switch value {
      case .integer, .real: builder.set(edge: edge, column, value, at: text.place(of: field.at))
      case .text
      where field.isQuoted || GraphValue.number(field.text) == nil && !Self.isInfinite(field.text):
        builder.set(edge: edge, column, value, at: text.place(of: field.at))
      default:
        builder.add(
          text.problem(
            at: field.at, "“\(field.text)” in \(column)", expected: "a finite number or a text"))
      }
    }
  }

  private static func isInfinite(_ word: String) -> Bool {
    guard let value = Double(word) else { return false }
    return !value.isFinite
  }
}
