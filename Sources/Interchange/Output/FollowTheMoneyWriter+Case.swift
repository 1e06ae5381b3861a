// SPDX-License-Identifier: Apache-2.0

public import CaseModel

extension FollowTheMoneyWriter {
  /// What of a case counts in a view, as entities of FollowTheMoney with every value that is claimed.
  ///
  /// Relationships and events are entities with dates. What FollowTheMoney has no schema for is an
  /// UnknownLink with its kind as the role, or, where it has no two ends, an Event with its kind as the
  /// name and the persons who took part as `involved`. Telephones that call become numbers. Sources, grades and handling have no place there, which is counted.
  ///
  /// - Parameter extract: the part of the case.
  /// - Returns: the lines and what did not survive.
  public func write(_ extract: CaseExtract) -> WrittenGraph {
    var writing = CaseWriting(extract)
    var text = ""
    for entity in extract.entities { text += writing.record(entity).line }
    for relationship in extract.relationships { text += writing.record(relationship).line }
    for event in extract.events { text += writing.record(event).line }
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: writing.losses)
  }
}

private struct CaseWriting {
  private let extract: CaseExtract
  private let rules = FollowTheMoneyRules()
  private var written: [String: (schema: String, own: String)] = [:]
  private var substituted: [String: Int] = [:]
  private var homeless: [String: Int] = [:]
  private var roles: [String: Int] = [:]

  init(_ extract: CaseExtract) {
    self.extract = extract
    for entity in extract.entities {
      written[entity.id] = (rules.entitySchema(entity.schema) ?? "LegalEntity", entity.schema)
    }
  }

  var losses: LossReport {
    func list(_ counts: [String: Int]) -> (Int, String) {
      (counts.values.reduce(0, +), counts.keys.sorted().joined(separator: ", "))
    }
    var losses = LossReport()
    let (things, kinds) = list(substituted)
    losses.add(things, "things are written as something less special: \(kinds)")
    let (values, names) = list(homeless)
    losses.add(values, "values are of properties that FollowTheMoney has not: \(names)")
    let (ends, places) = list(roles)
    losses.add(ends, "participants have roles that FollowTheMoney has not: \(places)")
    losses.add(
      extract.claims.count + extract.events.count,
      "claims and reports lose their source, grade and handling")
    return losses
  }

  mutating func record(_ entity: Entity) -> FollowTheMoneyRecord {
    let schema = rules.entitySchema(entity.schema) ?? "LegalEntity"
    if schema != entity.schema { substituted["\(entity.schema) as \(schema)", default: 0] += 1 }
    var record = FollowTheMoneyRecord(id: entity.id, schema: schema)
    // What is known by a number is called by it.
    for property in ["number", "containerNumber"] where schema == "Asset" {
      if let number = extract.bestValue(of: property, about: .entity(entity.id)) {
        record.add("name", number)
      }
    }
    addClaims(about: .entity(entity.id), to: &record)
    return record
  }

  mutating func record(_ relationship: Relationship) -> FollowTheMoneyRecord {
    var record = tie(
      relationship.id, relationship.schema, relationship.ends, substitute: "UnknownLink")
    for evidence in extract.evidence(for: .relationship(relationship.id)) {
      addTime(evidence.valid, to: &record)
    }
    addClaims(about: .relationship(relationship.id), to: &record)
    return record
  }

  mutating func record(_ event: Event) -> FollowTheMoneyRecord {
    let hasArc = extract.ontology[event.schema]?.arc.map { arc in
      [arc.source, arc.target].allSatisfy { role in event.participants.contains { $0.role == role }
      }
    }
    var record = tie(
      event.id, event.schema, event.participants,
      substitute: hasArc ?? false ? "UnknownLink" : "Event")
    addTime(event.time, to: &record)
    for value in event.properties { add(value.property, value.value, to: &record) }
    addClaims(about: .event(event.id), to: &record)
    return record
  }

  private mutating func tie(
    _ id: String, _ name: String, _ ends: [End], substitute: String
  ) -> FollowTheMoneyRecord {
    let isKnown = FollowTheMoneyRules.schemata.contains(name)
    let schema = isKnown ? name : substitute
    var record = FollowTheMoneyRecord(id: id, schema: schema)
    let known = extract.ontology[name]
    if !isKnown {
      substituted["\(name) as \(schema)", default: 0] += 1
      record.add(schema == "Event" ? "name" : "role", known?.label.english ?? name)
    }
    for end in ends {
      let property: String? =
        if isKnown {
          rules.property(ofRole: end.role, in: schema)
        } else if schema == "Event" {
          "involved"
        } else if end.role == known?.arc?.source {
          "subject"
        } else if end.role == known?.arc?.target {
          "object"
        } else {
          nil
        }
      if let property, add(end.entity, as: property, to: &record) {
        continue
      } else {
        roles["\(end.role) of \(name)", default: 0] += 1
      }
    }
    return record
  }

  // Whether an entity found a place; telephones and accounts have properties of their own.
  private func add(
    _ entity: String, as property: String, to record: inout FollowTheMoneyRecord
  ) -> Bool {
    guard let kind = written[entity] else { return false }
    if rules.accepts(kind.schema, as: property, of: record.schema) {
      record.add(property, entity)
    } else if record.schema == "Call", kind.own == "Phone" {
      let number = extract.bestValue(of: "number", about: .entity(entity))
      record.add("\(property)Number", number ?? entity)
    } else if record.schema == "Payment", kind.schema == "BankAccount" {
      record.add("\(property)Account", entity)
    } else if record.schema == "Event", kind.schema == "Address" {
      record.add("location", extract.bestValue(of: "name", about: .entity(entity)) ?? entity)
    } else {
      return false
    }
    return true
  }

  private mutating func addTime(_ time: Interval?, to record: inout FollowTheMoneyRecord) {
    guard let time else { return }
    if time.start == time.end, let date = time.start {
      add("date", date.text, to: &record)
    } else {
      if let start = time.start { add("startDate", start.text, to: &record) }
      if let end = time.end { add("endDate", end.text, to: &record) }
    }
  }

  private mutating func addClaims(
    about subject: Claim.Subject, to record: inout FollowTheMoneyRecord
  ) {
    for claim in extract.claims(about: subject) {
      if let property = claim.property { add(property, claim.value, to: &record) }
    }
  }

  private mutating func add(
    _ property: String, _ value: String, to record: inout FollowTheMoneyRecord
  ) {
    if rules.has(property, in: record.schema) {
      record.add(property, value)
    } else {
      homeless["\(property) of \(record.schema)", default: 0] += 1
    }
  }
}
