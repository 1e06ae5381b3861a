// SPDX-License-Identifier: Apache-2.0

extension Diagram {
  /// The most nodes and the most edges of one diagram.
  static let elementLimit = 5_000_000

  /// Finds what cannot be drawn before any work is done.
  func validate() throws(DiagramError) {
    guard nodes.count <= Self.elementLimit, edges.count <= Self.elementLimit else {
      throw .tooLarge("more than \(Self.elementLimit) nodes or edges")
    }
    for (index, node) in nodes.enumerated() {
      guard node.size.isFinite, node.size >= 0 else {
        throw .invalid("node \(index) has the size \(node.size); sizes are numbers from 0")
      }
      if let group = node.group, !groups.indices.contains(group) {
        throw .invalid("node \(index) names group \(group) of \(groups.count)")
      }
    }
    for (index, edge) in edges.enumerated() {
      guard nodes.indices.contains(edge.from), nodes.indices.contains(edge.to) else {
        throw .invalid("edge \(index) joins a node that is not there")
      }
      guard edge.weight.isFinite, edge.weight >= 0 else {
        throw .invalid("edge \(index) has the weight \(edge.weight); weights are numbers from 0")
      }
    }
  }
}
