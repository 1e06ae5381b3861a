// SPDX-License-Identifier: Apache-2.0

/// The compressed rows of a graph, sorted.
///
/// Sorting by transposing: when the rows are walked in order and each node is appended to the rows
/// of its targets, every row comes out in ascending order, in O(n + m) and without comparing.
struct GraphRows {
  let offsets: Column<Int32>
  let targets: Column<Int32>
  /// The rows of the arcs that enter each node; nil in an undirected graph.
  let incoming: (offsets: Column<Int32>, targets: Column<Int32>)?
  /// `owned[u] ..< owned[u + 1]` are the edges whose source is *u*.
  let owned: Column<Int32>
  let selfLoopCount: Int

  /// Makes the rows of edges whose ends are valid; `ends` is released as soon as it can be.
  ///
  /// Of an undirected edge the lower end counts as the source until both directions are written.
  init(nodeCount n: Int, _ direction: Graph.Direction, _ ends: EdgeEnds) {
    let isUndirected = direction == .undirected
    let (leaving, entering, loops) = Self.offsets(n, ends, turned: isUndirected)
    let unsorted = Self.sourcesByTarget(entering, ends, turned: isUndirected)
    ends.release()
    let targets = Self.transposed(entering, unsorted, into: leaving)
    if isUndirected {
      let (offsets, both) = Self.bothDirections(leaving, targets, entering)
      self.init(
        offsets: offsets, targets: both, incoming: nil, owned: leaving, selfLoopCount: loops)
    } else {
      let sources = Self.transposed(leaving, targets, into: entering)
      self.init(
        offsets: leaving, targets: targets, incoming: (entering, sources), owned: leaving,
        selfLoopCount: loops)
    }
  }

  init(
    offsets: Column<Int32>, targets: Column<Int32>,
    incoming: (offsets: Column<Int32>, targets: Column<Int32>)?, owned: Column<Int32>,
    selfLoopCount: Int
  ) {
    self.offsets = offsets
    self.targets = targets
    self.incoming = incoming
    self.owned = owned
    self.selfLoopCount = selfLoopCount
  }

  private static func offsets(
    _ n: Int, _ ends: EdgeEnds, turned: Bool
  ) -> (leaving: Column<Int32>, entering: Column<Int32>, selfLoopCount: Int) {
    var leaving = [Int32](repeating: 0, count: n + 1)
    var entering = leaving
    var loops = 0
    let (sources, targets) = (ends.sources, ends.targets)
    for e in 0..<sources.count {
      let (s, t) = Self.edge(sources[e], targets[e], turned)
      leaving[Int(s) + 1] &+= 1
      entering[Int(t) + 1] &+= 1
      if s == t { loops += 1 }
    }
    for u in 0..<n {
      leaving[u + 1] += leaving[u]
      entering[u + 1] += entering[u]
    }
    return (Column(leaving), Column(entering), loops)
  }

  @inline(__always) private static func edge(
    _ source: Int32, _ target: Int32, _ turned: Bool
  ) -> (Int32, Int32) {
    turned ? (min(source, target), max(source, target)) : (source, target)
  }

  private static func sourcesByTarget(
    _ entering: Column<Int32>, _ ends: EdgeEnds, turned: Bool
  ) -> Column<Int32> {
    var next = Array(entering)
    let (sources, targets) = (ends.sources, ends.targets)
    return unsafe Column(count: sources.count) { rows in
      // Safe: `entering` counts the targets, so that each place is filled once and none is outside.
      unsafe next.withUnsafeMutableBufferPointer { next in
        for e in 0..<sources.count {
          let (s, t) = Self.edge(sources[e], targets[e], turned)
          let place = unsafe Int(next[Int(t)])
          unsafe next[Int(t)] &+= 1
          unsafe rows[place] = s
        }
      }
    }
  }

  private static func transposed(
    _ offsets: Column<Int32>, _ targets: Column<Int32>, into newOffsets: Column<Int32>
  ) -> Column<Int32> {
    var next = Array(newOffsets)
    let (offsets, targets) = (offsets.span, targets.span)
    return unsafe Column(count: targets.count) { rows in
      // Safe: `newOffsets` counts the targets, so that each place is filled once.
      unsafe next.withUnsafeMutableBufferPointer { next in
        for u in 0..<offsets.count - 1 {
          let end = unsafe Int(offsets[unchecked: u + 1])
          var a = unsafe Int(offsets[unchecked: u])
          while a < end {
            let v = unsafe Int(targets[unchecked: a])
            let place = unsafe Int(next[v])
            unsafe next[v] &+= 1
            unsafe rows[place] = Int32(truncatingIfNeeded: u)
            a += 1
          }
        }
      }
    }
  }

  // Each row holds first the arcs to lower nodes (edges that others own), then those of the edges
  // the node owns: both in ascending order, so that the whole is sorted by target.
  private static func bothDirections(
    _ owned: Column<Int32>, _ ownedTargets: Column<Int32>, _ entering: Column<Int32>
  ) -> (offsets: Column<Int32>, targets: Column<Int32>) {
    var next = zip(owned, entering).map { $0 + $1 }
    let offsets = Column(next)
    let n = owned.count - 1
    let (owned, ownedTargets) = (owned.span, ownedTargets.span)
    let targets = unsafe Column<Int32>(count: 2 * ownedTargets.count) { rows in
      // Safe: a row has room for the edges that enter its node and those that leave it.
      unsafe next.withUnsafeMutableBufferPointer { next in
        for u in 0..<n {
          let (start, end) = unsafe (Int(owned[unchecked: u]), Int(owned[unchecked: u + 1]))
          let shift = Int(offsets[u + 1]) - end
          var edge = start
          while edge < end {
            let target = unsafe ownedTargets[unchecked: edge]
            let place = unsafe Int(next[Int(target)])
            unsafe next[Int(target)] &+= 1
            unsafe rows[place] = Int32(truncatingIfNeeded: u)
            unsafe rows[edge + shift] = target
            edge += 1
          }
        }
      }
    }
    return (offsets, targets)
  }
}
