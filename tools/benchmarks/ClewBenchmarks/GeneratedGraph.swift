// SPDX-License-Identifier: Apache-2.0

import GraphCore

/// A simple undirected graph that a seed determines, as pairs with the smaller node first.
struct GeneratedGraph {
  let nodeCount: Int
  let pairs: [(Int, Int)]

  /// Drops self-loops and repeated pairs: peers differ in what they make of them.
  init(nodeCount: Int, drawn: [(Int, Int)]) {
    self.nodeCount = nodeCount
    let keys = drawn.lazy.filter { $0.0 != $0.1 }.map {
      min($0.0, $0.1) * nodeCount + max($0.0, $0.1)
    }
    var pairs: [(Int, Int)] = []
    var last = -1
    for key in keys.sorted() where key != last {
      pairs.append((key / nodeCount, key % nodeCount))
      last = key
    }
    self.pairs = pairs
  }

  /// The graph of a name: `rmat` and a scale, or `ba` and a number of nodes.
  init?(named name: String) {
    if name.hasPrefix("rmat"), let scale = Int(name.dropFirst(4)), (1...24).contains(scale) {
      self = .rmat(scale: scale)
    } else if name.hasPrefix("ba"), let count = Int(name.dropFirst(2)), count > 5 {
      self = .preferential(nodeCount: count)
    } else {
      return nil
    }
  }

  /// A recursive matrix of 2^scale nodes with 16 draws a node (0.57, 0.19, 0.19, 0.05).
  static func rmat(scale: Int) -> GeneratedGraph {
    var random = SeededGenerator(seed: 18)
    let drawn = (0..<(16 << scale)).map { _ in
      var source = 0
      var target = 0
      for _ in 0..<scale {
        let part = random.unit()
        source = 2 * source + (part >= 0.76 ? 1 : 0)
        target = 2 * target + ((part >= 0.57 && part < 0.76) || part >= 0.95 ? 1 : 0)
      }
      return (source, target)
    }
    return GeneratedGraph(nodeCount: 1 << scale, drawn: drawn)
  }

  /// Preferential attachment: each new node draws five ends of earlier edges.
  static func preferential(nodeCount: Int) -> GeneratedGraph {
    var random = SeededGenerator(seed: 10)
    var ends = [0, 1, 2, 3, 4]
    var drawn: [(Int, Int)] = []
    for node in 5..<nodeCount {
      let targets = (0..<5).map { _ in ends[random.below(ends.count)] }
      for target in targets {
        drawn.append((target, node))
        ends.append(target)
        ends.append(node)
      }
    }
    return GeneratedGraph(nodeCount: nodeCount, drawn: drawn)
  }

  func graph() throws -> Graph {
    var builder = GraphBuilder(direction: .undirected)
    builder.addNodes(nodeCount)
    for (source, target) in pairs { builder.addEdge(Node(source), Node(target)) }
    return try builder.build()
  }
}
