// SPDX-License-Identifier: Apache-2.0

/// A sum of doubles that keeps what each addition rounds off, so that the order of the terms makes no
/// difference to the result in practice.
///
/// The error is about 2⁻¹⁰⁶ of the sum of the terms' magnitudes, before one last rounding.
/// Source: Ogita, Rump and Oishi 2005, doi:10.1137/030601818 (Sum2).
struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var rest = 0.0

  /// Adds a term.
  @inline(__always)
  mutating func add(_ term: Double) {
    let next = sum + term
    let back = next - sum
    rest += (sum - (next - back)) + (term - back)
    sum = next
  }

  /// Adds all terms of another sum.
  mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    rest += other.rest
  }

  /// The sum.
  var value: Double { sum + rest }
}
