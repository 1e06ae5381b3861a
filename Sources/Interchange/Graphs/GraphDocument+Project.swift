// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The graph that a document becomes, with the way back.
public struct ProjectedDocument: Sendable {
  /// The graph.
  public let graph: Graph
  /// For each node of the graph, its position in the document.
  public let node: NodeMap<Int32>
  /// What was merged and left out.
  public let notices: [Notice]

  fileprivate let wayBack: WayBack

  /// The edges of the document that an edge stands for, in their order there.
  ///
  /// - Complexity: O(1); where nothing was weighed or left out by a condition, O(n + m) when the
  ///   first edge is asked for.
  public func documentEdges(of edge: Edge) -> ArraySlice<Int32> {
    let back = wayBack.members
    let (start, end) = (back.offsets[Int(edge.index)], back.offsets[Int(edge.index) + 1])
    return back.members[Int(start)..<Int(end)]
  }
}

extension GraphDocument {
  /// The graph of the document by the given options.
  ///
  /// Nodes that have edges, but none that the conditions let pass, are left out; nodes without any
  /// edge stay.
  ///
  /// - Throws: `InterchangeError` when a column is missing or a weight is not a finite number.
  /// - Complexity: O(n + m), and the time to test the conditions.
  public func project(
    _ options: GraphOptions = GraphOptions()
  ) throws(InterchangeError) -> ProjectedDocument {
    var projector = Projector(document: self, options: options)
    return try projector.projected()
  }
}

private struct Projector {
  let document: GraphDocument
  let options: GraphOptions
  private let direction: Graph.Direction
  private let isLength: Bool
  private var notices: [Notice] = []

  // The edges of the graph before merging: ends as given, and the document's edge of each.
  private var sources: [Int32] = []
  private var targets: [Int32] = []
  private var origins: [Int32] = []
  // Whether they are all edges of the document in their order.
  private var hasAllEdges = false

  init(document: GraphDocument, options: GraphOptions) {
    self.document = document
    self.options = options
    direction = options.direction ?? document.direction
    isLength = options.weight?.meaning == .length
  }

  mutating func projected() throws(InterchangeError) -> ProjectedDocument {
    if isPlain { return try plainlyProjected() }
    let keeps = try keptEdges()
    notices += document.unusedWeights(options) + document.unchosenLayers(options)
    let numbers = try weights(keeps)
    let nodes = keptNodes(keeps)
    collect(keeps, nodes.newIndex)
    do {
      return try build(nodes.kept, numbers)
    } catch {
      throw .request("\(document.name): \(error)")
    }
  }

  // Every edge counts, as it stands in the columns.
  private var isPlain: Bool {
    options.weight == nil && options.conditions.isEmpty && options.layers.isEmpty
      && symmetrization == nil && (direction == .undirected || hasOnlyDirectedEdges)
  }

  private var hasOnlyDirectedEdges: Bool {
    document.mixedDirections == nil
      && (document.edgeCount == 0 || document.isDirected(edge: 0))
  }

  private mutating func plainlyProjected() throws(InterchangeError) -> ProjectedDocument {
    notices += document.unusedWeights(options) + document.unchosenLayers(options)
    let plain: PlainProjection
    do {
      plain = try PlainProjection(document, direction, options)
    } catch {
      throw .request("\(document.name): \(error)")
    }
    state(loops: plain.loops)
    state(nil, 0, plain.unmergedCount, plain.graph.edgeCount)
    return ProjectedDocument(
      graph: plain.graph, node: NodeMap((0..<document.nodeCount).map { Int32($0) }),
      notices: notices, wayBack: plain.wayBack)
  }

  // MARK: What counts

  private mutating func keptEdges() throws(InterchangeError) -> [Bool]? {
    var conditions: [(column: AttributeColumn, values: [String])] = []
    for condition in options.conditions {
      guard let column = document.edgeColumn(condition.column) else {
        throw missingColumn(condition.column)
      }
      if let known = conditions.firstIndex(where: { $0.column.name == column.name }) {
        conditions[known].values.append(condition.value)
      } else {
        conditions.append((column, [condition.value]))
      }
    }
    let layers = options.layers.isEmpty ? nil : try layerColumn()
    guard !conditions.isEmpty || layers != nil else { return nil }
    let keeps = (0..<document.edgeCount).map { edge in
      conditions.allSatisfy { $0.values.contains($0.column.values.text(at: edge) ?? "") }
        && (layers.map { isInLayers($0.values.text(at: edge) ?? "") } ?? true)
    }
    if let layers { conditions.append((layers, options.layers)) }
    let count = keeps.count { $0 }
    let words = conditions.map {
      "\($0.column.name.printable()) = "
        + $0.values.map { $0.printable() }.joined(separator: " or ")
    }
    notices.append(
      Notice(
        count == 0 ? .warning : .note,
        "\(count) of \(document.edgeCount) edges have " + words.joined(separator: " and ")))
    return keeps
  }

  // An edge may be of several layers at once: “calls+meetings”.
  private func isInLayers(_ text: String) -> Bool {
    options.layers.contains(text)
      || text.split(whereSeparator: { "+;|,".contains($0) }).contains { part in
        options.layers.contains { $0 == part }
      }
  }

  private func layerColumn() throws(InterchangeError) -> AttributeColumn {
    if let name = options.layerColumn {
      guard let column = document.edgeColumn(name) else { throw missingColumn(name) }
      return column
    }
    for name in ["layer", "matrix", "relation", "type"] {
      if let column = document.edgeColumn(name) { return column }
    }
    throw .request(
      "\(document.name): no column names the layer of an edge, expected layer, matrix, relation or "
        + "type; name the column (--layer-column)")
  }

  private func missingColumn(_ name: String) -> InterchangeError {
    let names = document.edgeColumns.map { $0.name.printable() }
    return .request(
      "\(document.name): the edges have no column \(name.printable()); "
        + (names.isEmpty ? "they have none" : "they have: " + names.joined(separator: ", ")))
  }

  private mutating func keptNodes(_ keeps: [Bool]?) -> (kept: [Int32], newIndex: [Int32]) {
    let all = (0..<document.nodeCount).map { Int32($0) }
    guard let keeps else { return (all, all) }
    var hasEdge = [Bool](repeating: false, count: all.count)
    var hasKept = hasEdge
    for edge in 0..<document.edgeCount {
      for end in [Int(document.sources[edge]), Int(document.targets[edge])] {
        hasEdge[end] = true
        if keeps[edge] { hasKept[end] = true }
      }
    }
    let kept = all.filter { hasKept[Int($0)] || !hasEdge[Int($0)] }
    var newIndex = [Int32](repeating: -1, count: all.count)
    for (index, node) in kept.enumerated() { newIndex[Int(node)] = Int32(index) }
    if kept.count < all.count {
      notices.append(
        .note(
          "\(all.count - kept.count) of \(all.count) nodes are left out: they have edges, but none "
            + "that count"))
    }
    return (kept, newIndex)
  }

  private mutating func weights(_ keeps: [Bool]?) throws(InterchangeError) -> [Double]? {
    guard let weight = options.weight else { return nil }
    guard let column = document.edgeColumn(weight.attribute) else {
      throw missingColumn(weight.attribute)
    }
    var problems = ProblemList()
    var negative = 0
    if keeps == nil, let numbers = column.values.finiteNumbers, numbers.count == document.edgeCount
    {
      state(negative: numbers.count { $0 < 0 }, column)
      return numbers
    }
    var numbers = [Double](repeating: 0, count: document.edgeCount)
    for edge in numbers.indices where keeps?[edge] ?? true {
      if let number = column.values.number(at: edge), number.isFinite {
        numbers[edge] = number
        if number < 0 { negative += 1 }
      } else if let text = column.values.text(at: edge), let number = CellNumber(text) {
        numbers[edge] = number.value
        if number.value < 0 { negative += 1 }
      } else {
        problems.add(
          Problem(
            file: document.name,
            line: document.lines.isEmpty ? nil : document.lines[edge],
            what: column.values.text(at: edge).map { "the weight “\($0)” in \(column.name)" }
              ?? "an edge without a weight in \(column.name)",
            expected: "a finite number",
            advice: (column.values.text(at: edge) == nil ? "complete" : "correct")
              + " the column, or leave the graph unweighted"))
      }
    }
    try problems.throwIfErrors()
    state(negative: negative, column)
    return numbers
  }

  private mutating func state(negative: Int, _ column: AttributeColumn) {
    if negative > 0 {
      let notice = Notice.negative(negative, in: column.name)
      if !document.notices.contains(notice) { notices.append(notice) }
    }
  }

  // MARK: Edges

  private mutating func collect(_ keeps: [Bool]?, _ newIndex: [Int32]) {
    if keeps == nil, takesEdgesAsTheyAre {
      (sources, targets) = (document.sources, document.targets)
      origins = Array(0..<Int32(sources.count))
      hasAllEdges = true
      return
    }
    var loops = 0
    var doubled = 0
    for edge in 0..<document.edgeCount where keeps?[edge] ?? true {
      let (source, target) = (
        newIndex[Int(document.sources[edge])], newIndex[Int(document.targets[edge])]
      )
      if source == target, options.selfLoops == .drop {
        loops += 1
        continue
      }
      sources.append(source)
      targets.append(target)
      origins.append(Int32(edge))
      if direction == .directed, source != target, !document.isDirected(edge: edge) {
        sources.append(target)
        targets.append(source)
        origins.append(Int32(edge))
        doubled += 1
      }
    }
    state(loops: loops)
    if doubled > 0 {
      notices.append(.note("\(doubled) edges without a direction count in both directions"))
    }
  }

  // Without conditions, loops to drop and ties to double the columns stay what they are.
  private var takesEdgesAsTheyAre: Bool {
    guard direction == .undirected || hasOnlyDirectedEdges else { return false }
    guard options.selfLoops == .drop else { return true }
    let (sources, targets) = (document.sources, document.targets)
    for edge in sources.indices where sources[edge] == targets[edge] { return false }
    return true
  }

  private var symmetrization: GraphOptions.Symmetrization? {
    guard direction == .undirected, document.direction == .directed || document.isNearlySymmetric
    else { return nil }
    let isMatrix = document.format == .matrix
    return options.symmetrization ?? (isMatrix || isLength ? .either : .sum)
  }

  private mutating func build(
    _ kept: [Int32], _ numbers: [Double]?
  ) throws(GraphError) -> ProjectedDocument {
    let rule = symmetrization
    let joinsPairs = rule.map { $0 != .sum || document.format == .matrix } ?? false
    let ordered = try Graph.ordered(
      nodeCount: kept.count, direction: direction, weighting: options.weight?.meaning,
      sources: sources, targets: targets,
      weights: numbers.map { numbers in
        hasAllEdges ? numbers : origins.map { numbers[Int($0)] }
      })
    let mergesNothing = rule == nil && !ordered.graph.hasParallelArcs
    if mergesNothing || (options.parallelEdges == .keep && !joinsPairs) {
      return ProjectedDocument(
        graph: ordered.graph, node: NodeMap(kept), notices: notices,
        wayBack: WayBack(
          WayBack.Members(
            offsets: (0...Int32(origins.count)).map { $0 },
            members: hasAllEdges
              ? ordered.position.values : ordered.position.values.map { origins[Int($0)] })))
    }
    return try merged(kept, numbers, ordered, rule)
  }

  private mutating func merged(
    _ kept: [Int32], _ numbers: [Double]?, _ ordered: OrderedGraph,
    _ rule: GraphOptions.Symmetrization?
  ) throws(GraphError) -> ProjectedDocument {
    var groupSources: [Int32] = []
    var groupTargets: [Int32] = []
    var members: [Int32] = []
    var offsets: [Int32] = []
    ordered.graph.forEachEdge { edge, source, target in
      if groupSources.last != source.index || groupTargets.last != target.index {
        groupSources.append(source.index)
        groupTargets.append(target.index)
        offsets.append(Int32(members.count))
      }
      members.append(ordered.position[edge])
    }
    offsets.append(Int32(members.count))

    var keptSources: [Int32] = []
    var keptTargets: [Int32] = []
    var keptMembers: [Int32] = []
    var keptOffsets: [Int32] = [0]
    var weights: [Double]? = numbers == nil ? nil : []
    var oneSided = 0
    var leftOut = 0
    for group in groupSources.indices {
      let range = Int(offsets[group])..<Int(offsets[group + 1])
      let (source, target) = (groupSources[group], groupTargets[group])
      var sides = (forward: Side(), backward: Side())
      for i in range {
        let member = Int(members[i])
        let number = numbers.map { $0[Int(origins[member])] } ?? 1
        if sources[member] == source || rule == nil {
          sides.forward.add(number, isLength)
        } else {
          sides.backward.add(number, isLength)
        }
      }
      let isOneSided = source != target && (sides.forward.isEmpty || sides.backward.isEmpty)
      if rule != nil, isOneSided {
        oneSided += 1
        if rule == .both {
          leftOut += range.count
          continue
        }
      }
      keptSources.append(source)
      keptTargets.append(target)
      weights?.append(Side.joined(sides.forward, sides.backward, rule, isLength))
      keptMembers += range.map { origins[Int(members[$0])] }
      keptOffsets.append(Int32(keptMembers.count))
    }
    state(rule, oneSided, members.count - leftOut, keptSources.count)
    let graph = try Graph(
      nodeCount: kept.count, direction: direction, weighting: options.weight?.meaning,
      sources: keptSources, targets: keptTargets, weights: weights)
    return ProjectedDocument(
      graph: graph, node: NodeMap(kept), notices: notices,
      wayBack: WayBack(WayBack.Members(offsets: keptOffsets, members: keptMembers)))
  }

  private mutating func state(loops: Int) {
    if loops > 0 {
      notices.append(.note("\(loops) self-loops are dropped (--loops keep keeps them)"))
    }
  }

  private mutating func state(
    _ rule: GraphOptions.Symmetrization?, _ oneSided: Int, _ before: Int, _ after: Int
  ) {
    if let rule {
      let outcome = rule == .both ? "left out" : "kept"
      notices.append(
        .note(
          "directions are ignored: \(oneSided) one-sided pairs are \(outcome) "
            + "(--symmetrize \(rule.rawValue))"))
    }
    if before > after, rule == nil || document.format != .matrix {
      let how = options.weight == nil ? "" : isLength ? ", the shortest counts" : ", weights added"
      notices.append(
        .note("\(before) edges are merged into \(after)\(how) (--parallel keep keeps them apart)"))
    }
  }

  /// The parallel edges of one direction of a pair.
  private struct Side {
    var isEmpty = true
    var number = 0.0

    mutating func add(_ value: Double, _ isLength: Bool) {
      number = isEmpty ? value : isLength ? min(number, value) : number + value
      isEmpty = false
    }

    static func joined(
      _ a: Side, _ b: Side, _ rule: GraphOptions.Symmetrization?, _ isLength: Bool
    ) -> Double {
      if a.isEmpty { return b.number }
      if b.isEmpty { return a.number }
      return switch rule {
      case .either, nil: isLength ? min(a.number, b.number) : max(a.number, b.number)
      case .both: isLength ? max(a.number, b.number) : min(a.number, b.number)
      case .max: max(a.number, b.number)
      case .sum: a.number + b.number
      }
    }
  }
}

extension AttributeValues {
  /// The numbers of a column of numbers none of which is missing or without bounds; else nil.
  fileprivate var finiteNumbers: [Double]? {
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    switch self {
    case .real(let values):
      for value in values {
        guard let value, value.isFinite else { return nil }
        numbers.append(value)
      }
    case .integer(let values):
      for value in values {
        guard let value else { return nil }
        numbers.append(Double(value))
      }
    case .text, .boolean: return nil
    }
    return numbers
  }
}

extension Graph {
  // The arcs of a node are sorted, so parallel ones stand side by side.
  fileprivate var hasParallelArcs: Bool {
    let (offsets, targets) = (outgoing.offsets, outgoing.targets)
    for node in 0..<nodeCount {
      var previous: Int32 = -1
      for arc in Int(offsets[node])..<Int(offsets[node + 1]) {
        if targets[arc] == previous { return true }
        previous = targets[arc]
      }
    }
    return false
  }
}
