// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Gathers the nodes and edges of a file whose format names them, with their attributes.
///
/// Nothing is invented: a node that an edge names must be declared where the format asks for that,
/// identifiers must differ, and an attribute has one value.
struct DocumentBuilder {
  private struct Values {
    var indices: [Int32] = []
    var values: [GraphValue] = []
    // Those that have a value, from when the first comes out of order.
    var known: Set<Int32>?
  }

  private let file: String
  private let format: GraphFormat
  private let maximumNodes: Int
  private(set) var problems = ProblemList()
  private var ids = IdentifierTable()
  // By number of the identifier: where it was used first, and whether it was declared.
  private var firstUse: [TextPlace] = []
  private var declared: [Bool] = []
  private var labels: [Int32: String] = [:]
  private var sources: [Int32] = []
  private var targets: [Int32] = []
  private var directed: [Bool] = []
  private var lines: [Int32] = []
  private var nodeNames: [String] = []
  private var nodeValues: [String: Values] = [:]
  private var edgeNames: [String] = []
  private var edgeValues: [String: Values] = [:]
  private var hasTooMany = false
  /// The name of the graph, where the file has one.
  var name: String?
  /// What is said of the graph.
  var graphAttributes: [(name: String, text: String)] = []
  /// What was assumed or passed over, with how often.
  private var remarks: [(what: String, count: Int)] = []
  private var statements: [String] = []

  init(file: String, format: GraphFormat, maximumNodes: Int) {
    self.file = file
    self.format = format
    self.maximumNodes = maximumNodes
  }

  var nodeCount: Int { ids.count }
  var edgeCount: Int { sources.count }

  mutating func add(_ problem: Problem) { problems.add(problem) }

  mutating func report(
    _ place: TextPlace, _ what: String, expected: String? = nil, advice: String? = nil
  ) {
    problems.add(
      Problem(
        file: file, line: place.line, column: place.column, what: what, expected: expected,
        advice: advice))
  }

  /// States something once, without a count.
  mutating func warn(_ what: String) { statements.append(what) }

  /// What stopped the reader, behind the problems that were found before.
  func refusal(_ error: InterchangeError) -> InterchangeError {
    guard case .refused(let list) = error else { return error }
    var all = problems
    all.add(list)
    return .refused(all)
  }

  /// Counts something that is passed over or assumed, for one warning.
  mutating func remark(_ what: String, _ count: Int = 1) {
    if let index = remarks.firstIndex(where: { $0.what == what }) {
      remarks[index].count += count
    } else if count > 0 {
      remarks.append((what, count))
    }
  }

  /// The node of an identifier that something refers to.
  mutating func node(_ id: String, at place: TextPlace) -> Int32 {
    if id.isEmpty { report(place, "an empty identifier", expected: "an identifier") }
    let number = ids.number(of: ByteCell(id))
    if Int(number) == firstUse.count {
      firstUse.append(place)
      declared.append(false)
      if ids.count == maximumNodes + 1 {
        report(
          place, "more than \(maximumNodes) nodes", expected: "a smaller graph",
          advice: "raise --max-nodes")
      }
    }
    return number
  }

  /// The node of an identifier that is declared here; it must not be declared twice.
  mutating func declare(_ id: String, at place: TextPlace) -> Int32 {
    let node = node(id, at: place)
    if declared[Int(node)] {
      let first = firstUse[Int(node)]
      report(
        place, "the node “\(id)” occurs again", expected: "an identifier of its own",
        advice: "it stands in line \(first.line) already")
    }
    declared[Int(node)] = true
    return node
  }

  /// Whether a node was declared.
  func isDeclared(_ node: Int32) -> Bool { declared[Int(node)] }

  mutating func label(_ node: Int32, _ label: String) { labels[node] = label }

  /// Adds an edge; gives its number.
  @discardableResult
  mutating func edge(
    _ source: Int32, _ target: Int32, isDirected: Bool, at place: TextPlace
  ) -> Int32 {
    sources.append(source)
    targets.append(target)
    directed.append(isDirected)
    lines.append(Int32(clamping: place.line))
    return Int32(clamping: sources.count - 1)
  }

  mutating func set(node: Int32, _ name: String, _ value: GraphValue, at place: TextPlace) {
    if nodeValues[name] == nil {
      guard admits(nodeNames.count, place) else { return }
      nodeNames.append(name)
    }
    let isNew = Self.set(&nodeValues[name, default: Values()], node, value)
    if !isNew { reportRepeat(name, place) }
  }

  mutating func set(edge: Int32, _ name: String, _ value: GraphValue, at place: TextPlace) {
    if edgeValues[name] == nil {
      guard admits(edgeNames.count, place) else { return }
      edgeNames.append(name)
    }
    let isNew = Self.set(&edgeValues[name, default: Values()], edge, value)
    if !isNew { reportRepeat(name, place) }
  }

  /// The most attributes that nodes or edges may have.
  static let maximumAttributes = 2_000

  // Whether there is room for another attribute.
  private mutating func admits(_ count: Int, _ place: TextPlace) -> Bool {
    if count < Self.maximumAttributes { return true }
    if !hasTooMany {
      report(
        place, "more than \(Self.maximumAttributes) attributes", expected: "fewer",
        advice: "keep what is the same for all as one attribute, or part the file")
    }
    hasTooMany = true
    return false
  }

  private mutating func reportRepeat(_ name: String, _ place: TextPlace) {
    report(place, "“\(name)” has two values here", expected: "one", advice: "remove one of them")
  }

  private static func set(_ values: inout Values, _ index: Int32, _ value: GraphValue) -> Bool {
    if let last = values.indices.last, last >= index {
      if last == index { return false }
      var known = values.known ?? Set(values.indices)
      values.known = nil
      let isNew = known.insert(index).inserted
      values.known = known
      if !isNew { return false }
    } else if values.known != nil {
      values.known?.insert(index)
    }
    values.indices.append(index)
    values.values.append(value)
    return true
  }

  /// The document.
  ///
  /// An error with every problem is thrown when there is any. `needsDeclarations` says whether a node
  /// that only edges name is a mistake; `direction` is that of a file without edges.
  consuming func document(
    direction: Graph.Direction, needsDeclarations: Bool
  ) throws(InterchangeError) -> GraphDocument {
    if needsDeclarations {
      for (number, isDeclared) in declared.enumerated() where !isDeclared {
        report(
          firstUse[number], "no node has the identifier “\(ids.names[number])”",
          expected: "a node that the file declares",
          advice: "add the node, or correct the identifier"
        )
      }
    }
    checkSpread(nodeValues, count: ids.count, "nodes")
    checkSpread(edgeValues, count: sources.count, "edges")
    try problems.throwIfErrors()
    let isMixed = directed.contains(true) && directed.contains(false)
    let found: Graph.Direction =
      directed.isEmpty ? direction : directed.contains(true) ? .directed : .undirected
    var document = GraphDocument(
      name: name ?? file.fileName, format: format, direction: isMixed ? .directed : found,
      nodeIDs: ids.names, sources: sources, targets: targets)
    document.lines = EdgeLines(lines)
    if isMixed { document.mixedDirections = directed }
    document.graphAttributes = graphAttributes
    if !labels.isEmpty {
      document.nodeLabels = (0..<ids.count).map { labels[Int32($0)] }
    }
    document.nodeColumns = nodeNames.map {
      Self.column($0, nodeValues[$0] ?? Values(), count: ids.count)
    }
    document.edgeColumns = edgeNames.map {
      Self.column($0, edgeValues[$0] ?? Values(), count: sources.count)
    }
    document.notices = notices(document, isMixed)
    return document
  }

  // A few values under each of many names would take far more room than the file.
  private mutating func checkSpread(_ values: [String: Values], count: Int, _ what: String) {
    let present = values.values.reduce(0) { $0 + $1.values.count }
    guard values.count * count > max(1 << 24, 200 * present) else { return }
    problems.add(
      Problem(
        file: file,
        what: "\(values.count) attributes of \(count) \(what), and no more than \(present) values",
        expected: "attributes that most of them have",
        advice: "write such attributes as name and value in one column"))
  }

  private func notices(_ document: GraphDocument, _ isMixed: Bool) -> [Notice] {
    let name = file.fileName
    let edges =
      isMixed
      ? counted(document.edgeCount, "edge") + ", some directed and some not"
      : counted(document.edgeCount, "\(document.direction.rawValue) edge")
    var notices: [Notice] = [
      .note("\(name): \(format.words), \(counted(document.nodeCount, "node")) and \(edges)")
    ]
    for statement in statements { notices.append(.warning("\(name): \(statement)")) }
    for remark in remarks { notices.append(.warning("\(name): \(remark.what) (\(remark.count))")) }
    if [.json, .ndjson, .gml].contains(format) {
      for (side, names, values) in [
        ("nodes", nodeNames, nodeValues), ("edges", edgeNames, edgeValues),
      ] {
        for attribute in names where values[attribute].map({ Self.isMixed($0.values) }) ?? false {
          notices.append(
            .warning(
              "\(name): \(attribute.printable()) of \(side) has values of several types and is kept as text"
            ))
        }
      }
    }
    notices += ids.notices(file: name)
    return notices
  }

  // Whether texts stand beside numbers or truth values.
  private static func isMixed(_ values: [GraphValue]) -> Bool {
    var (texts, numbers, truths) = (false, false, false)
    for value in values {
      switch value {
      case .text: texts = true
      case .integer, .real: numbers = true
      case .boolean: truths = true
      }
    }
    return (texts && (numbers || truths)) || (numbers && truths)
  }

  // One type for the column: that of all its values, or text.
  private static func column(_ name: String, _ values: Values, count: Int) -> AttributeColumn {
    var (integers, reals, truths, exact) = (0, 0, 0, true)
    for value in values.values {
      switch value {
      case .integer(let number):
        integers += 1
        if number.magnitude > 1 << 53 { exact = false }
      case .real: reals += 1
      case .boolean: truths += 1
      case .text: break
      }
    }
    func spread<Value>(_ read: (GraphValue) -> Value?) -> [Value?] {
      var column = [Value?](repeating: nil, count: count)
      for (index, value) in zip(values.indices, values.values) { column[Int(index)] = read(value) }
      return column
    }
    let all = values.values.count
    if integers == all {
      return AttributeColumn(
        name: name,
        values: .integer(spread { if case .integer(let number) = $0 { number } else { nil } }))
    }
    if integers + reals == all, exact {
      return AttributeColumn(
        name: name,
        values: .real(
          spread { value -> Double? in
            switch value {
            case .integer(let number): Double(number)
            case .real(let number): number
            default: nil
            }
          }))
    }
    if truths == all {
      return AttributeColumn(
        name: name,
        values: .boolean(spread { if case .boolean(let truth) = $0 { truth } else { nil } }))
    }
    return AttributeColumn(name: name, values: .text(spread { $0.asText }))
  }
}

extension GraphFormat {
  /// The format in the words of a notice.
  var words: String {
    switch self {
    case .edgeList: "edge list"
    case .events: "events"
    case .matrix: "adjacency matrix"
    case .twoMode: "two-mode matrix"
    case .graphML: "GraphML"
    case .gexf: "GEXF"
    case .gml: "GML"
    case .pajek: "Pajek network"
    case .dl: "UCINET DL"
    case .dot: "DOT"
    case .json: "node-link JSON"
    case .gdf: "GDF"
    case .cx2: "CX2"
    case .vna: "VNA"
    case .ndjson: "lines of JSON"
    case .followTheMoney: "FollowTheMoney"
    case .neo4j: "tables for Neo4j"
    case .metis: "METIS graph"
    case .geoJSON: "GeoJSON"
    case .bods: "ownership statements (BODS)"
    case .anx: "a chart of Analyst's Notebook (ANX)"
    case .maltego: "a graph of Maltego"
    }
  }
}
