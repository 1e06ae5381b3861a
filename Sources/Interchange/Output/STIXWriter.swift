// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GraphCore

/// Writes a bundle of STIX 2.1 (OASIS), for platforms of threat intelligence.
///
/// A node with coordinates is a location, every other an identity: a person an individual, a company or
/// public body an organization, a criminal network a group. An edge is a relationship. What STIX has no
/// place for (identifier, schema, attributes, grades) stands in an extension that the bundle defines; the
/// handling code and the graph's caveat are markings on every object. Identifiers follow from the content,
/// so that the same graph gives the same bytes (UUID version 8 over SHA-256, RFC 9562). No confidence is
/// given: which number a grade comes to is for the receiver to say. Clew does not read STIX.
public struct STIXWriter: GraphWriter {
  // STIX is written only; as a form of JSON it is told apart by nobody who reads graphs.
  public let format = GraphFormat.json
  private let created: String

  /// Creates a writer.
  ///
  /// - Parameter created: when the objects are said to be created and modified, in milliseconds since
  ///   1970-01-01T00:00Z.
  public init(created: Int64 = 0) {
    let date = PartialDate(milliseconds: max(0, created))?.text ?? "1970-01-01T00:00:00Z"
    let moment = date.prefix(19)
    self.created = (moment.count == 19 ? String(moment) : "\(date.prefix(10))T00:00:00") + ".000Z"
  }

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var bundle = STIXBundle(document, created: created)
    return bundle.written()
  }
}

/// One bundle that is being written.
private struct STIXBundle {
  private let document: GraphDocument
  private let parts: WrittenParts
  private let created: String
  private var losses: LossReport
  private let creator: String
  private let definition: String
  private var markings: [(id: String, statement: String)] = []

  init(_ document: GraphDocument, created: String) {
    parts = WrittenParts(document)
    self.document = parts.document
    losses = parts.losses
    self.created = created
    creator = Self.id("identity", "clew")
    definition = Self.id("extension-definition", "clew graph 1")
    for attribute in document.graphAttributes where ["handling", "caveat"].contains(attribute.name)
    {
      let statement =
        attribute.name == "handling" ? "Handling: \(attribute.text)" : attribute.text
      markings.append((Self.id("marking-definition", statement), statement))
    }
  }

  // The same words always have the same identifier.
  private static func id(_ type: String, _ words: String) -> String {
    var bytes = SHA256.hash(of: Array("clew \(type) \(words)".utf8)).bytes.prefix(16).map(\.self)
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }
    let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
    return "\(type)--\(groups.joined(separator: "-"))"
  }

  mutating func written() -> WrittenGraph {
    var objects = [
      object("identity", creator, [("name", quoted("Clew")), ("identity_class", quoted("system"))])
    ]
    objects.append(
      object(
        "extension-definition", definition,
        [
          ("created_by_ref", quoted(creator)), ("name", quoted("Clew graph")),
          (
            "description",
            quoted(
              "What a graph of Clew says of a node or tie: its identifier, schema and attributes as text."
            )
          ),
          (
            "schema",
            quoted(
              "clew_id: text; clew_schema: text; clew_directed: boolean; clew_attributes: list of name and value"
            )
          ), ("version", quoted("1.0.0")), ("extension_types", "[\"property-extension\"]"),
        ]))
    for marking in markings {
      // A marking has no time at which it is modified.
      objects.append(
        json([
          ("type", quoted("marking-definition")), ("spec_version", quoted("2.1")),
          ("id", quoted(marking.id)), ("created", quoted(created)),
          ("definition_type", quoted("statement")),
          ("definition", json([("statement", quoted(marking.statement))])),
        ]))
    }
    let nodes = (0..<document.nodeCount).map(node)
    objects += nodes.map(\.text)
    var undirected = 0
    for edge in 0..<document.edgeCount {
      let isDirected = document.mixedDirections?[edge] ?? parts.isDirected
      if !isDirected { undirected += 1 }
      objects.append(
        relationship(
          edge, nodes[Int(document.sources[edge])].id, nodes[Int(document.targets[edge])].id,
          isDirected))
    }
    losses.add(undirected, "undirected ties are written from one end to the other")
    losses.add(
      document.graphAttributes.count - markings.count, "attributes of the graph have no place")
    let bundle = Self.id("bundle", objects.joined())
    let text =
      "{\"type\": \"bundle\", \"id\": \(quoted(bundle)), \"objects\": [\n"
      + objects.joined(separator: ",\n") + "\n]}\n"
    return WrittenGraph(
      bytes: Array(text.utf8), nodeTable: nil, losses: losses,
      notes: ["Clew writes STIX and does not read it; attributes are text in its extension"])
  }

  private func node(_ node: Int) -> (id: String, text: String) {
    let id = document.nodeIDs[node]
    let name = document.nodeLabels?[node] ?? id
    let schema = word("schema", document.nodeColumns, node)
    let details = extensionText(
      [("clew_id", quoted(id))] + (schema.map { [("clew_schema", quoted($0))] } ?? []),
      document.nodeColumns, node, except: ["schema"])
    if let latitude = number(["latitude", "lat"], node, limit: 90),
      let longitude = number(["longitude", "lon", "lng", "long"], node, limit: 180)
    {
      let reference = Self.id("location", id)
      return (
        reference,
        object(
          "location", reference,
          [
            ("name", quoted(name)), ("latitude", "\(latitude)"), ("longitude", "\(longitude)"),
            details,
          ])
      )
    }
    let reference = Self.id("identity", id)
    return (
      reference,
      object(
        "identity", reference,
        [
          ("name", quoted(name.isEmpty ? id : name)),
          ("identity_class", quoted(Self.identityClass(schema))), details,
        ])
    )
  }

  private func relationship(
    _ edge: Int, _ source: String, _ target: String, _ isDirected: Bool
  ) -> String {
    let kind =
      word("kind", document.edgeColumns, edge) ?? word("schema", document.edgeColumns, edge)
    return object(
      "relationship", Self.id("relationship", "\(edge) \(source) \(target) \(kind ?? "")"),
      [
        ("relationship_type", quoted(Self.relationshipType(kind))), ("source_ref", quoted(source)),
        ("target_ref", quoted(target)),
        extensionText(
          [("clew_directed", isDirected ? "true" : "false")], document.edgeColumns, edge,
          except: []),
      ])
  }

  private static func identityClass(_ schema: String?) -> String {
    switch schema {
    case "Person": "individual"
    case "Company", "Organization", "LegalEntity", "PublicBody": "organization"
    case "CriminalNetwork": "group"
    case "Phone", "SIM", "Device", "BankAccount", "CryptoWallet", "Vehicle", "Vessel", "Container":
      "system"
    default: "unspecified"
    }
  }

  // Small letters, digits and hyphens, as the standard asks.
  private static func relationshipType(_ kind: String?) -> String {
    let words = (kind ?? "").lowercased().utf8.split { byte in
      !(97...122).contains(byte) && !(48...57).contains(byte)
    }
    let type = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-").prefix(100)
    return type.count < 2 ? "related-to" : String(type)
  }

  private func word(_ name: String, _ columns: [AttributeColumn], _ index: Int) -> String? {
    columns.first { $0.name == name }?.values.text(at: index)
  }

  private func number(_ names: [String], _ node: Int, limit: Double) -> Double? {
    let column = document.nodeColumns.first { column in
      names.contains(ColumnNames.key(column.name)) && column.values.isNumeric
    }
    return column?.values.number(at: node).flatMap { abs($0) <= limit ? $0 : nil }
  }

  // MARK: JSON

  private func extensionText(
    _ own: [(String, String)], _ columns: [AttributeColumn], _ index: Int, except: [String]
  ) -> (String, String) {
    let attributes = columns.filter { !except.contains($0.name) }.compactMap { column in
      column.values.text(at: index).map { value in
        json([("name", quoted(column.name)), ("value", quoted(value))])
      }
    }
    return (
      "extensions",
      json([
        (
          definition,
          json(
            [("extension_type", quoted("property-extension"))] + own
              + (attributes.isEmpty
                ? [] : [("clew_attributes", "[" + attributes.joined(separator: ", ") + "]")]))
        )
      ])
    )
  }

  private func object(_ type: String, _ id: String, _ fields: [(String, String)]) -> String {
    let marks = markings.map { quoted($0.id) }.joined(separator: ", ")
    return json(
      [
        ("type", quoted(type)), ("spec_version", quoted("2.1")), ("id", quoted(id)),
        ("created", quoted(created)), ("modified", quoted(created)),
      ] + fields + (markings.isEmpty ? [] : [("object_marking_refs", "[\(marks)]")]))
  }

  private func json(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  private func quoted(_ text: String) -> String { JSONGraphWriter.quoted(text) }
}
