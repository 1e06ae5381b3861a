// SPDX-License-Identifier: Apache-2.0

/// Lays out the members of one cluster by themselves, in units of an average box.
struct LocalLayout {
  let boxes: [NodeBox]
  /// The edges within, as places in `boxes`.
  let edges: [(Int, Int)]
  let seed: UInt64

  /// The average width and height of a box with the gap around it.
  let unit: Point

  init(boxes: [NodeBox], edges: [(Int, Int)], gap: Double, seed: UInt64) {
    self.boxes = boxes
    self.edges = edges
    self.seed = seed
    let count = Double(max(1, boxes.count))
    unit = Point(
      x: boxes.reduce(0) { $0 + $1.half * 2 } / count + gap,
      y: boxes.reduce(0) { $0 + $1.up + $1.down } / count + gap)
  }

  /// Places in box units from a start that carries the ties to the rest.
  func places(from start: [Point]) -> [Point] {
    let count = boxes.count
    let lengths = tenths()
    let hops = HopDistances(count: count, edges: edges) {
      lengths[min($0, $1) * count + max($0, $1)] ?? 10
    }
    var stress = Stress(count: count)
    let stride = max(1, count * count / 1_200_000)
    for i in Swift.stride(from: 0, to: count, by: stride) {
      let distances = hops.from(i)
      for j in 0..<count where j > i || (stride > 1 && j % stride != 0) {
        stress.want(i, j, apart: distances[j] < 0 ? 2.6 : Double(distances[j]) / 10)
      }
    }
    var places = start
    stress.relax(&places, seed: seed)
    return widened(places)
  }

  // Lengths of edges in tenths of a box. The leaves of a hub stand in rings about it, each ring as full
  // as its girth allows, because there is no room for all of them at one distance.
  private func tenths() -> [Int: Int] {
    let count = boxes.count
    var degrees = [Int](repeating: 0, count: count)
    for (a, b) in edges where a != b {
      degrees[a] += 1
      degrees[b] += 1
    }
    var lengths: [Int: Int] = [:]
    var leaves = [Int](repeating: 0, count: count)
    for (a, b) in edges where a != b {
      let key = min(a, b) * count + max(a, b)
      let hub = degrees[a] >= degrees[b] ? a : b
      let leaf = hub == a ? b : a
      guard degrees[leaf] <= 2, degrees[hub] > 6, lengths[key] == nil else { continue }
      // Rings of 7, 13, 19 … boxes.
      var ring = 1
      var left = leaves[hub]
      while left >= 6 * ring + 1 {
        left -= 6 * ring + 1
        ring += 1
      }
      leaves[hub] += 1
      lengths[key] = 2 + 9 * ring
    }
    return lengths
  }

  // Gives the places as much room as the boxes need, so that pushing them apart keeps the shape.
  private func widened(_ places: [Point]) -> [Point] {
    let count = Double(places.count)
    guard count > 2 else { return places }
    var middle = Point(x: 0, y: 0)
    for p in places { middle = middle + p }
    middle = middle * (1 / count)
    var spread = 0.0
    for p in places {
      let d = p - middle
      spread += d.x * d.x + d.y * d.y
    }
    // A disc of the area of the boxes has a mean squared distance of count / 2π from its middle.
    let wanted = count / 6.283
    let factor = max(1, (wanted / max(spread / count, 1e-9)).squareRoot())
    return places.map { ($0 - middle) * factor }
  }

  /// Turns places so that their extent comes nearest to a shape, then stretches a little.
  ///
  /// - Parameters:
  ///   - places: The places in box units.
  ///   - aspect: The width over the height wanted, in box units.
  /// - Returns: The places, turned and stretched.
  static func turned(_ places: [Point], toward aspect: Double) -> [Point] {
    var best = places
    var least = Double.infinity
    for step in -8...8 {
      // A rotation by the half-angle formula needs no sine: t is the tangent of half the angle.
      let t = Double(step) / 8
      let cosine = (1 - t * t) / (1 + t * t)
      let sine = 2 * t / (1 + t * t)
      let candidate = places.map { p in
        Point(x: p.x * cosine - p.y * sine, y: p.x * sine + p.y * cosine)
      }
      let xs = candidate.map(\.x)
      let ys = candidate.map(\.y)
      let width = (xs.max() ?? 0) - (xs.min() ?? 0) + 1
      let height = (ys.max() ?? 0) - (ys.min() ?? 0) + 1
      let misfit = max(width / height / aspect, aspect * height / width)
      if misfit < least {
        least = misfit
        // Half by widening and half by flattening, so that the room stays what it was.
        let stretch = min(1.8, misfit).squareRoot()
        let isNarrow = width / height < aspect
        best = candidate.map { p in
          isNarrow
            ? Point(x: p.x * stretch, y: p.y / stretch) : Point(x: p.x / stretch, y: p.y * stretch)
        }
      }
    }
    return best
  }
}
