// SPDX-License-Identifier: Apache-2.0

/// Tells for each piece of evidence whether it counts in a view.
struct EvidenceFilter {
  private let view: CaseView
  private let grading: GradingSchemes
  // A case has a handful of grades and codes; the answers are worked out once for each.
  private var gradeAnswers: [(Grade, LeftOut.Reason?)] = []
  private var handlingAnswers: [(String, LeftOut.Reason?)] = []
  private(set) var undatedUsed = 0

  init(_ view: CaseView, _ grading: GradingSchemes) {
    self.view = view
    self.grading = grading
  }

  /// Why a piece of evidence does not count; nil when it does.
  ///
  /// - Parameters:
  ///   - evidence: the evidence.
  ///   - time: the time of the event that it is about; nil where that is not known.
  ///   - isEvent: whether it is about an event.
  /// - Returns: the first reason that applies.
  mutating func reason(
    _ evidence: Evidence, time: Interval? = nil, isEvent: Bool = false
  ) -> LeftOut.Reason? {
    if let reason = reasonApartFromTime(evidence) { return reason }
    guard let asOf = view.asOf else { return nil }
    guard let interval = isEvent ? time : evidence.valid, !interval.isUnbounded else {
      if view.undated == .leftOut { return .undated }
      undatedUsed += 1
      return nil
    }
    let holds = isEvent ? interval.earliest < asOf.latest : interval.overlaps(asOf)
    return holds ? nil : .otherTime
  }

  /// The same but for the dates at which something holds or took place.
  mutating func reasonApartFromTime(_ evidence: Evidence) -> LeftOut.Reason? {
    if let knownAt = view.knownAt {
      if evidence.recorded >= knownAt.latest { return .notYetKnown }
      if let withdrawn = evidence.withdrawn, withdrawn < knownAt.latest { return .withdrawn }
      if evidence.suspensions.contains(where: { $0.contains(knownAt.latest - 1) }) {
        return .withdrawn
      }
    } else if evidence.withdrawn != nil {
      return .withdrawn
    }
    if let reason = gradeReason(evidence.grade) { return reason }
    return handlingReason(evidence.handling)
  }

  private mutating func gradeReason(_ grade: Grade?) -> LeftOut.Reason? {
    if view.lowestGrades.isEmpty { return nil }
    guard let grade else { return .ungraded }
    if let known = gradeAnswers.first(where: { $0.0 == grade }) { return known.1 }
    let answers = view.lowestGrades.compactMap { grading.isGrade(grade, atLeast: $0) }
    let reason: LeftOut.Reason? =
      answers.isEmpty ? .otherScheme : answers.contains(true) ? nil : .grade
    gradeAnswers.append((grade, reason))
    return reason
  }

  private mutating func handlingReason(_ code: String?) -> LeftOut.Reason? {
    guard let ceiling = view.handlingCeiling else { return nil }
    guard let code else { return .noHandlingCode }
    if let known = handlingAnswers.first(where: { $0.0 == code }) { return known.1 }
    let reason: LeftOut.Reason? =
      grading.isHandling(code, within: ceiling) == true ? nil : .handling
    handlingAnswers.append((code, reason))
    return reason
  }
}
