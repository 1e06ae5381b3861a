// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// First places of a connected part, by classical scaling of distances from a few pivots (Brandes
/// and Pich 2007, doi:10.1007/978-3-540-70904-6_6).
///
/// - Complexity: O(*h* (n + m) + *h*² n) for *h* pivots; 8 *h* bytes a node.
struct PivotStart {
  var x: [Float]
  var y: [Float]
  /// The mean distance from the pivots.
  let meanDistance: Double

  init(
    _ kernel: inout StressKernel, pivots: Int, random: inout SeededGenerator,
    checkpoint: () throws(DiagramError) -> Void
  ) throws(DiagramError) {
    let count = kernel.part.count
    // Each pivot the farthest from those before, so that they enclose the rest.
    var rows: [[Float]] = []
    var sources: [Int] = []
    var nearest = [Float](repeating: .infinity, count: count)
    var pivot = random.below(count)
    for _ in 0..<min(pivots, count) {
      try checkpoint()
      kernel.measure(from: pivot)
      let row = Array(kernel.distance)
      rows.append(row)
      sources.append(pivot)
      var farthest: Float = -1
      for i in 0..<count {
        nearest[i] = min(nearest[i], row[i])
        if nearest[i] > farthest {
          farthest = nearest[i]
          pivot = i
        }
      }
      if farthest <= 0 { break }
    }
    var total = 0.0
    for row in rows { for d in row { total += Double(d) } }
    meanDistance = total / Double(max(1, rows.count * max(1, count - 1)))
    let axes = Self.axes(Self.centred(rows), random: &random)
    (x, y) = (axes.0, axes.1)
    // The size at which the stress to the pivots is least.
    var (linear, square) = (0.0, 0.0)
    for (row, source) in zip(rows, sources) {
      for i in 0..<count where row[i] > 0 {
        let (dx, dy) = (x[i] - x[source], y[i] - y[source])
        let ratio = Double((dx * dx + dy * dy).squareRoot() / row[i])
        linear += ratio
        square += ratio * ratio
      }
    }
    let scale = square > 0 ? Float(linear / square) : 1
    for i in 0..<count {
      // Nodes with the same distances to all pivots would stay in one place for ever.
      x[i] = x[i] * scale + 0.3 * Float(random.unit() - 0.5)
      y[i] = y[i] * scale + 0.3 * Float(random.unit() - 0.5)
    }
  }

  // Squared distances less the means of row and column.
  private static func centred(_ rows: [[Float]]) -> [[Float]] {
    guard let count = rows.first?.count else { return rows }
    var rows = rows
    var longest: Float = 0
    for row in rows { for d in row { longest = max(longest, d) } }
    var columns = [Double](repeating: 0, count: count)
    var all = 0.0
    var means: [Double] = []
    for p in rows.indices {
      var sum = 0.0
      for i in 0..<count {
        let d = rows[p][i] / longest
        rows[p][i] = d * d
        sum += Double(rows[p][i])
        columns[i] += Double(rows[p][i])
      }
      means.append(sum / Double(count))
      all += sum
    }
    all /= Double(count * rows.count)
    for p in rows.indices {
      for i in 0..<count {
        let mean = columns[i] / Double(rows.count) + means[p] - all
        rows[p][i] = Float((mean - Double(rows[p][i])) / 2)
      }
    }
    return rows
  }

  // The two axes along which the rows spread most, by power iteration on their products.
  private static func axes(
    _ rows: [[Float]], random: inout SeededGenerator
  ) -> ([Float], [Float]) {
    let count = rows.first?.count ?? 0
    let size = rows.count
    var products = [Double](repeating: 0, count: size * size)
    for p in 0..<size {
      for q in p..<size {
        let product = dot(rows[p], rows[q])
        products[p * size + q] = product
        products[q * size + p] = product
      }
    }
    var found: [[Double]] = []
    var axes: [[Float]] = []
    for _ in 0..<2 {
      var vector = (0..<size).map { _ in random.unit() - 0.5 }
      for _ in 0..<100 {
        var next = [Double](repeating: 0, count: size)
        for p in 0..<size {
          var sum = 0.0
          for q in 0..<size { sum += products[p * size + q] * vector[q] }
          next[p] = sum
        }
        for other in found {
          var along = 0.0
          for p in 0..<size { along += next[p] * other[p] }
          for p in 0..<size { next[p] -= along * other[p] }
        }
        var square = 0.0
        for p in 0..<size { square += next[p] * next[p] }
        guard square > 1e-200 else {
          next = [Double](repeating: 0, count: size)
          vector = next
          break
        }
        let length = square.squareRoot()
        for p in 0..<size { next[p] /= length }
        vector = next
      }
      found.append(vector)
      var axis = [Float](repeating: 0, count: count)
      for p in 0..<size {
        let share = Float(vector[p])
        for i in 0..<count { axis[i] += share * rows[p][i] }
      }
      axes.append(axis)
    }
    return (axes[0], axes[1])
  }

  private static func dot(_ a: [Float], _ b: [Float]) -> Double {
    // Eight running sums in fixed order; long columns keep their digits by blocks.
    var total = 0.0
    var start = 0
    while start < a.count {
      let end = min(a.count, start + 4096)
      var lanes = SIMD8<Float>(repeating: 0)
      var i = start
      while i + 8 <= end {
        var u = SIMD8<Float>()
        var v = SIMD8<Float>()
        for k in 0..<8 {
          u[k] = a[i + k]
          v[k] = b[i + k]
        }
        lanes += u * v
        i += 8
      }
      while i < end {
        lanes[0] += a[i] * b[i]
        i += 1
      }
      for k in 0..<8 { total += Double(lanes[k]) }
      start = end
    }
    return total
  }
}
