// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// A division of the nodes into groups that do not overlap: components, communities, cores.
///
/// Groups are numbered from the largest to the smallest; groups of one size by their first node. So
/// the numbering depends on the division alone.
public struct Partition: Sendable, Hashable {
  /// The group of each node, from 0.
  public let group: NodeMap<Int32>
  /// The size of each group.
  public let sizes: [Int]

  /// Creates a partition from any labels of the nodes, one per node, and numbers its groups.
  ///
  /// - Complexity: O(n log n).
  public init(labels: [Int32]) {
    var first: [Int32: Int] = [:]
    var size: [Int32: Int] = [:]
    for (node, label) in labels.enumerated() {
      if first[label] == nil { first[label] = node }
      size[label, default: 0] += 1
    }
    let order = first.keys.sorted { a, b in
      let (sa, sb) = (size[a] ?? 0, size[b] ?? 0)
      return sa > sb || (sa == sb && (first[a] ?? 0) < (first[b] ?? 0))
    }
    var number: [Int32: Int32] = [:]
    for (index, label) in order.enumerated() { number[label] = Int32(index) }
    group = NodeMap(labels.map { number[$0] ?? 0 })
    sizes = order.map { size[$0] ?? 0 }
  }

  /// Creates a partition whose groups are numbered already.
  init(group: NodeMap<Int32>, sizes: [Int]) {
    self.group = group
    self.sizes = sizes
  }

  /// The number of groups.
  public var groupCount: Int { sizes.count }

  /// The nodes of each group, in node order.
  public var members: [[Node]] {
    var members = [[Node]](repeating: [], count: groupCount)
    for (index, label) in group.values.enumerated() { members[Int(label)].append(Node(index)) }
    return members
  }
}
