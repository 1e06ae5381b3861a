// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import Foundation
internal import GRDB

/// What is erased from a case.
public enum ErasureSubject: Hashable, Sendable {
  /// An entity by its id: all that is said of it, its relationships, and its part in events.
  case entity(String)
  /// A source by its name: all that it says.
  case source(String)
}

/// What an erasure took out of a case, and where the same words still stand.
public struct ErasureReport: Hashable, Sendable {
  /// The number of the erasure.
  public var number = 0
  /// The number of claims that are gone.
  public var claims = 0
  /// The number of entities that are gone.
  public var entities = 0
  /// The number of relationships that are gone.
  public var relationships = 0
  /// The number of events that are gone.
  public var events = 0
  /// The number of events that remain without the erased participant, or with the report of another
  /// source.
  public var changedEvents = 0
  /// The values of which no byte may be left: ids, names, numbers and addresses.
  public var valueCount = 0
  /// Where an erased value still stands because something else says it too, as sentences.
  public var remaining: [String] = []
  /// The records that were counted as one with the erased entity and are still there.
  public var otherRecords: [String] = []
  /// The hash of the log's last entry, which proves the erasure.
  public var anchor = ""
}

extension CaseStore {
  /// Erases an entity or a source for good.
  ///
  /// The rows are deleted, the file is written anew without their pages, what was made from the case
  /// and lies beside it is taken away, and the file is searched for the
  /// ids, names, numbers and addresses that were erased. The log keeps that an erasure took place,
  /// when, by whom and why, and still verifies; it holds nothing of what was erased. A keyed hash of
  /// the id keeps it out of later imports.
  ///
  /// A relationship goes with its end. An event stays when at least two other participants remain in
  /// the roles that it needs, and loses the erased one.
  ///
  /// - Parameters:
  ///   - subject: what is erased.
  ///   - reason: why, for the log.
  ///   - enteredBy: who decides.
  ///   - mayReturn: whether a later import may bring it back; otherwise what is said of it is left
  ///     out of imports.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Returns: what went, and where the same words still stand.
  /// - Throws: `CaseStoreError.noEntity`, `noSource`, and errors of the file.
  /// - Complexity: O(n) in the size of the file, which is written anew.
  public func erase(
    _ subject: ErasureSubject, reason: String, enteredBy: String? = nil, mayReturn: Bool = false,
    recorded: Int64? = nil
  ) throws -> ErasureReport {
    let time = recorded ?? Self.now
    // What is left is sealed anew: nothing that was changed behind Clew's back may be sealed with it.
    if let problem = try verify().first {
      throw CaseStoreError.database(
        path: path,
        message:
          "the case was changed by something other than Clew (\(problem)); nothing was erased")
    }
    try removeKeptFiles()
    var (report, values) = try file.write { database in
      try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA defer_foreign_keys = ON")
      let tombstone = mayReturn ? "" : try Tombstones(database).digest(of: subject)
      let number = try Self.nextBatch(database)
      var erasing = try Erasing(database, ontology)
      var others: [String] = []
      switch subject {
      case .entity(let id):
        others = try Self.otherRecords(of: id, database)
        try erasing.erase(entity: id)
      case .source(let name):
        let known = try ContentsLoader(database, ontology, grading).sources().map(\.name)
        try erasing.erase(source: name, known: known)
      }
      let row = BatchRow(
        id: number, kind: "erase", label: subject.label, recorded: time, enteredBy: enteredBy,
        reason: reason, mapping: tombstone, digest: [])
      try row.insert(database)
      try erasing.seal(by: row)
      try writeSummary(database)
      erasing.report.number = Int(number)
      erasing.report.otherRecords = others
      return (.commit, (erasing.report, erasing.values))
    }
    try file.compact()
    // Somebody may have read the case before it was written.
    try removeKeptFiles()
    values = values.filter { $0.utf8.count >= Self.searchableByteCount }
    report.valueCount = values.count
    report.remaining = try remaining(of: values)
    report.anchor = try log().last.map { "\($0.number):\($0.hash)" } ?? ""
    return report
  }

  // Shorter values occur by chance in any file.
  private static let searchableByteCount = 4

  /// Where values stand in the file, as sentences.
  private func remaining(of values: [String]) throws -> [String] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    let found = values.filter { bytes.range(of: Data($0.utf8)) != nil }
    if found.isEmpty { return [] }
    return try file.read { database in
      let places = [
        ("claim", "value", "claim about others", "claims about others"),
        ("event", "details", "detail of an event", "details of events"),
        ("entity", "key", "id of an entity", "ids of entities"),
        ("relationship", "key", "id of a relationship", "ids of relationships"),
        ("event", "key", "id of an event", "ids of events"),
        ("batch", "label", "name of an import", "names of imports"),
        ("batch", "mapping", "mapping or decision", "mappings and decisions"),
        ("batch", "reason", "reason of an import or decision", "reasons of imports and decisions"),
        ("log", "reason", "reason in the log", "reasons in the log"),
        ("log", "recipient", "recipient in the log", "recipients in the log"),
        ("source", "name", "name of a source", "names of sources"),
        ("file", "name", "name of a file", "names of files"),
        ("term", "text", "name of a file or column", "names of files and columns"),
      ]
      var sentences: [String] = []
      for value in found {
        var parts: [String] = []
        for (table, column, one, several) in places {
          let count = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM \(table) WHERE instr(\(column), ?) > 0",
            arguments: [value])
          if let count, count > 0 { parts.append(count == 1 ? "1 \(one)" : "\(count) \(several)") }
        }
        sentences.append(
          "'\(value)' still stands in "
            + (parts.isEmpty ? "bytes that belong to no text" : parts.joined(separator: ", ")))
      }
      return sentences
    }
  }
}

extension ErasureSubject {
  var label: String {
    switch self {
    case .entity: "an entity"
    case .source: "a source"
    }
  }
}
