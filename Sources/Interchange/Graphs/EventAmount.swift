// SPDX-License-Identifier: Apache-2.0

/// An amount as a table writes it: whole units of its last decimal place, or a number that does not
/// fit them.
enum EventAmount {
  case units(Int64, decimals: Int)
  case real(Double)

  /// The most decimals that units have.
  static let maximumDecimals = 18

  static let powers: [Int64] = (0...maximumDecimals).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// Reads a cell by the grammar of `CellNumber`; nil when it is no number.
  init?(_ cell: ByteCell, decimalMark: UInt8) {
    guard let number = CellNumber(cell, decimalMark: decimalMark) else { return nil }
    self = .real(number.value)
    guard number.form != .exponent else { return }
    var units: Int64 = 0
    var decimals = 0
    var isFraction = false
    var isNegative = false
    for byte in cell.bytes[cell.start..<cell.end] {
      switch byte {
      case 48...57:
        let (product, overflows) = units.multipliedReportingOverflow(by: 10)
        let (sum, overflowsToo) = product.addingReportingOverflow(Int64(byte - 48))
        guard !overflows, !overflowsToo else { return }
        units = sum
        if isFraction { decimals += 1 }
      case decimalMark: isFraction = true
      case UInt8(ascii: "-"): isNegative = true
      default: break
      }
    }
    guard decimals <= Self.maximumDecimals else { return }
    self = .units(isNegative ? -units : units, decimals: decimals)
  }

  /// The number that so many units are, rounded once.
  static func number(units: Int64, decimals: Int) -> Double {
    if units.magnitude < 1 << 53 { return Double(units) / Double(powers[decimals]) }
    var digits = String(units.magnitude)
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    let point = digits.index(digits.endIndex, offsetBy: -decimals)
    let text = (units < 0 ? "-" : "") + digits[..<point] + "." + digits[point...] + "0"
    return Double(text) ?? Double(units) / Double(powers[decimals])
  }
}

/// A sum whose rounding errors are added up beside it.
///
/// Neumaier 1974, doi:10.1002/zamm.19740540106.
struct CompensatedSum {
  private var sum = 0.0
  private var error = 0.0

  mutating func add(_ value: Double) {
    let next = sum + value
    error += abs(sum) >= abs(value) ? sum - next + value : value - next + sum
    sum = next
  }

  var value: Double { sum + error }
}
