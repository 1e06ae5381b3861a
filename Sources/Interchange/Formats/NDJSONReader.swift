// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads graphs as lines of JSON: a node or an edge in each, as Neo4j's export and ROXANNE write them.
///
/// A node is `{"type": "node", "id": …, "properties": {…}}`; an edge has the type `edge`, `link` or
/// `relationship` and the ends `source` and `target`, or `start` and `end` with an `id` each. Edges are
/// directed unless they say `"directed": false`. Nodes may stand behind the edges that name them.
struct NDJSONReader {
  private let text: WholeText
  private var builder: DocumentBuilder
  private var kinds: [String: Bool] = [:]

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = NDJSONReader(text: text, maximumNodes: options.maximumNodes)
    var lines = JSONLines(text)
    var (nodes, edges) = (0, 0)
    while let line = try lines.next(&reader.builder) {
      switch line.object["type"]?.word {
      case "node":
        nodes += 1
        reader.addNode(line)
      case "edge", "link", "relationship":
        edges += 1
        reader.addEdge(line)
      default:
        reader.report(
          line.object["type"] ?? line.object, "a line that is neither a node nor an edge",
          expected: "\"type\": \"node\" or \"type\": \"edge\"")
      }
    }
    if nodes + edges == 0, reader.builder.problems.isEmpty {
      throw .refused(text.problem(at: 0, "no lines of JSON", expected: "nodes and edges"))
    }
    if let title = lines.comments.first(where: { $0.contains { $0 != "#" && $0 != " " } }) {
      reader.builder.graphAttributes.append(("comment", title))
    }
    return try reader.builder.document(direction: .directed, needsDeclarations: true)
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    builder = DocumentBuilder(file: text.file, format: .ndjson, maximumNodes: maximumNodes)
  }

  private mutating func report(
    _ node: JSONNode, _ what: String, expected: String, advice: String? = nil
  ) {
    builder.report(text.place(of: node.at), what, expected: expected, advice: advice)
  }

  // The identifier that a value is; 1 and "1" must not both occur.
  private mutating func identifier(_ value: JSONNode?, _ line: JSONNode, _ role: String) -> String?
  {
    guard let value, let word = value.word else {
      report(value ?? line, "no \(role)", expected: "a text or a number")
      return nil
    }
    if let isNumber = kinds[word], isNumber != value.isNumber {
      report(
        value, "the identifiers \(word) and \"\(word)\"", expected: "one type for one identifier",
        advice: "write both as text or both as numbers")
      return nil
    }
    kinds[word] = value.isNumber
    return word
  }

  private mutating func addNode(_ line: JSONLines.Line) {
    let object = line.object
    guard let id = identifier(object["id"], object, "id of a node") else { return }
    let node = builder.declare(id, at: text.place(of: object.at))
    var hasLabel = false
    for (name, value) in attributes(of: line, but: ["type", "id"]) {
      guard let content = value.attribute(in: text, end: line.ends[value.at] ?? value.at) else {
        continue
      }
      if !hasLabel, name == "label", case .text(let label) = content {
        builder.label(node, label)
        hasLabel = true
      } else {
        builder.set(node: node, name, content, at: text.place(of: value.at))
      }
    }
  }

  private mutating func addEdge(_ line: JSONLines.Line) {
    let object = line.object
    let source = object["source"] ?? object["start"]?["id"]
    let target = object["target"] ?? object["end"]?["id"]
    let sourceID = identifier(source, object, "source of an edge")
    let targetID = identifier(target, object, "target of an edge")
    guard let source, let target, let sourceID, let targetID else { return }
    let first = builder.node(sourceID, at: text.place(of: source.at))
    let second = builder.node(targetID, at: text.place(of: target.at))
    var isDirected = true
    if let value = object["directed"] {
      if case .boolean(let truth) = value.content {
        isDirected = truth
      } else {
        report(value, "“directed” is no truth value", expected: "true or false")
      }
    }
    let edge = builder.edge(
      first, second, isDirected: isDirected, at: text.place(of: object.at))
    for (name, value) in attributes(
      of: line, but: ["type", "source", "target", "start", "end", "directed"])
    {
      guard let content = value.attribute(in: text, end: line.ends[value.at] ?? value.at) else {
        continue
      }
      builder.set(edge: edge, name, content, at: text.place(of: value.at))
    }
  }

  // What is said of a line beside what makes it a node or an edge.
  private mutating func attributes(
    of line: JSONLines.Line, but taken: Set<String>
  ) -> [(key: String, value: JSONNode)] {
    guard case .object(let entries) = line.object.content else { return [] }
    var result = entries.filter { $0.key != "properties" && !taken.contains($0.key) }
    if let properties = line.object["properties"] {
      if case .object(let more) = properties.content {
        result += more
      } else {
        report(properties, "properties that are no object", expected: "{ … }")
      }
    }
    return result
  }
}
