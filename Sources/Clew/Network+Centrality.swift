// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
internal import GraphCore
public import Reports

extension Network {
  /// The sentence that stands under every ranking.
  public static let rankingCaveat =
    "Scores describe the recorded ties, not the persons: a high score is a question to ask, and "
    + "association is not guilt."

  /// Scores every node by the measures and ranks by the first of them.
  ///
  /// A measure that is not defined on this network leaves its column empty, and a notice says why.
  /// Nodes that take no place in rankings (`Item.unranked`) are counted in a notice.
  ///
  /// - Parameters:
  ///   - measures: what is computed; `Catalogue.nodeMeasures` lists what there is.
  ///   - run: how it runs.
  /// - Returns: one table, `nodes`, with a row for each ranked node.
  /// - Throws: `AnalysisError` when none of the measures is defined on this network, or when the run
  ///   is cancelled.
  public func centrality(
    _ measures: [NodeMeasure], _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    var columns: [(measure: NodeMeasure, scores: Scores?)] = []
    var remarks: [String] = []
    var lastError: AnalysisError?
    for (index, measure) in measures.enumerated() {
      do {
        let part = run.part(index, of: measures.count)
        columns.append((measure, try measure.analysis.scores(in: self, part)))
      } catch .cancelled {
        throw .cancelled
      } catch .tooMuchMemory(let analysis, let needed, let limit) {
        throw .tooMuchMemory(analysis: analysis, needed: needed, limit: limit)
      } catch {
        columns.append((measure, nil))
        remarks.append("\(measure.title) is left empty: \(error)")
        lastError = error
      }
    }
    if let lastError, columns.allSatisfy({ $0.scores == nil }) { throw lastError }

    for (measure, scores) in columns where scores != nil {
      guard let places = measure.places else { continue }
      remarks.append(
        "\(measure.title) is scored for its first \(counted(places, "place")) alone; an empty cell says "
          + "that a node is not among them")
    }
    let leading = columns.first { $0.scores != nil }
    let table = rankingTable(columns, leading?.measure, leading?.scores)
    return ResultDocument(
      schema: "clew.centrality/1", title: "Centrality in \(input.name)", input: input, view: view,
      analyses: columns.map { record(of: $0.measure, $0.scores) }, tables: [table],
      notices: notices + remarks + unrankedNotice + [Self.rankingCaveat], handling: handling,
      version: clewVersion)
  }

  private func rankingTable(
    _ columns: [(measure: NodeMeasure, scores: Scores?)], _ measure: NodeMeasure?,
    _ leading: Scores?
  ) -> Table {
    var places = places(leading)
    if let last = measure?.places { places.removeAll { $0.rank ?? .max > last } }
    let isCase = items.values.contains { $0.schema != nil }
    var head = [Table.Column("rank", "Rank"), .init("id", "Id"), .init("name", "Name")]
    if isCase { head.append(.init("schema", "Schema")) }
    var table = Table(
      key: "nodes",
      title: "Nodes by \((measure?.title ?? "order of the input").lowercasedFirst)"
        + " (\(places.count) of \(graph.nodeCount) ranked)",
      columns: head + columns.map { .init($0.measure.word, $0.measure.title) })
    for place in places {
      var row: [Table.Cell] = [
        place.rank.map(Table.Cell.integer) ?? .missing, .text(items[place.node].id),
        .text(items[place.node].label),
      ]
      if isCase { row.append(Table.Cell(items[place.node].schema)) }
      row += columns.map { cell($0.measure, $0.scores?[place.node]) }
      table.rows.append(row)
    }
    return table
  }

  private func places(_ leading: Scores?) -> [(node: Node, rank: Int?)] {
    let shown = graph.nodes.filter { items[$0].unranked == nil }
    guard let leading else { return shown.map { ($0, nil) } }
    let undefined = shown.filter { leading[$0] == nil }
    return ranking(of: leading).map { ($0.node, $0.rank) } + undefined.map { ($0, nil) }
  }

  private func cell(_ measure: NodeMeasure, _ score: Double?) -> Table.Cell {
    guard let score else { return .missing }
    return measure.isCount ? .integer(Int(score)) : .real(score)
  }

  var unrankedNotice: [String] {
    var reasons: [String: Int] = [:]
    for item in items.values { if let reason = item.unranked { reasons[reason, default: 0] += 1 } }
    return reasons.keys.sorted().map { reason in
      "\(reasons[reason] ?? 0) left out of the ranking (\(reason)); they stay in the network. "
        + "--include with --reason ranks them."
    }
  }

  private func record(of measure: NodeMeasure, _ scores: Scores?) -> ResultDocument.AnalysisRecord {
    ResultDocument.AnalysisRecord(
      word: measure.word, title: measure.title, options: measure.analysis.optionsJSON,
      convention: scores?.convention, reference: measure.analysis.citation)
  }
}

extension Analysis where Output == Scores {
  func scores(in network: Network, _ run: Run) throws(AnalysisError) -> Scores {
    try network.scores(self, run)
  }
}

extension Analysis { var citation: Citation { Self.reference } }

extension Run {
  /// The run of one of several steps: its progress is that part of the whole.
  func part(_ index: Int, of count: Int) -> Run {
    var part = self
    if let progress {
      part.progress = { done in progress((Double(index) + done) / Double(count)) }
    }
    return part
  }
}

extension String {
  /// The text as it stands inside a sentence: PageRank stays PageRank, and Katz is a name.
  var lowercasedFirst: String {
    let word = prefix { $0 != " " }
    return word == "Katz" || word.dropFirst().contains(where: \.isUppercase)
      ? self : prefix(1).lowercased() + dropFirst()
  }
}
