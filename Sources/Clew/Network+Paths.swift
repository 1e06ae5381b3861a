// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
public import GraphCore
public import Reports

extension Network {
  /// The node that a person names: by its identifier, or by a name that only one node has.
  ///
  /// - Throws: `ClewError.usage` when there is none, or several have the name.
  public func node(named text: String) throws(ClewError) -> Node {
    if let node = node(id: text) { return node }
    let named = graph.nodes.filter { items[$0].label == text }
    guard let first = named.first else {
      throw .usage(
        "\(text): not in this network; `clew find` shows the ids of a case, and the view may leave "
          + "it out")
    }
    guard named.count == 1 else {
      throw .usage(
        "\(text): \(named.count) nodes have this name; give an id: "
          + named.prefix(5).map { items[$0].id }.joined(separator: ", "))
    }
    return first
  }

  /// A shortest way between two nodes, tie by tie with what stands behind each.
  ///
  /// - Returns: one table, `path`, with a row for each tie; no row where no way leads.
  /// - Throws: `AnalysisError` when a weight is not positive or the run is cancelled.
  public func path(
    from source: Node, to target: Node, _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    let analysis = ShortestPaths(from: source, to: target)
    let found = try computed(analysis, run).path(to: target)
    var table = Table(
      key: "path",
      title: "From \(items[source].label) to \(items[target].label)",
      columns: [
        .init("step", "Step"), .init("source-id", "From"), .init("source-name", "Name"),
        .init("target-id", "To"), .init("target-name", "Name"), .init("kind", "Kind"),
        .init("grade", "Grade"), .init("records", "Records"), .init("weight", "Weight"),
      ])
    for (step, edge) in (found?.edges ?? []).enumerated() {
      guard let found else { break }
      let (a, b) = (found.nodes[step], found.nodes[step + 1])
      table.rows.append([
        .integer(step + 1), .text(items[a].id), .text(items[a].label), .text(items[b].id),
        .text(items[b].label), Table.Cell(ties[edge].label), Table.Cell(ties[edge].grade),
        .integer(ties[edge].count),
        graph.edgeWeights == nil ? .missing : .real(graph.weight(of: edge)),
      ])
    }
    let isWeighted = graph.weighting != nil
    let figures = [
      ResultDocument.Figure(
        "ties", "Ties", found.map { .integer($0.edges.count) } ?? .missing,
        found == nil ? "no way leads from the one to the other" : ""),
      .init(
        "length", "Length", Table.Cell(found?.length),
        isWeighted ? "the sum of the lengths" : "in ties"),
    ]
    return ResultDocument(
      schema: "clew.path/1", title: "A shortest way in \(input.name)", input: input, view: view,
      analyses: [
        .init(
          word: ShortestPaths.name, title: "Shortest path", options: analysis.optionsJSON,
          convention: Convention(
            direction: graph.direction == .undirected ? "undirected" : "directed: along the arcs",
            weights: isWeighted
              ? (graph.weighting == .length ? "length as given" : "length = 1 / strength")
              : "none: every tie has length 1",
            components: "no way leads between parts that are not connected",
            normalisation: "none; of equally short ways one, chosen by the order of the nodes"),
          reference: ShortestPaths.reference)
      ], figures: figures, tables: [table],
      notices: notices + [
        "A way through recorded ties is a line of inquiry: it does not show that anything passed along it."
      ], handling: handling, version: clewVersion)
  }
}
