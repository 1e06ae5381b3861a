// SPDX-License-Identifier: Apache-2.0

/// Sets rectangles side by side in little room, without overlap, in an order that repeats.
///
/// The outline of what stands is kept as a skyline; each rectangle, the highest first, goes where
/// it rises least (bottom left first; Jylänki 2010, "A Thousand Ways to Pack the Bin"). The room is
/// as wide as gives the whole about the shape of a page on its side.
///
/// - Complexity: O(*k* *s*) for *k* rectangles and *s* steps of the skyline.
enum PartPacking {
  /// Width over height wanted of the whole.
  private static let aspect = 1.4

  private struct Step {
    var x: Double
    var width: Double
    var y: Double
  }

  /// The corner at least x and least y of each rectangle of a size.
  static func corners(of sizes: [Point]) -> [Point] {
    var area = 0.0
    var widest = 0.0
    for size in sizes {
      area += size.x * size.y
      widest = max(widest, size.x)
    }
    let width = max(widest, (area * aspect).squareRoot())
    let order = sizes.indices.sorted {
      let (a, b) = (sizes[$0], sizes[$1])
      return a.y != b.y ? a.y > b.y : a.x != b.x ? a.x > b.x : $0 < $1
    }
    var corners = [Point](repeating: Point(x: 0, y: 0), count: sizes.count)
    var skyline = [Step(x: 0, width: width, y: 0)]
    for index in order {
      let corner = place(sizes[index], on: skyline, width: width)
      corners[index] = corner
      raise(&skyline, at: corner, by: sizes[index])
    }
    return corners
  }

  private static func place(_ size: Point, on skyline: [Step], width: Double) -> Point {
    var best = Point(x: 0, y: .infinity)
    let slack = width * 1e-12
    for first in skyline.indices {
      let x = skyline[first].x
      if x + size.x > width + slack { break }
      var y = 0.0
      var next = first
      while next < skyline.count, skyline[next].x < x + size.x - slack {
        y = max(y, skyline[next].y)
        if y >= best.y { break }
        next += 1
      }
      if y < best.y { best = Point(x: x, y: y) }
    }
    return best
  }

  private static func raise(_ skyline: inout [Step], at corner: Point, by size: Point) {
    let end = corner.x + size.x
    guard let first = skyline.firstIndex(where: { $0.x + $0.width > corner.x }) else { return }
    var last = first
    while last + 1 < skyline.count, skyline[last + 1].x < end { last += 1 }
    var steps: [Step] = []
    let left = corner.x - skyline[first].x
    if left > 0 {
      steps.append(Step(x: skyline[first].x, width: left, y: skyline[first].y))
    }
    steps.append(Step(x: corner.x, width: size.x, y: corner.y + size.y))
    let right = skyline[last].x + skyline[last].width - end
    if right > 0 { steps.append(Step(x: end, width: right, y: skyline[last].y)) }
    skyline.replaceSubrange(first...last, with: steps)
  }
}
