// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Every analysis against the numbers of networkx and igraph in `Tests/Reference`, to 10⁻⁹.
@Suite struct ReferenceTests {
  @Test func `every node measure and edge measure has reference numbers`() throws {
    let files = try Reference.all()
    let words = Set(files.flatMap { $0.nodes.keys } + files.flatMap { ($0.edges ?? [:]).keys })
    for measure in Catalogue.nodeMeasures {
      #expect(words.contains(measure.word), "\(measure.word) has no reference numbers")
    }
    for measure in Catalogue.edgeMeasures {
      #expect(words.contains(measure.word), "\(measure.word) has no reference numbers")
    }
  }

  @Test(arguments: Reference.names)
  func `node measures agree`(_ name: String) throws {
    let reference = try Reference(name)
    let graph = try reference.ordered().graph
    for measure in Catalogue.nodeMeasures {
      guard let expected = reference.nodes[measure.word] else { continue }
      let scores = try measure.analysis(graph).all
      expectAgreement(scores, expected.networkx, "\(name) \(measure.word) networkx")
      expectAgreement(scores, expected.igraph, "\(name) \(measure.word) igraph")
    }
  }

  @Test(arguments: Reference.names)
  func `edge measures agree`(_ name: String) throws {
    let reference = try Reference(name)
    let ordered = try reference.ordered()
    for measure in Catalogue.edgeMeasures {
      guard let expected = reference.edges?[measure.word] else { continue }
      let scores = try measure.analysis(ordered.graph).values
      var inFileOrder = [Double?](repeating: nil, count: scores.count)
      for edge in ordered.graph.edges {
        inFileOrder[Int(ordered.position[edge])] = scores[edge]
      }
      expectAgreement(inFileOrder, expected.networkx, "\(name) \(measure.word) networkx")
      expectAgreement(inFileOrder, expected.igraph, "\(name) \(measure.word) igraph")
    }
  }

  @Test(arguments: Reference.names)
  func `figures of the whole network agree`(_ name: String) throws {
    let reference = try Reference(name)
    let found = try WholeNetwork()(try reference.ordered().graph)
    let known = Dictionary(
      uniqueKeysWithValues: Catalogue.networkFigures.map { ($0.word, $0.value(found)) })
    for (word, expected) in reference.figures {
      let value = try #require(known[word], "\(word) is a figure of the catalogue")
      expectAgreement([value], [expected.networkx], "\(name) \(word) networkx")
      expectAgreement([value], [expected.igraph], "\(name) \(word) igraph")
    }
  }

  @Test(arguments: Reference.names)
  func `components, cut nodes and bridges agree`(_ name: String) throws {
    let reference = try Reference(name)
    let graph = try reference.ordered().graph
    let groups = reference.groups
    for expected in [groups.components.networkx, groups.components.igraph] {
      #expect(firstMembers(try ConnectedComponents(.weak)(graph)) == expected, "\(name)")
    }
    if let strong = groups.strongComponents {
      for expected in [strong.networkx, strong.igraph] {
        #expect(firstMembers(try ConnectedComponents(.strong)(graph)) == expected, "\(name)")
      }
    }
    let cuts = try ArticulationPoints()(graph).map { Int($0.node.index) }
    #expect(cuts == groups.articulationPoints.networkx, "\(name)")
    #expect(cuts == groups.articulationPoints.igraph, "\(name)")
    let bridges = try Bridges(mergesEdges: true)(graph)
      .map { [Int($0.source.index), Int($0.target.index)].sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
    #expect(bridges == groups.bridges.networkx, "\(name)")
    #expect(bridges == groups.bridges.igraph, "\(name)")
  }

  @Test(arguments: Reference.names)
  func `modularity agrees, and Leiden finds the optimum`(_ name: String) throws {
    let reference = try Reference(name)
    guard let known = reference.modularity else { return }
    let graph = try reference.ordered().graph
    let partition = Partition(labels: known.partition)
    for entry in known.values {
      let value = try Modularity(resolution: entry.resolution)(graph, partition)
      #expect(abs(value - entry.networkx) <= 1e-9, "\(name) resolution \(entry.resolution)")
      #expect(abs(value - entry.igraph) <= 1e-9, "\(name) resolution \(entry.resolution)")
    }
    let found = try #require(try Leiden()(graph).modularity)
    #expect(found >= known.optimum.value - 1e-9, "\(name)")
    if known.optimum.proven { #expect(found <= known.optimum.value + 1e-9, "\(name)") }
  }

  private func firstMembers(_ partition: Partition) -> [Int] {
    let first = partition.members.map { Int($0[0].index) }
    return partition.group.values.map { first[Int($0)] }
  }

  private func expectAgreement(_ found: [Double?], _ expected: [Double?], _ what: String) {
    #expect(found.count == expected.count, "\(what)")
    for (index, pair) in zip(found, expected).enumerated() {
      let isRight: Bool
      if let a = pair.0, let b = pair.1 {
        isRight = abs(a - b) <= 1e-9 * max(1, abs(b))
      } else {
        isRight = pair.0 == nil && pair.1 == nil
      }
      #expect(isRight, "\(what) [\(index)]: \(pair.0 as Any), not \(pair.1 as Any)")
    }
  }
}

/// One file of `Tests/Reference`, as `tools/reference/write_reference.py` writes it.
private struct Reference: Decodable {
  struct Both<Value: Decodable>: Decodable {
    let networkx: Value
    let igraph: Value
  }

  struct Given: Decodable {
    let direction: Graph.Direction
    let weighting: Graph.Weighting?
    let nodes: Int
    let edges: [[Int32]]
    let weights: [Double]?
  }

  struct Groups: Decodable {
    let components: Both<[Int]>
    let strongComponents: Both<[Int]>?
    let articulationPoints: Both<[Int]>
    let bridges: Both<[[Int]]>

    enum CodingKeys: String, CodingKey {
      case components, bridges
      case strongComponents = "strong-components"
      case articulationPoints = "articulation-points"
    }
  }

  struct KnownModularity: Decodable {
    struct Value: Decodable {
      let resolution: Double
      let networkx: Double
      let igraph: Double
    }
    struct Optimum: Decodable {
      let value: Double
      let proven: Bool
    }
    let partition: [Int32]
    let values: [Value]
    let optimum: Optimum
  }

  let graph: Given
  let nodes: [String: Both<[Double?]>]
  let edges: [String: Both<[Double?]>]?
  let figures: [String: Both<Double>]
  let groups: Groups
  let modularity: KnownModularity?

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Reference")

  /// The names of the files, in order; one that does not exist where the folder cannot be read, so
  /// that the tests fail rather than pass without a file.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? ["no.json"]
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  init(_ name: String) throws {
    let data = try Data(contentsOf: Self.folder.appending(path: "\(name).json"))
    self = try JSONDecoder().decode(Reference.self, from: data)
  }

  static func all() throws -> [Reference] { try names.map { try Reference($0) } }

  func ordered() throws -> OrderedGraph {
    try Graph.ordered(
      nodeCount: graph.nodes, direction: graph.direction, weighting: graph.weighting,
      sources: graph.edges.map { $0[0] }, targets: graph.edges.map { $0[1] },
      weights: graph.weights)
  }
}
