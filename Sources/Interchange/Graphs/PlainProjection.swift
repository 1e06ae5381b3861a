// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The graph of a document whose edges all count, unweighted, each in the direction it is given.
///
/// It is what `Projector` makes of such a document, built from the columns as they are: the way back
/// to the document is left until somebody asks for it.
struct PlainProjection {
  let graph: Graph
  let wayBack: WayBack
  /// The edges left out because they join a node to itself.
  let loops: Int
  /// The edges before parallel ones were merged.
  let unmergedCount: Int

  /// Makes the graph.
  ///
  /// - Complexity: O(n + m).
  init(
    _ document: GraphDocument, _ direction: Graph.Direction, _ options: GraphOptions
  ) throws(GraphError) {
    let (sources, targets) = (document.sources, document.targets)
    let loops = options.selfLoops == .drop ? document.selfLoopCount : 0
    let whole: Graph
    if loops == 0 {
      whole = try Graph(
        nodeCount: document.nodeCount, direction: direction, sources: sources, targets: targets)
    } else {
      let kept = Self.withoutLoops(sources, targets, count: sources.count - loops)
      whole = try Graph(
        nodeCount: document.nodeCount, direction: direction, sources: kept.sources,
        targets: kept.targets)
    }
    let simpleCount =
      options.parallelEdges == .merge ? Self.simpleEdgeCount(whole) : whole.edgeCount
    let isMerged = simpleCount < whole.edgeCount
    graph = isMerged ? try Self.merged(whole, count: simpleCount) : whole
    self.loops = loops
    unmergedCount = whole.edgeCount
    wayBack = WayBack(
      WayBack.Plain(
        nodeCount: document.nodeCount, direction: direction, sources: sources, targets: targets,
        dropsLoops: loops > 0, isMerged: isMerged))
  }

  private static func withoutLoops(
    _ sources: [Int32], _ targets: [Int32], count: Int
  ) -> (sources: [Int32], targets: [Int32]) {
    var kept: (sources: [Int32], targets: [Int32]) = ([], [])
    kept.sources.reserveCapacity(count)
    kept.targets.reserveCapacity(count)
    for edge in sources.indices where sources[edge] != targets[edge] {
      kept.sources.append(sources[edge])
      kept.targets.append(targets[edge])
    }
    return kept
  }

  // The arcs of a node are sorted, so that parallel ones stand side by side; an edge of an
  // undirected graph belongs to its lower end, and its loop has two arcs.
  private static func simpleEdgeCount(_ graph: Graph) -> Int {
    let (offsets, targets) = (graph.outgoing.offsets.span, graph.outgoing.targets.span)
    var count = 0
    for node in 0..<graph.nodeCount {
      let lowest = graph.direction == .undirected ? Int32(truncatingIfNeeded: node) : 0
      var previous: Int32 = -1
      for arc in Int(offsets[node])..<Int(offsets[node + 1]) {
        let target = targets[arc]
        if target != previous, target >= lowest { count += 1 }
        previous = target
      }
    }
    return count
  }

  private static func merged(_ graph: Graph, count: Int) throws(GraphError) -> Graph {
    let (offsets, targets) = (graph.outgoing.offsets.span, graph.outgoing.targets.span)
    var simple: (sources: [Int32], targets: [Int32]) = ([], [])
    simple.sources.reserveCapacity(count)
    simple.targets.reserveCapacity(count)
    for node in 0..<graph.nodeCount {
      let source = Int32(truncatingIfNeeded: node)
      let lowest = graph.direction == .undirected ? source : 0
      var previous: Int32 = -1
      for arc in Int(offsets[node])..<Int(offsets[node + 1]) {
        let target = targets[arc]
        if target != previous, target >= lowest {
          simple.sources.append(source)
          simple.targets.append(target)
        }
        previous = target
      }
    }
    return try Graph(
      nodeCount: graph.nodeCount, direction: graph.direction, sources: simple.sources,
      targets: simple.targets)
  }
}
