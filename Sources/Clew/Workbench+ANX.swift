// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Interchange

extension Workbench {
  /// A graph of a case as a chart of i2 Analyst's Notebook, with what each source says on cards.
  ///
  /// - Parameters:
  ///   - document: the graph, as `Network.document` gives it.
  ///   - request: what of the case counts, as for the network.
  /// - Returns: the file; for a graph file without cards.
  /// - Throws: `ClewError` when the request does not fit the case.
  /// - Complexity: O(n) in the number of claims and events; an entity or link has at most 50 cards.
  public func analystsNotebook(
    _ document: GraphDocument, _ request: ViewRequest
  ) throws(ClewError) -> WrittenGraph {
    guard let extract = try extract(request) else { return try document.written(as: .anx) }
    var nodeCards: [String: [EvidenceCard]] = [:]
    for id in document.nodeIDs {
      nodeCards[id] = Self.cards(
        extract.claims(about: .entity(id)).map { claim in
          Self.card(
            claim.property.map { "\($0): \(claim.value)" } ?? "is a \(claim.value)",
            extract.record(of: claim).map { "record \($0)" }, nil, claim.evidence)
        })
    }
    let rule = ProjectionRule(direction: request.direction ?? .undirected)
    let projection = try caseStep { () throws(CaseModelError) in try extract.project(rule) }
    let relationships = Dictionary(
      uniqueKeysWithValues: extract.relationships.map { ($0.id, $0) })
    let events = Dictionary(uniqueKeysWithValues: extract.events.map { ($0.id, $0) })
    var cardsOfEnds: [String: [EvidenceCard]] = [:]
    projection.graph.forEachEdge { edge, source, target in
      let evidence = projection.evidence[edge]
      let reports =
        evidence.relationships.compactMap { relationships[$0] }.flatMap(extract.reports(of:))
        + evidence.events.compactMap { events[$0] }.flatMap(extract.reports(of:))
      cardsOfEnds["\(projection.ids[source])\n\(projection.ids[target])"] = Self.cards(
        reports.map { report in
          Self.card("\(report.schema): \(report.ends)", report.detail, report.time, report.evidence)
        })
    }
    let edgeCards = (0..<document.edgeCount).map { edge in
      let (source, target) = (Int(document.sources[edge]), Int(document.targets[edge]))
      return cardsOfEnds["\(document.nodeIDs[source])\n\(document.nodeIDs[target])"] ?? []
    }
    do {
      return try ANXWriter(nodeCards: nodeCards, edgeCards: edgeCards).write(document)
    } catch { throw ClewError(error) }
  }

  private static func card(
    _ summary: String, _ text: String?, _ time: Interval?, _ evidence: Evidence
  ) -> EvidenceCard {
    let assessed = evidence.standing == .assessment ? "an assessment" : nil
    let held = evidence.valid.map { "holds \($0.description)" }
    return EvidenceCard(
      summary: summary,
      text: [text, time.map { "time \($0.description)" }, held, assessed].compactMap(\.self)
        .joined(separator: "; "),
      sourceType: evidence.source, sourceReference: evidence.locator.description,
      grade: evidence.grade?.code, handling: evidence.handling,
      date: time.flatMap(moment) ?? evidence.valid.flatMap(moment))
  }

  // Only what is known to the day or better is a date of a card.
  private static func moment(_ interval: Interval) -> String? {
    guard let text = interval.start?.text, text.utf8.count >= 10 else { return nil }
    let day = text.prefix(10)
    let clock = text.dropFirst(11).prefix { $0.isNumber || $0 == ":" }
    switch clock.utf8.count {
    case 0: return String(day)
    case 5: return "\(day)T\(clock):00"
    case 8: return "\(day)T\(clock)"
    default: return String(day)
    }
  }

  // A phone with thousands of calls would drown its chart.
  private static func cards(_ cards: [EvidenceCard]) -> [EvidenceCard] {
    let limit = 50
    if cards.count <= limit { return cards }
    return cards.prefix(limit - 1) + [
      EvidenceCard(
        summary: "\(cards.count - limit + 1) more reports, which clew why lists")
    ]
  }
}
