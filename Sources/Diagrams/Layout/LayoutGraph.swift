// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// One connected part of a graph as a layout sees it: no direction, no loop, one tie a pair.
///
/// Nodes are numbered in the order of a breadth-first search, so that neighbours lie near each
/// other in memory.
///
/// - Invariant: `offsets` never decreases, from 0 to the count of `targets`; every target is a node
///   of the part; every node can be reached from node 0; lengths are positive and finite.
struct LayoutPart: Sendable {
  /// The node of the whole that each node of the part is.
  var nodes: [Int32] = []
  /// The ties of node *u* stand at `offsets[u] ..< offsets[u + 1]`.
  var offsets: [Int32] = [0]
  var targets: [Int32] = []
  /// The length of each tie, with 1 the mean of the whole; nil where every tie has length 1.
  var lengths: [Float]?

  var count: Int { nodes.count }

  /// The positions of the ties of `node`.
  func ties(of node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }
  func degree(_ node: Int) -> Int { ties(of: node).count }

  /// Gives a tie that a way around undercuts the length of that way, which changes no distance.
  ///
  /// Ways are sought over at most `reach` ties a node, so that a hub costs no more than others.
  mutating func tighten(reach: Int = 512) {
    guard var lengths else { return }
    var heap = IndexedHeap(nodeCount: count)
    var distance = [Float](repeating: .infinity, count: count)
    var touched: [Int] = []
    for node in 0..<count where degree(node) > 1 {
      var longest: Float = 0
      for position in ties(of: node) { longest = max(longest, lengths[position]) }
      distance[node] = 0
      touched.append(node)
      heap.lower(Int32(node), to: 0)
      var left = max(reach, degree(node))
      while let (next, _) = heap.popNearest() {
        let at = distance[Int(next)]
        guard at < longest, left > 0 else { continue }
        for position in ties(of: Int(next)) {
          let target = Int(targets[position])
          let sum = at + lengths[position]
          guard sum < distance[target] else { continue }
          if distance[target] == .infinity { touched.append(target) }
          distance[target] = sum
          heap.lower(Int32(target), to: Double(sum))
        }
        left -= degree(Int(next))
      }
      for position in ties(of: node) {
        lengths[position] = min(lengths[position], distance[Int(targets[position])])
      }
      for other in touched { distance[other] = .infinity }
      touched.removeAll(keepingCapacity: true)
    }
    self.lengths = lengths
  }
}

/// A graph split into its connected parts, for layout.
struct LayoutGraph: Sendable {
  /// The parts of two and more nodes, in the order of their first nodes.
  var parts: [LayoutPart] = []
  /// The nodes without a tie to another.
  var isolates: [Int32] = []

  /// Splits `graph`; of parallel edges the shortest counts.
  ///
  /// - Throws: `DiagramError.invalid` where a length is zero or negative.
  init(_ graph: Graph, usesLengths: Bool) throws(DiagramError) {
    let count = graph.nodeCount
    let weights = usesLengths && graph.weighting == .length ? graph.edgeWeights : nil
    var unit = 0.0
    if let weights {
      // Divided by the longest first, so that no sum overflows.
      var longest = 0.0
      for (edge, length) in weights.enumerated() {
        guard length > 0 else {
          throw .invalid("edge \(edge) has length \(length); a layout needs lengths above zero")
        }
        longest = max(longest, length)
      }
      var sum = 0.0
      for length in weights { sum += length / longest }
      unit = longest * (sum / Double(max(1, weights.count)))
    }
    // Both directions of every edge, by node: each node's block is filled from its start.
    var offsets = [Int32](repeating: 0, count: count + 1)
    graph.forEachEdge { _, source, target in
      guard source != target else { return }
      offsets[Int(source.index) + 1] += 1
      offsets[Int(target.index) + 1] += 1
    }
    for u in 0..<count { offsets[u + 1] += offsets[u] }
    var next = offsets
    var targets = [Int32](repeating: 0, count: Int(offsets[count]))
    var lengths = [Float](repeating: 0, count: weights == nil ? 0 : targets.count)
    graph.forEachEdge { edge, source, target in
      guard source != target else { return }
      for (from, to) in [(source.index, target.index), (target.index, source.index)] {
        let position = Int(next[Int(from)])
        next[Int(from)] += 1
        targets[position] = to
        if let weights {
          lengths[position] = max(Self.least, Float(weights[Int(edge.index)] / unit))
        }
      }
    }
    var isSeen = [Bool](repeating: false, count: count)
    // For each node its number in its part, and for each target its place in the block at hand.
    var number = [Int32](repeating: -1, count: count)
    var place = [Int32](repeating: -1, count: count)
    for start in 0..<count where !isSeen[start] {
      isSeen[start] = true
      if offsets[start] == offsets[start + 1] {
        isolates.append(Int32(start))
        continue
      }
      var part = LayoutPart()
      part.nodes.append(Int32(start))
      number[start] = 0
      if weights != nil { part.lengths = [] }
      var at = 0
      while at < part.nodes.count {
        let node = Int(part.nodes[at])
        at += 1
        let first = part.targets.count
        for position in Int(offsets[node])..<Int(offsets[node + 1]) {
          let target = Int(targets[position])
          if !isSeen[target] {
            isSeen[target] = true
            number[target] = Int32(part.nodes.count)
            part.nodes.append(Int32(target))
          }
          let known = Int(place[target])
          if known >= first, known < part.targets.count, part.targets[known] == number[target] {
            if let length = part.lengths?[known], lengths[position] < length {
              part.lengths?[known] = lengths[position]
            }
          } else {
            place[target] = Int32(part.targets.count)
            part.targets.append(number[target])
            if weights != nil { part.lengths?.append(lengths[position]) }
          }
        }
        part.offsets.append(Int32(part.targets.count))
      }
      part.tighten()
      parts.append(part)
    }
  }

  /// Lengths below this share of the mean count as this, so that every two nodes keep apart.
  private static let least: Float = 0x1p-10
}
