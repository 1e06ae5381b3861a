// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The strength inside, out of and into each group of a division.
struct GroupStrengths {
  var size: [Int]
  var inside: [Double]
  // Each edge adds its strength to the group of its source and to the group of its target.
  var leaving: [Double]
  var entering: [Double]
  var total = 0.0

  init(_ graph: Graph, _ weights: Column<Double>?, group: [Int32], count: Int) {
    size = [Int](repeating: 0, count: count)
    inside = [Double](repeating: 0, count: count)
    leaving = inside
    entering = inside
    for g in group { size[Int(g)] += 1 }
    if weights == nil {
      countArcs(of: graph, group, groupCount: count)
      return
    }
    graph.forEachEdge { edge, source, target in
      let weight = weights.map { $0[Int(edge.index)] } ?? 1
      let a = Int(group[Int(source.index)])
      let b = Int(group[Int(target.index)])
      total += weight
      if a == b { inside[a] += weight }
      leaving[a] += weight
      entering[b] += weight
    }
  }
}

extension GroupStrengths {
  // Numbers of arcs add up exactly in any order, so that whole rows can be read.
  private mutating func countArcs(of graph: Graph, _ group: [Int32], groupCount: Int) {
    let offsets = graph.outgoing.offsets.span
    let targets = graph.outgoing.targets.span
    let isDirected = graph.direction == .directed
    var arcs = [Int](repeating: 0, count: groupCount)
    var insideArcs = arcs
    var enteringArcs = [Int](repeating: 0, count: isDirected ? groupCount : 0)
    let group = group.span
    for u in 0..<graph.nodeCount {
      let g = group[u]
      let row = Int(offsets[u])..<Int(offsets[u + 1])
      var same = 0
      for a in row {
        // Every target is a node, and there is a group for each node.
        let h = unsafe group[unchecked: Int(targets[unchecked: a])]
        if h == g { same += 1 }
        if isDirected { enteringArcs[Int(h)] += 1 }
      }
      arcs[Int(g)] += row.count
      insideArcs[Int(g)] += same
    }
    // An undirected edge, loops included, is two arcs.
    let share = isDirected ? 1.0 : 0.5
    inside = insideArcs.map { Double($0) * share }
    leaving = arcs.map { Double($0) * share }
    entering = isDirected ? enteringArcs.map { Double($0) } : leaving
    total = Double(graph.edgeCount)
  }
}

func validateResolution(_ resolution: Double, analysis: String) throws(AnalysisError) {
  guard resolution >= 0, resolution.isFinite else {
    throw .invalidOption(
      analysis: analysis, option: "resolution", value: "\(resolution)",
      requirement: "a finite number not below 0")
  }
}

func validateStrengths(of graph: Graph, analysis: String) throws(AnalysisError) {
  guard let weights = graph.edgeWeights else { return }
  guard graph.weighting != .length else {
    throw .wrongWeighting(
      analysis: analysis, found: .length,
      advice: "give strengths, where larger is closer, or have the weights ignored")
  }
  var sum = 0.0
  for (edge, weight) in weights.enumerated() {
    if weight < 0 {
      throw .weightOutsideDomain(
        analysis: analysis, edge: edge, weight: weight, requirement: "strengths of 0 or more")
    }
    // Twice the sum is divided by: each edge counts at both ends.
    sum += 2 * weight
    if !sum.isFinite {
      throw .weightOutsideDomain(
        analysis: analysis, edge: edge, weight: weight,
        requirement: "strengths that add up to less than 8.9e307")
    }
  }
}
