// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The figures that describe a network as a whole.
///
/// They say how large, how dense and how connected the network is, whether its ties gather on a few
/// nodes, and how far apart its members are: the first table of a report, and what two networks are
/// compared by. Networks of different size differ in density for that alone.
///
/// Unless a figure says otherwise it is one of the simple undirected view: directions, parallel
/// edges and self-loops are ignored, so that a pair of nodes is tied or not. Density of a directed
/// graph, reciprocity and strong components use the directions. Distances are counted in ties within
/// the largest weak component (of several equally large, the one with the first node).
///
/// ```swift
/// // On the chain 0 – 1 – 2:
/// let figures = try WholeNetwork()(chain)
/// figures.density   // 2 / 3
/// figures.diameter  // 2
/// ```
///
/// A figure that is not defined for a graph, or that would take too long, is nil, and `notes` says
/// why: nothing is estimated. Weights are ignored.
///
/// - Complexity: O(m^1.5) time, and O(s (s + t) / 128) for the distances in a component of *s* nodes
///   and *t* ties when its diameter is short; O(n + m) memory.
/// - SeeAlso: Wasserman and Faust 1994, doi:10.1017/CBO9780511815478; degree centralization: Freeman
///   1978, doi:10.1016/0378-8733(78)90021-7; degree assortativity: Newman 2002,
///   doi:10.1103/PhysRevLett.89.208701.
public struct WholeNetwork: Analysis {
  public static let name = "whole-network"
  public static let reference = Citation(
    authors: "Wasserman, S.; Faust, K.", year: 1994,
    title: "Social network analysis: methods and applications",
    venue: "Cambridge University Press", doi: "10.1017/CBO9780511815478")

  /// The largest number of nodes of a component whose distances are measured; of a larger one mean
  /// distance and diameter are left out.
  public var distanceNodeLimit = 50_000

  public init() {}

  /// Creates an analysis that measures distances in components of up to `distanceNodeLimit` nodes.
  public init(distanceNodeLimit: Int) { self.distanceNodeLimit = distanceNodeLimit }

  public func memory(for graph: Graph, threads: Int) -> Int {
    // The parts are done one after the other; what each leaves behind adds up.
    let parts = [
      LowLink.memory(for: graph), Clustering().memory(for: graph, threads: threads),
      CoreNumber().memory(for: graph, threads: threads),
      2 * ConnectedComponents().memory(for: graph, threads: threads),
      Closeness().memory(for: graph, threads: threads),
    ]
    return parts.reduce(0, +)
  }

  public func callAsFunction(
    _ graph: Graph, _ run: Run
  ) throws(AnalysisError) -> NetworkFigures {
    let weak = try ConnectedComponents(.weak)(graph, run)
    let strong =
      graph.direction == .directed ? try ConnectedComponents(.strong)(graph, run) : nil
    let neighbours = Neighbours(graph)
    let triangles = try TriangleCount(neighbours, run)
    let search = try LowLink(neighbours, run)
    let cores = try coreNumbers(graph, countsDirections: false, run)
    let largest = weak.group.values.indices.filter { weak.group.values[$0] == 0 }
      .map { Int32($0) }
    let distances =
      largest.count > 1 && largest.count <= distanceNodeLimit
      ? try HopDistances(neighbours, members: largest, run) : nil

    let n = graph.nodeCount
    let pairs = neighbours.pairCount
    let arcs = (0..<n).reduce(0) { $0 + graph.outgoing.distinctTargets(of: $1) }
    let ties = graph.direction == .directed ? arcs : pairs
    let possible = graph.direction == .directed ? n * (n - 1) : n * (n - 1) / 2
    let degrees = (0..<n).map { neighbours.degree(of: $0) }
    var figures = NetworkFigures(
      direction: graph.direction, nodes: n, edges: graph.edgeCount, tiedPairs: pairs,
      parallelEdges: graph.edgeCount - graph.selfLoopCount - ties,
      selfLoops: graph.selfLoopCount, isolates: degrees.count { $0 == 0 },
      density: possible > 0 ? Double(ties) / Double(possible) : nil,
      meanDegree: n > 0 ? Double(2 * pairs) / Double(n) : nil,
      reciprocity: strong != nil && arcs > 0 ? Double(2 * (arcs - pairs)) / Double(arcs) : nil,
      weakComponents: weak.sizes, strongComponents: strong?.sizes,
      triangles: triangles.total, transitivity: triangles.transitivity,
      averageClustering: triangles.averageClustering,
      degreeCentralization: degreeCentralization(degrees),
      degreeAssortativity: degreeAssortativity(neighbours, degrees),
      meanDistance: distances?.mean,
      diameter: distances?.diameter, largestCore: Int(cores.max() ?? 0),
      articulationPoints: cutNodes(search).count,
      bridges: (0..<n).count { search.isBridgeToParent($0) }, notes: [])
    figures.notes = notes(on: figures)
    return figures
  }

  // The sum of differences from the largest degree, divided by that sum in a star.
  private func degreeCentralization(_ degrees: [Int]) -> Double? {
    let n = degrees.count
    guard n > 2, let largest = degrees.max() else { return nil }
    let sum = degrees.reduce(0) { $0 + largest - $1 }
    return Double(sum) / Double((n - 1) * (n - 2))
  }

  // Pearson's correlation over edge ends, from deviations: sums of squares would cancel.
  private func degreeAssortativity(_ neighbours: Neighbours, _ degrees: [Int]) -> Double? {
    guard let low = degrees.lazy.filter({ $0 > 0 }).min(), let high = degrees.max(), low < high
    else { return nil }
    let squares = degrees.reduce(0.0) { $0 + Double($1) * Double($1) }
    let mean = squares / Double(neighbours.targets.count)
    var covariance = 0.0
    var variance = 0.0
    for u in 0..<degrees.count {
      let own = Double(degrees[u]) - mean
      var sum = 0.0
      for a in neighbours.range(of: u) {
        sum += Double(degrees[Int(neighbours.targets[a])]) - mean
      }
      covariance += own * sum
      variance += Double(degrees[u]) * own * own
    }
    return covariance / variance
  }

  private func notes(on figures: NetworkFigures) -> [String] {
    var notes: [String] = []
    if figures.density == nil {
      notes.append("Density is not defined for fewer than two nodes.")
    }
    if figures.direction == .directed, figures.reciprocity == nil {
      notes.append("Reciprocity is not defined without arcs between different nodes.")
    }
    if figures.degreeCentralization == nil {
      notes.append("Degree centralization is not defined for fewer than three nodes.")
    }
    if figures.degreeAssortativity == nil {
      notes.append(
        "Degree assortativity is not defined when all nodes with ties have the same degree.")
    }
    if figures.diameter == nil {
      let size = figures.weakComponents.first ?? 0
      notes.append(
        size < 2
          ? "Mean distance and diameter are not defined without a tied pair."
          : "Mean distance and diameter are left out: the largest component has \(size) nodes, "
            + "more than the limit of \(distanceNodeLimit).")
    }
    return notes
  }
}
