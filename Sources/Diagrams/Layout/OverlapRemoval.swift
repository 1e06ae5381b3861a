// SPDX-License-Identifier: Apache-2.0

/// Pushes boxes apart until none overlaps, each pair along its shorter way out.
enum OverlapRemoval {
  /// Moves the places so that the boxes keep `gap` between them.
  ///
  /// - Returns: Whether that was reached within the rounds.
  @discardableResult
  static func separate(
    _ points: inout [Point], boxes: [NodeBox], gap: Double, rounds: Int = 400
  ) -> Bool {
    let count = points.count
    guard count > 1 else { return true }
    let widest = (boxes.map(\.half).max() ?? 0) * 2 + gap
    var order = Array(0..<count)
    for _ in 0..<rounds {
      // Nearly sorted from the round before; ties keep the order of the nodes.
      order.sort { points[$0].x != points[$1].x ? points[$0].x < points[$1].x : $0 < $1 }
      var isApart = true
      for a in 0..<count {
        let i = order[a]
        var b = a + 1
        while b < count {
          let j = order[b]
          b += 1
          if points[j].x - points[i].x > widest + 40 { break }
          let dx = points[j].x - points[i].x
          let dy = (points[j].y + middle(boxes[j])) - (points[i].y + middle(boxes[i]))
          let overX = boxes[i].half + boxes[j].half + gap - abs(dx)
          let overY = (height(boxes[i]) + height(boxes[j])) / 2 + gap - abs(dy)
          guard overX > 1e-6, overY > 1e-6 else { continue }
          isApart = false
          if overX < overY {
            let move = (overX / 2 + 1e-3) * (dx < 0 ? -1 : 1)
            points[i].x -= move
            points[j].x += move
          } else {
            let move = (overY / 2 + 1e-3) * (dy < 0 ? -1 : 1)
            points[i].y -= move
            points[j].y += move
          }
        }
      }
      if isApart { return true }
    }
    return false
  }

  private static func middle(_ box: NodeBox) -> Double { (box.down - box.up) / 2 }
  private static func height(_ box: NodeBox) -> Double { box.up + box.down }
}
