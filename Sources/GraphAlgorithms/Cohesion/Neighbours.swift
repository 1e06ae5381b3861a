// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The neighbours of every node, each once, without directions, parallel edges and self-loops: the
/// simple graph that cohesion is measured on.
///
/// The neighbours of node *u* stand at `offsets[u] ..< offsets[u + 1]`, in ascending order; a node
/// is among the neighbours of each of its neighbours.
///
/// - Complexity: O(n + m) to make.
struct Neighbours {
  let offsets: [Int32]
  let targets: [Int32]

  init(_ graph: Graph) {
    let outgoing = graph.outgoing
    let incoming = graph.incoming
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(graph.nodeCount + 1)
    var targets: [Int32] = []
    targets.reserveCapacity(2 * graph.edgeCount)
    for u in 0..<graph.nodeCount {
      let own = Int32(u)
      var last = own
      // A merge of two ascending lists; in an undirected graph the second list is empty.
      var i = Int(outgoing.offsets[u])
      let iEnd = Int(outgoing.offsets[u + 1])
      let isDirected = graph.direction == .directed
      var j = isDirected ? Int(incoming.offsets[u]) : 0
      let jEnd = isDirected ? Int(incoming.offsets[u + 1]) : 0
      var isFirst = true
      while i < iEnd || j < jEnd {
        let v: Int32
        if j == jEnd || (i < iEnd && outgoing.targets[i] <= incoming.targets[j]) {
          v = outgoing.targets[i]
          i += 1
        } else {
          v = incoming.targets[j]
          j += 1
        }
        guard v != own, isFirst || v != last else { continue }
        targets.append(v)
        last = v
        isFirst = false
      }
      offsets.append(Int32(targets.count))
    }
    self.offsets = offsets
    self.targets = targets
  }

  var nodeCount: Int { offsets.count - 1 }

  /// The number of pairs of nodes that are joined.
  var pairCount: Int { targets.count / 2 }

  func range(of node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }

  func degree(of node: Int) -> Int { Int(offsets[node + 1] - offsets[node]) }
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
