// SPDX-License-Identifier: Apache-2.0

import GraphCore

/// Shortest paths of a small graph by listing every simple path: slow, and plain enough to be
/// right.
struct PathOracle {
  /// The shortest distance of each ordered pair; infinite where no path joins it.
  let distance: [[Double]]
  /// For each node, the sum over ordered pairs of others of the share of shortest paths through it.
  let through: [Double]
  /// For each edge of a graph without parallel edges, the same for paths over it.
  let over: [Double]

  init(_ graph: Graph) {
    let n = graph.nodeCount
    var distance = [[Double]](repeating: Array(repeating: .infinity, count: n), count: n)
    var through = [Double](repeating: 0, count: n)
    var over = [Double](repeating: 0, count: graph.edgeCount)
    for source in 0..<n {
      var found: [Int: [Path]] = [:]
      Self.extend(Path(nodes: [source], edges: [], length: 0), in: graph, &found)
      for (target, paths) in found {
        let shortest = paths.map(\.length).min() ?? .infinity
        // Sums of a few reciprocals of small whole numbers differ by far more or are equal.
        let best = paths.filter { $0.length < shortest + 1e-9 }
        distance[source][target] = shortest
        guard target != source else { continue }
        for path in best {
          for node in path.nodes.dropFirst().dropLast() { through[node] += 1 / Double(best.count) }
          for edge in path.edges { over[edge] += 1 / Double(best.count) }
        }
      }
    }
    self.distance = distance
    self.through = through
    self.over = over
  }

  /// The finite distances from the others to a node, or from the node to them.
  func distances(of node: Int, leaving: Bool) -> [Double] {
    distance.indices.filter { $0 != node }
      .map { leaving ? distance[node][$0] : distance[$0][node] }
      .filter(\.isFinite)
  }

  private struct Path {
    var nodes: [Int]
    var edges: [Int]
    var length: Double
  }

  private static func extend(_ path: Path, in graph: Graph, _ found: inout [Int: [Path]]) {
    guard let end = path.nodes.last else { return }
    found[end, default: []].append(path)
    for arc in graph.arcs(from: Node(end)) where !path.nodes.contains(Int(arc.target.index)) {
      let length =
        switch graph.weighting {
        case nil: 1.0
        case .length: arc.weight
        case .strength: 1 / arc.weight
        }
      extend(
        Path(
          nodes: path.nodes + [Int(arc.target.index)], edges: path.edges + [Int(arc.edge.index)],
          length: path.length + length), in: graph, &found)
    }
  }
}
