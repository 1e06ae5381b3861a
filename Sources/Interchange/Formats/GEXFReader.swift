// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads GEXF (1.1 to 1.3) of Gephi: attributes, directions of edges, positions, colours, sizes, dates.
///
/// Nested nodes are flattened, with their parent as an attribute; of a value that changes over time
/// each stays as text with its dates.
final class GEXFReader: XMLHandler {
  private struct Declared {
    var title: String
    var type: String
    var fallback: String?
  }

  private let file: String
  private var builder: DocumentBuilder
  private var isEdgeClass = false
  private var declared: [[String: Declared]] = [[:], [:]]
  private var names: [Set<String>] = [[], []]
  private var openDefault: String?
  private var collected = ""
  private var defaultDirection = "undirected"
  private var owners: [(isEdge: Bool, index: Int32)] = []
  private var parents: [String] = []
  // Values of the open node or edge: several of one attribute have dates.
  private var values: [[(key: String, value: String, dates: String?, place: TextPlace)]] = []
  private var path: [String] = []
  private var graphs = 0
  private var times = GEXFTimes()

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let reader = GEXFReader(file: stream.name, maximumNodes: options.maximumNodes)
    let parser = XMLParser(file: stream.name, encoding: options.table.encoding, handler: reader)
    do {
      try parser.parse(stream)
    } catch .refused(let list) where !parser.isRefused {
      // What was found before the document broke is said too.
      throw reader.builder.refusal(.refused(list))
    }
    return try reader.document()
  }

  private init(file: String, maximumNodes: Int) {
    self.file = file
    builder = DocumentBuilder(file: file, format: .gexf, maximumNodes: maximumNodes)
  }

  private func document() throws(InterchangeError) -> GraphDocument {
    if graphs == 0 {
      builder.report(
        TextPlace(line: 1, column: 1), "there is no graph", expected: "a graph inside gexf")
    }
    let finished = builder
    return try finished.document(
      direction: defaultDirection == "directed" ? .directed : .undirected, needsDeclarations: true)
  }

  func start(_ element: XMLElement, at place: XMLPlace) {
    defer { path.append(element.name) }
    if path.isEmpty, element.name != "gexf" {
      builder.report(place, "the element \(element.name)", expected: "gexf")
    }
    times.check(element, &builder, place)
    switch element.name {
    case "graph":
      graphs += 1
      if graphs > 1 { builder.report(place, "a second graph", expected: "one") }
      defaultDirection = element["defaultedgetype"] ?? "undirected"
      if !["directed", "undirected", "mutual"].contains(defaultDirection) {
        builder.report(
          place, "defaultedgetype “\(defaultDirection)”", expected: "directed, undirected or mutual"
        )
      }
      times = GEXFTimes(format: element["timeformat"], &builder, place)
    case "attributes": isEdgeClass = element["class"] == "edge"
    case "attribute":
      guard let id = element["id"] else {
        return builder.report(place, "an attribute without an id", expected: "id")
      }
      let side = isEdgeClass ? 1 : 0
      if declared[side][id] != nil {
        builder.report(place, "the attribute “\(id)” occurs again", expected: "an id of its own")
      }
      var title = element["title"] ?? id
      var number = 2
      while names[side].contains(title) {
        title = "\(element["title"] ?? id).\(number)"
        number += 1
      }
      names[side].insert(title)
      let type = element["type"] ?? "string"
      if !Self.types.contains(type.lowercased()) {
        builder.report(
          place, "the type “\(type)” of “\(title)”",
          expected: "integer, long, float, double, boolean, string, anyURI or a list of these")
      }
      declared[side][id] = Declared(title: title, type: element["type"] ?? "string")
      openDefault = id
    case "default": collected = ""
    case "node": startNode(element, place)
    case "edge": startEdge(element, place)
    case "attvalue":
      guard let key = element["for"] ?? element["id"], let value = element["value"] else {
        return builder.report(place, "a value without for or value", expected: "for and value")
      }
      guard !values.isEmpty else { return }
      values[values.count - 1].append((key, value, dates(element), place))
    case "position": set(element, ["x", "y", "z"], place)
    case "size": set(element, ["value"], place, as: ["size"])
    case "color":
      guard let owner = owners.last, let r = element["r"], let g = element["g"],
        let b = element["b"]
      else { return }
      set(owner, "color", .text("\(r),\(g),\(b)"), place)
    case "parent": builder.remark("parents in a list (GEXF 1.2) are passed over")
    case "spell", "slice":
      guard let owner = owners.last, let dates = dates(element) else { return }
      // The first spell stands for all where there are several; the others are said.
      if spells.insert("\(owner.isEdge)\(owner.index)").inserted {
        set(owner, "spell", .text(dates), place)
      } else {
        builder.remark("further times of nodes and edges are passed over")
      }
    default: break
    }
  }

  private static let types: Set = [
    "integer", "long", "short", "byte", "bigint", "biginteger", "float", "double", "bigdecimal",
    "boolean", "string", "anyuri", "char", "date", "datetime", "liststring", "listboolean",
    "listinteger", "listlong", "listfloat", "listdouble", "listbyte", "listshort", "listchar",
    "listbigdecimal", "listbiginteger", "timestamp", "intervalset", "timestampset",
  ]

  private var spells: Set<String> = []
  private var edgeIDs: [String: Int] = [:]

  private func startNode(_ element: XMLElement, _ place: TextPlace) {
    guard let id = element["id"] else {
      values.append([])
      owners.append((false, -1))
      return builder.report(place, "a node without an id", expected: "id")
    }
    let node = builder.declare(id, at: place)
    owners.append((false, node))
    values.append([])
    if let label = element["label"] { builder.label(node, label) }
    if let parent = element["pid"] ?? parents.last {
      builder.remark("nodes inside others are flattened; parent says where they stood")
      builder.set(node: node, "parent", .text(parent), at: place)
    }
    parents.append(id)
    for name in ["start", "end", "startopen", "endopen", "timestamp"] {
      if let value = element[name] { builder.set(node: node, name, .text(value), at: place) }
    }
  }

  private func startEdge(_ element: XMLElement, _ place: TextPlace) {
    values.append([])
    guard let source = element["source"], let target = element["target"] else {
      owners.append((true, -1))
      return builder.report(place, "an edge without source or target", expected: "both")
    }
    let type = element["type"] ?? defaultDirection
    if !["directed", "undirected", "mutual"].contains(type) {
      builder.report(place, "the type “\(type)”", expected: "directed, undirected or mutual")
    }
    let (from, to) = (builder.node(source, at: place), builder.node(target, at: place))
    let edge = builder.edge(from, to, isDirected: type == "directed", at: place)
    if type == "mutual" { builder.remark("mutual edges are taken as undirected") }
    if let id = element["id"], let line = edgeIDs.updateValue(place.line, forKey: id) {
      builder.report(
        place, "the edge id “\(id)” occurs again", expected: "an id of its own",
        advice: "it stands in line \(line) already")
    }
    owners.append((true, edge))
    if let id = element["id"] { builder.set(edge: edge, "id", .text(id), at: place) }
    if let label = element["label"] { builder.set(edge: edge, "label", .text(label), at: place) }
    if let kind = element["kind"] { builder.set(edge: edge, "kind", .text(kind), at: place) }
    if let weight = element["weight"] {
      set((true, edge), "weight", number(weight, "weight", place), place)
    }
    for name in ["start", "end", "startopen", "endopen", "timestamp"] {
      if let value = element[name] { builder.set(edge: edge, name, .text(value), at: place) }
    }
  }

  private func dates(_ element: XMLElement) -> String? {
    if let stamp = element["timestamp"] { return stamp }
    let start = element["start"] ?? element["startopen"]
    let end = element["end"] ?? element["endopen"]
    return start == nil && end == nil ? nil : "\(start ?? "…") – \(end ?? "…")"
  }

  private func set(
    _ element: XMLElement, _ names: [String], _ place: TextPlace, as titles: [String]? = nil
  ) {
    guard let owner = owners.last else { return }
    for (name, title) in zip(names, titles ?? names) {
      if let value = element[name] { set(owner, title, number(value, name, place), place) }
    }
  }

  private func number(_ text: String, _ name: String, _ place: TextPlace) -> GraphValue {
    guard let value = GraphValue.number(text) else {
      builder.report(place, "“\(text)” in \(name)", expected: "a finite number")
      return .real(0)
    }
    return value
  }

  private func set(
    _ owner: (isEdge: Bool, index: Int32), _ name: String, _ value: GraphValue, _ place: TextPlace
  ) {
    guard owner.index >= 0 else { return }
    if owner.isEdge {
      builder.set(edge: owner.index, name, value, at: place)
    } else {
      builder.set(node: owner.index, name, value, at: place)
    }
  }

  func end(_ name: String, at place: XMLPlace) {
    path.removeLast()
    switch name {
    case "default":
      if let openDefault { declared[isEdgeClass ? 1 : 0][openDefault]?.fallback = collected }
    case "node", "edge":
      guard let owner = owners.popLast(), let own = values.popLast() else { return }
      if name == "node", !parents.isEmpty { parents.removeLast() }
      finish(owner, own, place)
    default: break
    }
  }

  func text(_ text: String) { if path.last == "default" { collected += text } }

  private func finish(
    _ owner: (isEdge: Bool, index: Int32),
    _ own: [(key: String, value: String, dates: String?, place: TextPlace)], _ place: TextPlace
  ) {
    let side = owner.isEdge ? 1 : 0
    var found: [String: [(value: String, dates: String?, place: TextPlace)]] = [:]
    for entry in own {
      found[entry.key, default: []].append((entry.value, entry.dates, entry.place))
    }
    for key in found.keys.sorted() {
      guard let entries = found[key], let first = entries.first else { continue }
      guard let attribute = declared[side][key] else {
        builder.report(
          first.place, "the attribute “\(key)” is not declared", expected: "an id of an attribute")
        continue
      }
      if entries.count > 1 || first.dates != nil {
        if entries.contains(where: { $0.dates == nil }) {
          builder.report(first.place, "“\(attribute.title)” has two values here", expected: "one")
          continue
        }
        builder.remark("values that change over time are kept as text with their dates")
        let text = entries.map { "\($0.value) (\($0.dates ?? ""))" }.joined(separator: "; ")
        set(owner, attribute.title, .text(text), first.place)
        continue
      }
      set(owner, attribute.title, typed(first.value, attribute, first.place), first.place)
    }
    for key in declared[side].keys.sorted() where found[key] == nil {
      guard let attribute = declared[side][key], let fallback = attribute.fallback else { continue }
      set(owner, attribute.title, typed(fallback, attribute, place), place)
    }
  }

  private func typed(_ text: String, _ attribute: Declared, _ place: TextPlace) -> GraphValue {
    switch attribute.type {
    case "integer", "long", "short", "byte", "bigint":
      if case .integer(let number) = GraphValue.number(text) { return .integer(number) }
      builder.report(place, "“\(text)” in “\(attribute.title)”", expected: "a whole number")
    case "float", "double", "bigdecimal":
      switch GraphValue.number(text) {
      case .integer(let number): return .real(Double(number))
      case .real(let number): return .real(number)
      default:
        builder.report(place, "“\(text)” in “\(attribute.title)”", expected: "a finite number")
      }
    case "boolean":
      let word = text.lowercased()
      if ["true", "1"].contains(word) { return .boolean(true) }
      if ["false", "0"].contains(word) { return .boolean(false) }
      builder.report(place, "“\(text)” in “\(attribute.title)”", expected: "true or false")
    default: break
    }
    return .text(text)
  }
}
