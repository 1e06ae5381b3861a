// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import TestSupport
import Testing

/// Real networks read with the options that stand here, against the counts that came with them.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct SharedGraphTests {
  struct Case: Sendable, CustomStringConvertible {
    var folder: String
    var graph: String
    var file: String
    var nodes: String?
    var sourceColumn: String?
    var targetColumn: String?
    var identifierColumn: String?
    var incompleteRows = GraphReadingOptions.IncompleteRows.refuse
    var direction: Graph.Direction?
    var conditions: [String] = []
    var layers: [String] = []
    var parallelEdges = GraphOptions.ParallelEdges.keep
    var format: GraphFormat?

    var description: String { "\(folder)/\(graph)" }

    init(
      _ folder: String, _ graph: String, _ file: String, _ change: (inout Case) -> Void = { _ in }
    ) {
      (self.folder, self.graph, self.file) = (folder, graph, file)
      change(&self)
    }
  }

  static let cases: [Case] =
    (1...11).map { Case("caviar", "phase\($0)", "phase\($0).csv") } + [
      Case("caviar", "full", "caviar_full_matrix.csv"),
      Case("drugnet", "ties", "DRUGNET.csv"),
      Case("drugnet", "ties", "DRUGNET.csv") { $0.nodes = "DRUGATTR.csv" },
      Case("italian_gangs", "ties", "ITALIAN_GANGS.csv"),
      Case("london_gang", "ties", "LONDON_GANG.csv") { $0.nodes = "LONDON_GANG_ATTR.csv" },
      Case("morselli_siren_ciel", "siren", "morselli_siren.csv"),
      Case("morselli_siren_ciel", "ciel", "morselli_cielnet.csv"),
      Case("natarajan", "cocaine", "natajaran_cocaine.csv"),
      Case("natarajan", "heroin", "natajaran_heroin.csv") { $0.direction = .directed },
      Case("spain_cocaine", "acero", "COCAINE_ACERO.csv"),
      Case("spain_cocaine", "juanes", "COCAINE_JUANES.csv"),
      Case("paul_revere", "two_mode", "PaulRevereAppD.csv"),
      Case("embassy_tasks", "two_mode", "people_tasks.csv"),
      Case("montagna", "meetings", "Montagna_meetings_edgelist.csv") { $0.parallelEdges = .merge },
      Case("montagna", "phonecalls", "Montagna_phonecalls_edgelist.csv") {
        $0.parallelEdges = .merge
      },
      Case("amlsim", "20K_cycle200", "20K_cycle200_transactions.csv") {
        $0.nodes = "20K_cycle200_nodes.csv"
      },
      Case("amlsim", "sample", "sample_tx.csv") { $0.nodes = "sample_accounts.csv" },
      Case("jjatt", "bali_bombings_2002", "Bali1_Relations_Public_Version2.csv") {
        $0.nodes = "Bali1_Nodes_Public_Version2.csv"
        $0.parallelEdges = .merge
      },
      Case("jjatt", "australian_embassy_bombing_2004", "AE_Relations_Public_Version2.csv") {
        $0.parallelEdges = .merge
      },
      Case("jjatt", "vivace_bombing_cell_2005", "Vivace_Relations_Public_Version2.csv") {
        $0.parallelEdges = .merge
      },
      Case("linerlib", "sea_distances", "dist_sparse.csv") { $0.direction = .directed },
      Case("linerlib", "demand_worldsmall", "Demand_WorldSmall_Fixed_Sep.csv"),
      Case("panama_powerplayers", "graph", "edges.csv") { $0.nodes = "nodes.csv" },
      Case("stlouis_crime", "two_mode", "edges.csv") {
        $0.nodes = "nodes.csv"
        $0.parallelEdges = .merge
      },
      Case("openflights", "routes", "routes.dat") {
        $0.nodes = "airports.dat"
        $0.sourceColumn = "4"
        $0.targetColumn = "6"
        $0.incompleteRows = .skip
      },
      Case("enron_comm", "message_counts", "messages.csv.gz") {
        $0.nodes = "people.csv"
        $0.parallelEdges = .merge
      },
      Case("hijackers911", "associates", "hijackers911.graphml") { $0.layers = ["associate"] },
      Case("hijackers911", "trusted_prior_contacts", "hijackers911.graphml") {
        $0.layers = ["trusted_prior_contact"]
      },
      Case("hijackers911", "union", "hijackers911.graphml") { $0.parallelEdges = .merge },
      Case("classics", "lesmis", "lesmis.graphml"),
    ]
    + [0, 2, 3, 4, 5, 6].map { matrix in
      Case("slumlords", "m\(matrix)", "slumlords_edges.csv") {
        $0.conditions = ["matrix=m\(matrix)"]
        $0.direction = .undirected
      }
    }

  @Test(arguments: cases)
  func `a real network has the counts that came with it`(_ entry: Case) throws {
    let folder = try #require(SharedData.folder).appending(path: entry.folder)
    let reference = try Self.reference(folder, entry.graph)
    let document = try Self.document(entry, folder)
    var options = GraphOptions()
    options.direction = entry.direction
    options.conditions = entry.conditions.compactMap(GraphOptions.Condition.init)
    options.layers = entry.layers
    options.selfLoops = .keep
    options.parallelEdges = entry.parallelEdges
    let input = try document.project(options)
    #expect(input.graph.nodeCount == reference["input", "nodes"])
    #expect(input.graph.edgeCount == reference["input", "records_or_arcs"])
    #expect(input.graph.selfLoopCount == reference["input", "self_loops"])
    #expect((input.graph.direction == .directed) == reference.isDirected)
    options.direction = .undirected
    options.selfLoops = .drop
    options.parallelEdges = .merge
    let summary = try document.project(options)
    #expect(summary.graph.nodeCount == reference["summary", "n"])
    #expect(summary.graph.edgeCount == reference["summary", "m"])
  }

  static func document(_ entry: Case, _ folder: URL) throws -> GraphDocument {
    var options = GraphReadingOptions()
    options.nodes = entry.nodes.map { .file(folder.appending(path: $0).path) }
    options.sourceColumn = entry.sourceColumn
    options.targetColumn = entry.targetColumn
    options.identifierColumn = entry.identifierColumn
    options.incompleteRows = entry.incompleteRows
    options.format = entry.format
    return try GraphDocument(reading: .file(folder.appending(path: entry.file).path), options)
  }

  struct Reference {
    let values: [String: [String: Int]]
    let isDirected: Bool

    subscript(part: String, name: String) -> Int? { values[part]?[name] }
  }

  static func reference(_ folder: URL, _ graph: String) throws -> Reference {
    let data = try Data(contentsOf: folder.appending(path: "ref.json"))
    let top = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let graphs = try #require(top["graphs"] as? [String: Any])
    let entry = try #require(graphs[graph] as? [String: Any])
    var values: [String: [String: Int]] = [:]
    for part in ["input", "summary"] {
      let numbers = try #require(entry[part] as? [String: Any])
      values[part] = numbers.compactMapValues { $0 as? Int }
    }
    let input = try #require(entry["input"] as? [String: Any])
    return Reference(values: values, isDirected: input["directed"] as? Bool ?? false)
  }
}
