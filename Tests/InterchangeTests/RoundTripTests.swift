// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Interchange
import Testing

/// What is written reads back as the same document.
@Suite struct RoundTripTests {
  private static let words = [
    "Al", "b c", "Łódź", "=SUM(A1)", "+390039", "-x", "@home", "'=x", "a,b", "say \"hi\"",
    "two\nlines",
    "cr\rhere", " lead", "trail ", "<&>'\"", "😀", "007", "NA", "nan", "1e5", "#hash", "a;b",
    "tab\tin",
    "source", "n0", "true", "\u{202E}evil", "e\u{301}",
  ]

  private static func document(seed: UInt64, isRich: Bool) -> GraphDocument {
    var random = SeededGenerator(seed: seed)
    let nodeCount = random.below(12)
    var names = words
    random.shuffle(&names)
    let direction: Graph.Direction = random.below(2) == 0 ? .directed : .undirected
    let edgeCount = nodeCount == 0 ? 0 : random.below(20)
    func ends() -> [Int32] { (0..<edgeCount).map { _ in Int32(random.below(nodeCount)) } }
    func maybe<Value>(_ value: Value) -> Value? { random.below(4) == 0 ? nil : value }
    let sources = ends()
    let targets = ends()
    var document = GraphDocument(
      name: "r", direction: direction, nodeIDs: Array(names.prefix(nodeCount)), sources: sources,
      targets: targets)
    func columns(_ count: Int, _ prefix: String) -> [AttributeColumn] {
      guard count > 0 else { return [] }
      // One sure value each, so that the type of the column can be seen in a file without types.
      func sure<Value>(_ values: [Value?], _ first: Value) -> [Value?] {
        [first] + values.dropFirst()
      }
      return [
        AttributeColumn(
          name: prefix + " text",
          values: .text(
            sure((0..<count).map { _ in maybe(words[random.below(words.count)]) }, "x\"y"))),
        AttributeColumn(
          name: prefix + "=int",
          values: .integer(
            sure((0..<count).map { _ in maybe(Int64(random.below(2_000)) - 1_000) }, -7))),
        AttributeColumn(
          name: prefix + "<real>",
          values: .real(sure((0..<count).map { _ in maybe(random.unit() * 1e6 - 5e5) }, 0.5))),
        AttributeColumn(
          name: prefix + ",truth",
          values: .boolean(sure((0..<count).map { _ in maybe(random.below(2) == 0) }, true))),
      ]
    }
    document.nodeColumns = columns(nodeCount, "n")
    document.edgeColumns = columns(edgeCount, "e")
    if isRich, edgeCount > 1 {
      document.mixedDirections = (0..<edgeCount).map { $0 == 0 || ($0 > 1 && random.below(2) == 0) }
      document.direction = .directed
    }
    if nodeCount > 0, random.below(2) == 0 {
      document.nodeLabels = (0..<nodeCount).map { maybe("Label \($0)") }
      document.nodeLabels?[0] = "First"
    }
    return document
  }

  private func expectSame(
    _ a: GraphDocument, _ b: GraphDocument, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(a.nodeIDs == b.nodeIDs, sourceLocation: sourceLocation)
    #expect(a.nodeLabels == b.nodeLabels, sourceLocation: sourceLocation)
    #expect(a.sources == b.sources && a.targets == b.targets, sourceLocation: sourceLocation)
    #expect(
      a.direction == b.direction || a.edgeCount == 0, sourceLocation: sourceLocation)
    #expect(a.mixedDirections == b.mixedDirections, sourceLocation: sourceLocation)
    #expect(a.nodeColumns == b.nodeColumns, sourceLocation: sourceLocation)
    #expect(a.edgeColumns == b.edgeColumns, sourceLocation: sourceLocation)
  }

  @Test(arguments: [false, true]) func `GraphML reads back what was written`(isRich: Bool) throws {
    for seed in 0..<300 as Range<UInt64> {
      let document = Self.document(seed: seed, isRich: isRich)
      let written = try GraphMLWriter().write(document)
      let read = try GraphDocument(reading: .bytes(written.bytes, name: "\(seed).graphml"))
      expectSame(document, read)
      let isOnlyMixed = written.losses.losses.allSatisfy { $0.what.contains("direction") }
      #expect(isOnlyMixed)
      #expect(try GraphMLWriter().write(read).bytes == written.bytes)
    }
  }

  @Test(arguments: [false, true]) func `an edge list with its nodes reads back`(
    isRich: Bool
  ) throws {
    for seed in 0..<300 as Range<UInt64> {
      let document = Self.document(seed: seed, isRich: isRich)
      let written = try EdgeListWriter().write(document)
      var options = GraphReadingOptions()
      options.nodes = [.bytes(try #require(written.nodeTable), name: "\(seed).nodes.csv")]
      let read = try GraphDocument(reading: .bytes(written.bytes, name: "\(seed).csv"), options)
      expectSame(document, read)
    }
  }

  @Test func `a matrix reads back`() throws {
    for seed in 0..<100 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let count = 3 + random.below(8)
      let isDirected = random.below(2) == 0
      var (sources, targets, weights): ([Int32], [Int32], [Int64?]) = ([], [], [])
      for source in 0..<count {
        for target in (isDirected ? 0 : source)..<count where random.below(3) == 0 {
          sources.append(Int32(source))
          targets.append(Int32(target))
          weights.append(Int64(1 + random.below(9)))
        }
      }
      let document = GraphDocument(
        name: "m", direction: isDirected ? .directed : .undirected,
        nodeIDs: Array(Self.words.prefix(count)), sources: sources, targets: targets,
        edgeColumns: [AttributeColumn(name: "weight", values: .integer(weights))])
      let written = try MatrixWriter(weight: "weight").write(document)
      var options = GraphReadingOptions()
      options.format = .matrix
      let read = try GraphDocument(reading: .bytes(written.bytes, name: "m.csv"), options)
      #expect(read.nodeIDs == document.nodeIDs)
      var graphOptions = GraphOptions()
      graphOptions.weight = .init(attribute: "weight", meaning: .strength)
      graphOptions.direction = document.direction
      graphOptions.selfLoops = .keep
      let (a, b) = (try document.project(graphOptions), try read.project(graphOptions))
      #expect(a.graph.outgoing.targets == b.graph.outgoing.targets)
      #expect(a.graph.edgeWeights == b.graph.edgeWeights)
    }
  }

  @Test func `losses are reported`() throws {
    var document = GraphDocument(
      name: "l", direction: .undirected, nodeIDs: ["a\u{1}", "b"], sources: [0, 0],
      targets: [1, 1],
      nodeColumns: [AttributeColumn(name: "big", values: .integer([1 << 60, nil]))],
      edgeColumns: [AttributeColumn(name: "note", values: .text(["", "x\u{0}"]))])
    let xml = try GraphMLWriter().write(document)
    #expect(
      xml.losses.losses.map(\.what) == [
        "numbers of big exceed 2^53, so that the column is text",
        "identifiers hold characters that XML forbids and are numbered",
        "characters are not allowed in XML and stand as U+FFFD",
      ])
    let csv = try EdgeListWriter().write(document)
    #expect(
      csv.losses.losses.map(\.what) == [
        "empty texts read back as missing values",
        "cells hold control characters that stand as U+FFFD",
      ])
    #expect(throws: InterchangeError.self) { try MatrixWriter().write(document) }
    document.sources = [0]
    document.targets = [1]
    document.edgeColumns = []
    let matrix = try MatrixWriter().write(document)
    #expect(
      matrix.losses.losses.map(\.what) == [
        "names hold control characters that stand as U+FFFD",
        "node attributes have no place in a matrix",
      ])
  }
}
