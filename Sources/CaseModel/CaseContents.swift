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
  /// The schemata that the case uses.
  public let ontology: Ontology
  /// The grading schemes that the case uses.
  public let grading: GradingSchemes

  /// Creates contents from records in any order.
  public init(
    sources: [Source] = [], entities: [Entity] = [], relationships: [Relationship] = [],
    events: [Event] = [], claims: [Claim] = [], ontology: Ontology = .standard,
    grading: GradingSchemes = .standard
  ) {
    self.sources = sources.inByteOrder(of: \.name)
    self.entities = entities.inByteOrder(of: \.id)
    self.relationships = relationships.inByteOrder(of: \.id)
    self.events = events.inByteOrder(of: \.id)
    self.claims = claims.sorted { $0.id < $1.id }
    self.ontology = ontology
    self.grading = grading
  }
}

extension Array {
  // What comes from a case file is in this order already; the check is cheaper than the sort.
  func inByteOrder(of key: KeyPath<Element, String>) -> [Element] {
    func precedes(_ a: Element, _ b: Element) -> Bool {
      a[keyPath: key].utf8.lexicographicallyPrecedes(b[keyPath: key].utf8)
    }
    for (a, b) in zip(self, dropFirst()) where precedes(b, a) { return sorted(by: precedes) }
    return self
  }
}
