// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The equation x = W (g ∘ x) + b, of which PageRank and Katz are examples.
///
/// What is at each node is what it has of its own, *b*, and what arrives when every node sends the
/// share *g* of what it has along its edges.
///
/// W is not negative and W diag(g) stretches nothing by 1 or more, so the solution exists and is not
/// negative. Gradients find it in a tenth of the steps that passing on again and again would take;
/// what is still missing in the equation is measured at the end, and should rounding have led them
/// astray, sweeps go on that use what the stages before have found (Gauss and Seidel's, by blocks)
/// and cannot fail. Chunks and stages depend on the graph alone, so that the number of threads
/// changes no bit.
///
/// - Invariant: every space has one element a node; within a loop over chunks a thread writes only
///   to the rows of its chunk, and nothing that another reads.
@safe final class StrengthSystem: @unchecked Sendable {
  /// When a vector is near enough: what is missing in the equation, summed or at the worst node.
  enum Limit {
    case sum(Double)
    case largest(Double)
  }

  /// What a pass over the rows adds up.
  struct Sums {
    /// Σ g r² or another product of two vectors.
    var product = 0.0
    /// Σ |r|.
    var missing = 0.0
    /// The largest |r|.
    var largest = 0.0
    /// Σ x.
    var total = 0.0

    mutating func add(missing value: Double) {
      missing += abs(value)
      largest = max(largest, abs(value))
    }

    static func += (a: inout Sums, b: Sums) {
      a.product += b.product
      a.missing += b.missing
      a.largest = max(a.largest, b.largest)
      a.total += b.total
    }
  }

  private static let stageCount = 16
  private static let chunksPerStage = 4

  /// The solution so far.
  let solution: Space<Double>

  private let analysis: String
  let matrix: StrengthMatrix
  let share: Space<Double>
  let own: Space<Double>
  let sent: Space<Double>
  private let chunks: RowChunks
  private let partials: Space<Sums>
  private let team: Team
  private let run: Run
  private let expected: Int
  private var most: Int
  private var iterations = 0
  private var missing = Double.infinity

  /// Starts from x = b.
  ///
  /// - Parameters:
  ///   - matrix: W.
  ///   - share: *g*, not negative.
  ///   - own: *b*, not negative.
  ///   - analysis: whose errors they are.
  ///   - expected: about how many iterations are expected, for the progress.
  ///   - team: the threads that do the loops.
  ///   - run: how it runs.
  init(
    _ matrix: StrengthMatrix, share: [Double], own: [Double], for analysis: String,
    expected: Int, _ team: Team, _ run: Run
  ) {
    precondition(share.count == matrix.size && own.count == matrix.size)
    self.matrix = matrix
    self.analysis = analysis
    self.share = Space(share)
    self.own = Space(own)
    solution = Space(own)
    sent = Space(repeating: 0, count: matrix.size)
    chunks = RowChunks(matrix.arcs, count: Self.stageCount * Self.chunksPerStage)
    partials = Space(repeating: Sums(), count: chunks.count)
    self.expected = max(1, expected)
    most = 100 + 4 * max(1, expected)
    self.team = team
    self.run = run
  }

  /// The bytes that a system with a graph of `nodes` nodes takes.
  static func memory(nodes: Int) -> Int { 88 * nodes + (1 << 14) }

  /// Solves the equation until what is missing is within the limit.
  ///
  /// - Parameter limit: when to stop, from the sum of the solution.
  /// - Throws: `AnalysisError.notConverged` where rounding does not allow that.
  func solve(until limit: (_ sum: Double) -> Limit) throws(AnalysisError) {
    var attempts = 0
    var sums = measured()
    let missingAtFirst = sums.missing
    while !isWithin(limit, sums, of: 1) {
      // An estimate that rounding made too good is found out here, and the search goes on.
      guard attempts < 4 else { throw failure }
      let part = attempts == 0 ? 1 : 0.25
      if attempts < 2 {
        do throws(AnalysisError) {
          if matrix.isSymmetric {
            try conjugateGradients(until: limit, part)
          } else {
            try biconjugateGradients(until: limit, part)
          }
        } catch .notConverged {
          // Far from symmetric (a long chain, say) gradients may go astray; sweeps do not.
          attempts = 1
        }
      } else {
        if !(sums.missing < missingAtFirst) {
          unsafe solution.base.update(from: own.base, count: matrix.size)
        }
        most = iterations + 10_000
        try sweep(until: limit, part)
      }
      attempts += 1
      sums = measured()
    }
  }

  // MARK: What is missing

  private func measured() -> Sums {
    send()
    let (matrix, solution, own, sent) = (matrix, solution, own, sent)
    return sumOverChunks { rows in
      let (x, b) = unsafe (solution.base, own.base)
      var sums = Sums()
      unsafe matrix.forEachProduct(of: rows, with: sent.base) { v, arriving in
        unsafe sums.add(missing: b[v] + arriving - x[v])
        sums.total += unsafe x[v]
      }
      return sums
    }
  }

  // What is not a number is within no limit.
  func isWithin(_ limit: (Double) -> Limit, _ sums: Sums, of part: Double) -> Bool {
    switch limit(sums.total) {
    case .sum(let most):
      missing = sums.missing
      return missing <= most * part
    case .largest(let most):
      missing = sums.largest
      return missing <= most * part
    }
  }

  private var failure: AnalysisError {
    .notConverged(analysis: analysis, iterations: iterations, residual: missing)
  }

  private func send() {
    let (solution, share, sent) = (solution, share, sent)
    forEachChunk { rows in
      let (x, g, c) = unsafe (solution.base, share.base, sent.base)
      for v in rows { unsafe c[v] = g[v] * x[v] }
    }
  }

  // MARK: Sweeps

  private func sweep(until limit: (Double) -> Limit, _ part: Double) throws(AnalysisError) {
    let (matrix, solution, own, share, sent) = (matrix, solution, own, share, sent)
    let (chunks, partials) = (chunks, partials)
    let fresh = Space(repeating: 0.0, count: matrix.size)
    send()
    while true {
      try countIteration()
      for first in stride(from: 0, to: chunks.count, by: Self.chunksPerStage) {
        let end = min(first + Self.chunksPerStage, chunks.count)
        team.forEachChunk(end - first) { chunk, _ in
          let (x, b, g, f) = unsafe (solution.base, own.base, share.base, fresh.base)
          var sums = Sums()
          unsafe matrix.forEachProduct(of: chunks[first + chunk], with: sent.base) { v, arriving in
            let value = unsafe b[v] + arriving
            unsafe sums.add(missing: value - x[v])
            sums.total += value
            unsafe x[v] = value
            unsafe f[v] = g[v] * value
          }
          unsafe partials.base[first + chunk] = sums
        }
        // Only now may others see what the stage has found.
        let (from, count) = (chunks.bounds[first], chunks.bounds[end] - chunks.bounds[first])
        unsafe (sent.base + from).update(from: fresh.base + from, count: count)
      }
      if isWithin(limit, addedPartials(), of: part) { return }
    }
  }

  // MARK: Loops

  func countIteration() throws(AnalysisError) {
    guard iterations < most else { throw failure }
    try run.checkpoint(min(iterations, expected), of: expected)
    iterations += 1
  }

  func forEachChunk(_ body: @escaping @Sendable (Range<Int>) -> Void) {
    let chunks = chunks
    team.forEachChunk(chunks.count) { chunk, _ in body(chunks[chunk]) }
  }

  func sumOverChunks(_ body: @escaping @Sendable (Range<Int>) -> Sums) -> Sums {
    let (chunks, partials) = (chunks, partials)
    team.forEachChunk(chunks.count) { chunk, _ in
      unsafe partials.base[chunk] = body(chunks[chunk])
    }
    return addedPartials()
  }

  private func addedPartials() -> Sums {
    var sums = Sums()
    for chunk in 0..<chunks.count { unsafe sums += partials.base[chunk] }
    return sums
  }
}
