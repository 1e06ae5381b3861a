// SPDX-License-Identifier: Apache-2.0

internal import GraphAlgorithms
public import GraphCore

/// What of a network a picture shows.
public struct NetworkSelection: Sendable, Hashable {
  /// Ids or names of entities whose surroundings are shown.
  public var around: [String]
  /// How many ties away from these.
  public var hops: Int
  /// Ids or names of entities between which the ways are shown.
  public var between: [String]
  /// How many ties longer than the shortest a way may be.
  public var slack: Int
  /// The id or name of an entity whose community alone is shown.
  public var communityOf: String?

  /// Creates a selection; without arguments everything is shown.
  public init(
    around: [String] = [], hops: Int = 1, between: [String] = [], slack: Int = 0,
    communityOf: String? = nil
  ) {
    self.around = around
    self.hops = hops
    self.between = between
    self.slack = slack
    self.communityOf = communityOf
  }

  /// Whether everything is shown.
  public var isEverything: Bool { around.isEmpty && between.isEmpty && communityOf == nil }
}

extension Network {
  /// The part of the network that a selection shows, with the neighbours that it leaves out counted
  /// at each entity.
  ///
  /// Directions are ignored: whoever is tied is a neighbour.
  ///
  /// - Parameters:
  ///   - selection: what is shown.
  ///   - run: how communities are found, where one is asked for.
  /// - Returns: the part, with a notice of what it is.
  /// - Throws: `ClewError.usage` when an entity is not there, or no way leads between two.
  /// - Complexity: O(n + m) for each entity of the selection.
  public func selected(
    _ selection: NetworkSelection, _ run: Run = Run()
  ) throws(ClewError) -> Network {
    if selection.isEverything { return self }
    var kept = NodeMap(repeating: true, count: graph.nodeCount)
    var words: [String] = []
    func restrict(to shown: (Node) -> Bool) {
      for node in graph.nodes where !shown(node) { kept[node] = false }
    }
    if let name = selection.communityOf {
      let node = try self.node(like: name)
      let groups: Partition
      do {
        groups = try communities(Leiden(ignoresDirection: true), run).partition
      } catch { throw ClewError(error) }
      let own = groups.group[node]
      restrict { groups.group[$0] == own }
      words.append("the community of \(label(of: node)) (Leiden)")
    }
    if !selection.around.isEmpty {
      let centres = try selection.around.map { name throws(ClewError) in try node(like: name) }
      let distance = distances(from: centres)
      restrict { (0...selection.hops).contains(distance[$0]) }
      words.append(
        "\(selection.hops) tie\(selection.hops == 1 ? "" : "s") around "
          + centres.map(label).joined(separator: ", "))
    }
    if !selection.between.isEmpty {
      let ends = try selection.between.map { name throws(ClewError) in try node(like: name) }
      guard Set(ends).count > 1 else {
        throw .usage("--between needs at least two different entities")
      }
      restrict(to: try onWays(between: ends, slack: selection.slack))
      words.append(
        (selection.slack == 0
          ? "shortest ways" : "ways up to \(selection.slack) longer than the shortest")
          + " between " + ends.map(label).joined(separator: ", "))
    }
    var part = part(
      nodes: { kept[$0] },
      notice: "shown: " + words.joined(separator: "; ")
        + "; +n at an entity: so many of its neighbours are not shown")
    let shown = graph.nodes.filter { kept[$0] }
    part = Network(
      graph: part.graph,
      items: NodeMap(
        zip(part.items.values, shown).map { item, node in
          let hidden = neighbours(of: node).count { !kept[$0] }
          guard hidden > 0 else { return item }
          var item = item
          item.detail = (item.detail.map { $0 + " · " } ?? "") + "+\(hidden)"
          return item
        }),
      ties: part.ties, input: part.input,
      view: part.view + [(name: "selection", value: .string(words.joined(separator: "; ")))],
      notices: part.notices, handling: part.handling, leaders: part.leaders)
    return part
  }

  /// The node that a person names by its id, by its name, or by a part of the name that only one has.
  ///
  /// - Throws: `ClewError.usage`, with what is like it.
  public func node(like text: String) throws(ClewError) -> Node {
    if let node = node(id: text) { return node }
    let folded = text.lowercased()
    let exact = graph.nodes.filter { items[$0].label.lowercased() == folded }
    if exact.count == 1, let node = exact.first { return node }
    let part = graph.nodes.filter { items[$0].label.lowercased().contains(folded) }
    if exact.isEmpty, part.count == 1, let node = part.first { return node }
    let like = (exact.isEmpty ? part : exact).prefix(8).map {
      "\(items[$0].id) (\(items[$0].label))"
    }
    guard !like.isEmpty else {
      throw .usage(
        "\(text): not in this network; `clew find` shows the ids of a case, and the view may leave it "
          + "out")
    }
    throw .usage("\(text): several have such a name; give an id: " + like.joined(separator: ", "))
  }

  private func neighbours(of node: Node) -> Set<Node> {
    var found: Set<Node> = []
    for arc in graph.arcs(from: node) { found.insert(arc.target) }
    if graph.direction == .directed {
      for arc in graph.arcs(into: node) { found.insert(arc.target) }
    }
    found.remove(node)
    return found
  }

  // Ties to the nearest of some nodes; -1 where no way leads.
  private func distances(from starts: [Node]) -> NodeMap<Int> {
    var distance = NodeMap(repeating: -1, count: graph.nodeCount)
    var queue = starts
    for start in starts { distance[start] = 0 }
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for other in neighbours(of: node).sorted(by: { $0.index < $1.index })
      where distance[other] < 0 {
        distance[other] = distance[node] + 1
        queue.append(other)
      }
    }
    return distance
  }

  private func onWays(between ends: [Node], slack: Int) throws(ClewError) -> (Node) -> Bool {
    let distance = ends.map { distances(from: [$0]) }
    var shown = NodeMap(repeating: false, count: graph.nodeCount)
    for (first, a) in ends.enumerated() {
      for (second, b) in ends.enumerated() where second > first && a != b {
        let shortest = distance[first][b]
        guard shortest >= 0 else {
          throw .usage("no way leads from \(label(of: a)) to \(label(of: b)) in this view")
        }
        for node in graph.nodes
        where distance[first][node] >= 0 && distance[second][node] >= 0
          && distance[first][node] + distance[second][node] <= shortest + slack
        {
          shown[node] = true
        }
      }
    }
    return { shown[$0] }
  }
}
