// SPDX-License-Identifier: Apache-2.0

/// A colour of eight bits a channel.
struct Color: Hashable, Sendable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8
  var alpha: UInt8 = 255

  /// The colour of a number such as 0x0072B2.
  init(_ rgb: UInt32, alpha: Double = 1) {
    red = UInt8(truncatingIfNeeded: rgb >> 16)
    green = UInt8(truncatingIfNeeded: rgb >> 8)
    blue = UInt8(truncatingIfNeeded: rgb)
    self.alpha = UInt8((alpha * 255).rounded())
  }

  static let white = Color(0xFFFFFF)

  func withAlpha(_ share: Double) -> Color {
    var copy = self
    copy.alpha = UInt8((share * 255).rounded())
    return copy
  }

  /// The opaque colour seen when this one covers white with a share of `share`.
  func tint(_ share: Double) -> Color {
    func mix(_ channel: UInt8) -> UInt32 {
      UInt32((255 - (255 - Double(channel)) * share).rounded())
    }
    return Color(mix(red) << 16 | mix(green) << 8 | mix(blue))
  }

  var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// How the line of a shape is broken.
enum Dash: Hashable, Sendable {
  case solid, dashed, dotted

  /// The lengths of a mark and of the gap after it.
  func pattern(width: Double) -> (mark: Double, gap: Double)? {
    switch self {
    case .solid: nil
    case .dashed: (4 + 1.2 * width, 2.6 + width)
    case .dotted: (0, 1.6 + 1.9 * width)
    }
  }
}

/// A line that closes on itself or not, of straight and curved pieces.
struct Path: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case line(Point)
    case curve(Point, Point, Point)
  }
  var start: Point
  var pieces: [Piece] = []

  init(start: Point, pieces: [Piece] = []) {
    self.start = start
    self.pieces = pieces
  }

  /// The polygon with these corners, rounded off by at most `radius`.
  init(rounding corners: [Point], radius: Double) {
    let count = corners.count
    self.init(start: corners.first ?? Point(x: 0, y: 0))
    for i in 0..<count {
      let corner = corners[i]
      let before = corners[(i + count - 1) % count] - corner
      let after = corners[(i + 1) % count] - corner
      let reach = min(radius, before.length / 2, after.length / 2)
      let entry = before.length > 0 ? corner + before * (reach / before.length) : corner
      let exit = after.length > 0 ? corner + after * (reach / after.length) : corner
      if i == 0 { start = entry } else { pieces.append(.line(entry)) }
      let k = 0.5523
      pieces.append(.curve(entry + (corner - entry) * k, exit + (corner - exit) * k, exit))
    }
  }
}

/// One text of one line.
struct TextRun: Hashable, Sendable {
  enum Anchor: Hashable, Sendable { case start, middle, end }
  var text: String
  /// The anchor's place on the baseline.
  var at: Point
  var size: Double
  var isBold = false
  var anchor = Anchor.middle
  var color = Color(0x111827)
}

/// How a shape is filled and lined.
struct Paint: Hashable, Sendable {
  var fill: Color?
  var stroke: Color?
  var width = 1.0
  var dash = Dash.solid
}

/// One thing to draw; later ones cover earlier ones.
indirect enum Mark: Hashable, Sendable {
  case polygon([Point], Paint)
  case polyline([Point], Paint)
  case path(Path, Paint)
  case ellipse(center: Point, rx: Double, ry: Double, Paint)
  case text(TextRun)
  /// Marks that belong together: a class and data for machines, a title for readers.
  case group(kind: String, id: String?, title: String?, data: [String: String] = [:], [Mark])
}

/// A page with all that is on it: what every format draws.
struct Drawing: Hashable, Sendable {
  var width: Double
  var height: Double
  var title: String
  var summary: String
  /// What machines read of the whole, by name.
  var data: [String: String] = [:]
  var marks: [Mark] = []
}

/// A number with at most two decimals, the same on every machine.
func decimal(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let whole = abs(hundredths) / 100
  let rest = abs(hundredths) % 100
  var text = (hundredths < 0 ? "-" : "") + String(whole)
  if rest > 0 {
    text += rest < 10 ? ".0" : "."
    text += rest % 10 == 0 ? String(rest / 10) : String(rest)
  }
  return text
}
