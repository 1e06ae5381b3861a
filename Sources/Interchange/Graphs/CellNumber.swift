// SPDX-License-Identifier: Apache-2.0

/// Reads numbers from bytes by one strict grammar: `-12`, `-12.5`, `.5`, `1.5e-3`, spaces around.
///
/// No plus sign, no leading zeros, no hexadecimal, no `nan`, no `inf`: what begins with `+` or `0…`
/// is an identifier, and what is not a number must not become one.
struct CellNumber {
  enum Form: Comparable { case integer, decimal, exponent }

  let form: Form
  let value: Double
  /// The exact value of an integer that fits 64 bits.
  let integer: Int64?

  init?(_ cell: ByteCell, decimalMark: UInt8 = UInt8(ascii: ".")) {
    let bytes = cell.bytes
    var i = cell.start
    var end = cell.end
    while i < end, bytes[i] == 32 { i += 1 }
    while end > i, bytes[end - 1] == 32 { end -= 1 }
    let start = i
    let isNegative = i < end && bytes[i] == UInt8(ascii: "-")
    if isNegative { i += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var overflows = false
    let whole = i
    while i < end, bytes[i] &- 48 < 10 {
      Self.add(bytes[i], &mantissa, &overflows)
      digits += 1
      i += 1
    }
    if i - whole > 1, bytes[whole] == 48 { return nil }
    var form = Form.integer
    var decimals = 0
    if i < end, bytes[i] == decimalMark {
      form = .decimal
      i += 1
      let first = i
      while i < end, bytes[i] &- 48 < 10 {
        Self.add(bytes[i], &mantissa, &overflows)
        i += 1
      }
      decimals = i - first
      guard decimals > 0 else { return nil }
      digits += decimals
    }
    guard digits > 0 else { return nil }
    let mantissaEnd = i
    if i < end, bytes[i] | 32 == UInt8(ascii: "e") {
      form = .exponent
      i += 1
      if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") { i += 1 }
      let first = i
      while i < end, bytes[i] &- 48 < 10 { i += 1 }
      guard i > first else { return nil }
    }
    guard i == end else { return nil }
    self.form = form
    integer =
      form == .integer && !overflows
      ? (isNegative
        ? (mantissa <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- mantissa) : nil)
        : Int64(exactly: mantissa)) : nil
    // Both numbers are exact below 2^53 and 10^22, so that one division rounds right (Clinger
    // 1990, doi:10.1145/93542.93557).
    if form != .exponent, !overflows, mantissa < 1 << 53, decimals <= 22 {
      let magnitude = Double(mantissa) / Self.powers[decimals]
      value = isNegative ? -magnitude : magnitude
    } else {
      var text = String(decoding: bytes[start..<end], as: UTF8.self)
      if decimalMark != UInt8(ascii: ".") {
        text = text.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ".")
      }
      guard let parsed = Double(text), parsed.isFinite else { return nil }
      // What is not 0 and becomes 0 is no number that a double holds.
      if parsed == 0, bytes[start..<mantissaEnd].contains(where: { (49...57).contains($0) }) {
        return nil
      }
      value = parsed
    }
  }

  init?(_ text: String) { self.init(ByteCell(text)) }

  private static func add(_ digit: UInt8, _ mantissa: inout UInt64, _ overflows: inout Bool) {
    let (product, carries) = mantissa.multipliedReportingOverflow(by: 10)
    let (sum, carriesToo) = product.addingReportingOverflow(UInt64(digit &- 48))
    mantissa = sum
    overflows = overflows || carries || carriesToo
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
