// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The most by which a graph can multiply what goes round in it: the largest eigenvalue λ of its
/// matrix of strengths, 0 where nothing goes round.
///
/// λ is the largest over the strong components. Each is bounded from both sides at once by the
/// smallest and the largest ratio of an image to a positive vector (Collatz 1942,
/// doi:10.1007/BF01180013); only those that may hold the largest are looked at closely.
struct SpectralRadius {
  /// λ, and how much arrives at most at a node.
  let value: Double
  let largestRow: Double

  /// Finds λ, to about 11 digits.
  init(_ graph: Graph, for analysis: String, _ run: Run) throws(AnalysisError) {
    let matrix = try StrengthMatrix(graph, for: analysis, run)
    let n = graph.nodeCount
    var rows = [Double](repeating: 0, count: n)
    matrix.multiply(Array(repeating: 1, count: n), into: &rows)
    largestRow = rows.max() ?? 0
    guard largestRow > 0, largestRow.isFinite else {
      value = largestRow
      return
    }
    let ties = graph.edgeWeights?.contains(0) ?? false
    let whole =
      ties
      ? graph.subgraph(nodes: { _ in true }, edges: { graph.weight(of: $0) > 0 }).graph
      : graph
    let parts = try ConnectedComponents(.strong)(whole, run)
    let bounds = try Self.bounds(of: parts, matrix, run)
    let floor = bounds.reduce(0) { max($0, $1.low) }
    var best = 0.0
    let order = bounds.indices.sorted { (bounds[$0].high, $1) > (bounds[$1].high, $0) }
    for part in order where bounds[part].high >= floor {
      let (low, high) = bounds[part]
      if high <= best * (1 + 1e-13) { break }
      if high - low <= 1e-13 * high {
        best = max(best, high)
        continue
      }
      let inner = whole.subgraph(nodes: { parts.group[$0] == Int32(part) }).graph
      let map = try StrengthMatrix(inner, for: analysis, run)
      let vector = try KrylovSpace.settled(map, 1e-12, for: analysis, run)
      var image = vector
      map.multiply(vector, into: &image)
      best = max(best, image.reduce(0, +) / vector.reduce(0, +))
    }
    value = best
  }

  // For each component bounds from a few steps x ← A x + s x, all components at once. The shift s
  // keeps every entry positive and lets also those settle that swing.
  private static func bounds(
    of parts: Partition, _ matrix: StrengthMatrix, _ run: Run
  ) throws(AnalysisError) -> [(low: Double, high: Double)] {
    let n = matrix.size
    var vector = [Double](repeating: 1, count: n)
    var bounds = [(low: Double, high: Double)](repeating: (0, .infinity), count: parts.groupCount)
    var image = vector
    for step in 0..<16 {
      try run.checkpoint(step, of: 16)
      var now = [(low: Double, high: Double)](repeating: (.infinity, 0), count: parts.groupCount)
      for v in 0..<n {
        let part = parts.group.values[v]
        var sum = 0.0
        for a in matrix.arcs.range(of: Node(v)) {
          let u = Int(matrix.arcs.targets[a])
          guard parts.group.values[u] == part else { continue }
          sum += (matrix.strengths.isEmpty ? 1 : matrix.strengths[a]) * vector[u]
        }
        image[v] = sum
        let ratio = sum / vector[v]
        now[Int(part)].low = min(now[Int(part)].low, ratio)
        now[Int(part)].high = max(now[Int(part)].high, ratio)
      }
      for part in bounds.indices {
        bounds[part].low = max(bounds[part].low, now[part].low)
        bounds[part].high = min(bounds[part].high, now[part].high)
      }
      for v in 0..<n {
        let high = bounds[Int(parts.group.values[v])].high
        if high > 0 { vector[v] = (image[v] / high + vector[v]) / 2 }
      }
    }
    return bounds
  }
}
