// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The arcs that ways from a node may take, self-loops and parallel edges included.
///
/// - Invariant: the arcs of node u stand at `offsets[u] ..< offsets[u + 1]`; targets are less than the
///   node count; lengths are positive and their sum is finite.
struct WayArcs {
  let offsets: [Int]
  let targets: [Int32]
  let edges: [Int32]
  /// The length of each arc; nil when all are 1.
  let lengths: [Double]?

  var nodeCount: Int { offsets.count - 1 }

  /// Takes the arcs along the edges, against them or both.
  init(_ graph: Graph, _ ties: Ties) throws(AnalysisError) {
    let edgeLengths = try PathArcs.edgeLengths(graph, for: ShortestPaths.name)
    let sides: [Adjacency] =
      if graph.direction == .undirected { [graph.outgoing] } else {
        switch ties {
        case .total: [graph.outgoing, graph.incoming]
        case .outgoing: [graph.outgoing]
        case .incoming: [graph.incoming]
        }
      }
    let sideEdges = sides.map(\.edges)
    let count = sides.reduce(0) { $0 + $1.targets.count }
    var offsets = [0]
    var targets: [Int32] = []
    var edges: [Int32] = []
    offsets.reserveCapacity(graph.nodeCount + 1)
    targets.reserveCapacity(count)
    edges.reserveCapacity(count)
    for u in 0..<graph.nodeCount {
      for (side, own) in zip(sides, sideEdges) {
        for a in side.range(of: Node(u)) {
          targets.append(side.targets[a])
          edges.append(own[a])
        }
      }
      offsets.append(targets.count)
    }
    self.offsets = offsets
    self.targets = targets
    self.edges = edges
    lengths = edgeLengths.map { lengths in edges.map { lengths[Int($0)] } }
  }

  func range(_ node: Int) -> Range<Int> { offsets[node]..<offsets[node + 1] }

  /// The step to each node from the first node, in node order, that a shortest way comes from; of
  /// several edges between the two the shortest, of these the first.
  ///
  /// A step is taken only from a node that stands before the other in `order`, the nodes as they were
  /// settled, so that ways end at the source even where a length is lost in rounding.
  func before(_ distances: [Double], _ order: [Int32]) -> [PathsFromNode.Step] {
    var before = [PathsFromNode.Step](repeating: PathsFromNode.Step(), count: nodeCount)
    var best = [Double](repeating: .infinity, count: lengths == nil ? 0 : nodeCount)
    var place = [Int32](repeating: .max, count: nodeCount)
    for (i, u) in order.enumerated() { place[Int(u)] = Int32(i) }
    for u in 0..<nodeCount where place[u] < .max {
      for a in range(u) {
        let v = Int(targets[a])
        guard place[u] < place[v], place[v] < .max else { continue }
        let (near, far) = (distances[u], distances[v])
        let length = lengths.map { $0[a] } ?? 1
        guard near + length <= far + far * PathArcs.tolerance else { continue }
        let known = before[v]
        if known.node < 0 {
          before[v] = PathsFromNode.Step(node: Int32(u), edge: edges[a])
          if lengths != nil { best[v] = length }
        } else if known.node == Int32(u) {
          let shortest = lengths == nil ? 1 : best[v]
          if length < shortest || (length == shortest && edges[a] < known.edge) {
            before[v] = PathsFromNode.Step(node: Int32(u), edge: edges[a])
            if lengths != nil { best[v] = length }
          }
        }
      }
    }
    return before
  }
}
