// SPDX-License-Identifier: Apache-2.0

/// What of a diagram is drawn when there is too much of it for one page.
///
/// Up to some hundred nodes everything is drawn and named. Up to 2,500 everything is drawn and the
/// largest are named. Beyond, each group becomes one node with its count, and without groups the largest
/// nodes alone are drawn. Every step down is stated.
struct Condensation {
  static let nodeLimit = 2_500
  static let edgeLimit = 8_000
  static let groupLimit = 60
  static let remainderLimit = 300

  private(set) var diagram: Diagram
  private(set) var omissions: [String] = []
  private(set) var radiusFactor = 1.0
  private var labelled: Set<Int>?
  // Nodes that have ties, none of which is drawn.
  private var severed: Set<Int> = []
  private var standsForGroups = false

  /// How often the layout may compare two lines.
  func effort(_ effort: DiagramRenderer.Effort) -> Int {
    switch effort {
    case .draft: 3_000_000
    case .full: diagram.nodes.count <= 200 ? 60_000_000 : 160_000_000
    }
  }

  /// How many layouts to compare.
  func attempts(_ effort: DiagramRenderer.Effort) -> Int {
    switch effort {
    case .draft: 1
    case .full:
      switch diagram.nodes.count {
      case ...80: 5
      case ...200: 3
      case ...500: 2
      default: 1
      }
    }
  }

  /// How often the layout may push everything aside for one size of the page.
  func pushes(_ effort: DiagramRenderer.Effort) -> Int {
    switch diagram.nodes.count {
    case ...300: effort == .full ? 200 : 40
    case ...600: 60
    default: 0
    }
  }

  func isLabelled(_ index: Int) -> Bool { labelled?.contains(index) ?? true }

  /// The name of the box of nodes that no line reaches: why none does.
  func isolatesTitle(of members: [Int]) -> String {
    if standsForGroups { return "No tie to another group (\(members.count))" }
    let cut = members.count(where: severed.contains)
    if cut == 0 { return "No relationship in this view (\(members.count))" }
    if cut == members.count { return "Related only to entities left out (\(cut))" }
    return "No relationship (\(members.count - cut)), or only to entities left out (\(cut))"
  }

  init(_ diagram: Diagram) {
    self.diagram = diagram
    if diagram.nodes.count > Self.nodeLimit {
      if diagram.nodes.contains(where: { $0.group != nil }) {
        condenseGroups()
      } else {
        keepLargest()
      }
    }
    if self.diagram.edges.count > Self.edgeLimit { keepStrongest() }
    let room = Self.comfortableCount(on: diagram.page)
    let most = diagram.style.mostNames ?? .max
    guard self.diagram.nodes.count > min(room, most) else { return }
    let isCrowded = self.diagram.nodes.count > room
    let named = min(most, isCrowded ? max(40, room / 5) : .max)
    let order = Self.byImportance(self.diagram)
    labelled = Set(order.prefix(named))
    if isCrowded { radiusFactor = 0.55 }
    omissions.append(
      "The names of \(self.diagram.nodes.count - named) of \(self.diagram.nodes.count) entities are left "
        + "out\(named < most ? " for want of room" : ""); the \(named) largest are named.")
  }

  /// How many named nodes a page holds with text of a size that can be read.
  static func comfortableCount(on page: Page) -> Int {
    // About 4,500 square points a node, drawn at no less than three fifths of their size.
    max(100, Int(page.width * page.height / (4_500 * 0.36)))
  }

  // What an analyst flagged first; then by size, degree, then place.
  private static func byImportance(_ diagram: Diagram) -> [Int] {
    var degrees = [Int](repeating: 0, count: diagram.nodes.count)
    for edge in diagram.edges {
      degrees[edge.from] += 1
      degrees[edge.to] += 1
    }
    return diagram.nodes.indices.sorted { a, b in
      if diagram.nodes[a].isFlagged != diagram.nodes[b].isFlagged {
        return diagram.nodes[a].isFlagged
      }
      let (x, y) = (diagram.nodes[a].size, diagram.nodes[b].size)
      if x != y { return x > y }
      if degrees[a] != degrees[b] { return degrees[a] > degrees[b] }
      return a < b
    }
  }

  /// The ties to draw of those of two nodes each, given from the strongest to the weakest.
  ///
  /// The strongest tie of every node comes first, lest a node look unrelated that is not; what room is
  /// left goes to the strongest of all.
  ///
  /// - Parameters:
  ///   - ties: The ends of each tie, the strongest tie first.
  ///   - nodes: The number of nodes.
  ///   - limit: How many to draw, unless the nodes need more.
  /// - Returns: Places in `ties`, in their order.
  static func backbone(of ties: [(Int, Int)], nodes: Int, limit: Int) -> [Int] {
    guard ties.count > limit else { return Array(ties.indices) }
    var isReached = [Bool](repeating: false, count: nodes)
    var isKept = [Bool](repeating: false, count: ties.count)
    var count = 0
    for (index, (a, b)) in ties.enumerated() where a != b && !(isReached[a] && isReached[b]) {
      isReached[a] = true
      isReached[b] = true
      isKept[index] = true
      count += 1
    }
    for index in ties.indices where count < limit && !isKept[index] {
      isKept[index] = true
      count += 1
    }
    return ties.indices.filter { isKept[$0] }
  }

  private mutating func keepStrongest() {
    let edges = diagram.edges
    let order = edges.indices.sorted {
      edges[$0].weight != edges[$1].weight ? edges[$0].weight > edges[$1].weight : $0 < $1
    }
    let kept = Self.backbone(
      of: order.map { (edges[$0].from, edges[$0].to) }, nodes: diagram.nodes.count,
      limit: Self.edgeLimit)
    diagram.edges = kept.map { order[$0] }.sorted().map { edges[$0] }
    omissions.append(
      "\(diagram.edges.count) of \(edges.count) links are drawn: the strongest of each entity, then "
        + "the strongest of all.")
  }

  private mutating func keepLargest() {
    let kept = Self.byImportance(diagram).prefix(Self.remainderLimit).sorted()
    var place = [Int](repeating: -1, count: diagram.nodes.count)
    for (index, node) in kept.enumerated() { place[node] = index }
    let left = diagram.nodes.count - kept.count
    let edges = diagram.edges.compactMap { edge -> DiagramEdge? in
      guard place[edge.from] >= 0, place[edge.to] >= 0 else { return nil }
      var copy = edge
      copy.from = place[edge.from]
      copy.to = place[edge.to]
      return copy
    }
    omissions.append(
      "Only the \(kept.count) largest entities are drawn; \(left) others and "
        + "\(diagram.edges.count - edges.count) links are left out. Give groups to see the whole.")
    var isReached = [Bool](repeating: false, count: kept.count)
    for edge in edges where edge.from != edge.to {
      isReached[edge.from] = true
      isReached[edge.to] = true
    }
    for edge in diagram.edges where edge.from != edge.to {
      for end in [place[edge.from], place[edge.to]] where end >= 0 && !isReached[end] {
        severed.insert(end)
      }
    }
    diagram.nodes = kept.map { diagram.nodes[$0] }
    diagram.edges = edges
  }

  private mutating func condenseGroups() {
    let source = diagram
    var members = [[Int]](repeating: [], count: source.groups.count)
    var others: [Int] = []
    for (index, node) in source.nodes.enumerated() {
      if let group = node.group { members[group].append(index) } else { others.append(index) }
    }
    let order = members.indices.filter { !members[$0].isEmpty }
      .sorted {
        members[$0].count != members[$1].count ? members[$0].count > members[$1].count : $0 < $1
      }
    let kept = Array(order.prefix(Self.groupLimit))
    for group in order.dropFirst(Self.groupLimit) { others += members[group] }
    var place = [Int](repeating: 0, count: source.nodes.count)
    var nodes: [DiagramNode] = []
    for group in kept {
      for member in members[group] { place[member] = nodes.count }
      let leaders = members[group].sorted {
        let (x, y) = (source.nodes[$0].size, source.nodes[$1].size)
        return x != y ? x > y : $0 < $1
      }
      let name = source.groups[group].isEmpty ? "Group \(group + 1)" : source.groups[group]
      nodes.append(
        DiagramNode(
          id: "group\(group + 1)", label: name,
          detail: leaders.prefix(2).map { source.nodes[$0].label }.joined(separator: ", "),
          icon: .group, size: Double(members[group].count), badge: "\(members[group].count)"))
    }
    if !others.isEmpty {
      for member in others { place[member] = nodes.count }
      nodes.append(
        DiagramNode(
          id: "others", label: "All others", icon: .group, size: Double(others.count),
          badge: "\(others.count)"))
    }
    var counts: [Int: Int] = [:]
    var inner = 0
    var loose = 0
    for edge in source.edges {
      let a = min(place[edge.from], place[edge.to])
      let b = max(place[edge.from], place[edge.to])
      if a == b {
        inner += 1
      } else {
        if b >= kept.count { loose += 1 }
        counts[a * nodes.count + b, default: 0] += 1
      }
    }
    diagram.nodes = nodes
    diagram.groups = []
    standsForGroups = true
    let ranked = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      .map { (from: $0.key / nodes.count, to: $0.key % nodes.count, count: $0.value) }
    let pairs = ranked.filter { $0.to < kept.count }
    // Three lines a symbol are as many as can be told apart; the strongest say most.
    var drawn = Self.backbone(
      of: pairs.map { ($0.from, $0.to) }, nodes: nodes.count, limit: 3 * nodes.count
    ).map { pairs[$0] }
    if drawn.count < pairs.count {
      omissions.append(
        "\(drawn.count) of \(pairs.count) ties between groups are drawn: the strongest of each group, "
          + "then the strongest of all.")
    }
    // What is left over hangs together with nearly everything: its ties are drawn only where one of
    // the two ends had none.
    var isReached = [Bool](repeating: false, count: nodes.count)
    for tie in drawn {
      isReached[tie.from] = true
      isReached[tie.to] = true
    }
    var looseDrawn = 0
    for tie in ranked where tie.to >= kept.count && !(isReached[tie.from] && isReached[tie.to]) {
      isReached[tie.from] = true
      isReached[tie.to] = true
      looseDrawn += tie.count
      drawn.append(tie)
    }
    drawn.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    diagram.edges = drawn.map {
      DiagramEdge(from: $0.from, to: $0.to, weight: Double($0.count), count: $0.count)
    }
    diagram.sizeMeaning = "number of entities in the group"
    diagram.widthMeaning = "number of links between two groups"
    omissions.append(
      "\(source.nodes.count) entities are too many to draw one by one: each symbol stands for a group, "
        + "with its count and its two largest members; \(inner) links inside groups are not drawn."
        + (others.isEmpty
          ? ""
          : " \"All others\" holds the \(others.count) entities of no or of smaller groups, "
            + "of whose \(loose) links to groups \(looseDrawn) are drawn."))
  }
}
