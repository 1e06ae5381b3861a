// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
internal import GraphCore
public import Reports

extension Network {
  /// What holds the network together: figures of the whole, components, cores, cut nodes, bridges,
  /// blocks and, if asked for, a spanning forest.
  ///
  /// - Parameters:
  ///   - listsForest: whether the fewest ties that hold every component together are listed.
  ///   - run: how it runs.
  /// - Returns: the figures and the tables `cut-nodes`, `bridges`, `blocks`, `components`, `cores` and
  ///   `spanning-forest`.
  /// - Throws: `AnalysisError` when the run is cancelled.
  public func cohesion(
    listsForest: Bool = false, _ run: Run = Run()
  ) throws(AnalysisError) -> ResultDocument {
    let steps = listsForest ? 8 : 7
    let whole = WholeNetwork()
    let figures = try computed(whole, run.part(0, of: steps))
    let components = try computed(ConnectedComponents(.weak), run.part(1, of: steps))
    let cores = try computed(CoreNumber(), run.part(2, of: steps))
    let cuts = try computed(ArticulationPoints(), run.part(3, of: steps))
    let bridges = try computed(Bridges(mergesEdges: true), run.part(4, of: steps))
    let blocks = try computed(BiconnectedComponents(), run.part(5, of: steps))
    let diameters = try computed(Diameter(ofEveryComponent: true), run.part(6, of: steps))
    let forest = listsForest ? try computed(SpanningForest(), run.part(7, of: steps)) : nil
    let undirected = Convention(
      direction: "directions ignored, except for density, reciprocity and strong components",
      weights: "ignored", components: "distances within the largest weak component",
      normalisation: "see the definition of each figure")
    return ResultDocument(
      schema: "clew.cohesion/1", title: "Cohesion of \(input.name)", input: input, view: view,
      analyses: [
        .init(
          word: WholeNetwork.name, title: "Whole network", options: whole.optionsJSON,
          convention: undirected, reference: WholeNetwork.reference),
        .init(
          word: CoreNumber.name, title: "Core number", options: CoreNumber().optionsJSON,
          convention: cores.convention, reference: CoreNumber.reference),
        .init(
          word: ArticulationPoints.name, title: "Cut nodes",
          options: ArticulationPoints().optionsJSON, convention: nil,
          reference: ArticulationPoints.reference),
        .init(
          word: Bridges.name, title: "Bridges", options: Bridges(mergesEdges: true).optionsJSON,
          convention: nil, reference: Bridges.reference),
        .init(
          word: BiconnectedComponents.name, title: "Blocks",
          options: BiconnectedComponents().optionsJSON, convention: nil,
          reference: BiconnectedComponents.reference),
        .init(
          word: Diameter.name, title: "Diameter of each component",
          options: Diameter(ofEveryComponent: true).optionsJSON, convention: nil,
          reference: Diameter.reference),
      ] + (forest == nil ? [] : [forestRecord]),
      figures: Catalogue.networkFigures.map { figure in
        let value = figure.value(figures)
        return .init(
          figure.word, figure.title,
          figure.isCount ? value.map { .integer(Int($0)) } ?? .missing : Table.Cell(value),
          figure.meaning)
      },
      tables: [
        cutNodeTable(cuts), bridgeTable(bridges), blockTable(blocks, cuts),
        componentTable(components, diameters), coreTable(cores),
      ] + (forest.map { [forestTable($0)] } ?? []),
      notices: notices + figures.notes + unrankedNotice + [
        "A cut node or bridge may be one only because ties are missing from what is known."
      ], handling: handling, version: clewVersion)
  }

  func isRanked(_ node: Node) -> Bool { items[node].unranked == nil }

  private func cutNodeTable(_ cuts: [CutNode]) -> Table {
    let order = cuts.filter { items[$0.node].unranked == nil }.sorted {
      ($0.cutOff, $1.node) > ($1.cutOff, $0.node)
    }
    return Table(
      key: "cut-nodes", title: "\(cuts.count) cut nodes: without them parts fall off",
      columns: [
        .init("id", "Id"), .init("name", "Name"), .init("cut-off", "Nodes cut off"),
        .init("parts", "Parts"),
      ],
      rows: order.map { cut in
        [
          .text(items[cut.node].id), .text(items[cut.node].label), .integer(cut.cutOff),
          .integer(cut.parts.count),
        ]
      })
  }

  private func bridgeTable(_ bridges: [Bridge]) -> Table {
    let order = bridges.filter { isRanked($0.source) && isRanked($0.target) }.sorted {
      ($0.cutOff, $1.source, $1.target) > ($1.cutOff, $0.source, $0.target)
    }
    return Table(
      key: "bridges", title: "\(bridges.count) bridges: ties that alone join two sides",
      columns: [
        .init("source-id", "From"), .init("source-name", "Name"), .init("target-id", "To"),
        .init("target-name", "Name"), .init("cut-off", "Nodes on the smaller side"),
      ],
      rows: order.map { bridge in
        [
          .text(items[bridge.source].id), .text(items[bridge.source].label),
          .text(items[bridge.target].id), .text(items[bridge.target].label),
          .integer(bridge.cutOff),
        ]
      })
  }

  private func componentTable(_ components: Partition, _ diameters: [ComponentDiameter]) -> Table {
    Table(
      key: "components", title: "\(counted(components.groupCount, "weak component"))",
      columns: [
        .init("component", "Component"), .init("size", "Size"), .init("diameter", "Diameter"),
        .init("farthest-first", "Farthest from"), .init("farthest-second", "each other"),
        .init("central-members", "Members with most ties"),
      ],
      rows: zip(components.members, diameters).enumerated().map { index, part in
        let (group, diameter) = part
        let isAlone = diameter.first == diameter.second
        return [
          .integer(index + 1), .integer(group.count), .integer(diameter.steps),
          isAlone ? .missing : .text(items[diameter.first].id),
          isAlone ? .missing : .text(items[diameter.second].id),
          .text(centralMembers(of: group)),
        ]
      })
  }

  private func coreTable(_ cores: Scores) -> Table {
    var groups: [Int: [Node]] = [:]
    for node in graph.nodes {
      if let core = cores[node] { groups[Int(core), default: []].append(node) }
    }
    return Table(
      key: "cores", title: "Cores: everyone in core k has k ties within it",
      columns: [
        .init("core", "Core number"), .init("size", "Nodes"),
        .init("central-members", "Members with most ties"),
      ],
      rows: groups.keys.sorted(by: >).map { core in
        let group = groups[core] ?? []
        return [.integer(core), .integer(group.count), .text(centralMembers(of: group))]
      })
  }
}
