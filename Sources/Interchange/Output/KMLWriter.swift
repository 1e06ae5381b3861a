// SPDX-License-Identifier: Apache-2.0

/// Writes KML 2.2 (OGC 07-147r2) for maps such as Google Earth and QGIS.
///
/// Nodes with coordinates are points, ties between them lines; every column stands in the extended data
/// of its placemark. Nodes and ties without a place are placemarks without a geometry. Clew does not
/// read KML.
public struct KMLWriter: GraphWriter {
  // KML is written only; what it holds is what GeoJSON holds.
  public let format = GraphFormat.geoJSON

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    let coordinates = try Coordinates(document, "KML")
    let parts = WrittenParts(document)
    var losses = parts.losses
    var xml = XMLText()
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    xml.raw("<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>")
    xml.text(document.name)
    xml.raw("</name>\n")
    Self.data(document.graphAttributes.map { ($0.name, $0.text) }, &xml)
    xml.raw("<Folder>\n<name>Nodes</name>\n")
    for node in 0..<document.nodeCount {
      xml.raw("<Placemark><name>")
      xml.text(document.label(ofNode: node))
      xml.raw("</name>")
      let values = document.nodeColumns.compactMap { column in
        column.values.text(at: node).map { (column.name, $0) }
      }
      Self.data([("id", document.nodeIDs[node])] + values, &xml)
      if let place = coordinates.places[node] {
        xml.raw("<Point>\(Self.mode(place.altitude != nil))<coordinates>\(place.text)")
        xml.raw("</coordinates></Point>")
      }
      xml.raw("</Placemark>\n")
    }
    xml.raw("</Folder>\n<Folder>\n<name>Ties</name>\n")
    for edge in 0..<document.edgeCount {
      let (source, target) = (Int(document.sources[edge]), Int(document.targets[edge]))
      let isDirected = document.mixedDirections?[edge] ?? parts.isDirected
      xml.raw("<Placemark><name>")
      xml.text(
        document.label(ofNode: source) + (isDirected ? " → " : " – ")
          + document.label(ofNode: target))
      xml.raw("</name>")
      let values = document.edgeColumns.compactMap { column in
        column.values.text(at: edge).map { (column.name, $0) }
      }
      Self.data(
        [
          ("source", document.nodeIDs[source]), ("target", document.nodeIDs[target]),
          ("directed", isDirected ? "true" : "false"),
        ] + values, &xml)
      if let first = coordinates.places[source], let last = coordinates.places[target] {
        xml.raw("<LineString><tessellate>1</tessellate><coordinates>\(first.text) \(last.text)")
        xml.raw("</coordinates></LineString>")
      }
      xml.raw("</Placemark>\n")
    }
    xml.raw("</Folder>\n</Document>\n</kml>\n")
    losses.add(xml.replacedCount, "characters that XML cannot hold are replaced")
    return WrittenGraph(
      bytes: xml.bytes, nodeTable: nil, losses: losses,
      notes: coordinates.notes + ["Clew writes KML and does not read it; GeoJSON comes back"])
  }

  private static func mode(_ isAbsolute: Bool) -> String {
    isAbsolute ? "<altitudeMode>absolute</altitudeMode>" : ""
  }

  private static func data(_ entries: [(name: String, text: String)], _ xml: inout XMLText) {
    guard !entries.isEmpty else { return }
    xml.raw("<ExtendedData>")
    for entry in entries {
      xml.raw("<Data name=\"")
      xml.attribute(entry.name)
      xml.raw("\"><value>")
      xml.text(entry.text)
      xml.raw("</value></Data>")
    }
    xml.raw("</ExtendedData>")
  }
}
