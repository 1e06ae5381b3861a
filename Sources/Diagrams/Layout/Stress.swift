// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Stress minimisation: places nodes so that distances on the page follow those in the graph.
///
/// By stochastic gradient descent over pairs (Zheng, Pawar, Goodman 2018,
/// doi:10.1109/TVCG.2018.2859997), with a seeded order. It uses the four operations and square roots
/// only, so every machine finds the same places.
struct Stress {
  private struct Term {
    var i: Int32
    var j: Int32
    var distance: Float
  }
  private var terms: [Term] = []
  private let count: Int

  init(count: Int) { self.count = count }

  /// Asks for two nodes to stand so far apart.
  mutating func want(_ i: Int, _ j: Int, apart distance: Double) {
    terms.append(Term(i: Int32(i), j: Int32(j), distance: Float(distance)))
  }

  /// Moves the places toward what was asked.
  mutating func relax(_ points: inout [Point], rounds: Int = 30, seed: UInt64) {
    guard !terms.isEmpty else { return }
    var longest = 0.0
    for term in terms { longest = max(longest, Double(term.distance)) }
    var random = SeededGenerator(seed: seed)
    var step = longest * longest
    // From "the farthest pair moves all the way" to a tenth of a move for the nearest.
    let least = 0.1
    var decay = 0.9
    for _ in 0..<40 {
      var end = step
      for _ in 1..<rounds { end *= decay }
      if end <= least { break }
      decay -= 0.01
    }
    for _ in 0..<rounds {
      // Fisher–Yates, written out: a generic one from another module costs ten times as much.
      for i in Swift.stride(from: terms.count - 1, to: 0, by: -1) {
        terms.swapAt(i, random.below(i + 1))
      }
      for term in terms {
        let i = Int(term.i)
        let j = Int(term.j)
        let distance = Double(term.distance)
        let rate = min(1, step / (distance * distance))
        var delta = points[i] - points[j]
        var length = delta.length
        if length < 1e-9 {
          delta = Point(x: 1, y: i < j ? 0.5 : -0.5)
          length = delta.length
        }
        let move = delta * (rate * (length - distance) / 2 / length)
        points[i] = points[i] - move
        points[j] = points[j] + move
      }
      step *= decay
    }
  }

  /// Places spread evenly over a disc, as a start that favours no direction.
  static func spiral(count: Int) -> [Point] {
    // Each is the one before turned by the golden angle; its cosine and sine are written out.
    var direction = Point(x: 1, y: 0)
    let cosine = -0.7373688780783197
    let sine = 0.6754902942615238
    return (0..<count).map { index in
      let place = direction * (Double(index) + 0.5).squareRoot()
      direction = Point(
        x: direction.x * cosine - direction.y * sine, y: direction.x * sine + direction.y * cosine)
      return place
    }
  }
}

/// Distances over edges with whole lengths, from one node to all, by buckets (Dial 1969,
/// doi:10.1145/363269.363610).
struct HopDistances {
  private let neighbours: [[(node: Int, length: Int)]]

  init(count: Int, edges: [(Int, Int)], length: (Int, Int) -> Int) {
    var neighbours = [[(node: Int, length: Int)]](repeating: [], count: count)
    for (a, b) in edges where a != b {
      neighbours[a].append((b, length(a, b)))
      neighbours[b].append((a, length(a, b)))
    }
    self.neighbours = neighbours
  }

  /// The distance of every node, or -1 where there is no way.
  func from(_ source: Int) -> [Int] {
    var distances = [Int](repeating: -1, count: neighbours.count)
    distances[source] = 0
    var buckets: [[Int]] = [[source]]
    var level = 0
    while level < buckets.count {
      var at = 0
      while at < buckets[level].count {
        let node = buckets[level][at]
        at += 1
        guard distances[node] == level else { continue }
        for (next, length) in neighbours[node] {
          let distance = level + length
          if distances[next] >= 0, distances[next] <= distance { continue }
          distances[next] = distance
          while buckets.count <= distance { buckets.append([]) }
          buckets[distance].append(next)
        }
      }
      level += 1
    }
    return distances
  }
}
