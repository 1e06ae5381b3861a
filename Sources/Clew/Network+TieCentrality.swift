// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
internal import GraphCore
public import Reports

extension Network {
  /// Scores every tie by a measure and ranks by it.
  ///
  /// - Parameters:
  ///   - measure: what is computed; `Catalogue.edgeMeasures` lists what there is.
  ///   - run: how it runs.
  /// - Returns: one table, `ties`, with a row for each tie.
  /// - Throws: `AnalysisError` when the measure is not defined on this network, or when the run is
  ///   cancelled.
  public func tieCentrality(
    _ measure: EdgeMeasure, _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    let scores: EdgeScores
    do { scores = try measure.analysis.scores(of: graph, run) } catch { throw explained(error) }
    let values = scores.values.values
    let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
    var table = Table(
      key: "ties", title: "Ties by \(measure.title.lowercasedFirst)",
      columns: [
        .init("rank", "Rank"), .init("source-id", "From"), .init("source-name", "Name"),
        .init("target-id", "To"), .init("target-name", "Name"), .init("kind", "Kind"),
        .init("grade", "Grade"), .init(measure.word, measure.title),
      ])
    var rank = 0
    for (place, index) in order.enumerated() {
      // Ties within one part in 10⁹ share a rank, as in the ranking of nodes.
      let isTied =
        place > 0
        && values[order[place - 1]] - values[index] <= abs(values[order[place - 1]]) * 1e-9
      if !isTied { rank = place + 1 }
      let ends = graph.ends(of: Edge(index))
      let tie = ties[Edge(index)]
      table.rows.append([
        .integer(rank), .text(items[ends.source].id), .text(items[ends.source].label),
        .text(items[ends.target].id), .text(items[ends.target].label), .init(tie.label),
        .init(tie.grade), .real(values[index]),
      ])
    }
    return ResultDocument(
      schema: "clew.tie-centrality/1", title: "Central ties in \(input.name)", input: input,
      view: view,
      analyses: [
        .init(
          word: measure.word, title: measure.title, options: measure.analysis.optionsJSON,
          convention: scores.convention, reference: measure.analysis.citation)
      ], tables: [table], notices: notices + [Self.rankingCaveat], handling: handling,
      version: clewVersion)
  }
}

extension Analysis where Output == EdgeScores {
  fileprivate func scores(of graph: Graph, _ run: Run) throws(AnalysisError) -> EdgeScores {
    try self(graph, run)
  }
}
