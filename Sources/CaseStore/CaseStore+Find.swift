// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import GRDB

/// An entity that was found, and why.
public struct FoundEntity: Hashable, Sendable, Codable {
  /// How what was looked for agrees with what was found, the surest first.
  public enum Match: Hashable, Sendable, Codable {
    /// It is the id.
    case id
    /// It is the value.
    case exact
    /// All words begin words of the value.
    case words
    /// They do once both are written in Latin letters without marks.
    case transliterated
    /// The digits are the last of a number.
    case digits
    /// So many letters differ.
    case near(Int)
  }

  /// The entity.
  public var entity: Entity
  /// The property whose value matched; nil where the id did.
  public var property: String?
  /// The value that matched.
  public var value: String
  /// How it matched.
  public var match: Match
}

extension CaseStore {
  /// The entities that a text names: by id, by words that begin names, numbers and addresses, by the
  /// last digits of a number, or nearly.
  ///
  /// Case and marks on letters make no difference, nor does the script. All words must occur; near
  /// names are looked for where fewer than `limit` others are found.
  ///
  /// - Parameters:
  ///   - text: what to look for.
  ///   - limit: the largest number of results.
  /// - Returns: each entity once, the surest match first.
  /// - Throws: `CaseStoreError` when the file cannot be read.
  public func find(_ text: String, limit: Int = 50) throws -> [FoundEntity] {
    let limit = max(0, limit)
    return try file.read { database in
      var search = try NameSearch(database, text, limit: limit)
      try search.findID()
      try search.findWords()
      try search.findDigits()
      try search.findNear()
      return Array(search.found.prefix(limit))
    }
  }
}

/// One search: what was found so far.
private struct NameSearch {
  private let database: Database
  private let liveness: Liveness
  private let terms: Terms
  private let text: String
  private let folded: String
  private let limit: Int
  private var seen: Set<String> = []
  private(set) var found: [FoundEntity] = []

  init(_ database: Database, _ text: String, limit: Int) throws {
    self.database = database
    self.text = text
    self.limit = limit
    folded = NameForms.folded(text)
    liveness = try Liveness(database)
    terms = try Terms(database, isWriting: false)
  }

  mutating func findID() throws {
    let rows = try SQLStatement(
      database,
      """
      SELECT key, schema FROM entity WHERE key = ? AND EXISTS (
        SELECT 1 FROM claim WHERE claim.entity = entity.id AND property IS NULL
        \(liveness.condition("claim")))
      """)
    rows.bind(text, at: 1)
    while try rows.step() {
      let entity = Entity(id: rows.text(0), schema: try terms.text(rows.int(1)))
      if seen.insert(entity.id).inserted {
        found.append(FoundEntity(entity: entity, property: nil, value: entity.id, match: .id))
      }
    }
  }

  mutating func findWords() throws {
    let own = Self.query(text.split(whereSeparator: \.isWhitespace).map(String.init))
    let latin = Self.query(NameForms.split(folded))
    let compact = NameForms.compact(folded)
    var queries = [own, latin].compactMap(\.self)
    if compact.utf8.contains(where: { (48...57).contains($0) }) {
      queries.append(Self.quoted(compact) + "*")
    }
    guard !queries.isEmpty else { return }
    let matches = try entries(
      "name_index", queries.map { "(\($0))" }.joined(separator: " OR "), orderedBy: "rank")
    // What was written so comes before what was only transliterated.
    let lower = text.lowercased()
    let marked = matches.map { match -> FoundEntity in
      var match = match
      let value = match.value.lowercased()
      match.match =
        value == lower
        ? .exact
        : NameForms.folded(match.value) == value
          || text.utf8.contains(where: { $0 >= 0x80 })
            && Self.begins(value, lower)
          ? .words : .transliterated
      return match
    }
    for kind: FoundEntity.Match in [.exact, .words, .transliterated] {
      for match in marked where match.match == kind { add(match) }
    }
  }

  mutating func findDigits() throws {
    guard let digits = NameForms.reversedDigits(text),
      text.utf8.allSatisfy({ (48...57).contains($0) || " +-./()".utf8.contains($0) })
    else { return }
    // A number at home begins with a zero that the number abroad does not have.
    var forms = [digits]
    if digits.hasSuffix("0"), digits.utf8.count > 6 { forms.append(String(digits.dropLast())) }
    if digits.hasSuffix("00"), digits.utf8.count > 7 {
      forms.append(String(digits.dropLast(2)))
    }
    // Without knowing the codes of countries: the last eight digits tell numbers apart.
    if digits.unicodeScalars.count > 9 { forms.append(String(digits.prefix(9))) }
    let query = forms.map { Self.quoted($0) + "*" }.joined(separator: " OR ")
    for var match in try entries("name_index", query, orderedBy: "rank") {
      match.match = .digits
      add(match)
    }
  }

  mutating func findNear() throws {
    guard found.count < limit else { return }
    let words = NameForms.split(folded)
    let pieces = words.flatMap(NameForms.pieces).filter { $0.utf8.count >= 3 }
    guard !pieces.isEmpty else { return }
    let query = pieces.map(Self.quoted).joined(separator: " OR ")
    var near: [FoundEntity] = []
    for var match in try entries("near_index", query, orderedBy: "rank", most: 4_000) {
      guard
        let distance = NameForms.distance(
          words, NameForms.split(NameForms.folded(match.value)))
      else { continue }
      match.match = .near(distance)
      near.append(match)
    }
    func letters(_ entity: FoundEntity) -> Int {
      if case .near(let count) = entity.match { count } else { 0 }
    }
    for match in near.enumerated().sorted(by: {
      (letters($0.element), $0.offset) < (letters($1.element), $1.offset)
    }) {
      add(match.element)
    }
  }

  private mutating func add(_ match: FoundEntity) {
    if seen.insert(match.entity.id).inserted { found.append(match) }
  }

  private func entries(
    _ table: String, _ query: String, orderedBy order: String, most: Int64? = nil
  ) throws -> [FoundEntity] {
    let rows = try SQLStatement(
      database,
      """
      SELECT entity.key, entity.schema, claim.property, claim.value
      FROM \(table) JOIN claim ON claim.id = \(table).rowid
        JOIN entity ON entity.id = claim.entity
      WHERE \(table) MATCH ?\(liveness.condition("claim"))
      ORDER BY \(table).\(order), entity.key, claim.id LIMIT ?
      """)
    rows.bind(query, at: 1)
    // Several names of one entity may match.
    rows.bind(most ?? min(Int64(limit), .max / 8) * 8, at: 2)
    var entries: [FoundEntity] = []
    while try rows.step() {
      entries.append(
        FoundEntity(
          entity: Entity(id: rows.text(0), schema: try terms.text(rows.int(1))),
          property: try terms.text(rows.optionalInt(2)), value: rows.text(3), match: .words))
    }
    return entries
  }

  private static func query(_ words: [String]) -> String? {
    words.isEmpty ? nil : words.map { quoted($0) + "*" }.joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  private static func begins(_ value: String, _ text: String) -> Bool {
    let words = value.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
    return text.split(whereSeparator: \.isWhitespace).allSatisfy { word in
      words.contains { $0.hasPrefix(word) }
    }
  }
}
