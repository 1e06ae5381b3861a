// SPDX-License-Identifier: Apache-2.0

/// Upper limits of distance scores from the numbers of walks.
///
/// As many nodes at most are at distance *d* from a node as walks of *d* steps leave it, where a walk
/// without directions does not at once go back. Counted for all nodes together, each *d* takes one
/// pass over the arcs. (Bergamini et al. 2019, arXiv:1704.01077.)
enum WalkBounds {
  private static let mostSteps = 24
  // Beyond it a Double no longer counts one by one.
  private static let mostWalks = 0x1p52

  /// An upper limit of the score of each node.
  static func scores(_ search: CutSearch, _ measure: DistanceMeasure) -> [Double] {
    let (arcs, n) = (search.arcs, search.reach.count)
    let others = Double(max(1, n - 1))
    var bounds = (0..<n).map { Bound(left: Double(search.reach[$0])) }
    var before = Array(repeating: 1.0, count: n)
    var walks = (0..<n).map { Double(arcs.count($0)) }
    let most = walks.max() ?? 0
    var step = 1
    while true {
      var isOpen = false
      for u in 0..<n {
        let count = min(walks[u], bounds[u].left)
        bounds[u].add(count, at: Double(step))
        if search.isDirected { bounds[u].raise(others) }
        isOpen = isOpen || bounds[u].left > 0 && count > 0
      }
      guard isOpen, step < mostSteps, (walks.max() ?? 0) * max(1, most) < mostWalks else { break }
      step += 1
      let next = (0..<n).map { u -> Double in
        var sum = 0.0
        for position in arcs.range(u) { sum += walks[Int(arcs.targets[position])] }
        if search.isDirected { return sum }
        return sum - (step == 2 ? 1 : before[u]) * Double(arcs.count(u) - (step == 2 ? 0 : 1))
      }
      before = walks
      walks = next
    }
    return bounds.map { bound in
      var bound = bound
      bound.add(bound.left, at: Double(step + 1))
      bound.raise(others)
      return measure == .harmonic ? bound.harmonic : bound.closeness
    }
  }
}

/// The best that the nodes around one can be.
private struct Bound {
  var left: Double
  private var reached = 0.0
  private var distance = 0.0
  private(set) var harmonic = 0.0
  private(set) var closeness = 0.0

  init(left: Double) { self.left = left }

  mutating func add(_ count: Double, at distance: Double) {
    left -= count
    reached += count
    self.distance += count * distance
    harmonic += count / distance
  }

  /// Counts what is reached so far as all that is.
  mutating func raise(_ others: Double) {
    if reached > 0 { closeness = max(closeness, (reached / others) * (reached / distance)) }
  }
}
