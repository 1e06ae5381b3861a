// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

/// Centralities of real networks against the numbers of networkx and igraph that stand beside them.
///
/// The numbers are rounded to ten significant digits.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct CentralityReferenceTests {
  @Test(arguments: SharedData.networks)
  func `undirected simple networks agree`(_ place: SharedNetwork.Place) throws {
    let network = try SharedNetwork(place)
    let graph = network.undirectedSimple
    try check(network, ["values", "degree"], Degree(), graph)
    try check(network, ["values", "betweenness"], Betweenness(), graph)
    try check(network, ["values", "closeness"], Closeness(), graph)
    try check(network, ["values", "closeness_component"], Closeness(.component), graph)
    try check(network, ["values", "harmonic"], Harmonic(), graph)
    try check(network, ["values", "pagerank"], PageRank(), graph)
    try check(network, ["values", "eigenvector"], Eigenvector(), graph)
  }

  @Test(arguments: SharedData.networks)
  func `directed simple networks agree`(_ place: SharedNetwork.Place) throws {
    let network = try SharedNetwork(place)
    guard network.isDirected else { return }
    let graph = network.directedSimple
    try check(network, ["directed", "values", "in_degree"], Degree(.incoming), graph)
    try check(network, ["directed", "values", "out_degree"], Degree(.outgoing), graph)
    try check(network, ["directed", "values", "betweenness"], Betweenness(), graph)
    try check(network, ["directed", "values", "pagerank"], PageRank(), graph)
    try check(network, ["directed", "values", "closeness_in"], Closeness(), graph)
    try check(
      network, ["directed", "values", "closeness_out"], Closeness(.wassermanFaust, .outgoing), graph
    )
  }

  @Test(arguments: SharedData.networks)
  func `weighted networks agree`(_ place: SharedNetwork.Place) throws {
    let network = try SharedNetwork(place)
    guard network.values(["weighted", "values", "strength"]) != nil else { return }
    let graph = network.undirectedWeighted
    try check(network, ["weighted", "values", "strength"], Strength(), graph)
    try check(network, ["weighted", "values", "pagerank"], PageRank(), graph)
    try check(network, ["weighted", "values", "betweenness_inv_weight"], Betweenness(), graph)
    guard network.isDirected else { return }
    let arcs = network.directedWeighted
    try check(network, ["weighted", "values", "in_strength"], Strength(.incoming), arcs)
    try check(network, ["weighted", "values", "out_strength"], Strength(.outgoing), arcs)
  }

  private func check(
    _ network: SharedNetwork, _ path: [String], _ analysis: some Analysis<Scores>, _ graph: Graph
  ) throws {
    let key = path.joined(separator: ".")
    let expected = try #require(network.values(path), "\(key) is in the reference")
    let scores = try analysis(graph)
    var wrong: [String] = []
    for (index, value) in expected.enumerated() {
      let score = scores[Node(index)]
      let isRight =
        score.map { abs($0 - value) <= max(1e-9, 1e-9 * abs(value)) } ?? value.isNaN
      if !isRight { wrong.append("\(network.names[index]): \(score as Any), not \(value)") }
    }
    #expect(wrong.isEmpty, "\(key) of \(wrong.count) nodes, first \(wrong.first ?? "")")
  }
}
