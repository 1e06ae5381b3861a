// SPDX-License-Identifier: Apache-2.0

public import GraphCore
internal import Reports

/// What of an input is looked at, in the words of the command line.
///
/// Options that only a case can answer (dates, grades, handling, categories) are refused for a graph
/// file rather than ignored.
public struct ViewRequest: Sendable, Hashable, Codable {
  /// Only what held on this date; `2024`, `2024-06` and `2024-06-30` are dates.
  public var asOf: String?
  /// Only what had been recorded in the case by this time.
  public var knownAt: String?
  /// Only claims of this grade or better, such as `B2`.
  public var lowestGrade: String?
  /// Only what may be handled at this code or a less restrictive one.
  public var handlingCeiling: String?
  /// Only these kinds of tie: relationship and event schemata, or values of the layer column.
  public var layers: [String]
  /// Only entities of these schemata.
  public var schemata: [String]
  /// Only persons of these data-subject categories.
  public var categories: [String]
  /// Only what is at these places: ids or names of places, or a country, city or region.
  public var places: [String]
  /// The name of a view that was saved in the case, which the rest of the request narrows.
  public var savedView: String?
  /// Whether ties have a direction; nil for what the input says (a case: undirected).
  public var direction: Graph.Direction?
  /// The number that ties weigh, and what it means; nil when every tie weighs 1.
  public var weight: Weight?
  /// Whether only the largest connected component is analysed.
  public var largestComponentOnly: Bool
  /// The protected groups that rankings name all the same: `victim`, `witness`, `minor`.
  public var including: [String]

  /// A number of each tie and its meaning.
  public struct Weight: Sendable, Hashable, Codable {
    /// A column of a graph file; `count` or a property (amount, duration) of a case.
    public var property: String
    /// Whether larger is closer or farther.
    public var meaning: Graph.Weighting

    /// Creates a weight.
    public init(_ property: String, _ meaning: Graph.Weighting = .strength) {
      self.property = property
      self.meaning = meaning
    }
  }

  /// Creates a request; without arguments everything is looked at.
  public init(
    asOf: String? = nil, knownAt: String? = nil, lowestGrade: String? = nil,
    handlingCeiling: String? = nil, layers: [String] = [], schemata: [String] = [],
    categories: [String] = [], direction: Graph.Direction? = nil, weight: Weight? = nil,
    largestComponentOnly: Bool = false, including: [String] = [], places: [String] = [],
    savedView: String? = nil
  ) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.lowestGrade = lowestGrade
    self.handlingCeiling = handlingCeiling
    self.layers = layers
    self.schemata = schemata
    self.categories = categories
    self.direction = direction
    self.weight = weight
    self.largestComponentOnly = largestComponentOnly
    self.including = including
    self.places = places
    self.savedView = savedView
  }

  /// The options that only a case can answer, as they are spelt on the command line.
  var caseOnlyOptions: [String] {
    [
      asOf.map { _ in "--as-of" }, knownAt.map { _ in "--known-at" },
      lowestGrade.map { _ in "--min-grade" }, handlingCeiling.map { _ in "--handling" },
      schemata.isEmpty ? nil : "--schema", categories.isEmpty ? nil : "--category",
      including.isEmpty ? nil : "--include", places.isEmpty ? nil : "--place",
      savedView.map { _ in "--view" },
    ].compactMap(\.self)
  }

  /// The filters of a case, as name and value.
  var filters: [(name: String, value: JSONValue)] {
    var filters: [(name: String, value: JSONValue)] = [
      ("as-of", .string(asOf ?? "all times")), ("known-at", .string(knownAt ?? "now")),
      ("lowest-grade", .string(lowestGrade ?? "any")),
      ("handling-ceiling", .string(handlingCeiling ?? "any")),
    ]
    if let savedView { filters.insert(("saved-view", .string(savedView)), at: 0) }
    for (name, values) in [
      ("layers", layers), ("schemata", schemata), ("categories", categories), ("places", places),
    ] where !values.isEmpty {
      filters.append((name, .array(values.map(JSONValue.string))))
    }
    return filters
  }
}
