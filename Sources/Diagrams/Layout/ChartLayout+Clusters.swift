// SPDX-License-Identifier: Apache-2.0

extension ChartLayout {
  /// Rows and columns for nodes without an edge.
  func grids(of cluster: Cluster) -> [Cluster.Arrangement] {
    let boxes = cluster.members.map { problem.boxes[$0] }
    let cellX = (boxes.map { $0.half * 2 }.max() ?? 0) + problem.gap
    let cellY = (boxes.map { $0.up + $0.down }.max() ?? 0) + problem.gap
    var arrangements: [Cluster.Arrangement] = []
    var columnsSeen: Set<Int> = []
    for rows in 1...max(1, min(40, boxes.count)) {
      let columns = (boxes.count + rows - 1) / rows
      guard columnsSeen.insert(columns).inserted else { continue }
      let places = boxes.indices.map { i in
        Point(
          x: Double(i % columns) * cellX, y: Double(i / columns) * cellY)
      }
      arrangements.append(
        cluster.arrange(
          places, boxes: problem.boxes, padding: problem.padding + problem.regionGap / 2))
    }
    return arrangements
  }

  /// The edges between clusters; beyond some hundred one stands for all between the same two.
  func links() -> [ClusterPlacement.Link] {
    var links: [ClusterPlacement.Link] = []
    var seen: [Int: Int] = [:]
    let outer = problem.edges.filter { !isInside($0) }
    for (a, b) in outer {
      let key = min(clusterOf[a], clusterOf[b]) * clusters.count + max(clusterOf[a], clusterOf[b])
      if outer.count > 250, let known = seen[key] {
        links[known].weight += 1
        continue
      }
      seen[key] = links.count
      links.append(
        ClusterPlacement.Link(
          from: clusterOf[a], fromMember: slotOf[a], to: clusterOf[b], toMember: slotOf[b]))
    }
    return links
  }

  /// The size that the only cluster has on the page in an arrangement.
  func fill(_ arrangement: Int) -> Double {
    let bounds = clusters[0].arrangements[arrangement].hull.bounds
    return min(problem.pageWidth / bounds.width, problem.pageHeight / bounds.height)
  }
}
