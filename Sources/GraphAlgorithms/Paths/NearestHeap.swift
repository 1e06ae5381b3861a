// SPDX-License-Identifier: Apache-2.0

/// A priority queue of nodes by distance in which a distance can be lowered: a 4-ary heap of pairs,
/// so that comparing reads one place of memory.
///
/// Equal distances leave in node order, so that whatever depends on the order of settling repeats.
///
/// - Invariant: the places below `count` hold each waiting node once, and `places` says where; nodes
///   are less than the node count, so there is room for all.
struct NearestHeap {
  private struct Entry {
    var distance: Double
    var node: Int32

    func precedes(_ other: Entry) -> Bool {
      distance < other.distance || (distance == other.distance && node < other.node)
    }
  }

  private let entries: Space<Entry>
  private let places: Space<Int32>
  private var count = 0

  /// Creates an empty queue for nodes 0 ..< `nodeCount`.
  init(nodeCount: Int) {
    entries = Space(repeating: Entry(distance: 0, node: 0), count: nodeCount)
    places = Space(repeating: -1, count: nodeCount)
  }

  /// Puts `node` at `distance`, or moves it there from the larger one at which it waits.
  mutating func lower(_ node: Int32, to distance: Double) {
    let (entries, places) = unsafe (entries.base, places.base)
    var i = unsafe Int(places[Int(node)])
    if i < 0 {
      i = count
      count += 1
    }
    let entry = Entry(distance: distance, node: node)
    while i > 0 {
      let parent = (i - 1) / 4
      let above = unsafe entries[parent]
      if !entry.precedes(above) { break }
      unsafe entries[i] = above
      unsafe places[Int(above.node)] = Int32(truncatingIfNeeded: i)
      i = parent
    }
    unsafe entries[i] = entry
    unsafe places[Int(node)] = Int32(truncatingIfNeeded: i)
  }

  /// Takes out the nearest node; of several, the first in node order.
  mutating func popNearest() -> (node: Int32, distance: Double)? {
    if count == 0 { return nil }
    let (entries, places) = unsafe (entries.base, places.base)
    let first = unsafe entries[0]
    unsafe places[Int(first.node)] = -1
    count -= 1
    if count == 0 { return (first.node, first.distance) }
    let entry = unsafe entries[count]
    var i = 0
    while 4 * i + 1 < count {
      var best = 4 * i + 1
      var least = unsafe entries[best]
      var child = best + 1
      let end = min(4 * i + 5, count)
      while child < end {
        let other = unsafe entries[child]
        if other.precedes(least) { (best, least) = (child, other) }
        child += 1
      }
      if !least.precedes(entry) { break }
      unsafe entries[i] = least
      unsafe places[Int(least.node)] = Int32(truncatingIfNeeded: i)
      i = best
    }
    unsafe entries[i] = entry
    unsafe places[Int(entry.node)] = Int32(truncatingIfNeeded: i)
    return (first.node, first.distance)
  }
}
