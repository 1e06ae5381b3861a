// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// One source's report of a relationship or an event: what it says and where it stands.
struct EvidenceReport {
  /// The schema.
  var schema: String
  /// Who takes part in which role, by name.
  var ends: String
  /// When it took place, for events.
  var time: Interval?
  /// What this report says of it and no other, as property and value; nil for nothing.
  var detail: String?
  /// The source, its grade and the place.
  var evidence: Evidence
}

extension CaseExtract {
  /// The reports of a relationship, one for each claim that it exists.
  func reports(of relationship: Relationship) -> [EvidenceReport] {
    let claims = claims(about: .relationship(relationship.id))
    return claims.filter { $0.property == nil }.map { claim in
      EvidenceReport(
        schema: relationship.schema, ends: words(relationship.ends), time: nil,
        detail: details(claims, of: claim.evidence), evidence: claim.evidence)
    }
  }

  /// The reports of an event, its own first.
  func reports(of event: Event) -> [EvidenceReport] {
    let claims = claims(about: .event(event.id))
    return evidence(for: event).map { evidence in
      let first = event.properties.map { "\($0.property): \($0.value)" }
      return EvidenceReport(
        schema: event.schema, ends: words(event.participants), time: event.time,
        detail: evidence == event.evidence
          ? (first.isEmpty ? nil : first.joined(separator: "; ")) : details(claims, of: evidence),
        evidence: evidence)
    }
  }

  // What one report says: the property claims of the same source, import and row.
  private func details(_ claims: [Claim], of report: Evidence) -> String? {
    let own = claims.filter { claim in
      claim.property != nil && claim.evidence.source == report.source
        && claim.evidence.batch == report.batch
        && claim.evidence.locator.file == report.locator.file
        && claim.evidence.locator.line == report.locator.line
    }
    return own.isEmpty
      ? nil : own.map { "\($0.property ?? ""): \($0.value)" }.joined(separator: "; ")
  }

  private func words(_ ends: [End]) -> String {
    ends.map { "\($0.role) \(displayName(of: $0.entity))" }.joined(separator: ", ")
  }
}
