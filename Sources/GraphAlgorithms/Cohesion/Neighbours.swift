// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The neighbours of every node, each once, without directions, parallel edges and self-loops: the
/// simple graph that cohesion is measured on.
///
/// The neighbours of node *u* stand at `offsets[u] ..< offsets[u + 1]`, in ascending order; a node
/// is among the neighbours of each of its neighbours.
///
/// - Complexity: O(n + m) to make. A graph that is simple and undirected lends its own columns.
struct Neighbours: Sendable {
  let offsets: Column<Int32>
  let targets: Column<Int32>

  init(_ graph: Graph) {
    if graph.direction == .undirected, isSimple(graph.outgoing) {
      offsets = graph.outgoing.offsets
      targets = graph.outgoing.targets
    } else {
      (offsets, targets) = merged(graph)
    }
  }

  /// An upper bound of the bytes that the neighbours of `graph` take beside it.
  static func memory(for graph: Graph) -> Int {
    4 * (graph.nodeCount + 1) + 8 * graph.edgeCount
  }

  var nodeCount: Int { offsets.count - 1 }

  /// The number of pairs of nodes that are joined.
  var pairCount: Int { targets.count / 2 }

  func range(of node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }

  func degree(of node: Int) -> Int { Int(offsets[node + 1] - offsets[node]) }
}

// Whether every node has each target once and never itself; positions are those of the columns.
private func isSimple(_ arcs: Adjacency) -> Bool {
  let (offsets, targets) = (arcs.offsets.span, arcs.targets.span)
  for u in 0..<offsets.count - 1 {
    let own = Int32(truncatingIfNeeded: u)
    var last: Int32 = -1
    var isPlain = true
    for a in unsafe Int(offsets[unchecked: u])..<Int(offsets[unchecked: u + 1]) {
      let v = unsafe targets[unchecked: a]
      isPlain = isPlain && v != last && v != own
      last = v
    }
    if !isPlain { return false }
  }
  return true
}

// The union of the arcs in both directions; in an undirected graph one direction holds both.
//
// Positions come from the offsets of the graph; no more targets are written than it has arcs.
private func merged(_ graph: Graph) -> (Column<Int32>, Column<Int32>) {
  let n = graph.nodeCount
  let isDirected = graph.direction == .directed
  let outgoing = graph.outgoing
  let incoming = graph.incoming
  let (outOffsets, outTargets) = (outgoing.offsets.span, outgoing.targets.span)
  let (inOffsets, inTargets) = (incoming.offsets.span, incoming.targets.span)
  let bound = outTargets.count + (isDirected ? inTargets.count : 0)
  let offsetSpace = Space<Int32>(repeating: 0, count: n + 1)
  let targetSpace = Space<Int32>(repeating: 0, count: bound)
  let (offsets, targets) = unsafe (offsetSpace.base, targetSpace.base)
  var count = 0
  for u in 0..<n {
    let own = Int32(truncatingIfNeeded: u)
    var last: Int32 = -1
    var i = unsafe Int(outOffsets[unchecked: u])
    let iEnd = unsafe Int(outOffsets[unchecked: u + 1])
    var j = isDirected ? unsafe Int(inOffsets[unchecked: u]) : 0
    let jEnd = isDirected ? unsafe Int(inOffsets[unchecked: u + 1]) : 0
    while i < iEnd || j < jEnd {
      let v: Int32
      if j == jEnd || (i < iEnd && (unsafe outTargets[unchecked: i] <= inTargets[unchecked: j])) {
        v = unsafe outTargets[unchecked: i]
        i += 1
      } else {
        v = unsafe inTargets[unchecked: j]
        j += 1
      }
      guard v != own, v != last else { continue }
      unsafe targets[count] = v
      count += 1
      last = v
    }
    unsafe offsets[u + 1] = Int32(truncatingIfNeeded: count)
  }
  return unsafe (
    Column(base: UnsafePointer(offsets), count: n + 1, owner: offsetSpace),
    Column(base: UnsafePointer(targets), count: count, owner: targetSpace)
  )
}

extension Adjacency {
  /// The targets of the arcs of a node, each once and without the node itself.
  func distinctTargets(of node: Int) -> Int {
    var count = 0
    var last = Int32(node)
    for target in targets[range(of: Node(node))] where target != Int32(node) && target != last {
      count += 1
      last = target
    }
    return count
  }
}
