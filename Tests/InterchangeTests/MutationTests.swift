// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Files with random damage: each is read or refused, and none ends the program.
///
/// `CLEW_LONG_TESTS` takes a hundred times as many.
struct MutationTests {
  private static let seeds: [[UInt8]] = {
    let document = GraphDocument(
      name: "t", direction: .directed, nodeIDs: ["a", "Łódź", "x \"y\"", "10"],
      sources: [0, 1, 2, 3], targets: [1, 2, 0, 3],
      nodeColumns: [AttributeColumn(name: "n", values: .integer([1, nil, 3, 4]))],
      edgeColumns: [AttributeColumn(name: "weight", values: .real([1.5, 2, nil, 3]))])
    // Whole files as often as broken ones, so that damage meets every reader at work.
    let whole = FormatTests.writers.compactMap { try? $0.write(document).bytes }
    var seeds = Array(repeatElement(whole, count: 8).joined())
    seeds += FormatTests.broken.map { Array($0.text.utf8) }
    seeds += [
      "source;target;weight\na;b;1,5\n\"c\"\"d\";e;2\n", ",a,b\na,0,1\nb,1,0\n",
      "*Vertices 3 1\n1 \"A b\" 0.1 0.2\n*Arcs :1 \"k\"\n1 2 2.5 l \"x\"\n*Matrix\n0 1\n",
      "dl nr=2 nc=3 format=fullmatrix\nrow labels: x y\ncolumn labels: p q r\ndata:\n1 0 1\n0 1 0\n",
      "dl n=2 format=nodelist1 labels embedded\ndata:\na b b\nb a\n",
      "strict digraph G { node [s=b]; subgraph cluster_a { a; b } a:n -> {b c} -> d [w=2] }",
    ].map { Array($0.utf8) }
    return seeds
  }()

  private static let pieces = [
    "[", "]", "{", "}", "\"", "'", ",", ";", "\n", "\r", " ", "0", "-", "1e999", "NaN", "&", "<",
    ">",
    "\\", "*", "%", "#", "/*", "--", "->", "=", ":", "\u{0}", "é", "id", "graph", "node", "data:",
    "99999999999", "&#x110000;", "\\ud800",
  ].map { Array($0.utf8) }

  @Test(arguments: Array(UInt64(1)...10))
  func `a file with random damage is read or refused`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    let isLong = ProcessInfo.processInfo.environment["CLEW_LONG_TESTS"] != nil
    var (read, refused) = (0, 0)
    for _ in 0..<(isLong ? 40_000 : 400) {
      var bytes = Self.seeds[below(Self.seeds.count)]
      // Half of them bear one wound only, so that many are still read.
      for _ in 0...(below(2) == 0 ? 0 : below(4)) {
        let place = below(bytes.count + 1)
        switch below(5) {
        case 0 where place < bytes.count: bytes[place] = UInt8(below(256))
        case 1 where place < bytes.count:
          bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
        case 2: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)], at: place)
        case 3 where place < bytes.count:
          let end = min(bytes.count, place + 1 + below(20))
          bytes.insert(contentsOf: Array(bytes[place..<end]), at: below(bytes.count + 1))
        default: bytes = Array(bytes.prefix(max(1, place)))
        }
      }
      var options = GraphReadingOptions()
      if below(4) == 0 { options.format = GraphFormat.allCases[below(GraphFormat.allCases.count)] }
      do {
        let document = try GraphDocument(reading: .bytes(bytes, name: "f"), options)
        #expect(document.sources.allSatisfy { (0..<document.nodeCount).contains(Int($0)) })
        #expect(document.targets.allSatisfy { (0..<document.nodeCount).contains(Int($0)) })
        #expect(Set(document.nodeIDs).count == document.nodeCount)
        for column in document.nodeColumns { #expect(column.values.count == document.nodeCount) }
        for column in document.edgeColumns { #expect(column.values.count == document.edgeCount) }
        read += 1
      } catch {
        #expect(!"\(error)".isEmpty)
        refused += 1
      }
    }
    #expect(read > 20 && refused > 20)
  }
}
