// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
internal import GraphCore
public import Reports

extension Network {
  /// The communities of the network.
  ///
  /// - Throws: `AnalysisError` when a weight is negative or the run is cancelled.
  public func communities(
    _ analysis: some Analysis<Communities> = Leiden(), _ run: Run = Run()
  ) throws(AnalysisError) -> Communities {
    try computed(analysis, run)
  }

  /// The communities of the network as a document.
  ///
  /// - Returns: two tables: `communities` (size, ties inside and out, the members with most ties)
  ///   and `members` (the community of each node).
  /// - Throws: `AnalysisError`, as `communities`.
  public func communityDocument(
    _ analysis: some Analysis<Communities> = Leiden(), title: String = "Leiden", _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    let found = try communities(analysis, run)
    var figures = [
      ResultDocument.Figure(
        "modularity", "Modularity", Table.Cell(found.modularity),
        "share of tie strength inside communities beyond what chance would put there")
    ]
    if let quality = found.quality, quality != found.modularity {
      figures.append(
        .init(
          "quality", "Quality", Table.Cell(quality), "what the search made as large as it could"))
    }
    figures += searchFigures(found.runs, atBest: found.modularity == nil ? nil : found.runsAtBest)
    return document(
      found.partition, found.ties, figures,
      .init(
        word: type(of: analysis).name, title: title, options: analysis.optionsJSON,
        convention: found.convention, reference: type(of: analysis).reference))
  }

  /// The modules of flow in the network as a document with the tables of `communityDocument`.
  ///
  /// - Throws: `AnalysisError` when the weights are no strengths or the run is cancelled.
  public func communityDocument(
    _ analysis: Infomap, _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    let found = try computed(analysis, run)
    let figures = [
      ResultDocument.Figure(
        "codelength", "Bits a step", Table.Cell(found.codelength),
        "how briefly a walk along the ties can be told with these communities"),
      .init(
        "one-module", "Bits a step without communities", Table.Cell(found.oneModule),
        "where little is saved, there are no communities to speak of"),
    ]
    return document(
      found.partition, found.ties,
      figures + searchFigures(found.runs, atBest: found.runsAtBest),
      .init(
        word: Infomap.name, title: "Infomap", options: analysis.optionsJSON,
        convention: found.convention, reference: Infomap.reference))
  }

  private func searchFigures(_ runs: Int, atBest: Int?) -> [ResultDocument.Figure] {
    let searches = ResultDocument.Figure("searches", "Searches", .integer(runs))
    guard let atBest else { return [searches] }
    return [
      searches,
      .init(
        "searches-at-best", "Searches that found it", .integer(atBest),
        "few of many mean that other divisions are nearly as good"),
    ]
  }

  private func document(
    _ partition: Partition, _ ties: [GroupTies], _ figures: [ResultDocument.Figure],
    _ analysis: ResultDocument.AnalysisRecord
  ) -> ResultDocument {
    let members = partition.members
    var communities = Table(
      key: "communities", title: "\(members.count) communities",
      columns: [
        .init("community", "Community"), .init("size", "Size"),
        .init("internal-ties", "Ties inside"), .init("external-ties", "Ties out"),
        .init("central-members", "Members with most ties"),
      ])
    for (index, group) in members.enumerated() {
      communities.rows.append([
        .integer(index + 1), .integer(group.count), .integer(ties[index].internalEdges),
        .integer(ties[index].externalEdges), .text(centralMembers(of: group)),
      ])
    }
    let isCase = items.values.contains { $0.schema != nil }
    var table = Table(
      key: "members", title: "Members",
      columns: [.init("community", "Community"), .init("id", "Id"), .init("name", "Name")]
        + (isCase ? [.init("schema", "Schema")] : []) + [.init("degree", "Ties")])
    for (index, group) in members.enumerated() {
      for node in group {
        table.rows.append(
          [.integer(index + 1), .text(items[node].id), .text(items[node].label)]
            + (isCase ? [Table.Cell(items[node].schema)] : [])
            + [.integer(graph.degree(of: node))])
      }
    }
    let count = ResultDocument.Figure("communities", "Communities", .integer(members.count))
    return ResultDocument(
      schema: "clew.communities/1", title: "Communities in \(input.name)", input: input, view: view,
      analyses: [analysis], figures: [count] + figures, tables: [communities, table],
      notices: notices + [
        "Communities are a proposal: groups with more ties inside than chance would put there. "
          + "Membership is not evidence of an offence."
      ], handling: handling, version: clewVersion)
  }

  /// The three names of a group that have most ties, for people to know it by.
  func centralMembers(of group: [Node]) -> String {
    group.filter { items[$0].unranked == nil }
      .sorted { (graph.degree(of: $0), $1) > (graph.degree(of: $1), $0) }
      .prefix(3).map { items[$0].label }.joined(separator: ", ")
  }
}
