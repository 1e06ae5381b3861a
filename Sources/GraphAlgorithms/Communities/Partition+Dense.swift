// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

extension Partition {
  /// Creates a partition from labels that are all in 0 ..< `labelCount`, without hashing.
  ///
  /// The groups are numbered as by `init(labels:)`. Labels that do not occur are passed over.
  init(dense labels: [Int32], labelCount: Int) {
    var size = [Int32](repeating: 0, count: labelCount)
    var byFirst: [Int32] = []
    for label in labels {
      if size[Int(label)] == 0 { byFirst.append(label) }
      size[Int(label)] += 1
    }
    // A counting sort by size, from the largest, that keeps the order of first nodes.
    let largest = Int(size.max() ?? 0)
    var next = [Int](repeating: 0, count: largest + 2)
    for label in byFirst { next[largest - Int(size[Int(label)]) + 1] += 1 }
    for s in 0...largest { next[s + 1] += next[s] }
    var number = [Int32](repeating: 0, count: labelCount)
    var sizes = [Int](repeating: 0, count: byFirst.count)
    for label in byFirst {
      let s = Int(size[Int(label)])
      number[Int(label)] = Int32(next[largest - s])
      sizes[next[largest - s]] = s
      next[largest - s] += 1
    }
    self.init(group: NodeMap(labels.map { number[Int($0)] }), sizes: sizes)
  }
}
