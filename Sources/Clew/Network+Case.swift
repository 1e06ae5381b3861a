// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import GraphCore
public import Reports

extension Network {
  /// The network of a case in a view.
  ///
  /// Entities that say who looks rather than who deals (investigations, alerts) are left out unless
  /// the request names schemata.
  ///
  /// - Parameters:
  ///   - contents: all that the case holds.
  ///   - request: what of it is looked at.
  ///   - input: the name and the hash of the case.
  /// - Throws: `ClewError.usage` when the request names a date, grade, code or schema that does not
  ///   exist; `ClewError.badData` when the view does not make a graph.
  public init(
    contents: CaseContents, request: ViewRequest, input: ResultDocument.Input
  ) throws(ClewError) {
    let view = try request.caseView(of: contents)
    let extract = try caseStep { () throws(CaseModelError) in try view.filter(contents) }
    try self.init(extract: extract, request: request, input: input)
  }

  /// The network of what counts of a case in the view of a request.
  ///
  /// - Throws: `ClewError` when this does not make a graph, or the request names a wrong word.
  init(
    extract: CaseExtract, request: ViewRequest, input: ResultDocument.Input
  ) throws(ClewError) {
    let rule = ProjectionRule(
      direction: request.direction ?? .undirected,
      // More ties make two entities closer, never farther: of parallel lengths the shortest counts.
      weight: request.weight.map {
        .init($0.property, meaning: $0.meaning, merging: $0.meaning == .length ? .min : .sum)
      })
    let projection = try caseStep { () throws(CaseModelError) in try extract.project(rule) }
    let reader = CaseNetworkReader(extract: extract, projection: projection)
    var network = Network(
      graph: projection.graph,
      items: try reader.items(including: request.including),
      ties: reader.ties(), input: input, view: reader.description(of: request),
      notices: reader.notices(on: request),
      handling: extract.handling.isEmpty
        ? nil : extract.handling.joined(separator: ", "),
      leaders: extract.records.leaders)
    if request.largestComponentOnly { network = network.largestComponent() }
    self = network
  }
}

/// Runs a step of the case layer and gives its error the place it has on the command line.
func caseStep<T>(_ step: () throws(CaseModelError) -> T) throws(ClewError) -> T {
  do { return try step() } catch { throw ClewError(error) }
}

/// Reads names, roles, grades and directions of an extract into the columns of a network.
private struct CaseNetworkReader {
  let extract: CaseExtract
  let projection: Projection
  private let relationships: [String: Relationship]
  private let events: [String: Event]

  init(extract: CaseExtract, projection: Projection) {
    self.extract = extract
    self.projection = projection
    relationships = Dictionary(uniqueKeysWithValues: extract.relationships.map { ($0.id, $0) })
    events = Dictionary(uniqueKeysWithValues: extract.events.map { ($0.id, $0) })
  }

  func items(including words: [String]) throws(ClewError) -> NodeMap<Network.Item> {
    var included: Set<RankingExclusion.Reason> = []
    for word in words {
      guard let reason = RankingExclusion.Reason(rawValue: word) else {
        throw .usage(
          "--include \(word): expected "
            + RankingExclusion.Reason.allCases.map(\.rawValue).joined(separator: ", "))
      }
      included.insert(reason)
    }
    var unranked: [String: String] = [:]
    for exclusion in extract.rankingExclusions(including: included) {
      unranked[exclusion.entity] = exclusion.reason.rawValue
    }
    return NodeMap(
      projection.ids.values.indices.map { index in
        let id = projection.ids.values[index]
        var item = Network.Item(
          id: id, label: projection.names.values[index], schema: projection.schemata.values[index])
        guard index < projection.entityCount else { return item }
        item.detail = detail(of: id, schema: item.schema ?? "")
        if let number = accountNumber(of: id, schema: item.schema ?? "") {
          // An account is often known by its holder's name alone; its last digits tell it from him.
          if item.label != number { item.label += " …" + number.suffix(4) }
        }
        item.unranked = unranked[id]
        let schema = extract.ontology[item.schema ?? ""]
        item.kind =
          schema?.isA("Person") == true
          ? .person : schema?.isA("LegalEntity") == true ? .organisation : .other
        if item.kind == .person {
          // Where sources disagree, what protects the person is shown.
          let categories = extract.categories(of: id)
          item.category =
            [.victim, .witness].first(where: categories.contains)?.rawValue
            ?? categories.first { $0 != .notDetermined }?.rawValue
        }
        return item
      })
  }

  private func accountNumber(of id: String, schema: String) -> String? {
    guard extract.ontology[schema]?.isA("BankAccount") == true else { return nil }
    return ["iban", "accountNumber"].lazy
      .compactMap { extract.bestValue(of: $0, about: .entity(id)) }.first
  }

  private func detail(of id: String, schema: String) -> String? {
    let properties =
      extract.ontology[schema]?.isA("Person") == true
      ? ["function", "position", "profession"] : ["sector", "type", "role"]
    for property in properties {
      if let value = extract.bestValue(of: property, about: .entity(id)) { return value }
    }
    return nil
  }

  func ties() -> EdgeMap<Network.Tie> {
    var ties: [Network.Tie] = []
    ties.reserveCapacity(projection.graph.edgeCount)
    // What is said of ties of gathered events alone follows from their kinds, of which there are few.
    let hasFewKinds = extract.aggregates.kinds.count <= 64
    var known: [UInt64: Network.Tie] = [:]
    projection.graph.forEachEdge { edge, source, target in
      let gathered = projection.evidence.gathered(behind: edge, from: source, to: target)
      if gathered.isAll, hasFewKinds, var tie = known[gathered.kinds] {
        tie.count = gathered.count
        tie.arrow = Self.arrow(gathered.isForward, gathered.isBackward)
        ties.append(tie)
        return
      }
      let evidence = projection.evidence[edge]
      let tie = Network.Tie(
        label: label(evidence.schemata), standing: standing(evidence.lineClass),
        grade: evidence.grade?.code, count: evidence.count,
        arrow: arrow(
          gathered, evidence, from: projection.ids[source], to: projection.ids[target]))
      ties.append(tie)
      if gathered.isAll { known[gathered.kinds] = tie }
    }
    return EdgeMap(ties)
  }

  private func label(_ schemata: [String]) -> String? {
    let labels = schemata.map { (extract.ontology[$0]?.label.english ?? $0).lowercasedFirst }
    return labels.isEmpty
      ? nil : labels.prefix(2).joined(separator: ", ") + (labels.count > 2 ? " …" : "")
  }

  // What is ungraded is drawn as what nobody vouched for.
  private func standing(_ line: LineClass?) -> Network.Standing {
    switch line {
    case .confirmed: .confirmed
    case .probable: .probable
    case .unconfirmed, nil: .unconfirmed
    }
  }

  private func arrow(
    _ gathered: EvidenceBehindEdges.Gathered, _ evidence: EdgeEvidence, from: String, to: String
  ) -> Network.Arrow {
    var forward = false
    var backward = false
    func look(_ schema: String, _ ends: [End]) {
      guard let arc = extract.ontology[schema]?.arc, arc.isDirected else { return }
      func joins(_ a: String, _ b: String) -> Bool {
        ends.contains { $0.role == arc.source && $0.entity == a }
          && ends.contains { $0.role == arc.target && $0.entity == b }
      }
      forward = forward || joins(from, to)
      backward = backward || joins(to, from)
    }
    for id in evidence.relationships {
      if let relationship = relationships[id] { look(relationship.schema, relationship.ends) }
    }
    for id in evidence.events {
      if let event = events[id] { look(event.schema, event.participants) }
    }
    return Self.arrow(forward || gathered.isForward, backward || gathered.isBackward)
  }

  private static func arrow(_ forward: Bool, _ backward: Bool) -> Network.Arrow {
    forward ? (backward ? .both : .forward) : (backward ? .backward : .none)
  }

  func description(of request: ViewRequest) -> [(name: String, value: JSONValue)] {
    var view: [(name: String, value: JSONValue)] = [
      ("network", .string(projection.convention))
    ]
    view += request.filters
    if !request.including.isEmpty {
      view.append(("including", .array(request.including.map(JSONValue.string))))
    }
    view.append(("component", .string(request.largestComponentOnly ? "largest" : "all")))
    view.append(("sources", .array(extract.sources.map(JSONValue.string))))
    view.append(("grades", .array(extract.grades.map { .string($0.code) })))
    return view
  }

  func notices(on request: ViewRequest) -> [String] {
    var notices = extract.records.isEmpty ? [] : [extract.records.words]
    for count in extract.leftOut.counts {
      let parts = [
        (count.entities, "entities"), (count.relationships, "relationships"),
        (count.events, "events"), (count.claims, "claims"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      // Without a wish for schemata only these stay out.
      let reason =
        count.reason == .schema && request.schemata.isEmpty && request.layers.isEmpty
        ? "investigations and alerts: who looks, not who deals" : words(count.reason)
      notices.append("left out (\(reason)): " + parts.joined(separator: ", "))
    }
    if extract.leftOut.undatedUsed > 0 {
      notices.append(
        "\(extract.leftOut.undatedUsed) claims and events without a date count as holding at all "
          + "times")
    }
    if extract.ungradedCount > 0 {
      notices.append("\(extract.ungradedCount) claims and events bear no grade")
    }
    let projected = projection.leftOut
    for (count, what) in [
      (projected.selfLoops, "ties of an entity to itself"),
      (projected.withoutTwoEnds, "relationships and events with fewer than two known ends"),
      (projected.withoutWeight, "relationships and events without a number to weigh"),
    ] where count > 0 {
      notices.append("left out of the graph: \(count) \(what)")
    }
    return notices
  }

  private func words(_ reason: LeftOut.Reason) -> String {
    switch reason {
    case .notYetKnown: "not yet known at that time"
    case .withdrawn: "withdrawn"
    case .grade: "graded lower"
    case .otherScheme: "graded by another scheme"
    case .ungraded: "ungraded"
    case .handling: "handling more restrictive"
    case .noHandlingCode: "no handling code"
    case .otherTime: "not holding at that date"
    case .undated: "undated"
    case .schema: "schema not looked at"
    case .category: "category not looked at"
    case .elsewhere: "not at the place"
    case .end: "one end is left out"
    case .unsaid: "only mentioned, by no source stated"
    }
  }
}

extension ViewRequest {
  // Who looks is not who deals: these stay out of the network unless they are asked for.
  private static let administrative = ["Investigation", "Alert"]

  /// The view of the request.
  ///
  /// - Parameters:
  ///   - contents: what the case holds.
  ///   - furtherSchemes: asked for the grading schemes of events that do not stand in the contents.
  /// - Returns: the view, in which administrative schemata do not count unless they are named.
  /// - Throws: `ClewError.usage` naming the option with a date, grade, code or schema that is none.
  func caseView(
    of contents: CaseContents, furtherSchemes: () throws -> Set<String> = { [] }
  ) throws(ClewError) -> CaseView {
    var view = CaseView()
    view.asOf = try asOf.map { text throws(ClewError) in try Self.date(text, "--as-of") }
    view.knownAt = try knownAt.map { text throws(ClewError) in try Self.date(text, "--known-at") }
    if let lowestGrade { view.lowestGrades = try grades(lowestGrade, in: contents, furtherSchemes) }
    if let handlingCeiling {
      view.handlingCeiling = try caseStep { () throws(CaseModelError) in
        try contents.grading.handlingCode(handlingCeiling)
      }
    }
    for name in layers + schemata {
      do {
        _ = try contents.ontology.schema(name)
      } catch {
        throw .usage("\(layers.contains(name) ? "--layer" : "--schema") \(name): \(error)")
      }
    }
    view.places = places
    view.layers = layers
    view.schemata = schemata
    if schemata.isEmpty {
      var present: [String] = []
      for entity in contents.entities where !present.contains(entity.schema) {
        present.append(entity.schema)
      }
      let wanted = present.filter { !Self.administrative.contains($0) }
      if wanted.count < present.count { view.schemata = wanted }
    }
    for word in categories {
      do {
        view.categories.append(try DataSubjectCategory(word: word))
      } catch {
        throw .usage("--category \(word): \(error)")
      }
    }
    return view
  }

  private static func date(_ text: String, _ option: String) throws(ClewError) -> PartialDate {
    guard let date = PartialDate(text) else {
      throw .usage("\(option) \(text): expected a date such as 2024, 2024-06 or 2024-06-30")
    }
    return date
  }

  private func grades(
    _ code: String, in contents: CaseContents, _ furtherSchemes: () throws -> Set<String>
  ) throws(ClewError) -> [Grade] {
    var schemes: Set<String>
    do { schemes = try furtherSchemes() } catch { throw ClewError(error) }
    func note(_ evidence: Evidence) {
      if let scheme = evidence.grade?.scheme { schemes.insert(scheme) }
    }
    for claim in contents.claims { note(claim.evidence) }
    for event in contents.events { note(event.evidence) }
    let known = contents.grading.schemes.filter { schemes.isEmpty || schemes.contains($0.name) }
    let code = code.uppercased()
    let grades = known.filter { $0.ranks(of: code) != nil }
      .map { Grade(scheme: $0.name, code: code) }
    guard !grades.isEmpty else {
      let allowed = known.map { "\($0.name): \($0.codes.joined(separator: " "))" }
      throw .usage(
        "--min-grade \(code): no grade of a scheme used here; \(allowed.joined(separator: "; "))")
    }
    return grades
  }
}
