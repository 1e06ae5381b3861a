// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads CX2, the exchange format of Cytoscape and NDEx: an array of aspects.
///
/// Nodes are numbered; where every node has a `represents` of its own, that is its identifier, else
/// its number is. Ends are directed unless the network or the edge says `directed: false`. Attributes
/// must be declared, and have the declared type.
struct CX2Reader {
  private struct Declaration {
    var type = "string"
    var alias: String?
    var standard: JSONNode?
  }

  private let text: WholeText
  private let ends: [Int: Int]
  private var builder: DocumentBuilder
  private var declarations: [String: [String: Declaration]] = [:]
  // By aspect: the attribute of an alias.
  private var aliases: [String: [String: String]] = [:]
  private var elements: [String: [JSONNode]] = [:]
  private var counts: [(aspect: String, count: Int, place: TextPlace)] = []

  static let aspects: Set = ["nodes", "edges", "networkAttributes", "attributeDeclarations"]
  static let types: Set = ["string", "long", "integer", "double", "boolean"]

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var json = JSONReader(text)
    let root = try json.value()
    var reader = CX2Reader(text: text, maximumNodes: options.maximumNodes, ends: json.ends)
    return try reader.document(root)
  }

  private init(text: WholeText, maximumNodes: Int, ends: [Int: Int]) {
    self.text = text
    self.ends = ends
    builder = DocumentBuilder(file: text.file, format: .cx2, maximumNodes: maximumNodes)
  }

  private mutating func report(
    _ node: JSONNode, _ what: String, expected: String, advice: String? = nil
  ) {
    builder.report(text.place(of: node.at), what, expected: expected, advice: advice)
  }

  private mutating func document(_ root: JSONNode) throws(InterchangeError) -> GraphDocument {
    guard case .list(let parts) = root.content, let head = parts.first,
      let version = head["CXVersion"]
    else {
      throw .refused(
        text.problem(
          at: root.at, "JSON that does not begin with CXVersion",
          expected: "[{\"CXVersion\": \"2.0\", …}, …]",
          advice: "files of CX 1 must be exported again as CX2"))
    }
    guard version.word?.hasPrefix("2") == true else {
      throw .refused(
        text.problem(
          at: version.at, "CX of version \(version.word ?? "?")", expected: "version 2.0",
          advice: "export the network again as CX2"))
    }
    gather(parts.dropFirst())
    for element in elements["attributeDeclarations"] ?? [] { declare(element) }
    let isDirected = networkAttributes()
    let numbers = nodes()
    for edge in elements["edges"] ?? [] { add(edge, numbers, isDirected) }
    for (aspect, count, place) in counts where Self.aspects.contains(aspect) {
      let found = elements[aspect]?.count ?? 0
      if found != count {
        builder.report(
          place, "\(count) elements of \(aspect) are announced and \(found) are there",
          expected: "the same number", advice: "the file was cut or edited: export it again")
      }
    }
    return try builder.document(
      direction: isDirected ? .directed : .undirected, needsDeclarations: true)
  }

  // The elements of each aspect; an aspect may come in several pieces.
  private mutating func gather(_ parts: ArraySlice<JSONNode>) {
    var hasStatus = false
    for part in parts {
      guard case .object(let entries) = part.content else {
        report(part, "an aspect that is no object", expected: "{\"nodes\": […]}")
        continue
      }
      for (aspect, value) in entries {
        guard case .list(let items) = value.content else {
          report(value, "the aspect \(aspect) is no list", expected: "[ … ]")
          continue
        }
        switch aspect {
        case "metaData": items.forEach { announce($0) }
        case "status":
          hasStatus = true
          if let success = items.first?["success"], case .boolean(false) = success.content {
            report(
              success, "the program that wrote this says that it failed", expected: "success",
              advice: "export the network again")
          }
        default:
          elements[aspect, default: []] += items
          if !Self.aspects.contains(aspect) {
            builder.remark("elements of \(aspect) are passed over", items.count)
          }
        }
      }
    }
    if !hasStatus { builder.warn("status is missing at the end: the file may not be whole") }
  }

  private mutating func announce(_ item: JSONNode) {
    guard let name = item["name"]?.word, let count = item["elementCount"]?.word.flatMap({ Int($0) })
    else { return }
    counts.append((name, count, text.place(of: item.at)))
  }

  private mutating func declare(_ element: JSONNode) {
    guard case .object(let aspects) = element.content else {
      return report(element, "declarations that are no object", expected: "{ … }")
    }
    for (aspect, attributes) in aspects {
      guard case .object(let entries) = attributes.content else {
        report(attributes, "declarations of \(aspect) that are no object", expected: "{ … }")
        continue
      }
      for (name, value) in entries {
        var declaration = Declaration()
        if let type = value["d"] {
          declaration.type = type.word ?? ""
          let single =
            declaration.type.hasPrefix("list_of_")
            ? String(declaration.type.dropFirst(8)) : declaration.type
          if !Self.types.contains(single) {
            report(
              type, "the type “\(declaration.type)” of \(name)",
              expected: "string, long, integer, double, boolean or a list_of_ these")
          }
        }
        declaration.standard = value["v"]
        if let alias = value["a"]?.word {
          declaration.alias = alias
          if aliases[aspect, default: [:]].updateValue(name, forKey: alias) != nil {
            report(value, "the alias “\(alias)” stands for two attributes", expected: "one")
          }
        }
        declarations[aspect, default: [:]][name] = declaration
      }
    }
  }

  // The name of the network and whether its edges are directed.
  private mutating func networkAttributes() -> Bool {
    var isDirected = true
    for element in elements["networkAttributes"] ?? [] {
      for (name, value) in values(element, of: "networkAttributes") {
        switch (name, value) {
        case ("name", .text(let name)): builder.name = name
        case ("directed", .boolean(let truth)): isDirected = truth
        default: builder.graphAttributes.append((name, value.asText))
        }
      }
    }
    return isDirected
  }

  // The nodes of the document by their numbers in the file.
  private mutating func nodes() -> [Int64: Int32] {
    let elements = elements["nodes"] ?? []
    let attributes = elements.map { element in
      element["v"].map { self.values($0, of: "nodes") } ?? []
    }
    var identifiers: Set<String> = []
    for values in attributes {
      if let id = Self.text("represents", in: values), !id.isEmpty { identifiers.insert(id) }
    }
    let hasNames = !elements.isEmpty && identifiers.count == elements.count
    if !hasNames, !identifiers.isEmpty {
      builder.remark("nodes are known by their numbers, as “represents” does not tell them apart")
    }
    var numbers: [Int64: Int32] = [:]
    for (element, values) in zip(elements, attributes) {
      guard let number = whole(element, "id", "a node") else { continue }
      let id = (hasNames ? Self.text("represents", in: values) : nil) ?? String(number)
      let place = text.place(of: element.at)
      guard numbers[number] == nil else {
        report(
          element, "the node \(number) occurs again", expected: "a number of its own")
        continue
      }
      let node = builder.declare(id, at: place)
      numbers[number] = node
      for (name, value) in values {
        switch (name, value) {
        case ("represents", _) where hasNames: break
        case ("name", .text(let label)): if label != id { builder.label(node, label) }
        default: builder.set(node: node, name, value, at: place)
        }
      }
      for axis in ["x", "y", "z"] {
        guard let position = element[axis], !values.contains(where: { $0.name == axis }) else {
          continue
        }
        if case .number(let word) = position.content, let value = Double(word) {
          builder.set(node: node, axis, .real(value), at: place)
        } else if case .null = position.content {
          continue
        } else {
          report(position, "\(axis) is no number", expected: "a position")
        }
      }
    }
    return numbers
  }

  private static func text(_ name: String, in values: [(name: String, value: GraphValue)])
    -> String?
  {
    for (key, value) in values where key == name {
      if case .text(let text) = value { return text }
    }
    return nil
  }

  private mutating func add(_ element: JSONNode, _ numbers: [Int64: Int32], _ isDirected: Bool) {
    guard let source = end(element, "s", numbers), let target = end(element, "t", numbers) else {
      return
    }
    let values = element["v"].map { self.values($0, of: "edges") } ?? []
    var directed = isDirected
    for (name, value) in values where name == "directed" {
      if case .boolean(let truth) = value { directed = truth }
    }
    let place = text.place(of: element.at)
    let edge = builder.edge(source, target, isDirected: directed, at: place)
    for (name, value) in values {
      if name == "directed", case .boolean = value { continue }
      builder.set(edge: edge, name, value, at: place)
    }
  }

  private mutating func end(
    _ element: JSONNode, _ key: String, _ numbers: [Int64: Int32]
  ) -> Int32? {
    guard let number = whole(element, key, "an edge") else { return nil }
    guard let node = numbers[number] else {
      report(
        element[key] ?? element, "no node has the number \(number)",
        expected: "a node that the file declares",
        advice: "add the node, or correct the number")
      return nil
    }
    return node
  }

  private mutating func whole(_ element: JSONNode, _ key: String, _ what: String) -> Int64? {
    guard let value = element[key] else {
      report(element, "\(what) without “\(key)”", expected: "a whole number")
      return nil
    }
    guard case .number(let word) = value.content, let number = Int64(word) else {
      report(value, "“\(key)” of \(what) is no whole number", expected: "a whole number")
      return nil
    }
    return number
  }

  // The values of an element, under the names of their attributes, with the declared defaults.
  private mutating func values(
    _ element: JSONNode, of aspect: String
  ) -> [(name: String, value: GraphValue)] {
    guard case .object(let entries) = element.content else {
      report(element, "values that are no object", expected: "{ … }")
      return []
    }
    let declared = declarations[aspect] ?? [:]
    var found: [(name: String, value: GraphValue)] = []
    var names: Set<String> = []
    for (key, value) in entries {
      let name = declared[key] == nil ? aliases[aspect]?[key] ?? key : key
      guard let declaration = declared[name] else {
        report(
          value, "“\(key)” is not declared for \(aspect)", expected: "a declared attribute",
          advice: "add it to attributeDeclarations")
        continue
      }
      guard names.insert(name).inserted else {
        report(value, "“\(name)” has two values here", expected: "one")
        continue
      }
      if let value = typed(value, name, declaration.type) { found.append((name, value)) }
    }
    for (name, declaration) in declared.sorted(by: { $0.key < $1.key })
    where !names.contains(name) {
      guard let standard = declaration.standard else { continue }
      if let value = typed(standard, name, declaration.type) { found.append((name, value)) }
    }
    return found
  }

  private mutating func typed(_ value: JSONNode, _ name: String, _ type: String) -> GraphValue? {
    switch (type, value.content) {
    case (_, .null): return nil
    case ("string", .text(let word)): return .text(word)
    case ("boolean", .boolean(let truth)): return .boolean(truth)
    case ("long", .number(let word)), ("integer", .number(let word)):
      if let number = Int64(word) { return .integer(number) }
    case ("double", .number(let word)):
      if let number = Double(word), number.isFinite { return .real(number) }
    default:
      if type.hasPrefix("list_of_"), case .list = value.content {
        return .text(text.text(value.at..<(ends[value.at] ?? value.at)))
      }
    }
    report(value, "the value of \(name) is no \(type)", expected: "a value of the declared type")
    return nil
  }
}
