// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import Foundation
internal import GRDB

/// How many new things an import brought.
public struct ImportCounts: Hashable, Sendable, Codable {
  /// Entities that the case did not have.
  public var entities = 0
  /// Relationships that the case did not have.
  public var relationships = 0
  /// Events that the case did not have.
  public var events = 0
  /// Claims, beside the reports of new events.
  public var claims = 0

  /// Creates counts.
  public init(entities: Int = 0, relationships: Int = 0, events: Int = 0, claims: Int = 0) {
    self.entities = entities
    self.relationships = relationships
    self.events = events
    self.claims = claims
  }
}

/// What an import did.
public struct ImportReport<Value> {
  /// What the reader of the files returned.
  public var value: Value
  /// The number of the import; where it changed nothing, of the earlier import that it repeats.
  public var batch: Int
  /// Whether an import that counts already brought exactly this, so that nothing changed.
  public var isRepeat: Bool
  /// What is new; zeros where nothing changed.
  public var counts: ImportCounts
  /// The number of statements left out because what they are about was erased from the case.
  public var erasedCount = 0
}

extension ImportReport: Sendable where Value: Sendable {}

extension CaseStore {
  /// Imports what `body` appends, all of it or nothing.
  ///
  /// Everything happens in one transaction: an error of `body` or of an assertion leaves the file
  /// as it was. If an import that counts brought exactly the same, nothing changes and the report
  /// says so. Ends may name entities that come later in the same import.
  ///
  /// - Parameters:
  ///   - label: what the import is called in lists, such as the name of the file.
  ///   - sources: the sources that the import declares; assertions may also name sources that the
  ///     case has.
  ///   - files: the files that were read, beside those that the sources name.
  ///   - mappingText: the text of the mapping, kept with the import.
  ///   - enteredBy: who imports.
  ///   - reason: for what purpose, for the log.
  ///   - recorded: the time of the import in milliseconds since 1970; nil for now.
  ///   - isDryRun: whether everything is checked and counted and nothing kept.
  ///   - isCancelled: asked every 1,024 assertions; when it answers true, the import ends with
  ///     `CaseStoreError.cancelled`.
  ///   - body: appends assertions in their order.
  /// - Returns: what was done and what `body` returned.
  /// - Throws: what `body` throws, and `CaseStoreError`.
  @discardableResult
  public func `import`<Value>(
    label: String, sources: [Source], files: [SourceFile] = [], mappingText: String? = nil,
    enteredBy: String? = nil, reason: String? = nil, recorded: Int64? = nil,
    isDryRun: Bool = false, isCancelled: @escaping () -> Bool = { false },
    body: ((Assertion) throws -> Void) throws -> Value
  ) throws -> ImportReport<Value> {
    try write(
      label, sources, files, mappingText, enteredBy, reason, recorded, isDryRun: isDryRun,
      isCancelled
    ) { writer, cancellation in
      try body { assertion in
        try cancellation.check(1)
        try writer.append(assertion)
      }
    }
  }

  /// Imports what `body` appends, single assertions and blocks of events; see `import`.
  ///
  /// An entity that a block names must have been said to exist before it. The imports `replacing` are
  /// taken back in the same step: what only they said no longer counts, and stays as history.
  @discardableResult
  public func importBlocks<Value>(
    label: String, sources: [Source], files: [SourceFile] = [], mappingText: String? = nil,
    enteredBy: String? = nil, reason: String? = nil, recorded: Int64? = nil,
    replacing: [Int] = [], isDryRun: Bool = false,
    isCancelled: @escaping () -> Bool = { false },
    body: ((Assertion) throws -> Void, (EventBlock) throws -> Void) throws -> Value
  ) throws -> ImportReport<Value> {
    try write(
      label, sources, files, mappingText, enteredBy, reason, recorded, replacing: replacing,
      isDryRun: isDryRun, isCancelled
    ) { writer, cancellation in
      try body(
        { assertion in
          try cancellation.check(1)
          try writer.append(assertion)
        },
        { block in
          try cancellation.check(1_024)
          try writer.append(block)
        })
    }
  }

  private func write<Value>(
    _ label: String, _ sources: [Source], _ files: [SourceFile], _ mappingText: String?,
    _ enteredBy: String?, _ reason: String?, _ recorded: Int64?, replacing: [Int] = [],
    isDryRun: Bool, _ isCancelled: @escaping () -> Bool,
    body: (CaseImport, Cancellation) throws -> Value
  ) throws -> ImportReport<Value> {
    try file.write(checksReferences: false) { database in
      for number in replacing {
        guard let earlier = try BatchRow.all(database).first(where: { $0.id == Int64(number) }),
          earlier.kind == "import"
        else { throw CaseStoreError.noBatch(number) }
        if try Liveness(database).reverted.contains(earlier.id) {
          throw CaseStoreError.batchNotLive(number)
        }
        let decision = BatchRow(
          id: try Self.nextBatch(database), kind: "revert", label: earlier.label,
          recorded: recorded ?? Self.now, enteredBy: enteredBy,
          reason: "replaced by a newer version", reverts: earlier.id, digest: [])
        try decision.insert(database)
        try LogChain(database).append(
          action: .revert, recorded: decision.recorded, who: enteredBy, reason: decision.reason,
          batch: decision)
      }
      let batch = try Self.nextBatch(database)
      // The row comes first: one that came after its claims would make SQLite look for them all.
      var row = BatchRow(
        id: batch, kind: "import", label: label, recorded: recorded ?? Self.now,
        enteredBy: enteredBy, reason: reason, mapping: mappingText, digest: [])
      try row.insert(database)
      let known = try ContentsLoader(database, ontology, grading).sources()
      let writer = try CaseImport(
        database, batch: batch, sources: sources, known: known, ontology: ontology,
        grading: grading)
      let cancellation = Cancellation(isCancelled)
      let value = try body(writer, cancellation)
      // A reader may have caught the error.
      if cancellation.wasAsked { throw CaseStoreError.cancelled }
      let (digest, left) = try writer.finish()
      let earlier =
        try Self.batch(database, digest: digest)
        ?? left.flatMap { try Self.batch(database, digest: $0) }
      if let earlier {
        let report = ImportReport(
          value: value, batch: Int(earlier), isRepeat: true, counts: ImportCounts(),
          erasedCount: writer.erasedCount)
        return (.rollback, report)
      }
      row.digest = digest.bytes
      try row.updateDigest(database)
      try writer.writeDeclarations()
      try Self.insert(
        writer.sourceFiles.map { ($0.source, $0.file) } + files.map { (nil, $0) }, batch, database)
      try LogChain(database).append(
        action: .import, recorded: row.recorded, who: enteredBy, reason: reason, batch: row)
      if !isDryRun { try writeSummary(database, adding: writer.eventCounts) }
      let report = ImportReport(
        value: value, batch: Int(batch), isRepeat: false, counts: writer.counts,
        erasedCount: writer.erasedCount)
      return (isDryRun ? .rollback : .commit, report)
    }
  }

  /// The time by the clock, in milliseconds since 1970-01-01T00:00Z.
  public static var currentTime: Int64 { now }

  static var now: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded()) }

  static func nextBatch(_ database: Database) throws -> Int64 {
    try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM batch") ?? 1
  }

  // An import of the same content, all of whose parts count.
  private static func batch(_ database: Database, digest: SHA256.Digest) throws -> Int64? {
    let liveness = try Liveness(database)
    let rows = try SQLStatement(
      database, "SELECT id FROM batch WHERE kind = 'import' AND digest = ? ORDER BY id")
    rows.bind(digest.bytes, at: 1)
    var result: Int64?
    while try rows.step() {
      let id = rows.int(0)
      if result == nil, !liveness.withdrawn.keys.contains(where: { $0.batch == id }) {
        result = id
      }
    }
    return result
  }

  private static func insert(
    _ files: [(source: Int64?, file: SourceFile)], _ batch: Int64, _ database: Database
  ) throws {
    let insert = try SQLStatement(
      database,
      "INSERT INTO file (batch, source, name, sha256, byte_count) VALUES (?, ?, ?, ?, ?)")
    for (source, file) in files {
      insert.bind(batch, at: 1)
      insert.bind(source, at: 2)
      insert.bind(file.name, at: 3)
      insert.bind(file.sha256, at: 4)
      insert.bind(Int64(file.byteCount), at: 5)
      try insert.run()
    }
  }
}

/// Asks now and then whether an import is to end, and remembers that it is.
private final class Cancellation {
  private let isCancelled: () -> Bool
  private var sinceAsked = 0
  private(set) var wasAsked = false

  init(_ isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }

  /// Throws when the import is to end; asks once in 1,024 steps.
  func check(_ steps: Int) throws {
    sinceAsked += steps
    if sinceAsked >= 1_024 {
      sinceAsked = 0
      if isCancelled() { wasAsked = true }
    }
    if wasAsked { throw CaseStoreError.cancelled }
  }
}
