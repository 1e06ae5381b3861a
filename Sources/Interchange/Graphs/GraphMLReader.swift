// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads GraphML.
///
/// The format is that of Brandes, Eiglsperger, Herman, Himsolt and Marshall (2002,
/// doi:10.1007/3-540-45848-4_59).
/// Nested graphs are flattened, hyperedges and ports passed over, mixed directions kept; all of it is
/// stated. Keys must be declared, ends must exist, identifiers must differ.
final class GraphMLReader: XMLHandler {
  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let reader = GraphMLReader(file: stream.name, maximumNodes: options.maximumNodes)
    let parser = XMLParser(file: stream.name, encoding: options.table.encoding, handler: reader)
    do {
      try parser.parse(stream)
    } catch .refused(let list) where !parser.isRefused {
      // What was found before the document broke is said too.
      reader.problems.add(list)
      throw .refused(reader.problems)
    }
    return try reader.document()
  }

  private static let longestText = 16 << 20
  private var isTooLong = false

  private enum Owner { case node, edge, graph }

  private let file: String
  private let maximumNodes: Int
  private var problems = ProblemList()
  private var keys: [GraphMLKey] = []
  private var keyNumber: [String: Int] = [:]
  private var graphCount = 0

  private var ids = IdentifierTable()
  // For each identifier its place among the nodes, -1 until the node itself is met.
  private var nodeOf: [Int32] = []
  private var firstUse: [XMLPlace] = []
  private var nodeLines: [Int] = []
  private var declared: [Int32] = []
  private var edgeIDs: Set<String> = []
  private var sources: [Int32] = []
  private var targets: [Int32] = []
  private var lines: [Int32] = []
  private var directed: [Bool] = []
  private var defaults: [Graph.Direction] = []
  private var firstDefault = Graph.Direction.undirected
  private var undefinedDefault = 0
  private var nested = 0
  private var hyperedges = 0
  private var ports = 0
  private var nestedData = 0
  private var unknown = 0
  private var unknownName = ""
  private var holdsElements = false

  // Elements that are open.
  private var path: [String] = []
  private var owners: [(owner: Owner, index: Int)] = []
  private var openKey: Int?
  private var openData: (key: Int, place: XMLPlace)?
  private var collected = ""
  private var ignoredDepth = 0

  private init(file: String, maximumNodes: Int) {
    self.file = file
    self.maximumNodes = maximumNodes
  }

  // MARK: Events

  func start(_ element: XMLElement, at place: XMLPlace) {
    if path.isEmpty, element.name != "graphml" {
      add(
        place, "the root element is <\(element.name)>", "<graphml>",
        element.name == "kml"
          ? "Clew writes KML and does not read it; GeoJSON comes back" : "check the format")
    }
    path.append(element.name)
    if ignoredDepth > 0 || openData != nil {
      if openData != nil, ignoredDepth == 0 {
        nestedData += 1
        holdsElements = true
      }
      ignoredDepth += 1
      return
    }
    switch element.name {
    case "graphml", "desc", "locator", "endpoint": break
    case "key": startKey(element, place)
    case "default": collected = ""
    case "graph": startGraph(element, place)
    case "node": startNode(element, place)
    case "edge": startEdge(element, place)
    case "data": startData(element, place)
    case "port":
      ports += 1
      ignoredDepth = 1
    case "hyperedge":
      hyperedges += 1
      ignoredDepth = 1
    default:
      unknown += 1
      if unknownName.isEmpty { unknownName = element.name }
      ignoredDepth = 1
    }
  }

  func end(_ name: String, at place: XMLPlace) {
    path.removeLast()
    if ignoredDepth > 0 {
      ignoredDepth -= 1
      return
    }
    switch name {
    case "key": openKey = nil
    case "default":
      if let openKey {
        keys[openKey].setDefault(collected).map { add(place, $0.what, $0.expected, nil) }
      }
    case "graph":
      owners.removeLast()
      defaults.removeLast()
    case "node", "edge": owners.removeLast()
    case "data": endData()
    default: break
    }
  }

  var wantsText: Bool { ignoredDepth == 0 && (openData != nil || path.last == "default") }

  func text(_ text: String) {
    guard collected.utf8.count + text.utf8.count <= Self.longestText else {
      if let place = openData?.place, !isTooLong {
        isTooLong = true
        add(place, "a text of more than 16 MB", "a shorter one", nil)
      }
      return
    }
    collected += text
  }

  private func startKey(_ element: XMLElement, _ place: XMLPlace) {
    guard let id = element["id"] else { return add(place, "a key without an id", "an id", nil) }
    guard keyNumber[id] == nil else {
      return add(place, "the key “\(id)” is declared twice", "an id of its own", nil)
    }
    let type = element["attr.type"] ?? "string"
    guard let kind = GraphMLKey.Kind(rawValue: type) else {
      return add(
        place, "the type “\(type)” of the key “\(id)”",
        "boolean, int, long, float, double or string", nil)
    }
    guard keys.count < DocumentBuilder.maximumAttributes else {
      if keys.count == DocumentBuilder.maximumAttributes {
        add(place, "more than \(keys.count) keys", "fewer", "part the file")
      }
      return
    }
    keyNumber[id] = keys.count
    openKey = keys.count
    keys.append(
      GraphMLKey(name: element["attr.name"] ?? id, domain: element["for"] ?? "all", kind: kind))
  }

  private func startGraph(_ element: XMLElement, _ place: XMLPlace) {
    graphCount += 1
    if !owners.isEmpty { nested += 1 }
    switch element["edgedefault"] {
    case "directed": defaults.append(.directed)
    case "undirected": defaults.append(.undirected)
    case nil:
      undefinedDefault += 1
      defaults.append(.undirected)
    case let other?:
      add(place, "edgedefault is “\(other)”", "directed or undirected", nil)
      defaults.append(.undirected)
    }
    if graphCount == 1, let first = defaults.last { firstDefault = first }
    owners.append((.graph, graphCount - 1))
  }

  private func startNode(_ element: XMLElement, _ place: XMLPlace) {
    owners.append((.node, declared.count))
    guard let id = element["id"], !id.isEmpty else {
      declared.append(-1)
      nodeLines.append(place.line)
      return add(place, "a node without an id", "an id", nil)
    }
    let number = use(id, place)
    if nodeOf[Int(number)] >= 0 {
      let line = nodeLines[Int(nodeOf[Int(number)])]
      add(
        place, "the node id “\(id)” occurs twice", "an id of its own (it is also in line \(line))",
        nil)
    }
    nodeOf[Int(number)] = Int32(declared.count)
    declared.append(number)
    nodeLines.append(place.line)
    if declared.count == maximumNodes + 1 {
      add(place, "more than \(maximumNodes) nodes", "at most that many", nil)
    }
  }

  private func startEdge(_ element: XMLElement, _ place: XMLPlace) {
    owners.append((.edge, sources.count))
    if let id = element["id"], !edgeIDs.insert(id).inserted {
      add(place, "the edge id “\(id)” occurs twice", "an id of its own", nil)
    }
    var isDirected = defaults.last == .directed
    switch element["directed"] {
    case nil: break
    case "true", "1": isDirected = true
    case "false", "0": isDirected = false
    case let other?: add(place, "directed is “\(other)”", "true or false", nil)
    }
    if element["sourceport"] != nil || element["targetport"] != nil { ports += 1 }
    let ends = (element["source"] ?? "", element["target"] ?? "")
    if ends.0.isEmpty || ends.1.isEmpty {
      add(place, "an edge without \(ends.0.isEmpty ? "a source" : "a target")", "a node id", nil)
    }
    sources.append(use(ends.0, place))
    targets.append(use(ends.1, place))
    lines.append(Int32(truncatingIfNeeded: place.line))
    directed.append(isDirected)
  }

  private func startData(_ element: XMLElement, _ place: XMLPlace) {
    collected = ""
    holdsElements = false
    guard let id = element["key"], let key = keyNumber[id] else {
      ignoredDepth = 1
      return add(
        place, element["key"].map { "the key “\($0)” is not declared" } ?? "data without a key",
        "a key that is declared above the graph", nil)
    }
    openData = (key, place)
  }

  private func endData() {
    guard let data = openData else { return }
    openData = nil
    guard let owner = owners.last, owner.owner != .graph else { return }
    // A drawing inside data is no text.
    if holdsElements, collected.utf8.allSatisfy({ $0 <= 32 }) { return }
    let key = keys[data.key]
    let isNode = owner.owner == .node
    guard key.isFor(isNode ? "node" : "edge") else {
      return add(
        data.place, "the key “\(key.name)” stands at \(isNode ? "a node" : "an edge")",
        "only at \(key.domain)s, as it is declared", nil)
    }
    if let problem = keys[data.key].set(collected, isNode: isNode, at: owner.index) {
      add(data.place, problem.what, problem.expected, nil)
    }
  }

  private func use(_ id: String, _ place: XMLPlace) -> Int32 {
    let number = ids.number(of: id)
    if Int(number) == nodeOf.count {
      nodeOf.append(-1)
      firstUse.append(place)
    }
    return number
  }

  private func add(_ place: XMLPlace, _ what: String, _ expected: String?, _ advice: String?) {
    problems.add(
      Problem(
        file: file, line: place.line, column: place.column, what: what, expected: expected,
        advice: advice))
  }

  // MARK: The document

  private func document() throws(InterchangeError) -> GraphDocument {
    for (number, node) in nodeOf.enumerated() where node < 0 && !ids.names[number].isEmpty {
      add(
        firstUse[number], "an edge ends at “\(ids.names[number])”, which is no node",
        "the id of a node", "add the node, or remove the edge")
    }
    if graphCount == 0, problems.isEmpty {
      throw .refused(
        Problem(file: file, what: "there is no graph in the document", expected: "<graph>"))
    }
    try problems.throwIfErrors()
    let isMixed = Set(directed).count > 1
    var document = GraphDocument(
      name: file.fileName, format: .graphML,
      direction: (directed.isEmpty ? firstDefault == .directed : directed.contains(true))
        ? .directed : .undirected,
      nodeIDs: declared.map { ids.names[Int($0)] }, sources: sources.map { nodeOf[Int($0)] },
      targets: targets.map { nodeOf[Int($0)] },
      nodeColumns: columns(isNode: true, count: declared.count),
      edgeColumns: columns(isNode: false, count: sources.count))
    document.edgeLines = lines
    document.mixedDirections = isMixed ? directed : nil
    document.notices = notices(document, isMixed)
    document.restoreWrittenColumns(
      hasIdentifiers: keyNumber["uid"].map { keys[$0].name == "uid" } ?? false,
      hasDirections: keyNumber["direction"].map { keys[$0].name == "direction" } ?? false)
    document.adoptLabels()
    document.notices += ids.notices(file: file.fileName)
    return document
  }

  private func columns(isNode: Bool, count: Int) -> [AttributeColumn] {
    var used: Set<String> = []
    var columns: [AttributeColumn] = []
    for key in keys where key.isFor(isNode ? "node" : "edge") {
      guard var column = key.column(isNode: isNode, count: count) else { continue }
      var number = 2
      while !used.insert(column.name).inserted {
        column.name = "\(key.name).\(number)"
        number += 1
      }
      columns.append(column)
    }
    return columns
  }

  private func notices(_ document: GraphDocument, _ isMixed: Bool) -> [Notice] {
    let file = file.fileName
    let edges =
      isMixed
      ? counted(document.edgeCount, "edge") + ", some directed and some not"
      : counted(document.edgeCount, "\(document.direction.rawValue) edge")
    var notices: [Notice] = [
      .note("\(file): GraphML, \(counted(document.nodeCount, "node")) and \(edges)")
    ]
    func warn(_ count: Int, _ text: String) {
      if count > 0 { notices.append(.warning("\(file): \(text) (\(count))")) }
    }
    warn(nested, "nested graphs are flattened")
    warn(graphCount - nested > 1 ? graphCount - nested : 0, "graphs are read as one")
    warn(hyperedges, "hyperedges are passed over")
    warn(ports, "ports are passed over")
    warn(nestedData, "elements inside data are passed over")
    warn(
      unknown,
      "elements that GraphML does not know are passed over, the first <\(unknownName.printable(limit: 40))>"
    )
    warn(undefinedDefault, "graphs do not say edgedefault and are taken as undirected")
    return notices
  }
}
