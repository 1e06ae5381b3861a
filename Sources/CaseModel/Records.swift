// SPDX-License-Identifier: Apache-2.0

/// Somebody or something: a person, a company, a phone.
///
/// All that is known of it is claims.
public struct Entity: Hashable, Sendable, Codable {
  /// The id, unique among the entities of a case.
  public var id: String
  /// The name of its schema.
  public var schema: String

  /// Creates an entity.
  public init(id: String, schema: String) {
    self.id = id
    self.schema = schema
  }
}

/// Something that holds between entities, such as an ownership; it carries claims of its own.
public struct Relationship: Hashable, Sendable, Codable {
  /// The id, unique among the relationships of a case.
  public var id: String
  /// The name of its schema.
  public var schema: String
  /// The entities and their roles, in the order in which they were given.
  public var ends: [End]

  /// Creates a relationship.
  public init(id: String, schema: String, ends: [End]) {
    self.id = id
    self.schema = schema
    self.ends = ends
  }
}

/// Something that happened: a call, a payment, a seizure.
///
/// Its first report stands in the event itself (`evidence`, `properties`); further reports are
/// claims.
public struct Event: Hashable, Sendable {
  /// The id, unique among the events of a case.
  public var id: String
  /// The name of its schema.
  public var schema: String
  /// When it took place; nil where that is not known.
  public var time: Interval?
  /// The entities and their roles.
  public var participants: [End]
  /// What the first report says of it.
  public var properties: [PropertyValue]
  /// Who reports it.
  public var evidence: Evidence

  /// Creates an event.
  public init(
    id: String, schema: String, time: Interval? = nil, participants: [End],
    properties: [PropertyValue] = [], evidence: Evidence
  ) {
    self.id = id
    self.schema = schema
    self.time = time
    self.participants = participants
    self.properties = properties
    self.evidence = evidence
  }
}

/// What a person is to an investigation (Directive (EU) 2016/680, article 6).
public enum DataSubjectCategory: String, Hashable, Sendable, Codable, CaseIterable {
  case suspect
  case convicted
  case victim
  case witness
  case contactOrAssociate = "contact-or-associate"
  case other
  case notDetermined = "not-determined"

  /// The category that a word names.
  ///
  /// - Throws: `CaseModelError.unknownCategory`, listing the words that are allowed.
  public init(word: String) throws(CaseModelError) {
    guard let category = DataSubjectCategory(rawValue: word) else {
      throw .unknownCategory(word, allowed: DataSubjectCategory.allCases.map(\.rawValue))
    }
    self = category
  }
}
