// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// A depth-first search of the simple undirected graph with Tarjan's low points, from which cut
/// nodes and bridges are read.
///
/// - Invariant: a node stands in `order` after its parent, and each tree of the forest is one
///   component.
struct LowLink {
  /// The nodes in the order of discovery.
  private(set) var order: [Int32] = []
  /// For each node, the node it was discovered from; −1 at the first node of a component.
  private(set) var parent: [Int32]
  /// For each node, its place in `order`.
  private(set) var discovery: [Int32]
  /// The earliest place that the subtree of a node reaches by one edge outside the tree.
  private(set) var low: [Int32]
  /// The number of nodes in the subtree of each node, itself included.
  private(set) var subtreeSize: [Int32]
  /// The number of nodes in the component of each node.
  private(set) var componentSize: [Int32]

  /// An upper estimate of the bytes that a search and the neighbours it walks take.
  static func memory(for graph: Graph) -> Int {
    Neighbours.memory(for: graph) + 28 * graph.nodeCount
  }

  init(_ neighbours: Neighbours, _ run: Run) throws(AnalysisError) {
    let n = neighbours.nodeCount
    let offsets = neighbours.offsets
    let targets = neighbours.targets
    var order: [Int32] = []
    order.reserveCapacity(n)
    var parent = [Int32](repeating: -1, count: n)
    var discovery = parent
    var low = parent
    var size = [Int32](repeating: 1, count: n)
    var whole = size
    var position = Array(offsets)
    for root in 0..<n where discovery[root] < 0 {
      let first = order.count
      discovery[root] = Int32(first)
      low[root] = Int32(first)
      order.append(Int32(root))
      var u = root
      while true {
        if position[u] < offsets[u + 1] {
          let v = Int(targets[Int(position[u])])
          position[u] += 1
          if discovery[v] < 0 {
            if order.count & 1023 == 0 { try run.checkpoint(order.count, of: n) }
            parent[v] = Int32(u)
            discovery[v] = Int32(order.count)
            low[v] = discovery[v]
            order.append(Int32(v))
            u = v
          } else if Int32(v) != parent[u] {
            low[u] = min(low[u], discovery[v])
          }
        } else if parent[u] >= 0 {
          let p = Int(parent[u])
          low[p] = min(low[p], low[u])
          size[p] += size[u]
          u = p
        } else {
          break
        }
      }
      for member in order[first...] { whole[Int(member)] = size[root] }
    }
    self.order = order
    self.parent = parent
    self.discovery = discovery
    self.low = low
    subtreeSize = size
    componentSize = whole
  }

  /// Whether taking out the parent of `node` cuts its subtree off: no edge leads from there to above
  /// the parent.
  func isCutOffByParent(_ node: Int) -> Bool {
    parent[node] >= 0 && low[node] >= discovery[Int(parent[node])]
  }

  /// Whether the edge to its parent alone ties the subtree of `node` to the rest.
  func isBridgeToParent(_ node: Int) -> Bool {
    parent[node] >= 0 && low[node] > discovery[Int(parent[node])]
  }
}
