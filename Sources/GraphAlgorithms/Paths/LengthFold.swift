// SPDX-License-Identifier: Apache-2.0

/// The arcs with lengths of a graph, and apart from them its leaves: the nodes of an undirected
/// graph that hang on one neighbour, which has others.
///
/// Every distance from or to a leaf is that of its neighbour and the length between the two, so no
/// search needs to visit it.
struct LengthFold: Sendable {
  /// The arcs between the other nodes, which have places in their order.
  let core: PathArcs
  /// The node at each place.
  let nodes: [Int32]
  /// The leaves, in the order of the places on which they hang, nearest first.
  let leaves: [Int32]
  /// The length of the arc of each leaf, in the order of `leaves`.
  let lengths: [Double]
  private let starts: [Int32]

  /// The number of nodes, leaves included.
  var nodeCount: Int { nodes.count + leaves.count }

  /// The leaves of a place, as positions in `leaves`.
  func leaves(of place: Int) -> Range<Int> { Int(starts[place])..<Int(starts[place + 1]) }

  /// Sets the leaves of an undirected graph apart.
  init(_ arcs: PathArcs, isDirected: Bool) {
    let n = arcs.nodeCount
    let arcLengths = arcs.lengths ?? []
    func range(_ u: Int) -> Range<Int> { Int(arcs.offsets[u])..<Int(arcs.offsets[u + 1]) }
    let isLeaf = (0..<n).map { u in
      !isDirected && arcs.count(of: u) == 1
        && arcs.count(of: Int(arcs.targets[Int(arcs.offsets[u])])) > 1
    }
    let nodes = (0..<Int32(n)).filter { !isLeaf[Int($0)] }
    var places = [Int32](repeating: -1, count: n)
    for (place, u) in nodes.enumerated() { places[Int(u)] = Int32(place) }
    var (offsets, targets, lengths): ([Int32], [Int32], [Double]) = ([0], [], [])
    var (leaves, leafLengths, starts): ([Int32], [Double], [Int32]) = ([], [], [0])
    for u in nodes {
      let positions = range(Int(u))
      for position in positions where !isLeaf[Int(arcs.targets[position])] {
        targets.append(places[Int(arcs.targets[position])])
        lengths.append(arcLengths[position])
      }
      let hanging = positions.filter { isLeaf[Int(arcs.targets[$0])] }
        .sorted { (arcLengths[$0], $0) < (arcLengths[$1], $1) }
      for position in hanging {
        leaves.append(arcs.targets[position])
        leafLengths.append(arcLengths[position])
      }
      offsets.append(Int32(targets.count))
      starts.append(Int32(leaves.count))
    }
    core = PathArcs(offsets: offsets, targets: targets, lengths: lengths, edges: [])
    self.nodes = nodes
    self.leaves = leaves
    self.lengths = leafLengths
    self.starts = starts
  }
}
