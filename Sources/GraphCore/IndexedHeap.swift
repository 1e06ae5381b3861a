// SPDX-License-Identifier: Apache-2.0

/// A priority queue of nodes by distance in which a distance can be lowered: a 4-ary heap.
///
/// Equal distances leave in node order, so that whatever depends on the order of settling repeats.
///
/// - Complexity: `lower` and `popNearest` take O(log n) time; the heap takes 16 bytes a node.
public struct IndexedHeap: Sendable {
  private var heap: [Int32] = []
  private var place: [Int32]
  private var key: [Double]

  /// Creates an empty queue for nodes 0 ..< `nodeCount`.
  public init(nodeCount: Int) {
    place = Array(repeating: -1, count: nodeCount)
    key = Array(repeating: .infinity, count: nodeCount)
  }

  /// Whether no node waits.
  public var isEmpty: Bool { heap.isEmpty }

  /// Puts `node` at `distance`, or moves it there when it waits at a larger one.
  public mutating func lower(_ node: Int32, to distance: Double) {
    let i = Int(node)
    if place[i] < 0 {
      place[i] = Int32(heap.count)
      heap.append(node)
      key[i] = distance
    } else if distance < key[i] {
      key[i] = distance
    } else {
      return
    }
    siftUp(Int(place[i]))
  }

  /// Takes out the nearest node; of several, the first in node order.
  public mutating func popNearest() -> (node: Int32, distance: Double)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    place[Int(first)] = -1
    if !heap.isEmpty {
      heap[0] = last
      place[Int(last)] = 0
      siftDown(0)
    }
    return (first, key[Int(first)])
  }

  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    let (ka, kb) = (key[Int(a)], key[Int(b)])
    return ka < kb || (ka == kb && a < b)
  }

  private mutating func siftUp(_ start: Int) {
    var i = start
    let node = heap[i]
    while i > 0 {
      let parent = (i - 1) / 4
      guard precedes(node, heap[parent]) else { break }
      heap[i] = heap[parent]
      place[Int(heap[i])] = Int32(i)
      i = parent
    }
    heap[i] = node
    place[Int(node)] = Int32(i)
  }

  private mutating func siftDown(_ start: Int) {
    var i = start
    let node = heap[i]
    while 4 * i + 1 < heap.count {
      var best = 4 * i + 1
      for child in best + 1..<Swift.max(best + 1, Swift.min(4 * i + 5, heap.count))
      where precedes(heap[child], heap[best]) { best = child }
      guard precedes(heap[best], node) else { break }
      heap[i] = heap[best]
      place[Int(heap[i])] = Int32(i)
      i = best
    }
    heap[i] = node
    place[Int(node)] = Int32(i)
  }
}
