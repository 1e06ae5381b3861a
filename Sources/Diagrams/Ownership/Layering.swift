// SPDX-License-Identifier: Apache-2.0

/// Nodes in layers, so that edges lead down, in an order with few crossings.
///
/// The steps are those of Sugiyama, Tagawa and Toda (1981, doi:10.1109/TSMC.1981.4308636): edges that
/// close a ring are set aside, the longest path from above says the layer, nodes that stand for an edge
/// fill the layers that it passes, and barycentres order each layer.
struct Layering: Sendable {
  /// A node of a layer: one that was given, or a bend of an edge.
  enum Slot: Hashable, Sendable {
    case node(Int)
    case bend(edge: Int, layer: Int)
  }

  /// The layers from the top, each from left to right.
  private(set) var layers: [[Slot]] = []
  /// Whether each edge closes a ring and so leads up.
  private(set) var closesRing: [Bool]
  /// The middle of each slot.
  private(set) var x: [Slot: Double] = [:]
  private var links: [(Slot, Slot)] = []

  /// Orders nodes whose widths are given.
  ///
  /// - Parameters:
  ///   - widths: The room that each node takes from side to side.
  ///   - edges: From the upper node to the lower.
  ///   - gap: The room between two slots.
  init(widths: [Double], edges: [(Int, Int)], gap: Double) {
    closesRing = Self.ringEdges(count: widths.count, edges)
    let down = edges.indices.filter { !closesRing[$0] }
    var depth = [Int](repeating: 0, count: widths.count)
    for _ in 0..<max(1, widths.count) {
      var isSettled = true
      for edge in down where depth[edges[edge].1] <= depth[edges[edge].0] {
        depth[edges[edge].1] = depth[edges[edge].0] + 1
        isSettled = false
      }
      if isSettled { break }
    }
    let parts = Self.parts(count: widths.count, edges)
    layers = [[Slot]](repeating: [], count: (depth.max() ?? -1) + 1)
    // Part by part, so that what is not connected stands apart.
    for part in parts {
      for node in part { layers[depth[node]].append(.node(node)) }
      for edge in down where part.contains(edges[edge].0) {
        let (from, to) = edges[edge]
        var last = Slot.node(from)
        for layer in depth[from] + 1..<max(depth[from] + 1, depth[to]) {
          let bend = Slot.bend(edge: edge, layer: layer)
          layers[layer].append(bend)
          links.append((last, bend))
          last = bend
        }
        links.append((last, .node(to)))
      }
    }
    order(parts)
    place(widths, gap: gap)
  }

  // Edges that lead back to a node on the way of a depth-first search from those without an owner.
  private static func ringEdges(count: Int, _ edges: [(Int, Int)]) -> [Bool] {
    var out = [[Int]](repeating: [], count: count)
    var into = [Int](repeating: 0, count: count)
    for (index, edge) in edges.enumerated() {
      out[edge.0].append(index)
      into[edge.1] += 1
    }
    var closes = [Bool](repeating: false, count: edges.count)
    // 0 unseen, 1 on the way, 2 done.
    var state = [Int](repeating: 0, count: count)
    let starts = (0..<count).filter { into[$0] == 0 } + (0..<count).filter { into[$0] > 0 }
    for start in starts where state[start] == 0 {
      var stack = [(node: start, next: 0)]
      state[start] = 1
      while let top = stack.last {
        guard top.next < out[top.node].count else {
          state[top.node] = 2
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let edge = out[top.node][top.next]
        let target = edges[edge].1
        if state[target] == 1 {
          closes[edge] = true
        } else if state[target] == 0 {
          state[target] = 1
          stack.append((target, 0))
        }
      }
    }
    return closes
  }

  // The connected parts, the largest first.
  private static func parts(count: Int, _ edges: [(Int, Int)]) -> [[Int]] {
    var near = [[Int]](repeating: [], count: count)
    for (a, b) in edges {
      near[a].append(b)
      near[b].append(a)
    }
    var seen = [Bool](repeating: false, count: count)
    var parts: [[Int]] = []
    for start in 0..<count where !seen[start] {
      var part = [start]
      seen[start] = true
      var at = 0
      while at < part.count {
        for next in near[part[at]] where !seen[next] {
          seen[next] = true
          part.append(next)
        }
        at += 1
      }
      parts.append(part.sorted())
    }
    return parts.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  // Down and up again by barycentres, keeping the best; parts stay side by side.
  private mutating func order(_ parts: [[Int]]) {
    var partOf: [Slot: Int] = [:]
    for (index, part) in parts.enumerated() { for node in part { partOf[.node(node)] = index } }
    for (a, b) in links { if partOf[b] == nil { partOf[b] = partOf[a] } }
    var above: [Slot: [Slot]] = [:]
    var below: [Slot: [Slot]] = [:]
    for (a, b) in links {
      below[a, default: []].append(b)
      above[b, default: []].append(a)
    }
    var best = layers
    var least = crossings(layers)
    for round in 0..<24 {
      let isDown = round % 2 == 0
      let neighbours = isDown ? above : below
      for layer in isDown ? Array(layers.indices) : layers.indices.reversed() {
        var place: [Slot: Double] = [:]
        for other in layers {
          for (index, slot) in other.enumerated() { place[slot] = Double(index) }
        }
        let keyed = layers[layer].enumerated().map { index, slot in
          let near = (neighbours[slot] ?? []).compactMap { place[$0] }
          let mean = near.isEmpty ? Double(index) : near.reduce(0, +) / Double(near.count)
          return (part: partOf[slot] ?? 0, mean: mean, index: index, slot: slot)
        }
        layers[layer] = keyed.sorted { ($0.part, $0.mean, $0.index) < ($1.part, $1.mean, $1.index) }
          .map(\.slot)
      }
      let count = crossings(layers)
      if count < least {
        least = count
        best = layers
      }
    }
    layers = best
  }

  private func crossings(_ layers: [[Slot]]) -> Int {
    var place: [Slot: (layer: Int, index: Int)] = [:]
    for (layer, slots) in layers.enumerated() {
      for (index, slot) in slots.enumerated() { place[slot] = (layer, index) }
    }
    var byLayer = [[(Int, Int)]](repeating: [], count: layers.count)
    for (a, b) in links {
      if let from = place[a], let to = place[b] {
        byLayer[from.layer].append((from.index, to.index))
      }
    }
    var count = 0
    for pairs in byLayer {
      for (index, one) in pairs.enumerated() {
        for other in pairs[(index + 1)...]
        where (one.0 - other.0) * (one.1 - other.1) < 0 { count += 1 }
      }
    }
    return count
  }

  // Towards the middle of the neighbours, over and over, never closer than the gap.
  private mutating func place(_ widths: [Double], gap: Double) {
    func half(_ slot: Slot) -> Double {
      if case .node(let node) = slot { widths[node] / 2 } else { 3 }
    }
    for slots in layers {
      var at = 0.0
      for slot in slots {
        at += half(slot)
        x[slot] = at
        at += half(slot) + gap
      }
    }
    var near: [Slot: [Slot]] = [:]
    for (a, b) in links {
      near[a, default: []].append(b)
      near[b, default: []].append(a)
    }
    for round in 0..<60 {
      for slots in round % 2 == 0 ? layers : layers.reversed() {
        let wanted = slots.map { slot -> Double in
          let others = (near[slot] ?? []).compactMap { x[$0] }
          let own = x[slot] ?? 0
          return others.isEmpty ? own : others.reduce(0, +) / Double(others.count)
        }
        let halves = slots.map(half)
        for (slot, value) in zip(slots, Self.spread(wanted, halves, gap)) { x[slot] = value }
      }
    }
  }

  // The places nearest to those wanted (least squares) that keep order and gap: blocks of slots that
  // touch move as one.
  private static func spread(_ wanted: [Double], _ halves: [Double], _ gap: Double) -> [Double] {
    struct Block {
      var first: Int
      var count: Int
      var sum: Double
      var mean: Double { sum / Double(count) }
    }
    // Offsets of the slots when all touch: what is left is to be non-decreasing.
    var offsets = [Double](repeating: 0, count: wanted.count)
    for index in wanted.indices.dropFirst() {
      offsets[index] = offsets[index - 1] + halves[index - 1] + gap + halves[index]
    }
    var blocks: [Block] = []
    for index in wanted.indices {
      blocks.append(Block(first: index, count: 1, sum: wanted[index] - offsets[index]))
      while blocks.count > 1, blocks[blocks.count - 2].mean > blocks[blocks.count - 1].mean {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].count += last.count
        blocks[blocks.count - 1].sum += last.sum
      }
    }
    var result = wanted
    for block in blocks {
      for index in block.first..<block.first + block.count {
        result[index] = block.mean + offsets[index]
      }
    }
    return result
  }
}
