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
      Case("israel_case1", "calls", "case1.ndjson"),
      Case("hijackers911", "roxanne_ndjson", "roxanne_911_hijackers.ndjson"),
      Case("ftm_donations", "payments_and_addresses", "donations.ijson"),
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
      Case("unodc_seizures", "cocaine_flows", "routes_extract.csv") {
        $0.conditions = Self.seizures(
          "Cocaine", "Cocaine HCL", "Cocaine Base", "Crack", "Coca paste", "Coca leaf")
        $0.parallelEdges = .merge
      },
      Case("unodc_seizures", "heroin_flows", "routes_extract.csv") {
        $0.conditions = Self.seizures(
          "Heroin", "Opium", "Morphine", "Acetylated Opium", "Extract from Opium poppy")
        $0.parallelEdges = .merge
      },
      Case("classics", "lesmis", "lesmis.graphml"),
    ]
    + [0, 2, 3, 4, 5, 6].map { matrix in
      Case("slumlords", "m\(matrix)", "slumlords_edges.csv") {
        $0.conditions = ["matrix=m\(matrix)"]
        $0.direction = .undirected
      }
    }

  private static func seizures(_ drugs: String...) -> [String] {
    ["DRUG_UNIT=Kilogram", "DRUG_UNIT=Gram"] + drugs.map { "DRUG_NAME=\($0)" }
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

  @Test func `an isolate that only a column of memberships names is not invented`() throws {
    let folder = try #require(SharedData.folder).appending(path: "slumlords")
    let document = try Self.document(Case("slumlords", "m1", "slumlords_edges.csv"), folder)
    var options = GraphOptions()
    options.layers = ["m1"]
    options.direction = .undirected
    let reference = try Self.reference(folder, "m1")
    let graph = try document.project(options).graph
    #expect(graph.edgeCount == reference["summary", "m"])
    #expect(graph.nodeCount + 1 == reference["summary", "n"])
  }

  @Test func `a table without telling columns is read once they are named`() throws {
    let folder = try #require(SharedData.folder).appending(path: "ftm_donations")
    #expect { _ = try Self.document(Case("", "", "donations.csv"), folder) } throws: {
      "\($0)".contains(":1: it is not plain which columns hold the ends of a tie")
    }
    let document = try Self.document(
      Case("", "", "donations.csv") {
        $0.sourceColumn = "Donor"
        $0.targetColumn = "Party"
      }, folder)
    #expect(document.recordCount == document.edgeCount && document.edgeCount == 292)
    #expect(document.direction == .directed)
  }

  @Test(arguments: [
    ("amlsim", "20K_cycle200_nodes.csv"), ("drugnet", "DRUGATTR.csv"),
    ("london_gang", "LONDON_GANG_ATTR.csv"), ("panama_powerplayers", "nodes.csv"),
    ("stlouis_crime", "nodes.csv"), ("slumlords", "slumlords_nodes.csv"),
    ("enron_comm", "people.csv"), ("linerlib", "ports.csv"), ("caviar", "roles.csv"),
  ])
  func `a table of nodes alone is refused with what to do`(folder: String, file: String) throws {
    let folder = try #require(SharedData.folder).appending(path: folder)
    #expect { _ = try Self.document(Case("", "", file), folder) } throws: {
      "\($0)".contains(":1: this looks like a table of nodes") && "\($0)".contains("--nodes")
    }
  }

  static func document(_ entry: Case, _ folder: URL) throws -> GraphDocument {
    var options = GraphReadingOptions()
    options.nodes = entry.nodes.map { [.file(folder.appending(path: $0).path)] } ?? []
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
