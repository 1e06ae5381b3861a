// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import GraphAlgorithms
internal import GraphCore
public import Reports

/// One side of a comparison: an input, and the view of it that `INPUT@…` names.
public struct ComparedInput: Sendable {
  /// The input as it was named.
  public let name: String
  let workbench: Workbench
  let request: ViewRequest
  /// The network of the input in its view.
  public let network: Network
  let extract: CaseExtract?

  /// Opens a side of a comparison.
  ///
  /// - Parameters:
  ///   - text: a path; with `@2024-06-30` as of a date, with `@known:2024-06-30` as known at one, with
  ///     `@view:NAME` in a saved view.
  ///   - request: what of both sides is looked at beside that.
  ///   - reading: how a graph file is read.
  /// - Throws: `ClewError`.
  public init(
    _ text: String, _ request: ViewRequest, _ reading: Workbench.Reading
  ) throws(ClewError) {
    var request = request
    var path = text
    // A file whose name has an @ is named by its whole name.
    if !Workbench.exists(text), let at = text.lastIndex(of: "@"), at > text.startIndex {
      path = String(text[..<at])
      let what = text[text.index(after: at)...]
      func refuse(_ option: String, _ isStated: Bool) throws(ClewError) {
        if isStated {
          throw .usage("\(text): \(option) is stated for this input already; leave one out")
        }
      }
      if what.hasPrefix("known:") {
        try refuse("--known-at", request.knownAt != nil)
        request.knownAt = String(what.dropFirst(6))
      } else if what.hasPrefix("view:") {
        try refuse("--view", request.savedView != nil)
        request.savedView = String(what.dropFirst(5))
      } else if PartialDate(String(what)) != nil {
        try refuse("--as-of", request.asOf != nil)
        request.asOf = String(what)
      } else {
        throw .usage(
          "\(text): expected CASE@DATE, CASE@known:DATE or CASE@view:NAME after the last @")
      }
    }
    name = text
    self.request = request
    workbench = try Workbench(path, reading)
    network = try workbench.network(request)
    extract = try workbench.extract(request)
  }
}

/// What differs between two inputs, or between two dates or views of one case.
public struct Comparison: Sendable {
  private let a: ComparedInput
  private let b: ComparedInput

  /// Compares two sides.
  public init(_ a: ComparedInput, _ b: ComparedInput) {
    self.a = a
    self.b = b
  }

  /// The differences as a document.
  ///
  /// - Parameters:
  ///   - measures: whose scores and ranks are compared; may be empty.
  ///   - run: how they are computed.
  /// - Returns: the document, with the tables `nodes`, `ties`, `scores` and, for cases, `claims`; and
  ///   whether anything differs.
  /// - Throws: `AnalysisError` when a measure is not defined on both sides.
  public func document(
    _ measures: [NodeMeasure], _ run: Run = Run()
  ) throws(AnalysisError) -> (document: ResultDocument, differs: Bool) {
    let nodes = nodeTable()
    let ties = tieTable()
    var tables = [nodes, ties]
    var moved = 0
    for (index, measure) in measures.enumerated() {
      let table = try scoreTable(measure, run.part(index, of: measures.count))
      moved += table.rows.count
      tables.append(table)
    }
    if let claims = claimTable() { tables.append(claims) }
    let (x, y) = (a.network, b.network)
    let figures: [ResultDocument.Figure] = [
      .init("nodes-before", "Nodes before", .integer(x.graph.nodeCount)),
      .init("nodes-after", "Nodes after", .integer(y.graph.nodeCount)),
      .init("ties-before", "Ties before", .integer(x.graph.edgeCount)),
      .init("ties-after", "Ties after", .integer(y.graph.edgeCount)),
      .init("nodes-changed", "Nodes new, gone or changed", .integer(nodes.rows.count)),
      .init("ties-changed", "Ties new, gone or changed", .integer(ties.rows.count)),
    ]
    var notices: [String] = []
    for (side, network) in [("before", x), ("after", y)] {
      notices += network.notices.map { "\(side): \($0)" }
    }
    if !measures.isEmpty { notices += y.unrankedNotice + [Network.rankingCaveat] }
    let handling = [x.handling, y.handling].compactMap(\.self)
    return (
      ResultDocument(
        schema: "clew.compare/1", title: "From \(a.name) to \(b.name)", input: y.input,
        view: [
          ("before", .string(a.name)), ("before-sha256", .string(x.input.sha256)),
          ("before-view", .string(words(a))), ("after", .string(b.name)),
          ("after-view", .string(words(b))),
        ],
        analyses: measures.map { measure in
          ResultDocument.AnalysisRecord(
            word: measure.word, title: measure.title, options: measure.analysis.optionsJSON,
            convention: nil, reference: measure.analysis.citation)
        }, figures: figures, tables: tables, notices: notices,
        handling: handling.isEmpty
          ? nil
          : handling.reduce(into: [String]()) { all, code in
            if !all.contains(code) { all.append(code) }
          }.joined(separator: ", "), version: clewVersion),
      !nodes.rows.isEmpty || !ties.rows.isEmpty || moved > 0
        || x.input.sha256 != y.input.sha256 && tables.last?.key == "claims"
          && tables.last?.rows.isEmpty == false
    )
  }

  private func words(_ side: ComparedInput) -> String { side.request.words }

  // MARK: Nodes and ties

  private func nodeTable() -> Table {
    let (before, after) = (items(a.network), items(b.network))
    var table = Table(
      key: "nodes", title: "",
      columns: [
        .init("change", "Change"), .init("id", "Id"), .init("name", "Name"),
        .init("schema", "Schema"), .init("ties-before", "Ties before"),
        .init("ties-after", "Ties after"), .init("detail", "What changed"),
      ])
    for id in Set(before.keys).union(after.keys).sorted() {
      let (old, new) = (before[id], after[id])
      var details: [String] = []
      if let old = old?.item, let new = new?.item {
        for (what, x, y) in [
          ("name", old.label, new.label), ("role", old.detail ?? "–", new.detail ?? "–"),
          ("category", old.category ?? "–", new.category ?? "–"),
        ] where x != y {
          details.append("\(what): \(x) → \(y)")
        }
        if details.isEmpty { continue }
      }
      guard let item = new?.item ?? old?.item else { continue }
      table.rows.append([
        .text(old == nil ? "new" : new == nil ? "gone" : "changed"), .text(id), .text(item.label),
        .init(item.schema), old.map { .integer($0.degree) } ?? .missing,
        new.map { .integer($0.degree) } ?? .missing,
        .init(details.isEmpty ? nil : details.joined(separator: "; ")),
      ])
    }
    table.title = counted(table.rows, "Nodes")
    return table
  }

  private func tieTable() -> Table {
    let (before, after) = (tieList(a.network), tieList(b.network))
    var table = Table(
      key: "ties", title: "",
      columns: [
        .init("change", "Change"), .init("source-id", "From"), .init("source-name", "Name"),
        .init("target-id", "To"), .init("target-name", "Name"), .init("kind", "Kind"),
        .init("detail", "What changed"),
      ])
    for key in Set(before.keys).union(after.keys).sorted() {
      let (old, new) = (before[key], after[key])
      var details: [String] = []
      if let old, let new {
        if old.tie.grade != new.tie.grade {
          details.append("grade: \(old.tie.grade ?? "none") → \(new.tie.grade ?? "none")")
        }
        if old.tie.standing != new.tie.standing {
          details.append("\(old.tie.standing.rawValue) → \(new.tie.standing.rawValue)")
        }
        if old.tie.count != new.tie.count {
          details.append("records: \(old.tie.count) → \(new.tie.count)")
        }
        if old.weight != new.weight {
          details.append("weight: \(old.weight ?? 1) → \(new.weight ?? 1)")
        }
        if old.tie.label != new.tie.label {
          details.append("kind: \(old.tie.label ?? "none") → \(new.tie.label ?? "none")")
        }
        if details.isEmpty { continue }
      }
      guard let tie = new ?? old else { continue }
      table.rows.append([
        .text(old == nil ? "new" : new == nil ? "gone" : "changed"), .text(key.source),
        .text(tie.sourceName), .text(key.target), .text(tie.targetName), .init(tie.tie.label),
        .init(details.isEmpty ? nil : details.joined(separator: "; ")),
      ])
    }
    table.title = counted(table.rows, "Ties")
    return table
  }

  private func counted(_ rows: [[Table.Cell]], _ what: String) -> String {
    func count(_ word: String) -> Int { rows.count { $0[0] == .text(word) } }
    return "\(what): \(count("new")) new, \(count("gone")) gone, \(count("changed")) changed"
  }

  private func items(_ network: Network) -> [String: (item: Network.Item, degree: Int)] {
    var items: [String: (item: Network.Item, degree: Int)] = [:]
    for node in network.graph.nodes {
      var degree = network.graph.arcs(from: node).count
      if network.graph.direction == .directed { degree += network.graph.arcs(into: node).count }
      items[network.items[node].id] = (network.items[node], degree)
    }
    return items
  }

  private struct TieKey: Hashable, Comparable {
    var source: String
    var target: String
    // Parallel ties that are kept apart, in their order.
    var number: Int

    static func < (a: TieKey, b: TieKey) -> Bool {
      (a.source, a.target, a.number) < (b.source, b.target, b.number)
    }
  }

  private struct ComparedTie {
    var tie: Network.Tie
    var sourceName: String
    var targetName: String
    var weight: Double?
  }

  private func tieList(_ network: Network) -> [TieKey: ComparedTie] {
    var result: [TieKey: ComparedTie] = [:]
    network.graph.forEachEdge { edge, source, target in
      var (from, to) = (source, target)
      let isSwapped =
        network.graph.direction == .undirected
        && network.items[to].id < network.items[from].id
      if isSwapped { swap(&from, &to) }
      var key = TieKey(source: network.items[from].id, target: network.items[to].id, number: 0)
      while result[key] != nil { key.number += 1 }
      result[key] = ComparedTie(
        tie: network.ties[edge], sourceName: network.items[from].label,
        targetName: network.items[to].label,
        weight: network.graph.edgeWeights == nil ? nil : network.graph.weight(of: edge))
    }
    return result
  }

  // MARK: Scores

  private func scoreTable(
    _ measure: NodeMeasure, _ run: Run
  ) throws(AnalysisError) -> Table {
    let before = try places(measure, a.network, run.part(0, of: 2))
    let after = try places(measure, b.network, run.part(1, of: 2))
    var rows: [(shift: Int, id: String, cells: [Table.Cell])] = []
    for id in Set(before.keys).union(after.keys).sorted() {
      let (old, new) = (before[id], after[id])
      if let old, let new, old.rank == new.rank, old.score == new.score { continue }
      let shift = old.flatMap { old in new.map { old.rank - $0.rank } }
      rows.append(
        (
          shift.map(abs) ?? .max, id,
          [
            .text(
              old == nil
                ? "new"
                : new == nil
                  ? "gone" : (shift ?? 0) > 0 ? "up" : (shift ?? 0) < 0 ? "down" : "same rank"),
            .text(id), .text((new ?? old)?.name ?? id),
            old.map { .integer($0.rank) } ?? .missing, new.map { .integer($0.rank) } ?? .missing,
            shift.map { .integer($0) } ?? .missing, .init(old?.score), .init(new?.score),
          ]
        ))
    }
    rows.sort { ($1.shift, $0.id) < ($0.shift, $1.id) }
    return Table(
      key: "scores-\(measure.word)",
      title: "\(measure.title): \(rows.count) scores differ, the farthest moved first",
      columns: [
        .init("change", "Change"), .init("id", "Id"), .init("name", "Name"),
        .init("rank-before", "Rank before"), .init("rank-after", "Rank after"),
        .init("places", "Places gained"), .init("score-before", "Score before"),
        .init("score-after", "Score after"),
      ], rows: rows.map(\.cells))
  }

  private struct Place {
    var name: String
    var rank: Int
    var score: Double
  }

  private func places(
    _ measure: NodeMeasure, _ network: Network, _ run: Run
  ) throws(AnalysisError) -> [String: Place] {
    let scores = try measure.analysis.scores(in: network, run)
    var places: [String: Place] = [:]
    for place in network.ranking(of: scores) {
      places[network.items[place.node].id] = Place(
        name: network.items[place.node].label, rank: place.rank, score: place.score)
    }
    return places
  }

  // MARK: Claims

  /// What one side says and the other does not, whatever its number; nil where a side is no case.
  private func claimTable() -> Table? {
    guard let before = a.extract, let after = b.extract else { return nil }
    let (old, new) = (statements(before), statements(after))
    var table = Table(
      key: "claims", title: "",
      columns: [
        .init("change", "Change"), .init("about", "About"), .init("property", "Property"),
        .init("value", "Value"), .init("source", "Source"), .init("grade", "Grade"),
        .init("valid", "Holds"), .init("place", "Where"),
      ])
    for (change, these, others) in [("gone", old, new), ("new", new, old)] {
      for statement in these.keys.sorted(by: { $0.order < $1.order }) {
        let count = (these[statement] ?? 0) - (others[statement] ?? 0)
        guard count > 0 else { continue }
        let row: [Table.Cell] = [
          .text(change), .text(statement.subject), .text(statement.property),
          .text(statement.value), .text(statement.source), .init(statement.grade),
          .init(statement.valid), .text(statement.place),
        ]
        table.rows += Array(repeating: row, count: count)
      }
    }
    func count(_ word: String) -> Int { table.rows.count { $0[0] == .text(word) } }
    table.title =
      "Claims and events that made the difference: \(count("new")) new, \(count("gone")) gone"
    return table
  }

  private struct Statement: Hashable {
    var subject: String
    var property: String
    var value: String
    var source: String
    var grade: String?
    var valid: String?
    var place: String

    var order: (String, String, String, String, String) {
      (subject, property, value, source, place)
    }
  }

  private func statements(_ extract: CaseExtract) -> [Statement: Int] {
    var counts: [Statement: Int] = [:]
    func add(_ subject: String, _ property: String, _ value: String, _ evidence: Evidence) {
      let statement = Statement(
        subject: subject, property: property, value: value, source: evidence.source,
        grade: evidence.grade?.code, valid: evidence.valid?.description,
        place: evidence.locator.description)
      counts[statement, default: 0] += 1
    }
    for claim in extract.claims {
      add(claim.subject.id, claim.property ?? "exists", claim.value, claim.evidence)
    }
    for event in extract.events {
      for evidence in extract.evidence(for: event) where evidence == event.evidence {
        add(event.id, "took place", event.time?.description ?? event.schema, evidence)
      }
    }
    return counts
  }
}
