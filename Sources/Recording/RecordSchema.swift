/// What a database of records looks like, release by release.
enum RecordSchema {
  /// Marks a file as one of zonewise's: "zwre".
  static let application: Int64 = 0x7A77_7265

  /// Each leads from the version of its place to the next. Never changed, only added to.
  static let migrations = [
    """
    CREATE TABLE host (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    -- A boot is told from the next by the kernel's boot_id.
    CREATE TABLE boot (
      host INTEGER NOT NULL REFERENCES host, id TEXT NOT NULL, time INTEGER NOT NULL,
      kernel TEXT NOT NULL, arguments TEXT NOT NULL,
      PRIMARY KEY (host, id)
    ) STRICT, WITHOUT ROWID;
    -- node is -1 for the host as a whole; quantity as zonewise forecast names it.
    CREATE TABLE series (
      id INTEGER PRIMARY KEY, host INTEGER NOT NULL REFERENCES host,
      quantity TEXT NOT NULL, node INTEGER NOT NULL,
      UNIQUE (host, quantity, node)
    ) STRICT;
    CREATE TABLE sample (
      series INTEGER NOT NULL REFERENCES series, time INTEGER NOT NULL, bytes INTEGER NOT NULL,
      PRIMARY KEY (series, time)
    ) STRICT, WITHOUT ROWID;
    -- What samples of an hour that are no longer kept one by one came to.
    CREATE TABLE hour (
      series INTEGER NOT NULL REFERENCES series, time INTEGER NOT NULL, samples INTEGER NOT NULL,
      minimum INTEGER NOT NULL, mean INTEGER NOT NULL, maximum INTEGER NOT NULL,
      PRIMARY KEY (series, time)
    ) STRICT, WITHOUT ROWID;
    -- From when on it was so.
    CREATE TABLE verdict (
      host INTEGER NOT NULL REFERENCES host, node INTEGER NOT NULL, time INTEGER NOT NULL,
      verdict TEXT NOT NULL,
      PRIMARY KEY (host, node, time)
    ) STRICT, WITHOUT ROWID;
    """
  ]

  /// Brings a database to today's version; one that another program made is refused.
  static func open(
    _ path: String,
    mayCreate: Bool,
    migrations: [String] = RecordSchema.migrations
  ) throws(DatabaseError) -> Database {
    let database = try Database(path, mayCreate: mayCreate)
    if mayCreate {
      // Takes hold only before the first table is made: pages of dropped samples are given back.
      try database.run("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;")
      try database.run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
      // KiB: a recorder comes back to the same few pages, and is to be small.
      try database.run("PRAGMA cache_size = -256")
    }
    let isEmpty = try database.number("SELECT count(*) FROM sqlite_schema") == 0
    let application = try database.number("PRAGMA application_id") ?? 0
    guard isEmpty && mayCreate || application == Self.application else {
      throw DatabaseError(path: path, reason: "not a database that zonewise record made")
    }
    let version = try database.number("PRAGMA user_version") ?? 0
    guard version <= migrations.count else {
      throw DatabaseError(
        path: path,
        reason: "version \(version) of a newer zonewise; this one knows up to \(migrations.count)"
      )
    }
    guard version < migrations.count else { return database }
    guard mayCreate else {
      throw DatabaseError(
        path: path,
        reason: "of an older zonewise; record --count 1 to it brings it up to date"
      )
    }
    try database.transaction { () throws(DatabaseError) in
      // Another process may have been faster.
      let version = try database.number("PRAGMA user_version") ?? 0
      for migration in migrations.dropFirst(Int(version)) { try database.run(migration) }
      try database.run(
        "PRAGMA application_id = \(Self.application); PRAGMA user_version = \(migrations.count);"
      )
    }
    return database
  }
}
