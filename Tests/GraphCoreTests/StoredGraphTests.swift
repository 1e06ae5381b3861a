// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

/// Graphs made of rows that stand in columns already.
@Suite struct StoredGraphTests {
  private func stored(
    _ direction: Graph.Direction, _ offsets: [Int32], _ targets: [Int32],
    _ incoming: (offsets: [Int32], targets: [Int32])? = nil, weights: [Double]? = nil
  ) throws -> Graph {
    try Graph(
      direction: direction, weighting: .strength, offsets: Column(offsets),
      targets: Column(targets),
      incoming: incoming.map { (Column($0.offsets), Column($0.targets)) },
      edgeWeights: weights.map { Column($0) })
  }

  @Test func `rows of a graph are taken as they are`() throws {
    let chain = try stored(.undirected, [0, 1, 3, 4], [1, 0, 2, 1], weights: [5, 7])
    #expect(chain.edgeCount == 2 && chain.weight(of: Edge(1)) == 7)
    #expect(chain.ends(of: Edge(1)) == (Node(1), Node(2)))
    let arc = try stored(.directed, [0, 1, 1], [1], ([0, 0, 1], [0]))
    #expect(arc.edgeCount == 1 && arc.degree(of: Node(1)) == 1)
    let loop = try stored(.undirected, [0, 2], [0, 0])
    #expect(loop.edgeCount == 1 && loop.selfLoopCount == 1)
  }

  @Test func `rows that are not those of a graph are refused`() {
    let broken: [(Graph.Direction, [Int32], [Int32], (offsets: [Int32], targets: [Int32])?)] = [
      (.undirected, [], [], nil),
      (.undirected, [1, 1], [0], nil),
      (.undirected, [0, 2, 1], [1], nil),
      (.undirected, [0, 1, 2], [1, 2], nil),
      (.undirected, [0, 1, 2], [1, -1], nil),
      (.undirected, [0, 2, 3, 4], [2, 1, 0, 0], nil),
      (.undirected, [0, 1, 1], [1], nil),
      (.undirected, [0, 0, 1], [0], nil),
      (.undirected, [0, 1], [0], nil),
      (.undirected, [0, 1, 2, 3], [1, 2, 0], nil),
      (.directed, [0, 1, 1], [1], nil),
      (.directed, [0, 1, 1], [1], ([0, 1, 1], [1])),
      (.directed, [0, 1, 1], [1], ([0, 0, 1], [1])),
      (.directed, [0, 1, 1], [1], ([0, 0, 0], [])),
      (.undirected, [0, 1, 2], [1, 0], ([0, 1, 2], [1, 0])),
    ]
    for (direction, offsets, targets, incoming) in broken {
      #expect(throws: GraphError.self, "\(offsets) \(targets)") {
        _ = try stored(direction, offsets, targets, incoming)
      }
    }
    #expect(throws: GraphError.self) {
      _ = try stored(.undirected, [0, 1, 2], [1, 0], weights: [.nan])
    }
    #expect(throws: GraphError.self) {
      _ = try stored(.undirected, [0, 1, 2], [1, 0], weights: [1, 2])
    }
  }
}
