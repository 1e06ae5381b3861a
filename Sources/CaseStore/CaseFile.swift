// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import GRDB

/// The file of a case: what it must be to be opened, and connections to it.
///
/// A connection lasts for one access. Readers never change the file; a writer works with a rollback
/// journal, so that a transaction that fails leaves every byte as it was, and a case at rest is one
/// file, which also opens on read-only media.
struct CaseFile: Sendable {
  let path: String

  /// Checks without opening the database that a file can be a case of a known version.
  func check() throws(CaseStoreError) {
    let header = try header()
    guard header.starts(with: "SQLite format 3\0".utf8), header.count == 100 else {
      throw .notDatabase(path: path)
    }
    guard number(header, 68) == Int(TableLayout.applicationID) else { throw .notCase(path: path) }
    let version = number(header, 60)
    guard version <= TableLayout.migrations.count else {
      throw .newerVersion(path: path, version: version, known: TableLayout.migrations.count)
    }
  }

  /// Creates an empty file that only its owner can read.
  func create() throws(CaseStoreError) {
    let url = URL(fileURLWithPath: path)
    do {
      try Data().write(to: url, options: .withoutOverwriting)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      if FileManager.default.fileExists(atPath: path) { throw .exists(path: path) }
      throw .noAccess(
        path: path, reason: "the file cannot be created; check that the folder exists and is yours")
    }
  }

  /// Removes what `create` and a failed layout left.
  func remove() {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  /// Calls `body` with a connection that cannot write.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try translating {
      try recover()
      let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
      defer { try? queue.close() }
      return try queue.read { database in
        try checkLayout(database)
        return try body(database)
      }
    }
  }

  /// Calls `body` in one transaction that begins at once; an error leaves the file as it was.
  ///
  /// A new file has no tables yet. `checksReferences` says whether SQLite looks up what each row
  /// refers to; an import, which makes the numbers itself, does without nine look-ups for each event.
  func write<Result>(
    isNew: Bool = false, checksReferences: Bool = true,
    _ body: (Database) throws -> (Database.TransactionCompletion, Result)
  ) throws -> Result {
    try translating {
      var configuration = configuration(isReadOnly: false)
      // A table that others refer to is made anew in a file of an older version.
      let isCurrent = try isNew || number(header(), 60) == TableLayout.migrations.count
      configuration.foreignKeysEnabled = checksReferences && isCurrent
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? queue.close() }
      return try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
        var result: Result?
        try database.inTransaction(.immediate) {
          if !isNew { try checkLayout(database) }
          let (completion, value) = try body(database)
          result = value
          return completion
        }
        guard let result else { preconditionFailure("the transaction ended without a result") }
        return result
      }
    }
  }

  /// Writes the file anew without the pages that deleted rows have left.
  func compact() throws {
    try translating {
      let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: false))
      defer { try? queue.close() }
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; VACUUM")
      }
    }
  }

  // A writer that was killed leaves its journal; only a connection that may write can roll it back.
  private func recover() throws {
    guard FileManager.default.fileExists(atPath: path + "-journal") else { return }
    let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: false))
    defer { try? queue.close() }
    try queue.inDatabase { database in
      _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
    }
  }

  private func configuration(isReadOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          PRAGMA mmap_size = 0;
          PRAGMA cache_size = -65536;
          PRAGMA temp_store = MEMORY;
          """)
    }
    return configuration
  }

  /// Refuses a file whose tables are not exactly those of its version.
  private func checkLayout(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version <= TableLayout.migrations.count else {
      throw CaseStoreError.newerVersion(
        path: path, version: version, known: TableLayout.migrations.count)
    }
    var expected = Set(TableLayout.statements(version: version))
    let rows = try SQLStatement(database, "SELECT name, sql FROM sqlite_schema ORDER BY name")
    var foreign: String?
    while try rows.step() {
      // Shadow tables of the text index and automatic indexes have no text of ours.
      guard let sql = rows.optionalText(1) else { continue }
      if expected.remove(sql) != nil || Self.shadowTables.contains(rows.text(0)) { continue }
      foreign = foreign ?? rows.text(0)
    }
    if let object = foreign ?? expected.sorted().first?.split(separator: "(").first.map(String.init)
    {
      throw CaseStoreError.foreignContents(path: path, object: object)
    }
  }

  private static let shadowTables: Set = Set(
    ["name_index", "near_index"].flatMap { table in
      ["config", "data", "docsize", "idx"].map { "\(table)_\($0)" }
    })

  private func header() throws(CaseStoreError) -> [UInt8] {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let attributes else { throw .missing(path: path) }
    if attributes[.type] as? FileAttributeType == .typeDirectory {
      throw .isDirectory(path: path)
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .noAccess(path: path, reason: "the file may not be read")
    }
    defer { try? handle.close() }
    do {
      return Array(try handle.read(upToCount: 100) ?? Data())
    } catch {
      throw .noAccess(path: path, reason: "the file cannot be read")
    }
  }

  private func number(_ header: [UInt8], _ offset: Int) -> Int {
    header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw CaseStoreError.busy(path: path)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT:
        throw CaseStoreError.database(
          path: path, message: "the file is damaged (\(error.message ?? "no detail"))")
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
        throw CaseStoreError.noAccess(path: path, reason: "the file may not be written")
      case .SQLITE_FULL:
        throw CaseStoreError.noAccess(path: path, reason: "the disk is full; nothing was changed")
      case .SQLITE_IOERR:
        // Whether the change had reached the disk cannot be told from here: it is whole or not there.
        throw CaseStoreError.noAccess(
          path: path,
          reason:
            "the disk failed while it was read or written (\(error.message ?? "no detail")); check the "
            + "disk, then clew validate and clew log show whether the last change is in the case whole, or "
            + "not at all")
      default:
        throw CaseStoreError.database(path: path, message: error.message ?? "\(error)")
      }
    }
  }
}
