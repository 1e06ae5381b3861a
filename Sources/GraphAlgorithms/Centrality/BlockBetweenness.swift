// SPDX-License-Identifier: Apache-2.0

/// What `brandesSums` gives, for arcs that each have their reverse: the searches stay within blocks,
/// and pairs that a cut node or a bridge parts are counted without any.
///
/// - Complexity: the sum over blocks of what `brandesSums` takes for each; a tree takes O(n).
func blockSums(
  _ arcs: PathArcs, _ target: BrandesTarget, _ run: Run, for analysis: String
) throws(AnalysisError) -> [Double] {
  let network = try BlockNetwork(arcs, run)
  let items = BlockItem.all(of: network, target)
  // Sums of nodes are those of their copies; sums of edges need no copies.
  let (width, copyTarget): (Int, BrandesTarget) =
    switch target {
    case .nodes: (network.nodes.count, .nodes)
    case .edges(let count): (count, .edges(count: count))
    }
  let sums = try run.sums(
    items: items.count, isSmall: network.nodes.count < 1000, width: width
  ) {
    BlockBrandes(network, items, copyTarget, for: analysis)
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
  let isBatch: Bool

  /// Batches for large blocks of few levels; single sources, many of small blocks to an item, for
  /// the others.
  static func all(of network: BlockNetwork, _ target: BrandesTarget) -> [BlockItem] {
    let takesBatches =
      switch target {
      case .nodes: network.arcs.lengths == nil
      case .edges: false
      }
    let (mostLevels, leastSize, workOfItem) = (16, 256, 1 << 14)
    var items: [BlockItem] = []
    var (start, work) = (0, 0)
    for block in network.blocks {
      let isBatched = takesBatches && block.levels <= mostLevels && block.copies.count >= leastSize
      if isBatched {
        if start < block.copies.lowerBound {
          items.append(BlockItem(sources: start..<block.copies.lowerBound, isBatch: false))
        }
        for first in stride(from: block.copies.lowerBound, to: block.copies.upperBound, by: 8) {
          let end = min(first + 8, block.copies.upperBound)
          items.append(BlockItem(sources: first..<end, isBatch: true))
        }
        (start, work) = (block.copies.upperBound, 0)
      } else {
        for source in block.copies {
          work += block.copies.count + block.arcCount
          if work >= workOfItem {
            items.append(BlockItem(sources: start..<source + 1, isBatch: false))
            (start, work) = (source + 1, 0)
          }
        }
      }
    }
    if start < network.nodes.count {
      items.append(BlockItem(sources: start..<network.nodes.count, isBatch: false))
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
    _ network: BlockNetwork, _ items: [BlockItem], _ target: BrandesTarget, for analysis: String
  ) {
    self.items = items
    single =
      if let lengths = network.arcs.lengths {
        WeightedBrandes(
          network.arcs, lengths: lengths, masses: network.masses, target, for: analysis)
      } else {
        UnweightedBrandes(network.arcs, masses: network.masses, target, for: analysis)
      }
    batched =
      items.contains(where: \.isBatch)
      ? BatchedBrandes(
        network.arcs, masses: network.masses, sources: Array(0..<Int32(network.nodes.count)),
        for: analysis)
      : nil
  }

  func add(_ item: Int) throws(AnalysisError) {
    let item = items[item]
    if item.isBatch, let batched {
      try batched.add(item.sources)
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
