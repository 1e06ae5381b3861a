// SPDX-License-Identifier: Apache-2.0

/// Everything that a case holds, in memory and in a fixed order: by id, claims by number.
///
/// Claims that were withdrawn are there too; a `CaseView` decides what counts.
public struct CaseContents: Sendable {
  /// The sources, by name.
  public let sources: [Source]
  /// The entities, by id.
  public let entities: [Entity]
  /// The relationships, by id.
  public let relationships: [Relationship]
  /// The events, by id.
  public let events: [Event]
  /// The claims, by number.
  public let claims: [Claim]
  /// The decisions about which records are of one entity, in their order.
  public let resolutions: [Resolution]
  /// The schemata that the case uses.
  public let ontology: Ontology
  /// The grading schemes that the case uses.
  public let grading: GradingSchemes

  /// Creates contents from records in any order.
  public init(
    sources: [Source] = [], entities: [Entity] = [], relationships: [Relationship] = [],
    events: [Event] = [], claims: [Claim] = [], resolutions: [Resolution] = [],
    ontology: Ontology = .standard, grading: GradingSchemes = .standard
  ) {
    self.sources = sources.inByteOrder { $0.name }
    self.entities = entities.inByteOrder { $0.id }
    self.relationships = relationships.inByteOrder { $0.id }
    self.events = events.inByteOrder { $0.id }
    // As for the records: what comes from a case file is in order.
    let isInOrder = claims.indices.dropFirst().allSatisfy { claims[$0 - 1].id <= claims[$0].id }
    self.claims = isInOrder ? claims : claims.sorted { $0.id < $1.id }
    self.resolutions = resolutions
    self.ontology = ontology
    self.grading = grading
  }
}

extension CaseContents {
  /// The same contents in which nothing counts that some sources say.
  public func without(_ dropped: Set<String>) -> CaseContents {
    if dropped.isEmpty { return self }
    var claims = claims
    for index in claims.indices where dropped.contains(claims[index].evidence.source) {
      claims[index].evidence.withdrawn = .min
    }
    var events = events
    for index in events.indices where dropped.contains(events[index].evidence.source) {
      events[index].evidence.withdrawn = .min
    }
    return CaseContents(
      sources: sources, entities: entities, relationships: relationships, events: events,
      claims: claims, resolutions: resolutions, ontology: ontology, grading: grading)
  }

  /// The same contents with other events.
  public func with(events: [Event]) -> CaseContents {
    CaseContents(
      sources: sources, entities: entities, relationships: relationships, events: events,
      claims: claims, resolutions: resolutions, ontology: ontology, grading: grading)
  }
}

extension Array {
  // What comes from a case file is in this order already; the check is cheaper than the sort.
  func inByteOrder(of key: (Element) -> String) -> [Element] {
    let keys = map(key)
    func precedes(_ a: Int, _ b: Int) -> Bool {
      keys[a].utf8.lexicographicallyPrecedes(keys[b].utf8)
    }
    guard indices.dropFirst().contains(where: { precedes($0, $0 - 1) }) else { return self }
    return indices.sorted(by: precedes).map { self[$0] }
  }
}
