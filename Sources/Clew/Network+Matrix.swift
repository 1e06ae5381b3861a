// SPDX-License-Identifier: Apache-2.0

public import Diagrams
public import GraphAlgorithms
internal import GraphCore

extension Network {
  /// The association matrix of the network: a row and a column for each entity, by group and then by
  /// the number of ties.
  ///
  /// - Parameters:
  ///   - title: the line at the top.
  ///   - groups: the groups that stand together; nil for the number of ties alone.
  ///   - groupMeaning: how the groups were found.
  ///   - limit: how many entities are shown, those with most ties; at most
  ///     `MatrixDiagram.mostItems`.
  ///   - page: the sheet.
  /// - Returns: a matrix that `DiagramRenderer` draws.
  public func matrix(
    title: String, groups: Partition? = nil, groupMeaning: String = "Leiden communities",
    limit: Int = MatrixDiagram.mostItems, page: Page = .a3Landscape
  ) -> MatrixDiagram {
    var matrix = MatrixDiagram(title: title)
    matrix.page = page
    let degree = NodeMap(
      graph.nodes.map { node in
        graph.arcs(from: node).count
          + (graph.direction == .directed ? graph.arcs(into: node).count : 0)
      })
    let tied = graph.nodes.filter { degree[$0] > 0 }.sorted {
      (degree[$1], $0.index) < (degree[$0], $1.index)
    }
    let shown = tied.prefix(max(1, min(limit, MatrixDiagram.mostItems)))
    // The groups in the order of their sizes among what is shown.
    var members: [Int: [Node]] = [:]
    for node in shown { members[groups.map { Int($0.group[node]) } ?? 0, default: []].append(node) }
    let order = members.keys.sorted {
      (members[$1]?.count ?? 0, $0) < (members[$0]?.count ?? 0, $1)
    }
    var row = NodeMap<Int?>(repeating: nil, count: graph.nodeCount)
    for (index, group) in order.enumerated() {
      for node in members[group] ?? [] {
        row[node] = matrix.items.count
        matrix.items.append(
          .init(
            id: items[node].id, label: items[node].label, group: groups == nil ? nil : index))
      }
    }
    graph.forEachEdge { edge, source, target in
      guard let from = row[source], let to = row[target], from != to else { return }
      let tie = ties[edge]
      let line = DiagramEdge.Line(rawValue: tie.standing.rawValue) ?? .unconfirmed
      let detail = [tie.label, tie.grade].compactMap(\.self).joined(separator: ", ")
      func add(_ row: Int, _ column: Int) {
        matrix.cells.append(
          .init(
            row: row, column: column, count: max(1, tie.count), line: line,
            detail: detail.isEmpty ? nil : detail))
      }
      add(from, to)
      if graph.direction == .undirected { add(to, from) }
    }
    matrix.cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    matrix.handling = handling.map { "HANDLING \($0)" }
    let isPart = shown.count < tied.count
    matrix.subtitles = [
      "\(matrix.items.count) entities, \(graph.edgeCount) ties in the view"
        + (groups == nil ? ", ordered by the number of ties" : ", ordered by \(groupMeaning)")
        + (graph.direction == .directed ? "; rows lead to columns" : "")
        + (isPart ? "; the \(shown.count) with most ties of \(tied.count) are shown" : ""),
      "\(input.kind) \(input.name), \(input.hashName) \(input.sha256.prefix(12))…",
    ]
    let alone = graph.nodeCount - tied.count
    matrix.footnotes =
      (alone > 0
        ? [
          alone == 1
            ? "1 entity without a tie is not shown."
            : "\(alone) entities without a tie are not shown."
        ] : [])
      + notices.filter { !$0.contains("--") }.map { notice in
        notice.prefix(1).uppercased() + notice.dropFirst() + (notice.hasSuffix(".") ? "" : ".")
      }
    return matrix
  }
}
