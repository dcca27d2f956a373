internal import CSQLite

/// A prepared statement: bound, stepped through, and used again.
@safe final class Statement {
  private let statement: OpaquePointer
  private let database: Database

  /// Takes over what sqlite3_prepare_v2 made.
  init(_ statement: OpaquePointer, of database: Database) {
    unsafe self.statement = unsafe statement
    self.database = database
  }

  deinit { unsafe sqlite3_finalize(statement) }

  func bind(_ index: Int32, _ value: Int64) {
    // It fails for an index that is none, and while stepping: mistakes of this target alone.
    let code = unsafe sqlite3_bind_int64(statement, index, value)
    precondition(code == SQLITE_OK)
  }

  func bind(_ index: Int32, _ text: String) {
    var text = text
    let code = text.withUTF8 { bytes in
      // No NUL is needed, for the count is given.
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        unsafe zonewise_sqlite3_bind_text(
          statement,
          index,
          characters.baseAddress,
          Int32(clamping: characters.count)
        )
      }
    }
    precondition(code == SQLITE_OK)
  }

  /// Goes to the next row; false where there is none, and the statement begins anew then.
  func step() throws(DatabaseError) -> Bool {
    let code = unsafe sqlite3_step(statement)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      unsafe sqlite3_reset(statement)
      return false
    default:
      let error = database.failure(code)
      unsafe sqlite3_reset(statement)
      throw error
    }
  }

  /// Runs it to its end.
  func run() throws(DatabaseError) { while try step() {} }

  /// Gives up the rows that are left, so that it can be bound again.
  func reset() { unsafe sqlite3_reset(statement) }

  func number(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement, column) }

  func text(_ column: Int32) -> String {
    guard let bytes = unsafe sqlite3_column_text(statement, column) else { return "" }
    return unsafe String(cString: bytes)
  }
}
