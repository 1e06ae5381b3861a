// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads graphs of Maltego: the GraphML with entities and links of its own that its archives (.mtgx) hold.
///
/// An entity is a node, known by the id of its node and labelled by its main property; its type, notes
/// and properties are attributes. A link is a directed edge.
final class MaltegoReader: XMLHandler {
  /// What an archive calls the graphs that it holds.
  static func isGraph(part: String) -> Bool {
    part.hasPrefix("Graphs/") && part.hasSuffix(".graphml")
  }

  private enum Owner {
    case node(Int32)
    case edge(Int32)
  }

  private let file: String
  private var builder: DocumentBuilder
  private var path: [String] = []
  private var owner: Owner?
  // Of the open entity or link: the name of its main property, and what its properties say.
  private var mainProperty: String?
  private var properties: [(name: String, value: String)] = []
  private var openProperty: String?
  private var collected: String?
  private var graphs = 0

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let reader = MaltegoReader(file: stream.name, maximumNodes: options.maximumNodes)
    let parser = XMLParser(file: stream.name, encoding: options.table.encoding, handler: reader)
    do {
      try parser.parse(stream)
    } catch .refused(let list) where !parser.isRefused {
      throw reader.builder.refusal(.refused(list))
    }
    return try reader.document(stream.graphNames)
  }

  private init(file: String, maximumNodes: Int) {
    self.file = file
    builder = DocumentBuilder(file: file, format: .maltego, maximumNodes: maximumNodes)
  }

  private func document(_ names: [String]) throws(InterchangeError) -> GraphDocument {
    if graphs == 0 {
      builder.report(TextPlace(line: 1, column: 1), "there is no graph", expected: "a graph")
    }
    if names.count > 1 {
      builder.warn(
        "the archive holds \(names.count) graphs, of which the first is read; --sheet takes another: "
          + names.joined(separator: ", "))
    }
    let finished = builder
    return try finished.document(direction: .directed, needsDeclarations: true)
  }

  var wantsText: Bool { collected != nil }

  func text(_ text: String) { collected? += text }

  func start(_ element: XMLElement, at place: XMLPlace) {
    defer { path.append(element.name) }
    if path.isEmpty, element.name != "graphml" {
      builder.report(place, "the element \(element.name)", expected: "graphml")
    }
    switch element.name {
    case "graph":
      graphs += 1
      if graphs > 1 { builder.report(place, "a second graph", expected: "one") }
    case "node":
      guard let id = element["id"], !id.isEmpty else {
        return builder.report(place, "a node without an id", expected: "id")
      }
      owner = .node(builder.declare(id, at: place))
    case "edge":
      guard let source = element["source"], let target = element["target"] else {
        return builder.report(place, "an edge without source or target", expected: "both")
      }
      let (from, to) = (builder.node(source, at: place), builder.node(target, at: place))
      owner = .edge(builder.edge(from, to, isDirected: true, at: place))
    case "MaltegoEntity", "MaltegoLink":
      properties = []
      mainProperty = nil
      if let type = element[local: "type"] { set("type", type, place) }
    case "Properties": mainProperty = element[local: "value"]
    case "Property": openProperty = element[local: "name"]
    case "Value" where openProperty != nil, "Notes" where owner != nil: collected = ""
    case "Position":
      for name in ["x", "y"] {
        guard let text = element[local: name] else { continue }
        guard case .node(let node)? = owner else { continue }
        guard let number = CellNumber(text)?.value else {
          builder.report(place, "the place \(name)=“\(text)”", expected: "a number")
          continue
        }
        builder.set(node: node, name, .real(number), at: place)
      }
    default: break
    }
  }

  func end(_ name: String, at place: XMLPlace) {
    path.removeLast()
    switch name {
    case "Value":
      if let collected, let openProperty { properties.append((openProperty, collected)) }
      collected = nil
    case "Property": openProperty = nil
    case "Notes":
      if let text = collected, text.contains(where: { !$0.isWhitespace }) {
        set("notes", text, place)
      }
      collected = nil
    case "MaltegoEntity", "MaltegoLink": finishItem(place)
    case "node", "edge": owner = nil
    default: break
    }
  }

  private func set(_ name: String, _ text: String, _ place: TextPlace) {
    switch owner {
    case .node(let node): builder.set(node: node, name, .text(text), at: place)
    case .edge(let edge): builder.set(edge: edge, name, .text(text), at: place)
    case nil: break
    }
  }

  private func finishItem(_ place: TextPlace) {
    let main = mainProperty ?? properties.first?.name
    if case .node(let node)? = owner,
      let label = properties.first(where: { $0.name == main })?.value, !label.isEmpty
    {
      builder.label(node, label)
    }
    for (name, value) in properties where !value.isEmpty {
      // The names of properties that everything has would hide those of the graph.
      set(["x", "y", "type", "notes"].contains(name) ? "property \(name)" : name, value, place)
    }
    properties = []
  }
}
