// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The arcs of a graph without weights, made ready for searches from every node: without parallels
/// and loops, without the leaves of an undirected graph, renumbered.
///
/// A leaf hangs on one neighbour, which has others; every distance from or to it is that of its
/// neighbour and 1 more, so no search needs to visit it. The other nodes have *places*: one
/// component after another, in each the order of a search from its node of most ties. Searches from
/// neighbouring places meet the same nodes at about the same time, and hubs come first in a row.
///
/// - Invariant: offsets never decrease; targets are less than the number of places.
struct FoldedArcs: Sendable {
  /// Arcs in compressed sparse row form, each row sorted.
  struct Rows: Sendable {
    var offsets: [Int32]
    var targets: [Int32]

    func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }
    func count(_ row: Int) -> Int { Int(offsets[row + 1] - offsets[row]) }
  }

  /// The place of each node, for a leaf that of its neighbour.
  let places: [Int32]
  /// Whether each node is a leaf.
  let isLeaf: [Bool]
  /// Whether any node is a leaf.
  let hasLeaves: Bool
  /// The number of leaves that hang on each place.
  let leafCounts: [Int32]
  /// The places of the (weak) component that each place belongs to.
  let components: [Range<Int32>]
  /// The arcs along which searches go.
  let forward: Rows
  /// The same arcs, kept with the place that they lead to.
  let backward: Rows

  var placeCount: Int { leafCounts.count }

  /// Takes the arcs such that a search finds the nodes to which it is to add its distances.
  ///
  /// - Parameters:
  ///   - graph: the graph.
  ///   - direction: whether the distances to a node or from it are wanted.
  /// - Complexity: O(n + m) time and memory.
  init(_ graph: Graph, _ direction: PathDirection) {
    let n = graph.nodeCount
    let isDirected = graph.direction == .directed
    let out = Self.simple(direction == .incoming ? graph.outgoing : graph.incoming)
    let into =
      isDirected ? Self.simple(direction == .incoming ? graph.incoming : graph.outgoing) : out
    var isLeaf = Array(repeating: false, count: n)
    if !isDirected {
      for u in 0..<n where out.count(u) == 1 {
        isLeaf[u] = out.count(Int(out.targets[Int(out.offsets[u])])) > 1
      }
    }
    let (order, components) = Self.order(out, into, isDirected, without: isLeaf)
    var places = Array(repeating: Int32(0), count: n)
    for (place, u) in order.enumerated() { places[Int(u)] = Int32(place) }
    var leafCounts = Array(repeating: Int32(0), count: order.count)
    for u in 0..<n where isLeaf[u] {
      places[u] = places[Int(out.targets[Int(out.offsets[u])])]
      leafCounts[Int(places[u])] += 1
    }
    self.isLeaf = isLeaf
    hasLeaves = order.count < n
    self.places = places
    self.leafCounts = leafCounts
    self.components = components
    forward = Self.renumbered(out, isDirected ? into : out, order, places, isLeaf)
    backward = isDirected ? Self.renumbered(into, out, order, places, isLeaf) : forward
  }

  /// The arcs of each node without parallels and loops.
  static func simple(_ adjacency: Adjacency) -> Rows {
    let (offsets, targets) = (adjacency.offsets, adjacency.targets)
    var rows = Rows(offsets: [0], targets: [])
    rows.offsets.reserveCapacity(offsets.count)
    rows.targets.reserveCapacity(targets.count)
    for u in 0..<max(0, offsets.count - 1) {
      var last: Int32 = -1
      for position in Int(offsets[u])..<Int(offsets[u + 1]) {
        let target = targets[position]
        if target == last || target == Int32(u) { continue }
        rows.targets.append(target)
        last = target
      }
      rows.offsets.append(Int32(rows.targets.count))
    }
    return rows
  }

  // The nodes but the leaves in the order of their places, and the component of each place.
  private static func order(
    _ out: Rows, _ into: Rows, _ isDirected: Bool, without isLeaf: [Bool]
  ) -> ([Int32], [Range<Int32>]) {
    let n = isLeaf.count
    let starts = (0..<Int32(n)).sorted { a, b in
      let (ties, others) = (out.count(Int(a)), out.count(Int(b)))
      return ties == others ? a < b : ties > others
    }
    var order: [Int32] = []
    var components: [Range<Int32>] = []
    var isPlaced = isLeaf
    var next = 0
    func place(_ u: Int32) {
      if isPlaced[Int(u)] { return }
      isPlaced[Int(u)] = true
      order.append(u)
    }
    for start in starts where !isPlaced[Int(start)] {
      let first = order.count
      place(start)
      while next < order.count {
        let u = Int(order[next])
        next += 1
        for position in out.range(u) { place(out.targets[position]) }
        if isDirected { for position in into.range(u) { place(into.targets[position]) } }
      }
      let component = Int32(first)..<Int32(order.count)
      components.append(contentsOf: repeatElement(component, count: component.count))
    }
    return (order, components)
  }

  // `rows` between places. Rows fill in the order of the places that stand in them, read from
  // `reverse`, and so are sorted.
  private static func renumbered(
    _ rows: Rows, _ reverse: Rows, _ order: [Int32], _ places: [Int32], _ isLeaf: [Bool]
  ) -> Rows {
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(order.count + 1)
    for u in order {
      var count: Int32 = 0
      for position in rows.range(Int(u)) where !isLeaf[Int(rows.targets[position])] { count += 1 }
      offsets.append(offsets[offsets.count - 1] + count)
    }
    var ends = offsets
    var targets = Array(repeating: Int32(0), count: Int(offsets[order.count]))
    for (place, u) in order.enumerated() {
      for position in reverse.range(Int(u)) {
        let source = Int(reverse.targets[position])
        if isLeaf[source] { continue }
        let row = Int(places[source])
        targets[Int(ends[row])] = Int32(place)
        ends[row] += 1
      }
    }
    return Rows(offsets: offsets, targets: targets)
  }
}
