// SPDX-License-Identifier: Apache-2.0

/// What the worker is asked to place: the sizes of nodes and the edges between them, as numbers.
///
/// On the wire it is one line of six fields, a line for each node (width, height, group) and a line for
/// each edge (from, to). The graph is made by the worker, so that no text from outside is ever read as
/// one.
struct LayoutRequest: Hashable, Sendable {
  struct Node: Hashable, Sendable {
    var width: Double
    var height: Double
    /// The group, or -1.
    var group: Int
  }

  struct Edge: Hashable, Sendable {
    var from: Int
    var to: Int
  }

  static let name = "clew-place-1"

  var engine: LayoutEngine
  var memoryLimit: Int
  var seconds: Int
  var nodes: [Node]
  var edges: [Edge]

  init(
    engine: LayoutEngine, memoryLimit: Int, seconds: Int, nodes: [Node], edges: [Edge]
  ) {
    self.engine = engine
    self.memoryLimit = memoryLimit
    self.seconds = seconds
    self.nodes = nodes
    self.edges = edges
  }

  /// The request as bytes for the worker's standard input.
  var bytes: [UInt8] {
    var text =
      "\(Self.name) \(engine.rawValue) \(memoryLimit) \(seconds) \(nodes.count) \(edges.count)\n"
    for node in nodes { text += "\(decimal(node.width)) \(decimal(node.height)) \(node.group)\n" }
    for edge in edges { text += "\(edge.from) \(edge.to)\n" }
    return Array(text.utf8)
  }

  /// Reads a request, or gives nil for anything else.
  init?(bytes: [UInt8]) {
    guard bytes.starts(with: Self.name.utf8) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let head = lines[0].split(separator: " ")
    guard head.count == 6, let engine = LayoutEngine(rawValue: String(head[1])),
      engine != .automatic, let memory = Int(head[2]), let seconds = Int(head[3]),
      let nodeCount = Int(head[4]), let edgeCount = Int(head[5]), memory > 0,
      (1...86_400).contains(seconds), nodeCount >= 0, edgeCount >= 0,
      lines.count - 1 - nodeCount == edgeCount
    else { return nil }
    self.init(engine: engine, memoryLimit: memory, seconds: seconds, nodes: [], edges: [])
    for line in lines[1..<1 + nodeCount] {
      let fields = line.split(separator: " ")
      guard fields.count == 3, let width = Double(fields[0]), let height = Double(fields[1]),
        let group = Int(fields[2]), width > 0, height > 0, width < 1e5, height < 1e5
      else { return nil }
      nodes.append(Node(width: width, height: height, group: group))
    }
    for line in lines[(1 + nodeCount)...] {
      let fields = line.split(separator: " ")
      guard fields.count == 2, let from = Int(fields[0]), let to = Int(fields[1]),
        nodes.indices.contains(from), nodes.indices.contains(to)
      else { return nil }
      edges.append(Edge(from: from, to: to))
    }
  }

  /// The graph in Graphviz's language.
  var graph: String {
    var text = "digraph {\n  graph [start=1, pack=true, splines=false"
    // Others see to it themselves, or it is done afterwards.
    text += ", overlap=\(engine == .neato || engine == .sfdp ? "prism" : "true")"
    if engine == .twopi, let root { text += ", root=n\(root)" }
    text += "]\n  node [shape=box, fixedsize=true, label=\"\"]\n"
    for (index, node) in nodes.enumerated() {
      text += "  n\(index) [width=\(decimal(node.width / 72)), height=\(decimal(node.height / 72))"
      text += ", area=\(decimal(node.width * node.height / 5184))]\n"
    }
    if engine.takesGroups {
      for group in Set(nodes.map(\.group)).sorted() where group >= 0 {
        let members = nodes.indices.filter { nodes[$0].group == group }
        text += "  subgraph cluster_\(group) { "
        text += members.map { "n\($0)" }.joined(separator: "; ") + " }\n"
      }
    }
    for edge in edges where edge.from != edge.to { text += "  n\(edge.from) -> n\(edge.to)\n" }
    return text + "}\n"
  }

  // The node with the most ties.
  private var root: Int? {
    var degrees = [Int](repeating: 0, count: nodes.count)
    for edge in edges where edge.from != edge.to {
      degrees[edge.from] += 1
      degrees[edge.to] += 1
    }
    return degrees.indices.max {
      degrees[$0] != degrees[$1] ? degrees[$0] < degrees[$1] : $0 > $1
    }
  }

  /// The answer of the worker: a line of x and y for each node.
  static func answer(_ places: [Point]) -> [UInt8] {
    Array(places.map { "\($0.x) \($0.y)\n" }.joined().utf8)
  }

  /// The places of an answer; nil where it is not whole.
  func places(from answer: [UInt8]) -> [Point]? {
    let lines = String(decoding: answer, as: UTF8.self).split(separator: "\n")
    let places = lines.compactMap { line -> Point? in
      let fields = line.split(separator: " ")
      guard fields.count == 2, let x = Double(fields[0]), let y = Double(fields[1]), x.isFinite,
        y.isFinite
      else { return nil }
      return Point(x: x, y: y)
    }
    return places.count == nodes.count && lines.count == nodes.count ? places : nil
  }
}
