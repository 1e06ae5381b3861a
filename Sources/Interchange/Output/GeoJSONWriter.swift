// SPDX-License-Identifier: Apache-2.0

/// Writes GeoJSON (RFC 7946): nodes with coordinates as points, ties between them as lines.
///
/// Nodes and ties without a place are features without a geometry, so that nothing is lost. The
/// coordinates are those of the columns `latitude` and `longitude` (also `lat`, `lon`, `lng`).
public struct GeoJSONWriter: GraphWriter {
  public let format = GraphFormat.geoJSON

  /// Creates a writer.
  public init() {}

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    let coordinates = try Coordinates(given, "GeoJSON")
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteGraphAttributes()
    if document.isNearlySymmetric {
      parts.losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
    let quoted = JSONGraphWriter.quoted
    var text =
      "{\"type\": \"FeatureCollection\", \"name\": \(quoted(document.name)),\n\"features\": ["
    var isFirst = true
    func begin() {
      text += isFirst ? "\n" : ",\n"
      isFirst = false
    }
    for node in 0..<document.nodeCount {
      begin()
      text += "{\"type\": \"Feature\", \"id\": \(quoted(document.nodeIDs[node])), \"geometry\": "
      let place = coordinates.places[node]
      text +=
        place.map { "{\"type\": \"Point\", \"coordinates\": [\(Self.position($0))]}" } ?? "null"
      var properties: [String] = []
      if let label = document.nodeLabels?[node] { properties.append("\"label\": \(quoted(label))") }
      let columns = document.nodeColumns.filter {
        place == nil || !coordinates.columns.contains($0.name)
          || $0.name == coordinates.columns.dropFirst(2).first && place?.altitude == nil
      }
      properties += Self.properties(columns, node, ["label"])
      text += ", \"properties\": {" + properties.joined(separator: ", ") + "}}"
    }
    for edge in 0..<document.edgeCount {
      begin()
      let (source, target) = (Int(document.sources[edge]), Int(document.targets[edge]))
      text += "{\"type\": \"Feature\", \"geometry\": "
      if let first = coordinates.places[source], let last = coordinates.places[target] {
        text += "{\"type\": \"LineString\", \"coordinates\": [[\(Self.position(first))], "
        text += "[\(Self.position(last))]]}"
      } else {
        text += "null"
      }
      var properties = [
        "\"source\": \(quoted(document.nodeIDs[source]))",
        "\"target\": \(quoted(document.nodeIDs[target]))",
        "\"directed\": \(document.mixedDirections?[edge] ?? parts.isDirected)",
      ]
      properties += Self.properties(document.edgeColumns, edge, ["source", "target", "directed"])
      text += ", \"properties\": {" + properties.joined(separator: ", ") + "}}"
    }
    text += "\n]}\n"
    for (name, standard) in zip(coordinates.columns, ["latitude", "longitude", "altitude"])
    where name != standard {
      parts.losses.add(1, "column \(name) is written as the \(standard) of points")
    }
    return WrittenGraph(
      bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses, notes: coordinates.notes)
  }

  private static func position(_ place: Coordinates.Place) -> String {
    [place.longitude, place.latitude, place.altitude].compactMap { $0?.description }
      .joined(separator: ", ")
  }

  private static func properties(
    _ columns: [AttributeColumn], _ index: Int, _ taken: Set<String>
  ) -> [String] {
    columns.compactMap { column in
      guard let value = column.values.text(at: index) else { return nil }
      let isBare =
        switch column.values {
        case .text: false
        case .integer, .boolean: true
        case .real(let values): values[index]?.isFinite ?? false
        }
      let name = taken.contains(column.name) ? column.name + ".2" : column.name
      return "\(JSONGraphWriter.quoted(name)): \(isBare ? value : JSONGraphWriter.quoted(value))"
    }
  }
}
