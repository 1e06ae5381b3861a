// SPDX-License-Identifier: Apache-2.0

/// Moves nodes apart that stress leaves almost on one another, by no more than it takes to tell
/// them apart.
///
/// Stress hardly minds where in a crowd a node stands. Pairs closer than a part of the mean spacing
/// are moved to that distance, a few times over; they are found by the cells of a square grid as
/// wide as that distance, so that only neighbouring cells matter.
///
/// - Complexity: O(n log n) time, 32 bytes a node.
enum Crowding {
  // The distance wanted, as a part of the side of the square that a node has for itself.
  private static let part = 0.35
  private static let rounds = 12
  // So many nodes of a cell are compared with a node; a fuller cell empties from round to round.
  private static let reach = 24

  /// Moves crowded places apart; `unit` is the largest distance that may be asked for.
  static func loosen(_ places: inout [Point], unit: Double) {
    guard var low = places.first else { return }
    var high = low
    for p in places {
      low = Point(x: min(low.x, p.x), y: min(low.y, p.y))
      high = Point(x: max(high.x, p.x), y: max(high.y, p.y))
    }
    let area = (high.x - low.x) * (high.y - low.y)
    let wanted = min(unit, part * (area / Double(places.count)).squareRoot())
    // Along a line there is no crowd, and cells would be too many to number.
    guard wanted > 1e-6 * max(high.x - low.x, high.y - low.y) else { return }
    for _ in 0..<rounds where !pass(&places, low: low, wanted: wanted) { return }
  }

  // Whether anything moved.
  private static func pass(_ places: inout [Point], low: Point, wanted: Double) -> Bool {
    // Nodes sorted by row and column of their cell; a node may have left the first bounds, by
    // little.
    let columns: Int64 = 1 << 31
    let cells = places.map { p in
      Int64((p.y - low.y) / wanted + 4096) * columns + Int64((p.x - low.x) / wanted + 4096)
    }
    let order = cells.indices.sorted {
      cells[$0] != cells[$1] ? cells[$0] < cells[$1] : $0 < $1
    }
    var moved = false
    // The cell to the right stands next in order; the three below are followed by their own marks.
    var below = 0
    for at in order.indices {
      let i = order[at]
      var next = at + 1
      while next < order.count, next <= at + reach, cells[order[next]] <= cells[i] + 1 {
        if separate(&places, i, order[next], wanted) { moved = true }
        next += 1
      }
      let first = cells[i] + columns - 1
      while below < order.count, cells[order[below]] < first { below += 1 }
      next = below
      while next < order.count, next < below + reach, cells[order[next]] <= first + 2 {
        if separate(&places, i, order[next], wanted) { moved = true }
        next += 1
      }
    }
    return moved
  }

  private static func separate(
    _ places: inout [Point], _ i: Int, _ j: Int, _ wanted: Double
  ) -> Bool {
    var apart = places[j] - places[i]
    let square = apart.x * apart.x + apart.y * apart.y
    guard square < 0.999 * wanted * wanted else { return false }
    var length = square.squareRoot()
    if length < 1e-9 * wanted {
      // Two in one place part in a direction of their own.
      let turn = Double((i &* 31 &+ j) % 17) / 17 - 0.5
      apart = Point(x: wanted, y: turn * wanted)
      length = apart.length
      apart = apart * (1e-9 * wanted / length)
      length = 1e-9 * wanted
    }
    let move = apart * ((wanted - length) / length / 2)
    places[i] = places[i] - move
    places[j] = places[j] + move
    return true
  }
}
