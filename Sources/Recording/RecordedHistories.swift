package import History
internal import HostModel

/// Reads what was recorded.
package enum RecordedHistories {
  /// Whether a file begins as SQLite's do.
  package static func isDatabase(_ head: [UInt8]) -> Bool {
    head.starts(with: "SQLite format 3\0".utf8)
  }

  /// The histories of all hosts, in the order of their names. An hour is one sample, its mean, at its
  /// middle.
  package static func read(_ path: String) throws(DatabaseError) -> [HostHistory] {
    let database = try RecordSchema.open(path, mayCreate: false)
    let hosts = try database.prepare("SELECT id, name FROM host ORDER BY name")
    var histories: [HostHistory] = []
    while try hosts.step() {
      histories.append(try history(of: hosts.number(0), hosts.text(1), in: database))
    }
    return histories
  }

  private static func history(
    of host: Int64,
    _ name: String,
    in database: Database
  ) throws(DatabaseError) -> HostHistory {
    var history = HostHistory(host: name)
    let boots = try database.prepare("SELECT time FROM boot WHERE host = ? ORDER BY time")
    boots.bind(1, host)
    while try boots.step() { history.booted(at: boots.number(0)) }
    let series = try database.prepare("SELECT id, quantity, node FROM series WHERE host = ?")
    series.bind(1, host)
    let samples = try database.prepare(
      """
      SELECT time + 1800, mean FROM hour WHERE series = ?1
      UNION ALL SELECT time, bytes FROM sample WHERE series = ?1 ORDER BY 1
      """
    )
    var unknown: Set<String> = []
    while try series.step() {
      guard let quantity = HistoryQuantity(id: series.text(1)) else {
        unknown.insert(series.text(1))
        continue
      }
      let node = series.number(2) < 0 ? nil : NodeID(UInt32(clamping: series.number(2)))
      var read = SampleSeries()
      samples.bind(1, series.number(0))
      while try samples.step() {
        if let bytes = UInt64(exactly: samples.number(1)) {
          read.append(samples.number(0), ByteCount(bytes))
        }
      }
      history[HistoryKey(quantity, node: node)] = read
    }
    if !unknown.isEmpty {
      history.notes.append(
        "\(unknown.sorted().joined(separator: ", ")): recorded by another release, not read"
      )
    }
    return history
  }
}
