// SPDX-License-Identifier: Apache-2.0

/// The part of a case that counts in a view: what analyses, charts and reports may use.
public struct CaseExtract: Sendable {
  /// The view that chose it.
  public let view: CaseView
  /// The entities, by id.
  public let entities: [Entity]
  /// The relationships, by id, with the ends that remain.
  public let relationships: [Relationship]
  /// The events, by id, with the participants that remain.
  public let events: [Event]
  /// The events that are not among these but gathered; none where the whole case was read.
  public let aggregates: EventAggregates
  /// The claims about all these, by number.
  public let claims: [Claim]
  /// How much was left out, and why.
  public let leftOut: LeftOut
  /// The most restrictive handling code of what was used, one for each scheme that occurs.
  public let handling: [String]
  /// The names of the sources that were used, in order.
  public let sources: [String]
  /// The grades that were used, the strongest first.
  public let grades: [Grade]
  /// The number of claims and events that were used without a grade.
  public let ungradedCount: Int
  /// Which records of the case are of one entity in this view.
  public let records: MergedRecords
  /// The schemata of the case.
  public let ontology: Ontology
  /// The grading schemes of the case.
  public let grading: GradingSchemes

  // The claims about each entity: their positions entity by entity, and where those of each end.
  private let entityClaims: [Int32]
  private let entityClaimEnds: [Int32]
  private let positionOfOthers: [Claim.Subject: [Int32]]
  private let entityAt: [String: Int32]
  let protection: Protection
  private let recordOfClaim: [Int: String]
  // Events whose own report does not count; others report them.
  private let silentEvents: Set<String>

  init(
    view: CaseView, contents: CaseContents, entities: [Entity], relationships: [Relationship],
    events: [Event], claims: [Claim], silentEvents: Set<String>, leftOut: LeftOut,
    aggregates: EventAggregates, lastRecorded: Int64, records: MergedRecords,
    recordOfClaim: [Int: String]
  ) {
    self.view = view
    self.entities = entities
    self.relationships = relationships
    self.events = events
    self.claims = claims
    self.silentEvents = silentEvents
    self.leftOut = leftOut
    self.aggregates = aggregates
    self.records = records
    self.recordOfClaim = recordOfClaim
    protection = Protection(contents, view, records, lastRecorded: lastRecorded)
    ontology = contents.ontology
    grading = contents.grading
    var entityAt: [String: Int32] = [:]
    entityAt.reserveCapacity(entities.count)
    for (index, entity) in entities.enumerated() { entityAt[entity.id] = Int32(index) }
    for record in records.merged { entityAt[record] = entityAt[records.leader(of: record)] }
    self.entityAt = entityAt
    var others: [Claim.Subject: [Int32]] = [:]
    others.reserveCapacity(relationships.count)
    var subjects = [Int32](repeating: -1, count: claims.count)
    var ends = [Int32](repeating: 0, count: entities.count)
    // Claims about one thing mostly follow one another.
    var last: (id: String, position: Int32)?
    for (index, claim) in claims.enumerated() {
      guard case .entity(let id) = claim.subject else {
        others[claim.subject, default: []].append(Int32(index))
        continue
      }
      let position = last?.id == id ? last?.position : entityAt[id]
      guard let position else { continue }
      last = (id, position)
      subjects[index] = position
      ends[Int(position)] += 1
    }
    positionOfOthers = others
    var sum: Int32 = 0
    for index in ends.indices { (ends[index], sum) = (sum, sum + ends[index]) }
    var ordered = [Int32](repeating: 0, count: Int(sum))
    for (index, subject) in subjects.enumerated() where subject >= 0 {
      ordered[Int(ends[Int(subject)])] = Int32(index)
      ends[Int(subject)] += 1
    }
    entityClaims = ordered
    entityClaimEnds = ends

    var used = UsedMarks()
    for claim in claims { used.note(claim.evidence) }
    for event in events where !silentEvents.contains(event.id) { used.note(event.evidence) }
    for (kind, count) in zip(aggregates.kinds, aggregates.countsOfKinds) where count > 0 {
      used.note(kind.evidence, times: count)
    }
    handling = contents.grading.mostRestrictive(of: used.handling)
    sources = used.sources.inByteOrder { $0 }
    grades = contents.grading.strongestFirst(used.grades)
    ungradedCount = used.ungradedCount
  }

  /// The record that a claim is about, where its entity goes by the id of another.
  public func record(of claim: Claim) -> String? { recordOfClaim[claim.id] }

  /// The position of an entity among the entities, by the id of any record of it; nil when it is not in
  /// the extract.
  public func position(of entity: String) -> Int? { entityAt[entity].map(Int.init) }

  /// The claims about a thing, by number.
  public func claims(about subject: Claim.Subject) -> [Claim] {
    guard case .entity(let id) = subject else {
      return positionOfOthers[subject, default: []].map { claims[Int($0)] }
    }
    guard let position = position(of: id) else { return [] }
    let start = position == 0 ? 0 : Int(entityClaimEnds[position - 1])
    return entityClaims[start..<Int(entityClaimEnds[position])].map { claims[Int($0)] }
  }

  /// Everything that says that a relationship or an event exists.
  ///
  /// - Parameter subject: the relationship or event.
  /// - Returns: the evidence that counts in the view.
  public func evidence(for subject: Claim.Subject) -> [Evidence] {
    claims(about: subject).filter { $0.property == nil }.map(\.evidence)
  }

  /// Everything that says that an event took place, its own report first.
  public func evidence(for event: Event) -> [Evidence] {
    (hasOwnReport(event) ? [event.evidence] : []) + evidence(for: .event(event.id))
  }

  func hasOwnReport(_ event: Event) -> Bool { !silentEvents.contains(event.id) }

  /// The value of a property that the strongest claim gives; the earliest among equals.
  public func bestValue(of property: String, about subject: Claim.Subject) -> String? {
    best(claims(about: subject).filter { $0.property == property })?.value
  }

  func best(_ claims: [Claim]) -> Claim? {
    guard claims.count > 1 else { return claims.first }
    guard let grade = grading.strongest(of: claims.compactMap(\.evidence.grade)) else {
      return claims.first
    }
    return claims.first { $0.evidence.grade == grade }
  }
}

/// The marks on what a view uses.
private struct UsedMarks {
  var handling: [String] = []
  var sources: [String] = []
  var grades: [Grade] = []
  var ungradedCount = 0
  private var seenHandling: Set<String> = []
  private var seenSources: Set<String> = []
  private var seenGrades: Set<Grade> = []

  mutating func note(_ evidence: Evidence, times count: Int = 1) {
    if let code = evidence.handling, seenHandling.insert(code).inserted { handling.append(code) }
    if seenSources.insert(evidence.source).inserted { sources.append(evidence.source) }
    guard let grade = evidence.grade else {
      ungradedCount += count
      return
    }
    if seenGrades.insert(grade).inserted { grades.append(grade) }
  }
}

extension GradingSchemes {
  func strongestFirst(_ grades: [Grade]) -> [Grade] {
    var rest = grades
    var result: [Grade] = []
    while let next = strongest(of: rest) {
      result.append(next)
      rest.removeAll { $0 == next }
    }
    return result
  }
}
