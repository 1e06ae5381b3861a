// SPDX-License-Identifier: Apache-2.0

extension IconGlyph {
  /// Draws what is written down or happened.
  mutating func drawRecord(_ icon: Icon) {
    switch icon {
    case .document:
      polygon([(-0.56, -0.78), (0.22, -0.78), (0.56, -0.44), (0.56, 0.7), (-0.56, 0.7)])
      for y in [-0.28, 0.0, 0.28] { box(-0.34, y, 0.68, 0.12, cut: true) }
    case .identification:
      // A card with a face.
      box(-0.84, -0.58, 1.68, 1.16, round: 0.12)
      disc(-0.4, -0.18, 0.2, cut: true)
      box(-0.68, 0.08, 0.56, 0.26, round: 0.12, cut: true)
      for y in [-0.26, -0.02, 0.22] { box(0.08, y, 0.56, 0.11, cut: true) }
    case .contract:
      // A sheet with a seal.
      polygon([(-0.62, -0.8), (0.5, -0.8), (0.5, 0.62), (-0.62, 0.62)])
      for y in [-0.54, -0.3, -0.06] { box(-0.42, y, 0.7, 0.11, cut: true) }
      disc(0.34, 0.42, 0.36, cut: true)
      disc(0.34, 0.42, 0.27)
      polygon([(0.16, 0.56), (0.52, 0.56), (0.52, 0.92), (0.34, 0.76), (0.16, 0.92)])
    case .tender:
      // A gavel over its block.
      polygon([(-0.52, -0.32), (-0.06, -0.78), (0.34, -0.38), (-0.12, 0.08)])
      polygon([(0.08, -0.16), (0.24, -0.32), (0.86, 0.3), (0.7, 0.46)])
      box(-0.78, 0.5, 0.96, 0.22, round: 0.05)
    case .investigation:
      // A magnifier.
      disc(-0.14, -0.18, 0.54)
      disc(-0.14, -0.18, 0.34, cut: true)
      polygon([(0.16, 0.3), (0.34, 0.12), (0.84, 0.62), (0.66, 0.8)])
    case .call:
      // A receiver.
      let bow = Path(
        start: Point(x: -0.72, y: -0.44),
        pieces: [
          .curve(
            Point(x: -0.62, y: 0.36), Point(x: -0.2, y: 0.72), Point(x: 0.52, y: 0.76)),
          .line(Point(x: 0.52, y: 0.46)),
          .curve(
            Point(x: 0.02, y: 0.42), Point(x: -0.34, y: 0.06), Point(x: -0.42, y: -0.44)),
          .line(Point(x: -0.72, y: -0.44)),
        ])
      pieces.append((.path(bow), false))
      box(-0.8, -0.76, 0.5, 0.46, round: 0.12)
      box(0.3, 0.34, 0.46, 0.46, round: 0.12)
    case .payment:
      // A coin with an arrow to the right under it.
      disc(0, -0.34, 0.46)
      disc(0, -0.34, 0.28, cut: true)
      disc(0, -0.34, 0.15)
      box(-0.78, 0.4, 1.1, 0.18)
      polygon([(0.28, 0.2), (0.8, 0.49), (0.28, 0.78)])
    case .sighting:
      // An eye.
      let eye = Path(
        start: Point(x: -0.92, y: 0),
        pieces: [
          .curve(Point(x: -0.5, y: -0.66), Point(x: 0.5, y: -0.66), Point(x: 0.92, y: 0)),
          .curve(Point(x: 0.5, y: 0.66), Point(x: -0.5, y: 0.66), Point(x: -0.92, y: 0)),
        ])
      pieces.append((.path(eye), false))
      disc(0, 0, 0.36, cut: true)
      disc(0, 0, 0.19)
    case .trip:
      // From one place to another.
      disc(-0.6, 0.42, 0.24)
      disc(0.6, -0.42, 0.3)
      disc(0.6, -0.42, 0.13, cut: true)
      for (x, y) in [(-0.26, 0.22), (0.02, 0.04), (0.28, -0.16)] { disc(x, y, 0.1) }
    case .incident:
      // A burst.
      polygon([
        (0, -0.92), (0.2, -0.34), (0.74, -0.62), (0.46, -0.08), (0.94, 0.16), (0.4, 0.28),
        (0.5, 0.82), (0, 0.48), (-0.5, 0.82), (-0.4, 0.28), (-0.94, 0.16), (-0.46, -0.08),
        (-0.74, -0.62), (-0.2, -0.34),
      ])
      disc(0, 0.04, 0.17, cut: true)
    case .alert:
      // A triangle with a stroke and a dot.
      polygon([(0, -0.84), (0.9, 0.66), (-0.9, 0.66)])
      polygon([(-0.11, -0.3), (0.11, -0.3), (0.06, 0.22), (-0.06, 0.22)], cut: true)
      disc(0, 0.42, 0.1, cut: true)
    case .link:
      // Two links of a chain.
      for x in [-0.36, 0.36] {
        box(x - 0.52, -0.3, 1.04, 0.6, round: 0.3)
        box(x - 0.34, -0.12, 0.68, 0.24, round: 0.12, cut: true)
      }
      box(-0.3, -0.09, 0.6, 0.18)
    case .meeting:
      bust(-0.48, -0.08, 0.62)
      bust(0.48, -0.08, 0.62)
      box(-0.95, 0.36, 1.9, 0.2, round: 0.06, cut: true)
      box(-0.8, 0.46, 1.6, 0.16, round: 0.06)
    case .seizure:
      // A padlock.
      disc(0, -0.28, 0.44)
      disc(0, -0.28, 0.26, cut: true)
      box(-0.26, -0.28, 0.52, 0.3, cut: true)
      box(-0.44, -0.28, 0.18, 0.3)
      box(0.26, -0.28, 0.18, 0.3)
      box(-0.6, -0.06, 1.2, 0.78, round: 0.1)
      disc(0, 0.24, 0.13, cut: true)
      box(-0.05, 0.28, 0.1, 0.24, cut: true)
    case .message:
      box(-0.82, -0.55, 1.64, 1.08, round: 0.08)
      polygon(
        [(-0.74, -0.4), (-0.6, -0.4), (0, 0.06), (0.6, -0.4), (0.74, -0.4), (0, 0.22)], cut: true)
    default:
      // A leaf of a calendar.
      box(-0.66, -0.62, 1.32, 1.3, round: 0.1)
      box(-0.5, -0.22, 1.0, 0.74, cut: true)
      for x in [-0.42, 0.26] { box(x, -0.84, 0.16, 0.36, round: 0.06) }
      box(-0.36, -0.04, 0.3, 0.24)
      box(0.08, -0.04, 0.3, 0.24)
      box(0.08, 0.26, 0.3, 0.2)
    }
  }
}
