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
    var document: GraphDocument
    switch try ContentKind(of: stream.peek()) {
    case .xml where options.format == nil || options.format == .graphML:
      document = try GraphMLReader.read(stream, options)
      if let nodes = options.nodes {
        document = try document.joining(
          NodeTable.read(nodes, options), maximumNodes: options.maximumNodes)
      }
    case .foreign(let name):
      throw .refused(
        Problem(
          file: stream.name, line: 1, column: 1, what: "this is \(name)",
          expected: "GraphML, an edge list or a matrix", advice: "convert it first"))
    default:
      guard options.format != .graphML else {
        throw .refused(
          Problem(
            file: stream.name, line: 1, column: 1, what: "this is not XML", expected: "GraphML",
            advice: "leave the format to be detected"))
      }
      document = try TableGraphReader.read(stream, options)
    }
    self = document
  }
}

/// What a file is by its first bytes.
private enum ContentKind {
  case xml
  case table
  case foreign(String)

  init(of head: ArraySlice<UInt8>) {
    // Enough to tell: byte order marks and the zero bytes of UTF-16 are passed over.
    let text = head.prefix(400).filter { ![0, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE].contains($0) }
      .drop { [9, 10, 13, 32].contains($0) }
    let start = String(decoding: text.prefix(40), as: UTF8.self).lowercased()
    self =
      if start.hasPrefix("sqlite format 3") {
        .foreign("a database or a case file")
      } else if start.hasPrefix("<") {
        .xml
      } else if start.hasPrefix("{") || start.hasPrefix("[{") {
        .foreign("JSON")
      } else if start.hasPrefix("graph [") || start.hasPrefix("graph\n[")
        || start.hasPrefix("creator \"")
      {
        .foreign("GML")
      } else if start.hasPrefix("*vertices") || start.hasPrefix("*network") {
        .foreign("a Pajek network")
      } else if start.hasPrefix("dl n") || start.hasPrefix("dl\n") {
        .foreign("a UCINET DL file")
      } else {
        .table
      }
  }
}
