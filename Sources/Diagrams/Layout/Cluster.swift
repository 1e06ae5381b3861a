// SPDX-License-Identifier: Apache-2.0

/// Nodes that are laid out together: a named group in its region, or nodes of no group.
struct Cluster: Sendable {
  /// What holds the nodes together.
  enum Kind: Hashable, Sendable {
    /// A group of the diagram, drawn in a region with its name.
    case group(Int)
    /// Connected nodes of no group, without a region.
    case loose
    /// Nodes without an edge, in rows in a region of their own.
    case isolates
  }

  var kind: Kind
  var members: [Int]
  /// The size of the name in the region, or zero for none.
  var titleWidth = 0.0
  var titleHeight = 0.0
  /// The arrangements to choose from; all have their middle near the origin.
  var arrangements: [Arrangement] = []
  /// The arrangement chosen and where its origin stands.
  var chosen = 0
  var origin = Point(x: 0, y: 0)

  var hasRegion: Bool { kind != .loose }

  /// The places of the members relative to the origin, and what they fill.
  struct Arrangement: Sendable {
    var places: [Point]
    var title: Rect
    var hull: Hull
  }

  var arrangement: Arrangement { arrangements[chosen] }
  var hull: Hull { arrangement.hull.moved(by: origin) }

  /// The place of the name above the members, or below them: where it extends the region least.
  func titleRect(places: [Point], boxes: [NodeBox], isBelow: Bool = false) -> Rect {
    guard titleWidth > 0, !places.isEmpty else {
      let p = places.first ?? Point(x: 0, y: 0)
      return Rect(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y)
    }
    let rects = zip(members, places).map { boxes[$0].rect(at: $1) }
    var bounds = rects[0]
    for rect in rects { bounds = bounds.union(rect) }
    let room = max(0, bounds.width - titleWidth)
    var best = Rect(minX: 0, minY: 0, maxX: 0, maxY: 0)
    var least = Double.infinity
    let steps = 24
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let minX =
        bounds.width > titleWidth
        ? bounds.minX + room * share : bounds.center.x - titleWidth / 2
      let near = rects.filter { $0.minX < minX + titleWidth + 6 && $0.maxX > minX - 6 }
      let minY: Double
      let raise: Double
      if isBelow {
        minY = (near.map(\.maxY).max() ?? bounds.maxY - bounds.height / 3) + 5
        raise = minY + titleHeight - bounds.maxY
      } else {
        minY = (near.map(\.minY).min() ?? bounds.minY + bounds.height / 3) - 5 - titleHeight
        raise = bounds.minY - minY
      }
      // At the edge, and rather near the middle, where it is expected.
      let cost = max(raise, 0) + 4 * max(0, -8 - raise) + abs(share - 0.5) * 12
      if cost < least {
        least = cost
        best = Rect(
          minX: minX, minY: minY, maxX: minX + titleWidth, maxY: minY + titleHeight)
      }
    }
    return best
  }

  /// The outline of a region: a rectangle for rows and for the smallest, where a hull would look accidental.
  func region(around corners: [Point]) -> Hull {
    let hull = Hull(of: corners)
    return members.count <= 4 || kind == .isolates ? Hull(of: hull.bounds.corners) : hull
  }

  /// Measures an arrangement: its name's place, its region, its middle at the origin.
  func arrange(_ places: [Point], boxes: [NodeBox], padding: Double) -> Arrangement {
    var title = titleRect(places: places, boxes: boxes)
    var corners: [Point] = []
    for (member, place) in zip(members, places) {
      corners += boxes[member].rect(at: place).inset(by: -padding).corners
    }
    if titleWidth > 0 { corners += title.inset(by: -padding).corners }
    var hull = region(around: corners)
    let middle = hull.bounds.center
    let back = Point(x: -middle.x, y: -middle.y)
    hull = hull.moved(by: back)
    title = title.moved(by: back)
    return Arrangement(places: places.map { $0 + back }, title: title, hull: hull)
  }
}
