// SPDX-License-Identifier: Apache-2.0

public import CaseModel

/// Two records that may be of one entity, with what speaks for it and against it.
public struct MatchCandidate: Hashable, Sendable, Codable {
  /// How much speaks for it, in words: reasons are named, never added up to a number.
  public enum Strength: String, Hashable, Sendable, Codable, CaseIterable {
    /// They bear the same identifier, and nothing speaks against it.
    case strong
    /// They bear the same name and agree in something else, or share a number or address that few do.
    case likely
    /// They bear nearly the same name, or something speaks against what else would be likely.
    case possible
    /// Nothing speaks for it.
    case none
  }

  /// The id of the record that would lead: the one of which more is said.
  public var first: String
  /// The id of the other.
  public var second: String
  /// How much speaks for it.
  public var strength: Strength
  /// What speaks for it, the strongest first.
  public var reasonsFor: [String]
  /// What speaks against it.
  public var reasonsAgainst: [String]
}

/// Looks for records of one entity in what counts of a case.
///
/// Pairs are compared that share an identifier, a telephone number, an address, or words of a name in
/// any script; what many share is passed over, since it tells nobody apart.
///
/// The parts of the comparison are those of record linkage (Fellegi and Sunter 1969,
/// doi:10.1080/01621459.1969.10501049); their weights are left to the reader, because no case comes with
/// the frequencies that would give them.
///
/// - Complexity: O(n k) for n entities and at most k = 40 that share a key.
public struct MatchCandidates {
  private let extract: CaseExtract
  private var records: [Record] = []
  private var contacts: [[Int32]] = []

  /// What is compared of a record.
  private struct Record {
    var names: [[String]] = []
    var shownNames: [String] = []
    var isAlias: [Bool] = []
    var identifiers: [String: (property: String, value: String)] = [:]
    var numbers: [String: (property: String, value: String)] = [:]
    var births: [PartialDate] = []
    var countries: Set<String> = []
    var claimCount = 0
  }

  // What more share than this tells nobody apart.
  private static let blockLimit = 40

  /// Reads what is compared.
  ///
  /// - Parameter extract: what counts of the case; records that are merged in it are one already.
  public init(_ extract: CaseExtract) {
    self.extract = extract
    records = extract.entities.map { Self.record(of: $0, in: extract) }
    contacts = Self.contacts(in: extract)
  }

  /// The pairs that something speaks for, the strongest first.
  ///
  /// - Parameter isDecided: whether a pair was decided already and is passed over.
  /// - Returns: the pairs, each once.
  public func candidates(
    except isDecided: (String, String) -> Bool = { _, _ in false }
  ) -> [MatchCandidate] {
    var blocks: [String: [Int32]] = [:]
    for (index, record) in records.enumerated() {
      for key in Self.keys(of: record) { blocks[key, default: []].append(Int32(index)) }
    }
    var seen: Set<UInt64> = []
    var found: [MatchCandidate] = []
    for key in blocks.keys.sorted() {
      let members = blocks[key] ?? []
      guard members.count > 1, members.count <= Self.blockLimit else { continue }
      for (place, a) in members.enumerated() {
        for b in members[(place + 1)...] where a != b {
          guard seen.insert(UInt64(a) << 32 | UInt64(b)).inserted else { continue }
          let (first, second) = (extract.entities[Int(a)], extract.entities[Int(b)])
          guard isLike(first.schema, second.schema), !isDecided(first.id, second.id) else {
            continue
          }
          let candidate = compare(Int(a), Int(b))
          if candidate.strength != .none { found.append(candidate) }
        }
      }
    }
    let order = MatchCandidate.Strength.allCases
    return found.sorted { a, b in
      let (i, j) = (order.firstIndex(of: a.strength) ?? 0, order.firstIndex(of: b.strength) ?? 0)
      return (i, b.reasonsFor.count, a.first, a.second) < (j, a.reasonsFor.count, b.first, b.second)
    }
  }

  /// What speaks for and against two records being of one entity; nil where one is not in the extract.
  public func comparison(_ first: String, _ second: String) -> MatchCandidate? {
    guard let a = extract.position(of: first), let b = extract.position(of: second) else {
      return nil
    }
    return compare(a, b)
  }

  // MARK: Comparing

  private func compare(_ a: Int, _ b: Int) -> MatchCandidate {
    let (x, y) = (records[a], records[b])
    var reasons: [String] = []
    var against: [String] = []
    let sameIdentifiers = x.identifiers.keys.filter { y.identifiers[$0] != nil }.sorted()
    for key in sameIdentifiers {
      if let own = x.identifiers[key] { reasons.append("same \(own.property) \(own.value)") }
    }
    let name = nameAgreement(x, y)
    if let name { reasons.append(name.words) }
    var agreements = 0
    if let (isSame, words) = births(x, y) {
      if isSame { reasons.append(words) } else { against.append(words) }
      agreements += isSame ? 1 : 0
    }
    for key in x.numbers.keys.filter({ y.numbers[$0] != nil }).sorted() {
      guard let own = x.numbers[key] else { continue }
      reasons.append("same \(own.property) \(own.value)")
      agreements += 1
    }
    let shared = Set(contacts[a]).intersection(contacts[b])
    if !shared.isEmpty {
      let few = shared.sorted().prefix(3).map {
        extract.displayName(of: extract.entities[Int($0)].id)
      }
      reasons.append(
        "\(shared.count == 1 ? "a contact" : "\(shared.count) contacts") in common: "
          + few.joined(separator: ", ") + (shared.count > 3 ? " …" : ""))
      if shared.count > 1 { agreements += 1 }
    }
    if !x.countries.isEmpty, !y.countries.isEmpty, x.countries.isDisjoint(with: y.countries) {
      against.append(
        "countries differ: \(x.countries.sorted().joined(separator: ", ")) and "
          + y.countries.sorted().joined(separator: ", "))
    }
    if contacts[a].contains(Int32(b)) { against.append("a tie joins the two: it needs both") }
    let (p, q) = (extract.entities[a], extract.entities[b])
    let isFirst = (x.claimCount, q.id) >= (y.claimCount, p.id)
    return MatchCandidate(
      first: isFirst ? p.id : q.id, second: isFirst ? q.id : p.id,
      strength: strength(
        hasIdentifier: !sameIdentifiers.isEmpty, name: name?.isSame, agreements: agreements,
        isContradicted: !against.isEmpty),
      reasonsFor: reasons, reasonsAgainst: against)
  }

  private func strength(
    hasIdentifier: Bool, name: Bool?, agreements: Int, isContradicted: Bool
  ) -> MatchCandidate.Strength {
    let full: MatchCandidate.Strength =
      if hasIdentifier { .strong } else if let isSame = name {
        agreements > 0 ? .likely : isSame ? .possible : .none
      } else { agreements > 1 ? .possible : .none }
    guard isContradicted else { return full }
    switch full {
    case .strong: return .likely
    case .likely: return .possible
    case .possible, .none: return .none
    }
  }

  private func nameAgreement(_ x: Record, _ y: Record) -> (isSame: Bool, words: String)? {
    var found: (rank: Int, words: String)?
    for (i, own) in x.names.enumerated() where !own.isEmpty {
      for (j, other) in y.names.enumerated() where !other.isEmpty {
        let isSame = own.sorted() == other.sorted()
        guard isSame || isNear(own, other) else { continue }
        let aliases = (x.isAlias[i] ? 1 : 0) + (y.isAlias[j] ? 1 : 0)
        // The surest agreement is named: of names before aliases, the same before nearly the same.
        let rank = (isSame ? 0 : 3) + aliases
        guard rank < found?.rank ?? .max else { continue }
        let (shown, there) = (x.shownNames[i], y.shownNames[j])
        let what = (isSame ? "same " : "nearly the same ") + (aliases > 0 ? "alias" : "name")
        found = (rank, shown == there ? "\(what) “\(shown)”" : "\(what): “\(shown)” and “\(there)”")
      }
    }
    return found.map { ($0.rank < 3, $0.words) }
  }

  private func isNear(_ a: [String], _ b: [String]) -> Bool {
    guard min(a.count, b.count) > 1 || a.count == b.count else { return false }
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    return NameForms.distance(short, long) != nil || isShortened(short, long)
  }

  // Whether one name is the other with first names cut to their letters: J. Smith and John Smith.
  private func isShortened(_ short: [String], _ long: [String]) -> Bool {
    var rest = long
    var isCut = false
    for word in short.sorted(by: { $0.count > $1.count }) {
      if let index = rest.firstIndex(of: word) {
        rest.remove(at: index)
      } else if word.count == 1, let index = rest.firstIndex(where: { $0.hasPrefix(word) }) {
        rest.remove(at: index)
        isCut = true
      } else {
        return false
      }
    }
    return isCut && short.contains { $0.count > 1 }
  }

  private func births(_ x: Record, _ y: Record) -> (isSame: Bool, words: String)? {
    guard let a = x.births.first, let b = y.births.first else { return nil }
    for own in x.births {
      for other in y.births where own.earliest < other.latest && other.earliest < own.latest {
        return (
          true,
          own.text == other.text
            ? "same birth date \(own.text)"
            : "birth dates agree as far as they go: \(own.text) and \(other.text)"
        )
      }
    }
    return (false, "birth dates differ: \(a.text) and \(b.text)")
  }

  private func isLike(_ a: String, _ b: String) -> Bool {
    let ontology = extract.ontology
    return a == b || ontology[a]?.isA(b) == true || ontology[b]?.isA(a) == true
  }

  // MARK: Reading

  private static func record(of entity: Entity, in extract: CaseExtract) -> Record {
    var record = Record()
    let schema = extract.ontology[entity.schema]
    for claim in extract.claims(about: .entity(entity.id)) {
      record.claimCount += 1
      guard let property = claim.property, !claim.value.isEmpty else { continue }
      let folded = NameForms.folded(claim.value)
      let compact = NameForms.compact(folded)
      switch schema?.property(property)?.type {
      case .name where property != "weakAlias":
        let words = NameForms.split(folded)
        if !record.names.contains(words) {
          record.names.append(words)
          record.shownNames.append(claim.value)
          record.isAlias.append(property != "name")
        }
      case .identifier where compact.utf8.count >= 4:
        record.identifiers["\(property) \(compact)"] = (property, claim.value)
      case .phone:
        let digits = compact.filter(\.isNumber)
        if digits.count >= 6 {
          record.numbers["phone \(digits.suffix(9))"] = ("telephone", claim.value)
        }
      case .email, .address:
        if compact.utf8.count >= 6 {
          record.numbers["\(property) \(compact)"] = (property, claim.value)
        }
      case .date where property == "birthDate":
        if let date = PartialDate(claim.value) { record.births.append(date) }
      case .country where property == "nationality" || property == "country":
        record.countries.insert(claim.value.lowercased())
      default: break
      }
    }
    return record
  }

  private static func contacts(in extract: CaseExtract) -> [[Int32]] {
    var contacts = [Set<Int32>](repeating: [], count: extract.entities.count)
    func join(_ ends: [End]) {
      let positions = ends.compactMap { extract.position(of: $0.entity).map(Int32.init) }
      guard positions.count <= blockLimit else { return }
      for a in positions { for b in positions where a != b { contacts[Int(a)].insert(b) } }
    }
    for relationship in extract.relationships { join(relationship.ends) }
    for event in extract.events { join(event.participants) }
    for position in 0..<extract.aggregates.groupCount {
      let group = extract.aggregates[position]
      if group.origin == group.target { continue }
      contacts[group.origin].insert(Int32(group.target))
      contacts[group.target].insert(Int32(group.origin))
    }
    return contacts.map { $0.sorted() }
  }

  // What records that are to be compared share: one of these.
  private static func keys(of record: Record) -> Set<String> {
    var keys = Set(record.identifiers.keys)
    keys.formUnion(record.numbers.keys)
    for words in record.names {
      keys.insert("name " + words.sorted().joined(separator: " "))
      for word in words where word.utf8.count > 2 {
        keys.insert("word " + word)
        if let consonants = NameForms.consonants(word), consonants.count > 3 {
          keys.insert("sound " + consonants)
        }
      }
    }
    return keys
  }
}
