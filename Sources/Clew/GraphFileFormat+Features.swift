// SPDX-License-Identifier: Apache-2.0

public import Reports

extension GraphFileFormat {
  /// Something of a graph that a format can hold or not: what comes back when it was written and is
  /// read again.
  public enum Feature: String, CaseIterable, Sendable {
    /// Nodes without any tie.
    case isolates
    /// Ties without a direction.
    case undirected
    /// Ties with a direction beside others without.
    case mixed
    /// Several ties of one pair.
    case parallel
    /// Ties of a node to itself.
    case loops
    /// Names beside identifiers.
    case labels
    /// Text that nodes have.
    case nodeText = "node-text"
    /// Numbers that nodes have.
    case nodeNumbers = "node-numbers"
    /// Text that ties have.
    case tieText = "tie-text"
    /// Numbers that ties have, of any name.
    case tieNumbers = "tie-numbers"
    /// One number of a tie, its weight.
    case weights

    /// The heading of its column.
    public var title: String {
      switch self {
      case .isolates: "Nodes alone"
      case .undirected: "Undirected"
      case .mixed: "Mixed"
      case .parallel: "Several ties"
      case .loops: "Loops"
      case .labels: "Labels"
      case .nodeText: "Node text"
      case .nodeNumbers: "Node numbers"
      case .tieText: "Tie text"
      case .tieNumbers: "Tie numbers"
      case .weights: "Weights"
      }
    }
  }

  /// Whether Clew writes the format and does not read it.
  public var isWrittenOnly: Bool { [.kml, .stix, .maltego].contains(self) }

  /// What is held from writing to reading; what is not is counted when a file is written.
  ///
  /// GeoJSON holds it of nodes with coordinates, FollowTheMoney of undirected ties; BODS holds statements
  /// of ownership and no other graph.
  public var features: Set<Feature> {
    let all = Set(Feature.allCases)
    return switch self {
    case .graphml, .gexf, .json, .gdf, .cx2, .ndjson, .csv, .gephi, .geojson, .xlsx, .anx: all
    case .gml, .dot: all.subtracting([.mixed])
    case .vna, .neo4j: all.subtracting([.undirected, .mixed])
    case .pajek: [.isolates, .undirected, .mixed, .parallel, .loops, .weights]
    case .pajekProject:
      [.isolates, .undirected, .mixed, .parallel, .loops, .nodeNumbers, .weights]
    case .dl: [.isolates, .parallel, .loops, .weights]
    case .matrix: [.isolates, .undirected, .loops, .weights]
    case .ftm: [.isolates, .undirected, .parallel, .loops, .labels]
    case .bods, .kml, .stix, .maltego: []
    }
  }
}

extension GraphFileFormat {
  /// The formats and what each holds, as a document with the table `formats`.
  public static var document: ResultDocument {
    let columns =
      [Table.Column("format", "Format"), .init("suffixes", "Suffixes"), .init("read", "Read")]
      + Feature.allCases.map { Table.Column($0.rawValue, $0.title) }
    return ResultDocument(
      schema: "clew.formats/1", title: "Graph formats",
      input: nil, view: [], analyses: [],
      tables: [
        Table(
          key: "formats", title: counted(allCases.count, "format"), columns: columns,
          rows: allCases.map { format in
            let suffixes = Self.suffixes.filter { $0.value == format }.map { ".\($0.key)" }
            return [
              .text(format.rawValue),
              .text(
                suffixes.isEmpty ? "--format \(format.rawValue)" : suffixes.joined(separator: " ")),
              .flag(!format.isWrittenOnly),
            ] + Feature.allCases.map { .flag(format.features.contains($0)) }
          })
      ],
      notices: [
        "GeoJSON holds it of nodes with coordinates, FollowTheMoney of undirected ties; BODS holds "
          + "statements of ownership and no other graph",
        "read beside these: Pajek's .clu and .vec, METIS, Maltego's .mtgx, statements of FollowTheMoney",
      ], version: clewVersion)
  }
}
