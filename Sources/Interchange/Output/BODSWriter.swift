// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Writes beneficial ownership statements (BODS 0.4), a JSON array that begins with the parties.
///
/// Persons and organisations are told by the attribute `schema`, the kind of a tie by `interest` or
/// `schema`; ties that are no ownership or control, and things that cannot hold any, are left out and
/// counted. What the reader made of a statement goes back to where it stood. A statement without an
/// identifier gets the hash of what it says, so that the same statement has the same one each time, and
/// no date is made up.
public struct BODSWriter: GraphWriter {
  public let format = GraphFormat.bods

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var writing = Writing(document)
    try writing.write()
    let text = "[\n" + writing.statements.joined(separator: ",\n") + "\n]\n"
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: writing.losses)
  }

  private struct Writing {
    private enum Party { case person, entity, unspecified, other }

    private let document: GraphDocument
    private let nodes: AttributeRows
    private let edges: AttributeRows
    private let ontology = Ontology.standard
    private var parties: [Party] = []
    var statements: [String] = []
    var losses = LossReport()
    private var undated = 0
    private var invalid = 0

    init(_ document: GraphDocument) {
      self.document = document
      nodes = AttributeRows(document.nodeColumns)
      edges = AttributeRows(document.edgeColumns)
    }

    mutating func write() throws(InterchangeError) {
      parties = (0..<document.nodeCount).map(party)
      let ties = relationships()
      guard document.edgeCount == 0 || !ties.isEmpty else {
        throw .request(
          "BODS holds ownership and control, and no tie says that it is either: the edges need an "
            + "attribute schema (Ownership, Directorship) or interest (shareholding, votingRights, …), "
            + "the nodes an attribute schema (Person, Company, …)")
      }
      for node in 0..<document.nodeCount { writeParty(node) }
      for tie in ties { writeRelationship(tie) }
      losses.add(
        parties.count { $0 == .other }, "nodes are no person, company or other legal entity")
      losses.add(
        document.edgeCount - ties.reduce(0) { $0 + $1.count },
        "ties are no ownership or control between such nodes")
      losses.add(undated, "statements have no date, which BODS asks for (attribute statementDate)")
      losses.add(invalid, "values do not have the form that BODS asks for, and are left out")
      losses.add(
        Set(nodes.values(of: "replaces") + edges.values(of: "replaces")).count,
        "records have earlier statements that are not written")
      losses.add(document.graphAttributes.count, "attributes of the graph have no place")
      noteColumns(document.nodeColumns, BODSFields.node, "nodes")
      noteColumns(document.edgeColumns, BODSFields.edge, "ties")
    }

    private mutating func noteColumns(
      _ columns: [AttributeColumn], _ known: Set<String>, _ side: String
    ) {
      let others = columns.filter { !known.contains($0.name) }
      losses.add(
        others.count,
        "attributes of \(side) have no place: " + others.map(\.name).joined(separator: ", "))
    }

    private func party(_ node: Int) -> Party {
      if nodes[node, "recordType"] == "unspecified" { return .unspecified }
      guard let name = nodes[node, "schema"], let schema = ontology[name] else { return .other }
      if schema.isA("Person") { return .person }
      return schema.isA("LegalEntity") ? .entity : .other
    }

    // MARK: parties

    private mutating func writeParty(_ node: Int) {
      let type: String
      var details: [String]
      switch parties[node] {
      case .person: (type, details) = ("person", person(node))
      case .entity: (type, details) = ("entity", entity(node))
      case .unspecified, .other: return
      }
      details.insert("\"isComponent\": \(nodes[node, "isComponent"] == "true")", at: 0)
      let id = document.nodeIDs[node]
      add(nodes, node, record: id, type: type, subject: id, details: details)
    }

    private mutating func person(_ node: Int) -> [String] {
      let type = nodes[node, "personType"] ?? "knownPerson"
      var details = [field("personType", type)]
      if nodes[node, "names"] == nil, type == "knownPerson", let label = document.nodeLabels?[node]
      {
        details.append("\"names\": [{\(field("fullName", label))}]")
      }
      details += json(
        nodes, node,
        [
          "names", "identifiers", "nationalities", "placeOfBirth", "taxResidencies", "addresses",
          "politicalExposure", "unspecifiedPersonDetails",
        ])
      details += dates(nodes, node, ["birthDate": "birthDate", "deathDate": "deathDate"], .month)
      return details
    }

    private mutating func entity(_ node: Int) -> [String] {
      let isPublic = nodes[node, "schema"].flatMap { ontology[$0] }?.isA("PublicBody") ?? false
      let isCompany = nodes[node, "schema"].flatMap { ontology[$0] }?.isA("Company") ?? false
      let type =
        nodes[node, "entityType"]
        ?? (isPublic ? "stateBody" : isCompany ? "registeredEntity" : "legalEntity")
      var kind = [field("type", type)]
      if let subtype = nodes[node, "entitySubtype"] { kind.append(field("subtype", subtype)) }
      if let more = nodes[node, "entityTypeDetails"] { kind.append(field("details", more)) }
      var details = ["\"entityType\": {" + kind.joined(separator: ", ") + "}"]
      if !["anonymousEntity", "unknownEntity"].contains(type),
        let label = document.nodeLabels?[node]
      {
        details.append(field("name", label))
      }
      if let name = nodes[node, "jurisdiction"] {
        var parts = [field("name", name)]
        let code =
          nodes[node, "jurisdictionCode"] ?? (name.utf8.count == 2 ? name.uppercased() : nil)
        if let code { parts.append(field("code", code)) }
        details.append("\"jurisdiction\": {" + parts.joined(separator: ", ") + "}")
      }
      details += json(
        nodes, node,
        [
          "alternateNames", "identifiers", "addresses", "publicListing", "formedByStatute",
          "unspecifiedEntityDetails",
        ])
      if let uri = nodes[node, "uri"] { details.append(field("uri", uri)) }
      let founded = nodes[node, "foundingDate"] == nil ? "incorporationDate" : "foundingDate"
      details += dates(
        nodes, node, ["foundingDate": founded, "dissolutionDate": "dissolutionDate"], .day)
      return details
    }

    // MARK: relationships

    // The edges of each relationship: those with one identifier of a record between the same ends.
    private func relationships() -> [[Int]] {
      var ties: [[Int]] = []
      var known: [String: Int] = [:]
      for edge in 0..<document.edgeCount {
        let (source, target) = (Int(document.sources[edge]), Int(document.targets[edge]))
        let hasSubject = parties[target] == .entity || parties[target] == .unspecified
        guard interest(edge) != nil, parties[source] != .other, hasSubject else { continue }
        guard let record = edges[edge, "recordId"] else {
          ties.append([edge])
          continue
        }
        let key = "\(source) \(target) \(record)"
        if let tie = known[key] {
          ties[tie].append(edge)
        } else {
          known[key] = ties.count
          ties.append([edge])
        }
      }
      return ties
    }

    // The code of an interest, empty where it is not known; nil for what is no ownership or control.
    private func interest(_ edge: Int) -> String? {
      if let code = edges[edge, "interest"] { return code }
      switch edges[edge, "schema"] {
      case "Ownership": return "shareholding"
      case "Directorship": return "boardMember"
      case "Interest" where edges[edge, "recordId"] != nil: return ""
      default: return nil
      }
    }

    private mutating func writeRelationship(_ tie: [Int]) {
      let first = tie[0]
      let (source, target) = (Int(document.sources[first]), Int(document.targets[first]))
      var details = [
        "\"isComponent\": \(edges[first, "isComponent"] == "true")", end("subject", target),
        end("interestedParty", source),
      ]
      details += json(edges, first, ["componentRecords"])
      // A relationship of which no interest is said has a tie that says nothing.
      let interests = tie.map { writtenInterest($0) }.filter { $0 != "{}" }
      if !interests.isEmpty {
        details.append("\"interests\": [" + interests.joined(separator: ", ") + "]")
      }
      let ends = [document.nodeIDs[target], document.nodeIDs[source]].joined(separator: "\u{1F}")
      let record =
        edges[first, "recordId"] ?? edges[first, "id"]
        ?? String(
          SHA256.hash(of: Array((ends + "\u{1F}\(details)\u{1F}\(first)").utf8)).hex.prefix(32))
      let subject =
        parties[target] == .entity ? document.nodeIDs[target] : document.nodeIDs[source]
      add(edges, first, record: record, type: "relationship", subject: subject, details: details)
    }

    private mutating func end(_ role: String, _ node: Int) -> String {
      guard parties[node] == .unspecified else { return field(role, document.nodeIDs[node]) }
      var parts = [field("reason", nodes[node, "reason"] ?? "unknown")]
      if let more = nodes[node, "description"] { parts.append(field("description", more)) }
      return "\"\(role)\": {" + parts.joined(separator: ", ") + "}"
    }

    private mutating func writtenInterest(_ edge: Int) -> String {
      var parts: [String] = []
      if let code = interest(edge), !code.isEmpty { parts.append(field("type", code)) }
      if let way = edges[edge, "directOrIndirect"] { parts.append(field("directOrIndirect", way)) }
      if let truth = edges[edge, "beneficialOwnershipOrControl"] {
        parts.append("\"beneficialOwnershipOrControl\": \(truth == "true")")
      }
      if let details = edges[edge, "interestDetails"] ?? edges[edge, "role"] {
        parts.append(field("details", details))
      }
      var share: [String] = []
      for (column, key) in [
        ("percentage", "exact"), ("percentageMinimum", "minimum"), ("percentageMaximum", "maximum"),
      ] {
        guard let text = edges[edge, column] else { continue }
        guard let number = Double(text), (0...100).contains(number) else {
          invalid += 1
          continue
        }
        let isExclusive = edges[edge, column + "IsExclusive"] == "true"
        let name = isExclusive ? "exclusive" + key.prefix(1).uppercased() + key.dropFirst() : key
        share.append("\"\(name)\": \(number == number.rounded() ? "\(Int(number))" : "\(number)")")
      }
      if !share.isEmpty { parts.append("\"share\": {" + share.joined(separator: ", ") + "}") }
      parts += dates(edges, edge, ["startDate": "startDate", "endDate": "endDate"], .day)
      return "{" + parts.joined(separator: ", ") + "}"
    }

    // MARK: statements

    private mutating func add(
      _ rows: AttributeRows, _ row: Int, record: String, type: String, subject: String,
      details: [String]
    ) {
      var parts = [
        field("declarationSubject", rows[row, "declarationSubject"] ?? subject),
        field("recordId", record), field("recordType", type),
        field("recordStatus", rows[row, "recordStatus"] ?? "new"),
      ]
      if let date = rows[row, "statementDate"] {
        parts.append(field("statementDate", date))
      } else {
        undated += 1
      }
      if let text = rows[row, "declaration"] { parts.append(field("declaration", text)) }
      parts += json(rows, row, ["publicationDetails", "source", "annotations"])
      parts.append("\"recordDetails\": {" + details.joined(separator: ", ") + "}")
      let content = parts.joined(separator: ", ")
      let id =
        rows[row, "statementId"] ?? String(SHA256.hash(of: Array(content.utf8)).hex.prefix(32))
      statements.append("{" + field("statementId", id) + ", " + content + "}")
    }

    private func field(_ key: String, _ text: String) -> String {
      "\"\(key)\": \(JSONGraphWriter.quoted(text))"
    }

    // Values that are kept as the JSON text they were written in.
    private mutating func json(_ rows: AttributeRows, _ row: Int, _ names: [String]) -> [String] {
      var parts: [String] = []
      for name in names {
        guard let text = rows[row, name] else { continue }
        guard let value = JSONNode.text(of: text) else {
          invalid += 1
          continue
        }
        parts.append("\"\(name)\": \(value)")
      }
      return parts
    }

    private enum Precision: Int { case month = 4, day = 10 }

    private mutating func dates(
      _ rows: AttributeRows, _ row: Int, _ names: KeyValuePairs<String, String>, _ least: Precision
    ) -> [String] {
      var parts: [String] = []
      for (name, column) in names {
        guard let text = rows[row, column] else { continue }
        guard PartialDate(text) != nil, text.utf8.count >= least.rawValue, text.utf8.count <= 10
        else {
          invalid += 1
          continue
        }
        parts.append(field(name, text))
      }
      return parts
    }
  }
}

/// The attributes that a statement has a place for.
private enum BODSFields {
  static let statement: Set = [
    "statementId", "statementDate", "declaration", "declarationSubject", "recordStatus", "inForce",
    "replaces", "publicationDetails", "source", "annotations", "isComponent", "schema",
  ]
  static let node = statement.union([
    "name", "recordType", "personType", "names", "identifiers", "nationalities", "placeOfBirth",
    "taxResidencies", "addresses", "politicalExposure", "unspecifiedPersonDetails", "birthDate",
    "deathDate", "entityType", "entitySubtype", "entityTypeDetails", "jurisdiction",
    "jurisdictionCode", "alternateNames", "publicListing", "formedByStatute",
    "unspecifiedEntityDetails", "uri", "foundingDate", "incorporationDate", "dissolutionDate",
    "unspecified", "reason", "description",
  ])
  static let edge = statement.union([
    "recordId", "id", "componentRecords", "interest", "directOrIndirect",
    "beneficialOwnershipOrControl", "interestDetails", "role", "percentage", "percentageMinimum",
    "percentageMaximum", "percentageMinimumIsExclusive", "percentageMaximumIsExclusive",
    "startDate", "endDate",
  ])
}
