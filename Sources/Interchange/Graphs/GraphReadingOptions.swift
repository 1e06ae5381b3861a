// SPDX-License-Identifier: Apache-2.0

/// How a graph file is read; what is not named here is detected and stated.
public struct GraphReadingOptions: Sendable {
  /// What becomes of a row of a list in which an end, or the amount of an event, is missing.
  public enum IncompleteRows: String, Codable, CaseIterable, Sendable {
    /// The file is refused and every such row listed.
    case refuse
    /// The row is passed over; their number is stated.
    case skip
  }

  /// The format; nil to find it from the content.
  public var format: GraphFormat?
  /// The sheet of a workbook, by name or number from 1; nil for the first.
  public var sheet: String?
  /// How tables are read: delimiter, quote, header, encoding.
  public var table = DelimitedReader.Options()
  /// The column where a tie starts: a name, or a number from 1.
  public var sourceColumn: String?
  /// The column where a tie ends: a name, or a number from 1.
  public var targetColumn: String?
  /// The column of the times of events: a name, or a number from 1; nil to find it.
  public var timeColumn: String?
  /// The column of the amounts of events: a name, or a number from 1; nil to find it.
  public var amountColumn: String?
  /// How the times of events are written, such as `dd/MM/yyyy HH:mm`; nil to find it.
  public var timeForm: String?
  /// A table of nodes that belongs to the ties: it brings nodes without ties, and attributes.
  public var nodes: Input?
  /// The column of the node table that holds the identifiers; nil to find it.
  public var identifierColumn: String?
  /// The column of the node table that people know the nodes by; nil to find it.
  public var labelColumn: String?
  /// What becomes of a row in which an end is missing.
  public var incompleteRows = IncompleteRows.refuse
  /// The most nodes a file may bring.
  public var maximumNodes = 50_000_000

  /// Whether the plain rows of lists are read straight from the bytes; the outcome is the same.
  var readsPlainRowsDirectly = true

  /// Creates the default options: find out everything.
  public init() {}
}

extension GraphDocument {
  /// Reads a graph file: an edge list, an adjacency or two-mode matrix, or GraphML, plain or gzip.
  ///
  /// - Parameters:
  ///   - input: the file.
  ///   - options: what the reader should not find out by itself.
  /// - Throws: `InterchangeError`; a content that is not acceptable is refused whole, with every
  ///   problem listed.
  public init(
    reading input: Input, _ options: GraphReadingOptions = GraphReadingOptions()
  ) throws(InterchangeError) {
    let stream = try ByteStream(input.sheet(options.sheet))
    let kind = try ContentKind(of: stream.peek())
    let format = options.format ?? kind.format
    var document: GraphDocument
    switch (format, kind) {
    case (_, .foreign(let name)):
      throw .refused(
        Problem(
          file: stream.name, line: 1, column: 1, what: "this is \(name)",
          expected: "a graph file or a table of ties", advice: "convert it first"))
    case (.graphML, .xml), (.gexf, .xml):
      document =
        format == .gexf
        ? try GEXFReader.read(stream, options) : try GraphMLReader.read(stream, options)
    case (.graphML, _), (.gexf, _):
      throw .refused(
        Problem(
          file: stream.name, line: 1, column: 1, what: "this is not XML",
          expected: format == .gexf ? "GEXF" : "GraphML",
          advice: "leave the format to be detected"))
    case (.gml, _): document = try GMLReader.read(stream, options)
    case (.pajek, _): document = try PajekReader.read(stream, options)
    case (.dl, _): document = try DLReader.read(stream, options)
    case (.dot, _): document = try DOTReader.read(stream, options)
    case (.json, _): document = try JSONGraphReader.read(stream, options)
    case (.gdf, _): document = try GDFReader.read(stream, options)
    case (.cx2, _): document = try CX2Reader.read(stream, options)
    case (.vna, _): document = try VNAReader.read(stream, options)
    case (.ndjson, _): document = try NDJSONReader.read(stream, options)
    case (.followTheMoney, _): document = try FollowTheMoneyReader.read(stream, options)
    case (.bods, _): document = try BODSReader.read(stream, options)
    case (.edgeList, _), (.events, _), (.matrix, _), (.twoMode, _), (nil, _):
      self = try TableGraphReader.read(stream, options)
      return
    }
    if let nodes = options.nodes {
      document = try document.joining(
        NodeTable.read(nodes, options), maximumNodes: options.maximumNodes)
    }
    self = document
  }
}

/// What a file is by its first bytes.
private enum ContentKind {
  case xml(GraphFormat)
  case graph(GraphFormat)
  case table
  case foreign(String)

  /// The format that the bytes show; nil for tables.
  var format: GraphFormat? {
    switch self {
    case .xml(let format), .graph(let format): format
    case .table, .foreign: nil
    }
  }

  init(of head: ArraySlice<UInt8>) {
    // Enough to tell: byte order marks and the zero bytes of UTF-16 are passed over.
    var text = Array(
      head.prefix(8_192).filter { ![0, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE].contains($0) }
        .drop { [9, 10, 13, 32].contains($0) })[...]
    // Comments of DOT, GML and Pajek stand before what tells.
    while true {
      if text.starts(with: "//".utf8) || text.starts(with: "%".utf8)
        || (text.first == 35 && Self.isBeforeGraph(text))
      {
        text = text.drop { $0 != 10 && $0 != 13 }.drop { [9, 10, 13, 32].contains($0) }
      } else if text.starts(with: "/*".utf8) {
        var rest = text.dropFirst(2)
        while rest.count > 1, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
        text = rest.dropFirst(2).drop { [9, 10, 13, 32].contains($0) }
      } else {
        break
      }
    }
    let start = String(decoding: text.prefix(400), as: UTF8.self).lowercased()
    let words = start.split(whereSeparator: { $0.isWhitespace })
    let first = words.first.map(String.init) ?? ""
    let second = words.dropFirst().first.map(String.init) ?? ""
    if start.hasPrefix("sqlite format 3") {
      self = .foreign("a database or a case file")
    } else if start.hasPrefix("<") {
      self = .xml(start.contains("<gexf") ? .gexf : .graphML)
    } else if start.hasPrefix("["), start.prefix(40).contains("\"cxversion\"") {
      self = .graph(.cx2)
    } else if Self.isStatements(text) {
      self = .graph(.bods)
    } else if let lines = Self.lines(text) {
      self = .graph(lines)
    } else if start.hasPrefix("{") || start.hasPrefix("[{") || start.hasPrefix("[\n{") {
      self = .graph(.json)
    } else if first == "creator" || first == "version" && start.contains("graph")
      || first == "graph" && second.hasPrefix("[") || start.hasPrefix("graph[")
    {
      self = .graph(.gml)
    } else if start.hasPrefix("*vertices") || start.hasPrefix("*network") {
      self = .graph(.pajek)
    } else if first == "dl", words.count > 1 {
      self = .graph(.dl)
    } else if ["*node", "*tie"].contains(first) {
      self = .graph(.vna)
    } else if start.hasPrefix("nodedef>") {
      self = .graph(.gdf)
    } else if ["graph", "digraph", "strict", "graph{", "digraph{"].contains(first)
      || first.hasPrefix("digraph{") || first.hasPrefix("graph{"), start.contains("{")
    {
      self = .graph(.dot)
    } else {
      self = .table
    }
  }

  // Whether a text begins with a statement of BODS, of any version.
  private static func isStatements(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "[") || text.first == UInt8(ascii: "{") else { return false }
    let words = String(decoding: text, as: UTF8.self)
    return words.contains("\"statementId\"") || words.contains("\"statementID\"")
      || words.contains("\"recordId\"") && words.contains("\"recordDetails\"")
  }

  // The format of a text whose first line that says something is a JSON object of a node, an edge or an
  // entity; nil for others.
  private static func lines(_ text: ArraySlice<UInt8>) -> GraphFormat? {
    var rest = text
    while rest.first == 35 {
      rest = rest.drop { $0 != 10 && $0 != 13 }.drop { [9, 10, 13, 32].contains($0) }
    }
    guard rest.first == UInt8(ascii: "{") else { return nil }
    let line = rest.prefix { $0 != 10 && $0 != 13 }
    let words = String(decoding: line, as: UTF8.self).filter { $0 != " " && $0 != "\t" }
    if words.contains("\"schema\":\""), words.contains("\"properties\":{") {
      return .followTheMoney
    }
    let kinds = ["node", "edge", "link", "relationship"]
    return kinds.contains { words.contains("\"type\":\"\($0)\"") } && !words.contains("\"nodes\":")
      ? .ndjson : nil
  }

  // Whether lines that begin with # stand before a graph of GML or DOT, and not before a table.
  private static func isBeforeGraph(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while rest.first == 35 {
      rest = rest.drop { $0 != 10 && $0 != 13 }.drop { [9, 10, 13, 32].contains($0) }
    }
    let start = String(decoding: rest.prefix(200), as: UTF8.self).lowercased()
    return ["graph", "digraph", "strict", "creator", "version"].contains { start.hasPrefix($0) }
  }
}
