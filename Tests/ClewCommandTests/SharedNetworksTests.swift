// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The commands of analysis on the real networks, against the numbers of networkx and igraph.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct SharedNetworksTests {
  /// A network, how `clew` is told to read it, and the key of its reference.
  struct Input: Sendable, CustomTestStringConvertible {
    let dataset: String
    let graph: String
    let file: String
    var options: [String] = []

    var testDescription: String { "\(dataset)/\(graph)" }
    var arguments: [String] {
      [(SharedData.folder?.appending(path: "\(dataset)/\(file)").path) ?? file]
        + options.map { option in
          option.replacingOccurrences(
            of: "@", with: (SharedData.folder?.appending(path: dataset).path ?? "") + "/")
        }
    }
  }

  static let inputs: [Input] =
    (1...11).map { Input(dataset: "caviar", graph: "phase\($0)", file: "phase\($0).csv") } + [
      Input(dataset: "caviar", graph: "full", file: "caviar_full_matrix.csv"),
      Input(dataset: "drugnet", graph: "ties", file: "DRUGNET.csv"),
      Input(dataset: "italian_gangs", graph: "ties", file: "ITALIAN_GANGS.csv"),
      Input(dataset: "london_gang", graph: "ties", file: "LONDON_GANG.csv"),
      Input(dataset: "natarajan", graph: "cocaine", file: "natajaran_cocaine.csv"),
      Input(dataset: "natarajan", graph: "heroin", file: "natajaran_heroin.csv"),
      Input(dataset: "morselli_siren_ciel", graph: "siren", file: "morselli_siren.csv"),
      Input(dataset: "morselli_siren_ciel", graph: "ciel", file: "morselli_cielnet.csv"),
      Input(dataset: "spain_cocaine", graph: "acero", file: "COCAINE_ACERO.csv"),
      Input(dataset: "spain_cocaine", graph: "juanes", file: "COCAINE_JUANES.csv"),
      Input(dataset: "paul_revere", graph: "two_mode", file: "PaulRevereAppD.csv"),
      Input(dataset: "montagna", graph: "meetings", file: "Montagna_meetings_edgelist.csv"),
      Input(dataset: "montagna", graph: "phonecalls", file: "Montagna_phonecalls_edgelist.csv"),
      Input(
        dataset: "amlsim", graph: "sample", file: "sample_tx.csv",
        options: ["--nodes", "@sample_accounts.csv"]),
      Input(
        dataset: "linerlib", graph: "demand_worldsmall", file: "Demand_WorldSmall_Fixed_Sep.csv"),
      Input(dataset: "hijackers911", graph: "union", file: "hijackers911.graphml"),
      Input(dataset: "hijackers911", graph: "associates", file: "hijackers911.graphml"),
      Input(dataset: "embassy_tasks", graph: "two_mode", file: "people_tasks.csv"),
      Input(
        dataset: "jjatt", graph: "bali_bombings_2002", file: "Bali1_Relations_Public_Version2.csv",
        options: ["--nodes", "@Bali1_Nodes_Public_Version2.csv"]),
      Input(
        dataset: "enron_comm", graph: "message_counts", file: "messages.csv.gz",
        options: ["--nodes", "@people.csv"]),
      Input(dataset: "classics", graph: "lesmis", file: "lesmis.graphml"),
      Input(
        dataset: "panama_powerplayers", graph: "graph", file: "edges.csv",
        options: ["--nodes", "@nodes.csv"]),
      Input(
        dataset: "stlouis_crime", graph: "two_mode", file: "edges.csv",
        options: ["--nodes", "@nodes.csv"]),
    ]
    + ["m0", "m2", "m3", "m6"].map {
      Input(
        dataset: "slumlords", graph: $0, file: "slumlords_edges.csv",
        options: ["--where", "matrix=\($0)"])
    }

  @Test(arguments: inputs)
  func `centrality agrees with the references to 1e-9`(input: Input) throws {
    let reference = try SharedReference(input.dataset, input.graph)
    let results = try clew(
      "centrality", input,
      [
        "--undirected", "--measure",
        "degree,betweenness,closeness,harmonic,eigenvector,pagerank,core,clustering",
      ])
    let nodes = try #require(results["nodes"] as? [[String: Any]])
    #expect(nodes.count == reference.nodes.count)
    for (measure, key) in [
      ("degree", "degree"), ("betweenness", "betweenness"), ("closeness", "closeness"),
      ("harmonic", "harmonic"), ("eigenvector", "eigenvector"), ("pagerank", "pagerank"),
      ("core", "core"), ("clustering", "clustering"),
    ] {
      let expected = try reference.values(key)
      for node in nodes {
        let name = try #require(reference.key(of: node))
        let value = (node[measure] as? NSNumber)?.doubleValue
        let target = expected[name] ?? nil
        #expect(
          isClose(value, target),
          "\(measure) of \(name): \(String(describing: value)), not \(String(describing: target))")
      }
    }
  }

  @Test(arguments: inputs)
  func `communities reach the best known modularity`(input: Input) throws {
    let reference = try SharedReference(input.dataset, input.graph)
    let results = try clew("communities", input, [])
    let figures = try #require(results["figures"] as? [String: Any])
    let modularity = (figures["modularity"] as? NSNumber)?.doubleValue ?? 0
    #expect(modularity >= reference.bestModularity * 0.99)
  }

  @Test(arguments: inputs)
  func `cohesion agrees with the references to 1e-9`(input: Input) throws {
    let reference = try SharedReference(input.dataset, input.graph)
    let results = try clew("cohesion", input, ["--undirected"])
    let figures = try #require(results["figures"] as? [String: Any])
    for (figure, key) in [
      ("nodes", "n"), ("edges", "m"), ("density", "density"), ("isolates", "isolates"),
      ("weak-components", "components"), ("transitivity", "transitivity"),
      ("average-clustering", "average_clustering"), ("triangles", "triangles"),
      ("largest-core", "max_core"), ("diameter", "lcc_diameter"),
      ("mean-distance", "lcc_average_path_length"),
      ("degree-assortativity", "degree_assortativity"),
      ("degree-centralization", "degree_centralization_freeman"),
      ("articulation-points", "articulation_points_count"), ("bridges", "bridges_count"),
    ] {
      let value = (figures[figure] as? NSNumber)?.doubleValue
      let target = (reference.summary[key] as? NSNumber)?.doubleValue
      if target == nil { continue }
      #expect(isClose(value, target), "\(figure): \(String(describing: value)), not \(target ?? 0)")
    }
    let cuts = try #require(results["cut-nodes"] as? [[String: Any]])
    if let expected = reference.articulationPoints {
      #expect(Set(cuts.compactMap { reference.key(of: $0) }) == expected)
    }
  }

  private func clew(_ command: String, _ input: Input, _ options: [String]) throws -> [String: Any]
  {
    let clew = try ClewProcess()
    let outcome = try clew.run(
      ClewProcess.program, [command] + input.arguments + options + ["--format", "json"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let document = try #require(object as? [String: Any])
    return try #require(document["results"] as? [String: Any])
  }

  // The references are rounded to ten significant digits.
  private func isClose(_ value: Double?, _ target: Double?) -> Bool {
    guard let value, let target else { return value == nil && target == nil }
    return abs(value - target) <= max(1e-9, abs(target) * 1e-9)
  }
}

/// The reference results of one network.
struct SharedReference {
  let nodes: [String]
  let summary: [String: Any]
  let bestModularity: Double
  let articulationPoints: Set<String>?
  private let values: [String: Any]

  init(_ dataset: String, _ graph: String) throws {
    let folder = try #require(SharedData.folder)
    let data = try Data(contentsOf: folder.appending(path: "\(dataset)/ref.json"))
    let top = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let graphs = try #require(top["graphs"] as? [String: Any])
    let reference = try #require(graphs[graph] as? [String: Any])
    nodes = try #require(reference["nodes"] as? [Any]).map { "\($0)" }
    values = try #require(reference["values"] as? [String: Any])
    summary = try #require(reference["summary"] as? [String: Any])
    let best = try #require(reference["modularity_best100"] as? [String: Any])
    bestModularity = (best["Q"] as? NSNumber)?.doubleValue ?? 1
    articulationPoints = (reference["articulation_points"] as? [Any]).map { points in
      Set(points.map { "\($0)" })
    }
  }

  /// The values of a measure by node.
  func values(_ measure: String) throws -> [String: Double?] {
    let column = try #require(values[measure] as? [Any])
    return Dictionary(
      uniqueKeysWithValues: zip(nodes, column.map { ($0 as? NSNumber)?.doubleValue }))
  }

  /// The reference's name of a row: its id or, where ids are technical, its name.
  func key(of row: [String: Any]) -> String? {
    [row["id"], row["name"]].compactMap { $0 as? String }.first { known.contains($0) }
  }

  private var known: Set<String> { Set(nodes) }
}
