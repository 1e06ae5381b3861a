// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The matrix whose entry (v, u) is the strength of the edges from *u* to *v*, by rows: what
/// arrives at each node when every node sends along its edges.
///
/// An undirected self-loop, which is two arcs at its node, is one entry on the diagonal.
///
/// - Invariant: as `Adjacency`; the strengths stand beside the sources.
struct StrengthMatrix {
  let offsets: Column<Int32>
  let sources: Column<Int32>
  let strengths: [Double]

  /// Takes the strengths of a graph.
  ///
  /// - Throws: `AnalysisError.wrongWeighting` for lengths, `.weightOutsideDomain` for a negative
  ///   strength.
  init(_ graph: Graph, for analysis: String, _ run: Run) throws(AnalysisError) {
    try graph.requireNonNegativeStrengths(for: analysis)
    let arcs = graph.incoming
    offsets = arcs.offsets
    sources = arcs.targets
    var strengths = [Double](repeating: 1, count: arcs.targets.count)
    let weighed = graph.edgeWeights.map { (weights: $0, edges: arcs.edges) }
    let loopArcShare = graph.direction == .undirected ? 0.5 : 1
    for v in 0..<graph.nodeCount {
      if v & 1023 == 0 { try run.checkpoint(0, of: 1) }
      for a in arcs.range(of: Node(v)) {
        if let weighed { strengths[a] = weighed.weights[Int(weighed.edges[a])] }
        if arcs.targets[a] == Int32(v) { strengths[a] *= loopArcShare }
      }
    }
    self.strengths = strengths
  }

  /// What leaves each node in all.
  var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: offsets.count - 1)
    for a in sources.indices { sums[Int(sources[a])] += strengths[a] }
    return sums
  }

  /// Sets `result` to the product of the matrix and `vector`; both have one entry a node.
  func multiply(_ vector: [Double], into result: inout [Double]) {
    precondition(vector.count == offsets.count - 1 && result.count == vector.count)
    let offsets = offsets.span
    let sources = sources.span
    let strengths = strengths.span
    let vector = vector.span
    var result = result.mutableSpan
    for v in 0..<result.count {
      var sum = 0.0
      let end = unsafe Int(offsets[unchecked: v + 1])
      var a = unsafe Int(offsets[unchecked: v])
      while a < end {
        unsafe sum += strengths[unchecked: a] * vector[unchecked: Int(sources[unchecked: a])]
        a += 1
      }
      unsafe result[unchecked: v] = sum
    }
  }
}
