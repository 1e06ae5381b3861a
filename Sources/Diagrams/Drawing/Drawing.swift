// SPDX-License-Identifier: Apache-2.0

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

extension Path {
  /// The closed line as corners, eight for each curve.
  var flattened: [Point] {
    var points = [start]
    for piece in pieces {
      switch piece {
      case .line(let end): points.append(end)
      case .curve(let a, let b, let end):
        let from = points[points.count - 1]
        for step in 1...8 {
          let t = Double(step) / 8
          let s = 1 - t
          points.append(
            from * (s * s * s) + a * (3 * s * s * t) + b * (3 * s * t * t) + end * (t * t * t))
        }
      }
    }
    return points + [start]
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
  /// The colour of the paper.
  var background = Color.white
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
