// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads the graphs of METIS (Karypis and Kumar): a line of sizes, and behind it for each vertex a line
/// of its neighbours.
///
/// Vertices are numbered from 1 and have no names. Every tie must stand at both of its ends with the
/// same weight, as the format asks. An empty line is a vertex without neighbours.
struct METISReader {
  private struct Half: Comparable {
    var low: Int32
    var high: Int32
    var weight: Int64
    var at: Int

    static func < (a: Half, b: Half) -> Bool {
      (a.low, a.high, a.weight, a.at) < (b.low, b.high, b.weight, b.at)
    }
  }

  private struct Sizes {
    var vertices: Int
    var edges: Int
    var hasVertexSizes = false
    var vertexWeights = 0
    var hasEdgeWeights = false
  }

  private let text: WholeText
  private var builder: DocumentBuilder
  private var position = 0

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = METISReader(
      text: text,
      builder: DocumentBuilder(
        file: text.file, format: .metis, maximumNodes: options.maximumNodes))
    try reader.read(maximumNodes: options.maximumNodes)
    return try reader.builder.document(direction: .undirected, needsDeclarations: false)
  }

  private init(text: WholeText, builder: DocumentBuilder) {
    self.text = text
    self.builder = builder
  }

  // The words of the next line that is no comment; nil at the end of the file.
  private mutating func line() -> (words: [Range<Int>], start: Int)? {
    let bytes = text.bytes
    while position < bytes.count {
      let start = position
      let end = bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
      position = end + 1
      if end + 1 < bytes.count, bytes[end] == 13, bytes[end + 1] == 10 { position = end + 2 }
      if bytes[start..<end].first == UInt8(ascii: "%") { continue }
      var words: [Range<Int>] = []
      var at = start
      while at < end {
        while at < end, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
        let first = at
        while at < end, bytes[at] != 32, bytes[at] != 9 { at += 1 }
        if at > first { words.append(first..<at) }
      }
      return (words, start)
    }
    return nil
  }

  private mutating func number(_ word: Range<Int>, _ what: String, _ least: Int64) -> Int64? {
    guard let number = Int64(text.text(word)), number >= least else {
      builder.add(
        text.problem(
          at: word.lowerBound, "\(what) “\(text.text(word))”",
          expected: "a whole number from \(least)"))
      return nil
    }
    return number
  }

  private mutating func sizes(maximumNodes: Int) throws(InterchangeError) -> Sizes {
    guard let head = line(), (2...4).contains(head.words.count),
      let vertices = Int(text.text(head.words[0])), let edges = Int(text.text(head.words[1])),
      vertices >= 0, edges >= 0
    else {
      throw .refused(
        text.problem(
          at: 0, "no line of sizes", expected: "VERTICES EDGES [FORMAT [WEIGHTS]]",
          advice: "if it is a list of ties, say so (--input-format edge-list)"))
    }
    // Every vertex has a line, so that memory follows what is there.
    guard vertices <= maximumNodes, vertices <= text.bytes.count, edges <= text.bytes.count else {
      throw .refused(
        text.problem(
          at: head.start,
          "\(vertices) vertices and \(edges) edges in a file of \(text.bytes.count) bytes",
          expected: "as many as the file holds"))
    }
    var sizes = Sizes(vertices: vertices, edges: edges)
    if head.words.count > 2 {
      let code = text.text(head.words[2])
      guard code.utf8.count <= 3, code.utf8.allSatisfy({ $0 == 48 || $0 == 49 }) else {
        throw .refused(
          text.problem(
            at: head.words[2].lowerBound, "the format “\(code)”",
            expected: "up to three digits 0 or 1"))
      }
      let digits = Array((String(repeating: "0", count: 3 - code.utf8.count) + code).utf8)
      sizes.hasVertexSizes = digits[0] == 49
      sizes.vertexWeights = digits[1] == 49 ? 1 : 0
      sizes.hasEdgeWeights = digits[2] == 49
    }
    if head.words.count > 3 {
      guard let count = number(head.words[3], "the number of weights", 1), count <= 1_000 else {
        throw .refused(
          text.problem(
            at: head.words[3].lowerBound, "too many weights of vertices", expected: "at most 1000"))
      }
      if sizes.vertexWeights > 0 { sizes.vertexWeights = Int(count) }
    }
    return sizes
  }

  private mutating func read(maximumNodes: Int) throws(InterchangeError) {
    let sizes = try sizes(maximumNodes: maximumNodes)
    for vertex in 0..<sizes.vertices {
      _ = builder.declare(String(vertex + 1), at: TextPlace(line: 1, column: 1))
    }
    var forward: [Half] = []
    var backward: [Half] = []
    for vertex in 0..<sizes.vertices {
      guard let line = line() else {
        builder.add(
          text.problem(
            at: text.bytes.count, "\(vertex) lines of vertices", expected: "\(sizes.vertices)",
            advice: "copy or export the file again"))
        break
      }
      readVertex(vertex, line.words[...], sizes, &forward, &backward)
    }
    while let extra = line() {
      guard let first = extra.words.first else { continue }
      builder.add(
        text.problem(
          at: first.lowerBound, "a line behind the last vertex",
          expected: "\(sizes.vertices) lines of vertices"))
      break
    }
    guard builder.problems.isEmpty else { return }
    match(&forward, &backward, sizes)
  }

  private mutating func readVertex(
    _ vertex: Int, _ all: ArraySlice<Range<Int>>, _ sizes: Sizes, _ forward: inout [Half],
    _ backward: inout [Half]
  ) {
    var words = all
    if sizes.hasVertexSizes, let word = words.popFirst() {
      set(vertex, "size", word)
    }
    for index in 0..<sizes.vertexWeights {
      guard let word = words.popFirst() else {
        return builder.report(
          TextPlace(line: 1, column: 1), "the vertex \(vertex + 1) has no weight",
          expected: "\(sizes.vertexWeights) of them")
      }
      set(vertex, index == 0 ? "weight" : "weight.\(index + 1)", word)
    }
    while let word = words.popFirst() {
      guard let other = number(word, "the neighbour", 1) else { continue }
      guard other <= Int64(sizes.vertices), other != Int64(vertex + 1) else {
        builder.add(
          text.problem(
            at: word.lowerBound,
            other == Int64(vertex + 1) ? "a tie of \(other) to itself" : "the neighbour \(other)",
            expected: "another vertex from 1 to \(sizes.vertices)"))
        continue
      }
      var weight: Int64 = 1
      if sizes.hasEdgeWeights {
        guard let next = words.popFirst() else {
          builder.add(
            text.problem(at: word.lowerBound, "a neighbour without a weight", expected: "a weight"))
          return
        }
        guard let value = number(next, "the weight", 1) else { continue }
        weight = value
      }
      let end = Int32(other - 1)
      let half = Half(
        low: min(Int32(vertex), end), high: max(Int32(vertex), end), weight: weight,
        at: word.lowerBound)
      if Int32(vertex) < end { forward.append(half) } else { backward.append(half) }
    }
  }

  private mutating func set(_ vertex: Int, _ name: String, _ word: Range<Int>) {
    if let value = number(word, "the \(name)", 0) {
      builder.set(
        node: Int32(vertex), name, .integer(value), at: text.place(of: word.lowerBound))
    }
  }

  // Each tie as it stands at its two ends.
  private mutating func match(_ forward: inout [Half], _ backward: inout [Half], _ sizes: Sizes) {
    forward.sort()
    backward.sort()
    var (a, b) = (0, 0)
    while a < forward.count || b < backward.count {
      let first = a < forward.count ? forward[a] : nil
      let second = b < backward.count ? backward[b] : nil
      if let first, let second, first.low == second.low, first.high == second.high,
        first.weight == second.weight
      {
        let place = text.place(of: first.at)
        let edge = builder.edge(first.low, first.high, isDirected: false, at: place)
        if sizes.hasEdgeWeights {
          builder.set(edge: edge, "weight", .integer(first.weight), at: place)
        }
        a += 1
        b += 1
        continue
      }
      let isFirst =
        second.map { second in
          first.map { ($0.low, $0.high, $0.weight) < (second.low, second.high, second.weight) }
            ?? false
        } ?? true
      guard let half = isFirst ? first : second else { break }
      let (here, there) = isFirst ? (half.low, half.high) : (half.high, half.low)
      builder.add(
        text.problem(
          at: half.at, "the tie of \(here + 1) to \(there + 1) does not stand at \(there + 1)",
          expected: "every tie at both of its ends, with the same weight"))
      if isFirst { a += 1 } else { b += 1 }
    }
    if builder.problems.isEmpty, builder.edgeCount != sizes.edges {
      builder.add(
        text.problem(
          at: 0, "\(sizes.edges) edges are announced and \(builder.edgeCount) are there",
          expected: "each counted once"))
    }
  }
}
