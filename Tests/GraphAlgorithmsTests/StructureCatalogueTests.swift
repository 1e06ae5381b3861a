// SPDX-License-Identifier: Apache-2.0

import Foundation
public import GraphAlgorithms
import GraphCore
import Synchronization
import TestSupport
public import Testing

extension StructureAnalysis: CustomTestStringConvertible {
  public var testDescription: String { word }
}

/// What holds for every analysis of how a network is built.
@Suite struct StructureCatalogueTests {
  @Test func `every word names one analysis and is fit for a command line`() {
    let words = Catalogue.structureAnalyses.map(\.word)
    #expect(Set(words).count == words.count)
    for word in words {
      #expect(word.allSatisfy { $0.isLowercase || $0 == "-" })
      #expect(Catalogue.structureAnalysis(word)?.word == word)
    }
    #expect(Catalogue.structureAnalysis("no-such-analysis") == nil)
  }

  @Test(arguments: Catalogue.structureAnalyses)
  func `an analysis says what it means, who defined it and what memory it needs`(
    _ entry: StructureAnalysis
  ) throws {
    #expect(!entry.title.isEmpty && entry.meaning.first?.isLowercase ?? false)
    #expect(type(of: entry.analysis).name == entry.word)
    #expect(type(of: entry.analysis).reference.doi?.hasPrefix("10.") ?? false)
    #expect(try survivesJSON(entry.analysis))
    let graph = CatalogueTests.large[1]
    let needed = entry.analysis.memory(for: graph, threads: 2)
    #expect(needed >= graph.nodeCount && needed < 1 << 30)
    #expect(throws: AnalysisError.self) {
      try entry.analysis.checkMemory(for: graph, Run(threads: 2, memoryLimit: needed - 1))
    }
  }

  @Test(arguments: Catalogue.structureAnalyses)
  func `the number of threads changes nothing, and progress lies between 0 and 1`(
    _ entry: StructureAnalysis
  ) throws {
    let parts = Mutex<[Double]>([])
    for graph in CatalogueTests.large {
      let one = AnyHashable(try entry(graph, Run()))
      for threads in [2, 8] {
        let run = Run(threads: threads, progress: { part in parts.withLock { $0.append(part) } })
        #expect(AnyHashable(try entry(graph, run)) == one, "\(threads) threads")
      }
    }
    let seen = parts.withLock { $0 }
    #expect(!seen.isEmpty && seen.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test(arguments: Catalogue.structureAnalyses)
  func `a cancelled run throws`(_ entry: StructureAnalysis) {
    for threads in [1, 2] {
      #expect(throws: AnalysisError.cancelled) {
        _ = try entry(CatalogueTests.large[0], Run(threads: threads, isCancelled: { true }))
      }
    }
  }

  @Test(arguments: Catalogue.structureAnalyses)
  func `graphs of every sort have an answer, and an empty one an answer or a reason`(
    _ entry: StructureAnalysis
  ) throws {
    for sample in GroupCatalogueTests.samples where sample.nodeCount > 0 {
      // Ways need lengths above zero, which two of the samples lack.
      let isPossible =
        !["shortest-paths", "top-closeness"].contains(entry.word)
        || sample.edges.allSatisfy { sample.weighting == nil || sample.weight(of: $0) > 0 }
      if isPossible {
        #expect(throws: Never.self, "\(sample)") { _ = try entry(sample, Run()) }
      } else {
        #expect(throws: AnalysisError.self) { _ = try entry(sample, Run()) }
      }
    }
    for direction in [Graph.Direction.undirected, .directed] {
      do {
        _ = try entry(Graphs.empty(0, direction), Run())
      } catch {
        guard case .invalidOption = error else { throw error }
        #expect(["hop-distances", "shortest-paths"].contains(entry.word))
      }
    }
  }
}
