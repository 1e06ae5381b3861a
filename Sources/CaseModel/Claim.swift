// SPDX-License-Identifier: Apache-2.0

/// One thing that a source says: that something exists, or what one of its properties is.
///
/// Claims are never changed. A correction is another claim; a batch that is reverted leaves its
/// claims in place and marks the time from which they no longer count.
public struct Claim: Hashable, Sendable {
  /// The number of the claim in its case.
  public var id: Int
  /// What it is about.
  public var subject: Subject
  /// The property; nil for the claim that the thing exists.
  public var property: String?
  /// The value as text; for the claim that the thing exists, its schema.
  public var value: String
  /// Who says it, and how well.
  public var evidence: Evidence

  /// Creates a claim.
  public init(id: Int, subject: Subject, property: String?, value: String, evidence: Evidence) {
    self.id = id
    self.subject = subject
    self.property = property
    self.value = value
    self.evidence = evidence
  }

  /// What a claim is about, by its id.
  public enum Subject: Hashable, Sendable {
    case entity(String)
    case relationship(String)
    case event(String)

    /// The id of the entity, relationship or event.
    public var id: String {
      switch self {
      case .entity(let id), .relationship(let id), .event(let id): id
      }
    }
  }
}

/// Who says something, where, when it holds, and how far it can be relied on.
public struct Evidence: Hashable, Sendable {
  /// The name of the source.
  public var source: String
  /// Where in the source it stands.
  public var locator: Locator
  /// When it holds; nil where the source gives no dates.
  public var valid: Interval?
  /// The grade: its own, or else that of its source.
  public var grade: Grade?
  /// The handling code: its own, or else that of its source.
  public var handling: String?
  /// Whether it is stated as a fact or as somebody's assessment.
  public var standing: Assertion.Standing
  /// When it came into the case, in milliseconds since 1970-01-01T00:00Z.
  public var recorded: Int64
  /// Since when it no longer counts, because its batch was reverted or its source dropped.
  public var withdrawn: Int64?
  /// The earlier times in which it did not count, because a withdrawal was itself reverted; in order.
  public var suspensions: [Range<Int64>]
  /// The import batch that brought it.
  public var batch: Int
  /// Who entered it, where that is known.
  public var enteredBy: String?

  /// Creates evidence.
  public init(
    source: String, locator: Locator = Locator(), valid: Interval? = nil, grade: Grade? = nil,
    handling: String? = nil, standing: Assertion.Standing = .fact, recorded: Int64 = 0,
    withdrawn: Int64? = nil, suspensions: [Range<Int64>] = [], batch: Int = 0,
    enteredBy: String? = nil
  ) {
    self.source = source
    self.locator = locator
    self.valid = valid
    self.grade = grade
    self.handling = handling
    self.standing = standing
    self.recorded = recorded
    self.withdrawn = withdrawn
    self.suspensions = suspensions
    self.batch = batch
    self.enteredBy = enteredBy
  }
}
