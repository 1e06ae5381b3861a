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
  for (edge, weight) in weights.enumerated() where weight < 0 {
    throw .weightOutsideDomain(
      analysis: analysis, edge: edge, weight: weight, requirement: "strengths of 0 or more")
  }
}
