// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import CaseStore
public import Reports

extension CaseStore {
  /// Records that may be of one entity, each pair with what speaks for it and against it.
  ///
  /// Nothing is merged by it. Pairs that are decided are left out.
  ///
  /// - Parameter request: what of the case is looked at.
  /// - Returns: the table `candidates`, the strongest first.
  /// - Throws: `ClewError` when the case cannot be read or the request does not fit it.
  public func candidatesDocument(
    _ request: ViewRequest = ViewRequest()
  ) throws(ClewError) -> ResultDocument {
    let extract = try extract(try resolved(request), without: [])
    let decisions = try decisions().filter { $0.counts(at: nil) }
    let apart = Set(
      decisions.filter { $0.verdict == .different }.flatMap { decision in
        let ends = [decision.first, decision.second].map { extract.records.leader(of: $0) }
        return [ends.joined(separator: "\n"), ends.reversed().joined(separator: "\n")]
      })
    let found = MatchCandidates(extract).candidates { apart.contains($0 + "\n" + $1) }
    return ResultDocument(
      schema: "clew.candidates/1", title: "Who may be one in \(Workbench.name(of: path))",
      input: try resultInput(), view: request.filters, analyses: [],
      figures: MatchCandidate.Strength.allCases.filter { $0 != .none }.map { strength in
        .init(
          strength.rawValue, Self.title(strength),
          .integer(found.count { $0.strength == strength }), Self.meaning(strength))
      },
      tables: [
        Table(
          key: "candidates", title: counted(found.count, "pair"),
          columns: [
            .init("strength", "Strength"), .init("first-id", "Record"),
            .init("first-name", "Name"), .init("second-id", "May also be"),
            .init("second-name", "Name"), .init("for", "For"), .init("against", "Against"),
          ],
          rows: found.map { candidate in
            [
              .text(candidate.strength.rawValue), .text(candidate.first),
              .text(extract.displayName(of: candidate.first)), .text(candidate.second),
              .text(extract.displayName(of: candidate.second)),
              .text(candidate.reasonsFor.joined(separator: "; ")),
              .init(
                candidate.reasonsAgainst.isEmpty
                  ? nil : candidate.reasonsAgainst.joined(separator: "; ")),
            ]
          })
      ],
      notices: [
        "a proposal to look into: nothing is merged until clew resolve CASE A B --accept says so, and "
          + "that can be taken back"
      ], version: clewVersion)
  }

  /// What speaks for and against two records being of one entity, and what was decided about them.
  ///
  /// - Parameters:
  ///   - first: the id of one record.
  ///   - second: the id of the other.
  ///   - request: what of the case is looked at.
  /// - Returns: the tables `reasons` and `decisions`.
  /// - Throws: `ClewError.usage` when one of them does not count in the view.
  public func comparisonDocument(
    _ first: String, _ second: String, _ request: ViewRequest = ViewRequest()
  ) throws(ClewError) -> ResultDocument {
    let extract = try extract(try resolved(request), without: [])
    for id in [first, second] where extract.position(of: id) == nil {
      // Where it is not in the case at all, this says so.
      do { _ = try why(id) } catch { throw ClewError(error) }
      throw .usage("\(id): is in the case, but nothing that says so counts in this view")
    }
    let isOne = extract.records.leader(of: first) == extract.records.leader(of: second)
    // Records that are one already are compared as they would be apart.
    let candidate = MatchCandidates(isOne ? try apart(request) : extract)
      .comparison(first, second)
    let rows =
      (candidate?.reasonsFor.map { ("for", $0) } ?? [])
      + (candidate?.reasonsAgainst.map { ("against", $0) } ?? [])
    let decisions = try decisions().filter { decision in
      decision.counts(at: nil)
        && [first, second].contains { [decision.first, decision.second].contains($0) }
    }
    return ResultDocument(
      schema: "clew.comparison/1",
      title: "\(extract.displayName(of: first)) (\(first)) and \(extract.displayName(of: second)) "
        + "(\(second))", input: try resultInput(), view: request.filters, analyses: [],
      figures: [
        .init(
          "strength", "Strength", .text((candidate?.strength ?? .none).rawValue),
          Self.meaning(candidate?.strength ?? .none)),
        .init("merged", "Merged", .flag(isOne)),
      ],
      tables: [
        Table(
          key: "reasons", title: "What speaks for their being one, and against",
          columns: [.init("side", "Side"), .init("reason", "Reason")],
          rows: rows.map { [.text($0.0), .text($0.1)] }),
        Self.table(of: decisions, title: "Decisions about them"),
      ], notices: [], version: clewVersion)
  }

  /// The decisions about which records are of one entity, as a document with the table `decisions`.
  ///
  /// - Throws: `ClewError` when the case cannot be read.
  public func resolutionsDocument() throws(ClewError) -> ResultDocument {
    let decisions = try decisions()
    return ResultDocument(
      schema: "clew.resolutions/1", title: "Who is one in \(Workbench.name(of: path))",
      input: try resultInput(), view: [("view", .string("all decisions"))], analyses: [],
      tables: [
        Self.table(of: decisions, title: counted(decisions.count, "decision"))
      ], notices: [], version: clewVersion)
  }

  /// The decisions behind the merged entities among some, as tables; none where none is merged.
  func mergeTables(_ ids: [String], _ extract: CaseExtract) -> [Table] {
    let leaders = Set(ids.map { extract.records.leader(of: $0) })
    let decisions = extract.records.decisions.filter { decision in
      leaders.contains(extract.records.leader(of: decision.first))
    }
    return decisions.isEmpty
      ? [] : [Self.table(of: decisions, title: "Why these records are one")]
  }

  private func decisions() throws(ClewError) -> [Resolution] {
    do { return try resolutions() } catch { throw ClewError(error) }
  }

  // The case as it is without any merge.
  private func apart(_ request: ViewRequest) throws(ClewError) -> CaseExtract {
    let request = try resolved(request)
    do {
      return try survey(merges: false) { contents, furtherSchemes in
        (try request.caseView(of: contents, furtherSchemes: furtherSchemes), nil)
      }.extract
    } catch { throw ClewError(error) }
  }

  private static func title(_ strength: MatchCandidate.Strength) -> String {
    switch strength {
    case .strong: "Strong"
    case .likely: "Likely"
    case .possible: "Possible"
    case .none: "None"
    }
  }

  private static func meaning(_ strength: MatchCandidate.Strength) -> String {
    switch strength {
    case .strong: "the same identifier, and nothing against it"
    case .likely: "a name and something else agree, or an identifier with something against it"
    case .possible: "a name or two other things agree"
    case .none: "too little agrees, or something speaks against it"
    }
  }

  private static func table(of decisions: [Resolution], title: String) -> Table {
    Table(
      key: "decisions", title: title,
      columns: [
        .init("number", "Number"), .init("first", "Record"), .init("verdict", "Is"),
        .init("second", "Other"), .init("reason", "Reason"), .init("entered-by", "By"),
        .init("recorded", "When"), .init("counts", "Counts"),
      ],
      rows: decisions.map { decision in
        [
          .integer(decision.number), .text(decision.first),
          .text(decision.verdict == .same ? "the same as" : "not"), .text(decision.second),
          .init(decision.reason), .init(decision.enteredBy),
          .init(instant(decision.recorded)), .flag(decision.withdrawn == nil),
        ]
      })
  }
}
