// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import CaseStore
public import GraphAlgorithms
internal import GraphCore
public import Reports

extension CaseStore {
  /// Why an entity has the score it has: its place, the ties behind it, and what each source does to
  /// it.
  ///
  /// - Parameters:
  ///   - id: the entity.
  ///   - measure: the measure.
  ///   - request: what of the case is looked at.
  ///   - dropped: sources without which all is computed; the score with them is shown beside.
  ///   - run: how it is computed.
  /// - Returns: the tables `ties`, with the evidence of each tie of the entity, and `sources`, with
  ///   the score and the rank without each of them.
  /// - Throws: `ClewError` when there is no such entity in the view, or no such source.
  public func scoreDocument(
    _ id: String, _ measure: NodeMeasure, _ request: ViewRequest, without dropped: [String],
    _ run: Run = Run()
  ) throws(ClewError) -> ResultDocument {
    let request = try resolved(request)
    let input = try resultInput()
    let extract = try extract(request, without: dropped)
    let network = try Network(extract: extract, request: request, input: input)
    guard let node = network.node(id: id) else {
      throw .usage("\(id): not in the network of this view; clew find shows the ids of a case")
    }
    if let reason = network.items[node].unranked {
      throw .usage(
        "\(id): takes no place in rankings (\(reason)); --include with --reason ranks the category in "
          + "clew centrality")
    }
    let own = try place(of: id, measure, network, run)
    var sources = Table(
      key: "sources", title: "Without one more source",
      columns: [
        .init("source", "Without"), .init("score", "Score"), .init("rank", "Rank"),
        .init("change", "Change of score"), .init("ties", "Ties left"),
      ])
    for source in extract.sources where !dropped.contains(source) {
      let other = try Network(
        extract: self.extract(request, without: dropped + [source]), request: request, input: input)
      let there = other.node(id: id).map { other.graph.arcs(from: $0).count }
      let place = there == nil ? nil : try place(of: id, measure, other, run)
      sources.rows.append([
        .text(source), .init(place?.score), place.map { .integer($0.rank) } ?? .missing,
        .init(place.map { $0.score - (own?.score ?? 0) }), .integer(there ?? 0),
      ])
    }
    var figures: [ResultDocument.Figure] = [
      .init("score", measure.title, .init(own?.score)),
      .init(
        "rank", "Rank", own.map { .integer($0.rank) } ?? .missing,
        "of \(network.ranking(of: try scores(measure, network, run)).count) ranked"),
    ]
    if !dropped.isEmpty {
      let whole = try Network(
        extract: self.extract(request, without: []), request: request, input: input)
      let before = whole.node(id: id) == nil ? nil : try place(of: id, measure, whole, run)
      figures += [
        .init(
          "score-with", "\(measure.title) with \(dropped.joined(separator: ", "))",
          .init(before?.score)),
        .init("rank-with", "Rank with it", before.map { .integer($0.rank) } ?? .missing),
      ]
    }
    return ResultDocument(
      schema: "clew.why-score/1",
      title: "Why \(network.items[node].label) has this \(measure.title.lowercased())",
      input: input, view: network.view + without(dropped),
      analyses: [
        .init(
          word: measure.word, title: measure.title, options: measure.analysis.optionsJSON,
          convention: try scores(measure, network, run).convention,
          reference: measure.analysis.citation)
      ], figures: figures, tables: [ties(of: node, in: network), sources],
      notices: network.notices + [
        "the claims and events behind each tie: clew why CASE \(id) OTHER", Network.rankingCaveat,
      ], handling: network.handling, version: clewVersion)
  }

  /// What counts of the case in a view without some sources; most of its events are gathered.
  ///
  /// - Throws: `ClewError` when the request does not fit the case, or has no such source.
  func extract(
    _ request: ViewRequest, without dropped: [String]
  ) throws(ClewError) -> CaseExtract {
    do {
      return try survey(without: Set(dropped)) { contents, furtherSchemes in
        try check(dropped, contents)
        return (
          try request.caseView(of: contents, furtherSchemes: furtherSchemes),
          request.weight?.property
        )
      }.extract
    } catch { throw ClewError(error) }
  }

  func without(_ dropped: [String]) -> [(name: String, value: JSONValue)] {
    dropped.isEmpty ? [] : [("without", .array(dropped.map(JSONValue.string)))]
  }

  func check(_ dropped: [String], _ contents: CaseContents) throws(ClewError) {
    let known = contents.sources.map(\.name)
    for name in dropped where !known.contains(name) {
      throw ClewError(CaseStoreError.noSource(name, known: known))
    }
  }

  private func ties(of node: Node, in network: Network) -> Table {
    var table = Table(
      key: "ties", title: "Its ties",
      columns: [
        .init("id", "Id"), .init("name", "Name"), .init("kind", "Kind"), .init("grade", "Grade"),
        .init("standing", "Standing"), .init("records", "Records"), .init("weight", "Weight"),
      ])
    func add(_ other: Node, _ edge: Edge) {
      let tie = network.ties[edge]
      table.rows.append([
        .text(network.items[other].id), .text(network.items[other].label), .init(tie.label),
        .init(tie.grade), .text(tie.standing.rawValue), .integer(tie.count),
        network.graph.edgeWeights == nil ? .missing : .real(network.graph.weight(of: edge)),
      ])
    }
    for arc in network.graph.arcs(from: node) { add(arc.target, arc.edge) }
    if network.graph.direction == .directed {
      for arc in network.graph.arcs(into: node) { add(arc.target, arc.edge) }
    }
    return table
  }

  private func scores(
    _ measure: NodeMeasure, _ network: Network, _ run: Run
  ) throws(ClewError) -> Scores {
    do { return try measure.analysis.scores(in: network, run) } catch { throw ClewError(error) }
  }

  private func place(
    of id: String, _ measure: NodeMeasure, _ network: Network, _ run: Run
  ) throws(ClewError) -> (score: Double, rank: Int)? {
    network.ranking(of: try scores(measure, network, run))
      .first { network.items[$0.node].id == id }.map { ($0.score, $0.rank) }
  }
}
