// SPDX-License-Identifier: Apache-2.0

/// What decides where the nodes of a chart stand.
///
/// The engines are those of Graphviz (Gansner and North 2000, doi:10.1002/1097-024X(200009)30:11);
/// what they give is fitted to the page and pushed apart until no icon covers another.
public enum LayoutEngine: String, CaseIterable, Codable, Sendable {
  /// The layout of charts: groups in regions apart, lines clear of icons, the page filled.
  case automatic = "auto"
  /// Ranks from top to bottom, along the direction of the ties: hierarchies and chains of ownership.
  case dot
  /// Distances on the page follow distances in the network: up to some hundred nodes.
  case neato
  /// Springs and repulsion; Graphviz does not promise the same places in every run.
  case fdp
  /// Springs and repulsion on several levels: for large networks.
  case sfdp
  /// Rings around the node with the most neighbours.
  case twopi
  /// Circles of the parts that hold together; slow where one part has more than a hundred nodes.
  case circo
  /// The groups packed as blocks, without regard to ties.
  case osage
  /// The groups as tiles of a square, without regard to ties.
  case patchwork

  /// Whether groups are handed to the engine.
  var takesGroups: Bool { self == .osage || self == .patchwork }

  /// What a place on the page means, for the foot of the chart.
  var meaning: String {
    switch self {
    case .automatic, .neato, .fdp, .sfdp:
      "Position carries no meaning beyond nearness: what is closely connected is drawn close together."
    case .dot:
      "Ties run from top to bottom where they can; a place higher up means no more than that."
    case .twopi: "Rings count the steps from the best connected; position means no more than that."
    case .circo: "Circles hold what is connected in rings; position carries no other meaning."
    case .osage, .patchwork: "Groups are packed as blocks; position carries no other meaning."
    }
  }
}
