// SPDX-License-Identifier: Apache-2.0

/// Somebody whom a ranking must leave out, and why.
public struct RankingExclusion: Hashable, Sendable, Codable {
  /// The entity.
  public var entity: String
  /// Why it is left out.
  public var reason: Reason

  /// Creates an exclusion.
  public init(entity: String, reason: Reason) {
    self.entity = entity
    self.reason = reason
  }

  /// The reasons for which a ranking leaves a person out.
  public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
    case victim, witness, minor
  }
}

extension CaseExtract {
  /// The data-subject categories that claims give a person; `notDetermined` when none does.
  public func categories(of entity: String) -> [DataSubjectCategory] {
    let values = claims(about: .entity(entity)).filter { $0.property == "category" }.map(\.value)
    let categories = DataSubjectCategory.allCases.filter { values.contains($0.rawValue) }
    return categories.isEmpty ? [.notDetermined] : categories
  }

  /// Whether some claim says that a person is a minor, or a birth date says so at the as-of date.
  public func isMinor(_ entity: String) -> Bool {
    claims(about: .entity(entity)).contains { claim in
      switch claim.property {
      case "minor": return claim.value == "true"
      case "birthDate":
        guard let asOf = view.asOf, let birth = PartialDate(claim.value),
          let adult = PartialDate.yearsAfter(birth, 18)
        else { return false }
        return asOf.earliest < adult
      default: return false
      }
    }
  }

  /// The persons whom a ranking must leave out: victims, witnesses and minors.
  ///
  /// One claim that counts is enough; where sources disagree, the person is left out.
  ///
  /// - Parameter included: the reasons that the analyst sets aside, which is to be logged with the
  ///   reason why.
  /// - Returns: the exclusions in the order of the entities, one for each person.
  public func rankingExclusions(
    including included: Set<RankingExclusion.Reason> = []
  ) -> [RankingExclusion] {
    entities.compactMap { entity in
      guard ontology[entity.schema]?.isA("Person") == true else { return nil }
      let categories = categories(of: entity.id)
      var reasons: [RankingExclusion.Reason] = []
      if categories.contains(.victim) { reasons.append(.victim) }
      if categories.contains(.witness) { reasons.append(.witness) }
      if isMinor(entity.id) { reasons.append(.minor) }
      // Whoever is set aside for one reason may still be protected by another.
      return reasons.first { !included.contains($0) }
        .map { RankingExclusion(entity: entity.id, reason: $0) }
    }
  }
}

extension PartialDate {
  /// The instant from which somebody born on a date is surely so many years old.
  static func yearsAfter(_ birth: PartialDate, _ years: Int) -> Int64? {
    let date = CivilDate.date(days: CivilDate.day(of: birth.latest - 1))
    let year = date.year + years
    let day = min(date.day, CivilDate.dayCount(year: year, month: date.month))
    return CivilDate.days(year: year, month: date.month, day: day)
      * CivilDate.millisecondsPerDay
  }
}
