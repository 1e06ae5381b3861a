// SPDX-License-Identifier: Apache-2.0

/// What one row of a source says of one thing: the unit in which information enters a case.
///
/// A reader turns each row into assertions; the case store turns each assertion into the thing
/// itself (once) and into claims: one that it exists, and one for each property.
public struct Assertion: Hashable, Sendable {
  /// What the row speaks of.
  public var subject: Subject
  /// What it says of it, in the order of the columns.
  public var properties: [PropertyValue]
  /// The name of the source.
  public var source: String
  /// Where in the source it stands.
  public var locator: Locator
  /// When it holds; nil where the source gives no dates.
  public var valid: Interval?
  /// The grade, where the row states its own.
  public var grade: Grade?
  /// The handling code, where the row states its own.
  public var handling: String?
  /// Whether it is stated as a fact or as somebody's assessment.
  public var standing: Standing

  /// Creates an assertion.
  public init(
    subject: Subject, properties: [PropertyValue] = [], source: String, locator: Locator,
    valid: Interval? = nil, grade: Grade? = nil, handling: String? = nil,
    standing: Standing = .fact
  ) {
    self.subject = subject
    self.properties = properties
    self.source = source
    self.locator = locator
    self.valid = valid
    self.grade = grade
    self.handling = handling
    self.standing = standing
  }

  /// The thing an assertion speaks of.
  public enum Subject: Hashable, Sendable {
    /// An entity of a schema.
    case entity(id: String, schema: String)
    /// A relationship of a schema and its ends.
    case relationship(id: String, schema: String, ends: [End])
    /// An event of a schema with its time and its participants.
    case event(id: String, schema: String, time: Interval?, participants: [End])
  }

  /// Fact or assessment (Directive (EU) 2016/680, article 7).
  public enum Standing: String, Hashable, Sendable, Codable { case fact, assessment }
}

/// An entity in a role: an end of a relationship or a participant of an event.
public struct End: Hashable, Sendable, Codable {
  /// The role, as the schema names it, such as `owner` or `caller`.
  public var role: String
  /// The entity.
  public var entity: String

  /// Creates an end.
  public init(role: String, entity: String) {
    self.role = role
    self.entity = entity
  }
}

/// A property and what a source says its value is; the text is kept as it was.
public struct PropertyValue: Hashable, Sendable, Codable {
  /// The property, as the schema names it.
  public var property: String
  /// The value as text.
  public var value: String
  /// The column it stood in, where that is known.
  public var column: String?

  /// Creates a property value.
  public init(_ property: String, _ value: String, column: String? = nil) {
    self.property = property
    self.value = value
    self.column = column
  }
}
