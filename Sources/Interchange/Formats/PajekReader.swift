// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads the networks of Pajek (.net and .paj; Batagelj and Mrvar): vertices, arcs, edges, lists and
/// matrices, with the partitions, vectors and permutations of a project as attributes of the nodes.
///
/// The labels are the identifiers where all differ, otherwise the numbers are.
struct PajekReader {
  private let text: WholeText
  private let maximumNodes: Int
  private let lines: PajekLines
  private var builder: DocumentBuilder
  private var count = 0
  private var firstMode = 0
  private var labels: [Int: String] = [:]
  private var attributes: [(node: Int, name: String, value: GraphValue, at: Int)] = []
  private var relation: String?
  private var hasRelations = false
  private var undescribed = 0

  private struct Tie {
    var source: Int
    var target: Int
    var isDirected: Bool
    var weight: GraphValue?
    var relation: String?
    var attributes: [(String, GraphValue)]
    var at: Int
  }
  private var ties: [Tie] = []
  private var columns: [PajekValues] = []

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = PajekReader(text: text, maximumNodes: options.maximumNodes)
    let objects = reader.lines.objects()
    let network = try PajekObject.network(of: objects, text, named: options.network)
    if PajekObject.isValues(network, objects, reader.lines) {
      throw .refused(
        text.problem(
          at: network.lines.lowerBound, "a value for each vertex, and no network",
          expected: "a network (.net) or a project (.paj)",
          advice: "a partition or a vector belongs beside its network: --nodes"
            + " \(text.file.fileName)"))
    }
    try reader.readNetwork(network)
    for object in objects { try reader.readValues(object) }
    return try reader.document()
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    self.maximumNodes = maximumNodes
    lines = PajekLines(text)
    builder = DocumentBuilder(file: text.file, format: .pajek, maximumNodes: maximumNodes)
  }

  private enum Section { case none, vertices, arcs, edges, arcsList, edgesList, matrix, other }

  private mutating func readNetwork(_ network: PajekObject) throws(InterchangeError) {
    builder.name = network.name
    var section = Section.none
    var hasVertices = false
    var row = 0
    var seen: Set<Int> = []
    var position = network.lines.lowerBound
    while let line = lines.next(&position, network.lines.upperBound) {
      for problem in line.problems { builder.add(problem) }
      let (words, start) = (line.words, line.start)
      if let keyword = line.keyword {
        let previous = section
        switch keyword.split(separator: ":").first.map(String.init) ?? "" {
        case "network": break
        case "vertices":
          hasVertices = true
          try readCount(line.arguments, start)
          section = .vertices
        case "arcs": section = .arcs
        case "edges": section = .edges
        case "arcslist": section = .arcsList
        case "edgeslist": section = .edgesList
        case "matrix": section = .matrix
        default:
          builder.report(
            text.place(of: start), "the section *\(keyword)",
            expected: "Vertices, Arcs, Edges, Arcslist, Edgeslist or Matrix")
          section = .other
        }
        if previous == .matrix { checkRows(row, isIn: previous, start) }
        if section == .matrix { row = 0 }
        if [.arcs, .edges, .arcsList, .edgesList, .matrix].contains(section) {
          guard hasVertices else {
            builder.report(text.place(of: start), "ties before *Vertices", expected: "*Vertices")
            section = .other
            continue
          }
          beginRelation(line, keyword)
        }
        continue
      }
      switch section {
      case .none:
        builder.report(
          text.place(of: start), "a line before *Vertices", expected: "*Vertices COUNT")
        section = .other
      case .other: continue
      case .vertices: readVertex(words, start, &seen)
      case .arcs, .edges: readTie(words, start, isDirected: section == .arcs)
      case .arcsList, .edgesList: readList(words, start, isDirected: section == .arcsList)
      case .matrix:
        row += 1
        readRow(words, start, row)
      }
    }
    checkRows(row, isIn: section, network.lines.upperBound)
    undescribed = seen.isEmpty ? 0 : count - seen.count
    if !hasVertices {
      builder.report(
        text.place(of: network.lines.lowerBound), "no vertices", expected: "*Vertices COUNT")
    }
  }

  // A matrix that ends too early.
  private mutating func checkRows(_ rows: Int, isIn section: Section, _ end: Int) {
    let height = firstMode > 0 ? firstMode : count
    guard section == .matrix, rows < height else { return }
    builder.report(
      text.place(of: end), "a matrix of \(counted(rows, "row"))", expected: "\(height)",
      advice: "the file was cut: export it again")
  }

  // `*Arcs :2 "calls"` begins the ties of a relation.
  private mutating func beginRelation(_ line: PajekLine, _ keyword: String) {
    relation = nil
    let words = line.arguments
    if let first = words.first, !first.isQuoted, first.text.hasPrefix(":") {
      hasRelations = true
      relation = words.dropFirst().first?.text ?? String(first.text.dropFirst())
    } else if let colon = keyword.firstIndex(of: ":") {
      hasRelations = true
      relation = words.first?.text ?? String(keyword[keyword.index(after: colon)...])
    }
  }

  // The values of a project's partition, vector or permutation, where they are of this network.
  private mutating func readValues(_ object: PajekObject) throws(InterchangeError) {
    switch object.kind {
    case .network: break
    case .other(let keyword):
      builder.remark("sections other than networks and values (\(keyword)) are passed over")
    case .partition, .vector, .permutation:
      let values: PajekValues
      do {
        values = try PajekValues(object, lines, maximumNodes: maximumNodes)
      } catch .refused(let problems) {
        for problem in problems.problems { builder.add(problem) }
        return
      }
      guard values.count == count else {
        builder.warn(
          "\(values.name) is passed over: it has values for \(values.count) vertices, and the network "
            + "has \(count)")
        return
      }
      columns.append(values)
    }
  }

  private typealias Word = PajekLine.Word

  private mutating func readCount(_ words: [Word], _ start: Int) throws(InterchangeError) {
    guard let first = words.first, let number = Int(first.text), number >= 0 else {
      throw .refused(
        text.problem(at: start, "*Vertices without a count", expected: "a whole number"))
    }
    // A count of vertices needs no line for each, but memory follows what is there.
    guard number <= maximumNodes, number <= max(100_000, 4 * text.bytes.count) else {
      throw .refused(
        text.problem(
          at: first.at, "\(number) vertices in a file of \(text.bytes.count) bytes",
          expected: "as many as the file describes", advice: "correct the count"))
    }
    count = number
    if words.count > 1, let mode = Int(words[1].text) {
      guard (0...number).contains(mode) else {
        builder.report(
          text.place(of: words[1].at), "\(mode) vertices of the first mode",
          expected: "at most \(number)")
        return
      }
      firstMode = mode
    }
  }

  private mutating func vertex(_ word: Word) -> Int? {
    guard let number = Int(word.text), (1...max(1, count)).contains(number), count > 0 else {
      builder.report(
        text.place(of: word.at), "the vertex “\(word.text)”",
        expected: count > 0 ? "a number from 1 to \(count)" : "no vertex, since the count is 0")
      return nil
    }
    return number
  }

  private mutating func readVertex(_ words: [Word], _ start: Int, _ seen: inout Set<Int>) {
    guard let number = vertex(words[0]) else { return }
    if !seen.insert(number).inserted {
      builder.report(text.place(of: start), "the vertex \(number) occurs again", expected: "once")
    }
    guard words.count > 1 else { return }
    labels[number] = words[1].text
    var rest = Array(words.dropFirst(2))
    for name in ["x", "y", "z"] {
      guard let word = rest.first, !word.isQuoted, let value = GraphValue.number(word.text) else {
        break
      }
      attributes.append((number, name, value, word.at))
      rest.removeFirst()
    }
    takeIntervals(&rest) { attributes.append((number, "time", .text($0.text), $0.at)) }
    // A shape stands alone, parameters in pairs.
    if rest.count % 2 == 1, let shape = rest.first {
      if !words[1].isQuoted, !Self.shapes.contains(shape.text.lowercased()) {
        builder.report(
          text.place(of: shape.at), "“\(shape.text)” behind the label “\(words[1].text)”",
          expected: "a position or a shape", advice: "put a label that holds blanks in quotes")
      }
      attributes.append((number, "shape", .text(shape.text), shape.at))
      rest.removeFirst()
    }
    for index in stride(from: 0, to: rest.count - 1, by: 2) {
      let value = rest[index + 1]
      attributes.append(
        (
          number, rest[index].text,
          value.isQuoted ? .text(value.text) : GraphValue.number(value.text) ?? .text(value.text),
          rest[index].at
        ))
    }
  }

  private static let shapes: Set = [
    "ellipse", "box", "diamond", "triangle", "cross", "empty", "house", "man", "woman", "circle",
  ]

  // Removes what is an interval of time.
  private func takeIntervals(_ words: inout [Word], _ take: (Word) -> Void) {
    words.removeAll { word in
      guard !word.isQuoted, word.text.hasPrefix("[") else { return false }
      take(word)
      return true
    }
  }

  private mutating func readTie(_ given: [Word], _ start: Int, isDirected: Bool) {
    var words = given
    var relation = relation
    // A line may name its relation: 3: 10 11.
    if let first = words.first, !first.isQuoted, first.text.hasSuffix(":"),
      Int(first.text.dropLast()) != nil
    {
      relation = String(first.text.dropLast())
      hasRelations = true
      words.removeFirst()
    }
    guard words.count >= 2 else {
      return builder.report(text.place(of: start), "a tie of one vertex", expected: "two vertices")
    }
    guard let source = vertex(words[0]), let target = vertex(words[1]) else { return }
    var tie = Tie(
      source: source, target: target, isDirected: isDirected, weight: nil, relation: relation,
      attributes: [], at: start)
    var rest = Array(words.dropFirst(2))
    if let word = rest.first, !word.isQuoted, let value = GraphValue.number(word.text) {
      if case .text = value {
        builder.report(text.place(of: word.at), "the weight \(word.text)", expected: "a number")
      }
      tie.weight = value
      rest.removeFirst()
    } else {
      takeIntervals(&rest) { tie.attributes.append(("time", .text($0.text))) }
      if rest.count % 2 == 1, let word = rest.first {
        builder.report(
          text.place(of: word.at), "the weight “\(word.text)”", expected: "a finite number")
        return
      }
    }
    takeIntervals(&rest) { tie.attributes.append(("time", .text($0.text))) }
    if rest.count % 2 == 1, let word = rest.last {
      builder.report(
        text.place(of: word.at), "“\(word.text)” without a value",
        expected: "parameters in pairs")
    }
    for index in stride(from: 0, to: rest.count - 1, by: 2) {
      tie.attributes.append((rest[index].text, .text(rest[index + 1].text)))
    }
    ties.append(tie)
  }

  private mutating func readList(_ words: [Word], _ start: Int, isDirected: Bool) {
    guard let source = vertex(words[0]) else { return }
    for word in words.dropFirst() {
      guard let target = vertex(word) else { continue }
      ties.append(
        Tie(
          source: source, target: target, isDirected: isDirected, weight: nil, relation: relation,
          attributes: [], at: start))
    }
  }

  private mutating func readRow(_ words: [Word], _ start: Int, _ row: Int) {
    let width = firstMode > 0 ? count - firstMode : count
    let height = firstMode > 0 ? firstMode : count
    guard row <= height, words.count == width else {
      return builder.report(
        text.place(of: start), "row \(row) of \(words.count) cells",
        expected: "\(height) rows of \(width)")
    }
    for (column, word) in words.enumerated() {
      guard let value = GraphValue.number(word.text) else {
        builder.report(text.place(of: word.at), "the cell “\(word.text)”", expected: "a number")
        continue
      }
      let isZero =
        switch value {
        case .integer(let number): number == 0
        case .real(let number): number == 0
        default: false
        }
      if isZero { continue }
      ties.append(
        Tie(
          source: row, target: column + 1 + (firstMode > 0 ? firstMode : 0),
          isDirected: firstMode == 0, weight: value, relation: relation, attributes: [], at: word.at
        ))
    }
  }

  private consuming func document() throws(InterchangeError) -> GraphDocument {
    if undescribed > 0 {
      builder.remark("vertices have no line and are called by their numbers", undescribed)
    }
    let all = (1...max(1, count)).prefix(count)
    let known = all.map { labels[$0] ?? String($0) }
    let usesLabels = Set(known).count == known.count && !known.contains("")
    var nodes: [Int32] = [-1]
    for (index, number) in all.enumerated() {
      let node = builder.declare(
        usesLabels ? known[index] : String(number), at: TextPlace(line: 1, column: 1))
      nodes.append(node)
      if !usesLabels, let label = labels[number] { builder.label(node, label) }
      if firstMode > 0 {
        builder.set(
          node: node, "mode", .integer(number <= firstMode ? 1 : 2),
          at: TextPlace(line: 1, column: 1))
      }
    }
    for attribute in attributes {
      builder.set(
        node: nodes[attribute.node], attribute.name, attribute.value,
        at: text.place(of: attribute.at))
    }
    // The attributes of a file come in the order of its lines, which is that of the vertices.
    for tie in ties {
      let place = text.place(of: tie.at)
      let edge = builder.edge(
        nodes[tie.source], nodes[tie.target], isDirected: tie.isDirected, at: place)
      if let weight = tie.weight { builder.set(edge: edge, "weight", weight, at: place) }
      if hasRelations, let relation = tie.relation {
        builder.set(edge: edge, "relation", .text(relation), at: place)
      }
      for (name, value) in tie.attributes where name != "weight" && name != "relation" {
        builder.set(edge: edge, name, value, at: place)
      }
    }
    for values in columns where values.missingCount > 0 {
      builder.remark(
        "values \(values.missingCode) of \(values.name) are missing values", values.missingCount)
    }
    let columns = columns
    return try builder.document(direction: .undirected, needsDeclarations: false)
      .adding(columns)
  }
}
