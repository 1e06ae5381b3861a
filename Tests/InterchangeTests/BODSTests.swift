// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import TestSupport
import Testing

/// Beneficial ownership statements: the published examples, out and in again, and broken.
@Suite struct BODSTests {
  static let examples: [String] = {
    let folder = SharedData.folder?.appending(path: "bods_examples").path ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
  }()

  private static func bytes(_ name: String) throws -> [UInt8] {
    let folder = try #require(SharedData.folder)
    return [UInt8](try Data(contentsOf: folder.appending(path: "bods_examples/\(name)")))
  }

  private func read(_ text: String, _ name: String = "f") throws -> GraphDocument {
    try GraphDocument(reading: .bytes(Array(text.utf8), name: name))
  }

  private static func statements(_ bytes: [UInt8]) throws -> [String: NSDictionary] {
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
    return try Dictionary(
      uniqueKeysWithValues: all.map {
        (try #require($0["statementId"] as? String), $0 as NSDictionary)
      })
  }

  // MARK: the published examples

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: examples)
  func `a published example comes back statement by statement`(_ name: String) throws {
    let original = try Self.bytes(name)
    let document = try GraphDocument(reading: .bytes(original, name: name))
    #expect(document.format == .bods)
    let written = try BODSWriter().write(document)
    let (before, after) = (try Self.statements(original), try Self.statements(written.bytes))
    // Of a record that was stated several times the last statement is written, and the rest counted.
    let replaced = Set(
      (document.nodeColumn("replaces").map(\.values).map(Self.texts) ?? [])
        + (document.edgeColumn("replaces").map(\.values).map(Self.texts) ?? []))
    let earlier = replaced.flatMap { $0.split(separator: " ").map(String.init) }
    #expect(after.count + earlier.count == before.count)
    #expect(Set(after.keys).union(earlier) == Set(before.keys))
    for (id, statement) in after { #expect(statement == before[id], "\(id)") }
    #expect(written.losses.isEmpty == earlier.isEmpty, "\(written.losses)")
    let again = try GraphDocument(reading: .bytes(written.bytes, name: name))
    #expect(again.nodeCount == document.nodeCount && again.edgeCount == document.edgeCount)
  }

  private static func texts(_ values: AttributeValues) -> [String] {
    (0..<values.count).compactMap { values.text(at: $0) }
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func `shares, parties and replaced statements of the worked examples are read`() throws {
    let joint = try GraphDocument(
      reading: .bytes(try Self.bytes("joint-ownership.json"), name: "joint"))
    #expect(
      (0..<3).map { joint.label(ofNode: Int(joint.sources[$0])) } == [
        "Joint shareholding", "Natalie Coleman", "Roberto Lopez",
      ])
    #expect(joint.edgeColumn("percentage")?.values == .real([100, 50, 50]))
    #expect(joint.edgeColumn("interest")?.values.text(at: 0) == "shareholding")
    // A beneficiary that is exempt from disclosure, and a party that nobody names.
    let trust = try GraphDocument(reading: .bytes(try Self.bytes("levent.json"), name: "levent"))
    #expect(trust.nodeLabels?.contains("anonymous person") == true)
    #expect(trust.notices.contains { $0.text.contains("never merged") })
    let listed = try GraphDocument(
      reading: .bytes(
        try Self.bytes("listed-company-exempt-from-disclosure.json"), name: "listed"))
    #expect(listed.nodeLabels?.contains("not specified: subjectExemptFromDisclosure") == true)
    #expect(listed.edgeCount == 1)
    let updated = try GraphDocument(
      reading: .bytes(try Self.bytes("fermcat.json"), name: "fermcat"))
    #expect(
      updated.notices.contains {
        $0.text.contains("statements are replaced") && $0.text.contains("(16)")
      })
    let inForce = try #require(updated.edgeColumn("inForce")?.values)
    #expect((0..<inForce.count).contains { inForce.text(at: $0) == "false" })
  }

  // MARK: the official schema

  private static let check = """
    import sys, json, importlib
    # The checks that would ask a server for the list of registers are answered with none.
    for part in ("legacy_checks", "pre_record_checks", "record_based_checks"):
        module = importlib.import_module("libcovebods.tasks.checks." + part)
        if hasattr(module, "get_orgids_prefixes"): module.get_orgids_prefixes = lambda *a: []
    from libcovebods.config import LibCoveBODSConfig
    from libcovebods.data_reader import DataReader
    from libcovebods.jsonschemavalidate import JSONSchemaValidator
    from libcovebods.run_tasks import process_additional_checks
    from libcovebods.schema import SchemaBODS
    config, reader = LibCoveBODSConfig(), DataReader(sys.argv[1])
    schema = SchemaBODS(reader, config)
    checks = process_additional_checks(reader, config, schema)
    print(json.dumps({
      "version": schema.schema_version,
      "errors": [str(e.json()) for e in JSONSchemaValidator(schema).validate(reader)],
      "checks": [c["type"] for c in checks["additional_checks"]
                 if c["type"] != "entity_identifiers_not_known_scheme"]}))
    """
  private func expectValid(_ bytes: [UInt8]) throws {
    let result = try PythonOracle.answer(Self.check, [("statements.json", bytes)])
    #expect(result["version"] as? String == "0.4")
    #expect(result["errors"] as? [String] == [])
    #expect(result["checks"] as? [String] == [])
  }

  @Test(
    .enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with libcovebods is absent"),
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: examples)
  func `the official schema and checks accept the examples as we write them`(
    _ name: String
  ) throws {
    let document = try GraphDocument(reading: .bytes(try Self.bytes(name), name: name))
    try expectValid(try BODSWriter().write(document).bytes)
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with libcovebods is absent"))
  func `the official schema and checks accept a graph with owner ties`() throws {
    try expectValid(try BODSWriter().write(Self.graph()).bytes)
  }

  private static func graph() -> GraphDocument {
    var document = GraphDocument(
      name: "g", direction: .directed, nodeIDs: ["p", "a", "b", "car"],
      sources: [0, 1, 0, 0], targets: [1, 2, 3, 1],
      nodeColumns: [
        AttributeColumn(
          name: "schema", values: .text(["Person", "Company", "Company", "Vehicle"])),
        AttributeColumn(name: "birthDate", values: .text(["1970-02-03", nil, nil, nil])),
        AttributeColumn(name: "incorporationDate", values: .text([nil, "2001-01-01", nil, nil])),
        AttributeColumn(
          name: "statementDate", values: .text(["2024-01-01", "2024-01-01", "2024-01-01", nil])),
      ],
      edgeColumns: [
        AttributeColumn(
          name: "schema", values: .text(["Ownership", "Ownership", "Ownership", "Directorship"])),
        AttributeColumn(name: "percentage", values: .real([62.5, nil, 100, nil])),
        AttributeColumn(name: "percentageMinimum", values: .real([nil, 25, nil, nil])),
        AttributeColumn(name: "startDate", values: .text(["2020-05-01", nil, nil, "2020"])),
        AttributeColumn(
          name: "statementDate", values: .text(["2024-01-01", "2024-01-01", nil, "2024-02-01"])),
      ])
    document.nodeLabels = ["Ann “A” Ferry", "Quay & Co", "<b>", "car"]
    return document
  }

  @Test func `what BODS has no place for is counted and the rest comes back`() throws {
    let written = try BODSWriter().write(Self.graph())
    let losses = "\(written.losses)"
    #expect(losses.contains("1 nodes are no person, company or other legal entity"))
    #expect(losses.contains("1 ties are no ownership or control"))
    // 2020 is no day, and BODS asks for one.
    #expect(losses.contains("1 values do not have the form"))
    #expect(written.bytes == (try BODSWriter().write(Self.graph()).bytes))
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "g"))
    #expect(again.nodeIDs == ["p", "a", "b"] && again.edgeCount == 3)
    #expect(again.nodeLabels == ["Ann “A” Ferry", "Quay & Co", "<b>"])
    #expect(again.edgeColumn("percentage")?.values == .real([62.5, nil, nil]))
    #expect(again.edgeColumn("percentageMinimum")?.values == .real([nil, 25, nil]))
    #expect(
      again.edgeColumn("schema")?.values == .text(["Ownership", "Ownership", "Directorship"]))
  }

  @Test func `ties of no known kind are not written as ownership`() throws {
    let plain = GraphDocument(
      name: "g", direction: .directed, nodeIDs: ["a", "b"], sources: [0], targets: [1])
    let error = #expect(throws: InterchangeError.self) { try BODSWriter().write(plain) }
    #expect("\(error, default: "")".contains("no tie says that it is either"))
  }

  // MARK: reading

  private static func statement(
    _ id: String, _ record: String, _ type: String, _ details: String, _ more: String = ""
  ) -> String {
    "{\"statementId\": \"\(id)\", \"recordId\": \"\(record)\", \"recordType\": \"\(type)\", "
      + "\"recordDetails\": {\(details)}\(more)}"
  }
  private static let company = statement(
    "s1", "c", "entity", "\"entityType\": {\"type\": \"registeredEntity\"}, \"name\": \"C Ltd\"")
  private static let anonymous = statement(
    "s2", "p", "person", "\"personType\": \"anonymousPerson\"")

  @Test func `statements in lines are read like an array`() throws {
    let tie = Self.statement(
      "s3", "r", "relationship",
      "\"subject\": \"c\", \"interestedParty\": \"p\", \"interests\": [{\"type\": \"shareholding\", \"share\": {\"exclusiveMinimum\": 25, \"maximum\": 50}}, {\"type\": \"votingRights\"}]"
    )
    let all = [Self.company, Self.anonymous, tie]
    let lines = try read(all.joined(separator: "\n") + "\n")
    let array = try read("[" + all.joined(separator: ", ") + "]")
    #expect(lines.format == .bods && array.format == .bods)
    #expect(lines.nodeIDs == ["c", "p"] && array.nodeIDs == lines.nodeIDs)
    #expect(lines.edgeColumns == array.edgeColumns)
    #expect(lines.edgeColumn("percentageMinimum")?.values == .real([25, nil]))
    #expect(lines.edgeColumn("percentageMinimumIsExclusive")?.values == .boolean([true, nil]))
    #expect(lines.edgeColumn("percentageMaximum")?.values == .real([50, nil]))
    #expect(lines.sources == [1, 1] && lines.targets == [0, 0])
  }

  @Test func `the last statement of a record counts and a closed one is out of force`() throws {
    func tie(_ id: String, _ date: String, _ status: String, _ share: Int) -> String {
      Self.statement(
        id, "r", "relationship",
        "\"subject\": \"c\", \"interestedParty\": \"p\", \"interests\": [{\"type\": \"shareholding\", \"share\": {\"exact\": \(share)}}]",
        ", \"recordStatus\": \"\(status)\", \"statementDate\": \"\(date)\"")
    }
    // The file gives the later one first.
    let document = try read(
      [
        Self.company, Self.anonymous, tie("t2", "2024-02-01", "closed", 30),
        tie("t1", "2023-01-01", "new", 50),
      ].joined(separator: "\n"))
    #expect(document.edgeCount == 1)
    #expect(document.edgeColumn("percentage")?.values == .real([30]))
    #expect(document.edgeColumn("replaces")?.values == .text(["t1"]))
    #expect(document.edgeColumn("inForce")?.values == .boolean([false]))
    #expect(document.notices.contains { $0.text.contains("--where inForce=true") })
  }

  @Test func `two anonymous persons and two unnamed parties stay four`() throws {
    let unnamed = ["u1", "u2"].map {
      Self.statement(
        $0, $0, "relationship", "\"subject\": \"c\", \"interestedParty\": {\"reason\": \"unknown\"}"
      )
    }
    let other = Self.statement("s9", "q", "person", "\"personType\": \"anonymousPerson\"")
    let document = try read(
      ([Self.company, Self.anonymous, other] + unnamed).joined(separator: "\n"))
    #expect(
      document.nodeIDs == ["c", "p", "q", "u1/interestedParty", "u2/interestedParty"])
    #expect(
      document.notices.contains {
        $0.text.contains("parties are anonymous") && $0.text.contains("(4)")
      })
  }

  static let broken: [BrokenFile] = [
    .init(
      "old", "[{\"statementID\": \"a\", \"statementType\": \"personStatement\"}]", "f:1:40",
      "BODS 0.3"),
    .init(
      "version",
      "["
        + statement("a", "b", "person", "", ", \"publicationDetails\": {\"bodsVersion\": \"0.5\"}")
        + "]", "BODS version 0.5, expected 0.4"),
    .init("twice", company + "\n" + company, "f:2:17", "the statement “s1” occurs again"),
    .init(
      "dangling",
      company + "\n"
        + statement("s3", "r", "relationship", "\"subject\": \"c\", \"interestedParty\": \"x\""),
      "f:2:", "no node has the identifier “x”"),
    .init(
      "relationship as an end",
      company + "\n"
        + statement("s3", "r", "relationship", "\"subject\": \"c\", \"interestedParty\": \"r\""),
      "f:2:", "is a relationship"),
    .init(
      "share",
      company + "\n" + anonymous + "\n"
        + statement(
          "s3", "r", "relationship",
          "\"subject\": \"c\", \"interestedParty\": \"p\", \"interests\": [{\"share\": {\"exact\": 101}}]"
        ), "f:3:", "share.exact is no percentage, expected a number from 0 to 100"),
    .init(
      "bounds",
      company + "\n" + anonymous + "\n"
        + statement(
          "s3", "r", "relationship",
          "\"subject\": \"c\", \"interestedParty\": \"p\", \"interests\": [{\"share\": {\"minimum\": 60, \"maximum\": 40}}]"
        ), "f:3:", "contradict each other"),
    .init(
      "date",
      "["
        + statement(
          "a", "b", "person", "\"personType\": \"knownPerson\"",
          ", \"statementDate\": \"03/04/2024\"")
        + "]", "“03/04/2024” in statementDate"),
    .init(
      "type of record", "[" + statement("a", "b", "ship", "") + "]", "the record type “ship”"),
    .init(
      "two types",
      company + "\n" + statement("s2", "c", "person", "\"personType\": \"knownPerson\""),
      "f:2:", "is of type person here, expected entity, as in line 1"),
    .init(
      "no details", "[{\"statementId\": \"a\", \"recordId\": \"b\", \"recordType\": \"person\"}]",
      "f:1:2", "without recordDetails"),
    .init("no statement", "[" + company + ", 7]", "f:1:", "no statement"),
    .init("cut", "[" + company, "f:1:144", "the end of the file, expected a comma or ]"),
    .init(
      "person type", "[" + statement("a", "b", "person", "\"personType\": \"ghost\"") + "]",
      "the person type “ghost”"),
  ]

  @Test(arguments: broken)
  func `a broken file is refused with its place`(_ broken: BrokenFile) throws {
    let error = #expect(throws: InterchangeError.self) { try read(broken.text) }
    for word in broken.words { #expect("\(error, default: "")".contains(word)) }
  }
}
