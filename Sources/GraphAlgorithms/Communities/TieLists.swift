// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// For every node the nodes it is tied to and how strongly, whatever the direction.
///
/// These are the arcs of a graph without self-loops and without ties of strength 0. A directed edge
/// is in the lists of both ends; a parallel edge is an entry of its own.
///
/// - Invariant: as `Adjacency`; no entry leads from a node to itself, and every strength is positive.
struct TieLists {
  let offsets: Space<Int32>
  let targets: Space<Int32>
  /// The strength of each entry; nil when each is 1.
  let strengths: Space<Double>?

  var nodeCount: Int { offsets.count - 1 }

  /// The lists of a graph whose weights, unless ignored, are strengths of 0 or more.
  init(_ graph: Graph, ignoresWeights: Bool) {
    let n = graph.nodeCount
    let weights = ignoresWeights ? nil : graph.edgeWeights
    let sides = graph.direction == .directed ? [graph.outgoing, graph.incoming] : [graph.outgoing]
    let edges = weights == nil ? [] : sides.map(\.edges)
    let most = sides.reduce(0) { $0 + $1.targets.count }
    var offsets = [Int32](repeating: 0, count: n + 1)
    let targets = Space<Int32>(repeating: 0, count: most)
    let strengths = weights == nil ? nil : Space<Double>(repeating: 0, count: most)
    let base = unsafe targets.base
    var next = 0
    for u in 0..<n {
      for side in sides.indices {
        let list = sides[side].targets
        for a in sides[side].range(of: Node(u)) {
          let v = list[a]
          guard v != Int32(truncatingIfNeeded: u) else { continue }
          if let weights, let strengths {
            let weight = weights[Int(edges[side][a])]
            guard weight > 0 else { continue }
            unsafe strengths.base[next] = weight
          }
          // No more entries are made than there are arcs.
          unsafe base[next] = v
          next += 1
        }
      }
      offsets[u + 1] = Int32(next)
    }
    self.offsets = Space(offsets)
    self.targets = targets
    self.strengths = strengths
  }

  /// The bytes that the lists of a graph take.
  static func memory(for graph: Graph, isWeighted: Bool) -> Int {
    (isWeighted ? 20 : 4) * 2 * graph.edgeCount + 8 * graph.nodeCount
  }
}

/// The connected parts of groups, numbered from 0 in the order of their first nodes.
///
/// Node *u* is tied to the `targets` from `offsets[u]` to before `offsets[u + 1]`, all of them nodes,
/// and they to it.
func connectedParts(
  of group: [Int32], _ offsets: Space<Int32>, _ targets: Space<Int32>
) -> (part: [Int32], count: Int) {
  precondition(offsets.count == group.count + 1)
  let partSpace = Space<Int32>(repeating: -1, count: group.count)
  var waiting: [Int32] = []
  var count: Int32 = 0
  let groupOf = group.span
  let (part, offsets, targets) = unsafe (partSpace.base, offsets.base, targets.base)
  for start in group.indices where unsafe part[start] < 0 {
    unsafe part[start] = count
    waiting.append(Int32(start))
    while let node = waiting.popLast() {
      let u = Int(node)
      for a in unsafe Int(offsets[u])..<Int(offsets[u + 1]) {
        let v = unsafe Int(targets[a])
        guard unsafe part[v] < 0 && groupOf[unchecked: v] == groupOf[unchecked: u] else { continue }
        unsafe part[v] = count
        waiting.append(Int32(truncatingIfNeeded: v))
      }
    }
    count += 1
  }
  return (partSpace.take(leaving: 0), Int(count))
}
