// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import GraphCore

extension BODSReader {
  // MARK: parties

  mutating func addParty(_ record: Record) {
    let statement = record.last
    let place = text.place(of: statement.object.at)
    let node = builder.declare(statement.record, at: place)
    let set: (inout Self, String, GraphValue) -> Void = { reader, name, value in
      reader.builder.set(node: node, name, value, at: place)
    }
    if statement.type == "person" {
      addPerson(statement, node, set)
    } else {
      addEntity(statement, node, set)
    }
    set(&self, "recordType", .text(statement.type))
    setStatement(record, set)
    if statement.status == "closed" {
      builder.remark(
        "records of persons and entities are closed; they stay, with inForce false")
    }
  }

  private mutating func addPerson(
    _ statement: Statement, _ node: Int32, _ set: (inout Self, String, GraphValue) -> Void
  ) {
    let details = statement.details
    let type = word(details, "personType", isNeeded: true)
    set(&self, "schema", .text("Person"))
    if let type {
      set(&self, "personType", .text(type))
      switch type {
      case "knownPerson": break
      case "anonymousPerson", "unknownPerson":
        markUnspecified(
          type == "anonymousPerson" ? "anonymous person" : "unknown person", node, set)
      default:
        report(
          details["personType"] ?? details, "the person type “\(type)”",
          expected: "knownPerson, anonymousPerson or unknownPerson")
      }
    }
    var taken: Set = ["personType"]
    if let names = details["names"] {
      guard case .list(let items) = names.content else {
        return report(names, "names that are no list", expected: "[{\"fullName\": …}]")
      }
      let legal = items.first { $0["type"]?.word == "legal" } ?? items.first
      if let legal, let name = word(legal, "fullName", isNeeded: true) {
        builder.label(node, name)
        if items.count == 1, case .object(let entries) = legal.content, entries.count == 1 {
          taken.insert("names")
        }
      }
    }
    _ = (date(details, "birthDate"), date(details, "deathDate"))
    setRest(details, but: taken, set)
  }

  private mutating func addEntity(
    _ statement: Statement, _ node: Int32, _ set: (inout Self, String, GraphValue) -> Void
  ) {
    let details = statement.details
    guard let kind = details["entityType"], let type = word(kind, "type", isNeeded: true) else {
      if details["entityType"] == nil {
        report(details, "no entityType", expected: "{\"type\": \"registeredEntity\"}")
      }
      return
    }
    let schemata = [
      "registeredEntity": "Company", "legalEntity": "LegalEntity", "arrangement": "LegalEntity",
      "anonymousEntity": "LegalEntity", "unknownEntity": "LegalEntity", "state": "PublicBody",
      "stateBody": "PublicBody",
    ]
    if schemata[type] == nil {
      report(
        kind["type"] ?? kind, "the entity type “\(type)”",
        expected: schemata.keys.sorted().joined(separator: ", "))
    }
    set(&self, "schema", .text(schemata[type] ?? "LegalEntity"))
    set(&self, "entityType", .text(type))
    if let subtype = word(kind, "subtype") { set(&self, "entitySubtype", .text(subtype)) }
    if let more = word(kind, "details") { set(&self, "entityTypeDetails", .text(more)) }
    if type == "anonymousEntity" || type == "unknownEntity" {
      markUnspecified(type == "anonymousEntity" ? "anonymous entity" : "unknown entity", node, set)
    }
    if let name = word(details, "name"), !name.isEmpty { builder.label(node, name) }
    if let jurisdiction = details["jurisdiction"] {
      for (key, name) in [("name", "jurisdiction"), ("code", "jurisdictionCode")] {
        if let word = word(jurisdiction, key) { set(&self, name, .text(word)) }
      }
    }
    _ = (date(details, "foundingDate"), date(details, "dissolutionDate"))
    setRest(details, but: ["entityType", "name", "jurisdiction"], set)
  }

  private mutating func markUnspecified(
    _ words: String, _ node: Int32, _ set: (inout Self, String, GraphValue) -> Void
  ) {
    builder.label(node, words)
    set(&self, "unspecified", .boolean(true))
    builder.remark(
      "parties are anonymous, unknown or not specified; each is a node of its own, never merged")
  }

  // MARK: relationships

  mutating func addRelationship(_ record: Record) {
    let details = record.last.details
    let place = text.place(of: record.last.object.at)
    guard let subject = end("subject", record), let party = end("interestedParty", record) else {
      return
    }
    var interests: [JSONNode] = []
    if let list = details["interests"] {
      guard case .list(let items) = list.content else {
        return report(list, "interests that are no list", expected: "[{\"type\": …}]")
      }
      interests = items
    }
    if record.last.status == "closed" {
      builder.remark(
        "relationships are closed, for they have ended or were wrong; they stay, with inForce false: "
          + "--where inForce=true leaves them out")
    }
    // What is not said is no interest of any kind, and yet a tie.
    for interest in interests.isEmpty ? [nil] : interests.map(Optional.some) {
      let edge = builder.edge(party, subject, isDirected: true, at: place)
      let set: (inout Self, String, GraphValue) -> Void = { reader, name, value in
        reader.builder.set(edge: edge, name, value, at: place)
      }
      addInterest(interest, set)
      set(&self, "recordId", .text(record.last.record))
      setStatement(record, set)
      setRest(details, but: ["subject", "interestedParty", "interests"], set)
    }
  }

  // The node at an end; nil when it is not acceptable.
  private mutating func end(_ role: String, _ record: Record) -> Int32? {
    let details = record.last.details
    guard let value = details[role] else {
      report(details, "a relationship without \(role)", expected: "a recordId")
      return nil
    }
    let place = text.place(of: value.at)
    switch value.content {
    case .text(let id):
      if isRelationship(id) {
        report(
          value, "\(role) “\(id)” is a relationship",
          expected: "the record of an entity or a person")
        return nil
      }
      return builder.node(id, at: place)
    case .object:
      guard let reason = word(value, "reason", isNeeded: true) else { return nil }
      var id = "\(record.last.record)/\(role)"
      while isRecord(id) { id += "'" }
      let node = builder.declare(id, at: place)
      let set: (inout Self, String, GraphValue) -> Void = { reader, name, value in
        reader.builder.set(node: node, name, value, at: place)
      }
      set(&self, "schema", .text("LegalEntity"))
      markUnspecified("not specified: \(reason)", node, set)
      set(&self, "recordType", .text("unspecified"))
      set(&self, "reason", .text(reason))
      setRest(value, but: ["reason"], set)
      return node
    default:
      report(value, "\(role) is no text", expected: "a recordId, or {\"reason\": …}")
      return nil
    }
  }

  private mutating func addInterest(
    _ interest: JSONNode?, _ set: (inout Self, String, GraphValue) -> Void
  ) {
    guard let interest else {
      builder.remark("relationships name no interest; each is one tie")
      return set(&self, "schema", .text("Interest"))
    }
    guard case .object = interest.content else {
      return report(interest, "an interest that is no object", expected: "{\"type\": …}")
    }
    let type = word(interest, "type")
    set(&self, "schema", .text(BODSInterest.schema(of: type)))
    if let type {
      set(&self, "interest", .text(type))
      if !BODSInterest.codes.contains(type) {
        builder.remark("interests are of a type that is not in the code list")
      }
    }
    if word(interest, "directOrIndirect") == "indirect" {
      builder.remark(
        "interests are indirect: the ties along the way may be here too, so that shares count twice; "
          + "--where directOrIndirect=direct leaves them out")
    }
    if let share = interest["share"] { addShare(share, set) }
    if let details = word(interest, "details") { set(&self, "interestDetails", .text(details)) }
    if let start = date(interest, "startDate"), let end = date(interest, "endDate"),
      end.latest < start.earliest
    {
      builder.remark("interests end before they begin")
    }
    setRest(interest, but: ["type", "share", "details"], set)
  }

  private mutating func addShare(
    _ share: JSONNode, _ set: (inout Self, String, GraphValue) -> Void
  ) {
    func number(_ key: String) -> (value: Double, node: JSONNode)? {
      guard let node = share[key] else { return nil }
      guard case .number(let word) = node.content, let value = Double(word),
        (0...100).contains(value)
      else {
        report(node, "share.\(key) is no percentage", expected: "a number from 0 to 100")
        return nil
      }
      return (value, node)
    }
    let exact = number("exact")
    let bounds = [("minimum", "Minimum"), ("maximum", "Maximum")].map {
      key, name -> (value: Double, node: JSONNode)? in
      let exclusive = number("exclusive\(name)")
      if let exclusive, share[key] != nil {
        report(
          exclusive.node, "share has both \(key) and exclusive\(name)", expected: "one of them")
      }
      guard let bound = number(key) ?? exclusive else { return nil }
      set(&self, "percentage\(name)", .real(bound.value))
      if exclusive != nil { set(&self, "percentage\(name)IsExclusive", .boolean(true)) }
      return bound
    }
    if let exact { set(&self, "percentage", .real(exact.value)) }
    let least = bounds[0]?.value ?? 0
    let most = bounds[1]?.value ?? 100
    if least > most || exact.map({ $0.value < least || $0.value > most }) ?? false {
      report(
        share, "the bounds of a share contradict each other",
        expected: "minimum ≤ exact ≤ maximum")
    }
  }
}

/// The kinds of interest of BODS 0.4, and what the ontology calls them.
enum BODSInterest {
  static let codes: Set = [
    "shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl",
    "seniorManagingOfficial", "settlor", "trustee", "protector", "beneficiaryOfLegalArrangement",
    "rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome", "rightsGrantedByContract",
    "conditionalRightsGrantedByContract", "controlViaCompanyRulesOrArticles",
    "controlByLegalFramework", "boardMember", "boardChair", "unknownInterest",
    "unpublishedInterest", "enjoymentAndUseOfAssets", "rightToProfitOrIncomeFromAssets", "nominee",
    "nominator",
  ]

  /// The schema of an edge: seats are directorships, what is not said is an interest, the rest ownership.
  static func schema(of code: String?) -> String {
    switch code {
    case "boardMember", "boardChair", "seniorManagingOfficial": "Directorship"
    case nil, "unknownInterest", "unpublishedInterest", "nominee", "nominator": "Interest"
    default: "Ownership"
    }
  }
}
