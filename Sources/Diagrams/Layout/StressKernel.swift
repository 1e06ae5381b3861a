// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Distances from one node of a part to all, and moves of all nodes toward those distances: the
/// innermost loops of `StressLayout`.
///
/// - Invariant: they index unchecked and rely on the invariant of `LayoutPart`, on `distances`
///   having the part's count of numbers in each row, and on `queue` being as long as the part.
struct StressKernel {
  let part: LayoutPart
  /// Distances by row: the first for a source whose distances are not kept.
  private var distances: [Float]
  /// The row of each source whose distances are kept, or 0; empty where none are.
  private var rowOf: [Int32]
  private var keptRows = 0
  /// Where the row of the last source starts.
  private var row = 0
  private var queue: [Int32]
  private var heap: IndexedHeap

  /// Prepares to measure, keeping the distances from the first `kept` nodes that are sources.
  init(_ part: LayoutPart, keeping kept: Int = 0) {
    self.part = part
    distances = [Float](repeating: 0, count: part.count * (kept + 1))
    rowOf = [Int32](repeating: 0, count: kept > 0 ? part.count : 0)
    queue = [Int32](repeating: 0, count: part.lengths == nil ? part.count : 0)
    heap = IndexedHeap(nodeCount: part.lengths == nil ? 0 : part.count)
  }

  /// The distance of every node from the last source.
  var distance: ArraySlice<Float> { distances[row..<row + part.count] }

  /// Finds the distances of all nodes from `source`.
  mutating func measure(from source: Int) {
    precondition(source >= 0 && source < part.count, "the source is not of this part")
    row = 0
    if !rowOf.isEmpty {
      row = Int(rowOf[source]) * part.count
      if row > 0 { return }
      if (keptRows + 2) * part.count <= distances.count {
        keptRows += 1
        rowOf[source] = Int32(keptRows)
        row = keptRows * part.count
      }
    }
    if part.lengths == nil { measureHops(from: source) } else { measureLengths(from: source) }
  }

  private mutating func measureHops(from source: Int) {
    let (count, row) = (part.count, row)
    unsafe part.offsets.withUnsafeBufferPointer { offsets in
      unsafe part.targets.withUnsafeBufferPointer { targets in
        unsafe distances.withUnsafeMutableBufferPointer { distances in
          unsafe queue.withUnsafeMutableBufferPointer { queue in
            let distance = unsafe UnsafeMutableBufferPointer(rebasing: distances[row..<row + count])
            unsafe distance.update(repeating: -1)
            unsafe distance[source] = 0
            unsafe queue[0] = Int32(source)
            var (at, end) = (0, 1)
            // Once every node has been reached, nothing is left to find.
            while at < end && end < count {
              let node = Int(unsafe queue[at])
              at &+= 1
              let next = unsafe distance[node] + 1
              var position = Int(unsafe offsets[node])
              let last = Int(unsafe offsets[node &+ 1])
              while position < last {
                let target = Int(unsafe targets[position])
                position &+= 1
                if unsafe distance[target] < 0 {
                  unsafe distance[target] = next
                  unsafe queue[end] = Int32(truncatingIfNeeded: target)
                  end &+= 1
                }
              }
            }
          }
        }
      }
    }
  }

  // Dijkstra 1959, doi:10.1007/BF01386390.
  private mutating func measureLengths(from source: Int) {
    guard let lengths = part.lengths else { return }
    for i in row..<row + part.count { distances[i] = .infinity }
    distances[row + source] = 0
    heap.lower(Int32(source), to: 0)
    while let (node, _) = heap.popNearest() {
      let at = distances[row + Int(node)]
      for position in part.ties(of: Int(node)) {
        let target = Int(part.targets[position])
        let reach = at + lengths[position]
        if reach < distances[row + target] {
          distances[row + target] = reach
          heap.lower(Int32(target), to: Double(reach))
        }
      }
    }
  }

  /// Moves every node toward its measured distance from `source`, which stays.
  ///
  /// A node at distance *d* goes the share min(`largest`, `step` / *d*²) of what it lacks.
  func pull(_ x: inout [Float], _ y: inout [Float], to source: Int, step: Float, largest: Float) {
    let (count, row) = (part.count, row)
    precondition(x.count == count && y.count == count, "a place for every node")
    let (sx, sy) = (x[source], y[source])
    unsafe distances.withUnsafeBufferPointer { distances in
      unsafe x.withUnsafeMutableBufferPointer { x in
        unsafe y.withUnsafeMutableBufferPointer { y in
          let distance = unsafe UnsafeBufferPointer(rebasing: distances[row..<row + count])
          for i in 0..<count {
            let (px, py) = unsafe (x[i], y[i])
            let (dx, dy, d) = unsafe (px - sx, py - sy, distance[i])
            // The source itself has dx = dy = 0, so that it stays whatever its share.
            let length = (dx * dx + dy * dy + 1e-12).squareRoot()
            let share = min(largest, step / (d * d + 1e-12))
            let move = share * (length - d) / length
            unsafe x[i] = px - move * dx
            unsafe y[i] = py - move * dy
          }
        }
      }
    }
  }
}
