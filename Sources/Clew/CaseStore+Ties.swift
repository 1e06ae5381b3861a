// SPDX-License-Identifier: Apache-2.0

public import CaseModel
public import CaseStore
public import Reports

extension CaseStore {
  /// The ties that the events of the case make in a view, the ones of most events first, as a document
  /// with the table `ties`.
  ///
  /// - Parameters:
  ///   - request: what of the case is looked at.
  ///   - quantity: the property that is added up, such as `duration`; nil for none.
  ///   - window: the calendar unit, in UTC, by which events are counted apart; nil for none.
  ///   - limit: the largest number of rows; nil for all.
  /// - Returns: the document; its title states how many ties there are.
  /// - Throws: `ClewError` when the request does not fit the case, or something that is added up is no
  ///   number.
  /// - Complexity: O(e) in the number of events; memory follows the number of ties and rows.
  public func tiesDocument(
    _ request: ViewRequest = ViewRequest(), adding quantity: String? = nil,
    by window: TimeWindow? = nil, limit: Int? = nil
  ) throws(ClewError) -> ResultDocument {
    let resolved = try resolved(request)
    let survey: CaseSurvey
    do {
      survey = try self.survey(by: window, keepsTimes: true) { contents, furtherSchemes in
        (try resolved.caseView(of: contents, furtherSchemes: furtherSchemes), quantity)
      }
    } catch { throw ClewError(error) }
    let extract = survey.extract
    if let quantity { try check(quantity, extract) }
    let found = try caseStep { () throws(CaseModelError) in
      try extract.eventTies(quantity, by: window)
    }
    let ties = Self.ranked(found.ties, limit)
    var columns: [Table.Column] = [
      .init("from", "From"), .init("from-name", "Name"), .init("to", "To"),
      .init("to-name", "Name"), .init("kind", "Kind"),
    ]
    if let window { columns.append(.init("window", "Window (\(window.rawValue))")) }
    columns.append(.init("count", "Events"))
    if let quantity {
      columns += [.init("sum", "Sum of \(quantity)"), .init("valued", "With it")]
    }
    if quantity == "amount" { columns.append(.init("currency", "Currency")) }
    columns += [.init("first", "First"), .init("last", "Last")]
    func rows() -> [[Table.Cell]] {
      ties.map { tie in
        let (from, to) = (
          extract.entities[Int(tie.key.origin)].id, extract.entities[Int(tie.key.target)].id
        )
        var row: [Table.Cell] = [
          .text(from), .text(extract.displayName(of: from)), .text(to),
          .text(extract.displayName(of: to)), .text(found.schemata[Int(tie.key.schema)]),
        ]
        if let window { row.append(.init(tie.key.window.map(window.text(of:)))) }
        row.append(.integer(tie.count))
        if quantity != nil {
          row += [tie.valueCount == 0 ? .missing : .real(tie.sum), .integer(tie.valueCount)]
        }
        if quantity == "amount" {
          row.append(
            tie.key.currency < 0 ? .missing : .text(found.currencies[Int(tie.key.currency)]))
        }
        return row + [.init(tie.first.flatMap(instant)), .init(tie.last.flatMap(instant))]
      }
    }
    let events = extract.events.count + extract.aggregates.eventCount
    var notices = [
      "an event goes from the first to the second role of its kind, such as caller and receiver; one "
        + "without such roles ties every two of its participants, in no direction"
    ]
    if window != nil { notices.append("windows are counted in UTC by the start of each event") }
    if ties.count < found.ties.count {
      notices.append("\(ties.count) of \(found.ties.count) ties are shown, those of most events")
    }
    return ResultDocument(
      schema: "clew.ties/1", title: "Ties by events in \(Workbench.name(of: path))",
      input: ResultDocument.Input(
        name: Workbench.name(of: path), kind: "case file", sha256: survey.digest),
      view: resolved.filters, analyses: [],
      figures: [
        .init("events", "Events", .integer(events), "that count in this view"),
        .init("ties", "Ties", .integer(found.ties.count)),
      ],
      tables: [
        Table(
          key: "ties", title: "\(found.ties.count) ties of \(events) events", columns: columns,
          rows: rows())
      ], notices: notices,
      handling: extract.handling.isEmpty ? nil : extract.handling.joined(separator: ", "),
      version: clewVersion)
  }

  // A word that no event can bear is a mistake, and an empty column would hide it.
  private func check(_ quantity: String, _ extract: CaseExtract) throws(ClewError) {
    let known = extract.ontology.schemata.filter { $0.kind == .event }.flatMap(\.properties)
      .filter { $0.type == .number || $0.type == .integer }.map(\.name)
    guard known.contains(quantity) else {
      throw .usage(
        "--sum \(quantity): no event has such a number; there are "
          + Array(Set(known)).sorted().joined(separator: ", "))
    }
  }

  // The first ties in the order of their number of events and then of their ends.
  private static func ranked(_ ties: [EventTie], _ limit: Int?) -> [EventTie] {
    func precedes(_ a: EventTie, _ b: EventTie) -> Bool {
      if a.count != b.count { return a.count > b.count }
      let (x, y) = (a.key, b.key)
      return (x.origin, x.target, x.schema, x.currency, x.window ?? .min)
        < (y.origin, y.target, y.schema, y.currency, y.window ?? .min)
    }
    guard let limit, limit < ties.count else { return ties.sorted(by: precedes) }
    // How many events the last tie that is shown has, without sorting those that are not.
    var ofCount: [Int: Int] = [:]
    for tie in ties { ofCount[tie.count, default: 0] += 1 }
    var (enough, least) = (0, 0)
    for (count, number) in ofCount.sorted(by: { $0.key > $1.key }) where enough < limit {
      enough += number
      least = count
    }
    return Array(ties.filter { $0.count >= least }.sorted(by: precedes).prefix(limit))
  }
}
