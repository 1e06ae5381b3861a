// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import TestSupport
import Testing

/// Graphs in files that open by mapping.
@Suite struct GraphSnapshotTests {
  private static func temporaryPath() -> String {
    FileManager.default.temporaryDirectory
      .appending(path: "clew-\(UUID().uuidString).clewgraph").path
  }

  private static func samples() -> [Graph] {
    var samples = [Graphs.empty(0), Graphs.empty(1), Graphs.empty(3, .directed), Graphs.kite()]
    for seed in 1...20 {
      for direction in [Graph.Direction.undirected, .directed] {
        for weighting in [nil, Graph.Weighting.strength, .length] {
          samples.append(
            Graphs.random(
              nodes: 2 + seed, edges: 3 * seed, direction, weighting: weighting, seed: UInt64(seed))
          )
        }
      }
    }
    samples.append(
      Graphs.build(
        3, .undirected, [(0, 0), (0, 0), (1, 2), (2, 1), (1, 1)], .strength, [1, 2, 3, 4, 5]))
    samples.append(Graphs.build(3, .directed, [(0, 0), (1, 2), (2, 1), (1, 2)]))
    return samples
  }

  @Test func `a snapshot opens as the graph that was written, with ids and origin`() throws {
    for (number, graph) in Self.samples().enumerated() {
      let path = Self.temporaryPath()
      defer { try? FileManager.default.removeItem(atPath: path) }
      let ids = (0..<graph.nodeCount).map { $0 % 3 == 0 ? "" : "née \($0) 名" }
      try GraphSnapshot.write(graph, nodeIDs: ids, origin: "sample \(number)", to: path)
      let snapshot = try GraphSnapshot(opening: path)
      #expect(snapshot.nodeIDs == ids && snapshot.origin == "sample \(number)")
      #expect(snapshot.graph.direction == graph.direction)
      #expect(snapshot.graph.weighting == graph.weighting)
      #expect(snapshot.graph.edgeWeights == graph.edgeWeights)
      #expect(snapshot.graph.selfLoopCount == graph.selfLoopCount)
      for (a, b) in [
        (snapshot.graph.outgoing, graph.outgoing), (snapshot.graph.incoming, graph.incoming),
      ] {
        #expect(a.offsets == b.offsets && a.targets == b.targets && a.edges == b.edges)
      }
    }
  }

  @Test func `every changed byte of a snapshot and every shortened one is refused`() throws {
    let graph = Graphs.random(nodes: 9, edges: 20, weighting: .strength, seed: 3)
    let path = Self.temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try GraphSnapshot.write(
      graph, nodeIDs: (0..<9).map { "n\($0)" }, origin: "test", to: path)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let meaningful = Self.meaningfulBytes(of: graph, idByteCount: 18, originByteCount: 4)
    for position in meaningful {
      var changed = bytes
      changed[position] ^= 1 << UInt8(position % 8)
      try changed.write(to: URL(filePath: path))
      #expect(throws: InterchangeError.self, "byte \(position)") {
        _ = try GraphSnapshot(opening: path)
      }
    }
    for length in [0, 1, 63, 64, 100, bytes.count - 1, bytes.count + 1] {
      try (bytes + [0]).prefix(length).write(to: URL(filePath: path))
      let error = #expect(throws: InterchangeError.self) { _ = try GraphSnapshot(opening: path) }
      #expect(error?.description.contains("make it again") ?? false)
    }
    #expect(throws: InterchangeError.self) { _ = try GraphSnapshot(opening: path + ".none") }
  }

  // All bytes but those that fill a column up to a multiple of 64.
  private static func meaningfulBytes(
    of graph: Graph, idByteCount: Int, originByteCount: Int
  ) -> [Int] {
    let (n, arcs) = (graph.nodeCount, graph.outgoing.targets.count)
    var positions = Array(0..<64)
    var start = 64
    for count in [4 * (n + 1), 4 * arcs, 8 * graph.edgeCount, 8 * n, idByteCount, originByteCount] {
      positions += start..<start + count
      start += (count + 63) / 64 * 64
    }
    return positions
  }
}
