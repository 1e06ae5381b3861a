// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads graphs in JSON: the node-link form of networkx and d3, and that of Cytoscape.js.
///
/// Nodes are known by `id` (or `key`, or `name`); where nodes have none of these, ties name them by
/// their position from 0, as early d3 did. Lists and objects that are attributes stay JSON text.
struct JSONGraphReader {
  private let text: WholeText
  private var builder: DocumentBuilder
  private var ends: [Int: Int] = [:]

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var json = JSONReader(text)
    let root = try json.value()
    var reader = JSONGraphReader(
      text: text, maximumNodes: options.maximumNodes, ends: json.ends)
    return try reader.document(root)
  }

  private init(text: WholeText, maximumNodes: Int, ends: [Int: Int]) {
    self.text = text
    self.ends = ends
    builder = DocumentBuilder(file: text.file, format: .json, maximumNodes: maximumNodes)
  }

  private mutating func document(_ root: JSONNode) throws(InterchangeError) -> GraphDocument {
    let elements = root["elements"]
    let isCytoscape = elements?["nodes"] != nil
    let whole = isCytoscape ? elements : root
    if case .text("bundle") = root["type"]?.content {
      throw .refused(
        text.problem(
          at: root.at, "a bundle of STIX", expected: "an object with nodes and links (or edges)",
          advice: "Clew writes STIX and does not read it; give the file it was made from"))
    }
    guard let nodes = whole?["nodes"], let ties = whole?["links"] ?? whole?["edges"] else {
      throw .refused(
        text.problem(
          at: root.at, "JSON without nodes and links",
          expected: "an object with nodes and links (or edges)",
          advice:
            "this reader takes the node-link form of networkx and d3, and that of Cytoscape.js"))
    }
    guard case .list(let nodeList) = nodes.content, case .list(let tieList) = ties.content else {
      throw .refused(
        text.problem(at: nodes.at, "nodes or links that are no list", expected: "[ … ]"))
    }
    var isDirected = false
    if let directed = root["directed"] {
      if case .boolean(let truth) = directed.content {
        isDirected = truth
      } else {
        builder.report(text.place(of: directed.at), "directed", expected: "true or false")
      }
    }
    if let graph = root["graph"], case .object(let entries) = graph.content {
      for entry in entries {
        guard let value = entry.value.attribute(in: text, end: end(entry.value)) else { continue }
        if entry.key == "name" {
          builder.name = value.asText
        } else {
          builder.graphAttributes.append((entry.key, value.asText))
        }
      }
    }
    let key = isCytoscape ? "id" : self.key(nodeList)
    var ids: [String] = []
    var kinds: [String: Bool] = [:]
    for (index, node) in nodeList.enumerated() {
      add(node: isCytoscape ? node["data"] ?? node : node, key, index, &ids, &kinds)
    }
    for tie in tieList {
      add(tie: isCytoscape ? tie["data"] ?? tie : tie, key, ids, kinds, isDirected)
    }
    return try builder.document(
      direction: isDirected ? .directed : .undirected, needsDeclarations: true)
  }

  private func key(_ nodes: [JSONNode]) -> String? {
    for key in ["id", "key", "name"] where nodes.contains(where: { $0[key]?.word != nil }) {
      return key
    }
    return nil
  }

  private func end(_ node: JSONNode) -> Int { ends[node.at] ?? node.at }

  private mutating func add(
    node: JSONNode, _ key: String?, _ index: Int, _ ids: inout [String],
    _ kinds: inout [String: Bool]
  ) {
    let place = text.place(of: node.at)
    guard case .object(let entries) = node.content else {
      return builder.report(place, "a node that is no object", expected: "{ … }")
    }
    let id: String
    if let key {
      guard let value = node[key], let word = value.word else {
        ids.append("")
        return builder.report(
          place, "a node without “\(key)”", expected: "a text or a number")
      }
      if let isNumber = kinds[word], isNumber != value.isNumber {
        ids.append(word)
        return builder.report(
          text.place(of: value.at), "the identifiers \(word) and \"\(word)\"",
          expected: "one type for one identifier",
          advice: "write both as text or both as numbers")
      }
      kinds[word] = value.isNumber
      id = word
    } else if let value = node["id"] {
      ids.append("")
      return builder.report(
        text.place(of: value.at), "an id that is no text and no number",
        expected: "a text or a number")
    } else {
      id = String(index)
      builder.remark("nodes have no id and are called by their positions, from 0")
    }
    ids.append(id)
    let number = builder.declare(id, at: place)
    for entry in entries where entry.key != key {
      guard let value = entry.value.attribute(in: text, end: end(entry.value)) else { continue }
      if entry.key == "label", case .text(let label) = value {
        builder.label(number, label)
      } else {
        builder.set(node: number, entry.key, value, at: text.place(of: entry.value.at))
      }
    }
  }

  private mutating func add(
    tie: JSONNode, _ key: String?, _ ids: [String], _ kinds: [String: Bool], _ isDirected: Bool
  ) {
    let place = text.place(of: tie.at)
    guard case .object(let entries) = tie.content else {
      return builder.report(place, "a link that is no object", expected: "{ … }")
    }
    var nodes: [Int32] = []
    for role in ["source", "target"] {
      guard let value = tie[role], let word = value.word else {
        builder.report(place, "a link without “\(role)”", expected: "a text or a number")
        continue
      }
      let at = text.place(of: value.at)
      // A number that is no identifier is a position, as early d3 has it.
      if value.isNumber, kinds[word] == nil || key == nil, let position = Int(word) {
        guard ids.indices.contains(position) else {
          builder.report(
            at, "the node \(word)",
            expected: "an identifier, or a position from 0 to \(ids.count - 1)")
          continue
        }
        if key != nil { builder.remark("ends are positions of nodes and not identifiers") }
        nodes.append(builder.node(ids[position], at: at))
        continue
      }
      if let isNumber = kinds[word], isNumber != value.isNumber {
        builder.report(
          at, "\(role) is \(value.isNumber ? "a number" : "a text"), the node's identifier is not",
          expected: "one type for one identifier")
        continue
      }
      nodes.append(builder.node(word, at: at))
    }
    guard nodes.count == 2 else { return }
    var directed = isDirected
    if let own = tie["directed"], case .boolean(let truth) = own.content { directed = truth }
    let edge = builder.edge(nodes[0], nodes[1], isDirected: directed, at: place)
    for entry in entries where !["source", "target", "directed"].contains(entry.key) {
      guard let value = entry.value.attribute(in: text, end: end(entry.value)) else { continue }
      builder.set(edge: edge, entry.key, value, at: text.place(of: entry.value.at))
    }
  }
}
