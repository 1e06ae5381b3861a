// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads the graph language of Graphviz (DOT): nodes, chains of edges, subgraphs, defaults, ports.
///
/// The file is read as data: nothing is laid out or executed. Text in angle brackets (HTML) stays text.
/// Subgraphs are flattened; a cluster is kept as the attribute `cluster` of its nodes.
struct DOTReader {
  private enum Token: Equatable {
    case id(String)
    case mark(String)
    case end
  }

  private struct Scope {
    var nodeDefaults: [(String, String)]
    var edgeDefaults: [(String, String)]
    var nodes: [Int32]
    var cluster: String?
  }

  private let text: WholeText
  private var position = 0
  private var tokenStart = 0
  private var token = Token.end
  private var builder: DocumentBuilder
  private var isDirected = false
  private struct Attributes {
    var list: [(String, String, Int)] = []
    private var known: [String: Int] = [:]

    mutating func set(_ name: String, _ value: String, _ at: Int) {
      if let index = known[name] {
        list[index] = (name, value, at)
      } else {
        known[name] = list.count
        list.append((name, value, at))
      }
    }
  }

  private var nodeAttributes: [Int32: Attributes] = [:]
  private var order: [Int32] = []
  private var scopes: [Scope] = []
  // What the edges so far hold, values included.
  private var spread = 0

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = DOTReader(text: text, maximumNodes: options.maximumNodes)
    return try reader.document()
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    builder = DocumentBuilder(file: text.file, format: .dot, maximumNodes: maximumNodes)
  }

  // MARK: Words

  private mutating func advance() throws(InterchangeError) {
    let bytes = text.bytes
    while position < bytes.count {
      let byte = bytes[position]
      if byte <= 32 {
        position += 1
      } else if byte == 35, position == 0 || bytes[position - 1] == 10 {
        skipLine()
      } else if byte == 47, position + 1 < bytes.count, bytes[position + 1] == 47 {
        skipLine()
      } else if byte == 47, position + 1 < bytes.count, bytes[position + 1] == 42 {
        let start = position
        position += 2
        while position + 1 < bytes.count, bytes[position] != 42 || bytes[position + 1] != 47 {
          position += 1
        }
        guard position + 1 < bytes.count else {
          throw fail(start, "the comment that opens here is not closed", "*/")
        }
        position += 2
      } else {
        break
      }
    }
    tokenStart = position
    guard position < bytes.count else {
      token = .end
      return
    }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: ":"):
      position += 1
      token = .mark(String(UnicodeScalar(byte)))
    case UInt8(ascii: "-"):
      if position + 1 < bytes.count, bytes[position + 1] == 62 || bytes[position + 1] == 45 {
        token = .mark(bytes[position + 1] == 62 ? "->" : "--")
        position += 2
      } else {
        token = .id(try numeral())
      }
    case UInt8(ascii: "\""): token = .id(try string())
    case UInt8(ascii: "<"): token = .id(try markup())
    default:
      let isLetter =
        (byte | 32 >= 97 && byte | 32 <= 122) || byte == 95 || byte >= 0x80
      token = .id(isLetter ? identifier() : try numeral())
    }
  }

  private mutating func skipLine() {
    while position < text.bytes.count, text.bytes[position] != 10 { position += 1 }
  }

  private mutating func identifier() -> String {
    let start = position
    while position < text.bytes.count, case let byte = text.bytes[position],
      (byte | 32 >= 97 && byte | 32 <= 122) || byte == 95 || byte >= 0x80
        || (48...57).contains(byte)
    {
      position += 1
    }
    return text.text(start..<position)
  }

  private mutating func numeral() throws(InterchangeError) -> String {
    let start = position
    if text.bytes[position] == UInt8(ascii: "-") { position += 1 }
    while position < text.bytes.count,
      (48...57).contains(text.bytes[position]) || text.bytes[position] == 46
    {
      position += 1
    }
    let word = text.text(start..<position)
    guard GraphValue.number(word) != nil else {
      let end = min(start + 1, text.bytes.count)
      throw fail(start, "“\(text.text(start..<end))”", "a name, a number or a text in quotes")
    }
    return word
  }

  // A text in quotes; + joins several. Only \" and an escaped line end are escapes.
  private mutating func string() throws(InterchangeError) -> String {
    var result: [UInt8] = []
    while true {
      let start = position
      position += 1
      while true {
        guard position < text.bytes.count else {
          throw fail(start, "the quote that opens here is not closed", "a closing quote")
        }
        let byte = text.bytes[position]
        if byte == UInt8(ascii: "\"") { break }
        if byte == UInt8(ascii: "\\"), position + 1 < text.bytes.count {
          let next = text.bytes[position + 1]
          if next == UInt8(ascii: "\"") {
            result.append(next)
            position += 2
            continue
          }
          if next == 10 {
            position += 2
            continue
          }
          result.append(byte)
          result.append(next)
          position += 2
          continue
        }
        result.append(byte)
        position += 1
      }
      position += 1
      var next = position
      while next < text.bytes.count, text.bytes[next] <= 32 { next += 1 }
      guard next < text.bytes.count, text.bytes[next] == UInt8(ascii: "+") else { break }
      next += 1
      while next < text.bytes.count, text.bytes[next] <= 32 { next += 1 }
      guard next < text.bytes.count, text.bytes[next] == UInt8(ascii: "\"") else {
        throw fail(next, "+ without a text behind it", "a text in quotes")
      }
      position = next
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func markup() throws(InterchangeError) -> String {
    let start = position
    var depth = 0
    while position < text.bytes.count {
      if text.bytes[position] == UInt8(ascii: "<") { depth += 1 }
      if text.bytes[position] == UInt8(ascii: ">") { depth -= 1 }
      position += 1
      if depth == 0 { return text.text(start..<position) }
    }
    throw fail(start, "the bracket < that opens here is not closed", ">")
  }

  private func fail(_ at: Int, _ what: String, _ expected: String) -> InterchangeError {
    .refused(text.problem(at: at, what, expected: expected))
  }

  private var found: String {
    switch token {
    case .id(let word): "“\(word)”"
    case .mark(let mark): "“\(mark)”"
    case .end: "the end of the file"
    }
  }

  private mutating func take(_ mark: String) throws(InterchangeError) -> Bool {
    guard token == .mark(mark) else { return false }
    try advance()
    return true
  }

  private func isKeyword(_ word: String) -> Bool {
    if case .id(let found) = token, text.bytes[tokenStart] != UInt8(ascii: "\"") {
      return found.lowercased() == word
    }
    return false
  }

  // MARK: Statements

  private mutating func document() throws(InterchangeError) -> GraphDocument {
    try advance()
    if isKeyword("strict") {
      builder.warn("the graph is strict; parallel edges are kept as they stand")
      try advance()
    }
    guard isKeyword("graph") || isKeyword("digraph") else {
      throw fail(tokenStart, found, "graph or digraph")
    }
    isDirected = isKeyword("digraph")
    try advance()
    if case .id(let name) = token {
      builder.name = name
      try advance()
    }
    guard try take("{") else { throw fail(tokenStart, found, "{") }
    scopes = [Scope(nodeDefaults: [], edgeDefaults: [], nodes: [], cluster: nil)]
    try statements()
    guard token == .end else {
      throw fail(tokenStart, "\(found) behind the graph", "one graph, and the end of the file")
    }
    for node in order {
      for (name, value, at) in nodeAttributes[node]?.list ?? [] {
        if name == "label" {
          if value != "\\N" { builder.label(node, value) }
        } else {
          builder.set(node: node, name, Self.value(value), at: text.place(of: at))
        }
      }
    }
    return try builder.document(
      direction: isDirected ? .directed : .undirected, needsDeclarations: false)
  }

  // A number only where it is written as one; 007 and 1e5 stay text.
  private static func value(_ word: String) -> GraphValue {
    guard let number = GraphValue.number(word), !word.utf8.contains(where: { $0 | 32 == 101 })
    else { return .text(word) }
    let digits = word.drop { $0 == "-" }
    if word.hasPrefix("+") || (digits.count > 1 && digits.first == "0" && !digits.hasPrefix("0.")) {
      return .text(word)
    }
    return number
  }

  // The statements up to the bracket that closes what is open; subgraphs on a stack of its own.
  private mutating func statements() throws(InterchangeError) {
    struct Chain {
      var ends: [[Int32]] = []
      var at = 0
    }
    var chains = [Chain()]
    while true {
      if token == .mark("}") {
        try advance()
        let done = scopes.removeLast()
        chains.removeLast()
        guard !scopes.isEmpty else { return }
        scopes[scopes.count - 1].nodes += done.nodes
        chains[chains.count - 1].ends.append(done.nodes)
        try continueChain(&chains[chains.count - 1].ends, chains[chains.count - 1].at)
        continue
      }
      if try take(";") { continue }
      if token == .end {
        throw fail(tokenStart, "the file ends inside the graph", "}")
      }
      if chains[chains.count - 1].ends.isEmpty { chains[chains.count - 1].at = tokenStart }
      if isKeyword("subgraph") || token == .mark("{") {
        var name: String?
        if isKeyword("subgraph") {
          try advance()
          if case .id(let word) = token {
            name = word
            try advance()
          }
          guard token == .mark("{") else { throw fail(tokenStart, found, "{") }
        }
        guard scopes.count < 256 else {
          throw fail(tokenStart, "subgraphs nested deeper than 256", "a graph")
        }
        try advance()
        var scope = scopes[scopes.count - 1]
        scope.nodes = []
        if let name, name.hasPrefix("cluster") { scope.cluster = name }
        scopes.append(scope)
        chains.append(Chain())
        continue
      }
      guard case .id(let word) = token else {
        throw fail(tokenStart, found, "a node, an edge, a subgraph or }")
      }
      let at = tokenStart
      let keyword = ["graph", "node", "edge"].first(where: isKeyword)
      try advance()
      if let keyword, token == .mark("[") {
        let attributes = try self.attributes().map { ($0.0, $0.1) }
        switch keyword {
        case "node": Self.add(attributes, to: &scopes[scopes.count - 1].nodeDefaults)
        case "edge": Self.add(attributes, to: &scopes[scopes.count - 1].edgeDefaults)
        default:
          if scopes.count == 1 {
            builder.graphAttributes += attributes.map { (name: $0.0, text: $0.1) }
          } else {
            builder.remark("attributes of subgraphs are passed over", attributes.count)
          }
        }
        continue
      }
      if try take("=") {
        guard case .id(let value) = token else { throw fail(tokenStart, found, "a value") }
        if scopes.count == 1 {
          builder.graphAttributes.append((word, value))
        } else {
          builder.remark("attributes of subgraphs are passed over")
        }
        try advance()
        continue
      }
      try skipPort()
      let node = self.node(word, at)
      if chains[chains.count - 1].ends.isEmpty, token == .mark("[") {
        let attributes = try self.attributes()
        for (name, value, place) in attributes { set(node, name, value, place) }
        continue
      }
      chains[chains.count - 1].ends.append([node])
      try continueChain(&chains[chains.count - 1].ends, chains[chains.count - 1].at)
    }
  }

  // Behind an end of a chain: an edge to the next, or attributes and the end of the statement.
  private mutating func continueChain(
    _ ends: inout [[Int32]], _ at: Int
  ) throws(InterchangeError) {
    if case .mark(let mark) = token, mark == "->" || mark == "--" {
      guard (mark == "->") == isDirected else {
        throw fail(
          tokenStart, "\(mark) in \(isDirected ? "a directed" : "an undirected") graph",
          isDirected ? "->" : "--")
      }
      try advance()
      switch token {
      case .id, .mark("{"): return
      default: throw fail(tokenStart, found, "the other end of the edge")
      }
    }
    var attributes: [(String, String, Int)] = []
    if ends.count > 1 || token == .mark("[") { attributes = try self.attributes() }
    var values = scopes[scopes.count - 1].edgeDefaults
    Self.add(attributes.map { ($0.0, $0.1) }, to: &values)
    for (from, to) in zip(ends, ends.dropFirst()) {
      // Sets of nodes on both sides of an arrow could make far more edges than the file has bytes.
      spread += from.count * to.count * (1 + values.count)
      guard spread <= max(Self.largestSpread, 100 * text.bytes.count) else {
        throw fail(
          at, "\(from.count) × \(to.count) edges by one \(isDirected ? "->" : "--")",
          "no more than \(Self.largestSpread) in all")
      }
      for source in from {
        for target in to {
          let place = text.place(of: at)
          let edge = builder.edge(source, target, isDirected: isDirected, at: place)
          for (name, value) in values {
            builder.set(edge: edge, name, Self.value(value), at: place)
          }
        }
      }
    }
    ends = []
  }

  static let largestSpread = 4_000_000

  // Adds attributes; of one that was there before, the later value stands.
  private static func add(_ more: [(String, String)], to list: inout [(String, String)]) {
    var known: [String: Int] = [:]
    for (index, entry) in list.enumerated() { known[entry.0] = index }
    for entry in more {
      if let index = known[entry.0] {
        list[index] = entry
      } else {
        known[entry.0] = list.count
        list.append(entry)
      }
    }
  }

  private mutating func attributes() throws(InterchangeError) -> [(String, String, Int)] {
    var attributes: [(String, String, Int)] = []
    var known: [String: Int] = [:]
    while try take("[") {
      while token != .mark("]") {
        guard case .id(let name) = token else {
          throw fail(tokenStart, found, "the name of an attribute or ]")
        }
        let at = tokenStart
        try advance()
        var value = "true"
        if try take("=") {
          guard case .id(let word) = token else { throw fail(tokenStart, found, "a value") }
          value = word
          try advance()
        }
        if let index = known[name] {
          attributes[index] = (name, value, at)
        } else {
          known[name] = attributes.count
          attributes.append((name, value, at))
        }
        _ = try take(";")
        _ = try take(",")
      }
      try advance()
    }
    return attributes
  }

  private mutating func skipPort() throws(InterchangeError) {
    while try take(":") {
      guard case .id = token else { throw fail(tokenStart, found, "a port") }
      builder.remark("ports are passed over")
      try advance()
    }
  }

  private mutating func node(_ id: String, _ at: Int) -> Int32 {
    let place = text.place(of: at)
    let node = builder.node(id, at: place)
    if nodeAttributes[node] == nil {
      nodeAttributes[node] = Attributes()
      order.append(node)
      for (name, value) in scopes[scopes.count - 1].nodeDefaults { set(node, name, value, at) }
    }
    if let cluster = scopes[scopes.count - 1].cluster { set(node, "cluster", cluster, at) }
    scopes[scopes.count - 1].nodes.append(node)
    return node
  }

  private mutating func set(_ node: Int32, _ name: String, _ value: String, _ at: Int) {
    nodeAttributes[node, default: Attributes()].set(name, value, at)
  }
}
