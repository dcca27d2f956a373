internal import Advice
internal import History
internal import HostModel

/// Writes observations into a database: each whole or not at all, and on the disk when it returns.
package final class HostRecorder {
  let database: Database
  private let insertSample: Statement
  private let findSeries: Statement
  private let insertSeries: Statement
  private let lastVerdict: Statement
  private let insertVerdict: Statement
  private let insertBoot: Statement
  private var hosts: [String: Int64] = [:]
  private var series: [SeriesName: Int64] = [:]

  private struct SeriesName: Hashable {
    var host: Int64
    var key: HistoryKey
  }

  package init(_ path: String) throws(DatabaseError) {
    database = try RecordSchema.open(path, mayCreate: true)
    insertSample = try database.prepare(
      "INSERT OR IGNORE INTO sample (series, time, bytes) VALUES (?, ?, ?)"
    )
    findSeries = try database.prepare(
      "SELECT id FROM series WHERE host = ? AND quantity = ? AND node = ?"
    )
    insertSeries = try database.prepare(
      "INSERT INTO series (host, quantity, node) VALUES (?, ?, ?)"
    )
    lastVerdict = try database.prepare(
      "SELECT verdict FROM verdict WHERE host = ? AND node = ? AND time <= ? ORDER BY time DESC LIMIT 1"
    )
    insertVerdict = try database.prepare(
      "INSERT OR IGNORE INTO verdict (host, node, time, verdict) VALUES (?, ?, ?, ?)"
    )
    insertBoot = try database.prepare(
      "INSERT OR IGNORE INTO boot (host, id, time, kernel, arguments) VALUES (?, ?, ?, ?, ?)"
    )
  }

  /// Folds the journal into the database.
  package func close() throws(DatabaseError) {
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// Takes in one moment. What was recorded of the same second before stays as it is.
  package func record(_ observation: HostObservation) throws(DatabaseError) {
    do {
      try database.transaction { () throws(DatabaseError) in try write(observation) }
    } catch {
      // Rows that were made are gone again, so their numbers may come to others.
      hosts = [:]
      series = [:]
      throw error
    }
  }

  private func write(_ observation: HostObservation) throws(DatabaseError) {
    let host = try number(ofHost: observation.host)
    if let boot = observation.boot {
      insertBoot.bind(1, host)
      insertBoot.bind(2, boot.id)
      insertBoot.bind(3, boot.time)
      insertBoot.bind(4, observation.kernel)
      insertBoot.bind(5, observation.arguments)
      try insertBoot.run()
    }
    for (key, value) in observation.samples {
      // SQLite's integers are signed; a size beyond them is of a damaged file.
      guard let bytes = Int64(exactly: value.count) else { continue }
      insertSample.bind(1, try number(ofSeries: key, host))
      insertSample.bind(2, observation.time)
      insertSample.bind(3, bytes)
      try insertSample.run()
    }
    try note(observation.verdict, host, -1, observation.time)
    for (node, verdict) in observation.nodeVerdicts {
      try note(verdict, host, Int64(node.number), observation.time)
    }
  }

  /// Writes a verdict down where it is another than before.
  private func note(
    _ verdict: Verdict,
    _ host: Int64,
    _ node: Int64,
    _ time: Int64
  ) throws(DatabaseError) {
    lastVerdict.bind(1, host)
    lastVerdict.bind(2, node)
    lastVerdict.bind(3, time)
    let isSame = try lastVerdict.step() && lastVerdict.text(0) == verdict.rawValue
    lastVerdict.reset()
    guard !isSame else { return }
    insertVerdict.bind(1, host)
    insertVerdict.bind(2, node)
    insertVerdict.bind(3, time)
    insertVerdict.bind(4, verdict.rawValue)
    try insertVerdict.run()
  }

  private func number(ofHost name: String) throws(DatabaseError) -> Int64 {
    if let known = hosts[name] { return known }
    let insert = try database.prepare("INSERT OR IGNORE INTO host (name) VALUES (?)")
    insert.bind(1, name)
    try insert.run()
    let find = try database.prepare("SELECT id FROM host WHERE name = ?")
    find.bind(1, name)
    guard try find.step() else {
      throw DatabaseError(path: database.path, reason: "it forgets a host that was just written")
    }
    hosts[name] = find.number(0)
    return find.number(0)
  }

  private func number(ofSeries key: HistoryKey, _ host: Int64) throws(DatabaseError) -> Int64 {
    let name = SeriesName(host: host, key: key)
    if let known = series[name] { return known }
    for statement in [findSeries, insertSeries] {
      statement.bind(1, host)
      statement.bind(2, key.quantity.id)
      statement.bind(3, key.node.map { Int64($0.number) } ?? -1)
    }
    let isThere = try findSeries.step()
    let found = findSeries.number(0)
    findSeries.reset()
    if !isThere { try insertSeries.run() }
    let number = isThere ? found : database.lastRow
    series[name] = number
    return number
  }
}

extension HostRecorder {
  /// What was done to keep a database small.
  package struct Compaction: Hashable, Sendable {
    /// Samples that became part of an hour.
    package var samples: Int64
    /// Hours that were given up.
    package var hours: Int64
  }

  /// Folds samples of hours that ended before `detail` into hours, and gives up hours before `retain`;
  /// both in seconds since 1970.
  package func compact(
    detail: Int64,
    retain: Int64
  ) throws(DatabaseError) -> Compaction {
    let hour = detail - detail % 3600
    let compaction = try database.transaction { () throws(DatabaseError) in
      let fold = try database.prepare(
        """
        INSERT INTO hour (series, time, samples, minimum, mean, maximum)
        SELECT series, time - time % 3600, count(*), min(bytes), CAST(round(avg(bytes)) AS INTEGER),
          max(bytes)
        FROM sample WHERE time < ? GROUP BY 1, 2
        ON CONFLICT (series, time) DO UPDATE SET
          mean = CAST(round((mean * 1.0 * samples + excluded.mean * 1.0 * excluded.samples)
            / (samples + excluded.samples)) AS INTEGER),
          samples = samples + excluded.samples,
          minimum = min(minimum, excluded.minimum), maximum = max(maximum, excluded.maximum)
        """
      )
      fold.bind(1, hour)
      try fold.run()
      let samples = try delete("sample", before: hour)
      return Compaction(samples: samples, hours: try delete("hour", before: retain))
    }
    try database.run("PRAGMA incremental_vacuum")
    return compaction
  }

  private func delete(_ table: String, before time: Int64) throws(DatabaseError) -> Int64 {
    let statement = try database.prepare("DELETE FROM \(table) WHERE time < ?")
    statement.bind(1, time)
    try statement.run()
    return try database.number("SELECT changes()") ?? 0
  }
}
