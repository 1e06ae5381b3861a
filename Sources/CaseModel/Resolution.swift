// SPDX-License-Identifier: Apache-2.0

/// A decision about whether two records of a case are of one and the same entity.
///
/// Nothing of the records changes: the merged entity is a view over them, and is apart again when the
/// decision is taken back.
public struct Resolution: Hashable, Sendable, Codable {
  /// What was decided.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// The two are one: the second goes by the id of the first.
    case same
    /// The two are not one, and must not become one by way of others.
    case different
  }

  /// The number of the decision.
  public var number: Int
  /// What was decided.
  public var verdict: Verdict
  /// The id of the record that a merged entity goes by.
  public var first: String
  /// The id of the other record.
  public var second: String
  /// Why.
  public var reason: String?
  /// Who decided, where that is known.
  public var enteredBy: String?
  /// When, in milliseconds since 1970-01-01T00:00Z.
  public var recorded: Int64
  /// Since when it no longer counts, because it was reverted.
  public var withdrawn: Int64?
  /// The earlier times in which it did not count, because a reversal was itself reverted; in order.
  public var suspensions: [Range<Int64>]

  /// Creates a decision.
  public init(
    number: Int, verdict: Verdict, first: String, second: String, reason: String? = nil,
    enteredBy: String? = nil, recorded: Int64 = 0, withdrawn: Int64? = nil,
    suspensions: [Range<Int64>] = []
  ) {
    self.number = number
    self.verdict = verdict
    self.first = first
    self.second = second
    self.reason = reason
    self.enteredBy = enteredBy
    self.recorded = recorded
    self.withdrawn = withdrawn
    self.suspensions = suspensions
  }

  /// Whether the decision counts at a known-at date, or now where that is nil.
  public func counts(at knownAt: PartialDate?) -> Bool {
    guard let knownAt else { return withdrawn == nil }
    if recorded >= knownAt.latest { return false }
    if let withdrawn, withdrawn < knownAt.latest { return false }
    return !suspensions.contains { $0.contains(knownAt.latest - 1) }
  }
}

/// Which records are of one entity, by decisions in their order.
///
/// A decision joins the groups of its two records, under the id that the first record's group goes by.
public struct MergedRecords: Sendable {
  private var parent: [String: String] = [:]
  /// The decisions that join records, in their order.
  public private(set) var decisions: [Resolution] = []

  /// Creates groups of one record each.
  public init() {}

  /// Joins records by the decisions that say that they are one.
  ///
  /// - Parameters:
  ///   - resolutions: the decisions in their order.
  ///   - isKnown: whether a record is in the case; a decision about one that is not joins nothing.
  public init(_ resolutions: some Sequence<Resolution>, isKnown: (String) -> Bool = { _ in true }) {
    for resolution in resolutions where resolution.verdict == .same {
      if isKnown(resolution.first), isKnown(resolution.second) { join(resolution) }
    }
  }

  /// Whether every record stands for itself.
  public var isEmpty: Bool { decisions.isEmpty }

  /// The records that go by the id of another.
  public var merged: [String] { parent.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// The ids of the records that go by the id of another, with that one.
  public var leaders: [String: String] {
    Dictionary(uniqueKeysWithValues: parent.keys.map { ($0, leader(of: $0)) })
  }

  /// How many were merged, in a sentence.
  public var words: String {
    let count = parent.count
    return count == 1
      ? "1 record is merged with another, by a decision that clew resolve CASE --list shows"
      : "\(count) records are merged with others, by decisions that clew resolve CASE --list shows"
  }

  /// The id that the entity of a record goes by: its own where it was not merged.
  public func leader(of record: String) -> String {
    var record = record
    while let next = parent[record] { record = next }
    return record
  }

  /// The records of the entity of a record, the one that it goes by first.
  ///
  /// - Complexity: O(r log r) for r merged records of the case.
  public func records(of record: String) -> [String] {
    let leader = leader(of: record)
    return [leader] + merged.filter { self.leader(of: $0) == leader }
  }

  private mutating func join(_ resolution: Resolution) {
    decisions.append(resolution)
    let (first, second) = (leader(of: resolution.first), leader(of: resolution.second))
    if first != second { parent[second] = first }
  }
}
