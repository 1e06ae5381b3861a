// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Testing

struct OntologyTests {
  let ontology = Ontology.standard

  @Test(arguments: [
    "Person", "Organization", "Company", "PublicBody", "LegalEntity", "Address", "BankAccount",
    "CryptoWallet", "Vehicle", "Vessel", "Airplane", "RealEstate", "Document", "Passport",
    "Identification", "Ownership", "Directorship", "Membership", "Employment", "Family",
    "Associate", "Representation", "Payment", "Debt", "Occupancy", "Sanction", "CallForTenders",
    "ContractAward", "Call", "Message", "Trip", "Event", "UnknownLink", "CriminalNetwork", "Phone",
    "SIM", "Device", "CellSite", "OnlineHandle", "Marketplace", "Container", "Shipment", "Port",
    "Terminal", "Airport", "BorderPoint", "Place", "RouteLeg", "Booking", "Substance", "Precursor",
    "Seizure", "Incident", "Alert", "Investigation", "Role", "Meeting", "BorderCrossing",
    "ContainerMove", "TenderBid",
  ])
  func `every schema of the design is there with labels and an icon`(_ name: String) throws {
    let schema = try ontology.schema(name)
    #expect(!schema.label.english.isEmpty && !schema.label.french.isEmpty)
    #expect(!schema.icon.isEmpty)
    #expect(!schema.isAbstract)
  }

  @Test func `relationships have two roles that make an arc, within their roles`() throws {
    for schema in ontology.schemata where schema.kind == .relationship && !schema.isAbstract {
      let arc = try #require(schema.arc, "\(schema.name)")
      #expect(schema.role(arc.source) != nil && schema.role(arc.target) != nil)
    }
    let ownership = try ontology.schema("Ownership")
    #expect(ownership.arc == Schema.Arc(source: "owner", target: "asset", isDirected: true))
    #expect(ownership.role("owner")?.isMultiple == true)
    #expect(try ontology.schema("Family").arc?.isDirected == false)
    #expect(try ontology.schema("Meeting").arc == nil)
  }

  @Test func `a schema has the properties, ends and family of those it extends`() throws {
    let company = try ontology.schema("Company")
    #expect(company.ancestors == ["Organization", "Asset", "LegalEntity", "Thing"])
    #expect(company.isA("Asset") && company.isA("Company") && !company.isA("Person"))
    #expect(company.family == .organisation)
    #expect(company.property("capital")?.type == .number)
    #expect(company.property("jurisdiction")?.type == .country)
    #expect(company.property("weakAlias")?.isMultiple == true)
    #expect(try ontology.schema("Call").role("involved") != nil)
    #expect(try ontology.schema("Person").family == .person)
    #expect(try ontology.schema("Vessel").icon == "vessel")
    #expect(ontology.names(extending: "Vehicle") == ["Vessel", "Airplane"])
  }

  @Test func `features that must never be are not there`() throws {
    let person = try ontology.schema("Person")
    for name in ["ethnicity", "religion", "political", "health"] {
      #expect(person.property(name) == nil)
    }
  }

  @Test func `a file of one's own adds schemata and properties`() throws {
    let more = try ontology.adding(
      yaml: """
        Drone: { en: Drone, fr: Drone, extends: Vehicle, properties: { payload: number } }
        Person: { properties: { shoeSize: integer } }
        """, file: "mine.yaml")
    #expect(try more.schema("Drone").icon == "vehicle")
    #expect(try more.schema("Person").property("shoeSize")?.type == .integer)
    #expect(ontology["Drone"] == nil)
    #expect(more.schemata.count == ontology.schemata.count + 1)
  }

  @Test(arguments: [
    ("", "mine.yaml: the file is empty"),
    ("[a, b]", "mine.yaml:1:1: expected a mapping"),
    ("A: {en: A, fr: A}", "mine.yaml:1:4: the schema A needs a kind"),
    ("A: {en: A, kind: entity, family: object}", "mine.yaml:1:4: the schema A needs a label"),
    ("A: {en: A, fr: A, kind: thing}", "mine.yaml:1:25: 'thing' is not allowed; expected entity"),
    ("A: {en: A, fr: A, extends: B}", "mine.yaml:1:4: the schema A extends 'B', which is not"),
    ("A: {en: A, fr: A, extends: A}", "mine.yaml:1:4: the schema A extends itself"),
    (
      "A: {en: A, fr: A, extends: B}\nB: {en: B, fr: B, extends: A}",
      "mine.yaml:1:4: the schema A extends itself"
    ),
    ("A: {en: A, fr: A, extends: Family, kind: entity}", "mine.yaml:1:4: the schema A is an ent"),
    ("A: {en: A, fr: A, extends: Thing, colour: red}", "mine.yaml:1:43: 'colour' is no part"),
    (
      "A: {en: A, fr: A, extends: Thing, properties: {p: word}}",
      "mine.yaml:1:51: 'word' is no type of value; expected one of name, text"
    ),
    ("A: {en: A, fr: A, extends: Thing, ends: {p: Person}}", "mine.yaml:1:4: the entity schema"),
    ("A: {en: A, fr: A, extends: Interest, ends: {p: Person}}", "mine.yaml:1:4: the relationship"),
    (
      "A: {en: A, fr: A, extends: Interest, ends: {p: Person}, arc: p > q}",
      "mine.yaml:1:4: the arc of A names 'q'"
    ),
    (
      "A: {en: A, fr: A, extends: Interest, ends: {p: Persn}, arc: p > p}",
      "mine.yaml:1:4: the role p of A names the schema 'Persn', which is not declared"
    ),
    ("A: {en: A, fr: A, extends: Interest, arc: p}", "mine.yaml:1:43: an arc joins two roles"),
    ("Person: {en: Man}", "mine.yaml:1:9: the schema Person is declared already"),
    ("Person: {properties: {name: text}}", "ontology.yaml:"),
  ])
  func `a mistake in a file of schemata is named with its place`(
    _ yaml: String, _ message: String
  ) throws {
    let error = #expect(throws: CaseModelError.self) {
      try ontology.adding(yaml: yaml, file: "mine.yaml")
    }
    let text = "\(try #require(error))"
    #expect(text.hasPrefix(message), "\(text)")
  }

  @Test func `an assertion that fits no schema is refused with what is allowed`() throws {
    func message(_ assertion: Assertion) -> String {
      do {
        try ontology.check(assertion)
        return "fits"
      } catch { return "\(error)" }
    }
    func link(_ schema: String, _ ends: [End]) -> Assertion {
      Assertion(
        subject: .relationship(id: "r", schema: schema, ends: ends), source: "s",
        locator: Locator())
    }
    let director = End(role: "director", entity: "p")
    let organization = End(role: "organization", entity: "c")
    #expect(message(link("Directorship", [director, organization])) == "fits")
    #expect(
      message(link("Directorship", [director])).hasPrefix(
        "the Directorship 'r' has no organization"))
    #expect(
      message(link("Directorship", [director, End(role: "boss", entity: "c")])).hasPrefix(
        "Directorship has no role 'boss'; it has director, organization"))
    let place = End(role: "place", entity: "x")
    #expect(
      message(
        link(
          "Location", [End(role: "subject", entity: "p"), place, place])
      ).hasPrefix("the Location 'r' has 2 entities as place, but one is allowed"))
    #expect(
      message(
        Assertion(
          subject: .entity(id: "p", schema: "Person"),
          properties: [PropertyValue("category", "criminal")], source: "s", locator: Locator())
      ).hasPrefix("'criminal' is no category of data subject; allowed are suspect, convicted"))
  }
}
