// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// What FollowTheMoney 4.11 has of our ontology, and what stands for the rest.
struct FollowTheMoneyRules {
  private let ontology = Ontology.standard

  /// The schemata of FollowTheMoney that are not abstract.
  static let schemata: Set<String> = [
    "Address", "Airplane", "Article", "Asset", "Associate", "Audio", "BankAccount", "Call",
    "CallForTenders", "Company", "Contract", "ContractAward", "Control", "CourtCase",
    "CourtCaseParty", "CryptoWallet", "Debt", "Directorship", "Document", "Documentation",
    "EconomicActivity", "Email", "Employment", "Event", "Family", "Folder", "HyperText",
    "Identification", "Image", "LegalEntity", "License", "Membership", "Mention", "Message", "Note",
    "Occupancy", "Organization", "Ownership", "Package", "Page", "Pages", "Passport", "Payment",
    "Person", "PlainText", "Position", "Project", "ProjectParticipant", "PublicBody", "RealEstate",
    "Representation", "Risk", "Sanction", "Security", "Similar", "Succession", "Table", "TaxRoll",
    "Territory", "Trip", "UnknownLink", "UserAccount", "Vehicle", "Vessel", "Video", "Workbook",
  ]

  /// The schemata that join others and that our ontology lacks, with the properties of their ends.
  static let arcs: [String: (source: String, target: String)] = [
    "Control": ("controller", "controlled"), "CourtCaseParty": ("party", "case"),
    "Documentation": ("document", "entity"), "ProjectParticipant": ("participant", "project"),
    "Succession": ("predecessor", "successor"),
  ]

  // Schemata of ours that it has not, by the nearest that it has.
  private static let substitutes: [String: String] = [
    "CriminalNetwork": "Organization", "Investigation": "Project", "OnlineHandle": "UserAccount",
    "Phone": "Asset", "SIM": "Asset", "Device": "Asset", "Marketplace": "Asset",
    "Container": "Asset", "Shipment": "Asset", "Substance": "Asset", "Precursor": "Asset",
    "Place": "Address", "Port": "Address", "Terminal": "Address", "Airport": "Address",
    "BorderPoint": "Address", "CellSite": "Address",
  ]

  private static let absent: [String: Set<String>] = [
    "LegalEntity": ["function"], "Person": ["category", "minor", "function"],
    "Organization": ["function"], "Company": ["function"], "PublicBody": ["function"],
    "Vehicle": ["vin", "color", "status"], "Vessel": ["vin", "color", "status"],
    "Airplane": ["vin", "color", "status"],
    "Identification": [
      "name", "alias", "weakAlias", "previousName", "address", "notes", "status", "keywords",
      "topics", "wikidataId",
    ],
    "Passport": [
      "name", "alias", "weakAlias", "previousName", "address", "notes", "status", "keywords",
      "topics", "wikidataId",
    ],
    "Contract": [], "ContractAward": [],
    "Ownership": ["percentageMinimum", "percentageMaximum"], "Family": ["role", "status"],
    "Associate": ["strength", "role", "status"], "Occupancy": ["role"], "Debt": ["role", "status"],
    "Sanction": ["role"], "UnknownLink": ["relationship", "strength"],
    "Mention": [
      "role", "status", "summary", "description", "startDate", "endDate", "date", "recordId",
      "sourceUrl", "publisher",
    ],
    "Call": ["callType", "imei", "imsi", "name", "status", "type"],
    "Message": ["service", "length", "status", "type"], "Payment": ["name", "status", "type"],
    "Trip": ["ticketNumber", "distanceKilometres", "status", "type"],
    "Event": ["status", "type"],
  ]

  // Roles under another name; those that are not here and not in the arc are absent.
  private static let roles: [String: [String: String]] = [
    "Event": ["involved": "involved", "organizer": "organizer"],
    "Trip": [
      "traveller": "involved", "vehicle": "vehicle", "startLocation": "startLocation",
      "endLocation": "endLocation", "involved": "involved", "organizer": "organizer",
    ],
    "Message": ["sender": "sender", "recipient": "recipients"],
    "Call": ["caller": "caller", "receiver": "receiver"],
    "Payment": [
      "payer": "payer", "beneficiary": "beneficiary", "payerAccount": "payerAccount",
      "beneficiaryAccount": "beneficiaryAccount",
    ],
    "ContractAward": ["contract": "contract", "supplier": "supplier"],
    "Mention": ["document": "document", "mentioned": "resolved"],
  ]

  /// The schema that an entity of a schema is written as; nil where nothing is like it.
  func entitySchema(_ name: String) -> String? {
    guard let schema = ontology[name] else {
      return Self.schemata.contains(name) ? name : nil
    }
    guard schema.kind == .entity else { return nil }
    if Self.schemata.contains(name) { return name }
    return Self.substitutes[name] ?? schema.ancestors.first { Self.schemata.contains($0) }
  }

  /// Whether a schema of FollowTheMoney has a property.
  ///
  /// Of schemata that the ontology does not know nothing is left out.
  func has(_ property: String, in schema: String) -> Bool {
    if schema == "Project" { return ontology["Thing"]?.property(property) != nil }
    if schema == "UserAccount" {
      return property == "service" || property == "username"
        || ontology["Asset"]?.property(property) != nil && property != "status"
    }
    if ["date", "startDate", "endDate"].contains(property), schema != "Mention",
      ontology[schema].map({ $0.kind != .entity }) ?? false
    {
      return true
    }
    guard let known = ontology[schema] else { return Self.schemata.contains(schema) }
    let absent = Self.absent[schema] ?? ["status"]
    return known.property(property) != nil && !absent.contains(property)
  }

  /// Whether an entity that is written as a schema may stand in a property of a tie.
  ///
  /// Persons and organisations call, pay and take part; telephones, accounts and places do not.
  func accepts(_ entitySchema: String, as property: String, of schema: String) -> Bool {
    let isForLegalEntities =
      ["Call", "Message", "Payment", "Event", "Trip"].contains(schema)
      && [
        "caller", "receiver", "sender", "recipients", "payer", "beneficiary", "involved",
        "organizer",
      ].contains(property)
    return !isForLegalEntities || ontology[entitySchema]?.isA("LegalEntity") ?? false
  }

  /// The property that a role becomes; nil where the schema has none for it.
  func property(ofRole role: String, in schema: String) -> String? {
    if let roles = Self.roles[schema] { return roles[role] }
    return ontology[schema]?.role(role) == nil ? nil : role
  }

  /// How a tie of a schema is written: under its own schema, or as something less.
  func tieSchema(_ name: String) -> (schema: String, arc: Schema.Arc)? {
    guard let schema = ontology[name], schema.kind != .entity, Self.schemata.contains(name),
      let arc = schema.arc
    else { return nil }
    return (name, arc)
  }
}

/// An entity as it is written.
struct FollowTheMoneyRecord {
  let id: String
  let schema: String
  private var names: [String] = []
  private var values: [String: [String]] = [:]
  /// Datasets and dates, as JSON.
  var further = ""

  init(id: String, schema: String) {
    self.id = id
    self.schema = schema
  }

  /// Adds a value that is not there yet.
  mutating func add(_ property: String, _ value: String) {
    guard !value.isEmpty else { return }
    if values[property] == nil { names.append(property) }
    if !(values[property]?.contains(value) ?? false) { values[property, default: []].append(value) }
  }

  /// The entity as a line of JSON.
  var line: String {
    let quoted = JSONGraphWriter.quoted
    let properties = names.map { name in
      "\(quoted(name)): [" + (values[name] ?? []).map(quoted).joined(separator: ", ") + "]"
    }
    return "{\"id\": \(quoted(id)), \"schema\": \(quoted(schema)), \"properties\": {"
      + properties.joined(separator: ", ") + "}\(further)}\n"
  }
}
