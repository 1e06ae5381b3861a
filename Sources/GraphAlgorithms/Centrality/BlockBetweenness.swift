// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// What `brandesSums` gives, for arcs that each have their reverse: the searches stay within blocks,
/// and pairs that a cut node or a bridge parts are counted without any.
///
/// - Complexity: the sum over blocks of what `brandesSums` takes for each; a tree takes O(n).
func blockSums(
  _ arcs: PathArcs, _ target: BrandesTarget, _ run: Run, for analysis: String
) throws(AnalysisError) -> [Double] {
  let network = try BlockNetwork(arcs, run)
  let items = BlockItem.all(of: network)
  // Sums of nodes are those of their copies; sums of edges need no copies.
  let (width, copyTarget): (Int, BrandesTarget) =
    switch target {
    case .nodes: (network.nodes.count, .nodes)
    case .edges(let count): (count, .edges(count: count))
    }
  let padded =
    items.contains { $0.part != nil } ? BatchedArcs(network.arcs, isTwoWay: true) : nil
  let sums = try run.sums(
    items: items.count, isSmall: network.nodes.count < 1000, width: width
  ) {
    BlockBrandes(network, items, padded, copyTarget, for: analysis)
  }
  switch target {
  case .nodes:
    var total = network.pairsCut
    for (copy, node) in network.nodes.enumerated() { total[Int(node)] += sums[copy] }
    return total
  case .edges:
    var total = sums
    for (edge, pairs) in network.closedEdges { total[Int(edge)] += pairs }
    return total
  }
}

/// Sources that are searched from together, or one after the other without a checkpoint.
private struct BlockItem: Sendable {
  let sources: Range<Int>
  /// The block of a batch; nil for single sources.
  let part: Range<Int>?

  /// Batches for large blocks of few levels; single sources, many of small blocks to an item, for
  /// the others.
  static func all(of network: BlockNetwork) -> [BlockItem] {
    let takesBatches = network.arcs.lengths == nil && BatchedArcs.canHold(network.arcs)
    let (mostLevels, leastSize, workOfItem) = (48, 64, 1 << 14)
    var items: [BlockItem] = []
    var (start, work) = (0, 0)
    for block in network.blocks {
      let isBatched = takesBatches && block.levels <= mostLevels && block.copies.count >= leastSize
      if isBatched {
        if start < block.copies.lowerBound {
          items.append(BlockItem(sources: start..<block.copies.lowerBound, part: nil))
        }
        let size = BatchedBrandes.size
        for first in stride(from: block.copies.lowerBound, to: block.copies.upperBound, by: size) {
          let end = min(first + size, block.copies.upperBound)
          items.append(BlockItem(sources: first..<end, part: block.copies))
        }
        (start, work) = (block.copies.upperBound, 0)
      } else {
        for source in block.copies {
          work += block.copies.count + block.arcCount
          if work >= workOfItem {
            items.append(BlockItem(sources: start..<source + 1, part: nil))
            (start, work) = (source + 1, 0)
          }
        }
      }
    }
    if start < network.nodes.count {
      items.append(BlockItem(sources: start..<network.nodes.count, part: nil))
    }
    return items
  }
}

/// Does each item with the accumulation that suits it.
private final class BlockBrandes: SummingWorker {
  private let items: [BlockItem]
  private let single: any SummingWorker
  private let batched: BatchedBrandes?

  init(
    _ network: BlockNetwork, _ items: [BlockItem], _ padded: BatchedArcs?,
    _ target: BrandesTarget, for analysis: String
  ) {
    self.items = items
    single =
      if let lengths = network.arcs.lengths {
        WeightedBrandes(
          network.arcs, lengths: lengths, masses: network.masses, target, for: analysis)
      } else {
        UnweightedBrandes(network.arcs, masses: network.masses, target, for: analysis)
      }
    batched = padded.map { padded in
      BatchedBrandes(
        network.arcs, padded: padded, masses: network.masses,
        sources: Array(0..<Int32(network.nodes.count)), target, for: analysis)
    }
  }

  func add(_ item: Int) throws(AnalysisError) {
    let item = items[item]
    if let part = item.part, let batched {
      try batched.add(item.sources, within: part)
    } else {
      for source in item.sources { try single.add(source) }
    }
  }

  func takeSums() -> [Double] {
    var sums = single.takeSums()
    if let batched {
      for (i, sum) in batched.takeSums().enumerated() { sums[i] += sum }
    }
    return sums
  }
}

/// An upper estimate of the bytes that `brandesSums` or `blockSums` allocates for a graph, the arcs
/// of its paths included.
func brandesMemory(_ graph: Graph, width: Int, threads: Int) -> Int {
  let n = graph.nodeCount + 1
  let isUndirected = graph.direction == .undirected
  let arcCount = (isUndirected ? 2 : 1) * graph.edgeCount
  let isWeighted = graph.edgeWeights != nil
  // Arrays that grow may hold twice what is in them. Blocks share cut nodes, so that copies are at
  // most half as many again as nodes.
  let pathArcs = 2 * arcCount * (isWeighted ? 16 : 8) + 8 * n
  let copies = isUndirected ? n + n / 2 : n
  let blocks = isUndirected ? pathArcs + arcCount * 8 + 160 * n : 0
  let sums = 8 * max(width, copies)
  // Arcs filled up to multiples of four.
  let batched = isWeighted ? 0 : 2 * (8 * (arcCount + 3 * copies) + 8 * n)
  // Lanes, levels and entries, and single sources beside them; or a heap, distances and paths.
  let worker = isWeighted ? 72 * copies : 620 * copies + 20_000
  // Up to four chunks of a thread wait to be added.
  return pathArcs + blocks + batched + sums + threads * (worker + 7 * sums)
}
