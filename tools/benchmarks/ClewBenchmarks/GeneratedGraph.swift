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

  /// The graph of a name: a shape and the number of its nodes, of `rmat` the power of two.
  init?(named name: String) {
    let shape = name.prefix { $0.isLetter }
    guard let size = Int(name.dropFirst(shape.count)) else { return nil }
    switch shape {
    case "rmat" where (1...24).contains(size): self = .rmat(scale: size)
    case "ba" where size > 5: self = .preferential(nodeCount: size)
    case "crim" where size >= 100: self = .crime(nodeCount: size)
    case "planted" where size >= 100: self = .planted(nodeCount: size)
    default: return nil
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

  /// The lengths of the edges for weighted tasks: whole, so that every library adds them exactly.
  var lengths: [Double] {
    var random = SeededGenerator(seed: 7)
    return pairs.map { _ in Double(1 + random.below(10)) }
  }

  func graph(weights: [Double]? = nil, as weighting: Graph.Weighting? = nil) throws -> Graph {
    var builder = GraphBuilder(direction: .undirected, weighting: weighting)
    builder.addNodes(nodeCount)
    for (edge, (source, target)) in pairs.enumerated() {
      builder.addEdge(Node(source), Node(target), weight: weights?[edge] ?? 1)
    }
    return try builder.build()
  }
}
