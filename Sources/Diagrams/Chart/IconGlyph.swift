// SPDX-License-Identifier: Apache-2.0

/// A pictogram as pieces, and pieces cut out of them, in a square from −1 to 1 with y down.
struct IconGlyph {
  enum Piece {
    case polygon([Point])
    case disc(Point, Double)
    case oval(Point, Double, Double)
    case path(Path)
  }
  var pieces: [(piece: Piece, isCut: Bool)] = []

  /// The marks of the pictogram, of one colour on a ground of another.
  static func marks(
    _ icon: Icon, at center: Point, radius: Double, ground: Color, color: Color = .white
  ) -> [Mark] {
    var glyph = IconGlyph()
    glyph.draw(icon)
    let scale = radius * 0.6
    func place(_ p: Point) -> Point { center + p * scale }
    return glyph.pieces.map { piece, isCut in
      let paint = Paint(fill: isCut ? ground : color)
      switch piece {
      case .polygon(let points): return .polygon(points.map(place), paint)
      case .disc(let p, let r):
        return .ellipse(center: place(p), rx: r * scale, ry: r * scale, paint)
      case .oval(let p, let rx, let ry):
        return .ellipse(center: place(p), rx: rx * scale, ry: ry * scale, paint)
      case .path(let path):
        let pieces = path.pieces.map { piece -> Path.Piece in
          switch piece {
          case .line(let end): .line(place(end))
          case .curve(let a, let b, let end): .curve(place(a), place(b), place(end))
          }
        }
        return .path(Path(start: place(path.start), pieces: pieces), paint)
      }
    }
  }

  mutating func polygon(_ list: [(Double, Double)], cut: Bool = false) {
    pieces.append((.polygon(list.map { Point(x: $0.0, y: $0.1) }), cut))
  }
  mutating func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, round: Double = 0,
    cut: Bool = false
  ) {
    let rect = Rect(minX: x, minY: y, maxX: x + width, maxY: y + height)
    if round > 0 {
      pieces.append((.path(Path(rounding: rect.corners, radius: round)), cut))
    } else {
      pieces.append((.polygon(rect.corners), cut))
    }
  }
  mutating func disc(_ x: Double, _ y: Double, _ radius: Double, cut: Bool = false) {
    pieces.append((.disc(Point(x: x, y: y), radius), cut))
  }
  mutating func oval(
    _ x: Double, _ y: Double, _ rx: Double, _ ry: Double, cut: Bool = false
  ) {
    pieces.append((.oval(Point(x: x, y: y), rx, ry), cut))
  }

  // Head and shoulders; the shoulders are an arch with a flat foot.
  mutating func bust(_ x: Double, _ y: Double, _ k: Double, cut: Bool = false) {
    disc(x, y - 0.42 * k, 0.42 * k, cut: cut)
    func p(_ dx: Double, _ dy: Double) -> Point { Point(x: x + dx * k, y: y + dy * k) }
    let arch = Path(
      start: p(-0.78, 0.86),
      pieces: [
        .curve(p(-0.78, 0.32), p(-0.5, 0.12), p(-0.2, 0.12)), .line(p(0.2, 0.12)),
        .curve(p(0.5, 0.12), p(0.78, 0.32), p(0.78, 0.86)), .line(p(-0.78, 0.86)),
      ])
    pieces.append((.path(arch), cut))
  }

  private mutating func draw(_ icon: Icon) {
    switch icon.family {
    case .people: drawPeople(icon)
    case .organizations: drawOrganization(icon)
    case .communications: drawCommunication(icon)
    case .finance: drawFinance(icon)
    case .transport: drawTransport(icon)
    case .places: drawPlace(icon)
    case .records: drawRecord(icon)
    }
  }

  private mutating func drawPeople(_ icon: Icon) {
    switch icon {
    case .group:
      bust(-0.5, 0, 0.72)
      bust(0.5, 0, 0.72)
      bust(0, 0.16, 0.98, cut: true)
      bust(0, 0.18, 0.84)
    case .minor:
      disc(0, -0.36, 0.46)
      polygon([(-0.3, 0.2), (0.3, 0.2), (0.62, 0.9), (-0.62, 0.9)])
    case .unknown:
      disc(0, 0, 0.66)
      disc(0, 0, 0.36, cut: true)
    default: bust(0, 0, 1)
    }
  }

  private mutating func drawOrganization(_ icon: Icon) {
    switch icon {
    case .company:
      box(-0.78, -0.95, 0.9, 1.85)
      box(0.2, -0.35, 0.62, 1.25)
      for row in 0..<3 {
        for column in 0..<2 {
          box(-0.6 + 0.34 * Double(column), -0.74 + 0.44 * Double(row), 0.2, 0.24, cut: true)
        }
      }
      box(-0.44, 0.58, 0.22, 0.32, cut: true)
      for row in 0..<2 { box(0.4, -0.14 + 0.44 * Double(row), 0.22, 0.24, cut: true) }
    case .publicBody:
      polygon([(0, -1), (0.95, -0.42), (-0.95, -0.42)])
      for x in [-0.72, -0.3, 0.12, 0.54] { box(x, -0.3, 0.2, 0.8) }
      box(-0.9, 0.6, 1.8, 0.24)
      disc(0, -0.6, 0.11, cut: true)
    case .marketplace:
      polygon([(-0.7, -0.85), (0.7, -0.85), (0.95, -0.2), (-0.95, -0.2)])
      for x in [-0.712, -0.2375, 0.2375, 0.712] { disc(x, -0.2, 0.237) }
      box(-0.75, 0.1, 1.5, 0.8)
      box(-0.5, 0.32, 0.42, 0.58, cut: true)
      box(0.1, 0.32, 0.45, 0.3, cut: true)
    case .position:
      // A seat behind a desk.
      bust(0, -0.28, 0.72)
      box(-0.95, 0.3, 1.9, 0.2, round: 0.05)
      box(-0.8, 0.46, 0.22, 0.46)
      box(0.58, 0.46, 0.22, 0.46)
    default:
      // Three boxes under one, joined: an organisation without a legal form.
      box(-0.32, -0.9, 0.64, 0.5, round: 0.08)
      box(-0.06, -0.4, 0.12, 0.4)
      box(-0.72, -0.06, 1.44, 0.12)
      for x in [-0.92, -0.26, 0.4] {
        box(x + 0.2, 0, 0.12, 0.35)
        box(x, 0.3, 0.52, 0.48, round: 0.08)
      }
    }
  }

  private mutating func drawCommunication(_ icon: Icon) {
    switch icon {
    case .phone:
      box(-0.48, -0.95, 0.96, 1.9, round: 0.2)
      box(-0.34, -0.68, 0.68, 1.15, cut: true)
      disc(0, 0.71, 0.12, cut: true)
    case .sim:
      polygon([(-0.6, -0.8), (0.24, -0.8), (0.6, -0.44), (0.6, 0.82), (-0.6, 0.82)])
      box(-0.36, -0.1, 0.72, 0.66, round: 0.12, cut: true)
      box(-0.05, -0.1, 0.1, 0.66)
      box(-0.36, 0.18, 0.72, 0.1)
    case .device:
      box(-0.74, -0.64, 1.48, 0.98, round: 0.1)
      box(-0.6, -0.5, 1.2, 0.7, cut: true)
      polygon([(-0.74, 0.44), (0.74, 0.44), (0.95, 0.68), (-0.95, 0.68)])
    case .cellSite:
      polygon([
        (-0.1, -0.3), (0.1, -0.3), (0.44, 0.9), (0.2, 0.9), (0, 0.05), (-0.2, 0.9), (-0.44, 0.9),
      ])
      disc(0, -0.38, 0.2)
      box(-0.3, 0.4, 0.6, 0.13)
      for side in [-1.0, 1.0] {
        polygon([
          (0.3 * side, -0.62), (0.42 * side, -0.74), (0.42 * side, -0.02), (0.3 * side, -0.14),
        ])
        polygon([(0.58 * side, -0.86), (0.7 * side, -0.98), (0.7 * side, 0.22), (0.58 * side, 0.1)])
      }
    default:
      // The commercial at, of rings.
      disc(0, 0, 0.86)
      disc(0, 0, 0.66, cut: true)
      disc(-0.02, 0, 0.4)
      disc(-0.02, 0, 0.21, cut: true)
      box(0.2, -0.38, 0.2, 0.62)
      oval(0.53, 0.16, 0.33, 0.26)
      oval(0.53, 0.06, 0.13, 0.16, cut: true)
      polygon([(0.3, 0.42), (1, 0.42), (0.7, 0.86), (0.3, 0.6)], cut: true)
    }
  }

  private mutating func drawFinance(_ icon: Icon) {
    switch icon {
    case .bankAccount:
      polygon([(0, -0.92), (0.9, -0.36), (-0.9, -0.36)])
      for x in [-0.68, -0.12, 0.44] { box(x, -0.22, 0.24, 0.66) }
      box(-0.86, 0.54, 1.72, 0.26)
    case .cryptoWallet:
      box(-0.86, -0.6, 1.72, 1.3, round: 0.16)
      box(-0.86, -0.42, 1.5, 0.1, cut: true)
      box(0.3, -0.12, 0.62, 0.42, round: 0.1, cut: true)
      disc(0.52, 0.09, 0.12)
    default:
      box(-0.95, -0.56, 1.9, 1.12, round: 0.1)
      disc(0, 0, 0.36, cut: true)
      disc(0, 0, 0.2)
      disc(-0.68, 0, 0.12, cut: true)
      disc(0.68, 0, 0.12, cut: true)
    }
  }

  private mutating func drawTransport(_ icon: Icon) {
    switch icon {
    case .vehicle:
      box(-0.95, -0.55, 1.16, 0.95, round: 0.06)
      polygon([(0.28, -0.25), (0.68, -0.25), (0.97, 0.08), (0.97, 0.4), (0.28, 0.4)])
      polygon([(0.42, -0.12), (0.62, -0.12), (0.8, 0.1), (0.42, 0.1)], cut: true)
      for x in [-0.52, 0.56] {
        disc(x, 0.42, 0.29, cut: true)
        disc(x, 0.42, 0.21)
      }
    case .vessel:
      polygon([(-0.95, 0.12), (0.95, 0.12), (0.62, 0.72), (-0.62, 0.72)])
      box(-0.62, -0.2, 1.0, 0.26)
      box(-0.56, -0.5, 0.42, 0.26)
      box(-0.06, -0.5, 0.42, 0.26)
      box(0.46, -0.6, 0.22, 0.66)
    case .aircraft:
      let body = Path(
        rounding: [
          Point(x: -0.13, y: -0.98), Point(x: 0.13, y: -0.98), Point(x: 0.13, y: 0.95),
          Point(x: -0.13, y: 0.95),
        ], radius: 0.13)
      pieces.append((.path(body), false))
      polygon([
        (-0.1, -0.32), (0.1, -0.32), (0.98, 0.26), (0.98, 0.46), (0, 0.2), (-0.98, 0.46),
        (-0.98, 0.26),
      ])
      polygon([
        (-0.08, 0.55), (0.08, 0.55), (0.42, 0.82), (0.42, 0.97), (0, 0.88), (-0.42, 0.97),
        (-0.42, 0.82),
      ])
    case .container:
      box(-0.92, -0.56, 1.84, 1.12, round: 0.05)
      for i in 0..<5 { box(-0.74 + 0.33 * Double(i), -0.36, 0.13, 0.72, cut: true) }
    case .shipment:
      box(-0.75, -0.7, 1.5, 1.45, round: 0.06)
      box(-0.75, -0.34, 1.5, 0.09, cut: true)
      polygon([(-0.2, -0.7), (0.2, -0.7), (0.2, 0.06), (0, -0.08), (-0.2, 0.06)], cut: true)
      box(-0.13, -0.7, 0.26, 0.4)
    case .precursor:
      // A flask.
      box(-0.3, -0.92, 0.6, 0.14, round: 0.05)
      polygon([
        (-0.2, -0.8), (0.2, -0.8), (0.2, -0.3), (0.78, 0.66), (0.66, 0.86), (-0.66, 0.86),
        (-0.78, 0.66), (-0.2, -0.3),
      ])
      polygon([(-0.3, 0.14), (0.3, 0.14), (0.42, 0.34), (-0.42, 0.34)], cut: true)
    case .object:
      // A cube seen from a corner.
      polygon([(0, -0.9), (0.8, -0.46), (0, -0.02), (-0.8, -0.46)])
      polygon([(-0.86, -0.34), (-0.08, 0.1), (-0.08, 0.92), (-0.86, 0.48)])
      polygon([(0.86, -0.34), (0.08, 0.1), (0.08, 0.92), (0.86, 0.48)])
    default:
      // A tablet, halved: a substance.
      disc(0, 0, 0.8)
      box(-0.8, -0.07, 1.6, 0.14, cut: true)
    }
  }

  private mutating func drawPlace(_ icon: Icon) {
    switch icon {
    case .address:
      polygon([
        (0, -0.8), (0.88, -0.06), (0.62, -0.06), (0.62, 0.72), (-0.62, 0.72), (-0.62, -0.06),
        (-0.88, -0.06),
      ])
      box(-0.17, 0.18, 0.34, 0.54, cut: true)
    case .port:
      disc(0, -0.66, 0.22)
      disc(0, -0.66, 0.1, cut: true)
      box(-0.09, -0.48, 0.18, 1.2)
      box(-0.38, -0.32, 0.76, 0.15)
      let arms = Path(
        start: Point(x: -0.82, y: 0.1),
        pieces: [
          .curve(Point(x: -0.72, y: 1.05), Point(x: 0.72, y: 1.05), Point(x: 0.82, y: 0.1)),
          .line(Point(x: 0.46, y: 0.34)),
          .line(Point(x: 0.6, y: 0.36)),
          .curve(Point(x: 0.42, y: 0.72), Point(x: -0.42, y: 0.72), Point(x: -0.6, y: 0.36)),
          .line(Point(x: -0.46, y: 0.34)), .line(Point(x: -0.82, y: 0.1)),
        ])
      pieces.append((.path(arms), false))
    case .terminal:
      // A crane on a quay, with a container on its rope.
      box(-0.62, -0.72, 0.2, 1.34)
      polygon([(-0.9, -0.72), (0.86, -0.72), (0.86, -0.54), (-0.9, -0.54)])
      polygon([(-0.52, -0.72), (-0.52, -0.9), (0.2, -0.72)])
      box(0.42, -0.56, 0.08, 0.4)
      box(0.1, -0.16, 0.72, 0.42, round: 0.04)
      box(-0.86, 0.56, 1.72, 0.2)
    case .airport:
      polygon([(-0.34, -0.78), (0.34, -0.78), (0.22, -0.2), (-0.22, -0.2)])
      box(-0.12, -0.2, 0.24, 0.95)
      box(-0.75, 0.45, 1.5, 0.3)
      box(-0.26, -0.62, 0.52, 0.16, cut: true)
    case .borderPoint:
      box(-0.74, -0.7, 0.3, 1.45, round: 0.05)
      polygon([(-0.44, -0.34), (0.9, -0.34), (0.9, -0.06), (-0.44, -0.06)])
      for x in [-0.2, 0.2, 0.6] {
        polygon([(x, -0.34), (x + 0.16, -0.34), (x + 0.04, -0.06), (x - 0.12, -0.06)], cut: true)
      }
    case .realEstate:
      polygon([(-0.9, 0.72), (-0.9, -0.1), (-0.45, -0.6), (0, -0.1), (0, 0.72)])
      box(0.1, -0.36, 0.8, 1.08)
      box(-0.57, 0.1, 0.24, 0.3, cut: true)
      for row in 0..<2 {
        for column in 0..<2 {
          box(0.24 + 0.3 * Double(column), -0.16 + 0.4 * Double(row), 0.2, 0.22, cut: true)
        }
      }
    default:
      // A pin on a map.
      disc(0, -0.28, 0.52)
      polygon([(-0.47, -0.06), (0.47, -0.06), (0, 0.8)])
      disc(0, -0.28, 0.22, cut: true)
    }
  }
}
