// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The blocks of an undirected network side by side: its largest parts that no single node cuts in
/// two.
///
/// A shortest path that leaves a block by a cut node never comes back, so what lies behind a cut
/// node acts on the block only by the number of its nodes. Each block becomes a component of its
/// own, with a copy of every cut node in it and the *mass* of each copy: the nodes that reach the
/// block through it, itself included (Sarıyüce, Saule, Kaya and Çatalyürek 2013,
/// doi:10.1137/1.9781611972832.76). Edges of a tree are blocks of two nodes. In a block whose nodes
/// are all joined to each other, two of them when edges have lengths, each edge is the only
/// shortest path of its ends; such a block is *closed*, and its copies are not made.
///
/// - Invariant: the arcs keep the invariant of `PathArcs`; the arcs of a copy stay in its block,
///   whose copies are numbered by distance in arcs from the one of most arcs.
/// - Complexity: O(n + m) time and memory, the sorting of the blocks by size excepted.
struct BlockNetwork: Sendable {
  /// A block that is not closed.
  struct Block: Sendable {
    /// Its copies of nodes.
    let copies: Range<Int>
    /// The number of its arcs.
    let arcCount: Int
    /// The number of levels from its first copy.
    let levels: Int
  }

  /// The arcs between copies, with the edges that they stand for in the whole network.
  private(set) var arcs = PathArcs(offsets: [0], targets: [], lengths: nil, edges: [])
  /// The node of each copy.
  private(set) var nodes: [Int32] = []
  /// The mass of each copy.
  private(set) var masses: [Double] = []
  /// The blocks that are not closed, large ones first.
  private(set) var blocks: [Block] = []
  /// For each node, the ordered pairs of others in different components once it is taken out.
  private(set) var pairsCut: [Double]
  /// For each edge of a closed block, the ordered pairs of nodes that reach the block by its ends.
  private(set) var closedEdges: [(edge: Int32, pairs: Double)] = []

  /// Takes an undirected network apart, each of whose arcs has its reverse.
  ///
  /// - Throws: `AnalysisError.cancelled`.
  init(_ arcs: PathArcs, _ run: Run) throws(AnalysisError) {
    let tree = try BlockTree(arcs, run)
    pairsCut = tree.pairsCut
    let (starts, sorted) = tree.sortArcs(arcs)
    let blockCount = starts.count - 1
    var open: [Int] = []
    for block in 0..<blockCount {
      let size = tree.sizes[block]
      let isComplete = starts[block + 1] - starts[block] == size * (size - 1)
      if isComplete, size == 2 || arcs.lengths == nil {
        for (source, arc) in sorted[starts[block]..<starts[block + 1]]
        where source < arcs.targets[Int(arc)] {
          let target = Int(arcs.targets[Int(arc)])
          let pairs = 2 * tree.mass(Int(source), in: block) * tree.mass(target, in: block)
          closedEdges.append((arcs.edges[Int(arc)], pairs))
        }
      } else {
        open.append(block)
      }
    }
    open.sort { (tree.sizes[$1], $0) < (tree.sizes[$0], $1) }
    var copier = Copier(arcs, nodeCount: arcs.nodeCount)
    for block in open {
      let before = nodes.count
      let part = sorted[starts[block]..<starts[block + 1]]
      let levels = copier.copy(part)
      for node in copier.order {
        nodes.append(node)
        masses.append(tree.mass(Int(node), in: block))
      }
      blocks.append(Block(copies: before..<nodes.count, arcCount: part.count, levels: levels))
    }
    self.arcs = copier.arcs
  }
}

/// Which block every edge belongs to, and how many nodes lie behind each node.
private struct BlockTree {
  /// For each block, its number of nodes.
  private(set) var sizes: [Int] = []
  let pairsCut: [Double]

  private let tree: LowLink
  // For each node but the first of a component, the block of the edge to its parent.
  private var blockOfParent: [Int32]
  // For each block, the node found first, and the mass of that node there.
  private var tops: [Int32] = []
  private var topMasses: [Double] = []
  // For each node, the nodes that hang below it in other blocks than that of its parent.
  private var hanging: [Int]

  init(_ arcs: PathArcs, _ run: Run) throws(AnalysisError) {
    let n = arcs.nodeCount
    var silent = run
    silent.progress = nil
    let tree = try LowLink(Neighbours(arcs), silent)
    var blockOfParent = [Int32](repeating: -1, count: n)
    var hanging = [Int](repeating: 0, count: n)
    var squares = hanging
    for node in tree.order {
      let v = Int(node)
      let parent = tree.parent[v]
      guard parent >= 0 else { continue }
      // A parent is found before its children, so its own block is known.
      if tree.isCutOffByParent(v) {
        let below = Int(tree.subtreeSize[v])
        blockOfParent[v] = Int32(tops.count)
        tops.append(parent)
        topMasses.append(Double(Int(tree.componentSize[v]) - below))
        sizes.append(2)
        hanging[Int(parent)] += below
        squares[Int(parent)] += below * below
      } else {
        blockOfParent[v] = blockOfParent[Int(parent)]
        sizes[Int(blockOfParent[v])] += 1
      }
    }
    // Each block at a node leads to one component of what is left without the node.
    pairsCut = (0..<n).map { v in
      let others = Int(tree.componentSize[v]) - 1
      let above = others - hanging[v]
      return Double(others * others - squares[v] - above * above)
    }
    self.tree = tree
    self.blockOfParent = blockOfParent
    self.hanging = hanging
  }

  func mass(_ node: Int, in block: Int) -> Double {
    tops[block] == Int32(node) ? topMasses[block] : Double(1 + hanging[node])
  }

  /// The arcs of each block, those of a node together: block *b* has the places
  /// `starts[b] ..< starts[b + 1]`.
  func sortArcs(_ arcs: PathArcs) -> (starts: [Int], sorted: [(source: Int32, arc: Int32)]) {
    var starts = [Int](repeating: 0, count: sizes.count + 1)
    forEachArc(of: arcs) { _, _, block in starts[block + 1] += 1 }
    for block in sizes.indices { starts[block + 1] += starts[block] }
    var next = starts
    var sorted = [(source: Int32, arc: Int32)](repeating: (0, 0), count: arcs.targets.count)
    forEachArc(of: arcs) { source, arc, block in
      sorted[next[block]] = (source, arc)
      next[block] += 1
    }
    return (starts, sorted)
  }

  // Every edge joins a node to one above it in the tree, and is in the block of the lower one.
  private func forEachArc(of arcs: PathArcs, _ body: (Int32, Int32, Int) -> Void) {
    for u in 0..<arcs.nodeCount {
      for a in Int(arcs.offsets[u])..<Int(arcs.offsets[u + 1]) {
        let w = Int(arcs.targets[a])
        let lower = tree.discovery[u] > tree.discovery[w] ? u : w
        body(Int32(u), Int32(a), Int(blockOfParent[lower]))
      }
    }
  }
}

/// Copies blocks, one after the other, into arcs of their own.
private struct Copier {
  /// The nodes of the block copied last, in the order of their copies.
  private(set) var order: [Int32] = []

  private let whole: PathArcs
  private var offsets: [Int32] = [0]
  private var targets: [Int32] = []
  private var lengths: [Double]?
  private var edges: [Int32] = []
  // Of each node of the block at hand: where its arcs begin, and the number of its copy.
  private var first: [Int]
  private var copy: [Int32]

  init(_ whole: PathArcs, nodeCount n: Int) {
    self.whole = whole
    lengths = whole.lengths.map { _ in [] }
    first = Array(repeating: 0, count: n)
    copy = Array(repeating: -1, count: n)
  }

  var arcs: PathArcs {
    PathArcs(offsets: offsets, targets: targets, lengths: lengths, edges: edges)
  }

  /// Copies a block of which the arcs are given, those of a node together, and gives the number of
  /// its levels.
  mutating func copy(_ part: ArraySlice<(source: Int32, arc: Int32)>) -> Int {
    let hub = findNodes(part)
    let base = offsets.count - 1
    order.removeAll(keepingCapacity: true)
    order.append(hub)
    copy[Int(hub)] = Int32(base)
    var levels = 0
    var levelStart = 0
    while levelStart < order.count {
      let levelEnd = order.count
      for i in levelStart..<levelEnd {
        for place in places(of: order[i], in: part) {
          let target = whole.targets[Int(part[place].arc)]
          guard copy[Int(target)] < 0 else { continue }
          copy[Int(target)] = Int32(base + order.count)
          order.append(target)
        }
      }
      levelStart = levelEnd
      levels += 1
    }
    for node in order {
      for place in places(of: node, in: part) {
        let arc = Int(part[place].arc)
        targets.append(copy[Int(whole.targets[arc])])
        edges.append(whole.edges[arc])
        if let length = whole.lengths?[arc] { lengths?.append(length) }
      }
      offsets.append(Int32(targets.count))
    }
    for node in order { copy[Int(node)] = -1 }
    return levels
  }

  // Notes where the arcs of each node begin, and gives the node of most arcs.
  private mutating func findNodes(_ part: ArraySlice<(source: Int32, arc: Int32)>) -> Int32 {
    var (hub, most) = (part[part.startIndex].source, 0)
    var start = part.startIndex
    for place in part.indices {
      let source = part[place].source
      if place == start { first[Int(source)] = start }
      if place + 1 == part.endIndex || part[place + 1].source != source {
        if place + 1 - start > most { (hub, most) = (source, place + 1 - start) }
        start = place + 1
      }
    }
    return hub
  }

  private func places(
    of node: Int32, in part: ArraySlice<(source: Int32, arc: Int32)>
  ) -> Range<Int> {
    let start = first[Int(node)]
    var end = start
    while end < part.endIndex, part[end].source == node { end += 1 }
    return start..<end
  }
}

extension Neighbours {
  /// The neighbours in an undirected network.
  fileprivate init(_ arcs: PathArcs) {
    offsets = Column(arcs.offsets)
    targets = Column(arcs.targets)
  }
}
