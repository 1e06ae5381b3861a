// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

@testable import Diagrams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct StressLayoutTests {
  // MARK: Closed forms

  @Test func `a path lies straight, its steps even`() throws {
    for count in [3, 5, 50, 300] {
      let graph = try Self.path(count)
      let places = try StressLayout()(graph).values
      #expect(try StressLayout().stress(of: NodeMap(places), in: graph, sources: count) < 0.0005)
      for i in 1..<count { #expect(abs(places[i].distance(to: places[i - 1]) - 1) < 0.05) }
      let length = Double(count - 1)
      #expect(abs(places[0].distance(to: places[count - 1]) - length) < 0.01 * length)
    }
  }

  @Test func `a path beyond all pairs is straight too`() throws {
    let graph = try Self.path(1_500)
    var layout = StressLayout()
    layout.passes = 800
    let places = try layout(graph)
    #expect(try layout.stress(of: places, in: graph) < 0.01)
    let ends = places.values[0].distance(to: places.values[1_499])
    #expect(abs(ends - 1_499) < 0.03 * 1_499)
  }

  @Test func `a ring lies round`() throws {
    let count = 60
    let ring = try Self.graph(count, (0..<count).map { ($0, ($0 + 1) % count) })
    let places = try StressLayout()(ring).values
    let middle = places.reduce(Point(x: 0, y: 0), +) * (1 / Double(count))
    let radii = places.map { $0.distance(to: middle) }
    let (least, most) = try (#require(radii.min()), #require(radii.max()))
    #expect(most / least < 1.05)
  }

  @Test func `four nodes all tied stand in a square, the least stress there is`() throws {
    let graph = try Self.graph(4, [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])
    let stress = try StressLayout().stress(of: StressLayout()(graph), in: graph)
    // Four sides of 1 and two diagonals of √2, all for distances of 1.
    let sum = 4 + 2 * 2.0.squareRoot()
    let square = 1 - sum * sum / 48
    #expect(abs(stress - square) < 0.002)
  }

  @Test func `three leaves stand at the corners of a triangle about their hub`() throws {
    let graph = try Self.graph(4, [(0, 1), (0, 2), (0, 3)])
    let stress = try StressLayout().stress(of: StressLayout()(graph), in: graph)
    // Spokes of 1 and sides of √3 for distances of 1 and 2.
    let sum = 3 + 3 * 3.0.squareRoot() / 2
    #expect(abs(stress - (1 - sum * sum / (5.25 * 6))) < 0.002)
  }

  @Test func `a grid is a square`() throws {
    for (side, passes) in [(16, 3_000), (40, 600)] {
      var layout = StressLayout()
      layout.passes = passes
      let graph = try Self.grid(side)
      let places = try layout(graph)
      #expect(try layout.stress(of: places, in: graph) < 0.025)
      let corners = [0, side - 1, side * side - 1, side * (side - 1)].map { places.values[$0] }
      let sides = (0..<4).map { corners[$0].distance(to: corners[($0 + 1) % 4]) }
      let diagonals = [corners[0].distance(to: corners[2]), corners[1].distance(to: corners[3])]
      let mean = sides.reduce(0, +) / 4
      for side in sides { #expect(abs(side / mean - 1) < 0.05) }
      for diagonal in diagonals { #expect(abs(diagonal / mean - 2.0.squareRoot()) < 0.1) }
    }
  }

  @Test func `lengths of edges are kept, in units of their mean`() throws {
    let graph = try Graph(
      nodeCount: 4, direction: .undirected, weighting: .length, sources: [0, 1, 2],
      targets: [1, 2, 3], weights: [10, 20, 60])
    let places = try StressLayout()(graph).values
    for (pair, length) in [((0, 1), 1.0 / 3), ((1, 2), 2.0 / 3), ((0, 3), 3)] {
      #expect(abs(places[pair.0].distance(to: places[pair.1]) - length) < 0.02 * length)
    }
    var hops = StressLayout()
    hops.usesLengths = false
    let even = try hops(graph).values
    #expect(abs(even[2].distance(to: even[3]) - 1) < 0.02)
  }

  @Test func `a strength is no length`() throws {
    let plain = try Self.path(6)
    let strong = try Graph(
      nodeCount: 6, direction: .undirected, weighting: .strength, sources: [0, 1, 2, 3, 4],
      targets: [1, 2, 3, 4, 5], weights: [9, 0, -4, 1, 100])
    #expect(try StressLayout()(plain) == StressLayout()(strong))
  }

  // MARK: Stress

  @Test func `stress is that of its definition`() throws {
    let path = try Self.path(3)
    let places = NodeMap([Point(x: 0, y: 0), Point(x: 0, y: 3), Point(x: 4, y: 3)])
    // Ratios of 3, 4 and 5/2: at the scale s = Σr / Σr² the mean of (s r − 1)².
    let ratios = [3.0, 4, 2.5]
    let s = ratios.reduce(0, +) / ratios.map { $0 * $0 }.reduce(0, +)
    let expected = ratios.map { (s * $0 - 1) * (s * $0 - 1) }.reduce(0, +) / 3
    #expect(abs(try StressLayout().stress(of: places, in: path) - expected) < 1e-12)
    let one = NodeMap(repeating: Point(x: 2, y: 2), count: 3)
    #expect(try StressLayout().stress(of: one, in: path) == 1)
    let larger = NodeMap(places.values.map { $0 * 1000 })
    #expect(abs(try StressLayout().stress(of: larger, in: path) - expected) < 1e-12)
  }

  @Test func `stress stays below the bound of each shape`() throws {
    // Neato of Graphviz 2.42 reaches .158 to .168 on the first and .06 to .08 on the second.
    for count in [400, 1_300] {
      let attached = try Self.attached(count, ties: 3, seed: 4)
      var layout = StressLayout()
      layout.passes = 700
      #expect(try layout.stress(of: layout(attached), in: attached) < 0.18)
      let tree = try Self.attached(count, ties: 1, seed: 5)
      #expect(try layout.stress(of: layout(tree), in: tree) < 0.13)
    }
  }

  @Test func `more passes lower the stress`() throws {
    let graph = try Self.attached(1_300, ties: 2, seed: 8)
    var (draft, fine) = (StressLayout(), StressLayout())
    draft.passes = 20
    fine.passes = 800
    let rough = try fine.stress(of: draft(graph), in: graph)
    #expect(try fine.stress(of: fine(graph), in: graph) < 0.97 * rough)
  }

  @Test func `distances over lengths are those of a search over all ways`() throws {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<30 {
      let count = 2 + random.below(7)
      var (sources, targets, lengths): ([Int32], [Int32], [Double]) = ([], [], [])
      for node in 1..<count {
        sources.append(Int32(random.below(node)))
        targets.append(Int32(node))
      }
      for _ in 0..<random.below(9) {
        sources.append(Int32(random.below(count)))
        targets.append(Int32(random.below(count)))
      }
      for _ in sources { lengths.append(Double(1 + random.below(64)) / 8) }
      let mean = lengths.reduce(0, +) / Double(lengths.count)
      var apart = [[Double]](
        repeating: [Double](repeating: .infinity, count: count), count: count)
      for i in 0..<count { apart[i][i] = 0 }
      for ((a, b), length) in zip(zip(sources, targets), lengths) where a != b {
        let shorter = min(apart[Int(a)][Int(b)], length / mean)
        apart[Int(a)][Int(b)] = shorter
        apart[Int(b)][Int(a)] = shorter
      }
      for k in 0..<count {
        for i in 0..<count {
          for j in 0..<count { apart[i][j] = min(apart[i][j], apart[i][k] + apart[k][j]) }
        }
      }
      let graph = try Graph(
        nodeCount: count, direction: .directed, weighting: .length, sources: sources,
        targets: targets, weights: lengths)
      let part = try #require(try LayoutGraph(graph, usesLengths: true).parts.first)
      var kernel = StressKernel(part)
      for (u, from) in part.nodes.enumerated() {
        kernel.measure(from: u)
        for (v, distance) in Array(kernel.distance).enumerated() {
          let expected = apart[Int(from)][Int(part.nodes[v])]
          #expect(abs(Double(distance) - expected) < 1e-5 * max(1, expected))
        }
        // No tie is longer than the way around it.
        for position in part.ties(of: u) {
          let length = try Double(#require(part.lengths?[position]))
          let way = apart[Int(from)][Int(part.nodes[Int(part.targets[position])])]
          #expect(abs(length - way) < 1e-5 * max(1, way))
        }
      }
    }
  }

  @Test func `kept distances are those measured`() throws {
    let part = try #require(
      try LayoutGraph(Self.attached(40, ties: 2, seed: 1), usesLengths: true).parts.first)
    var (keeping, plain) = (StressKernel(part, keeping: 3), StressKernel(part))
    for source in [7, 1, 30, 2, 7, 5, 1, 2, 30, 5, 0, 7] {
      keeping.measure(from: source)
      plain.measure(from: source)
      #expect(Array(keeping.distance) == Array(plain.distance))
      #expect(plain.distance.contains(3) && plain.distance[source] == 0)
    }
  }

  @Test func `a large mesh of lengths keeps its lengths`() throws {
    let side = 34
    let plain = try Self.grid(side)
    var random = SeededGenerator(seed: 2)
    var (sources, targets, lengths): ([Int32], [Int32], [Double]) = ([], [], [])
    plain.forEachEdge { _, source, target in
      sources.append(source.index)
      targets.append(target.index)
      lengths.append(0.9 + 0.2 * random.unit())
    }
    let graph = try Graph(
      nodeCount: side * side, direction: .undirected, weighting: .length, sources: sources,
      targets: targets, weights: lengths)
    var layout = StressLayout()
    layout.passes = 400
    #expect(try layout.stress(of: layout(graph), in: graph) < 0.02)
  }

  @Test func `the ties of a draft are about as long as each other`() throws {
    let count = 1_300
    let tree = try Self.attached(count, ties: 1, seed: 5)
    var layout = StressLayout()
    layout.passes = 100
    let places = try layout(tree)
    var (sum, square) = (0.0, 0.0)
    tree.forEachEdge { _, source, target in
      let length = places[source].distance(to: places[target])
      sum += length
      square += length * length
    }
    let mean = sum / Double(count - 1)
    #expect((square / Double(count - 1) - mean * mean).squareRoot() < 0.6 * mean)
  }

  // MARK: What does not matter

  @Test func `the same seed gives the same bytes, another seed others`() throws {
    for count in [200, 1_200] {
      let graph = try Self.attached(count, ties: 2, seed: 3)
      var layout = StressLayout()
      layout.passes = 100
      let places = try layout(graph)
      #expect(try layout(graph) == places)
      layout.seed = 2
      #expect(try layout(graph) != places)
    }
  }

  @Test func `direction, loops and the longer of parallel edges do not matter`() throws {
    let plain = try Graph(
      nodeCount: 5, direction: .undirected, weighting: .length, sources: [0, 0, 1, 2, 3],
      targets: [1, 2, 2, 3, 4], weights: [1, 1, 1, 2, 2])
    let crowded = try Graph(
      nodeCount: 5, direction: .directed, weighting: .length,
      sources: [0, 2, 1, 2, 3, 3, 4, 2], targets: [1, 0, 2, 3, 4, 3, 3, 3],
      weights: [1, 1, 1, 2, 2, 1, 2, 2])
    let (a, b) = (try StressLayout()(plain).values, try StressLayout()(crowded).values)
    // The unit is the mean over all edges, so that the shapes agree up to a scale.
    let scale = a[0].distance(to: a[4]) / b[0].distance(to: b[4])
    for i in 0..<5 {
      for j in 0..<i {
        #expect(abs(a[i].distance(to: a[j]) - scale * b[i].distance(to: b[j])) < 0.03)
      }
    }
  }

  @Test func `options survive JSON`() throws {
    var layout = StressLayout()
    layout.seed = 77
    layout.passes = 5
    layout.usesLengths = false
    #expect(layout != StressLayout())
    let bytes = try JSONEncoder().encode(layout)
    #expect(try JSONDecoder().decode(StressLayout.self, from: bytes) == layout)
  }

  // MARK: Running

  @Test func `a cancelled layout throws, at once or midway`() throws {
    let graph = try Self.path(1_200)
    #expect(throws: DiagramError.cancelled) { try StressLayout()(graph, isCancelled: { true }) }
    var asked = 0
    #expect(throws: DiagramError.cancelled) {
      try StressLayout()(
        graph,
        isCancelled: {
          asked += 1
          return asked > 70
        })
    }
    #expect(asked == 71)
  }

  @Test func `progress rises to 1`() throws {
    var heard: [Double] = []
    let graph = try Self.graph(9, [(0, 1), (1, 2), (2, 0), (4, 5), (5, 6)])
    _ = try StressLayout()(graph, progress: { heard.append($0) })
    #expect(heard.count > 2 && heard.last == 1 && heard == heard.sorted())
  }

  @Test func `memory grows with nodes and edges, and lengths cost more`() throws {
    let small = try Self.path(100)
    let large = try Self.path(10_000)
    let long = try Graph(
      nodeCount: 100, direction: .undirected, weighting: .length,
      sources: Array(0..<99), targets: Array(1..<100), weights: Array(repeating: 2, count: 99))
    #expect(StressLayout().memory(for: small) < StressLayout().memory(for: large))
    #expect(StressLayout().memory(for: small) < StressLayout().memory(for: long))
    // At least the rows of the pivots, which are held at once.
    #expect(StressLayout().memory(for: large) > 10_000 * 4 * SourceDescent.pivots)
  }

  // MARK: Graphs

  static func graph(_ count: Int, _ edges: [(Int, Int)]) throws -> Graph {
    try Graph(
      nodeCount: count, direction: .undirected, sources: edges.map { Int32($0.0) },
      targets: edges.map { Int32($0.1) })
  }

  static func path(_ count: Int) throws -> Graph {
    try graph(count, (1..<count).map { ($0 - 1, $0) })
  }

  static func grid(_ side: Int) throws -> Graph {
    var edges: [(Int, Int)] = []
    for row in 0..<side {
      for column in 0..<side {
        let node = row * side + column
        if column + 1 < side { edges.append((node, node + 1)) }
        if row + 1 < side { edges.append((node, node + side)) }
      }
    }
    return try graph(side * side, edges)
  }

  // Each node tied to some before it, those of many ties first (Barabási and Albert 1999).
  static func attached(_ count: Int, ties: Int, seed: UInt64) throws -> Graph {
    var random = SeededGenerator(seed: seed)
    var ends = [0]
    var edges: [(Int, Int)] = []
    for node in 1..<count {
      for _ in 0..<min(node, ties) {
        let other = ends[random.below(ends.count)]
        edges.append((other, node))
        ends += [other, node]
      }
    }
    return try graph(count, edges)
  }
}
