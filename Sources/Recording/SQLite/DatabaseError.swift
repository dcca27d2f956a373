internal import CSQLite

/// Why a database can't be read or written, with what to do about it.
package struct DatabaseError: Error, Hashable, CustomStringConvertible {
  package var path: String
  package var reason: String

  package var description: String { "\(path): \(reason)" }

  init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// What SQLite says of a result that is none.
  init(path: String, code: Int32, message: String) {
    self.path = path
    reason =
      switch code & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED:
        "another program has been writing to it for \(Database.patience / 1000) s; is something else than zonewise at work on it?"
      case SQLITE_NOTADB: "no SQLite database; give another name, or move the file away"
      case SQLITE_CORRUPT:
        "damaged (\(message)); sqlite3 \(path) .recover saves what is left of it"
      case SQLITE_FULL: "no room left on its file system; what was recorded before is kept"
      case SQLITE_READONLY: "it can't be written to; give a file that you own"
      case SQLITE_CANTOPEN: "it can't be opened (\(message)); is its folder there, and yours?"
      case SQLITE_PERM, SQLITE_AUTH: "no permission; give a file that you own"
      case SQLITE_IOERR: "the file system fails (\(message)); see the kernel's log"
      default: message
      }
  }
}
