// SPDX-License-Identifier: Apache-2.0

/// What a kind of entity, relationship or event is called and what can be said of it.
public struct Schema: Hashable, Sendable {
  /// Whether a schema describes entities, relationships or events.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case entity, relationship, event
  }

  /// The family decides the colour and shape on a chart.
  public enum Family: String, Hashable, Sendable, Codable, CaseIterable {
    case person, organisation, object, location, event
  }

  /// The name by which files and options refer to it, such as `BankAccount`.
  public let name: String
  /// What it is called.
  public let label: Label
  /// Whether it describes entities, relationships or events.
  public let kind: Kind
  /// The family it belongs to.
  public let family: Family
  /// The name of its icon.
  public let icon: String
  /// Whether nothing is of this schema itself, only of those that extend it.
  public let isAbstract: Bool
  /// The schemata it extends, nearest first, all the way up.
  public let ancestors: [String]
  /// What can be said of it, its own properties first; inherited ones are included.
  public let properties: [Property]
  /// The roles of a relationship or event, its own first; inherited ones are included.
  public let roles: [Role]
  /// The roles whose entities a projection joins; nil where every participant meets every other.
  public let arc: Arc?

  /// The property of a name.
  public func property(_ name: String) -> Property? { properties.first { $0.name == name } }

  /// The role of a name.
  public func role(_ name: String) -> Role? { roles.first { $0.name == name } }

  /// Whether this schema is another or extends it.
  public func isA(_ other: String) -> Bool { name == other || ancestors.contains(other) }

  /// A name in the languages of the reports.
  public struct Label: Hashable, Sendable, Codable {
    /// The label in English.
    public let english: String
    /// The label in French.
    public let french: String

    /// Creates a label.
    public init(english: String, french: String) {
      self.english = english
      self.french = french
    }
  }

  /// Something that can be said of a thing.
  public struct Property: Hashable, Sendable, Codable {
    /// The name by which mappings and options refer to it.
    public let name: String
    /// What kind of value it has.
    public let type: ValueType
    /// Whether it may have several values at once; another value of one that may not is a
    /// contradiction between claims.
    public let isMultiple: Bool
  }

  /// What kind of value a property has.
  public enum ValueType: String, Hashable, Sendable, Codable, CaseIterable {
    case name, text, string, date, number, integer, boolean, country, language, phone, email, url
    case identifier, address, topic
  }

  /// A place for an entity in a relationship or event.
  public struct Role: Hashable, Sendable, Codable {
    /// The name of the role, such as `owner`.
    public let name: String
    /// The schemata whose entities, and those of schemata that extend them, may stand there.
    public let schemata: [String]
    /// Whether several entities may stand there.
    public let isMultiple: Bool
  }

  /// The two roles that a projection joins.
  public struct Arc: Hashable, Sendable, Codable {
    /// The role that the arc leaves.
    public let source: String
    /// The role that the arc leads to.
    public let target: String
    /// Whether the direction means something.
    public let isDirected: Bool

    /// Creates an arc.
    public init(source: String, target: String, isDirected: Bool) {
      self.source = source
      self.target = target
      self.isDirected = isDirected
    }
  }
}
