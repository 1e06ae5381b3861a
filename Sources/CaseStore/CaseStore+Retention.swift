// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import Foundation
internal import GRDB

/// How long something may be kept in a case before it must be erased or reviewed.
public struct RetentionRule: Hashable, Sendable, Codable {
  /// What the rule is about.
  public enum Scope: Hashable, Sendable, Codable {
    /// All that came from a source.
    case source(String)
    /// One entity.
    case entity(String)
    /// Each person of a data-subject category.
    case category(DataSubjectCategory)
  }

  /// When the time is up.
  public enum Term: Hashable, Sendable, Codable {
    /// After this date.
    case until(String)
    /// So many months after the last import that says anything of it.
    case months(Int)
  }

  /// What the rule is about.
  public var scope: Scope
  /// When the time is up.
  public var term: Term

  /// Creates a rule.
  public init(_ scope: Scope, _ term: Term) {
    self.scope = scope
    self.term = term
  }
}

/// Something whose time is up.
public struct DueItem: Hashable, Sendable, Codable {
  /// The rule.
  public var rule: RetentionRule
  /// The number of the decision that set the rule.
  public var number: Int
  /// Why the rule was set, where that is known.
  public var reason: String?
  /// The entity; nil for a source.
  public var entity: Entity?
  /// When its time was up, in milliseconds since 1970-01-01T00:00Z.
  public var due: Int64
}

extension CaseStore {
  /// Sets how long something may be kept; a later rule of the same scope takes its place.
  ///
  /// - Parameters:
  ///   - rule: what may be kept how long.
  ///   - enteredBy: who decides.
  ///   - reason: why, for the log.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Returns: the number of the decision, which `revert` takes back.
  /// - Throws: `CaseStoreError.noSource` or `noEntity` when the case has none of that name.
  @discardableResult
  public func retain(
    _ rule: RetentionRule, enteredBy: String? = nil, reason: String? = nil, recorded: Int64? = nil
  ) throws -> Int {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = String(decoding: try encoder.encode(rule), as: UTF8.self)
    return try decide { database in
      switch rule.scope {
      case .source(let name):
        let known = try ContentsLoader(database, ontology, grading).sources().map(\.name)
        guard known.contains(name) else { throw CaseStoreError.noSource(name, known: known) }
      case .entity(let id): _ = try Self.row(of: id, database)
      case .category: break
      }
      return (
        .retention,
        BatchRow(
          id: try Self.nextBatch(database), kind: "retain", label: rule.scope.label,
          recorded: recorded ?? Self.now, enteredBy: enteredBy, reason: reason, mapping: text,
          digest: [])
      )
    }
  }

  /// The rules that hold, in the order of the decisions.
  public func retentionRules() throws -> [(number: Int, rule: RetentionRule, reason: String?)] {
    try file.read { try Self.rules($0) }
  }

  /// What should no longer be in the case at a time, the longest overdue first.
  ///
  /// - Parameter time: in milliseconds since 1970-01-01T00:00Z.
  /// - Returns: sources and entities of which something still counts.
  /// - Throws: `CaseStoreError` when the file cannot be read.
  public func due(at time: Int64) throws -> [DueItem] {
    try file.read { database in
      let liveness = try Liveness(database)
      let terms = try Terms(database, isWriting: false)
      let claim = liveness.condition("claim")
      var items: [DueItem] = []
      func add(
        _ entry: (number: Int, rule: RetentionRule, reason: String?), _ entity: Entity?,
        last: Int64
      ) {
        guard let due = entry.rule.term.due(after: last), due <= time else { return }
        items.append(
          DueItem(
            rule: entry.rule, number: entry.number, reason: entry.reason, entity: entity, due: due))
      }
      for entry in try Self.rules(database) {
        let rows: SQLStatement
        switch entry.rule.scope {
        case .source(let name):
          rows = try SQLStatement(
            database,
            """
            SELECT max(recorded), NULL, NULL FROM declaration
              JOIN batch ON batch.id = declaration.batch
              JOIN source ON source.id = declaration.source
            WHERE name = ? AND claims + events > 0\(liveness.condition("declaration"))
            """)
          rows.bind(name, at: 1)
        case .entity(let id):
          rows = try SQLStatement(
            database,
            """
            SELECT max(recorded), entity.key, entity.schema FROM entity
              JOIN claim ON claim.entity = entity.id JOIN batch ON batch.id = claim.batch
            WHERE entity.key = ?\(claim) GROUP BY entity.id
            """)
          rows.bind(id, at: 1)
        case .category(let category):
          rows = try SQLStatement(
            database,
            """
            SELECT max(recorded), entity.key, entity.schema FROM entity
              JOIN claim ON claim.entity = entity.id JOIN batch ON batch.id = claim.batch
            WHERE entity.id IN (SELECT entity FROM claim WHERE entity IS NOT NULL
                AND property = (SELECT id FROM term WHERE text = 'category') AND value = ?\(claim))
              \(claim) GROUP BY entity.id ORDER BY entity.key
            """)
          rows.bind(category.rawValue, at: 1)
        }
        while try rows.step() {
          guard let last = rows.optionalInt(0) else { continue }
          let entity =
            try rows.optionalText(1).map { Entity(id: $0, schema: try terms.text(rows.int(2))) }
          add(entry, entity, last: last)
        }
      }
      return items.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
        .map(\.element)
    }
  }

  private static func rules(
    _ database: Database
  ) throws -> [(number: Int, rule: RetentionRule, reason: String?)] {
    let liveness = try Liveness(database)
    var rules: [(number: Int, rule: RetentionRule, reason: String?)] = []
    for row in try BatchRow.all(database)
    where row.kind == "retain" && !liveness.reverted.contains(row.id) {
      guard
        let rule = try? JSONDecoder().decode(
          RetentionRule.self, from: Data((row.mapping ?? "").utf8))
      else { throw CaseStoreError.database(path: "", message: "rule \(row.id) is not readable") }
      rules.removeAll { $0.rule.scope == rule.scope }
      rules.append((Int(row.id), rule, row.reason))
    }
    return rules
  }
}

extension RetentionRule.Scope {
  /// The scope in a word or two, such as `entity person:P001`.
  public var label: String {
    switch self {
    case .source(let name): "source \(name)"
    case .entity(let id): "entity \(id)"
    case .category(let category): "category \(category.rawValue)"
    }
  }
}

extension RetentionRule.Term {
  /// When the time is up for what was recorded last at an instant; both in milliseconds since 1970.
  func due(after last: Int64) -> Int64? {
    switch self {
    case .until(let text): return PartialDate(text)?.latest
    case .months(let count):
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = .gmt
      let date = Date(timeIntervalSince1970: Double(last) / 1000)
      return calendar.date(byAdding: .month, value: count, to: date)
        .map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
    }
  }
}
