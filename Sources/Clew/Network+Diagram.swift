// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Diagrams
public import GraphAlgorithms
internal import GraphCore
internal import Interchange

extension Graph {
  /// Calls `body` with each edge of a node and the node at its other end.
  fileprivate func forEachNeighbour(of node: Node, _ body: (Edge, Node) -> Void) {
    for arc in arcs(from: node) { body(arc.edge, arc.target) }
    if direction == .directed { for arc in arcs(into: node) { body(arc.edge, arc.target) } }
  }
}

extension Network {
  /// A link chart of the network.
  ///
  /// - Parameters:
  ///   - title: the line at the top.
  ///   - size: the measure that sets the size of the icons; nil for one size.
  ///   - sizeMeaning: what the size means, for the legend; needed with `size`.
  ///   - groups: the groups drawn as regions; nil for none.
  ///   - groupMeaning: how the groups were found, for the line under the title.
  ///   - flagged: the ids of entities that bear a red ring.
  ///   - page: the sheet.
  ///   - pins: where entities stood on an earlier chart: they stand there again, in the regions that they
  ///     had, and new ones in the region that they have most ties to.
  /// - Returns: a diagram that `DiagramRenderer` draws and `write(to:)` writes.
  public func diagram(
    title: String, size: Scores? = nil, sizeMeaning: String = "betweenness",
    groups: Partition? = nil, groupMeaning: String = "Leiden communities",
    flagged: Set<String> = [], page: Page = .a3Landscape, pins: DiagramPlaces? = nil
  ) -> Diagram {
    var chart = Diagram(title: title)
    chart.page = page
    chart.statesGrades = ties.values.contains { $0.grade != nil }
    // Groups of one or two are no region: they stand free.
    var regions = groups.map { $0.members.filter { $0.count > 2 } } ?? []
    var groupMeaning = groupMeaning
    if let pins, groups != nil {
      regions = self.regions(pins, fresh: regions)
      groupMeaning = "as on the earlier chart, new entities with those they have most ties to"
    }
    chart.pins = pins
    var region = NodeMap<Int?>(repeating: nil, count: graph.nodeCount)
    for (index, members) in regions.enumerated() { for node in members { region[node] = index } }
    chart.groups = regions.map(name)
    chart.nodes = graph.nodes.map { node in
      let item = items[node]
      return DiagramNode(
        id: item.id, label: item.label, detail: item.detail, icon: icon(of: item),
        size: size?[node] ?? 0, group: region[node], isFlagged: flagged.contains(item.id),
        category: item.category.flatMap(SubjectCategory.init(rawValue:)))
    }
    graph.forEachEdge { edge, source, target in
      let tie = ties[edge]
      let isBackward = tie.arrow == .backward
      chart.edges.append(
        DiagramEdge(
          from: Int(isBackward ? target.index : source.index),
          to: Int(isBackward ? source.index : target.index), label: tie.label,
          line: DiagramEdge.Line(rawValue: tie.standing.rawValue) ?? .unconfirmed,
          weight: graph.weighting == .strength ? graph.weight(of: edge) : Double(tie.count),
          arrow: tie.arrow == .none ? .none : tie.arrow == .both ? .both : .forward,
          count: tie.count))
    }
    chart.sizeMeaning = size == nil ? nil : sizeMeaning
    chart.widthMeaning =
      graph.weighting == .strength ? "strength of the tie" : "number of records behind it"
    chart.handling = marking
    chart.subtitles = subtitles(regions.count, groupMeaning: groups == nil ? nil : groupMeaning)
    // How a file was read is a message for its reader, with options in it; a chart states the rest.
    chart.footnotes = footnotes
    return chart
  }

  /// What is said at the foot of a picture: what was left out and assumed.
  var footnotes: [String] { notices.filter { !$0.contains("--") }.map(sentence) }

  /// The handling marking of a picture.
  var marking: String? { handling.map { "HANDLING \($0)" } }

  // The regions of an earlier chart, with new entities in them; those that have no tie to any of these
  // in regions of their own.
  private func regions(_ pins: DiagramPlaces, fresh: [[Node]]) -> [[Node]] {
    var earlier: [String: Int] = [:]
    for node in pins.nodes where earlier[node.id] == nil { earlier[node.id] = node.group ?? -1 }
    var group = NodeMap(graph.nodes.map { earlier[items[$0].id] })
    var isSettled = false
    while !isSettled {
      isSettled = true
      for node in graph.nodes where group[node] == nil {
        var counts: [Int: Int] = [:]
        graph.forEachNeighbour(of: node) { edge, other in
          if let known = group[other], known >= 0 {
            counts[known, default: 0] += max(1, ties[edge].count)
          }
        }
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        if let most {
          group[node] = most.key
          isSettled = false
        }
      }
    }
    var members: [Int: [Node]] = [:]
    for node in graph.nodes {
      if let known = group[node], known >= 0 { members[known, default: []].append(node) }
    }
    let kept = members.sorted { $0.key < $1.key }.map(\.value).filter { $0.count > 1 }
    return kept + fresh.map { $0.filter { group[$0] == nil } }.filter { $0.count > 2 }
  }

  private func subtitles(_ regionCount: Int, groupMeaning: String?) -> [String] {
    var parts = [counted(graph.nodeCount, "entity", "entities"), counted(graph.edgeCount, "tie")]
    if let groupMeaning { parts.append(counted(regionCount, "group") + " (\(groupMeaning))") }
    return subtitles(parts)
  }

  /// The lines under a title: what is drawn, its dates and lowest grade; then what it comes from, with
  /// sources and grades.
  func subtitles(_ drawn: [String]) -> [String] {
    var parts = drawn
    for (name, words) in [
      ("as-of", "as of"), ("known-at", "as known"), ("lowest-grade", "grade at least"),
    ] {
      guard case .string(let text)? = view.first(where: { $0.name == name })?.value else {
        continue
      }
      if text == "any" || text == "now" { continue }
      parts.append(text == "all times" ? "at all times" : "\(words) \(text)")
    }
    var origin = ["\(input.kind) \(input.name)", "\(input.hashName) \(input.sha256.prefix(12))…"]
    for (name, value) in view where ["sources", "grades"].contains(name) {
      if case .array(let values) = value {
        let texts = values.compactMap { value -> String? in
          if case .string(let text) = value { text } else { nil }
        }
        if !texts.isEmpty { origin.append("\(name): " + texts.joined(separator: ", ")) }
      }
    }
    return [parts.joined(separator: " · "), origin.joined(separator: " · ")]
  }

  private func sentence(_ text: String) -> String {
    let text = text.hasPrefix("warning: ") ? String(text.dropFirst(9)) : text
    // A file's name at the beginning stays as it is.
    let word = text.prefix { $0 != " " }
    let first =
      word.contains(".") || word.contains("_")
      ? text : text.prefix(1).uppercased() + text.dropFirst()
    return first.hasSuffix(".") || first.hasSuffix("!") ? first : first + "."
  }

  // A region is known by its member with the most ties.
  private func name(of members: [Node]) -> String {
    let first = members.filter { items[$0].unranked == nil }
      .max { (graph.degree(of: $0), $1) < (graph.degree(of: $1), $0) }
    return "Around " + (first.map { items[$0].label } ?? items[members[0]].label)
  }

  /// The pictogram of an entity.
  func icon(of item: Item) -> Icon {
    guard let schema = item.schema else { return .unknown }
    if item.unranked == "minor" { return .minor }
    if let icon = Icon(schema: schema) { return icon }
    // A schema of an ontology of one's own.
    return switch item.kind {
    case .person: .person
    case .organisation: .organization
    case .other, nil: .object
    }
  }
}
