// SPDX-License-Identifier: Apache-2.0

/// The ends of edges as they were given.
///
/// A class so that whoever uses them last can give the memory back before making more.
final class EdgeEnds {
  private(set) var sources: [Int32]
  private(set) var targets: [Int32]

  init(sources: [Int32], targets: [Int32]) {
    self.sources = sources
    self.targets = targets
  }

  var count: Int { sources.count }

  /// Gives the memory back.
  func release() {
    sources = []
    targets = []
  }

  func validate(nodeCount: Int, weights: [Double]? = nil) throws(GraphError) {
    guard sources.count == targets.count, weights.map({ $0.count == sources.count }) ?? true else {
      throw .unequalColumns(
        sources: sources.count, targets: targets.count, weights: weights?.count)
    }
    guard nodeCount < Int(Int32.max), sources.count < Int(Int32.max) / 2 else {
      throw .tooLarge(nodes: nodeCount, edges: sources.count)
    }
    // Negative ends are large as unsigned numbers: one comparison finds both errors.
    let nodes = UInt32(nodeCount)
    var isValid = true
    for i in sources.indices {
      isValid =
        isValid && UInt32(bitPattern: sources[i]) < nodes && UInt32(bitPattern: targets[i]) < nodes
    }
    if !isValid { try throwDanglingEnd(nodes: nodes) }
    if let weights, let position = weights.firstIndex(where: { !$0.isFinite }) {
      throw .weightNotFinite(position: position, weight: weights[position])
    }
  }

  private func throwDanglingEnd(nodes: UInt32) throws(GraphError) {
    for i in sources.indices {
      for end in [sources[i], targets[i]] where UInt32(bitPattern: end) >= nodes {
        throw .danglingEnd(position: i, node: Int(end), nodeCount: Int(nodes))
      }
    }
  }
}
