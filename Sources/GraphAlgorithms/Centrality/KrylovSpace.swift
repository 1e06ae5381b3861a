// SPDX-License-Identifier: Apache-2.0

/// An estimate of the vector that a non-negative irreducible matrix *A* stretches most, and the
/// means to improve it: Arnoldi's method (1951, doi:10.1090/qam/42792), started again from the best
/// vector of each small space (Saad 1980, doi:10.1016/0024-3795(80)90169-X).
///
/// With λ₁ and λ₂ the two largest eigenvalues of a symmetric matrix, power iteration takes steps in
/// proportion to λ₁ / (λ₁ − λ₂), and this about the square root of that.
///
/// - Invariant: `vector` has length 1, and its sum is not negative.
struct KrylovSpace<Map: LinearMap> {
  /// The largest number of directions in a space.
  static var largestSize: Int { 20 }

  /// The estimate.
  private(set) var vector: [Double]

  private let matrix: Map
  private var basis: [[Double]] = []

  /// The bytes that a space with a map of `size` rows takes.
  static func memory(size: Int) -> Int {
    8 * size * (largestSize + 4) + 16 * largestSize * largestSize
  }

  /// The vector of length 1 that a map stretches most, found from equal entries.
  ///
  /// Where several directions are stretched alike it is the one of them nearest to equal entries.
  ///
  /// - Parameters:
  ///   - map: the map.
  ///   - tolerance: the largest error allowed in an entry, as estimated from how fast they settle.
  ///   - analysis: whose errors they are.
  ///   - run: how it runs.
  /// - Returns: the vector, with a sum that is not negative.
  /// - Throws: `AnalysisError.notConverged`.
  static func settled(
    _ map: Map, _ tolerance: Double, for analysis: String, _ run: Run
  ) throws(AnalysisError) -> [Double] {
    let restarts = 2000
    let start = 1 / Double(max(1, map.size)).squareRoot()
    var space = KrylovSpace(map, vector: Array(repeating: start, count: map.size))
    var lastChange = Double.infinity
    var restart = 0
    while restart < restarts {
      try run.checkpoint(restart, of: restarts)
      restart += 1
      let change = space.improve()
      // The error left is the sum of the changes to come, which shrink by about the same ratio. A
      // change of the size of rounding says that there is nothing left to gain.
      if change <= 1e-15 { return space.vector }
      let ratio = change / lastChange
      if restart > 1, ratio < 1, change * ratio / (1 - ratio) <= tolerance { return space.vector }
      lastChange = change
      if !change.isFinite { break }
    }
    throw .notConverged(
      analysis: analysis, iterations: restart * largestSize, residual: lastChange)
  }

  /// Starts from a vector of length 1.
  init(_ matrix: Map, vector: [Double]) {
    self.matrix = matrix
    self.vector = vector
  }

  /// Replaces the vector by the best of the space that it spans with its images, and gives the
  /// length of the difference.
  mutating func improve() -> Double {
    let projected = span()
    let size = projected.count
    let weights = Self.dominant(projected)
    var better = [Double](repeating: 0, count: vector.count)
    for j in 0..<size { Self.add(weights[j], basis[j], to: &better) }
    let sum = better.reduce(0, +)
    let length = Self.dot(better, better).squareRoot() * (sum < 0 ? -1 : 1)
    var change = 0.0
    for i in better.indices {
      better[i] /= length
      change += (better[i] - vector[i]) * (better[i] - vector[i])
    }
    vector = better
    return change.squareRoot()
  }

  // Fills the basis and gives the matrix in it. The space is complete when an image has no new
  // direction.
  private mutating func span() -> [[Double]] {
    let largest = min(Self.largestSize, vector.count)
    basis = [vector]
    var columns: [[Double]] = []
    var image = vector
    while true {
      matrix.multiply(basis[columns.count], into: &image)
      let length = Self.dot(image, image).squareRoot()
      var column = [Double](repeating: 0, count: largest)
      // Twice is enough to make the rest orthogonal to the basis.
      for _ in 0..<2 {
        for j in basis.indices {
          let part = Self.dot(image, basis[j])
          column[j] += part
          Self.add(-part, basis[j], to: &image)
        }
      }
      columns.append(column)
      let rest = Self.dot(image, image).squareRoot()
      guard columns.count < largest, rest > 1e-13 * length else { break }
      columns[columns.count - 1][columns.count] = rest
      basis.append(image.map { $0 / rest })
    }
    let size = columns.count
    return (0..<size).map { i in (0..<size).map { j in columns[j][i] } }
  }

  // The dominant vector of a small matrix by squaring it again and again. The shift keeps an
  // eigenvalue of the other sign, which every bipartite network has, from being as large.
  private static func dominant(_ small: [[Double]]) -> [Double] {
    let size = small.count
    var power = small.flatMap { $0 }
    let shift = power.reduce(0) { max($0, abs($1)) }
    for i in 0..<size { power[i * size + i] += shift }
    var square = power
    for _ in 0..<60 {
      let largest = power.reduce(0) { max($0, abs($1)) }
      guard largest > 0 else { break }
      for i in power.indices { power[i] /= largest }
      for i in 0..<size {
        for j in 0..<size {
          var sum = 0.0
          for k in 0..<size { sum += power[i * size + k] * power[k * size + j] }
          square[i * size + j] = sum
        }
      }
      // A power that is its own square, but for a factor, has only the dominant direction left.
      var trace = 0.0
      for i in 0..<size { trace += power[i * size + i] }
      var distance = 0.0
      for i in power.indices { distance = max(distance, abs(square[i] - trace * power[i])) }
      swap(&power, &square)
      if distance <= 1e-16 { break }
    }
    // The first column is where the estimate itself, the first of the basis, is taken.
    return (0..<size).map { power[$0 * size] }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    let a = a.span
    let b = b.span
    var sum = 0.0
    for i in 0..<a.count { sum += a[i] * b[i] }
    return sum
  }

  private static func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
    let a = a.span
    var b = b.mutableSpan
    for i in 0..<a.count { b[i] += factor * a[i] }
  }
}
