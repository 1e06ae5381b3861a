// SPDX-License-Identifier: Apache-2.0

import Foundation
public import GraphAlgorithms
import GraphCore
import Synchronization
import TestSupport
public import Testing

extension GroupAnalysis: CustomTestStringConvertible {
  public var testDescription: String { word }
}

/// What holds for every analysis that divides the nodes into groups.
@Suite struct GroupCatalogueTests {
  static let samples: [Graph] = [
    Graphs.kite(),
    Graphs.random(nodes: 30, edges: 25, seed: 1),
    Graphs.random(nodes: 30, edges: 60, weighting: .strength, seed: 2),
    Graphs.random(nodes: 30, edges: 40, .directed, seed: 3),
    Graphs.random(nodes: 30, edges: 90, .directed, weighting: .strength, seed: 4),
    Graphs.build(4, .undirected, [(0, 0), (0, 1), (0, 1), (3, 3)], .strength, [1, 2, 0, 4]),
    Graphs.build(4, .directed, [(0, 0), (0, 1), (1, 0), (1, 2)], .strength, [0, 2, 3, 4]),
    Graphs.empty(0), Graphs.empty(1), Graphs.empty(5, .directed),
  ]

  @Test func `every word names one analysis and is fit for a command line`() {
    let words = Catalogue.groupAnalyses.map(\.word)
    #expect(Set(words).count == words.count)
    for word in words {
      #expect(word.allSatisfy { $0.isLowercase || $0 == "-" })
      #expect(Catalogue.groupAnalysis(word) != nil && Catalogue.nodeMeasure(word) == nil)
    }
    #expect(Catalogue.groupAnalysis("no-such-analysis") == nil)
    for figure in Catalogue.networkFigures {
      #expect(figure.word.allSatisfy { $0.isLowercase || $0 == "-" })
    }
  }

  @Test(arguments: Catalogue.groupAnalyses)
  func `every node is in one group, and groups are numbered from the largest`(
    _ entry: GroupAnalysis
  ) throws {
    #expect(!entry.title.isEmpty && entry.meaning.first?.isLowercase ?? false)
    #expect(type(of: entry.analysis).reference.doi?.hasPrefix("10.") ?? false)
    for sample in Self.samples {
      let partition = try entry(sample, Run())
      #expect(partition.group.count == sample.nodeCount)
      #expect(partition == Partition(labels: partition.group.values))
      #expect(partition.sizes == partition.members.map(\.count))
      #expect(partition.sizes == partition.sizes.sorted(by: >))
      #expect(partition.sizes.allSatisfy { $0 > 0 })
    }
  }

  @Test(arguments: Catalogue.groupAnalyses)
  func `the number of threads changes no group, and progress lies between 0 and 1`(
    _ entry: GroupAnalysis
  ) throws {
    let parts = Mutex<[Double]>([])
    let graph = Graphs.random(nodes: 120, edges: 150, .directed, seed: 8)
    let one = try entry(graph, Run())
    for threads in [2, 8] {
      let run = Run(threads: threads, progress: { part in parts.withLock { $0.append(part) } })
      #expect(try entry(graph, run) == one)
    }
    let seen = parts.withLock { $0 }
    #expect(!seen.isEmpty && seen.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test func `options survive JSON`() throws {
    for entry in Catalogue.groupAnalyses { #expect(try survivesJSON(entry.analysis)) }
    #expect(
      try survivesJSON(
        Leiden(
          objective: .constantPotts, resolution: 0.7, runs: 3, rounds: 5, seed: 9,
          ignoresDirection: true,
          ignoresWeights: true)))
    #expect(
      try survivesJSON(
        Louvain(
          resolution: 0.7, runs: 3, seed: 9, ignoresDirection: true, ignoresWeights: true)))
    #expect(try survivesJSON(Bridges(mergesEdges: true)))
    #expect(try survivesJSON(ArticulationPoints()))
    #expect(try survivesJSON(Triangles()))
    #expect(try survivesJSON(WholeNetwork(distanceNodeLimit: 7)))
    let modularity = Modularity(resolution: 2, ignoresDirection: true, ignoresWeights: true)
    let data = try JSONEncoder().encode(modularity)
    #expect(try JSONDecoder().decode(Modularity.self, from: data) == modularity)
  }
}
