// SPDX-License-Identifier: Apache-2.0

/// A colour of eight bits a channel, in the sRGB space.
public struct Color: Hashable, Sendable {
  /// How much red, from 0 to 255.
  public var red: UInt8
  /// How much green, from 0 to 255.
  public var green: UInt8
  /// How much blue, from 0 to 255.
  public var blue: UInt8
  /// How opaque, from 0 to 255.
  public var alpha: UInt8 = 255

  /// Creates the colour of a number such as 0x0072B2.
  ///
  /// - Parameters:
  ///   - rgb: Red, green and blue, eight bits each.
  ///   - alpha: How opaque, from 0 to 1.
  public init(_ rgb: UInt32, alpha: Double = 1) {
    red = UInt8(truncatingIfNeeded: rgb >> 16)
    green = UInt8(truncatingIfNeeded: rgb >> 8)
    blue = UInt8(truncatingIfNeeded: rgb)
    self.alpha = UInt8((alpha * 255).rounded())
  }

  /// Reads a colour as `#0072b2` or `#07b`; nil for anything else.
  public init?(hex: String) {
    guard hex.first == "#" else { return nil }
    var digits = Array(hex.utf8.dropFirst())
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    guard digits.count == 6 else { return nil }
    var value: UInt32 = 0
    for digit in digits {
      let number: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): number = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): number = digit - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(number)
    }
    self.init(value)
  }

  /// White.
  public static let white = Color(0xFFFFFF)

  /// The colour as `#0072b2`, without its opacity.
  public var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  func withAlpha(_ share: Double) -> Color {
    var copy = self
    copy.alpha = UInt8((share * 255).rounded())
    return copy
  }

  /// The opaque colour seen when this one covers a ground with a share of `share`.
  func tint(_ share: Double, over ground: Color) -> Color {
    func mix(_ channel: UInt8, _ under: UInt8) -> UInt32 {
      UInt32((Double(under) + (Double(channel) - Double(under)) * share).rounded())
    }
    return Color(
      mix(red, ground.red) << 16 | mix(green, ground.green) << 8 | mix(blue, ground.blue))
  }

  /// The contrast ratio to another opaque colour, from 1 (none) to 21 (black on white).
  ///
  /// As the Web Content Accessibility Guidelines 2.2 define it; they ask 4.5 of text.
  public func contrast(to other: Color) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  // The relative luminance of the Guidelines, from 0 to 1.
  private var luminance: Double {
    func linear(_ channel: UInt8) -> Double {
      let value = Double(channel) / 255
      if value <= 0.04045 { return value / 12.92 }
      let x = (value + 0.055) / 1.055
      // x^2.4 = x² · x^0.4, the latter by Newton's method on y⁵ = x²: the same on every machine.
      var y = 1.0
      for _ in 0..<40 { y -= (y * y * y * y * y - x * x) / (5 * y * y * y * y) }
      return x * x * y
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}
