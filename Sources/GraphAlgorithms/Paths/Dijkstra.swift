// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Shortest distances from one node at a time over arcs with lengths (Dijkstra 1959,
/// doi:10.1007/BF01386390); its space is used again for the next source.
///
/// - Invariant: the nodes reached last are `order[0 ..< reached]`, each once, nearest first;
///   `rank` is their place there and −1 for every other node, whose distance is infinite. Indices
///   come from `PathArcs` and are less than the node count.
final class Dijkstra {
  let order: Space<Int32>
  let rank: Space<Int32>
  let distance: Space<Double>
  private(set) var reached = 0

  private let arcs: PathArcs
  private let lengths: [Double]
  private var heap: NearestHeap

  /// Makes space for a graph whose arcs have the given lengths.
  init(_ arcs: PathArcs, lengths: [Double]) {
    let n = arcs.nodeCount
    self.arcs = arcs
    self.lengths = lengths
    heap = NearestHeap(nodeCount: n)
    order = Space(repeating: 0, count: n)
    rank = Space(repeating: -1, count: n)
    distance = Space(repeating: .infinity, count: n)
  }

  /// Finds the distances from `source`.
  func run(from source: Int32) {
    let (order, rank, distance) = unsafe (order.base, rank.base, distance.base)
    let arcs = arcs
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let lengthArray = lengths
    let lengths = lengthArray.span
    for i in 0..<reached {
      let node = unsafe Int(order[i])
      unsafe rank[node] = -1
      unsafe distance[node] = .infinity
    }
    reached = 0
    // A local, so that it is not read from the object again at every step. It is empty at the end.
    var heap = heap
    defer { self.heap = heap }
    unsafe distance[Int(source)] = 0
    heap.lower(source, to: 0)
    while let (node, near) = heap.popNearest() {
      let u = Int(node)
      unsafe order[reached] = node
      unsafe rank[u] = Int32(truncatingIfNeeded: reached)
      reached += 1
      let end = unsafe Int(offsets[unchecked: u + 1])
      var a = unsafe Int(offsets[unchecked: u])
      while a < end {
        // A settled node is at most `near` away, so it is never lowered.
        let target = unsafe targets[unchecked: a]
        let far = unsafe near + lengths[unchecked: a]
        if unsafe far < distance[Int(target)] {
          unsafe distance[Int(target)] = far
          heap.lower(target, to: far)
        }
        a += 1
      }
    }
  }
}
