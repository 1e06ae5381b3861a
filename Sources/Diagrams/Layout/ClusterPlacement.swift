// SPDX-License-Identifier: Apache-2.0

/// Places whole clusters on the page: apart from each other, close together, near their relations.
///
/// A hill climb from several starts over moves that keep every region clear of every other. The cost
/// weighs how far the drawing must be shrunk to fit the page, the length of lines between clusters and
/// how often they pass behind a region they have no part in.
struct ClusterPlacement {
  /// A line between clusters: the clusters and the members' places in them.
  struct Link {
    var from: Int
    var fromMember: Int
    var to: Int
    var toMember: Int
    /// How many lines it stands for.
    var weight = 1.0
  }

  var clusters: [Cluster]
  let links: [Link]
  let pageWidth: Double
  let pageHeight: Double
  private let linksOf: [[Int]]
  private var hulls: [Hull]

  init(clusters: [Cluster], links: [Link], pageWidth: Double, pageHeight: Double) {
    self.clusters = clusters
    self.links = links
    self.pageWidth = pageWidth
    self.pageHeight = pageHeight
    var linksOf = [[Int]](repeating: [], count: clusters.count)
    for (index, link) in links.enumerated() {
      linksOf[link.from].append(index)
      linksOf[link.to].append(index)
    }
    self.linksOf = linksOf
    hulls = clusters.map(\.hull)
  }

  /// The cost of the present state; smaller is better.
  func cost() -> Double {
    var bounds = hulls[0].bounds
    var pull = 0.0
    for hull in hulls { bounds = bounds.union(hull.bounds) }
    let middle = bounds.center
    for hull in hulls {
      let x = (hull.bounds.center.x - middle.x) / pageWidth
      let y = (hull.bounds.center.y - middle.y) / pageHeight
      pull += x * x + y * y
    }
    let across = bounds.width / pageWidth
    let down = bounds.height / pageHeight
    var result = 4 * max(across, down) + 0.7 * (across + down) + 1.2 * pull / Double(hulls.count)
    guard !links.isEmpty else { return result }
    var length = 0.0
    var passed = 0.0
    var total = 0.0
    let checksPassing = hulls.count <= 24
    for link in links {
      let a = end(link.from, link.fromMember)
      let b = end(link.to, link.toMember)
      length += a.distance(to: b) * link.weight
      total += link.weight
      guard checksPassing else { continue }
      for (index, hull) in hulls.enumerated() where index != link.from && index != link.to {
        if hull.isTouched(from: a, to: b) { passed += link.weight }
      }
    }
    let share = 1 / total
    result += 2.2 * length * share / (pageWidth + pageHeight) * 2 + 0.9 * passed * share
    return result
  }

  private func end(_ cluster: Int, _ member: Int) -> Point {
    clusters[cluster].arrangement.places[member] + clusters[cluster].origin
  }

  /// Pushes overlapping regions apart.
  mutating func separate(rounds: Int = 300) {
    for _ in 0..<rounds {
      var isApart = true
      for i in hulls.indices {
        for j in hulls.indices where j > i {
          guard let move = hulls[i].separation(from: hulls[j]) else { continue }
          isApart = false
          let half = Point(x: move.x * 0.505, y: move.y * 0.505)
          shift(i, by: Point(x: -half.x, y: -half.y))
          shift(j, by: half)
        }
      }
      if isApart { return }
    }
  }

  private mutating func shift(_ index: Int, by offset: Point) {
    clusters[index].origin = clusters[index].origin + offset
    hulls[index] = hulls[index].moved(by: offset)
  }

  private func collides(_ index: Int) -> Bool {
    for other in hulls.indices where other != index {
      if hulls[index].separation(from: hulls[other]) != nil { return true }
    }
    return false
  }

  /// Moves, turns over and exchanges clusters as long as the cost falls.
  mutating func improve(steps: [Double], sweeps: Int) {
    var current = cost()
    for step in steps {
      for sweep in 0..<sweeps {
        var hasImproved = false
        for index in clusters.indices {
          for direction in directions(for: index) {
            if attempt(
              index, offset: direction * step, arrangement: clusters[index].chosen, &current)
            {
              hasImproved = true
            }
          }
          guard step >= 20 else { continue }
          for other in clusters[index].arrangements.indices where other != clusters[index].chosen {
            if attempt(index, offset: Point(x: 0, y: 0), arrangement: other, &current) {
              hasImproved = true
            }
          }
          for other in clusters.indices where other > index && clusters.count <= 12 && sweep < 3 {
            if exchange(index, other, &current) { hasImproved = true }
          }
        }
        if !hasImproved { break }
      }
    }
  }

  private func directions(for index: Int) -> [Point] {
    var result = [
      Point(x: 1, y: 0), Point(x: -1, y: 0), Point(x: 0, y: 1), Point(x: 0, y: -1),
      Point(x: 0.7, y: 0.7), Point(x: -0.7, y: 0.7), Point(x: 0.7, y: -0.7),
      Point(x: -0.7, y: -0.7),
    ]
    var pull = Point(x: 0, y: 0)
    for l in linksOf[index] {
      let link = links[l]
      let a = end(link.from, link.fromMember)
      let b = end(link.to, link.toMember)
      pull = pull + (link.from == index ? b - a : a - b)
    }
    if pull.length > 1e-9 { result.append(pull * (1 / pull.length)) }
    return result
  }

  private mutating func attempt(
    _ index: Int, offset: Point, arrangement: Int, _ current: inout Double
  ) -> Bool {
    let cluster = clusters[index]
    let hull = hulls[index]
    clusters[index].origin = cluster.origin + offset
    clusters[index].chosen = arrangement
    hulls[index] =
      arrangement == cluster.chosen ? hull.moved(by: offset) : clusters[index].hull
    if !collides(index) {
      let next = cost()
      if next < current - 1e-9 {
        current = next
        return true
      }
    }
    clusters[index] = cluster
    hulls[index] = hull
    return false
  }

  /// Exchanges the places of two clusters, pushing others aside where that is needed.
  private mutating func exchange(_ a: Int, _ b: Int, _ current: inout Double) -> Bool {
    let before = (clusters, hulls)
    let origin = clusters[a].origin
    clusters[a].origin = clusters[b].origin
    clusters[b].origin = origin
    hulls[a] = clusters[a].hull
    hulls[b] = clusters[b].hull
    // Pushing others aside seldom gains more than this: what is far from a gain is not tried.
    if cost() < current + 0.12 {
      separate(rounds: 40)
      let next = cost()
      if next < current - 1e-9, !clusters.indices.contains(where: collides) {
        current = next
        return true
      }
    }
    (clusters, hulls) = before
    return false
  }
}
