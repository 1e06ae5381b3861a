// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads GML (Himsolt 1997): nested lists of keys and values.
///
/// The number of a node is its own business: where every node has a label and all differ, the labels
/// are the identifiers, as networkx has it; otherwise the numbers are.
struct GMLReader {
  private enum Value {
    case number(String)
    case text(String)
    case list([Entry])
  }

  private struct Entry {
    var key: String
    var value: Value
    var at: Int
  }

  private let text: WholeText
  private var position = 0
  private var builder: DocumentBuilder

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = GMLReader(text: text, maximumNodes: options.maximumNodes)
    let entries = try reader.entries()
    return try reader.document(entries)
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    builder = DocumentBuilder(file: text.file, format: .gml, maximumNodes: maximumNodes)
  }

  // MARK: Grammar

  private mutating func entries() throws(InterchangeError) -> [Entry] {
    var open: [(entries: [Entry], key: String, at: Int)] = [([], "", 0)]
    while true {
      skipBlanks()
      guard position < text.bytes.count else {
        guard open.count == 1 else {
          throw fail(
            open[open.count - 1].at, "the list that opens here is not closed", "]",
            "copy or export the file again")
        }
        return open[0].entries
      }
      let start = position
      if text.bytes[position] == UInt8(ascii: "]") {
        position += 1
        guard open.count > 1 else { throw fail(start, "a bracket that closes nothing", "a key") }
        let done = open.removeLast()
        open[open.count - 1].entries.append(
          Entry(key: done.key, value: .list(done.entries), at: done.at))
        continue
      }
      let key = word()
      guard let first = key.utf8.first, Self.isLetter(first),
        key.utf8.allSatisfy({ Self.isLetter($0) || (48...57).contains($0) || $0 == 46 || $0 == 45 })
      else {
        throw fail(start, "“\(key.isEmpty ? character(start) : key)”", "a key or ]")
      }
      skipBlanks()
      guard position < text.bytes.count else {
        throw fail(start, "the key \(key) without a value", "a value", "export the file again")
      }
      switch text.bytes[position] {
      case UInt8(ascii: "["):
        guard open.count < 256 else {
          throw fail(position, "lists nested deeper than 256", "a graph")
        }
        open.append(([], key, start))
        position += 1
      case UInt8(ascii: "\""):
        let value = try string()
        open[open.count - 1].entries.append(Entry(key: key, value: .text(value), at: start))
      default:
        let at = position
        let number = word()
        guard GraphValue.number(number) != nil else {
          throw fail(
            at, "“\(number.isEmpty ? character(at) : number)”, the value of \(key)",
            "a finite number, a text in quotes or a list")
        }
        open[open.count - 1].entries.append(Entry(key: key, value: .number(number), at: start))
      }
    }
  }

  private mutating func skipBlanks() {
    while position < text.bytes.count {
      let byte = text.bytes[position]
      if byte == UInt8(ascii: "#"), isAtLineStart {
        while position < text.bytes.count, text.bytes[position] != 10 { position += 1 }
      } else if byte <= 32 {
        position += 1
      } else {
        return
      }
    }
  }

  private var isAtLineStart: Bool {
    var index = position
    while index > 0, text.bytes[index - 1] == 32 || text.bytes[index - 1] == 9 { index -= 1 }
    return index == 0 || text.bytes[index - 1] == 10 || text.bytes[index - 1] == 13
  }

  private mutating func word() -> String {
    let start = position
    while position < text.bytes.count, text.bytes[position] > 32,
      !"[]\"".utf8.contains(text.bytes[position])
    {
      position += 1
    }
    return text.text(start..<position)
  }

  private mutating func string() throws(InterchangeError) -> String {
    let start = position
    position += 1
    let first = position
    while position < text.bytes.count, text.bytes[position] != UInt8(ascii: "\"") { position += 1 }
    guard position < text.bytes.count else {
      throw fail(start, "the quote that opens here is not closed", "a closing quote")
    }
    defer { position += 1 }
    return Self.unescaped(text.text(first..<position))
  }

  // ISO 8859-1 names of characters (&amp;) and numbers (&#38;).
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let names = ["amp": "&", "quot": "\"", "lt": "<", "gt": ">", "apos": "'", "nbsp": "\u{A0}"]
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      guard let end = rest.prefix(12).firstIndex(of: ";") else {
        result += "&"
        continue
      }
      let name = String(rest[..<end])
      var known = names[name]
      if name.hasPrefix("#") {
        let code = name.dropFirst()
        let value =
          code.hasPrefix("x") ? UInt32(code.dropFirst(), radix: 16) : UInt32(code)
        known = value.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
      }
      if let known {
        result += known
        rest = rest[rest.index(after: end)...]
      } else {
        result += "&"
      }
    }
    return result + rest
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }

  private func character(_ index: Int) -> String {
    text.text(index..<min(index + 1, text.bytes.count))
  }

  private func fail(
    _ at: Int, _ what: String, _ expected: String, _ advice: String? = nil
  ) -> InterchangeError {
    .refused(text.problem(at: at, what, expected: expected, advice: advice))
  }

  // MARK: Graph

  private consuming func document(_ entries: [Entry]) throws(InterchangeError) -> GraphDocument {
    let graphs = entries.filter { $0.key.lowercased() == "graph" }
    guard let graph = graphs.first, case .list(let parts) = graph.value else {
      throw fail(0, "there is no graph", "graph [ … ]")
    }
    if graphs.count > 1 {
      throw fail(graphs[1].at, "a second graph", "one", "part the file")
    }
    var isDirected = false
    var nodes: [Entry] = []
    var edges: [Entry] = []
    for part in parts {
      switch (part.key.lowercased(), part.value) {
      case ("directed", .number(let word)):
        guard word == "0" || word == "1" else {
          builder.report(text.place(of: part.at), "directed \(word)", expected: "0 or 1")
          continue
        }
        isDirected = word == "1"
      case ("node", .list): nodes.append(part)
      case ("edge", .list): edges.append(part)
      case ("node", _), ("edge", _):
        builder.report(text.place(of: part.at), "\(part.key) without a list", expected: "[ … ]")
      case ("label", .text(let name)), ("name", .text(let name)): builder.name = name
      case (_, .number(let word)): builder.graphAttributes.append((part.key, word))
      case (_, .text(let word)): builder.graphAttributes.append((part.key, word))
      case (_, .list): builder.remark("lists about the graph are passed over")
      }
    }
    let names = identifiers(nodes)
    for (index, node) in nodes.enumerated() { add(node: node, names.ids[index], names.usesLabels) }
    for edge in edges { add(edge: edge, names.byNumber, isDirected) }
    return try builder.document(
      direction: isDirected ? .directed : .undirected, needsDeclarations: true)
  }

  private mutating func identifiers(
    _ nodes: [Entry]
  ) -> (ids: [String], byNumber: [String: String], usesLabels: Bool) {
    var numbers: [String] = []
    var labels: [String?] = []
    var seen: [String: Int] = [:]
    var repeats: [(id: String, at: Int, first: Int)] = []
    for node in nodes {
      guard case .list(let parts) = node.value else { continue }
      let id = scalar("id", parts)
      if id == nil {
        builder.report(text.place(of: node.at), "a node without an id", expected: "id NUMBER")
      }
      if let id, let first = seen[id] {
        repeats.append((id, node.at, first))
      } else if let id {
        seen[id] = node.at
      }
      numbers.append(id ?? "")
      labels.append(scalar("label", parts))
    }
    let known = labels.compactMap(\.self)
    let usesLabels =
      known.count == nodes.count && Set(known).count == known.count && !known.contains("")
    // Where the numbers are the identifiers, the builder finds those that occur again.
    for node in repeats where usesLabels {
      builder.report(
        text.place(of: node.at), "the node \(node.id) occurs again", expected: "an id of its own",
        advice: "it stands in line \(text.place(of: node.first).line) already")
    }
    let ids = usesLabels ? known : numbers
    return (ids, Dictionary(zip(numbers, ids), uniquingKeysWith: { first, _ in first }), usesLabels)
  }

  private func scalar(_ key: String, _ parts: [Entry]) -> String? {
    for part in parts where part.key.lowercased() == key {
      switch part.value {
      case .number(let word), .text(let word): return word
      case .list: return nil
      }
    }
    return nil
  }

  private mutating func add(node entry: Entry, _ id: String, _ usesLabels: Bool) {
    guard case .list(let parts) = entry.value, !id.isEmpty else { return }
    let node = builder.declare(id, at: text.place(of: entry.at))
    for part in parts {
      switch part.key.lowercased() {
      case "id": continue
      case "label":
        if !usesLabels, case .text(let label) = part.value { builder.label(node, label) }
      case "name" where usesLabels:
        // Where the label is the identifier, what people call the node stands here.
        if case .text(let label) = part.value { builder.label(node, label) } else { fallthrough }
      default:
        add(part, prefix: "") { builder, name, value, place in
          builder.set(node: node, name, value, at: place)
        }
      }
    }
  }

  private mutating func add(edge entry: Entry, _ ids: [String: String], _ isDirected: Bool) {
    guard case .list(let parts) = entry.value else { return }
    let place = text.place(of: entry.at)
    var ends: [Int32] = []
    for key in ["source", "target"] {
      guard let number = scalar(key, parts) else {
        builder.report(place, "an edge without \(key)", expected: "\(key) NUMBER")
        continue
      }
      guard let id = ids[number] else {
        builder.report(
          place, "no node has the id \(number)", expected: "an id that a node has",
          advice: "add the node, or correct the \(key)")
        continue
      }
      ends.append(builder.node(id, at: place))
    }
    guard ends.count == 2 else { return }
    let edge = builder.edge(ends[0], ends[1], isDirected: isDirected, at: place)
    for part in parts where !["source", "target"].contains(part.key.lowercased()) {
      add(part, prefix: "") { builder, name, value, place in
        builder.set(edge: edge, name, value, at: place)
      }
    }
  }

  // Lists inside a node or an edge become names with a point: graphics.x.
  private mutating func add(
    _ entry: Entry, prefix: String,
    _ set: (inout DocumentBuilder, String, GraphValue, TextPlace) -> Void
  ) {
    let name = prefix + entry.key
    switch entry.value {
    case .number(let word):
      set(&builder, name, GraphValue.number(word) ?? .text(word), text.place(of: entry.at))
    case .text(let word): set(&builder, name, .text(word), text.place(of: entry.at))
    case .list(let parts):
      for part in parts { add(part, prefix: name + ".", set) }
    }
  }
}
