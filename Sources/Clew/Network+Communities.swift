// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
internal import GraphCore
public import Reports

extension Network {
  /// The communities of the network.
  ///
  /// - Throws: `AnalysisError` when a weight is negative or the run is cancelled.
  public func communities(
    _ analysis: Leiden = Leiden(), _ run: Run = Run()
  ) throws(AnalysisError) -> Communities {
    do { return try analysis(graph, run) } catch { throw explained(error) }
  }

  /// The communities of the network as a document.
  ///
  /// - Returns: two tables: `communities` (size, ties inside and out, the members with most ties)
  ///   and `members` (the community of each node).
  /// - Throws: `AnalysisError`, as `communities`.
  public func communityDocument(
    _ analysis: Leiden = Leiden(), _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    let found = try communities(analysis, run)
    let members = found.partition.members
    var communities = Table(
      key: "communities", title: "\(members.count) communities",
      columns: [
        .init("community", "Community"), .init("size", "Size"),
        .init("internal-ties", "Ties inside"), .init("external-ties", "Ties out"),
        .init("central-members", "Members with most ties"),
      ])
    for (index, group) in members.enumerated() {
      communities.rows.append([
        .integer(index + 1), .integer(group.count), .integer(found.ties[index].internalEdges),
        .integer(found.ties[index].externalEdges), .text(centralMembers(of: group)),
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
    var figures = [
      ResultDocument.Figure("communities", "Communities", .integer(members.count)),
      .init(
        "modularity", "Modularity", Table.Cell(found.modularity),
        "share of tie strength inside communities beyond what chance would put there"),
      .init("searches", "Searches", .integer(found.runs)),
    ]
    if found.modularity != nil {
      figures.append(
        .init(
          "searches-at-best", "Searches that found it", .integer(found.runsAtBest),
          "few of many mean that other divisions are nearly as good"))
    }
    return ResultDocument(
      schema: "clew.communities/1", title: "Communities in \(input.name)", input: input, view: view,
      analyses: [
        .init(
          word: Leiden.name, title: "Leiden", options: analysis.optionsJSON,
          convention: found.convention, reference: Leiden.reference)
      ],
      figures: figures, tables: [communities, table],
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
