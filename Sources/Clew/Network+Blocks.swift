// SPDX-License-Identifier: Apache-2.0

internal import GraphAlgorithms
internal import GraphCore
internal import Reports

/// Parts that no single node can cut, and the fewest ties that hold parts together, as tables.
extension Network {
  // Blocks of three nodes and more: every other is a tie between two, and those that cut are bridges.
  func blockTable(_ blocks: Blocks, _ cuts: [CutNode]) -> Table {
    let members = blocks.members(in: graph)
    let cutNodes = Set(cuts.map(\.node))
    let shown = members.indices.filter { members[$0].count > 2 }.sorted {
      (members[$0].count, blocks.sizes[$0], $1) > (members[$1].count, blocks.sizes[$1], $0)
    }
    let rest = members.count - shown.count
    return Table(
      key: "blocks",
      title: "\(counted(shown.count, "block")): parts that no single node can cut"
        + (rest > 0 ? "; \(counted(rest, "more block")) of two nodes" : ""),
      columns: [
        .init("block", "Block"), .init("size", "Size"), .init("edges", "Edges"),
        .init("cut-nodes", "Cut nodes in it"), .init("central-members", "Members with most ties"),
      ],
      rows: shown.enumerated().map { index, block in
        [
          .integer(index + 1), .integer(members[block].count), .integer(blocks.sizes[block]),
          .integer(members[block].count { cutNodes.contains($0) }),
          .text(centralMembers(of: members[block])),
        ]
      })
  }

  var forestRecord: ResultDocument.AnalysisRecord {
    ResultDocument.AnalysisRecord(
      word: SpanningForest.name, title: "Spanning forest", options: SpanningForest().optionsJSON,
      convention: Convention(
        direction: "directions ignored",
        weights: graph.weighting == nil
          ? "none: every tie is as good as another"
          : graph.weighting == .length ? "least total length" : "greatest total strength",
        components: "a tree for each component", normalisation: "none; of equal ties the first"),
      reference: SpanningForest.reference)
  }

  func forestTable(_ forest: SpanningTrees) -> Table {
    let isWeighted = graph.weighting != nil
    return Table(
      key: "spanning-forest",
      title: "\(counted(forest.edges.count, "tie")) that hold "
        + "\(counted(forest.treeCount, "component")) together",
      columns: [
        .init("source-id", "From"), .init("source-name", "Name"), .init("target-id", "To"),
        .init("target-name", "Name"), .init("kind", "Kind"), .init("grade", "Grade"),
      ] + (isWeighted ? [.init("weight", "Weight")] : []),
      rows: forest.edges.map { edge in
        let ends = graph.ends(of: edge)
        return [
          .text(items[ends.source].id), .text(items[ends.source].label),
          .text(items[ends.target].id), .text(items[ends.target].label),
          Table.Cell(ties[edge].label), Table.Cell(ties[edge].grade),
        ] + (isWeighted ? [.real(graph.weight(of: edge))] : [])
      })
  }
}
