// SPDX-License-Identifier: Apache-2.0

/// Logarithms to the base 2, the same to the bit on every machine: those of the C library may differ
/// in the last bit from one processor to the next, and a search that compares them would then end
/// elsewhere.
///
/// A number 2ᵉ m is split by a table at the first seven bits of m; a polynomial does the rest. The
/// error is below 4·10⁻¹⁶ of the result, or of 1 near 1.
///
/// - Invariant: the table has 128 entries of two numbers.
struct BinaryLogarithm {
  // For each interval of m, the inverse of its middle and the logarithm of that inverse, negated.
  private let table: Space<Double>

  init() {
    table = Space(repeating: 0, count: 256)
    for i in 0..<128 {
      let inverse = 1 / (1 + (Double(i) + 0.5) / 128)
      unsafe table.base[2 * i] = inverse
      unsafe table.base[2 * i + 1] = -Self.series(inverse)
    }
  }

  /// x log₂ x, and 0 for what is not above 0.
  @inline(__always)
  func plogp(_ x: Double) -> Double {
    // Below this a flow is none.
    guard x > 1e-300 else { return 0 }
    let bits = x.bitPattern
    let exponent = Double(Int(truncatingIfNeeded: bits >> 52) &- 1023)
    let m = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    let entry = unsafe table.base + 2 * Int(truncatingIfNeeded: (bits >> 45) & 127)
    let r = unsafe m * entry[0] - 1
    // log(1 + r) for |r| < 2⁻⁷ · 0.51 by its series.
    let r2 = r * r
    let low = r - 0.5 * r2
    let high = r * r2 * ((1.0 / 3 - 0.25 * r) + r2 * ((0.2 - r / 6) + r2 * (1.0 / 7 - 0.125 * r)))
    return unsafe x * ((exponent + entry[1]) + (low + high) * 1.4426950408889634)
  }

  // The logarithm of a number from 1/2 to 1 as 2 artanh((x − 1)/(x + 1)).
  private static func series(_ x: Double) -> Double {
    let y = (x - 1) / (x + 1)
    var power = y
    var sum = 0.0
    for k in 0..<24 {
      sum += power / Double(2 * k + 1)
      power *= y * y
    }
    return 2 * sum * 1.4426950408889634
  }
}
