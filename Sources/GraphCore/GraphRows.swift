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
  init(nodeCount n: Int, _ direction: Graph.Direction, _ ends: EdgeEnds) {
    if direction == .undirected {
      let offsets = Self.offsets(n, counting: [ends.sources, ends.targets])
      let unsorted = Self.appended(n, offsets, ends, bothWays: true)
      ends.release()
      let targets = Self.transposed(offsets, unsorted, into: offsets)
      let (owned, loops) = Self.ownedOffsets(offsets, targets)
      self.init(
        offsets: offsets, targets: targets, incoming: nil, owned: owned, selfLoopCount: loops)
    } else {
      let leaving = Self.offsets(n, counting: [ends.sources])
      let entering = Self.offsets(n, counting: [ends.targets])
      let unsorted = Self.appended(n, entering, ends, bothWays: false)
      ends.release()
      let targets = Self.transposed(entering, unsorted, into: leaving)
      let sources = Self.transposed(leaving, targets, into: entering)
      var loops = 0
      for u in 0..<n {
        for a in Int(leaving[u])..<Int(leaving[u + 1]) where targets[a] == Int32(u) { loops += 1 }
      }
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

  private static func offsets(_ n: Int, counting columns: [[Int32]]) -> Column<Int32> {
    unsafe Column(count: n + 1) { offsets in
      unsafe offsets.initialize(repeating: 0)
      for column in columns {
        // Safe: the ends were validated, so a node is less than n.
        for node in column { unsafe offsets[Int(node) + 1] &+= 1 }
      }
      for u in 0..<n { unsafe offsets[u + 1] += offsets[u] }
    }
  }

  // Puts the source of each edge in the row of its target and, both ways, the other way round.
  private static func appended(
    _ n: Int, _ offsets: Column<Int32>, _ ends: EdgeEnds, bothWays: Bool
  ) -> Column<Int32> {
    var next = Array(offsets)
    let (sources, targets) = (ends.sources, ends.targets)
    return unsafe Column(count: sources.count * (bothWays ? 2 : 1)) { rows in
      // Safe: `offsets` counts the ends, so that each place is filled once and none is outside.
      unsafe next.withUnsafeMutableBufferPointer { next in
        for e in 0..<sources.count {
          let (s, t) = (sources[e], targets[e])
          let place = unsafe Int(next[Int(t)])
          unsafe next[Int(t)] &+= 1
          unsafe rows[place] = s
          guard bothWays else { continue }
          let other = unsafe Int(next[Int(s)])
          unsafe next[Int(s)] &+= 1
          unsafe rows[other] = t
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

  /// The edges that each node of an undirected graph owns: those to higher nodes and its
  /// self-loops, which stand in its row twice.
  static func ownedOffsets(
    _ offsets: Column<Int32>, _ targets: Column<Int32>
  ) -> (owned: Column<Int32>, selfLoopCount: Int) {
    var loops = 0
    let column = unsafe Column<Int32>(count: offsets.count) { owned in
      unsafe owned.initializeElement(at: 0, to: 0)
      var edges: Int32 = 0
      for u in 0..<offsets.count - 1 {
        var (higher, ownLoops) = (0, 0)
        for a in Int(offsets[u])..<Int(offsets[u + 1]) {
          let v = targets[a]
          if v > Int32(u) { higher += 1 } else if v == Int32(u) { ownLoops += 1 }
        }
        loops += ownLoops / 2
        edges += Int32(higher + ownLoops / 2)
        unsafe owned.initializeElement(at: u + 1, to: edges)
      }
    }
    return (column, loops)
  }
}
