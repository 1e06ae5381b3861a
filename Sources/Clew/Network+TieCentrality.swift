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
    let scores = try measure.analysis.scores(in: self, run)
    // A tie stands in the ranking where both of its ends may.
    let shown = Array(
      graph.edges.filter { edge in
        let ends = graph.ends(of: edge)
        return items[ends.source].unranked == nil && items[ends.target].unranked == nil
      })
    let places = Scores(shown.map { scores.values[$0] }, convention: scores.convention).ranking()
    var table = Table(
      key: "ties", title: "Ties by \(measure.title.lowercasedFirst)",
      columns: [
        .init("rank", "Rank"), .init("source-id", "From"), .init("source-name", "Name"),
        .init("target-id", "To"), .init("target-name", "Name"), .init("kind", "Kind"),
        .init("grade", "Grade"), .init(measure.word, measure.title),
      ])
    for place in places {
      let edge = shown[Int(place.node.index)]
      let ends = graph.ends(of: edge)
      let tie = ties[edge]
      table.rows.append([
        .integer(place.rank), .text(items[ends.source].id), .text(items[ends.source].label),
        .text(items[ends.target].id), .text(items[ends.target].label), .init(tie.label),
        .init(tie.grade), .real(place.score),
      ])
    }
    return ResultDocument(
      schema: "clew.tie-centrality/1", title: "Central ties in \(input.name)", input: input,
      view: view,
      analyses: [
        .init(
          word: measure.word, title: measure.title, options: measure.analysis.optionsJSON,
          convention: scores.convention, reference: measure.analysis.citation)
      ], tables: [table], notices: notices + unrankedNotice + [Self.rankingCaveat],
      handling: handling,
      version: clewVersion)
  }
}

extension Analysis where Output == EdgeScores {
  fileprivate func scores(in network: Network, _ run: Run) throws(AnalysisError) -> EdgeScores {
    try network.computed(self, run)
  }
}
