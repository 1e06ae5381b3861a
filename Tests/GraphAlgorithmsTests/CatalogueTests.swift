// SPDX-License-Identifier: Apache-2.0

import Foundation
public import GraphAlgorithms
import GraphCore
import Synchronization
import TestSupport
public import Testing

extension NodeMeasure: CustomTestStringConvertible {
  public var testDescription: String { word }
}

extension EdgeMeasure: CustomTestStringConvertible {
  public var testDescription: String { word }
}

/// What holds for every measure of the catalogue.
@Suite struct CatalogueTests {
  /// Graphs that differ in everything a measure may look at; all weights are strengths.
  static let samples: [Graph] = [
    Graphs.kite(),
    Graphs.random(nodes: 30, edges: 45, seed: 1),
    Graphs.random(nodes: 30, edges: 60, weighting: .strength, seed: 2),
    Graphs.random(nodes: 30, edges: 70, .directed, seed: 3),
    Graphs.random(nodes: 30, edges: 90, .directed, weighting: .strength, seed: 4),
    Graphs.build(
      4, .undirected, [(0, 0), (0, 1), (0, 1), (1, 2), (3, 3)], .strength, [1, 2, 3, 4, 5]),
    Graphs.build(
      4, .directed, [(0, 0), (0, 1), (0, 1), (1, 2), (2, 0)], .strength, [1, 2, 3, 4, 5]),
  ]

  /// 1,100 nodes, enough for several threads; sparse, so that tests stay short.
  static let large = [
    Graphs.random(nodes: 1100, edges: 550, weighting: .strength, seed: 5),
    Graphs.random(nodes: 1100, edges: 900, .directed, seed: 6),
  ]

  @Test func `every word names one measure and is fit for a command line`() {
    let words = Catalogue.nodeMeasures.map(\.word) + Catalogue.edgeMeasures.map(\.word)
    #expect(Set(words).count == words.count)
    for word in words { #expect(word.allSatisfy { $0.isLowercase || $0 == "-" }, "\(word)") }
    for word in words {
      #expect((Catalogue.nodeMeasure(word) == nil) == (Catalogue.edgeMeasure(word) != nil))
    }
    #expect(Catalogue.nodeMeasure("no-such-measure") == nil)
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `a measure says what it means, who defined it and what its numbers are`(
    _ measure: NodeMeasure
  ) throws {
    #expect(!measure.title.isEmpty)
    #expect(measure.meaning.first?.isLowercase ?? false)
    let reference = type(of: measure.analysis).reference
    #expect(!reference.authors.isEmpty && !reference.title.isEmpty && !reference.venue.isEmpty)
    #expect(reference.doi?.hasPrefix("10.") ?? false)
    for sample in Self.samples {
      let convention = try measure.analysis(sample).convention
      #expect(!convention.direction.isEmpty && !convention.weights.isEmpty)
      #expect(!convention.components.isEmpty && !convention.normalisation.isEmpty)
    }
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `relabelling nodes relabels scores`(_ measure: NodeMeasure) throws {
    var generator = SeededGenerator(seed: 7)
    for (index, sample) in Self.samples.enumerated() {
      var labels = Array(0..<sample.nodeCount)
      generator.shuffle(&labels)
      let scores = try measure.analysis(sample)
      let relabelled = try measure.analysis(Graphs.relabelled(sample, labels))
      for node in sample.nodes {
        let (a, b) = (scores[node], relabelled[Node(labels[Int(node.index)])])
        #expect(agree(a, b), "sample \(index), node \(node.index): \(a as Any), \(b as Any)")
      }
    }
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `the number of threads changes no bit of the scores`(_ measure: NodeMeasure) throws {
    for graph in Self.large {
      let one = try measure.analysis(graph, Run(threads: 1))
      for threads in [2, 8] {
        let several = try measure.analysis(graph, Run(threads: threads))
        #expect(
          one.all.map { $0?.bitPattern } == several.all.map { $0?.bitPattern }, "\(threads) threads"
        )
      }
    }
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `a cancelled run throws`(_ measure: NodeMeasure) {
    for graph in [Self.samples[2], Self.large[0]] {
      for threads in [1, 2] {
        #expect(throws: AnalysisError.cancelled) {
          _ = try measure.analysis(graph, Run(threads: threads, isCancelled: { true }))
        }
      }
    }
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `a run reports parts between 0 and 1`(_ measure: NodeMeasure) throws {
    let parts = Mutex<[Double]>([])
    let run = Run(threads: 2, progress: { part in parts.withLock { $0.append(part) } })
    _ = try measure.analysis(Self.large[1], run)
    let seen = parts.withLock { $0 }
    #expect(!seen.isEmpty && seen.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `a measure says what memory it needs, and is refused beyond the limit`(
    _ measure: NodeMeasure
  ) throws {
    let needed = measure.analysis.memory(for: Self.large[1], threads: 2)
    #expect(needed >= 8 * Self.large[1].nodeCount, "its scores alone take that")
    #expect(needed < 1 << 30)
    let twice = measure.analysis.memory(
      for: Graphs.random(nodes: 2200, edges: 1800, .directed, seed: 6), threads: 2)
    #expect(twice >= needed)
    #expect(throws: Never.self) {
      try measure.analysis.checkMemory(for: Self.large[1], Run(threads: 2, memoryLimit: needed))
    }
    let error = #expect(throws: AnalysisError.self) {
      try measure.analysis.checkMemory(for: Self.large[1], Run(threads: 2, memoryLimit: needed - 1))
    }
    #expect(error?.description.contains("of memory") ?? false)
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `options survive JSON`(_ measure: NodeMeasure) throws {
    #expect(try survivesJSON(measure.analysis))
  }

  @Test(arguments: Catalogue.nodeMeasures)
  func `empty, one-node and disconnected graphs have scores or a reason`(
    _ measure: NodeMeasure
  ) throws {
    for direction in [Graph.Direction.undirected, .directed] {
      #expect(try measure.analysis(Graphs.empty(0, direction)).count == 0)
      for n in [1, 2, 5] { try checkScores(measure, Graphs.empty(n, direction)) }
      let apart = Graphs.build(7, direction, [(0, 1), (1, 2), (2, 0), (4, 5)])
      try checkScores(measure, apart)
      #expect(throws: Never.self) { _ = try measure.analysis(apart) }
    }
  }

  @Test(arguments: Catalogue.edgeMeasures)
  func `edge measures keep the promises of node measures`(_ measure: EdgeMeasure) throws {
    #expect(measure.meaning.first?.isLowercase ?? false)
    #expect(type(of: measure.analysis).reference.doi?.hasPrefix("10.") ?? false)
    #expect(try survivesJSON(measure.analysis))
    for graph in Self.large {
      let one = try measure.analysis(graph, Run(threads: 1)).values.values.map(\.bitPattern)
      for threads in [2, 8] {
        let several = try measure.analysis(graph, Run(threads: threads)).values.values
        #expect(one == several.map(\.bitPattern), "\(threads) threads")
      }
      #expect(throws: AnalysisError.cancelled) {
        _ = try measure.analysis(graph, Run(threads: 2, isCancelled: { true }))
      }
    }
    for n in [0, 1, 2] {
      #expect(try measure.analysis(Graphs.empty(n)).values.count == 0)
    }
    for sample in Self.samples {
      let scores = try measure.analysis(sample).values
      let backwards = Array((0..<sample.nodeCount).reversed())
      let relabelled = Graphs.relabelled(sample, backwards)
      let other = try measure.analysis(relabelled).values
      #expect(scores.count == sample.edgeCount)
      #expect(
        zip(scores.values.sorted(), other.values.sorted()).allSatisfy { agree($0, $1) })
    }
  }

  private func agree(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-9 * max(1, abs(a))
  }

  private func checkScores(_ measure: NodeMeasure, _ graph: Graph) throws {
    let result = Result { try measure.analysis(graph) }
    switch result {
    case .success(let scores):
      #expect(scores.count == graph.nodeCount)
      for score in scores.all { #expect(score?.isFinite ?? true, "\(measure.word)") }
    case .failure(let error):
      guard case .undefined(_, let reason)? = error as? AnalysisError else { throw error }
      #expect(reason.hasSuffix("."), "\(measure.word)")
    }
  }
}

/// Whether an analysis comes back from JSON with every option.
func survivesJSON<A: Analysis>(_ analysis: A) throws -> Bool {
  let copy = try JSONDecoder().decode(A.self, from: JSONEncoder().encode(analysis))
  return copy == analysis
}
