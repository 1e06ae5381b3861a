// SPDX-License-Identifier: Apache-2.0

/// Numbers as sources write them.
enum DecimalNumber {
  /// The value of a plain decimal number with an optional sign, fraction and exponent.
  ///
  /// Nil for anything else that Swift would accept, such as `nan`, `inf` and hexadecimal, and for
  /// what overflows.
  static func value(of text: String) -> Double? {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isPlain, let value = Double(text), value.isFinite else { return nil }
    return value
  }
}
