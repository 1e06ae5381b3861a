// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
public import GraphCore
public import Reports

extension Network {
  /// How far every node is from one, and through whom.
  ///
  /// - Parameters:
  ///   - source: the node that the ways start at.
  ///   - ties: which way the arcs of a directed network are followed: away from the node
  ///     (`outgoing`), towards it (`incoming`) or both (`total`).
  ///   - limit: the largest distance that is listed; nil for all.
  ///   - run: how it runs.
  /// - Returns: the tables `distances`, a row for each node that a way leads to, the nearest first, and,
  ///   where ties have no lengths, `layers`, how many nodes stand at each distance.
  /// - Throws: `AnalysisError` when a weight is not positive or the run is cancelled.
  public func distances(
    from source: Node, along ties: Ties = .outgoing, within limit: Double? = nil, _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    let analysis = ShortestPaths(from: source, along: ties)
    let paths = try computed(analysis, run)
    let isWeighted = graph.weighting != nil
    let reached = graph.nodes.compactMap { node in
      node == source ? nil : paths.distance(to: node).map { (node: node, distance: $0) }
    }
    let order = reached.filter { $0.distance <= limit ?? .infinity }
      .sorted { ($0.distance, $0.node) < ($1.distance, $1.node) }
    func cell(_ distance: Double) -> Table.Cell {
      isWeighted ? .real(distance) : .integer(Int(distance))
    }
    let isCase = items.values.contains { $0.schema != nil }
    let isTowards = ties == .incoming && graph.direction == .directed
    let table = Table(
      key: "distances",
      title: "\(isTowards ? "To" : "From") \(items[source].label): \(counted(order.count, "node"))"
        + (limit.map { " no farther than \(Int(exactly: $0).map(String.init) ?? "\($0)")" } ?? ""),
      columns: [.init("distance", "Distance"), .init("id", "Id"), .init("name", "Name")]
        + (isCase ? [.init("schema", "Schema")] : [])
        + [.init("through-id", "Through"), .init("through-name", "Name")],
      rows: order.map { node, distance in
        let before = paths.predecessor(of: node)
        return [cell(distance), .text(items[node].id), .text(items[node].label)]
          + (isCase ? [Table.Cell(items[node].schema)] : [])
          + (before == source
            ? [.missing, .missing]
            : [Table.Cell(before.map { items[$0].id }), Table.Cell(before.map { items[$0].label })])
      })
    let farthest = reached.map(\.distance).max()
    return ResultDocument(
      schema: "clew.distances/1", title: "Distances in \(input.name)", input: input, view: view,
      analyses: [distanceRecord(analysis)],
      figures: [
        .init("reached", "Reached", .integer(reached.count), "nodes that a way leads to"),
        .init(
          "not-reached", "Not reached", .integer(graph.nodeCount - 1 - reached.count),
          "nodes that no recorded way leads to"),
        .init(
          "farthest", "Farthest", farthest.map(cell) ?? .missing,
          isWeighted ? "the largest distance" : "the largest distance, in ties"),
      ],
      tables: [table] + (isWeighted ? [] : [layerTable(reached.map { Int($0.distance) })]),
      notices: notices + [
        "Ties that are missing from what is known can only make the true distance shorter. To be near "
          + "somebody is not evidence of an offence."
      ], handling: handling, version: clewVersion)
  }

  private func layerTable(_ distances: [Int]) -> Table {
    var layers = [Int](repeating: 0, count: (distances.max() ?? 0) + 1)
    for distance in distances { layers[distance] += 1 }
    var sum = 0
    return Table(
      key: "layers", title: "How many at each distance",
      columns: [
        .init("distance", "Distance"), .init("nodes", "Nodes"), .init("cumulative", "So far"),
      ],
      rows: layers.enumerated().dropFirst().map { distance, count in
        sum += count
        return [.integer(distance), .integer(count), .integer(sum)]
      })
  }

  private func distanceRecord(_ analysis: ShortestPaths) -> ResultDocument.AnalysisRecord {
    let direction =
      switch analysis.ties {
      case .outgoing: "directed: along the arcs, away from the node"
      case .incoming: "directed: along the arcs, towards the node"
      case .total: "directions ignored"
      }
    return ResultDocument.AnalysisRecord(
      word: ShortestPaths.name, title: "Distances", options: analysis.optionsJSON,
      convention: Convention(
        direction: graph.direction == .undirected
          ? "undirected" : direction,
        weights: graph.weighting == nil
          ? "none: every tie has length 1"
          : graph.weighting == .length ? "length as given" : "length = 1 / strength",
        components: "no way leads between parts that are not connected",
        normalisation: "none; of equally short ways one, chosen by the order of the nodes"),
      reference: ShortestPaths.reference)
  }
}
