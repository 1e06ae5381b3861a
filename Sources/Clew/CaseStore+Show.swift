// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import CaseStore
public import Reports

extension CaseStore {
  /// The name, kind and content hash of the case, for results.
  public func resultInput() throws(ClewError) -> ResultDocument.Input {
    do {
      return .init(name: Workbench.name(of: path), kind: "case file", sha256: try digest())
    } catch { throw ClewError(error) }
  }

  /// What the case holds and what is missing, as a document.
  ///
  /// - Returns: figures, and the tables `sources`, `entities`, `relationships`, `events`, `imports` and
  ///   `log`.
  /// - Throws: `ClewError` when the case cannot be read.
  public func summaryDocument() throws(ClewError) -> ResultDocument {
    let summary: CaseSummary
    let batches: [BatchSummary]
    let log: [LogEntry]
    let merged: Int
    do {
      merged = MergedRecords(try resolutions().filter { $0.counts(at: nil) }).merged.count
      summary = try self.summary()
      batches = try self.batches()
      log = try self.log()
    } catch { throw ClewError(error) }
    func total(_ counts: [CaseSummary.SchemaCount]) -> Table.Cell {
      .integer(counts.reduce(0) { $0 + $1.count })
    }
    return ResultDocument(
      schema: "clew.case/1", title: "Case \(Workbench.name(of: path))", input: try resultInput(),
      view: [("view", .string("everything that counts now"))], analyses: [],
      figures: [
        .init("entities", "Entities", total(summary.entities)),
        .init(
          "merged-records", "Records merged with others", .integer(merged),
          "counted here each by itself, in views as one"),
        .init("relationships", "Relationships", total(summary.relationships)),
        .init("events", "Events", total(summary.events)),
        .init("claims", "Claims", .integer(summary.claims), "beside the reports of events"),
        .init(
          "without-name", "Entities without a name", .integer(summary.entitiesWithoutName)),
        .init(
          "relationships-without-date", "Relationships without a date",
          .integer(summary.relationshipsWithoutDate), "they hold at all times in a view"),
        .init("events-without-time", "Events without a time", .integer(summary.eventsWithoutTime)),
        .init("ungraded", "Claims and events without a grade", .integer(summary.ungraded)),
      ],
      tables: [
        sourceTable(summary), schemaTable("entities", "Entities", summary.entities),
        schemaTable("relationships", "Relationships", summary.relationships),
        schemaTable("events", "Events", summary.events), batchTable(batches),
        table(of: log, title: "Log: who did what, when, why and for whom"),
      ], notices: [], version: clewVersion)
  }

  private func sourceTable(_ summary: CaseSummary) -> Table {
    Table(
      key: "sources", title: "Sources",
      columns: [
        .init("source", "Source"), .init("kind", "Kind"), .init("grade", "Grade"),
        .init("handling", "Handling"), .init("claims", "Claims"), .init("events", "Events"),
      ],
      rows: summary.sources.map { entry in
        [
          .text(entry.source.name), .text(entry.source.kind), .init(entry.source.grade?.code),
          .init(entry.source.handling), .integer(entry.claims), .integer(entry.events),
        ]
      })
  }

  private func schemaTable(
    _ key: String, _ title: String, _ counts: [CaseSummary.SchemaCount]
  ) -> Table {
    Table(
      key: key, title: title, columns: [.init("schema", "Schema"), .init("count", "Count")],
      rows: counts.map { [.text($0.schema), .integer($0.count)] })
  }

  private func batchTable(_ batches: [BatchSummary]) -> Table {
    Table(
      key: "imports", title: "Imports and decisions",
      columns: [
        .init("number", "Number"), .init("kind", "Kind"), .init("label", "What"),
        .init("entered-by", "By"), .init("counts", "Counts"),
      ],
      rows: batches.map {
        [
          .integer($0.number), .text($0.kind.rawValue), .text($0.label), .init($0.enteredBy),
          .flag($0.counts),
        ]
      })
  }

  /// The entities that a text names, as a document with the table `entities`.
  ///
  /// - Throws: `ClewError` when the case cannot be read.
  public func findDocument(_ text: String, limit: Int) throws(ClewError) -> ResultDocument {
    let found: [FoundEntity]
    let names: [String]
    let leaders: [String: String]
    do {
      found = try find(text, limit: limit)
      let part = try CaseView().filter(try claims(about: found.map(\.entity.id)))
      names = found.map { part.displayName(of: $0.entity.id) }
      leaders = part.records.leaders
    } catch { throw ClewError(error) }
    return ResultDocument(
      schema: "clew.find/1", title: "“\(text)” in \(Workbench.name(of: path))",
      input: try resultInput(), view: [("view", .string("everything that counts now"))],
      analyses: [],
      tables: [
        Table(
          key: "entities", title: "\(found.count) found",
          columns: [
            .init("id", "Id"), .init("name", "Name"), .init("schema", "Schema"),
            .init("property", "Found in"), .init("value", "Value"), .init("match", "Match"),
          ] + (leaders.isEmpty ? [] : [.init("counts-as", "Counts as")]),
          rows: zip(found, names).map { entry, name in
            [
              .text(entry.entity.id), .text(name), .text(entry.entity.schema),
              .text(entry.property ?? "id"), .text(entry.value), .text(entry.match.words),
            ] + (leaders.isEmpty ? [] : [Table.Cell(leaders[entry.entity.id])])
          })
      ],
      notices: found.isEmpty
        ? [
          "nothing found: all words must begin a word of a name, alias, number or address, be the last "
            + "digits of a number, or differ by a letter or two"
        ] : [], version: clewVersion)
  }
}

extension FoundEntity.Match {
  /// How it matched, in words.
  public var words: String {
    switch self {
    case .id: "id"
    case .exact: "exact"
    case .words: "words"
    case .transliterated: "in Latin letters"
    case .digits: "last digits"
    case .near(let count):
      count == 0 ? "other order" : "near: \(count) letter\(count == 1 ? "" : "s")"
    }
  }
}
