// SPDX-License-Identifier: Apache-2.0

internal import Clew

/// The measures with what the options change of them.
extension Centrality {
  /// The measures that can be had for the first places alone.
  static let nearness: [String: (TopCloseness.Measure, PathDirection)] = [
    "closeness": (.closeness, .incoming), "out-closeness": (.closeness, .outgoing),
    "harmonic": (.harmonic, .incoming), "out-harmonic": (.harmonic, .outgoing),
  ]

  /// The measures that were asked for, on this network.
  func measures(in network: Network) throws -> [NodeMeasure] {
    let starts = try restart.map { try self.starts($0, in: network) }
    return try measures().map { measure in
      switch measure.word {
      case Betweenness.name:
        guard let approximate else { return measure }
        return NodeMeasure(
          word: measure.word, title: "Betweenness, sampled", meaning: measure.meaning,
          analysis: ApproximateBetweenness(error: approximate, seed: seed))
      case PageRank.name:
        guard starts != nil || damping != nil else { return measure }
        return NodeMeasure(
          word: measure.word, title: restart.map { "PageRank from \($0)" } ?? measure.title,
          meaning: starts == nil
            ? measure.meaning : "how often a walker who starts at these nodes comes by",
          analysis: PageRank(damping: damping ?? PageRank().damping, restart: starts ?? []))
      case Katz.name:
        guard let alpha else { return measure }
        return NodeMeasure(
          word: measure.word, title: measure.title, meaning: measure.meaning,
          analysis: Katz(alpha: alpha))
      default: return firstPlaces(of: measure, in: network)
      }
    }
  }

  private func firstPlaces(of measure: NodeMeasure, in network: Network) -> NodeMeasure {
    guard let firstPlaces, let (kind, direction) = Self.nearness[measure.word] else {
      return measure
    }
    // Those that take no place in rankings leave theirs to the next.
    let unranked = network.items.values.count { $0.unranked != nil }
    return NodeMeasure(
      word: measure.word, title: measure.title, meaning: measure.meaning,
      analysis: TopCloseness(kind, count: firstPlaces + unranked, direction), places: firstPlaces)
  }

  private func starts(_ ids: String, in network: Network) throws -> [PageRank.Restart] {
    try commaSeparated(ids).map { id in
      guard let node = network.node(id: id) else {
        throw ClewError.usage(
          "--restart \(id): not in this network; ids stand in the column Id of the table")
      }
      return PageRank.Restart(node: Int(node.index))
    }
  }
}
