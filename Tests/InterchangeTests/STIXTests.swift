// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Bundles of STIX 2.1, as the reference implementation of OASIS (stix2) reads them.
struct STIXTests {
  private static let script = """
    import json, sys, stix2
    bundle = stix2.parse(open(sys.argv[1]).read(), allow_custom=False)
    names = {o.id: o.name for o in bundle.objects if o.type in ("identity", "location")}
    known = {o.id for o in bundle.objects}
    ties = [o for o in bundle.objects if o.type == "relationship"]
    def own(o):
        return next(iter(o.extensions.values()))
    print(json.dumps({
      "nodes": sorted([o.name, o.type, o.get("identity_class", "")] for o in bundle.objects
        if o.type in ("identity", "location") and "extensions" in o),
      "ties": sorted([names[o.source_ref], o.relationship_type, names[o.target_ref]] for o in ties),
      "schemata": sorted(own(o).get("clew_schema", "") for o in bundle.objects
        if o.type in ("identity", "location") and "extensions" in o),
      "attributes": [[a["name"], a["value"]] for o in ties for a in own(o).get("clew_attributes", [])],
      "unmarked": sum(1 for o in bundle.objects if o.type == "relationship" and not o.get("object_marking_refs")),
      "marks": [o.definition.statement for o in bundle.objects if o.type == "marking-definition"],
      "dangling": sum(1 for o in ties if o.source_ref not in known or o.target_ref not in known),
      "places": [[o.latitude, o.longitude] for o in bundle.objects if o.type == "location"]}))
    """

  private static func graph() -> GraphDocument {
    var document = GraphDocument(
      name: "g", direction: .directed, nodeIDs: ["p:1", "c:1", "h:1", "x"],
      sources: [0, 1, 0, 3], targets: [1, 2, 1, 3],
      nodeColumns: [
        AttributeColumn(name: "schema", values: .text(["Person", "Company", "Port", nil])),
        AttributeColumn(name: "latitude", values: .real([nil, nil, 51.2, 99])),
        AttributeColumn(name: "longitude", values: .real([nil, nil, 4.4, 4.4])),
      ],
      edgeColumns: [
        AttributeColumn(
          name: "kind", values: .text(["Ownership", "port call", "directorship, ownership", nil])),
        AttributeColumn(name: "grade", values: .text(["A1", "B2", nil, "<&\"\u{202E}"])),
      ])
    document.nodeLabels = ["Ann “A”", "Søn & Co", "Haven", nil]
    document.graphAttributes = [("handling", "H2"), ("caveat", "not guilt"), ("other", "x")]
    return document
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with stix2 is absent"))
  func `stix2 reads the bundle strictly and sees the same graph`() throws {
    let written = try STIXWriter(created: 1_709_547_630_000).write(Self.graph())
    let found = try PythonOracle.answer(Self.script, [("g.json", written.bytes)])
    #expect(
      found["nodes"] as? [[String]] == [
        ["Ann “A”", "identity", "individual"], ["Haven", "location", ""],
        ["Søn & Co", "identity", "organization"], ["x", "identity", "unspecified"],
      ])
    #expect(
      found["ties"] as? [[String]] == [
        ["Ann “A”", "directorship-ownership", "Søn & Co"], ["Ann “A”", "ownership", "Søn & Co"],
        ["Søn & Co", "port-call", "Haven"], ["x", "related-to", "x"],
      ])
    #expect(found["schemata"] as? [String] == ["", "Company", "Person", "Port"])
    #expect(found["marks"] as? [String] == ["Handling: H2", "not guilt"])
    #expect(found["unmarked"] as? Int == 0 && found["dangling"] as? Int == 0)
    #expect(found["places"] as? [[Double]] == [[51.2, 4.4]])
    let attributes = try #require(found["attributes"] as? [[String]])
    #expect(attributes.contains(["grade", "<&\"\u{202E}"]))
    #expect(attributes.contains(["kind", "directorship, ownership"]))
    #expect(written.losses.losses.map(\.count) == [1])
  }

  @Test func `the same graph has the same bytes, and another moment other times only`() throws {
    let one = try STIXWriter().write(Self.graph()).bytes
    #expect(try STIXWriter().write(Self.graph()).bytes == one)
    let text = String(decoding: one, as: UTF8.self)
    #expect(text.contains("\"created\": \"1970-01-01T00:00:00.000Z\""))
    let later = String(
      decoding: try STIXWriter(created: 1_709_547_630_000).write(Self.graph()).bytes,
      as: UTF8.self)
    #expect(later.contains("\"created\": \"2024-03-04T10:20:30.000Z\""))
    func ids(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.contains("\"bundle\"") }
        .compactMap { $0.split(separator: "\"id\": \"").dropFirst().first?.prefix { $0 != "\"" } }
    }
    #expect(ids(text) == ids(later) && ids(text).count == 12)
  }
}
