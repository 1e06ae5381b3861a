// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import GRDB

/// A case file: what sources said, in one SQLite file.
///
/// ```swift
/// let store = try CaseStore.create("harbour.case")
/// try store.import(label: "persons.csv", sources: [register]) { append in
///   try append(assertion)
/// }
/// let extract = try CaseView().filter(store.contents())
/// ```
///
/// A store holds no connection: each call opens the file, does its work and closes it. Nothing that
/// was stored is ever changed; a decision such as a revert is stored beside it.
public struct CaseStore: Sendable {
  /// The path of the file.
  public let path: String
  /// The schemata of the case: the built-in ones and those that were added to it.
  public let ontology: Ontology
  /// The grading schemes of the case.
  public let grading: GradingSchemes
  let file: CaseFile

  /// Opens a case.
  ///
  /// - Throws: `CaseStoreError` when the file is missing, a folder, no case, of a newer version or
  ///   changed by another program.
  public init(_ path: String) throws {
    let file = CaseFile(path: path)
    try file.check()
    self.path = path
    self.file = file
    grading = .standard
    ontology = try file.read { database in
      var ontology = Ontology.standard
      let rows = try SQLStatement(
        database, "SELECT key, value FROM setting WHERE key LIKE 'ontology %' ORDER BY key")
      while try rows.step() {
        ontology = try ontology.adding(yaml: rows.text(1), file: rows.text(0))
      }
      return ontology
    }
  }

  /// Creates an empty case in a new file that only its owner can read.
  ///
  /// - Parameters:
  ///   - path: where; there must be no file yet.
  ///   - schemata: the text of a file of further schemata, kept in the case.
  /// - Returns: the case.
  /// - Throws: `CaseStoreError` when there is a file or none can be created, `CaseModelError` when
  ///   the schemata are not right.
  @discardableResult
  public static func create(_ path: String, schemata: String? = nil) throws -> CaseStore {
    if let schemata { _ = try Ontology.standard.adding(yaml: schemata, file: "schemata") }
    let file = CaseFile(path: path)
    try file.create()
    do {
      try file.write(isNew: true) { database in
        for statement in TableLayout.statements(version: TableLayout.migrations.count) {
          try database.execute(sql: statement)
        }
        try database.execute(
          sql: """
            PRAGMA application_id = \(TableLayout.applicationID);
            PRAGMA user_version = \(TableLayout.migrations.count)
            """)
        try Tombstones.writeKey(database)
        if let schemata {
          try database.execute(
            sql: "INSERT INTO setting (key, value) VALUES ('ontology 1', ?)",
            arguments: [schemata])
        }
        return (.commit, ())
      }
      return try CaseStore(path)
    } catch {
      file.remove()
      throw error
    }
  }

  /// Everything in the case, withdrawn claims included.
  ///
  /// - Complexity: O(n) in the number of things and claims, all of them in memory.
  public func contents() throws -> CaseContents {
    try file.read { database in
      try ContentsLoader(database, ontology, grading).contents()
    }
  }

  /// The SHA-256 of what counts in the case, in hexadecimal: the `input` of results.
  ///
  /// It depends on what was imported, source by source in the order of the imports, on the schemata that
  /// were added to the case, and on which records were merged, and on nothing else: a case that lost a source has the
  /// digest of one that never had it.
  public func digest() throws -> String {
    try file.read { try Self.digest($0) }
  }

  /// The contents of the case and the digest of just these, although others may be writing.
  ///
  /// - Complexity: O(n) in the number of things and claims, all of them in memory.
  public func snapshot() throws -> (contents: CaseContents, digest: String) {
    try file.read { database in
      (try ContentsLoader(database, ontology, grading).contents(), try Self.digest(database))
    }
  }

  static func digest(_ database: Database) throws -> String {
    let liveness = try Liveness(database)
    var encoder = RecordEncoder()
    let rows = try SQLStatement(
      database,
      """
      SELECT batch, name, kind, scheme, grade, handling, content_digest
      FROM declaration JOIN source ON source.id = declaration.source
      WHERE claims + events > 0\(liveness.condition("declaration"))
      ORDER BY batch, name
      """)
    while try rows.step() {
      for column: Int32 in 1...5 { encoder.add(rows.optionalText(column)) }
      encoder.add(SHA256.Digest(bytes: rows.bytes(6)))
    }
    let schemata = try SQLStatement(
      database, "SELECT key, value FROM setting WHERE key LIKE 'ontology %' ORDER BY key")
    while try schemata.step() {
      // No source is without a name.
      encoder.add(nil as String?)
      encoder.add(schemata.text(0))
      encoder.add(schemata.text(1))
    }
    for resolution in try liveMerges(database, liveness) {
      // No key of a setting is so short.
      encoder.add(nil as String?)
      encoder.add("=")
      encoder.add(resolution.first)
      encoder.add(resolution.second)
    }
    return SHA256.hash(of: encoder.bytes).hex
  }
}
