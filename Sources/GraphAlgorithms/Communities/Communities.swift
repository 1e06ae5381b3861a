// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// A division into communities and how good it is.
public struct Communities: Hashable, Sendable {
  /// The division; communities are numbered from the largest.
  public let partition: Partition
  /// The value of the division by the objective of the search: its modularity, or what the constant
  /// Potts model gives; nil where modularity is not defined, or the method has no objective.
  public let quality: Double?
  /// The modularity of the division; nil when the edges have no strength.
  ///
  /// Of a search by modularity it is the one with the resolution of the search, else with 1.
  public let modularity: Double?
  /// The ties inside and out of each community.
  public let ties: [GroupTies]
  /// The number of searches made.
  public let runs: Int
  /// The number of searches that reached this quality (to 10⁻⁹ of the total strength): few of many
  /// say that other divisions are nearly as good.
  public let runsAtBest: Int
  /// How directions and weights were used.
  public let convention: Convention

  init(
    partition: Partition, quality: Double?, modularity: Double?, found: BestDivision, graph: Graph,
    convention: Convention
  ) {
    self.partition = partition
    self.quality = quality
    self.modularity = modularity
    ties = partition.groupTies(in: graph)
    runs = found.values.count
    runsAtBest = found.values.count { $0 >= found.best.value - 1e-9 }
    self.convention = convention
  }

  /// A division that was found once, by a method that makes no function as large as it can.
  init(_ partition: Partition, modularity: Double?, graph: Graph, convention: Convention) {
    self.partition = partition
    quality = nil
    self.modularity = modularity
    ties = partition.groupTies(in: graph)
    runs = 1
    runsAtBest = 1
    self.convention = convention
  }
}

/// The edges of one group of a division.
public struct GroupTies: Hashable, Sendable, Codable {
  /// The number of nodes.
  public var size = 0
  /// The number of edges between its nodes, self-loops included.
  public var internalEdges = 0
  /// The number of edges between one of its nodes and a node outside.
  public var externalEdges = 0
  /// The sum of the weights of the internal edges; their number in an unweighted graph.
  public var internalWeight = 0.0
  /// The sum of the weights of the external edges; their number in an unweighted graph.
  public var externalWeight = 0.0
}

extension Partition {
  /// The size of each group and the edges inside and out of it, by group number.
  ///
  /// Parallel edges count one each.
  ///
  /// - Complexity: O(n + m).
  public func groupTies(in graph: Graph) -> [GroupTies] {
    precondition(group.count == graph.nodeCount, "the partition is not one of this graph")
    if graph.edgeWeights == nil {
      let counts = GroupStrengths(graph, nil, group: group.values, count: groupCount)
      return sizes.indices.map { g in
        let inside = counts.inside[g]
        let outside = counts.leaving[g] + counts.entering[g] - 2 * inside
        return GroupTies(
          size: sizes[g], internalEdges: Int(inside), externalEdges: Int(outside),
          internalWeight: inside, externalWeight: outside)
      }
    }
    var ties = sizes.map { GroupTies(size: $0) }
    graph.forEachEdge { edge, source, target in
      let a = Int(group[source])
      let b = Int(group[target])
      let weight = graph.weight(of: edge)
      if a == b {
        ties[a].internalEdges += 1
        ties[a].internalWeight += weight
        return
      }
      for g in [a, b] {
        ties[g].externalEdges += 1
        ties[g].externalWeight += weight
      }
    }
    return ties
  }
}
