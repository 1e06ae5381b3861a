// SPDX-License-Identifier: Apache-2.0

import Clew
import Foundation
import GraphCore
import Interchange
import TestSupport
import Testing

/// What each format is said to hold comes back from it, and what it is not said to hold is counted as lost
/// when a file is written.
struct FormatFeatureTests {
  private typealias Feature = GraphFileFormat.Feature

  // A graph with one feature beyond a chain of ties.
  private func probe(
    _ feature: GraphFileFormat.Feature?, _ direction: Graph.Direction = .directed
  ) -> GraphDocument {
    var document = GraphDocument(
      name: "probe", direction: feature == .undirected ? .undirected : direction,
      nodeIDs: ["Ann", "Bo", "Cy", "Di"], sources: [0, 1, 2], targets: [1, 2, 3])
    switch feature {
    case nil, .undirected: break
    case .isolates: document.nodeIDs.append("Eve")
    case .mixed: document.mixedDirections = [true, false, true]
    case .parallel:
      document.sources.append(0)
      document.targets.append(1)
    case .loops:
      document.sources.append(1)
      document.targets.append(1)
    case .labels: document.nodeLabels = ["Anna A.", "Bo B.", "Cy C.", "Di D."]
    case .nodeText:
      document.nodeColumns = [
        AttributeColumn(name: "town", values: .text(["Aalst", "Brugge", "x y", "Zürich"]))
      ]
    case .nodeNumbers:
      document.nodeColumns = [AttributeColumn(name: "age", values: .integer([31, 42, 53, 64]))]
    case .tieText:
      document.edgeColumns = [
        AttributeColumn(name: "how", values: .text(["calls", "owns", "a b"]))
      ]
    case .tieNumbers:
      document.edgeColumns = [
        AttributeColumn(name: "weight", values: .real([1.5, 2.5, 3.5])),
        AttributeColumn(name: "hours", values: .real([4.25, 5.25, 6.25])),
      ]
    case .weights:
      document.edgeColumns = [AttributeColumn(name: "weight", values: .real([1.5, 2.5, 3.5]))]
    }
    return document
  }

  private func edges(_ document: GraphDocument, _ names: [String]) -> [String] {
    let columns = document.edgeColumns.filter { names.contains($0.name) }
      .sorted { $0.name < $1.name }
    return (0..<document.edgeCount).map { edge in
      var ends = [document.sources[edge], document.targets[edge]].map { document.nodeIDs[Int($0)] }
      let isDirected = document.mixedDirections?[edge] ?? (document.direction == .directed)
      if !isDirected { ends.sort() }
      return ends.joined(separator: isDirected ? " > " : " - ")
        + columns.compactMap { column in
          column.values.text(at: edge).map { " \(column.name)=\($0)" }
        }.joined()
    }.sorted()
  }

  private func nodes(_ document: GraphDocument, labels: Bool) -> [String] {
    let columns = document.nodeColumns.filter { ["town", "age"].contains($0.name) }
    return document.nodeIDs.indices.map { node in
      document.nodeIDs[node] + (labels ? " “\(document.label(ofNode: node))”" : "")
        + columns.compactMap { column in
          column.values.text(at: node).map { " \(column.name)=\($0)" }
        }.joined()
    }.sorted()
  }

  private func comesBack(
    _ document: GraphDocument, _ format: GraphFileFormat, labels: Bool
  ) throws -> (isSame: Bool, isCounted: Bool) {
    var document = document
    if format == .geojson {
      // It holds places and nothing without one.
      document.nodeColumns += ["latitude", "longitude"].map { name in
        AttributeColumn(
          name: name, values: .real(document.nodeIDs.indices.map { Double($0) + 0.5 }))
      }
    }
    let written: WrittenGraph
    do { written = try document.written(as: format) } catch { return (false, true) }
    var options = GraphReadingOptions()
    if let table = written.nodeTable { options.nodes = [.bytes(table, name: "nodes")] }
    let clew = try ClewProcess()
    let file = clew.folder.appending(path: "probe")
    try Data(written.bytes).write(to: file)
    let again = try GraphDocument(reading: .file(file.path), options)
    let names = document.edgeColumns.map(\.name)
    let isSame =
      nodes(again, labels: labels) == nodes(document, labels: labels)
      && edges(again, names) == edges(document, names)
    return (isSame, !written.losses.isEmpty)
  }

  @Test(arguments: GraphFileFormat.allCases.filter { !$0.isWrittenOnly })
  func `a format holds what it is said to hold, and counts what it does not`(
    _ format: GraphFileFormat
  ) throws {
    var held: Set<GraphFileFormat.Feature> = []
    // What has no direction of its own is asked with ties that have none.
    let direction: Graph.Direction =
      try comesBack(probe(nil), format, labels: false).isSame ? .directed : .undirected
    for feature in GraphFileFormat.Feature.allCases {
      let (isSame, isCounted) = try comesBack(
        probe(feature, direction), format, labels: feature == .labels)
      if isSame { held.insert(feature) }
      #expect(isSame || isCounted, "\(format): \(feature) is lost without a word")
    }
    #expect(
      held == format.features,
      "\(format): comes back: .\(GraphFileFormat.Feature.allCases.filter(held.contains).map { "\($0)" }.joined(separator: ", .")); held but undeclared: \(held.subtracting(format.features)); declared but lost: \(format.features.subtracting(held))"
    )
  }

  @Test func `every format has a row, and its words are fit for a table`() throws {
    let table = try #require(GraphFileFormat.document.tables.first)
    #expect(table.rows.count == GraphFileFormat.allCases.count)
    #expect(Set(table.columns.map(\.key)).count == table.columns.count)
    for row in table.rows { #expect(row.count == table.columns.count) }
    // The guide has a row for each that a suffix names.
    let guide = try String(
      contentsOf: ClewProcess.package.appending(
        path: "Sources/Clew/Clew.docc/Guides/ReadingGraphFiles.md"), encoding: .utf8)
    for format in GraphFileFormat.allCases where format != .csv {
      let suffixes = GraphFileFormat.suffixes.filter { $0.value == format }.map { ".\($0.key)" }
      #expect(
        (suffixes + ["--format \(format.rawValue)", "`\(format.rawValue)`"])
          .contains(where: guide.contains), "\(format)")
    }
  }
}
