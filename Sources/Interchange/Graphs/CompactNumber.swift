// SPDX-License-Identifier: Apache-2.0

/// A cell of digits, with at most a sign and a point, in eight bytes: its number and its spelling.
///
/// Cells whose digits make less than 2⁵³, at most eighteen of them, are taken; the others are left to
/// `CellNumber`, whose grammar this is a part of.
struct CompactNumber: Equatable {
  // The digits as one number, and from bit 53 on: the decimals, the sign, and whether the point is
  // the first character.
  private let bits: UInt64

  /// A cell without a number.
  static let missing = CompactNumber(bits: .max)

  private init(bits: UInt64) { self.bits = bits }

  /// The number in a cell; nil when it is not one of those that are taken.
  init?(_ cell: UnsafeRawBufferPointer) {
    // Safe: `i` stays below the count.
    let end = cell.count
    guard end > 0, end <= 20 else { return nil }
    let isNegative = unsafe cell[0] == UInt8(ascii: "-")
    let whole = isNegative ? 1 : 0
    var i = whole
    var point = -1
    var mantissa: UInt64 = 0
    while i < end {
      let digit = unsafe cell[i] &- 48
      if digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
      } else {
        guard unsafe cell[i] == UInt8(ascii: "."), point < 0 else { return nil }
        point = i
      }
      i += 1
    }
    let wholeDigits = (point < 0 ? end : point) - whole
    let decimals = point < 0 ? 0 : end - point - 1
    guard wholeDigits + decimals > 0, wholeDigits + decimals <= 18, point < 0 || decimals > 0,
      mantissa < 1 << 53
    else { return nil }
    if wholeDigits > 1, unsafe cell[whole] == 48 { return nil }
    bits =
      mantissa | UInt64(decimals) << 53 | (isNegative ? 1 << 58 : 0)
      | (wholeDigits == 0 ? 1 << 59 : 0)
  }

  var isMissing: Bool { self == .missing }

  /// Whether it is written with a point.
  var hasPoint: Bool { decimals > 0 }

  /// The number, rounded right: both parts of the quotient are exact (Clinger 1990,
  /// doi:10.1145/93542.93557).
  var value: Double {
    let magnitude = Double(mantissa) / Double(Self.powers[decimals])
    return isNegative ? -magnitude : magnitude
  }

  /// The number of a cell without a point.
  var integer: Int64 {
    let magnitude = Int64(truncatingIfNeeded: mantissa)
    return isNegative ? -magnitude : magnitude
  }

  /// The cell as it was written; empty for a missing one.
  var spelling: String {
    guard !isMissing else { return "" }
    let (whole, rest) = mantissa.quotientAndRemainder(dividingBy: Self.powers[decimals])
    var text = isNegative ? "-" : ""
    if bits >> 59 & 1 == 0 { text += String(whole) }
    guard decimals > 0 else { return text }
    let digits = String(rest)
    return text + "." + String(repeating: "0", count: decimals - digits.count) + digits
  }

  private var mantissa: UInt64 { bits & ((1 << 53) - 1) }
  private var decimals: Int { Int(bits >> 53 & 31) }
  private var isNegative: Bool { bits >> 58 & 1 == 1 }

  private static let powers: [UInt64] = {
    var powers: [UInt64] = [1]
    while powers.count < 19 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()
}
