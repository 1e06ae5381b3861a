// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Diagrams
internal import Foundation

extension Workbench {
  /// Gives the nodes and lines of a chart of a case the numbers of the claims behind them, and, if asked,
  /// draws each relationship and each kind of event on a line of its own.
  ///
  /// - Parameters:
  ///   - chart: the chart, as `Network.diagram` makes it of this case.
  ///   - request: what of the case counts, as for the chart.
  ///   - expandsParallel: whether lines that stand for several records become several lines: one for
  ///     each relationship, and one for the events of a kind and direction, with their number.
  /// - Throws: `ClewError.usage` when lines of a graph file are to be expanded; `ClewError` when the
  ///   request does not fit the case.
  /// - Complexity: O(n) in the number of claims and events. Of a case that is so large that its networks
  ///   are kept, claims are given only where lines are expanded.
  public func addEvidence(
    to chart: inout Diagram, _ request: ViewRequest, expandsParallel: Bool = false
  ) throws(ClewError) {
    guard isCase else {
      if expandsParallel {
        throw .usage(
          "\(input.name): a graph file has no records behind its ties; --parallel keep draws its own "
            + "parallel ties side by side")
      }
      return
    }
    guard expandsParallel || !isLarge, let extract = try extract(request) else { return }
    for index in chart.nodes.indices {
      chart.nodes[index].claims = extract.claims(about: .entity(chart.nodes[index].id)).map(\.id)
    }
    let projection = try caseStep { () throws(CaseModelError) in try extract.project() }
    var behind: [String: EdgeEvidence] = [:]
    projection.graph.forEachEdge { edge, source, target in
      let ids = [projection.ids[source], projection.ids[target]]
      behind[Self.key(ids)] = projection.evidence[edge]
    }
    let records = Records(extract)
    var edges: [DiagramEdge] = []
    for edge in chart.edges {
      let ids = [chart.nodes[edge.from].id, chart.nodes[edge.to].id]
      guard let evidence = behind[Self.key(ids)], edge.change != .gone else {
        edges.append(edge)
        continue
      }
      guard expandsParallel, evidence.count > 1 else {
        var edge = edge
        edge.claims = evidence.claims
        edge.records = evidence.relationships + evidence.events
        edges.append(edge)
        continue
      }
      edges += records.lines(of: edge, ids, evidence)
    }
    chart.edges = edges
    if expandsParallel {
      chart.widthMeaning = "number of records behind it"
      chart.footnotes.append(
        "Each relationship has a line of its own, and so have the events of a kind and direction.")
    }
  }

  private static func key(_ ids: [String]) -> String { ids.sorted().joined(separator: "\n") }

  // Whether the case is one whose networks are kept beside it.
  private var isLarge: Bool {
    guard let path = casePath else { return false }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? Int ?? 0) >= KeptNetwork.leastByteCount
  }

  /// The relationships and events of an extract, as lines of a chart.
  private struct Records {
    // More lines than this between two icons are a surface.
    static let mostLines = 10

    let extract: CaseExtract
    let relationships: [String: Relationship]
    let events: [String: Event]

    init(_ extract: CaseExtract) {
      self.extract = extract
      relationships = Dictionary(
        uniqueKeysWithValues: extract.relationships.map { ($0.id, $0) })
      events = Dictionary(uniqueKeysWithValues: extract.events.map { ($0.id, $0) })
    }

    func lines(of edge: DiagramEdge, _ ids: [String], _ evidence: EdgeEvidence) -> [DiagramEdge] {
      var lines = evidence.relationships.compactMap { relationships[$0] }.map { relationship in
        line(
          edge, ids, relationship.schema, relationship.ends,
          extract.evidence(for: .relationship(relationship.id)), count: 1,
          records: [relationship.id],
          claims: extract.claims(about: .relationship(relationship.id)).map(\.id))
      }
      var kinds: [String: [Event]] = [:]
      for event in evidence.events.compactMap({ events[$0] }) {
        let sense = self.sense(event.schema, event.participants, ids)
        kinds["\(event.schema) \(sense)", default: []].append(event)
      }
      for key in kinds.keys.sorted() {
        guard let all = kinds[key], let first = all.first else { continue }
        lines.append(
          line(
            edge, ids, first.schema, first.participants,
            all.flatMap { extract.evidence(for: $0) }, count: all.count, records: all.map(\.id),
            claims: all.flatMap { extract.claims(about: .event($0.id)).map(\.id) }))
      }
      if lines.count <= Self.mostLines { return lines }
      // The last stands for all the others.
      var rest = lines[Self.mostLines - 1]
      let others = lines[(Self.mostLines - 1)...]
      rest.label = "\(others.count) more kinds and relationships"
      rest.count = others.reduce(0) { $0 + $1.count }
      rest.weight = Double(rest.count)
      rest.arrow = .none
      rest.records = others.flatMap(\.records)
      rest.claims = others.flatMap(\.claims)
      return Array(lines.prefix(Self.mostLines - 1)) + [rest]
    }

    // 1 where the arc leads from the first to the second, −1 where it leads back, 0 for none or both.
    private func sense(_ schema: String, _ ends: [End], _ ids: [String]) -> Int {
      guard let arc = extract.ontology[schema]?.arc, arc.isDirected else { return 0 }
      func joins(_ a: String, _ b: String) -> Bool {
        ends.contains { $0.role == arc.source && $0.entity == a }
          && ends.contains { $0.role == arc.target && $0.entity == b }
      }
      return (joins(ids[0], ids[1]) ? 1 : 0) - (joins(ids[1], ids[0]) ? 1 : 0)
    }

    private func line(
      _ edge: DiagramEdge, _ ids: [String], _ schema: String, _ ends: [End],
      _ evidence: [Evidence], count: Int, records: [String], claims: [Int]
    ) -> DiagramEdge {
      let grade = extract.grading.strongest(of: evidence.compactMap(\.grade))
      let sense = sense(schema, ends, ids)
      var line = DiagramEdge(
        from: sense < 0 ? edge.to : edge.from, to: sense < 0 ? edge.from : edge.to,
        label: (extract.ontology[schema]?.label.english ?? schema).lowercasedFirst,
        line: Workbench.line(of: grade, extract), weight: Double(count),
        arrow: sense == 0 ? .none : .forward, count: count)
      line.change = edge.change
      line.records = records
      line.claims = claims
      return line
    }
  }
}
