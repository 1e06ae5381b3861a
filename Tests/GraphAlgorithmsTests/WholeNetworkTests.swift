// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// The figures of whole networks: closed forms, what is not defined, and real networks.
@Suite struct WholeNetworkTests {
  @Test func `a star has the figures of a star`() throws {
    let star = try WholeNetwork()(Graphs.star(8))
    #expect(star.nodes == 8 && star.edges == 7 && star.tiedPairs == 7)
    #expect(star.density == 0.25 && star.meanDegree == 1.75)
    #expect(star.degreeCentralization == 1)
    #expect(abs((star.degreeAssortativity ?? 0) + 1) < 1e-12)
    #expect(star.diameter == 2 && star.meanDistance == 1.75)
    #expect(star.articulationPoints == 1 && star.bridges == 7 && star.largestCore == 1)
    #expect(star.reciprocity == nil && star.strongComponents == nil && star.notes.isEmpty)
  }

  @Test func `a chain has the mean distance (n + 1) / 3`() throws {
    for n in [2, 3, 10, 64, 65, 200] {
      let figures = try WholeNetwork()(Graphs.path(n))
      #expect(abs((figures.meanDistance ?? 0) - Double(n + 1) / 3) < 1e-12)
      #expect(figures.diameter == n - 1)
    }
  }

  @Test func `distances are the sums of breadth-first distances`() throws {
    for seed in 1...6 {
      let graph = Graphs.random(nodes: 150, edges: 160, seed: UInt64(seed))
      let weak = try ConnectedComponents()(graph)
      let members = weak.members[0]
      var sum = 0
      var longest = 0
      for source in members {
        let distances = hops(from: source, in: graph)
        for target in members {
          let distance = try #require(distances[target])
          sum += distance
          longest = max(longest, distance)
        }
      }
      let figures = try WholeNetwork()(graph)
      let pairs = members.count * (members.count - 1)
      #expect(figures.meanDistance == Double(sum) / Double(pairs))
      #expect(figures.diameter == longest)
    }
  }

  @Test func `the number of threads changes no bit of the figures`() throws {
    let graph = Graphs.preferential(nodes: 1500, ties: 1, seed: 2)
    let one = try WholeNetwork()(graph, Run(threads: 1))
    #expect(one.weakComponents == [1500])
    for threads in [2, 8] { #expect(try WholeNetwork()(graph, Run(threads: threads)) == one) }
  }

  @Test func `parallel edges, self-loops and returned arcs are counted apart`() throws {
    let graph = Graphs.build(
      5, .directed, [(0, 1), (0, 1), (1, 0), (1, 2), (2, 2), (3, 2), (2, 3), (4, 4)])
    let figures = try WholeNetwork()(graph)
    #expect(figures.edges == 8 && figures.selfLoops == 2 && figures.parallelEdges == 1)
    #expect(figures.tiedPairs == 3 && figures.isolates == 1)
    #expect(figures.density == 5.0 / 20)
    #expect(figures.reciprocity == 4.0 / 5)
    #expect(figures.weakComponents == [4, 1] && figures.strongComponents == [2, 2, 1])
    #expect(figures.bridges == 3 && figures.articulationPoints == 2)
  }

  @Test func `a figure that is not defined is nil and a sentence says why`() throws {
    let nothing = try WholeNetwork()(Graphs.empty(0))
    #expect(nothing.density == nil && nothing.averageClustering == nil && nothing.diameter == nil)
    #expect(nothing.weakComponents.isEmpty && nothing.notes.count == 4)
    let one = try WholeNetwork()(Graphs.empty(1, .directed))
    #expect(one.isolates == 1 && one.reciprocity == nil && one.notes.count == 5)
    let ring = try WholeNetwork()(Graphs.cycle(6))
    #expect(ring.degreeAssortativity == nil)
    #expect(
      ring.notes == [
        "Degree assortativity is not defined when all nodes with ties have the same degree."
      ])
    let long = try WholeNetwork(distanceNodeLimit: 20)(Graphs.path(21))
    #expect(long.meanDistance == nil && long.diameter == 20)
    #expect(
      long.notes == [
        "The mean distance is left out: the largest component has 21 nodes, more than "
          + "the limit of 20."
      ])
    for graph in [Graphs.empty(0), Graphs.empty(3, .directed), Graphs.cycle(6)] {
      for note in try WholeNetwork()(graph).notes { #expect(note.hasSuffix(".")) }
    }
  }

  @Test func `figures survive JSON and their words are unique`() throws {
    let figures = try WholeNetwork()(Graphs.random(nodes: 30, edges: 60, .directed, seed: 3))
    let copy = try JSONDecoder().decode(
      NetworkFigures.self, from: JSONEncoder().encode(figures))
    #expect(copy == figures)
    let words = Catalogue.networkFigures.map(\.word)
    #expect(Set(words).count == words.count)
    for figure in Catalogue.networkFigures {
      #expect(figure.meaning.first?.isLowercase ?? false)
      guard figure.isCount, let value = figure.value(figures) else { continue }
      #expect(value == value.rounded())
    }
  }

  private func hops(from source: Node, in graph: Graph) -> [Node: Int] {
    var distance = [source: 0]
    var queue = [source]
    var head = 0
    while head < queue.count {
      let u = queue[head]
      head += 1
      for arc in graph.arcs(from: u) where distance[arc.target] == nil {
        distance[arc.target] = (distance[u] ?? 0) + 1
        queue.append(arc.target)
      }
    }
    return distance
  }
}
