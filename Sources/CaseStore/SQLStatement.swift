// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import GRDBSQLite

/// A prepared statement that is bound and stepped directly: the bulk loops of import and loading.
///
/// It is used on the connection that prepared it, inside one access to the database; GRDB's
/// `Statement` keeps the handle alive. Text is copied on binding and on reading, so no pointer
/// outlives a call.
@safe final class SQLStatement {
  private let statement: Statement
  let handle: OpaquePointer
  private let database: Database

  init(_ database: Database, _ sql: String) throws {
    statement = try database.makeStatement(sql: sql)
    unsafe handle = statement.sqliteStatement
    self.database = database
  }

  // MARK: Binding, from 1

  func bind(_ value: Int64, at index: Int32) {
    _ = unsafe sqlite3_bind_int64(handle, index, value)
  }

  func bind(_ value: Int64?, at index: Int32) {
    if let value { bind(value, at: index) } else { bindNull(at: index) }
  }

  func bind(_ value: Double, at index: Int32) {
    _ = unsafe sqlite3_bind_double(handle, index, value)
  }

  func bind(_ value: String, at index: Int32) {
    var value = value
    value.withUTF8 { bytes in
      // -1 tells SQLite to copy the text before the call returns.
      let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      guard let base = bytes.baseAddress else {
        _ = unsafe sqlite3_bind_text(handle, index, "", 0, copies)
        return
      }
      _ = unsafe base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        unsafe sqlite3_bind_text(handle, index, $0, Int32(bytes.count), copies)
      }
    }
  }

  func bind(_ value: String?, at index: Int32) {
    if let value { bind(value, at: index) } else { bindNull(at: index) }
  }

  func bind(_ value: [UInt8], at index: Int32) {
    // An empty array has no address, which SQLite would take for NULL.
    if value.isEmpty {
      _ = unsafe sqlite3_bind_zeroblob(handle, index, 0)
      return
    }
    let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    _ = unsafe value.withUnsafeBytes {
      unsafe sqlite3_bind_blob(handle, index, $0.baseAddress, Int32(value.count), copies)
    }
  }

  func bindNull(at index: Int32) {
    _ = unsafe sqlite3_bind_null(handle, index)
  }

  // MARK: Running

  /// Runs a statement that returns no row and makes it ready for the next values.
  func run() throws {
    let code = unsafe sqlite3_step(handle)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw error(code) }
    _ = unsafe sqlite3_reset(handle)
  }

  /// Steps to the next row; false at the end, after which the statement is ready for new values.
  func step() throws -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else { throw error(code) }
    _ = unsafe sqlite3_reset(handle)
    return false
  }

  /// Makes the statement ready for new values before the last row.
  func reset() {
    _ = unsafe sqlite3_reset(handle)
  }

  /// The number of rows that the last insert, update or delete of the connection changed.
  var changeCount: Int { database.changesCount }

  /// The number of the row that the connection added last.
  var lastRow: Int64 { unsafe sqlite3_last_insert_rowid(sqlite3_db_handle(handle)) }

  // MARK: Reading, from 0

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  func int(_ column: Int32) -> Int64 {
    unsafe sqlite3_column_int64(handle, column)
  }

  func double(_ column: Int32) -> Double {
    unsafe sqlite3_column_double(handle, column)
  }

  func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }

  func text(_ column: Int32) -> String {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// A finite number that is stored as such; nil for anything else.
  func number(_ column: Int32) -> Double? {
    switch unsafe sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return Double(int(column))
    case SQLITE_FLOAT:
      let value = double(column)
      return value.isFinite ? value : nil
    default: return nil
    }
  }

  /// A number as text: an integer or a real in Swift's shortest form, or text as it stands.
  func numberText(_ column: Int32) -> String? {
    switch unsafe sqlite3_column_type(handle, column) {
    case SQLITE_NULL: nil
    case SQLITE_INTEGER: String(int(column))
    case SQLITE_FLOAT: "\(unsafe sqlite3_column_double(handle, column))"
    default: text(column)
    }
  }

  private func error(_ code: Int32) -> DatabaseError {
    let message = unsafe sqlite3_errmsg(sqlite3_db_handle(handle)).map {
      unsafe String(cString: $0)
    }
    _ = unsafe sqlite3_reset(handle)
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}
