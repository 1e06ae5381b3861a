// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The matrix whose entry (v, u) is the strength of the edges from *u* to *v*, by rows: what
/// arrives at each node when every node sends along its edges.
///
/// An undirected self-loop, which is two arcs at its node, is one entry on the diagonal.
///
/// - Invariant: as `Adjacency`; the strengths, where there are any, stand beside the targets of the
///   arcs.
struct StrengthMatrix: LinearMap {
  /// The arcs of each row: for what arrives, those into a node.
  let arcs: Adjacency
  /// The arcs of each column.
  private let opposite: Adjacency
  /// The strength of each arc; empty when each is 1.
  let strengths: [Double]
  /// Whether row and column of a node are the same.
  let isSymmetric: Bool

  var size: Int { arcs.offsets.count - 1 }

  /// Takes the strengths of a graph.
  ///
  /// - Parameters:
  ///   - graph: the graph.
  ///   - analysis: whose errors they are.
  ///   - isTransposed: whether row *v* is what leaves *v* rather than what arrives.
  ///   - run: how it runs.
  /// - Throws: `AnalysisError.wrongWeighting` for lengths, `.weightOutsideDomain` for a negative
  ///   strength.
  init(
    _ graph: Graph, for analysis: String, isTransposed: Bool = false, _ run: Run
  ) throws(AnalysisError) {
    try graph.requireNonNegativeStrengths(for: analysis)
    let arcs = isTransposed ? graph.outgoing : graph.incoming
    self.arcs = arcs
    opposite = isTransposed ? graph.incoming : graph.outgoing
    isSymmetric = graph.direction == .undirected
    let halvesLoops = isSymmetric && graph.selfLoopCount > 0
    guard graph.edgeWeights != nil || halvesLoops else {
      strengths = []
      return
    }
    let targets = arcs.targets
    var strengths = [Double](repeating: 1, count: targets.count)
    let weighed = graph.edgeWeights.map { (weights: $0, edges: arcs.edges) }
    for v in 0..<graph.nodeCount {
      if v & 1023 == 0 { try run.checkpoint(0, of: 1) }
      for a in arcs.range(of: Node(v)) {
        if let weighed { strengths[a] = weighed.weights[Int(weighed.edges[a])] }
        if halvesLoops, targets[a] == Int32(v) { strengths[a] *= 0.5 }
      }
    }
    self.strengths = strengths
  }

  /// The bytes that `init` takes for a graph.
  static func memory(for graph: Graph) -> Int {
    guard graph.edgeWeights != nil || graph.selfLoopCount > 0 else { return 0 }
    return 12 * graph.incoming.targets.count
  }

  /// What leaves each node in all: the sums of the columns.
  var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: size)
    if strengths.isEmpty {
      for u in 0..<size { sums[u] = Double(opposite.count(of: Node(u))) }
    } else if isSymmetric {
      for u in 0..<size {
        for a in arcs.range(of: Node(u)) { sums[u] += strengths[a] }
      }
    } else {
      let targets = arcs.targets.span
      for a in targets.indices { sums[Int(targets[a])] += strengths[a] }
    }
    return sums
  }

  func multiply(_ vector: [Double], into result: inout [Double]) {
    precondition(vector.count == size && result.count == size)
    var result = result.mutableSpan
    unsafe vector.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe forEachProduct(of: 0..<size, with: base) { result[$0] = $1 }
    }
  }

  /// Calls `body` with each row of a range and its product with `vector`, which has one element a
  /// node.
  ///
  /// Four sums go on at a time, in an order that depends on the row alone.
  @inline(__always)
  @unsafe func forEachProduct(
    of rows: Range<Int>, with vector: UnsafePointer<Double>, _ body: (Int, Double) -> Void
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= size)
    let offsets = arcs.offsets.span
    let targets = arcs.targets.span
    let strengths = strengths.span
    // Rows are in range by the check above; arcs and their targets by the invariant of the graph.
    var a = rows.isEmpty ? 0 : Int(offsets[rows.lowerBound])
    if strengths.isEmpty {
      for v in rows {
        let end = unsafe Int(offsets[unchecked: v + 1])
        var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
        while a &+ 4 <= end {
          unsafe s0 += vector[Int(targets[unchecked: a])]
          unsafe s1 += vector[Int(targets[unchecked: a &+ 1])]
          unsafe s2 += vector[Int(targets[unchecked: a &+ 2])]
          unsafe s3 += vector[Int(targets[unchecked: a &+ 3])]
          a &+= 4
        }
        while a < end {
          unsafe s0 += vector[Int(targets[unchecked: a])]
          a &+= 1
        }
        body(v, (s0 + s1) + (s2 + s3))
      }
    } else {
      for v in rows {
        let end = unsafe Int(offsets[unchecked: v + 1])
        var (s0, s1) = (0.0, 0.0)
        while a &+ 2 <= end {
          unsafe s0 += strengths[unchecked: a] * vector[Int(targets[unchecked: a])]
          unsafe s1 += strengths[unchecked: a &+ 1] * vector[Int(targets[unchecked: a &+ 1])]
          a &+= 2
        }
        if a < end {
          unsafe s0 += strengths[unchecked: a] * vector[Int(targets[unchecked: a])]
          a &+= 1
        }
        body(v, s0 + s1)
      }
    }
  }
}

/// A square matrix that is only ever multiplied with vectors.
protocol LinearMap {
  /// The number of rows.
  var size: Int { get }
  /// Sets `result` to the product of the matrix and `vector`; both have one entry a row.
  func multiply(_ vector: [Double], into result: inout [Double])
}
