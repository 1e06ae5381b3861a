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
  private let entityRow: SQLStatement
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
    entityRow = try SQLStatement(database, "SELECT key, schema FROM entity WHERE id = ?")
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
    // A word or two of few consonants would stand for too many names.
    let consonants = NameForms.split(folded).compactMap(NameForms.consonants)
    if text.utf8.allSatisfy({ $0 < 0x80 }), consonants.contains(where: { $0.count > 3 }) {
      queries.append(consonants.map(Self.quoted).joined(separator: " "))
    }
    guard !queries.isEmpty else { return }
    let matches = try entries(
      "name_index", queries.map { "(\($0))" }.joined(separator: " OR "))
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
    for var match in try entries("name_index", query) {
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
    var near: [(Candidate, FoundEntity)] = []
    for entry in try candidates("near_index", query, most: 4_000) {
      // Only what is near needs its entity: the others are read for their values alone.
      guard
        let distance = NameForms.distance(
          words, NameForms.split(NameForms.folded(entry.value))),
        var match = try entity(of: entry)
      else { continue }
      match.match = .near(distance)
      near.append((entry, match))
    }
    sort(&near)
    func letters(_ entity: FoundEntity) -> Int {
      if case .near(let count) = entity.match { count } else { 0 }
    }
    for match in near.map(\.1).enumerated().sorted(by: {
      (letters($0.element), $0.offset) < (letters($1.element), $1.offset)
    }) {
      add(match.element)
    }
  }

  private mutating func add(_ match: FoundEntity) {
    if seen.insert(match.entity.id).inserted { found.append(match) }
  }

  // A value whose words or letters match, and how well.
  private struct Candidate {
    var claim: Int64
    var rank: Double
    var entity: Int64 = 0
    var property: Int64?
    var value = ""
  }

  private func entries(_ table: String, _ query: String) throws -> [FoundEntity] {
    // Several names of one entity may match.
    let most = min(Int64(limit), .max / 8) * 8
    var entries: [(Candidate, FoundEntity)] = []
    for entry in try candidates(table, query, most: most) {
      if let match = try entity(of: entry) { entries.append((entry, match)) }
    }
    sort(&entries)
    return entries.map(\.1)
  }

  private func sort(_ entries: inout [(Candidate, FoundEntity)]) {
    entries.sort { a, b in
      if a.0.rank != b.0.rank { return a.0.rank < b.0.rank }
      if a.1.entity.id != b.1.entity.id {
        return a.1.entity.id.utf8.lexicographicallyPrecedes(b.1.entity.id.utf8)
      }
      return a.0.claim < b.0.claim
    }
  }

  // The best matches, among equals those that came in first, in the order of their claims. Only these
  // are read from the tables: a common name has tens of thousands of matches, each on another page.
  private func candidates(_ table: String, _ query: String, most: Int64) throws -> [Candidate] {
    let condition = liveness.condition("claim")
    let join = condition.isEmpty ? "" : " JOIN claim ON claim.id = \(table).rowid"
    let rows = try SQLStatement(
      database,
      """
      SELECT \(table).rowid, \(table).rank FROM \(table)\(join)
      WHERE \(table) MATCH ?\(condition)
      ORDER BY \(table).rank, \(table).rowid LIMIT ?
      """)
    rows.bind(query, at: 1)
    rows.bind(most, at: 2)
    var found: [Candidate] = []
    while try rows.step() {
      found.append(Candidate(claim: rows.int(0), rank: rows.double(1)))
    }
    found.sort { $0.claim < $1.claim }
    let claim = try SQLStatement(
      database, "SELECT entity, property, value FROM claim WHERE id = ?")
    return try found.compactMap { entry in
      var entry = entry
      claim.bind(entry.claim, at: 1)
      guard try claim.step(), let entity = claim.optionalInt(0) else { return nil }
      entry.entity = entity
      entry.property = claim.optionalInt(1)
      entry.value = claim.text(2)
      claim.reset()
      return entry
    }
  }

  private func entity(of candidate: Candidate) throws -> FoundEntity? {
    entityRow.bind(candidate.entity, at: 1)
    guard try entityRow.step() else { return nil }
    defer { entityRow.reset() }
    return FoundEntity(
      entity: Entity(id: entityRow.text(0), schema: try terms.text(entityRow.int(1))),
      property: try terms.text(candidate.property), value: candidate.value, match: .words)
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
