// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GraphCore
public import Interchange

extension Workbench {
  /// Who owns and directs whom in a case, relationship by relationship, as `BODSWriter` takes it.
  ///
  /// Persons, companies and other legal entities are the nodes, each ownership and directorship a tie
  /// of its own with its share, its dates and the sources that say so. A statement bears the day on
  /// which the first of its claims was recorded.
  ///
  /// - Parameter request: what of the case is looked at.
  /// - Returns: the document; nil for a graph file.
  /// - Throws: `ClewError` when the request does not fit the case.
  public func statements(_ request: ViewRequest) throws(ClewError) -> GraphDocument? {
    try extract(request).map { StatementReader($0).document(name: input.name) }
  }
}

private struct StatementReader {
  private let extract: CaseExtract

  init(_ extract: CaseExtract) { self.extract = extract }

  private func isA(_ schema: String, _ ancestor: String) -> Bool {
    extract.ontology[schema]?.isA(ancestor) ?? false
  }

  private struct Tie {
    let relationship: Relationship
    let source: Int32
    let target: Int32
  }

  func document(name: String) -> GraphDocument {
    let entities = extract.entities.filter { isA($0.schema, "LegalEntity") }
    let position = Dictionary(
      uniqueKeysWithValues: entities.enumerated().map { ($0.element.id, Int32($0.offset)) })
    let ties = extract.relationships.flatMap { self.ties($0, position) }
    var document = GraphDocument(
      name: name, direction: .directed, nodeIDs: entities.map(\.id), sources: ties.map(\.source),
      targets: ties.map(\.target))
    document.nodeLabels = entities.map {
      extract.bestValue(of: "name", about: .entity($0.id)) ?? $0.id
    }
    document.nodeColumns = columns(
      entities.map { (.entity($0.id), $0.schema) },
      [
        "birthDate", "deathDate", "incorporationDate", "dissolutionDate", "jurisdiction",
      ])
    let identifiers = entities.map { self.identifiers(of: $0.id) }
    if identifiers.contains(where: { $0 != nil }) {
      document.nodeColumns.append(text("identifiers", identifiers))
    }
    document.edgeColumns =
      [text("recordId", ties.map { recordID($0, position) })]
      + columns(
        ties.map { (.relationship($0.relationship.id), $0.relationship.schema) },
        ["role", "percentage", "percentageMinimum", "percentageMaximum", "startDate", "endDate"])
    return document
  }

  // One tie for each pair of ends; both are legal entities.
  private func ties(_ relationship: Relationship, _ position: [String: Int32]) -> [Tie] {
    let roles: (owner: String, asset: String)
    if isA(relationship.schema, "Ownership") {
      roles = ("owner", "asset")
    } else if isA(relationship.schema, "Directorship") {
      roles = ("director", "organization")
    } else {
      return []
    }
    func ends(_ role: String) -> [Int32] {
      relationship.ends.filter { $0.role == role }.compactMap { position[$0.entity] }
    }
    return ends(roles.owner).flatMap { owner in
      ends(roles.asset).map { Tie(relationship: relationship, source: owner, target: $0) }
    }
  }

  // A relationship with several ends becomes as many records.
  private func recordID(_ tie: Tie, _ position: [String: Int32]) -> String {
    let all = ties(tie.relationship, position)
    guard all.count > 1,
      let index = all.firstIndex(where: { $0.source == tie.source && $0.target == tie.target })
    else { return tie.relationship.id }
    return "\(tie.relationship.id)/\(index + 1)"
  }

  private func columns(
    _ subjects: [(subject: Claim.Subject, schema: String)], _ properties: [String]
  ) -> [AttributeColumn] {
    var all = [
      text("schema", subjects.map { canonical($0.schema) }),
      text("statementDate", subjects.map { recorded($0.subject) }),
      text("source", subjects.map { source($0.subject) }),
    ]
    all += properties.map { property in
      text(property, subjects.map { value(of: property, about: $0.subject) })
    }
    return all.filter { column in
      (0..<subjects.count).contains { column.values.text(at: $0) != nil }
    }
  }

  private func text(_ name: String, _ values: [String?]) -> AttributeColumn {
    AttributeColumn(name: name, values: .text(values))
  }

  // What descends from a schema that BODS tells apart bears its name.
  private func canonical(_ schema: String) -> String {
    ["Ownership", "Directorship"].first { isA(schema, $0) } ?? schema
  }

  private func value(of property: String, about subject: Claim.Subject) -> String? {
    if let value = extract.bestValue(of: property, about: subject) { return value }
    guard ["startDate", "endDate"].contains(property) else { return nil }
    let spans = extract.evidence(for: subject).compactMap(\.valid)
    return property == "startDate"
      ? spans.compactMap(\.start).min()?.text : spans.compactMap(\.end).max()?.text
  }

  // Every number that a claim gives, as identifiers of BODS in JSON.
  private func identifiers(of id: String) -> String? {
    let schemes = [
      "registrationNumber": "registration number", "taxNumber": "tax number",
      "vatCode": "VAT number", "leiCode": "LEI", "idNumber": "identity number",
      "passportNumber": "passport number",
    ]
    var items: [String] = []
    for claim in extract.claims(about: .entity(id)) {
      guard let scheme = claim.property.flatMap({ schemes[$0] }) else { continue }
      let item =
        "{\"id\": \(GraphDocument.jsonText(claim.value)), \"schemeName\": \"\(scheme)\"}"
      if !items.contains(item) { items.append(item) }
    }
    return items.isEmpty ? nil : "[" + items.joined(separator: ", ") + "]"
  }

  private func recorded(_ subject: Claim.Subject) -> String? {
    extract.evidence(for: subject).map(\.recorded).min()
      .flatMap { PartialDate(milliseconds: $0) }.map { String($0.text.prefix(10)) }
  }

  // The sources of what is said, as an object of BODS in JSON.
  private func source(_ subject: Claim.Subject) -> String? {
    var words: [String] = []
    for evidence in extract.evidence(for: subject) {
      var parts = [evidence.source, evidence.locator.description].filter { !$0.isEmpty }
      if let grade = evidence.grade { parts.append("grade \(grade.description)") }
      if let handling = evidence.handling { parts.append("handling \(handling)") }
      let text = parts.joined(separator: ", ")
      if !words.contains(text) { words.append(text) }
    }
    guard !words.isEmpty else { return nil }
    return "{\"description\": \(GraphDocument.jsonText(words.joined(separator: "; ")))}"
  }
}
