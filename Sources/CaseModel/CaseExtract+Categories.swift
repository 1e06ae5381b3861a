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

  /// Whether somebody is to be treated as a minor.
  ///
  /// Some claim says so, or a birth date does at the as-of date; without one at the known-at date,
  /// or else at the time of the last record in the case. Every claim of the case that was not
  /// withdrawn can say it, whether or not it counts in the view.
  public func isMinor(_ entity: String) -> Bool { protection.minors.contains(entity) }

  /// The persons whom a ranking must leave out: victims, witnesses and minors.
  ///
  /// One claim of the case is enough, unless it was withdrawn; where sources disagree, the person is
  /// left out. The view has no part in this: a grade, a handling code or a date that keeps a claim
  /// out of an analysis does not end the protection that it gives.
  ///
  /// - Parameter included: the reasons that the analyst sets aside, which is to be logged with the
  ///   reason why.
  /// - Returns: the exclusions in the order of the entities, one for each person.
  public func rankingExclusions(
    including included: Set<RankingExclusion.Reason> = []
  ) -> [RankingExclusion] {
    entities.compactMap { entity in
      guard ontology[entity.schema]?.isA("Person") == true else { return nil }
      var reasons: [RankingExclusion.Reason] = []
      if protection.victims.contains(entity.id) { reasons.append(.victim) }
      if protection.witnesses.contains(entity.id) { reasons.append(.witness) }
      if protection.minors.contains(entity.id) { reasons.append(.minor) }
      // Whoever is set aside for one reason may still be protected by another.
      return reasons.first { !included.contains($0) }
        .map { RankingExclusion(entity: entity.id, reason: $0) }
    }
  }
}

/// Whom rankings leave out, by all that a case holds and was not withdrawn.
struct Protection: Sendable {
  private(set) var victims: Set<String> = []
  private(set) var witnesses: Set<String> = []
  private(set) var minors: Set<String> = []

  /// Reads the claims of a case, whose `records` may be of one entity; `lastRecorded` is when the last of the events was recorded that do not
  /// stand in the contents.
  init(
    _ contents: CaseContents, _ view: CaseView, _ records: MergedRecords, lastRecorded: Int64
  ) {
    var births: [(entity: String, adult: Int64)] = []
    var last = lastRecorded
    for claim in contents.claims where claim.evidence.withdrawn == nil {
      last = max(last, claim.evidence.recorded)
      guard let property = claim.property, case .entity(let record) = claim.subject else {
        continue
      }
      // What protects one record protects the person.
      let id = records.leader(of: record)
      switch (property, claim.value) {
      case ("category", DataSubjectCategory.victim.rawValue): victims.insert(id)
      case ("category", DataSubjectCategory.witness.rawValue): witnesses.insert(id)
      case ("minor", "true"): minors.insert(id)
      case ("birthDate", let text):
        if let adult = PartialDate(text).flatMap({ PartialDate.yearsAfter($0, 18) }) {
          births.append((id, adult))
        }
      default: continue
      }
    }
    for event in contents.events where event.evidence.withdrawn == nil {
      last = max(last, event.evidence.recorded)
    }
    // Not the clock: the same case and view give the same ranking on any day.
    let reference = (view.asOf ?? view.knownAt)?.earliest ?? last
    for birth in births where reference < birth.adult { minors.insert(birth.entity) }
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
