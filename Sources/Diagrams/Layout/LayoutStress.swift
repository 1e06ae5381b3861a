// SPDX-License-Identifier: Apache-2.0

public import GraphCore

extension StressLayout {
  /// How far places are from distances in a graph: the normalised stress, 0 for a perfect picture.
  ///
  /// The mean over connected pairs of ((*s* *l* − *d*) / *d*)², where *d* is the distance in the
  /// graph, *l* that of the places, and *s* the scale of the whole for which the mean is least
  /// (Gansner, Koren and North 2005, doi:10.1007/978-3-540-31843-9_25, with the scale of the
  /// drawing set free). It lies between 0 and 1; 1 where all places are one. Layouts of the same
  /// graph may be compared by it, layouts of different graphs may not. It says nothing of crossings
  /// or of nodes that cover each other.
  ///
  /// - Parameters:
  ///   - places: a place for each node, finite, in any unit.
  ///   - graph: the graph they are places of.
  ///   - sources: from how many nodes of each part to measure, drawn by `seed`; with as many as
  ///     the part has, or more, the stress is exact.
  /// - Returns: the stress; 0 for a graph without an edge.
  /// - Throws: `DiagramError.invalid` where the graph has a length of zero or less.
  /// - Complexity: O(`sources` (n + m)), with lengths as `StressLayout`.
  public func stress(
    of places: NodeMap<Point>, in graph: Graph, sources: Int = 200
  ) throws(DiagramError) -> Double {
    precondition(places.count == graph.nodeCount, "a place for each node")
    var random = SeededGenerator(seed: seed)
    var (linear, square, pairs) = (0.0, 0.0, 0.0)
    for part in try LayoutGraph(graph, usesLengths: usesLengths).parts {
      var kernel = StressKernel(part)
      var order = Array(0..<part.count)
      random.shuffle(&order)
      let drawn = order.prefix(max(1, sources))
      // A source stands for as many as were not drawn.
      let weight = Double(part.count) / Double(drawn.count)
      for source in drawn {
        kernel.measure(from: source)
        let distances = Array(kernel.distance)
        let from = places.values[Int(part.nodes[source])]
        for i in 0..<part.count where i != source {
          let ratio =
            from.distance(to: places.values[Int(part.nodes[i])]) / Double(distances[i])
          linear += weight * ratio
          square += weight * ratio * ratio
          pairs += weight
        }
      }
    }
    guard pairs > 0 else { return 0 }
    // The least of s² Σr² − 2s Σr + pairs is at s = Σr / Σr².
    return square > 0 ? max(0, 1 - linear * linear / square / pairs) : 1
  }
}
