// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// GeoJSON in and out, and KML out.
@Suite struct GeoJSONTests {
  private func read(_ text: String) throws -> GraphDocument {
    try GraphDocument(reading: .text(text, name: "f"))
  }

  private static func collection(_ features: String...) -> String {
    "{\"type\": \"FeatureCollection\", \"features\": [\n" + features.joined(separator: ",\n") + "]}"
  }

  private static func point(_ id: String, _ coordinates: String, _ properties: String = "")
    -> String
  {
    "{\"type\": \"Feature\", \"id\": \(id), \"geometry\": {\"type\": \"Point\", \"coordinates\": [\(coordinates)]}, \"properties\": {\(properties)}}"
  }

  private static func line(_ coordinates: String, _ properties: String = "") -> String {
    "{\"type\": \"Feature\", \"geometry\": {\"type\": \"LineString\", \"coordinates\": [\(coordinates)]}, \"properties\": {\(properties)}}"
  }

  @Test func `points are nodes and lines are ties`() throws {
    let document = try read(
      Self.collection(
        Self.point("\"a\"", "4.4, 51.2", "\"name\": \"Antwerpen\", \"berths\": 7"),
        Self.point("\"b\"", "4.5, 51.9, 3"),
        "{\"type\": \"Feature\", \"geometry\": null, \"properties\": {\"id\": \"c\", \"tags\": [1, {\"x\": 2}]}}",
        Self.line("[4.4, 51.2], [4, 52], [4.5, 51.9]", "\"ships\": 3"),
        Self.line("[0, 0], [1, 1]", "\"source\": \"c\", \"target\": \"a\"")))
    #expect(document.format == .geoJSON && document.nodeIDs == ["a", "b", "c"])
    #expect(document.nodeColumn("latitude")?.values == .real([51.2, 51.9, nil]))
    #expect(document.nodeColumn("longitude")?.values == .real([4.4, 4.5, nil]))
    #expect(document.nodeColumn("altitude")?.values == .real([nil, 3, nil]))
    #expect(document.nodeColumn("berths")?.values == .integer([7, nil, nil]))
    #expect(document.nodeColumn("tags")?.values == .text([nil, nil, "[1, {\"x\": 2}]"]))
    #expect(document.label(ofNode: 0) == "Antwerpen")
    #expect(document.sources == [0, 2] && document.targets == [1, 0])
    #expect(document.mixedDirections == [false, true])
    #expect(document.edgeColumn("ships")?.values == .integer([3, nil]))
    #expect(
      document.notices.contains {
        $0.text.contains("positions between the ends of lines are passed over (1)")
      })
  }

  static let broken: [BrokenFile] = [
    .init("swapped", collection(point("1", "51.2, 104.4")), "f:2:75", "swap the two"),
    .init("metres", collection(point("1", "151000, 211000")), "f:2:75", "not metres"),
    .init("no number", collection(point("1", "\"4\", 5")), "f:2:76", "no number"),
    .init("one number", collection(point("1", "4")), "f:2:75", "no position"),
    .init(
      "ids of two types", collection(point("1", "4, 5"), point("\"1\"", "4, 6")), "f:3:27",
      "one type"),
    .init("twice", collection(point("1", "4, 5"), point("1", "4, 6")), "f:3:1", "occurs again"),
    .init("nowhere", collection(line("[1, 2], [3, 4]")), "f:2:72", "ends where no point is"),
    .init(
      "two points", collection(point("1", "1, 2"), point("2", "1, 2"), line("[1, 2], [1, 2]")),
      "f:4:72", "several points"),
    .init(
      "dangling",
      collection(point("1", "1, 2"), line("[1, 2], [3, 4]", "\"source\": 1, \"target\": 9")),
      "f:3:", "no node has the identifier “9”"),
    .init("short line", collection(line("[1, 2]")), "f:2:71", "fewer than two"),
    .init(
      "another system",
      "{\"type\": \"FeatureCollection\",\n\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"urn:ogc:def:crs:EPSG::31370\"}},\n\"features\": []}",
      "f:2:8", "EPSG::31370"),
    .init("no features", "{\"type\": \"FeatureCollection\"}", "f:1:1", "without features"),
    .init(
      "a shape",
      "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Circle\"}, \"properties\": {}}",
      "f:1:33", "an unknown geometry"),
    .init("cut", "{\"type\": \"FeatureCollection\", \"features\": [", "ends too early"),
  ]

  @Test(arguments: broken)
  func `broken GeoJSON is refused with its place`(_ broken: BrokenFile) {
    let error = #expect(throws: InterchangeError.self) { try read(broken.text) }
    for word in broken.words { #expect("\(error!)".contains(word), "\(error!)") }
  }

  private static func sample() -> GraphDocument {
    var document = GraphDocument(
      name: "ports & <more>", direction: .directed, nodeIDs: ["a", "0039", "<c>", "far"],
      sources: [0, 1, 0], targets: [1, 2, 3],
      nodeColumns: [
        .init(name: "latitude", values: .real([51.2, 51.9, nil, 104])),
        .init(name: "longitude", values: .real([4.4, -4.5, nil, 50])),
        .init(name: "berths", values: .integer([7, nil, -1, nil])),
        .init(name: "note", values: .text(["x \"y\"", nil, "&\u{1}", nil])),
      ],
      edgeColumns: [.init(name: "ships", values: .real([1.5, nil, 2]))])
    document.nodeLabels = ["Antwerpen", nil, nil, nil]
    return document
  }

  @Test func `what is written comes back, and what is on no map is said`() throws {
    let document = Self.sample()
    let written = try GeoJSONWriter().write(document)
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "f"))
    #expect(again.nodeIDs == document.nodeIDs && again.nodeLabels == document.nodeLabels)
    #expect(again.sources == document.sources && again.targets == document.targets)
    #expect(again.direction == .directed && again.mixedDirections == nil)
    for column in document.nodeColumns {
      #expect(again.nodeColumn(column.name)?.values == column.values, "\(column.name)")
    }
    #expect(again.edgeColumn("ships")?.values == document.edgeColumn("ships")?.values)
    #expect(written.losses.isEmpty)
    #expect(
      written.notes == [
        "1 nodes have no coordinates and are on no map",
        "1 nodes have coordinates outside the globe and are on no map; 1 look as if latitude and longitude were swapped",
        "2 ties have an end on no map and are no lines",
      ])
    var plain = document
    plain.nodeColumns.removeFirst(2)
    let error = #expect(throws: InterchangeError.self) { try GeoJSONWriter().write(plain) }
    #expect("\(error!)".contains("in columns latitude and longitude; there are: berths, note"))
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON is absent"))
  func `Python reads the GeoJSON and the KML`() throws {
    let answer = try PythonOracle.answer(
      """
      import sys, json
      import xml.etree.ElementTree as tree
      features = json.load(open(sys.argv[1]))["features"]
      k = "{http://www.opengis.net/kml/2.2}"
      marks = list(tree.parse(sys.argv[2]).iter(k + "Placemark"))
      print(json.dumps({
        "points": [f["geometry"]["coordinates"] for f in features if f["geometry"] and f["geometry"]["type"] == "Point"],
        "lines": [f["geometry"]["coordinates"] for f in features if f["geometry"] and f["geometry"]["type"] == "LineString"],
        "names": [m.findtext(k + "name") for m in marks],
        "kml points": [m.findtext(k + "Point/" + k + "coordinates") for m in marks],
        "kml lines": [m.findtext(k + "LineString/" + k + "coordinates") for m in marks],
        "ids": [d.findtext(k + "value") for m in marks for d in m.iter(k + "Data") if d.get("name") == "id"]}))
      """,
      [
        ("g.geojson", try GeoJSONWriter().write(Self.sample()).bytes),
        ("g.kml", try KMLWriter().write(Self.sample()).bytes),
      ])
    #expect(answer["points"] as? [[Double]] == [[4.4, 51.2], [-4.5, 51.9]])
    #expect(answer["lines"] as? [[[Double]]] == [[[4.4, 51.2], [-4.5, 51.9]]])
    #expect((answer["names"] as? [String])?.first == "Antwerpen")
    #expect(answer["ids"] as? [String] == ["a", "0039", "<c>", "far"])
    let points = try #require(answer["kml points"] as? [Any])
    #expect(points.first as? String == "4.4,51.2" && points[2] is NSNull)
    let lines = try #require(answer["kml lines"] as? [Any])
    #expect(lines.compactMap { $0 as? String } == ["4.4,51.2 -4.5,51.9"])
  }
}
