// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Moves single nodes within their regions until lines are short and hit nothing.
///
/// What counts: lines through icons and labels of others, crossings, lengths. A move or an exchange
/// is kept where it lowers the sum; the order is seeded.
struct Polish {
  private var points: [Point]
  private let boxes: [NodeBox]
  private let edges: [(Int, Int)]
  private let edgesOf: [[Int]]
  private let clusterOf: [Int]
  private let regions: [Hull]
  private let titles: [Rect]
  private let members: [[Int]]
  private let gap: Double

  init(
    points: [Point], boxes: [NodeBox], edges: [(Int, Int)], clusterOf: [Int], members: [[Int]],
    regions: [Hull], titles: [Rect], gap: Double
  ) {
    self.points = points
    self.boxes = boxes
    self.edges = edges
    self.clusterOf = clusterOf
    self.members = members
    self.regions = regions
    self.titles = titles
    self.gap = gap
    var edgesOf = [[Int]](repeating: [], count: points.count)
    for (index, edge) in edges.enumerated() where edge.0 != edge.1 {
      edgesOf[edge.0].append(index)
      edgesOf[edge.1].append(index)
    }
    self.edgesOf = edgesOf
  }

  /// The places after as many rounds over all nodes as the effort pays for.
  ///
  /// - Parameters:
  ///   - start: The places to begin with.
  ///   - effort: How often a line may be compared with a line or a node, in all.
  ///   - seed: What the order of tries follows from.
  /// - Returns: The places of all nodes.
  static func improved(_ start: Polish, effort: Int, seed: UInt64) -> [Point] {
    var polish = start
    var random = SeededGenerator(seed: seed)
    let movable = polish.points.indices.filter { !polish.edgesOf[$0].isEmpty }
    guard !movable.isEmpty else { return polish.points }
    let edges = polish.edges.count
    let round = 24 * edges * (edges + polish.points.count) + 1
    let rounds = min(48, effort / round)
    guard rounds > 0 else { return polish.points }
    for past in 0..<rounds {
      let reach = 160 * Double(rounds - past) / Double(rounds) + 4
      for node in movable { polish.visit(node, reach: reach, &random) }
    }
    return polish.points
  }

  private mutating func visit(_ node: Int, reach: Double, _ random: inout SeededGenerator) {
    let cluster = clusterOf[node]
    let bounds = regions[cluster].bounds
    var current = cost(of: node)
    for attempt in 0..<7 {
      let old = points[node]
      let place =
        if attempt < 2 {
          Point(
            x: bounds.minX + random.unit() * bounds.width,
            y: bounds.minY + random.unit() * bounds.height)
        } else {
          old + Point(x: (random.unit() - 0.5) * reach, y: (random.unit() - 0.5) * reach)
        }
      guard isFree(place, for: node, except: node) else { continue }
      points[node] = place
      let next = cost(of: node)
      if next < current - 1e-9 { current = next } else { points[node] = old }
    }
    let others = members[cluster]
    guard others.count > 2 else { return }
    for _ in 0..<2 {
      let other = others[random.below(others.count)]
      guard other != node else { continue }
      let a = points[node]
      let b = points[other]
      guard isFree(b, for: node, except: other), isFree(a, for: other, except: node) else {
        continue
      }
      let before = cost(of: node) + cost(of: other)
      points[node] = b
      points[other] = a
      let isClear = !boxes[node].rect(at: b).intersects(boxes[other].rect(at: a))
      if !isClear || cost(of: node) + cost(of: other) >= before - 1e-9 {
        points[node] = a
        points[other] = b
      }
    }
  }

  private func isFree(_ place: Point, for node: Int, except other: Int) -> Bool {
    let rect = boxes[node].rect(at: place)
    let cluster = clusterOf[node]
    guard regions[cluster].contains(rect) else { return false }
    if titles[cluster].width > 0, rect.intersects(titles[cluster].inset(by: -3)) { return false }
    let wide = rect.inset(by: -gap)
    for neighbour in members[cluster] where neighbour != node && neighbour != other {
      if wide.intersects(boxes[neighbour].rect(at: points[neighbour])) { return false }
    }
    return true
  }

  private func cost(of node: Int) -> Double {
    let place = points[node]
    var sum = 0.0
    let cluster = clusterOf[node]
    for index in edgesOf[node] {
      let edge = edges[index]
      let other = edge.0 == node ? edge.1 : edge.0
      let end = points[other]
      let isInner = clusterOf[other] == cluster
      sum += place.distance(to: end) * (isInner ? 0.02 : 0.006)
      for x in points.indices where x != node && x != other {
        sum += hit(x, from: place, to: end)
      }
      for (f, line) in edges.enumerated() where f != index {
        if line.0 == node || line.1 == node || line.0 == other || line.1 == other { continue }
        if crosses(place, end, points[line.0], points[line.1]) { sum += isInner ? 1 : 0.6 }
      }
    }
    for line in edges where line.0 != node && line.1 != node && line.0 != line.1 {
      sum += hit(node, from: points[line.0], to: points[line.1])
    }
    let middle = regions[cluster].bounds.center
    return sum + 0.006 * place.distance(to: middle)
  }

  /// What it costs that a line passes over a node that is not its end.
  private func hit(_ node: Int, from a: Point, to b: Point) -> Double {
    let box = boxes[node]
    let place = points[node]
    guard box.rect(at: place).inset(by: -2).isTouched(from: a, to: b) else { return 0 }
    let reach = box.radius + 3
    if squaredDistance(of: place, from: a, to: b) < reach * reach { return 7 }
    return box.labelRect(at: place).isTouched(from: a, to: b) ? 3 : 0.2
  }
}
