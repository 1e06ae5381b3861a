// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore

extension GeneratedGraph {
  /// The shape of a case: dense cells, a few brokers between them, tails, and 62 % leaves.
  ///
  /// Cells have 5 to 15 members, each cell a ring with further ties, drawn so that about 1.3 edges
  /// a node result. Each cell knows one or two of the brokers, and these form a tree.
  static func crime(nodeCount: Int) -> GeneratedGraph {
    var random = SeededGenerator(seed: 62)
    let leaves = nodeCount * 62 / 100
    let tailNodes = nodeCount * 4 / 100
    let brokers = max(1, nodeCount / 250)
    let members = nodeCount - leaves - tailNodes - brokers
    var drawn = (1..<max(brokers, 1)).map { (random.below($0), $0) }
    var spare: [(Int, Int)] = []
    var start = brokers
    let end = brokers + members
    while start < end {
      var size = 5 + random.below(11)
      if end - start - size < 5 { size = end - start }
      for i in 0..<size {
        drawn.append((start + i, start + (i + 1) % size))
        for j in (i + 2)..<max(i + 2, size) where j - i != size - 1 {
          spare.append((start + i, start + j))
        }
      }
      for _ in 0...random.below(2) {
        drawn.append((random.below(brokers), start + random.below(size)))
      }
      start += size
    }
    let wanted = nodeCount * 13 / 10 - leaves - tailNodes - drawn.count
    let share = Double(wanted) / Double(max(1, spare.count))
    for pair in spare where random.unit() < share { drawn.append(pair) }
    // A tail of one to four nodes hangs on a member and ends in a leaf.
    let firstLeaf = end + tailNodes
    var leaf = firstLeaf
    var node = end
    while node < firstLeaf {
      var last = brokers + random.below(members)
      for _ in 0..<min(1 + random.below(4), firstLeaf - node) {
        drawn.append((last, node))
        last = node
        node += 1
      }
      drawn.append((last, leaf))
      leaf += 1
    }
    while leaf < nodeCount {
      drawn.append((brokers + random.below(members), leaf))
      leaf += 1
    }
    return GeneratedGraph(nodeCount: nodeCount, drawn: drawn).renumbered(&random)
  }

  /// Planted communities whose sizes and degrees follow power laws; 30 % of the ties leave them.
  static func planted(nodeCount: Int) -> GeneratedGraph {
    var random = SeededGenerator(seed: 30)
    func power(_ least: Double, _ exponent: Double, _ most: Int) -> Int {
      min(most, Int(least * pow(1 - random.unit(), -1 / (exponent - 1))))
    }
    var drawn: [(Int, Int)] = []
    var outside: [Int] = []
    var start = 0
    while start < nodeCount {
      let size = min(power(20, 2, max(20, nodeCount / 10)), nodeCount - start)
      var inside: [Int] = []
      for node in start..<(start + size) {
        let degree = power(6, 2.5, max(6, nodeCount / 50))
        let within = min(Int((0.7 * Double(degree)).rounded()), size - 1)
        inside += repeatElement(node, count: within)
        outside += repeatElement(node, count: degree - Int((0.7 * Double(degree)).rounded()))
      }
      drawn += matched(&inside, &random)
      start += size
    }
    drawn += matched(&outside, &random)
    return GeneratedGraph(nodeCount: nodeCount, drawn: drawn).renumbered(&random)
  }

  private static func matched(
    _ ends: inout [Int], _ random: inout SeededGenerator
  ) -> [(Int, Int)] {
    random.shuffle(&ends)
    return stride(from: 0, to: ends.count - 1, by: 2).map { (ends[$0], ends[$0 + 1]) }
  }

  /// The same graph with its nodes in a random order, so that numbers say nothing of groups.
  private func renumbered(_ random: inout SeededGenerator) -> GeneratedGraph {
    var order = Array(0..<nodeCount)
    random.shuffle(&order)
    return GeneratedGraph(
      nodeCount: nodeCount, drawn: pairs.map { (order[$0.0], order[$0.1]) })
  }
}
