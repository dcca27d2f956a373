internal import CSQLite

/// A connection to a SQLite database; of one thread.
@safe final class Database {
  /// How long a writer waits for another, in milliseconds.
  static let patience: Int32 = 5000

  let path: String
  private var connection: OpaquePointer?

  /// Opens a file; with `mayCreate` one that isn't there is made, without it nothing is written.
  init(_ path: String, mayCreate: Bool) throws(DatabaseError) {
    self.path = path
    let flags =
      mayCreate
      ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    let code = unsafe sqlite3_open_v2(path, &connection, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK else {
      let error = failure(code)
      unsafe sqlite3_close_v2(connection)
      unsafe connection = nil
      throw error
    }
    unsafe sqlite3_busy_timeout(connection, Self.patience)
  }

  deinit { unsafe sqlite3_close_v2(connection) }

  /// Closes it, so that its journal is folded into it.
  func close() throws(DatabaseError) {
    let code = unsafe sqlite3_close(connection)
    guard code == SQLITE_OK else { throw failure(code) }
    unsafe connection = nil
  }

  /// Runs statements that give nothing and take nothing.
  func run(_ text: String) throws(DatabaseError) {
    let code = unsafe sqlite3_exec(connection, text, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  func prepare(_ text: String) throws(DatabaseError) -> Statement {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, text, -1, &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw failure(code) }
    return unsafe Statement(statement, of: self)
  }

  /// The first number that a query gives.
  func number(_ text: String) throws(DatabaseError) -> Int64? {
    let statement = try prepare(text)
    return try statement.step() ? statement.number(0) : nil
  }

  /// All of it, or nothing.
  func transaction<Value>(
    _ body: () throws(DatabaseError) -> Value
  ) throws(DatabaseError) -> Value {
    try run("BEGIN IMMEDIATE")
    do {
      let value = try body()
      try run("COMMIT")
      return value
    } catch {
      // SQLite itself has rolled back where the file system failed; then this says there is none.
      if unsafe sqlite3_get_autocommit(connection) == 0 { try run("ROLLBACK") }
      throw error
    }
  }

  /// The row that the last INSERT made.
  var lastRow: Int64 { unsafe sqlite3_last_insert_rowid(connection) }

  func failure(_ code: Int32) -> DatabaseError {
    let message =
      if let text = unsafe sqlite3_errmsg(connection) { unsafe String(cString: text) } else {
        "out of memory"
      }
    return DatabaseError(path: path, code: code, message: message)
  }
}
