// SPDX-License-Identifier: Apache-2.0

/// Puts words on lines where there is room, and counts those for which there is none.
struct EdgeLabels: Sendable {
  struct Placed: Sendable {
    var edge: Int
    var text: String
    var rect: Rect
    var size: Double
  }

  private(set) var placed: [Placed] = []
  /// How many that earned a label found no room.
  private(set) var omitted = 0
  /// How many were not shown because only some lines earn a label.
  private(set) var passedOver = 0

  private static let size = 7.0
  private static let shares = [
    0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8,
  ]

  /// Places the labels of a chart.
  ///
  /// - Parameters:
  ///   - chart: The chart.
  ///   - routes: Where its edges run.
  ///   - obstacles: What labels must keep clear of: icons, names, names of regions.
  init(_ chart: Chart, routes: [EdgeRoute?], obstacles: [Rect]) {
    guard chart.diagram.style.wordsOnLines == .chosen else { return }
    var taken = SpatialGrid(cell: 60)
    for rect in obstacles { taken.insert(rect) }
    let all = chart.edges.count <= 60
    let order = chart.edges.indices.sorted { a, b in
      let x = rank(chart, a, routes[a])
      let y = rank(chart, b, routes[b])
      return x != y ? x > y : a < b
    }
    let size = Self.size * chart.scale
    for index in order {
      let edge = chart.edges[index]
      guard let route = routes[index], let text = Self.text(of: edge) else { continue }
      guard all || !route.isInner || route.level >= 3 else {
        passedOver += 1
        continue
      }
      let shown = LabelText.shorten(text, to: 80 * chart.scale, size: size)
      let width = TextMetrics.width(shown, size: size) + 3 * chart.scale
      let height = size * 1.25
      var found = false
      for share in Self.shares {
        let middle = route.place(at: share)
        let rect = Rect(
          minX: middle.x - width / 2, minY: middle.y - height / 2, maxX: middle.x + width / 2,
          maxY: middle.y + height / 2)
        if taken.isFree(rect) {
          taken.insert(rect)
          placed.append(Placed(edge: index, text: shown, rect: rect, size: size))
          found = true
          break
        }
      }
      if !found { omitted += 1 }
    }
  }

  private static func text(of edge: DiagramEdge) -> String? {
    let clean = edge.label.map { LabelText.clean($0) } ?? ""
    if clean.isEmpty { return nil }
    return edge.count > 1 ? "\(clean) ×\(edge.count)" : clean
  }

  private func rank(_ chart: Chart, _ index: Int, _ route: EdgeRoute?) -> Int {
    guard let route else { return -1 }
    return route.level * 2 + (route.isInner ? 0 : 3)
  }
}

/// Rectangles by place, so that what lies near is found without asking all.
struct SpatialGrid: Sendable {
  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }
  private let size: Double
  private var cells: [Cell: [Rect]] = [:]

  init(cell: Double) { size = cell }

  private func range(_ low: Double, _ high: Double) -> ClosedRange<Int> {
    let first = Int((low / size).rounded(.down))
    return first...max(first, Int((high / size).rounded(.down)))
  }

  mutating func insert(_ rect: Rect) {
    for x in range(rect.minX, rect.maxX) {
      for y in range(rect.minY, rect.maxY) { cells[Cell(x: x, y: y), default: []].append(rect) }
    }
  }

  /// Whether no rectangle inserted before touches this one.
  func isFree(_ rect: Rect) -> Bool {
    for x in range(rect.minX, rect.maxX) {
      for y in range(rect.minY, rect.maxY) {
        if cells[Cell(x: x, y: y)]?.contains(where: rect.intersects) == true { return false }
      }
    }
    return true
  }
}
