// SPDX-License-Identifier: Apache-2.0

/// A policy: which of the things that sources said count.
///
/// It filters before anything is computed.
///
/// ```swift
/// var view = CaseView()
/// view.asOf = PartialDate("2024-06-30")
/// view.lowestGrades = [Grade(scheme: "europol4x4", code: "B2")]
/// let extract = try view.filter(contents)
/// ```
///
/// An empty list means no restriction. What carries no mark fails a filter on marks: with a lowest
/// grade what is ungraded is left out, and with a handling ceiling what has no handling code. What
/// was left out, and why, is counted in the extract.
public struct CaseView: Codable, Hashable, Sendable {
  /// Relationships and claims that hold at some instant of this date count, and events that began
  /// by its end; nil for all times.
  public var asOf: PartialDate?
  /// Only what had come into the case by the end of this date counts, as it stood then; nil for all
  /// that is known now.
  public var knownAt: PartialDate?
  /// The lowest grade that counts, at most one for each scheme; both letters must be as good.
  ///
  /// What is graded in a scheme that is not named here is left out.
  public var lowestGrades: [Grade]
  /// The most restrictive handling code that counts; codes of other schemes are left out.
  public var handlingCeiling: String?
  /// The relationship and event schemata that count; one that others extend stands for them too.
  public var layers: [String]
  /// The entity schemata that count; one that others extend stands for them too.
  public var schemata: [String]
  /// The data-subject categories that count; applies to persons alone.
  public var categories: [DataSubjectCategory]
  /// The places that count: ids or names of places, or values of places such as a country.
  ///
  /// An event counts when it took place there, a relationship when an end of it is there or when
  /// both of its ends are in such events and relationships; other entities are left out.
  public var places: [String]
  /// What happens to facts without a date when `asOf` is set.
  public var undated: UndatedRule

  /// How a view treats facts without a date.
  public enum UndatedRule: String, Codable, Hashable, Sendable, CaseIterable {
    /// They hold at all times.
    case holdAlways
    /// They are left out.
    case leftOut
  }

  /// Creates a view; without arguments everything counts.
  public init(
    asOf: PartialDate? = nil, knownAt: PartialDate? = nil, lowestGrades: [Grade] = [],
    handlingCeiling: String? = nil, layers: [String] = [], schemata: [String] = [],
    categories: [DataSubjectCategory] = [], places: [String] = [],
    undated: UndatedRule = .holdAlways
  ) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.lowestGrades = lowestGrades
    self.handlingCeiling = handlingCeiling
    self.layers = layers
    self.schemata = schemata
    self.categories = categories
    self.places = places
    self.undated = undated
  }
}

/// How many things a view left out, and why.
public struct LeftOut: Codable, Hashable, Sendable {
  /// Why something does not count; the first that applies, in this order.
  public enum Reason: String, Codable, Hashable, Sendable, CaseIterable {
    /// It came into the case after the known-at date.
    case notYetKnown
    /// Its batch was reverted or its source dropped.
    case withdrawn
    /// Its grade is lower than the lowest.
    case grade
    /// It is graded in a scheme for which the view names no lowest grade.
    case otherScheme
    /// It is ungraded, and the view names a lowest grade.
    case ungraded
    /// Its handling code is more restrictive than the ceiling, or of another scheme.
    case handling
    /// It has no handling code, and the view names a ceiling.
    case noHandlingCode
    /// It does not hold at the as-of date.
    case otherTime
    /// It has no date, and the view leaves such facts out.
    case undated
    /// Its schema is not among the view's schemata or layers.
    case schema
    /// Its category is not among the view's.
    case category
    /// It is not at the view's places.
    case elsewhere
    /// An entity that it needs as an end was left out.
    case end
    /// No source says that it exists: it is only mentioned.
    case unsaid
  }

  /// The things left out for one reason.
  public struct Count: Codable, Hashable, Sendable {
    /// Why.
    public var reason: Reason
    /// The number of entities.
    public var entities = 0
    /// The number of relationships.
    public var relationships = 0
    /// The number of events.
    public var events = 0
    /// The number of claims, whether or not what they are about remains.
    public var claims = 0
  }

  /// A count for each reason that occurred, in the order of the reasons.
  public internal(set) var counts: [Count] = []
  /// The number of claims and events without a date that count as holding at all times, in a view
  /// with an as-of date.
  public internal(set) var undatedUsed = 0

  /// The count for a reason; zeros when it did not occur.
  public subscript(reason: Reason) -> Count {
    counts.first { $0.reason == reason } ?? Count(reason: reason)
  }
}
