// SPDX-License-Identifier: Apache-2.0

internal import GraphCore
public import Interchange

extension Network {
  /// The network as a graph file that other programs read: nodes with name, schema, role and
  /// category, edges with kind, standing, grade, number of records and,
  /// where the graph ignores it, the direction that the records give.
  ///
  /// The graph itself bears the handling code, the view, the hash of the input and the sentence that
  /// association is not guilt, where the format has a place for them (GraphML).
  ///
  /// - Parameter anchor: number and hash of the log's entry on this disclosure.
  /// - Returns: the document.
  public func document(anchor: String? = nil) -> GraphDocument {
    var sources: [Int32] = []
    var targets: [Int32] = []
    graph.forEachEdge { _, source, target in
      sources.append(source.index)
      targets.append(target.index)
    }
    var document = GraphDocument(
      name: input.name, direction: graph.direction, nodeIDs: items.values.map(\.id),
      sources: sources, targets: targets)
    document.nodeLabels = items.values.map(\.label)
    document.nodeColumns = [
      column("name", items.values.map(\.label)), column("schema", items.values.map(\.schema)),
      column("detail", items.values.map(\.detail)),
      column("category", items.values.map(\.category)),
      column("kind", items.values.map { $0.kind?.rawValue }),
      column("unranked", items.values.map(\.unranked)),
    ].compactMap(\.self)
    var edgeColumns = [
      column("kind", ties.values.map(\.label)),
      column("standing", ties.values.map(\.standing.rawValue)),
      column("grade", ties.values.map(\.grade)), column("arrow", ties.values.map(\.arrow.word)),
      AttributeColumn(name: "records", values: .integer(ties.values.map { Int64($0.count) })),
    ].compactMap(\.self)
    if let weighting = graph.weighting, let weights = graph.edgeWeights {
      edgeColumns.append(AttributeColumn(name: weighting.rawValue, values: .real(Array(weights))))
    }
    document.edgeColumns = edgeColumns
    document.graphAttributes =
      [handling.map { ("handling", $0) }].compactMap(\.self)
      + view.map { ($0.name, plainText($0.value)) }
      + [
        ("input", input.name), ("input-sha256", input.sha256), ("caveat", Self.rankingCaveat),
      ] + (anchor.map { [("log", $0)] } ?? [])
    return document
  }

  // A column of nothing but missing values says nothing.
  private func column(_ name: String, _ values: [String?]) -> AttributeColumn? {
    values.contains { $0 != nil } ? AttributeColumn(name: name, values: .text(values)) : nil
  }
}

extension Network.Arrow {
  /// The direction in a word; nil for none.
  fileprivate var word: String? {
    switch self {
    case .none: nil
    case .forward: "forward"
    case .backward: "backward"
    case .both: "both"
    }
  }
}
