// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Cohesion and communities of real networks against the numbers that stand beside them.
///
/// The numbers are rounded to ten significant digits.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct CohesionSharedTests {
  @Test(arguments: SharedData.networks)
  func `core numbers and clustering agree`(_ place: SharedNetwork.Place) throws {
    let network = try SharedNetwork(place)
    for graph in [network.undirectedSimple, network.directedSimple] {
      let cores = try CoreNumber(ignoresDirection: true)(graph).all.map { $0 ?? .nan }
      #expect(cores == network.values(["values", "core"]))
      let expected = try #require(network.values(["values", "clustering"]))
      for (found, known) in zip(try Clustering()(graph).all, expected) {
        #expect(abs((found ?? .nan) - known) <= 1e-9)
      }
    }
  }

  @Test(arguments: SharedData.networks)
  func `figures of the whole network agree`(_ place: SharedNetwork.Place) throws {
    let network = try SharedNetwork(place)
    let figures = try WholeNetwork()(network.undirectedSimple)
    let known = try #require(network.reference["summary"] as? [String: Any])
    func expect(_ key: String, _ found: Double?) throws {
      let entry = try #require(known[key], "\(key) is in the reference")
      let value = entry as? Double
      #expect((value == nil) == (found == nil), "\(key)")
      if let value, let found {
        #expect(abs(found - value) <= 1e-9 * max(1, abs(value)), "\(key): \(found), not \(value)")
      }
    }
    try expect("n", Double(figures.nodes))
    try expect("m", Double(figures.edges))
    try expect("density", figures.density)
    try expect("isolates", Double(figures.isolates))
    try expect("components", Double(figures.weakComponents.count))
    try expect("transitivity", figures.transitivity)
    try expect("average_clustering", figures.averageClustering)
    try expect("triangles", Double(figures.triangles))
    try expect("max_core", Double(figures.largestCore))
    try expect("lcc_diameter", figures.diameter.map { Double($0) })
    try expect("lcc_average_path_length", figures.meanDistance)
    try expect("degree_assortativity", figures.degreeAssortativity)
    try expect("degree_centralization_freeman", figures.degreeCentralization)
    try expect("articulation_points_count", Double(figures.articulationPoints))
    try expect("bridges_count", Double(figures.bridges))
    let sizes = try #require(known["component_sizes"] as? [Int])
    #expect(Array(figures.weakComponents.prefix(sizes.count)) == sizes)
    guard network.isDirected, let arcs = network.reference["directed"] as? [String: Any] else {
      return
    }
    let directed = try WholeNetwork()(network.directedSimple)
    #expect(directed.edges == arcs["arcs"] as? Int)
    #expect(abs((directed.reciprocity ?? .nan) - (arcs["reciprocity"] as? Double ?? 0)) <= 1e-9)
    #expect(directed.strongComponents?.count == arcs["strong_components"] as? Int)
    #expect(directed.strongComponents?.first == arcs["largest_scc"] as? Int)
    #expect(directed.diameter == figures.diameter && directed.bridges == figures.bridges)
  }

  @Test(arguments: SharedData.networks)
  func `cut nodes and bridges agree`(_ place: SharedNetwork.Place) throws {
    let network = try SharedNetwork(place)
    for graph in [network.undirectedSimple, network.directedSimple] {
      let cuts = try ArticulationPoints()(graph).map { network.names[Int($0.node.index)] }
      let known = try #require(network.reference["articulation_points"] as? [Any])
      #expect(cuts.sorted() == known.map { "\($0)" }.sorted())
      let bridges = try Bridges(mergesEdges: true)(graph).map { bridge in
        [bridge.source, bridge.target].map { network.names[Int($0.index)] }.sorted()
      }
      let pairs = try #require(network.reference["bridges"] as? [[Any]])
      let expected = pairs.map { pair in pair.map { "\($0)" }.sorted() }
      #expect(Set(bridges) == Set(expected) && bridges.count == expected.count)
    }
  }

  @Test(arguments: SharedData.networks)
  func `Leiden reaches the best of a hundred runs of the reference`(
    _ place: SharedNetwork.Place
  ) throws {
    let network = try SharedNetwork(place)
    let known = try #require(network.reference["modularity_best100"] as? [String: Any])
    let best = try #require(known["Q"] as? Double)
    let found = try #require(try Leiden()(network.undirectedSimple).modularity)
    #expect(found >= best - 1e-9, "\(found) of \(best)")
    // The reference of the Montagna lists keeps the last of repeated pairs instead of their sum.
    guard !"\(place)".hasPrefix("montagna"),
      let weighted = network.reference["weighted"] as? [String: Any],
      let entry = weighted["modularity_best100_weighted"] as? [String: Any]
    else { return }
    let heaviest = try #require(entry["Q"] as? Double)
    let strong = try #require(try Leiden()(network.undirectedWeighted).modularity)
    #expect(strong >= heaviest - 1e-9, "\(strong) of \(heaviest)")
  }
}
