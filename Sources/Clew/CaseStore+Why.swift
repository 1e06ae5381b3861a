// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import CaseStore
internal import GraphCore
public import Reports

extension CaseStore {
  /// One entity with all that is claimed of it, as a document.
  ///
  /// - Parameters:
  ///   - id: the entity.
  ///   - request: what of the case is looked at.
  ///   - dropped: sources that are to be left out.
  ///   - eventLimit: how many of its events are read, the first by time; nil for all.
  /// - Returns: the tables `claims`, `relationships` and `events`, each row with its source, grade,
  ///   date, file and line. Where there are more events than are read, the title of the table and a
  ///   notice state how many the case has.
  /// - Throws: `ClewError.usage` when there is no such entity or it does not count in the view.
  /// - Complexity: O(e log e) in the number of the entity's events; memory follows `eventLimit`.
  public func entityDocument(
    _ id: String, _ request: ViewRequest = ViewRequest(), without dropped: [String] = [],
    eventLimit: Int? = nil
  ) throws(ClewError) -> ResultDocument {
    let found = try eventPages(of: id, request, dropped, eventLimit)
    guard let extract = found.pages.first, let position = extract.position(of: id) else {
      if !dropped.isEmpty {
        throw .usage(
          "\(id): without \(dropped.joined(separator: ", ")) nothing says that it exists")
      }
      throw .usage("\(id): is in the case, but nothing that says so counts in this view")
    }
    let entity = extract.entities[position]
    let id = entity.id
    let names = extract.names(of: id)
    let writer = EvidenceTables(extract)
    var notices: [String] = []
    if !names.isNamed { notices.append("no claim gives a name; the identifier stands for it") }
    var events = EvidenceTables.eventTable
    for page in found.pages {
      events.rows +=
        EvidenceTables(page).events(
          page.events.filter { $0.participants.contains { $0.entity == id } }
        ).rows
    }
    if !found.isWhole, let eventLimit {
      events.title = "Events: the first of \(found.total)"
      notices.append(
        "the case has \(found.total) events of \(id), in any view; the first by time that count in "
          + "this view are shown, up to \(eventLimit) (--top all shows all)")
    }
    let handling = found.pages.flatMap(\.handling).reduce(into: [String]()) { all, code in
      if !all.contains(code) { all.append(code) }
    }
    return ResultDocument(
      schema: "clew.entity/1", title: "\(names.display) – \(entity.schema) \(id)",
      input: try resultInput(), view: view(request) + without(dropped), analyses: [],
      tables: [
        writer.claims(about: .entity(id), key: "claims", title: "What is said of it"),
        writer.relationships(extract.relationships.filter { $0.ends.contains { $0.entity == id } }),
        events,
      ] + mergeTables([id], extract), notices: notices,
      handling: handling.isEmpty ? nil : handling.joined(separator: ", "), version: clewVersion)
  }

  // What counts around an entity, with so many of its events that count, and how many it has.
  private func eventPages(
    of id: String, _ request: ViewRequest, _ dropped: [String], _ limit: Int?
  ) throws(ClewError) -> (pages: [CaseExtract], total: Int, isWhole: Bool) {
    guard let limit else {
      let extract = try part(request, without: dropped) { () throws -> CaseContents in
        try self.why(id)
      }
      return ([extract], extract.events.count, true)
    }
    let resolved = try resolved(request)
    var pages: [CaseExtract] = []
    var (shown, seen, isCut) = (0, 0, false)
    do {
      let total = try why(id, pageSize: max(limit, 256)) { contents in
        var extract = try part(contents, resolved, dropped)
        seen += contents.events.count
        // An entity that does not count has no event that does.
        guard extract.position(of: id) != nil else { return false }
        if extract.events.isEmpty, !pages.isEmpty { return true }
        if shown + extract.events.count > limit {
          let kept = extract.events.sorted(by: EvidenceTables.precedes).prefix(limit - shown)
          let ids = Set(kept.map(\.id))
          let events = contents.events.filter { ids.contains($0.id) }
          extract = try part(contents.with(events: events), resolved, dropped)
          isCut = true
        }
        shown += extract.events.count
        pages.append(extract)
        return shown < limit
      }
      return (pages, total, !isCut && seen >= total)
    } catch { throw ClewError(error) }
  }

  /// The claims and events behind the tie of two entities, as a document.
  ///
  /// Where no relationship or event joins the two, the shortest chain between them is given with the
  /// evidence of each link.
  ///
  /// - Throws: `ClewError.usage` when there is no such entity.
  public func tieDocument(
    _ a: String, _ b: String, _ request: ViewRequest = ViewRequest(),
    without dropped: [String] = [],
    asPath: Bool = false
  ) throws(ClewError) -> ResultDocument {
    let whole = try part(request) { () throws -> CaseContents in try self.why(a, b) }
    let direct = try part(request, without: dropped) { () throws -> CaseContents in
      try self.why(a, b)
    }
    let writer = EvidenceTables(direct)
    let title = "\(whole.displayName(of: a)) and \(whole.displayName(of: b))"
    let notices = consequences(of: dropped, before: whole, after: direct)
    if !asPath, !whole.relationships.isEmpty || !whole.events.isEmpty {
      return ResultDocument(
        schema: "clew.why/1", title: "Why \(title) are tied", input: try resultInput(),
        view: view(request) + without(dropped), analyses: [],
        tables: [writer.relationships(direct.relationships), writer.events(direct.events)]
          + mergeTables([a, b], direct),
        notices: notices, handling: writer.handling, version: clewVersion)
    }
    return try chainDocument(a, b, title, request, dropped, isAsked: asPath)
  }

  // What would be different if sources were dropped.
  private func consequences(
    of dropped: [String], before: CaseExtract, after: CaseExtract
  ) -> [String] {
    if dropped.isEmpty { return [] }
    func count(_ extract: CaseExtract) -> Int { extract.relationships.count + extract.events.count }
    func reports(_ extract: CaseExtract) -> Int {
      extract.relationships.reduce(0) { $0 + extract.evidence(for: .relationship($1.id)).count }
        + extract.events.reduce(0) { $0 + extract.evidence(for: $1).count }
    }
    let names = dropped.joined(separator: ", ")
    if count(after) == 0 { return ["without \(names) nothing ties the two"] }
    if reports(after) == reports(before) { return ["\(names) says nothing of this tie"] }
    return [
      "without \(names) the tie remains: \(count(after)) of \(count(before)) relationships and events, "
        + "\(reports(after)) of \(reports(before)) reports"
    ]
  }

  private func chainDocument(
    _ a: String, _ b: String, _ title: String, _ request: ViewRequest, _ dropped: [String],
    isAsked: Bool
  ) throws(ClewError) -> ResultDocument {
    let chain = try shortestChain(a, b, request, without: dropped)
    var notices = isAsked ? [] : ["no relationship or event joins \(title) directly"]
    if chain.links.isEmpty {
      notices.append("nor does any chain of ties in this view")
    } else {
      notices.append(
        "they are \(chain.links.count) ties apart; of several shortest chains the first is shown")
    }
    return ResultDocument(
      schema: "clew.why/1", title: "Between \(title)", input: try resultInput(),
      view: view(request) + without(dropped), analyses: [],
      tables: EvidenceTables.chain(chain.links), notices: notices, handling: chain.handling,
      version: clewVersion)
  }

  private func part(
    _ request: ViewRequest, without dropped: [String] = [], _ contents: () throws -> CaseContents
  ) throws(ClewError) -> CaseExtract {
    do {
      return try part(try contents(), try resolved(request), dropped)
    } catch { throw ClewError(error) }
  }

  private func part(
    _ whole: CaseContents, _ resolved: ViewRequest, _ dropped: [String]
  ) throws -> CaseExtract {
    try check(dropped, whole)
    let contents = whole.without(Set(dropped))
    var request = resolved
    // Whoever asks for an entity by name asks for it whatever it is.
    if request.schemata.isEmpty {
      request.schemata = contents.entities.reduce(into: []) { names, entity in
        if !names.contains(entity.schema) { names.append(entity.schema) }
      }
    }
    return try request.caseView(of: contents).filter(contents)
  }

  private func view(_ request: ViewRequest) -> [(name: String, value: JSONValue)] {
    request.filters
  }
}

/// Claims, relationships and events of an extract as rows with their evidence.
private struct EvidenceTables {
  let extract: CaseExtract

  /// The links of a chain and what is behind each.
  static func chain(_ links: [ChainLink]) -> [Table] {
    var table = Table(
      key: "chain", title: "The shortest chain",
      columns: [
        .init("from", "From"), .init("to", "To"), .init("schema", "By"), .init("grade", "Grade"),
        .init("records", "Records"),
      ])
    var (relationships, events) = (relationshipTable, eventTable)
    var found: [(event: Event, writer: EvidenceTables)] = []
    for link in links {
      let (extract, evidence) = (link.extract, link.evidence)
      table.rows.append([
        .text(extract.displayName(of: link.from)), .text(extract.displayName(of: link.to)),
        .text(evidence.schemata.joined(separator: ", ")), .init(evidence.grade?.code),
        .integer(evidence.count),
      ])
      let writer = EvidenceTables(extract)
      relationships.rows +=
        writer.relationships(
          extract.relationships.filter { evidence.relationships.contains($0.id) }
        ).rows
      for event in extract.events where evidence.events.contains(event.id) {
        found.append((event, writer))
      }
    }
    for entry in found.sorted(by: { precedes($0.event, $1.event) }) {
      events.rows += entry.writer.events([entry.event]).rows
    }
    return [table, relationships, events]
  }

  private static let evidenceColumns: [Table.Column] = [
    .init("source", "Source"), .init("grade", "Grade"), .init("handling", "Handling"),
    .init("standing", "Standing"), .init("valid", "Holds"), .init("place", "Where"),
  ]

  init(_ extract: CaseExtract) { self.extract = extract }

  var handling: String? {
    extract.handling.isEmpty ? nil : extract.handling.joined(separator: ", ")
  }

  func claims(about subject: Claim.Subject, key: String, title: String) -> Table {
    let claims = extract.claims(about: subject)
    let isMerged = claims.contains { extract.record(of: $0) != nil }
    return Table(
      key: key, title: title,
      columns: (isMerged ? [.init("record", "Record")] : [])
        + [.init("property", "Property"), .init("value", "Value")] + Self.evidenceColumns,
      rows: claims.map { claim in
        (isMerged ? [.text(extract.record(of: claim) ?? subject.id)] : [])
          + [.text(claim.property ?? "exists"), .text(claim.value)] + cells(claim.evidence)
      })
  }

  private static let relationshipTable = Table(
    key: "relationships", title: "Relationships",
    columns: [
      .init("schema", "Kind"), .init("between", "Between"), .init("detail", "Detail"),
    ] + Self.evidenceColumns)

  static let eventTable = Table(
    key: "events", title: "Events",
    columns: [
      .init("time", "Time"), .init("schema", "Kind"), .init("participants", "Participants"),
      .init("detail", "Detail"),
    ] + Self.evidenceColumns)

  static func precedes(_ a: Event, _ b: Event) -> Bool {
    (a.time?.earliest ?? .max, a.id) < (b.time?.earliest ?? .max, b.id)
  }

  func relationships(_ relationships: [Relationship]) -> Table {
    var table = Self.relationshipTable
    for relationship in relationships {
      // One row for each report, with what that report says and nothing of another.
      for report in extract.reports(of: relationship) {
        table.rows.append(
          [.text(report.schema), .text(report.ends), .init(report.detail)]
            + cells(report.evidence))
      }
    }
    return table
  }

  func events(_ events: [Event]) -> Table {
    var table = Self.eventTable
    for report in events.sorted(by: Self.precedes).flatMap(extract.reports(of:)) {
      table.rows.append(
        [
          .init(report.time?.description), .text(report.schema), .text(report.ends),
          .init(report.detail),
        ] + cells(report.evidence))
    }
    return table
  }

  private func cells(_ evidence: Evidence) -> [Table.Cell] {
    [
      .text(evidence.source), .init(evidence.grade?.code), .init(evidence.handling),
      .text(evidence.standing.rawValue), .init(evidence.valid?.description),
      .text(evidence.locator.description),
    ]
  }
}
