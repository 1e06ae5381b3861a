// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Breadth-first searches over arcs of length 1, one at a time; the space is used again.
///
/// Nodes that were reached pass the search on to their targets. While they are many, it is the nodes
/// not reached yet that look for one of them among those they can be reached from, and stop at the
/// first (Beamer, Asanović and Patterson 2012, doi:10.1109/SC.2012.50).
///
/// - Invariant: the nodes reached last are `order[0 ..< reached]`, each once, nearest first; `level`
///   is their distance and −1 at every other node. Outside a call the bits of `isFront` are 0.
///   Indices come from the columns and are less than the node count.
final class HopSearch: @unchecked Sendable {
  let level: Space<Int32>
  let order: Space<Int32>
  private(set) var reached = 0
  /// The largest distance of the last search.
  private(set) var depth = 0

  private let nodeCount: Int
  private let offsets: Column<Int32>
  private let targets: Column<Int32>
  private let backOffsets: Column<Int32>
  private let backTargets: Column<Int32>
  private let isFront: Space<UInt64>

  /// Makes space for searches along the arcs; `back` are the same arcs seen from their targets.
  init(
    offsets: Column<Int32>, targets: Column<Int32>,
    back: (offsets: Column<Int32>, targets: Column<Int32>)
  ) {
    let n = offsets.count - 1
    nodeCount = n
    self.offsets = offsets
    self.targets = targets
    backOffsets = back.offsets
    backTargets = back.targets
    level = Space(repeating: -1, count: n)
    order = Space(repeating: 0, count: n)
    isFront = Space(repeating: 0, count: n / 64 + 1)
  }

  /// Makes space for searches along ties in both directions.
  convenience init(_ neighbours: Neighbours) {
    self.init(
      offsets: neighbours.offsets, targets: neighbours.targets,
      back: (neighbours.offsets, neighbours.targets))
  }

  /// The bytes that the space for a graph of `n` nodes takes.
  static func memory(nodeCount n: Int) -> Int { 8 * n + n / 8 + 256 }

  /// Finds the distance of every node from the nearest of `sources`, which are nodes.
  func run(from sources: some Sequence<Int32>) {
    let offsetColumn = self.offsets
    let offsets = offsetColumn.span
    let (level, order) = unsafe (level.base, order.base)
    for i in 0..<reached { unsafe level[Int(order[i])] = -1 }
    var count = 0
    for source in sources where unsafe level[Int(source)] < 0 {
      unsafe level[Int(source)] = 0
      unsafe order[count] = source
      count += 1
    }
    var head = 0
    var distance: Int32 = 0
    var unseenArcs = targets.count
    while head < count {
      var frontArcs = 0
      for i in head..<count {
        let u = unsafe Int(order[i])
        unsafe frontArcs += Int(offsets[unchecked: u + 1] - offsets[unchecked: u])
      }
      unseenArcs -= frontArcs
      distance += 1
      let front = head..<count
      head = count
      count =
        14 * frontArcs > unseenArcs && 24 * front.count > nodeCount
        ? pull(front, distance) : push(front, distance)
    }
    reached = count
    depth = Int(max(0, distance - 1))
  }

  private func push(_ front: Range<Int>, _ distance: Int32) -> Int {
    let (offsetColumn, targetColumn) = (self.offsets, self.targets)
    let (offsets, targets) = (offsetColumn.span, targetColumn.span)
    let (level, order) = unsafe (level.base, order.base)
    var count = front.upperBound
    for i in front {
      let u = unsafe Int(order[i])
      var a = unsafe Int(offsets[unchecked: u])
      let end = unsafe Int(offsets[unchecked: u + 1])
      while a < end {
        let w = unsafe targets[unchecked: a]
        a += 1
        if unsafe level[Int(w)] < 0 {
          unsafe level[Int(w)] = distance
          unsafe order[count] = w
          count += 1
        }
      }
    }
    return count
  }

  private func pull(_ front: Range<Int>, _ distance: Int32) -> Int {
    let (offsetColumn, targetColumn) = (backOffsets, backTargets)
    let (offsets, targets) = (offsetColumn.span, targetColumn.span)
    let (level, order, isFront) = unsafe (level.base, order.base, isFront.base)
    for i in front {
      let u = unsafe Int(order[i])
      unsafe isFront[u >> 6] |= 1 << UInt64(truncatingIfNeeded: u & 63)
    }
    var count = front.upperBound
    for v in 0..<nodeCount where unsafe level[v] < 0 {
      var a = unsafe Int(offsets[unchecked: v])
      let end = unsafe Int(offsets[unchecked: v + 1])
      while a < end {
        let u = unsafe Int(targets[unchecked: a])
        if unsafe isFront[u >> 6] >> UInt64(truncatingIfNeeded: u & 63) & 1 == 1 {
          unsafe level[v] = distance
          unsafe order[count] = Int32(truncatingIfNeeded: v)
          count += 1
          break
        }
        a += 1
      }
    }
    for i in front { unsafe isFront[Int(order[i]) >> 6] = 0 }
    return count
  }
}
