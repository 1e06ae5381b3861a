// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Diagrams
internal import Foundation
internal import GraphCore

/// What a timeline shows of a case.
public struct TimelineRequest: Sendable, Hashable {
  /// Ids or names of the entities that have a line; those with most events where there are none.
  public var entities: [String] = []
  /// How many entities have a line.
  public var limit = 30
  /// Only events that can have taken place on or after this date.
  public var from: String?
  /// Only events that can have taken place on or before this date.
  public var to: String?
  /// The line at the top; nil for the name of the input.
  public var title: String?
  /// The sheet.
  public var page: Page = .a3Landscape

  /// Creates the request for the entities with most events at all times.
  public init() {}
}

extension Workbench {
  /// A timeline of the events of a case in a view: a line for each entity.
  ///
  /// - Parameters:
  ///   - request: what of the case is looked at.
  ///   - shown: which entities and which time.
  /// - Returns: a timeline that `DiagramRenderer` draws.
  /// - Throws: `ClewError` when the input is no case, or an option names what is not there.
  public func timeline(
    _ request: ViewRequest, _ shown: TimelineRequest = TimelineRequest()
  ) throws(ClewError) -> TimelineDiagram {
    let (extract, network) = try picture(request, "a timeline")
    let from = try Self.date(shown.from, "--from")
    let to = try Self.date(shown.to, "--to")
    let events = extract.events.filter { event in
      guard from != nil || to != nil else { return true }
      guard let time = event.time, !time.isUnbounded else { return false }
      return time.latest > (from?.earliest ?? .min) && time.earliest < (to?.latest ?? .max)
    }
    var counts: [String: Int] = [:]
    for event in events {
      for entity in Set(event.participants.map(\.entity)) { counts[entity, default: 0] += 1 }
    }
    let chosen: [String]
    let limit = max(1, min(shown.limit, TimelineDiagram.mostLanes))
    if shown.entities.isEmpty {
      chosen = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
    } else {
      var ids: [String] = []
      for name in shown.entities {
        let id = network.items[try network.node(like: name)].id
        if !ids.contains(id) { ids.append(id) }
      }
      guard ids.count <= TimelineDiagram.mostLanes else {
        throw .usage("--entity: \(ids.count) entities; a page holds \(TimelineDiagram.mostLanes)")
      }
      chosen = ids
    }
    var frame = PictureFrame(title: shown.title ?? input.name)
    frame.page = shown.page
    var timeline = TimelineDiagram(frame: frame)
    var lane: [String: Int] = [:]
    for id in chosen {
      lane[id] = timeline.lanes.count
      timeline.lanes.append(
        TimelineDiagram.Lane(
          id: id, label: network.node(id: id).map { network.items[$0].label } ?? id,
          icon: network.node(id: id).map { network.icon(of: network.items[$0]) } ?? .unknown))
    }
    let drawn = events.filter { event in event.participants.contains { lane[$0.entity] != nil } }
    let kinds = Self.byCount(drawn.map(\.schema))
    timeline.kinds = kinds.map { extract.ontology[$0]?.label.english ?? $0 }
    for event in drawn {
      timeline.occurrences.append(
        occurrence(of: event, kind: kinds.firstIndex(of: event.schema) ?? 0, lane, extract, network)
      )
    }
    if shown.entities.isEmpty { timeline.arrangeLanes() }
    timeline.frame.handling = network.marking
    var parts = ["\(drawn.count) of \(events.count) events on \(timeline.lanes.count) lines"]
    if from != nil || to != nil {
      parts.append("from \(from?.text ?? "the first") to \(to?.text ?? "the last")")
    }
    timeline.frame.subtitles = network.subtitles(parts)
    var notes = network.footnotes
    if shown.entities.isEmpty, counts.count > chosen.count {
      notes.insert(
        "Lines are shown for the \(chosen.count) of \(counts.count) entities with most events.",
        at: 0)
    }
    timeline.frame.footnotes = notes
    return timeline
  }

  private func occurrence(
    of event: Event, kind: Int, _ lane: [String: Int], _ extract: CaseExtract, _ network: Network
  ) -> TimelineDiagram.Occurrence {
    let arc = extract.ontology[event.schema]?.arc
    // The origin first, where the kind of event has one.
    let ends =
      event.participants.filter { $0.role == arc?.source }
      + event.participants.filter { $0.role != arc?.source }
    var lanes: [Int] = []
    for end in ends {
      if let place = lane[end.entity], !lanes.contains(place) { lanes.append(place) }
    }
    let isDirected =
      arc?.isDirected == true
      && ends.first.map { $0.role == arc?.source && lane[$0.entity] != nil } == true
      && ends.dropFirst().allSatisfy { lane[$0.entity] == nil || $0.role == arc?.target }
    let evidence = extract.evidence(for: event)
    let grade = extract.grading.strongest(of: evidence.compactMap(\.grade))
    let dated = event.time.flatMap { $0.isUnbounded ? nil : $0 }
    var detail = dated?.description ?? "undated"
    let others = ends.filter { lane[$0.entity] == nil }.map {
      "\($0.role) \(extract.displayName(of: $0.entity))"
    }
    if !others.isEmpty { detail += "; with " + others.joined(separator: ", ") }
    let properties = event.properties.prefix(6).map { "\($0.property) \($0.value)" }
    if !properties.isEmpty { detail += "; " + properties.joined(separator: ", ") }
    detail += "; " + evidence.prefix(3).map(Self.words).joined(separator: ", ")
    // An open end is drawn to the end that is known.
    let start = dated.map { $0.start?.earliest ?? $0.latest - 86_400_000 }
    let end = dated.map { $0.end?.latest ?? $0.start?.latest ?? $0.latest }
    return TimelineDiagram.Occurrence(
      id: event.id, kind: kind, lanes: lanes, isDirected: isDirected, start: start, end: end,
      line: Self.line(of: grade, extract), detail: detail,
      claims: extract.claims(about: .event(event.id)).map(\.id))
  }
}

extension Workbench {
  /// What counts of a case in a view, as records and as a network; for pictures of records.
  func picture(
    _ request: ViewRequest, _ what: String
  ) throws(ClewError) -> (extract: CaseExtract, network: Network) {
    guard let contents = try contents() else {
      throw .usage(
        "\(input.name): \(what) is drawn of a case file; clew new and clew import make one")
    }
    let request = try resolved(request)
    let view = try request.caseView(of: contents)
    let extract = try caseStep { () throws(CaseModelError) in try view.filter(contents) }
    return (extract, try Network(extract: extract, request: request, input: input))
  }

  /// A date as an option gives it.
  static func date(_ text: String?, _ option: String) throws(ClewError) -> PartialDate? {
    guard let text else { return nil }
    guard let date = PartialDate(text) else {
      throw .usage("\(option) \(text): expected a date such as 2024, 2024-06 or 2024-06-30")
    }
    return date
  }

  /// The words by how often they occur, the most frequent first.
  static func byCount(_ words: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for word in words { counts[word, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// Who says something and where, with its grade.
  static func words(_ evidence: Evidence) -> String {
    let place = evidence.locator.description
    return evidence.source + (place.isEmpty ? "" : " \(place)")
      + (evidence.grade.map { " (\($0.code))" } ?? "")
  }

  /// The line of a best grade; what is ungraded is drawn as what nobody vouched for.
  static func line(of grade: Grade?, _ extract: CaseExtract) -> DiagramEdge.Line {
    guard let grade else { return .unconfirmed }
    return switch extract.grading.lineClass(of: grade) {
    case .confirmed: .confirmed
    case .probable: .probable
    case .unconfirmed: .unconfirmed
    }
  }
}
