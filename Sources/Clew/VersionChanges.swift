// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// What a newer version of some tables says differently from an earlier one.
public struct VersionChanges: Sendable, Hashable {
  /// One difference.
  public struct Change: Sendable, Hashable {
    /// `added`, `changed` or `no longer said`.
    public var kind: String
    /// What it is about.
    public var subject: String
    /// What is said, with the earlier value where it changed.
    public var text: String
  }

  /// The imports of the earlier version.
  public var imports: [Int]
  /// The differences: what changed, what is new, what is gone; each by what it is about.
  public var changes: [Change] = []

  /// How many differences there are of a kind.
  public func count(_ kind: String) -> Int { changes.count { $0.kind == kind } }
}

/// Gathers what the two versions say, whatever the rows.
struct VersionComparison {
  private struct Key: Hashable {
    var subject: String
    var property: String
  }

  private var old: [Key: [String: Int]] = [:]
  private var new: [Key: [String: Int]] = [:]
  private let imports: [Int]

  init(_ contents: CaseContents, imports: [Int]) {
    self.imports = imports
    let batches = Set(imports)
    for claim in contents.claims where batches.contains(claim.evidence.batch) {
      // An event without an id of its own is known by its content.
      if case .event = claim.subject { continue }
      Self.add(&old, claim.subject.id, claim.property ?? "exists", claim.value)
    }
    for event in contents.events where batches.contains(event.evidence.batch) {
      Self.add(
        event.schema, event.time, event.participants, event.properties, to: &old)
    }
  }

  mutating func add(_ assertion: Assertion) {
    switch assertion.subject {
    case .entity(let id, let schema), .relationship(let id, let schema, _):
      Self.add(&new, id, "exists", schema)
      for property in assertion.properties where !property.value.isEmpty {
        Self.add(&new, id, property.property, property.value)
      }
    case .event(_, let schema, let time, let participants):
      Self.add(schema, time, participants, assertion.properties, to: &new)
    }
  }

  private static func add(
    _ schema: String, _ time: Interval?, _ participants: [End], _ properties: [PropertyValue],
    to side: inout [Key: [String: Int]]
  ) {
    let ends = participants.map { "\($0.role) \($0.entity)" }.sorted().joined(separator: ", ")
    let details = properties.filter { !$0.value.isEmpty }
      .map { "\($0.property) \($0.value)" }.sorted().joined(separator: ", ")
    add(&side, "\(schema): \(ends)", time?.description ?? "undated", details)
  }

  private static func add(
    _ side: inout [Key: [String: Int]], _ subject: String, _ property: String, _ value: String
  ) {
    side[Key(subject: subject, property: property), default: [:]][value, default: 0] += 1
  }

  func changes() -> VersionChanges {
    var found = VersionChanges(imports: imports)
    for key in Set(old.keys).union(new.keys).sorted(by: {
      ($0.subject, $0.property) < ($1.subject, $1.property)
    }) {
      let (before, after) = (old[key] ?? [:], new[key] ?? [:])
      var gone: [String] = []
      var added: [String] = []
      for value in Set(before.keys).union(after.keys).sorted() {
        let difference = (after[value] ?? 0) - (before[value] ?? 0)
        if difference > 0 { added += Array(repeating: value, count: difference) }
        if difference < 0 { gone += Array(repeating: value, count: -difference) }
      }
      let pairs = min(gone.count, added.count)
      for (earlier, later) in zip(gone, added) {
        found.changes.append(
          .init(
            kind: "changed", subject: key.subject,
            text: "\(key.property): \(earlier) → \(later)"))
      }
      for value in added.dropFirst(pairs) {
        found.changes.append(
          .init(kind: "added", subject: key.subject, text: "\(key.property): \(value)"))
      }
      for value in gone.dropFirst(pairs) {
        found.changes.append(
          .init(kind: "no longer said", subject: key.subject, text: "\(key.property): \(value)"))
      }
    }
    let order = ["changed", "added", "no longer said"]
    found.changes = order.flatMap { kind in found.changes.filter { $0.kind == kind } }
    return found
  }
}
