// SPDX-License-Identifier: Apache-2.0

extension StrengthSystem {
  /// Where W is symmetric: conjugate gradients.
  ///
  /// The method of Hestenes and Stiefel (1952, doi:10.6028/jres.049.044) in the inner product
  /// Σ g x y, for which the equation is symmetric too.
  ///
  /// - Precondition: `sent` holds the shares of the solution.
  func conjugateGradients(
    until limit: (Double) -> Limit, _ part: Double
  ) throws(AnalysisError) {
    let n = matrix.size
    let (matrix, solution, own, share, sent) = (matrix, solution, own, share, sent)
    let rest = Space(repeating: 0.0, count: n)
    let step = Space(repeating: 0.0, count: n)
    let image = Space(repeating: 0.0, count: n)
    // `sent` holds the shares of the solution now, and those of the step from then on.
    var square = sumOverChunks { rows in
      let (x, b, g, r) = unsafe (solution.base, own.base, share.base, rest.base)
      var sums = Sums()
      unsafe matrix.forEachProduct(of: rows, with: sent.base) { v, arriving in
        let value = unsafe b[v] + arriving - x[v]
        unsafe r[v] = value
        sums.product += unsafe g[v] * value * value
      }
      return sums
    }.product
    var ratio = 0.0
    while square > 0 {
      try countIteration()
      let lastRatio = ratio
      forEachChunk { rows in
        let (r, p, g, c) = unsafe (rest.base, step.base, share.base, sent.base)
        for v in rows {
          let value = unsafe r[v] + lastRatio * p[v]
          unsafe p[v] = value
          unsafe c[v] = g[v] * value
        }
      }
      let curvature = sumOverChunks { rows in
        let (p, c, q) = unsafe (step.base, sent.base, image.base)
        var sums = Sums()
        unsafe matrix.forEachProduct(of: rows, with: sent.base) { v, arriving in
          let value = unsafe p[v] - arriving
          unsafe q[v] = value
          sums.product += unsafe c[v] * value
        }
        return sums
      }.product
      guard curvature > 0 else { return }
      let length = square / curvature
      let sums = sumOverChunks { rows in
        let (p, q, r) = unsafe (step.base, image.base, rest.base)
        let (x, g) = unsafe (solution.base, share.base)
        var sums = Sums()
        for v in rows {
          let at = unsafe x[v] + length * p[v]
          unsafe x[v] = at
          sums.total += at
          let value = unsafe r[v] - length * q[v]
          unsafe r[v] = value
          sums.product += unsafe g[v] * value * value
          sums.add(missing: value)
        }
        return sums
      }
      if isWithin(limit, sums, of: part) { return }
      ratio = sums.product / square
      square = sums.product
    }
  }

  /// Where W is not symmetric: stabilised biconjugate gradients.
  ///
  /// The method of van der Vorst (1992, doi:10.1137/0913035). It may break down; what it has found by
  /// then remains.
  ///
  /// - Precondition: `sent` holds the shares of the solution.
  func biconjugateGradients(
    until limit: (Double) -> Limit, _ part: Double
  ) throws(AnalysisError) {
    let n = matrix.size
    let (matrix, solution, own, share, sent) = (matrix, solution, own, share, sent)
    let rest = Space(repeating: 0.0, count: n)
    let shadow = Space(repeating: 0.0, count: n)
    let step = Space(repeating: 0.0, count: n)
    let image = Space(repeating: 0.0, count: n)
    let second = Space(repeating: 0.0, count: n)
    var product = sumOverChunks { rows in
      let (x, b, r, s) = unsafe (solution.base, own.base, rest.base, shadow.base)
      var sums = Sums()
      unsafe matrix.forEachProduct(of: rows, with: sent.base) { v, arriving in
        let value = unsafe b[v] + arriving - x[v]
        unsafe r[v] = value
        unsafe s[v] = value
        sums.product += value * value
      }
      return sums
    }.product
    var (ratio, lastOmega) = (0.0, 0.0)
    while product != 0 {
      try countIteration()
      let (beta, omega) = (ratio, lastOmega)
      forEachChunk { rows in
        let (r, p, q) = unsafe (rest.base, step.base, image.base)
        let (g, c) = unsafe (share.base, sent.base)
        for v in rows {
          let value = unsafe r[v] + beta * (p[v] - omega * q[v])
          unsafe p[v] = value
          unsafe c[v] = g[v] * value
        }
      }
      let along = sumOverChunks { rows in
        let (p, q, s) = unsafe (step.base, image.base, shadow.base)
        var sums = Sums()
        unsafe matrix.forEachProduct(of: rows, with: sent.base) { v, arriving in
          let value = unsafe p[v] - arriving
          unsafe q[v] = value
          sums.product += unsafe s[v] * value
        }
        return sums
      }.product
      let alpha = product / along
      guard alpha.isFinite else { return }
      try countIteration()
      forEachChunk { rows in
        let (r, q, g, c) = unsafe (rest.base, image.base, share.base, sent.base)
        for v in rows {
          let value = unsafe r[v] - alpha * q[v]
          unsafe r[v] = value
          unsafe c[v] = g[v] * value
        }
      }
      let fit = sumOverChunks { rows in
        let (r, t) = unsafe (rest.base, second.base)
        var sums = Sums()
        unsafe matrix.forEachProduct(of: rows, with: sent.base) { v, arriving in
          let value = unsafe r[v] - arriving
          unsafe t[v] = value
          sums.product += unsafe value * r[v]
          sums.missing += value * value
        }
        return sums
      }
      let next = fit.missing > 0 ? fit.product / fit.missing : 0
      let sums = sumOverChunks { rows in
        let (x, p, r) = unsafe (solution.base, step.base, rest.base)
        let (t, s) = unsafe (second.base, shadow.base)
        var sums = Sums()
        for v in rows {
          let before = unsafe r[v]
          let at = unsafe x[v] + alpha * p[v] + next * before
          unsafe x[v] = at
          sums.total += at
          let value = unsafe before - next * t[v]
          unsafe r[v] = value
          sums.product += unsafe s[v] * value
          sums.add(missing: value)
        }
        return sums
      }
      if isWithin(limit, sums, of: part) || next == 0 { return }
      ratio = sums.product / product * (alpha / next)
      lastOmega = next
      product = sums.product
    }
  }
}
