// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a layout, counted.
struct LayoutQuality: Hashable, Sendable {
  /// Pairs of nodes whose icons or labels overlap.
  var overlaps = 0
  /// Lines that pass through the icon of a node that is not their end; not counted beyond 3,000 edges.
  var iconHits = 0
  /// Lines that pass through the label of a node that is not their end.
  var labelHits = 0
  /// Pairs of lines that cross.
  var crossings = 0
  /// The factor by which the drawing fits its page.
  var scale = 1.0
  private var edgeCount = 0

  init(_ layout: ChartLayout, boxes: [NodeBox], edges: [(Int, Int)], page: Point) {
    let points = layout.points
    let order = points.indices.sorted {
      points[$0].x != points[$1].x ? points[$0].x < points[$1].x : $0 < $1
    }
    let widest = (boxes.map(\.half).max() ?? 0) * 2
    for (a, i) in order.enumerated() {
      for j in order[(a + 1)...] {
        if points[j].x - points[i].x > widest { break }
        if boxes[i].rect(at: points[i]).inset(by: 1e-6).intersects(boxes[j].rect(at: points[j])) {
          overlaps += 1
        }
      }
    }
    edgeCount = edges.count
    var bounds: Rect?
    for region in layout.regions {
      bounds = bounds?.union(region.hull.bounds) ?? region.hull.bounds
    }
    if let bounds { scale = min(page.x / bounds.width, page.y / bounds.height) }
    // Beyond this nobody counts crossings, and counting takes longer than drawing.
    guard edges.count <= 3_000 else { return }
    for (index, edge) in edges.enumerated() where edge.0 != edge.1 {
      let a = points[edge.0]
      let b = points[edge.1]
      for node in points.indices where node != edge.0 && node != edge.1 {
        let reach = boxes[node].radius
        if squaredDistance(of: points[node], from: a, to: b) < reach * reach {
          iconHits += 1
        } else if boxes[node].labelRect(at: points[node]).isTouched(from: a, to: b) {
          labelHits += 1
        }
      }
      for other in edges[(index + 1)...] {
        if other.0 == edge.0 || other.0 == edge.1 || other.1 == edge.0 || other.1 == edge.1 {
          continue
        }
        if crosses(a, b, points[other.0], points[other.1]) { crossings += 1 }
      }
    }
  }

  /// One number to compare layouts of the same graph by; smaller is better.
  var cost: Double {
    let edges = Double(max(1, edgeCount))
    return (3 * Double(iconHits) + Double(labelHits) + 0.3 * Double(crossings)) / edges
      + 2.5 / min(scale, 1) + 10 * Double(overlaps)
  }
}
