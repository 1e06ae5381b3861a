// SPDX-License-Identifier: Apache-2.0

extension CaseView {
  /// The part of a case that counts in this view, with a count of what was left out and why.
  ///
  /// - Throws: `CaseModelError` when the view names a schema, grade or handling code that the case
  ///   does not know.
  /// - Complexity: O(n log n) in the number of things and claims.
  public func filter(_ contents: CaseContents) throws(CaseModelError) -> CaseExtract {
    var filtering = try filtering(contents)
    return filtering.extract()
  }

  /// The same with further events of the case, which were gathered and do not stand in the contents.
  ///
  /// The aggregator must have been made for this view. Where the view names places, all events must
  /// stand in the contents: where one took place is not gathered.
  ///
  /// - Parameters:
  ///   - contents: the case without the events that were gathered.
  ///   - events: these.
  ///   - position: the position among the contents' entities of one that the store knows by a number.
  /// - Returns: the part of the case that counts; what was gathered is in its `aggregates`, and no
  ///   longer in the aggregator.
  /// - Throws: `CaseModelError`, as without gathered events.
  public func filter(
    _ contents: CaseContents, gathered events: inout EventAggregator, position: (Int32) -> Int?
  ) throws(CaseModelError) -> CaseExtract {
    precondition(places.isEmpty, "where gathered events took place is not known")
    var filtering = try filtering(contents)
    filtering.choose(&events, position)
    return filtering.extract()
  }

  private func filtering(_ contents: CaseContents) throws(CaseModelError) -> Filtering {
    try check(contents)
    var filtering = Filtering(self, contents)
    filtering.readClaims()
    filtering.mergeRecords()
    filtering.chooseEntities()
    if !places.isEmpty { try filtering.choosePlaces() }
    filtering.chooseRelationships()
    filtering.chooseEvents()
    return filtering
  }

  private func check(_ contents: CaseContents) throws(CaseModelError) {
    let ontology = contents.ontology
    for name in schemata {
      let schema = try ontology.schema(name)
      if schema.kind != .entity {
        throw .wrongKind(schema: name, is: schema.kind, expected: .entity)
      }
    }
    for name in layers {
      let schema = try ontology.schema(name)
      if schema.kind == .entity {
        throw .wrongKind(schema: name, is: schema.kind, expected: .relationship)
      }
    }
    for (index, grade) in lowestGrades.enumerated() {
      _ = try contents.grading.grade(grade.code, scheme: grade.scheme)
      if lowestGrades[..<index].contains(where: { $0.scheme == grade.scheme }) {
        throw .severalLowestGrades(scheme: grade.scheme)
      }
    }
    if let handlingCeiling { _ = try contents.grading.handlingCode(handlingCeiling) }
  }
}

/// The steps of a filter.
///
/// A thing counts when at least one claim that it exists counts.
private struct Filtering {
  private enum State: Equatable {
    case unsaid
    case counts
    case leftOut(LeftOut.Reason)
    /// The record goes by the id of another.
    case merged
  }

  private let view: CaseView
  private let contents: CaseContents
  private var filter: EvidenceFilter
  private var entityAt: [String: Int]
  private let relationshipAt: [String: Int]
  private let eventAt: [String: Int]
  private var entityState: [State]
  private var relationshipState: [State]
  private var eventState: [State]
  private var reportCounts: [Bool]
  private var categories: [Int: [DataSubjectCategory]] = [:]
  private var claimReason: [LeftOut.Reason?] = []
  private var allowed: [String: Bool] = [:]
  private var counts = LeftOut.Reason.allCases.map { LeftOut.Count(reason: $0) }
  private var relationships: [Relationship] = []
  private var events: [Event] = []
  private var aggregates = EventAggregates()
  private var undatedAggregates = 0
  private var lastRecorded = Int64.min
  private var lastEntity: (id: String, position: Int?)?
  private var records = MergedRecords()
  // The schema of a merged entity where it is not that of the record that it goes by.
  private var mergedSchema: [Int: String] = [:]

  init(_ view: CaseView, _ contents: CaseContents) {
    self.view = view
    self.contents = contents
    filter = EvidenceFilter(view, contents.grading)
    entityAt = positions(contents.entities) { $0.id }
    relationshipAt = positions(contents.relationships) { $0.id }
    eventAt = positions(contents.events) { $0.id }
    entityState = Array(repeating: .unsaid, count: contents.entities.count)
    relationshipState = Array(repeating: .unsaid, count: contents.relationships.count)
    eventState = Array(repeating: .unsaid, count: contents.events.count)
    reportCounts = Array(repeating: false, count: contents.events.count)
  }

  mutating func readClaims() {
    claimReason.reserveCapacity(contents.claims.count)
    for claim in contents.claims {
      let reason = reason(claim)
      claimReason.append(reason)
      if claim.property == nil {
        note(reason, of: claim.subject)
      } else if claim.property == "category", reason == nil,
        case .entity(let id) = claim.subject, let position = entityAt[id],
        let category = DataSubjectCategory(rawValue: claim.value)
      {
        categories[position, default: []].append(category)
      }
    }
    for (position, event) in contents.events.enumerated() {
      let reason = filter.reason(event.evidence, time: event.time, isEvent: true)
      reportCounts[position] = reason == nil
      merge(reason, into: &eventState[position])
    }
  }

  // What further reports say of an event holds when the event took place, as the first report does.
  private mutating func reason(_ claim: Claim) -> LeftOut.Reason? {
    guard case .event(let id) = claim.subject, let position = eventAt[id] else {
      return filter.reason(claim.evidence)
    }
    return filter.reason(claim.evidence, time: contents.events[position].time, isEvent: true)
  }

  /// Lets the records of one entity go by one id, as the decisions say that count in the view.
  mutating func mergeRecords() {
    let decisions = contents.resolutions.filter { $0.counts(at: view.knownAt) }
    if decisions.isEmpty { return }
    // A record that the case had never heard of, or of which all was withdrawn, joins nothing.
    var named: Set<String> = []
    for decision in decisions { named.formUnion([decision.first, decision.second]) }
    var known: Set<String> = []
    for (claim, reason) in zip(contents.claims, claimReason) where claim.property == nil {
      guard case .entity(let id) = claim.subject, named.contains(id) else { continue }
      if reason != .notYetKnown, reason != .withdrawn { known.insert(id) }
    }
    records = MergedRecords(decisions, isKnown: known.contains)
    for record in records.merged {
      let leader = records.leader(of: record)
      guard let own = entityAt[record], let position = entityAt[leader] else { continue }
      if counts(entityState[own]) { entityState[position] = .counts }
      entityState[own] = .merged
      categories[position, default: []] += categories.removeValue(forKey: own) ?? []
      if categories[position]?.isEmpty == true { categories[position] = nil }
      let (schema, other) = (schema(position), contents.entities[own].schema)
      if contents.ontology[other]?.isA(schema) == true { mergedSchema[position] = other }
    }
    // From here on the id of a record leads to the entity.
    for record in records.merged { entityAt[record] = entityAt[records.leader(of: record)] }
    lastEntity = nil
  }

  private func schema(_ position: Int) -> String {
    mergedSchema[position] ?? contents.entities[position].schema
  }

  mutating func chooseEntities() {
    for position in contents.entities.indices where counts(entityState[position]) {
      let schema = contents.ontology[schema(position)]
      if !allows(self.schema(position), view.schemata) {
        entityState[position] = .leftOut(.schema)
      } else if !view.categories.isEmpty, schema?.isA("Person") == true {
        let own = categories[position] ?? [.notDetermined]
        if !own.contains(where: view.categories.contains) {
          entityState[position] = .leftOut(.category)
        }
      }
    }
  }

  /// Leaves out what is elsewhere than the view's places.
  mutating func choosePlaces() throws(CaseModelError) {
    let here = try entitiesHere()
    var present = here
    func note(_ ends: [End], _ properties: [PropertyValue]) -> Bool {
      let ends = merged(ends)
      let isThere =
        ends.contains { here.contains($0.entity) }
        || properties.contains { Self.placeProperties.contains($0.property) && names($0.value) }
      if isThere { present.formUnion(ends.map(\.entity)) }
      return isThere
    }
    for (position, event) in contents.events.enumerated() where counts(eventState[position]) {
      if note(event.participants, reportCounts[position] ? event.properties : []) {
      } else {
        eventState[position] = .leftOut(.elsewhere)
      }
    }
    var isTiedHere = Set<Int>()
    for (position, relationship) in contents.relationships.enumerated()
    where counts(relationshipState[position]) {
      if note(relationship.ends, []) { isTiedHere.insert(position) }
    }
    for (position, relationship) in contents.relationships.enumerated()
    where counts(relationshipState[position]) && !isTiedHere.contains(position) {
      if !merged(relationship.ends).allSatisfy({ present.contains($0.entity) }) {
        relationshipState[position] = .leftOut(.elsewhere)
      }
    }
    for (position, entity) in contents.entities.enumerated()
    where counts(entityState[position]) && !present.contains(entity.id) {
      entityState[position] = .leftOut(.elsewhere)
    }
  }

  private static let placeProperties: Set = [
    "place", "city", "country", "region", "location", "port", "address",
  ]

  private func names(_ value: String) -> Bool {
    let folded = value.lowercased()
    return view.places.contains { $0.lowercased() == folded }
  }

  // The places that the view names, by id, by name, or by a value such as their country.
  private func entitiesHere() throws(CaseModelError) -> Set<String> {
    var here: Set<String> = []
    var matched: Set<String> = []
    func look(_ id: String, _ value: String) {
      guard let position = entityAt[id], counts(entityState[position]),
        contents.ontology[schema(position)]?.family == .location
      else { return }
      for place in view.places where place.lowercased() == value.lowercased() {
        here.insert(contents.entities[position].id)
        matched.insert(place)
      }
    }
    for entity in contents.entities { look(entity.id, entity.id) }
    for (claim, reason) in zip(contents.claims, claimReason) where reason == nil {
      guard let property = claim.property, case .entity(let id) = claim.subject,
        ["name", "alias", "unLocode", "iataCode"].contains(property)
          || Self.placeProperties.contains(property)
      else { continue }
      look(id, claim.value)
    }
    for event in contents.events {
      for value in event.properties where Self.placeProperties.contains(value.property) {
        for place in view.places where place.lowercased() == value.value.lowercased() {
          matched.insert(place)
        }
      }
    }
    if let unknown = view.places.first(where: { !matched.contains($0) }) {
      throw .unknownPlace(unknown)
    }
    return here
  }

  mutating func chooseRelationships() {
    for (position, relationship) in contents.relationships.enumerated()
    where counts(relationshipState[position]) {
      guard allows(relationship.schema, view.layers) else {
        relationshipState[position] = .leftOut(.schema)
        continue
      }
      let before = merged(relationship.ends)
      let ends = remaining(before)
      guard joins(ends, of: relationship.schema, before: before) else {
        relationshipState[position] = .leftOut(.end)
        continue
      }
      var relationship = relationship
      relationship.ends = ends
      relationships.append(relationship)
    }
  }

  mutating func chooseEvents() {
    for (position, event) in contents.events.enumerated() where counts(eventState[position]) {
      guard allows(event.schema, view.layers) else {
        eventState[position] = .leftOut(.schema)
        continue
      }
      let before = merged(event.participants)
      let participants = remaining(before)
      guard joins(participants, of: event.schema, before: before) else {
        eventState[position] = .leftOut(.end)
        continue
      }
      var event = event
      event.participants = participants
      // Another source may report the event although this report does not count.
      if !reportCounts[position] { event.properties = [] }
      events.append(event)
    }
  }

  /// Takes up the gathered events whose two participants count.
  mutating func choose(_ gathered: inout EventAggregator, _ position: (Int32) -> Int?) {
    for (index, count) in gathered.leftOut.enumerated() { counts[index].events += count }
    undatedAggregates = gathered.undatedUsed
    for kind in gathered.aggregates.kinds where kind.evidence.withdrawn == nil {
      lastRecorded = max(lastRecorded, kind.evidence.recorded)
    }
    var newPosition = [Int32](repeating: -1, count: contents.entities.count)
    var next: Int32 = 0
    for (index, state) in entityState.enumerated() where counts(state) {
      newPosition[index] = next
      next += 1
    }
    for (index, state) in entityState.enumerated() where state == .merged {
      if let position = entityAt[contents.entities[index].id] {
        newPosition[index] = newPosition[position]
      }
    }
    aggregates = gathered.takeAggregates()
    var withoutEnd = 0
    aggregates.keep { ends in
      guard let origin = position(ends.origin), let target = position(ends.target),
        newPosition[origin] >= 0, newPosition[target] >= 0
      else {
        withoutEnd += Int(ends.count)
        return nil
      }
      return (newPosition[origin], newPosition[target])
    }
    counts[self.index(.end)].events += withoutEnd
  }

  mutating func extract() -> CaseExtract {
    count(entityState, \.entities)
    count(relationshipState, \.relationships)
    count(eventState, \.events)
    var claims = contents.claims
    var isKept = [Bool](repeating: true, count: claims.count)
    var keptCount = claims.count
    for index in claims.indices {
      guard let reason = claimReason[index] ?? reason(of: claims[index].subject) else { continue }
      counts[self.index(reason)].claims += 1
      isKept[index] = false
      keptCount -= 1
    }
    // Where all count, which is usual, the claims are those of the case and not a copy.
    if keptCount < claims.count {
      claims = []
      claims.reserveCapacity(keptCount)
      for index in isKept.indices where isKept[index] { claims.append(contents.claims[index]) }
    }
    var leftOut = LeftOut()
    leftOut.counts = counts.filter {
      $0.entities + $0.relationships + $0.events + $0.claims > 0
    }
    leftOut.undatedUsed = filter.undatedUsed + undatedAggregates
    var entities: [Entity] = []
    for (position, entity) in contents.entities.enumerated() where counts(entityState[position]) {
      entities.append(Entity(id: entity.id, schema: schema(position)))
    }
    let recordOfClaim = records.isEmpty ? [:] : giveToEntities(&claims)
    let silent = Set(
      zip(contents.events, reportCounts).filter { !$0.1 }.map(\.0.id))
    return CaseExtract(
      view: view, contents: contents, entities: entities, relationships: relationships,
      events: events, claims: claims, silentEvents: silent, leftOut: leftOut,
      aggregates: aggregates, lastRecorded: lastRecorded, records: records,
      recordOfClaim: recordOfClaim)
  }

  // What is said of a record is said of the entity; gives the records of such claims by number.
  private func giveToEntities(_ claims: inout [Claim]) -> [Int: String] {
    var recordOfClaim: [Int: String] = [:]
    for index in claims.indices {
      guard case .entity(let id) = claims[index].subject else { continue }
      let leader = records.leader(of: id)
      if leader == id { continue }
      recordOfClaim[claims[index].id] = id
      claims[index].subject = .entity(leader)
    }
    return recordOfClaim
  }

  // The ends by the ids of the entities; who stands twice in one role by merging stands there once.
  private func merged(_ ends: [End]) -> [End] {
    if records.isEmpty { return ends }
    var result: [End] = []
    var records: [String] = []
    for end in ends {
      let own = End(role: end.role, entity: self.records.leader(of: end.entity))
      let isThere = result.indices.contains { result[$0] == own && records[$0] != end.entity }
      if isThere { continue }
      result.append(own)
      records.append(end.entity)
    }
    return result
  }

  // Claims about one entity mostly follow one another.
  private mutating func entityPosition(_ id: String) -> Int? {
    if let last = lastEntity, last.id == id { return last.position }
    let position = entityAt[id]
    lastEntity = (id, position)
    return position
  }

  private mutating func note(_ reason: LeftOut.Reason?, of subject: Claim.Subject) {
    switch subject {
    case .entity(let id):
      if let position = entityPosition(id) { merge(reason, into: &entityState[position]) }
    case .relationship(let id):
      if let position = relationshipAt[id] { merge(reason, into: &relationshipState[position]) }
    case .event(let id):
      if let position = eventAt[id] { merge(reason, into: &eventState[position]) }
    }
  }

  private func merge(_ reason: LeftOut.Reason?, into state: inout State) {
    guard let reason else {
      state = .counts
      return
    }
    if state == .unsaid { state = .leftOut(reason) }
  }

  private func counts(_ state: State) -> Bool { state == .counts }

  private func index(_ reason: LeftOut.Reason) -> Int {
    LeftOut.Reason.allCases.firstIndex(of: reason) ?? 0
  }

  private mutating func count(_ states: [State], _ kind: WritableKeyPath<LeftOut.Count, Int>) {
    for state in states {
      switch state {
      case .counts, .merged: continue
      case .unsaid: counts[index(.unsaid)][keyPath: kind] += 1
      case .leftOut(let reason): counts[index(reason)][keyPath: kind] += 1
      }
    }
  }

  private mutating func reason(of subject: Claim.Subject) -> LeftOut.Reason? {
    let state: State? =
      switch subject {
      case .entity(let id): entityPosition(id).map { entityState[$0] }
      case .relationship(let id): relationshipAt[id].map { relationshipState[$0] }
      case .event(let id): eventAt[id].map { eventState[$0] }
      }
    switch state {
    case .counts: return nil
    case .leftOut(let reason): return reason
    case .unsaid, .merged, nil: return .unsaid
    }
  }

  private mutating func allows(_ schema: String, _ names: [String]) -> Bool {
    if names.isEmpty { return true }
    if let known = allowed[schema] { return known }
    let answer = names.contains { contents.ontology[schema]?.isA($0) ?? (schema == $0) }
    allowed[schema] = answer
    return answer
  }

  private func remaining(_ ends: [End]) -> [End] {
    ends.filter { end in entityAt[end.entity].map { counts(entityState[$0]) } ?? false }
  }

  // What lost an end remains as long as it still joins something.
  private func joins(_ ends: [End], of schema: String, before: [End]) -> Bool {
    if ends.count == before.count { return true }
    if ends.isEmpty || (ends.count == 1 && before.count > 1) { return false }
    guard let arc = contents.ontology[schema]?.arc else { return true }
    return [arc.source, arc.target].allSatisfy { role in
      ends.contains { $0.role == role } || !before.contains { $0.role == role }
    }
  }
}

private func positions<Record>(
  _ records: [Record], _ id: (Record) -> String
) -> [String: Int] {
  var result: [String: Int] = [:]
  result.reserveCapacity(records.count)
  for (position, record) in records.enumerated() { result[id(record)] = position }
  return result
}
