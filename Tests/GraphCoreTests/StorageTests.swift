// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

/// The columns that a graph is stored in.
@Suite struct StorageTests {
  private static func columns(_ seed: UInt64) -> (n: Int, sources: [Int32], targets: [Int32]) {
    var random = SeededGenerator(seed: seed)
    let n = 1 + random.below(8)
    let m = random.below(20)
    return (
      n, (0..<m).map { _ in Int32(random.below(n)) }, (0..<m).map { _ in Int32(random.below(n)) }
    )
  }

  @Test(arguments: [Graph.Direction.undirected, .directed])
  func `every arc knows its edge, parallel edges and self-loops included`(
    _ direction: Graph.Direction
  ) throws {
    for seed in 1...200 {
      let (n, sources, targets) = Self.columns(UInt64(seed))
      let graph = try Graph(nodeCount: n, direction: direction, sources: sources, targets: targets)
      var seen = [Int](repeating: 0, count: graph.edgeCount)
      for (arcs, leaves) in [(graph.outgoing, true), (graph.incoming, false)] {
        let edges = arcs.edges
        for u in 0..<n {
          let row = arcs.range(of: Node(u))
          #expect(row.dropFirst().allSatisfy { arcs.targets[$0 - 1] <= arcs.targets[$0] })
          for a in row {
            let (source, target) = graph.ends(of: Edge(edges[a]))
            let (here, there) = (Node(u), Node(arcs.targets[a]))
            let isAsStored =
              leaves ? (source, target) == (here, there) : (target, source) == (here, there)
            let isTurned = direction == .undirected && (target, source) == (here, there)
            #expect(
              isAsStored || isTurned
                || (direction == .undirected && (source, target) == (here, there)))
            seen[Int(edges[a])] += 1
          }
        }
      }
      // Each adjacency has one arc of a directed edge, and two of an undirected one.
      #expect(seen.allSatisfy { $0 == (direction == .directed ? 2 : 4) })
    }
  }

  @Test(arguments: [Graph.Direction.undirected, .directed])
  func `a graph is the same whether it is built with or without the order of its edges`(
    _ direction: Graph.Direction
  ) throws {
    for seed in 1...200 {
      let (n, sources, targets) = Self.columns(UInt64(seed))
      let plain = try Graph(nodeCount: n, direction: direction, sources: sources, targets: targets)
      let ordered = try Graph.ordered(
        nodeCount: n, direction: direction, sources: sources, targets: targets)
      #expect(plain.outgoing.targets == ordered.graph.outgoing.targets)
      #expect(plain.incoming.targets == ordered.graph.incoming.targets)
      #expect(plain.selfLoopCount == zip(sources, targets).count { $0 == $1 })
      plain.forEachEdge { edge, source, target in
        let i = Int(ordered.position[edge])
        let given = (sources[i], targets[i])
        #expect(
          given == (source.index, target.index)
            || direction == .undirected && given == (target.index, source.index))
      }
      let positions = ordered.position.values
      #expect(positions.sorted() == Array(0..<Int32(sources.count)))
    }
  }

  @Test func `a column is its elements`() {
    let column: Column<Int32> = [3, 1, 2]
    #expect(column.count == 3 && column[1] == 1 && Array(column) == [3, 1, 2])
    #expect(column == Column([3, 1, 2]) && column != [3, 1])
    #expect(column.span[2] == 2)
    #expect("\(column)" == "[3, 1, 2]")
    let large = Column((0..<2_000_000).map { Double($0) })
    #expect(large[1_999_999] == 1_999_999)
    #expect(Column<Int32>([]).isEmpty)
  }
}
