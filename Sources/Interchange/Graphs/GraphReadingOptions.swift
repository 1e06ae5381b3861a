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
  /// The network of a Pajek project, by name or number from 1; nil where there is only one.
  public var network: String?
  /// What belongs to the nodes beside the ties: tables, which bring nodes without ties and
  /// attributes, node files of Neo4j, and partitions and vectors of Pajek.
  public var nodes: [Input] = []
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
    try self.init(unchecked: input, options)
    try checkWeights(file: input.description)
    stateContradictoryDates()
  }

  private init(
    unchecked input: Input, _ options: GraphReadingOptions
  ) throws(InterchangeError) {
    let stream = try ByteStream(input.sheet(options.sheet))
    var options = options
    if options.nodes.isEmpty, options.sheet == nil, case .file(let path) = input,
      let nodes = stream.takeSheetOfNodes()
    {
      options.nodes = [.sheet(nodes, path: path)]
    }
    let kind = try ContentKind(of: stream.peek())
    let format = options.format ?? kind.format ?? Self.format(ofTable: stream.name)
    let document: GraphDocument
    switch (format, kind) {
    case (_, .foreign(let name)):
      throw .refused(
        Problem(
          file: stream.name, line: 1, column: 1, what: "this is \(name)",
          expected: "a graph file or a table of ties", advice: "convert it first"))
    case (.graphML, .xml): document = try GraphMLReader.read(stream, options)
    case (.gexf, .xml): document = try GEXFReader.read(stream, options)
    case (.anx, .xml): document = try ANXReader.read(stream, options)
    case (.maltego, .xml): document = try MaltegoReader.read(stream, options)
    case (.graphML, _), (.gexf, _), (.anx, _), (.maltego, _):
      throw .refused(
        Problem(
          file: stream.name, line: 1, column: 1, what: "this is not XML",
          expected: format == .gexf ? "GEXF" : format == .anx ? "ANX" : "GraphML",
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
    case (.followTheMoney, .table):
      self = try TableGraphReader.read(stream, options)
      return
    case (.followTheMoney, _): document = try FollowTheMoneyReader.read(stream, options)
    case (.bods, _): document = try BODSReader.read(stream, options)
    case (.metis, _): document = try METISReader.read(stream, options)
    case (.geoJSON, _): document = try GeoJSONReader.read(stream, options)
    case (.edgeList, _), (.events, _), (.matrix, _), (.twoMode, _), (.neo4j, _), (nil, _):
      self = try TableGraphReader.read(stream, options)
      return
    }
    self = try document.joining(options.nodes, options)
  }
}

extension GraphDocument {
  // Lines of numbers are a table to the eye; only the name says that they are lists of neighbours.
  // What is called JSON is read as JSON even where its first bytes do not show a graph, so that the
  // problem that is named is one of JSON and not one of a table.
  private static func format(ofTable name: String) -> GraphFormat? {
    let name = name.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if plain.hasSuffix(".json") { return .json }
    return plain.hasSuffix(".metis") || plain.hasSuffix(".graph") ? .metis : nil
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

  // Files of other kinds by their first bytes.
  private static let signatures: [(bytes: [UInt8], name: String)] = [
    ([0x1F, 0x8B], "data compressed by gzip twice"),
    (Array("BZh".utf8), "data compressed by bzip2"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "data compressed by xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], "data compressed by zstd"),
    ([0x37, 0x7A, 0xBC, 0xAF], "an archive of 7-Zip"), (Array("Rar!".utf8), "an archive of RAR"),
    ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG)"), ([0xFF, 0xD8, 0xFF], "a picture (JPEG)"),
    (Array("GIF8".utf8), "a picture (GIF)"), (Array("%PDF-".utf8), "a PDF document"),
    (Array("{\\rtf".utf8), "a text document (RTF)"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    (Array("%%MatrixMarket".utf8), "a matrix of Matrix Market"),
    (Array("SQLite format 3".utf8), "a database or a case file"),
  ]

  init(of head: ArraySlice<UInt8>) {
    if let known = Self.signatures.first(where: { head.starts(with: $0.bytes) }) {
      self = .foreign(known.name)
      return
    }
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
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<table") {
      self = .foreign("a web page (HTML)")
    } else if start.hasPrefix("<"), start.contains("progid=\"excel.sheet\"") {
      self = .foreign("a workbook in the XML form of 2003")
    } else if start.hasPrefix("<") {
      self = .xml(
        start.contains("<gexf")
          ? .gexf
          : start.contains("<chart")
            ? .anx : start.contains("maltego.paterva.com") ? .maltego : .graphML)
    } else if start.hasPrefix("["),
      start.prefix(60).contains("\"cxversion\"")
        || start.prefix(60).contains("\"numberverification\"")
    {
      self = .graph(.cx2)
    } else if Self.isStatements(text) {
      self = .graph(.bods)
    } else if let lines = Self.lines(text) {
      self = .graph(lines)
    } else if GeoJSONReader.isHead(start) {
      self = .graph(.geoJSON)
    } else if start.hasPrefix("{") || start.hasPrefix("[{") || start.hasPrefix("[\n{") {
      self = .graph(.json)
    } else if first == "creator" || first == "version" && start.contains("graph")
      || first == "graph" && second.hasPrefix("[") || start.hasPrefix("graph[")
    {
      self = .graph(.gml)
    } else if [
      "*vertices", "*network", "*arcs", "*edges", "*matrix", "*partition", "*vector",
      "*permutation",
    ].contains(where: start.hasPrefix) {
      self = .graph(.pajek)
    } else if first == "dl" || first == "dl,", words.count > 1 {
      self = .graph(.dl)
    } else if ["*node", "*tie"].contains(first) {
      self = .graph(.vna)
    } else if start.hasPrefix("nodedef>") {
      self = .graph(.gdf)
    } else if ["graph", "digraph", "strict", "graph{", "digraph{"].contains(first)
      || first.hasPrefix("digraph{") || first.hasPrefix("graph{"),
      start.contains("{") || (words.count <= 3 && head.count < 400)
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
    if words.contains("\"prop\":\""), words.contains("\"schema\":\""),
      words.contains("\"entity_id\":\"") || words.contains("\"canonical_id\":\"")
    {
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
